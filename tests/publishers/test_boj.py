"""Bank of Japan: flow of funds by number and letter, the same in two workbooks, and one-series files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from publisher_files import columns, figures, read

from saiken.publishers import boj_api, boj_flow, boj_flow_long
from saiken.publishers.table import ParseError
from saiken.terms.figure import Basis, Column, Status

(FLOW,), (SERIES,), (API,) = boj_flow.TABLES, boj_flow_long.TABLES, boj_api.TABLES
FOLDER = Path("data/japan/boj")
STOCK = "boj/fof/stock/assets/Db"


@pytest.fixture(scope="module")
def quarter(shared: Path) -> dict[str, Column]:
    return read(FLOW, shared / FOLDER / "sjpre.xlsx")


def test_holders_of_government_bonds(quarter: dict[str, Column]) -> None:
    holders = {
        sector: figures(quarter[f"{STOCK}/{sector}"])
        for sector in ("central_bank", "life_insurers", "overseas", "public_pensions", "households")
    }
    assert holders == {
        "central_bank": {"2026-Q1": "4854280"},
        "life_insurers": {"2026-Q1": "1184931"},
        "overseas": {"2026-Q1": "820129"},
        "public_pensions": {"2026-Q1": "734456"},
        "households": {"2026-Q1": "200371"},
    }
    place = next(quarter[f"{STOCK}/overseas"].cells())[3]
    assert str(place) == "sheet 20, row 35, column 13"


def test_transactions_and_balances(quarter: dict[str, Column]) -> None:
    assert figures(quarter["boj/fof/flow/assets/Db/financial"]) == {"2026-Q1": "-77300"}
    assert figures(quarter["boj/fof/flow/net/Y/corporations"]) == {"2026-Q1": "133108"}
    # the reserves stand under a sector to which they do not belong
    assert not [series for series in quarter if "/W/" in series]


def test_preliminary_figures_come_out_with_the_quarter(quarter: dict[str, Column]) -> None:
    column = quarter[f"{STOCK}/central_bank"]
    assert (column.status, column.vintage_basis) == (Status.PRELIMINARY, Basis.CALENDAR)
    assert column.vintage_at == datetime(2026, 6, 16, 23, 50, tzinfo=UTC)


def test_a_fiscal_year(shared: Path) -> None:
    found = read(FLOW, shared / FOLDER / "sjfy.xlsx")
    assert figures(found["boj/fof/flow_fy/assets/Db/financial"]) == {"2024-04..2025-03": "167374"}
    column = found[f"{STOCK}/central_bank"]
    assert figures(column) == {"2025-Q1": "5455980"}
    assert (column.status, column.vintage_at) == (Status.FINAL, None)


def test_the_time_series(shared: Path) -> None:
    found = columns(SERIES, (shared / FOLDER / "sjlong.xlsx").read_bytes(), "sjlong.xlsx")
    final = figures(found[f"{STOCK}/central_bank"])
    preliminary = figures(found[f"{STOCK}/central_bank preliminary"])
    assert final == {
        "2024-Q4": "5592998", "2025-Q1": "5455980", "2025-Q2": "5377707", "2025-Q3": "5222235",
        "2025-Q4": "5030062",
    }  # fmt: skip
    assert preliminary == {"2026-Q1": "4854280"}
    flows = figures(found["boj/fof/flow_fy/assets/Db/overseas"])
    assert flows == {"2024-04..2025-03": "60430"}


BLOCK: list[list[Any]] = [
    ["", "", "11 Financial assets and liabilities held by central bank", "", "", "", ""],
    ["", "", "", "2025CY", "2025/3Q", "2025/4Q", "2026/1Q(P)", "2025/2Q"],
    ["", "", "Db/A", 10.0, 12.0, 10.0, 9.0, 13.0],
]


def block(*changes: tuple[int, int, Any]) -> list[Column]:
    rows = [list(row) for row in BLOCK]
    for row, place, cell in changes:
        rows[row][place] = cell
    (found,) = list(boj_flow_long._blocks(rows, "37"))
    return list(boj_flow_long._read(rows, "37", found[0], found[1], found[2:]))


def test_a_block() -> None:
    final, preliminary = block()
    assert figures(final) == {"2025-Q3": "12", "2025-Q4": "10", "2025-Q2": "13"}
    assert figures(preliminary) == {"2026-Q1": "9"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((2, 3, 11.0), "2025 does not agree with its quarters"),
        ((2, 5, "n.a."), "'n.a.' in column 6 is not a number"),
        ((2, 5, 9.5), "no whole number"),
        ((2, 5, ""), "no whole number"),
        ((0, 2, "11 Financial assets and liabilities held by banks"), "'banks' is not a sector"),
        ((1, 4, "3Q"), "no periods above"),
    ],
)
def test_a_damaged_block_is_told(change: tuple[int, int, Any], words: str) -> None:
    changes = [change] if words != "no periods above" else [(1, p, "") for p in range(4, 8)]
    with pytest.raises(ParseError, match=words):
        block(*changes)


SHEET: list[list[Any]] = [
    ["", "", "2. Financial Assets and Liabilities", "", "", "", "", "", ""],
    [""] * 9,
    [""] * 9,
    ["", "", "", " Households", "", " Overseas", "", " Total\n (total of 1-6)", ""],
    [""] * 9,
    ["", "", "", 4.0, "", 6.0, "", "", ""],
    ["", "", "", "Assets", "Liabilities", "Assets", "Liabilities", "Assets", "Liabilities"],
    ["", "", "Db", 200.0, "", 800.0, "", 1000.0, ""],
]


def sheet(*changes: tuple[int, int, Any]) -> boj_flow._Cells:
    rows = [list(row) for row in SHEET]
    for row, place, cell in changes:
        rows[row][place] = cell
    cells: boj_flow._Cells = {}
    boj_flow._read(rows, "20", cells)
    boj_flow._check(cells)
    return cells


def test_a_sheet() -> None:
    assert {key: cell[0] for key, cell in sheet().items()} == {
        ("assets", "Db", "households"): 200,
        ("assets", "Db", "overseas"): 800,
        ("assets", "Db", "total"): 1000,
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((7, 3, 300.0), "do not make up the total"),
        ((7, 4, 300.0), ""),
        ((7, 2, ""), "figures without the code of an item"),
        ((5, 3, 44.0), "44.0 is not a sector"),
        ((6, 4, "Assets"), "not in pairs"),
        ((7, 3, 200.5), "no whole number"),
        ((7, 3, "many"), "'many' in column 4"),
    ],
)
def test_a_damaged_sheet_is_told(change: tuple[int, int, Any], words: str) -> None:
    if not words:
        assert sheet(change)["liabilities", "Db", "households"][0] == 300
        return
    with pytest.raises(ParseError, match=words):
        sheet(change)


@pytest.mark.parametrize(
    ("code", "series", "count", "last"),
    [
        ("BPPI6E2N5", "portfolio_equity", 149, "21744.04706"),
        ("BPPI6E3N5", "portfolio_long", 149, "5979.02197251"),
        ("BPPI6E4N5", "portfolio_short", 149, "-5176.43460104"),
        ("BPBP6JYNFL3", "other_investment", 365, "-43498.35869941"),
        ("BPBP6JYNFL13", "direct_investment", 365, "509.94280145"),
    ],
)
def test_one_series_a_file(shared: Path, code: str, series: str, count: int, last: str) -> None:
    found = read(API, shared / FOLDER / f"BOJ_API_{code}.csv")
    (column,) = found.values()
    assert column.series == f"boj/bop/liabilities/{series}"
    assert len(column) == count
    assert figures(column)["2026-05"] == last


def test_another_series_is_not_ours() -> None:
    data = b"Date,Call rate\n2026-05-01,0.7\n"
    assert not API.recognise(data, "BOJ_API.csv")
    with pytest.raises(ParseError, match="'Call rate'"):
        columns(API, data)
