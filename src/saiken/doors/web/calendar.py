"""The releases around a day: which came out last, which are due, and what they bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from saiken.archive.archive import Archive
from saiken.claims.verdict import Report, Verdict
from saiken.doors.calendar import owners
from saiken.publishers import calendars, catalog
from saiken.reports.ics import CERTAIN, Event, ics_text
from saiken.terms.release import Release

AHEAD = timedelta(days=62)
MOST = 200
_SLOTS = str.maketrans("", "", "{}")


@dataclass(frozen=True, slots=True)
class Due:
    """A release with what it brings: publishers' names and the titles of some of its series."""

    release: Release
    publishers: tuple[str, ...]
    titles: tuple[str, ...]


@cache
def _brought() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    known = catalog.load()
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for family in known.families:
        measure = known.measures.get(family.measure)
        titles[family.calendar][measure.title if measure else family.title] = None
    return {
        name: (owners(name), tuple(title.translate(_SLOTS) for title in told)[:6])
        for name, told in titles.items()
    }


def due(archive: Archive, after: date) -> list[Due]:
    """Releases in the two months after a day, soonest first; daily ones are left out."""
    return coming(archive, after, calendars.names())


def of_report(report: Report) -> set[str]:
    """The calendars of the figures that verdicts rest on, or wait for."""
    return {name for verdict in report.verdicts for name in _of_verdict(verdict)}


def _of_verdict(verdict: Verdict) -> set[str]:
    known, claim = catalog.load(), verdict.claim
    series = [point.series for point in verdict.figures] or known.candidates(
        claim.measure, claim.subject, claim.tenor
    )
    return {entry.calendar for entry in map(known.entry, series) if entry}


def coming(archive: Archive, after: date, names: Iterable[str]) -> list[Due]:
    """What these calendars bring in the two months after a day; daily ones are left out."""
    brought = _brought()
    found = [
        Due(release, *brought[name])
        for name in names
        if name in brought and not calendars.is_daily(name)
        for release in _coming(archive, name, after)
    ]
    return sorted(found, key=lambda due: (due.release.at, due.release.calendar))[:MOST]


def _coming(archive: Archive, name: str, after: date) -> Iterator[Release]:
    day = after
    while (release := archive.next_release(name, day)) and release.day <= after + AHEAD:
        yield release
        day = release.day


def past(archive: Archive, day: date) -> list[Due]:
    """The last release of each calendar by a day, newest first."""
    brought = _brought()
    found = [
        Due(release, *brought[name])
        for name in calendars.names()
        if name in brought
        if not calendars.is_daily(name)
        if (release := archive.last_release(name, day))
    ]
    return sorted(found, key=lambda due: due.release.at, reverse=True)


def neighbours(
    archive: Archive, day: date, names: Iterable[str] | None = None
) -> tuple[date | None, date | None]:
    """The nearest days before and after on which something of the calendars `names` comes out.

    None is every calendar but the daily ones.
    """
    asked = sorted(
        names if names is not None else (n for n in calendars.names() if not calendars.is_daily(n))
    )
    eve = day - timedelta(days=1)
    gone = [release.day for name in asked if (release := archive.last_release(name, eve))]
    coming = [release.day for name in asked if (release := archive.next_release(name, day))]
    return max(gone, default=None), min(coming, default=None)


def icalendar(items: list[Due], now: datetime) -> str:
    """The releases as an iCalendar file."""
    events = [
        Event(
            f"{item.release.calendar}-{item.release.period.label}@saiken",
            item.release.at,
            f"{', '.join(item.publishers)}: {item.release.period.label}",
            "; ".join(item.titles),
            item.release.basis in CERTAIN,
        )
        for item in items
    ]
    return ics_text("saiken: releases", events, now)
