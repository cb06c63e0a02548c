"""Prices as people tell them: moves in the quoted currency, closes beside the day's extremes."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2026, 1, 23))


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return judge_claim(claim(predicate, **fields), evidence).ruling


@pytest.mark.parametrize(
    ("unit", "size", "expected"),
    [
        ("JPY", 3.5, Ruling.SUPPORTED),
        ("", 3.5, Ruling.SUPPORTED),
        ("JPY", 6.0, Ruling.EXAGGERATED),
        ("JPY", -3.5, Ruling.REFUTED),
        ("contracts", 3.5, Ruling.NOT_COVERED),
    ],
)
def test_a_rate_moves_in_the_currency_that_it_is_quoted_in(unit, size, expected):
    rate = line(
        [155.0, 158.5], last=DAY, unit="JPY per USD", kind="price", half=0.005, series="ecb/USDJPY"
    )
    evidence = Made({("exchange_rate", "USDJPY", ""): [rate]})
    told = Quantity(size, size - 0.05, size + 0.05, unit)
    pair = {"measure": "exchange_rate", "subject": "USDJPY", "period": DAY}
    asked = {"quantity": told, "direction": math.copysign(1, size), **pair}
    assert ruling(evidence, Predicate.CHANGE, **asked) is expected


@pytest.mark.parametrize("unit", ["", "JPY"])
def test_a_bare_number_is_no_move_of_a_rate_in_per_cent_or_of_money(unit):
    asked = {"quantity": Quantity(2, 1.5, 2.5, unit), "direction": 1}
    rate = line([1.0, 3.0], last=DAY, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y")
    evidence = Made({("government_yield", "JP", "10Y"): [rate]})
    of_yield = {"measure": "government_yield", "tenor": "10Y", "period": DAY, **asked}
    assert ruling(evidence, Predicate.CHANGE, **of_yield) is Ruling.NOT_COVERED
    stock = Made({("treasury_holdings", "JP", ""): [line([1.0, 3.0])]})
    assert ruling(stock, Predicate.CHANGE, **asked) is Ruling.NOT_COVERED


def test_a_line_held_all_the_time_must_count_what_the_series_counts():
    evidence = Made({("treasury_holdings", "JP", ""): [line([1.0, 2.0, 3.0])]})
    held = {"quantity": Quantity(0.5, 0.5, math.inf, "EUR"), "direction": 1}
    span = Period.parse("2025-10..2025-11")
    assert ruling(evidence, Predicate.STREAK, period=span, **held) is Ruling.NOT_COVERED


def prices(closes, highs):
    day = {"last": DAY, "unit": "USD", "kind": "price", "half": 0.5}
    close = line(closes, series="yahoo/BTC/close", **day)
    high = replace(line(highs, series="yahoo/BTC/high", **day), convention="session_high")
    return Made({("crypto_price", "BTC", ""): [close, high]})


BITCOIN = {"measure": "crypto_price", "subject": "BTC", "period": DAY}


@pytest.mark.parametrize(
    ("scope", "expected"), [({"close"}, Ruling.SUPPORTED), (set(), Ruling.REFUTED)]
)
def test_a_record_of_closes_is_not_beaten_by_what_was_touched(scope, expected):
    evidence = prices([90.0, 95.0, 97.0], [92.0, 99.0, 98.0])
    asked = {"extreme": "high", "of": "level", "scope": frozenset(scope), **BITCOIN}
    assert ruling(evidence, Predicate.RECORD, **asked) is expected


def test_who_says_that_it_closed_there_cannot_mean_the_day_s_high():
    evidence = prices([90.0, 95.0], [92.0, 101.0])
    above = {"quantity": Quantity(100, 100, math.inf, "USD"), "direction": 1, **BITCOIN}
    told = judge_claim(claim(Predicate.THRESHOLD, scope=frozenset({"close"}), **above), evidence)
    assert told.ruling is Ruling.REFUTED
    assert told.misreadings == ("different_definition",)
