"""`saiken calendar`: the right releases, and a file that calendar programs read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from saiken.doors.calendar import owners, releases
from saiken.doors.cli import main
from saiken.publishers import calendars
from saiken.reports.ics import Event, ics_text

STAMP = datetime(2026, 1, 25, 12, tzinfo=UTC)


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["calendar", *arguments]) == 0
    return capsys.readouterr().out


def test_what_comes_out_in_a_span(capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, "tic", "--from", "2026-01-01", "--until", "2026-02", "--json")
    found = [json.loads(line) for line in told.splitlines()]
    assert [(one["day"], one["period"], one["basis"]) for one in found] == [
        ("2026-01-15", "2025-11", "actual"),
        ("2026-02-18", "2025-12", "scheduled"),
    ]


def test_all_calendars_but_the_daily_ones_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, "--from", "2026-01-25", "--until", "2026-03-01")
    listed = {line.split()[3] for line in told.splitlines()[1:]}
    assert {"tic", "mof_weekly", "mof_monthly", "reserves", "cftc", "h41", "bop"} <= listed
    assert not {name for name in listed if calendars.is_daily(name)}
    assert "tokyo_daily" in _said(capsys, "tokyo_daily", "--from", "2026-01-25")


def test_every_release_says_who_publishes_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, "--from", "2026-01-25", "--until", "2027-01-25", "--json")
    owners = {one["calendar"]: one["publisher"] for one in map(json.loads, told.splitlines())}
    assert all(owners.values()), owners
    assert owners["nfci"].startswith("Federal Reserve Bank of Chicago")


@pytest.mark.parametrize("name", calendars.names())
def test_a_span_is_the_sum_of_its_halves(name: str) -> None:
    first, middle, last = date(2025, 11, 1), date(2025, 12, 10), date(2026, 1, 31)
    whole = releases(name, first, last)
    after = date.fromordinal(middle.toordinal() + 1)
    assert whole == sorted(
        [*releases(name, first, middle), *releases(name, after, last)],
        key=lambda release: release.period,
    )
    assert all(first <= release.day <= last for release in whole)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tik"], "did you mean tic?"),
        (["--from", "soon"], "not a date"),
        (["--from", "2026-02-01", "--until", "2026-01-01"], "is before"),
        (["--from", "1800"], "reach from"),
        (["--from", "1950", "--until", "2050"], "shorter span"),
    ],
)
def test_bad_input_says_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["calendar", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_an_icalendar_file_reads_as_what_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2025-09", "--until", "2026-03"]
    listed = [json.loads(line) for line in _said(capsys, *span, "--json").splitlines()]
    text = _said(capsys, *span, "--ics")
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == len(listed) > 40
    for event, release in zip(events, listed, strict=True):
        assert event.decoded("DTSTART") == datetime.fromisoformat(release["at"])
        certain = release["basis"] in {"actual", "scheduled"}
        assert event["STATUS"] == ("CONFIRMED" if certain else "TENTATIVE")
        assert release["period"] in event["SUMMARY"]


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


@given(st.lists(st.tuples(words, words), max_size=4), words)
def test_any_words_come_back_from_a_file_of_short_lines(
    told: list[tuple[str, str]], name: str
) -> None:
    events = [
        Event(f"{place}@saiken", STAMP, summary, f"{about}\nmore", certain=True)
        for place, (summary, about) in enumerate(told)
    ]
    text = ics_text(name, events, STAMP)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    read = Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in read] == [summary for summary, _ in told]
    assert [str(event["DESCRIPTION"]) for event in read] == [f"{about}\nmore" for _, about in told]


@pytest.mark.parametrize(
    ("calendar", "owner"),
    [
        ("nfci", "Federal Reserve Bank of Chicago"),
        ("federal_debt", "Bureau of the Fiscal Service"),
        ("oecd_rates", "Organisation for Economic Co-operation and Development"),
        ("intervention_monthly", "Ministry of Finance Japan"),
        ("tic", "Treasury International Capital"),
    ],
)
def test_a_release_is_of_those_who_make_the_figures(calendar: str, owner: str) -> None:
    """Not of those who pass them on: FRED carries figures of many."""
    told = ", ".join(owners(calendar))
    assert owner in told
    assert "Board of Governors" not in told
