"""Cross rates are computed once for all texts asked as of a day, and for no other day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from saiken.archive.archive import Archive
from saiken.claims.judging.evidence import KEPT_CROSSES, Evidence, _crosses
from saiken.claims.judging.lines import Line

DAY = date(2026, 1, 25)


def cross(archive: Archive, day: date, *, strict: bool = False) -> Line:
    evidence = Evidence(archive, day, day, strict=strict)
    return next(
        line for line in evidence.lines("exchange_rate", "USDJPY") if "/" in line.series[4:]
    )


def test_a_cross_is_kept_for_its_day_alone(tmp_path: Path):
    archive = Archive.open(tmp_path)
    first = cross(archive, DAY)
    assert cross(archive, DAY) is first
    assert cross(archive, DAY, strict=True) is not first
    earlier = cross(archive, date(2025, 1, 24))
    assert earlier is not first
    assert max(earlier.ends) <= date(2025, 1, 24).toordinal() < max(first.ends)
    assert cross(Archive.open(tmp_path), DAY) is not first


def test_few_crosses_are_kept(tmp_path: Path):
    archive = Archive.open(tmp_path)
    for month in range(1, 13):
        for day in (3, 17):
            cross(archive, date(2024, month, day))
    assert len(_crosses[archive]) == KEPT_CROSSES
