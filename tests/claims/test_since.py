"""What became of a verdict: on the newest figures, and from release to release."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentences_made import sample

from saiken.archive.archive import Archive
from saiken.claims import since
from saiken.claims.check import Question, check
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling

DAY = date(2026, 1, 25)
UNTIL = date(2026, 10, 1)
DECEMBER = "Japan's holdings of US Treasuries fell in December 2025."


def ruling(text: str, day: date, archive: Archive) -> Ruling:
    """As of a day, of a text dated DAY, judged from nothing."""
    return judge(read(text, DAY), archive, day).verdicts[0].ruling


def test_what_the_newest_figures_say_is_told_where_it_differs(snapshot: Archive) -> None:
    verdict = check(DECEMBER, Question(DAY, DAY), snapshot).verdicts[0]
    assert verdict.ruling is Ruling.NOT_PUBLISHED_YET
    (change,) = verdict.changed_since
    assert (change.day, change.ruling) == (snapshot.newest, Ruling.SUPPORTED)
    assert "17.2" in change.reason


def test_a_verdict_that_stands_has_no_change(snapshot: Archive) -> None:
    stands = "Japan's holdings of US Treasuries rose in November 2025."
    assert check(stands, Question(DAY, DAY), snapshot).verdicts[0].changed_since == ()
    asked_now = Question(snapshot.newest or UNTIL, DAY)
    assert check(DECEMBER, asked_now, snapshot).verdicts[0].changed_since == ()
    not_asked = Question(DAY, DAY, since=False)
    assert check(DECEMBER, not_asked, snapshot).verdicts[0].changed_since == ()


def test_a_timeline_names_the_release_that_changed_it(snapshot: Archive) -> None:
    verdict = check(DECEMBER, Question(DAY, DAY, until=UNTIL), snapshot).verdicts[0]
    first = verdict.changed_since[0]
    assert (first.day, first.ruling) == (date(2026, 2, 18), Ruling.SUPPORTED)


def test_a_timeline_ends_on_its_last_day(snapshot: Archive) -> None:
    for until, changes in ((date(2026, 2, 17), 0), (date(2026, 2, 18), 1)):
        verdict = check(DECEMBER, Question(DAY, DAY, until=until), snapshot).verdicts[0]
        assert len(verdict.changed_since) == changes


def test_a_timeline_looks_at_release_days_only(
    snapshot: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[date] = []
    judged = since.judge_claim

    def watched(claim, evidence, language):
        days.append(evidence.as_of)
        return judged(claim, evidence, language)

    monkeypatch.setattr(since, "judge_claim", watched)
    check(DECEMBER, Question(DAY, DAY, until=UNTIL), snapshot)
    releases, day = [], DAY
    while (release := snapshot.next_release("tic", day)) is not None and release.day <= UNTIL:
        day = release.day
        releases.append(day)
    assert len(releases) >= 8
    assert days == [DAY, *releases]


@pytest.fixture(scope="module")
def followed(snapshot: Archive) -> list[tuple[str, list[tuple[date, Ruling]]]]:
    """Sentences with the rulings that their timelines say held from each day on."""
    late = [one for one in sample(snapshot, 400) if one.month.start >= date(2025, 8, 1)]
    texts = [
        *(one.text for one in late[:12]),
        "China's holdings of US Treasuries were below $690 billion in December 2025.",
        "The 10-year JGB yield is above 2.2%.",
        "The yen weakened in January 2026.",
        "Japanese investors were net buyers of foreign bonds in January 2026.",
        "The next TIC release is due in February.",
    ]
    found = []
    for text in texts:
        for verdict in check(text, Question(DAY, DAY, until=UNTIL), snapshot).verdicts[:1]:
            then = [(change.day, change.ruling) for change in verdict.changed_since]
            found.append((text, [(DAY, verdict.ruling), *then]))
    return found


@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_between_two_release_days_no_verdict_changes(
    snapshot: Archive,
    followed: list[tuple[str, list[tuple[date, Ruling]]]],
    data: st.DataObject,
) -> None:
    text, rulings = followed[data.draw(st.integers(0, len(followed) - 1))]
    day = DAY + timedelta(data.draw(st.integers(0, (UNTIL - DAY).days)))
    held = [ruling for since_day, ruling in rulings if since_day <= day][-1]
    assert ruling(text, day, snapshot) is held, (text, day)


def test_timelines_do_change(followed: list[tuple[str, list[tuple[date, Ruling]]]]) -> None:
    assert sum(len(rulings) > 1 for _, rulings in followed) >= 3


def test_the_sample_is_fixed(snapshot: Archive) -> None:
    random.seed()
    assert sample(snapshot, 5) == sample(snapshot, 5)
