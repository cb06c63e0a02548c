"""The edges of the misreadings that look beside the series: other series, spans, subjects."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.archive.archive import Archive
from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.lines import Line
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.figure import Basis, Figure, Locator, Status
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV = Period.month(2025, 11)
DEC = Period.month(2025, 12)
DAY = Period.day(date(2026, 1, 23))
BONDS = {"measure": "foreign_bond_flows"}


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def yen(value: float, half: float) -> Quantity:
    return Quantity(value, value - half, value + half, "JPY")


def flow(values, last=DEC, series="mof/monthly/assets/long/net") -> Line:
    return line(values, last=last, unit="JPY 100mn", kind="flow", half=0.5, series=series)


# -- how many digits are no chance ----------------------------------------------------------------


def test_two_digits_are_enough_for_a_currency_and_a_decimal_point():
    told = {"quantity": Quantity(1.2e12, 1.15e12, 1.25e12, "EUR"), "period": NOV}
    evidence = holdings(line([1000.0, 1202.7]))
    assert verdict(evidence, Predicate.LEVEL, **told).misreadings == ("currency_slip",)
    one = line([3.0, 3.765], last=DAY, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y")
    yields = Made({("government_yield", "JP", "10Y"): [one]})
    asked = {"measure": "government_yield", "tenor": "10Y", "period": DAY}
    for value, expected in ((38.0, ("percent_slip",)), (40.0, ())):
        half = 0.5 if value == 38.0 else 5.0
        stated = Quantity(value, value - half, value + half, "%")
        found = verdict(yields, Predicate.LEVEL, quantity=stated, **asked)
        assert found.misreadings == expected


@pytest.mark.parametrize(
    ("figure", "expected"), [(1.0, ("unit_slip",)), (0.9, ()), (0.0, ()), (-1.0, ("unit_slip",))]
)
def test_a_figure_that_is_mostly_rounding_has_no_digits_to_be_told_in_another_unit(
    figure, expected
):
    evidence = holdings(line([100.0, figure]))
    told = {"quantity": dollars(figure * 1000 or 500.0, 5.0), "period": NOV}
    assert verdict(evidence, Predicate.LEVEL, **told).misreadings == expected


def test_three_digits_are_enough_for_another_month():
    evidence = holdings(line([1000.0, 1189.3, 1302.7]))
    for bn, half, expected in ((1190.0, 5.0, ("stale_period",)), (1200.0, 50.0, ())):
        told = {"quantity": dollars(bn, half), "period": NOV}
        assert verdict(evidence, Predicate.LEVEL, **told).misreadings == expected


def test_what_was_held_is_told_beside_how_it_changed():
    evidence = holdings(line([1000.0, 1202.7]))
    yields = line([4.0, 4.0], unit="%", kind="rate", half=0.005, series="h15/yield/5Y")
    evidence._lines["government_yield", "US", "5Y"] = (yields,)
    sold = {"quantity": dollars(-1202.7), "direction": -1, "period": NOV}
    assert "it changed by +$202.7 bn" in verdict(evidence, Predicate.FLOW, **sold).reasons[0]


# -- spans and prints -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "kind", "expected"),
    [
        (Period.year(2025), "flow", True),
        (Period.parse("2025-01..2025-11"), "flow", False),
        (Period.year(2025), "stock", False),
    ],
)
def test_twelve_months_told_as_another_twelve(period, kind, expected):
    values = [1000.0 + 37 * k for k in range(36)]
    fiscal = sum(values[15:27]) * 1e8  # April 2024 to March 2025
    one = flow(values)
    object.__setattr__(one, "kind", kind)
    evidence = Made({("foreign_bond_flows", "JP", ""): [one]})
    told = {"quantity": yen(fiscal, 1e8), "direction": 1, "period": period, **BONDS}
    found = verdict(evidence, Predicate.FLOW, **told)
    assert ("stale_period" in found.misreadings) is expected
    if expected:
        assert "April 2024 to March 2025" in found.reasons[0]


class Reprinted(Made):
    def prints(self, *_: object) -> list[Figure]:
        then = datetime(2026, 1, 9, 1, tzinfo=UTC)
        return [
            Figure("x", DEC, Decimal(1195), 0, Status.FINAL, then, Basis.PUBLISHED, "0" * 64,
                   Locator(1, 1), 1, then)
        ]  # fmt: skip


def test_an_earlier_print_of_a_flow_is_stale():
    evidence = Reprinted({("foreign_bond_flows", "JP", ""): [flow([5.0, 1402.0])]})
    told = {"quantity": yen(1195e8, 5e7), "direction": 1, "period": DEC, **BONDS}
    assert verdict(evidence, Predicate.FLOW, **told).misreadings == ("stale_period",)


# -- wider measures and other subjects ------------------------------------------------------------


def wider(narrow: float) -> Made:
    """Japan's purchases of Treasuries, and of all foreign bonds."""
    return Made(
        {
            ("treasury_net_purchases", "JP", ""): [flow([1.0, narrow], series="tic/net/JP")],
            ("foreign_bond_flows", "JP", ""): [flow([5.0, -3742.0])],
        }
    )


@pytest.mark.parametrize(
    ("narrow", "stated", "expected", "named"),
    [
        (-9.0, yen(-3.742e11, 5e7), Ruling.MISLEADING, True),
        (-9.0, yen(-3.7e11, 5e9), Ruling.MISLEADING, True),  # two digits
        (-9.0, yen(-4e11, 5e10), None, False),  # one
        (-9.0, yen(-3.1e11, 5e9), None, False),
        (9.0, yen(-3.742e11, 5e7), Ruling.REFUTED, True),  # the narrow one went the other way
        (0.0, yen(-3.742e11, 5e7), Ruling.REFUTED, True),  # or not at all
    ],
)
def test_all_foreign_bonds_told_as_treasuries(narrow, stated, expected, named):
    told = {"measure": "treasury_net_purchases", "direction": -1, "period": DEC}
    found = verdict(wider(narrow), Predicate.FLOW, quantity=stated, **told)
    assert ("all_foreign_as_us" in found.misreadings) is named
    assert expected is None or found.ruling is expected


class Family(Made):
    """Other investors and countries of the same table."""

    def siblings(self, *_: str) -> list[tuple[str, str]]:
        return [
            ("gone", "mof/gone"),
            ("other", "mof/other"),
            ("banks", "mof/banks"),
            ("CN", "mof/CN"),
        ]


@pytest.mark.parametrize(
    ("value", "half", "told"),
    [
        (3.7e10, 5e8, "figure of banks"),  # two digits are enough among few investors
        (4e10, 5e9, None),
        (8.44e10, 5e7, "figure of China"),
        (8.4e10, 5e8, None),  # but not among many countries
        (6.6e10, 5e8, None),
        (5.5e10, 5e8, None),  # what is left of the table is nobody
    ],
)
def test_the_number_of_another_subject(value, half, told):
    evidence = Family(
        {
            ("foreign_bond_flows", "JP", ""): [flow([5.0, 120.0])],
            ("banks", "", ""): [flow([5.0, 370.0], series="mof/banks")],
            ("CN", "", ""): [flow([5.0, 844.0], series="mof/CN")],
            ("other", "", ""): [flow([5.0, 550.0], series="mof/other")],
        }
    )
    asked = {"quantity": yen(value, half), "direction": 1, "period": DEC, **BONDS}
    found = verdict(evidence, Predicate.FLOW, **asked)
    assert ("wrong_subject" in found.misreadings) is (told is not None)
    if told:
        assert told in found.reasons[0]


# -- what evidence says of neighbours -------------------------------------------------------------


def test_whether_a_period_is_out(snapshot: Archive) -> None:
    for day, out in ((date(2026, 1, 15), True), (date(2026, 1, 14), False)):
        evidence = Evidence(snapshot, day, day)
        assert evidence.is_out("tic/holdings/JP", NOV) is out
    assert not evidence.is_out("nobody/knows", NOV)
    assert not evidence.is_out("tic/holdings/JP", Period.month(1960, 1))


def test_the_other_series_of_a_family(snapshot: Archive) -> None:
    evidence = Evidence(snapshot, date(2026, 1, 25), date(2026, 1, 25))
    others = evidence.siblings("tic/holdings/JP")
    assert ("CN", "tic/holdings/CN") in others
    assert "tic/holdings/JP" not in dict(others).values()
    assert all("/" not in who for who, _ in others)
    assert evidence.siblings("jgb/yield/40Y") == []
    assert evidence.siblings("nobody/knows") == []


def test_a_release_more_than_four_hundred_days_ahead_is_not_told(snapshot: Archive) -> None:
    first = snapshot.next_release("tic", date(1990, 1, 1))
    assert first is not None
    for ahead, expected in ((399, first.day), (400, None)):
        day = date.fromordinal(first.day.toordinal() - ahead)
        assert Evidence(snapshot, day, day).next_release("treasury_holdings", "JP") == expected


# -- places and parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "told"), [(5, "the fifth-largest"), (6, "number 6")])
def test_a_place_is_told_in_words_up_to_the_fifth(place, told):
    codes = ("CN", "GB", "BE", "CA", "FR", "NO")
    others = {code: line([50.0 - k]) for k, code in enumerate(codes)}
    evidence = holdings(line([50.5 - place + 1]), **others)
    asked = {"rank": place, "extreme": "high", "period": NOV, "scope": frozenset({"foreign"})}
    found = verdict(evidence, Predicate.RANK, **asked)
    assert (found.ruling, told in found.reasons[0]) == (Ruling.SUPPORTED, True)


@pytest.mark.parametrize("rank", [1, 2])
def test_whoever_overtook_another_must_also_be_in_the_place_told(rank):
    evidence = holdings(line([5.0, 8.0]), CN=line([6.0, 7.0]), GB=line([9.0, 9.0]))
    asked = {"rank": rank, "versus": ("CN",), "extreme": "high", "period": NOV}
    found = verdict(evidence, Predicate.RANK, scope=frozenset({"foreign"}), **asked)
    assert found.ruling is (Ruling.SUPPORTED if rank == 2 else Ruling.REFUTED)


def test_a_change_in_value_told_as_a_sale_by_one_who_sold_nothing_is_refuted():
    evidence = holdings(line([1200.0, 1180.0]))
    evidence._lines["treasury_net_purchases", "JP", ""] = (
        line([1.0, 0.0], unit="USD mn", kind="flow", half=0.5, series="tic/net/JP"),
    )
    told = {"quantity": dollars(-20.0), "direction": -1, "period": NOV}
    found = verdict(evidence, Predicate.FLOW, **told)
    assert (found.ruling, found.misreadings) == (Ruling.REFUTED, ("valuation_as_sale",))
