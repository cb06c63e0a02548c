"""Quantiles and shares of any number of draws in bounded memory: counts in bins that depend on nothing.

A value is counted by the leading bits of its single-precision form (sign, exponent, some bits of the
mantissa): bins are the same for every run, and counts add up in any order to the same integers, so that
what is read off them does not depend on how draws were spread over workers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
PERCENTS = (5.0, 16.0, 50.0, 84.0, 95.0)


class Bins:
    """Bins that are at most 2^-`mantissa` of their value wide.

    Magnitudes below 2^`smallest` count as zero, those of 2^`largest` and more as just below it.
    """

    def __init__(self, mantissa: int, smallest: int, largest: int) -> None:
        self._shift = 23 - mantissa
        self._base = (127 + smallest) << mantissa
        self._span = (largest - smallest) << mantissa
        self.count_of_bins = 2 * self._span + 1
        self._bin = self._places(mantissa)
        keys = (np.arange(self._span + 1, dtype=np.uint32) + self._base) << np.uint32(self._shift)
        self._edges = keys.view(np.float32).astype(np.float64)

    def _places(self, mantissa: int) -> NDArray[np.intp]:
        """The bin of every pattern of leading bits; -1 for those of NaN."""
        bits = np.arange(1 << (9 + mantissa))
        magnitude = bits & ((1 << (8 + mantissa)) - 1)
        place = np.clip(magnitude - self._base + 1, 0, self._span)
        signed = np.where(bits > magnitude, self._span - place, self._span + place)
        return np.where(magnitude > (255 << mantissa), -1, signed).astype(np.intp)

    def count(self, values: NDArray[np.floating]) -> Counts:
        """(count_of_bins,) how many of `values` fall into each bin. NaN raises ValueError."""
        single = np.ascontiguousarray(values, dtype=np.float32)
        index = self._bin[single.view(np.uint32) >> self._shift]
        if index.min(initial=0) < 0:
            raise ValueError("a draw came out as NaN")
        return np.bincount(index, minlength=self.count_of_bins)

    def quantiles(self, counts: Counts, percents: Sequence[float] = PERCENTS) -> list[float]:
        """Values below which `percents` of the counted lie, linear within a bin."""
        cumulated = np.cumsum(counts)
        total = int(cumulated[-1])
        found = []
        for percent in percents:
            rank = percent / 100 * total
            index = min(int(np.searchsorted(cumulated, rank, side="left")), len(counts) - 1)
            before = int(cumulated[index - 1]) if index else 0
            inside = (rank - before) / max(int(counts[index]), 1)
            low, high = self._ends(index)
            found.append(low + (high - low) * min(max(inside, 0.0), 1.0))
        return found

    def share(self, counts: Counts, line: float, *, above: bool) -> float:
        """The share of the counted above (or below) a line, linear within the line's own bin."""
        (index,) = np.flatnonzero(self.count(np.array([line])))
        low, high = self._ends(int(index))
        inside = (line - low) / (high - low) if high > low else 0.0
        here = int(counts[index])
        below = int(counts[:index].sum())
        total = int(counts.sum())
        if high == low:  # the bin of zero: its draws are neither above nor below
            return (total - below - here if above else below) / total
        part = min(max(inside, 0.0), 1.0)
        share = (below + part * here) / total
        return 1 - share if above else share

    def _ends(self, index: int) -> tuple[float, float]:
        """The lower and the upper end of a bin; both zero for that of zero."""
        place = index - self._span
        if place == 0:
            return 0.0, 0.0
        low, high = float(self._edges[abs(place) - 1]), float(self._edges[abs(place)])
        return (low, high) if place > 0 else (-high, -low)


FANS = Bins(mantissa=7, smallest=-14, largest=13)
"""For prices month by month (bp, per cent): less than 0.8 % wide."""
OUTCOMES = Bins(mantissa=10, smallest=-14, largest=17)
"""For the outcomes of runs whose draws are too many to keep, $bn among them: less than 0.1 % wide."""
