"""From sentence to sentence: amounts that are named before they are used, headings that date figures."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context
from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.spans import When
from saiken.terms.period import Period

_POINTS = re.compile(
    r"\b(?:that|this|which)(?: is|'s| was) (?P<size>how much|what|how many)\b"
    r"|\b(?:at|to|above|below|past|through|over|under|hit|reached|crossed) (?P<mark>(?:that|this|the) (?:very )?(?:mark|level|price|figure|number|line))\b",
    re.IGNORECASE,
)
_SIDES = {
    "above": "over",
    "over": "over",
    "past": "over",
    "through": "over",
    "below": "under",
    "under": "under",
}
SHORT = 8
"""A sentence of so few words names an amount and says nothing of it."""


def only_amount(sentence: Sentence) -> Amount | None:
    """The amount of a sentence that holds nothing else: "$1.3 trillion.", "One percent!"."""
    found = [m.item for m in sentence.marks if isinstance(m.item, Amount)]
    return found[0] if len(found) == 1 and len(sentence.tokens) <= SHORT else None


_HEADING = 14
"""A heading has no more words."""


def heading(sentence: Sentence, parts: list[Part]) -> Period | None:
    """As in "MoF flows for the week to Feb 21.": the time of the figures that follow."""
    named = sentence.tokens[0].word in {"mof", "ministry"} or any(
        mark.get("glue") == "source" for part in parts for mark in part.marks
    )
    whens = [mark.item for part in parts for mark in part.all("when")]
    told = [when.period for when in whens if isinstance(when, When) and when.kind == "period"]
    return told[0] if named and len(told) == 1 and len(sentence.tokens) <= _HEADING else None


def day_of(sentence: Sentence, parts: list[Part], ctx: Context) -> Period | None:
    """As in "It was a brutal Tuesday for JGBs.": the day of what follows, where it names none."""
    whens = [mark.item for part in parts for mark in part.all("when")]
    told = [when.period for when in whens if isinstance(when, When) and when.kind == "period"]
    if len(whens) != 1 or not told or told[0] is None or len(sentence.tokens) > _HEADING:
        return None
    past = told[0].days == 1 and told[0].end <= ctx.dated
    return told[0] if past and not sentence.text.rstrip("\"')").endswith("?") else None


def pointed(sentence: Sentence, ctx: Context) -> Sentence:
    """The sentence with the amount in place of "that mark", "how much" where it points back."""
    match = _POINTS.search(sentence.text) if ctx.amount is not None else None
    if match is None or ctx.amount is None:
        return sentence
    start, end = match.span(match.lastgroup or 0)
    inside = [i for i, token in enumerate(sentence.tokens) if start <= token.start < end]
    others = [m for m in sentence.marks if m.last <= inside[0] or m.first > inside[-1]]
    item = replace(ctx.amount, start=start, end=end, lead=start)
    side = sentence.text[match.start() : start].strip().lower()
    if side in _SIDES:
        bounds = (
            (item.quantity.value, math.inf)
            if _SIDES[side] == "over"
            else (-math.inf, item.quantity.value)
        )
        told = replace(item.quantity, low=bounds[0], high=bounds[1])
        item = replace(item, quantity=told, hedge=_SIDES[side], hedge_word=side)
    pointer = Mark(inside[0], inside[-1] + 1, start, end, {"amount": item.kind}, "", item=item)
    return sentence.marked(sorted([*others, pointer], key=lambda mark: mark.first))
