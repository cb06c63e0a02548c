"""Where one value stands in its own past: records, since when, streaks, usual size.

Free functions on sequences ordered from old to new, all in one unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan


@dataclass(frozen=True, slots=True)
class Standing:
    """How `values[index]` compares with all before it, in the sense of `extreme`.

    beaten_at   index of the last earlier value at or beyond it; None if it is a record
    tied        that value equals it
    best_at     index of the most extreme earlier value; None if there is none earlier
    """

    beaten_at: int | None
    tied: bool
    best_at: int | None


def standing(values: Sequence[float], index: int, extreme: str, first: int = 0) -> Standing:
    """The standing of `values[index]` among `values[first:index]`.

    `extreme` is `high` or `low`. Values are compared as printed.
    """
    earlier = values[first:index]
    if not earlier:
        return Standing(None, tied=False, best_at=None)
    here = values[index]
    best = max(earlier) if extreme == "high" else min(earlier)
    best_at = first + len(earlier) - 1 - list(reversed(earlier)).index(best)
    if (best < here) if extreme == "high" else (best > here):
        return Standing(None, tied=False, best_at=best_at)
    for k in range(index - 1, first - 1, -1):
        if (values[k] >= here) if extreme == "high" else (values[k] <= here):
            return Standing(k, tied=values[k] == here, best_at=best_at)
    raise AssertionError("the best earlier value is at or beyond this one")  # pragma: no cover


def differences(values: Sequence[float]) -> list[float]:
    """`values[i] - values[i-1]`; the first entry is nan, so that indices stay those of `values`."""
    return [float("nan"), *(b - a for a, b in pairwise(values))]


def streak(values: Sequence[float], index: int) -> int:
    """Length of the run of same-signed `values` that ends at `index`, signed like it.

    +3 is three positive values in a row up to and with `index`; a zero gives 0. A nan ends it.
    """
    here = values[index]
    if not here or isnan(here):
        return 0
    sign = 1 if here > 0 else -1
    run = 0
    while index - run >= 0 and values[index - run] * sign > 0:
        run += 1
    return sign * run


def usual_change(values: Sequence[float], index: int, window: int = 60, stride: int = 1) -> float:
    """Median absolute change over `stride` values, of the last `window` such stretches to `index`.

    The stretches follow one another without overlap; 0.0 where there is none.
    """
    first = index - stride * min(window, index // stride)
    changes = [abs(b - a) for a, b in pairwise(values[first : index + 1 : stride])]
    from statistics import median  # noqa: PLC0415 - 3 ms that a cold start spares

    return median(changes) if changes else 0.0


def share_at_least(values: Sequence[float], size: float) -> float:
    """Share of `values` whose absolute size is at least `size`: how often such a month happens."""
    known = [abs(v) for v in values if not isnan(v)]
    return sum(v >= size for v in known) / len(known) if known else 0.0


def percentile(values: Sequence[float], index: int, first: int = 0) -> float:
    """Per cent of the known `values[first : index + 1]` at or below `values[index]`; 100 is a high.

    nan where that value is missing.
    """
    here = values[index]
    known = [v for v in values[first : index + 1] if not isnan(v)]
    return 100 * sum(v <= here for v in known) / len(known) if not isnan(here) else here


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure across its vintages: what was printed first, what stands last."""

    first: float
    latest: float
    prints: int

    @property
    def change(self) -> float:
        return self.latest - self.first


def revision(prints: Sequence[float]) -> Revision:
    """Of one period's `prints`, oldest vintage first. ValueError if there is none."""
    if not prints:
        raise ValueError("no vintage of this figure is held")
    return Revision(prints[0], prints[-1], len(prints))
