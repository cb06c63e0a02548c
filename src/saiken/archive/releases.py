"""The release calendars, worked out once so that reading the archive needs none of their rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from saiken.archive.parquet import Pool
from saiken.archive.store import Store
from saiken.archive.vintage import Calendars
from saiken.publishers.catalog import Catalog
from saiken.terms.release import Release

AHEAD = timedelta(days=731)
"""How far past the newest figure releases are worked out."""

RECENT = timedelta(days=60)
"""How far back, for daily series: what came out long ago is known from the figures themselves."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the series of one calendar cover."""

    first: date
    last: date
    daily: bool


def spans(pools: Iterable[Pool], catalog: Catalog) -> dict[str, Span]:
    """What the figures of some pools need of each calendar."""
    found: dict[str, Span] = {}
    for pool in pools:
        for series, held in pool.series.items():
            entry = catalog.entry(series)
            if entry is None or not entry.calendar or not len(held):
                continue
            first, last = date.fromordinal(min(held.starts)), date.fromordinal(max(held.ends))
            daily = entry.frequency == "D"
            known = found.get(entry.calendar)
            if known:
                first, last = min(first, known.first), max(last, known.last)
                daily = daily and known.daily
            found[entry.calendar] = Span(first, last, daily)
    return found


def work_out(needed: dict[str, Span], calendars: Calendars) -> list[Release]:
    """Every release that the spans need, from their start to two years past their end."""
    found: list[Release] = []
    for calendar, span in sorted(needed.items()):
        first = max(span.first, span.last - RECENT) if span.daily else span.first
        found += calendars.materialise(calendar, first, span.last + AHEAD)
    return found


def extend_releases(
    store: Store, pools: Iterable[Pool], catalog: Catalog, calendars: Calendars
) -> None:
    """Bring the store's calendars up to what some more figures need (write lock held).

    What other figures needed stays: publishers share calendars.
    """
    needed = spans(pools, catalog)
    if not needed:
        return
    found = {
        (release.calendar, release.period.end): release
        for release in (*store.releases(), *work_out(needed, calendars))
    }
    store.put_releases(found.values())
