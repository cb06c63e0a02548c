"""Nowcasts offered to verdicts that wait for holdings of Treasuries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.claims.check import Question, check
from saiken.claims.verdict import Ruling
from saiken.reports.bundle import bundled, verify
from saiken.reports.report_json import report_json

HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
AS_OF = date(2026, 1, 25)
DECEMBER = "Japan's holdings of Treasuries fell in December 2025."


def asked(text: str, archive: Archive, *, nowcast: bool = True):
    report = check(text, Question(AS_OF, AS_OF, nowcast=nowcast, since=False), archive)
    return report.verdicts[0]


def test_a_verdict_that_waits_gets_one(snapshot):
    verdict = asked(DECEMBER, snapshot)
    assert verdict.ruling is Ruling.NOT_PUBLISHED_YET
    found = verdict.nowcast
    assert found.period.label == "2025-12"
    assert found.low < 1185.5 < found.high, "as published in February"
    assert "From 1,202.7 in 2025-11" in found.basis
    assert "no change" in found.basis


def test_not_unless_asked(snapshot):
    assert asked(DECEMBER, snapshot, nowcast=False).nowcast is None


@pytest.mark.parametrize(
    "text",
    [
        "Japan's holdings of Treasuries rose in November 2025.",  # published
        "Vietnam's holdings of Treasuries fell in December 2025.",  # no monthly figures any more
        "Japan bought foreign bonds in January 2026.",  # waits for something else
        "Japan's holdings of Treasuries will fall in March 2026.",  # a forecast
    ],
)
def test_none_where_none_can_be_made(snapshot, text):
    assert asked(text, snapshot).nowcast is None


def test_it_is_told_and_replayed(snapshot):
    question = Question(AS_OF, AS_OF, nowcast=True, since=False)
    report, bundle = bundled(DECEMBER, question, snapshot)
    told = report_json(report)["claims"][0]["nowcast"]
    assert set(told) == {"period", "value", "low", "high", "unit", "basis"}
    found = verify(bundle.encode())
    assert found.holds
    assert found.problems == ()
    old = json.loads(bundle)["content"]["asked"]
    assert old["nowcast"] is True


def test_a_plain_check_loads_no_numerics():
    code = (
        "import sys; from saiken.claims.check import check\n"
        "import saiken.doors.checking, saiken.claims.estimates\n"
        "print(*(m for m in ('numpy', 'pyarrow') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=HERE
    )
    assert done.stdout.strip() == ""
