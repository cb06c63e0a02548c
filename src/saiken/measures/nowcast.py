"""Figures not yet published: what is likely, how likely, and which news moved the estimate.

A nowcast of holdings is what was last published, plus the valuation since (from daily yields), plus
the flow since, and only the flow is modelled. Models stand side by side and are scored on
their past nowcasts, each made with what had been released by then; the one that users get is the
best of them, or no-change if none beats it. Sources: Foroni, Marcellino, Schumacher (2015, JRSS A)
for unrestricted MIDAS; Gibbs, Candès (2021, NeurIPS) for intervals that adapt; Bańbura, Modugno
(2014, J. Applied Econometrics) for news.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, matrix, same_length, vector

PENALTIES = tuple(float(p) for p in np.geomspace(1e-2, 1e4, 25))
"""Ridge penalties that are tried, on standardised regressors."""

COVERAGE = 0.80
LEAST_ERRORS, MOST_ERRORS = 24, 60
"""How many past errors an interval is taken from: the newest ones, since their size changes."""

STEP = 0.02
"""How far the coverage asked for moves with an interval that missed or held its figure."""
ADAPTED = (0.5, 0.98)


@dataclass(frozen=True, slots=True)
class Ridge:
    """y ≈ intercept + x·b. `weights` (m,) in the units of y over those of x, `means` (m,) of x."""

    intercept: float
    weights: Array
    means: Array
    penalty: float

    def predict(self, x: ArrayLike) -> float:
        return self.intercept + float(np.asarray(x, dtype=np.float64) @ self.weights)

    def smooth(self, panel: ArrayLike) -> Array:
        """A panel (T, 1 + m) of y and x with its gaps filled: x by its mean, y by the regression.

        Linear in the known cells, so `news` can tell what moved a nowcast.
        """
        data = matrix(panel, "panel", gaps=True)
        x = np.where(np.isfinite(data[:, 1:]), data[:, 1:], self.means)
        y = np.where(np.isfinite(data[:, 0]), data[:, 0], self.intercept + x @ self.weights)
        return np.column_stack([y, x])


@dataclass(frozen=True, slots=True)
class Score:
    """How a model's past nowcasts did. Errors in the unit of the target.

    rmse over `n` periods; coverage: share of them inside the interval that was given at the time.
    low, high: what to add to its newest point for its interval now.
    """

    rmse: float
    coverage: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Contest:
    """Models scored on the same periods; `shown` is what users get."""

    scores: Mapping[str, Score]
    shown: str


@dataclass(frozen=True, slots=True)
class Nowcast:
    """`value` with an 80 % interval, in the unit of the target; which model, and how it did."""

    value: float
    low: float
    high: float
    model: str
    score: Score


@dataclass(frozen=True, slots=True)
class News:
    """Why an estimate moved: `revision` = Σ `contributions`, each in the unit of the target.

    cells          (row, column) in the panel of what is new or was revised
    surprises      what it says less what was expected of it
    """

    revision: float
    cells: tuple[tuple[int, int], ...]
    surprises: Array
    contributions: Array


def unrestricted_midas(values: ArrayLike, ends: ArrayLike, periods: ArrayLike, lags: int) -> Array:
    """The last `lags` observations up to the end of each period, newest first: (T, lags).

    values, ends (n,) of the faster series, ends ascending ordinals; periods (T,) ordinals of the
    slower one's ends. Each has a weight of its own. nan where fewer are known.
    """
    x, day = vector(values, "values", gaps=True), np.asarray(ends, dtype=np.int64)
    if not len(x):
        return np.full((len(np.asarray(periods)), lags), np.nan)
    last = np.searchsorted(day, np.asarray(periods, dtype=np.int64), side="right") - 1
    place = last[:, None] - np.arange(lags)
    return np.where(place >= 0, x[np.maximum(place, 0)], np.nan)


def fit_ridge(x: ArrayLike, y: ArrayLike, penalties: Sequence[float] = PENALTIES) -> Ridge:
    """Ridge regression of y (n,) on x (n, m), the penalty by leave-one-out error in closed form.

    Regressors are standardised first; one that does not vary has weight 0. Rows with missing values
    are left out. ValueError where fewer than three remain.
    """
    a, b = matrix(x, "regressors", gaps=True), vector(y, "the target", gaps=True)
    same_length(regressors=a, target=b)
    held = np.isfinite(a).all(1) & np.isfinite(b)
    a, b = a[held], b[held]
    if len(b) < 3:
        raise ValueError(f"{len(b)} complete observations are too few for a regression")
    mean, scale = a.mean(0), a.std(0)
    varies = scale > 1e-12 * np.maximum(np.abs(mean), 1e-300)
    z = np.where(varies, a - mean, 0.0) / np.where(varies, scale, 1.0)
    u, s, vt = np.linalg.svd(z, full_matrices=False)
    centred = b - b.mean()
    projected = u.T @ centred
    best, penalty = np.inf, penalties[0]
    for candidate in penalties:
        shrink = s**2 / (s**2 + candidate)
        leverage = 1 / len(b) + (u**2) @ shrink
        error = (centred - u @ (shrink * projected)) / np.maximum(1 - leverage, 1e-6)
        loss = float((error**2).mean())
        if loss < best:
            best, penalty = loss, candidate
    weights = vt.T @ (s / (s**2 + penalty) * projected) / np.where(varies, scale, 1.0)
    return Ridge(float(b.mean() - mean @ weights), weights, mean, penalty)


def ridge_forecasts(x: ArrayLike, y: ArrayLike, delay: int, least: int) -> Array:
    """What ridge said of y (T,) at each period, from y up to `delay` periods before: (T,).

    x (T, m) is known at its own period, y with the delay of its release (1: the period before is
    out). nan before `least` complete observations are out, or where regressors are missing.
    """
    a, b = matrix(x, "regressors", gaps=True), vector(y, "the target", gaps=True)
    same_length(regressors=a, target=b)
    if delay < 1:
        raise ValueError("a nowcast has a delay of at least one period")
    known = np.cumsum(np.isfinite(a).all(1) & np.isfinite(b))
    found = np.full(len(b), np.nan)
    for t in range(delay, len(b)):
        out = t - delay + 1
        if known[out - 1] >= max(least, 3) and np.isfinite(a[t]).all():
            found[t] = fit_ridge(a[:out], b[:out]).predict(a[t])
    return found


def contest(
    target: ArrayLike,
    forecasts: Mapping[str, ArrayLike],
    delay: int,
    *,
    scale: ArrayLike | None = None,
    baseline: str = "no_change",
    coverage: float = COVERAGE,
    least: int = LEAST_ERRORS,
) -> Contest:
    """Score forecasts (T,) of a target (T,) on the periods that all of them cover.

    Each period's interval is the point plus quantiles of the model's own last MOST_ERRORS errors
    that were known by then (`delay` periods before), from `least` of them on; how wide, follows
    whether earlier intervals held (`adapted`). `scale` (T,), positive
    and known with the points, is what errors are taken to grow with (a position that has doubled
    errs by twice as much); without it they are taken as they are. The model with the least RMSE
    is shown, `baseline` unless it is beaten. ValueError where the baseline is missing, nothing can be
    scored, or the newest scale is not above zero.
    """
    if baseline not in forecasts:
        raise ValueError(f"the baseline {baseline!r} is not among the forecasts")
    y = vector(target, "the target", gaps=True)
    points = {name: vector(f, name, gaps=True) for name, f in forecasts.items()}
    size = np.ones(len(y)) if scale is None else vector(scale, "the scale", gaps=True)
    same_length(target=y, scale=size, **points)
    if not (len(size) and size[-1] > 0):
        raise ValueError("the newest scale must be above zero")
    common = np.isfinite(y) & (size > 0)
    common &= np.all([np.isfinite(f) for f in points.values()], axis=0)
    scores = {
        name: _scored(np.where(common, (y - point) / size, np.nan), size, delay, coverage, least)
        for name, point in points.items()
    }
    shown = min(scores, key=lambda name: (scores[name].rmse, name != baseline))
    return Contest(scores, shown)


def _scored(error: Array, size: Array, delay: int, coverage: float, least: int) -> Score:
    """A model's record from its errors (T,), nan where there is none, in units of `size` (T,)."""
    scored = np.flatnonzero(np.isfinite(error))
    inside: dict[int, bool] = {}
    squares = []
    for t in scored:
        past = error[: max(t - delay + 1, 0)]
        past = past[np.isfinite(past)][-MOST_ERRORS:]
        if len(past) < least:
            continue
        known = [hit for s, hit in inside.items() if s <= t - delay]
        low, high = interval_of(past, adapted(known, coverage))
        inside[int(t)] = bool(low <= error[t] <= high)
        squares.append((error[t] * size[t]) ** 2)
    if not inside:
        raise ValueError(
            f"only {len(scored)} periods have a target and all forecasts: "
            f"more than {least + delay} are needed to score them"
        )
    low, high = interval_of(error[scored][-MOST_ERRORS:], adapted(list(inside.values()), coverage))
    return Score(
        rmse=float(np.sqrt(np.mean(squares))),
        coverage=float(np.mean(list(inside.values()))),
        n=len(inside),
        low=low * float(size[-1]),
        high=high * float(size[-1]),
    )


def adapted(inside: Sequence[bool], coverage: float) -> float:
    """The coverage to ask of the next interval, from which past ones held their figure, oldest first.

    Adaptive conformal inference (Gibbs, Candès 2021, NeurIPS): after a miss the next interval is asked
    to cover more, after a hit a little less, so that the share told is kept where the size of
    errors changes. Within ADAPTED, so that an interval is neither a point nor without bounds.
    """
    asked = coverage
    for hit in inside:
        asked += STEP * (coverage - hit)
    return float(np.clip(asked, *ADAPTED))


def nowcast(points: Mapping[str, float], scored: Contest) -> Nowcast:
    """The newest point of the model that is shown, with its interval."""
    score, value = scored.scores[scored.shown], points[scored.shown]
    return Nowcast(value, value + score.low, value + score.high, scored.shown, score)


def interval_of(errors: Array, coverage: float) -> tuple[float, float]:
    """The bounds that leave out (1 − coverage)/2 of past errors on either side.

    With n errors the quantile is that of n + 1, so that a new error is covered as often as told.
    """
    tail = (1 - coverage) / 2
    ordered = np.sort(errors)
    n = len(ordered)
    cut = int(np.floor(tail * (n + 1))) - 1
    return float(ordered[max(cut, 0)]), float(ordered[min(n - 1 - cut, n - 1)])


def news(
    smooth: Callable[[Array], Array], before: ArrayLike, after: ArrayLike, target: tuple[int, int]
) -> News:
    """Why the estimate of cell `target` moves as the panel (T, n) goes from `before` to `after`.

    `smooth` fills the missing cells of a panel and is linear in the known ones (a Kalman smoother
    with its parameters held; a regression). A revised figure contributes what its revision
    changes, a new one its weight times its surprise, so the sum is the revision and no order
    among the news matters. ValueError if figures were withdrawn, or the sum does not come out (then
    `smooth` is not linear).
    """
    old, new = matrix(before, "before", gaps=True), matrix(after, "after", gaps=True)
    if old.shape != new.shape:
        raise ValueError(f"panels of different shapes: {old.shape}, {new.shape}")
    had, has = np.isfinite(old), np.isfinite(new)
    if (had & ~has).any():
        raise ValueError("figures known before are missing after: news cannot tell of withdrawals")
    revised = np.argwhere(had & (np.where(had, new, 0) != np.where(had, old, 0)))
    fresh = np.argwhere(has & ~had)
    at = tuple(target)
    start = smooth(old)[at]
    base = np.where(had, new, np.nan)
    expected = smooth(base)
    filled = np.where(has & ~had, expected, base)
    middle = smooth(filled)[at]
    surprises, contributions = [], []
    for panel, reference, values, cells in (
        (old, start, old, revised),
        (filled, middle, expected, fresh),
    ):
        for row, column in cells:
            trial = panel.copy()
            trial[row, column] = new[row, column]
            surprises.append(new[row, column] - values[row, column])
            contributions.append(smooth(trial)[at] - reference)
    revision = float(smooth(new)[at] - start)
    parts = np.array(contributions)
    if not np.isclose(parts.sum(), revision, rtol=1e-6, atol=1e-9 * max(1.0, abs(start))):
        raise ValueError("the news do not sum to the revision: the smoother is not linear")
    changed = tuple((int(r), int(c)) for r, c in [*revised, *fresh])
    return News(revision, changed, np.array(surprises), parts)
