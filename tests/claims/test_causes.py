"""What moved beside a cause that a text asserts; it stays unchecked whatever did."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from saiken.archive.archive import Archive
from saiken.claims.causes import WEAK
from saiken.claims.check import Question, check
from saiken.claims.verdict import Verdict
from saiken.measures.lazily import comovement
from saiken.reports import bundle
from saiken.reports.report_json import report_json
from saiken.reports.terminal import Screen
from saiken.reports.text import report_text

AS_OF = date(2026, 1, 25)
ROUT = "The rout in JGBs dragged up 30-year Treasury yields on 20 January 2026."


def asked(day: date = AS_OF) -> Question:
    return Question(day, day, since=False)


def judged(text: str, archive: Archive, day: date = AS_OF) -> Verdict:
    (verdict,) = check(text, asked(day), archive, comovement=comovement).verdicts
    return verdict


def changes(archive: Archive, first: str, second: str, until: date) -> np.ndarray:
    views = [archive.view(series, AS_OF) for series in (first, second)]
    held = [dict(zip(view.ends, view.values, strict=True)) for view in views]
    days = sorted(day for day in held[0].keys() & held[1].keys() if day <= until.toordinal())
    return np.diff([[one[day] for one in held] for day in days[-101:]], axis=0)


def test_two_that_are_priced_by_the_day_are_laid_side_by_side(snapshot):
    verdict = judged(ROUT, snapshot)
    found = verdict.comovement
    assert (verdict.ruling, verdict.code) == ("not_checkable", "cause")
    assert (found.driver, found.effect) == ("jgb/yield/30Y", "h15/yield/30Y")
    assert (found.count, found.end) == (100, date(2026, 1, 20))
    moved = changes(snapshot, found.driver, found.effect, date(2026, 1, 20))
    assert found.correlation == pytest.approx(np.corrcoef(moved.T)[0, 1], abs=0.005)
    assert found.low < found.correlation < found.high
    told = " ".join(found.told)
    assert "+20.3 bp between 19 January 2026 and 20 January 2026" in told
    assert "+8.0 bp between 16 January 2026 and 20 January 2026" in told
    assert found.told[-1].startswith("Moving together is no cause")
    assert {point.series for point in verdict.figures} == {found.driver, found.effect}


def test_nothing_later_than_the_text_or_what_was_known_counts(snapshot):
    text = "JGB yields dragged Treasury yields higher."
    verdict = judged(text, snapshot, date(2025, 6, 2))
    assert verdict.comovement.end <= date(2025, 6, 2)
    assert all(point.vintage_day <= date(2025, 6, 2) for point in verdict.figures)
    assert verdict.comovement.driver == "jgb/yield/10Y"


@pytest.mark.parametrize(
    "text",
    [
        "Treasury yields rose because of fiscal fears.",  # names no second thing
        "JGB yields would drag Treasury yields higher.",  # a forecast
        "The 10-year Treasury yield rose.",
    ],
)
def test_beside_what_asserts_no_such_cause_stands_nothing(snapshot, text):
    def none(*_: object) -> None:
        raise AssertionError("nothing to measure here")

    report = check(text, asked(), snapshot, comovement=none)
    assert all(verdict.comovement is None for verdict in report.verdicts)


def test_without_a_measure_handed_in_a_cause_is_left_at_that(snapshot):
    (verdict,) = check(ROUT, asked(), snapshot).verdicts
    assert verdict.comovement is None


def test_too_few_common_days_are_told(snapshot):
    verdict = judged(ROUT.replace("on 20 January 2026", "in 1977"), snapshot)
    assert verdict.comovement is None
    assert "Too few days" in verdict.notes[-1]


@pytest.mark.parametrize(
    ("correlation", "low", "high", "how"),
    [
        (WEAK, 0.01, 0.4, "They moved together"),
        (WEAK - 0.01, 0.01, 0.4, "They hardly moved together"),
        (0.3, 0.0, 0.6, "They hardly moved together"),
        (0.5, 0.3, 0.6, "They moved closely together"),
        (-0.49, -0.6, -0.3, "They moved against each other"),
        (-0.5, -0.6, -0.3, "They moved closely against each other"),
        (-0.3, -0.6, 0.0, "They hardly moved together"),
    ],
)
def test_how_they_moved_is_told_by_the_correlation_and_its_interval(
    snapshot, correlation, low, high, how
):
    class Told:
        start, end, count, given, received = 738000, 739000, 100, 1.0, 2.0

    Told.correlation, Told.low, Told.high = correlation, low, high
    report = check(ROUT, asked(), snapshot, comovement=lambda *_: Told())
    assert any(one.startswith(f"{how}:") for one in report.verdicts[0].comovement.told)


def test_a_japanese_text_is_answered_in_japanese(snapshot):
    verdict = judged("日本の30年債利回りの上昇が米30年債利回りを押し上げた。", snapshot)
    assert (verdict.comovement.driver, verdict.comovement.effect) == (
        "jgb/yield/30Y",
        "h15/yield/30Y",
    )
    assert verdict.comovement.told[-1].startswith("連動は因果を示さない")
    assert "相関係数" in verdict.comovement.told[0]


def test_it_is_in_json_and_text_and_is_replayed_from_a_bundle(snapshot):
    report, told = bundle.bundled(ROUT, asked(), snapshot)
    (claim,) = report_json(report)["claims"]
    assert claim["comovement"]["driver"] == "jgb/yield/30Y"
    assert claim["reading"]["driver"] == {
        "measure": "government_yield", "subject": "JP", "tenor": "30Y",
    }  # fmt: skip
    assert "no cause" in report_text(report, Screen(width=100))
    assert not bundle.verify(told.encode()).problems
    changed = json.loads(told)
    changed["content"]["report"]["claims"][0]["comovement"]["correlation"]["value"] += 0.01
    changed["sha256"] = bundle._hash(changed["content"])
    assert bundle.verify(json.dumps(changed).encode()).problems


def test_a_check_without_a_cause_loads_no_numpy():
    code = (
        "import sys; from saiken import check; "
        "check('The 10-year Treasury yield rose.', '2026-01-25'); print('numpy' in sys.modules)"
    )
    runs = [  # the first may have to make the index of the snapshot, which takes NumPy
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[-1].stdout.strip() == "False"
