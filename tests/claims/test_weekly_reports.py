"""Reports of one day a week: which of them a date in a text names."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling


@pytest.mark.parametrize(
    ("day", "report"),
    [
        ("December 30", "30 December 2025"),
        ("January 6", "6 January 2026"),
        ("January 8", "6 January 2026"),
    ],
)
def test_a_report_that_is_not_the_newest_is_found_by_its_day(
    day: str, report: str, snapshot: Archive
) -> None:
    as_of = date(2026, 3, 1)
    text = f"Speculators were net short 900,000 yen contracts on {day}."
    (verdict,) = judge(read(text, as_of), snapshot, as_of).verdicts
    assert verdict.ruling is Ruling.REFUTED
    assert report in " ".join(verdict.reasons)
