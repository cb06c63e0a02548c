"""Hedged yields: identities between the ways of computing them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures import hedging
from saiken.measures.hedging import Cost

spots, rates = st.floats(50, 200), st.floats(-0.02, 0.10)


@given(spots, rates, rates)
def test_at_covered_parity_the_hedged_bill_earns_the_home_rate(spot, foreign, home):
    forward = spot * (1 + home) / (1 + foreign)
    assert hedging.hedged_exactly(foreign, spot, forward)[0] == pytest.approx(home, abs=1e-12)
    cost = hedging.cost_from_forward(spot, forward, 360, Cost.OF_FORWARD)[0]
    assert cost == pytest.approx((foreign - home) / (1 + home), abs=1e-12)
    by_rates = hedging.cost_from_rates(foreign, home)
    assert by_rates == pytest.approx(cost, abs=0.013)


@given(spots, rates, st.sampled_from([30, 90, 180, 360]))
def test_both_conventions_have_one_sign_and_annualise(spot, gap, days):
    forward = spot * (1 - gap * days / 360)
    of_spot = hedging.cost_from_forward(spot, forward, days)[0]
    of_forward = hedging.cost_from_forward(spot, forward, days, Cost.OF_FORWARD)[0]
    assert of_spot == pytest.approx(gap, abs=1e-9)
    assert of_forward * gap >= -1e-15
    assert of_forward >= of_spot - 1e-9


@given(rates, rates, rates, st.floats(0, 1))
def test_the_pick_up_is_linear_in_the_hedge_ratio(foreign, cost, home, ratio):
    none, full = (hedging.hedge(foreign, cost, home, ratio=r).pick_up[0] for r in (0.0, 1.0))
    part = hedging.hedge(foreign, cost, home, ratio=ratio).pick_up[0]
    assert part == pytest.approx((1 - ratio) * none + ratio * full, abs=1e-12)
    assert none == pytest.approx(foreign - home)


def test_an_investor_has_a_range_between_its_ratios():
    for investor in hedging.INVESTORS:
        low, high = hedging.pick_up_range(investor, [0.04, 0.04], [0.05, -0.01], [0.02, 0.02])
        assert (low <= high).all()
        assert high[0] - low[0] == pytest.approx(0.05 * (investor.ratio[1] - investor.ratio[0]))


def test_missing_inputs_stay_missing():
    found = hedging.hedge([0.04, np.nan], [0.01, 0.01])
    assert np.isfinite(found.hedged).tolist() == [True, False]
    assert np.isnan(found.pick_up).all()
    assert hedging.hedge(0.04, 0.01, by=Cost.WITHOUT_BASIS).by is Cost.WITHOUT_BASIS


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: hedging.cost_from_forward(0.0, 100.0, 90), "spot rates must be positive"),
        (lambda: hedging.cost_from_forward(100.0, -1.0, 90), "forward rates must be positive"),
        (lambda: hedging.cost_from_forward(100.0, 99.0, 0), "number of days"),
        (lambda: hedging.cost_from_forward(100.0, 99.0, 90, Cost.WITHOUT_BASIS), "basis"),
        (lambda: hedging.hedge(0.04, 0.01, ratio=1.2), "between 0 and 1"),
    ],
)
def test_bad_input_says_so(call, says):
    with pytest.raises(ValueError, match=says):
        call()
