"""Whom a clause that names no holder goes on about, and who may be meant besides."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.claims.reading import read
from saiken.terms.period import Period

DATED = date(2026, 1, 25)


def last(text: str) -> tuple[str, set[str]]:
    """Of the last claim: its subject, and whose it may be as well."""
    claim = read(text, DATED).claims[-1]
    return claim.subject, {other.subject for other in claim.alternatives}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the main clause's subject, before the scenery's
            "Foreigners' holdings of Treasuries fell in March as Japan sold. They were $9 trillion.",
            ("all", {"JP"}),
        ),
        (
            "Though Peru cut its Treasury holdings in May, Chile raised its own. Holdings were $12 billion.",
            ("CL", {"PE"}),
        ),
        (  # it stays open in the next sentence too
            "Chile's Treasury holdings rose in May while Peru's fell. They rose again. They were $12 billion.",
            ("CL", {"PE"}),
        ),
        (  # named again, it is open no more
            "Chile's Treasury holdings rose in May while Peru's fell. Peru's were $12 billion.",
            ("PE", set()),
        ),
        ("Chile's Treasury holdings rose in May. They were $12 billion.", ("CL", set())),
        (  # of the sentence's own subject, nothing is open
            "Chile's Treasury holdings rose in May while Peru's fell. Norway's fell to $90 billion, down 2%.",
            ("NO", set()),
        ),
    ],
)
def test_who_is_meant_and_who_may_be(text: str, expected: tuple[str, set[str]]) -> None:
    assert last(text) == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Belgium, a proxy for Chinese accounts, held $450 billion of Treasuries.", ["BE"]),
        ("Ireland, known for its Brazilian clients, sold Treasuries in May.", ["IE"]),
        ("Belgium, China and Norway, each in its own way, sold Treasuries in May.", ["BE", "CN", "NO"]),
        ("Belgium, China, and Norway sold Treasuries in May.", ["BE", "CN", "NO"]),
    ],
)  # fmt: skip
def test_a_place_in_an_aside_is_no_subject(text: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in read(text, DATED).claims] == subjects


# -- the day and the report that a first sentence names -----------------------------------------------


def periods(text: str, dated: date = DATED) -> list[Period | None]:
    return [claim.period for claim in read(text, dated).claims]


def test_a_sentence_that_only_names_a_day_dates_what_follows():
    tuesday = Period.day(date(2026, 1, 20))
    rout = "It was a brutal Tuesday for JGBs. "
    assert periods(rout + "Even the 10-year yield climbed.") == [tuesday]
    assert periods(rout + "The 10-year yield climbed on Wednesday.") == [
        Period.day(date(2026, 1, 21))
    ]
    assert periods(rout + "The 10-year yield rose from 2.1% in December.")[0] != tuesday
    assert periods("Will Tuesday be brutal? Even the 10-year JGB yield climbed.") == [None]
    other = "The 10-year yield was 2.1% in December. Even the 30-year climbed."
    assert tuesday not in periods(rout + other)


def test_what_heads_a_thread_is_a_sentence_and_dates_its_figures():
    november = Period.month(2025, 11)
    thread = "TIC data for November are out 🧵 Japan's holdings fell again. China's went up."
    assert periods(thread) == [november, november]


def test_a_report_is_called_by_its_own_month_until_that_month_s_figures_are_out():
    report = "November's TIC report. Japan bought a net $16.3 billion of Treasuries."
    assert periods(report, date(2025, 11, 20)) == [Period.month(2025, 9)]
    assert periods(report, date(2025, 12, 20)) == [Period.month(2025, 9)]
    assert periods(report, date(2026, 1, 20)) == [Period.month(2025, 11)]
