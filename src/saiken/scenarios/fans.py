"""Quantiles of any number of draws in bounded memory: counts in bins that depend on nothing.

A value is counted by the leading bits of its single-precision form (sign, exponent, seven bits of
the mantissa): bins are less than 0.8 % wide, the same for every run, and counts add up in any
order to the same integers, so that fans do not depend on how draws were spread over workers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MANTISSA = 7
_SMALLEST, _LARGEST = -14, 13
"""Magnitudes below 2^-14 count as zero, those above 2^13 as 2^13 (bp, per cent)."""
_BASE = (127 + _SMALLEST) << _MANTISSA
_SPAN = (_LARGEST - _SMALLEST) << _MANTISSA
BINS = 2 * _SPAN + 1
PERCENTS = (5.0, 16.0, 50.0, 84.0, 95.0)


def count(values: NDArray[np.floating]) -> NDArray[np.int64]:
    """(BINS,) how many of `values` fall into each bin. NaN raises ValueError."""
    single = np.ascontiguousarray(values, dtype=np.float32)
    index = _BIN[single.view(np.uint32) >> (23 - _MANTISSA)]
    if index.min(initial=0) < 0:
        raise ValueError("a draw came out as NaN")
    return np.bincount(index, minlength=BINS)


def _bins() -> NDArray[np.intp]:
    """The bin of every pattern of leading bits; -1 for those of NaN."""
    bits = np.arange(1 << (9 + _MANTISSA))
    magnitude = bits & ((1 << (8 + _MANTISSA)) - 1)
    place = np.clip(magnitude - _BASE + 1, 0, _SPAN)
    signed = np.where(bits > magnitude, _SPAN - place, _SPAN + place)
    return np.where(magnitude > (255 << _MANTISSA), -1, signed).astype(np.intp)


_BIN = _bins()


def _edges() -> NDArray[np.float64]:
    """The lower ends of the magnitudes 1.._SPAN, and the upper end of the last."""
    keys = (np.arange(_SPAN + 1, dtype=np.uint32) + _BASE) << np.uint32(23 - _MANTISSA)
    return keys.view(np.float32).astype(np.float64)


_EDGES = _edges()


def quantiles(counts: NDArray[np.int64], percents: Sequence[float] = PERCENTS) -> list[float]:
    """Values below which `percents` of the counted lie, linear within a bin."""
    cumulated = np.cumsum(counts)
    total = int(cumulated[-1])
    found = []
    for percent in percents:
        rank = percent / 100 * total
        index = min(int(np.searchsorted(cumulated, rank, side="left")), BINS - 1)
        before = int(cumulated[index - 1]) if index else 0
        inside = (rank - before) / max(int(counts[index]), 1)
        found.append(_value(index, min(max(inside, 0.0), 1.0)))
    return found


def _value(index: int, inside: float) -> float:
    place = index - _SPAN
    if place == 0:
        return 0.0
    low, high = _EDGES[abs(place) - 1], _EDGES[abs(place)]
    if place > 0:
        return float(low + (high - low) * inside)
    return float(-high + (high - low) * inside)
