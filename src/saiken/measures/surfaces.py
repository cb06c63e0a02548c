"""Response surfaces: how a claim fares when its window is moved (picked windows).

After Wu, Agarwal, Li, Yang and Yu, *Computational fact checking through query perturbations*, ACM
Transactions on Database Systems 42(1), 2017. A claim is a query with parameters, here the end and
the span of a window over a series; its strength SR is what the query returns. All windows are
looked at: how many are as strong, which share is weaker (uniqueness), and whether the near ones
bear it out (robustness).

Values are taken as printed: arithmetic is on whole numbers, so that equal figures are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import vector

Whole = NDArray[np.int64]

PLACES = 9
"""Decimals kept of a printed value, fewer where it is too large for them."""

BLOCK = 64

NEAR = 8
"""Steps to either side in which a near window's end and span are moved."""

STEPS = 4
"""Steps to the standard deviation of sensibility: half a span for ends, a doubling for spans."""

SLACK = 1e-12
"""Relative changes that differ by less are rounding noise."""


@dataclass(frozen=True, slots=True)
class Response:
    """The surface of one claim.

    spans, as_strong, windows  shape (S,): of each span, how many windows there are and how many
                               are at least as strong as the claim's own
    strength    the claim's own: the change, flow or (for records) number of observations
    robustness  exp(-Σ SP min(0, (SR - SR₀)/|SR₀|)²) over near windows: 1 where none is weaker
    """

    span: int
    strength: float
    spans: Whole
    as_strong: Whole
    windows: Whole
    robustness: float

    @property
    def uniqueness(self) -> float:
        """The share of all windows that are weaker than the claim's."""
        return 1 - int(self.as_strong.sum()) / int(self.windows.sum())

    def at(self, span: int) -> tuple[int, int]:
        """Windows of this span at least as strong, and windows of this span."""
        place = int(np.searchsorted(self.spans, span))
        return int(self.as_strong[place]), int(self.windows[place])


def change_surface(values: ArrayLike, index: int, span: int, *, relative: bool = False) -> Response:
    """The change from `values[index - span]` to `values[index]` among all changes of the series.

    `values` has shape (T,). As strong is a change the same way and at least as large; `relative`
    compares ratios, and needs values above zero. ValueError where the window is not inside the
    series, has no change, or a ratio is asked of values that are not above zero.
    """
    given = vector(values, "values")
    _inside(len(given), index, span)
    if not relative:
        numbers, scale = fixed(given)
        return _of_levels(numbers, scale, index, span)
    if given.min() <= 0:
        raise ValueError("a relative change needs values above zero")
    ratio = given[index] / given[index - span]
    if ratio == 1:
        raise ValueError("there is no change whose strength could be compared")
    sign = 1 if ratio > 1 else -1
    bounds = given * ratio * (1 - sign * SLACK)
    spans, counts, windows = _counted(sign * given, sign * bounds)

    def strength(end: Whole, width: Whole) -> NDArray[np.float64]:
        return np.asarray(sign * (given[end] / given[end - width] - 1))

    near = _robustness(strength, index, span, len(given), _widths(span))
    return Response(span, ratio - 1, spans, counts, windows, near)


def flow_surface(values: ArrayLike, index: int, span: int) -> Response:
    """The sum of the `span` flows up to and with `values[index]` among all such sums.

    `values` has shape (T,). As strong is a sum of the same sign and at least as large. ValueError
    as `change_surface`.
    """
    numbers, scale = fixed(vector(values, "values"))
    _inside(len(numbers), index, span - 1)
    return _of_levels(np.concatenate(([0], np.cumsum(numbers))), scale, index + 1, span)


def record_surface(values: ArrayLike, index: int, extreme: str) -> Response:
    """How long before `values[index]` nothing was at or beyond it, among all observations.

    `values` has shape (T,); `extreme` is `high` or `low`. A strength of n means that it beats the
    n - 1 observations before it, and that the nth before is at or beyond it or there is none. A
    window is one observation, counted at the spans that its own past could reach.
    """
    numbers, _ = fixed(vector(values, "values"))
    _inside(len(numbers), index, 0)
    runs = standing_for(numbers if extreme == "high" else -numbers)
    span = int(runs[index])
    spans = np.arange(1, len(runs) + 1, dtype=np.int64)
    counts = len(runs) - np.searchsorted(np.sort(runs), spans, side="left")
    windows = len(runs) - spans + 1

    def strength(end: Whole, _: Whole) -> NDArray[np.float64]:
        return runs[end].astype(np.float64)

    near = _robustness(strength, index, span, len(runs), np.zeros(1, np.int64), reach=1)
    return Response(span, float(span), spans, counts, windows, near)


def standing_for(numbers: Whole) -> Whole:
    """For each entry of shape (T,), how many steps back the last one at or above it lies.

    Where there is none, one step further than the first.
    """
    runs = np.empty(len(numbers), np.int64)
    open_ends: list[int] = []  # places of entries that nothing later has reached, falling
    told = numbers.tolist()
    for place, value in enumerate(told):
        while open_ends and told[open_ends[-1]] < value:
            open_ends.pop()
        runs[place] = place - open_ends[-1] if open_ends else place + 1
        open_ends.append(place)
    return runs


def fixed(values: NDArray[np.float64]) -> tuple[Whole, float]:
    """Printed values as whole numbers, and how many of these make one."""
    largest = float(np.abs(values).max()) if len(values) else 0.0
    whole = len(str(int(largest)))
    # Sums over the whole series must not run over either.
    places = min(PLACES, 17 - whole - len(str(len(values))))
    return np.rint(values * 10.0**places).astype(np.int64), 10.0**places


def _inside(length: int, index: int, span: int) -> None:
    if not 0 <= index - span <= index < length or span < 0:
        raise ValueError(f"a window of {span} up to {index} is not inside {length} observations")


def _of_levels(levels: Whole, scale: float, index: int, span: int) -> Response:
    moved = int(levels[index] - levels[index - span])
    if not moved:
        raise ValueError("there is no change whose strength could be compared")
    sign = 1 if moved > 0 else -1
    spans, counts, windows = _counted(sign * levels, sign * levels + abs(moved))

    def strength(end: Whole, width: Whole) -> NDArray[np.float64]:
        return np.asarray(sign * (levels[end] - levels[end - width]), np.float64)

    near = _robustness(strength, index, span, len(levels), _widths(span))
    return Response(span, moved / scale, spans, counts, windows, near)


def _counted(ends: NDArray[np.generic], bounds: NDArray[np.generic]) -> tuple[Whole, Whole, Whole]:
    """Of each span w: how many t have `ends[t] >= bounds[t - w]`, and how many t there are.

    Only the order matters, so that small ranks can stand for the numbers: they are compared many
    at a time, `BLOCK` spans a step, and stay in the processor's nearest memory.
    """
    both = np.stack((ends, bounds))
    count = both.shape[1]
    ranks = np.unique(both.ravel(), return_inverse=True)[1]
    small: NDArray[np.int32] = ranks.astype(np.int16 if len(ranks) < 1 << 15 else np.int32)
    late, early = small[:count], small[count:]
    # Before the first observation stands what nothing reaches, so that a block may overlap it.
    padded = np.concatenate((np.full(BLOCK, np.iinfo(small.dtype).max, small.dtype), early))
    found: list[int] = []
    for first in range(1, count, BLOCK):
        shape = (min(BLOCK, count - first), count - first)
        step = padded.strides[0]
        rows = as_strided(padded[BLOCK:], shape, (-step, step), writeable=False)
        found += map(np.count_nonzero, late[first:] >= rows)
    spans = np.arange(1, count, dtype=np.int64)
    return spans, np.array(found, np.int64), count - spans


def _widths(span: int) -> Whole:
    """Spans near one: up to two doublings and halvings away."""
    steps = np.arange(-NEAR, NEAR + 1) / STEPS
    return np.unique(np.maximum(1, np.rint(span * 2.0**steps))).astype(np.int64)


def _robustness(
    strength: Callable[[Whole, Whole], NDArray[np.float64]],
    index: int,
    span: int,
    length: int,
    widths: Whole,
    reach: float | None = None,
) -> float:
    """The robustness of the paper, with sensibility SP falling off as a normal density.

    Its standard deviation is half a span (at least one observation) in the end, and a doubling in
    the span.
    """
    deviation = max(1.0, span / 2) if reach is None else reach * STEPS / 2
    steps = np.rint(np.arange(-NEAR, NEAR + 1) * deviation / STEPS)
    ends = np.unique(index + steps).astype(np.int64)
    end, width = (grid.ravel() for grid in np.meshgrid(ends, widths, indexing="ij"))
    kept = (end < length) & (end - width >= 0)
    end, width = end[kept], width[kept]
    away = (end - index) / deviation
    doublings = np.log2(np.maximum(width, 1) / span) if reach is None else np.zeros(len(width))
    sensible = np.exp(-(away**2 + doublings**2) / 2)
    own = float(strength(np.array([index]), np.array([span if reach is None else 0]))[0])
    weaker = np.minimum(0.0, (strength(end, width) - own) / abs(own))
    return float(np.exp(-np.sum(sensible * weaker**2) / np.sum(sensible)))


def sensible_spans(spans: Sequence[int], frequency: str) -> list[int]:
    """Those of `spans` that people speak of, for a series of this frequency."""
    spoken = SPOKEN.get(frequency, SPOKEN["M"])
    return [span for span in spoken if span in set(spans)]


SPOKEN = {
    "D": (1, 5, 10, 21, 63, 126, 252, 504, 1260, 2520),
    "W": (1, 2, 4, 13, 26, 52, 104, 260, 520),
    "M": (1, 2, 3, 6, 12, 24, 36, 60, 120, 240),
    "Q": (1, 2, 4, 8, 12, 20, 40, 80),
    "A": (1, 2, 3, 5, 10, 20, 30, 50),
}
"""Spans that people speak of, in observations: a year of trading days has 252."""
