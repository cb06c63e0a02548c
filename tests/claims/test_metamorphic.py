"""Swapped inputs stay honest: what makes a supported sentence false keeps it from being supported.

Sentences of our own that the figures support are told again with the number outside its precision,
of another country, or with the direction turned. None of these may be supported, except where the
figures happen to bear out the other sentence too; such cases are counted and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sentences_made import HOLDERS, Made, sample

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling

DAY = date(2026, 6, 30)
ALLOWED = 0.02
COUNT = 340

FACTORS = (0.5, 0.9, 1.1, 1.5, 9.0)
DIGITS = (-4, 4)
"""Tenths of a billion by which a number is moved: the rounding of two figures and of the number
itself is less than three tenths."""


def ruling(text: str, archive: Archive) -> Ruling:
    return judge(read(text, DAY), archive, DAY).overall


def moved(one: Made) -> Iterator[Made]:
    """The number outside what its digits and those of the figures stand for."""
    if one.number is None:
        return
    if one.predicate == "threshold":
        yield one.with_number(one.number + 20)
        yield one.with_number(one.number * 1.5)
        return
    for number in (
        *(one.number + tenths / 10 for tenths in DIGITS),
        *(one.number * factor for factor in FACTORS if abs(factor - 1) * one.number > 0.3),
    ):
        if number > 0:
            yield one.with_number(number)


def swapped(one: Made) -> Iterator[Made]:
    """Of another country, where a number says whose it is."""
    if one.predicate in {"level", "change"}:
        for holder in HOLDERS:
            if holder != one.holder:
                yield one.said_of(holder)


def turned(one: Made) -> Iterator[Made]:
    if one.predicate in {"change", "direction", "flow"}:
        yield one.turned()


@pytest.fixture(scope="module")
def supported(snapshot: Archive) -> list[Made]:
    return [
        one for one in sample(snapshot, COUNT) if ruling(one.text, snapshot) is Ruling.SUPPORTED
    ]


def test_enough_sentences_of_each_kind_are_supported(supported: list[Made]) -> None:
    kinds = Counter(one.predicate for one in supported)
    assert len(supported) > COUNT / 3
    assert min(kinds[kind] for kind in ("level", "change", "direction", "flow", "threshold")) >= 8


@pytest.mark.parametrize("change", [moved, swapped, turned], ids=lambda change: change.__name__)
def test_what_is_made_false_is_not_supported(
    change, supported: list[Made], snapshot: Archive
) -> None:
    tried = [other.text for one in supported for other in change(one)]
    assert len(tried) >= 50
    still = [text for text in tried if ruling(text, snapshot) is Ruling.SUPPORTED]
    assert len(still) <= ALLOWED * len(tried), "\n".join(still)


def test_a_reversed_or_moved_sentence_is_mostly_said_to_be_wrong(
    supported: list[Made], snapshot: Archive
) -> None:
    """Not supported must not be bought by saying nothing."""
    false = [other.text for one in supported for other in (*turned(one), *moved(one))]
    wrong = {Ruling.REFUTED, Ruling.EXAGGERATED, Ruling.MISLEADING}
    told = [text for text in false if ruling(text, snapshot) in wrong]
    assert len(told) >= 0.8 * len(false)
