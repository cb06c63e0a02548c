"""How long a figure has stood on one side of a line, and what fixings cannot tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim, numbers
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2026, 1, 23))


def asked(values, predicate=Predicate.STREAK, **fields):
    rates = line(values, last=DAY, unit="%", kind="rate", half=0.005)
    told = claim(predicate, measure="government_yield", tenor="10Y", of="level", **fields)
    return judge_claim(told, Made({("government_yield", "US", "10Y"): [rates]}))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (2.0, Ruling.REFUTED),  # it was longer
        (3.0, Ruling.SUPPORTED),
        (4.0, Ruling.EXAGGERATED),
    ],
)
@pytest.mark.parametrize("side", [1, -1])
def test_a_run_on_one_side_of_a_line_is_counted_back_to_it(count, expected, side):
    mark = Quantity(4.0 * side, 4.0 * side, 4.0 * side, "%")
    values = [3.9 * side, 4.0 * side, 4.2 * side, 4.1 * side, 4.3 * side]  # 4.0 is not beyond 4
    found = asked(values, subject="US", quantity=mark, direction=side, count=count)
    assert found.ruling is expected
    assert (" above " if side == 1 else " below ") in found.reasons[0]


@pytest.mark.parametrize("last", [3.9, 4.0])
def test_a_run_that_has_ended_is_none(last):
    mark = Quantity(4.0, 4.0, 4.0, "%")
    found = asked([4.1, 4.2, last], subject="US", quantity=mark, direction=1, count=2.0)
    assert found.ruling is Ruling.REFUTED


def test_without_a_line_the_sides_are_those_of_zero():
    found = asked([0.1, -0.3, -0.1], subject="US", direction=-1, count=2.0)
    assert found.ruling is Ruling.SUPPORTED  # it rose from -0.3, and is below zero yet


def test_a_line_in_another_unit_cannot_be_held_to():
    mark = Quantity(4.0, 4.0, 4.0, "USD")
    found = asked([4.1, 4.2], subject="US", quantity=mark, direction=1, count=2.0)
    assert found.ruling is Ruling.NOT_COVERED


@pytest.mark.parametrize(
    ("before", "here", "extreme", "expected"),
    [
        (
            [95.0, 100.5],
            100.0,
            "high",
            Ruling.NOT_COVERED,
        ),  # half a per cent is traded within a day
        ([95.0, 100.6], 100.0, "high", Ruling.REFUTED),
        ([105.0, 99.5], 100.0, "low", Ruling.NOT_COVERED),
        ([105.0, 99.4], 100.0, "low", Ruling.REFUTED),
        ([95.0, 99.0], 100.0, "high", Ruling.SUPPORTED),
    ],
)
def test_a_record_that_a_fixing_beats_by_a_hair_is_left_open(before, here, extreme, expected):
    fixed = line(
        [*before, here],
        last=DAY,
        unit="JPY per USD",
        kind="price",
        half=0.005,
        measure="exchange_rate",
    )
    told = claim(
        Predicate.RECORD, subject="USDJPY", measure="exchange_rate", period=DAY, extreme=extreme
    )
    evidence = Made({("exchange_rate", "USDJPY", ""): [fixed]})
    assert judge_claim(told, evidence).ruling is expected


def test_ten_times_is_ten_times_in_binary_too():
    assert numbers.exaggeration(15.0, (2.934 - 2.919) * 100) is None
    assert numbers.exaggeration(14.9, 1.5) == pytest.approx(9.93, abs=0.01)


@pytest.mark.parametrize(("months", "change"), [(3, -2.0), (6, -5.0), (12, -11.0)])
def test_so_many_months_before_a_quarter_is_the_end_of_an_earlier_one(months, change):
    stock = line([30.0, 27.0, 24.0, 21.0, 18.0, 16.0], last=Period.quarter(2025, 3), unit="JPY tn")
    told = claim(
        Predicate.CHANGE,
        subject="central_bank",
        measure="jgb_holders",
        base=Base("ago", None, months, "month"),
        quantity=Quantity(change * 1e12, (change - 0.4) * 1e12, (change + 0.4) * 1e12, "JPY"),
        direction=-1,
        period=Period.quarter(2025, 3),
    )
    evidence = Made({("jgb_holders", "central_bank", ""): [replace(stock, frequency="Q")]})
    assert judge_claim(told, evidence).ruling is Ruling.SUPPORTED
