"""An additive stress index from whatever of its inputs is at hand as of a date, with its parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saiken.measures.arrays import Array, carried
from saiken.measures.carry import realised_volatility
from saiken.measures.stress import (
    LEAST_HISTORY,
    ciss,
    ewma_correlation,
    expanding_percentile,
    stress_index,
)
from saiken.measures.wired.gauges import LEAST_DAYS
from saiken.measures.wired.series import Figures, Track, Used

VOLATILITY_DAYS = 21


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    contribution: float
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Stress:
    """The index (T,), in standard deviations from its mean so far, and what its newest value is
    made of: the parts sum to it. `shared` is the aggregation of CISS over the same inputs, 0 to 1.
    """

    index: Track
    parts: tuple[Part, ...]
    shared: Track


def stress(figures: Figures, country: str, home_tenor: str, dollar: Track | None) -> Stress | None:
    """Implied volatility and credit, realised volatility of bonds at home, Treasuries, the currency.

    Inputs that are missing or have ended are named in `figures.missing` and left out, as are those
    of less than three years, which would cut off the past of the others; None where fewer than
    two remain.
    """
    home = figures.yields(country, home_tenor) if home_tenor else None
    treasury = figures.yields("US", "10Y")
    inputs: list[tuple[str, Track | None]] = [
        ("implied volatility of equities", volatility_index(figures)),
        ("high-yield spread", figures.fresh("high-yield spread", "fred/BAMLH0A0HYM2")),
        (f"volatility of the {home_tenor} yield at home", _moves(home)),
        ("volatility of the exchange rate", _moves(dollar, log=True)),
    ]
    if country != "US":
        inputs.insert(3, ("volatility of the 10Y Treasury yield", _moves(treasury)))
    held = [
        (name, track)
        for name, track in inputs
        if track is not None and len(track) and track.days[-1] - track.days[0] >= LEAST_DAYS
    ]
    if len(held) < 2:
        return None
    days = np.unique(np.concatenate([track.days for _, track in held]))
    x = np.column_stack([carried(track.days, track.values, days, 7) for _, track in held])
    found = stress_index(x)
    known = np.flatnonzero(np.isfinite(found.index))
    if not len(known):
        return None
    parts = tuple(
        Part(name, float(found.contributions[known[-1], j]), track.used)
        for j, (name, track) in enumerate(held)
    )
    used = tuple(dict.fromkeys(source for part in parts for source in part.used))
    whole = Track("stress index", "sd", "D", days, x[:, 0], days, used)
    return Stress(whole.of(found.index), parts, whole.of(_shared(x), "CISS of the inputs", "index"))


def _shared(x: Array) -> Array:
    """(w∘s)′C(w∘s), (T,), of percentiles s of the inputs in their past, equal weights."""
    known = np.isfinite(x).all(1)
    found = np.full(len(x), np.nan)
    if known.sum() > LEAST_HISTORY:
        s = np.column_stack([expanding_percentile(column) for column in x[known].T]) / 100
        weights = np.full(s.shape[1], 1 / s.shape[1])
        values = ciss(s, weights, ewma_correlation(s))
        values[:LEAST_HISTORY] = np.nan
        found[known] = values
    return found


def volatility_index(figures: Figures) -> Track | None:
    return figures.fresh("implied volatility of equities", "fred/VIXCLS", "cboe/vix/close")


def _moves(track: Track | None, *, log: bool = False) -> Track | None:
    if track is None or len(track) <= VOLATILITY_DAYS:
        return None
    level: Array = np.log(track.values) if log else track.values
    changes = np.concatenate([[np.nan], np.diff(level)])
    return track.of(realised_volatility(changes, VOLATILITY_DAYS))
