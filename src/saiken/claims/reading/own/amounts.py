"""Amounts as levels of a user's own series: in its unit, or not at all."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.own.units import alike
from saiken.claims.reading.own.words import Own, said, stem
from saiken.claims.reading.quantities import Amount, hedge_before
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "hundred": 100,
}  # fmt: skip
_COUNT = rf"\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{'|'.join(_SMALL)}"
_RATIO = re.compile(
    rf"\b(?P<part>{_COUNT})(?: ?: ?(?P<first>{_COUNT})(?:-(?P<last>{_COUNT}))?| (?:(?:out of|in)(?: every| each)?|(?:\w+ ){{1,3}}(?:for|in) (?:every|each)) (?P<whole>{_COUNT}))"
    r"(?![\w:%-]|[,.]\d)(?! (?:percent|per cent|%|years?|months?|weeks?|days?|hours?)\b)",
    re.IGNORECASE,
)
RATIO = "part_of"
"""The kind of an amount told as so many of so many: its quantity is a ratio."""


def with_ratios(sentence: Sentence) -> Sentence:
    """The sentence with "8 out of 10", "two in every five", "1:600" as one amount each."""
    marks = list(sentence.marks)
    for told in _RATIO.finditer(sentence.text):
        found = _ratio(told, sentence.text)
        inside = [m for m in marks if m.start < told.end() and m.end > told.start()]
        tokens = [i for i, t in enumerate(sentence.tokens) if told.start() <= t.start < told.end()]
        if found is None or not tokens or any("when" in m.kinds for m in inside):
            continue
        first, last = tokens[0], tokens[-1] + 1
        made = Mark(first, last, told.start(), told.end(), {"amount": RATIO}, "", item=found)
        marks = [m for m in marks if m not in inside and not found.lead <= m.start < found.start]
        marks = sorted([*marks, made], key=lambda mark: mark.first)
    return sentence.marked(marks)


def _ratio(told: re.Match[str], text: str) -> Amount | None:
    part, first = _count(told["part"]), _count(told["first"] or told["whole"])
    last = _count(told["last"]) if told["last"] else first
    if not 0 < part < first <= last:
        return None
    hedge, word, lead = hedge_before(text.lower(), told.start())
    value = part / ((first + last) / 2)
    around = max(_step(first) / 2, (last - first) / 2) * (2 if hedge in {"about", "scale"} else 1)
    low, high = part / (last + around), part / max(first - around, part)
    if told["whole"] and first <= _FEW:  # "8 out of 10": nearer to it than to 7 or 9
        low, high = ((part + by / 2) / first for by in (-1, 1))
    low, high = {
        "over": (value, math.inf), "at least": (value, math.inf), "just over": (value, high), "under": (-math.inf, value),
        "up to": (-math.inf, value), "nearly": (low, value),
    }.get(hedge, (low, high))  # fmt: skip
    made = Quantity(value, low, high, "ratio")
    return Amount(told.start(), told.end(), made, RATIO, lead, hedge, word)


_FEW = 20
"""Of so few, one more or less is another ratio; of more, the last digit told counts."""


def _count(word: str) -> int:
    return _SMALL.get(word.lower()) or int(word.replace(",", ""))


def _step(count: int) -> int:
    """The place of the last digit that is no zero: 100 of 600."""
    zeros = len(str(count)) - len(str(count).rstrip("0"))
    return 10**zeros if zeros else 1


def level(own: Own, part: Part, mark: Mark) -> Quantity | None:
    """The amount in the unit of the series; None where it counts something else, or is told of
    another time than a period of the series ("3,000 a day").
    """
    item = mark.item
    if not isinstance(item, Amount) or _paced(part, mark):
        return None
    unit, told = own.unit, item.quantity
    if unit.base == "%":
        return {
            "percent": told.scaled(1, "%"),
            "share": told.scaled(100, "%"),
            RATIO: told.scaled(100, "%"),
        }.get(item.kind)
    if unit.per is not None:
        return _for_each(unit, part, mark, item)
    if unit.is_money:
        return told if item.kind == "money" and told.unit == unit.base else None
    if item.kind != "plain":
        return None
    after = _following(part, mark)
    if sizes := alike(unit.name):
        counted = sizes.get(" ".join(after[:1])) or sizes.get("-".join(after[:2]))
        counted = counted or sizes.get(" ".join(after[:2]))
        mine = sizes[unit.name.casefold()]
        return told.scaled(counted / mine, unit.name) if counted else None
    counts_them = not after or stem(after[0]) in own.words or after[0] in said("plain")
    return replace(told, unit=unit.base) if counts_them else None


def _for_each(unit: Unit, part: Part, mark: Mark, item: Amount) -> Quantity | None:
    """Of so many: "2.1 doctors per 1,000 people", "1:600"."""
    per = unit.per or 1.0
    if item.kind == RATIO:
        return item.quantity.scaled(per, unit.base)
    told = _PER.match(part.sentence.text, mark.end)
    if item.kind != "plain" or told is None:
        return None
    each = float(told["count"].replace(",", "")) * (1e6 if told["many"] else 1)
    return item.quantity.scaled(per / each, unit.base)


_PER = re.compile(
    r"(?: \w+)? (?:per|for every|for each) (?P<count>\d[\d,]*)(?P<many> million)?", re.IGNORECASE
)


def end_of_level(own: Own, part: Part, mark: Mark) -> int:
    """Where an amount ends with what it is told for so many of: "per 1,000 people"."""
    told = _PER.match(part.sentence.text, mark.end) if own.unit.per is not None else None
    return told.end() if told is not None else mark.end


_PACES = frozenset(("second", "minute", "hour", "day", "week", "month", "quarter"))


def _paced(part: Part, mark: Mark) -> bool:
    """As in "3,000 people a day", "20 an hour"."""
    after = _following(part, mark)[:5]
    each = [i for i, word in enumerate(after) if word in {"a", "an", "per", "every", "each"}]
    return any(after[i + 1 : i + 2] and after[i + 1] in _PACES for i in each)


def _following(part: Part, mark: Mark) -> list[str]:
    tokens = part.sentence.tokens[mark.last : min(mark.last + 6, part.last)]
    words = []
    for token in tokens:
        if token.raw == "-":
            continue
        if not token.raw[0].isalnum():
            break
        words.append(token.word)
    return words
