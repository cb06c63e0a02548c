"""When a figure became public, and how that is known.

The rule, first that applies:

1. a series that its publisher never revises became public on its own date, by its calendar;
2. the file says of itself when it was published (`published`), or its maker when it was fetched
   (`first_seen`);
3. of a table that is issued anew with each release and ends with the newest period, that period's
   release is the file's (`calendar`);
4. a day on which this content is known to have been public: the register of provenance, or the
   fetch (`first_seen`). Such a moment is never moved back: what the file said earlier is not known.

A moment by the calendar is cut at the moment by which the content is known to have been public.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from saiken.archive.statements import BASIS_CODE, to_ms
from saiken.publishers.catalog import Series
from saiken.publishers.table import Artifact
from saiken.terms.figure import Basis, Column
from saiken.terms.period import Period
from saiken.terms.release import Release

ISSUED_WITH_NEWEST = frozenset(
    {
        "tic/slt_table5",
        "tic/slt_table5_text",
        "tic/slt_table3",
        "tic/mfh_text",
        "tic/slt1d",
    }
)
"""Ids of tables whose newest period tells which release they are."""

_DAY = timedelta(days=1)


class Calendars(Protocol):
    """What the archive asks of release calendars (`saiken.publishers.calendars`)."""

    def release(self, calendar: str, period: Period) -> Release: ...

    def materialise(self, calendar: str, first: date, last: date) -> Iterable[Release]: ...

    def next_release(self, calendar: str, after: datetime) -> Release: ...

    def moment(self, calendar: str, day: date) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """The vintages of a column's cells: UTC milliseconds, local ordinals, codes of the basis."""

    moments: array[int]
    days: array[int]
    bases: array[int]


def settle(
    column: Column,
    artifact: Artifact,
    table: str,
    entry: Series,
    newest: date | None,
    calendars: Calendars,
) -> Settled:
    """Settle a column by the rule above. `newest` is the last day that any column of its file covers."""
    known = column.vintage_at or artifact.public_by or artifact.fetched_at
    if not entry.revised:
        return _own_dates(column, entry.calendar, known, calendars)
    if column.vintage_at and column.vintage_basis is Basis.FIRST_SEEN:
        day = column.vintage_at.astimezone(UTC).date()
        return _same(len(column), column.vintage_at, day, Basis.FIRST_SEEN)
    if column.vintage_at:
        local = local_day(entry.calendar, column.vintage_at, calendars)
        return _same(len(column), column.vintage_at, local, column.vintage_basis)
    if table in ISSUED_WITH_NEWEST and newest is not None:
        release = calendars.release(entry.calendar, _ending(column, newest))
        if release.at <= known:
            return _same(len(column), release.at, release.day, Basis.CALENDAR)
    return _same(len(column), known, known.astimezone(UTC).date(), Basis.FIRST_SEEN)


def local_day(calendar: str, at: datetime, calendars: Calendars) -> date:
    """The day of `at` where the publisher is: the one whose hour of publication is nearest."""
    here = at.astimezone(UTC).date()
    near = (here - _DAY, here, here + _DAY)
    return min(near, key=lambda day: abs(calendars.moment(calendar, day) - at))


def _ending(column: Column, newest: date) -> Period:
    """A period of the column's own length that ends on `newest`."""
    first = Period(date.fromordinal(column.starts[0]), date.fromordinal(column.ends[0]))
    if first.frequency == "M":
        return Period.month(newest.year, newest.month)
    if first.frequency == "A":
        return Period.year(newest.year)
    if first.frequency == "Q":
        return Period.quarter(newest.year, (newest.month + 2) // 3)
    return Period(date.fromordinal(newest.toordinal() - first.days + 1), newest)


def _same(count: int, moment: datetime, day: date, basis: Basis) -> Settled:
    return Settled(
        array("q", [to_ms(moment)]) * count,
        array("i", [day.toordinal()]) * count,
        array("b", [BASIS_CODE[basis]]) * count,
    )


def _own_dates(column: Column, calendar: str, known: datetime, calendars: Calendars) -> Settled:
    cut, cut_day = to_ms(known), known.astimezone(UTC).date().toordinal()
    settled = Settled(array("q"), array("i"), array("b"))
    by_calendar, by_sight = BASIS_CODE[Basis.CALENDAR], BASIS_CODE[Basis.FIRST_SEEN]
    clock = calendars.clock(calendar) if isinstance(calendars, Remembering) else {}
    for cell in zip(column.starts, column.ends, strict=True):
        found = clock.get(cell)
        if found is None:
            period = Period(date.fromordinal(cell[0]), date.fromordinal(cell[1]))
            release = calendars.release(calendar, period)
            found = clock[cell] = to_ms(release.at), release.day.toordinal()
        at, day = found
        early = at > cut
        settled.moments.append(cut if early else at)
        settled.days.append(cut_day if early else day)
        settled.bases.append(by_sight if early else by_calendar)
    return settled


class Remembering:
    """Calendars that work out each release once: a daily file asks for one day in many series."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._clocks: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def clock(self, calendar: str) -> dict[tuple[int, int], tuple[int, int]]:
        """(first day, last day) -> (UTC milliseconds, day) of the releases met so far."""
        return self._clocks.setdefault(calendar, {})

    def release(self, calendar: str, period: Period) -> Release:
        return self._calendars.release(calendar, period)

    def materialise(self, calendar: str, first: date, last: date) -> Iterable[Release]:
        return self._calendars.materialise(calendar, first, last)

    def next_release(self, calendar: str, after: datetime) -> Release:
        return self._calendars.next_release(calendar, after)

    def moment(self, calendar: str, day: date) -> datetime:
        return self._calendars.moment(calendar, day)
