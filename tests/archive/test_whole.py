"""The whole archive at once says what its series say one by one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archive_fakes import RATE, STOCK, look, sheet, take_all
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive.archive import Archive

DAYS = (date(1975, 1, 1), date(2008, 5, 1), date(2025, 3, 5), date(2026, 1, 25))
Cells = dict[tuple[int, int], tuple[float, bool]]


def _by_series(archive: Archive, day: date, *, strict: bool = False) -> dict[str, Cells]:
    all_known = archive.everything(day, strict=strict)
    found: dict[str, Cells] = {}
    columns = (
        all_known.series,
        all_known.starts,
        all_known.ends,
        all_known.values,
        all_known.marks,
    )
    for code, start, end, value, mark in zip(*(a.tolist() for a in columns), strict=True):
        found.setdefault(all_known.names[code], {})[start, end] = value, mark
    return found


def _view(archive: Archive, series: str, day: date, *, strict: bool = False) -> Cells:
    view = archive.view(series, day, strict)
    assert view is not None
    cells = zip(view.starts, view.ends, view.values, view.marks, strict=True)
    return {(start, end): (value, bool(mark)) for start, end, value, mark in cells}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("strict", [False, True])
def test_the_snapshot_at_once_and_by_series(tmp_path: Path, day: date, *, strict: bool) -> None:
    archive = Archive.open(tmp_path)
    found = _by_series(archive, day, strict=strict)
    names = archive.series_ids()
    assert set(found) <= set(names)
    for series in random.Random(day.toordinal()).sample(names, 150):  # noqa: S311 - any will do
        assert found.get(series, {}) == _view(archive, series, day, strict=strict), series


def test_it_goes_out_as_a_table(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    table = archive.everything(date(2026, 1, 25)).to_arrow()
    rows = [
        row
        for row in table.to_pylist()
        if row["series"] == "tic/holdings/JP" and row["end"] == date(2025, 11, 30)
    ]
    assert [(row["value"], row["as_later_revised"]) for row in rows] == [(1202.7, True)]


def test_an_empty_archive_knows_nothing(home: Path) -> None:
    assert len(look(home).everything(date(2026, 1, 25))) == 0


@given(st.data())
@settings(max_examples=25)
def test_any_vintages_at_once_and_by_series(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("home")
    months = st.sampled_from([f"2025-{month:02}" for month in range(1, 7)])
    cells = st.dictionaries(months, st.sampled_from(["1.0", "1.5", "2", "2.00"]), max_size=4)
    moments = st.none() | st.datetimes(
        datetime(2025, 1, 1),  # noqa: DTZ001 - made aware below
        datetime(2025, 12, 31),  # noqa: DTZ001
    ).map(lambda at: at.replace(tzinfo=UTC))
    files = [
        sheet({STOCK: one, RATE: {"2025-06-12": "1.5"}}, at)
        for one, at in data.draw(st.lists(st.tuples(cells, moments), min_size=1, max_size=3))
    ]
    take_all(home, home / "inbox", files)
    archive = look(home)
    for _ in range(4):
        day = data.draw(st.dates(date(2025, 1, 1), date(2026, 2, 1)))
        found = _by_series(archive, day)
        for series in archive.series_ids():
            assert found.get(series, {}) == _view(archive, series, day), (series, day)
