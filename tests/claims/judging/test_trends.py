"""What goes on is more than one month: "is selling" against the quarter and the year."""

from __future__ import annotations

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

NOV = Period.month(2025, 11)
TREND = frozenset({"trend"})
YEAR = [10.0] * 10


def judged(flows, **fields):
    """What is said of bonds sold, by the flows of the last months."""
    series = line(flows, unit="JPY 100mn", kind="flow", half=0.5)
    told = {"measure": "foreign_bond_flows", "direction": -1} | fields
    evidence = Made({("foreign_bond_flows", "JP", ""): [series]})
    return judge_claim(claim(Predicate.FLOW, **told), evidence)


def test_one_month_told_as_a_trend_misleads():
    verdict = judged([*YEAR, 10.0, 5.0, -14.0], scope=TREND)
    assert (verdict.ruling, verdict.misreadings) == (Ruling.MISLEADING, ("one_period_as_trend",))
    assert "One period is no trend." in verdict.reasons[0]


@pytest.mark.parametrize(
    ("last", "fields", "expected"),
    [
        ([10.0, 5.0, -14.0], {}, Ruling.SUPPORTED),  # of that month only
        ([10.0, 5.0, -15.0], {}, Ruling.SUPPORTED),
        ([10.0, 5.0, -15.0], {"scope": TREND}, Ruling.SUPPORTED),  # a quarter of nought
        ([10.0, 5.0, -16.0], {"scope": TREND}, Ruling.SUPPORTED),  # nor did the quarter gainsay it
        ([10.0, 5.0, 14.0], {"scope": TREND}, Ruling.REFUTED),
        ([10.0, 5.0, -14.0], {"scope": TREND, "period": NOV}, Ruling.MISLEADING),
        ([10.0, -14.0, 5.0], {"scope": TREND, "period": NOV.shift(-1)}, Ruling.MISLEADING),
    ],
)
def test_what_the_quarter_or_the_year_bears_out_stands(last, fields, expected):
    assert judged([*YEAR, *last], **fields).ruling is expected


def test_a_year_that_went_the_same_way_bears_it_out():
    assert judged([*[-10.0] * 10, 10.0, 5.0, -14.0], scope=TREND).ruling is Ruling.SUPPORTED


def test_a_longer_time_is_no_single_month():
    span = Period(Period.month(2025, 8).start, NOV.end)
    verdict = judged([*YEAR, -30.0, 50.0, -14.0, -14.0], scope=TREND, period=span)
    assert verdict.ruling is Ruling.SUPPORTED


def test_a_series_too_short_to_show_a_year_says_nothing_of_a_trend():
    assert judged([10.0] * 11 + [-1.0], scope=TREND).ruling is Ruling.SUPPORTED
    assert judged([10.0] * 12 + [-1.0], scope=TREND).ruling is Ruling.MISLEADING


def test_of_holdings_whose_flows_are_published_those_speak():
    held = line([200.0 - k for k in range(13)])
    net = line([1000.0] * 12 + [-1.0], unit="USD mn", kind="flow", half=0.5, series="tic/net/JP")
    lines = {("treasury_holdings", "JP", ""): [held], ("treasury_net_purchases", "JP", ""): [net]}
    verdict = judge_claim(claim(Predicate.FLOW, direction=-1, scope=TREND), Made(lines))
    assert verdict.ruling is Ruling.MISLEADING
    assert "Net purchases of $2.0 bn" in verdict.reasons[0]


def test_of_holdings_whose_flows_are_not_published_the_changes_speak():
    held = line([*(100.0 + 10 * k for k in range(12)), 205.0])
    quarter = {("treasury_holdings", "JP", ""): [held]}
    rates = line([4.0] * 13, unit="%", kind="rate", half=0.005, series="h15/yield/5Y")
    evidence = Made({**quarter, ("government_yield", "US", "5Y"): [rates]})
    told = claim(Predicate.FLOW, direction=-1, scope=TREND)
    verdict = judge_claim(told, evidence)
    assert verdict.ruling is Ruling.MISLEADING
    assert "Holdings changed by +$15.0 bn" in verdict.reasons[0]
