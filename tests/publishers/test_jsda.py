"""Turnover of government bonds: the association's sign, turned; sums that must come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from publisher_files import figures, read

from saiken.publishers import jsda
from saiken.publishers.catalog import load
from saiken.publishers.table import ParseError

(TURNOVER,) = jsda.TABLES
FOLDER = Path("data/japan/jsda")
FILES = {
    "koushasai2021r": 12, "koushasai2022r": 12, "koushasai2023": 12, "koushasai2024": 12,
    "koushasai2025": 12, "koushasai": 4,
}  # fmt: skip


@pytest.mark.parametrize(("name", "months"), FILES.items())
def test_every_year(shared: Path, name: str, months: int) -> None:
    found = read(TURNOVER, shared / FOLDER / f"{name}.xlsx")
    assert len(found) == 17 * 6 * 3
    assert {len(column) for column in found.values()} == {months}


def test_plus_means_bought(shared: Path) -> None:
    """The file prints +8,224 for insurers in December 2025: sold. Inside that is -8,224."""
    found = read(TURNOVER, shared / FOLDER / "koushasai2025.xlsx")
    family = "jsda/jgb/super_long/insurers"
    sold, bought, net = (
        int(figures(found[f"{family}/{item}"])["2025-12"]) for item in ("sold", "bought", "net")
    )
    assert net == -8224
    assert abs(bought - sold - net) <= 1
    assert min(sold, bought) > 0
    entry = load().entry(f"{family}/net")
    assert entry
    assert entry.sign.startswith("+ = the investor bought")
    assert not load().publishers["jsda"].redistribute


INVESTORS = list(jsda._INVESTORS)


def sheet(*changes: tuple[int, int, Any]) -> list[list[Any]]:
    heads = list(jsda._BONDS)
    rows: list[list[Any]] = [
        ["（単位：億円)\n(100 million yen)", "Sell or Purchase", "", "買付額\nPurchase", *[""] * 5],
        ["", "Types of trading", "", "一般売買\nOutright transactions", *[""] * 5],
        ["年/月\nYear/Month", "", "", heads[0], *[""] * 5],
        ["", "", "", "", *heads[1:]],
    ]
    for name in INVESTORS:
        one = 16 if name == "Total" else 1
        rows.append(
            ["2026/04", "", name, *(one * cell for cell in (15.0, 1.0, 2.0, 3.0, 4.0, 5.0))]
        )
    for row, place, cell in changes:
        rows[row][place] = cell
    return rows


def test_a_sheet() -> None:
    found = jsda._read(sheet(), jsda._SIDES[1], "(Ｈ)")
    assert len(found) == 17 * 6


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((0, 3, "売付額\nSell"), "headed '売付額 Sell'"),
        ((1, 3, "現先売買"), "headed"),
        ((0, 0, "（単位：百万円)"), "headed"),
        ((3, 4, "Other"), "does not have the columns"),
        ((4, 2, "Moon Banks"), "'Moon Banks' is not an investor"),
        ((4, 0, "April"), "'April' is not a month"),
        ((5, 2, "City Banks & Long-Term Credit Banks"), "stands twice"),
        ((4, 3, 25.0), "does not add up"),
        ((4, 4, "x"), "'x' in column 5 is not a number"),
        ((4, 4, 1.5), "no whole number"),
    ],
)
def test_damage_is_told(change: tuple[int, int, Any], words: str) -> None:
    with pytest.raises(ParseError, match=words):
        jsda._read(sheet(change), jsda._SIDES[1], "(Ｈ)")


def test_a_missing_investor_is_told() -> None:
    with pytest.raises(ParseError, match="is not complete"):
        jsda._read(sheet()[:-2] + sheet()[-1:], jsda._SIDES[1], "(Ｈ)")


def test_columns_in_another_order_read_the_same() -> None:
    rows = [[*row[:3], *reversed(row[3:])] for row in sheet()]
    for row in rows[:2]:
        row[3], row[-1] = row[-1], ""
    turned = jsda._read(rows, jsda._SIDES[1], "(Ｈ)")
    assert {k: v[0] for k, v in turned.items()} == {
        k: v[0] for k, v in jsda._read(sheet(), jsda._SIDES[1], "(Ｈ)").items()
    }
