"""Financial stress: an additive index, the aggregation of CISS, and words for percentiles.

Sources: Monin (2019, Risks 7(1)) for the OFR's index; Holló, Kremer, Lo Duca (2012, ECB WP 1426)
for CISS. Inputs are oriented so that + = more stress.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import Array, matrix, vector

LEAST_HISTORY = 250
"""Observations after which the index starts: a year of days."""

LONGEST_CARRIED = 5
"""Observations for which a missing input keeps its last value (holidays differ)."""

BANDS = (
    (25.0, "calm"),
    (75.0, "ordinary"),
    (90.0, "headwinds"),
    (97.5, "stress"),
    (100.0, "crisis"),
)
"""Words for the percentile of an index in its own history: each holds up to its bound."""


@dataclass(frozen=True, slots=True)
class StressIndex:
    """index = Σ contributions, exactly.

    index          (T,) standard deviations from its mean so far; + = stress; nan before it starts
    contributions  (T, n) of each input
    weights        (T, n) as of each day
    """

    index: Array
    contributions: Array
    weights: Array

    def by_group(self, groups: Sequence[str]) -> dict[str, Array]:
        """Contributions (T,) summed by the group of each of the n inputs; they sum to the index."""
        if len(groups) != self.contributions.shape[1]:
            raise ValueError(f"{len(groups)} groups for {self.contributions.shape[1]} inputs")
        names = np.array(groups)
        return {name: self.contributions[:, names == name].sum(1) for name in dict.fromkeys(groups)}


def stress_index(inputs: ArrayLike, least: int = LEAST_HISTORY) -> StressIndex:
    """An index in the style of the OFR's from inputs (T, n), oldest first.

    Each input is standardised by its mean and deviation up to the day; the weights are the first
    principal component of the correlations up to the day, scaled so that the index has unit
    variance by them. Nothing later than a day enters its value, so history is never restated. A
    missing input keeps its last value for LONGEST_CARRIED rows, then that day has no index. An
    input that has not varied so far contributes nothing. ValueError if there is no input.
    """
    x = _carried(matrix(inputs, "inputs", gaps=True))
    if not x.shape[1]:
        raise ValueError("a stress index needs at least one input")
    whole = np.isfinite(x).all(1)
    rows = x[whole]
    n = np.arange(1, len(rows) + 1)[:, None]
    shift = rows[0] if len(rows) else 0.0
    d = rows - shift
    mean = np.cumsum(d, axis=0) / n
    cross = np.cumsum(d[:, :, None] * d[:, None, :], axis=0) / n[:, :, None]
    covariance = cross - mean[:, :, None] * mean[:, None, :]
    variance = np.einsum("tii->ti", covariance)
    size = np.einsum("tii->ti", cross)
    varies = variance > 1e-12 * np.maximum(size, 1e-300)
    deviation = np.sqrt(np.where(varies, variance, 1.0))
    z = np.where(varies, (d - mean) / deviation, 0.0)
    correlation = covariance / (deviation[:, :, None] * deviation[:, None, :])
    correlation *= varies[:, :, None] & varies[:, None, :]
    start = min(max(least - 1, 0), len(rows))
    weights = np.full(rows.shape, np.nan)
    if start < len(rows):
        weights[start:] = _first_component(correlation[start:])
    out = [np.full(x.shape, np.nan) for _ in range(2)]
    out[0][whole], out[1][whole] = weights * z, weights
    return StressIndex(out[0].sum(1), *out)


def ciss(subindices: ArrayLike, weights: ArrayLike, correlation: ArrayLike) -> Array:
    """(w∘s)′C(w∘s): (T,) from s (T, n) or (n,), w (n,), C (T, n, n) or (n, n).

    Subindices lie in [0, 1], weights sum to 1. Where all correlations are 1 it is the square of
    the weighted mean; it is less where stress is not shared. ValueError on shapes that do not fit.
    """
    s, w = np.atleast_2d(np.asarray(subindices, dtype=np.float64)), vector(weights, "weights")
    c = np.asarray(correlation, dtype=np.float64)
    if s.shape[1] != len(w) or c.shape[-2:] != (len(w), len(w)):
        raise ValueError(f"subindices {s.shape}, weights {w.shape}, correlations {c.shape}")
    weighted = s * w
    found: Array = np.einsum("ti,...ij,tj->t", weighted, c, weighted) if c.ndim == 2 else (
        np.einsum("ti,tij,tj->t", weighted, c, weighted)
    )  # fmt: skip
    return found


def ewma_correlation(subindices: ArrayLike, decay: float = 0.93) -> Array:
    """Correlations (T, n, n) of s (T, n) around their theoretical median ½, as CISS's.

    Cov_t = λCov_{t−1} + (1−λ)s̃s̃′, started from the mean of the first year's (or fewer) products.
    A pair without variance has correlation 0 (1 with itself).
    """
    s = matrix(subindices, "subindices") - 0.5
    if not 0 < decay < 1:
        raise ValueError("the decay lies between 0 and 1")
    products = s[:, :, None] * s[:, None, :]
    state = products[:LEAST_HISTORY].mean(0) if len(s) else np.zeros(products.shape[1:])
    found = np.empty_like(products)
    for t, product in enumerate(products):
        state = decay * state + (1 - decay) * product
        found[t] = state
    size = np.sqrt(np.einsum("tii->ti", found))
    scale = size[:, :, None] * size[:, None, :]
    found = np.where(scale > 0, found / np.where(scale > 0, scale, 1.0), 0.0)
    np.einsum("tii->ti", found)[:] = 1.0
    return found


def expanding_percentile(values: ArrayLike) -> Array:
    """Per cent of all known values up to each one, itself included, at or below it (T,).

    The recursive transform of CISS times 100; nan where the value is missing.
    """
    x = vector(values, "values", gaps=True)
    seen: list[float] = []
    found = np.full(len(x), np.nan)
    for t, value in enumerate(x):
        if np.isfinite(value):
            insort(seen, float(value))
            found[t] = 100 * bisect_right(seen, value) / len(seen)
    return found


def band(percentile: float) -> str:
    """The word for a percentile, 0 to 100, by BANDS; `unknown` for nan."""
    if np.isnan(percentile):
        return "unknown"
    if not 0 <= percentile <= 100:
        raise ValueError(f"a percentile lies between 0 and 100, not {percentile}")
    return next(word for bound, word in BANDS if percentile <= bound)


def _carried(x: Array) -> Array:
    """Missing values replaced by the last known one, for LONGEST_CARRIED rows at most."""
    rows = np.arange(len(x))[:, None]
    last: NDArray[np.int64] = np.maximum.accumulate(np.where(np.isfinite(x), rows, -1), axis=0)
    good = (last >= 0) & (rows - last <= LONGEST_CARRIED)
    return np.where(good, np.take_along_axis(x, np.maximum(last, 0), axis=0), np.nan)


def _first_component(correlation: Array) -> Array:
    """Weights (T, n): first eigenvector over the root of its value, signed to sum above 0."""
    values, vectors = np.linalg.eigh(correlation)
    first, top = vectors[..., -1], values[..., -1]
    sign = np.where(first.sum(1) < 0, -1.0, 1.0)
    safe = np.where(top > 1e-12, top, np.inf)
    found: Array = first * (sign / np.sqrt(safe))[:, None]
    return found
