"""What the numeric measures share: the array type and the checks at their doors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""Floating-point numbers; each function says their shape."""

LEAST_PIVOT = 1e-8
"""Regressors whose scaled pivot falls below this are taken to be linearly dependent."""


def vector(values: ArrayLike, name: str, *, gaps: bool = False) -> Array:
    """`values` as an array of shape (T,). ValueError if it has another shape, or values missing.

    With `gaps` missing values are allowed; infinite ones count as missing.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"{name} must be one series of shape (T,), not {found.shape}")
    return _finite(found, name, gaps=gaps)


def matrix(values: ArrayLike, name: str, *, gaps: bool = False) -> Array:
    """`values` as an array of shape (T, k). ValueError if it has another shape, or values missing."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 2:
        raise ValueError(f"{name} must be a table of shape (T, k), not {found.shape}")
    return _finite(found, name, gaps=gaps)


def same_length(**series: Array) -> int:
    """The common length. ValueError that names the lengths where they differ."""
    lengths = {name: len(values) for name, values in series.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ValueError(f"series on unequal calendars ({told}): align them first (`align`)")
    return next(iter(lengths.values()))


def align(*series: tuple[ArrayLike, ArrayLike]) -> tuple[NDArray[np.int64], Array]:
    """The dates that all series have, ascending (T,), and their values there (T, k).

    Each series is (dates, values), dates as proleptic ordinals without repeats. A value that is
    missing (nan) counts as no observation. ValueError where no date is common to all.
    """
    known: list[tuple[NDArray[np.int64], Array]] = []
    for dates, values in series:
        day, value = np.asarray(dates, dtype=np.int64), np.asarray(values, dtype=np.float64)
        if day.shape != value.shape or day.ndim != 1:
            raise ValueError(f"dates {day.shape} and values {value.shape} do not go together")
        if len(np.unique(day)) != len(day):
            raise ValueError("a date occurs twice in one series")
        held = np.isfinite(value)
        known.append((day[held], value[held]))
    if not known:
        raise ValueError("no series to align")
    common = known[0][0]
    for day, _ in known[1:]:
        common = np.intersect1d(common, day)
    common = np.sort(common)
    if not len(common):
        raise ValueError("the series have no date in common")
    columns = []
    for day, value in known:
        order = np.argsort(day)
        columns.append(value[order][np.searchsorted(day[order], common)])
    return common, np.column_stack(columns)


def carried(
    dates: ArrayLike, values: ArrayLike, onto: ArrayLike, longest: int | None = None
) -> Array:
    """The last value dated on or before each of `onto` (T,); nan before the first.

    `dates` ascend; all are ordinals. With `longest`, a value older than that many days is nan:
    a series that has ended is not carried for ever.
    """
    day, value = np.asarray(dates, dtype=np.int64), np.asarray(values, dtype=np.float64)
    target = np.asarray(onto, dtype=np.int64)
    held = np.isfinite(value)
    day, value = day[held], value[held]
    place = np.searchsorted(day, target, side="right") - 1
    found = np.full(len(target), np.nan)
    good = place >= 0
    if longest is not None and len(day):
        good &= target - day[np.maximum(place, 0)] <= longest
    found[good] = value[place[good]]
    return found


def least_squares(x: Array, y: Array, name: str = "the regressors") -> Array:
    """Coefficients (k, …) of y (T, …) on x (T, k) by QR.

    ValueError where there are fewer rows than columns, or columns are linearly dependent.
    """
    if len(x) < x.shape[1]:
        raise ValueError(f"{len(x)} observations are too few for {x.shape[1]} regressors")
    scale = np.sqrt((x * x).sum(0))
    if not scale.all():
        raise ValueError(f"{name} have a column of zeros")
    q, r = np.linalg.qr(x / scale)
    if np.abs(np.diag(r)).min() < LEAST_PIVOT:
        raise ValueError(f"{name} are linearly dependent (a constant or repeated series?)")
    solved: Array = np.linalg.solve(r, q.T @ y)
    solved /= scale.reshape(-1, *[1] * (y.ndim - 1))
    return solved


def solve(system: Array, right: Array, what: str) -> Array:
    """The solution of system·x = right. ValueError, naming `what`, where it has none."""
    try:
        found = np.asarray(np.linalg.solve(system, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError(f"{what}: the equations have no single solution") from None
    return found


def numbers(values: ArrayLike) -> Array:
    """`values` of any shape; what is infinite is missing (nan) too."""
    found = np.asarray(values, dtype=np.float64)
    return np.where(np.isinf(found), np.nan, found)


def _finite(found: Array, name: str, *, gaps: bool) -> Array:
    if gaps:
        return numbers(found)
    if not np.isfinite(found).all():
        missing = int((~np.isfinite(found)).sum())
        raise ValueError(f"{name} has {missing} missing values: drop or fill them first")
    return found
