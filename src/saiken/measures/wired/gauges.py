"""Where a track stands now, in its own past: one link of a chain is made of a few of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from saiken.measures.stress import band
from saiken.measures.wired.series import Track, Used, over

RECENT = 20
"""Observations that count as now when a peak is looked for: a month of days."""

SHOWN = 60
"""Observations of the course that a gauge keeps."""

LEAST = 24
"""Observations below which a percentile would say nothing."""

LEAST_DAYS = 3 * 365
"""Days of history below which a percentile gets no word: it would be the word for a single spell."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest (`extreme` is `high`) or lowest (`low`) of the last RECENT observations.

    `beaten` is the last day before them at or beyond it; None: a record since `since`.
    """

    extreme: str
    value: float
    day: date
    beaten: date | None


@dataclass(frozen=True, slots=True)
class Gauge:
    """A value as of a date, in its own past.

    percentile  per cent of all observations up to it at or below it; nan where they are too few
    toward      which end is stress: `high`, `low`, or `` where neither is
    word        the band of its percentile towards that end (`stress.BANDS`); `` without an end, or
                with less than three years of history
    day         the end of the period that it is about; `since` that of the first one
    stale       too old to speak of now
    change      over the last RECENT observations, in `unit`; nan where there are fewer
    """

    id: str
    title: str
    value: float
    unit: str
    percentile: float
    toward: str
    word: str
    day: date
    since: date
    count: int
    change: float
    peak: Peak | None
    history: tuple[float, ...]
    used: tuple[Used, ...]
    stale: bool
    note: str = ""


def gauge(
    id_: str,
    title: str,
    track: Track | None,
    as_of: date,
    *,
    toward: str = "",
    peak: str = "",
    note: str = "",
) -> Gauge | None:
    """The gauge of a track's newest value; None where there is none.

    `toward` as in Gauge; `peak` (`high` or `low`) asks for the recent extreme and its standing.
    """
    if track is None or not len(track):
        return None
    x, value = track.values, float(track.values[-1])
    enough = len(x) >= LEAST
    percentile = 100 * float((x <= value).mean()) if enough else float("nan")
    above = 100 * float((x >= value).mean()) if enough else float("nan")
    long = int(track.days[-1] - track.days[0]) >= LEAST_DAYS
    word = band(percentile if toward == "high" else above) if toward and enough and long else ""
    return Gauge(
        id=id_,
        title=title,
        value=value,
        unit=track.unit,
        percentile=percentile,
        toward=toward,
        word=word,
        day=track.day,
        since=date.fromordinal(int(track.days[0])),
        count=len(x),
        change=value - float(x[-1 - RECENT]) if len(x) > RECENT else float("nan"),
        peak=_peak(track, peak) if peak else None,
        history=tuple(float(v) for v in x[-SHOWN:]),
        used=track.used,
        stale=track.stale(as_of),
        note=note,
    )


def moved(track: Track, steps: int, scale: float = 1.0, unit: str = "") -> Track:
    """Differences over `steps` observations, times `scale`."""
    x = track.values
    found = np.full(len(x), np.nan)
    found[steps:] = (x[steps:] - x[:-steps]) * scale
    return track.of(found, unit=unit)


def returned(track: Track, steps: int) -> Track:
    """Per cent by which a price changed over `steps` observations."""
    x = track.values
    found = np.full(len(x), np.nan)
    found[steps:] = 100 * (over(x[steps:], x[:-steps]) - 1)
    return track.of(found, unit="%")


def summed(track: Track, steps: int, scale: float = 1.0, unit: str = "") -> Track:
    """Sums of the last `steps` observations, times `scale`."""
    found = np.full(len(track), np.nan)
    if len(track) >= steps:
        found[steps - 1 :] = np.convolve(track.values, np.ones(steps), "valid") * scale
    return track.of(found, unit=unit)


def highest(track: Track, steps: int) -> Track:
    """The largest of the last `steps` observations."""
    found = np.full(len(track), np.nan)
    if len(track) >= steps:
        windows = np.lib.stride_tricks.sliding_window_view(track.values, steps)
        found[steps - 1 :] = windows.max(1)
    return track.of(found)


def below_high(track: Track, steps: int) -> Track:
    """Per cent below the highest of the last `steps` observations, <= 0."""
    top = highest(track, min(steps, max(len(track), 1))).values
    x = track.values[len(track) - len(top) :]
    whole = np.full(len(track), np.nan)
    whole[len(track) - len(top) :] = 100 * (over(x, top) - 1)
    return track.of(whole, unit="%")


def _peak(track: Track, extreme: str) -> Peak:
    sign = 1.0 if extreme == "high" else -1.0
    x = sign * track.values
    start = max(len(x) - RECENT, 0)
    at = start + int(np.argmax(x[start:]))
    beyond = np.flatnonzero(x[:start] >= x[at])
    return Peak(
        extreme,
        sign * float(x[at]),
        date.fromordinal(int(track.days[at])),
        date.fromordinal(int(track.days[beyond[-1]])) if len(beyond) else None,
    )
