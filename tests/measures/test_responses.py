"""Responses of risk assets to yen and JGB shocks on real prices: wide bands, in sample.

No size is pinned: the samples are short, and the point is that the answer says how wide it is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from measures_files import csv_rows, series_of

from saiken.measures.arrays import align
from saiken.measures.projections import quantile_projection

PRICES = {"S&P 500": "spy", "emerging markets": "eem", "bitcoin": "btc", "ether": "eth"}


def prices(shared: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    rows = csv_rows(shared / f"data/markets/equity_vol_crypto/{name}_yahoo_to20260605.csv")
    day = next(key for key in rows[0] if key.lower() == "date")
    close = next(key for key in rows[0] if key.lower() == "close")
    # The last row is an unfinished bar.
    held = [(date.fromisoformat(r[day][:10]).toordinal(), float(r[close])) for r in rows[:-1]]
    return np.array([d for d, _ in held]), np.array([v for _, v in held])


@pytest.fixture(scope="module")
def shocks(shared: Path):
    fx = series_of(shared / "data/markets/fx/eurofxref-hist_to20260413.csv")
    days, cross = align(fx["ecb/EURJPY"], fx["ecb/EURUSD"])
    jgb = series_of(shared / "data/japan/mof_jgb/jgbcme_all_to20260630.csv")["jgb/yield/30Y"]
    return (days, np.log(cross[:, 0] / cross[:, 1])), jgb


@pytest.mark.parametrize("asset", PRICES)
def test_a_stronger_yen_and_higher_jgb_yields(asset, shocks, shared: Path):
    usdjpy, jgb = shocks
    days, price = prices(shared, PRICES[asset])
    _, table = align(usdjpy, jgb, (days, np.log(price)))
    changes = np.diff(table, axis=0)
    yen, yield_, asset_return = -100 * changes[:, 0], 100 * changes[:, 1], 100 * changes[:, 2]
    for shock in (yen, yield_):
        low, middle, high = quantile_projection(asset_return, shock, 2, 2)
        for found in (low, middle, high):
            assert np.isfinite(found.estimate).all()
            assert (found.high - found.low > 0).all()
            assert found.sample == (2, len(asset_return) - 1)
        # Tails are known less well than the middle.
        assert (low.error > middle.error).all()
