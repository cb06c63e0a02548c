"""Series of an archive as of a date, as arrays that remember the figures behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from saiken.archive.view import View
from saiken.measures.arrays import Array
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import Catalog

STALE_DAYS = {"D": 10, "W": 24, "M": 85, "Q": 200, "A": 800}
"""Days after the end of its period from which a series' newest figure is too old to speak of now."""


class Views(Protocol):
    """What is asked of an archive."""

    def view(self, series: str, as_of: date, strict: bool = False) -> View | None: ...


@dataclass(frozen=True, slots=True)
class Used:
    """A series that went into a result, and the newest of its figures there.

    `public` is the day on which that figure came out; `as_later_revised` says that only a later
    print of it is held.
    """

    series: str
    period: str
    value: float
    unit: str
    public: date
    as_later_revised: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that was wanted: any of `series` would have done."""

    what: str
    series: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Track:
    """One series, or several computed into one: days (T,) ordinals of periods' ends, ascending,
    values (T,) in `unit`, public (T,) ordinals of the days on which each came out.
    """

    name: str
    unit: str
    frequency: str
    days: NDArray[np.int64]
    values: Array
    public: NDArray[np.int64]
    used: tuple[Used, ...]

    def __len__(self) -> int:
        return len(self.days)

    @property
    def day(self) -> date:
        """The end of the newest period."""
        return date.fromordinal(int(self.days[-1]))

    def stale(self, as_of: date) -> bool:
        return (as_of - self.day).days > STALE_DAYS[self.frequency]

    def of(self, values: Array, name: str = "", unit: str = "") -> Track:
        """The track with other values (T,) computed from these: what is not known is left out."""
        known = np.isfinite(values)
        return replace(
            self,
            name=name or self.name,
            unit=unit or self.unit,
            days=self.days[known],
            values=values[known],
            public=self.public[known],
        )


class Figures:
    """Tracks as of a date. What was asked for and is not there is kept in `missing`.

    `strict` leaves out figures of which only a later print is held.
    """

    def __init__(self, archive: Views, as_of: date, *, strict: bool = False) -> None:
        self.as_of = as_of
        self.strict = strict
        self.missing: list[Missing] = []
        self._archive = archive
        self._catalog: Catalog = catalogs.load()
        self._tracks: dict[str, Track | None] = {}

    def held(self, *series: str) -> Track | None:
        """As `track`, for what need not be there: it is not named as missing."""
        found = [track for track in map(self._track, series) if track is not None]
        return max(found, key=lambda track: int(track.days[-1])) if found else None

    def track(self, what: str, *series: str) -> Track | None:
        """The one of `series` with the newest figure; the first listed among equals."""
        found = self.held(*series)
        if found is None:
            self._lacks(what, series, f"no figure held by {self.as_of}")
        return found

    def fresh(self, what: str, *series: str) -> Track | None:
        """As `track`, but None, and named as missing, where that figure is too old to speak of now."""
        found = self.track(what, *series)
        if found is not None and found.stale(self.as_of):
            self._lacks(what, series, f"ends on {found.day}")
            return None
        return found

    def measured(self, measure: str, subject: str, tenor: str = "") -> tuple[str, ...]:
        """Ids of the series by which the catalog answers a measure as a whole: no part of it (bills
        alone) and no other statistic of it.
        """
        listed = self._catalog.candidates(measure, subject, tenor)
        entries = {series: self._catalog.entry(series) for series in listed}
        return tuple(one for one, entry in entries.items() if entry is None or not entry.scope)

    def yields(self, country: str, tenor: str) -> Track | None:
        """Government bond yields in per cent."""
        what = f"{tenor} government bond yield of {country}"
        return self.track(what, *self.measured("government_yield", country, tenor))

    def short_rate(self, country: str) -> Track | None:
        """The rate at which a currency is borrowed, per cent: bills or bonds of the shortest tenor.

        In dollars the 3-month Treasury yield, after its end SOFR. Elsewhere the one-year yield: no
        file of daily 3-month rates in other currencies is at hand.
        """
        if country != "US":
            return self.yields(country, "1Y")
        bills = self._track("ust/par/3M")
        overnight = self._track("fred/SOFR")
        if bills is None or overnight is None:
            return self.track("dollar short rate", "ust/par/3M", "fred/SOFR")
        return spliced(bills, overnight)

    def dollar(self, currency: str) -> Track | None:
        """Units of a currency for a dollar: the cross of the ECB's rates, or that cross assembled."""
        home, usd = self._track(f"ecb/EUR{currency}"), self._track("ecb/EURUSD")
        ready = self._track(f"ecb/USD{currency}") if f"USD{currency}" == "USDJPY" else None
        cross = None
        if currency == "EUR" and usd is not None:
            cross = usd.of(
                over(np.ones(len(usd)), usd.values), "ecb/EURUSD, inverted", "EUR per USD"
            )
        elif home is not None and usd is not None:
            name, unit = f"USD{currency}", f"{currency} per USD"
            cross = together(lambda x: over(x[:, 0], x[:, 1]), name, unit, home, usd)
        held = [track for track in (cross, ready) if track is not None and len(track)]
        if not held:
            wanted = (f"ecb/EUR{currency}", "ecb/EURUSD")
            self._lacks(f"{currency} per dollar", wanted, f"no figure held by {self.as_of}")
            return None
        return spliced(held[0], held[-1])

    def _lacks(self, what: str, series: Sequence[str], why: str) -> None:
        if not series:
            why = "no series in the catalog"
        found = Missing(what, tuple(series), why)
        if found not in self.missing:
            self.missing.append(found)

    def _track(self, series: str) -> Track | None:
        if series not in self._tracks:
            entry = self._catalog.entry(series)
            view = None if entry is None else self._archive.view(series, self.as_of, self.strict)
            held = entry is not None and view is not None and len(view)
            self._tracks[series] = _read(view, entry.frequency) if held else None  # type: ignore[arg-type, union-attr]
        return self._tracks[series]


def _read(view: View, frequency: str) -> Track:
    ends = np.array(view.ends, dtype=np.int64)
    last = len(view) - 1
    while last > 0 and view.ends[last] > view.as_of.toordinal():
        last -= 1  # projections of periods to come
    # Two spans may end on one day: the one told last stands. Views ascend by their ends.
    order = np.flatnonzero(np.diff(ends[: last + 1], append=np.iinfo(np.int64).max) > 0)
    days = ends[order]
    newest = view.point_at(int(order[-1]))
    used = Used(
        view.series, newest.period.label, newest.value, newest.unit.name, newest.vintage_day,
        newest.as_later_revised,
    )  # fmt: skip
    values = np.array(view.values, dtype=np.float64)[order]
    public = days if frequency == "D" else _released(view, order, days)
    return Track(view.series, view.unit.name, frequency, days, values, public, (used,))


def _released(view: View, order: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[np.int64]:
    """When each period's figure first came out, by the calendar."""
    found = days.copy()
    for k, i in enumerate(order):
        release = view.release_of(view.period(int(i)))
        if release is not None:
            found[k] = release.day.toordinal()
    return found


def together(compute: Callable[[Array], Array], name: str, unit: str, *tracks: Track) -> Track:
    """A track computed from several: `compute` of their values (T, k) on common days gives (T,).

    It may have no day at all.
    """
    days = tracks[0].days
    for other in tracks[1:]:
        days = np.intersect1d(days, other.days, assume_unique=True)
    values = np.column_stack([t.values[np.searchsorted(t.days, days)] for t in tracks])
    used = tuple(dict.fromkeys(source for track in tracks for source in track.used))
    whole = Track(name, unit, tracks[0].frequency, days, values[:, 0], days, used)
    return whole.of(compute(values), name, unit)


def over(x: Array, y: Array) -> Array:
    """x/y; nan where y is nought."""
    found: Array = x / np.where(y != 0, y, np.nan)
    return found


def spliced(first: Track, then: Track) -> Track:
    """`first`, and after its last day `then`; the sources of both where both speak."""
    later = then.days > first.days[-1]
    if not later.any():
        return first
    return replace(
        first,
        name=f"{first.name}, then {then.name}",
        days=np.concatenate([first.days, then.days[later]]),
        values=np.concatenate([first.values, then.values[later]]),
        public=np.concatenate([first.public, then.public[later]]),
        used=tuple(dict.fromkeys((*first.used, *then.used))),
    )
