"""What is not known yet, when it will be, and which releases come next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from saiken.archive.view import Point
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene
from saiken.terms.release import Release

AHEAD = 400
"""Days within which a coming release is worth telling."""

HOLDINGS_CALENDAR = "tic"


@dataclass(frozen=True, slots=True)
class Coming:
    """The next release of a calendar: whose it is, and a series of the brief that it brings."""

    publisher: str
    series: str
    release: Release


def lead(scene: Scene) -> Iterator[Fact]:
    """The first month that is not out."""
    for fact in list(told(scene))[:1]:
        yield fact.parts[0]


def told(scene: Scene) -> Iterator[Fact]:
    """The month of the holdings table that had ended and was not out."""
    release = _next(scene, HOLDINGS_CALENDAR)
    if release is None or release.period.end > scene.as_of:
        return
    month = words.month(release.period)
    parts = (scene.dated(kind, release, month=month) for kind in ("unpublished", "due"))
    yield scene.whole("not_yet", *parts)
    yield scene.remark("until_then")


def _next(scene: Scene, calendar: str) -> Release | None:
    """The next release as it was known on the day: what has happened since was a schedule then."""
    release = scene.evidence.archive.next_release(calendar, scene.as_of)
    if release is not None and release.basis == "actual":
        return replace(release, basis="scheduled")
    return release


def coming(scene: Scene, points: Iterable[Point]) -> tuple[Coming, ...]:
    """The next release of every series cited, one a calendar, soonest first.

    Daily series are left out: their next close is no event.
    """
    catalog = scene.evidence.catalog
    found: dict[str, Coming] = {}
    for series in dict.fromkeys(point.series for point in points):
        entry = catalog.entry(series)
        if entry is None or entry.frequency == "D" or entry.calendar in found:
            continue
        release = _next(scene, entry.calendar)
        if release is not None and (release.day - scene.as_of).days < AHEAD:
            publisher = catalog.owner(entry).name
            found[entry.calendar] = Coming(publisher, series, release)
    return tuple(sorted(found.values(), key=lambda item: (item.release.day, item.publisher)))
