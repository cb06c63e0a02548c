"""Public debt: its arithmetic, the rate it pays, and how uncertain the path is.

Ratios, rates and balances are fractions (2.33 = 233 % of GDP); + primary balance = surplus,
+ stock-flow adjustment = more debt. Sources: IMF (2013), Staff Guidance Note for Public Debt
Sustainability Analysis; Celasun, Debrun, Ostry (2006, IMF Staff Papers) for the fan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, numbers, same_length, vector
from saiken.measures.vector_autoregression import fit_var

QUANTILES = (0.05, 0.16, 0.50, 0.84, 0.95)


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles (q, T) of the debt ratio, for `probabilities` (q,)."""

    probabilities: tuple[float, ...]
    ratio: Array


def debt_path(
    start: float,
    rate: ArrayLike,
    growth: ArrayLike,
    primary_balance: ArrayLike,
    *,
    inflation: ArrayLike = 0.0,
    adjustment: ArrayLike = 0.0,
    years: int | None = None,
) -> Array:
    """d_t = (1+r)/((1+g)(1+π))·d_{t−1} − pb_t + sfa_t, from d₀ = `start`: (…, T).

    rate r is nominal, growth g real (or nominal with π = 0). Each is a number or an array whose
    last axis is time; `years` gives T where all are numbers. ValueError where T is not known, or
    growth or inflation is −100 % or less.
    """
    parts = [numbers(v) for v in (rate, growth, primary_balance, inflation, adjustment)]
    shape = np.broadcast_shapes(*(p.shape for p in parts))
    if years is not None:
        shape = np.broadcast_shapes(shape or (1,), (years,))
    if not shape:
        raise ValueError("give `years`, or one of the inputs as a path")
    r, g, pb, pi, sfa = (np.broadcast_to(p, shape) for p in parts)
    if (g <= -1).any() or (pi <= -1).any():
        raise ValueError("growth and inflation must be above −100 %")
    factor, added = (1 + r) / ((1 + g) * (1 + pi)), sfa - pb
    ratio = np.empty(shape)
    d = np.full(shape[:-1], start)
    for t in range(shape[-1]):
        d = factor[..., t] * d + added[..., t]
        ratio[..., t] = d
    return ratio


def effective_rate(start: float, market: ArrayLike, share: ArrayLike) -> Array:
    """r_t = (1 − s)·r_{t−1} + s·i_t: the rate paid (T,) where a share s of debt is refinanced a year.

    market (T,) the rate of new debt, share s a number or (T,) in [0, 1], else ValueError.
    """
    i = vector(market, "market rates")
    s = np.asarray(share, dtype=np.float64)
    if s.ndim:
        same_length(market=i, share=vector(s, "shares"))
    s = np.broadcast_to(s, i.shape)
    if not ((s >= 0) & (s <= 1)).all():
        raise ValueError("the share that is refinanced lies between 0 and 1")
    paid = np.empty(len(i))
    r = start
    for t in range(len(i)):
        r = (1 - s[t]) * r + s[t] * i[t]
        paid[t] = r
    return paid


def debt_fan(
    start: float,
    history: ArrayLike,
    years: int,
    *,
    lags: int = 1,
    draws: int = 10_000,
    seed: int = 0,
    share: float = 1.0,
) -> Fan:
    """The ratio's fan from shocks of a VAR on history (T, 4) of (r, g, π, pb), annual, fractions.

    The residuals are drawn with replacement, whole years at a time, so that their dependence is
    kept. With `share` < 1 the rate is that of new debt, and the debt pays the effective one. The
    seed fixes the draws. ValueError as `fit_var`, or for other than four series.
    """
    var = fit_var(history, lags)
    data = np.asarray(history, dtype=np.float64)
    if data.shape[1] != 4:
        raise ValueError(f"four series are needed (r, g, π, pb), not {data.shape[1]}")
    rng = np.random.default_rng(seed)
    residuals = var.residuals - var.residuals.mean(0)
    picked = rng.integers(len(residuals), size=(draws, years))
    past = [np.broadcast_to(data[-1 - j], (draws, 4)) for j in range(lags)]
    path = np.empty((draws, years, 4))
    for t in range(years):
        now = var.intercept + residuals[picked[:, t]]
        for a, then in zip(var.coefficients, past, strict=True):
            now = now + then @ a.T
        path[:, t] = now
        past = [now, *past[:-1]]
    rate, growth, inflation, balance = np.moveaxis(path, -1, 0)
    paid = np.empty_like(rate)
    r = np.full(draws, data[-1, 0])
    for t in range(years):
        r = (1 - share) * r + share * rate[:, t]
        paid[:, t] = r
    ratio = debt_path(start, paid, growth, balance, inflation=inflation)
    return Fan(QUANTILES, np.quantile(ratio, QUANTILES, axis=0))
