"""The proof of a sentence: a brief writes nothing that `check` would not support.

Every sentence is read and judged on the archive and the day of the brief before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from saiken.claims.judging import judge_claim
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling

_DIGIT = re.compile(r"\d")

_AMOUNT = re.compile(
    r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?=%| (?:million|billion|trillion|basis|percentage|yen contracts))"
    r"|(?<![\w.,-])\d[\d,]*\.\d+"
)
"""Numbers that are no part of a date, a tenor or a place."""

_OTHERWISE = 3.0
"""A factor that no rounding and no word such as "about" could account for."""

FORECAST = "forecast"
"""Why the reader leaves a statement on what would happen unread."""

Place = tuple[int, int]
"""Of a sentence in a text: paragraph, sentence."""


def has_figure(text: str) -> bool:
    """Whether a sentence states a number or a date."""
    return bool(_DIGIT.search(text))


def stands(text: str, evidence: Evidence) -> bool:
    """Whether every claim of `text` is supported and, where it has a figure, nothing is unread.

    A sentence without a figure need not be a claim at all; if it is read as one, that has to hold.
    """
    reading = read(text, evidence.dated)
    if has_figure(text) and (reading.unread or not reading.claims):
        return False
    return all(judge_claim(c, evidence).ruling is Ruling.SUPPORTED for c in reading.claims)


def proven(text: str, evidence: Evidence) -> bool:
    """Whether `text` stands, and would not stand with any of its amounts changed.

    An amount that could as well be another has been passed over by the reader, not checked.
    """
    return stands(text, evidence) and not any(stands(other, evidence) for other in altered(text))


def altered(text: str) -> Iterator[str]:
    """`text` with one of its amounts changed, for each of them."""
    for found in _AMOUNT.finditer(text):
        digits = found[0].replace(",", "")
        decimals = max(1, len(digits.partition(".")[2]))
        other = f"{float(digits) * _OTHERWISE:,.{decimals}f}"
        yield text[: found.start()] + other + text[found.end() :]


def foretold(text: str, evidence: Evidence) -> bool:
    """Whether all of `text` is read as what would happen: nothing that figures could settle.

    Its amounts are a scenario's, which no figure bears out; only the run that they are from does.
    """
    reading = read(text, evidence.dated)
    open_ = (judge_claim(c, evidence).ruling is Ruling.NOT_CHECKABLE for c in reading.claims)
    return all(open_) and all(part.why == FORECAST for part in reading.unread)


def at_odds(
    paragraphs: Sequence[Sequence[str]],
    evidence: Evidence,
    scenario: Container[Place] = frozenset(),
) -> set[Place]:
    """The sentences that do not stand where they stand, as (paragraph, sentence).

    In a whole text a period or a subject carries over from one sentence to the next. Those at the
    places `scenario` must be read as what would happen, the others be supported.
    """
    text, spans = "", []
    for i, paragraph in enumerate(paragraphs):
        for k, sentence in enumerate(paragraph):
            text += ("" if not text else " " if k else "\n\n") + sentence
            spans.append((len(text) - len(sentence), len(text), (i, k)))
    reading = read(text, evidence.dated)
    rulings = [(claim.span, judge_claim(claim, evidence).ruling) for claim in reading.claims]
    passed = [part for part in reading.unread if has_figure(part.text)]
    borne_out = [span for span, ruling in rulings if ruling is not Ruling.SUPPORTED]
    faults = {
        False: [*borne_out, *(part.span for part in passed)],
        True: [
            *(span for span, ruling in rulings if ruling is not Ruling.NOT_CHECKABLE),
            *(part.span for part in passed if part.why != FORECAST),
        ],
    }
    return {
        place
        for start, end, place in spans
        if any(a < end and start < b for a, b in faults[place in scenario])
    }
