"""Series by the week, the month and the year, and what is told by them."""

from __future__ import annotations

from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.paces import paced
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DECEMBER = Period.month(2025, 12)


def flows(values, last=DECEMBER):
    return line(values, last=last, unit="JPY 100mn", kind="flow", half=0.5, series="made/flows")


def days(values, last=date(2025, 11, 14)):
    return line(values, last=Period.day(last), unit="%", kind="rate", half=0.005)


def test_flows_are_summed_by_the_year():
    years = paced(flows([1.0] * 5 + [2.0] * 12 + [3.0] * 12), {"yearly"})
    assert list(years.values) == [24.0, 36.0]  # the first year is not whole
    assert [years.period(i) for i in (0, 1)] == [Period.year(2024), Period.year(2025)]


def test_a_year_in_progress_is_left_out():
    years = paced(flows([1.0] * 12 + [2.0] * 11, last=Period.month(2025, 11)), {"yearly"})
    assert list(years.values) == [12.0]


def test_of_levels_the_last_of_each_week_is_kept():
    weeks = paced(days([float(k) for k in range(15)]), {"weekly"})  # to Friday, 14 November
    assert list(weeks.values) == [0.0, 7.0, 14.0]
    assert weeks.period(2) == Period(date(2025, 11, 8), date(2025, 11, 14))
    assert len(paced(days([1.0] * 14, last=date(2025, 11, 13)), {"weekly"})) == 2


@pytest.mark.parametrize("scope", [set(), {"monthly"}, {"daily", "yearly"}, {"weekly"}])
def test_a_pace_that_is_no_coarser_leaves_the_line(scope):
    months = flows([1.0] * 24)
    assert paced(months, scope) is months


@pytest.mark.parametrize(
    ("count", "expected"),
    [(2, Ruling.SUPPORTED), (3, Ruling.EXAGGERATED), (1, Ruling.REFUTED)],
)
def test_a_streak_of_years_is_one_of_sums(count, expected):
    months = flows([10.0] * 12 + [5.0, -9.0] * 6 + [1.0, -7.0] * 6)
    evidence = Made({("foreign_bond_flows", "JP", ""): [months]}, dated=date(2026, 1, 20))
    told = claim(
        Predicate.STREAK,
        measure="foreign_bond_flows",
        count=count,
        direction=-1,
        period=Period.year(2025),
        scope=frozenset({"yearly"}),
    )
    assert judge_claim(told, evidence).ruling is expected


def test_what_moved_every_year_since_a_year_did_so_after_it():
    falling = [9.0 - k / 12 for k in range(13)]  # December 2022 to December 2023
    stock = line(falling + [9.0 + k for k in range(24)], last=DECEMBER)
    evidence = Made({("treasury_holdings", "JP", ""): [stock]}, dated=date(2026, 1, 20))

    def rose_since(year):
        told = claim(
            Predicate.STREAK,
            direction=1,
            since=Period.year(year),
            scope=frozenset({"yearly"}),
        )
        return judge_claim(told, evidence).ruling

    assert rose_since(2023) is Ruling.SUPPORTED
    assert rose_since(2022) is Ruling.REFUTED


@pytest.mark.parametrize(("gap", "expected"), [(2.0, True), (1.0, True), (0.5, False)])
def test_an_undated_gap_is_one_of_the_last_two_days(gap, expected):
    ours, theirs = days([3.0, 4.0, 5.0]), days([2.5, 3.0, 3.0])
    kinds = {("government_yield", who, "10Y"): [one] for who, one in (("US", ours), ("DE", theirs))}
    told = claim(
        Predicate.COMPARISON,
        subject="US",
        measure="government_yield",
        tenor="10Y",
        versus=("DE",),
        direction=1,
        quantity=Quantity(100 * gap, 100 * gap - 1, 100 * gap + 1, "bp"),
    )
    found = judge_claim(told, Made(kinds, dated=date(2025, 11, 15))).ruling
    assert (found is Ruling.SUPPORTED) is expected
