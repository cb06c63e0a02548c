"""The World Economic Outlook: actual, estimated and projected years, editions, units."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, figures, read

from saiken.publishers.imf import TABLES
from saiken.publishers.table import ParseError
from saiken.terms.figure import Column, Status

WEO, _ = TABLES
FILE = Path("data/markets/imf/weo_oct2025_selected_long.csv")
HEADER = "concept,ref_area,year,value,unit,scale,lastactualdate,base_year\n"
SMALL = HEADER + (
    "GGXWDG_NGDP,JPN,2023,240.461,PT,0.0,2023,\n"
    "GGXWDG_NGDP,JPN,2024,236.1,PT,0.0,2023,\n"
    "GGXWDG_NGDP,JPN,2025,229,PT,0.0,2023,\n"
    "GGXWDG_NGDP,JPN,2026,226.818,PT,0.0,2023,\n"
    "NGDPD,IND,2024,3909.892,USD,9.0,FY2024/25,FY2011/12\n"
    "NGDPD,IND,2025,4125.213,USD,9.0,FY2024/25,FY2011/12\n"
    "LP,G119,2020,775.1,na,6.0,,\n"
)


@pytest.fixture(scope="module")
def weo(shared: Path) -> dict[str, Column]:
    return read(WEO, shared / FILE)


def test_counts_and_countries(weo: dict[str, Column]) -> None:
    assert sum(map(len, weo.values())) == 8466
    areas = {column.series.rpartition("/")[2] for column in weo.values()}
    assert len(areas) == 19
    assert areas >= {"JP", "US", "GB", "CN", "KR", "group:g7", "group:euro_area", "group:advanced"}
    assert len({column.series.split("/")[1] for column in weo.values()}) == 10


def test_gross_debt_of_japan_and_its_status(weo: dict[str, Column]) -> None:
    debt = {
        column.status: figures(column)
        for column in weo.values()
        if column.series == "imf/GGXWDG_NGDP/JP"
    }
    assert debt[Status.FINAL]["2023"] == "240.461"
    assert debt[Status.ESTIMATED] == {"2024": "236.108", "2025": "229.572"}
    assert min(debt[Status.PROJECTED].items()) == ("2026", "226.818")


def test_the_edition_is_the_vintage(weo: dict[str, Column]) -> None:
    released = datetime(2025, 10, 14, 13, tzinfo=UTC)
    assert {column.vintage_at for column in weo.values()} == {released}
    for name in ("weo_oct2025.csv", "WEOOct2025all.csv", "weo-october-2025.csv"):
        assert {c.vintage_at for c in columns(WEO, SMALL.encode(), name).values()} == {released}


def statuses(name: str) -> dict[str, Status]:
    return {
        f"{column.series} {label}": column.status
        for column in columns(WEO, SMALL.encode(), name).values()
        for label in figures(column)
    }


@pytest.mark.parametrize("name", ["weo_oct2025.csv", "selection.csv"])
def test_status_by_year(name: str) -> None:
    # Without an edition in the name, its year is the one after the newest actual year.
    assert statuses(name) == {
        "imf/GGXWDG_NGDP/JP 2023": Status.FINAL,
        "imf/GGXWDG_NGDP/JP 2024": Status.ESTIMATED,
        "imf/GGXWDG_NGDP/JP 2025": Status.ESTIMATED,
        "imf/GGXWDG_NGDP/JP 2026": Status.PROJECTED,
        "imf/NGDPD/IN 2024": Status.FINAL,
        "imf/NGDPD/IN 2025": Status.ESTIMATED,
        "imf/LP/group:g7 2020": Status.ESTIMATED,
    }


def test_an_unknown_edition_has_no_vintage() -> None:
    for name in ("selection.csv", "weo_oct1999.csv"):
        assert {c.vintage_at for c in columns(WEO, SMALL.encode(), name).values()} == {None}


def test_zeros_are_put_back() -> None:
    found = columns(WEO, SMALL.encode(), "weo_oct2025.csv")
    assert figures(found["imf/GGXWDG_NGDP/JP estimated"]) == {"2024": "236.100", "2025": "229.000"}


def test_an_unknown_area_is_kept() -> None:
    found = columns(WEO, SMALL.replace("G119", "G999").encode())
    assert "imf/LP/x:g999" in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL.replace("236.1,", ","), "line 3: '' is not a number"),
        (SMALL.replace("236.1,", "236.1234,"), "line 3: .*more decimals"),
        (SMALL.replace("2024,236.1", "2023,236.1"), "line 3: .*stands twice"),
        (SMALL.replace("2024,236.1", "236.1,2024"), "line 3: '236.1' is not a year"),
        (SMALL.replace("USD,9.0", "USD,6.0"), "line 6: NGDPD in USD, scale 6.0"),
        (SMALL.replace("USD,9.0", "XDC,9.0"), "line 6: NGDPD in XDC"),
        (SMALL.replace("FY2024/25", "soon"), "line 6: 'soon'"),
        (SMALL.replace(",na,6.0,,", ",na,6.0,"), "line 8: 7 cells"),
        (SMALL.replace("LP,", "lp,"), "line 8: 'lp'"),
        (SMALL.replace("year,value", "value,year"), "line 1: the columns"),
        (SMALL[:-1], "line 8: .*cut off"),
        (HEADER, "no figures below"),
        ("<html>\n", "web page"),
    ],
)
def test_damage_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(WEO, text.encode())


@given(st.binary(max_size=200))
def test_any_bytes_at_all(data: bytes) -> None:
    for prefix in (b"", SMALL.encode()):
        with suppress(ParseError):
            columns(WEO, prefix + data)


def test_only_its_own_files_are_recognised(shared: Path) -> None:
    notes = shared / FILE.with_name("weo_oct2025_selected_notes.csv")
    assert not WEO.recognise(notes.read_bytes()[:4096], notes.name)
    assert WEO.recognise(SMALL.encode(), "x")
