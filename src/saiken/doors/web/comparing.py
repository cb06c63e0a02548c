"""One series as it stood on two days: which figures were new, which had been revised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from saiken.archive.archive import Archive
from saiken.archive.view import Point, View
from saiken.terms.period import Period

MOST = 240


@dataclass(frozen=True, slots=True)
class Difference:
    """A period whose figure is not the same on both days; None where it was not public."""

    period: Period
    earlier: Point | None
    later: Point | None

    @property
    def change(self) -> float | None:
        if self.earlier is None or self.later is None:
            return None
        return self.later.value - self.earlier.value

    @property
    def decimals(self) -> int:
        return max(p.decimals for p in (self.earlier, self.later) if p)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, newest period first, at most MOST; how many are new, revised and the same.

    `since` is where a chart of the differences starts.
    """

    earlier: date
    later: date
    differences: tuple[Difference, ...]
    new: int
    revised: int
    same: int
    since: str


def compare(archive: Archive, series: str, one: date, other: date) -> Comparison:
    """Raises UnknownSeries for an id that no family of the catalog has."""
    earlier, later = sorted((one, other))
    before, after = archive.view(series, earlier), archive.view(series, later)
    found, same = [], 0
    old = _places(before)
    for place in range(len(after) if after else 0):
        assert after is not None  # noqa: S101 - for the type checker: an empty range else
        period = after.period(place)
        was = old.pop(period, None)
        if before is not None and was is not None and before.values[was] == after.values[place]:
            same += 1
            continue
        then = before.point_at(was) if before is not None and was is not None else None
        found.append(Difference(period, then, after.point_at(place)))
    gone = [Difference(p, before.point_at(i), None) for p, i in old.items()] if before else []
    found = sorted([*found, *gone], key=lambda item: item.period.end, reverse=True)
    revised = sum(item.earlier is not None for item in found)
    first = min((item.period for item in found), key=lambda p: p.end, default=None)
    return Comparison(
        earlier,
        later,
        tuple(found[:MOST]),
        len(found) - revised,
        revised,
        same,
        _since(first, later),
    )


def _places(view: View | None) -> dict[Period, int]:
    return {view.period(i): i for i in range(len(view))} if view else {}


def _since(first: Period | None, later: date) -> str:
    """Some years before what differs, so that the difference is seen in its course."""
    year = min(first.start.year, later.year) - 2 if first else later.year - 5
    return str(max(1, year))
