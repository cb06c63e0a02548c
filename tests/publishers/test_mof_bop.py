"""Balance of payments of Japan: a table of two sides, and a release that is a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from publisher_files import columns, figures, read

from saiken.publishers import mof_bop, mof_bppi
from saiken.publishers.mof_bppi import _Glyph, _lines
from saiken.publishers.table import ParseError
from saiken.terms.figure import Basis, Status

(TABLE,), (RELEASE,) = mof_bop.TABLES, mof_bppi.TABLES
FOLDER = Path("data/japan/mof_bop")
FILE = FOLDER / "6pi-1_portfolio_investment_summary_to202605.csv"


def test_months_and_years(shared: Path) -> None:
    found = read(TABLE, shared / FILE)
    net = figures(found["mof/bop/assets/long/net"])
    assert (len(net), min(net), max(net)) == (363, "1996-01", "2026-03")
    assert figures(found["mof/bop/assets/long/net preliminary"]) == {
        "2026-04": "6218",
        "2026-05": "29801",
    }
    assert found["mof/bop/assets/long/net preliminary"].status is Status.PRELIMINARY
    years = figures(found["mof/bop_year/liabilities/long/net"])
    assert (len(years), years["1996"]) == (30, "19309")
    # only nets before 2014
    assert min(figures(found["mof/bop/assets/long/acquisition"])) == "2014-01"
    assert net["2019-05"] == "15773"  # the month in which an era began


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / FILE).read_bytes().decode("cp932")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"312,466","315,173","-2,707"', '"315,173","312,466","-2,707"', "is not acquisition less"),
        ('"2,590","1,397"', '"2,590","1,937"', "do not make up their total"),
        ("令和8年,1月,2026,Jan", "令和8年,1月,,Jan", "January does not name its year"),
        (',2月,,Feb,"120,479"', ',2月,,Mar,"120,479"', "are not one month"),
        (',3月,,Mar,"156,270"', ',2月,,Feb,"156,270"', "stands twice|labels of the two"),
        ('-552,"3,134"', '-55x,"3,134"', "'-55x' in column 13 is not a number"),
        ("Net,Net,,,,,,Acq", "Net,Sum,,,,,,Acq", "ten columns"),
        ("2025C.Y.", "2025", "figures of no month or year"),
    ],
)  # fmt: skip
def test_damage_is_told(text: str, old: str, new: str, words: str) -> None:
    assert old in text
    with pytest.raises(ParseError, match=words):
        columns(TABLE, text.replace(old, new, 1).encode("cp932"))


def test_the_release_of_december_2025(shared: Path) -> None:
    found = read(RELEASE, shared / FOLDER / "bppi202512.pdf")
    sovereign = {
        country: [figures(found[f"mof/bppi/{term}/{country}/net"])["2025-12"]
                  for term in ("total", "long", "short")]
        for country in ("US", "DE", "FR", "HK", "GB", "other")
    }  # fmt: skip
    assert sovereign == {
        "US": ["8143", "7112", "1030"],
        "DE": ["403", "419", "-16"],
        "FR": ["-3063", "-2739", "-325"],
        "HK": ["2", "2", "0"],
        "GB": ["528", "556", "-28"],
        "other": ["-555", "-437", "-118"],
    }
    column = found["mof/bppi/total/US/net"]
    assert (column.status, column.vintage_basis) == (Status.PRELIMINARY, Basis.CALENDAR)
    assert column.vintage_at == datetime(2026, 2, 8, 23, 50, tzinfo=UTC)
    assert str(next(column.cells())[3]) == "sheet page 4, row 1, column 3"
    assert figures(found["mof/bop/liabilities/total/net preliminary"])["2025-12"] == "-17938"


@pytest.mark.parametrize(("name", "month"), [("bppi202601", "2026-01"), ("bppi202605", "2026-05")])
def test_the_other_releases(shared: Path, name: str, month: str) -> None:
    found = read(RELEASE, shared / FOLDER / f"{name}.pdf")
    assert len(found) == 157
    assert sum(map(len, found.values())) == 13 * 9 + 14 * 10
    assert max(figures(found["mof/bop/assets/long/net preliminary"])) == month


def test_a_later_table_revises_an_earlier_release(shared: Path) -> None:
    release = read(RELEASE, shared / FOLDER / "bppi202605.pdf")
    table = read(TABLE, shared / FILE)
    same = [s for s in release if s.startswith("mof/bop/") and s in table]
    for series in same:
        ours = figures(table[series])
        for month, value in figures(release[series]).items():
            assert abs(int(ours[month]) - int(value)) <= 1, (series, month)
    assert len(same) > 30


def glyphs(*cells: tuple[float, str]) -> list[_Glyph]:
    """Characters five points wide, one point apart, from where each cell begins."""
    return [
        _Glyph(char, left + 6 * i, left + 6 * i + 5, 100.0)
        for left, text in cells
        for i, char in enumerate(text)
    ]


def test_figures_are_told_apart_by_where_they_stand() -> None:
    line = glyphs(
        (10, "香港"), (100, "12"), (140, "―"), (152, "－"), (162, "16"), (200, "6"), (212, "1")
    )
    (found,) = _lines(line, 5, 90)
    assert (found.label, found.figures) == ("香港", (12, 0, -16, 6, 1))


def test_a_line_of_another_width_is_told() -> None:
    with pytest.raises(ParseError, match="has 4 figures, not 5"):
        _lines(glyphs((100, "12"), (140, "3"), (160, "4"), (180, "5")), 5, 90)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "has no end"),
        (b"%PDF-1.7\n%%EOF", "not a readable PDF"),
        (b"<html>", "has no end"),
    ],
)
def test_what_is_no_release_is_told(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(RELEASE, data)
