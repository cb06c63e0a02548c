"""The numbers that the calibration derives from figures are those of the figures."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from saiken.archive.archive import Archive
from saiken.scenarios import backtests, balance
from saiken.scenarios.balance import Sheet
from saiken.scenarios.calibration import Calibration

AS_OF = date(2026, 1, 25)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive.open()


def month_ends(archive: Archive, series: str) -> dict[tuple[int, int], float]:
    view = archive.view(series, AS_OF)
    assert view is not None
    days = map(date.fromordinal, view.ends)
    return {(day.year, day.month): value for day, value in zip(days, view.values, strict=True)}


@pytest.fixture(scope="module")
def changes(archive: Archive) -> dict[str, np.ndarray]:
    """Monthly changes: yields in percentage points, the currency in logs."""
    levels = {
        name: month_ends(archive, series)
        for name, series in (("us", "h15/yield/10Y"), ("jp", "jgb/yield/10Y"), ("fx", "ecb/USDJPY"))
    }
    months = sorted(set.intersection(*(set(level) for level in levels.values())))
    found = {name: np.array([level[m] for m in months]) for name, level in levels.items()}
    return {
        name: np.diff(np.log(values) if name == "fx" else values) for name, values in found.items()
    }


@pytest.mark.parametrize(("months", "correlation"), [(60, 0.37), (120, 0.43), (0, 0.51)])
def test_correlation_of_yields(
    changes: dict[str, np.ndarray], known: Calibration, months: int, correlation: float
) -> None:
    found = np.corrcoef(changes["us"][-months:], changes["jp"][-months:])[0, 1]
    assert found == pytest.approx(correlation, abs=0.005)
    low, high = known.prior("rho").parts
    assert low < found < high


def test_jgbs_lose_as_the_dollar_gains(changes: dict[str, np.ndarray], known: Calibration) -> None:
    """The sign that data give the covariance of JGBs with the dollar is not the theory's."""
    prices = {"us": 8.1, "jp": 8.9}
    us, jp = (-years * changes[name] / 100 for name, years in prices.items())
    assert np.corrcoef(jp, changes["fx"])[0, 1] == pytest.approx(-0.29, abs=0.01)
    of_model = np.cov(jp, changes["fx"])[0, 1] / np.sqrt(us.var() * jp.var())
    assert of_model / known.figures["currency_offset"] == pytest.approx(-1.0, abs=0.05)
    low, high = known.prior("jgb_currency").parts
    assert low == -high


def test_volatilities(changes: dict[str, np.ndarray], known: Calibration) -> None:
    yearly = 100 * np.std(changes["fx"]) * np.sqrt(12)
    assert yearly == pytest.approx(known.figures["yen_volatility"], abs=0.1)
    monthly = 100 * np.std(changes["us"])
    assert monthly == pytest.approx(known.figures["ust_month_volatility"], abs=0.1)
    largest = 100 * changes["us"].max()
    assert largest == pytest.approx(known.ranges["ust_yield"], abs=0.5)


def closes(path: Path) -> dict[str, float]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["Date"][:10]: float(row["Close"]) for row in rows if row["Close"]}


def test_response_of_equities_to_the_yen(shared: Path, known: Calibration) -> None:
    quantreg = pytest.importorskip("statsmodels.regression.quantile_regression")
    markets = shared / "data" / "markets"
    yen = closes(markets / "fx" / "usdjpy_yahoo_19961030_20260605.csv")
    fund = closes(markets / "equity_vol_crypto" / "spy_yahoo_to20260605.csv")
    days = [day for day in sorted(yen.keys() & fund.keys()) if day >= "2005"]
    moves = [np.log([prices[day] for day in days]) for prices in (yen, fund)]
    gain, response = (100 * (m[20:] - m[:-20])[::20] for m in moves)
    regressors = np.column_stack([np.ones_like(gain), -gain])
    quantiles, stated = known.tables["equity_on_yen"]
    for q, slope in zip(quantiles[1:], stated[1:], strict=True):
        fit = quantreg.QuantReg(response, regressors).fit(q=q, max_iter=10_000)
        assert fit.params[1] == pytest.approx(slope, abs=0.02)


def test_balance_sheets_as_of_a_date(archive: Archive, known: Calibration) -> None:
    sheet = balance.sheet(archive, AS_OF, known)
    assert sheet.japan.amount == pytest.approx(1202.7)
    assert sheet.japan.date == "2025-11"
    assert sheet.state.levels["JGB 10Y"] == pytest.approx(2.253)
    assert sheet.reserves.amount == pytest.approx(1003.757)
    assert all(cell.source for cell in sheet.cells)
    earlier = balance.sheet(archive, date(2025, 6, 30), known)
    assert earlier.japan.date < sheet.japan.date


def test_episodes_are_scored_as_found(archive: Archive, sheet: Sheet, known: Calibration) -> None:
    scores = {s.name: s for s in backtests.score(archive, sheet, known, draws=3000)}
    assert len(scores) == 7
    august = next(s for name, s in scores.items() if name.startswith("5 August 2024"))
    assert august.realised == pytest.approx(-5.4, abs=0.3)
    march = next(s for name, s in scores.items() if name.startswith("March 2020"))
    assert march.realised == pytest.approx(64)
    year = next(s for name, s in scores.items() if name.startswith("2022,"))
    assert year.realised == pytest.approx(236)
    assert not year.in_ninety  # the Federal Reserve's year, not a seller's
    for score in scores.values():
        assert score.ninety[0] < score.half[0] < score.half[1] < score.ninety[1]
        assert score.in_ninety == (score.ninety[0] <= score.realised <= score.ninety[1])


def test_a_check_does_without_numpy() -> None:
    code = "import sys; from saiken.doors.cli import main; main(sys.argv[1:]); assert 'numpy' not in sys.modules"
    for asked in (["--help"], ["check", "Japan holds $1.2 trillion", "--as-of", "2026-01-25"]):
        subprocess.run([sys.executable, "-c", code, *asked], check=True, capture_output=True)
