"""Carry: what the parts mean, by plain computation; nothing later than a day enters it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures import carry

floats = st.lists(st.floats(-0.05, 0.05), min_size=1, max_size=80)


def test_a_still_exchange_rate_earns_the_difference_of_rates():
    days = np.arange(0, 361, 1.0)
    found = carry.carry_returns(days, np.full(361, 150.0), np.full(361, 0.05), np.full(361, 0.01))
    assert np.isnan(found[0])
    assert np.nansum(found) == pytest.approx(0.04)
    assert carry.carry_returns([0, 1], [150, 147], [0, 0], [0, 0])[1] == pytest.approx(
        np.log(147 / 150)
    )


@given(floats)
def test_drawdown_is_the_loss_from_the_peak(returns):
    wealth = np.concatenate([[1.0], np.exp(np.cumsum(returns))])
    expected = [wealth[i] / wealth[: i + 1].max() - 1 for i in range(1, len(wealth))]
    assert carry.drawdown(returns) == pytest.approx(expected, abs=1e-12)
    assert (carry.drawdown(returns, 5) >= carry.drawdown(returns) - 1e-12).all()
    assert (carry.drawdown(returns, 5) <= 0).all()


@given(floats, st.integers(2, 30))
def test_trailing_percentile_is_a_plain_count(values, window):
    found = carry.trailing_percentile(values, window, least=2)
    for t in range(len(values)):
        past = values[max(0, t - window + 1) : t + 1]
        if len(past) < 2:
            assert np.isnan(found[t])
        else:
            assert found[t] == pytest.approx(100 * sum(v <= values[t] for v in past) / len(past))


def test_volatility_and_skew_of_known_series():
    rng = np.random.default_rng(0)
    r = rng.standard_normal(5000) * 0.1 / np.sqrt(252)
    assert np.nanmean(carry.realised_volatility(r)) == pytest.approx(0.1, rel=0.02)
    crash = r.copy()
    crash[4900] = -0.10
    assert carry.realised_skew(crash)[4950] < -3
    assert np.isnan(carry.realised_skew(np.zeros(200))).all()
    assert carry.realised_volatility(np.zeros(100))[-1] == 0
    assert np.isnan(carry.realised_volatility([0.01])).all()


def test_carry_to_risk_needs_risk():
    found = carry.carry_to_risk([0.05, 0.05, 0.05], [0.01, 0.01, 0.01], [0.08, 0.0, np.nan])
    assert found[0] == pytest.approx(0.5)
    assert np.isnan(found[1:]).all()


def crowded(days: int = 1200) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    returns = rng.standard_normal(days) * 0.005
    position = np.linspace(0.2, -0.6, days)
    return returns, np.full(days, 0.05), np.full(days, 0.0), position


def test_a_crowded_trade_that_breaks_is_an_alarm_once():
    returns, usd, jpy, position = crowded()
    returns[1000:1010] = -0.012
    signal = carry.unwind_signal(returns, usd, jpy, position)
    assert [a for a in signal.alarms if 995 < a < 1063] == [
        next(t for t in range(996, 1010) if signal.broken[t])
    ]
    assert signal.loaded[999]


def test_no_alarm_without_carry_or_without_a_crowd():
    returns, usd, jpy, position = crowded()
    returns[1000:1010] = -0.012
    assert carry.unwind_signal(returns, jpy, usd, position).alarms == ()
    # Crowded by neither mark: speculators are long the yen, and the trade pays less by the day.
    signal = carry.unwind_signal(returns, np.linspace(0.05, 0.001, 1200), jpy, -position)
    assert not [a for a in signal.alarms if 995 < a < 1015]


@given(st.integers(300, 1199))
def test_nothing_later_enters_the_signal(end):
    returns, usd, jpy, position = crowded()
    whole = carry.unwind_signal(returns, usd, jpy, position)
    part = carry.unwind_signal(returns[:end], usd[:end], jpy[:end], position[:end])
    assert part.alarms == tuple(a for a in whole.alarms if a < end)


def test_missing_positions_leave_the_other_mark():
    returns, usd, jpy, _ = crowded()
    signal = carry.unwind_signal(returns, usd, jpy, np.full(1200, np.nan))
    assert signal.loaded.any()
    nothing = carry.unwind_signal(*(np.full(300, np.nan) for _ in range(4)))
    assert nothing.alarms == ()
    assert carry.unwind_signal([0.01], [0.05], [0.0], [0.1]).alarms == ()


def test_the_record_counts_hits_misses_and_false_alarms():
    days = np.arange(date(2020, 1, 1).toordinal(), date(2020, 12, 31).toordinal())
    returns = np.zeros(len(days))
    returns[61:66] = -0.02
    episodes = (
        ("before", date(2019, 5, 1), date(2019, 6, 1)),
        ("met", date(2020, 3, 5), date(2020, 3, 20)),
        ("missed", date(2020, 9, 1), date(2020, 9, 30)),
    )
    record = carry.alarm_record(days, returns, (60, 200), episodes)
    assert (record.hits, record.misses, record.outside) == (("met",), ("missed",), ("before",))
    assert record.false_alarms == 1
    assert record.alarms[0].worst_after == pytest.approx(np.expm1(-0.1))
    assert record.alarms[1].worst_after == 0


def test_the_size_is_a_range():
    low, high = carry.SIZE.prior_usd
    assert low < carry.SIZE.usd < high


def test_bad_input_says_so():
    with pytest.raises(ValueError, match="positive"):
        carry.carry_returns([1, 2], [150, 0], [0, 0], [0, 0])
    with pytest.raises(ValueError, match="unequal calendars"):
        carry.carry_returns([1, 2], [150], [0, 0], [0, 0])
    with pytest.raises(ValueError, match="two days"):
        carry.realised_volatility([0.1, 0.2], 1)
