"""The edges of the judge's comparisons: equal, just inside, just outside, first and last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import AS_OF, Made, claim, dollars, holdings, line

from saiken.claims.claim import Base, Claim, Predicate, Unread
from saiken.claims.judging import _credits, judge_claim, overall
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.tenors import READINGS
from saiken.claims.judging.weigh import suited
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

NOV, OCT, DEC = (Period.month(2025, month) for month in (11, 10, 12))
DAY = Period.day(date(2026, 1, 23))
USD, PERCENT = Unit.parse("USD bn"), Unit.parse("%")


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return verdict(evidence, predicate, **fields).ruling


def yields(values, tenor="10Y", last=DAY, **more):
    return line(
        values, last=last, unit="%", kind="rate", half=0.0005,
        series=f"jgb/yield/{tenor}", **more,
    )  # fmt: skip


def of_yields(values, tenor="10Y", **more):
    return Made({("government_yield", "JP", tenor): [yields(values, tenor, **more)]})


YIELD = {"measure": "government_yield", "tenor": "10Y"}


# -- readings and the overall ruling --------------------------------------------------------------


def read_twice(first: float, second: float) -> Claim:
    """Read as a rise; or, by another score, as a fall."""
    other = claim(Predicate.DIRECTION, direction=-1, period=NOV, confidence=second)
    return claim(
        Predicate.DIRECTION, direction=1, period=NOV, confidence=first, alternatives=(other,)
    )


@pytest.mark.parametrize(
    ("second", "expected", "confidence"),
    [
        (0.5, Ruling.AMBIGUOUS, 2 / 3),
        (0.49, Ruling.SUPPORTED, 1.0),
        (0.9, Ruling.AMBIGUOUS, 1 / 1.9),
    ],
)
def test_a_close_reading_counts_and_a_far_one_does_not(second, expected, confidence):
    found = judge_claim(read_twice(1.0, second), holdings(line([1.0, 2.0])))
    assert found.ruling is expected
    assert found.confidence == pytest.approx(confidence)


def test_readings_that_agree_are_not_ambiguous_and_share_their_scores():
    same = claim(Predicate.LEVEL, quantity=dollars(2.0), period=NOV, confidence=0.6)
    one = claim(Predicate.DIRECTION, direction=1, period=NOV, confidence=0.8, alternatives=(same,))
    found = judge_claim(one, holdings(line([1.0, 2.0])))
    assert (found.ruling, found.confidence) == (Ruling.SUPPORTED, 1.0)
    alone = claim(Predicate.DIRECTION, direction=1, period=NOV, confidence=0.8)
    assert judge_claim(alone, holdings(line([1.0, 2.0]))).confidence == 0.8


def test_the_worst_of_the_checkable_rulings_speaks_for_a_text():
    assert overall([Ruling.SUPPORTED, Ruling.REFUTED, Ruling.NOT_COVERED]) is Ruling.REFUTED
    assert overall([Ruling.NOT_CHECKABLE, Ruling.SUPPORTED]) is Ruling.SUPPORTED
    assert overall([Ruling.NOT_COVERED]) is Ruling.NOT_COVERED
    unread = Unread((0, 1), "x", "no measure")
    assert overall([], [unread]) is Ruling.NOT_COVERED
    assert overall([], [Unread((0, 1), "x", "opinion"), unread]) is Ruling.NOT_CHECKABLE
    assert overall([]) is Ruling.NOT_CHECKABLE


def test_the_publishers_of_the_figures_are_credited():
    evidence = holdings(line([1.0, 2.0]))
    found = judge_claim(claim(Predicate.DIRECTION, direction=1, period=NOV), evidence)
    assert any("Treasury" in credit for credit in _credits((found,), evidence, "en"))


@pytest.mark.parametrize("modality", ["forecast", "conditional", "opinion", "causal"])
def test_what_is_not_asserted_is_not_checkable(modality):
    found = verdict(holdings(line([1.0, 2.0])), Predicate.DIRECTION, direction=1, modality=modality)
    assert found.ruling is Ruling.NOT_CHECKABLE
    assert found.code == ("cause" if modality == "causal" else modality)
    assert found.figures
    assert verdict(Made({}), Predicate.OPINION).figures == ()


# -- which observation ----------------------------------------------------------------------------


def test_the_newest_is_the_last_that_was_out_by_the_text_s_day():
    quarterly = line([1.0, 2.0, 3.0], last=Period.quarter(2025, 4))
    assert window(quarterly, claim(Predicate.LEVEL), holdings(quarterly)) == range(2, 3)
    daily = yields([1.0, 2.0, 3.0], last=Period.day(AS_OF))
    assert window(daily, claim(Predicate.LEVEL), of_yields([1.0]), 2) == range(1, 3)
    assert window(daily, claim(Predicate.LEVEL), of_yields([1.0]), 9) == range(3)
    early = Made({}, dated=date(2026, 1, 24))
    assert window(daily, claim(Predicate.LEVEL), early, 2) == range(2)
    before = Made({}, dated=date(2020, 1, 1))
    nothing = window(daily, claim(Predicate.LEVEL), before)
    assert nothing.ruling is Ruling.NOT_COVERED


def test_a_named_day_of_a_monthly_series_is_its_month():
    monthly, evidence = line([1.0, 2.0, 3.0]), holdings(line([1.0]))
    for named, expected in (
        (Period.day(date(2025, 10, 15)), range(1, 2)),
        (Period.week_ending(date(2025, 11, 12)), range(2, 3)),
        (Period.parse("2025-10-05..2025-11-06"), range(1, 3)),
        (Period.parse("2025-10..2025-11"), range(1, 3)),
    ):
        assert window(monthly, claim(Predicate.LEVEL, period=named), evidence) == expected


def test_a_span_of_a_monthly_series_needs_all_its_months():
    evidence = holdings(line([1.0, 2.0]))
    open_year = claim(Predicate.LEVEL, period=Period.parse("2025-10..2025-12"))
    missing = window(line([1.0, 2.0]), open_year, evidence)
    assert missing.ruling is Ruling.NOT_PUBLISHED_YET
    assert "December 2025" in missing.reasons[0]
    whole = claim(Predicate.LEVEL, period=Period.parse("2025-10..2025-11"))
    assert window(line([1.0, 2.0]), whole, evidence) == range(2)


def test_an_annual_series_is_read_by_its_year():
    annual = line([1.0, 2.0], last=Period.year(2024), unit="% of GDP", kind="ratio")
    named = claim(Predicate.LEVEL, period=Period.month(2024, 6))
    assert window(annual, named, holdings(annual)) == range(1, 2)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 17), 2),
        (date(2026, 1, 14), 2),
        (date(2026, 1, 13), 1),
        (date(2026, 1, 10), 1),
    ],
)
def test_a_week_is_the_publisher_s_that_shares_most_days(day, expected):
    weekly = line([1.0, 2.0, 3.0], last=Period.week_ending(date(2026, 1, 17)), kind="flow")
    named = claim(Predicate.FLOW, period=Period.week_ending(day))
    assert window(weekly, named, holdings(weekly)) == range(expected, expected + 1)


def test_a_month_of_a_weekly_flow_is_its_weeks_and_no_other():
    weekly = line([1.0] * 8, last=Period.week_ending(date(2026, 1, 3)), kind="flow")
    found = window(weekly, claim(Predicate.FLOW, period=DEC), holdings(weekly))
    assert [weekly.period(i).end.day for i in found] == [6, 13, 20, 27]


def test_why_there_is_no_figure():
    evidence = holdings(line([1.0, 2.0]))
    early = verdict(evidence, Predicate.LEVEL, quantity=dollars(1), period=Period.month(2020, 1))
    assert (early.ruling, early.code) == (Ruling.NOT_COVERED, "before_start")
    holiday = verdict(
        of_yields([1.0, 2.0]),
        Predicate.LEVEL,
        quantity=Quantity(1, 0.5, 1.5, "%"),
        period=Period.parse("2026-01-23..2026-01-24"),
        **YIELD,
    )
    assert holiday.code != "before_start"


# -- levels and changes ---------------------------------------------------------------------------


def test_a_level_of_a_day_may_be_one_of_the_last_three():
    evidence = of_yields([1.0, 2.0, 3.0, 4.0])
    for value, expected in ((2, Ruling.SUPPORTED), (1, Ruling.REFUTED)):
        stated = Quantity(value, value - 0.005, value + 0.005, "%")
        assert ruling(evidence, Predicate.LEVEL, quantity=stated, **YIELD) is expected


def test_the_average_of_a_span_is_its_mean():
    evidence = of_yields([1.0, 2.0, 3.0, 6.0])
    span = Period(date(2026, 1, 21), date(2026, 1, 23))
    average = {"scope": frozenset({"average"}), "period": span, **YIELD}
    for value, expected in ((3.667, Ruling.SUPPORTED), (6.0, Ruling.REFUTED)):
        stated = Quantity(value, value - 0.0005, value + 0.0005, "%")
        assert ruling(evidence, Predicate.LEVEL, quantity=stated, **average) is expected
    one_day = {**average, "period": DAY}
    stated = Quantity(6.0, 5.9995, 6.0005, "%")
    found = verdict(evidence, Predicate.LEVEL, quantity=stated, **one_day)
    assert (found.ruling, found.arithmetic[:4]) == (Ruling.SUPPORTED, "stat")


def test_no_change_is_neither_a_rise_nor_a_fall():
    flat = holdings(line([5.0, 7.0, 7.0]))
    for direction in (1, -1):
        asked = {"direction": direction, "period": NOV}
        assert ruling(flat, Predicate.DIRECTION, **asked) is Ruling.REFUTED


def test_steady_includes_the_usual_change_itself():
    usual = [10.0, 12.0, 10.0, 12.0, 14.0]
    steady = {"direction": 0, "period": NOV}
    assert ruling(holdings(line(usual)), Predicate.DIRECTION, **steady) is Ruling.SUPPORTED
    more = [10.0, 12.0, 10.0, 12.0, 14.1]
    assert ruling(holdings(line(more)), Predicate.DIRECTION, **steady) is Ruling.REFUTED


def test_steady_over_several_observations_is_measured_by_changes_over_as_many():
    two_back = {"direction": 0, "base": Base("ago", None, 2, "month"), "period": NOV}
    months = [10.0, 11.0, 14.0, 15.0, 18.0]  # 1 or 3 from month to month, 4 over two
    assert ruling(holdings(line(months)), Predicate.DIRECTION, **two_back) is Ruling.SUPPORTED
    months[-1] = 18.3
    assert ruling(holdings(line(months)), Predicate.DIRECTION, **two_back) is Ruling.REFUTED


def test_ten_times_too_much_is_no_exaggeration():
    evidence = holdings(line([100.0, 102.0]))
    for bn, expected in ((19.9, Ruling.EXAGGERATED), (20.0, Ruling.REFUTED)):
        asked = {"quantity": dollars(bn, 0.005), "period": NOV}
        assert ruling(evidence, Predicate.CHANGE, **asked) is expected


def test_a_multiple_is_overstated_by_what_lies_beyond_one():
    evidence = holdings(line([100.0, 110.0]))
    tripled = {"quantity": Quantity(3, 2.95, 3.05, "x"), "period": NOV}
    assert ruling(evidence, Predicate.CHANGE, **tripled) is Ruling.REFUTED
    same = {"quantity": Quantity(1.05, 1.045, 1.055, "x"), "period": NOV}
    assert ruling(evidence, Predicate.CHANGE, **same) is Ruling.REFUTED


def test_changes_of_rates_are_told_in_basis_points_and_of_money_in_money():
    up = {"direction": 1, "period": DAY, **YIELD}
    assert "+20.0 bp" in verdict(of_yields([1.0, 1.2]), Predicate.DIRECTION, **up).reasons[0]
    money = verdict(holdings(line([1.0, 3.0])), Predicate.DIRECTION, direction=1, period=NOV)
    assert "+$2.0 bn" in money.reasons[0]
    assert "(+200.0%)" in money.arithmetic
    below = verdict(holdings(line([-1.0, 3.0])), Predicate.DIRECTION, direction=1, period=NOV)
    assert "%" not in below.arithmetic


def test_a_move_in_one_day_may_be_one_of_the_last_few():
    evidence = of_yields([1.0, 1.4, 1.4, 1.41])
    forty = {"quantity": Quantity(40, 39.5, 40.5, "bp"), **YIELD}
    assert ruling(evidence, Predicate.CHANGE, **forty) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.CHANGE, period=DAY, **forty) is Ruling.REFUTED
    assert ruling(evidence, Predicate.DIRECTION, direction=1, **YIELD) is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        (Base("ago", count=2, unit="month"), 2.0),
        (Base("ago", count=1, unit="quarter"), 3.0),
        (Base("ago", count=1, unit="year"), 12.0),
        (Base("ago", count=1, unit="decade"), None),
        (Base("period", None), 1.0),
        (Base("period", Period.month(2025, 6)), 5.0),
        (Base("period", Period.day(date(2025, 6, 15))), 5.0),
        (Base("period", Period.month(2020, 6)), None),
        (Base("year_ago"), 12.0),
    ],
)
def test_a_monthly_change_is_measured_from_its_base(base, expected):
    evidence = holdings(line([100.0 + k for k in range(14)]))
    told = claim(Predicate.CHANGE, base=base, period=NOV, quantity=dollars(expected or 1.0, 0.05))
    found = judge_claim(told, evidence)
    assert found.ruling is (Ruling.SUPPORTED if expected else Ruling.NOT_COVERED)


def test_the_first_observation_is_a_base_and_the_one_before_it_is_none():
    evidence = holdings(line([100.0, 101.0, 102.0]))
    for count, expected in ((2, Ruling.SUPPORTED), (3, Ruling.NOT_COVERED)):
        base = Base("ago", count=count, unit="month")
        asked = {"base": base, "period": NOV, "quantity": dollars(2.0)}
        assert ruling(evidence, Predicate.CHANGE, **asked) is expected
    alone = holdings(line([100.0]))
    assert ruling(alone, Predicate.DIRECTION, direction=1, period=NOV) is Ruling.NOT_COVERED


@pytest.mark.parametrize(
    ("unit", "count", "expected"), [("day", 2, 2.0), ("week", 1, 7.0), ("month", 1, 31.0)]
)
def test_a_daily_change_is_measured_from_days_weeks_or_months_ago(unit, count, expected):
    evidence = of_yields([1.0 + k / 100 for k in range(60)])
    stated = Quantity(expected, expected - 0.2, expected + 0.2, "bp")
    told = {"base": Base("ago", count=count, unit=unit), "period": DAY, "quantity": stated}
    assert ruling(evidence, Predicate.CHANGE, **told, **YIELD) is Ruling.SUPPORTED


def test_a_year_before_is_the_same_period_of_the_year_before():
    for last, steps in ((Period.quarter(2025, 4), 4), (Period.year(2025), 1)):
        values = [100.0 + k for k in range(steps + 2)]
        evidence = holdings(line(values, last=last, due=date(2027, 1, 1)))
        asked = {"base": Base("year_ago"), "period": last, "quantity": dollars(float(steps))}
        assert ruling(evidence, Predicate.CHANGE, **asked) is Ruling.SUPPORTED
    week = Period.week_ending(date(2026, 1, 17))
    weekly = holdings(line([100.0 + k for k in range(60)], last=week))
    asked = {"base": Base("year_ago"), "period": week, "quantity": dollars(52.0)}
    assert ruling(weekly, Predicate.CHANGE, **asked) is Ruling.SUPPORTED


def test_over_a_quarter_a_change_is_from_the_end_of_the_one_before():
    evidence = holdings(line([100.0, 101.0, 103.0, 106.0], last=Period.month(2025, 9)))
    quarter = Period.quarter(2025, 3)
    for period, bn in ((quarter, 6.0), (Period.month(2025, 9), 3.0)):
        asked = {"period": period, "quantity": dollars(bn)}
        assert ruling(evidence, Predicate.CHANGE, **asked) is Ruling.SUPPORTED


def test_a_peak_within_a_span_is_that_of_the_span():
    evidence = holdings(line([200.0, 100.0, 150.0, 140.0]))
    inside = Period.parse("2025-09..2025-11")
    for kind, period, bn in (
        ("peak", inside, -10.0),
        ("peak", None, -60.0),
        ("trough", inside, 40.0),
    ):
        asked = {"base": Base(kind, period), "period": NOV, "quantity": dollars(bn)}
        assert ruling(evidence, Predicate.CHANGE, **asked) is Ruling.SUPPORTED


def test_up_without_a_base_is_from_the_turning_point_only_where_nothing_else_is():
    both_down = [90.0, 130.0, *[120.0 - k for k in range(12)]]
    found = verdict(holdings(line(both_down)), Predicate.DIRECTION, direction=1)
    assert found.ruling is Ruling.AMBIGUOUS
    assert any("trough" in reason for reason in found.reasons)
    flat = [100.0] * 14
    assert ruling(holdings(line(flat)), Predicate.DIRECTION, direction=1) is Ruling.REFUTED


def without(one: Line, at: int) -> Line:
    """The line with a gap where an observation stood."""
    kept = [i for i in range(len(one)) if i != at]
    return replace(
        one,
        **{name: [getattr(one, name)[i] for i in kept] for name in ("starts", "ends", "values")},
        half_widths=[one.half_widths[i] for i in kept],
        marks=bytes(len(kept)),
        cite=lambda i: one.cite(kept[i]),
    )


def test_a_year_before_a_gap_is_the_day_before_it_but_no_other_month():
    days = without(yields([1.0 + k / 100 for k in range(400)]), 34)
    assert days.period(34).end == date(2025, 1, 24)
    daily = Made({("government_yield", "JP", "10Y"): [days]})
    stated = Quantity(366, 365.9, 366.1, "bp")
    asked = {"base": Base("year_ago"), "period": DAY, "quantity": stated, **YIELD}
    assert ruling(daily, Predicate.CHANGE, **asked) is Ruling.SUPPORTED
    months = without(line([100.0 + k for k in range(14)]), 1)
    monthly = {"base": Base("year_ago"), "period": NOV, "quantity": dollars(13.0)}
    assert ruling(holdings(months), Predicate.CHANGE, **monthly) is Ruling.NOT_COVERED


def test_a_yield_that_is_up_on_the_day_and_down_on_the_year_is_ambiguous():
    values = [5.0] * 380 + [4.0, 4.1]
    up = {"direction": 1, **YIELD}
    assert ruling(of_yields(values), Predicate.DIRECTION, **up) is Ruling.AMBIGUOUS
    assert ruling(of_yields([4.0, 4.1]), Predicate.DIRECTION, **up) is Ruling.SUPPORTED


def test_what_did_not_move_is_not_up_from_a_turning_point():
    flat = [100.0, 100.0, 90.0, *[100.0] * 11]
    assert ruling(holdings(line(flat)), Predicate.DIRECTION, direction=1) is Ruling.REFUTED


def test_a_month_ago_of_a_whole_month_is_the_end_of_the_one_before():
    values = [1.0 + k / 100 for k in range(60)]
    ago = Base("ago", count=1, unit="month")
    for period, bp in ((Period.parse("2026-01-01..2026-01-31"), 23.0), (DAY, 31.0)):
        stated = Quantity(bp, bp - 0.2, bp + 0.2, "bp")
        asked = {"base": ago, "period": period, "quantity": stated, **YIELD}
        assert ruling(of_yields(values), Predicate.CHANGE, **asked) is Ruling.SUPPORTED


def test_a_change_from_or_to_nothing_has_no_percentage():
    for values in ([0.0, 3.0], [3.0, 0.0]):
        direction = 1 if values[1] else -1
        found = verdict(
            holdings(line(values)), Predicate.DIRECTION, direction=direction, period=NOV
        )
        assert found.ruling is Ruling.SUPPORTED
        assert "%" not in found.arithmetic


# -- which lines ----------------------------------------------------------------------------------


def test_weekly_words_ask_for_the_weekly_line():
    monthly = line([1.0, 2.0], kind="flow", series="mof/monthly/assets/long/net")
    week = Period.week_ending(date(2026, 1, 17))
    weekly = line([1.0, 2.0], last=week, kind="flow", series="mof/weekly/assets/long/net")
    evidence = Made({("foreign_bond_flows", "JP", ""): [monthly, weekly]})

    def asked(**fields: object) -> list[str]:
        told = claim(Predicate.FLOW, measure="foreign_bond_flows", **fields)
        return [one.frequency for one in suited(told, evidence)]

    assert asked(scope=frozenset({"weekly"})) == ["W"]
    assert asked(period=week) == ["W"]
    assert asked(period=Period(date(2026, 1, 1), date(2026, 1, 27))) == ["W"]
    assert asked(period=Period(date(2026, 1, 1), date(2026, 1, 28))) == ["M"]
    assert asked(period=NOV) == ["M"]
    assert asked(period=Period.month(2026, 2)) == ["M"]
    assert asked() == ["M"]


def test_a_part_of_the_paper_asks_for_the_series_of_that_part():
    whole = line([1.0, 2.0], measure="treasury_holdings")
    part = line(
        [1.0, 3.0], scope="long_term", series="tic/holdings_lt/JP", measure="treasury_holdings"
    )
    evidence = holdings(whole, part)
    told = claim(Predicate.LEVEL, scope=frozenset({"long_term"}))
    assert [one.scope for one in suited(told, evidence)] == ["long_term"]
    assert [one.scope for one in suited(claim(Predicate.LEVEL), evidence)] == [""]


def test_a_yield_without_a_maturity_is_read_on_every_maturity_held():
    evidence = Made(
        {
            ("government_yield", "JP", tenor): [yields([1.0, 2.0], tenor)]
            for tenor in READINGS["government_yield"]
        }
    )
    up = {"measure": "government_yield", "direction": 1, "period": DAY}
    assert ruling(evidence, Predicate.DIRECTION, **up) is Ruling.SUPPORTED
    assert ruling(Made({}), Predicate.DIRECTION, **up) is Ruling.NOT_COVERED


def test_a_revision_that_reaches_the_other_side_makes_it_ambiguous_on_either_side():
    for values, direction in (([100.0, 101.0], 1), ([100.0, 99.0], -1)):
        asked = {"direction": direction, "period": NOV}
        for reach, expected in ((1.5, Ruling.AMBIGUOUS), (0.5, Ruling.SUPPORTED)):
            marked = holdings(line(values, marks=bytes([0, 1]), revisions=reach))
            assert ruling(marked, Predicate.DIRECTION, **asked) is expected
        printed = holdings(line(values, marks=bytes([1, 0]), revisions=1.5))
        assert ruling(printed, Predicate.DIRECTION, **asked) is Ruling.SUPPORTED
