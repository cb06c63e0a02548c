"""The releases around a day: which came out last, which are due, and what they bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from saiken.archive.archive import Archive
from saiken.publishers import calendars, catalog
from saiken.reports.ics import CERTAIN, Event, ics_text
from saiken.terms.release import Release

AHEAD = timedelta(days=62)
MOST = 200
DAILY = "D"
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
    publishers: dict[str, dict[str, None]] = defaultdict(dict)
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for family in known.families:
        publishers[family.calendar][known.publishers[family.publisher].name] = None
        measure = known.measures.get(family.measure)
        titles[family.calendar][measure.title if measure else family.title] = None
    return {
        name: (tuple(publishers[name]), tuple(t.translate(_SLOTS) for t in titles[name])[:6])
        for name in publishers
    }


def due(archive: Archive, after: date) -> list[Due]:
    """Releases in the two months after a day, soonest first; daily ones are left out."""
    brought = _brought()
    found = [
        Due(release, *brought[name])
        for name in calendars.names()
        if name in brought
        for release in _coming(archive, name, after)
    ]
    return sorted(found, key=lambda due: (due.release.at, due.release.calendar))[:MOST]


def _coming(archive: Archive, name: str, after: date) -> Iterator[Release]:
    day = after
    while (release := archive.next_release(name, day)) and release.day <= after + AHEAD:
        if release.period.frequency == DAILY:
            return
        yield release
        day = release.day


def past(archive: Archive, day: date) -> list[Due]:
    """The last release of each calendar by a day, newest first."""
    brought = _brought()
    found = [
        Due(release, *brought[name])
        for name in calendars.names()
        if name in brought
        if (release := archive.last_release(name, day))
        if release.period.frequency != DAILY
    ]
    return sorted(found, key=lambda due: due.release.at, reverse=True)


def neighbours(
    archive: Archive, day: date, names: Iterable[str] | None = None
) -> tuple[date | None, date | None]:
    """The nearest days before and after on which something of the calendars `names` comes out.

    None is every calendar but the daily ones.
    """
    asked = sorted(
        names if names is not None else (item.calendar for item in _regular(archive, day))
    )
    eve = day - timedelta(days=1)
    gone = [release.day for name in asked if (release := archive.last_release(name, eve))]
    coming = [release.day for name in asked if (release := archive.next_release(name, day))]
    return max(gone, default=None), min(coming, default=None)


def _regular(archive: Archive, day: date) -> Iterator[Release]:
    """The next release of each calendar that is not a daily one."""
    brought = _brought()
    for name in calendars.names():
        release = archive.next_release(name, day) if name in brought else None
        if release and release.period.frequency != DAILY:
            yield release


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
