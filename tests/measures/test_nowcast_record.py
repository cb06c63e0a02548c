"""Nowcasts of Japan's holdings on real figures, beside no-change: on the latest data with release
lags, and on the vintages that were public at the time, where they are held.
"""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from saiken.archive.archive import Archive
from saiken.measures.arrays import carried
from saiken.measures.holdings_nowcast import DELAY, nowcast_holdings
from saiken.measures.nowcast import unrestricted_midas
from saiken.measures.wired.nowcasts import nowcasts

FIRST = date(2011, 12, 31)
"""Holdings on the basis of the survey in force since then."""

WEEKS = 9


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


def month_ends(last: date) -> np.ndarray:
    days = [
        date(year, month, calendar.monthrange(year, month)[1])
        for year in range(FIRST.year, last.year + 1)
        for month in range(1, 13)
    ]
    return np.array([day.toordinal() for day in days if FIRST <= day <= last])


def read(archive: Archive, series: str, as_of: date, strict: bool = False):
    view = archive.view(series, as_of, strict)
    return np.array(view.ends), np.array(view.values)


def nowcast_as_of(archive: Archive, month: date, as_of: date, strict: bool, factor: bool = False):
    """The nowcast of a month-end, from what was public on `as_of`; None where it was not due."""
    ends, values = read(archive, "tic/holdings/JP", as_of, strict)
    months = month_ends(month)
    holdings = carried(ends, values, months, 0)
    holdings[-DELAY:] = np.nan
    if not np.isfinite(holdings[-1 - DELAY]):
        return None
    yields = carried(*read(archive, "h15/yield/5Y", as_of), months, 10)
    week_ends, weekly = read(archive, "mof/weekly/assets/long/net", as_of)
    days, custody = read(archive, "h41/custody", as_of)
    flow = np.diff(custody, prepend=np.nan) / 1000
    regressors = np.hstack(
        [
            unrestricted_midas(weekly / 1000, week_ends, months, WEEKS),
            unrestricted_midas(flow, days, months, WEEKS),
        ]
    )
    indicators = None
    if factor:
        monthly = [
            carried(*read(archive, series, as_of), months, 0) / 1000
            for series in (
                "mof/monthly/assets/long/net",
                "mof/investor/long/banks/net",
                "mof/investor/long/life/net",
                "mof/investor/long/trust_accounts/net",
            )
        ]
        fed = unrestricted_midas(flow, days, months, 4).sum(1)
        indicators = np.column_stack([*monthly, fed])
    return nowcast_holdings(holdings, yields, regressors, indicators)


def test_with_release_lags_on_the_latest_data(archive: Archive):
    found = nowcast_as_of(archive, date(2026, 5, 31), date(2026, 8, 20), strict=False, factor=True)
    assert found is not None
    scores = found.contest.scores
    assert set(scores) == {"no_change", "valuation", "ridge", "dynamic_factor"}
    shown, base = scores[found.contest.shown], scores["no_change"]
    assert shown.n >= 80
    assert shown.rmse <= base.rmse
    assert 0.70 <= shown.coverage <= 0.90
    assert found.nowcast.low < found.nowcast.value < found.nowcast.high


def test_on_the_vintages_that_were_public(archive: Archive):
    """Each month whose newest figures are held as they were printed; n of them."""
    rows = []
    latest = dict(zip(*read(archive, "tic/holdings/JP", date(2026, 9, 20)), strict=True))
    for month in month_ends(date(2026, 5, 31))[100:]:
        day = date.fromordinal(int(month))
        as_of = date.fromordinal(int(month) + 12)
        found = nowcast_as_of(archive, day, as_of, strict=True)
        if found is None:
            continue
        actual = latest[int(month)]
        shown = found.nowcast
        rows.append(
            (
                actual - shown.value,
                actual - found.points["no_change"],
                shown.low,
                shown.high,
                actual,
            )
        )
    table = np.array(rows)
    n = len(table)
    assert n >= 3, f"only {n} vintages held"
    error, base = np.sqrt((table[:, :2] ** 2).mean(0))
    inside = ((table[:, 2] <= table[:, 4]) & (table[:, 4] <= table[:, 3])).mean()
    # So few months settle nothing finer: no worse than no-change, and most inside the interval.
    assert error <= base, f"n = {n}: {error:.1f} against {base:.1f}"
    assert inside >= 0.5, f"n = {n}: {inside:.0%} inside"


@pytest.mark.parametrize(
    "holder", ["JP", "GB", "CN", "BE", "FR", "CA", "KY", "CH", "all", "official"]
)
def test_the_interval_of_every_kind_of_holder_covers(archive: Archive, holder: str):
    """Custody centres that have grown tenfold, holders that have shrunk by half, or whose errors have
    grown or shrunk beside their position, totals.
    """
    (found,) = nowcasts(archive, holder, date(2026, 1, 25))
    assert found.score.n >= 90
    assert 0.70 <= found.score.coverage <= 0.90
    assert found.score.rmse <= found.baseline.rmse
