"""A series as it stood on a date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from saiken.terms.figure import Basis, Locator
from saiken.terms.period import Period
from saiken.terms.quantity import Interval
from saiken.terms.release import Release as Release  # noqa: PLC0414 - re-exported
from saiken.terms.units import Unit


class Availability(StrEnum):
    """Whether a period's figure can be read as of a date."""

    HELD = "held"
    NOT_AT_HAND = "not_at_hand"  # published by then, but no copy is held (or `strict` refused it)
    NOT_PUBLISHED = "not_published"
    BEFORE_START = "before_start"  # the series does not go back that far
    NO_OBSERVATION = "no_observation"  # a holiday, a gap: the publisher prints none


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a view, with all that a verdict needs to cite it."""

    series: str
    period: Period
    value: float
    half_width: float
    unit: Unit
    status: str
    vintage_at: datetime
    vintage_day: date  # the calendar day of `vintage_at` where the publisher is
    basis: Basis
    as_later_revised: bool
    artifact_sha256: str
    artifact_name: str
    fidelity: str
    locator: Locator
    decimals: int = 0

    @property
    def interval(self) -> Interval:
        """What the printed digits stand for, in the series' unit."""
        return Interval.around(self.value, self.half_width)


@dataclass(frozen=True, slots=True)
class View:
    """A series as of a date: only what was public by then, one value a period, oldest first.

    `starts`, `ends` are ordinals; `values` are in the series' unit; `half_widths` come from the
    printed decimals; `marks[i]` is 1 where only a later vintage is held (`as later revised`).
    """

    series: str
    unit: Unit
    as_of: date
    starts: Sequence[int]
    ends: Sequence[int]
    values: Sequence[float]
    half_widths: Sequence[float]
    marks: Sequence[int]
    point_at: Callable[[int], Point]
    availability: Callable[[Period], Availability]
    release_of: Callable[[Period], Release | None]
    revision_range: Callable[[int], float] = lambda _: 0.0
    """How far from value i its first print usually lies where i is marked, in the series' unit:
    0 for series never revised, infinite where nothing is held to judge by."""

    def __len__(self) -> int:
        return len(self.values)

    def period(self, index: int) -> Period:
        return Period(date.fromordinal(self.starts[index]), date.fromordinal(self.ends[index]))

    def find(self, period: Period) -> int | None:
        """The index of exactly this period."""
        index = bisect_left(self.ends, period.end.toordinal())
        if index < len(self) and self.period(index) == period:
            return index
        return None

    def last_by(self, day: date) -> int | None:
        """The index of the last period that ends on or before `day`."""
        index = bisect_right(self.ends, day.toordinal()) - 1
        return index if index >= 0 else None

    def within(self, period: Period) -> range:
        """The indices of the periods that end inside `period`."""
        first = bisect_left(self.ends, period.start.toordinal())
        return range(first, bisect_right(self.ends, period.end.toordinal()))

    def interval(self, index: int) -> Interval:
        return Interval.around(self.values[index], self.half_widths[index])
