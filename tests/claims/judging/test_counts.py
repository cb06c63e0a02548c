"""How often something was so, in a period or of the last so many figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, line

from saiken.archive.view import Availability
from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

INF = float("inf")
JANUARY, MARCH = Period.month(2025, 1), Period.month(2025, 3)
SINCE = Period(date(2025, 3, 3), date(2025, 3, 14))
FEAR = {"measure": "volatility_index", "subject": "VIX"}


def days(values, last=date(2025, 3, 14)):
    return line(values, last=Period.day(last), unit="", kind="rate", half=0.005)


def above(*args, **fields):
    """The ruling on so many days above 30."""
    return told_above(*args, **fields).ruling


def told_above(values, count, *scope, dated=date(2025, 3, 14), **fields):
    evidence = Made({("volatility_index", "VIX", ""): [days(values)]}, dated=dated)
    told = claim(
        Predicate.STREAK,
        count=count,
        direction=1,
        scope=frozenset({"times", *scope}),
        **({"period": SINCE, "quantity": Quantity(30.0, 30.0, INF, "")} | FEAR | fields),
    )
    return judge_claim(told, evidence)


def moved(*args, **fields):
    """The ruling on so many falls of a stock by the month, up to March."""
    return told_moved(*args, **fields).ruling


def told_moved(values, count, *scope, **fields):
    stock = line(values, last=MARCH, due=date(2025, 5, 15))
    evidence = Made({("treasury_holdings", "JP", ""): [stock]}, dated=date(2025, 4, 20))
    scopes = frozenset(scope or {"times"})
    told = claim(Predicate.STREAK, count=count, direction=-1, scope=scopes, **fields)
    return judge_claim(told, evidence)


CALM = [20.0, 31.0, 30.0, 30.01, 20.0, 20.0, 20.0, 20.0, 33.0, 20.0]
"""Three closes above 30, in three runs."""


@pytest.mark.parametrize(
    ("count", "scope", "expected"),
    [
        (3, {"close"}, Ruling.SUPPORTED),
        (4, {"close"}, Ruling.EXAGGERATED),
        (29, {"close"}, Ruling.EXAGGERATED),
        (30, {"close"}, Ruling.REFUTED),
        (2, {"close"}, Ruling.REFUTED),
        (0, {"close"}, Ruling.REFUTED),
        (3, {"close", "at_least"}, Ruling.SUPPORTED),
        (2, {"close", "at_least"}, Ruling.SUPPORTED),
        (4, {"close", "at_least"}, Ruling.EXAGGERATED),
        (3, {"close", "at_most"}, Ruling.SUPPORTED),
        (4, {"close", "at_most"}, Ruling.SUPPORTED),
        (2, {"close", "at_most"}, Ruling.REFUTED),
        (7, {"close", "misses"}, Ruling.SUPPORTED),
        (3, {"close", "misses"}, Ruling.REFUTED),
    ],
)
def test_the_days_beyond_a_line_are_counted(count, scope, expected):
    assert above(CALM, count, *scope) is expected


def test_below_a_line_is_strictly_below_it():
    below = {"quantity": Quantity(30.0, -INF, 30.0, ""), "direction": -1}
    evidence = Made({("volatility_index", "VIX", ""): [days(CALM)]}, dated=date(2025, 3, 14))
    for count, expected in ((6, Ruling.SUPPORTED), (7, Ruling.EXAGGERATED)):
        told = claim(
            Predicate.STREAK,
            count=count,
            period=SINCE,
            scope=frozenset({"times", "close"}),
            **below,
            **FEAR,
        )
        assert judge_claim(told, evidence).ruling is expected


def test_none_refutes_any_number_and_bears_out_never():
    assert above([20.0] * 10, 1, "close") is Ruling.REFUTED
    assert above([20.0] * 10, 0, "close") is Ruling.SUPPORTED


def test_a_line_crossed_once_for_days_leaves_open_how_often():
    run = [20.0, 31.0, 32.0, 31.0, 20.0, 20.0, 31.0, 20.0, 20.0, 20.0]
    assert above(run, 4) is Ruling.AMBIGUOUS
    assert above(run, 2) is Ruling.AMBIGUOUS
    assert above(run, 1) is Ruling.REFUTED
    assert above(run, 4, "daily") is Ruling.SUPPORTED
    assert above(CALM[:3] + CALM[4:], 2) is Ruling.SUPPORTED  # neighbours or not, the same


@pytest.mark.parametrize(
    ("count", "dated", "expected"),
    [
        (3, date(2025, 3, 14), Ruling.SUPPORTED),
        (3, date(2025, 3, 15), Ruling.SUPPORTED),
        (4, date(2025, 3, 14), Ruling.EXAGGERATED),
        (3, date(2025, 3, 11), Ruling.REFUTED),
    ],
)
def test_the_nth_time_is_told_when_it_is_new(count, dated, expected):
    assert above(CALM, count, "nth", "close", dated=dated) is expected


def test_what_is_old_is_no_nth_time():
    values = [*CALM[:8], 20.0, 20.0]
    assert above([31.0, *values[1:7], 33.0, 20.0, 20.0], 4, "nth", "close") is Ruling.SUPPORTED
    assert above([31.0, *values[1:6], 33.0, 20.0, 20.0, 20.0], 4, "nth", "close") is Ruling.REFUTED


FALLING = [9.0, 8.0, 8.5, 8.0, 7.0, 7.0]
"""Falls in three of the last five months: up in December, level in March."""


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [
        (3, 5, Ruling.SUPPORTED),
        (2, 3, Ruling.SUPPORTED),
        (2, 4, Ruling.SUPPORTED),
        (3, 4, Ruling.EXAGGERATED),
        (3, 6, Ruling.NOT_COVERED),
    ],
)
def test_of_the_last_so_many_figures(count, whole, expected):
    assert moved(FALLING, count, base=Base("ago", None, whole, "month")) is expected


def test_the_last_so_many_end_with_the_month_named():
    base = Base("ago", None, 2, "month")
    assert moved(FALLING, 2, base=base, period=Period.month(2025, 2)) is Ruling.SUPPORTED
    assert moved(FALLING, 1, base=base, period=Period.month(2025, 1)) is Ruling.SUPPORTED


def test_all_but_so_many():
    quarter = {"period": Period(JANUARY.start, MARCH.end)}
    assert moved(FALLING, 1, "misses", **quarter) is Ruling.SUPPORTED
    assert moved(FALLING, 2, "misses", **quarter) is Ruling.EXAGGERATED
    assert moved(FALLING, 0, "misses", **quarter) is Ruling.REFUTED


def test_counted_since_a_month_begins_after_it():
    assert moved(FALLING, 2, since=Period.month(2024, 12)) is Ruling.SUPPORTED
    assert moved(FALLING, 1, since=JANUARY) is Ruling.SUPPORTED


def test_acts_on_either_side_are_counted():
    acts = line([5.0, -3.0, 0.0, 2.0], last=MARCH, unit="JPY 100mn", kind="flow", half=0.5)
    evidence = Made({("fx_intervention", "JP", ""): [acts]}, dated=date(2025, 4, 20))
    year = Period(date(2024, 12, 1), MARCH.end)

    def ruling(count, direction):
        told = claim(
            Predicate.STREAK,
            measure="fx_intervention",
            count=count,
            direction=direction,
            of="flow",
            period=year,
            scope=frozenset({"times"}),
        )
        return judge_claim(told, evidence).ruling

    assert ruling(3, 0) is Ruling.SUPPORTED
    assert ruling(2, 1) is Ruling.SUPPORTED
    assert ruling(1, -1) is Ruling.SUPPORTED


def test_a_line_in_another_unit_is_not_counted():
    assert above(CALM, 3, "close", quantity=Quantity(30.0, 30.0, INF, "%")) is Ruling.NOT_COVERED


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2025, 3, 5), Ruling.SUPPORTED),
        (date(2025, 3, 4), Ruling.REFUTED),
        (date(2025, 3, 20), Ruling.NOT_PUBLISHED_YET),
    ],
)
def test_nothing_was_done_since_the_last_day_as_far_as_is_known(since, expected):
    acts = line([2.0, 3.0], last=Period.day(date(2025, 3, 5)), unit="JPY 100mn", kind="flow", half=0.5,
                sparse=True, due=date(2025, 6, 30))  # fmt: skip
    known = Period(date(2025, 1, 1), date(2025, 3, 15))

    def availability(period):
        return Availability.HELD if period.end <= known.end else Availability.NOT_PUBLISHED

    acts = replace(acts, availability=availability)
    evidence = Made({("fx_intervention", "JP", ""): [acts]}, dated=date(2025, 4, 20))
    told = claim(
        Predicate.STREAK,
        measure="fx_intervention",
        count=0,
        direction=0,
        of="flow",
        since=Period.day(since),
        scope=frozenset({"times"}),
    )
    assert judge_claim(told, evidence).ruling is expected


@pytest.mark.parametrize(
    ("count", "dated", "expected"),
    [
        (3, date(2025, 3, 14), Ruling.SUPPORTED),
        (2, date(2025, 3, 14), Ruling.SUPPORTED),  # written before the close
        (1, date(2025, 3, 14), Ruling.REFUTED),
        (2, date(2025, 3, 15), Ruling.REFUTED),
    ],
)
def test_the_text_s_own_day_may_not_have_closed_yet(count, dated, expected):
    assert above([*CALM[:8], 20.0, 33.0], count, "close", dated=dated) is expected


def test_a_move_is_told_with_its_sign_and_a_level_without():
    risen = told_moved([7.0, 8.0, 9.0], 0, base=Base("ago", None, 2, "month"))
    assert risen.reasons[0].endswith("the last one: +$1.0 bn in March 2025.")
    assert "the last one 33 " in told_above(CALM, 3, "close").reasons[0]


def test_a_count_within_a_week_is_one_of_its_days():
    week = {"period": Period(date(2025, 3, 8), date(2025, 3, 14))}
    longer = {"period": Period(date(2025, 3, 7), date(2025, 3, 14))}
    assert above(CALM, 2, "close", "weekly", **week) is Ruling.SUPPORTED
    assert above(CALM, 2, "close", "weekly", **longer) is not Ruling.SUPPORTED
