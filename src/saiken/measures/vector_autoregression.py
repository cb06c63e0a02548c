"""Vector autoregressions y_t = ν + A₁y_{t−1} + … + A_p y_{t−p} + u_t, Cov(u) = Σ. One or many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import LEAST_PIVOT, Array, least_squares, matrix


@dataclass(frozen=True, slots=True)
class Var:
    """An estimated VAR(p) of k series.

    intercept    (k,)
    coefficients (p, k, k); [j, i, l] is the weight of series l, j + 1 periods ago, in series i
    covariance   (k, k), divisor T − p − kp − 1
    residuals    (T − p, k)
    """

    intercept: Array
    coefficients: Array
    covariance: Array
    residuals: Array


def fit_var(y: ArrayLike, lags: int) -> Var:
    """Least squares on y (T, k), oldest first, no missing values.

    ValueError where lags < 1, there are too few observations, or series are linearly dependent
    (a constant series, a repeated one).
    """
    data = matrix(y, "the series")
    k = data.shape[1]
    _check(data, len(data), lags)
    x, target = design(data, lags), data[lags:]
    b = least_squares(x, target, "the series and their lags")
    residuals = target - x @ b
    covariance = residuals.T @ residuals / (len(target) - x.shape[1])
    return Var(b[0], b[1:].reshape(lags, k, k).transpose(0, 2, 1), covariance, residuals)


def design(data: Array, lags: int) -> Array:
    """The regressors (T − p, 1 + kp): a constant, then the series 1, 2, … p periods ago."""
    past = [data[lags - j : len(data) - j] for j in range(1, lags + 1)]
    return np.hstack([np.ones((len(data) - lags, 1)), *past])


def moving_average(coefficients: Array, horizon: int) -> Array:
    """Φ₀ … Φ_{H−1} (…, H, k, k) of VAR coefficients (…, p, k, k); Φ₀ is the identity."""
    *many, p, k, _ = coefficients.shape
    phi = np.zeros((*many, horizon, k, k))
    phi[..., 0, :, :] = np.eye(k)
    for h in range(1, horizon):
        for j in range(1, min(p, h) + 1):
            phi[..., h, :, :] += coefficients[..., j - 1, :, :] @ phi[..., h - j, :, :]
    return phi


def rolling_var(y: ArrayLike, window: int, lags: int) -> tuple[Array, Array]:
    """VARs on every window of `window` rows of y (T, k), lags inside the window.

    Returns coefficients (W, p, k, k) and covariances (W, k, k), W = T − window + 1; nan for a
    window in which the series are linearly dependent. Each window's normal equations are a
    difference of running sums of cross-products. ValueError as `fit_var`.
    """
    data = matrix(y, "the series")
    k = data.shape[1]
    _check(data, window, lags)
    if window > len(data):
        raise ValueError(f"a window of {window} is longer than the {len(data)} observations")
    # Shifting and scaling a series changes neither its dynamics nor what is dependent on what, and
    # it keeps the running sums small.
    scale = data.std(0)
    data = (data - data.mean(0)) / np.where(scale > 0, scale, 1.0)
    joint = np.hstack([design(data, lags), data[lags:]])
    n, m = window - lags, 1 + k * lags
    sums = np.zeros((len(joint) + 1, m + k, m + k))
    np.cumsum(joint[:, :, None] * joint[:, None, :], axis=0, out=sums[1:])
    moments = sums[n:] - sums[:-n]
    size = np.sqrt(np.einsum("wii->wi", moments[:, :m, :m]))
    flat = (size < LEAST_PIVOT * np.sqrt(n)).any(1)
    size[flat] = 1.0
    gram = moments[:, :m, :m] / (size[:, :, None] * size[:, None, :])
    dependent = flat | np.logical_not(_independent(gram, flat))
    gram[dependent] = np.eye(m)
    b = np.linalg.solve(gram, moments[:, :m, m:] / size[:, :, None]) / size[:, :, None]
    cross = moments[:, :m, m:]
    covariance = (moments[:, m:, m:] - np.swapaxes(cross, 1, 2) @ b) / (n - m)
    unit = np.where(scale > 0, scale, 1.0)
    a = np.swapaxes(b[:, 1:].reshape(len(b), lags, k, k), 2, 3)
    a = a * unit[:, None] / unit
    covariance = covariance * unit[:, None] * unit
    a[dependent], covariance[dependent] = np.nan, np.nan
    return a, covariance


def _independent(gram: Array, skip: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each of gram (W, m, m), scaled to a unit diagonal, has all pivots above the least."""

    def pivots(block: Array) -> Array:
        factor = np.linalg.cholesky(block)
        found: Array = np.einsum("wii->wi", factor).min(1)
        return found

    block = np.where(skip[:, None, None], np.eye(gram.shape[1]), gram)
    try:
        least = pivots(block)
    except np.linalg.LinAlgError:
        least = np.zeros(len(gram))
        for i in range(len(gram)):
            try:
                least[i] = pivots(block[i : i + 1])[0]
            except np.linalg.LinAlgError:
                continue
    # Squared in forming the products: what QR could tell apart at 1e-8 is noise here at 1e-6.
    found: NDArray[np.bool_] = np.asarray(least > 1e-6)
    return found


def _check(data: Array, rows: int, lags: int) -> None:
    k = data.shape[1]
    if lags < 1:
        raise ValueError("a VAR needs at least one lag")
    if not k:
        raise ValueError("no series given")
    if rows - lags <= k * lags + 1:
        raise ValueError(
            f"{rows} observations are too few for a VAR of {k} series with {lags} lags: "
            f"at least {k * lags + lags + 2} are needed"
        )
