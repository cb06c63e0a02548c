"""Reading: availability, releases, citations, series without figures, damaged indices."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from archive_fakes import NOW, RATE, STOCK, look, sheet, stated, take, take_all

from saiken.archive.archive import Archive
from saiken.archive.errors import StoreError, UnknownSeries
from saiken.archive.store import Store
from saiken.archive.view import Availability
from saiken.terms.figure import Basis
from saiken.terms.period import Period

JUNE = datetime(2025, 6, 15, 20, tzinfo=UTC)
CELLS = {"2025-01": "10.0", "2025-03": "12.0", "2025-04": "13.0"}


@pytest.fixture
def archive(home: Path, inbox: Path) -> Archive:
    take_all(
        home,
        inbox,
        [
            sheet({STOCK: CELLS}, JUNE),
            sheet({RATE: {"2025-06-12": "1.5", "2025-06-13": "1.52", "2025-06-17": "1.6"}}),
        ],
    )
    return look(home)


@pytest.mark.parametrize(
    ("series", "label", "as_of", "strict", "expected"),
    [
        (STOCK, "2025-04", date(2025, 6, 20), False, Availability.HELD),
        (STOCK, "2025-04", date(2025, 6, 14), False, Availability.NOT_PUBLISHED),
        (STOCK, "2025-05", date(2025, 7, 20), False, Availability.NOT_AT_HAND),
        (STOCK, "2025-05", date(2025, 7, 14), False, Availability.NOT_PUBLISHED),
        (STOCK, "2024-12", date(2025, 6, 20), False, Availability.BEFORE_START),
        (STOCK, "2025-02", date(2025, 6, 20), False, Availability.NO_OBSERVATION),
        (STOCK, "2025-03", date(2025, 6, 1), True, Availability.NOT_AT_HAND),
        (STOCK, "2025-03", date(2025, 6, 1), False, Availability.HELD),
        (RATE, "2025-06-13", date(2025, 6, 13), False, Availability.HELD),
        (RATE, "2025-06-14", date(2025, 6, 20), False, Availability.NO_OBSERVATION),
        (RATE, "2025-06-16", date(2025, 6, 20), False, Availability.NO_OBSERVATION),
        (RATE, "2025-06-18", date(2025, 6, 20), False, Availability.NOT_AT_HAND),
        (RATE, "2025-06-18", date(2025, 6, 17), False, Availability.NOT_PUBLISHED),
        (RATE, "2025-06-21", date(2025, 6, 30), False, Availability.NO_OBSERVATION),
        (RATE, "2025-06", date(2025, 6, 30), False, Availability.HELD),
    ],
)
def test_availability(
    archive: Archive, series: str, label: str, as_of: date, strict: bool, expected: Availability
) -> None:
    view = archive.view(series, as_of, strict)
    assert view is not None
    assert view.availability(Period.parse(label)) is expected


def test_daily_closes_are_as_old_as_their_day_and_bear_no_mark(archive: Archive) -> None:
    assert stated(archive, RATE, date(2025, 6, 13)) == {
        "2025-06-12": (1.5, False),
        "2025-06-13": (1.52, False),
    }
    assert stated(archive, RATE, date(2025, 6, 12)) == {"2025-06-12": (1.5, False)}
    assert stated(archive, RATE, datetime(2025, 6, 13, 8, tzinfo=UTC)) == {
        "2025-06-12": (1.5, False)
    }


def test_a_figure_cites_its_file(archive: Archive) -> None:
    view = archive.view(STOCK, date(2025, 6, 1))
    assert view is not None
    point = view.point_at(1)
    assert (point.period.label, point.value, point.half_width, point.decimals) == (
        "2025-03",
        12.0,
        0.05,
        1,
    )
    assert (point.vintage_at, point.basis, point.as_later_revised) == (JUNE, Basis.PUBLISHED, True)
    assert (point.artifact_name, point.fidelity, str(point.locator)) == (
        "0.json",
        "unknown",
        "line 2, column 2",
    )
    held = archive.artifact(point.artifact_sha256)
    assert held is not None
    assert (held.publisher, held.table) == ("desk", "desk/sheet")


def test_releases(archive: Archive) -> None:
    view = archive.view(STOCK, date(2025, 6, 20))
    assert view is not None
    release = view.release_of(Period.month(2025, 5))
    assert release is not None
    assert (release.day, release.at) == (date(2025, 7, 15), datetime(2025, 7, 15, 20, tzinfo=UTC))
    following = archive.next_release("monthly", date(2025, 7, 15))
    assert following is not None
    assert (following.day, following.period.label) == (date(2025, 8, 15), "2025-06")
    by_moment = archive.next_release("monthly", datetime(2025, 7, 15, 19, tzinfo=UTC))
    assert by_moment is not None
    assert by_moment.day == date(2025, 7, 15)
    assert archive.next_release("no such", date(2025, 7, 15)) is None


def test_what_is_held(archive: Archive) -> None:
    assert archive.series_ids() == [RATE, STOCK]
    assert archive.series_ids("desk/s") == [STOCK]
    assert archive.holds(STOCK)
    assert not archive.holds("desk/stock/CN")
    assert archive.view("desk/stock/CN", date(2025, 6, 1)) is None
    assert archive.newest == date(2025, 6, 17)
    assert archive.built_at is None


def test_an_unknown_series_names_the_nearest(archive: Archive) -> None:
    with pytest.raises(UnknownSeries, match="desk/stock/JP") as caught:
        archive.view("desk/stok/JP", date(2025, 6, 1))
    assert STOCK in caught.value.nearest


def test_an_unstamped_file_is_first_seen_when_it_came_and_never_before(
    home: Path, inbox: Path
) -> None:
    take_all(home, inbox, [sheet({STOCK: CELLS})])
    figures = look(home).vintages(STOCK)
    assert {(figure.vintage_at, figure.vintage_basis) for figure in figures} == {
        (NOW, Basis.FIRST_SEEN)
    }
    assert stated(look(home), STOCK, date(2025, 12, 31))["2025-01"] == (10.0, True)
    assert stated(look(home), STOCK, NOW.date())["2025-01"] == (10.0, False)


@pytest.mark.parametrize("damage", [b"", b"not an index", None])
def test_a_damaged_index_is_built_again(archive: Archive, home: Path, damage: bytes | None) -> None:
    before = stated(archive, STOCK, date(2025, 6, 1))
    file = next(Path(os.environ["SAIKEN_CACHE"]).glob("index-*.sqlite"))
    whole = file.read_bytes()
    if damage is None:  # a stretch in the middle: the header is whole, the rows are not
        damage = whole[:4096] + os.urandom(len(whole) - 4096)
    file.chmod(0o600)
    file.write_bytes(damage)
    assert stated(look(home), STOCK, date(2025, 6, 1)) == before


def test_without_a_folder_to_write_the_index_is_kept_in_memory(
    archive: Archive, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = stated(archive, STOCK, date(2025, 6, 1))
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    monkeypatch.setattr(
        "saiken.archive.cache.cache_dirs", lambda: iter([blocked, blocked / "below"])
    )
    assert stated(look(home), STOCK, date(2025, 6, 1)) == before


def test_a_new_import_is_seen_when_the_archive_is_opened_again(
    archive: Archive, home: Path, inbox: Path
) -> None:
    path = inbox / "more.json"
    path.write_bytes(sheet({STOCK: {"2025-05": "14.0"}}, datetime(2025, 7, 15, 20, tzinfo=UTC)))
    take(home, path)
    assert "2025-05" not in stated(archive, STOCK, date(2025, 8, 1))
    assert "2025-05" in stated(look(home), STOCK, date(2025, 8, 1))


def test_a_damaged_file_of_figures_is_named_with_what_to_do(home: Path, archive: Archive) -> None:
    part = Store(home).parts()[0]
    before = stated(archive, STOCK, date(2025, 6, 1))
    part.rename(part.with_name(f"{'0' * 64}-1.parquet"))
    with pytest.raises(StoreError, match="saiken import"):
        look(home)
    part.with_name(f"{'0' * 64}-1.parquet").rename(part)
    whole = part.read_bytes()
    part.write_bytes(whole[: len(whole) // 2])
    for index in Path(os.environ["SAIKEN_CACHE"]).glob("index-*"):
        index.unlink()
    with pytest.raises(StoreError, match=part.name):
        look(home)
    part.write_bytes(whole)
    assert stated(look(home), STOCK, date(2025, 6, 1)) == before


def test_readers_in_many_threads_see_the_same(archive: Archive) -> None:
    days = [date(2025, 6, 1) + timedelta(days=k) for k in range(40)]
    one_by_one = [stated(archive, STOCK, day) for day in days]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda day: stated(archive, STOCK, day), days * 3)) == one_by_one * 3


def test_reading_loads_no_engine(home: Path, archive: Archive) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from saiken.archive.archive import Archive;"
        "a = Archive.open(Path(sys.argv[1])); a.view('tic/holdings/JP', date(2026, 1, 25)).point_at(0);"
        "print(sorted({'pyarrow', 'numpy', 'holidays', 'pandas', 'rich'} & set(sys.modules)))"
    )
    for expected in (None, "[]"):  # the first run builds the index
        ended = subprocess.run(
            [sys.executable, "-c", code, home], check=True, capture_output=True, text=True
        )
        if expected:
            assert ended.stdout.strip() == expected
