"""Times: what they name, relative to the day of the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.claims.reading import read
from saiken.claims.reading.periods import find
from saiken.claims.reading.spans import When
from saiken.claims.reading.tokens import tokenise
from saiken.terms.period import Period

SUNDAY = date(2026, 1, 25)
CASES = [
    ("in December", "2025-12"), ("in January", "2026-01"), ("November 2025", "2025-11"), ("last month", "2025-12"), ("this month", "2026-01"),
    ("last year", "2025"), ("this year", "2026"), ("last quarter", "2025-Q4"), ("Q3 2025", "2025-Q3"), ("the third quarter of 2008", "2008-Q3"),
    ("2025Q2", "2025-Q2"), ("H1 2025", "2025-01..2025-06"), ("the first half of 2024", "2024-01..2024-06"),
    ("the first three months of 2024", "2024-Q1"), ("the last two months of 2023", "2023-11..2023-12"), ("FY2025", "2025-04..2026-03"),
    ("fiscal 2023", "2023-04..2024-03"), ("on Tuesday", "2026-01-20"), ("on Sunday", "2026-01-25"), ("last Sunday", "2026-01-18"),
    ("yesterday", "2026-01-24"), ("Jan. 20, 2026", "2026-01-20"), ("January 20", "2026-01-20"), ("20 January 2026", "2026-01-20"),
    ("2026-01-20", "2026-01-20"), ("on December 30", "2025-12-30"), ("the 3rd of March 2020", "2020-03-03"),
    ("the week ended Jan 17", "2026-01-11..2026-01-17"), ("the week to Feb. 21, 2025", "2025-02-15..2025-02-21"),
    ("the week of 4-10 January 2026", "2026-01-04..2026-01-10"), ("the last week of December", "2025-12-21..2025-12-27"),
    ("mid-January 2026", "2026-01-11..2026-01-20"), ("early January", "2026-01"), ("the end of 2025", "2025-12"), ("end-May", "2025-05"),
    ("between February and April", "2025-02..2025-04"), ("from April to July 2024", "2024-04..2024-07"), ("November and December", "2025-11..2025-12"),
    ("between April 28 and May 27", "2025-04-28..2025-05-27"), ("the year to November", "2024-12..2025-11"),
    ("the three months to October", "2025-08..2025-10"), ("year to date", "2026-01-01..2026-01-25"), ("since 1999", "1999"),
    ("spring 2012", "2012-03..2012-05"), ("this past March", "2025-03"), ("New Year", "2026-01-01"), ("1997-98", "1997-01..1998-12"),
    ("May: nothing", "2025-05"), ("by March 3, 2024", "2024-03-03"),
]  # fmt: skip


def times(text: str, day: date) -> list[When]:
    tokens = tokenise(text)
    numbers = [index for index, token in enumerate(tokens) if token.number]
    return find(tokens, numbers, (), day)


@pytest.mark.parametrize(("text", "label"), CASES, ids=[case[0] for case in CASES])
def test_period(text: str, label: str) -> None:
    (found,) = times(text, SUNDAY)
    assert found.period is not None
    if text == "early January":
        assert found.period == Period(date(2026, 1, 1), date(2026, 1, 10))
    else:
        assert found.period == Period.parse(label)


@pytest.mark.parametrize(
    ("text", "kind", "count", "unit"),
    [
        ("in three months", "duration", 3, "month"), ("in over six years", "duration", 6, "year"), ("in two decades", "duration", 2, "decade"),
        ("in a single day", "duration", 1, "day"), ("in 18 months", "duration", 18, "month"), ("over the past year", "year_ago", 1, ""),
        ("from a year earlier", "year_ago", 1, ""), ("year-on-year", "year_ago", 1, ""), ("the previous month", "previous", 1, "month"),
    ],
)  # fmt: skip
def test_spans_without_a_date(text: str, kind: str, count: int, unit: str) -> None:
    (found,) = times(text, SUNDAY)
    assert (found.kind, found.count, found.unit) == (kind, count, unit)


@pytest.mark.parametrize(
    "text",
    ["it may rise", "they march on", "a quarter of it", "close to it", "$2025", "2,025 billion"],
)
def test_what_is_no_time(text: str) -> None:
    assert not times(text, SUNDAY)


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["in March", "on Friday", "last month", "November", "June 30", "last week"]),
)
def test_what_is_named_without_a_year_has_begun(day: date, text: str) -> None:
    (found,) = times(text, day)
    assert found.period is not None
    assert found.period.start <= day
    assert (day - found.period.start).days <= 372


@pytest.mark.parametrize(
    "when",
    ["in FY9999", "in FY0000", "over 2025-9999", "in fiscal 2901", "in fiscal twelve", "in the 9999 years to November"],
)  # fmt: skip
def test_what_no_calendar_has_dates_nothing(when: str) -> None:
    """And what is said of such a time is left unread, rather than taken for the newest figure."""
    (found,) = times(when, SUNDAY)
    assert (found.kind, found.period) == ("period", None)
    told = read(f"Norway held $208 billion of Treasuries {when}.", SUNDAY)
    assert not told.claims
    assert [unread.why for unread in told.unread] == ["no statement"]
