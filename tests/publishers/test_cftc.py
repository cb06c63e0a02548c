"""Positions in yen futures: two legacy layouts and the report on financial traders."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, everything, figures, read, zipped

from saiken.publishers.cftc import TABLES
from saiken.publishers.table import ParseError, Table
from saiken.terms.figure import Column

LEGACY, FINANCIAL = TABLES
FOLDER = Path("data/us/cftc")
SMALL = (
    "report_date,spec_long,spec_short,open_interest,net,release_date\n"
    "2026-08-11,100,142,300,-42,2026-08-14\n"
    "2026-08-18,100,153,310,-53,2026-08-21\n"
)


@pytest.fixture(scope="module")
def legacy(shared: Path) -> dict[str, Column]:
    return read(LEGACY, shared / FOLDER / "cot_jpy_legacy_2005_2026-08-18.csv")


def test_legacy(legacy: dict[str, Column]) -> None:
    net = figures(legacy["cftc/yen/noncommercial/net"])
    assert (len(net), min(net), max(net)) == (1129, "2005-01-04", "2026-08-18")
    assert (net["2024-07-02"], net["2024-08-13"]) == ("-184223", "23104")
    assert (net["2025-04-29"], net["2026-08-18"]) == ("179212", "-52893")
    assert figures(legacy["cftc/yen/noncommercial/short"])["2026-06-30"] == "266964"
    # The file's own release dates are wrong, so it says nothing of its vintage.
    assert {column.vintage_at for column in legacy.values()} == {None}


def test_the_two_legacy_files_agree(shared: Path, legacy: dict[str, Column]) -> None:
    other = read(LEGACY, shared / FOLDER / "cot_jpy_legacy_full_2006_2026-03-10.csv")
    for item in ("long", "short", "net"):
        mine = figures(legacy[f"cftc/yen/noncommercial/{item}"])
        theirs = figures(other[f"cftc/yen/noncommercial/{item}"])
        assert len(theirs) == 1054
        assert theirs.items() <= mine.items()
    assert len(other["cftc/yen/commercial/net"]) == 1054


def test_financial_traders_and_open_interest(shared: Path, legacy: dict[str, Column]) -> None:
    held = figures(legacy["cftc/yen/noncommercial/open_interest"])
    rows = 0
    for path in sorted((shared / FOLDER).glob("FinFut*JPY-rows*")):
        found = read(FINANCIAL, path)
        interest = figures(found["cftc/yen/tff/open_interest"])
        assert interest.items() <= held.items()
        assert {len(column) for column in found.values()} == {len(interest)}
        rows += len(interest)
    assert rows == 334


def test_the_contract_is_chosen_by_its_code(shared: Path) -> None:
    whole = read(FINANCIAL, shared / FOLDER / "FinFutYY_2026_FULL_to-2026-03-17.txt")
    extract = read(FINANCIAL, shared / FOLDER / "FinFutYY_2026_JPY-rows_to-2026-08-04.txt")
    assert len(whole["cftc/yen/tff/leveraged/long"]) == 11
    assert everything(whole) < everything(extract)
    assert figures(extract["cftc/yen/tff/leveraged/short"])["2026-08-04"] == "136583"


def test_the_zip_as_it_is_served(shared: Path) -> None:
    data = (shared / FOLDER / "FinFut2017_JPY-rows.txt").read_bytes()
    packed = zipped(data, "FinFut17.txt")
    assert FINANCIAL.recognise(packed[:4096], "x")
    assert not FINANCIAL.recognise(zipped(data, "other.txt")[:4096], "fut_fin_txt_2017.zip")
    assert everything(columns(FINANCIAL, packed)) == everything(columns(FINANCIAL, data))


def test_columns_are_read_by_their_header() -> None:
    turned = "".join(",".join(line.split(",")[::-1]) + "\n" for line in SMALL.splitlines())
    assert LEGACY.recognise(turned.encode(), "x")
    assert everything(columns(LEGACY, turned.encode())) == everything(
        columns(LEGACY, SMALL.encode())
    )


def test_swapped_columns_of_the_financial_report(shared: Path) -> None:
    path = shared / FOLDER / "FinFut2017_JPY-rows.txt"
    header, *rows = path.read_text("ascii").splitlines()
    names = header.replace('"', "").split(",")
    plain = everything(columns(FINANCIAL, path.read_bytes()))
    # The market's name and unit hold no comma except inside quotes at the end of the row.
    for left, right in (
        ("Dealer_Positions_Long_All", "Dealer_Positions_Short_All"),
        ("Open_Interest_All", "Lev_Money_Positions_Short_All"),
        ("Asset_Mgr_Positions_Long_All", "Asset_Mgr_Positions_Spread_All"),
    ):
        a, b = names.index(left), names.index(right)

        def swapped(line: str, a: int = a, b: int = b) -> str:
            cells = line.split(",")
            cells[a], cells[b] = cells[b], cells[a]
            return ",".join(cells)

        with_header = "\n".join(map(swapped, (header, *rows))) + "\n"
        assert everything(columns(FINANCIAL, with_header.encode())) == plain
        without = "\n".join((header, *map(swapped, rows))) + "\n"
        with pytest.raises(ParseError, match=r"line 2: .*make up the open interest"):
            columns(FINANCIAL, without.encode())


def test_futures_and_options_combined_are_refused(shared: Path) -> None:
    data = (shared / FOLDER / "FinFut2017_JPY-rows.txt").read_bytes()
    with pytest.raises(ParseError, match="line 2: futures and options combined"):
        columns(FINANCIAL, data.replace(b'"FutOnly"', b'"Combined"'))
    with pytest.raises(ParseError, match="no row of the yen contract"):
        columns(FINANCIAL, data.replace(b"097741", b"097742"))
    with pytest.raises(ParseError, match="no column Open_Interest_All"):
        columns(FINANCIAL, data.replace(b"Open_Interest_All", b"Interest"))


@pytest.mark.parametrize("kept", [0, 500, 4000, 20_000])
def test_cut_files_are_refused_or_read_right(shared: Path, kept: int) -> None:
    data = (shared / FOLDER / "FinFut2017_JPY-rows.txt").read_bytes()
    with suppress(ParseError):
        assert everything(columns(FINANCIAL, data[:kept])) <= everything(columns(FINANCIAL, data))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL.replace("-53", "53"), "line 3: noncommercial: net is not"),
        (SMALL.replace("100,153", "153,100"), "line 3: noncommercial: net is not"),
        (SMALL.replace("310", "310.5"), "line 3: .*whole numbers"),
        (SMALL.replace("310", "."), "line 3: '.' in open_interest"),
        (SMALL.replace("2026-08-18", "2026-08-11"), "line 3: 2026-08-11 stands twice"),
        (SMALL.replace("2026-08-18", "18/08/26"), "line 3: '18/08/26' is not a date"),
        (SMALL.replace(",2026-08-21", ""), "line 3: 5 cells"),
        (SMALL.replace("net,", "nett,"), "line 1: the columns"),
        (SMALL[:-1], "line 3: .*cut off"),
        (SMALL.splitlines()[0] + "\n", "no reports below"),
        ("<html>\n", "web page"),
    ],
)
def test_damage_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(LEGACY, text.encode())


@given(st.binary(max_size=300), st.sampled_from(TABLES))
def test_any_bytes_at_all(data: bytes, table: Table) -> None:
    for prefix in (b"", SMALL.encode()):
        with suppress(ParseError):
            columns(table, prefix + data)
