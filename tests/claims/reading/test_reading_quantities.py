"""Amounts: what the digits and the words around them allow."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.claims.reading.quantities import find

INF = math.inf
CASES = [
    ("$3.4 trillion", 3.4e12, 3.35e12, 3.45e12, "USD"),
    ("¥4.6tn", 4.6e12, 4.55e12, 4.65e12, "JPY"),
    ("€12bn", 12e9, 11.5e9, 12.5e9, "EUR"),
    ("₩900 billion", 900e9, 899.5e9, 900.5e9, "KRW"),
    ("$2,345.6 billion", 2345.6e9, 2345.55e9, 2345.65e9, "USD"),
    ("JPY 3.25tn", 3.25e12, 3.245e12, 3.255e12, "JPY"),
    ("7.5 billion dollars", 7.5e9, 7.45e9, 7.55e9, "USD"),
    ("half a trillion dollars", 0.5e12, 0.475e12, 0.525e12, "USD"),
    ("about $70bn", 70e9, 65e9, 75e9, "USD"),
    ("about $73bn", 73e9, 72e9, 74e9, "USD"),
    ("in the region of $70bn", 70e9, 60e9, 80e9, "USD"),
    ("on the order of $73bn", 73e9, 72e9, 74e9, "USD"),
    ("nearly $2 trillion", 2e12, 1.9e12, 2e12, "USD"),
    ("over $80bn", 80e9, 80e9, INF, "USD"),
    ("at least $80bn", 80e9, 79.5e9, INF, "USD"),
    ("as much as $80bn", 80e9, -INF, 80.5e9, "USD"),
    ("less than $80bn", 80e9, -INF, 80e9, "USD"),
    ("$1.4-1.6 trillion", 1.5e12, 1.35e12, 1.65e12, "USD"),
    ("between $40bn and $60bn", 50e9, 39.5e9, 60.5e9, "USD"),
    ("15 bp", 15, 14.5, 15.5, "bp"),
    ("15bps", 15, 14.5, 15.5, "bp"),
    ("15 basis points", 15, 14.5, 15.5, "bp"),
    ("0.3 percentage points", 0.3, 0.25, 0.35, "pp"),
    ("2.875%", 2.875, 2.8745, 2.8755, "%"),
    ("2.5 per cent", 2.5, 2.45, 2.55, "%"),
    ("-0.4%", -0.4, -0.45, -0.35, "%"),
    ("minus $12 billion", -12e9, -12.5e9, -11.5e9, "USD"),
    ("-¥310bn", -310e9, -310.5e9, -309.5e9, "JPY"),
    ("a third", 1 / 3, 1 / 3 - 0.03, 1 / 3 + 0.03, "ratio"),
    ("two thirds", 2 / 3, 2 / 3 - 0.03, 2 / 3 + 0.03, "ratio"),
    ("more than half", 0.5, 0.5, INF, "ratio"),
    ("three times", 3, 2.9, 3.1, "x"),
    ("88,000 contracts", 88_000, 87_500, 88_500, "contracts"),
    ("88k contracts", 88_000, 87_500, 88_500, "contracts"),
    ("151.25", 151.25, 151.245, 151.255, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "low", "high", "unit"), CASES, ids=[c[0] for c in CASES])
def test_amount(text: str, value: float, low: float, high: float, unit: str) -> None:
    (found,) = find(f"it was {text}.".lower(), [])
    told = found.quantity
    assert (told.value, told.low, told.high) == pytest.approx((value, low, high))
    assert told.unit == unit


@pytest.mark.parametrize(
    "text",
    ["No. 3 of them", "10 m tall", "a half-hearted year", "a third month in a row", "the G7"],
)
def test_what_is_no_amount(text: str) -> None:
    assert not find(text.lower(), [])


@given(
    st.integers(1, 999_999),
    st.integers(0, 3),
    st.sampled_from(["bn", " billion", "tn", " million"]),
)
def test_the_printed_digits_lie_within_their_bounds(digits: int, decimals: int, scale: str) -> None:
    printed = f"{digits / 10**decimals:.{decimals}f}"
    (found,) = find(f"${printed}{scale}", [])
    assert found.quantity.low < found.quantity.value < found.quantity.high
    assert found.quantity.high - found.quantity.low == pytest.approx(
        10**-decimals * {"b": 1e9, "t": 1e12, "m": 1e6}[scale.strip()[0]], rel=1e-6
    )


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("6.2, 3.5 and 5.5 trillion yen", [6.2e12, 3.5e12, 5.5e12], "JPY"),
        ("6.2tn, 0.8tn and 4.7tn yen", [6.2e12, 0.8e12, 4.7e12], "JPY"),
        ("1.4 and 1.6 trillion dollars", [1.4e12, 1.6e12], "USD"),
        ("from 1.4 to 1.6 trillion dollars", [1.4e12, 1.6e12], "USD"),
        ("3, 4 or 5 basis points", [3, 4, 5], "bp"),
        ("$5, $10 and $15 billion", [5e9, 10e9, 15e9], "USD"),
    ],
)
def test_a_list_tells_its_unit_and_scale_once(text: str, values: list[float], unit: str) -> None:
    found = find(f"x {text} y", [])
    assert [round(amount.quantity.value, 6) for amount in found] == values
    assert {amount.quantity.unit for amount in found} == {unit}
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_no_unit_is_taken_over_from_another_clause() -> None:
    assert [a.quantity.unit for a in find("in group 4, it was 5%", [])] == ["", "%"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("$1.1 trillion", True), ("minus $12 billion", True), ("nine per cent", True), ("15bp", True), ("about $1.1 trillion", False),
        ("something like $1.1 trillion", False), ("between $1.1 trillion and $1.2 trillion", False), ("2.2-2.4 %", False), ("over 4 %", False),
        ("a third", False), ("half a percentage point", False), ("three times", False),
    ],
)  # fmt: skip
def test_only_a_number_that_stands_as_it_was_printed_may_be_cut_off(
    text: str, printed: bool
) -> None:
    (amount,) = find(text, [])
    assert amount.quantity.printed is printed
    assert amount.quantity.scaled(-2, "").negated().divided(3, "").printed is printed
