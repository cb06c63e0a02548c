"""Yields of Japanese government bonds: both languages, era dates, holes, footers, damage."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, everything, figures, read

from saiken.publishers.mof_jgb import TABLES
from saiken.publishers.table import ParseError

ENGLISH, JAPANESE, ASSEMBLED, _ = TABLES
FOLDER = Path("data/japan/mof_jgb")
TENORS = [f"{years}Y" for years in (*range(1, 11), 15, 20, 25, 30, 40)]
SMALL = (
    "Interest Rate,,,(Unit : %)\r\n"
    "Date,2Y,10Y,40Y\r\n"
    "1990/1/4,6.12,5.7,-\r\n"
    "1990/1/5,6,-0.125,-\r\n"
    "2007/11/6,0.851,1.6,2.431\r\n"
)


def small(*lines: str) -> bytes:
    return (SMALL + "".join(f"{line}\r\n" for line in lines)).encode()


def test_english_and_japanese_agree_in_every_cell(shared: Path) -> None:
    english = read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260630.csv")
    japanese = read(JAPANESE, shared / FOLDER / "jgbcm_all_to20260630.sjis.csv")
    assert [*english] == [f"jgb/yield/{tenor}" for tenor in TENORS]
    days = sorted({day for column in english.values() for day in column.starts})
    assert (len(days), len(days) * len(english)) == (13_248, 198_720)
    assert english == japanese
    assert sum(map(len, english.values())) == 162_937


def test_an_earlier_vintage_says_the_same(shared: Path) -> None:
    later = read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260630.csv")
    earlier = read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260430.csv")
    for series, column in earlier.items():
        size = len(column)
        assert column.digits == later[series].digits[:size]
        assert column.starts == later[series].starts[:size]


def test_the_40_year_yield(shared: Path) -> None:
    found = figures(read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260630.csv")["jgb/yield/40Y"])
    above = [(day, value) for day, value in found.items() if float(value) > 4]
    assert above[:2] == [("2026-05-18", "4.006"), ("2026-05-19", "4.043")]
    assert found["2026-01-20"] == "3.901"
    assert min(found) == "2007-11-06"
    assert max(found, key=lambda day: float(found[day])) == "2026-05-19"


def test_saturdays_and_the_first_days_of_tenors(shared: Path) -> None:
    found = read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260630.csv")
    days = {date.fromordinal(day) for column in found.values() for day in column.starts}
    saturdays = sorted(day for day in days if day.weekday() == 5)
    assert (len(saturdays), saturdays[-1]) == (519, date(1989, 1, 28))
    assert min(figures(found["jgb/yield/10Y"])) == "1986-07-05"


def test_zeros_are_put_back_and_places_are_those_of_the_file(shared: Path) -> None:
    path = shared / FOLDER / "jgbcme_all_to20260630.csv"
    lines = path.read_text("ascii").split("\n")
    found = read(ENGLISH, path)
    for column in found.values():
        assert set(column.decimals) == {3}
        for row, place, digits in list(
            zip(column.rows, column.columns, column.digits, strict=True)
        )[::997]:
            printed = lines[row - 1].rstrip("\r").split(",")[place - 1]
            assert digits == round(float(printed) * 1000)


def test_the_assembled_curve_continues_the_history(shared: Path) -> None:
    history = read(ENGLISH, shared / FOLDER / "jgbcme_all_to20260630.csv")
    curve = read(ASSEMBLED, shared / "data/japan/derived/jgb_curve_daily_20260604_20260820.csv")
    assert {len(column) for column in curve.values()} == {45}
    shared_days = 0
    for series, column in curve.items():
        known = figures(history[series])
        for day, value in figures(column).items():
            shared_days += series == "jgb/yield/40Y" and day in known
            assert known.get(day, value) == value
    assert shared_days == 11
    assert max(figures(curve["jgb/yield/40Y"]).items(), key=lambda cell: cell[1]) == (
        "2026-08-18",
        "4.103",
    )


def test_columns_are_read_by_their_header() -> None:
    title, *table = SMALL.splitlines()
    turned = [",".join([day, *cells[::-1]]) for day, *cells in (line.split(",") for line in table)]
    swapped = "".join(f"{line}\r\n" for line in (title, *turned))
    assert everything(columns(ENGLISH, swapped.encode())) == everything(columns(ENGLISH, small()))


def test_footers_are_tolerated() -> None:
    found = columns(ENGLISH, small("", ",,,", "*1 A note, on the method"))
    assert everything(found) == everything(columns(ENGLISH, small()))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_japanese_reads_in_any_of_its_encodings(encoding: str) -> None:
    text = "国債金利情報,,(単位 : %)\r\n基準日,1年,40年\r\nS64.1.6,4.1,-\r\nH1.1.9,4.2,-\r\nH31.4.26,-0.16,0.5\r\nR1.5.7,-0.15,0.49\r\n"
    found = columns(JAPANESE, text.encode(encoding))
    assert JAPANESE.recognise(text.encode(encoding), "jgbcm.csv")
    assert figures(found["jgb/yield/1Y"]) == {
        "1989-01-06": "4.100",
        "1989-01-09": "4.200",
        "2019-04-26": "-0.160",
        "2019-05-07": "-0.150",
    }


@pytest.mark.parametrize(
    ("data", "row", "words"),
    [
        (small("2007/11/7,0.851,1.6"), 6, "3 cells where the header has 4"),
        (small("2007/11/7,0.851,1.6,2.4,9"), 6, "5 cells"),
        (small("2007/11/7,0.851,1.6,N/A"), 6, "'N/A' in column 4 (40Y)"),
        (small("2007/11/7,0.851,,2.4"), 6, "column 3 (10Y)"),
        (small("2007/11/7,0.851,1.6001,2.4"), 6, "'1.6001'"),
        (small("2007/11/6,0.851,1.6,2.4"), 5, "2007/11/6 stands twice"),
        (small("2007/2/30,0.851,1.6,2.4"), 6, "is no date"),
        (small("07/11/7,0.851,1.6,2.4"), 6, "is no date"),
        (small("2007-11-07,0.851,1.6,2.4"), 6, "is no date"),
        (small("<html>"), 6, "is no date"),
        (small()[:-2], 5, "cut off"),
        (small()[:-9], 5, "cut off"),
        (b"<!DOCTYPE html>\n<html><body>503</body></html>\n", 1, "web page"),
        (SMALL.encode("utf-16"), 0, "not readable"),
        (b"Interest Rate\r\nDate,2Y,10Y\r\n", 2, "no yields below"),
        (b"Interest Rate\r\nDate,2Y,2Y\r\n1990/1/4,1,2\r\n", 2, "twice in the header"),
        (b"", 1, "cut off"),
        (b"\r\n", 0, "no header"),
    ],
)  # fmt: skip
def test_damage_is_told_with_its_line(data: bytes, row: int, words: str) -> None:
    with pytest.raises(ParseError) as error:
        columns(ENGLISH, data)
    assert error.value.row == row
    assert words in str(error.value)


@pytest.mark.parametrize("day", ["S65.1.6", "H49.9.24", "H31.6.3", "R0.5.7", "T14.1.1", "H0.1.9"])
def test_an_era_date_outside_its_era_is_no_date(day: str) -> None:
    text = f"title\r\n基準日,1年,40年\r\n{day},4.1,-\r\n"
    with pytest.raises(ParseError, match="line 3"):
        columns(JAPANESE, text.encode("cp932"))


@given(st.integers(0, len(SMALL) - 1))
def test_a_cut_file_is_refused_or_read_right(cut: int) -> None:
    try:
        found = columns(ENGLISH, SMALL.encode()[:cut])
    except ParseError:
        return
    assert everything(found) <= everything(columns(ENGLISH, small()))


@given(st.binary(max_size=300), st.sampled_from(TABLES))
def test_any_bytes_at_all(data: bytes, table: object) -> None:
    for prefix in (b"", SMALL.encode()):
        with suppress(ParseError):
            columns(table, prefix + data)  # type: ignore[arg-type]


def test_only_its_own_files_are_recognised() -> None:
    assert ENGLISH.recognise(small()[:60], "x")
    assert not ENGLISH.recognise(b"<html>Interest Rate, Date,1Y", "jgbcme_all.csv")
    assert not ENGLISH.recognise(b"Date,1Y,2Y\r\n1990/1/4,1,2\r\n", "jgbcme_all.csv")
    own = b"date,10Y,40Y\n2026-06-04,2.6,3.7\n"
    assert ASSEMBLED.recognise(own, "jgb_curve.csv")
    assert not ASSEMBLED.recognise(own, "curve.csv")
    assert not ASSEMBLED.recognise(b"date,1Y,10Y,30Y\n", "jgb_curve.csv")
