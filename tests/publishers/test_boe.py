"""Gilt curves: sheets found by title, maturities from their header, holidays left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from publisher_files import figures, read

from saiken.publishers.boe import TABLES, _read
from saiken.publishers.table import ParseError

(GILTS,) = TABLES
FOLDER = Path("data/markets/yields")
SHEET = [
    ["", "UK nominal spot curve", "", ""],
    ["", "", "", ""],
    ["Maturity", "", "", ""],
    ["years:", 0.5, 1.0, 10.0],
    ["Refresh", "Refresh", "Refresh", "Refresh"],
    [date(2026, 5, 1), 3.93, 4.24, 4.9],
    [date(2026, 5, 4), "", "", ""],
    [date(2026, 5, 5), 4.0, 4.32, 5.0],
    ["", "", "", ""],
]


def curves(rows: list[list[Any]], *, short: bool = False) -> dict[str, dict[str, str]]:
    return {c.series: figures(c) for c in _read("4. spot curve", rows, "spot", short=short)}


def test_a_small_sheet() -> None:
    found = curves(SHEET)
    assert found["boe/gilt/spot/10Y"] == {"2026-05-01": "4.9", "2026-05-05": "5"}
    assert list(found) == ["boe/gilt/spot/6M", "boe/gilt/spot/1Y", "boe/gilt/spot/10Y"]


def test_the_real_workbooks(shared: Path) -> None:
    year = read(GILTS, shared / FOLDER / "GLC Nominal daily data_2025 to present.xlsx")
    days = figures(year["boe/gilt/spot/10Y"])
    assert (len(days), min(days), max(days)) == (336, "2025-01-02", "2026-04-30")
    assert "2025-12-25" not in days
    month = read(GILTS, shared / FOLDER / "GLC Nominal daily data current month.xlsx")
    assert len(figures(month["boe/gilt/spot/40Y"])) == 5
    assert month["boe/gilt/spot/40Y"].sheet == "4. spot curve"
    first = next(month["boe/gilt/spot/40Y"].cells())
    assert (first[0].label, f"{first[1]:.6f}", str(first[3])) == (
        "2026-05-01",
        "5.483615",
        "sheet 4. spot curve, row 6, column 81",
    )


def test_the_short_end_agrees_with_the_curve(shared: Path) -> None:
    """Months that both sheets have are kept once; neighbours are of one curve."""
    found = read(GILTS, shared / FOLDER / "GLC Nominal daily data current month.xlsx")
    months = sorted(s for s in found if s.startswith("boe/gilt/spot/") and s.endswith("M"))
    assert "boe/gilt/spot/59M" in months
    assert "boe/gilt/spot/60M" not in months
    near, at = figures(found["boe/gilt/spot/59M"]), figures(found["boe/gilt/spot/5Y"])
    assert all(abs(float(near[day]) - float(at[day])) < 0.05 for day in at)


def changed(row: int, cells: list[Any]) -> list[list[Any]]:
    return [*SHEET[:row], cells, *SHEET[row + 1 :]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (changed(0, ["", "UK real spot curve", "", ""]), "titled 'UK real spot curve'"),
        (changed(3, ["months:", 6.0, 12.0, 120.0]), "no row that begins with `years:`"),
        (changed(3, ["years:", 0.5, 0.51, 10.0]), "0.51 is not a maturity"),
        (changed(3, ["years:", 1.0, 0.5, 10.0]), "not in their order"),
        (changed(5, ["1 May", 3.93, 4.24, 4.9]), "'1 May' is not a date"),
        (changed(5, [date(2026, 5, 6), 3.93, 4.24, 4.9]), "stands after"),
        (changed(5, [date(2026, 5, 1), 3.93, "n/a", 4.9]), "'n/a' in column 3 is not a number"),
        (SHEET[:5], "no days below them"),
    ],
)
def test_damage_is_told(rows: list[list[Any]], words: str) -> None:
    with pytest.raises(ParseError, match=words):
        curves(rows)


def test_columns_in_another_order_are_refused() -> None:
    rows = [[row[0], row[2], row[1], row[3]] for row in SHEET]
    with pytest.raises(ParseError, match="not in their order"):
        curves(rows)
