"""Euro reference rates: 41 currencies, gaps, dropped zeros, newest first; and the yen cross."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, everything, figures, read, zipped

from saiken.publishers.ecb import TABLES
from saiken.publishers.table import ParseError, Table
from saiken.terms.figure import Column

RATES, _, CROSS = TABLES
FILE = Path("data/markets/fx/eurofxref-hist_to20260413.csv")
CROSS_FILE = Path("data/markets/fx/usdjpy_daily_close_20041231_20260821.csv")
SMALL = (
    "Date,USD,JPY,GBP,CHF,\n"
    "2026-04-13,1.1684,186.75,0.8706,0.92,\n"
    "2026-04-10,1.17,186,N/A,0.9241,\n"
    "2026-04-09,1.171,186.43,0.87105,0.9243,\n"
)


@pytest.fixture(scope="module")
def rates(shared: Path) -> dict[str, Column]:
    return read(RATES, shared / FILE)


def test_currencies_and_spans(rates: dict[str, Column]) -> None:
    assert len(rates) == 41
    assert len(rates["ecb/EURUSD"]) == 6983
    assert max(figures(rates["ecb/EURBGN"])) == "2025-12-31"
    icelandic = figures(rates["ecb/EURISK"])
    assert not [day for day in icelandic if "2008-12-10" <= day <= "2018-01-31"]


def test_known_fixings(rates: dict[str, Column]) -> None:
    dollar, yen = figures(rates["ecb/EURUSD"]), figures(rates["ecb/EURJPY"])
    assert (dollar["2022-08-23"], yen["2026-04-13"]) == ("0.9927", "186.75")
    assert (dollar["2024-07-03"], yen["2024-07-03"]) == ("1.0758", "174.18")
    # The file writes 1.105 and 163.1; the ECB fixes four and two decimals.
    assert dollar["2023-12-29"] == "1.1050"
    assert set(rates["ecb/EURUSD"].decimals) == {4}
    assert set(rates["ecb/EURJPY"].decimals) == {2}


def test_the_value_and_the_place_are_those_of_the_file(
    shared: Path, rates: dict[str, Column]
) -> None:
    cells = [line.split(",") for line in (shared / FILE).read_text("ascii").split("\n")]
    for column in rates.values():
        for _, value, decimals, at in [*column.cells()][::499]:
            printed = Decimal(cells[at.row - 1][at.column - 1])
            assert value == printed
            assert decimals >= -int(printed.as_tuple().exponent)


def test_the_cross_is_the_quotient_of_two_rates(shared: Path, rates: dict[str, Column]) -> None:
    cross = figures(read(CROSS, shared / CROSS_FILE)["ecb/USDJPY"])
    assert (len(cross), cross["2024-04-29"]) == (5540, "156.28")
    dollar, yen = figures(rates["ecb/EURUSD"]), figures(rates["ecb/EURJPY"])
    both = cross.keys() & dollar.keys()
    assert len(both) == 5447
    for day in both:
        assert abs(float(yen[day]) / float(dollar[day]) - float(cross[day])) <= 0.0051


def test_decimals_do_not_depend_on_what_came_later() -> None:
    whole = columns(RATES, SMALL.encode())
    assert figures(whole["ecb/EURUSD"]) == {
        "2026-04-09": "1.171",
        "2026-04-10": "1.170",
        "2026-04-13": "1.1684",
    }
    lines = SMALL.splitlines(keepends=True)
    earlier = columns(RATES, "".join([lines[0], *lines[2:]]).encode())
    assert everything(earlier) < everything(whole)
    # Neither does the order of the lines, nor that of the columns.
    assert everything(columns(RATES, "".join([lines[0], *lines[:0:-1]]).encode())) == everything(
        whole
    )
    turned = [
        ",".join([row[0], *row[-2:0:-1], ""]) for row in (line.strip().split(",") for line in lines)
    ]
    assert everything(columns(RATES, ("\r\n".join(turned) + "\r\n").encode())) == everything(whole)


def test_the_zip_as_it_is_served() -> None:
    packed = zipped(SMALL.encode(), "eurofxref-hist.csv")
    assert RATES.recognise(packed[:4096], "x")
    assert everything(columns(RATES, packed)) == everything(columns(RATES, SMALL.encode()))


def test_a_damaged_or_swollen_zip_is_refused() -> None:
    whole = zipped(SMALL.encode(), "eurofxref-hist.csv")
    for packed in (
        whole[:-30],
        whole.replace(b"\x08\x00", b"\x63\x00"),
        zipped(SMALL.encode(), "eurofxref-hist.csv", "other.csv"),
        zipped(bytes(65 * 2**20), "eurofxref-hist.csv"),
    ):
        with pytest.raises(ParseError, match="zip"):
            columns(RATES, packed)


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        (RATES, SMALL.replace("186.43", "n.a."), "line 4: 'n.a.' in column 3"),
        (RATES, SMALL.replace("186.43", ""), "line 4: '' in column 3"),
        (RATES, SMALL.replace("186.43", "0.0"), "line 4: '0.0' in column 3"),
        (RATES, SMALL.replace("186.43", "-186.43"), "line 4: '-186.43'"),
        (RATES, SMALL.replace("186.43", "1e5"), "line 4: '1e5'"),
        (RATES, SMALL.replace("186.43", "1²"), "line 4: '1²'"),
        (RATES, SMALL.replace("04-10", "04-09"), "line 4: 2026-04-09 stands twice"),
        (RATES, SMALL.replace("2026-04-10", "10.4.2026"), "line 3: '10.4.2026' is not a date"),
        (RATES, SMALL.replace(",186,", ","), "line 3: 5 cells"),
        (RATES, SMALL.replace("0.92,", "0.92,7"), "line 2: a cell without a header"),
        (RATES, SMALL.replace("JPY", "USD"), "line 1: a currency stands twice"),
        (RATES, SMALL.replace("JPY", "Yen"), "line 1: the header is not"),
        (RATES, SMALL[:-9], "line 4: .*cut off"),
        (RATES, "Date,USD,JPY,GBP,CHF,\n", "no rates below"),
        (RATES, "<html>\n</html>\n", "web page"),
        (CROSS, "date,price\n2026-04-13,N/A\n", "line 2: 'N/A'"),
        (CROSS, "date,close\n2026-04-13,150\n", "line 1: the header"),
    ],
)
def test_damage_is_told_with_its_line(table: Table, text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(table, text.encode())


@given(st.integers(0, len(SMALL) - 1))
def test_a_cut_file_is_refused_or_read_right(cut: int) -> None:
    whole = {
        (series, day, Decimal(value))
        for series, day, value in everything(columns(RATES, SMALL.encode()))
    }
    with suppress(ParseError):
        found = everything(columns(RATES, SMALL.encode()[:cut]))
        assert {(series, day, Decimal(value)) for series, day, value in found} <= whole


@given(st.binary(max_size=300), st.sampled_from(TABLES))
def test_any_bytes_at_all(data: bytes, table: Table) -> None:
    for prefix in (b"", SMALL.encode(), b"date,price\n2026-04-13,159.8\n"):
        with suppress(ParseError):
            columns(table, prefix + data)


def test_only_its_own_files_are_recognised() -> None:
    assert RATES.recognise(SMALL.encode(), "x")
    price = b"date,price\n2026-04-13,159.8\n"
    assert CROSS.recognise(price, "usdjpy_daily_close.csv")
    assert not CROSS.recognise(price, "gold_daily_close.csv")
    assert not CROSS.recognise(b"<html>", "usdjpy_daily_close.csv")
    assert not RATES.recognise(b"Date,USD\n2026-04-13,1\n", "eurofxref-hist.csv")
