"""Files that were cut, mixed up, re-encoded or replaced: told, or read right, never wrong.

Each table is tried on the smallest of its real files.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from publisher_files import artifact

from saiken.publishers import registry
from saiken.publishers.table import ParseError, Table

TEXTS = (
    "tic/press_release",
    "treasury/debt_to_penny",
    "ofr/fsi",
    "fed/fred_cache",
    "fed/fred_vintages",
    "cboe/vix",
    "yahoo/bars",
    "yahoo/bars_raw",
    "assembled/shiller",
    "assembled/us10y",
    "assembled/uk10y",
    "assembled/bitcoin",
    "bis/policy_rates",
    "bis/locational_banking",
    "bis/global_liquidity",
    "boj/balance_of_payments",
    "mof/portfolio_investment",
    "third_party/sovereign_bonds",
    "third_party/boj_accounts",
    "third_party/jgb_holders",
)
PACKED = (
    "mof/portfolio_release",
    "boe/gilt_curves",
    "boj/flow_of_funds",
    "boj/flow_of_funds_series",
    "jsda/turnover",
)
COLUMNS = (
    "ofr/fsi",
    "fed/fred_vintages",
    "cboe/vix",
    "yahoo/bars",
    "assembled/shiller",
    "assembled/us10y",
    "bis/locational_banking",
    "boj/balance_of_payments",
)
CUT_TOO = (
    "cftc/financial_futures",
    "cftc/legacy_yen",
    "fed/fredgraph",
    "imf/weo_selection",
    "mof/montha1",
    "mof/monthb",
    "mof/week",
    "tic/mfh",
    "tic/mfhhis01",
    "tic/slt1d",
    "tic/slt_table3",
    "tic/slt_table5",
    "treasury/par_yields",
)
"""Tables that have tests of damage of their own, cut here like the others."""

PAGE = b"<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head></html>\n"
Facts = frozenset[tuple[object, ...]]


@pytest.fixture(scope="session")
def smallest(shared: Path) -> dict[str, Path]:
    """Table -> the smallest real file that it claims."""
    found: dict[str, Path] = {}
    for file in sorted((shared / "data").rglob("*"), key=lambda file: file.stat().st_size):
        if file.is_file():
            with file.open("rb") as opened:
                table = registry.recognise(opened.read(registry.HEAD), file.name)
            if table:
                found.setdefault(table.id, file)
    return found


def table_of(name: str) -> Table:
    return next(table for table in registry.tables() if table.id == name)


def facts(table: Table, data: bytes, name: str) -> Facts | None:
    """All that a file states; None where it is not recognised or refused."""
    if not table.recognise(data[: registry.HEAD], name):
        return None
    try:
        return frozenset(
            (column.series, str(column.status), column.vintage_at, period, value, decimals)
            for column in table.parse(data, artifact(name))
            for period, value, decimals, _ in column.cells()
        )
    except ParseError:
        return None


def test_every_new_table_has_a_file(smallest: dict[str, Path]) -> None:
    assert {*TEXTS, *PACKED, *CUT_TOO} <= smallest.keys()


@pytest.mark.parametrize("name", [*TEXTS, *PACKED, *CUT_TOO])
def test_cut_at_every_fiftieth(smallest: dict[str, Path], name: str) -> None:
    """What is left of a table of dates is right; any other is refused."""
    table, file = table_of(name), smallest[name]
    data = file.read_bytes()
    whole = facts(table, data, file.name)
    assert whole
    for step in range(50):
        cut = data[: len(data) * step // 50]
        part = facts(table, cut, file.name)
        if part is not None:
            assert part <= whole, (name, step)
            assert part or step == 0


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_file_that_was_cut_is_refused(smallest: dict[str, Path], name: str) -> None:
    table, file = table_of(name), smallest[name]
    data = file.read_bytes()
    for step in range(1, 50):
        assert facts(table, data[: len(data) * step // 50], file.name) is None


@pytest.mark.parametrize("name", [*TEXTS, *PACKED])
def test_an_error_page_is_no_table(smallest: dict[str, Path], name: str) -> None:
    table, file = table_of(name), smallest[name]
    assert not table.recognise(PAGE, file.name)
    with pytest.raises(ParseError):
        list(table.parse(PAGE, artifact(file.name)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("name", TEXTS)
def test_re_encoded(smallest: dict[str, Path], name: str, encoding: str) -> None:
    table, file = table_of(name), smallest[name]
    data = file.read_bytes()
    original = "cp932" if name == "mof/portfolio_investment" else "utf-8-sig"
    other = data.decode(original).encode(encoding, errors="replace")
    found = facts(table, other, file.name)
    assert found is None or found == facts(table, data, file.name)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_do_not_matter(smallest: dict[str, Path], name: str, end: str) -> None:
    table, file = table_of(name), smallest[name]
    data = file.read_bytes()
    text = data.decode("latin-1").replace("\r\n", "\n").replace("\n", end)
    assert facts(table, text.encode("latin-1"), file.name) == facts(table, data, file.name)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_in_another_order(smallest: dict[str, Path], name: str) -> None:
    """Whole columns, their headers with them, change places."""
    table, file = table_of(name), smallest[name]
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    whole = facts(table, file.read_bytes(), file.name)
    for place in range(len(rows[0]) - 1):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [*row[:place], row[place + 1], row[place], *row[place + 2 :]] for row in rows
        )
        found = facts(table, out.getvalue().encode(), file.name)
        assert found is None or found == whole, place


@pytest.mark.parametrize("name", COLUMNS)
def test_a_renamed_header_is_refused(smallest: dict[str, Path], name: str) -> None:
    table, file = table_of(name), smallest[name]
    header, rest = file.read_bytes().decode("utf-8-sig").split("\n", 1)
    cells = header.rstrip("\r").split(",")
    needed = {"L_POSITION", "OBS_VALUE"} if name.startswith("bis") else {cells[0], cells[-1]}
    needed -= {"Volume"}
    for cell in needed:
        changed = ",".join("Renamed" if one == cell else one for one in cells)
        assert facts(table, f"{changed}\n{rest}".encode(), file.name) is None, cell


@pytest.mark.parametrize("name", [*COLUMNS, "mof/portfolio_investment", "bis/global_liquidity"])
def test_a_footnote_is_no_figure(smallest: dict[str, Path], name: str) -> None:
    table, file = table_of(name), smallest[name]
    data = file.read_bytes()
    found = facts(table, data + b"Note: 2 figures were revised.\n", file.name)
    assert found is None or found == facts(table, data, file.name)
