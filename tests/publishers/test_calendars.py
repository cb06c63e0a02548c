"""When publishers publish: known dates, rules, and what must hold for any of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.publishers import calendars, catalog
from saiken.terms.period import Period

NAMES = calendars.names()
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "period", "day", "moment", "basis"),
    [
        ("tic", "2025-11", "2026-01-15", "2026-01-15T21:00", "actual"),
        ("tic", "2025-12", "2026-02-18", "2026-02-18T21:00", "scheduled"),
        ("tic", "2026-01", "2026-03-18", "2026-03-18T20:00", "scheduled"),
        ("tic", "2025-08", "2025-11-18", "2025-11-18T21:00", "actual"),
        ("tic", "2025-09", "2025-11-18", "2025-11-18T21:00", "actual"),
        ("tic", "2018-11", "2019-01-31", "2019-01-31T21:00", "actual"),
        ("tic", "2013-08", "2013-10-22", "2013-10-22T13:00", "actual"),  # at 9:00 then
        ("tic", "2014-07", "2014-09-16", "2014-09-16T20:00", "actual"),  # the first at 16:00
        ("tokyo_daily", "2026-05-18", "2026-05-18", "2026-05-18T09:00", "rule"),
        ("newyork_daily", "2026-07-22", "2026-07-22", "2026-07-22T22:00", "rule"),
        ("ecb_daily", "2026-04-13", "2026-04-13", "2026-04-13T14:00", "rule"),
        ("h10", "2026-05-15", "2026-05-18", "2026-05-18T20:15", "rule"),
        ("h10", "2026-05-22", "2026-05-26", "2026-05-26T20:15", "rule"),  # Memorial Day
        ("h10", "2025-08-22", "2025-08-25", "2025-08-25T20:15", "rule"),
        ("h41", "2026-06-18..2026-06-24", "2026-06-25", "2026-06-25T20:30", "rule"),
        ("nfci", "2026-05-16..2026-05-22", "2026-05-28", "2026-05-28T12:30", "rule"),
        ("mof_weekly", "2026-07-26..2026-08-01", "2026-08-06", "2026-08-05T23:50", "rule"),
        ("mof_weekly", "2026-08-02..2026-08-08", "2026-08-14", "2026-08-13T23:50", "rule"),
        ("mof_weekly", "2026-09-06..2026-09-12", "2026-09-17", "2026-09-16T23:50", "rule"),
        ("mof_monthly", "2026-07", "2026-08-10", "2026-08-09T23:50", "rule"),
        ("mof_monthly", "2026-08", "2026-09-08", "2026-09-07T23:50", "rule"),
        ("intervention_daily", "2026-Q2", "2026-08-07", "2026-08-06T23:50", "rule"),
        ("intervention_daily", "2026-04-30", "2026-08-07", "2026-08-06T23:50", "rule"),
        ("bop", "2026-02", "2026-04-08", "2026-04-07T23:50", "rule"),
        ("cftc", "2024-07-02", "2024-07-08", "2024-07-08T19:30", "rule"),
        ("cftc", "2026-06-16", "2026-06-22", "2026-06-22T19:30", "rule"),
        ("cftc", "2026-06-30", "2026-07-06", "2026-07-06T19:30", "rule"),
        ("cftc", "2026-08-04", "2026-08-07", "2026-08-07T19:30", "rule"),
        ("cftc", "2025-10-14", "2025-11-25", "2025-11-25T20:30", "scheduled"),
        ("cftc", "2025-11-10", "2025-12-12", "2025-12-12T20:30", "scheduled"),  # a Monday
        ("cftc", "2018-12-31", "2019-02-05", "2019-02-05T20:30", "scheduled"),  # a Monday
        ("weo", "2024", "2025-04-22", "2025-04-22T13:00", "actual"),
        ("debt_to_penny", "2025-11-28", "2025-12-01", "2025-12-01T20:00", "rule"),
    ],
)
def test_known_releases(calendar: str, period: str, day: str, moment: str, basis: str) -> None:
    release = calendars.release(calendar, Period.parse(period))
    assert release.calendar == calendar
    assert release.period == Period.parse(period)
    assert release.day == date.fromisoformat(day)
    assert release.at == datetime.fromisoformat(f"{moment}+00:00")
    assert release.basis == basis


def test_before_the_tic_calendar_the_longest_slip_is_added() -> None:
    first = calendars.release("tic", Period.month(2011, 11)).day
    before = calendars.release("tic", Period.month(2011, 10))
    assert before.basis == "rule"
    assert date(2011, 12, 15) + timedelta(days=32) <= before.day < first


def test_the_tic_rule_holds_as_often_as_it_says() -> None:
    rule = calendars._rule("tic")
    hits = [
        calendars._ruled_day(rule, Period.month(end.year, end.month)) == day
        for end, (day, _) in rule.dates.items()
    ]
    assert len(hits) == 180
    assert 0.80 < sum(hits) / len(hits) < 0.85


def test_next_release_of_the_article() -> None:
    release = calendars.next_release("tic", datetime(2026, 1, 25, tzinfo=UTC))
    assert (release.period.label, release.day) == ("2025-12", date(2026, 2, 18))
    shutdown = calendars.next_release("tic", datetime(2025, 10, 20, tzinfo=UTC))
    assert (shutdown.period.label, shutdown.day) == ("2025-08", date(2025, 11, 18))


def test_a_moment_is_not_the_day() -> None:
    before, after = datetime(2026, 2, 18, 20, 59, tzinfo=UTC), datetime(2026, 2, 18, 21, tzinfo=UTC)
    assert calendars.next_release("tic", before).period.label == "2025-12"
    assert calendars.next_release("tic", after).period.label == "2026-01"


def test_released_by_counts_the_whole_day() -> None:
    assert calendars.released_by("tic", date(2025, 11, 17)).label == "2025-07"
    assert calendars.released_by("tic", date(2025, 11, 18)).label == "2025-09"
    assert calendars.released_by("cftc", date(2025, 11, 12)).end == date(2025, 9, 23)
    assert calendars.released_by("tokyo_daily", date(2026, 5, 6)).end == date(2026, 5, 1)


@pytest.mark.parametrize("calendar", NAMES)
@settings(deadline=None)  # the first call loads the holidays
@given(day=DAYS)
def test_what_is_released_stays_released(calendar: str, day: date) -> None:
    newest = calendars.released_by(calendar, day)
    assert calendars.release(calendar, newest).day <= day
    zone = calendars.zone(calendar)
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    coming = calendars.next_release(calendar, midnight - timedelta(microseconds=1))
    assert coming.day > day
    assert coming.at > midnight.astimezone(UTC) - timedelta(microseconds=1)
    assert coming.period.end > newest.end


@pytest.mark.parametrize("calendar", NAMES)
def test_releases_come_in_the_order_of_their_periods(calendar: str) -> None:
    found = list(calendars.materialise(calendar, date(2005, 1, 1), date(2027, 12, 31)))
    assert found
    for earlier, later in pairwise(found):
        assert earlier.period.end < later.period.end
        assert earlier.at <= later.at
        assert earlier.day <= later.day
    for release in found:
        assert release.at.tzinfo == UTC
        assert release.at.astimezone(calendars.zone(calendar)).date() == release.day
        month_end = calendar == "intervention_monthly"
        assert release.day >= (release.period.start if month_end else release.period.end)
        assert release == calendars.release(calendar, release.period)


def test_daily_calendars_skip_the_days_without_figures() -> None:
    def days(calendar: str) -> set[date]:
        found = calendars.materialise(calendar, date(2026, 1, 1), date(2026, 12, 31))
        return {release.period.end for release in found}

    assert date(2026, 1, 1) not in days("tokyo_daily") | days("newyork_daily") | days("ecb_daily")
    assert date(2026, 5, 6) not in days("tokyo_daily")  # a substitute holiday
    assert date(2026, 4, 3) not in days("newyork_daily") | days("ecb_daily")  # Good Friday
    assert date(2026, 11, 11) not in days("newyork_daily")
    assert len(days("every_day")) == 365


def test_every_series_has_a_calendar_that_there_is() -> None:
    used = {family.calendar for family in catalog.load().families}
    assert used <= set(NAMES)


def test_an_unknown_calendar_says_which_there_are() -> None:
    with pytest.raises(KeyError, match="tic"):
        calendars.release("lunar", Period.year(2025))


def test_editions() -> None:
    assert calendars.editions("weo")["2025-10"] == date(2025, 10, 14)
    assert calendars.editions("tic") == {}


def test_who_publishes_is_told_where_the_catalog_has_who_passes_on() -> None:
    assert calendars.publisher("nfci").startswith("Federal Reserve Bank of Chicago")
    assert calendars.publisher("h41") == ""
