"""The simple yield of a JGB, against what Tokyo quoted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures.bonds import Bond, price, simple_yield

ISSUE_40Y_18 = Bond(3.1, date(2065, 3, 20), "18")
ISSUE_30Y_89 = Bond(3.4, date(2055, 12, 20), "89")


@pytest.mark.parametrize(
    ("bond", "day", "compound", "quoted"),
    [
        (ISSUE_40Y_18, date(2026, 1, 20), 3.901, 4.178),
        (ISSUE_40Y_18, date(2026, 1, 19), 3.721, 3.926),
        (ISSUE_40Y_18, date(2025, 11, 26), 3.552, 3.695),
        (ISSUE_30Y_89, date(2026, 1, 20), 3.765, 3.870),
    ],
)
def test_simple_yield_of_the_current_issue(bond, day, compound, quoted):
    assert simple_yield(bond, compound, day) == pytest.approx(quoted, abs=0.005)


@given(st.floats(0.05, 9), st.integers(2, 40))
def test_at_par_both_yields_are_the_coupon(coupon, years):
    day = date(2026, 1, 20)
    bond = Bond(coupon, date(2026 + years, 1, 20))
    assert price(bond, coupon, day) == pytest.approx(100)
    assert simple_yield(bond, coupon, day) == pytest.approx(coupon)


@given(st.floats(0.1, 5), st.floats(0.01, 5), st.integers(5, 40))
def test_below_par_the_simple_yield_is_the_higher_one(coupon, above, years):
    bond = Bond(coupon, date(2026 + years, 1, 20))
    assert simple_yield(bond, coupon + above, date(2026, 1, 20)) > coupon + above


def test_a_matured_bond_has_no_price():
    with pytest.raises(ValueError, match="matured"):
        price(ISSUE_40Y_18, 3.9, date(2065, 3, 20))


def test_a_yield_of_zero_prices_the_coupons_at_face_value():
    bond = Bond(1.0, date(2036, 1, 20))
    assert price(bond, 0.0, date(2026, 1, 20)) == pytest.approx(110, abs=0.02)
