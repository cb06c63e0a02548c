"""Lines: a measure of one subject through time, whatever published series it comes from.

Most lines are one series. Some are computed: the simple yield of the current bond from the
published compound yield, a cross rate from two euro rates, a spread from two tenors. A computed
line cites every figure that went into each of its values.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import overload

from saiken.archive.view import Availability, Point, Release, View
from saiken.claims.judging import naming
from saiken.claims.judging.told import listed, tell
from saiken.measures.bonds import Bond, simple_yield
from saiken.publishers.catalog import USERS, Series
from saiken.terms.period import Period
from saiken.terms.quantity import Interval
from saiken.terms.units import Unit


@dataclass(frozen=True, slots=True)
class Line:
    """Parallel sequences, oldest first, as a View has them; `cite(i)` gives the figures behind i.

    `since_inception` says that the series is as old as the thing it measures, so that its
    record is a record of all time; `sparse` that a published day without a figure had none, `gaps`
    how many periods may be without one.
    `scope` narrows `measure` to a part.
    """

    series: str
    title: str
    kind: str
    frequency: str
    convention: str
    unit: Unit
    starts: Sequence[int]
    ends: Sequence[int]
    values: Sequence[float]
    half_widths: Sequence[float]
    marks: Sequence[int]
    cite: Callable[[int], tuple[Point, ...]]
    availability: Callable[[Period], Availability]
    release_of: Callable[[Period], Release | None]
    revision_range: Callable[[int], float]
    since_inception: bool = False
    scope: str = ""
    measure: str = ""
    sparse: bool = False
    gaps: int = 0

    @property
    def in_points(self) -> bool:
        """Whether its changes are told in percentage points: nobody tells shares in basis points."""
        return self.measure.startswith(USERS)

    def __len__(self) -> int:
        return len(self.values)

    def period(self, index: int) -> Period:
        return Period(date.fromordinal(self.starts[index]), date.fromordinal(self.ends[index]))

    def following(self, index: int) -> Period:
        """The period after an observation of a regular line; a weekly one may be dated by a day."""
        here = self.period(index)
        return here.shift(7 if self.frequency == "W" and here.days == 1 else 1)

    def within(self, period: Period) -> range:
        """Indices of the observations that end inside `period`."""
        first = bisect_left(self.ends, period.start.toordinal())
        return range(first, bisect_right(self.ends, period.end.toordinal()))

    def until(self, day: date) -> int:
        """How many observations end on or before `day`."""
        return bisect_right(self.ends, day.toordinal())

    def find(self, period: Period) -> int | None:
        inside = self.within(period)
        if len(inside) == 1 and self.period(inside[0]) == period:
            return inside[0]
        return None

    def interval(self, index: int) -> Interval:
        """What the printed digits stand for, in base units."""
        around = Interval.around(self.values[index], self.half_widths[index])
        return around.scaled(self.unit.factor)

    def base_value(self, index: int) -> float:
        return self.values[index] * self.unit.factor

    def moved(self, index: int, by: float) -> Line:
        """The same line with one value moved, to see whether a ruling hangs on a revision."""
        values = array("d", self.values)
        values[index] += by
        return replace(self, values=values)


def from_view(view: View, entry: Series) -> Line:
    return Line(
        series=view.series,
        title=entry.title,
        kind=entry.kind,
        frequency=entry.frequency,
        convention=entry.convention,
        unit=view.unit,
        starts=view.starts,
        ends=view.ends,
        values=view.values,
        half_widths=view.half_widths,
        marks=view.marks,
        cite=lambda i: (view.point_at(i),),
        availability=view.availability,
        release_of=view.release_of,
        revision_range=view.revision_range,
        since_inception=entry.since_inception,
        scope=entry.scope,
        measure=entry.measure,
        sparse=entry.sparse,
        gaps=entry.gaps,
    )


def combined(
    first: Line,
    second: Line,
    compute: Callable[[float, float], float],
    error: Callable[[float, float, float, float], float],
    *,
    series: str,
    title: str,
    unit: Unit,
) -> Line:
    """A line computed from two where both have an observation of the same period.

    `compute(a, b)` is the value, `error(a, half_a, b, half_b)` its half width.
    """
    where = {end: k for k, end in enumerate(second.ends)}
    pairs = [(i, where[end]) for i, end in enumerate(first.ends) if end in where]
    return replace(
        first,
        starts=[first.starts[i] for i, _ in pairs],
        ends=[first.ends[i] for i, _ in pairs],
        values=array("d", [compute(first.values[i], second.values[k]) for i, k in pairs]),
        half_widths=[
            error(first.values[i], first.half_widths[i], second.values[k], second.half_widths[k])
            for i, k in pairs
        ],
        marks=bytes(max(first.marks[i], second.marks[k]) for i, k in pairs),
        cite=lambda n: (*first.cite(pairs[n][0]), *second.cite(pairs[n][1])),
        revision_range=lambda _: 0.0,
        series=series,
        title=title,
        unit=unit,
        since_inception=False,
    )


def _both_errors(_a: float, half_a: float, _b: float, half_b: float) -> float:
    """The error of a sum or a difference."""
    return half_a + half_b


def added(parts: Sequence[Line], series: str) -> Line:
    """The sum of lines of one unit, where all have a figure."""
    total = parts[0]
    for part in parts[1:]:
        total = combined(
            total,
            part,
            lambda a, b: round(a + b, 9),
            _both_errors,
            series=series,
            title=listed((naming.title(total), naming.title(part)), " and "),
            unit=total.unit,
        )
    return total


def less_of(more: Line, less: Line, series: str) -> Line:
    """The difference of two lines of one unit, where both have a figure: longs less shorts."""
    return combined(
        more,
        less,
        lambda a, b: round(a - b, 9),
        _both_errors,
        series=series,
        title=tell("{more} less {less}", more=naming.title(more), less=naming.title(less)),
        unit=more.unit,
    )


def spread(long: Line, short: Line, title: str) -> Line:
    """Long minus short yield, in percentage points."""
    return combined(
        long,
        short,
        lambda a, b: round(a - b, 6),
        _both_errors,
        series=f"{long.series} - {short.series}",
        title=title,
        unit=Unit.parse("%"),
    )


def cross_rate(numerator: Line, denominator: Line, pair: str) -> Line:
    """`pair` (USDJPY = yen per dollar) from two euro rates (JPY per EUR over USD per EUR)."""
    return combined(
        numerator,
        denominator,
        lambda a, b: a / b,
        lambda a, half_a, b, half_b: a / b * (half_a / a + half_b / b),
        series=f"{numerator.series} / {denominator.series}",
        title=tell(
            "{quote} per {base}, cross of the ECB reference rates",
            quote=naming.code(pair[3:]),
            base=naming.code(pair[:3]),
        ),
        unit=Unit.parse(f"{pair[3:]} per {pair[:3]}"),
    )


@dataclass(frozen=True, slots=True)
class Issue:
    """A bond as sold at an auction on `day` (an ordinal); `cite` gives the figures that say so."""

    day: int
    bond: Bond
    cite: Callable[[], tuple[Point, ...]]


class _Quoted(Sequence[float]):
    """Simple yields worked out when asked for: a claim mostly looks at a few of them."""

    def __init__(self, compound: Line, issues: Sequence[Issue]) -> None:
        self.issues, self.compound = issues, compound
        self.days = [issue.day for issue in issues]
        self.first = bisect_left(compound.ends, self.days[0]) if issues else len(compound)
        self.known: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self.compound) - self.first

    @overload
    def __getitem__(self, at: int) -> float: ...
    @overload
    def __getitem__(self, at: slice) -> list[float]: ...
    def __getitem__(self, at: int | slice) -> float | list[float]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        i = range(len(self))[at]
        if i not in self.known:
            end, compound = self.compound.ends[self.first + i], self.compound.values[self.first + i]
            self.known[i] = round(
                simple_yield(self.issue(i).bond, compound, date.fromordinal(end)), 3
            )
        return self.known[i]

    def issue(self, i: int) -> Issue:
        """The bond that was the current one on the day of value `i`."""
        return self.issues[bisect_right(self.days, self.compound.ends[self.first + i]) - 1]


def simple_yields(compound: Line, issues: Sequence[Issue]) -> Line:
    """The yield at which the current issue is quoted, from MoF's constant-maturity yield.

    `issues` come oldest first. The published yield is read as the current issue's own; before the
    first auction at hand there is no value.
    """
    values = _Quoted(compound, issues)
    first = values.first
    return replace(
        compound,
        series=f"{compound.series} (simple)",
        title=tell(
            "{title}, simple yield of the current issue", title=naming.title(compound, short=True)
        ),
        convention="simple",
        starts=compound.starts[first:],
        ends=compound.ends[first:],
        values=values,
        half_widths=[0.005] * len(values),
        marks=compound.marks[first:],
        cite=lambda n: (*compound.cite(first + n), *values.issue(n).cite()),
    )
