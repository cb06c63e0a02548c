"""Plain text for a terminal, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.reports.csv_text import csv_text, guarded
from saiken.reports.terminal import clean, clipped, display_width, number, sparkline, table, whole

anything = st.text(st.characters(), max_size=80)


@given(anything)
def test_what_is_clean_is_one_writable_line(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert cleaned.splitlines() in ([], [cleaned])
    assert clean(cleaned) == cleaned


@given(anything, st.integers(4, 40))
def test_what_is_clipped_fits(text: str, columns: int) -> None:
    assert display_width(clipped(text, columns)) <= columns


@given(anything)
def test_making_a_text_whole_keeps_its_length(text: str) -> None:
    assert len(whole(text)) == len(text)


def test_wide_characters_are_counted_as_two() -> None:
    assert display_width("国債JGB") == 7
    assert clipped("国債国債", 5) == "国債…"


def test_a_table_is_aligned() -> None:
    assert table([("a", "1"), ("国債", "22")], right=(1,)) == ["a      1", "国債  22"]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200), st.integers(1, 80))
def test_a_sparkline_has_a_bar_for_each_column(values: list[float], columns: int) -> None:
    assert len(sparkline(values, columns)) == min(columns, len(values))


def test_a_sparkline_rises_with_its_values() -> None:
    assert sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([], 8) == ""


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [(1202.7, 1, "1,202.7"), (-374.0, 0, "-374"), (12000, -2, "12,000")],
)
def test_a_number_keeps_its_printed_digits(value: float, decimals: int, told: str) -> None:
    assert number(value, decimals) == told


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r@x", " =1", "\u202e=1"])
def test_a_formula_is_disarmed(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(csv_text(["h"], [[text]])), strict=True))[1:]
    assert row[0].startswith("'")


@pytest.mark.parametrize("cell", [-1.5, 0, "tic/holdings/JP", "2025-11", None])
def test_what_is_no_formula_stays(cell: object) -> None:
    assert guarded(cell) == cell
