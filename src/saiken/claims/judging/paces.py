"""A series by the week, the month, the quarter or the year, or averaged, for what is told by them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from saiken.archive.view import Point
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import STALE_DAYS
from saiken.terms.period import Period

_RANK = {"D": 0, "W": 1, "M": 2, "Q": 3, "A": 4}
_PACES = {"daily": "D", "weekly": "W", "monthly": "M", "quarterly": "Q", "yearly": "A"}
_FRIDAY = 4


def _week(day: date) -> Period:
    """The trading week of a day: what trades at the week-end belongs to the one after."""
    return Period.week_ending(day + timedelta((_FRIDAY - day.weekday()) % 7))


_WHOLE: dict[str, Callable[[date], Period]] = {
    "W": _week,
    "M": lambda day: Period.month(day.year, day.month),
    "Q": lambda day: Period.quarter(day.year, (day.month + 2) // 3),
    "A": lambda day: Period.year(day.year),
}


def paced(line: Line, scope: Iterable[str]) -> Line:
    """The line by the pace that the words tell, if it is finer: flows are summed, of levels the
    last figure of each week, month, quarter or year is kept. Spans that are not whole are left out.
    """
    told = min(
        (_PACES[name] for name in scope if name in _PACES), key=_RANK.__getitem__, default="D"
    )
    own = _RANK.get(line.frequency)
    if line.sparse or not len(line) or own is None or _RANK[told] <= own:
        return line
    whole = _WHOLE[told]
    groups: dict[Period, list[int]] = {}
    for index, end in enumerate(line.ends):
        groups.setdefault(whole(date.fromordinal(end)), []).append(index)
    periods = [span for span in groups if _is_whole(line, span, groups[span])]
    members = [groups[span] for span in periods]
    summed = line.kind == "flow"
    shown = members if summed else [indices[-1:] for indices in members]

    def cite(index: int) -> tuple[Point, ...]:
        return tuple(point for i in shown[index] for point in line.cite(i))

    return replace(
        line,
        frequency=told,
        starts=[span.start.toordinal() for span in periods],
        ends=[span.end.toordinal() for span in periods],
        values=array("d", [round(math.fsum(line.values[i] for i in part), 9) for part in shown]),
        half_widths=[math.fsum(line.half_widths[i] for i in part) for part in shown],
        marks=bytes(max(line.marks[i] for i in part) for part in shown),
        cite=cite,
        availability=lambda span: line.availability(_last_within(line, span)),
        release_of=lambda span: line.release_of(_last_within(line, span)),
        revision_range=lambda index: line.revision_range(shown[index][-1]),
    )


def _is_whole(line: Line, span: Period, indices: list[int]) -> bool:
    """Whether a series holds all of a span: it goes on after it, and begins with it for a sum."""
    last = line.period(indices[-1])
    ended = indices[-1] < len(line) - 1 or _step(line, last).end > span.end
    return ended and (line.kind != "flow" or indices[0] > 0 or line.period(0).start <= span.start)


def _step(line: Line, last: Period) -> Period:
    """The period after one; after a Friday, the next day that trades."""
    if line.frequency == "D":
        return last.shift(3 if last.end.weekday() == _FRIDAY else 1)
    return last.shift(7 if last.days == 1 else 1)


def _last_within(line: Line, span: Period) -> Period:
    """The last of the line's own periods in a span; of days not held yet, one late enough that a
    holiday or a late figure does not make the span seem to be missing.
    """
    if line.frequency in _WHOLE:
        return _WHOLE[line.frequency](span.end)
    held = span.end.toordinal() <= line.ends[-1]
    return Period.day(span.end if held else span.end + timedelta(STALE_DAYS))


def averaged(line: Line, spans: Sequence[range]) -> Line:
    """The line's averages over spans of its observations, oldest first: one observation each."""
    return replace(
        line,
        starts=[line.starts[span[0]] for span in spans],
        ends=[line.ends[span[-1]] for span in spans],
        values=array("d", [math.fsum(line.values[i] for i in span) / len(span) for span in spans]),
        half_widths=[max(line.half_widths[i] for i in span) for span in spans],
        marks=bytes(max(line.marks[i] for i in span) for span in spans),
        cite=lambda n: (*line.cite(spans[n][0]), *line.cite(spans[n][-1])),
        revision_range=lambda _: 0.0,
    )
