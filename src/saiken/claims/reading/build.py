"""From what a clause says to claims: one for each subject and tenor, with spans of the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from saiken.claims.claim import UNCHECKABLE, Claim, Driver, Predicate, Unread
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic, family
from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.normalise import Plain
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.scene import Draft, Scene
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.stance import Stance
from saiken.claims.reading.timing import DAILY
from saiken.claims.reading.topics_derived import SPANNED
from saiken.publishers.catalog import USERS
from saiken.terms.immutable import immutable
from saiken.terms.period import Period

TENORED = {"government_yield", "yield_spread", "yield_gap"}
_BY_TENOR = TENORED | SPANNED
NOW = phrase("now today currently present latest", r"\b(?:now|today|currently|at present|latest)\b")
_RESTATED = {"inbound_bond_flows": "inbound_equity_flows"}
"""What else the words may mean where they do not say of which papers they speak."""
_RIVAL = 0.6
"""How much less likely one is meant whom the sentence before named besides its subject."""
_OTHER_ISSUER = "JP"
"""Whose yields else an English text may mean where nothing tells."""


@immutable()
class Builder:
    """Makes claims of one text. `plain` leads the way back to `original`."""

    plain: Plain
    original: str

    def _span(self, sentence: Sentence, start: int, end: int) -> tuple[tuple[int, int], str]:
        span = self.plain.span(sentence.offset + start, sentence.offset + end)
        return span, self.original[span[0] : span[1]]

    def unread(self, sentence: Sentence, why: str, at: tuple[int, int] | None = None) -> Unread:
        """The sentence as unread, or its characters `at` where the rest of it was read."""
        span, text = self._span(sentence, *(at or (0, len(sentence.text))))
        return Unread(span, text, why)

    def cause(self, effect: Driver, sentence: Sentence, **fields: Any) -> Claim:
        """The claim that something explains a measure."""
        span, text = self._span(sentence, 0, len(sentence.text))
        return Claim(
            span, text, Predicate.CAUSAL, effect.subject, effect.measure, effect.tenor,
            modality="causal", confidence=0.8, **fields,
        )  # fmt: skip

    def release(self, draft: Draft, sentence: Sentence) -> Claim:
        """A claim on when figures come out; the subject is their publisher."""
        span, text = self._span(sentence, draft.start, draft.end)
        words = {token.word for token in sentence.tokens}
        subject = (
            "mof"
            if words & {"ministry", "mof", "intervention"}
            else "cftc"
            if "cftc" in words
            else "tic"
        )
        return Claim(span, text, Predicate.RELEASE, subject, "release_date", **draft.fields)

    def claims(self, draft: Draft, scene: Scene, stance: Stance) -> Iterator[Claim]:
        """One claim for each subject and tenor of a draft."""
        topic, part = scene.topic, scene.part
        fields = dict(draft.fields)
        measure = fields.pop("measure", topic.measure)
        own_subject, own_tenor = fields.pop("subject", ""), fields.pop("tenor", "")
        tenors = topic.tenors if topic.measure in _BY_TENOR else ("",)
        scope = (
            frozenset(fields.pop("scope", frozenset()))
            | topic.scope
            | scene.timing.scope
            | _scope(part, draft.predicate, topic.measure)
        )
        if stance.large:
            scope |= {"large"}
        if fields.get("period") is None and draft.predicate not in UNCHECKABLE:
            fields["period"] = _period(draft, scene)
        span, text = self._span(part.sentence, draft.start, draft.end)
        users = measure.startswith(USERS)
        loose = _narrowing(part, measure) if users else list(_unaccounted(part))
        leftover = tuple([self._span(part.sentence, start, end)[0] for start, end in loose])
        hedges = tuple(dict.fromkeys(_hedges(part)))
        for who in (own_subject,) if own_subject else topic.subjects:
            for tenor in (own_tenor,) if own_tenor else tenors:
                yield _with_alternatives(
                    Claim(
                        span=span, text=text, predicate=draft.predicate, subject=who, measure=measure, tenor=tenor, scope=scope,
                        hedges=hedges, polarity=not stance.denied, modality=stance.modality,
                        confidence=round(topic.sure * (1.0 if topic.explicit else 0.9), 2), leftover=leftover, **fields,
                    ),
                    topic,
                    scene.timing.rival,
                )  # fmt: skip


EVEN = 0.5
"""The score of either of two readings between which nothing decides."""


def _with_alternatives(claim: Claim, topic: Topic, rival: Period | None = None) -> Claim:
    """The other readings where the words do not say whose holdings, whose yield, which papers or
    which week.
    """
    if topic.rivals and claim.subject in topic.subjects:
        score = round(claim.confidence * _RIVAL, 2)
        others = (who for rival in topic.rivals for who in rival)
        read = (replace(claim, subject=who, confidence=score) for who in others)
        return replace(claim, alternatives=tuple(read))
    if rival is not None and claim.period is not None and claim.period.days == rival.days:
        other = replace(claim, period=rival, confidence=EVEN)
        return replace(claim, confidence=EVEN, alternatives=(other,))
    sure = topic.sure
    if sure >= 1.0:
        return claim
    score = round(1 - sure, 2)
    if claim.measure in TENORED and claim.subject == "US":
        return replace(
            claim, alternatives=(replace(claim, subject=_OTHER_ISSUER, confidence=score),)
        )
    if claim.measure in _RESTATED:
        return replace(
            claim,
            alternatives=(replace(claim, measure=_RESTATED[claim.measure], confidence=score),),
        )
    return claim


_OF_A_DAY = {Predicate.LEVEL, Predicate.DIRECTION, Predicate.CHANGE}


def _dateless(draft: Draft) -> bool:
    """Whether a draft tells of a day that it does not name, and of no other time."""
    told = draft.fields
    return draft.predicate in _OF_A_DAY and not (told.get("base") or told.get("since"))


def _period(draft: Draft, scene: Scene) -> Period | None:
    """The data period in force for a clause that names none: that of the text's own "as of"."""
    ctx: Context = scene.ctx
    if NOW.search(scene.part):
        return None
    here = family(scene.topic.measure)
    if here == "treasury" and ctx.data_as_of is not None:
        return ctx.data_as_of
    if here == "mof_flows" and ctx.headed is not None:
        return ctx.headed
    if ctx.day is not None and here in DAILY and _dateless(draft):
        return ctx.day
    goes_on = not scene.topic.explicit or here == "mof_flows"  # one report tells of them all
    undated = draft.fields.get("base") is None and goes_on
    if draft.predicate is Predicate.FLOW and undated and ctx.last_family == here:
        return ctx.last_period
    return None


_PACE = phrase(
    "weekly week daily day session monthly month",
    r"\b(?:(?P<weekly>weekly|one-week|single-week|(?:in|within|over) (?:a|one)(?: single)? week)"
    r"|(?P<daily>daily|one-day|single-day|(?:in|within) (?:a|one)(?: single)? (?:day|session))"
    r"|(?P<monthly>monthly|one-month|single-month|(?:in|within) (?:a|one)(?: single)? month))\b",
)
_IN_SESSION = re.compile(
    r"\btrad(?:ed|es|ing) (?:briefly |as high as |as low as |above|below|past|through|over|under)"
    r"|\b(?:sets?|hits?|hit|setting|posts?|printed|prints) an? (?:new |fresh )?(?:all-time |record |session )?(?:peak|high|low) (?:above|below|of|over|past|near)"
    r"|\b(?:session|intraday) (?:high|low|peak)",
    re.IGNORECASE,
)
_QUOTED = {"crypto_price", "exchange_rate", "volatility_index", "equity_index"}
"""Prices that people tell as traded within a session, where the figures are closes and fixings."""
DEFINED = {
    "balance_of_payments": {"foreign_bond_flows"},
    "constant_maturity": {"government_yield"},
    "simple_yield": {"government_yield"},
}
"""The measures of which more than one definition is published or quoted, by the one named."""
_PACED = {Predicate.RECORD, Predicate.FLOW}
"""What is told by the week or the month is a flow or a record; of a change it is the base."""


def _scope(part: Part, predicate: Predicate, measure: str) -> frozenset[str]:
    """Words that narrow the measure. That somebody "owns" is left to the topic: it matters only
    where the words make a state or a people the owner.
    """
    told = frozenset([mark.kinds["scope"] for mark in part.all("scope")]) - {"owner"}
    for mark in part.sentence.all_of("definition"):
        name = mark.kinds["definition"]
        if measure in DEFINED.get(name, ()):
            told |= {name}
    if measure in _QUOTED and "close" not in told and _IN_SESSION.search(part.text):
        told |= {"intraday"}
    pace = _PACE.search(part) if predicate in _PACED else None
    return told | {str(pace.lastgroup)} if pace else told


def _hedges(part: Part) -> Iterator[str]:
    for mark in part.marks:
        if "hedge" in mark.kinds:
            yield part.sentence.text[mark.start : mark.end].lower()
        if isinstance(mark.item, Amount) and mark.item.hedge_word:
            yield mark.item.hedge_word


_LONG = 4
"""Letters of the shortest word that is told as not accounted for."""


def _unaccounted(part: Part) -> Iterator[tuple[int, int]]:
    """The longer words of a clause that no mark covers, neighbours joined."""
    covered = [range(mark.first, mark.last) for mark in part.marks]
    tokens = part.sentence.tokens
    run: tuple[int, int] | None = None
    last = -2
    for index in sorted(set(range(part.first, part.last)).difference(*covered)):
        token = tokens[index]
        word = token.word
        if len(word) < _LONG or not word.isalpha():
            continue
        if run is not None and index == last + 1:
            run = (run[0], token.end)
        else:
            if run is not None:
                yield run
            run = (token.start, token.end)
        last = index
    if run is not None:
        yield run


def _narrowing(part: Part, measure: str) -> list[tuple[int, int]]:
    from saiken.claims.reading.own.topic import narrowing  # noqa: PLC0415 - only where there are

    return narrowing(part, measure)


def distinct(claims: list[Claim]) -> list[Claim]:
    """Each claim once: clauses that share words may say the same."""
    if len(claims) < 2:
        return claims
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (
            claim.predicate, claim.subject, claim.measure, claim.tenor, claim.quantity, claim.period, claim.direction, claim.extreme,
            claim.of, claim.base, claim.count, claim.versus, claim.published, claim.modality, claim.polarity,
        )  # fmt: skip
        seen.setdefault(key, claim)
    return list(seen.values())
