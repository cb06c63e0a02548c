"""Periods: how long months are."""

from calendar import monthrange
from datetime import date

import pytest

from saiken.terms.period import back_from, days_in


def test_days_of_a_month_are_the_calendars() -> None:
    months = [(year, month) for year in range(1600, 2401) for month in range(1, 13)]
    assert [days_in(*month) for month in months] == [monthrange(*month)[1] for month in months]


@pytest.mark.parametrize("unit", ["day", "week", "month", "decade"])
def test_nothing_goes_back_further_than_the_calendar(unit: str) -> None:
    assert back_from(date(2026, 1, 1), 9_999_999, unit) == date(1, 1, 1)
    assert back_from(date(2026, 1, 31), 0, unit) == date(2026, 1, 31)
