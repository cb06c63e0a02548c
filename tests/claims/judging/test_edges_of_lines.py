"""The edges of which line and which observation a claim is held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made import AS_OF, Made, claim, dollars, holdings, line

from saiken.archive.view import Availability
from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.release import Release

OCT, NOV, DEC = (Period.month(2025, month) for month in (10, 11, 12))
DAY = Period.day(date(2026, 1, 23))
YIELD = {"measure": "government_yield", "tenor": "10Y"}
LATEST = claim(Predicate.LEVEL)


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return verdict(evidence, predicate, **fields).ruling


def yields(values, last=DAY, **more):
    return line(
        values, last=last, unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y", **more
    )


def flow(values, last=NOV):
    return line(values, last=last, unit="JPY 100mn", kind="flow", half=0.5,
                series="mof/monthly/assets/long/net")  # fmt: skip


# -- the newest ----------------------------------------------------------------------------------


def test_the_only_observation_is_the_newest():
    assert window(line([5.0]), LATEST, holdings(line([5.0]))) == range(1)


def test_a_figure_that_was_not_out_by_the_text_s_day_is_not_the_newest():
    def out(period: Period) -> Release | None:
        day = date(2026, 1, 15)
        at = datetime(2026, 1, 15, 21, tzinfo=UTC)
        return Release("made", period, at, day, "actual") if period == NOV else None

    late = replace(line([1.0, 2.0, 3.0]), release_of=out)
    for dated, expected in ((date(2026, 1, 14), 1), (date(2026, 1, 15), 2)):
        found = window(late, LATEST, Made({}, dated=dated))
        assert found == range(expected, expected + 1)


@pytest.mark.parametrize(
    ("due", "expected"), [(date(2026, 1, 24), Ruling.NOT_COVERED), (AS_OF, Ruling.SUPPORTED)]
)
def test_a_month_that_came_out_the_day_before_the_text_should_be_held(due, expected):
    asked = {"quantity": dollars(2.0)}
    assert ruling(holdings(line([1.0, 2.0], due=due)), Predicate.LEVEL, **asked) is expected


@pytest.mark.parametrize(
    ("last", "state", "expected"),
    [
        (17, Availability.NOT_AT_HAND, range(1, 2)),
        (16, Availability.NOT_AT_HAND, None),
        (16, Availability.NOT_PUBLISHED, range(1, 2)),
    ],
)
def test_a_daily_series_that_stopped_a_week_ago_is_not_the_latest(last, state, expected):
    stopped = yields([1.0, 2.0], last=Period.day(date(2026, 1, last)))
    found = window(replace(stopped, availability=lambda _: state), LATEST, Made({}))
    assert (found if isinstance(found, range) else None) == expected


def test_the_period_after_one_of_a_weekly_series_is_a_week_on_however_it_is_dated():
    week = Period.week_ending(date(2026, 1, 17))
    assert line([1.0], last=week).following(0) == week.shift(1)
    dated = replace(line([1.0], last=DAY), frequency="W")
    assert dated.following(0) == Period.day(date(2026, 1, 30))
    assert line([1.0], last=DAY).following(0) == Period.day(date(2026, 1, 24))
    assert line([1.0]).following(0) == DEC


# -- what is named -------------------------------------------------------------------------------


YEAR = Period.year(2025)


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        (date(2025, 12, 1), range(1, 12)),
        (date(2025, 12, 31), range(1, 12)),
        (date(2026, 1, 1), None),
        (date(2025, 1, 1), None),
    ],
)
def test_this_year_said_in_its_course_is_the_year_so_far(dated, expected):
    months = flow([float(k) for k in range(12)])
    found = window(months, claim(Predicate.FLOW, period=YEAR), Made({}, dated=dated))
    assert (found if isinstance(found, range) else None) == expected
    stock = replace(months, kind="stock")
    missing = window(stock, claim(Predicate.LEVEL, period=YEAR), Made({}, dated=dated))
    assert missing.ruling is Ruling.NOT_PUBLISHED_YET


def test_eight_days_are_still_a_week_and_nine_are_not():
    weekly = line([1.0, 2.0, 3.0], last=Period.week_ending(date(2026, 1, 17)), kind="flow")
    for first, expected in ((10, range(2, 3)), (9, range(1, 3))):
        named = claim(Predicate.FLOW, period=Period(date(2026, 1, first), date(2026, 1, 17)))
        assert window(weekly, named, Made({})) == expected


def test_a_weekly_stock_is_read_at_its_last_week_and_a_weekly_flow_needs_all():
    weekly = line([1.0, 2.0, 3.0], last=Period.week_ending(date(2025, 12, 13)))
    december = claim(Predicate.LEVEL, period=DEC)
    assert window(weekly, december, Made({})) == range(1, 3)
    sold = window(replace(weekly, kind="flow"), december, Made({}))
    assert sold.ruling is Ruling.NOT_PUBLISHED_YET


def test_what_is_missing_is_told_in_the_periods_of_the_series_and_when_it_is_due():
    quarter = Period.quarter(2026, 1)
    quarterly = line([1.0, 2.0], last=Period.quarter(2025, 4))
    named = claim(Predicate.LEVEL, period=quarter)
    assert "the first quarter of 2026" in window(quarterly, named, Made({})).reasons[0]
    monthly = window(line([1.0, 2.0]), named, Made({}))
    assert "March 2026" in monthly.reasons[0]
    assert "they are due on 18 February 2026" in monthly.reasons[0]
    unknown = replace(line([1.0, 2.0]), release_of=lambda _: None)
    assert "due" not in window(unknown, named, Made({})).reasons[0]


# -- conventions, sessions, substitutes ----------------------------------------------------------


class Quoted(Made):
    """The market quotes the same bond at a simple yield."""

    simple: tuple[Line, ...] = ()

    def quoted(self, *_: str) -> tuple[Line, ...]:
        return self.simple


@pytest.mark.parametrize(
    ("compound", "simple", "expected", "noted"),
    [
        (4.1, 4.2, Ruling.SUPPORTED, False),
        (3.9, 4.2, Ruling.SUPPORTED, True),
        (3.9, 3.95, Ruling.REFUTED, False),
    ],
)
def test_a_quoted_yield_speaks_only_where_the_published_one_does_not_bear_it_out(
    compound, simple, expected, noted
):
    evidence = Quoted({("government_yield", "JP", "10Y"): [yields([3.0, compound])]})
    evidence.simple = (replace(yields([3.0, simple]), convention="simple"),)
    above = {"quantity": Quantity(4, 4, float("inf"), "%"), "direction": 1, "period": DAY}
    found = verdict(evidence, Predicate.THRESHOLD, **above, **YIELD)
    assert found.ruling is expected
    assert any("simple yield" in note for note in found.notes) is noted
    assert found.figures[0].value == (simple if noted else compound)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"scope": frozenset({"constant_maturity"})}, Ruling.REFUTED),
        ({"scope": frozenset({"simple_yield"})}, Ruling.SUPPORTED),
        ({"polarity": False}, Ruling.AMBIGUOUS),
        ({"polarity": False, "scope": frozenset({"constant_maturity"})}, Ruling.SUPPORTED),
        ({"polarity": False, "scope": frozenset({"simple_yield"})}, Ruling.REFUTED),
    ],
)
def test_the_definition_that_the_text_names_decides_and_a_denial_of_one_only_is_open(
    more, expected
):
    evidence = Quoted({("government_yield", "JP", "10Y"): [yields([3.0, 3.9])]})
    evidence.simple = (replace(yields([3.0, 4.2]), convention="simple"),)
    above = {"quantity": Quantity(4, 4, float("inf"), "%"), "direction": 1, "period": DAY}
    assert ruling(evidence, Predicate.THRESHOLD, **above, **YIELD, **more) is expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (frozenset(), Ruling.REFUTED),
        (frozenset({"balance_of_payments"}), Ruling.SUPPORTED),
    ],
)
def test_another_statistic_of_the_same_thing_speaks_where_it_is_named(scope, expected):
    meant = flow([-3740.0])
    other = replace(flow([-2730.0]), measure="m", scope="balance_of_payments")
    evidence = Made({("m", "JP", ""): [meant, other]})
    size = {"quantity": Quantity(-273e9, -273.5e9, -272.5e9, "JPY"), "measure": "m"}
    assert ruling(evidence, Predicate.FLOW, period=NOV, scope=scope, **size) is expected


def prices(closes, highs):
    day = {"last": DAY, "unit": "USD per BTC", "kind": "price", "half": 0.5}
    close = line(closes, series="yahoo/BTC/close", **day)
    high = line(highs, series="yahoo/BTC/high", **day)
    high = replace(high, convention="session_high")
    return Made({("bitcoin", "BTC", ""): [close, high]})


def test_what_a_price_touched_is_read_off_the_day_s_extreme_unless_it_closed_there():
    evidence = prices([90.0, 95.0], [92.0, 101.0])
    asked = {"measure": "bitcoin", "subject": "BTC", "period": DAY, "direction": 1}
    above = {"quantity": Quantity(100, 99.5, 100.5, "USD"), **asked}
    assert ruling(evidence, Predicate.THRESHOLD, **above) is Ruling.SUPPORTED
    closed = {**above, "scope": frozenset({"close"})}
    assert ruling(evidence, Predicate.THRESHOLD, **closed) is Ruling.REFUTED
    fell = prices([95.0, 90.0], [92.0, 101.0])
    assert ruling(fell, Predicate.DIRECTION, **asked) is Ruling.REFUTED


def printed(one: Line, day: date) -> Line:
    """The line as printed on a day."""
    at = datetime(day.year, day.month, day.day, 21, tzinfo=UTC)

    def cite(i: int):
        return tuple(replace(p, vintage_at=at, vintage_day=day) for p in one.cite(i))

    return replace(one, cite=cite)


@pytest.mark.parametrize(
    ("first", "expected"),
    [(DAY.end, Ruling.SUPPORTED), (date(2026, 1, 24), Ruling.REFUTED)],
)
def test_a_substitute_printed_later_speaks_only_for_a_series_that_is_revised(first, expected):
    preferred = printed(yields([1.0, 2.0]), first)
    other = printed(replace(yields([2.0, 1.0]), series="h15/yield/10Y"), AS_OF)
    evidence = Made({("government_yield", "JP", "10Y"): [preferred, other]})
    up = {"direction": 1, "period": DAY, **YIELD}
    assert ruling(evidence, Predicate.DIRECTION, **up) is expected


# -- crossings -----------------------------------------------------------------------------------


def test_the_arithmetic_of_a_crossing_shows_its_side():
    for value, side, sign in ((5.0, 1, ">"), (3.0, -1, "<")):
        evidence = Made({("government_yield", "JP", "10Y"): [yields([4.5, value])]})
        asked = {"quantity": Quantity(4, 3.5, 4.5, "%"), "direction": side, "period": DAY}
        found = verdict(evidence, Predicate.THRESHOLD, **asked, **YIELD)
        assert f" {sign} 4 %" in found.arithmetic


def test_a_series_that_was_always_beyond_a_line_is_still_judged():
    evidence = Made({("government_yield", "JP", "10Y"): [yields([4.1] * 15)]})
    asked = {"quantity": Quantity(4, 3.5, 4.5, "%"), "direction": 1, "first": True}
    assert ruling(evidence, Predicate.THRESHOLD, **asked, **YIELD) is not Ruling.CHECK_FAILED


# -- the end of a period -------------------------------------------------------------------------


def test_what_a_month_ended_at_is_its_last_figure_and_not_any_of_its_days():
    days = line(
        [4.5, 4.7, 4.9], last=Period.day(date(2025, 12, 31)), unit="%", kind="rate", half=0.005
    )
    evidence = Made({("government_yield", "JP", "10Y"): [days]})
    december = {**YIELD, "period": DEC}
    at = {"quantity": Quantity(4.5, 4.495, 4.505, "%")}
    ended = {"scope": frozenset({"period_end"})}
    assert ruling(evidence, Predicate.LEVEL, **at, **december) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.LEVEL, **at, **december, **ended) is Ruling.REFUTED
    last = {"quantity": Quantity(4.9, 4.895, 4.905, "%")}
    assert ruling(evidence, Predicate.LEVEL, **last, **december, **ended) is Ruling.SUPPORTED


def test_a_daily_series_that_stops_in_mid_period_does_not_speak_of_its_end():
    stopped = line(
        [4.5, 4.7], last=Period.day(date(2025, 12, 12)), unit="%", kind="rate", half=0.005
    )
    stopped = replace(stopped, availability=lambda _: Availability.NOT_AT_HAND)
    evidence = Made({("government_yield", "JP", "10Y"): [stopped]})
    december = {**YIELD, "period": DEC}
    at = {"quantity": Quantity(4.7, 4.695, 4.705, "%")}
    assert ruling(evidence, Predicate.LEVEL, **at, **december) is Ruling.SUPPORTED
    for predicate, more in (
        (Predicate.LEVEL, {**at, "scope": frozenset({"period_end"})}),
        (Predicate.DIRECTION, {"direction": 1}),
        (Predicate.RECORD, {"extreme": "high"}),
    ):
        assert ruling(evidence, predicate, **december, **more) is Ruling.NOT_COVERED


def test_a_level_that_the_usual_revision_reaches_may_have_been_printed_that_day():
    revised = holdings(line([1200.0, 1210.0], marks=b"\0\1", revisions=6.0))
    for told, expected in ((1205.0, Ruling.AMBIGUOUS), (1220.0, Ruling.REFUTED)):
        asked = {"quantity": dollars(told), "period": NOV}
        assert ruling(revised, Predicate.LEVEL, **asked) is expected
