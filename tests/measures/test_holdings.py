"""What moves a position: identities and limits of the decomposition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures.holdings import Decomposition, estimated_net, estimated_valuation, rank

amounts = st.floats(-500, 500)
positions = st.floats(1, 2000)


@given(positions, amounts)
def test_no_move_in_yields_leaves_all_to_purchases(held, change):
    net = estimated_net(held, change, 0.0)
    assert (net.low, net.high) == pytest.approx((change, change))


@given(positions, st.floats(-1, 1))
def test_valuation_and_net_add_up_to_the_change(held, yields):
    change = -3.0
    valuation = estimated_valuation(held, change, yields)
    net = estimated_net(held, change, yields)
    assert net.low + valuation.high == pytest.approx(change)
    assert net.high + valuation.low == pytest.approx(change)


@given(positions, st.floats(0.05, 1))
def test_rising_yields_cost_the_holder(held, rise):
    assert estimated_valuation(held, 0.0, rise).high < 0
    assert estimated_valuation(held, 0.0, -rise).low > 0


@given(positions, st.floats(0.05, 1), st.floats(0, 1))
def test_bills_do_not_lose_when_yields_rise(held, rise, share):
    whole = estimated_valuation(held, 0.0, rise)
    part = estimated_valuation(held, 0.0, rise, bills=share * held)
    assert part.low == pytest.approx((1 - share) * whole.low)
    net = estimated_net(held, 0.0, rise, bills=held)
    assert (net.low, net.high) == pytest.approx((0, 0))


def test_the_parts_of_a_month_sum_exactly():
    # Japan, November 2025, USD mn (TIC Table 3): +2,726 = −3,194 + 3,730 + residual
    month = Decomposition(change=2726, net=-3194, valuation=3730)
    assert month.other == 2190
    assert month.mostly_valuation


@pytest.mark.parametrize(
    ("change", "net", "mostly"),
    [(-17.2, -4.9, True), (-47.7, -23.9, False), (10.0, 9.0, False), (14.0, -6.9, True)],
)
def test_mostly_valuation_is_when_sales_explain_less_than_half(change, net, mostly):
    assert Decomposition(change, net, 0.0).mostly_valuation is mostly


def test_equal_holders_share_the_better_rank():
    values = {"a": 3.0, "b": 5.0, "c": 3.0, "d": 1.0}
    assert [rank(values, who) for who in "abcd"] == [2, 1, 2, 4]
