"""Stress indices: one never restated, one restated every week and kept in 23 vintages."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from publisher_files import artifact, columns, figures, read

from saiken.publishers import fred_vintages, ofr
from saiken.publishers.catalog import load
from saiken.publishers.table import ParseError
from saiken.terms.figure import Basis

(FSI,) = ofr.TABLES
CACHE, VINTAGES = fred_vintages.TABLES
FOLDER = Path("data/us/stress")
HEADER = (
    "Date,OFR FSI,Credit,Equity valuation,Safe assets,Funding,Volatility,"
    "United States,Other advanced economies,Emerging markets\n"
)
ROW = "2000-01-03,2.14,0.54,-0.051,0.67,0.472,0.509,1.769,0.521,-0.15\n"


def test_the_index_is_not_restated(shared: Path) -> None:
    names = (
        "ofr_fsi_vintage-2020-05.csv",
        "ofr_fsi_vintage-2024-12.csv",
        "ofr_fsi_to-2025-09-11.csv",
    )
    files = [read(FSI, shared / FOLDER / name) for name in names]
    assert [len(found["ofr/fsi/index"]) for found in files] == [5127, 6292, 6496]
    for before, after in itertools.pairwise(files):
        for series, column in before.items():
            assert figures(column).items() <= figures(after[series]).items()
    assert figures(files[0]["ofr/fsi/index"])["2000-01-03"] == "2.140"
    entry = load().entry("ofr/fsi/index")
    assert entry
    assert not entry.revised


def test_contributions_of_2000_01_03_make_up_the_index(shared: Path) -> None:
    found = columns(FSI, (HEADER + ROW).encode())
    parts = ("credit", "equity", "safe_assets", "funding", "volatility")
    total = sum(float(figures(found[f"ofr/fsi/{part}"])["2000-01-03"]) for part in parts)
    assert round(total, 2) == 2.14
    regions = sum(
        float(figures(found[f"ofr/fsi/{part}"])["2000-01-03"])
        for part in ("us", "advanced", "emerging")
    )
    assert round(regions, 2) == 2.14


def test_a_number_in_scientific_notation(shared: Path) -> None:
    found = read(FSI, shared / FOLDER / "ofr_fsi_to-2025-09-11.csv")
    values = [value for c in found.values() for _, value, _, _ in c.cells()]
    assert "-9.077e-5" in [f"{value:.3e}" for value in values if value and abs(value) < 1e-4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + ROW.replace("0.67,", "0.76,"), "line 2: the categories are 0.090 off"),
        (HEADER + ROW.replace("0.54,-0.051", "-0.051,0.55"), "off the index"),
        (HEADER + ROW.replace("0.54", ""), "line 2: a category or the index is missing"),
        (HEADER + ROW.replace("-0.15", ""), "not of the same days"),
        (HEADER + ROW.replace("0.54", "1e"), "line 2: not a number"),
        (HEADER, "a header and no rows"),
        (HEADER + ROW[:-1], "line 2: the file ends inside a line"),
    ],
)
def test_damaged_indices_are_told(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(FSI, text.encode())


def test_23_vintages_each_seen_when_it_was_fetched(shared: Path) -> None:
    path = shared / FOLDER / "NFCI_vintages_2026-03_2026-08_DERIVED.csv"
    assert VINTAGES.recognise(path.read_bytes()[:4096], path.name)
    found = list(VINTAGES.parse(path.read_bytes(), artifact(path.name)))
    assert len(found) == 23
    assert sum(map(len, found)) == 6003
    assert {column.series for column in found} == {"fred/NFCI"}
    assert {column.vintage_basis for column in found} == {Basis.FIRST_SEEN}
    first = found[0].vintage_at
    assert first == datetime(2026, 3, 22, 21, 55, tzinfo=UTC)
    # the decimals are the vintage's own: five at first, later two and three
    assert {max(column.decimals) for column in found} == {2, 3, 5}
    period, value, _, _ = next(found[0].cells())
    assert (period.label, str(value)) == ("2021-05-29..2021-06-04", "-0.69436")


def test_a_cache_of_many_series(shared: Path) -> None:
    path = shared / FOLDER / "fred_cache_vintages/fred_cache_2026-08-19.json"
    found = read(CACHE, path)
    assert {c.vintage_at for c in found.values()} == {datetime(2026, 8, 19, 20, 48, 13, tzinfo=UTC)}
    assert figures(found["fred/NFCI"])["2026-08-08..2026-08-14"] == "-0.559"
    assert figures(found["h41/treasuries_held"])["2026-08-06..2026-08-12"] == "4538288"
    assert figures(found["h15/yield/10Y"])["2026-08-18"] == "4.71"
    # labour and prices are none of ours
    assert "fred/PAYEMS" not in found
    last = list(found["fred/NFCI"].cells())[-1]
    assert str(last[3]) == "sheet NFCI, row 2902, column 2"


def cache(**changes: object) -> bytes:
    content = {
        "fetched_at": "2026-03-25T22:12:32Z",
        "series": {"NFCI": [["2026-03-13", -0.5], ["2026-03-20", -0.475]]},
    }
    return json.dumps(content | changes).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (cache(fetched_at="soon"), "'soon' is not a moment"),
        (cache(fetched_at="2026-03-25T22:12:32"), "time zone"),
        (cache(series={}), "no series"),
        (cache(series={"NFCI": [["2026-03-13"]]}), "entry 1 is not a date and a value"),
        (cache(series={"NFCI": [["2026-03-20", 1], ["2026-03-13", 2]]}), "stands after"),
        (cache(series={"NFCI": [["2026-03-20", "x"]]}), "NFCI not a number"),
        (cache()[:-3], "not readable as JSON"),
    ],
)
def test_damaged_caches_are_told(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(CACHE, data)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-03-23,2026-03-22T21:55:00Z,2021-06-04,-0.7\n", "was fetched on 2026-03-22"),
        ("2026-03-22,2026-03-22T21:55:00Z,June,-0.7\n", "'June' is not a date"),
        ("2026-03-22,2026-03-22T21:55:00Z,2021-06-04\n", "3 cells"),
        ("2026-03-22,2026-03-22T21:55:00Z,2021-06-04,-0.7\n" * 2, "line 3: .*stands twice"),
    ],
)
def test_damaged_vintages_are_told(row: str, words: str) -> None:
    text = "vintage_date,fetched_at,observation_date,NFCI\n" + row
    with pytest.raises(ParseError, match=words):
        columns(VINTAGES, text.encode())
