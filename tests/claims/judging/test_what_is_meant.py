"""Which observation, and which way round, the words of a claim mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim, rules
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2025, 11, 20))


def rate(value: float) -> Quantity:
    return Quantity(value, value - 0.005, value + 0.005, "%")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DAY, Ruling.REFUTED),  # the day of the figure: decided the day before
        (DAY.shift(-1), Ruling.SUPPORTED),
        (DAY.shift(1), Ruling.REFUTED),  # the next day is not out
        (Period.month(2025, 11), Ruling.SUPPORTED),
    ],
)
def test_a_policy_rate_decided_on_a_day_is_in_force_from_the_next(day, expected):
    rates = line([0.25, 0.5, 0.75], last=DAY.shift(1), unit="%", kind="rate", half=0.005)
    told = claim(
        Predicate.LEVEL, subject="JP", measure="policy_rate", period=day, quantity=rate(0.5)
    )
    evidence = Made({("policy_rate", "JP", ""): [rates]})
    assert judge_claim(told, evidence).ruling is expected


def gap(measured: dict[str, list[float]], **fields: object) -> Ruling:
    lines = {
        ("yield_gap", pair, "10Y"): [line(values, last=DAY, unit="%", kind="rate", half=0.005)]
        for pair, values in measured.items()
    }
    base = {"subject": "JP-US", "measure": "yield_gap", "tenor": "10Y", "period": DAY}
    return judge_claim(claim(**(base | fields)), Made(lines)).ruling


BOTH = {"JP-US": [-2.5, -2.0], "US-JP": [2.5, 2.0]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"scope": frozenset({"unsigned"}), "quantity": rate(2.0)}, Ruling.SUPPORTED),
        ({"quantity": rate(2.0)}, Ruling.REFUTED),
        ({"scope": frozenset({"unsigned"}), "quantity": rate(-2.0)}, Ruling.SUPPORTED),
        ({"subject": "US-JP", "quantity": rate(2.0)}, Ruling.SUPPORTED),
    ],
)
def test_the_size_of_a_gap_is_the_higher_yield_less_the_lower(fields, expected):
    assert gap(BOTH, predicate=Predicate.LEVEL, **fields) is expected


def test_a_gap_narrows_whichever_is_higher():
    unsigned = frozenset({"unsigned"})
    narrowed = {"predicate": Predicate.DIRECTION, "direction": -1, "scope": unsigned}
    assert gap(BOTH, **narrowed) is Ruling.SUPPORTED
    assert gap(BOTH, **narrowed, subject="US-JP") is Ruling.SUPPORTED
    assert gap({"JP-US": [0.0, 0.0], "US-JP": [0.0, 0.0]}, **narrowed) is not Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(date(2025, 11, 1), date(2025, 11, 20)), Ruling.SUPPORTED),  # "in mid-November"
        (Period.month(2025, 11), Ruling.REFUTED),
        (None, Ruling.REFUTED),
    ],
)
def test_of_a_loose_stretch_any_week_may_be_meant(period, expected):
    week = Period(date(2025, 11, 12), date(2025, 11, 18))
    weekly = line([-90.0, -70.0], last=week, unit="contracts", half=0.5)
    told = Quantity(-90, -90.5, -89.5, "contracts")
    stock = claim(Predicate.LEVEL, subject="JPY", measure="yen_positioning", quantity=told)
    evidence = Made({("yen_positioning", "JPY", ""): [weekly]})
    assert judge_claim(_dated(stock, period), evidence).ruling is expected


def _dated(told, period):
    return replace(told, period=period)


def late(days: int, stated: float) -> Ruling:
    """A level against a later print that came so many days after the month."""
    printed = line([1000.0, 1000.0], marks=b"\0\1", revisions=1.0)
    cited = printed.cite

    def cite(index: int):
        (point,) = cited(index)
        day = point.period.end + timedelta(days)
        return (replace(point, vintage_day=day),)

    told = claim(Predicate.LEVEL, period=Period.month(2025, 11), quantity=dollars(stated))
    return judge_claim(told, holdings(replace(printed, cite=cite))).ruling


SHARE = rules.SURVEYED * 1000


@pytest.mark.parametrize(
    ("days", "stated", "expected"),
    [
        (rules.LATE_PRINT + 1, 1000 + SHARE, Ruling.AMBIGUOUS),
        (rules.LATE_PRINT + 1, 1000 - SHARE, Ruling.AMBIGUOUS),
        (rules.LATE_PRINT + 1, 1000 + SHARE + 0.1, Ruling.REFUTED),
        (rules.LATE_PRINT, 1000 + SHARE, Ruling.REFUTED),
        (rules.LATE_PRINT + 1, 1000.0, Ruling.SUPPORTED),
    ],
)
def test_a_number_near_a_print_of_a_year_later_may_be_the_one_of_its_day(days, stated, expected):
    assert late(days, stated) is expected
