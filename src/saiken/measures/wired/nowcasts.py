"""Nowcasts of Treasury holdings for the months that were over, but not published, as of a date.

The models and their contest are in `measures.nowcast`. The dynamic factor model stays out: what it
gains is nothing that shows, and to load what it needs takes longer than the whole nowcast.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from saiken.measures.arrays import Array, carried
from saiken.measures.holdings import DURATION
from saiken.measures.holdings_nowcast import HoldingsNowcast, nowcast_holdings, parts
from saiken.measures.nowcast import Score, fit_ridge, unrestricted_midas
from saiken.measures.wired.series import Figures, Track, Used, Views
from saiken.terms.period import Period
from saiken.terms.places import name

FIRST = date(2011, 12, 31)
"""From here on holdings come from the monthly survey."""

WEEKS = 9
"""Weeks of flows that speak of a month that has just ended: two months of them."""

LONGEST = 6
"""Months after the newest figure beyond which a series has ended, or a table is not at hand."""

NO_CHANGE = "no_change"
RIDGE = "ridge"


class NowcastError(Exception):
    """A nowcast that the figures do not allow, and why."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A part of the way from the newest figure to the nowcast, in the unit of the holdings."""

    name: str
    amount: float
    note: str
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Holdings at the end of `month`, not published by the date asked about.

    value, low, high   the point and its 80 % interval, in `unit`
    newest             the figure from which it goes on, `delay` months before
    model              the one that did best on past months; `score` is its record, `baseline` that
                       of no change: errors of nowcasts as many months ahead, on the figures as
                       they stand at the date, with their release lags
    drivers            sum to value − newest
    lacks              what kept a model out of the contest; `` where all took part
    points, scores     what each model says, and how each did
    """

    series: str
    month: Period
    value: float
    low: float
    high: float
    unit: str
    newest: Used
    delay: int
    model: str
    score: Score
    baseline: Score
    drivers: tuple[Driver, ...]
    points: dict[str, float]
    scores: dict[str, Score]
    used: tuple[Used, ...]
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What a nowcast rests on: the series, and the flows that may tell of it with their factors."""

    holdings: Track
    yields: Track
    flows: tuple[tuple[str, Track], ...]


def nowcasts(
    archive: Views, holder: str, as_of: date, *, strict: bool = False
) -> tuple[Estimate, ...]:
    """A nowcast of each month that had ended, but not been published, oldest first.

    Empty where the newest month that had ended was out. NowcastError where the holder has no
    monthly figures, too few of them, or a needed input is missing.
    """
    figures = Figures(archive, as_of, strict=strict)
    inputs = _inputs(figures, holder)
    newest = Period.month(inputs.holdings.day.year, inputs.holdings.day.month)
    found: list[Estimate] = []
    for delay in range(1, LONGEST + 1):
        month = newest.shift(delay)
        if month.end > as_of:
            return tuple(found)
        found.append(_estimate(inputs, month, delay))
    raise NowcastError(
        f"the newest figure of {inputs.holdings.name} held by {as_of} is that of {newest.label}: "
        "the series has ended, or its newer tables are not at hand"
    )


def _inputs(figures: Figures, holder: str) -> _Inputs:
    holdings = figures.track(f"Treasuries held by {name(holder)}", f"tic/holdings/{holder}")
    yields = figures.track("5-year Treasury yield", "h15/yield/5Y")
    if holdings is None or yields is None:
        gap = figures.missing[0]
        raise NowcastError(f"{gap.what}: {gap.why} ({' or '.join(gap.series) or 'no series'})")
    weekly = [figures.held(one) for one in figures.measured("foreign_bond_flows", holder)]
    flows = [
        ("weekly purchases of foreign bonds by residents", track)
        for track in weekly
        if track is not None and track.frequency == "W"
    ]
    custody = figures.held("h41/custody")
    if custody is not None:
        change = np.diff(custody.values, prepend=np.nan)
        flows.append(("weekly change of custody at the Federal Reserve", custody.of(change)))
    return _Inputs(holdings, yields, tuple(flows))


def _estimate(inputs: _Inputs, month: Period, delay: int) -> Estimate:
    months = _month_ends(month.end)
    holdings = carried(inputs.holdings.days, inputs.holdings.values, months, 0)
    yields = carried(inputs.yields.days, inputs.yields.values, months, 10)
    columns = [_weeks(track, months) for _, track in inputs.flows]
    regressors = np.hstack(columns) if columns else np.zeros((len(months), 1))
    try:
        found = nowcast_holdings(holdings, yields, regressors, delay=delay)
    except ValueError as error:
        raise NowcastError(f"{inputs.holdings.name}, {month.label}: {error}") from None
    flows = (track for _, track in inputs.flows)
    used = (inputs.holdings, inputs.yields, *flows)
    scores = dict(found.contest.scores)
    return Estimate(
        series=inputs.holdings.name,
        month=month,
        value=found.nowcast.value,
        low=found.nowcast.low,
        high=found.nowcast.high,
        unit=inputs.holdings.unit,
        newest=inputs.holdings.used[0],
        delay=delay,
        model=found.nowcast.model,
        score=found.nowcast.score,
        baseline=scores[NO_CHANGE],
        drivers=_drivers(inputs, found, holdings, yields, columns, delay),
        points=found.points,
        scores=scores,
        used=tuple(dict.fromkeys(source for track in used for source in track.used)),
        lacks=_lacks(inputs, scores, month),
    )


def _lacks(inputs: _Inputs, scores: Mapping[str, Score], month: Period) -> str:
    """Which input of a model is not known for the month."""
    if "valuation" not in scores:
        return f"{inputs.yields.name} ends on {inputs.yields.day}, before {month.label} did"
    if RIDGE not in scores:
        return f"weekly flows are not known for {month.label}"
    return ""


def _drivers(
    inputs: _Inputs,
    found: HoldingsNowcast,
    holdings: Array,
    yields: Array,
    columns: Sequence[Array],
    delay: int,
) -> tuple[Driver, ...]:
    """What the shown model's point is made of, beyond the newest figure."""
    model = found.nowcast.model
    if model == NO_CHANGE:
        return ()
    moved = parts(holdings, yields, delay)
    change = 100 * float(yields[-1] - yields[-1 - delay])
    note = f"5-year yield {change:+.0f} bp, taken as a duration of {DURATION.middle:g} years"
    drivers = [Driver("valuation", float(moved.valuation[-1]), note, inputs.yields.used)]
    if model != RIDGE:
        return tuple(drivers)
    out = len(holdings) - delay
    x = np.hstack(columns)
    ridge = fit_ridge(x[:out], moved.flow[:out])
    usual = ridge.intercept + float(ridge.means @ ridge.weights)
    drivers.append(
        Driver(
            "usual flow",
            usual,
            "mean of a month" if delay == 1 else f"mean of {delay} months",
            inputs.holdings.used,
        )
    )
    start = 0
    for (words, track), column in zip(inputs.flows, columns, strict=True):
        here = slice(start, start + column.shape[1])
        amount = float((column[-1] - ridge.means[here]) @ ridge.weights[here])
        drivers.append(Driver(words, amount, f"last {WEEKS} weeks, ridge regression", track.used))
        start = here.stop
    return tuple(drivers)


def _weeks(track: Track, months: NDArray[np.int64]) -> Array:
    """The WEEKS newest weeks of each month, (T, WEEKS); nan where fewer are known.

    Where the last month's newest weeks are not out yet, as many are left out of every month's, so
    that past nowcasts knew no more than this one does.
    """
    age = int(months[-1] - track.days[-1]) if len(track) else 0
    weeks_late = max(0, -(-(age - 6) // 7))
    return unrestricted_midas(track.values, track.days, months - 7 * weeks_late, WEEKS)


def _month_ends(last: date) -> NDArray[np.int64]:
    count = (last.year - FIRST.year) * 12 + last.month - FIRST.month
    found = []
    for k in range(count + 1):
        year, month = divmod(FIRST.month - 1 + k, 12)
        year += FIRST.year
        found.append(date(year, month + 1, monthrange(year, month + 1)[1]).toordinal())
    return np.array(found, dtype=np.int64)
