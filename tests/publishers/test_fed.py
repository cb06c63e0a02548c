"""FRED files in every header that was met."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from saiken.publishers import catalog, fed
from saiken.publishers.table import Artifact, ParseError

(TABLE,) = fed.TABLES


def read(data: bytes | str, name: str) -> dict[str, dict]:
    raw = data.encode() if isinstance(data, str) else data
    columns = TABLE.parse(raw, Artifact(name, "0" * 64, datetime(2026, 10, 1, tzinfo=UTC)))
    return {
        column.series: {
            period.label: (value, places) for period, value, places, _ in column.cells()
        }
        for column in columns
    }


FILES = [
    # file, series, cells
    ("custody/WMTSECL1_fredgraph_vintage-2026-07-02.csv", "h41/custody", 991),
    ("fred/DGS2_fredgraph_2005_2026-02-20.csv", "h15/yield/2Y", 5287),
    ("fred/DGS2_vintage-2026-07-23.csv", "h15/yield/2Y", 12531),
    ("fred/DGS10_vintage-2026-07-23.csv", "h15/yield/10Y", 16123),
    ("fred/DGS10_vintage-2026-08-21.csv", "h15/yield/10Y", 16144),
    ("fred/DEXJPUS_fredgraph_2020_2025-08-22.csv", "h10/USDJPY", 1248),
    ("fred/DEXJPUS_vintage-2026-07-01.csv", "h10/USDJPY", 1251),
    ("fred/TREAST_vintage-2026-03-28.csv", "h41/treasuries_held", 1215),
    ("fred/VIXCLS_vintage-2026-03-28.csv", "fred/VIXCLS", 9152),
    ("fred/VIXCLS_fredgraph_vintage-2026-05-12.csv", "fred/VIXCLS", 6657),
    ("fred/CBBTCUSD_to-2025-05-06.csv", "fred/CBBTCUSD", 3775),
    ("fred/CBETHUSD_old-fredgraph-header_2019_2024-02-09.csv", "fred/CBETHUSD", 1826),
    ("fred/SP500_vintage-2026-01-03.csv", "fred/SP500", 2514),
    ("fred/BAMLH0A0HYM2_vintage-2026-01-03.csv", "fred/BAMLH0A0HYM2", 7571),
    ("debt/GFDEBTN_vintage-2025-12-13.csv", "fred/GFDEBTN", 238),
    ("stress/NFCI_vintage-2026-03-28.csv", "fred/NFCI", 2881),
    ("stress/STLFSI4_vintage-2026-01-03.csv", "fred/STLFSI4", 1670),
]


@pytest.mark.parametrize(("path", "series", "cells"), FILES)
def test_reads_the_real_files(shared: Path, path: str, series: str, cells: int) -> None:
    file = shared / "data/us" / path
    assert TABLE.recognise(file.read_bytes()[:4096], file.name)
    found = read(file.read_bytes(), file.name)
    assert {name: len(values) for name, values in found.items()} == {series: cells}


def test_every_fred_file_has_a_catalog_entry(shared: Path) -> None:
    files = [
        *(shared / "data/us/fred").glob("*.csv"),
        *(shared / "data/us/stress").glob("*FCI_v*-0*"),
    ]
    assert len(files) == 31
    for file in files:
        assert TABLE.recognise(file.read_bytes()[:4096], file.name) == ("DERIVED" not in file.name)


def test_zeros_before_custody_was_published_are_no_figures(shared: Path) -> None:
    file = next((shared / "data/us/custody").glob("WMTSECL1*"))
    found = read(file.read_bytes(), file.name)["h41/custody"]
    assert min(found) == "2007-06-28..2007-07-04"
    assert found[min(found)] == (Decimal(1209781), 0)


@pytest.mark.parametrize("tenor", ["2", "10", "30"])
def test_vintages_of_a_yield_agree_in_value_and_in_precision(shared: Path, tenor: str) -> None:
    """One copy prints 7.260 and 4.6700000000: no more precise than the publisher's two decimals."""
    folder = shared / "data/us/fred"
    july, august = (
        read(file.read_bytes(), file.name)[f"h15/yield/{tenor}Y"]
        for file in (
            folder / f"DGS{tenor}_vintage-2026-07-23.csv",
            folder / f"DGS{tenor}_vintage-2026-08-21.csv",
        )
    )
    assert {places for _, places in july.values()} == {2}
    assert july.items() <= august.items()


HEADERS = [
    "observation_date,DGS10",
    "DATE,DGS10",
    "date,value",
    "Date,Value",
    "observation_date,value",
]


@pytest.mark.parametrize("header", HEADERS)
def test_every_header_is_read(header: str) -> None:
    data = f"{header}\n2026-02-19,4.05\n2026-02-20,\n2026-02-21,.\n2026-02-23,4.0800000000\n"
    assert TABLE.recognise(data.encode(), "DGS10_x.csv")
    assert read(data, "DGS10_x.csv") == {
        "h15/yield/10Y": {"2026-02-19": (Decimal("4.05"), 2), "2026-02-23": (Decimal("4.08"), 2)}
    }


def test_the_header_goes_before_the_name_of_the_file() -> None:
    assert set(read("observation_date,DGS10\n2026-02-19,4.05\n", "DGS2.csv")) == {"h15/yield/10Y"}


def test_several_series_in_one_file() -> None:
    found = read(
        "observation_date,DGS3MO,DEXJPUS\n2026-02-19,3.7,155.1\n2026-02-20,.,155\n", "x.csv"
    )
    assert found == {
        "h15/yield/3M": {"2026-02-19": (Decimal("3.70"), 2)},
        "h10/USDJPY": {"2026-02-19": (Decimal("155.10"), 2), "2026-02-20": (Decimal("155.00"), 2)},
    }


def test_digits_beyond_the_usual_are_kept() -> None:
    found = read("date,value\n2026-02-19,4.055\n", "DGS10_x.csv")
    assert found["h15/yield/10Y"]["2026-02-19"] == (Decimal("4.055"), 3)


def test_periods_follow_the_frequency() -> None:
    assert list(read("date,value\n2025-04-01,36211469\n", "GFDEBTN.csv")["fred/GFDEBTN"]) == [
        "2025-Q2"
    ]
    weekly = read("date,value\n2026-03-20,-0.5\n", "NFCI.csv")["fred/NFCI"]
    assert list(weekly) == ["2026-03-14..2026-03-20"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("date,value\n2026-02-19,4.05\n", "prices.csv"),
        ("date,value\n2026-02-19,4.05\n", "NOSUCH_x.csv"),
        ("observation_date,NOSUCH\n2026-02-19,4.05\n", "DGS10_x.csv"),
        ("date,value\nfirst,4.05\n", "DGS10_x.csv"),
        ("<html>date,value</html>", "DGS10_x.csv"),
        ("", "DGS10_x.csv"),
    ],
)
def test_other_files_are_not_taken_for_fred(data: str, name: str) -> None:
    assert not TABLE.recognise(data.encode(), name)


GOOD = "observation_date,DGS10\n2026-02-19,4.05\n"


@pytest.mark.parametrize(
    ("data", "match"),
    [
        ("", "empty"),
        ("<!DOCTYPE html>", "web page"),
        ("observation_date,NOSUCH\n2026-02-19,4.05\n", "no catalog entry"),
        ("when,DGS10\n2026-02-19,4.05\n", "date column"),
        ("observation_date,DGS10\n", "without rows"),
        (GOOD + "2026-02-20,4.0", "cut"),
        (GOOD + "2026-02-20\n", "cells"),
        (GOOD + "2026-02-19,4.06\n", "twice"),
        (GOOD + "2026-02-30,4.06\n", "day"),
        (GOOD + "2026-02-20,high\n", "not a number"),
    ],
)
def test_what_is_no_series_is_refused(data: str, match: str) -> None:
    with pytest.raises(ParseError, match=match):
        read(data, "x.csv")


def test_what_others_own_is_not_redistributed() -> None:
    held = {
        series: entry.redistribute
        for series in ("VIXCLS", "SP500", "BAMLH0A0HYM2", "CBBTCUSD", "CBETHUSD", "SOFR", "NFCI")
        if (entry := catalog.load().entry(f"fred/{series}"))
    }
    assert [series for series, allowed in held.items() if allowed] == ["SOFR", "NFCI"]
