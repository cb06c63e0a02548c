"""Levels, changes and directions against numbers one can see."""

from __future__ import annotations

import math
from datetime import date

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV, OCT = Period.month(2025, 11), Period.month(2025, 10)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return judge_claim(claim(predicate, **fields), evidence).ruling


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (dollars(1202.7), Ruling.SUPPORTED),
        (dollars(1200, 50), Ruling.SUPPORTED),  # $1.2 trillion
        (dollars(1202, 0.5, printed=True), Ruling.SUPPORTED),  # a correct truncation
        (dollars(1202, 0.5), Ruling.REFUTED),  # the middle of a range, say
        (dollars(1203, 0.5), Ruling.SUPPORTED),  # rounded
        (dollars(1204, 0.5), Ruling.REFUTED),
        (dollars(1201, 0.5), Ruling.REFUTED),
        (dollars(1202.9), Ruling.REFUTED),
        (Quantity(1.2e12, 1.2e12, math.inf, "USD"), Ruling.SUPPORTED),  # over 1.2 trillion
        (Quantity(1.2027e12, 1.2027e12, math.inf, "USD"), Ruling.REFUTED),  # strictly over
        (Quantity(1.25e12, 1.1875e12, 1.25e12, "USD"), Ruling.SUPPORTED),  # nearly
        (Quantity(1.2e12, 1.14e12, 1.2e12, "USD"), Ruling.REFUTED),  # nearly, but it is over
    ],
)
def test_a_level_holds_within_what_was_printed(stated, expected):
    evidence = holdings(line([1189.3, 1200.0, 1202.7]))
    assert ruling(evidence, Predicate.LEVEL, quantity=stated, period=NOV) is expected


def test_a_year_in_progress_is_of_what_is_out():
    stock = line([1000.0] * 12 + [1200.0])  # of November 2024 to November 2025
    kinds = {("treasury_holdings", "JP", ""): [stock]}
    grew = {"direction": 1, "base": Base("start"), "period": Period.year(2025)}
    during = Made(kinds, dated=date(2025, 12, 20))
    assert ruling(during, Predicate.CHANGE, quantity=dollars(200), **grew) is Ruling.SUPPORTED
    afterwards = Made(kinds, dated=date(2026, 1, 20))
    late = ruling(afterwards, Predicate.CHANGE, quantity=dollars(200), **grew)
    assert late is Ruling.NOT_PUBLISHED_YET


def test_a_level_without_a_period_is_the_newest_one():
    verdict = judge_claim(
        claim(Predicate.LEVEL, quantity=dollars(1202.7)), holdings(line([1200.0, 1202.7]))
    )
    assert verdict.ruling is Ruling.SUPPORTED
    assert verdict.figures[0].period == NOV


def test_a_period_not_out_yet_says_when():
    verdict = judge_claim(
        claim(Predicate.LEVEL, quantity=dollars(1185.5), period=Period.month(2025, 12)),
        holdings(line([1200.0, 1202.7])),
    )
    assert verdict.ruling is Ruling.NOT_PUBLISHED_YET
    assert verdict.next_release == date(2026, 2, 18)
    assert not verdict.figures


def test_a_newer_figure_that_is_out_but_not_held_is_not_guessed():
    stale = line([1200.0, 1202.7], due=date(2026, 1, 20))
    verdict = judge_claim(claim(Predicate.LEVEL, quantity=dollars(1202.7)), holdings(stale))
    assert (verdict.ruling, verdict.code) == (Ruling.NOT_COVERED, "not_at_hand")


@pytest.mark.parametrize(
    ("bn", "half", "expected"),
    [
        (2.7, 0.05, Ruling.SUPPORTED),
        (2.6, 0.05, Ruling.SUPPORTED),  # 2.7 is 2.6 to 2.8: both ends are rounded
        (2.4, 0.05, Ruling.REFUTED),  # understated beyond precision
        (5.0, 0.5, Ruling.EXAGGERATED),
        (27.0, 0.5, Ruling.REFUTED),  # ten times and more is not an exaggeration
        (-2.7, 0.05, Ruling.REFUTED),  # the wrong way
    ],
)
def test_a_change_is_held_to_its_size_and_direction(bn, half, expected):
    evidence = holdings(line([1189.3, 1200.0, 1202.7]))
    assert ruling(evidence, Predicate.CHANGE, quantity=dollars(bn, half), period=NOV) is expected


@pytest.mark.parametrize(
    ("base", "direction", "expected"),
    [
        (Base("previous"), 1, Ruling.SUPPORTED),
        (Base("period", OCT), 1, Ruling.SUPPORTED),
        (Base("year_ago"), 1, Ruling.SUPPORTED),
        (Base("peak"), -1, Ruling.SUPPORTED),
        (Base("trough"), -1, Ruling.REFUTED),
        (Base("previous"), -1, Ruling.REFUTED),
    ],
)
def test_a_direction_is_measured_from_its_base(base, direction, expected):
    values = [1087.1, 1150.0, 1210.0, *[1190.0] * 8, 1200.0, 1202.7]
    wanted = claim(Predicate.DIRECTION, direction=direction, base=base, period=NOV)
    assert judge_claim(wanted, holdings(line(values))).ruling is expected


def test_down_without_a_base_is_ambiguous_where_the_readings_differ():
    rising = [*[1300.0], *[1000.0 + 10 * k for k in range(13)]]
    verdict = judge_claim(claim(Predicate.DIRECTION, direction=-1), holdings(line(rising)))
    assert verdict.ruling is Ruling.AMBIGUOUS
    assert any("peak" in reason for reason in verdict.reasons)
    verdict = judge_claim(claim(Predicate.DIRECTION, direction=1), holdings(line(rising)))
    assert verdict.ruling is Ruling.SUPPORTED


def test_steady_is_within_the_usual_change():
    quiet = [1000.0, 1010.0, 1000.0, 1010.0, 1012.0]
    assert (
        ruling(holdings(line(quiet)), Predicate.DIRECTION, direction=0, period=NOV)
        is Ruling.SUPPORTED
    )
    jump = [1000.0, 1001.0, 1000.0, 1001.0, 1020.0]
    assert (
        ruling(holdings(line(jump)), Predicate.DIRECTION, direction=0, period=NOV) is Ruling.REFUTED
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (2.0, 1.95, 2.05, Ruling.EXAGGERATED),  # doubled, in truth +65 %
        (1.65, 1.645, 1.655, Ruling.SUPPORTED),
        (0.5, 0.47, 0.53, Ruling.REFUTED),  # halved, in truth a rise
    ],
)
def test_multiples_are_measured_from_one(value, low, high, expected):
    evidence = holdings(line([100.0, 165.0]))
    stated = Quantity(value, low, high, "x")
    assert ruling(evidence, Predicate.CHANGE, quantity=stated, period=NOV) is expected


def test_points_and_relative_changes_of_a_yield_are_told_apart():
    day = Period.day(date(2026, 1, 20))
    yields = line(
        [3.562, 3.765], last=day, unit="%", kind="rate", half=0.0005, series="jgb/yield/30Y"
    )
    evidence = Made({("government_yield", "JP", "30Y"): [yields]})
    asked = {"measure": "government_yield", "tenor": "30Y", "period": day}
    for unit, value, half, expected in [
        ("bp", 20, 0.5, Ruling.SUPPORTED),
        ("pp", 0.2, 0.05, Ruling.SUPPORTED),
        ("% change", 5.7, 0.05, Ruling.SUPPORTED),
    ]:
        stated = Quantity(value, value - half, value + half, unit)
        assert ruling(evidence, Predicate.CHANGE, quantity=stated, **asked) is expected
    slip = judge_claim(
        claim(Predicate.CHANGE, quantity=Quantity(20, 19.5, 20.5, "% change"), **asked), evidence
    )
    assert (slip.ruling, slip.misreadings) == (Ruling.REFUTED, ("percent_slip",))


def test_what_a_text_denies_is_right_where_the_denied_does_not_hold():
    evidence = holdings(line([1200.0, 1202.7]))
    for direction, expected in ((1, Ruling.REFUTED), (-1, Ruling.SUPPORTED)):
        assert (
            ruling(evidence, Predicate.DIRECTION, direction=direction, period=NOV, polarity=False)
            is expected
        )


def test_a_change_across_a_break_that_made_it_is_misleading():
    jump = line([109.5, 227.9, 226.0], last=Period.month(2021, 7), series="tic/holdings/FR")
    evidence = Made({("treasury_holdings", "FR", ""): [jump]})
    rise = claim(Predicate.DIRECTION, subject="FR", direction=1, period=Period.month(2021, 6))
    verdict = judge_claim(rise, evidence)
    assert (verdict.ruling, verdict.misreadings) == (Ruling.MISLEADING, ("series_break",))


def test_an_error_inside_is_a_failed_check_and_never_a_verdict():
    class Broken(Made):
        def lines(self, *_: object):
            raise RuntimeError("no such luck")

    verdict = judge_claim(claim(Predicate.LEVEL, quantity=dollars(1)), Broken({}))
    assert verdict.ruling is Ruling.CHECK_FAILED
    assert "no such luck" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("bn", "expected"),
    [
        (2.7, Ruling.SUPPORTED),  # on the month
        (115.6, Ruling.AMBIGUOUS),  # right on the year only
        (50.0, Ruling.REFUTED),
    ],
)
def test_a_number_without_a_base_is_that_of_the_month(bn, expected):
    evidence = holdings(line([1087.1, *[1150.0] * 10, 1200.0, 1202.7]))
    asked = {"quantity": dollars(bn), "direction": 1}
    assert ruling(evidence, Predicate.CHANGE, **asked) is expected


@pytest.mark.parametrize(
    ("base", "right", "wrong"),
    [
        (Base("previous"), 1200.0, 1202.7),
        (Base("ago", None, 2, "month"), 1189.3, 1200.0),
        (Base("period", Period.month(2025, 9)), 1189.3, 1202.7),
    ],
)
def test_a_level_with_a_base_is_what_stood_there_before(base, right, wrong):
    evidence = holdings(line([1180.4, 1189.3, 1200.0, 1202.7]))
    told = {"base": base, "period": NOV}
    assert ruling(evidence, Predicate.LEVEL, quantity=dollars(right), **told) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.LEVEL, quantity=dollars(wrong), **told) is Ruling.REFUTED


def test_the_day_before_is_that_of_the_newest_day_or_of_the_one_before_it():
    last = Period.day(date(2026, 1, 23))
    daily = line([4.4, 4.3, 4.26, 4.25, 4.24], last=last, unit="%", half=0.005)
    evidence = Made({("government_yield", "US", "10Y"): [daily]})
    who = {"subject": "US", "measure": "government_yield", "tenor": "10Y", "base": Base("previous")}

    def told(value: float) -> Ruling:
        stated = Quantity(value, value - 0.004, value + 0.004, "%")
        return ruling(evidence, Predicate.LEVEL, quantity=stated, **who)

    assert [told(value) for value in (4.25, 4.26)] == [Ruling.SUPPORTED] * 2
    assert [told(value) for value in (4.24, 4.3)] == [Ruling.REFUTED] * 2


def test_a_share_with_a_base_is_what_it_was_before():
    evidence = holdings(line([100.0, 300.0]), all=line([1000.0, 1000.0]))
    told = {"versus": ("all",), "base": Base("previous"), "period": NOV}
    tenth, third = Quantity(0.1, 0.095, 0.105, "ratio"), Quantity(0.3, 0.295, 0.305, "ratio")
    assert ruling(evidence, Predicate.SHARE, quantity=tenth, **told) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.SHARE, quantity=third, **told) is Ruling.REFUTED


@pytest.mark.parametrize(
    ("unit", "told"),
    [("% change", "+$10.0 bn (+10.0%)"), ("USD", "+$10.0 bn between")],
)
def test_a_change_told_in_per_cent_is_answered_in_per_cent(unit, told):
    value = 10.0 if unit == "% change" else 10e9
    stated = Quantity(value, value * 0.99, value * 1.01, unit)
    found = judge_claim(
        claim(Predicate.CHANGE, quantity=stated, direction=1, period=NOV),
        holdings(line([100.0, 110.0])),
    )
    assert told in found.reasons[0]
