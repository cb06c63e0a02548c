"""Debt arithmetic: limits, monotony, a fan that is one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures import debt

small = st.floats(-0.05, 0.08)


@given(st.floats(0, 3), small, small, small, small)
def test_the_path_is_the_recursion(start, rate, growth, balance, inflation):
    path = debt.debt_path(start, rate, growth, balance, inflation=inflation, years=5)
    d = start
    for year in range(5):
        d = (1 + rate) / ((1 + growth) * (1 + inflation)) * d - balance
        assert path[year] == pytest.approx(d, abs=1e-12)


@given(st.floats(0.1, 3), small, small)
def test_the_stabilising_balance_keeps_the_ratio(start, rate, growth):
    balance = start * ((1 + rate) / (1 + growth) - 1)
    path = debt.debt_path(start, rate, growth, balance, years=30)
    assert path == pytest.approx(np.full(30, start), rel=1e-6)


def test_adjustments_add_and_paths_may_vary():
    path = debt.debt_path(1.0, [0.0, 0.0], 0.0, [0.1, -0.2], adjustment=[0.0, 0.05])
    assert path == pytest.approx([0.9, 1.15])
    with pytest.raises(ValueError, match="years"):
        debt.debt_path(1.0, 0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="−100"):
        debt.debt_path(1.0, 0.0, -1.0, 0.0, years=2)


@given(st.lists(st.floats(0, 0.1), min_size=1, max_size=30), st.floats(0, 0.1), st.floats(0, 1))
def test_the_effective_rate_stays_between_old_and_new(market, start, share):
    paid = debt.effective_rate(start, market, share)
    assert (paid >= min([start, *market]) - 1e-12).all()
    assert (paid <= max([start, *market]) + 1e-12).all()


def test_refinancing_at_once_or_never():
    assert debt.effective_rate(0.01, [0.03, 0.04], 1.0).tolist() == [0.03, 0.04]
    assert debt.effective_rate(0.01, [0.03, 0.04], 0.0).tolist() == [0.01, 0.01]
    with pytest.raises(ValueError, match="between 0 and 1"):
        debt.effective_rate(0.01, [0.03], 1.5)


def history(rows: int = 60) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.standard_normal((rows, 4)) * 0.01 + [0.02, 0.01, 0.01, -0.02]


def test_the_fan_is_ordered_widens_and_repeats():
    fan = debt.debt_fan(2.3, history(), 10, draws=2000)
    assert fan.ratio.shape == (len(debt.QUANTILES), 10)
    assert (np.diff(fan.ratio, axis=0) >= 0).all()
    width = fan.ratio[-1] - fan.ratio[0]
    assert width[9] > 2 * width[0]
    again = debt.debt_fan(2.3, history(), 10, draws=2000)
    assert (again.ratio == fan.ratio).all()
    assert (debt.debt_fan(2.3, history(), 10, draws=2000, seed=1).ratio != fan.ratio).any()


def test_the_median_is_near_the_path_of_the_means():
    fan = debt.debt_fan(2.3, history(400), 10, draws=4000)
    r, g, pi, pb = history(400).mean(0)
    path = debt.debt_path(2.3, r, g, pb, inflation=pi, years=10)
    assert fan.ratio[2] == pytest.approx(path, abs=0.05)


def test_slow_refinancing_narrows_the_fan():
    def width(share: float) -> float:
        ratio = debt.debt_fan(2.3, history(), 10, draws=2000, share=share).ratio
        return float(ratio[-1, -1] - ratio[0, -1])

    assert width(0.1) < width(1.0)


def test_a_fan_needs_four_series_that_vary():
    with pytest.raises(ValueError, match="four series"):
        debt.debt_fan(2.3, history()[:, :3], 5)
    with pytest.raises(ValueError, match="dependent"):
        debt.debt_fan(2.3, np.ones((40, 4)), 5)
    with pytest.raises(ValueError, match="too few"):
        debt.debt_fan(2.3, history(3), 5)
