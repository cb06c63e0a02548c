"""Which series a measure is asked of."""

from __future__ import annotations

from datetime import date

from saiken.archive.archive import Archive
from saiken.measures.wired.series import Figures


def test_a_measure_is_asked_of_its_whole_not_of_a_part_or_another_statistic() -> None:
    asked = Figures(Archive.open(), date(2026, 1, 25)).measured("foreign_bond_flows", "JP")
    assert asked == ("mof/monthly/assets/long/net", "mof/weekly/assets/long/net")
