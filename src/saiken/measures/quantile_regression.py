"""Linear quantile regression by the Frisch-Newton interior point method.

Source: Portnoy, Koenker (1997), "The Gaussian Hare and the Laplacian Tortoise", Statistical
Science 12(4); standard errors after Powell (1991), with Newey-West weights for overlapping errors.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from saiken.measures.arrays import Array, least_squares

_TOLERANCE, _STEPS, _INSIDE = 1e-9, 60, 0.99995


def quantile_regression(x: Array, y: Array, quantile: float) -> Array:
    """Coefficients (k,) that minimise Σ ρ_τ(y − xb), ρ_τ(u) = u(τ − 1[u < 0]).

    x (T, k) with its constant, y (T,). ValueError unless 0 < quantile < 1, for dependent
    regressors, or if the steps do not converge.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"a quantile lies between 0 and 1, not {quantile}")
    b = least_squares(x, y)
    scale = max(float(np.abs(y - x @ b).mean()), 1e-12 * float(np.abs(y).max(initial=1.0)), 1e-300)
    solved = -_interior_point(x, -(y - x @ b) / scale, quantile) * scale
    return b + solved


def quantile_errors(x: Array, residual: Array, quantile: float, overlap: int) -> Array:
    """Standard errors (k,) of the coefficients; `overlap` is how many periods errors overlap.

    H⁻¹JH⁻¹ with H by a uniform kernel of Hall-Sheather width, J by Newey-West.
    """
    n, k = x.shape
    width = _bandwidth(n, quantile)
    spread = min(
        float(residual.std()), float(np.subtract(*np.percentile(residual, [75, 25])) / 1.34)
    )
    normal = NormalDist()
    high = normal.inv_cdf(min(quantile + width, 0.999))
    low = normal.inv_cdf(max(quantile - width, 0.001))
    c = max(spread * (high - low), 1e-12)
    # A tail holds few residuals: widen until the kernel sees enough of them for H to have an inverse.
    c = max(c, float(np.partition(np.abs(residual), min(3 * k, n - 1))[min(3 * k, n - 1)]))
    near = x[np.abs(residual) <= c]
    h = near.T @ near / (2 * c)
    score = x * (quantile - (residual < 0))[:, None]
    j = score.T @ score
    for lag in range(1, overlap + 1):
        cross = score[lag:].T @ score[:-lag]
        j += (1 - lag / (overlap + 1)) * (cross + cross.T)
    inverse = np.linalg.pinv(h)
    variance: Array = np.diag(inverse @ j @ inverse)
    found: Array = np.sqrt(np.maximum(variance, 0))
    return found


def _bandwidth(n: int, quantile: float) -> float:
    normal = NormalDist()
    z = normal.inv_cdf(quantile)
    density = normal.pdf(z)
    return float(
        n ** (-1 / 3) * normal.inv_cdf(0.975) ** (2 / 3)
        * (1.5 * density**2 / (2 * z**2 + 1)) ** (1 / 3)
    )  # fmt: skip


def _interior_point(x: Array, c: Array, quantile: float) -> Array:
    """The multipliers (k,) of min c′a subject to x′a = (1 − τ)x′1, 0 <= a <= 1."""
    n = len(c)
    a = np.full(n, 1 - quantile)
    slack = 1 - a
    dual: Array = least_squares(x, c)
    r = c - x @ dual
    r = np.where(r == 0, 1e-3, r)
    z = np.where(r > 0, r, 0.0) + 1e-3
    w = z - r
    target = (1 - quantile) * x.sum(0)
    for _ in range(_STEPS):
        gap = float(c @ a - dual @ target + w.sum())
        if gap < _TOLERANCE * n:
            return dual
        q = 1 / (z / a + w / slack)
        r = z - w
        try:
            factor = np.linalg.cholesky(x.T @ (q[:, None] * x))
        except np.linalg.LinAlgError:
            break
        da, dz, dw, ddual = _direction(x, factor, q, r, a, slack, z, w, None)
        primal, duality = _longest(a, da, slack, -da), _longest(z, dz, w, dw)
        if min(primal, duality) < 1:
            mu = float(z @ a + w @ slack)
            ahead = float(
                (z + duality * dz) @ (a + primal * da) + (w + duality * dw) @ (slack - primal * da)
            )
            mu = mu * (ahead / mu) ** 3 / (2 * n)
            da, dz, dw, ddual = _direction(x, factor, q, r, a, slack, z, w, (mu, da * dz, -da * dw))
            primal, duality = _longest(a, da, slack, -da), _longest(z, dz, w, dw)
        a, slack = a + primal * da, slack - primal * da
        dual, z, w = dual + duality * ddual, z + duality * dz, w + duality * dw
    raise ValueError("the quantile regression did not converge: are regressors nearly dependent?")


def _direction(
    x: Array,
    factor: Array,
    q: Array,
    r: Array,
    a: Array,
    slack: Array,
    z: Array,
    w: Array,
    corrector: tuple[float, Array, Array] | None,
) -> tuple[Array, Array, Array, Array]:
    """Newton's step in (a, z, w, dual); with `corrector` = (μ, da·dz, ds·dw) Mehrotra's."""
    if corrector is None:
        mu, second_z, second_w = 0.0, np.zeros_like(a), np.zeros_like(a)
    else:
        mu, second_z, second_w = corrector
    centre = r + second_z / a - second_w / slack - mu * (1 / a - 1 / slack)
    rhs = x.T @ (q * centre)
    dual = np.linalg.solve(factor.T, np.linalg.solve(factor, rhs))
    da = q * (x @ dual - centre)
    dz = (mu - second_z) / a - z - z / a * da
    dw = (mu - second_w) / slack - w + w / slack * da
    return da, dz, dw, dual


def _longest(u: Array, du: Array, v: Array, dv: Array) -> float:
    """The longest step, at most 1, that keeps both u and v positive."""
    with np.errstate(divide="ignore"):
        first = np.min(np.where(du < 0, -u / np.where(du < 0, du, -1), np.inf))
        second = np.min(np.where(dv < 0, -v / np.where(dv < 0, dv, -1), np.inf))
    return min(1.0, _INSIDE * float(min(first, second)))
