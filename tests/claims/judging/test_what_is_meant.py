"""Which observation, and which way round, the words of a claim mean."""

from __future__ import annotations

import math
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


def test_a_gap_of_nothing_or_more_is_one_of_the_higher_yield():
    wider = Quantity(0.0, 0.0, math.inf, "pp")
    told = {"predicate": Predicate.THRESHOLD, "quantity": wider, "direction": 1}
    assert gap(BOTH, scope=frozenset({"unsigned"}), **told) is Ruling.SUPPORTED
    assert gap(BOTH, **told) is Ruling.REFUTED


def test_a_gap_narrows_whichever_is_higher():
    unsigned = frozenset({"unsigned"})
    narrowed = {"predicate": Predicate.DIRECTION, "direction": -1, "scope": unsigned}
    assert gap(BOTH, **narrowed) is Ruling.SUPPORTED
    assert gap(BOTH, **narrowed, subject="US-JP") is Ruling.SUPPORTED
    closed = {"JP-US": [0.5, 0.0], "US-JP": [-0.5, 0.0]}  # as it was told, it was on this side
    assert gap(closed, **narrowed) is Ruling.SUPPORTED
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
        (rules.LATE_PRINT, 1000 + rules.NEAR_PRINT * 1000, Ruling.AMBIGUOUS),
        (rules.LATE_PRINT, 1000 + rules.NEAR_PRINT * 1000 + 0.1, Ruling.REFUTED),
        (rules.LATE_PRINT + 1, 1000.0, Ruling.SUPPORTED),
    ],
)
def test_a_number_near_a_print_of_a_year_later_may_be_the_one_of_its_day(days, stated, expected):
    assert late(days, stated) is expected


class Debtors(Made):
    """Debt ratios of four countries, one of them no member of the G7."""

    def siblings(self, series: str) -> list[tuple[str, str]]:
        names = ((who, f"imf/GGXWDG_NGDP/{who}") for _, who, _ in self._lines)
        return [(who, name) for who, name in names if name != series]


DEBTORS = Debtors(
    {
        ("debt_ratio", who, ""): [
            line([0.0, ratio], last=Period.year(2024), unit="%", series=f"imf/GGXWDG_NGDP/{who}")
        ]
        for who, ratio in (("JP", 236.0), ("GR", 154.0), ("IT", 135.0), ("US", 122.0))
    }
)


@pytest.mark.parametrize(
    ("who", "rank", "scope", "expected"),
    [
        ("JP", 1, "world", Ruling.NOT_COVERED),  # a country whose figure is not held may owe more
        ("IT", 3, "world", Ruling.NOT_COVERED),
        ("IT", 4, "world", Ruling.NOT_COVERED),
        ("IT", 2, "world", Ruling.REFUTED),
        ("JP", 1, "g7", Ruling.SUPPORTED),
        ("IT", 2, "g7", Ruling.SUPPORTED),
        ("US", 3, "g7", Ruling.SUPPORTED),
        ("IT", 3, "g7", Ruling.REFUTED),
        ("IT", 1, "g7", Ruling.REFUTED),
    ],
)
def test_a_place_among_all_is_settled_only_where_all_are_held(who, rank, scope, expected):
    told = claim(
        Predicate.RANK,
        subject=who,
        measure="debt_ratio",
        rank=rank,
        extreme="high",
        scope=frozenset({scope, "foreign"}),
    )
    assert judge_claim(told, DEBTORS).ruling is expected
