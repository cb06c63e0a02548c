"""Periods: how long months are."""

from calendar import monthrange

from saiken.terms.period import days_in


def test_days_of_a_month_are_the_calendars() -> None:
    months = [(year, month) for year in range(1600, 2401) for month in range(1, 13)]
    assert [days_in(*month) for month in months] == [monthrange(*month)[1] for month in months]
