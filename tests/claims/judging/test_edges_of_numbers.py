"""The edges of numbers: precision, units, how they are written."""

from __future__ import annotations

import math
from datetime import date

import pytest

from saiken.claims.judging import numbers, wording
from saiken.terms.period import Period
from saiken.terms.quantity import Interval, Quantity
from saiken.terms.units import Unit

NOV = Period.month(2025, 11)
DAY = Period.day(date(2026, 1, 23))
USD, PERCENT = Unit.parse("USD bn"), Unit.parse("%")


@pytest.mark.parametrize(
    ("stated", "true", "expected"),
    [
        (Quantity(4, 4, math.inf, "%"), 4.0, False),  # over 4
        (Quantity(4, 4, math.inf, "%"), 4.001, True),
        (Quantity(4, -math.inf, 4, "%"), 4.0, False),  # under 4
        (Quantity(4, -math.inf, 4, "%"), 3.999, True),
        (Quantity(4, 3.8, 4, "%"), 3.8, True),  # nearly 4
        (Quantity(4, 3.8, 4, "%"), 4.0, True),
        (Quantity(4, 3.8, 4, "%"), 3.799, False),
        (Quantity(4, 3.8, 4, "%"), 4.001, False),
        (Quantity(1.5, 1.45, 1.55, "%", printed=True), 1.599, True),  # cut off: 1.5
        (Quantity(1.5, 1.4, 1.6, "%"), 1.65, False),  # about 1.5
        (Quantity(1.5, 1.45, 1.55, "%", printed=True), 1.6, False),
        (Quantity(1.5, 1.45, 1.55, "%", printed=True), 1.4, False),
        (Quantity(-1.5, -1.55, -1.45, "%", printed=True), -1.599, True),
        (Quantity(-1.5, -1.55, -1.45, "%", printed=True), 1.55, False),
        (Quantity(0.0, -0.05, 0.05, "%", printed=True), 0.09, True),
    ],
)
def test_a_number_agrees_up_to_the_last_digit(stated, true, expected):
    assert numbers.matches(stated, Interval.around(true, 0.0)) is expected


@pytest.mark.parametrize(
    ("stated", "unit", "expected"),
    [
        ("%", PERCENT, 2.0),
        ("bp", PERCENT, 0.02),
        ("pp", PERCENT, 2.0),
        ("", PERCENT, 2.0),
        ("USD", PERCENT, None),
        ("USD", USD, 2.0),
        ("JPY", USD, None),
        ("", USD, None),
        ("", Unit.parse("index"), 2.0),
        ("JPY", Unit.parse("JPY per USD"), 2.0),
        ("EUR", Unit.parse("JPY per USD"), None),
    ],
)
def test_a_number_is_held_against_a_series_that_counts_the_same(stated, unit, expected):
    found = numbers.fit(Quantity(2.0, 1.9, 2.1, stated), unit)
    assert (found.value if found else None) == expected


def test_digits_that_the_text_printed():
    assert numbers.significant(Quantity(1.2e12, 1.15e12, 1.25e12, "USD")) == 2
    assert numbers.significant(Quantity(1202.7, 1202.65, 1202.75, "USD")) == 5
    assert numbers.significant(Quantity(0, -0.5, 0.5, "USD")) == 0
    assert numbers.significant(Quantity(4, 4, math.inf, "%")) == 0


@pytest.mark.parametrize(
    ("stated", "true", "expected"),
    [
        (15.0, 10.0, 1.5),
        (-15.0, -10.0, 1.5),
        (10.0, 10.0, None),
        (5.0, 10.0, None),
        (-15.0, 10.0, None),
        (99.0, 10.0, 9.9),
        (100.0, 10.0, None),  # so much too large that it is wrong
        (3.0, 0.0, None),
    ],
)
def test_an_exaggeration_is_larger_but_of_the_same_order(stated, true, expected):
    assert numbers.exaggeration(stated, true) == expected


@pytest.mark.parametrize(
    ("value", "unit", "signed", "expected"),
    [
        (1000.0, "USD bn", False, "$1,000.0 bn"),
        (10000.0, "USD bn", False, "$10.00 tn"),
        (9999.0, "USD bn", False, "$9,999.0 bn"),
        (10000.0, "JPY 100mn", False, "¥1.00 tn"),
        (9999.0, "JPY 100mn", False, "¥999.9 bn"),
        (0.0, "USD bn", True, "$0"),
        (2.5, "USD bn", True, "+$2.5 bn"),
        (-2.5, "USD bn", True, "−$2.5 bn"),
        (1.0, "USD mn", False, "$1.0 mn"),
        (0.0, "%", True, "0 %"),
        (-3.25, "%", False, "−3.25 %"),
        (1234.0, "contracts", False, "1,234 contracts"),
        (12.5, "index", False, "12.5"),
        (157.703, "JPY per USD", False, "157.703 JPY per USD"),
    ],
)
def test_an_amount_as_a_person_reads_it(value, unit, signed, expected):
    assert numbers.amount(value, Unit.parse(unit), signed=signed) == expected


@pytest.mark.parametrize(
    ("value", "unit", "signed", "expected"),
    [
        (0.125, "%", True, "+12.5 bp"),
        (-0.125, "%", True, "−12.5 bp"),
        (0.125, "%", False, "12.5 bp"),
        (2.5, "USD bn", True, "+$2.5 bn"),
        (2.5, "% of GDP", False, "2.5 % of GDP"),
    ],
)
def test_a_change_of_a_rate_is_told_in_basis_points(value, unit, signed, expected):
    assert numbers.change(value, Unit.parse(unit), signed=signed) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(25, 24, 26, "% change"), "25 %"),
        (Quantity(2, 1.9, 2.1, "x"), "2 x"),
        (Quantity(30, 29, 31, "bp"), "30 bp"),
        (Quantity(0.13, 0.1, 0.2, "ratio"), "13 %"),
        (Quantity(1e12, 0, 2e12, "USD"), "$1 tn"),
        (Quantity(9.99e11, 0, 2e12, "USD"), "$999.0 bn"),
    ],
)
def test_the_text_s_own_number_as_the_report_writes_it(quantity, expected):
    assert numbers.spoken(quantity) == expected


def test_periods_in_words():
    assert wording.at(DAY) == "on 23 January 2026"
    assert wording.at(NOV) == "in November 2025"
    assert wording.period(Period.quarter(2025, 4)) == "the fourth quarter of 2025"
    assert wording.period(Period.year(2025)) == "2025"
    assert wording.period(Period.parse("2024-04..2025-03")) == "April 2024 to March 2025"
    assert wording.period(Period.parse("2024-04-02..2024-04-30")).startswith("2 April 2024 to")
    assert wording.period(Period.parse("2024-04-01..2024-04-29")).endswith("29 April 2024")
