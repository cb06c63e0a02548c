"""The columns of all series say what the rule of the two clocks says of each, on any vintages."""

from __future__ import annotations

import math
import os
from array import array
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive import columns
from saiken.archive.archive import Archive
from saiken.archive.asof import History, history, state
from saiken.archive.batch import newest
from saiken.archive.columns import Packed, Stacks
from saiken.archive.index import HOT, pack
from saiken.archive.statements import FIELDS
from saiken.archive.whole import whole
from saiken.terms.figure import WITHHELD

FIRST = date(2025, 1, 1).toordinal()
DAY = date(2026, 1, 25)
_KEYS = count()

PRINT = st.tuples(
    st.integers(0, 12),  # the day on which it came out
    st.integers(-99, 99),
    st.sampled_from([0, 1, 1, 2, -2, WITHHELD]),
)
CELL = st.tuples(st.lists(PRINT, min_size=1, max_size=4), st.integers(0, 12))
SERIES = st.tuples(st.lists(CELL, min_size=1, max_size=5), st.booleans())


@pytest.fixture
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(columns, "_ROWS", 5)
    return


def _history(cells: list[tuple[list[tuple[int, int, int]], int]], *, released: bool) -> History:
    """Vintages in the order drawn: their days may go back, as two clocks at odds make them."""
    rows = [
        (FIRST + period, FIRST + period, digits, decimals, 0, FIRST + day, 0, FIRST + out)
        for period, (prints, out) in enumerate(cells)
        for day, digits, decimals in prints
    ]
    codes = [*(FIELDS[name] for name in HOT), "q", "i"]
    arrays = [
        array(code, values) for code, values in zip(codes, zip(*rows, strict=True), strict=True)
    ]
    return history(arrays if released else arrays[:6], plain=False)


def _stacks(held: dict[str, History]) -> Stacks:
    packed = []
    for name, past in held.items():
        hot = [getattr(past, name) for name in HOT]
        if past.release_at is not None and past.release_day is not None:
            hot += [past.release_at, past.release_day]
        packed.append(Packed(name, len(past), past.release_at is not None, pack(hot)))
    return Stacks(list(held), f"test{next(_KEYS)}", lambda: packed)


class _Archive(Archive):
    """All that `newest` asks for."""

    def __init__(self, stacks: Stacks) -> None:
        self._all = stacks

    def stacks(self) -> Stacks:
        return self._all


@pytest.mark.usefixtures("_short_stretches")
@given(st.lists(SERIES, min_size=1, max_size=5), st.booleans())
@settings(max_examples=150)
def test_any_vintages_by_column_and_by_the_rule(
    drawn: list[tuple[list[tuple[list[tuple[int, int, int]], int]], bool]], strict: bool
) -> None:
    held = {
        f"s{place}": _history(cells, released=released)
        for place, (cells, released) in enumerate(drawn)
    }
    stacks = _stacks(held)
    for day in range(-1, 14):
        known = whole(stacks, date.fromordinal(FIRST + day), strict=strict)
        got = [
            (known.names[code], start, value, decimals, printed, mark)
            for code, start, value, decimals, printed, mark in zip(
                *(
                    values.tolist()
                    for values in (
                        known.series,
                        known.starts,
                        known.values,
                        known.decimals,
                        known.vintage_days,
                        known.marks,
                    )
                ),
                strict=True,
            )
        ]
        expected, last = [], []
        for name, past in held.items():
            stood = state(past, date.fromordinal(FIRST + day), strict=strict)
            for k, mark in zip(stood.indices, stood.marks, strict=True):
                row = (past.starts[k], past.values[k], past.decimals[k], past.vintage_days[k])
                expected.append((name, *row, bool(mark)))
            last.append(past.values[stood.indices[-1]] if len(stood.indices) else math.nan)
        assert got == expected, day
        if not strict:
            days = [date.fromordinal(FIRST + day)] * len(held)
            found = newest(_Archive(stacks), list(held), days).tolist()
            assert list(map(str, found)) == list(map(str, last)), day


def _answer(home: Path) -> list[object]:
    known = Archive.open(home).everything(DAY)
    return [known.names, *(getattr(known, name).tolist() for name in known.__slots__[1:])]


@pytest.mark.parametrize("damage", ["cut", "no columns", "one byte", "gone"])
def test_damaged_columns_are_made_again(home: Path, damage: str) -> None:
    before = _answer(home)
    file = next(Path(os.environ["SAIKEN_CACHE"]).glob("figures-*.arrow"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 4
    file.unlink()
    if damage != "gone":
        file.write_bytes({"cut": data[:-99], "no columns": b"x", "one byte": data}[damage])
    assert _answer(home) == before
    assert file.read_bytes() != data


def test_columns_are_made_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _answer(home)
    monkeypatch.setattr(columns, "_stacked", lambda _: pytest.fail("made again"))
    assert _answer(home) == before


def test_without_a_folder_to_write_columns_are_made_in_memory(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = _answer(home)
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    monkeypatch.setattr("saiken.archive.cache.cache_dirs", lambda: iter([blocked]))
    assert _answer(home) == before


def test_a_series_that_nobody_knows_of_is_named(home: Path) -> None:
    archive = Archive.open(home)
    with pytest.raises(LookupError, match="tic/holding/JP"):
        newest(archive, ["tic/holdings/JP", "tic/holding/JP"], [DAY, DAY])
    held = newest(archive, ["tic/holdings/JP", "tic/holdings/XX"], [DAY, DAY]).tolist()
    assert held[0] == 1202.7
    assert math.isnan(held[1])
