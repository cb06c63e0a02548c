"""Table 1D: all long-term US securities by country, in one frozen page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from publisher_files import artifact, columns, everything, figures, read

from saiken.publishers.table import ParseError
from saiken.publishers.tic_table1d import TABLES
from saiken.publishers.tic_table3 import TABLES as TABLE_3

(TABLE,) = TABLES
NAME = "slt1d_frozen-2023-01.txt"


@pytest.fixture(scope="module")
def page(shared: Path) -> bytes:
    return (shared / "data/us/tic" / NAME).read_bytes()


def test_a_country_a_region_and_the_world(shared: Path) -> None:
    found = read(TABLE, shared / "data/us/tic" / NAME)
    for series, value in (
        ("treasury/JP", "1031430"),
        ("all/JP", "2445233"),
        ("stocks/KY", "1439167"),
        ("agency/group:asia", "872158"),
        ("corporate_bonds/all", "4069701"),
        ("treasury/official", "3464289"),
    ):
        assert figures(found[f"tic/securities/{series}"]) == {"2023-01": value}, series
    assert "tic/securities/treasury/AL" not in found, "n.a. is no figure"
    assert not [series for series in found if "/x:" in series]


def test_treasuries_are_those_of_table_3(shared: Path, page: bytes) -> None:
    three = columns(
        TABLE_3[0], (shared / "data/us/tic/slt_table3_EXCERPT_data-to-2026-04.txt").read_bytes()
    )
    here = columns(TABLE, page)
    both = [s for s in three if s.startswith("tic/position_lt/") and "2023-01" in figures(three[s])]
    apart = {
        series: (figures(three[series])["2023-01"], figures(here[other])["2023-01"])
        for series in both
        for other in [f"tic/securities/treasury/{series.rpartition('/')[2]}"]
        if other in here
    }
    assert len(apart) >= 4
    # Later editions revised the month, nowhere by more than a fiftieth.
    assert all(abs(int(a) - int(b)) <= 0.02 * int(b) for a, b in apart.values())


def test_columns_are_told_by_their_headings(page: bytes) -> None:
    lines = page.decode().split("\r\n")
    rules = next(i for i, line in enumerate(lines) if "-----" in line)
    one, two, three = (found.end() for found in list(re.finditer("-+", lines[rules]))[:3])
    last = lines.index("Of which:")
    turned = "\n".join(
        line[:one] + line[two:three] + line[one:two] + line[three:]
        if rules - 5 < i < last
        else line
        for i, line in enumerate(lines)
    )
    text = "\n".join(lines)
    assert turned != text
    assert everything(columns(TABLE, turned.encode())) == everything(columns(TABLE, page))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1,031,430", "1,130,430", "JP: 2,544,233 in all, but 2,445,233 is printed"),
        ("          4,175", "               ", "4 figures under 5 headings"),
        ("  Germany ", "  Japan   ", "JP stands twice"),
        ("All Countries ", "All of them   ", "no row of group:countries"),
        ("January 2023", "Jan. 2023", "no title with a month"),
        ("Agency ", "Agencies", "the headings are"),
        ("Treasury         Agency", "Agency         Treasury", "the headings are|in all"),
    ],
)
def test_a_damaged_page_is_told(page: bytes, old: str, new: str, words: str) -> None:
    assert old.encode() in page
    with pytest.raises(ParseError, match=words):
        columns(TABLE, page.replace(old.encode(), new.encode(), 1))


def test_no_country_is_lost_without_a_word(page: bytes) -> None:
    lines = page.split(b"\r\n")
    for place in range(15, 215, 9):
        if not lines[place].startswith(b"  ") or not lines[place].strip():
            continue
        left = b"\r\n".join(lines[:place] + lines[place + 1 :])
        try:
            found = everything(columns(TABLE, left))
        except ParseError:
            continue
        # A memo or a small country is within the rounding; no figure is another's.
        assert found <= everything(columns(TABLE, page)), lines[place]


def test_cut_anywhere_it_is_refused_or_whole(page: bytes) -> None:
    whole = everything(columns(TABLE, page))
    for share in range(1, 50):
        cut = page[: len(page) * share // 50]
        try:
            assert everything({c.series: c for c in TABLE.parse(cut, artifact(NAME))}) == whole
        except ParseError:
            continue
