"""Reading Japanese: the same typed claims from the words of Japanese news, posts and releases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from saiken.claims.claim import UNCHECKABLE, Base, Claim, Driver, Predicate, Reading, Unread
from saiken.claims.reading.causes import PRICED
from saiken.claims.reading.context import Topic, family
from saiken.claims.reading.japanese import part, release, stance
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.causes import cause_of, is_reason, sides
from saiken.claims.reading.japanese.clauses import HEADS, Clause, split
from saiken.claims.reading.japanese.clues import TENORED, TREASURY, Context
from saiken.claims.reading.japanese.marks import mark
from saiken.claims.reading.japanese.plain import plain_of
from saiken.claims.reading.japanese.premises import parted, premise_of
from saiken.claims.reading.japanese.says import says
from saiken.claims.reading.japanese.scene import Draft, scene_of
from saiken.claims.reading.japanese.sentences import split as sentences
from saiken.claims.reading.japanese.timing import timing_of
from saiken.claims.reading.japanese.topics import topic_of
from saiken.claims.reading.myths import deny_quoted
from saiken.claims.reading.normalise import Plain
from saiken.claims.reading.spans import told_from
from saiken.terms.period import Period

FOREIGN = 40
"""So many characters without a kana among them are not Japanese."""
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
MOST_MARKS = 150
"""What has more known words between two stops is a table or noise, not a sentence."""
SUPER_LONG = ("30Y", "20Y", "40Y")
"""The maturities that 超長期 may mean, the most traded first."""
QUOTED = {"government_yield", "exchange_rate", "crypto_price", "equity_index", "volatility_index"}
_SAYS = frozenset(
    (
        "amount",
        "extreme",
        "record",
        "net",
        "streak",
        "multiple",
        "cross",
        "rank",
        "share",
        "worth",
        "count",
    )
)
"""Marks of a statement that can be true or false."""
_CLOSE = frozenset({"close"})
_AT_ONE_TIME = {"briefly": "intraday"}
"""一時2.38%: what a price was at for a while it need not have closed at."""
_MEASURED = ("noun", "paper", "thing", "pair", "tenor", "worth")


def read(text: str, dated: date) -> Reading:
    """The claims of a mostly Japanese `text`, written on `dated`, in the order of the text.

    Every sentence comes out as claims or as `Unread`. Spans are code points of `text` as given.
    No string makes it fail; time is linear in the length. What has no kana in it is Chinese, and
    comes back as one `Unread` with why `language`.
    """
    if len(text) >= FOREIGN and not _KANA.search(text):
        return Reading(text, dated, (), (Unread((0, len(text)), text, "language"),))
    plain, ctx = plain_of(text), Context(told_from(dated))
    claims: list[Claim] = []
    unread: list[Unread] = []
    for start, end in sentences(plain.text):
        reader = _Sentence(plain, text, start, plain.text[start:end], ctx)
        found, why = reader.read()
        claims += found
        if why:
            unread.append(Unread(*reader.span(0, end - start), why))
        elif found:
            unread += (Unread(*reader.span(*at), "no statement") for at in sorted(reader.passed))
    return Reading(text, dated, tuple(deny_quoted(claims)), tuple(unread))


_SIZED = re.compile(r"(?:減ら|増や|積み増)した(?:の|米国債|分|額|保有額?)+は")
_AFTER_IT = re.compile(r"(?:その|それ)(?:後|以降)")


@dataclass(slots=True)
class _Sentence:
    """One sentence and what of it is in force from clause to clause."""

    plain: Plain
    original: str
    offset: int
    text: str
    ctx: Context
    period: Period | None = None
    verb: int = 0
    closed: bool = False
    """Whether an earlier clause told where the price closed."""
    change: tuple[Topic, dict[str, Any]] | None = None
    """The change that the clause before told, and of what."""
    sized: bool = False
    """Whether an earlier clause told of 減少額, 増加幅 and the like."""
    passed: list[tuple[int, int]] = field(default_factory=list)
    """Clauses that say something of which no claim was made, and amounts in others."""

    def span(self, start: int, end: int) -> tuple[tuple[int, int], str]:
        span = self.plain.span(self.offset + start, self.offset + end)
        return span, self.original[span[0] : span[1]]

    def read(self) -> tuple[list[Claim], str]:
        """The claims of the sentence, or why there are none."""
        marks = mark(self.text, self.ctx.dated)
        if not marks or len(marks) > MOST_MARKS:
            return [], "no measure" if not marks else "no statement"
        clauses = parted(split(self.text, marks))
        asks = stance.is_question(self.text)
        announced = release.read(clauses, self.ctx.topic.measure, self.ctx.period)
        facts = self._facts(clauses, {id(clause) for clause, _ in announced})
        self._move_on(clauses)
        if asks:
            return [], "question"
        claims = [self._release(clause, fields) for clause, fields in announced]
        explained = cause_of(clauses)
        if explained:
            told = [claim for claim in facts if claim.modality == "asserted"]
            claims += (told if explained == "beside" else []) or self._cause(clauses)
        else:
            claims += facts
        claims = _distinct(claims)
        return claims, "" if claims else self._why(clauses, explained=bool(explained))

    def _why(self, clauses: list[Clause], *, explained: bool) -> str:
        if explained:
            return "cause"
        measured = any(clause.has(kind) for clause in clauses for kind in _MEASURED)
        return stance.uncheckable(clauses) or (
            "quoted"
            if any(c.has("stance", "hearsay") for c in clauses)
            else "no statement"
            if measured
            else "no measure"
        )

    def _facts(self, clauses: list[Clause], announced: set[int]) -> list[Claim]:
        before, own = self.ctx.topic, False
        only = _only_period(clauses, self.ctx)
        out: list[Claim] = []
        aside: Clause | None = None
        for clause in clauses:
            if clause.aside:
                aside = clause
                continue
            unsaid = id(clause) in announced or is_reason(clause) or stance.is_open(clause)
            if unsaid or not clause.marks:
                continue
            if self._of_the_same_change(clause):
                self.passed.append(_trimmed(clause))
                continue
            topic = topic_of(clause, before, self.ctx, own=own)
            if aside is not None:
                out += self._beside(aside, clauses, topic)
                aside = None
            self.closed = self.closed and not topic.explicit
            change, self.change = self.change, None
            found = self._part(clause, clauses, change)
            if not found and topic.measure:
                found = self._read(clause, clauses, topic, only)
            if not found and not _SAYS.isdisjoint(clause.kinds):
                self.passed.append(_trimmed(clause))
            if topic.measure:
                before, own = topic, True
            out += found
        return out

    def _beside(self, clause: Clause, clauses: list[Clause], topic: Topic) -> list[Claim]:
        """What is told of a subject before it is named, where it is told of when."""
        times = [m for m in clause.all("when") if getattr(m.item, "kind", "") == "period"]
        dated = bool(times) and not any(clause.text[m.start] in "前翌同" for m in times)
        one = len(topic.subjects) == 1 == len(topic.tenors or ("",))
        if not (dated and one and topic.measure):
            self.passed.append(_trimmed(clause))
            return []
        kept = self.period, self.verb, self.closed, self.change, replace(self.ctx)
        found = self._read(clause, clauses, replace(topic, explicit=True), None)
        self.period, self.verb, self.closed, self.change, self.ctx = kept
        return found

    def _of_the_same_change(self, clause: Clause) -> bool:
        """As in 減少額は日本が128億ドル、中国は154億ドル, 減少額は…、5月の668億ドルの半分: no level, though no
        word here says so.
        """
        if clause.has("noun", "change_up", "change_down") or _SIZED.search(clause.words):
            self.sized = True
            return False
        amounts = clause.all("amount")
        if not (self.sized and amounts):
            return False
        times = (m.end + 1 == amounts[0].start for m in clause.all("when"))
        return any(times) or (clause.has("place") and HEADS.isdisjoint(clause.kinds))

    def _part(
        self, clause: Clause, clauses: list[Clause], change: tuple[Topic, dict[str, Any]] | None
    ) -> list[Claim]:
        """What the change that the clause before told came from."""
        if change is None:
            return []
        topic, told = change
        how = stance.stance_of(clause, clauses)
        drafts = part.of_told(clause, told)
        return [c for d in drafts for c in self._claims(d, clause, topic, how, topic.scope)]

    def _read(
        self, clause: Clause, clauses: list[Clause], topic: Topic, only: Period | None
    ) -> list[Claim]:
        timing = timing_of(clause, topic, self.ctx)
        if timing.period is not None:
            self.period = timing.period
        elif _AFTER_IT.search(clause.words) and self.period is not None:
            if timing.base is not None:
                return []  # その後2日間で: no day is told
            timing = replace(timing, base=Base("period", self.period))
        elif not clause.quoted:  # when a saying spread is not when it is about
            timing = replace(
                timing,
                period=self.period
                or (only if timing.base is None and timing.since is None else None),
            )
        after = timing.period is None and bool(_AFTER_IT.search(clause.words))
        goes_on = not after and (
            not topic.explicit or family(topic.measure) == "mof_flows"
        )  # one report, all flows
        if timing.period is None and goes_on and _family(topic.measure) == self.ctx.family:
            timing = replace(timing, period=self._in_force(topic, clause))
        scene = scene_of(clause, topic, timing, self.ctx, self.verb)
        if not topic.explicit and topic.measure == self.ctx.topic.measure:
            scene.before = self.ctx.side
        how = stance.stance_of(clause, clauses)
        drafts = says(scene, denied=how.denied)
        self.verb = scene.side
        sizes = (f for p, f in drafts if p is Predicate.CHANGE and topic.measure in TREASURY)
        self.change = next(((topic, fields) for fields in sizes), None)
        if how.modality in {"forecast", "conditional", "opinion"} and drafts:
            drafts = [_uncertain(drafts[0], how.modality)]
        if how.modality != "quoted":
            self._remember(topic, timing.period)
            self.ctx.side = scene.side or (-1 if scene.short else 0)
        else:
            self.ctx.topic = topic
        scope = (
            topic.scope | timing.scope | _scope(clause) | (_CLOSE if self.closed else frozenset())
        )
        self.closed = "close" in scope  # 31.05で引け、最高値を更新した: a record of closes
        if "briefly" in scope and any(draft[0] is Predicate.LEVEL for draft in drafts):
            drafts = [draft for draft in drafts if draft[0] is not Predicate.DIRECTION]
        claims = [
            claim for draft in drafts for claim in self._claims(draft, clause, topic, how, scope)
        ]
        if claims and topic.measure != "auction" and how.modality in {"asserted", "reported"}:
            self.passed += ((mark.start, mark.end) for mark in scene.unread)
        if how.modality != "conditional":
            return claims
        premise = premise_of(clause, clauses)
        return [replace(claim, premise=premise) for claim in claims]

    def _in_force(self, topic: Topic, clause: Clause) -> Period | None:
        """The data period of the sentence before, for the figures of one release, or the week before
        it where the words say so.
        """
        told = self.ctx.period
        if topic.measure in TREASURY or told is None:
            return told
        if topic.measure == "yen_positioning":
            return None if topic.explicit else told
        if family(topic.measure) != "mof_flows":
            return None
        return told.shift(-1) if _WEEK_BEFORE.search(clause.text) else told

    def _remember(self, topic: Topic, period: Period | None) -> None:
        ctx = self.ctx
        ctx.topic = topic
        if topic.measure in TREASURY:
            ctx.holders = topic.subjects
        if topic.measure in TENORED and len(topic.subjects) == 1:
            ctx.issuer = topic.subjects[0]
        if period is not None:
            ctx.period, ctx.family = period, _family(topic.measure)

    def _move_on(self, clauses: list[Clause]) -> None:
        places = [
            m.get("place")
            for clause in clauses
            for m in clause.all("place")
            if m.get("place") != "US"
        ]
        if places:
            self.ctx.places = tuple(dict.fromkeys(places))[:1]
            if not self.ctx.topic.measure:
                self.ctx.holders = self.ctx.places

    def _claims(
        self, draft: Draft, clause: Clause, topic: Topic, how: stance.Stance, scope: frozenset[str]
    ) -> Iterator[Claim]:
        predicate, fields = draft
        fields = dict(fields)
        scope = scope | fields.pop("scope", frozenset())
        if predicate in UNCHECKABLE:
            scope = frozenset()
        if predicate is Predicate.LEVEL and topic.measure in QUOTED:
            scope |= {"intraday"} & {_AT_ONE_TIME.get(name, "") for name in scope}
        first, last = _trimmed(clause)
        span, text = self.span(first, last)
        leftover = tuple(self.span(start, end)[0] for start, end in _unaccounted(clause))
        sure = round(topic.sure * (1.0 if topic.explicit else 0.9), 2)
        own, at = fields.pop("subject", ""), fields.pop("tenor", "")
        measure = fields.pop("measure", topic.measure)
        tenors = topic.tenors if topic.measure in TENORED else ("",)
        for who in (own,) if own else topic.subjects:
            for tenor in (at,) if at else tenors:
                claim = Claim(
                    span=span, text=text, predicate=predicate, subject=who, measure=measure, tenor=tenor, scope=scope, hedges=_hedges(clause),
                    polarity=not how.denied, modality=how.modality, confidence=sure, leftover=leftover, **fields,
                )  # fmt: skip
                yield _super_long(claim) if tenor == "super" else claim

    def _release(self, clause: Clause, fields: dict[str, Any]) -> Claim:
        span, text = self.span(*_trimmed(clause))
        return Claim(span, text, Predicate.RELEASE, fields.pop("subject"), "release_date", **fields)

    def _cause(self, clauses: list[Clause]) -> list[Claim]:
        """The cause that a sentence asserts, about the measure that it explains."""
        told = [
            topic_of(clause, Topic(), self.ctx, own=False) for clause in clauses if clause.marks
        ]
        named = [topic for topic in told if topic.measure]
        driver, effect = self._tied()
        about = effect or (_driver(named[0]) if named else None)
        if about is None:
            return []
        period = _only_period(clauses, self.ctx) if driver is not None else None
        span, text = self.span(0, len(self.text))
        return [
            Claim(
                span, text, Predicate.CAUSAL, about.subject, about.measure, about.tenor,
                modality="causal", confidence=0.8, driver=driver, period=period,
            )
        ]  # fmt: skip

    def _tied(self) -> tuple[Driver | None, Driver | None]:
        """What moved something and what it moved, where both are priced by the day."""
        words = sides(self.text)
        topics = [topic for side in words or () if (topic := self._of(side)).measure in PRICED]
        if len(topics) < 2 or topics[0] == topics[1]:
            return None, None
        return _driver(topics[0]), _driver(topics[1])

    def _of(self, words: str) -> Topic:
        """What a side of a cause is about: the topic that it would have if it rose."""
        text = f"{words}が上昇した"
        clauses = split(text, mark(text, self.ctx.dated))
        found = (topic_of(clause, Topic(), self.ctx, own=False) for clause in clauses)
        return next((topic for topic in found if topic.measure), Topic())


def _driver(topic: Topic) -> Driver:
    tenor = topic.tenors[0] if topic.measure in TENORED else ""
    return Driver(topic.measure, topic.subjects[0], tenor)


def _uncertain(draft: Draft, modality: str) -> Draft:
    """What is said of the future, under a condition or as an opinion is one claim, unchecked."""
    kept = {
        name: value
        for name, value in draft[1].items()
        if name in {"quantity", "direction", "period"}
    }
    return Predicate.OPINION if modality == "opinion" else Predicate.FORECAST, kept


def _super_long(claim: Claim) -> Claim:
    others = tuple(replace(claim, tenor=tenor, confidence=0.6) for tenor in SUPER_LONG[1:])
    return replace(
        claim, tenor=SUPER_LONG[0], confidence=min(claim.confidence, 0.8), alternatives=others
    )


_WEEK_BEFORE = re.compile(r"(?:その)?前の?週(?:は|に|も|、)")


def _family(measure: str) -> str:
    return "treasury" if measure in TREASURY else family(measure)


def _only_period(clauses: list[Clause], ctx: Context) -> Period | None:
    """The one period that a sentence names, which then holds for all of its clauses."""
    found = [timing_of(clause, Topic(), ctx) for clause in clauses]
    periods = {timing.period for timing in found if timing.period is not None}
    return periods.pop() if len(periods) == 1 else None


_LEAD = re.compile(
    r"[、。「」\s]*(?:また|一方|ただ|しかし|なお|さらに|そして|実際|ちなみに|一方で|だが|逆に)?(?:に)?(?:は)?[、\s]*"
)


def _trimmed(clause: Clause) -> tuple[int, int]:
    """The clause without the conjunction before it and the stops around it."""
    words = clause.text[clause.start : clause.end]
    lead = _LEAD.match(words)
    start = clause.start + (lead.end() if lead and lead.end() < len(words) else 0)
    return start, clause.start + len(words.rstrip("、。!?「」 \n")) or clause.end


def _scope(clause: Clause) -> frozenset[str]:
    return frozenset(m.get("scope") for m in clause.all("scope"))


def _hedges(clause: Clause) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            m.item.hedge_word
            for m in clause.all("amount")
            if isinstance(m.item, Amount) and m.item.hedge_word
        )
    )


_CONTENT = re.compile(r"[\u4e00-\u9fff\u30a1-\u30fcA-Za-z]{2,}")


def _unaccounted(clause: Clause) -> Iterator[tuple[int, int]]:
    """The words of a clause, in kanji, katakana or Latin letters, that no mark covers."""
    covered = bytearray(len(clause.text))
    for known in clause.marks:
        covered[known.start : known.end] = b"\1" * (known.end - known.start)
    for match in _CONTENT.finditer(clause.text, clause.start, clause.end):
        if covered.find(1, *match.span()) < 0:
            yield match.span()


def _distinct(claims: list[Claim]) -> list[Claim]:
    """Each claim once: clauses that share words may say the same."""
    seen: dict[Claim, Claim] = {}
    for claim in claims:
        key = replace(
            claim,
            span=(0, 0),
            text="",
            hedges=(),
            confidence=1.0,
            leftover=(),
            alternatives=(),
            scope=frozenset(),
        )
        seen.setdefault(key, claim)
    return list(seen.values())
