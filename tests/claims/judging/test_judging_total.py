"""Whatever was read is judged without a failure: times beyond the calendar, steps back in time."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling

DAY = date(2026, 1, 25)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The embedded snapshot."""
    return Archive.open(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    "text",
    [
        "JGB yields rose over the past 5000 decades.",
        "過去5000年で利回りは上昇した。",
        "外貨準備高が9999年ぶりに減った。",
        "Japanese investors sold ¥2tn of foreign bonds over 0 weeks.",
        "日本の米国債保有額は2025年11月から2024年10月まで増えた。",
    ],
)
def test_no_time_makes_the_judge_fail(text: str, archive: Archive) -> None:
    report = judge(read(text, DAY), archive, DAY)
    assert Ruling.CHECK_FAILED not in [verdict.ruling for verdict in report.verdicts]
