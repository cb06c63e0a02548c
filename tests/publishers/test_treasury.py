"""Treasury par yields: five layouts of one curve."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.publishers import fed, treasury
from saiken.publishers.table import Artifact, ParseError, Table

(TABLE,) = treasury.TABLES
FILES = {
    # file -> days with a 10-year yield, tenors
    "daily-treasury-rates_1990-2023.csv": (8506, 13),
    "daily-treasury-rates_2021.csv": (251, 12),
    "daily-treasury-rates_2022.csv": (249, 13),
    "daily-treasury-rates_2024.csv": (250, 13),
    "daily-treasury-rates_2025_publisher-format_to-2025-12-19.csv": (242, 14),
}


def read(data: bytes | str, table: Table = TABLE, name: str = "a.csv") -> dict[str, dict]:
    raw = data.encode() if isinstance(data, str) else data
    columns = table.parse(raw, Artifact(name, "0" * 64, datetime(2026, 10, 1, tzinfo=UTC)))
    return {
        column.series: {
            period.label: (value, places) for period, value, places, _ in column.cells()
        }
        for column in columns
    }


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, dict[str, dict]]:
    return {name: read((shared / "data/us/yields" / name).read_bytes()) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_reads_every_layout(real: dict[str, dict[str, dict]], shared: Path, name: str) -> None:
    days, tenors = FILES[name]
    assert len(real[name]) == tenors
    assert len(real[name]["ust/par/10Y"]) == days
    assert {places for cells in real[name].values() for _, places in cells.values()} == {2}
    assert TABLE.recognise((shared / "data/us/yields" / name).read_bytes()[:4096], "x")


@pytest.mark.parametrize("year", ["2021", "2022"])
def test_the_copies_agree(real: dict[str, dict[str, dict]], year: str) -> None:
    whole = real["daily-treasury-rates_1990-2023.csv"]
    for series, cells in real[f"daily-treasury-rates_{year}.csv"].items():
        assert cells == {day: whole[series][day] for day in cells}


def test_equals_the_constant_maturity_yield_of_the_fed(
    real: dict[str, dict[str, dict]], shared: Path
) -> None:
    name = "DGS10_vintage-2026-07-23.csv"
    dgs10 = read((shared / "data/us/fred" / name).read_bytes(), fed.TABLES[0], name)
    same = dgs10["h15/yield/10Y"]
    for file, days in (("daily-treasury-rates_1990-2023.csv", 8506), (list(FILES)[-1], 242)):
        par = real[file]["ust/par/10Y"]
        assert sum(par[day] == same[day] for day in par.keys() & same.keys()) == days


def test_tenors_begin_and_pause_where_the_publisher_says(
    real: dict[str, dict[str, dict]],
) -> None:
    whole = real["daily-treasury-rates_1990-2023.csv"]
    starts = {series.rpartition("/")[2]: min(cells) for series, cells in whole.items()}
    assert starts["20Y"] == "1993-10-01"
    assert starts["1M"] == "2001-07-31"
    assert starts["2M"] == "2018-10-16"
    assert starts["4M"] == "2022-10-19"
    assert not [day for day in whole["ust/par/30Y"] if "2002-02-19" <= day <= "2006-02-08"]
    assert min(real[list(FILES)[-1]]["ust/par/1.5M"]).startswith("2025-02")
    assert "2010-10-11" not in whole["ust/par/10Y"]


HEADERS = ("1 Mo", "1.5 Month", "10 Yr", "30 Yr")
SERIES = ("ust/par/1M", "ust/par/1.5M", "ust/par/10Y", "ust/par/30Y")


@settings(deadline=None)
@given(
    yields=st.lists(st.integers(0, 2000), min_size=4, max_size=4),
    order=st.permutations(range(4)),
    shape=st.sampled_from(["{0:%m/%d/%Y}", "{0:%Y-%m-%d}", "{0.month}/{0.day}/{0:%y}"]),
    day=st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - days only
)
def test_columns_and_dates_are_read_by_what_they_say(
    yields: list[int], order: list[int], shape: str, day: datetime
) -> None:
    header = ",".join(["Date", *(f'"{HEADERS[i]}"' for i in order)])
    row = ",".join([shape.format(day), *(f"{yields[i] / 100:.2f}" for i in order)])
    found = read(f"{header}\n{row}")
    for series, value in zip(SERIES, yields, strict=True):
        assert found[series] == {f"{day:%Y-%m-%d}": (Decimal(value) / 100, 2)}


GOOD = 'Date,"1 Mo","10 Yr"\n12/19/2025,3.71,4.16\n12/18/2025,,4.12\n'


def test_empty_cells_are_left_out() -> None:
    assert read(GOOD) == {
        "ust/par/1M": {"2025-12-19": (Decimal("3.71"), 2)},
        "ust/par/10Y": {"2025-12-19": (Decimal("4.16"), 2), "2025-12-18": (Decimal("4.12"), 2)},
    }


@pytest.mark.parametrize(
    ("data", "match"),
    [
        ("", "empty"),
        ("<html>", "web page"),
        ("Date,Price\n2025-12-19,3\n", "tenor"),
        ("Day,1 Mo\n2025-12-19,3.00\n", "Date"),
        ("Date,1 Mo,1 Mo\n2025-12-19,3.00,3.00\n", "twice"),
        ("Date,1 Mo\n", "without rows"),
        (GOOD + GOOD.split("\n", 1)[1], "twice"),
        (GOOD + "12/17/2025,3.7\n", "cells"),
        (GOOD + "12/17/2025,3.7,4.1,5\n", "cells"),
        (GOOD + "13/17/2025,3.70,4.10\n", "month"),
        (GOOD + "12/17/2025,3.70,high\n", "not a number"),
        (GOOD + "12/17/2025,3.70,4.1", "cut"),
        (GOOD + "12/17/2025,3.70,4", "cut"),
    ],
)
def test_what_is_no_curve_is_refused(data: str, match: str) -> None:
    with pytest.raises(ParseError, match=match):
        read(data)


def test_other_files_are_not_taken_for_a_curve() -> None:
    for head in (b"", b"Date,Price\n2025-01-01,3\n", b"date,value\n", b"<html>1 Mo</html>"):
        assert not TABLE.recognise(head, "daily-treasury-rates_2025.csv")
