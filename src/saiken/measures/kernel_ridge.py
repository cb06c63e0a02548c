"""The discount curve of bond prices by kernel ridge regression.

Source: Filipović, Pelger, Ye, "Stripping the Discount Curve: a Robust Machine Learning Approach"
(2022), "KR". Times in years of 365 days, yields continuously compounded, in per cent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, matrix, solve, vector

DAYS = 365
ALPHA = 0.05
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class KernelRidge:
    """g(x) = 1 + Σ βₖ k(x, xₖ), with β = C′γ over the cash-flow dates xₖ.

    times   (N,) years, ascending: the dates on which cash flows
    beta    (N,) weights of the kernel there
    price, fitted   (M,) of the bonds, per 100 where the cash flows are
    ytm, fitted_ytm   (M,) yields to maturity in per cent, nan where a fitted price has none
    """

    alpha: float
    times: Array
    beta: Array
    price: Array
    fitted: Array
    ytm: Array
    fitted_ytm: Array

    @property
    def rmse(self) -> float:
        """Of the yields to maturity, in basis points."""
        return 100 * float(np.sqrt(np.mean((self.ytm - self.fitted_ytm) ** 2)))

    def discount(self, maturity: ArrayLike) -> Array:
        """Prices of 1 at `maturity` (n,) >= 0 years."""
        x = np.atleast_1d(np.asarray(maturity, dtype=np.float64))
        found: Array = 1 + kernel(x, self.times, self.alpha) @ self.beta
        return found

    def zero(self, maturity: ArrayLike) -> Array:
        """Zero yields, in per cent, at `maturity` (n,) > 0 years; nan where the price is not > 0."""
        x = np.atleast_1d(np.asarray(maturity, dtype=np.float64))
        g = self.discount(x)
        return -100 * np.log(np.where(g > 0, g, np.nan)) / x


def kernel(x: ArrayLike, y: ArrayLike, alpha: float = ALPHA) -> Array:
    """The kernel (n, m) at x (n,), y (m,) >= 0 years, for δ = 0: curves smooth in tension.

    ∫ min(x,u) min(y,u) e^(−αu) du = (2/α³)(1 − e^(−α∧)) − (∧/α²)(e^(−α∧) + e^(−α∨)), with ∧ and ∨
    the smaller and the larger of x and y. It measures a curve by ∫ g″(u)² e^(αu) du.
    """
    a, b = np.asarray(x, dtype=np.float64)[:, None], np.asarray(y, dtype=np.float64)[None, :]
    low, high = np.minimum(a, b), np.maximum(a, b)
    decay = np.exp(-alpha * low)
    found: Array = 2 / alpha**3 * (1 - decay) - low / alpha**2 * (decay + np.exp(-alpha * high))
    return found


def fit_kernel_ridge(
    cashflow: ArrayLike,
    times: ArrayLike,
    price: ArrayLike,
    *,
    alpha: float = ALPHA,
    ridge: float = RIDGE,
    scaled: bool = True,
) -> KernelRidge:
    """The discount curve that prices M bonds best under the ridge.

    cashflow (M, N) paid at times (N,) in years, ascending, > 0; price (M,) dirty, > 0.
    Minimises Σ wᵢ(Pᵢ − Cᵢg)² + λ‖g‖², with wᵢ = 1/((DᵢPᵢ)²·M), Dᵢ the duration in years, and λ =
    ridge / (days to the last cash flow). This scaling by the longest maturity is the one that
    reproduces the paper's figures with ridge 1. `scaled` False leaves both scalings out: wᵢ =
    (DᵢPᵢ)⁻², λ = ridge. The kernel is taken on dates with cash flows only, and its product with
    the cash flows by cumulative sums, since it is semiseparable. ValueError on shapes that do not
    fit, a bond without cash flows, prices or times that are not positive.
    """
    c, t, p = matrix(cashflow, "cash flows"), vector(times, "times"), vector(price, "prices")
    if c.shape != (len(p), len(t)) or not len(p):
        raise ValueError(f"cash flows {c.shape} do not fit {len(p)} prices and {len(t)} times")
    paid = (c != 0).any(0)
    c, t = c[:, paid], t[paid]
    if (p <= 0).any() or not (c != 0).any(1).all():
        raise ValueError("every bond needs a positive price and at least one cash flow")
    if (np.diff(t, prepend=0.0) <= 0).any():
        raise ValueError("times must ascend from above 0, each once")
    if alpha <= 0 or ridge <= 0:
        raise ValueError("alpha and ridge must be positive")
    yields, duration = _yields(c, t, p)
    penalty = ridge * (duration * p) ** 2
    if scaled:
        penalty *= len(p) / (t[-1] * DAYS)
    system = c @ _kernel_times(t, c.T, alpha)
    system[np.diag_indices(len(p))] += penalty
    gamma = solve(system, p - c.sum(1), "these bonds give no curve")
    beta = c.T @ gamma
    fitted = c @ (1 + _kernel_times(t, beta[:, None], alpha)[:, 0])
    return KernelRidge(alpha, t, beta, p, fitted, 100 * yields, 100 * _yields(c, t, fitted)[0])


def yield_to_maturity(cashflow: ArrayLike, times: ArrayLike, price: ArrayLike) -> Array:
    """Continuously compounded yields (M,), in per cent; nan where a price has none."""
    c, t = matrix(cashflow, "cash flows"), vector(times, "times")
    return 100 * _yields(c, t, vector(price, "prices"))[0]


_CONVERGED = 1e-9
"""A last step of Newton's method that is no smaller tells that a price has no yield."""


def _yields(c: Array, t: Array, p: Array) -> tuple[Array, Array]:
    """Yields as fractions and durations in years, (M,), by Newton's method on log prices.

    Over the cash flows that there are: of a table of bonds and dates they are few.
    """
    bond, when = np.nonzero(c)
    amount, time, m = c[bond, when], t[when], len(p)

    def sums(values: Array) -> Array:
        found: Array = np.bincount(bond, values, minlength=m).astype(np.float64)
        return found

    paid, price = sums(amount), np.where(p > 0, p, np.nan)
    y = np.log(np.where(paid > 0, paid, np.nan) / price) / (sums(amount * time) / paid)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # a price out of all reason
        for _ in range(50):
            value = amount * np.exp(-y[bond] * time)
            worth = sums(value)
            duration = sums(value * time) / worth
            move = np.log(worth / price) / duration
            y = y + move
            if not np.nanmax(np.abs(move), initial=0.0) > 1e-13:
                break
    found = np.abs(move) < _CONVERGED
    return np.where(found, y, np.nan), np.where(found, duration, np.nan)


def _kernel_times(t: Array, u: Array, alpha: float) -> Array:
    """K u (N, m) for ascending t (N,) and u (N, m), without forming K.

    k(x, y) = f(∧) − h(∧) e(∨): below the diagonal and on it the rows' e, above it the columns'.
    """
    e = np.exp(-alpha * t)[:, None]
    h = (t / alpha**2)[:, None]
    f = 2 / alpha**3 * -np.expm1(-alpha * t)[:, None] - h * e
    before_f, before_h = np.cumsum(f * u, axis=0), np.cumsum(h * u, axis=0)
    one, decay = (
        np.cumsum(u[::-1], axis=0)[::-1] - u,
        np.cumsum((e * u)[::-1], axis=0)[::-1] - e * u,
    )
    found: Array = before_f - e * before_h + f * one - h * decay
    return found
