"""What is not known yet, when it will be, and which releases come next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from saiken.archive.view import Point
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene
from saiken.terms.release import Release

AHEAD = 400
"""Days within which a coming release is worth telling."""

HOLDINGS_CALENDAR = "tic"


def told(scene: Scene) -> Iterator[Fact]:
    """The months of the holdings table that had ended and were not out."""
    release = scene.evidence.archive.next_release(HOLDINGS_CALENDAR, scene.as_of)
    if release is None or release.period.end > scene.as_of:
        return
    month = words.month(release.period)
    yield scene.fact("unpublished", releases=[release], month=month)
    yield scene.fact("due", releases=[release], month=month, day=words.day(release.day))
    yield scene.fact("until_then")


def coming(scene: Scene, points: Iterable[Point]) -> tuple[tuple[str, Release], ...]:
    """The next release of every series cited, with the publisher's name, soonest first.

    Daily series are left out: their next close is no event.
    """
    catalog, found = scene.evidence.catalog, {}
    for series in dict.fromkeys(point.series for point in points):
        entry = catalog.entry(series)
        if entry is None or entry.frequency == "D" or entry.calendar in found:
            continue
        release = scene.evidence.archive.next_release(entry.calendar, scene.as_of)
        if release is not None and (release.day - scene.as_of).days < AHEAD:
            found[entry.calendar] = (catalog.publishers[entry.publisher].name, release)
    return tuple(sorted(found.values(), key=lambda item: (item[1].day, item[0])))
