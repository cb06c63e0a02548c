"""The edges of dates: holidays, series held no further, spans in progress, what came before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from made import Made, claim, holdings, line

from saiken.archive.archive import Archive
from saiken.archive.view import Availability
from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import derived, find, judge, judge_claim
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.paces import paced
from saiken.claims.judging.referents import NOTE, resolved
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV = Period.month(2025, 11)
FRIDAY = date(2026, 1, 23)
YIELD = {"measure": "government_yield", "tenor": "10Y"}


def on_days(values, ends, **more):
    """A daily line with an observation on each of `ends`."""
    one = line(values, last=Period.day(FRIDAY), **more)
    days = [day.toordinal() for day in ends]
    return replace(one, starts=days, ends=days)


def yields(values, ends):
    one = on_days(values, ends, unit="%", kind="rate", half=0.005)
    return Made({("government_yield", "JP", "10Y"): [one]})


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return judge_claim(claim(predicate, **fields), evidence).ruling


# -- from which day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        (date(2026, 1, 9), Ruling.SUPPORTED),  # held
        (date(2026, 1, 12), Ruling.SUPPORTED),  # a holiday: as Friday left it
        (date(2026, 1, 16), Ruling.SUPPORTED),  # a week after it
        (date(2026, 1, 17), Ruling.NOT_COVERED),
        (date(2026, 1, 8), Ruling.NOT_COVERED),  # before the first
    ],
)
def test_on_a_holiday_stands_what_the_day_before_left(base, expected):
    evidence = yields([1.0, 1.2], [date(2026, 1, 9), FRIDAY])
    asked = {
        "base": Base("period", Period.day(base)), "period": Period.day(FRIDAY),
        "quantity": Quantity(20, 19.5, 20.5, "bp"),
    }  # fmt: skip
    assert ruling(evidence, Predicate.CHANGE, **asked, **YIELD) is expected


def test_a_week_without_a_figure_is_no_holiday():
    evidence = yields([1.0, 1.2], [date(2026, 1, 9), FRIDAY])
    for end, expected in ((11, Ruling.SUPPORTED), (18, Ruling.NOT_COVERED)):
        base = Base("period", Period.week_ending(date(2026, 1, end)))
        asked = {"base": base, "period": Period.day(FRIDAY), "direction": 1}
        assert ruling(evidence, Predicate.DIRECTION, **asked, **YIELD) is expected


@pytest.mark.parametrize(
    ("days", "expected"), [(1, Ruling.SUPPORTED), (5, Ruling.SUPPORTED), (6, Ruling.REFUTED)]
)
def test_one_of_the_latest_three_is_none_of_last_week(days, expected):
    evidence = yields([1.0, 1.2], [FRIDAY - timedelta(days), FRIDAY])
    asked = {"quantity": Quantity(1.0, 0.995, 1.005, "%"), **YIELD}
    assert ruling(evidence, Predicate.LEVEL, **asked) is expected


# -- spans that are not over ---------------------------------------------------------------------


@pytest.mark.parametrize(("last", "held"), [(date(2026, 1, 18), True), (date(2026, 1, 17), False)])
def test_a_daily_series_held_to_a_week_before_the_text_tells_of_its_month(last, held):
    values, ends = [1.0, 1.1, 1.2], [date(2025, 12, 31), date(2026, 1, 5), last]
    evidence = yields(values, ends)
    (one,) = evidence.lines("government_yield", "JP", "10Y")
    evidence = Made(
        {("government_yield", "JP", "10Y"): [replace(one, availability=lambda _: HELD)]}
    )
    asked = {"period": Period.month(2026, 1), "direction": 1, **YIELD}
    found = ruling(evidence, Predicate.DIRECTION, **asked)
    assert found is (Ruling.SUPPORTED if held else Ruling.NOT_COVERED)


HELD = Availability.HELD


@pytest.mark.parametrize(
    ("period", "dated", "expected"),
    [
        (Period.year(2025), date(2025, 12, 20), Ruling.SUPPORTED),
        (Period.year(2025), date(2025, 12, 31), Ruling.SUPPORTED),  # its last day
        (Period.year(2025), date(2026, 1, 1), Ruling.NOT_PUBLISHED_YET),
        (Period.quarter(2025, 4), date(2025, 12, 20), Ruling.NOT_PUBLISHED_YET),  # of 92 days
    ],
)
def test_what_moved_in_a_year_has_done_so_to_the_newest_figure(period, dated, expected):
    one = line([100.0 + k for k in range(14)])
    evidence = Made({("treasury_holdings", "JP", ""): [one]}, dated=dated)
    assert ruling(evidence, Predicate.DIRECTION, period=period, direction=1) is expected


def test_weekly_flows_since_a_day_are_summed_and_monthly_ones_are_not():
    weeks = line(
        [5.0, 7.0, 9.0], last=Period.week_ending(date(2026, 1, 17)), unit="JPY 100mn", kind="flow",
        half=0.5,
    )  # fmt: skip
    months = line([5.0, 7.0, 9.0], unit="JPY 100mn", kind="flow", half=0.5)
    asked = {
        "measure": "foreign_bond_flows", "direction": 1,
        "base": Base("period", Period.day(date(2026, 1, 5))),
    }  # fmt: skip
    found = judge_claim(
        claim(Predicate.FLOW, **asked),
        Made({("foreign_bond_flows", "JP", ""): [weeks]}, dated=date(2026, 1, 18)),
    )
    assert found.code != "finer"
    found = judge_claim(
        claim(Predicate.FLOW, **{**asked, "base": Base("period", Period.day(date(2025, 10, 15)))}),
        Made({("foreign_bond_flows", "JP", ""): [months]}, dated=date(2025, 11, 30)),
    )
    assert (found.ruling, found.code) == (Ruling.NOT_COVERED, "finer")


# -- what came before and after -------------------------------------------------------------------


def test_who_was_ahead_before_has_not_overtaken():
    for before, expected in ((90.0, Ruling.SUPPORTED), (110.0, Ruling.REFUTED)):
        evidence = holdings(line([before, 120.0]), GB=line([100.0, 100.0]))
        asked = {"versus": ("GB",), "direction": 1, "period": NOV}
        assert ruling(evidence, Predicate.RANK, **asked) is expected


@pytest.mark.parametrize(("gap", "expected"), [(31, Ruling.SUPPORTED), (32, Ruling.NOT_COVERED)])
def test_a_record_since_a_month_before_the_first_figure_is_one(gap, expected):
    evidence = holdings(line([100.0, 110.0, 120.0]))
    since = Period.day(date(2025, 9, 1) - timedelta(gap))
    asked = {"extreme": "high", "of": "level", "since": since, "period": NOV}
    assert ruling(evidence, Predicate.RECORD, **asked) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([4.0, 5.1, 4.0], Ruling.SUPPORTED), ([4.0, 5.1, 5.2], Ruling.REFUTED)],
)
def test_the_last_time_above_a_line_is_followed_by_none(values, expected):
    ends = [FRIDAY - timedelta(3 - k) for k in range(3)]
    asked = {
        "quantity": Quantity(5, 5, float("inf"), "%"), "direction": 1,
        "period": Period.day(ends[1]), "scope": frozenset({"standing"}),
    }  # fmt: skip
    assert ruling(yields(values, ends), Predicate.THRESHOLD, **asked, **YIELD) is expected


# -- by the pace of the words ---------------------------------------------------------------------


def asked_for(one, span):
    """The period of its own that a line is asked for when a longer one is told."""
    seen = []
    told = replace(one, availability=lambda period: seen.append(period) or HELD)
    paced(told, {"monthly"}).availability(span)
    return seen[0]


def test_a_month_is_out_with_its_last_day_or_week():
    daily = on_days([1.0] * 60, [FRIDAY - timedelta(59 - k) for k in range(60)])
    assert asked_for(daily, Period(date(2026, 1, 1), FRIDAY)) == Period.day(FRIDAY)
    after = date(2026, 1, 31)  # a week late, so that a holiday does not make it seem to be missing
    assert asked_for(daily, Period.month(2026, 1)) == Period.day(after + timedelta(7))
    weekly = line([1.0] * 20, last=Period.week_ending(date(2026, 1, 16)))
    assert asked_for(weekly, Period.month(2025, 12)) == Period.week_ending(date(2026, 1, 2))


def test_a_line_is_held_each_day_and_a_rise_each_month():
    ends = [date(2025, 10, 31) + timedelta(k) for k in range(62)]
    values = [2.0 + (k // 30) + (-1.0 if k == 40 else 0.0) for k in range(62)]
    evidence = yields(values, ends)
    span = {"period": Period(date(2025, 11, 1), date(2025, 12, 31)), "direction": 1}
    monthly = {"scope": frozenset({"monthly"}), **span, **YIELD}
    assert ruling(evidence, Predicate.STREAK, **monthly) is Ruling.SUPPORTED
    above = {"quantity": Quantity(2.5, 2.5, float("inf"), "%")}
    assert ruling(evidence, Predicate.STREAK, **above, **monthly) is not Ruling.SUPPORTED


# -- lines made of others -------------------------------------------------------------------------


def test_a_difference_of_series_needs_both(snapshot: Archive):
    evidence = Evidence(snapshot, date(2026, 1, 25), date(2026, 1, 25))
    ten, two = (evidence.line(f"ust/par/{tenor}") for tenor in ("10Y", "2Y"))
    gap = evidence.line("ust/par/10Y - ust/par/2Y")
    assert gap.values[-1] == pytest.approx(ten.values[-1] - two.values[-1])
    assert evidence.line("ust/par/10Y - no/such") is None
    assert evidence.line("no/such - ust/par/2Y") is None


def test_what_follows_a_series_is_cited_from_its_first_day():
    first = on_days([1.0, 2.0], [FRIDAY - timedelta(2), FRIDAY - timedelta(1)], series="old")
    then = on_days([2.5, 3.0], [FRIDAY - timedelta(1), FRIDAY], series="new")
    both = derived.followed(first, then)
    assert list(both.values) == [1.0, 2.0, 3.0]
    assert [both.cite(i)[0].series for i in range(3)] == ["old", "old", "new"]
    assert both.cite(2)[0].value == 3.0


def carry(prices, rates_from):
    """Carry-to-risk of a pair with prices on the days to FRIDAY, rates from a day of them on."""
    days = [FRIDAY - timedelta(len(prices) - 1 - k) for k in range(len(prices))]
    price = on_days(prices, days, unit="JPY per USD", kind="price", half=0.005)
    rates = {
        name: on_days([level] * (len(prices) - rates_from), days[rates_from:], unit="%", kind="rate", series=name)
        for name, level in (("ust/par/3M", 4.0), ("fred/SOFR", 4.0), ("jgb/yield/1Y", 4.0))
    }  # fmt: skip
    evidence = Made(
        {
            ("exchange_rate", "USDJPY", ""): [price],
            ("government_yield", "JP", "1Y"): [rates["jgb/yield/1Y"]],
            ("a", "", ""): [rates["ust/par/3M"]],
            ("b", "", ""): [rates["fred/SOFR"]],
        }
    )
    (found,) = derived.carry_to_risk(evidence, "USDJPY")
    return found


def test_a_price_that_never_moves_has_no_risk_to_be_paid_for():
    assert len(carry([150.0] * 70, 0)) == 0


def test_a_rate_speaks_from_its_first_day():
    wavy = [150.0 + (k % 3) for k in range(70)]
    whole, late = carry(wavy, 0), carry(wavy, 1)
    assert len(whole) == len(late) + 1 == 70 - derived.WINDOW


# -- whose they are -------------------------------------------------------------------------------


def test_a_change_of_ten_points_tells_whose_yield_is_meant():
    def of(values, issuer):
        one = line(
            values, last=Period.day(FRIDAY), unit="%", kind="rate", half=0.0005, series=f"{issuer}/10Y"
        )  # fmt: skip
        return [one]

    evidence = Made(
        {
            ("government_yield", "US", "10Y"): of([4.25, 4.24], "us"),
            ("government_yield", "JP", "10Y"): of([2.05, 2.15], "jp"),
        }
    )
    for stated, settled in ((10.0, True), (9.9, False)):
        told = claim(
            Predicate.CHANGE, subject="US", period=Period.day(FRIDAY), base=Base("previous"),
            quantity=Quantity(stated, 9.4, 10.4, "bp"), direction=1, confidence=0.6, **YIELD,
        )  # fmt: skip
        told = replace(told, alternatives=(replace(told, subject="JP", confidence=0.4),))
        (meant,) = resolved((told,), lambda one: find(one, evidence))
        assert (not meant.alternatives) is settled


def test_only_what_was_not_said_is_told_to_be_understood(snapshot: Archive):
    day = date(2026, 1, 21)
    unsaid, said = "The 10-year yield is 4.26%.", "The 10-year Treasury yield is 4.26%."
    noted = [
        str(NOTE) in judge(read(text, day), snapshot, day).verdicts[0].notes
        for text in (unsaid, said)
    ]
    assert noted == [True, False]
