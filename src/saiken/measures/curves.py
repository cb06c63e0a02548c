"""Yield curves: Svensson and Nelson-Siegel, par, zero and forward rates, slope, butterfly, kinks.

Maturities in years, rates in per cent a year, continuously compounded unless a function says
otherwise. Sources: Nelson, Siegel (1987); Svensson (1994); Gürkaynak, Sack, Wright (2007), "GSW";
Golub, Pereyra (1973) for variable projection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import LEAST_PIVOT, Array, matrix, numbers, vector

TAU_LOW, TAU_HIGH, TAU_COUNT = 0.1, 30.0, 35
"""Bounds, in years, and number of the values of τ that are tried, evenly spaced in log τ: the 595
pairs τ₁ < τ₂. Beyond 30 years the second hump lies outside the maturities that are quoted."""

TAU_FREE = 40.0
"""The upper bound of τ where it is free: the longest maturity that is quoted."""

_CHUNK, _STEPS = 256, 30


@dataclass(frozen=True, slots=True)
class Svensson:
    """A curve y(m) = β₀ + β₁a(m/τ₁) + β₂b(m/τ₁) + β₃b(m/τ₂), a(x) = (1−e⁻ˣ)/x, b(x) = a(x) − e⁻ˣ.

    `beta` in per cent, `tau` in years. With β₃ = 0 it is Nelson-Siegel's and τ₂ has no meaning
    (None).
    """

    beta: tuple[float, float, float, float]
    tau: tuple[float, float | None]

    def zero(self, maturity: ArrayLike) -> Array:
        """Zero-coupon yields, in per cent, at `maturity` (n,) > 0 years."""
        y: Array = _loadings(maturity, *self.tau) @ np.array(self.beta)
        return y

    def forward(self, maturity: ArrayLike) -> Array:
        """Instantaneous forward rates, in per cent, at `maturity` (n,) >= 0 years."""
        m = np.atleast_1d(np.asarray(maturity, dtype=np.float64))
        x1 = m / self.tau[0]
        f = self.beta[0] + (self.beta[1] + self.beta[2] * x1) * np.exp(-x1)
        if self.tau[1] is not None:
            x2 = m / self.tau[1]
            f = f + self.beta[3] * x2 * np.exp(-x2)
        return f

    def discount(self, maturity: ArrayLike) -> Array:
        """Prices of 1 at `maturity` (n,) > 0 years."""
        return discount_from_zero(maturity, self.zero(maturity))

    def par(self, maturity: ArrayLike, frequency: int = 2) -> Array:
        """Par yields, in per cent, compounded and paid `frequency` times a year, as GSW's.

        Each of `maturity` (n,) is a multiple of 1/frequency years, else ValueError.
        """
        m = np.atleast_1d(np.asarray(maturity, dtype=np.float64))
        periods = np.rint(m * frequency).astype(np.int64)
        if (periods < 1).any() or not np.allclose(periods, m * frequency, atol=1e-9):
            raise ValueError(f"par yields need whole periods of 1/{frequency} year")
        prices = self.discount(np.arange(1, periods.max() + 1) / frequency)
        annuity = np.cumsum(prices)
        return 100 * frequency * (1 - prices[periods - 1]) / annuity[periods - 1]


@dataclass(frozen=True, slots=True)
class Fit:
    """A curve fitted to yields; `rmse` in basis points over the nodes."""

    curve: Svensson
    rmse: float


@dataclass(frozen=True, slots=True)
class Kinks:
    """How far each day's curve is from the smoothest four-factor curve.

    rmse   (T,) basis points; nan where fewer than six nodes are known
    tau1, tau2   (T,) years: the pair that fits best
    """

    rmse: Array
    tau1: Array
    tau2: Array


def fit_svensson(maturity: ArrayLike, yields: ArrayLike, *, free: bool = True) -> Fit:
    """Svensson's curve through yields (n,) in per cent at `maturity` (n,), by variable projection.

    τ over the grid of `tau_grid()`, or `free` in [TAU_LOW, TAU_FREE], downhill from every low of
    the grid, since there may be several. Missing yields are left out. ValueError where fewer than
    six nodes are known.
    """
    m, y = _nodes(maturity, yields, least=6)
    tau1, tau2 = _lows(m, y, tau_grid(high=TAU_FREE if free else TAU_HIGH))
    if free:
        many = np.broadcast_to(y, (len(tau1), len(y)))
        _, tau1, tau2 = _refine(m, many, np.full(len(tau1), np.inf), tau1, tau2)
    fits = (_linear_fit(m, y, *map(float, pair)) for pair in zip(tau1, tau2, strict=True))
    return min(fits, key=lambda fit: fit.rmse)


def fit_nelson_siegel(maturity: ArrayLike, yields: ArrayLike) -> Fit:
    """Nelson-Siegel's curve through yields (n,) in per cent.

    τ is found by golden section around each low of `tau_grid()`, since there may be several.
    ValueError where fewer than four nodes are known.
    """
    m, y = _nodes(maturity, yields, least=4)
    grid = np.log(tau_grid())

    def rmse(log_tau: float) -> float:
        return _linear_fit(m, y, float(np.exp(log_tau)), None).rmse

    tried = [np.inf, *(rmse(t) for t in grid), np.inf]
    lows = [i for i in range(len(grid)) if tried[i] >= tried[i + 1] <= tried[i + 2]]
    ends = [(grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)]) for i in lows]
    best = min((_golden_section(rmse, low, high) for low, high in ends), key=rmse)
    return _linear_fit(m, y, float(np.exp(best)), None)


def _golden_section(of: Callable[[float], float], low: float, high: float) -> float:
    golden = (np.sqrt(5) - 1) / 2
    for _ in range(48):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if of(left) <= of(right) else (left, high)
    return (low + high) / 2


def tau_grid(low: float = TAU_LOW, high: float = TAU_HIGH, count: int = TAU_COUNT) -> Array:
    """The values of τ that are tried, in years."""
    return np.geomspace(low, high, count)


def kink_index(
    maturity: ArrayLike, yields: ArrayLike, *, tau: ArrayLike | None = None, free: bool = False
) -> Kinks:
    """RMSE, in basis points, of Svensson's curve to each row of yields (T, n), in per cent.

    A day's curve-kink index: how much of the curve no four-factor curve can follow. On MoF's
    constant maturities, which are smoothed already, it is not the noise measure of Hu, Pan and
    Wang (2013), which is taken over single bonds. τ runs over the pairs of `tau` (default:
    `tau_grid()`); with `free` over those of a grid up to TAU_FREE, and from each day's best on
    downhill, τ staying in [TAU_LOW, TAU_FREE]. Rows with missing nodes are fitted to those they have; ValueError if a maturity is not positive.
    """
    m, y = vector(maturity, "maturity"), matrix(yields, "yields", gaps=True)
    if y.shape[1] != len(m):
        raise ValueError(f"{y.shape[1]} yields a day for {len(m)} maturities")
    if (m <= 0).any():
        raise ValueError("maturities must be positive")
    grid = tau_grid(high=TAU_FREE if free else TAU_HIGH) if tau is None else vector(tau, "tau")
    out = [np.full(len(y), np.nan) for _ in range(3)]
    held = np.isfinite(y)
    for pattern in np.unique(held, axis=0):
        if pattern.sum() < 6:
            continue
        rows = np.flatnonzero((held == pattern).all(1))
        found = _best_pairs(m[pattern], y[np.ix_(rows, pattern)], grid)
        if free:
            found = _refine(m[pattern], y[np.ix_(rows, pattern)], *found)
        for target, values in zip(out, found, strict=True):
            target[rows] = values
    return Kinks(100 * np.sqrt(out[0]), out[1], out[2])


def discount_from_zero(maturity: ArrayLike, zero: ArrayLike) -> Array:
    """exp(−y·m): prices of 1 from zero yields in per cent."""
    m, y = np.asarray(maturity, dtype=np.float64), np.asarray(zero, dtype=np.float64)
    return np.exp(-y * m / 100)


def zero_from_discount(maturity: ArrayLike, price: ArrayLike) -> Array:
    """Zero yields in per cent from prices of 1. ValueError if a price is not positive."""
    m, p = np.asarray(maturity, dtype=np.float64), np.asarray(price, dtype=np.float64)
    if (p <= 0).any():
        raise ValueError("discount factors must be positive")
    return -100 * np.log(p) / m


def par_from_zero(zero: ArrayLike, frequency: int = 2) -> Array:
    """Par yields (n,) from zero yields (n,) at 1, 2, … n periods of 1/frequency year."""
    y = vector(zero, "zero yields")
    p = discount_from_zero(np.arange(1, len(y) + 1) / frequency, y)
    return 100 * frequency * (1 - p) / np.cumsum(p)


def zero_from_par(par: ArrayLike, frequency: int = 2) -> Array:
    """Zero yields (n,) from par yields (n,) at 1, 2, … n periods, by bootstrap.

    ValueError where a par yield leaves no positive discount factor.
    """
    coupon = vector(par, "par yields") / (100 * frequency)
    prices = np.empty(len(coupon))
    annuity = 0.0
    for k, c in enumerate(coupon):
        prices[k] = (1 - c * annuity) / (1 + c)
        annuity += prices[k]
    return zero_from_discount(np.arange(1, len(coupon) + 1) / frequency, prices)


def forward_from_zero(maturity: ArrayLike, zero: ArrayLike) -> Array:
    """Forward rates (n,), in per cent, between neighbouring maturities (n,), the first from 0.

    (y₂m₂ − y₁m₁) / (m₂ − m₁). ValueError unless maturities ascend from above 0.
    """
    m, y = vector(maturity, "maturity"), vector(zero, "zero yields")
    step = np.diff(m, prepend=0.0)
    if (step <= 0).any():
        raise ValueError("maturities must ascend from above 0")
    found: Array = np.diff(y * m, prepend=0.0) / step
    return found


def slope(long: ArrayLike, short: ArrayLike) -> Array:
    """Long minus short yield; + = the curve rises. In the unit of the yields; nan stays nan."""
    return numbers(long) - numbers(short)


def butterfly(short: ArrayLike, belly: ArrayLike, long: ArrayLike) -> Array:
    """2·belly − short − long; + = the belly yields more than the wings."""
    return slope(belly, short) - slope(long, belly)


# -- inside ---------------------------------------------------------------------------------------


def _loadings(maturity: ArrayLike, tau1: float, tau2: float | None) -> Array:
    """The regressors (n, 4) of zero yields; the last is 0 for Nelson-Siegel."""
    m = np.atleast_1d(np.asarray(maturity, dtype=np.float64))
    first, second = _humps(m, np.array([tau1]))
    _, third = (None, np.zeros_like(second)) if tau2 is None else _humps(m, np.array([tau2]))
    return np.column_stack([np.ones(len(m)), first[0], second[0], third[0]])


def _humps(m: Array, tau: Array) -> tuple[Array, Array]:
    """a(m/τ) and b(m/τ), each (…, n) for τ (…,)."""
    x = m / tau[..., None]
    a = -np.expm1(-x) / x
    return a, a - np.exp(-x)


def _nodes(maturity: ArrayLike, yields: ArrayLike, least: int) -> tuple[Array, Array]:
    m, y = vector(maturity, "maturity"), vector(yields, "yields", gaps=True)
    if m.shape != y.shape:
        raise ValueError(f"{len(y)} yields for {len(m)} maturities")
    if (m <= 0).any():
        raise ValueError("maturities must be positive")
    held = np.isfinite(y)
    if held.sum() < least:
        raise ValueError(f"{held.sum()} yields known, at least {least} are needed for this curve")
    return m[held], y[held]


def _linear_fit(m: Array, y: Array, tau1: float, tau2: float | None) -> Fit:
    x = _loadings(m, tau1, tau2)[:, : 4 if tau2 is not None else 3]
    beta = np.linalg.lstsq(x, y, rcond=1e-12)[0]
    rmse = 100 * float(np.sqrt(np.mean((y - x @ beta) ** 2)))
    b0, b1, b2, b3 = (float(b) for b in [*beta, 0.0][:4])
    return Fit(Svensson((b0, b1, b2, b3), (tau1, tau2)), rmse)


Pairs = NDArray[np.int64]


def _bases(m: Array, grid: Array) -> tuple[Pairs, Pairs, list[Array]]:
    """The pairs τ₁ < τ₂ of the grid, as indices, and an orthonormal basis of each: three (n, P).

    Each pair's regressors are the same on all days. The constant is taken out first, so that what
    is subtracted is of the size of what remains.
    """
    level, hump = _humps(m, grid)
    first, second = np.triu_indices(len(grid), 1)
    x = np.stack([level[first], hump[first], hump[second]], axis=2)
    q = np.linalg.qr(x - x.mean(1, keepdims=True))[0]
    return first, second, [np.ascontiguousarray(q[:, :, j].T) for j in range(3)]


def _lows(m: Array, y: Array, grid: Array) -> tuple[Array, Array]:
    """τ₁ and τ₂ of each pair of the grid that fits y (n,) no worse than its neighbours do."""
    first, second, basis = _bases(m, grid)
    explained = np.sum([((y - y.mean()) @ b) ** 2 for b in basis], axis=0)
    table = np.full((len(grid) + 2, len(grid) + 2), -np.inf)
    table[first + 1, second + 1] = explained
    around = [table[first + i, second + j] for i in range(3) for j in range(3)]
    lows = np.flatnonzero(explained >= np.max(around, axis=0))
    return grid[first[lows]], grid[second[lows]]


def _best_pairs(m: Array, y: Array, grid: Array) -> tuple[Array, Array, Array]:
    """Mean squared error (T,) and the pair τ₁ < τ₂ of the grid with the least: the squared error is
    what the projections on its basis leave.
    """
    first, second, basis = _bases(m, grid)
    centred = y - y.mean(1, keepdims=True)
    total = (centred**2).sum(1)
    explained, best = np.empty(len(y)), np.empty(len(y), dtype=np.int64)
    for start in range(0, len(y), _CHUNK):
        block = centred[start : start + _CHUNK]
        gain = _squared(block @ basis[0])
        for b in basis[1:]:
            gain += _squared(block @ b)
        best[start : start + _CHUNK] = gain.argmax(1)
        explained[start : start + _CHUNK] = gain.max(1)
    left = np.maximum(total - explained, 0) / len(m)
    return left, grid[first[best]], grid[second[best]]


def _squared(values: Array) -> Array:
    return np.multiply(values, values, out=values)


def _refine(
    m: Array, y: Array, error: Array, tau1: Array, tau2: Array
) -> tuple[Array, Array, Array]:
    """Move each day's (log τ₁, log τ₂) downhill from the grid's best pair, all days at once.

    Levenberg-Marquardt on the projected residual, with Kaufman's Jacobian; a step that does not
    lower a day's error is not taken, so the result is never worse than the grid's.
    """
    centred = y - y.mean(1, keepdims=True)
    point, error = np.log(np.column_stack([tau1, tau2])), error.copy()
    damping = np.full(len(y), 1e-3)
    low, high = np.log(TAU_LOW), np.log(TAU_FREE)
    active = np.arange(len(y))
    for _ in range(_STEPS):
        if not len(active):
            break
        _, j1, j2, residual = _projected(m, centred[active], np.exp(point[active]))
        h11, h22, h12 = (j1 * j1).sum(1), (j2 * j2).sum(1), (j1 * j2).sum(1)
        g1, g2 = (j1 * residual).sum(1), (j2 * residual).sum(1)
        h11, h22 = h11 * (1 + damping[active]) + 1e-12, h22 * (1 + damping[active]) + 1e-12
        det = h11 * h22 - h12 * h12
        move = np.column_stack([h22 * g1 - h12 * g2, h11 * g2 - h12 * g1]) / det[:, None]
        trial = np.clip(point[active] + np.clip(move, -1, 1), low, high)
        errors = _projected(m, centred[active], np.exp(trial))[0]
        better = errors < error[active]
        gain = np.where(better, error[active] - errors, np.inf)
        point[active[better]], error[active[better]] = trial[better], errors[better]
        damping[active] = np.where(better, damping[active] / 5, damping[active] * 8)
        active = active[(gain > 1e-3 * error[active]) & (damping[active] < 1e6)]
    tau = np.sort(np.exp(point), axis=1)
    return error, tau[:, 0], tau[:, 1]


def _projected(m: Array, centred: Array, tau: Array) -> tuple[Array, Array, Array, Array]:
    """Mean squared errors (T,) at τ (T, 2), the derivatives of the fit in (log τ₁, log τ₂) with
    what the regressors span taken out, and the residual, each (T, n).
    """
    (a, b), (_, c) = _humps(m, tau[:, 0]), _humps(m, tau[:, 1])
    basis: list[Array] = []
    triangle, rest = np.zeros((len(centred), 3, 3)), centred
    gains = np.empty((len(centred), 3))
    for j, column in enumerate((a, b, c)):
        q = column - column.mean(1, keepdims=True)
        size = np.sqrt((q * q).sum(1))
        for i, known in enumerate(basis):
            triangle[:, i, j] = (known * q).sum(1)
            q = q - triangle[:, i, j, None] * known
        length = np.sqrt((q * q).sum(1))
        free = length > LEAST_PIVOT * size
        q = np.where(free[:, None], q, 0.0) / np.where(free, length, 1.0)[:, None]
        triangle[:, j, j] = np.where(free, length, 1.0)
        gains[:, j] = (q * rest).sum(1)
        rest = rest - gains[:, j, None] * q
        basis.append(q)
    b3 = gains[:, 2] / triangle[:, 2, 2]
    b2 = (gains[:, 1] - triangle[:, 1, 2] * b3) / triangle[:, 1, 1]
    b1 = (gains[:, 0] - triangle[:, 0, 1] * b2 - triangle[:, 0, 2] * b3) / triangle[:, 0, 0]
    x1, x2 = m / tau[:, :1], m / tau[:, 1:]
    j1 = b1[:, None] * b + b2[:, None] * (b - x1 * np.exp(-x1))
    j2 = b3[:, None] * (c - x2 * np.exp(-x2))
    j1, j2 = (_without(j - j.mean(1, keepdims=True), basis) for j in (j1, j2))
    return (rest * rest).mean(1), j1, j2, rest


def _without(values: Array, basis: list[Array]) -> Array:
    for q in basis:
        values = values - (q * values).sum(1, keepdims=True) * q
    return values
