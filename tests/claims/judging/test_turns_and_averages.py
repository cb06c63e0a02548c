"""What turned, and what is told of measures that nobody quotes by the day: averages of a month."""

from __future__ import annotations

import math
from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim, rules
from saiken.claims.judging.lines import Line
from saiken.claims.verdict import Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2026, 1, 23))
JANUARY = Period.month(2026, 1)
BELOW = Quantity(0.0, -math.inf, 0.0, "bp")
MONTH = rules.MONTH_OBSERVATIONS


def daily(values: list[float]) -> Line:
    return line(values, last=DAY, unit="%", kind="rate", half=0.0, series="made/daily")


def judged(values: list[float], predicate: Predicate, **fields: object) -> Verdict:
    key = ("hedged_pick_up", "JP", "")
    asked = claim(predicate, measure="hedged_pick_up", **fields)
    return judge_claim(asked, Made({key: (daily(values),)}))


def turned(values: list[float], period: Period | None = JANUARY) -> Verdict:
    told = {"quantity": BELOW, "direction": -1, "period": period, "scope": frozenset({"turned"})}
    return judged(values, Predicate.THRESHOLD, **told)


def january(*values: float) -> list[float]:
    """Two days of December, and 23 days of January that end with `values`."""
    return [1.0, 1.0, *[1.0] * (23 - len(values)), *values]


@pytest.mark.parametrize(
    ("values", "ruling"),
    [
        ([1.0, 1.0, *[-1.0] * 23], "supported"),  # on the first day of January
        ([1.0, -1.0, *[-1.0] * 23], "refuted"),  # on the last day of December
        (january(-1.0, -1.0), "supported"),
        (january(-1.0, -1.0, 1.0), "supported"),  # two of three days since
        (january(-1.0, 1.0), "exaggerated"),  # half of them are not most
        (january(-1.0, 1.0, 1.0), "exaggerated"),
        (january(-1.0, 1.0, -1.0), "supported"),  # the second time it stayed
        (january(0.0), "refuted"),  # nought is not below
    ],
)
def test_what_turned_was_on_the_other_side_before_and_stayed(values, ruling):
    assert turned(values).ruling == ruling


def test_where_it_had_turned_before_the_day_is_told():
    told = turned([1.0, 1.0, -1.0, *[-2.0] * 23])
    assert "it had turned before: −1 %" in told.reasons[0]
    assert len(told.figures) == 2


def moved(values: list[float], direction: int = -1, **fields: object) -> Verdict:
    return judged(values, Predicate.DIRECTION, direction=direction, **fields)


def test_one_day_against_its_month_decides_nothing():
    fallen = [2.0] * MONTH + [1.0] * (MONTH - 1) + [1.5]
    assert moved(fallen).ruling == "supported"
    assert moved(fallen, +1).ruling == "refuted"
    assert "on the month, by averages" not in moved(fallen).reasons[0]  # the one reading there is
    assert moved(fallen[1:]).ruling == "ambiguous", "no whole month before it: by the day"


def test_month_and_year_that_differ_leave_it_open():
    year = [0.0] * 365 + [2.0] * MONTH + [1.0] * MONTH
    verdict = moved(year)
    assert verdict.ruling == "ambiguous"
    assert verdict.reasons[0].startswith("on the month, by averages: supported")
    assert verdict.reasons[1].startswith("on the year, by averages of a month: refuted")


@pytest.mark.parametrize(("year_ago", "ruling"), [(0.75, "supported"), (0.625, "ambiguous")])
def test_what_is_less_than_the_usual_change_does_not_speak_beside_what_is_more(year_ago, ruling):
    usual = [1.25 if block % 2 else 1.0 for block in range(20)]  # 0.25 from month to month
    usual[17] = usual[18] = year_ago
    months = [*reversed(usual[2:]), 2.0, 1.0]
    assert moved([value for month in months for value in [month] * MONTH]).ruling == ruling


@pytest.mark.parametrize(
    ("december", "january", "ruling"),
    [
        ([2.0] * 31, [1.0] * 23, "supported"),
        ([1.0] * 31, [2.0] * 23, "refuted"),
        ([2.0] * 30 + [0.0], [1.0] * 23, "ambiguous"),  # lower on average, higher at its end
    ],
)
def test_a_month_is_held_to_the_one_before_on_average_and_from_end_to_end(
    december, january, ruling
):
    assert moved(december + january, period=JANUARY).ruling == ruling


@pytest.mark.parametrize(
    ("days", "ruling"), [(7, "supported"), (27, "supported"), (28, "ambiguous")]
)
def test_a_span_shorter_than_a_month_has_no_average_to_speak_of(days, ruling):
    span = Period(date.fromordinal(DAY.end.toordinal() - days + 1), DAY.end)
    higher_but_at_its_end = [3.0] * (days - 1) + [1.0]
    assert moved([2.0] * 31 + higher_but_at_its_end, period=span).ruling == ruling


def test_from_a_day_that_is_named_it_is_measured_from_that_day():
    values = [5.0] * 300 + [1.0] + [3.0] * 60 + [2.0]
    since = Base("period", Period.day(date.fromordinal(DAY.end.toordinal() - 61)))
    assert moved(values, +1, base=since).ruling == "supported"
    assert moved(values, +1).ruling == "refuted"


@pytest.mark.parametrize(
    ("base", "ruling"),
    [
        (Base("year_ago"), "supported"),  # by averages of a month
        (Base("ago", count=1, unit="year"), "refuted"),  # by the day
    ],
)
def test_only_a_year_ago_as_such_is_a_month_of_then(base, ruling):
    fallen = [3.0] * 400 + [1.0] * (MONTH - 1) + [4.0]
    assert moved(fallen, base=base).ruling == ruling
