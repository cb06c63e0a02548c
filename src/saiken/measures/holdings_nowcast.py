"""A nowcast of one holder's position: the last figure, the valuation since, the flow since.

Amounts in the unit of the holdings, + = the position rises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, matrix, same_length, vector
from saiken.measures.dynamic_factor import fit_dynamic_factor
from saiken.measures.holdings import DURATION
from saiken.measures.nowcast import Contest, Nowcast, contest, nowcast, ridge_forecasts

DELAY = 2
"""Months by which TIC's newest figure lags the month that has just ended."""

LEAST = 48
"""Months of flows from which a model is first estimated."""

_REFIT = 24


@dataclass(frozen=True, slots=True)
class HoldingsNowcast:
    """The nowcast of the last month, what every model says of it, and how they have done."""

    nowcast: Nowcast
    points: dict[str, float]
    contest: Contest


@dataclass(frozen=True, slots=True)
class Parts:
    """What moved a position over the `delay` months up to each month, (T,), as Z = V + F.

    change Z, valuation V = −D·Δy·H, flow F = Z − V; monthly_flow is F over one month.
    """

    change: Array
    valuation: Array
    flow: Array
    monthly_flow: Array


def parts(
    holdings: ArrayLike, yields: ArrayLike, delay: int = DELAY, duration: float = DURATION.middle
) -> Parts:
    """Holdings (T,) by month, nan where not published, and yields (T,) in per cent at month ends.

    The valuation of month t rests on the holdings `delay` months before, so that it is known
    when they are. ValueError for a delay below one month, or unequal lengths.
    """
    h, y = vector(holdings, "holdings", gaps=True), vector(yields, "yields", gaps=True)
    same_length(holdings=h, yields=y)
    if delay < 1:
        raise ValueError("a nowcast has a delay of at least one month")

    def over(months: int) -> tuple[Array, Array]:
        before, moved = _lagged(h, months), y - _lagged(y, months)
        return h - before, -duration * moved / 100 * before

    change, valuation = over(delay)
    monthly, monthly_valuation = over(1)
    return Parts(change, valuation, change - valuation, monthly - monthly_valuation)


def nowcast_holdings(
    holdings: ArrayLike,
    yields: ArrayLike,
    regressors: ArrayLike,
    indicators: ArrayLike | None = None,
    *,
    delay: int = DELAY,
    least: int = LEAST,
) -> HoldingsNowcast:
    """The position at the end of the last month, `delay` months after the newest figure.

    holdings (T,) monthly, nan in the last `delay` rows; yields (T,) in per cent at the holder's
    duration; regressors (T, m) of the flow, known at each month's end (weekly
    flows by `unrestricted_midas`, custody, calendar); indicators (T, n) monthly, for a dynamic
    factor model beside the ridge (needs statsmodels), re-estimated every two years. Models:
    `no_change`, `valuation` (no flow), `ridge`, `dynamic_factor`; those of which an input of the
    last month is not known are left out. Intervals grow with the position.
    ValueError where the newest figure is not `delay` months old or above zero, or history is too
    short to score the models.
    """
    h, x = vector(holdings, "holdings", gaps=True), matrix(regressors, "regressors", gaps=True)
    published = np.flatnonzero(np.isfinite(h))
    if not len(published) or published[-1] != len(h) - 1 - delay:
        raise ValueError(f"the newest figure must be {delay} months before the last month")
    moved = parts(h, yields, delay)
    forecasts = {
        "no_change": np.where(np.isfinite(_lagged(h, delay)), 0.0, np.nan),
        "valuation": moved.valuation,
        "ridge": moved.valuation + ridge_forecasts(x, moved.flow, delay, least),
    }
    if indicators is not None:
        panel = np.column_stack([moved.monthly_flow, matrix(indicators, "indicators", gaps=True)])
        forecasts["dynamic_factor"] = moved.valuation + factor_forecasts(panel, delay, least)
    forecasts = {name: f for name, f in forecasts.items() if np.isfinite(f[-1])}
    scored = contest(moved.change, forecasts, delay, scale=_lagged(h, delay))
    newest = float(h[published[-1]])
    points = {name: newest + float(f[-1]) for name, f in forecasts.items()}
    return HoldingsNowcast(nowcast(points, scored), points, scored)


def factor_forecasts(panel: ArrayLike, delay: int, least: int) -> Array:
    """What a dynamic factor model said of the flow over `delay` months, each month: (T,).

    panel (T, n): the monthly flow first, then its indicators. The flow is hidden for the last
    `delay` months each time, and parameters are re-estimated every two years on the past alone.
    """
    data = matrix(panel, "panel", gaps=True)
    complete = np.flatnonzero(np.isfinite(data).all(1))
    found = np.full(len(data), np.nan)
    if not len(complete):
        return found
    first, model, age = int(complete[0]), None, 0
    for t in range(first + least + delay, len(data)):
        seen = data[first : t + 1].copy()
        seen[-delay:, 0] = np.nan
        if model is None or age >= _REFIT:
            model, age = fit_dynamic_factor(seen), 0
        age += 1
        found[t] = model.smooth(seen)[-delay:, 0].sum()
    return found


def _lagged(values: Array, months: int) -> Array:
    return np.concatenate([np.full(months, np.nan), values])[: len(values)]
