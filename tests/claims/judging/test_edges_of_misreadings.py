"""The edges of misreadings, of what narrows a claim, and of what moved a position."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.truth import same_size
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.figure import Basis, Figure, Locator, Status
from saiken.terms.period import Period
from saiken.terms.quantity import Interval, Quantity

NOV, OCT = Period.month(2025, 11), Period.month(2025, 10)
DAY = Period.day(date(2026, 1, 23))
YIELD = {"measure": "government_yield", "tenor": "10Y"}


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return verdict(evidence, predicate, **fields).ruling


def of_yields(values):
    one = line(values, last=DAY, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y")
    return Made({("government_yield", "JP", "10Y"): [one]})


# -- misreadings ----------------------------------------------------------------------------------


def slips(evidence: Made, predicate: Predicate, **fields: object) -> tuple[str, ...]:
    return verdict(evidence, predicate, **fields).misreadings


def test_a_size_is_compared_whatever_its_sign():
    assert same_size(dollars(-5.0), Interval(5e9, 5e9))
    assert same_size(dollars(5.0), Interval(-5e9, -5e9))
    assert not same_size(dollars(5.0), Interval(6e9, 6e9))
    assert same_size(Quantity(0.0, -1.0, 1.0, "USD"), Interval(0.0, 0.0))
    over = Quantity(5e9, 5e9, float("inf"), "USD")
    assert not same_size(over, Interval(6e9, 6e9))


def test_one_digit_is_no_slip_but_two_are():
    evidence = holdings(line([1000.0, 1023.0, 1045.0]))
    for stated, expected in (
        (dollars(22.0, 0.5), ("flow_as_stock",)),
        (dollars(20.0, 5.0), ()),
    ):
        assert slips(evidence, Predicate.LEVEL, quantity=stated, period=NOV) == expected


def test_thousands_lost_or_won():
    evidence = holdings(line([1000.0, 1202.7]))
    for factor, name in ((1e3, ("unit_slip",)), (1e-3, ("unit_slip",)), (5.0, ())):
        stated = dollars(1202.7 * factor, 0.05 * factor)
        found = verdict(evidence, Predicate.LEVEL, quantity=stated, period=NOV)
        assert found.misreadings == name
        if factor > 5:
            assert "too large" in found.reasons[0]
        if factor < 1:
            assert "too small" in found.reasons[0]


def test_the_right_number_in_the_wrong_currency():
    evidence = holdings(line([1000.0, 1202.7]))
    for unit, half, expected in (
        ("EUR", 5e7, ("currency_slip",)),
        ("EUR", 1e12, ()),
        ("%", 5e7, ()),
    ):
        stated = Quantity(1.2027e12, 1.2027e12 - half, 1.2027e12 + half, unit)
        assert slips(evidence, Predicate.LEVEL, quantity=stated, period=NOV) == expected


def test_a_decimal_point_that_slipped():
    evidence = of_yields([3.0, 3.765])
    for value, half, expected in (
        (37.65, 0.005, ("percent_slip",)),
        (0.3765, 0.00005, ("percent_slip",)),
        (0.4, 0.05, ()),
        (5.0, 0.05, ()),
    ):
        stated = Quantity(value, value - half, value + half, "%")
        asked = {"quantity": stated, "period": DAY, **YIELD}
        assert slips(evidence, Predicate.LEVEL, **asked) == expected


def test_the_figure_of_an_earlier_month_is_stale():
    evidence = holdings(line([1101.1, 1189.3, 1202.7]))
    for bn, half, expected in (
        (1189.3, 0.05, ("stale_period",)),
        (1101.1, 0.05, ("stale_period",)),
        (1150.0, 0.05, ()),
        (1200.0, 50.0, ()),
    ):
        found = verdict(evidence, Predicate.LEVEL, quantity=dollars(bn, half), period=NOV)
        assert found.misreadings == expected
    many = holdings(line([999.9, *[1100.0] * 23, 1202.7]))
    told = {"quantity": dollars(999.9), "period": NOV}
    assert slips(many, Predicate.LEVEL, **told) == ("stale_period",)
    too_old = holdings(line([999.9, *[1100.0] * 24, 1202.7]))
    assert slips(too_old, Predicate.LEVEL, **told) == ()


class Reprinted(Made):
    """The newest figure was first printed otherwise."""

    def prints(self, *_: object) -> list[Figure]:
        at_first = datetime(2026, 1, 15, 21, tzinfo=UTC)
        return [
            Figure(
                "tic/holdings/JP", NOV, value, 1, Status.FINAL, at_first, Basis.PUBLISHED,
                "0" * 64, Locator(1, 1), 1, at_first,
            )
            for value in (None, Decimal("1195.1"))
        ]  # fmt: skip


def test_an_earlier_print_of_the_same_month_is_stale():
    evidence = Reprinted({("treasury_holdings", "JP", ""): [line([1000.0, 1202.7])]})
    asked = {"quantity": dollars(1195.1), "period": NOV}
    found = verdict(evidence, Predicate.LEVEL, **asked)
    assert (found.ruling, found.misreadings) == (Ruling.REFUTED, ("stale_period",))
    assert "revised to $1,202.7 bn" in found.reasons[0]
    change = {"quantity": dollars(1195.1), "period": NOV, "base": Base("previous")}
    assert "revised" not in verdict(evidence, Predicate.CHANGE, **change).reasons[0]


@pytest.mark.parametrize(("back", "expected"), [(12, True), (13, False)])
def test_a_position_of_the_past_year_told_as_a_sale(back, expected):
    values = [1111.1, *[1000.0 + k for k in range(back)]]
    sold = {"quantity": dollars(-1111.1, 0.05), "direction": -1, "period": NOV}
    evidence = holdings(line(values))
    yields = line([4.0] * 14, unit="%", kind="rate", half=0.005, series="h15/yield/5Y")
    evidence._lines["government_yield", "US", "5Y"] = (yields,)
    assert ("stock_as_flow" in slips(evidence, Predicate.FLOW, **sold)) is expected


# -- what narrows a claim -------------------------------------------------------------------------


def test_custody_is_no_ownership_where_only_that_is_known():
    owner = {"quantity": dollars(2.0), "period": NOV, "scope": frozenset({"owner"})}
    found = verdict(holdings(line([1.0, 2.0])), Predicate.LEVEL, **owner)
    assert (found.ruling, found.misreadings) == (Ruling.MISLEADING, ("custody_as_ownership",))
    wrong = {**owner, "quantity": dollars(5.0)}
    assert slips(holdings(line([1.0, 2.0])), Predicate.LEVEL, **wrong) == ()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (dollars(1.5), Ruling.NOT_COVERED),  # less than all residents hold: who knows
        (dollars(2.25), Ruling.REFUTED),  # no owner holds more than all residents together
        (Quantity(2.2e9, 2.0e9, 2.4e9, "USD"), Ruling.MISLEADING),
        (Quantity(2e9, 2e9, math.inf, "USD"), Ruling.REFUTED),  # "over" what all hold
        (Quantity(1.9e9, 1.9e9, math.inf, "USD"), Ruling.MISLEADING),
    ],
)
def test_of_one_owner_only_the_upper_bound_is_known(stated, expected):
    owner = {"quantity": stated, "period": NOV, "scope": frozenset({"owner"})}
    assert verdict(holdings(line([1.0, 2.0])), Predicate.LEVEL, **owner).ruling is expected


BROKEN = Period.month(2021, 6)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100.0, 130.0, 190.0], Ruling.MISLEADING),  # a third of the rise in the month of the break
        ([100.0, 129.9, 190.0], Ruling.SUPPORTED),
        ([100.0, 90.0, 190.0], Ruling.SUPPORTED),  # the break went the other way
        ([100.0, 100.0, 190.0], Ruling.SUPPORTED),
    ],
)
def test_a_break_that_makes_a_third_of_a_change_misleads(values, expected):
    one = line(values, last=Period.month(2021, 7), series="tic/holdings/FR")
    evidence = Made({("treasury_holdings", "FR", ""): [one]})
    asked = {
        "subject": "FR",
        "direction": 1,
        "period": Period.month(2021, 7),
        "base": Base("period", Period.month(2021, 5)),
    }
    found = verdict(evidence, Predicate.DIRECTION, **asked)
    assert found.ruling is expected
    if expected is Ruling.SUPPORTED:
        assert any("break" in note for note in found.notes)


def test_what_stood_still_across_a_break_was_not_made_by_it():
    one = line([100.0] * 3, last=Period.month(2021, 7), series="tic/holdings/FR")
    evidence = Made({("treasury_holdings", "FR", ""): [one]})
    asked = {
        "subject": "FR",
        "direction": 0,
        "period": Period.month(2021, 7),
        "base": Base("period", Period.month(2021, 5)),
    }
    found = verdict(evidence, Predicate.DIRECTION, **asked)
    assert (found.ruling, found.misreadings) == (Ruling.SUPPORTED, ())


def test_a_comparison_on_one_side_of_a_break_does_not_mention_it():
    one = line([100.0, 130.0, 190.0], last=Period.month(2021, 8), series="tic/holdings/FR")
    evidence = Made({("treasury_holdings", "FR", ""): [one]})
    asked = {"subject": "FR", "direction": 1, "period": Period.month(2021, 8)}
    found = verdict(evidence, Predicate.DIRECTION, **asked)
    assert (found.ruling, found.notes) == (Ruling.SUPPORTED, ())


def with_parts(change: float, net: float, valuation: float | None) -> Made:
    found = {
        ("treasury_holdings", "JP", ""): [line([1000.0, 1000.0 + change])],
        ("treasury_net_purchases", "JP", ""): [
            line([1.0, net], unit="USD mn", kind="flow", half=0.5, series="tic/net/JP")
        ],
    }
    if valuation is not None:
        found["treasury_valuation", "JP", ""] = [
            line([1.0, valuation], unit="USD mn", kind="flow", half=0.5, series="tic/valuation/JP")
        ]
    return Made(found)


@pytest.mark.parametrize(
    ("net", "valuation", "told"),
    [
        (
            3000.0,
            -1000.0,
            "Of the change, $3.0 bn were net purchases; the valuation loss was $1.0 bn.",
        ),
        (-3000.0, 1000.0, "Of the change, $3.0 bn were net sales; the valuation gain was $1.0 bn."),
        (3000.0, None, "Of the change, $3.0 bn were net purchases."),
        (0.0, 0.0, "Of the change, $0 were net sales; the valuation loss was $0."),
    ],
)
def test_what_moved_a_position_is_told_beside_its_change(net, valuation, told):
    asked = {"direction": 1, "period": NOV}
    assert told in verdict(with_parts(2.0, net, valuation), Predicate.DIRECTION, **asked).notes
    level = {"quantity": dollars(1002.0), "period": NOV}
    assert told not in verdict(with_parts(2.0, net, valuation), Predicate.LEVEL, **level).notes


def test_a_flow_told_of_holdings_is_the_published_net_at_its_edges():
    for net, bn, expected in (
        (-5000.0, -5.0, Ruling.SUPPORTED),
        (0.0, -5.0, Ruling.REFUTED),
        (-5000.0, -49.9, Ruling.EXAGGERATED),
        (-5000.0, -50.0, Ruling.REFUTED),
    ):
        evidence = with_parts(-20.0, net, -15000.0)
        asked = {"quantity": dollars(bn, 0.005), "direction": -1, "period": NOV}
        assert ruling(evidence, Predicate.FLOW, **asked) is expected


def test_the_figures_of_a_change_are_its_two_ends():
    found = verdict(holdings(line([1.0, 2.0, 4.0])), Predicate.DIRECTION, direction=1, period=NOV)
    assert [point.period for point in found.figures] == [NOV, OCT]
