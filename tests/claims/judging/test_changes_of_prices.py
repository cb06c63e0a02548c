"""Changes told in the unit of a price, and counted in sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from made import Made, claim, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

TUESDAY = date(2026, 1, 20)


def rates(values, measure="exchange_rate", unit="JPY per USD"):
    """A daily line without weekends that ends on a Tuesday."""
    one = line(
        values, last=Period.day(TUESDAY), unit=unit, kind="price", half=0.005, measure=measure
    )
    weekdays = [TUESDAY]
    while len(weekdays) < len(values):
        before = weekdays[-1] - timedelta(days=1)
        weekdays.append(before - timedelta(days=max(0, before.weekday() - 4)))
    days = [day.toordinal() for day in reversed(weekdays)]
    return Made({(measure, "X", ""): [replace(one, starts=days, ends=days)]}, dated=TUESDAY)


def fell(by, half=0.05, unit="JPY", base=None, evidence=None, measure="exchange_rate") -> Verdict:
    told = claim(
        Predicate.CHANGE, subject="X", measure=measure, base=base, period=Period.day(TUESDAY),
        quantity=Quantity(-by, -by - half, -by + half, unit),
    )  # fmt: skip
    return judge_claim(told, evidence or rates([160.0, 160.0, 160.0, 160.0, 157.0]))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("JPY", Ruling.SUPPORTED),
        ("", Ruling.SUPPORTED),
        ("JPY per USD", Ruling.SUPPORTED),
        ("contracts", Ruling.NOT_COVERED),
        ("bp", Ruling.NOT_COVERED),
    ],
)
def test_a_rate_moves_by_so_many_yen(unit, expected):
    assert fell(3.0, unit=unit).ruling is expected


@pytest.mark.parametrize(
    ("by", "ruling", "code"),
    [
        (3.0, Ruling.SUPPORTED, ""),
        (3.1, Ruling.NOT_COVERED, "intraday"),  # traded between the fixings: half a per cent each
        (4.6, Ruling.NOT_COVERED, "intraday"),
        (4.7, Ruling.EXAGGERATED, ""),
        (1.4, Ruling.NOT_COVERED, "intraday"),
        (1.3, Ruling.REFUTED, ""),
        (-1.0, Ruling.REFUTED, ""),
    ],
)
def test_a_change_between_fixings_is_open_by_what_may_have_traded(by, ruling, code):
    verdict = fell(by)
    assert (verdict.ruling, verdict.code) == (ruling, code)


def test_an_index_and_a_share_are_held_to_their_closes():
    index = rates([160.0, 160.0, 160.0, 160.0, 157.0], measure="equity_index", unit="index")
    assert fell(3.1, unit="", evidence=index, measure="equity_index").ruling is Ruling.EXAGGERATED
    assert fell(2.0, unit="% change").ruling is Ruling.EXAGGERATED


def test_yields_do_not_move_by_bare_numbers():
    yields = rates([4.0, 4.0, 4.0, 4.0, 3.0], measure="policy_rate", unit="%")
    verdict = fell(1.0, unit="", evidence=yields, measure="policy_rate")
    assert (verdict.ruling, verdict.code) == (Ruling.NOT_COVERED, "unit")
    assert fell(1.0, unit="pp", evidence=yields, measure="policy_rate").ruling is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("base", "fall"),
    [
        (Base("ago", count=1, unit="session"), 1.0),
        (Base("ago", count=2, unit="session"), 3.0),  # from Friday
        (Base("ago", count=3, unit="session"), 6.0),
        (Base("ago", count=3, unit="day"), 3.0),  # from Saturday, which stands as Friday left it
        (Base("ago", count=5, unit="day"), 6.0),
    ],
)
def test_sessions_are_days_of_the_market(base, fall):
    index = rates([106.0, 103.0, 101.0, 100.0], measure="equity_index", unit="index")
    for by, expected in ((fall, True), (fall + 1, False)):
        told = claim(
            Predicate.CHANGE, subject="X", measure="equity_index", base=base,
            period=Period.day(TUESDAY), quantity=Quantity(-by, -by, -by, ""),
        )  # fmt: skip
        assert (judge_claim(told, index).ruling is Ruling.SUPPORTED) is expected


def test_more_sessions_than_a_series_has_are_not_counted_from_its_end():
    index = rates([103.0, 101.0, 100.0], measure="equity_index", unit="index")
    told = claim(
        Predicate.CHANGE, subject="X", measure="equity_index",
        base=Base("ago", count=30, unit="session"), quantity=Quantity(-1.0, -1.0, -1.0, ""),
    )  # fmt: skip
    assert judge_claim(told, index).ruling is Ruling.NOT_COVERED
