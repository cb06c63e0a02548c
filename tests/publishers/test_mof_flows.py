"""Securities flows of Japan: weekly, monthly, by investor; what they add up to, and damage."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publisher_files import columns, everything, figures, read

from saiken.publishers.mof_flows import TABLES
from saiken.publishers.table import ParseError, Table
from saiken.terms.figure import Column

WEEK, MONTH, INVESTORS = TABLES
FOLDER = Path("data/japan/mof_securities")
LAST_WEEKS = "week_upd20260917_last7weeks_RECONSTRUCTED.csv"
EXCERPT = "montha1_upd20260908_2rows_RECONSTRUCTED.utf8.csv"


def edited(data: bytes, edit: Callable[[list[list[str]]], None]) -> bytes:
    """The file with its records changed in place by `edit`."""
    records = list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))
    edit(records)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(records)
    return out.getvalue().encode("cp932")


@pytest.fixture(scope="module")
def weeks(shared: Path) -> dict[str, Column]:
    return read(WEEK, shared / FOLDER / "week_upd20260814.csv")


@pytest.fixture(scope="module")
def months(shared: Path) -> dict[str, Column]:
    return read(MONTH, shared / FOLDER / "montha1_upd20260810.csv")


def test_weeks(weeks: dict[str, Column]) -> None:
    assert {len(column) for column in weeks.values()} == {1127}
    assert len(weeks) == 22
    long = figures(weeks["mof/weekly/assets/long/net"])
    assert next(iter(long.items())) == ("2005-01-02..2005-01-08", "8878")
    assert [*long.items()][-1] == ("2026-08-02..2026-08-08", "16294")
    assert "2025-12-28..2026-01-03" in long
    total = figures(weeks["mof/weekly/liabilities/total/net"])
    assert total["2005-01-02..2005-01-08"] == "10363"


def test_the_stamp_is_the_vintage(weeks: dict[str, Column], months: dict[str, Column]) -> None:
    assert {column.vintage_at for column in weeks.values()} == {
        datetime(2026, 8, 13, 23, 50, tzinfo=UTC)
    }
    assert {column.vintage_at for column in months.values()} == {
        datetime(2026, 8, 9, 23, 50, tzinfo=UTC)
    }


def test_an_added_week_changes_no_other(shared: Path, weeks: dict[str, Column]) -> None:
    earlier = read(WEEK, shared / FOLDER / "week_upd20260806.csv")
    assert everything(earlier) < everything(weeks)
    assert len(everything(weeks)) - len(everything(earlier)) == 22


def test_the_september_vintage_revises_a_week(shared: Path, weeks: dict[str, Column]) -> None:
    later = read(WEEK, shared / FOLDER / LAST_WEEKS)
    week = "2026-08-02..2026-08-08"
    assert figures(later["mof/weekly/assets/long/net"])[week] == "15408"
    changed = [
        series
        for series, column in later.items()
        if figures(column)[week] != figures(weeks[series])[week]
    ]
    assert len(changed) == 16


def test_the_place_of_a_figure(shared: Path, weeks: dict[str, Column]) -> None:
    lines = (shared / FOLDER / "week_upd20260814.csv").read_bytes().decode("cp932").split("\r\n")
    *_, (_, _, _, locator) = weeks["mof/weekly/assets/equity/acquisition"].cells()
    # One header cell holds a bare line feed, which is a line to every editor.
    assert lines[locator.row - 2].startswith("2026．8．2")
    assert locator.column == 2


def test_months_and_years(months: dict[str, Column]) -> None:
    long = figures(months["mof/monthly/assets/long/net"])
    assert (len(long), min(long), max(long)) == (259, "2005-01", "2026-07")
    assert (long["2005-01"], long["2025-12"]) == ("5888", "-3742")
    calendar = figures(months["mof/annual_cy/assets/long/net"])
    assert (len(calendar), calendar["2025"]) == (21, "120173")
    fiscal = figures(months["mof/annual_fy/assets/long/net"])
    assert (len(fiscal), fiscal["2025-04..2026-03"]) == (21, "27925")


def test_years_are_the_sums_of_their_months(months: dict[str, Column]) -> None:
    for series, column in months.items():
        if series.startswith("mof/monthly/"):
            by_month = {label: int(value) for label, value in figures(column).items()}
            years = figures(months[series.replace("monthly", "annual_cy")])
            for year, value in years.items():
                parts = [by_month[f"{year}-{month:02}"] for month in range(1, 13)]
                assert abs(sum(parts) - int(value)) <= 6


def test_an_excerpt_without_header(shared: Path, months: dict[str, Column]) -> None:
    found = read(MONTH, shared / FOLDER / EXCERPT)
    assert len(found) == 22
    for series, column in found.items():
        assert figures(column)["2026-07"] == figures(months[series])["2026-07"]
        assert column.vintage_at == datetime(2026, 9, 7, 23, 50, tzinfo=UTC)
    assert figures(found["mof/monthly/assets/long/net"])["2026-08"] == "-1430"


def test_an_excerpt_is_read_only_where_its_year_is_known(shared: Path) -> None:
    data = (shared / FOLDER / EXCERPT).read_bytes()
    with pytest.raises(ParseError, match="no year"):
        columns(MONTH, data, "montha1.csv")
    with pytest.raises(ParseError, match="should stand"):
        columns(MONTH, data, "montha1_upd20261008.csv")
    turned = b"".join(data.splitlines(keepends=True)[::-1])
    with pytest.raises(ParseError, match="line 1: '8月'"):
        columns(MONTH, turned, EXCERPT)


def test_by_investor(shared: Path, months: dict[str, Column]) -> None:
    found = read(INVESTORS, shared / FOLDER / "monthb3_upd20260810.csv")
    december = {
        name: figures(found[f"mof/investor/long/{name}/net"])["2025-12"]
        for name in ("all", "banks", "life", "trust_accounts", "investment_trusts")
    }
    assert december == {
        "all": "-3742",
        "banks": "2995",
        "life": "-2543",
        "trust_accounts": "-1519",
        "investment_trusts": "-110",
    }
    assert figures(found["mof/investor_cy/long/life/net"])["2022"] == "-114641"
    # A dash is no figure: the two public parts are told apart from 2014 on only.
    assert min(figures(found["mof/investor/long/central_bank/net"])) == "2014-01"


@pytest.mark.parametrize(("number", "instrument"), [(2, "equity"), (3, "long"), (4, "short")])
def test_all_investors_are_the_monthly_table(
    shared: Path, months: dict[str, Column], number: int, instrument: str
) -> None:
    found = read(INVESTORS, shared / FOLDER / f"monthb{number}_upd20260810.csv")
    for item in ("acquisition", "disposition", "net"):
        everyone = figures(found[f"mof/investor/{instrument}/all/{item}"])
        assert everyone == figures(months[f"mof/monthly/assets/{instrument}/{item}"])


def test_other_encodings_read_the_same(shared: Path) -> None:
    data = (shared / FOLDER / LAST_WEEKS).read_bytes()
    again = data.decode("cp932").encode("utf-8")
    assert WEEK.recognise(again[:4096], "week.csv")
    assert everything(columns(WEEK, again)) == everything(columns(WEEK, data))
    with pytest.raises(ParseError, match="not readable"):
        columns(WEEK, data.decode("cp932").encode("utf-16"))


def swap(row: slice, left: int, right: int) -> Callable[[list[list[str]]], None]:
    def edit(records: list[list[str]]) -> None:
        for record in records[row]:
            record[left], record[right] = record[right], record[left]

    return edit


def test_swapped_columns(shared: Path) -> None:
    data = (shared / FOLDER / LAST_WEEKS).read_bytes()
    plain = columns(WEEK, data)
    # With their headers, disposition and acquisition may change places.
    assert everything(columns(WEEK, edited(data, swap(slice(12, 21), 1, 2)))) == everything(plain)
    # Without them, or two nets, they no longer add up.
    for left, right in ((1, 2), (3, 6), (6, 7), (4, 15), (10, 11)):
        with pytest.raises(ParseError, match=r"line 1[67]: .*add up"):
            columns(WEEK, edited(data, swap(slice(14, None), left, right)))


def change(row: int, place: int, by: int) -> Callable[[list[list[str]]], None]:
    def edit(records: list[list[str]]) -> None:
        records[row][place] = str(int(records[row][place].replace(",", "")) + by)

    return edit


@pytest.mark.parametrize("place", range(1, 23))
@given(row=st.integers(14, 20), by=st.integers(4, 10**6) | st.integers(-(10**6), -4))
@settings(max_examples=10)
def test_any_changed_figure_is_found(shared: Path, place: int, row: int, by: int) -> None:
    whole = (shared / FOLDER / LAST_WEEKS).read_bytes()
    with pytest.raises(ParseError, match=f"line {row + 2}:"):
        columns(WEEK, edited(whole, change(row, place, by)))


@pytest.mark.parametrize("place", range(3, 27))
def test_any_changed_figure_of_an_excerpt_is_found(shared: Path, place: int) -> None:
    data = (shared / FOLDER / EXCERPT).read_bytes().decode("utf-8").encode("cp932")
    with pytest.raises(ParseError, match=r"line 2: .*add up"):
        columns(MONTH, edited(data, change(1, place, 4)), EXCERPT)


@pytest.mark.parametrize(
    ("table", "name"),
    [(WEEK, LAST_WEEKS), (WEEK, "week_upd20260814.csv"), (MONTH, "montha1_upd20260810.csv"),
     (INVESTORS, "monthb3_upd20260810.csv"), (MONTH, EXCERPT)],
)  # fmt: skip
def test_cut_files_are_refused_or_read_right(shared: Path, table: Table, name: str) -> None:
    data = (shared / FOLDER / name).read_bytes()
    whole = everything(columns(table, data, name))
    ends = [at for at in range(len(data)) if data[at : at + 1] == b"\n"]
    for cut in (
        0,
        1,
        len(data) // 2,
        len(data) - 1,
        *(end + 1 for end in ends[:: len(ends) // 9 or 1]),
    ):
        with suppress(ParseError):
            assert everything(columns(table, data[:cut], name)) <= whole


@pytest.mark.parametrize(
    ("table", "name"),
    [(WEEK, "week_upd20260814.csv"), (MONTH, "montha1_upd20260810.csv"),
     (INVESTORS, "monthb4_upd20260810.csv")],
)  # fmt: skip
def test_a_file_that_ends_long_before_its_stamp_was_cut(
    shared: Path, table: Table, name: str
) -> None:
    lines = (shared / FOLDER / name).read_bytes().splitlines(keepends=True)
    with pytest.raises(ParseError, match="cut off"):
        columns(table, b"".join(lines[:200]), name)


def drop(row: int) -> Callable[[list[list[str]]], None]:
    return lambda records: records.pop(row) and None


def put(row: int, place: int, text: str) -> Callable[[list[list[str]]], None]:
    def edit(records: list[list[str]]) -> None:
        records[row][place] = text

    return edit


@pytest.mark.parametrize(
    ("table", "name", "edit", "words"),
    [
        (WEEK, LAST_WEEKS, put(15, 0, "2026．8．2～8．9"), "line 17: .*not a week from Sunday"),
        (WEEK, LAST_WEEKS, put(15, 0, "2026．8．3～8．9"), "line 17: .*not a week from Sunday"),
        (WEEK, LAST_WEEKS, put(15, 0, "2026．8．32～8．38"), "line 17: .*not a week"),
        (WEEK, LAST_WEEKS, put(15, 0, "2026．7．26～8．1"), "line 17: .*stands twice"),
        (WEEK, LAST_WEEKS, put(15, 0, "?"), "line 17: figures, but"),
        (WEEK, LAST_WEEKS, put(15, 3, ""), "line 17: 1 cells"),
        (WEEK, LAST_WEEKS, put(15, 3, "-"), "line 17: no figure for assets/equity/net"),
        (WEEK, LAST_WEEKS, put(15, 3, "9,274.0"), "line 17: .*no decimals"),
        (WEEK, LAST_WEEKS, put(15, 3, "n.a."), "line 17: .*not a number"),
        (WEEK, LAST_WEEKS, put(11, 4, "Equity and investment fund shares"), "columns are not"),
        (WEEK, LAST_WEEKS, put(13, 4, "Verkauf"), "columns are not"),
        (MONTH, "montha1_upd20260810.csv", drop(40), "line 41: .*missing or moved"),
        (MONTH, "montha1_upd20260810.csv", drop(11), "line 12: a month before any year"),
        (MONTH, "montha1_upd20260810.csv", put(12, 0, "(平成18年)"), "line 13: .*is not 2005"),
        (MONTH, "montha1_upd20260810.csv", put(23, 0, "2007"), "line 24: .*missing or moved"),
        (MONTH, "montha1_upd20260810.csv", put(14, 2, "May"), "line 15: figures, but"),
        (INVESTORS, "monthb3_upd20260810.csv", put(30, 42, "-"), "line 31: no figure for life"),
        (INVESTORS, "monthb3_upd20260810.csv", put(6, 42, "?"), "investors missing"),
        (INVESTORS, "monthb3_upd20260810.csv", put(1, 0, "?"), "no title"),
        (INVESTORS, "monthb3_upd20260810.csv", put(30, 6, "999"), "line 31: .*add up"),
    ],
)  # fmt: skip
def test_damage_is_told_with_its_line(
    shared: Path, table: Table, name: str, edit: Callable[[list[list[str]]], None], words: str
) -> None:
    data = edited((shared / FOLDER / name).read_bytes(), edit)
    with pytest.raises(ParseError, match=words):
        columns(table, data, name)


@given(st.binary(max_size=300), st.sampled_from(TABLES))
def test_any_bytes_at_all(data: bytes, table: Table) -> None:
    with pytest.raises(ParseError):
        columns(table, data)
    assert table.recognise(data, "week.csv") in {True, False}


@pytest.mark.parametrize("table", TABLES)
def test_a_web_page_is_refused(table: Table) -> None:
    page = b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n"
    assert not table.recognise(page, "week.csv")
    with pytest.raises(ParseError, match="web page"):
        columns(table, page)
