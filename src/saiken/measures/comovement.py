"""How two daily series moved together: correlation of their changes, and spillovers between them.

Sources: Fisher (1921, Metron) for the interval of a correlation; Diebold, Yilmaz (2012, IJF) for
the generalised decomposition, whose pairwise net says from which of the two more came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, align
from saiken.measures.connectedness import connectedness

WINDOW, LAGS, HORIZON = 100, 2, 10
"""Changes that are looked at, lags of their autoregression, steps of its forecast errors."""

_TWO_SIDED_95 = 1.959963984540054


class Series(NamedTuple):
    """Days (T,) as ordinals, ascending; values (T,) in their unit; `relative` where changes are in
    logarithms (prices) instead of differences (rates, indices of nought and less).
    """

    days: ArrayLike
    values: ArrayLike
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Comovement:
    """Of the changes of `first` and `second` between common days, the last one `end`.

    start, end    ordinals of the first and the last common day; `count` changes lie between
    correlation   of changes on the same day, with its 95 % interval `low` to `high`
    led, lagged   of changes of the first with those of the second a day later, and the reverse
    given         per cent of the forecast error of the second that is due to the first
    received      per cent of that of the first that is due to the second
    """

    start: int
    end: int
    count: int
    correlation: float
    low: float
    high: float
    led: float
    lagged: float
    given: float
    received: float

    @property
    def net(self) -> float:
        """Points; > 0: the first gives the second more than it receives."""
        return self.given - self.received


def comovement(first: Series, second: Series, until: int, window: int = WINDOW) -> Comovement:
    """How the two moved together over the last `window` changes up to the day `until` (an ordinal).

    Days on which one of them has no value are left out, and a change runs over them. ValueError
    where there are fewer than `window` changes, or where one of the two did not move.
    """
    days, values = align((first.days, first.values), (second.days, second.values))
    within = slice(*np.searchsorted(days, [days[0], until + 1]))
    days, values = days[within][-window - 1 :], values[within][-window - 1 :]
    if len(days) <= window:
        raise ValueError(f"{max(len(days) - 1, 0)} common changes, and {window} are needed")
    changes = np.column_stack([
        _changes(values[:, 0], relative=first.relative),
        _changes(values[:, 1], relative=second.relative),
    ])  # fmt: skip
    if (changes.std(0) < 1e-12).any():
        raise ValueError("one of the two did not move")
    table = connectedness(changes, LAGS, HORIZON).table
    correlation = _correlation(changes[:, 0], changes[:, 1])
    low, high = fisher_interval(correlation, window)
    return Comovement(
        start=int(days[0]),
        end=int(days[-1]),
        count=window,
        correlation=correlation,
        low=low,
        high=high,
        led=_correlation(changes[:-1, 0], changes[1:, 1]),
        lagged=_correlation(changes[1:, 0], changes[:-1, 1]),
        given=float(table[1, 0]),
        received=float(table[0, 1]),
    )


def fisher_interval(correlation: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a correlation of `count` > 3 pairs: tanh(artanh r ± 1.96/√(n − 3))."""
    if count <= 3:
        raise ValueError("an interval needs more than three pairs")
    inside = min(max(correlation, -1 + 1e-12), 1 - 1e-12)
    half = _TWO_SIDED_95 / np.sqrt(count - 3)
    return float(np.tanh(np.arctanh(inside) - half)), float(np.tanh(np.arctanh(inside) + half))


def _changes(values: Array, *, relative: bool) -> Array:
    if relative and (values <= 0).any():
        raise ValueError("a price is nought or less")
    return np.diff(np.log(values) if relative else values)


def _correlation(x: Array, y: Array) -> float:
    return float(np.corrcoef(x, y)[0, 1])
