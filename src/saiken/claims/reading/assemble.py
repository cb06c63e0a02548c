"""From the clauses of a sentence to its claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from saiken.claims.claim import UNCHECKABLE, Claim, Predicate, Unread
from saiken.claims.reading import stance as stances
from saiken.claims.reading.clauses import Part, split
from saiken.claims.reading.context import Context, Topic, family
from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.normalise import Plain
from saiken.claims.reading.periods import When
from saiken.claims.reading.predicates import (
    compare,
    flow,
    level,
    movement,
    rank,
    record,
    release,
    streak,
)
from saiken.claims.reading.predicates.scene import FLOWS, Draft, Scene
from saiken.claims.reading.stance import Stance
from saiken.claims.reading.subjects import topic_of
from saiken.claims.reading.timing import timing_of
from saiken.terms.period import Period, add_months

_TENORED = {"government_yield", "yield_spread", "yield_gap"}
_HOLDINGS = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation"}
_NOW = re.compile(r"\b(?:now|today|currently|at present|latest)\b", re.IGNORECASE)
_MEASURED = (
    "noun",
    "paper",
    "thing",
    "pair",
    "currency",
    "tenor",
    "amount",
    "place",
    "holder",
    "measure",
)


def read_sentence(
    sentence: Sentence, plain: Plain, original: str, ctx: Context
) -> tuple[list[Claim], list[Unread]]:
    """The claims of one sentence and what of it gave none. `ctx` is moved on."""
    parts = split(sentence)
    if not parts:
        return [], [_unread(sentence, plain, original, "no statement")]
    quotes = stances.quoted_spans(sentence.text)
    is_cause, attached = stances.causal(sentence.text)
    question = sentence.text.rstrip("\"')").endswith("?")
    releases = release.read(parts, ctx)
    claims: list[Claim] = [
        _release_claim(draft, sentence, plain, original, ctx) for draft in releases
    ]
    unread: list[Unread] = []
    if not is_cause or attached > 0:
        claims += _facts(parts, quotes, sentence, plain, original, ctx, attached, bool(releases))
    else:
        _facts(parts, quotes, sentence, plain, original, ctx, -1, bool(releases))
    if question:
        return [], [_unread(sentence, plain, original, "question")]
    if is_cause:
        claims += _cause(parts, sentence, plain, original, ctx, bool(claims))
    claims = _distinct(claims)
    if not claims:
        why = stances.uncheckable(parts)
        if not why:
            measured = any(
                kind in mark.kinds for part in parts for mark in part.marks for kind in _MEASURED
            )
            why = "no measure" if not measured else "no statement"
        unread.append(_unread(sentence, plain, original, "cause" if is_cause else why))
    _date_context(sentence, parts, ctx)
    return claims, unread


def _facts(
    parts: list[Part], quotes: list[tuple[int, int]], sentence: Sentence, plain: Plain, original: str, ctx: Context, attached: int, released: bool,
) -> list[Claim]:  # fmt: skip
    claims: list[Claim] = []
    before, verb = ctx.topic, ""
    shared = _only_period(parts)
    carried: tuple[Period, ...] = ()
    for part in parts:
        if attached >= 0 and part.start >= attached:
            break
        topic = topic_of(part, before, ctx)
        if not topic.measure:
            if topic.explicit:
                before = Topic()
            continue
        timing = timing_of(part, topic, ctx)
        if (
            not timing.periods
            and timing.since is None
            and (carried or shared)
            and timing.base is None
        ):
            timing = replace(timing, periods=carried or shared)
        elif timing.periods:
            carried = timing.periods
        stance = stances.stance_of(part, parts, quotes)
        scene = Scene(part, topic, timing, ctx, verb)
        drafts = _drafts(scene)
        verb = _verb(part) or verb
        if stance.modality in {"forecast", "conditional", "opinion"}:
            drafts = _uncertain(part, topic, stance, drafts, released)
        for draft in drafts:
            claims += _claims(draft, scene, stance, plain, original)
        before = topic
        _remember(ctx, topic, scene)
    return claims


def _verb(part: Part) -> str:
    for mark in part.marks:
        word = mark.get("net") or mark.get("flow")
        if word:
            return word
    return ""


def _only_period(parts: list[Part]) -> tuple[Period, ...]:
    """The one period that a sentence names, which then holds for all of its clauses."""
    found = [
        mark.item.period
        for part in parts
        for mark in part.all("when")
        if isinstance(mark.item, When)
        and mark.item.kind == "period"
        and mark.item.word not in {"since", "from", "than", "until", "by"}
    ]
    return tuple(period for period in found if period) if len(found) == 1 else ()


def _drafts(scene: Scene) -> list[Draft]:
    """All that a clause says. Each reader uses up its words, so the order is from the most
    particular to the least."""
    part, topic = scene.part, scene.topic
    trading = topic.measure in FLOWS or (
        topic.measure in _HOLDINGS and (part.has("flow") or part.has("net"))
    )
    drafts = rank.read(scene)
    direction, of = _drift(scene, trading)
    drafts += streak.read(scene, direction, of)
    drafts += record.read(scene)
    drafts += compare.read(scene)
    drafts += level.read_thresholds(scene)
    streaked = any(draft.predicate is Predicate.STREAK for draft in drafts)
    recorded = any(
        draft.predicate is Predicate.RECORD and draft.fields.get("of") != "level"
        for draft in drafts
    )
    if trading:
        flows = flow.read(scene)
        if (streaked or recorded) and not any(draft.fields.get("quantity") for draft in flows):
            flows = []
        drafts += flows
    moves = movement.read(scene)
    if drafts and topic.measure in FLOWS | {"treasury_net_purchases"}:
        moves = [draft for draft in moves if draft.fields.get("quantity")]
    if streaked:
        moves = [draft for draft in moves if draft.predicate is not Predicate.DIRECTION]
    drafts += moves
    drafts += level.read_levels(scene)
    return _tidy(drafts)


def _tidy(drafts: list[Draft]) -> list[Draft]:
    """A direction is not a claim of its own beside a change, a level reached or a line crossed."""
    told = {draft.predicate for draft in drafts}
    if told & {Predicate.CHANGE, Predicate.THRESHOLD, Predicate.RECORD, Predicate.RANK}:
        return [
            d
            for d in drafts
            if not (
                d.predicate is Predicate.DIRECTION
                and d.fields.get("direction")
                and d.fields.get("base") is None
            )
        ]
    return drafts


def _drift(scene: Scene, trading: bool) -> tuple[int | None, str]:
    """(direction, of) that a streak in this clause is about."""
    for mark in scene.part.marks:
        if trading and ("net" in mark.kinds or "flow" in mark.kinds):
            return flow.direction_of(mark), "flow"
    if scene.topic.measure in FLOWS:
        return {"buy": 1, "sell": -1}.get(scene.verb), "flow"
    for mark in scene.part.marks:
        if "move" in mark.kinds:
            sign = {"up": 1, "down": -1, "flat": 0}[mark.get("move")]
            return (-sign if scene.topic.inverse else sign), "change"
    if scene.part.has("sign") or scene.part.has("rank"):
        return 1, "level"
    return None, "change"


def _uncertain(
    part: Part, topic: Topic, stance: Stance, drafts: list[Draft], released: bool
) -> list[Draft]:
    """What is said of the future, under a condition or as an opinion is one claim, unchecked."""
    if released:
        return []
    predicate = Predicate.OPINION if stance.modality == "opinion" else Predicate.FORECAST
    if not drafts:
        return []
    first = drafts[0]
    fields = {
        name: first.fields[name]
        for name in ("quantity", "direction", "period")
        if name in first.fields
    }
    return [Draft(predicate, part.start, part.end, fields)]


def _claims(
    draft: Draft, scene: Scene, stance: Stance, plain: Plain, original: str
) -> Iterator[Claim]:
    """One claim for each subject and tenor of a draft."""
    topic, part, ctx = scene.topic, scene.part, scene.ctx
    fields = dict(draft.fields)
    subject = fields.pop("subject", "")
    scope = (
        frozenset(fields.pop("scope", frozenset()))
        | topic.scope
        | scene.timing.scope
        | _scope(part)
    )
    if stance.large:
        scope |= {"large"}
    if fields.get("period") is None and draft.predicate not in UNCHECKABLE:
        fields["period"] = _period(draft, scene, ctx)
    span = plain.span(part.sentence.offset + draft.start, part.sentence.offset + draft.end)
    hedges = tuple(dict.fromkeys(_hedges(part)))
    tenors = topic.tenors if topic.measure in _TENORED else ("",)
    sure = topic.sure * (1.0 if topic.explicit else 0.9)
    for who in (subject,) if subject else topic.subjects:
        for tenor in tenors:
            claim = Claim(
                span=span, text=original[span[0] : span[1]], predicate=draft.predicate, subject=who, measure=topic.measure,
                tenor=tenor, scope=scope, hedges=hedges, polarity=not stance.denied, modality=stance.modality, confidence=round(sure, 2), **fields,
            )  # fmt: skip
            if topic.sure < 1.0 and topic.measure in _TENORED and who == "US":
                claim = replace(
                    claim,
                    alternatives=(
                        replace(claim, subject="JP", confidence=round(1 - topic.sure, 2)),
                    ),
                )
            yield claim


def _period(draft: Draft, scene: Scene, ctx: Context) -> Period | None:
    """The data period in force for a clause that names none."""
    if _NOW.search(scene.part.text):
        return None
    if (
        draft.predicate is Predicate.RECORD
        and draft.fields.get("period", 0) is None
        and scene.timing.whens
        and not scene.timing.periods
    ):
        pass
    if family(scene.topic.measure) == ctx.last_family or family(scene.topic.measure) == "treasury":
        if ctx.data_as_of is not None and family(scene.topic.measure) == "treasury":
            return ctx.data_as_of
        if (
            draft.predicate is Predicate.FLOW
            and draft.fields.get("base") is None
            and ctx.last_family == family(scene.topic.measure)
            and not scene.topic.explicit
        ):
            return ctx.last_period
    return None


def _scope(part: Part) -> frozenset[str]:
    return frozenset(mark.get("scope") for mark in part.all("scope"))


def _hedges(part: Part) -> Iterator[str]:
    for mark in part.marks:
        if "hedge" in mark.kinds:
            yield part.sentence.text[mark.start : mark.end].lower()
        word = getattr(mark.item, "hedge_word", "")
        if word:
            yield word


def _remember(ctx: Context, topic: Topic, scene: Scene) -> None:
    ctx.topic = topic
    codes = tuple(code for code in topic.subjects if code)
    if topic.measure in _HOLDINGS and codes:
        ctx.holders = codes
    if topic.measure in _TENORED and codes:
        ctx.issuer = codes[0]
    if scene.timing.periods:
        ctx.last_period, ctx.last_family = scene.timing.periods[-1], family(topic.measure)


def _date_context(sentence: Sentence, parts: list[Part], ctx: Context) -> None:
    """ "As of November…" and "The July TIC in one paragraph" date what follows."""
    text = sentence.text.lower()
    for part in parts:
        for mark in part.all("when"):
            when = mark.item
            if (
                not isinstance(when, When)
                or when.period is None
                or when.period.frequency not in {"M", "D"}
            ):
                continue
            month = Period.month(when.period.end.year, when.period.end.month)
            if when.word in {"as of", "as at"}:
                ctx.data_as_of = month
            elif (
                "tic" in re.findall(r"[a-z]+", text)
                and when.word in {"", "for"}
                and len(parts) <= 3
                and not any(p.has("amount") for p in parts)
            ):
                said = re.search(r"\b(release|report)\b", text)
                first = add_months(month.start, -2) if said else month.start
                ctx.data_as_of = Period.month(first.year, first.month)
                ctx.topic = Topic("treasury_holdings", ctx.holders or ("all",))


def _release_claim(
    draft: Draft, sentence: Sentence, plain: Plain, original: str, ctx: Context
) -> Claim:
    span = plain.span(sentence.offset + draft.start, sentence.offset + draft.end)
    text = sentence.text.lower()
    subject = (
        "mof"
        if "ministry" in text or "mof" in text.split() or "intervention" in text
        else "cftc"
        if "cftc" in text
        else "tic"
    )
    return Claim(
        span=span,
        text=original[span[0] : span[1]],
        predicate=Predicate.RELEASE,
        subject=subject,
        measure="release_date",
        **draft.fields,
    )


def _cause(
    parts: list[Part], sentence: Sentence, plain: Plain, original: str, ctx: Context, facts: bool
) -> list[Claim]:
    """The cause that a sentence asserts, about the measure that it explains."""
    topic = ctx.topic if any(topic_of(part, Topic(), ctx).measure for part in parts) else Topic()
    if not topic.measure or not topic.subjects:
        return []
    named = [
        t for t in (topic_of(part, Topic(), ctx) for part in parts) if t.measure and t.subjects
    ]
    topic = named[-1] if named else topic
    span = plain.span(sentence.offset, sentence.offset + len(sentence.text))
    tenor = topic.tenors[0] if topic.measure in _TENORED else ""
    return [
        Claim(
            span=span, text=original[span[0] : span[1]], predicate=Predicate.CAUSAL, subject=topic.subjects[0], measure=topic.measure,
            tenor=tenor, modality="causal", confidence=0.8,
        )
    ]  # fmt: skip


def _distinct(claims: list[Claim]) -> list[Claim]:
    seen: set[tuple[object, ...]] = set()
    out = []
    for claim in claims:
        key = (
            claim.predicate,
            claim.subject,
            claim.measure,
            claim.tenor,
            claim.quantity,
            claim.period,
            claim.direction,
            claim.extreme,
            claim.of,
            claim.base,
        )
        if key not in seen:
            seen.add(key)
            out.append(claim)
    return out


def _unread(sentence: Sentence, plain: Plain, original: str, why: str) -> Unread:
    span = plain.span(sentence.offset, sentence.offset + len(sentence.text))
    return Unread(span, original[span[0] : span[1]], why)
