"""Spillovers between series by forecast error variance decompositions (FEVD).

Sources: Diebold, Yilmaz (2009, Economic Journal; Cholesky), (2012, IJF; generalised after Pesaran,
Shin 1998); Baruník, Křehlík (2018, JFEC; frequencies); Antonakakis, Chatziantoniou, Gabauer (2020,
JRFM; time-varying parameters, after Koop, Korobilis 2014). Tables in per cent: row i is what the
forecast error of series i is due to, and sums to 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, matrix, solve
from saiken.measures.vector_autoregression import fit_var, moving_average, rolling_var

GENERALISED, CHOLESKY = "generalised", "cholesky"


@dataclass(frozen=True, slots=True)
class Connectedness:
    """A table, or one for each window or day.

    table  (…, k, k) per cent; [i, j] is the share of j in the error of i
    """

    table: Array

    @property
    def received(self) -> Array:
        """FROM: (…, k) what each series has from all others, per cent."""
        own = np.einsum("...ii->...i", self.table)
        found: Array = self.table.sum(-1) - own
        return found

    @property
    def given(self) -> Array:
        """TO: (…, k) what each series gives to all others, per cent."""
        own = np.einsum("...ii->...i", self.table)
        found: Array = self.table.sum(-2) - own
        return found

    @property
    def net(self) -> Array:
        """TO − FROM: (…, k); + = the series gives more than it receives."""
        return self.given - self.received

    @property
    def total(self) -> Array:
        """(…) the total connectedness index: the mean of FROM, per cent."""
        found: Array = np.asarray(self.received.mean(-1))
        return found

    @property
    def pairwise(self) -> Array:
        """(…, k, k); [i, j] > 0 = i gives more to j than it has from j."""
        return np.swapaxes(self.table, -1, -2) - self.table


def decompose(phi: Array, covariance: Array, kind: str = GENERALISED) -> Array:
    """FEVD (…, k, k) in per cent, rows normalised to 100, of Φ (…, H, k, k) and Σ (…, k, k).

    `kind` is `generalised` (no order) or `cholesky` (in the order of the series). ValueError for
    another kind, or a Σ that has no Cholesky factor. nan in gives nan out.
    """
    if kind == GENERALISED:
        variance = np.einsum("...ii->...i", covariance)
        impact = covariance / np.sqrt(variance)[..., None, :]
    elif kind == CHOLESKY:
        impact = _cholesky(covariance)
    else:
        raise ValueError(f"unknown decomposition {kind!r}: `{GENERALISED}` or `{CHOLESKY}`")
    response = phi @ impact[..., None, :, :]
    share = np.square(response, out=response).sum(-3)
    table: Array = 100 * share / share.sum(-1, keepdims=True)
    return table


def connectedness(y: ArrayLike, lags: int, horizon: int, kind: str = GENERALISED) -> Connectedness:
    """Of y (T, k), from a VAR(lags) on all of it, `horizon` periods ahead. Errors: `fit_var`."""
    var = fit_var(y, lags)
    phi = moving_average(var.coefficients, _steps(horizon))
    return Connectedness(decompose(phi, var.covariance, kind))


def rolling_connectedness(
    y: ArrayLike, window: int, lags: int, horizon: int, kind: str = GENERALISED
) -> Connectedness:
    """On every window of `window` rows of y (T, k): tables (T − window + 1, k, k).

    The lags are taken inside the window, which leaves window − lags observations of regression
    (R's ConnectednessApproach counts the same way: its 200 are 196 with four lags). A window whose
    series are linearly dependent gives nan.
    """
    a, covariance = rolling_var(y, window, lags)
    return Connectedness(decompose(moving_average(a, _steps(horizon)), covariance, kind))


def frequency_connectedness(
    y: ArrayLike, lags: int, bands: Sequence[tuple[float, float]], horizon: int = 100
) -> list[Connectedness]:
    """The generalised table split over bands of cycle lengths, in periods.

    A band (shortest, longest) takes the cycles with shortest <= length < longest; use
    float("inf") for the longest. The tables are absolute: over bands that cover everything from 2
    periods up they sum to the generalised table of the same horizon. `horizon` is how many Φ
    carry the spectrum. ValueError if a band is empty or overlaps another.
    """
    var = fit_var(y, lags)
    phi, sigma = moving_average(var.coefficients, _steps(horizon)), var.covariance
    # A transform longer than twice the coefficients resolves bands; it stays exact in the sum.
    points = 2 ** int(np.ceil(np.log2(max(4 * horizon, 512))))
    transform = np.fft.rfft(phi, n=points, axis=0)
    impact = sigma / np.sqrt(np.diag(sigma))
    power = np.abs(transform @ impact) ** 2
    power[1 : (points + 1) // 2] *= 2  # the negative frequencies
    scale = power.sum(0).sum(-1, keepdims=True)
    length = np.full(len(power), np.inf)
    length[1:] = points / np.arange(1, len(power))
    taken = np.zeros(len(power), dtype=bool)
    tables = []
    for shortest, longest in bands:
        inside = (length >= shortest) & ((length < longest) | np.isinf(longest))
        if not inside.any() or (inside & taken).any():
            raise ValueError(f"the band ({shortest}, {longest}) is empty or overlaps another")
        taken |= inside
        tables.append(Connectedness(100 * power[inside].sum(0) / scale))
    return tables


def tvp_connectedness(
    y: ArrayLike,
    lags: int,
    horizon: int,
    *,
    forgetting: tuple[float, float] = (0.99, 0.96),
    prior: int | None = None,
    kind: str = GENERALISED,
) -> Connectedness:
    """Of y (T, k) with coefficients that drift: tables (T − lags, k, k), one a period.

    Kalman filter with forgetting factors (κ₁ of the coefficients, κ₂ of Σ), started from the least
    squares estimates, their covariance and Σ on the first `prior` rows (default: all of them, as
    R's ConnectednessApproach does; then early periods know of later ones, so pass a number
    where nothing later may be used).
    """
    coefficients, covariance = tvp_var(y, lags, forgetting=forgetting, prior=prior)
    return Connectedness(decompose(moving_average(coefficients, _steps(horizon)), covariance, kind))


def tvp_var(
    y: ArrayLike,
    lags: int,
    *,
    forgetting: tuple[float, float] = (0.99, 0.96),
    prior: int | None = None,
) -> tuple[Array, Array]:
    """Filtered coefficients (T − p, p, k, k) and Σ (T − p, k, k) of a time-varying VAR of y (T, k).

    β_t = β_{t−1} + v with Cov(v) = (1/κ₁ − 1)·P; Σ_t = κ₂Σ_{t−1} + (1 − κ₂)·e_t e_t′. The series
    are demeaned by the prior's rows, so there is no constant. The prior of the coefficients is
    their least-squares covariance Σ ⊗ (X′X)⁻¹; R's package takes (X′X)⁻¹ for each equation and
    puts back coefficients of an unstable period, so its early tables differ. ValueError unless
    both factors lie in (0, 1].
    """
    data = matrix(y, "the series")
    keep, fade = forgetting
    if not (0 < keep <= 1 and 0 < fade <= 1):
        raise ValueError("forgetting factors lie in (0, 1]")
    start = len(data) if prior is None else prior
    first = fit_var(data[:start], lags)
    k = data.shape[1]
    centred = data - data[:start].mean(0)
    x = np.hstack([centred[lags - j : len(data) - j] for j in range(1, lags + 1)])
    target = centred[lags:]
    m = k * lags
    # The coefficients of equation i stand at i·m: beta[i, j·k + l] is A_{j+1}[i, l].
    beta = first.coefficients.transpose(1, 0, 2).reshape(k, m)
    spread = np.linalg.inv(x[: start - lags].T @ x[: start - lags])
    p = np.kron(first.covariance, spread)
    sigma = first.covariance.copy()
    coefficients, covariance = np.empty((len(x), k, m)), np.empty((len(x), k, k))
    for t, (z, seen) in enumerate(zip(x, target, strict=True)):
        p = p / keep
        blocks = p.reshape(k * m, k, m) @ z  # P H′ with H = I ⊗ z′
        error = seen - beta @ z
        sigma = fade * sigma + (1 - fade) * np.outer(error, error)
        innovation = blocks.reshape(k, m, k).transpose(0, 2, 1) @ z + sigma
        gain = solve(innovation, blocks.T, "the filter").T
        beta = beta + (gain @ error).reshape(k, m)
        p = p - gain @ blocks.T
        p = (p + p.T) / 2
        coefficients[t], covariance[t] = beta, sigma
    a = coefficients.reshape(len(x), k, lags, k).transpose(0, 2, 1, 3)
    return a, covariance


def _cholesky(covariance: Array) -> Array:
    known = np.isfinite(covariance).all((-1, -2))
    known = np.asarray(known)[..., None, None]
    safe = np.where(known, covariance, np.eye(covariance.shape[-1]))
    try:
        factor = np.linalg.cholesky(safe)
    except np.linalg.LinAlgError:
        raise ValueError(
            "the covariance of the residuals is singular: series are linearly dependent"
        ) from None
    return np.where(known, factor, np.nan)


def _steps(horizon: int) -> int:
    if horizon < 1:
        raise ValueError("a decomposition needs a horizon of at least 1")
    return horizon
