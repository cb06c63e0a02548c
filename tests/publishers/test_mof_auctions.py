"""The workbook of auctions: fourteen sheets, different columns, read by their headers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, figures, read

from saiken.publishers.mof_auctions import TABLE, _sheet
from saiken.publishers.table import ParseError
from saiken.terms.figure import Column

FILE = Path("data/japan/mof_jgb/jgb_historical_data.xls")
HEADER = [
    "Issue Number", "Auction Date", "Issue Date", "Maturity Date", "Nominal Coupon",
    "Offering Amount ", "Amounts of Competitive Bids ", "Amounts of Bids Accepted ",
    "Lowest Accepted Price*", "Yield at the Lowest Accepted Price",
]  # fmt: skip
UNITS = [
    "", "", "", "", "（％）", "（億円）\n(100 million yen)", "（億円）\n(100 million yen)",
    "（億円）\n(100 million yen)", "（円）\n(per 100 yen)", "（％）",
]  # fmt: skip
ROW = [
    "27", date(2026, 1, 8), date(2026, 1, 9), date(2055, 12, 20), 3.4, 7000.0, 19000.0, 5200.5,
    99.1, 3.45,
]  # fmt: skip


def sheet(*rows: list[Any], title: str = "３０年債（30-year）") -> list[list[Any]]:
    return [["", title, *[""] * 8], [""] * 10, ["回号", *[""] * 9], HEADER, UNITS, *rows]


@pytest.fixture(scope="module")
def auctions(shared: Path) -> dict[str, Column]:
    return read(TABLE, shared / FILE)


def newest(auctions: dict[str, Column], tenor: str, item: str, by: str) -> str:
    found = figures(auctions[f"jgb/auction/{tenor}/{item}"])
    return found[max(day for day in found if day <= by)]


def test_the_current_issues_of_january_2026(auctions: dict[str, Column]) -> None:
    items = ("issue", "coupon", "maturity")
    assert [newest(auctions, "40Y", item, "2026-01-20") for item in items] == [
        "18",
        "3.100",
        "20650320",
    ]
    assert [newest(auctions, "30Y", item, "2026-01-20") for item in items] == [
        "89",
        "3.400",
        "20551220",
    ]


def test_an_auction_and_its_place(auctions: dict[str, Column]) -> None:
    assert figures(auctions["jgb/auction/40Y/lowest_price"])["2026-01-28"] == "87.27"
    assert figures(auctions["jgb/auction/40Y/highest_yield"])["2026-01-28"] == "3.720"
    period, value, _, locator = next(auctions["jgb/auction/40Y/highest_yield"].cells())
    assert (period.label, str(value)) == ("2007-11-06", "2.435")
    assert str(locator) == "sheet 40年債, row 6, column 10"


def test_counts_and_spans(auctions: dict[str, Column]) -> None:
    found = {
        tenor: (len(column), column.starts[0], column.starts[-1])
        for tenor in ("40Y", "30Y", "20Y", "10Y", "5Y", "2Y", "TB6M", "TB1Y", "TB3M", "GX10Y")
        for column in [auctions[f"jgb/auction/{tenor}/issue"]]
    }
    assert found["40Y"] == (94, date(2007, 11, 6).toordinal(), date(2026, 5, 27).toordinal())
    assert found["10Y"] == (447, date(1989, 4, 5).toordinal(), date(2026, 6, 2).toordinal())
    assert found["30Y"][2] == date(2026, 6, 10).toordinal()
    assert found["2Y"][1:] == (date(1979, 8, 27).toordinal(), date(2026, 6, 30).toordinal())
    assert found["TB6M"][0] + found["TB1Y"][0] + found["TB3M"][0] == 443
    assert found["TB1Y"][2] == date(2009, 1, 15).toordinal()
    kinds = {series.split("/")[2] for series in auctions}
    assert kinds >= {"15Y_floating", "10Y_linked", "3Y_discount", "GX5Y", "6Y", "4Y"}


def test_a_reopening_keeps_the_issue(auctions: dict[str, Column]) -> None:
    issues = figures(auctions["jgb/auction/40Y/issue"])
    maturities = figures(auctions["jgb/auction/40Y/maturity"])
    of_18 = [day for day, issue in issues.items() if issue == "18"]
    assert len(of_18) > 1
    assert {maturities[day] for day in of_18} == {"20650320"}


def test_columns_are_found_by_name_in_any_order() -> None:
    plain = {column.series: figures(column) for column in _sheet("30年債", sheet(ROW))}
    turned = [row[::-1] for row in sheet(ROW)]
    assert {column.series: figures(column) for column in _sheet("30年債", turned)} == plain
    assert plain["jgb/auction/30Y/issue"] == {"2026-01-08": "27"}
    assert plain["jgb/auction/30Y/accepted"] == {"2026-01-08": "5200.5"}
    assert plain["jgb/auction/30Y/lowest_price"] == {"2026-01-08": "99.10"}


def test_dashes_are_no_figures_and_notes_no_auctions() -> None:
    row = [*ROW[:6], "―", "－", "\u3000", ""]
    found = {column.series for column in _sheet("s", sheet(row, ["* a note", *[""] * 9]))}
    assert not found & {f"jgb/auction/30Y/{item}" for item in ("bids", "accepted", "lowest_price")}
    assert "jgb/auction/30Y/offered" in found


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        (sheet(ROW, ROW), 7, "two auctions"),
        (sheet([*ROW[:2], ROW[3], ROW[2], *ROW[4:]]), 6, "order"),
        (sheet([*ROW[:4], "n/a", *ROW[5:]]), 6, "column 5"),
        (sheet([ROW[0], "", *ROW[2:]]), 6, "not the date of an auction"),
        (sheet([*ROW[:5], date(2026, 1, 1), *ROW[6:]]), 6, "not a number"),
        (sheet(), 4, "no auctions"),
        (sheet(ROW, title="５０年債（50-year Perpetual）"), 1, "not known here"),
    ],
)
def test_damage_is_told_with_its_row(rows: list[list[Any]], row: int, words: str) -> None:
    with pytest.raises(ParseError) as error:
        list(_sheet("s", rows))
    assert error.value.row == row
    assert words in str(error.value)


def test_a_unit_slip_is_told() -> None:
    rows = sheet(ROW)
    rows[4] = ["（億円）" if cell == "（％）" else cell for cell in UNITS]
    with pytest.raises(ParseError, match="Nominal Coupon"):
        list(_sheet("s", rows))


@pytest.mark.parametrize("kept", [0, 100, 4096, 100_000])
def test_a_cut_workbook_is_refused(shared: Path, kept: int) -> None:
    with pytest.raises(ParseError):
        columns(TABLE, (shared / FILE).read_bytes()[:kept])


@given(st.binary(max_size=200))
def test_any_bytes_at_all(data: bytes) -> None:
    with pytest.raises(ParseError):
        columns(TABLE, data)


def test_a_workbook_alone_is_not_recognised(shared: Path) -> None:
    head = (shared / FILE).read_bytes()[:4096]
    assert not TABLE.recognise(head, "other.xls")
    assert not TABLE.recognise(b"<html>", "jgb_historical_data.xls")
