"""The edges of flows, of streaks told without a count, and of multiples told by a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.archive.view import Availability
from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV, DEC = Period.month(2025, 11), Period.month(2025, 12)
WEEK = Period.week_ending(date(2025, 12, 20))
TWO = Period.parse("2025-11..2025-12")
BONDS = {"measure": "foreign_bond_flows"}


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return verdict(evidence, predicate, **fields).ruling


class Sparse(Made):
    """Evidence on single operations; what was published of them by the day is told by `out`."""

    out = True

    def is_out(self, *_: object) -> bool:
        return self.out


def flows(values, last=DEC, kind=Made, **more):
    one = line(
        values, last=last, unit="JPY 100mn", kind="flow", half=0.5,
        series="mof/monthly/assets/long/net", **more,
    )  # fmt: skip
    return kind({("foreign_bond_flows", "JP", ""): [one]})


# -- what a flow can be asked of ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scope": frozenset({"weekly"}), "period": DEC}, "finer"),
        ({"period": WEEK}, "finer"),
        ({"period": Period(date(2025, 12, 1), date(2025, 12, 27))}, "finer"),
        ({"period": Period(date(2025, 12, 1), date(2025, 12, 28))}, ""),
        ({"period": DEC}, ""),
        ({}, ""),
    ],
)
def test_a_month_says_nothing_of_its_weeks(fields, code):
    found = verdict(flows([5.0, -7.0]), Predicate.FLOW, direction=-1, **fields, **BONDS)
    assert found.code == code
    assert found.ruling is (Ruling.NOT_COVERED if code else Ruling.SUPPORTED)


def test_a_week_of_a_weekly_flow_is_judged():
    asked = {"period": WEEK, "direction": -1, **BONDS}
    assert ruling(flows([5.0, -7.0], last=WEEK), Predicate.FLOW, **asked) is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("gap", "out", "sparse", "expected"),
    [
        (Availability.NO_OBSERVATION, True, True, Ruling.REFUTED),
        (Availability.NO_OBSERVATION, False, True, Ruling.NOT_COVERED),
        (Availability.NO_OBSERVATION, True, False, Ruling.NOT_COVERED),
        (Availability.NOT_AT_HAND, True, True, Ruling.NOT_COVERED),
    ],
)
def test_a_published_day_without_an_operation_had_none(gap, out, sparse, expected):
    day = Period.day(date(2025, 12, 15))
    evidence = flows([5.0, 7.0], last=day, kind=Sparse, sparse=sparse)
    evidence.out = out
    key = ("foreign_bond_flows", "JP", "")
    evidence._lines[key] = (replace(evidence._lines[key][0], availability=lambda _: gap),)
    asked = {"direction": 1, "period": Period.day(date(2025, 12, 12)), **BONDS}
    assert ruling(evidence, Predicate.FLOW, **asked) is expected
    early = Made({}, dated=date(2000, 1, 1))
    early._lines = evidence._lines
    assert ruling(early, Predicate.FLOW, direction=1, **BONDS) is Ruling.NOT_COVERED


@pytest.mark.parametrize(
    ("base", "bn"),
    [
        (Base("ago", count=2, unit="day"), 7.0),  # the last two with an operation, far apart
        (Base("ago", count=9, unit="day"), 8.0),  # all there are
        (Base("ago", count=1, unit="week"), 4.0),
        (Base("ago", count=2, unit="week"), 7.0),
    ],
)
def test_days_of_operations_are_those_that_had_one(base, bn):
    ends = [date(2025, 12, day).toordinal() for day in (1, 12, 20)]
    acts = line(
        [10.0, 30.0, 40.0], last=Period.day(date(2025, 12, 20)), unit="JPY 100mn", kind="flow",
        half=0.5, sparse=True,
    )  # fmt: skip
    acts = replace(acts, starts=ends, ends=ends)
    evidence = Sparse({("fx_intervention", "JP", ""): [acts]}, dated=date(2025, 12, 20))
    told = {"measure": "fx_intervention", "base": base, "direction": 1}
    size = Quantity(bn * 1e9, bn * 1e9 - 5e7, bn * 1e9 + 5e7, "JPY")
    assert ruling(evidence, Predicate.FLOW, quantity=size, **told) is Ruling.SUPPORTED


# -- how a flow is told ---------------------------------------------------------------------------


def test_a_sum_names_its_span_and_nothing_is_no_purchase():
    sold = verdict(flows([-5.0, -7.0]), Predicate.FLOW, direction=-1, period=TWO, **BONDS)
    assert sold.reasons[0].endswith("in November 2025 to December 2025.")
    nothing = verdict(flows([5.0, 0.0]), Predicate.FLOW, direction=1, period=DEC, **BONDS)
    assert not nothing.reasons[0].startswith("Net purchases")


def test_only_a_single_month_hangs_on_its_revision():
    marked = {"marks": bytes([1, 1]), "revisions": 20.0}
    for period, expected in ((DEC, Ruling.AMBIGUOUS), (TWO, Ruling.SUPPORTED)):
        asked = {"direction": -1, "period": period, **BONDS}
        assert ruling(flows([-5.0, -7.0], **marked), Predicate.FLOW, **asked) is expected


# -- streaks without a count ----------------------------------------------------------------------


YEAR = Period.parse("2025-10..2025-12")


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([-9.0, 1.0, 2.0, 3.0], 1, Ruling.SUPPORTED),
        ([-9.0, 1.0, 0.0, 3.0], 1, Ruling.REFUTED),
        ([9.0, -1.0, -2.0, -3.0], -1, Ruling.SUPPORTED),
        ([9.0, -1.0, 0.0, -3.0], -1, Ruling.REFUTED),
    ],
)
def test_in_every_month_means_each_of_them(values, direction, expected):
    asked = {"period": YEAR, "direction": direction, **BONDS}
    assert ruling(flows(values), Predicate.STREAK, **asked) is expected


def test_every_day_since_counts_from_the_end_of_what_is_named():
    last = Period.day(date(2026, 1, 23))
    above = {
        "measure": "government_yield",
        "tenor": "10Y",
        "quantity": Quantity(2, 2, float("inf"), "%"),
        "direction": 1,
    }

    def evidence(values):
        one = line(values, last=last, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y")
        return Made({("government_yield", "JP", "10Y"): [one]})

    since = {"since": Period.day(date(2026, 1, 21)), **above}
    told = verdict(evidence([1.0, 2.1, 2.2, 2.3]), Predicate.STREAK, **since)
    assert (told.ruling, told.reasons[0][:5]) == (Ruling.SUPPORTED, "All 3")
    missed = verdict(evidence([1.0, 2.1, 2.0, 2.3]), Predicate.STREAK, **since)
    assert (missed.ruling, missed.reasons[0][:4]) == (Ruling.REFUTED, "2 % ")


def test_every_month_of_a_stock_is_of_its_changes():
    rises = {"period": Period.parse("2025-10..2025-11"), "direction": 1}
    assert ruling(holdings(line([1.0, 2.0, 3.0])), Predicate.STREAK, **rises) is Ruling.SUPPORTED
    evidence = holdings(line([1.0, 3.0, 2.0]))
    missed = verdict(evidence, Predicate.STREAK, **rises)
    assert (missed.ruling, missed.reasons[0][:8]) == (Ruling.REFUTED, "−$1.0 bn")


# -- multiples by a word --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "count", "direction", "expected"),
    [
        (21.0, 2, 1, Ruling.SUPPORTED),  # more than twice as much
        (19.0, 2, 1, Ruling.EXAGGERATED),
        (4.0, 0.5, -1, Ruling.SUPPORTED),  # less than half of it
        (6.0, 0.5, -1, Ruling.EXAGGERATED),
        (20.0, 2, None, Ruling.SUPPORTED),
        (30.0, 2, None, Ruling.REFUTED),
    ],
)
def test_more_or_less_than_a_multiple(mine, count, direction, expected):
    evidence = holdings(line([mine]), CN=line([10.0]))
    asked = {"versus": ("CN",), "period": NOV, "count": count, "direction": direction}
    assert ruling(evidence, Predicate.COMPARISON, **asked) is expected


# -- sales estimated from holdings and yields -----------------------------------------------------


NOT_APART = "Sales and valuation are not published apart for this month."


def estimated(change: float, yields: list[float]) -> Made:
    """A holder without published flows; the five-year yield says what prices did."""
    evidence = holdings(line([1200.0, 1200.0 + change]))
    one = line(yields, unit="%", kind="rate", half=0.005, series="h15/yield/5Y")
    evidence._lines["government_yield", "US", "5Y"] = (one,)
    return evidence


@pytest.mark.parametrize(
    ("change", "yields", "direction", "expected"),
    [
        (-5.0, [4.0, 4.0], -1, Ruling.SUPPORTED),  # prices stood still
        (5.0, [4.0, 4.0], -1, Ruling.REFUTED),
        (-20.0, [4.0, 4.5], -1, Ruling.MISLEADING),  # prices alone can account for it
        (-20.0, [4.0, 4.5], 1, Ruling.REFUTED),
        (20.0, [4.5, 4.0], 1, Ruling.MISLEADING),
        (-200.0, [4.0, 4.5], -1, Ruling.SUPPORTED),  # and here they cannot
    ],
)
def test_a_sale_without_a_number_is_told_by_what_prices_leave(change, yields, direction, expected):
    asked = {"direction": direction, "period": NOV}
    assert ruling(estimated(change, yields), Predicate.FLOW, **asked) is expected


def test_a_sale_with_a_number_that_prices_leave_room_for_is_noted_as_such():
    asked = {"quantity": dollars(-5.0), "direction": -1, "period": NOV}
    found = verdict(estimated(-5.0, [4.0, 4.0]), Predicate.FLOW, **asked)
    assert (found.ruling, NOT_APART in found.notes) == (Ruling.SUPPORTED, True)
    other = {**asked, "quantity": dollars(-25.0, 0.5)}
    found = verdict(estimated(-20.0, [4.5, 4.4]), Predicate.FLOW, **other)
    assert (found.ruling, NOT_APART in found.notes) == (Ruling.SUPPORTED, True)


def published(change: float, net: float) -> Made:
    evidence = holdings(line([1200.0, 1200.0 + change]))
    evidence._lines["treasury_net_purchases", "JP", ""] = (
        line([1.0, net], unit="USD mn", kind="flow", half=0.5, series="tic/net/JP"),
    )
    return evidence


def test_a_published_sale_is_not_an_estimate():
    asked = {"quantity": dollars(-4.9), "direction": -1, "period": NOV}
    found = verdict(published(-20.0, -4900.0), Predicate.FLOW, **asked)
    assert (found.ruling, NOT_APART in found.notes) == (Ruling.SUPPORTED, False)
    tiny = {**asked, "quantity": dollars(-0.1)}
    assert ruling(published(0.0, -4900.0), Predicate.FLOW, **tiny) is Ruling.REFUTED


def test_from_a_month_to_itself_nothing_was_sold_that_could_be_told():
    asked = {"direction": -1, "period": NOV, "base": Base("period", NOV)}
    found = verdict(published(-20.0, -4900.0), Predicate.FLOW, **asked)
    assert (found.ruling, found.code) == (Ruling.NOT_COVERED, "not_at_hand")


def test_holdings_that_stood_still_moved_no_way():
    for direction in (1, -1):
        asked = {"direction": direction, "period": NOV}
        assert ruling(estimated(0.0, [4.0, 4.0]), Predicate.FLOW, **asked) is Ruling.REFUTED
