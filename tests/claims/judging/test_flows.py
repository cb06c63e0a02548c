"""Flows, and sales told of holdings."""

from __future__ import annotations

from datetime import date

import pytest
from made import Made, claim, dollars, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.change import Step
from saiken.claims.judging.holdings_flow import split
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV = Period.month(2025, 11)


def evidence(stock, net=None, valuation=None, yields=None):
    """A holder with its published flows, or with yields to estimate them from."""
    found = {("treasury_holdings", "JP", ""): [line(stock)]}
    if net is not None:
        found["treasury_net_purchases", "JP", ""] = [
            line(net, unit="USD mn", kind="flow", half=0.5, series="tic/net/JP")
        ]
        found["treasury_valuation", "JP", ""] = [
            line(valuation, unit="USD mn", kind="flow", half=0.5, series="tic/valuation/JP")
        ]
    if yields is not None:
        found["government_yield", "US", "5Y"] = [
            line(yields, unit="%", kind="rate", half=0.005, series="h15/yield/5Y")
        ]
    return Made(found)


PUBLISHED = evidence([1200.0, 1182.8], net=[900.0, -4900.0], valuation=[100.0, -4800.0])


@pytest.mark.parametrize(
    ("bn", "half", "expected", "misreading"),
    [
        (-4.9, 0.05, Ruling.SUPPORTED, None),
        (-17.2, 0.05, Ruling.MISLEADING, "valuation_as_sale"),
        (-1200.0, 50, Ruling.REFUTED, "stock_as_flow"),
        (-10.0, 0.5, Ruling.EXAGGERATED, None),
        (-0.5, 0.05, Ruling.REFUTED, None),
        (4.9, 0.05, Ruling.REFUTED, None),
        (-4.9e3, 50, Ruling.REFUTED, "unit_slip"),
    ],
)
def test_a_sale_told_of_holdings_is_held_to_the_published_net(bn, half, expected, misreading):
    verdict = judge_claim(claim(Predicate.FLOW, quantity=dollars(bn, half), period=NOV), PUBLISHED)
    assert verdict.ruling is expected
    assert verdict.misreadings == ((misreading,) if misreading else ())


def test_the_sign_alone_does_not_bear_out_a_size_in_another_currency():
    yen = Quantity(-374e9, -374.5e9, -373.5e9, "JPY")
    verdict = judge_claim(claim(Predicate.FLOW, quantity=yen, period=NOV), PUBLISHED)
    assert (verdict.ruling, verdict.code) == (Ruling.NOT_COVERED, "unit")


def test_a_rise_in_value_told_as_buying_by_a_seller_is_refuted():
    seller = evidence([1200.0, 1214.0], net=[900.0, -6900.0], valuation=[0.0, 13100.0])
    verdict = judge_claim(claim(Predicate.FLOW, direction=1, period=NOV), seller)
    assert verdict.ruling is Ruling.REFUTED
    told = claim(Predicate.FLOW, quantity=dollars(14.0), direction=1, period=NOV)
    verdict = judge_claim(told, seller)
    assert (verdict.ruling, verdict.misreadings) == (Ruling.REFUTED, ("valuation_as_sale",))


def test_the_parts_of_the_change_are_told():
    verdict = judge_claim(claim(Predicate.FLOW, direction=-1, period=NOV), PUBLISHED)
    assert verdict.ruling is Ruling.SUPPORTED
    assert verdict.arithmetic == "−$17.2 bn: −$4.9 bn net, −$4.8 bn valuation, −$7.5 bn other"


@pytest.mark.parametrize(
    ("yields", "bn", "expected"),
    [
        ([4.0, 4.0], -17.2, Ruling.SUPPORTED),  # prices stood still: the fall was sales
        ([4.0, 4.5], -17.2, Ruling.MISLEADING),  # prices fell by more than holdings did
        ([4.0, 3.5], 17.2, Ruling.REFUTED),  # holdings fell: nobody bought on net
    ],
)
def test_without_published_flows_the_estimated_valuation_decides(yields, bn, expected):
    before = evidence([1200.0, 1182.8], yields=yields)
    told = claim(Predicate.FLOW, quantity=dollars(bn), direction=-1 if bn < 0 else 1, period=NOV)
    assert judge_claim(told, before).ruling is expected


@pytest.mark.parametrize(
    ("bn", "expected"),
    [(17.2, Ruling.SUPPORTED), (-3.0, Ruling.REFUTED), (40.0, Ruling.EXAGGERATED)],
)
def test_sales_that_are_not_published_for_a_holder_are_told_by_what_it_held(bn, expected):
    held = evidence([1182.8, 1200.0], yields=[4.0, 4.0])
    told = claim(Predicate.FLOW, measure="treasury_net_purchases", quantity=dollars(bn), period=NOV)
    verdict = judge_claim(told, held)
    assert verdict.ruling is expected
    assert verdict.reasons[0].startswith("Sales are not published apart for this holder")


def test_published_sales_speak_before_what_was_held():
    told = claim(Predicate.FLOW, measure="treasury_net_purchases", direction=-1, period=NOV)
    assert judge_claim(told, PUBLISHED).reasons[0].startswith("Net sales of $4.9 bn")


def test_dumping_claims_more_than_a_sign():
    months = [1000.0, -1200.0, 900.0, -1100.0, 1000.0, -900.0, 800.0, 1000.0, 900.0, 950.0]
    for last, expected in ((-1.0, Ruling.EXAGGERATED), (-90000.0, Ruling.SUPPORTED)):
        stock = [1200.0] * 10 + [1199.0]
        net = [*months, last]
        dumped = claim(Predicate.FLOW, direction=-1, period=NOV, scope=frozenset({"large"}))
        assert judge_claim(dumped, evidence(stock, net, [0.0] * 11)).ruling is expected


def flows(values, last=Period.month(2025, 12)):
    one = line(
        values,
        last=last,
        unit="JPY 100mn",
        kind="flow",
        half=0.5,
        series="mof/monthly/assets/long/net",
    )
    return Made({("foreign_bond_flows", "JP", ""): [one]})


BONDS = {"measure": "foreign_bond_flows"}


def test_the_sign_of_a_flow():
    december = Period.month(2025, 12)
    for direction, expected in ((-1, Ruling.SUPPORTED), (1, Ruling.REFUTED)):
        told = claim(Predicate.FLOW, direction=direction, period=december, **BONDS)
        assert judge_claim(told, flows([5888.0, -3742.0])).ruling is expected


def test_a_span_is_the_sum_of_its_months():
    told = claim(
        Predicate.FLOW,
        period=Period.parse("2025-11..2025-12"),
        direction=-1,
        quantity=Quantity(-7e11, -7.5e11, -6.5e11, "JPY"),
        **BONDS,
    )
    assert judge_claim(told, flows([100.0, -3000.0, -4000.0])).ruling is Ruling.SUPPORTED


def sold_since(base, hundred_millions):
    money = -hundred_millions * 1e8
    return claim(
        Predicate.FLOW,
        direction=-1,
        quantity=Quantity(money, money - 5e9, money + 5e9, "JPY"),
        base=base,
        **BONDS,
    )


def test_since_a_month_is_the_sum_of_what_came_after():
    months = flows([-5000.0, -1000.0, -2000.0], last=Period.month(2025, 11))
    after_september = Base("period", Period.month(2025, 9))
    assert judge_claim(sold_since(after_september, 3000), months).ruling is Ruling.AMBIGUOUS
    assert judge_claim(sold_since(after_september, 8000), months).ruling is Ruling.AMBIGUOUS
    assert judge_claim(sold_since(after_september, 2000), months).ruling is Ruling.REFUTED
    its_end = Base("period", Period.day(date(2025, 9, 30)))
    assert judge_claim(sold_since(its_end, 3000), months).ruling is Ruling.SUPPORTED
    assert judge_claim(sold_since(its_end, 2000), months).ruling is not Ruling.SUPPORTED


def test_in_the_past_months_is_their_sum():
    months = flows([-5000.0, -1000.0, -2000.0], last=Period.month(2025, 11))
    told = Base("ago", None, 2, "month")
    assert judge_claim(sold_since(told, 3000), months).ruling is Ruling.SUPPORTED
    assert judge_claim(sold_since(told, 2000), months).ruling is Ruling.REFUTED


def test_an_open_span_is_settled_only_if_no_month_could_turn_it():
    year = Period.year(2025)
    bought = claim(Predicate.FLOW, direction=1, period=year, **BONDS)
    eleven = Period.month(2025, 11)
    sure = judge_claim(bought, flows([-500.0] + [9000.0] * 11, last=eleven))
    assert sure.ruling is Ruling.SUPPORTED
    assert "December 2025" in sure.notes[0]
    unsure = judge_claim(bought, flows([-500.0] + [10.0] * 11, last=eleven))
    assert unsure.ruling is Ruling.NOT_PUBLISHED_YET
    sized = claim(
        Predicate.FLOW,
        direction=1,
        period=year,
        quantity=Quantity(9.9e12, 9.85e12, 9.95e12, "JPY"),
        **BONDS,
    )
    assert (
        judge_claim(sized, flows([-500.0] + [9000.0] * 11, last=eleven)).ruling
        is Ruling.NOT_PUBLISHED_YET
    )


def test_gross_told_as_net_is_misleading():
    last = Period.month(2025, 12)
    net = line(
        [100.0, 30900.0],
        last=last,
        unit="JPY 100mn",
        kind="flow",
        half=0.5,
        series="mof/monthly/assets/long/net",
    )
    gross = line(
        [300000.0, 342821.0],
        last=last,
        unit="JPY 100mn",
        kind="flow",
        half=0.5,
        series="mof/monthly/assets/long/acquisition",
    )
    found = Made(
        {
            ("foreign_bond_flows", "JP", ""): [net],
            ("gross", "", ""): [gross],
        }
    )
    told = claim(
        Predicate.FLOW,
        direction=1,
        period=last,
        quantity=Quantity(34e12, 33.5e12, 34.5e12, "JPY"),
        **BONDS,
    )
    verdict = judge_claim(told, found)
    assert (verdict.ruling, verdict.misreadings) == (Ruling.MISLEADING, ("gross_as_net",))
    near = claim(
        Predicate.FLOW,
        direction=1,
        period=last,
        quantity=Quantity(3.1e12, 3.05e12, 3.15e12, "JPY"),
        **BONDS,
    )
    assert judge_claim(near, found).ruling is Ruling.SUPPORTED


def test_the_denial_of_what_prices_alone_may_account_for_is_open():
    falling = evidence([100.0, 100.0, 97.0], yields=[4.0, 4.0, 4.0, 4.9])
    told = judge_claim(claim(Predicate.FLOW, direction=-1, period=NOV), falling)
    denied = judge_claim(claim(Predicate.FLOW, direction=-1, period=NOV, polarity=False), falling)
    assert (told.ruling, told.code) == (Ruling.MISLEADING, "undecided")
    assert denied.ruling is Ruling.AMBIGUOUS


@pytest.mark.parametrize(("bn", "told"), [(-5.1, "by 4%"), (-9.8, "2.0 times")])
def test_how_much_a_size_is_overstated_is_told_in_per_cent_or_times(bn, told):
    verdict = judge_claim(claim(Predicate.FLOW, quantity=dollars(bn), period=NOV), PUBLISHED)
    assert verdict.ruling is Ruling.EXAGGERATED
    assert verdict.reasons[0].endswith(f"overstated {told}.")


def test_a_valuation_is_told_as_a_gain_or_a_loss():
    lines = {
        ("treasury_valuation", "JP", ""): [
            line([5.0, -3.0], kind="flow", measure="treasury_valuation")
        ]
    }
    lost = {"measure": "treasury_valuation", "direction": -1, "quantity": dollars(-3, 0.5)}
    gained = {"measure": "treasury_valuation", "direction": 1, "period": Period.month(2025, 10)}
    found = [judge_claim(claim(Predicate.FLOW, **told), Made(lines)) for told in (lost, gained)]
    assert [verdict.ruling for verdict in found] == [Ruling.SUPPORTED] * 2
    assert "valuation loss of $3.0 bn" in found[0].reasons[0]
    assert "valuation gain of $5.0 bn" in found[1].reasons[0]


def test_days_of_single_operations_are_those_with_one():
    last = Period.day(date(2026, 1, 22))
    daily = line([9.0, 6.0, 1.0, 4.0], last=last, unit="JPY bn", kind="flow", sparse=True)
    evidence = Made({("fx_intervention", "JP", ""): [daily]})
    total = {"measure": "fx_intervention", "direction": 1, "base": Base("ago", None, 3, "day")}

    def told(bn: float) -> Ruling:
        size = Quantity(bn * 1e9, (bn - 0.4) * 1e9, (bn + 0.4) * 1e9, "JPY")
        return judge_claim(claim(Predicate.FLOW, quantity=size, **total), evidence).ruling

    assert told(11.0) is Ruling.SUPPORTED
    assert told(4.0) is not Ruling.SUPPORTED
    assert told(20.0) is not Ruling.SUPPORTED


def test_nothing_is_bought_over_no_time_or_back_in_time():
    stock = PUBLISHED.lines("treasury_holdings", "JP")[0]
    asked = claim(Predicate.FLOW, period=NOV)
    for base, index in ((1, 1), (1, 0)):
        assert split(Step(stock, base, index), asked, PUBLISHED) is None
    assert split(Step(stock, 0, 1), asked, PUBLISHED) is not None
