"""The surface of a verdict on lines made by hand, where every window can be counted."""

from __future__ import annotations

from datetime import date

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.surfaces import surface_of
from saiken.claims.verdict import Surface
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV, DEC = Period.month(2025, 11), Period.month(2025, 12)
DAY = Period.day(date(2026, 1, 23))


def surface(evidence: Made, predicate: Predicate, **fields: object) -> Surface | None:
    verdict = judge_claim(claim(predicate, **fields), evidence)
    assert verdict.ruling.value != "check_failed", verdict.reasons
    return surface_of(verdict, evidence)


def test_a_rise_among_all_rises() -> None:
    evidence = holdings(line([10.0, 12.0, 11.0, 14.0, 13.0, 15.0]))
    found = surface(evidence, Predicate.CHANGE, quantity=dollars(2.0), period=NOV)
    assert found is not None
    # Months up by two or more: 10 to 12, 11 to 14 and the one claimed, of five.
    assert (found.kind, found.span, found.strength, found.unit) == ("change", 1, 2.0, "USD bn")
    assert (found.same_as_strong, found.same_windows) == (3, 5)
    assert found.windows == 15
    assert found.told == "60% of all months see as large a rise (3 of 5)."
    assert dict(found.bases)["trough"] == 5.0
    assert (1, 3, 5) in found.by_span


def test_a_fall_that_no_other_month_has_seen() -> None:
    evidence = holdings(line([10.0, 12.0, 11.0, 14.0, 13.0, 9.0]))
    found = surface(evidence, Predicate.DIRECTION, direction=-1, period=NOV)
    assert found is not None
    assert (found.strength, found.same_as_strong) == (-4.0, 1)
    assert found.told == "No other month among 5 sees as large a fall."
    # Two months: 14 to 9 is larger, 13 to 9 is not a month longer; 12 to 9 is smaller.
    assert found.as_strong == 2


def test_a_month_that_the_year_turns_round_says_so() -> None:
    values = [100.0, *[80.0 - k for k in range(11)], 90.0, 91.0]
    found = surface(holdings(line(values)), Predicate.DIRECTION, direction=1, period=NOV,
                    base=Base("previous"))  # fmt: skip
    assert found is not None
    assert dict(found.bases)["year"] == 11.0
    assert "From a year before" not in found.told
    fallen = [*[100.0 + k for k in range(12)], 90.0, 91.0]
    found = surface(holdings(line(fallen)), Predicate.DIRECTION, direction=1, period=NOV,
                    base=Base("previous"))  # fmt: skip
    assert found is not None
    assert found.told.endswith("From a year before, it is −$10.0 bn.")


def test_a_relative_change_among_relative_ones() -> None:
    evidence = holdings(line([10.0, 15.0, 100.0, 110.0]))
    stated = Quantity(10, 9.5, 10.5, "% change")
    found = surface(evidence, Predicate.CHANGE, quantity=stated, period=NOV)
    assert found is not None
    assert (found.unit, round(found.strength, 9)) == ("ratio", 0.1)
    assert (found.same_as_strong, found.same_windows) == (3, 3)


def test_a_sale_among_all_sales_of_as_many_months() -> None:
    values = [5.0, -30.0, -30.0, 10.0, -20.0, -40.0]
    flow = line(values, last=DEC, unit="JPY 100mn", kind="flow", half=0.5,
                series="mof/monthly/assets/long/net")  # fmt: skip
    evidence = Made({("foreign_bond_flows", "JP", ""): [flow]})
    asked = {"measure": "foreign_bond_flows", "direction": -1}
    two = surface(evidence, Predicate.FLOW, period=Period.parse("2025-11..2025-12"), **asked)
    assert two is not None
    assert (two.kind, two.span, two.strength) == ("flow", 2, -60.0)
    assert (two.same_as_strong, two.same_windows) == (2, 5)
    assert two.told == "A window of 2 months in 2 sees as large a sale (2 of 5)."
    assert two.bases == ()


def test_a_sale_told_of_holdings_is_counted_among_published_sales() -> None:
    evidence = Made(
        {
            ("treasury_holdings", "JP", ""): [line([1200.0, 1195.0])],
            ("treasury_net_purchases", "JP", ""): [
                line([900.0, -800.0, -4900.0], unit="USD mn", kind="flow", half=0.5,
                     series="tic/net/JP")
            ],
        }
    )  # fmt: skip
    found = surface(evidence, Predicate.FLOW, direction=-1, period=NOV)
    assert found is not None
    assert (found.kind, found.unit, found.strength) == ("flow", "USD mn", -4900.0)
    assert found.told == "No other month among 3 sees as large a sale."


def test_a_record_by_how_long_nothing_had_reached_it() -> None:
    values = [5.0, 4.0, 3.0, 4.5, 2.0, 6.0, 1.0]
    one = line(values, last=DAY, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y")
    evidence = Made({("government_yield", "JP", "10Y"): [one]})
    asked = {"measure": "government_yield", "tenor": "10Y", "extreme": "high"}
    found = surface(evidence, Predicate.RECORD, **asked)
    assert found is not None
    assert (found.kind, found.periods, found.span) == ("record", "day", 6)
    assert (found.same_as_strong, found.same_windows) == (1, 2)
    assert found.told.startswith("No other day among 2 sees a high")
    low = surface(evidence, Predicate.RECORD, **{**asked, "extreme": "low"})
    assert low is not None
    assert low.span == 7


@pytest.mark.parametrize(
    ("predicate", "fields"),
    [
        (Predicate.LEVEL, {"quantity": dollars(2.0), "period": NOV}),
        (Predicate.DIRECTION, {"direction": 0, "period": NOV}),  # nothing moved
        (Predicate.DIRECTION, {"direction": 1, "period": DEC}),  # not published yet
        (Predicate.FORECAST, {"direction": 1}),
    ],
)
def test_what_has_no_strength_has_no_surface(predicate, fields) -> None:
    assert surface(holdings(line([1.0, 2.0, 2.0])), predicate, **fields) is None
