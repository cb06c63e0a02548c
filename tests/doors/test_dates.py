"""The dates that a caller may give."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("given_", "day"),
    [
        (None, TODAY),
        ("2026-01-25", date(2026, 1, 25)),
        (" 2026-01-25 ", date(2026, 1, 25)),
        ("2024-02", date(2024, 2, 29)),
        ("2023", date(2023, 12, 31)),
        ("2025-Q3", date(2025, 9, 30)),
        ("2026-03", TODAY),
        ("2026", TODAY),
        (TODAY, TODAY),
        (date(1999, 1, 1), date(1999, 1, 1)),
    ],
)
def test_a_month_or_a_year_stands_for_its_last_day(given_: date | str | None, day: date) -> None:
    assert read_day(given_, today=TODAY) == day


@pytest.mark.parametrize(
    "given_", ["", "yesterday", "2026-13", "2026-02-30", "25/01/2026", "0000", "2026-1-5"]
)
def test_what_is_no_date_is_refused(given_: str) -> None:
    with pytest.raises(BadInputError, match="is not a date") as caught:
        read_day(given_, "--as-of", TODAY)
    assert caught.value.message.startswith("--as-of")
    assert "2026-01-25" in caught.value.hint


@pytest.mark.parametrize("given_", ["2026-03-11", "2026-04", "2027", date(2030, 1, 1)])
def test_what_is_to_come_cannot_be_known(given_: date | str) -> None:
    with pytest.raises(BadInputError, match="in the future"):
        read_day(given_, today=TODAY)


@given(st.dates(max_value=TODAY), st.sampled_from([4, 7, 10]))
def test_it_is_never_later_than_today(day: date, length: int) -> None:
    assert day <= read_day(day.isoformat()[:length], today=TODAY) <= TODAY
