"""Tables of one date column: what is read, and what is told."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.publishers.dated import SPANS, Layout, columns
from saiken.publishers.delimited import records
from saiken.publishers.table import ParseError
from saiken.terms.figure import Column

LAYOUT = Layout(
    "day",
    {"a": "fred/SOFR", "b": "fred/NFCI"},
    ignored=frozenset({"note"}),
    zero_is_none=frozenset({"b"}),
)


def read(text: str, layout: Layout = LAYOUT) -> list[Column]:
    return columns(records(text), layout)


def cells(column: Column) -> list[tuple[str, str, str]]:
    return [(period.label, str(value), str(place)) for period, value, _, place in column.cells()]


def test_columns_are_found_by_their_headers() -> None:
    sofr, nfci = read("b,note,day,a\n-0.5,x,2026-01-09,3.6\n0,,2026-01-16,.\n")
    # the decimals and the frequency are the catalog's: SOFR daily with two, NFCI weekly
    assert cells(sofr) == [("2026-01-09", "3.60", "line 2, column 4")]
    assert cells(nfci) == [("2026-01-03..2026-01-09", "-0.5", "line 2, column 1")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no header"),
        ("day,a,b\n", "line 1: a header and no rows"),
        ("day,a\n2026-01-09,1\n", "line 1: no column 'b'"),
        ("day,a,b,c\n2026-01-09,1,2,3\n", "line 1: a column 'c'"),
        ("day,a,a,b\n2026-01-09,1,1,2\n", "line 1: a header stands twice"),
        ("day,a,b\n2026-01-09,1\n", "line 2: 2 cells"),
        ("day,a,b\n9 Jan,1,2\n", "line 2: '9 Jan' is not a date"),
        ("day,a,b\n2026-01-09,1,2\n2026-01-09,1,2\n", "line 3: 2026-01-09 stands twice"),
        ("day,a,b\n2026-01-09,one,2\n", "line 2: not a number: 'one'"),
    ],
)
def test_what_does_not_fit_is_told(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(text)


def test_a_check_speaks_of_its_row() -> None:
    layout = Layout(
        "day", {"a": "fred/SOFR"}, check=lambda row: "" if row["a"] == (100, 2) else "?!"
    )
    with pytest.raises(ParseError, match=r"line 3: \?!"):
        read("day,a\n2026-01-09,1\n2026-01-10,2\n", layout)


def test_spans() -> None:
    day = date(2026, 5, 6)
    labels = {key: span(day).label for key, span in SPANS.items()}
    assert labels == {
        "D": "2026-05-06",
        "W": "2026-04-30..2026-05-06",
        "M": "2026-05",
        "Q": "2026-Q2",
        "A": "2026",
    }
