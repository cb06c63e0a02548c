"""Which of two things a sentence says moved the other: "JGBs dragged Treasury yields higher".

Both must be something whose moves are published by the day; of what a firm or a policy did there is
nothing to hold beside the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from saiken.claims.claim import Driver
from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.papers import ISSUERS
from saiken.claims.reading.phrases import Phrase, phrase
from saiken.claims.reading.topics_rates import named
from saiken.terms.immutable import immutable

FORWARD = phrase(
    "drag drags dragged dragging pull pulls pulled pulling push pushes pushed pushing drove drives driving lift lifts lifted lifting hit hits "
    "hitting sank sinks hurt hurts rattled rattles roiled roils shook shakes knocked knocks dented dents crushed sent sends sending jolted "
    "boosted boosts infected weighed weighs weighing spilled spilt spills spilling fed leads led triggered triggers sparked sparks fuelled "
    "fueled caused causes prompted prompts explains explain explained reason cause source behind responsible blame",
    r"\b(?:dragg(?:ed|ing)|drags?|pull(?:s|ed|ing)?|push(?:es|ed|ing)?|drove|drives|driving|lift(?:s|ed|ing)?|hit(?:s|ting)?|sank|sinks|hurts?"
    r"|(?:rattl|roil)(?:es|ed|s)|sho(?:ok)|shakes|knock(?:s|ed)|dent(?:s|ed)|crushed|sent|sends|sending|jolted|boost(?:s|ed)|infected)"
    r"(?: (?:up|down|back))?(?! by\b)"
    r"|\b(?:weigh(?:s|ed|ing) on|spil(?:ls?|led|lt|ling) (?:over )?(?:in)?to|fed (?:through )?(?:in)?to|le(?:d|ads) to"
    r"|(?:trigger|spark|prompt)(?:s|ed)|fuell?ed|caus(?:es|ed)|explain(?:s|ed)?)(?! by\b)"
    r"|\b(?:is|are|was|were) (?:\w+ ){0,2}?(?:reason (?:why |that |for |behind )?|(?:cause|source) of|behind|responsible for|to blame for)",
)
"""Verbs whose subject moves their object."""

BACKWARD = phrase(
    "because due owing thanks result back response sympathy blamed by followed follows following tracked tracks tracking unwinding",
    r"\b(?:because of|because|due to|owing to|thanks to|as a result of|on the back of|in response to|in sympathy with|blamed on"
    r"|(?:driven|caused|triggered|sparked|fuell?ed|prompted|hit|hurt|(?:dragged|pushed|lifted|pulled)(?: down| up| lower| higher)?) by"
    r"|(?:follow|track)(?:s|ed|ing)|(?:was|were) the unwinding of)\b",
)
"""Words after which the cause stands."""

_JOINT = re.compile(
    r"[,;:()\u2013\u2014]|\b(?:as|while|when|after|before|and|but|which|who|although|though|even)\b",
    re.IGNORECASE,
)
"""What ends the clause in which a cause and its effect stand."""
_ENDS = re.compile(rf"{_JOINT.pattern}|\b(?:because|due|owing|thanks|amid|on|by)\b", re.IGNORECASE)
"""And what ends that which was moved."""
_CARRY = re.compile(
    r"\bcarry[ -]trades?\b|\bcarry (?:unwind|unwinding)\b|\byen[- ]carry\b", re.IGNORECASE
)
_STOCKS = re.compile(r"\bwall street\b|\b(?:us|u\.s\.) (?:stocks|equities)\b", re.IGNORECASE)
_HELD = frozenset(("net", "hold", "investor", "holder"))
_QUANTITIES = frozenset(("holdings", "reserves", "intervention", "positioning", "custody", "debt_ratio", "public_debt", "fx_reserves"))  # fmt: skip


@immutable()
class Link:
    """`driver` is said to have moved `effect`."""

    driver: Driver
    effect: Driver


def link(sentence: Sentence) -> Link | None:
    """The two that a sentence ties together as cause and effect; None where it names less."""
    return _tied(sentence, FORWARD) or _tied(sentence, BACKWARD)


def _tied(sentence: Sentence, words: Phrase) -> Link | None:
    if words.words.isdisjoint(sentence.words):
        return None
    text = sentence.text
    for found in words.pattern.finditer(text):
        joints = [joint.end() for joint in _JOINT.finditer(text, 0, found.start())]
        ends = _ENDS.search(text, found.end())
        before = _one(sentence, joints[-1] if joints else 0, found.start())
        after = _one(sentence, found.end(), ends.start() if ends else len(text))
        if before is not None and after is not None and before != after:
            return Link(before, after) if words is FORWARD else Link(after, before)
    return None


def _one(sentence: Sentence, start: int, end: int) -> Driver | None:
    """The one thing with a price or a rate of the day that a stretch of the sentence names."""
    text = sentence.text[start:end]
    if _CARRY.search(text):
        return Driver("exchange_rate", "USDJPY")
    marks = [mark for mark in sentence.marks if start <= mark.start and mark.end <= end]
    things = list(dict.fromkeys(_priced(marks, sentence)))
    if not things and _STOCKS.search(text):
        things = [Driver("equity_index", "SP500")]
    counted = any(mark.get("noun") in _QUANTITIES for mark in marks)
    held = any(not _HELD.isdisjoint(mark.kinds) for mark in marks)
    return things[0] if len(things) == 1 and not (counted or held or _sized(marks)) else None


def _sized(marks: list[Mark]) -> bool:
    """Whether an amount stands before what is priced: "hit 160 on US yields"."""
    return bool(marks) and "amount" in marks[0].kinds


def _priced(marks: list[Mark], sentence: Sentence) -> Iterator[Driver]:
    tenor = _tenor(marks) or _tenor(sentence.marks, _SHARED)
    rates = any(mark.get("noun") in {"yield", "rates"} for mark in marks)
    for mark in marks:
        topic, issuer = named(mark), _issuer(mark, rates=rates)
        if topic is not None and topic.measure in PRICED:
            yield Driver(topic.measure, topic.subjects[0])
        elif issuer:
            yield Driver("government_yield", issuer, tenor)


PRICED = frozenset((
    "government_yield", "exchange_rate", "crypto_price", "equity_index", "volatility_index", "credit_spread", "yield_spread", "yield_gap",
))  # fmt: skip
"""What has a price or a rate of the day."""
_SHARED = frozenset(("2Y", "5Y", "10Y", "20Y", "30Y"))
"""Maturities that more than one government's yields are published at."""


def _tenor(marks: Sequence[Mark], known: frozenset[str] = frozenset()) -> str:
    """The one maturity that is named (and known), else ``."""
    told = {mark.get("tenor") for mark in marks if "tenor" in mark.kinds}
    return told.pop() if len(told) == 1 and (not known or told <= known) else ""


def _issuer(mark: Mark, *, rates: bool) -> str:
    """Whose bonds a mark names; a country by itself only where yields are told of."""
    asset = mark.get("asset")
    if mark.get("measure") == "treasury_holdings" or asset == "treasury":
        return "US"
    if asset in ISSUERS:
        return ISSUERS[asset]
    return mark.get("place") if rates and mark.get("place") in ISSUERS.values() else ""
