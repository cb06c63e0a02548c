"""The whole archive at once says what its series say one by one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archive_fakes import CATALOG, RATE, STOCK, look, sheet, take_all
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive.archive import Archive
from saiken.archive.engine import everything
from saiken.archive.snapshot import open_snapshot
from saiken.archive.store import Store
from saiken.publishers import catalog

pytest.importorskip("duckdb", reason="DuckDB is an extra")
DAYS = (date(2008, 5, 1), date(2025, 3, 5), date(2026, 1, 25))
Found = dict[str, dict[tuple[date, date], tuple[float, bool]]]


def _by_series(table) -> Found:  # type: ignore[no-untyped-def]
    found: Found = {}
    for row in table.to_pylist():
        cells = found.setdefault(row["series"], {})
        cells[row["start"], row["end"]] = (row["value"], row["as_later_revised"])
    return found


def _view(archive: Archive, series: str, day: date, *, strict: bool = False):  # type: ignore[no-untyped-def]
    view = archive.view(series, day, strict)
    assert view is not None
    return {
        (view.period(i).start, view.period(i).end): (
            pytest.approx(view.values[i], rel=1e-12),
            bool(view.marks[i]),
        )
        for i in range(len(view))
    }


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("strict", [False, True])
def test_the_snapshot_at_once_and_by_series(tmp_path: Path, day: date, *, strict: bool) -> None:
    archive = Archive.open(tmp_path)
    table = everything(Store(tmp_path), open_snapshot(), catalog.load(), day, strict=strict)
    found = _by_series(table)
    names = archive.series_ids()
    assert set(found) <= set(names)
    sample = random.Random(day.toordinal()).sample(names, 60)  # noqa: S311 - any will do
    for series in sample:
        assert found.get(series, {}) == _view(archive, series, day, strict=strict), series


@given(st.data())
@settings(max_examples=15)
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
    day = data.draw(st.dates(date(2025, 1, 1), date(2026, 2, 1)))
    found = _by_series(everything(Store(home), None, CATALOG, day))
    archive = look(home)
    for series in archive.series_ids():
        assert found.get(series, {}) == _view(archive, series, day), (series, day)
