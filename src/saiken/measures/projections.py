"""Responses to a shock by local projections, of the mean and of quantiles, and event studies.

Sources: Jordà (2005, AER); Montiel Olea, Plagborg-Møller (2021, Econometrica) for lag-augmented
projections, whose heteroskedasticity-robust errors need no correction for overlap; Plagborg-Møller,
Wolf (2021, Econometrica) for when they equal a VAR's responses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import Array, least_squares, matrix, same_length, vector
from saiken.measures.quantile_regression import quantile_errors, quantile_regression


@dataclass(frozen=True, slots=True)
class Projection:
    """The response at horizons 0 … H to a shock of one unit, in units of the response.

    estimate, error, low, high   (H + 1,), the bounds at confidence `level`
    n       (H + 1,) observations used
    sample  (first, last) index of the shocks used at horizon 0: an in-sample period
    quantile   of the response's distribution; None for its mean
    """

    estimate: Array
    error: Array
    low: Array
    high: Array
    n: tuple[int, ...]
    sample: tuple[int, int]
    level: float
    quantile: float | None


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Abnormal changes around events: what happened beyond the usual change before them.

    offsets    (W,) periods from the event
    abnormal   (E, W) by event, in the unit of the series
    mean       (W,) over events; `cumulative` (W,) its running sum
    error      (W,) standard error of `cumulative`, from the spread in the estimation windows
    used       indices of the E events; those without full windows are in `left_out`
    """

    offsets: tuple[int, ...]
    abnormal: Array
    mean: Array
    cumulative: Array
    error: Array
    used: tuple[int, ...]
    left_out: tuple[int, ...]


def local_projection(
    response: ArrayLike,
    shock: ArrayLike,
    horizon: int,
    lags: int,
    *,
    controls: ArrayLike | None = None,
    before: ArrayLike | None = None,
    augmented: bool = True,
    level: float = 0.90,
) -> Projection:
    """y_{t+h} on x_t, h = 0 … `horizon`, given `lags` lags of y, x and the controls.

    response (T,), shock (T,), controls (T, m) enter with their lags, `before` (T, b) with lags
    and, since they come before the shock in the order of causes, with their value at t. With
    `augmented` one lag more than `lags` is taken, and the errors are heteroskedasticity-robust
    (HC0). Rows with missing values are left out. ValueError where too few remain, or regressors
    are dependent (a constant shock has no response).
    """
    y, x = _design(response, shock, controls, before, lags + augmented)
    estimates, errors, counts, first, last = [], [], [], 0, 0
    for h in range(_horizon(horizon) + 1):
        rows, xh, yh = _ahead(x, y, h)
        b = least_squares(xh, yh, "the shock and the controls")
        inverse = np.linalg.inv(xh.T @ xh)
        score = xh * (yh - xh @ b)[:, None]
        variance = inverse @ (score.T @ score) @ inverse
        estimates.append(b[1])
        errors.append(np.sqrt(variance[1, 1]))
        counts.append(len(rows))
        if h == 0:
            first, last = int(rows[0]), int(rows[-1])
    return _projection(estimates, errors, counts, (first, last), level, None)


def quantile_projection(
    response: ArrayLike,
    shock: ArrayLike,
    horizon: int,
    lags: int,
    quantiles: Sequence[float] = (0.1, 0.5, 0.9),
    *,
    controls: ArrayLike | None = None,
    before: ArrayLike | None = None,
    level: float = 0.90,
) -> list[Projection]:
    """As `local_projection`, of quantiles of y_{t+h}: one Projection a quantile.

    Errors by Powell's sandwich with Newey-West weights over h periods. Quantiles of few
    observations are what they are: the bands are wide, and hold for the sample period only.
    """
    y, x = _design(response, shock, controls, before, lags)
    found = []
    for quantile in quantiles:
        estimates, errors, counts, sample = [], [], [], (0, 0)
        for h in range(_horizon(horizon) + 1):
            rows, xh, yh = _ahead(x, y, h)
            scale = np.maximum(np.abs(xh).max(0), 1e-300)
            b = quantile_regression(xh / scale, yh, quantile) / scale
            estimates.append(b[1])
            errors.append(quantile_errors(xh, yh - xh @ b, quantile, h)[1])
            counts.append(len(rows))
            sample = (int(rows[0]), int(rows[-1])) if h == 0 else sample
        found.append(_projection(estimates, errors, counts, sample, level, quantile))
    return found


def event_study(
    changes: ArrayLike,
    events: Sequence[int],
    *,
    before: int = 1,
    after: int = 5,
    estimation: int = 120,
) -> EventStudy:
    """Abnormal changes from `before` periods before to `after` periods after each event.

    changes (T,); events are indices into it. The usual change and its spread come from the
    `estimation` periods that end where the event's window begins. An event whose windows are not
    wholly inside the series, or hold missing values, is left out; ValueError if none is left.
    """
    x = vector(changes, "changes", gaps=True)
    if before < 0 or after < 0 or estimation < 2:
        raise ValueError("windows: before >= 0, after >= 0, estimation >= 2")
    offsets = tuple(range(-before, after + 1))
    used, left_out, abnormal, spreads = [], [], [], []
    for event in events:
        start = event - before
        window, past = x[max(start, 0) : event + after + 1], x[max(start - estimation, 0) : start]
        whole = start >= estimation and len(window) == len(offsets)
        if not whole or not np.isfinite(window).all() or not np.isfinite(past).all():
            left_out.append(event)
            continue
        used.append(event)
        abnormal.append(window - past.mean())
        spreads.append(past.var(ddof=1))
    if not used:
        raise ValueError("no event has a full window and estimation period inside the series")
    table = np.array(abnormal)
    mean = table.mean(0)
    steps = np.arange(1, len(offsets) + 1)
    error = np.sqrt(steps * np.sum(spreads)) / len(used)
    return EventStudy(offsets, table, mean, np.cumsum(mean), error, tuple(used), tuple(left_out))


def _design(
    response: ArrayLike,
    shock: ArrayLike,
    controls: ArrayLike | None,
    before: ArrayLike | None,
    lags: int,
) -> tuple[Array, Array]:
    """The response (T,) and the regressors (T, k): constant, shock, `before`, then all lags; nan at the start."""
    if lags < 0:
        raise ValueError("the number of lags cannot be negative")
    y, x = vector(response, "the response", gaps=True), vector(shock, "the shock", gaps=True)
    same_length(response=y, shock=x)
    table, now = [y, x], [np.ones((len(y), 1)), x[:, None]]
    for name, extra in (("controls", controls), ("before", before)):
        if extra is None:
            continue
        found = matrix(extra, name, gaps=True)
        same_length(response=y, **{name: found})
        table += list(found.T)
        if name == "before":
            now.append(found)
    # The response may be the shock itself, or among the controls: its lags enter once.
    different = [
        i
        for i, column in enumerate(table)
        if not any(np.array_equal(column, known, equal_nan=True) for known in table[:i])
    ]
    past = np.column_stack([table[i] for i in different])
    for j in range(1, lags + 1):
        shifted = np.full_like(past, np.nan)
        shifted[j:] = past[:-j] if j < len(past) else shifted[j:]
        now.append(shifted)
    return y, np.hstack(now)


def _ahead(x: Array, y: Array, h: int) -> tuple[NDArray[np.int64], Array, Array]:
    """Row numbers, regressors and y_{t+h} where all is known."""
    n = max(len(y) - h, 0)
    good = np.isfinite(x[:n]).all(1) & np.isfinite(y[h:])
    rows = np.flatnonzero(good)
    if len(rows) <= x.shape[1]:
        raise ValueError(
            f"{len(rows)} complete observations at horizon {h} are too few for "
            f"{x.shape[1]} regressors: shorten the horizon or take fewer lags"
        )
    return rows, x[rows], y[rows + h]


def _projection(
    estimates: Sequence[float],
    errors: Sequence[float],
    counts: Sequence[int],
    sample: tuple[int, int],
    level: float,
    quantile: float | None,
) -> Projection:
    z = NormalDist().inv_cdf((1 + level) / 2)
    b, e = np.array(estimates), np.array(errors)
    return Projection(b, e, b - z * e, b + z * e, tuple(counts), sample, level, quantile)


def _horizon(horizon: int) -> int:
    if horizon < 0:
        raise ValueError("the horizon cannot be negative")
    return horizon
