"""Series that somebody chose, as of a date: their changes on common days, and measures of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from saiken.measures.arrays import Array, align
from saiken.measures.connectedness import (
    Connectedness,
    connectedness,
    frequency_connectedness,
    tvp_connectedness,
)
from saiken.measures.projections import EventStudy, event_study
from saiken.measures.wired.series import Figures, Track, Used
from saiken.publishers import catalog as catalogs

RELATIVE = ("price", "index")
"""Kinds of series whose changes are relative, where they are above nought."""

LAGS, HORIZON, PRIOR = 2, 10, 100
BANDS = ((2.0, 5.0), (5.0, 21.0), (21.0, float("inf")))
"""Lengths of cycles in periods: of daily series up to a week, up to a month, and longer."""


class ChosenError(Exception):
    """What was chosen cannot be measured; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Chosen:
    """Changes (T, k) of series between common days; row t is the change up to `days[t]` (an ordinal).

    units  of the changes: `%` (100 times that of the logarithm), `bp` of rates, else the series' own
    """

    series: tuple[str, ...]
    units: tuple[str, ...]
    days: NDArray[np.int64]
    changes: Array
    used: tuple[Used, ...]

    def day(self, index: int) -> date:
        return date.fromordinal(int(self.days[index]))


@dataclass(frozen=True, slots=True)
class Drifting:
    """Time-varying connectedness: tables (N, k, k) on `days` (N,), filtered from the past alone."""

    days: NDArray[np.int64]
    found: Connectedness


def chosen(figures: Figures, series: Sequence[str], since: date | None = None) -> Chosen:
    """The changes of series of one frequency from `since` on. Raises ChosenError."""
    tracks = []
    for name in series:
        track = figures.held(name)
        if track is None:
            raise ChosenError(
                f"no figure of {name} is held by {figures.as_of}",
                "ask as of a later day, or leave the series out",
            )
        tracks.append(track)
    frequencies = {track.frequency for track in tracks}
    if len(frequencies) > 1:
        told = ", ".join(f"{track.name} {track.frequency}" for track in tracks)
        raise ChosenError(f"series of different frequencies: {told}", "choose series of one")
    try:
        days, values = align(*((track.days, track.values) for track in tracks))
    except ValueError as error:
        raise ChosenError(
            str(error), "choose series that were published at the same time"
        ) from None
    if since is not None:
        values, days = values[days >= since.toordinal()], days[days >= since.toordinal()]
    if len(days) < 2:
        raise ChosenError("there are fewer than two common days", "ask from an earlier day")
    moved = [_changes(track, values[:, k]) for k, track in enumerate(tracks)]
    return Chosen(
        series=tuple(series),
        units=tuple(unit for _, unit in moved),
        days=days[1:],
        changes=np.column_stack([change for change, _ in moved]),
        used=tuple(dict.fromkeys(used for track in tracks for used in track.used)),
    )


def _changes(track: Track, values: Array) -> tuple[Array, str]:
    entry = catalogs.load().entry(track.name)
    relative = entry is not None and entry.kind in RELATIVE and track.unit != "%"
    if relative and (values > 0).all():
        return 100 * np.diff(np.log(values)), "%"
    if track.unit == "%":
        return 100 * np.diff(values), "bp"
    return np.diff(values), track.unit


def static(of: Chosen, lags: int = LAGS, horizon: int = HORIZON) -> Connectedness:
    """Generalised connectedness on all of it. Raises ChosenError."""
    _several(of)
    try:
        return connectedness(of.changes, lags, horizon)
    except ValueError as error:
        raise _too_little(error) from None


def by_frequency(
    of: Chosen, bands: Sequence[tuple[float, float]] = BANDS, lags: int = LAGS
) -> list[Connectedness]:
    """The same split over lengths of cycles (Baruník, Křehlík), in periods. Raises ChosenError."""
    _several(of)
    try:
        return frequency_connectedness(of.changes, lags, bands)
    except ValueError as error:
        raise _too_little(error) from None


def drifting(of: Chosen, lags: int = LAGS, horizon: int = HORIZON, prior: int = PRIOR) -> Drifting:
    """Connectedness with coefficients that drift, its prior from the first `prior` changes alone, on
    the days after them. Raises ChosenError.
    """
    _several(of)
    if len(of.days) <= prior:
        raise ChosenError(
            f"{len(of.days)} common changes, of which the prior takes {prior}",
            "ask from an earlier day, or take a shorter --prior",
        )
    try:
        found = tvp_connectedness(of.changes, lags, horizon, prior=prior)
    except ValueError as error:
        raise _too_little(error) from None
    return Drifting(of.days[prior:], Connectedness(found.table[prior - lags :]))


def around(
    of: Chosen, on: Sequence[date], *, before: int, after: int, estimation: int
) -> list[EventStudy]:
    """Abnormal changes of each series around days; a day without one stands for the next.

    Raises ChosenError for a day that lies outside, and where no event has its whole window.
    """
    events = []
    for day in on:
        index = int(np.searchsorted(of.days, day.toordinal()))
        near = index < len(of.days) and of.day(index) - day <= timedelta(STRETCH)
        if not near or day < of.day(0) - timedelta(STRETCH):
            raise ChosenError(
                f"{day} lies outside the common days, {of.day(0)} to {of.day(-1)}",
                "choose another day, or series that reach it",
            )
        events.append(index)
    try:
        return [
            event_study(column, events, before=before, after=after, estimation=estimation)
            for column in of.changes.T
        ]
    except ValueError as error:
        raise _too_little(error) from None


STRETCH = 7
"""Days that an event may lie before the next common day."""


def _several(of: Chosen) -> None:
    if len(of.series) < 2:
        raise ChosenError("connectedness is of two series or more", "name another one")


def _too_little(error: ValueError) -> ChosenError:
    return ChosenError(str(error), "ask from an earlier day, or take fewer lags or series")
