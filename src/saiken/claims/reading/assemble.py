"""From the clauses of a sentence to what they say: which is about what, and how it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from saiken.claims.claim import Base, Claim, Driver, Predicate, Unread
from saiken.claims.reading import elided
from saiken.claims.reading import stance as stances
from saiken.claims.reading.apposition import beside, set_against, stated
from saiken.claims.reading.build import NOW, TENORED, Builder, distinct
from saiken.claims.reading.causes import Link, link
from saiken.claims.reading.clauses import Part, split
from saiken.claims.reading.clues import codes_of, subjects_of
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.own import words
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.pointing import day_of, heading, only_amount, pointed
from saiken.claims.reading.predicates import (
    compare,
    count,
    denial,
    flow,
    gaps,
    level,
    movement,
    rank,
    record,
    release,
    share,
    streak,
)
from saiken.claims.reading.predicates import part as part_of
from saiken.claims.reading.predicates.scene import FLOWS, HOLDINGS, TRADED, Draft, Scene
from saiken.claims.reading.premises import parted, premise_of
from saiken.claims.reading.remembering import data_date, keep_subject, label, move_on, remember
from saiken.claims.reading.spans import When
from saiken.claims.reading.stance import Stance
from saiken.claims.reading.subjects import topic_of
from saiken.claims.reading.times_carried import LATER, SAME, carry, only_period, pointed_back
from saiken.claims.reading.timing import Timing, timing_of
from saiken.claims.reading.unaccounted import Stretch, left_over, says_nothing, whole
from saiken.terms.period import Period

MOST_CLAUSES = 80
"""What has more clauses between two stops is a table or noise, not a sentence."""
MOST_FIGURES = 40
"""And what names more amounts and times is a table."""
_MEASURED = ("noun", "paper", "thing", "pair", "currency", "tenor", "measure")
_DATED = ("on_record", "last_seen", "ever", "this_high", "this_low", "never")
_HAS_SINCE = re.compile(r"\b(?:has|have|had) (?:\w+ )?since\b", re.IGNORECASE)
_MOVED = {Predicate.CHANGE, Predicate.FLOW}
_NAMED = frozenset(("place", "holder", "investor"))
_ENDING = frozenset(("period_end",))
_PACES = frozenset(("daily", "weekly", "monthly"))
_HINTS = {"causal", "opinion"}
_SUPPOSED = {"forecast", "conditional", "hearsay"}
"""With these a sentence says what may move, or who says so, not what did."""
_NATIONAL = {"debt_ratio", "net_debt_ratio", "public_debt", "reserves", "policy_rate"}
"""Measures of which each country has one."""
_PRESUPPOSED = {Predicate.DIRECTION, Predicate.FLOW}


def read_sentence(
    sentence: Sentence, build: Builder, ctx: Context
) -> tuple[list[Claim], list[Unread]]:
    """The claims of one sentence and what of it gave none. `ctx` is moved on."""
    sentence = pointed(words.ready(sentence) if ctx.owns else sentence, ctx)
    quotes = stances.quoted_spans(sentence.text)
    parts = parted(split(sentence, quotes))
    figures = len(sentence.all_of("amount")) + len(sentence.all_of("when"))
    if not parts or len(parts) > MOST_CLAUSES or figures > MOST_FIGURES:
        return [], [build.unread(sentence, "no statement")]
    data_date(sentence, parts, ctx)
    releases = release.read(parts)
    told = {mark.get("stance") for mark in sentence.all_of("stance")}
    is_cause, attached = stances.causal(sentence.text) if _HINTS & told else (False, -1)
    walk = _Walk(parts, quotes, build, ctx, bool(releases), attached)
    facts = walk.claims()
    move_on(parts, ctx)
    ctx.said = sentence
    if sentence.text.rstrip("\"')").endswith("?"):
        return [], [build.unread(sentence, "question")]
    tied = link(sentence) if not _SUPPOSED & told else None
    if tied is not None and not is_cause:
        facts = [claim for claim in facts if claim.predicate not in _PRESUPPOSED or claim.quantity]
        facts += _cause(walk, sentence, build, tied)
    if is_cause:
        # what the cause explains is presupposed, unless it stands by itself with a figure in it
        if attached <= 0 or all(
            claim.predicate in _PRESUPPOSED and claim.quantity is None for claim in facts
        ):
            facts = []
        facts += _cause(walk, sentence, build, tied)
    claims = distinct([*(build.release(draft, sentence) for draft in releases), *facts])
    ctx.amount = None if claims else only_amount(sentence)
    if not claims:
        ctx.headed = heading(sentence, parts) or ctx.headed
        ctx.day = day_of(sentence, parts, ctx) or ctx.day
    elif any(claim.period is not None and claim.period != ctx.day for claim in claims):
        ctx.day = None
    if claims:
        return claims, [build.unread(sentence, "no statement", at) for at in sorted(walk.skipped)]
    return [], [build.unread(sentence, _why(parts, is_cause=is_cause))]


def _why(parts: list[Part], *, is_cause: bool) -> str:
    if is_cause:
        return "cause"
    measured = any(
        kind in mark.kinds for part in parts for mark in part.marks for kind in _MEASURED
    )
    return stances.uncheckable(parts) or ("no statement" if measured else "no measure")


@dataclass(slots=True)
class _Walk:
    """Goes through the clauses of a sentence with what each leaves in force for the next."""

    parts: list[Part]
    quotes: list[tuple[int, int]]
    build: Builder
    ctx: Context
    released: bool
    attached: int
    before: Topic = Topic()  # noqa: RUF009 - frozen
    own: bool = False
    verb: str = ""
    carried: tuple[Period, ...] = ()
    ending: frozenset[str] = frozenset()
    fleeting: bool = False
    last: Draft | None = None
    peaked: bool = False
    pace: frozenset[str] = frozenset()
    listing: bool = False
    skipped: list[Stretch] = field(default_factory=list)
    named: list[tuple[Part, tuple[str, ...]]] = field(default_factory=list)
    only: tuple[int, tuple[Period, ...]] | None = None

    def claims(self) -> list[Claim]:
        """The claims of all clauses. One that waits for its topic ("At $5bn, Chile's holdings
        were…") is read with that of the clause after it.
        """
        out: list[Claim] = []
        self.before = self.ctx.topic
        waiting: list[Part] = []
        for index, part in enumerate(self.parts):
            if 0 <= self.attached <= part.start:
                break
            if part.before == ":" and index:
                label(self.parts[index - 1], self.ctx)
            topic = topic_of(part, self.before, self.ctx, own=self.own)
            if stances.mocked(part):
                self.before = topic if topic.measure else self.before
                continue
            if not topic.measure:
                waiting.append(part)
                self.before = Topic() if topic.explicit else self._turn_to(part)
                continue
            topic = self._whose(part, topic)
            found = self._skip(part) if elided.unclaimed(part) else self._read(part, topic, index)
            self.before, self.own = topic, True
            for earlier in waiting:
                out += self._read_late(earlier, topic, index)
            waiting = []
            out += found
        keep_subject(self.named, self.ctx)
        self.skipped += [whole(part) for part in waiting if not says_nothing(part)]
        return out

    def _skip(self, part: Part) -> list[Claim]:
        self.skipped.append(whole(part))
        return []

    def _in_force(self, index: int) -> tuple[Period, ...]:
        """The periods that hold for clause `index` where it names none itself."""
        if self.carried:
            return self.carried
        if self.only is None:
            self.only = only_period(self.parts)
        return self.only[1] if index >= self.only[0] else ()

    def _read_late(self, part: Part, topic: Topic, index: int) -> list[Claim]:
        """A clause that had no topic, by that of the one after it if they are of one measure."""
        late = topic_of(part, topic, self.ctx, own=True) if "amount" in part.kinds else Topic()
        if late.measure == topic.measure:
            return self._read(part, replace(late, tenors=self._tenors_before(part, late)), index)
        if not says_nothing(part):
            self.skipped.append(whole(part))
        return []

    def _tenors_before(self, part: Part, late: Topic) -> tuple[str, ...]:
        """As in "30-year JGBs (3.87 %) yield more than 40-year ones": what stands in brackets is of
        the maturity before them.
        """
        tokens = part.sentence.tokens
        named = [m for m in part.sentence.all_of("tenor") if m.last < part.first]
        between = [t.raw for t in tokens[named[-1].last : part.first]] if named else []
        if "(" not in between or late.measure not in TENORED or "tenor" in part.kinds:
            return late.tenors
        return (named[-1].get("tenor"),)

    def _turn_to(self, part: Part) -> Topic:
        """What is in force after a clause that says nothing of ours, but may name whom the next is
        about: "Chile remains third, with $5bn".
        """
        named = tuple(code for code in codes_of(subjects_of(part)) if code != "US")
        countries = all(len(code) == 2 for code in self.before.subjects)
        known = self.before.measure in HOLDINGS or (countries and self.before.measure in _NATIONAL)
        if len(named) != 1 or not known or "paper" in part.kinds:
            return self.before
        return replace(self.before, subjects=named, explicit=False)

    def _whose(self, part: Part, topic: Topic) -> Topic:
        """The topic, with those who may be meant as well where this sentence names no holder."""
        if topic.measure not in HOLDINGS:
            return topic
        if set(topic.subjects) & set(codes_of(subjects_of(part))):
            self.named.append((part, topic.subjects))
        carried = not self.named and topic.subjects == self.ctx.holders
        return replace(topic, rivals=self.ctx.rivals) if carried else topic

    def _read(self, part: Part, topic: Topic, index: int) -> list[Claim]:
        timing = timing_of(part, topic, self.ctx)
        timing = pointed_back(part, self.parts, topic, timing, self.carried, self.ctx)
        if timing.periods:
            self.carried, self.ending = timing.periods, timing.scope & _ENDING
        elif topic.measure == "yen_positioning" and timing.base == Base("previous"):
            pass  # of the report that is out
        elif SAME.search(part):
            self.skipped.append(whole(part))
            return []
        elif periods := self._in_force(index):
            if LATER.search(part):
                self.skipped.append(whole(part))  # on a day that is not told
                return []
            spell = timing.duration if topic.measure in FLOWS else None
            lasting = spell is not None and spell.word == "over"  # "over three days"
            ending = frozenset[str]() if "move" in part.kinds else self.ending
            timing = timing if lasting or NOW.search(part) else carry(timing, periods, ending)
        if timing.since is None and "since" in part.words and not part.has("record", *_DATED):
            told = self._since_then(part, timing)
            if told is None:
                self.skipped.append(whole(part))
                return []
            timing = told
        stance = stances.stance_of(part, self.parts, self.quotes)
        if any(period.end > self.ctx.dated for period in timing.periods):
            stance = stances.projected(stance, topic.measure, part.sentence.text)
        if _once(part) or (not timing.periods and (_UNDATED.search(part) or _no_date(part))):
            self.skipped.append(whole(part))
            return []
        last = self.last
        change = last if last is not None and last.predicate is Predicate.CHANGE else None
        scene = Scene(part, topic, timing, self.ctx, self.verb, change, denied=stance.denied)
        drafts = set_against(
            part,
            topic,
            self.before if self.own else _NONE,
            beside(part, topic, self._gapped(part, says(scene)), self.ctx.stated),
        )
        self.verb = _verb(part, topic) or self.verb
        if stance.modality in {"forecast", "conditional", "opinion"}:
            drafts = _uncertain(part, stance, drafts, released=self.released)
        if stance.modality == "quoted":
            self.ctx.topic = self.ctx.topic if self.ctx.topic.measure else topic
        elif drafts or topic.explicit:
            remember(self.ctx, topic, scene)
        if part.before == "as" and not timing.whens:  # "… as yields exploded": the scenery
            drafts = [d for d in drafts if d.predicate is not Predicate.DIRECTION]
        if self.fleeting:  # "touched 160 before snapping back": within the day
            drafts = [d for d in drafts if d.predicate is not Predicate.DIRECTION or timing.whens]
        self.fleeting = self.fleeting or part.has("scope", "briefly", "intraday")
        claims = [c for draft in drafts for c in self.build.claims(draft, scene, stance)]
        if claims and stance.modality in {"forecast", "conditional"}:
            premise = premise_of(part, self.parts, self.ctx)
            claims = [replace(claim, premise=premise) for claim in claims]
        self.ctx.stated = stated(topic, claims)
        if not claims and not says_nothing(part):
            self.skipped.append(whole(part))
        elif stance.modality in {"asserted", "reported"}:
            self.skipped += left_over(scene)
        return [self._paced(claim) for claim in claims]

    def _since_then(self, part: Part, timing: Timing) -> Timing | None:
        """The times of a clause whose "since" names no date that is known: "down 3% since the
        election" cannot be held to anything; "has since fallen" goes on from what was just dated.
        """
        if timing.base is not None and timing.base.kind in {"peak", "trough", "period"}:
            return timing
        if (
            self.carried
            and part.before in {"and", "but", ",", ";"}
            and _HAS_SINCE.search(part.text)
        ):
            kind = "peak" if self.peaked else "period"
            return replace(timing, periods=(), base=Base(kind, self.carried[-1]))
        return None

    def _gapped(self, part: Part, drafts: list[Draft]) -> list[Draft]:
        """As in "Japan added $40bn, Chile $3bn": the verb of the clause before is meant again."""
        last = self.last
        self.listing = (
            last is None
            and self.verb in {"buy", "sell"}
            and elided.sizes_of_trades(part, drafts, listing=self.listing)
        )
        if self.listing:
            return [elided.traded(draft, self.verb) for draft in drafts]
        if last is not None and elided.contrasted(part, last):
            drafts = [d for d in drafts if d.predicate not in _MOVED or d.fields.get("base")]
        base = None
        bare = (
            last is not None
            and elided.HEADLESS.isdisjoint(part.kinds)
            and (not _NAMED.isdisjoint(part.kinds) or (base := elided.again(part)) is not None)
            and part.word_before_amount not in {"to", "at"}
        )
        if (
            last is not None
            and bare
            and all(draft.predicate is Predicate.LEVEL for draft in drafts)
        ):
            sign = 1 if last.fields["quantity"].value > 0 else -1
            return [
                replace(draft, predicate=last.predicate, fields={
                    **draft.fields, "quantity": draft.fields["quantity"] if sign > 0 else draft.fields["quantity"].negated(),
                    "direction": sign, "base": base or last.fields.get("base"),
                })
                for draft in drafts
            ]  # fmt: skip
        self.peaked = self.peaked or any(d.fields.get("extreme") == "high" for d in drafts)
        moved = [
            d for d in drafts if d.predicate in _MOVED and d.fields.get("quantity") is not None
        ]
        self.last = moved[0] if moved else None
        return drafts

    def _paced(self, claim: Claim) -> Claim:
        """As in "sold $4bn in a week, the most since 2019": the record is one of weeks."""
        if claim.predicate is not Predicate.FLOW and claim.of != "flow":
            return claim
        told = claim.scope & _PACES
        if told or not self.pace or (claim.period is not None and claim.period.days > 7):
            self.pace = self.pace or told
            return claim
        return replace(claim, scope=claim.scope | self.pace)


def _verb(part: Part, topic: Topic) -> str:
    if topic.measure in FLOWS and "sign" in part.kinds:  # "turned negative, if only by $2bn"
        return {"negative": "sell", "positive": "buy"}[part.all("sign")[0].get("sign")]
    if not ("net" in part.kinds or "flow" in part.kinds):
        return ""
    told = (mark.get("net") or mark.get("flow") for mark in part.marks)
    return next((word for word in told if word), "")


_UNDATED = phrase(
    "week month quarter year day days weeks months",
    r"\b(?:in|during|on) the (?:week|month|quarter|year|day|days|weeks|months) (?:of|after|before|following|around) (?:the|his|her|its|their)\b",
)
"""Dated by something that is no date: "in the week of the joint intervention"."""
_NONE = Topic()
_ONCE = phrase("once formerly", r"(?:^|, )(?:once|formerly) (?:the|a|an|its|one)\b")
"""As in "once the largest holder": at a time that is not told."""


def _once(part: Part) -> bool:
    return "when" not in part.kinds and bool(_ONCE.search(part))


def _no_date(part: Part) -> bool:
    """As in "in FY9999": a time is named that no calendar has."""
    whens = (mark.item for mark in part.all("when"))
    return any(isinstance(w, When) and w.kind == "period" and w.period is None for w in whens)


def says(scene: Scene) -> list[Draft]:
    """All that a clause says. Each reader uses up its words, so the order is from the most
    particular to the least.
    """
    part, topic = scene.part, scene.topic
    if (own := words.of(topic.measure)) is not None:
        from saiken.claims.reading.own import says as users  # noqa: PLC0415 - only where there are

        return users.says(scene, own)
    if topic.price:
        return movement.of_prices(scene)
    if gap := gaps.read(scene):
        return denial.read(scene, gap)
    trading = topic.measure in FLOWS or (
        topic.measure in TRADED and ("flow" in part.kinds or "net" in part.kinds)
    )
    drafts = rank.read(scene)
    direction, of = _drift(scene, trading=trading)
    often = count.read(scene, direction, of)
    if often is not None:
        return often
    if not any(draft.fields.get("versus") for draft in drafts):  # ahead of another every month
        drafts += streak.read(scene, direction, of)
    drafts += record.read(scene)
    drafts += part_of.read(scene) or compare.read(scene) + share.read(scene)
    drafts += level.read_thresholds(scene)
    if trading:
        flows = flow.read(scene)
        told = any(
            d.predicate is Predicate.STREAK
            or (d.predicate is Predicate.RECORD and d.fields.get("of") != "level")
            for d in drafts
        )
        if told or (
            topic.measure in HOLDINGS and any(d.predicate is Predicate.COMPARISON for d in drafts)
        ):
            flows = [draft for draft in flows if draft.fields.get("quantity")]
        drafts += flows
    moves = movement.read(scene)
    if drafts and (trading or not _SETTLING.isdisjoint(d.predicate for d in drafts)):
        moves = [draft for draft in moves if draft.fields.get("quantity")]
    drafts += moves
    drafts += level.read_levels(scene)
    return denial.read(scene, _tidy(drafts))


_SETTLING = frozenset((Predicate.STREAK, Predicate.COMPARISON, Predicate.SHARE))
"""Beside one of these a movement is a claim of its own only with its size."""
_TELLING = {Predicate.CHANGE, Predicate.THRESHOLD, Predicate.RECORD, Predicate.RANK}


def _tidy(drafts: list[Draft]) -> list[Draft]:
    """A direction is no claim of its own beside a change, a line crossed or a record."""
    told = {draft.predicate for draft in drafts}
    if not told & _TELLING:
        return drafts
    if Predicate.RECORD in told:  # "climbed to the highest since 1999": the time is the record's
        kept = {"year_ago", "previous"}
        drafts = [
            d for d in drafts
            if d.predicate is not Predicate.DIRECTION or (d.fields.get("base") is not None and d.fields["base"].kind in kept)
        ]  # fmt: skip
    sides = {d.fields["direction"] for d in drafts if d.predicate is Predicate.THRESHOLD}
    return [
        d for d in drafts
        if not (d.predicate is Predicate.DIRECTION and d.fields.get("direction") and d.fields.get("base") is None)
        or -d.fields["direction"] in sides  # "fell to just above 4 %": where it is does not tell it
    ]  # fmt: skip


def _drift(scene: Scene, *, trading: bool) -> tuple[int | None, str]:
    """(direction, of) that a streak in this clause is about."""
    if trading:
        for mark in scene.part.marks:
            if "net" in mark.kinds or "flow" in mark.kinds:
                return flow.direction_of(mark), "flow"
    if scene.topic.measure in FLOWS:
        return {"buy": 1, "sell": -1}.get(scene.verb), "flow"
    tightened = scene.part.words & movement.TIGHTENED.keys()
    if scene.topic.measure == "stress_index" and tightened:
        return movement.TIGHTENED[min(tightened)], "change"
    for mark in scene.part.marks:
        if "move" in mark.kinds:
            sign = {"up": 1, "down": -1, "flat": 0}[mark.get("move")]
            return (-sign if scene.topic.inverse else sign), "change"
    if "sign" in scene.part.kinds or "rank" in scene.part.kinds:
        return 1, "level"
    return None, "change"


def _uncertain(part: Part, stance: Stance, drafts: list[Draft], *, released: bool) -> list[Draft]:
    """What is said of the future, under a condition or as an opinion is one claim, unchecked."""
    if released or not drafts:
        return []
    predicate = Predicate.OPINION if stance.modality == "opinion" else Predicate.FORECAST
    first = drafts[0].fields
    kept = {
        name: value for name, value in first.items() if name in {"quantity", "direction", "period"}
    }
    return [Draft(predicate, part.start, part.end, kept)]


def _cause(walk: _Walk, sentence: Sentence, build: Builder, tied: Link | None) -> list[Claim]:
    """The cause that a sentence asserts, about the measure that it explains."""
    if tied is not None:
        period = next(iter(only_period(walk.parts)[1]), None)
        return [build.cause(tied.effect, sentence, driver=tied.driver, period=period)]
    topics = [topic_of(part, Topic(), walk.ctx) for part in walk.parts]
    named = [topic for topic in topics if topic.measure and topic.subjects]
    if not named:
        return []
    measure, tenor = named[-1].measure, named[-1].tenors[0]
    tenor = tenor if measure in TENORED else ""
    return [build.cause(Driver(measure, named[-1].subjects[0], tenor), sentence)]
