"""How far a publisher's later prints lie from its earlier ones.

Where only a later print of a figure is held, this says how far the print of the day may have been
from it. Measured on all figures of which several prints are held, those that did not change
included. Two things matter more than the days between two prints: whether a release lay between
them that revises the whole past year (`past_year_revised_with` in the catalog), and between which
breaks of the series the figure lies, since a new way of collecting brings other revisions.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from saiken.archive.statements import Statements, half_width_of, value_of
from saiken.publishers.catalog import Catalog, Series
from saiken.terms.figure import WITHHELD
from saiken.terms.period import Period

ENOUGH = 12
"""Figures needed to speak of what is usual: a year of months. A holder's own revisions tell more
than many of others': custodians' countries move by a tenth, large owners by a few thousandths."""

CENTILE = 99
MOST = 4
"""So many year-revising releases between two prints, or more, are one class."""

SIZE_OF = 12
UNKNOWN = 0.5
"""The share by which a print may differ where nothing at all is known of a publisher's revisions."""

ANY = -1
"""The regime that stands for all of a series."""

Key = tuple[str, int, int]
"""(series, family or publisher; regime; year-revising releases between the prints)"""


@dataclass(frozen=True, slots=True)
class Policy:
    """What bears on the revisions of a series. Days are ordinals, sorted.

    regimes   first days of the stretches between the breaks of the series
    revising  release days that revise the whole past year
    """

    regimes: Sequence[int] = ()
    revising: Sequence[int] = ()

    def regime(self, end: int) -> int:
        return bisect_right(self.regimes, end)

    def crossed(self, earlier: int, later: int) -> int:
        """Year-revising releases after the day `earlier`, up to and on `later`; at most MOST."""
        between = bisect_right(self.revising, later) - bisect_right(self.revising, earlier)
        return min(between, MOST)


def policy(catalog: Catalog, entry: Series, lasts: Sequence[int], days: Sequence[int]) -> Policy:
    """The policy of a series whose calendar brings the data to `lasts` on `days` (ordinals)."""
    breaks = [known for known in catalog.breaks_of(entry.id) if not known.holders]
    regimes = sorted(Period.parse(known.at).start.toordinal() for known in breaks)
    months = set(entry.past_year_revised_with)
    revising = (
        day for last, day in zip(lasts, days, strict=True) if months and _month(last) in months
    )
    return Policy(regimes, sorted(revising))


def _month(ordinal: int) -> int:
    from datetime import date  # noqa: PLC0415 - only where a policy exists

    return date.fromordinal(ordinal).month


@dataclass(slots=True)
class Moves:
    """Moves of one class: how many figures did not move, and how far the others did."""

    still: int = 0
    sizes: array[float] = field(default_factory=lambda: array("d"))

    def add(self, other: Moves) -> None:
        self.still += other.still
        self.sizes.extend(other.sizes)

    def __len__(self) -> int:
        return self.still + len(self.sizes)

    def usual(self) -> float:
        """The centile of all of them, by the nearest rank."""
        place = -(-CENTILE * len(self) // 100) - 1 - self.still
        return sorted(self.sizes)[place] if place >= 0 else 0.0


Found = dict[tuple[int, int], Moves]
"""Moves by regime and year-revising releases."""


def moves(held: Statements, order: Sequence[int], rule: Policy) -> Found:
    """How far the prints of one series lie from each other: each from the next, and from the last.

    A move is a share of the series' mean size over the twelve periods up to it. `order` lists one
    entry a print, by period, then by vintage. A number printed finer later is no move.
    """
    found: Found = {}
    crossed: dict[tuple[int, int], int] = {}
    lasts: list[float] = []
    digits, decimals, days = held.digits, held.decimals, held.vintage_days
    for cell in _cells(held, order):
        last = cell[-1]
        lasts.append(abs(value_of(digits[last], decimals[last])))
        if len(cell) == 1:
            continue
        regime, size = rule.regime(held.ends[last]), 0.0
        for a, b in _pairs(len(cell)):
            i, j = cell[a], cell[b]
            between = days[i], days[j]
            if between not in crossed:
                crossed[between] = rule.crossed(*between)
            of_class = found.setdefault((regime, crossed[between]), Moves())
            move = _move(digits[i], decimals[i], digits[j], decimals[j])
            size = size or (_mean(lasts[-SIZE_OF:]) if move else 0.0)
            if move and size:
                of_class.sizes.append(move / size)
            else:
                of_class.still += 1
    return found


@cache
def _pairs(count: int) -> Sequence[tuple[int, int]]:
    """Which of so many prints are held against each other."""
    ends = ((i, count - 1) for i in range(count - 1))
    return tuple(dict.fromkeys((*pairwise(range(count)), *ends)))


def _move(digits: int, decimals: int, later_digits: int, later_decimals: int) -> float:
    if decimals == later_decimals and digits == later_digits:
        return 0.0
    move = abs(value_of(later_digits, later_decimals) - value_of(digits, decimals))
    finer = max(half_width_of(decimals), half_width_of(later_decimals))
    return 0.0 if move <= finer * (1 + 1e-9) else move


def _mean(sizes: Sequence[float]) -> float:
    return math.fsum(sizes) / len(sizes)


def _cells(held: Statements, order: Sequence[int]) -> Iterator[list[int]]:
    """The prints of each figure that has a value, oldest period first."""
    starts, ends, decimals = held.starts, held.ends, held.decimals
    cell: list[int] = []
    start = end = 0
    for i in order:
        if decimals[i] == WITHHELD:
            continue
        if ends[i] != end or starts[i] != start:
            if cell:
                yield cell
            cell, start, end = [], starts[i], ends[i]
        cell.append(i)
    if cell:
        yield cell


class Shares:
    """Moves gathered by series, family and publisher; the usual one of each class."""

    def __init__(self) -> None:
        self._moves: dict[Key, Moves] = {}

    def add(self, series: str, family: str, found: Found) -> None:
        for (regime, crossed), of_class in found.items():
            for group in dict.fromkeys((series, family, publisher_of(family))):
                for stretch in (regime, ANY):
                    self._moves.setdefault((group, stretch, crossed), Moves()).add(of_class)

    def rows(self) -> list[tuple[str, int, int, float]]:
        """(group, regime, crossed, share) of every class with enough moves."""
        return [
            (group, regime, crossed, found.usual())
            for (group, regime, crossed), found in sorted(self._moves.items())
            if len(found) >= ENOUGH
        ]


def publisher_of(family: str) -> str:
    return family.partition("/")[0]


def usual(known: dict[Key, float], groups: Sequence[str], regime: int, crossed: int) -> float:
    """The share by which such a print usually differs; infinite where nothing is known.

    The same number of year-revising releases speaks before fewer, an earlier group before a later
    one (a series before its family), the same regime before all of them.
    """
    for stretch in (regime, ANY):
        for passed in range(crossed, -1, -1):
            for group in groups:
                found = known.get((group, stretch, passed))
                if found is not None:
                    return found
    return math.inf
