"""The highest and the lowest of a period, and what is told of now."""

from __future__ import annotations

from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

TO = date(2025, 3, 14)
WEEK = Period(date(2025, 3, 10), TO)


def days(values, unit="", kind="price"):
    return line(values, last=Period.day(TO), unit=unit, kind=kind, half=0.005)


def level(values, value, extreme, measure="exchange_rate", subject="USDJPY", **more):
    evidence = Made({(measure, subject, ""): [days(values)]}, dated=TO)
    told = claim(
        Predicate.LEVEL,
        measure=measure,
        subject=subject,
        period=WEEK,
        extreme=extreme,
        quantity=Quantity(value, value - 0.005, value + 0.005, ""),
        **more,
    )
    return judge_claim(told, evidence).ruling


PRICES = [150.0, 170.0, 155.0, 160.0, 152.0, 158.0]
"""The week begins on the second."""


@pytest.mark.parametrize(
    ("value", "extreme", "expected"),
    [
        (170.0, "high", Ruling.SUPPORTED),
        (160.0, "high", Ruling.REFUTED),
        (158.0, "high", Ruling.REFUTED),
        (152.0, "low", Ruling.SUPPORTED),
        (155.0, "low", Ruling.REFUTED),
        (155.0, "", Ruling.SUPPORTED),
    ],
)
def test_a_summit_is_no_other_day_of_the_period(value, extreme, expected):
    assert level(PRICES, value, extreme) is expected


@pytest.mark.parametrize(
    ("value", "extreme", "expected"),
    [
        (170.8, "high", Ruling.NOT_COVERED),
        (170.9, "high", Ruling.REFUTED),
        (169.5, "high", Ruling.REFUTED),
        (151.3, "low", Ruling.NOT_COVERED),
        (151.2, "low", Ruling.REFUTED),
        (152.5, "low", Ruling.REFUTED),
    ],
)
def test_what_may_have_traded_beyond_a_fixing_is_left_open(value, extreme, expected):
    assert level(PRICES, value, extreme) is expected


def test_a_summit_of_what_has_no_fixing_is_held_to_its_figures():
    fear = {"measure": "volatility_index", "subject": "VIX"}
    assert level(PRICES, 170.8, "high", **fear) is Ruling.REFUTED


def record(values, **more):
    evidence = Made({("volatility_index", "VIX", ""): [days(values, kind="rate")]}, dated=TO)
    told = claim(
        Predicate.RECORD,
        measure="volatility_index",
        subject="VIX",
        extreme="high",
        of="level",
        scope=frozenset({"standing"}),
        **more,
    )
    return judge_claim(told, evidence).ruling


@pytest.mark.parametrize(
    ("back", "since", "plain"),
    [
        (0, Ruling.SUPPORTED, Ruling.SUPPORTED),
        (1, Ruling.SUPPORTED, Ruling.SUPPORTED),
        (2, Ruling.EXAGGERATED, Ruling.SUPPORTED),
        (4, Ruling.EXAGGERATED, Ruling.SUPPORTED),
        (5, Ruling.EXAGGERATED, Ruling.REFUTED),
    ],
)
def test_what_is_the_highest_since_a_day_is_told_of_now(back, since, plain):
    values = [9.0 + k / 100 for k in range(20)]
    values[-1 - back] = 20.0
    if back:
        values[-1] = 9.5
    assert record([25.0, *values], since=Period.day(date(2025, 2, 22))) is since
    assert record(values) is plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [(150.0, Ruling.SUPPORTED), (170.0, Ruling.SUPPORTED), (155.0, Ruling.REFUTED)],
)
def test_a_period_begins_with_its_first_figure_or_the_last_before_it(value, expected):
    assert level(PRICES, value, "", scope=frozenset({"period_start"})) is expected


def test_a_series_that_begins_with_the_period_has_none_before_it():
    begins = {"scope": frozenset({"period_start"})}
    assert level(PRICES[1:], 170.0, "", **begins) is Ruling.SUPPORTED
    assert level(PRICES[1:], 158.0, "", **begins) is Ruling.REFUTED


def acted(values, *scope):
    acts = line(values, last=Period.day(TO), unit="JPY 100mn", kind="flow", half=0.5)
    evidence = Made({("fx_intervention", "JP", ""): [acts]}, dated=TO)
    told = claim(
        Predicate.RECORD,
        measure="fx_intervention",
        extreme="high",
        of="flow",
        period=Period.day(TO),
        scope=frozenset(scope),
    )
    return judge_claim(told, evidence).ruling


def test_the_largest_act_is_so_on_either_side():
    assert acted([-9.0, 5.0, 8.0], "size") is Ruling.REFUTED
    assert acted([-9.0, 5.0, 8.0]) is Ruling.SUPPORTED
    assert acted([5.0, 8.0, -9.0], "size") is Ruling.SUPPORTED
