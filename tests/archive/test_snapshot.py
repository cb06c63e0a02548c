"""Snapshots: what goes in, that equal input gives equal bytes, and what damage is told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archive_fakes import CATALOG, RATE, STOCK, Calendars, sheet, stated, take_all

from saiken.archive import provenance
from saiken.archive.archive import Archive
from saiken.archive.errors import SnapshotError
from saiken.archive.snapshot import Snapshot, build_snapshot, embedded, open_snapshot

MARCH, APRIL = (datetime(2025, month, 15, 20, tzinfo=UTC) for month in (3, 4))
FILES = [
    sheet({STOCK: {"2025-01": "10.0"}, RATE: {"2025-06-12": "1.5"}}, MARCH),
    sheet(
        {STOCK: {"2025-01": "11.0", "2025-02": "12.0"}, "desk/closed/JP": {"2025-01": "1.0"}}, APRIL
    ),
]
LARGEST = 5_000_000


def build(home: Path, out: Path) -> Snapshot:
    return build_snapshot(home, out, catalog=CATALOG, calendars=Calendars())


@pytest.fixture
def snapshot(home: Path, inbox: Path, tmp_path: Path) -> Path:
    take_all(home, inbox, FILES)
    build(home, tmp_path / "snapshot")
    return tmp_path / "snapshot"


def look(snapshot: Path, home: Path) -> Archive:
    return Archive.open(home, catalog=CATALOG, snapshot=snapshot)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_snapshot_reads_like_the_archive_that_it_was_made_of(
    snapshot: Path, tmp_path: Path
) -> None:
    archive = look(snapshot, tmp_path / "empty")
    assert stated(archive, STOCK, date(2025, 3, 20)) == {"2025-01": (10.0, False)}
    assert stated(archive, STOCK, date(2025, 4, 20)) == {
        "2025-01": (11.0, False),
        "2025-02": (12.0, False),
    }
    assert archive.built_at == APRIL
    assert archive.newest == date(2025, 6, 12) or archive.newest == APRIL.date()
    assert [artifact.name for artifact in archive.artifacts()] == ["0.json", "1.json"]


def test_what_may_not_be_passed_on_is_left_out(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = look(snapshot, tmp_path / "empty")
    assert archive.series_ids() == [RATE, STOCK]
    known = {held.sha256: {"terms": "R"} for held in archive.artifacts() if held.name == "1.json"}
    monkeypatch.setattr(provenance, "register", lambda: known)
    take_all(tmp_path / "again", tmp_path / "in", FILES)
    build(tmp_path / "again", tmp_path / "narrow")
    narrow = look(tmp_path / "narrow", tmp_path / "empty")
    assert stated(narrow, STOCK, date(2025, 4, 20)) == {"2025-01": (10.0, False)}


def test_equal_input_gives_equal_bytes_in_whatever_order(
    snapshot: Path, home: Path, tmp_path: Path
) -> None:
    build(home, tmp_path / "second")
    assert content(tmp_path / "second") == content(snapshot)
    inbox = tmp_path / "other"
    inbox.mkdir()
    for number in (1, 0):
        folder = inbox / str(number)
        folder.mkdir()
        (folder / f"{number}.json").write_bytes(FILES[number])
        from archive_fakes import take  # noqa: PLC0415

        take(tmp_path / "turned", folder)
    build(tmp_path / "turned", tmp_path / "third")
    assert content(tmp_path / "third") == content(snapshot)


def test_the_users_archive_lies_over_the_snapshot(snapshot: Path, tmp_path: Path) -> None:
    own = sheet({STOCK: {"2025-02": "13.0"}}, datetime(2025, 5, 15, 20, tzinfo=UTC))
    take_all(tmp_path / "own", tmp_path / "in", [own])
    archive = look(snapshot, tmp_path / "own")
    assert stated(archive, STOCK, date(2025, 4, 20))["2025-02"] == (12.0, False)
    assert stated(archive, STOCK, date(2025, 5, 20)) == {
        "2025-01": (11.0, False),
        "2025-02": (13.0, False),
    }


def test_a_missing_snapshot_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="saiken import DIR"):
        look(tmp_path / "nowhere", tmp_path / "empty")


@pytest.mark.parametrize(
    "name", ["figures.parquet", "artifacts.parquet", "releases.parquet", "manifest.json"]
)
@pytest.mark.parametrize("damage", ["gone", "cut", "changed"])
def test_a_damaged_snapshot_is_found_out_even_after_an_index_was_made(
    snapshot: Path, tmp_path: Path, name: str, damage: str
) -> None:
    look(snapshot, tmp_path / "empty")
    path = snapshot / name
    whole = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        path.write_bytes(b"\x00" * len(whole))
    with pytest.raises(SnapshotError, match="snapshot"):
        look(snapshot, tmp_path / "empty")


def test_a_snapshot_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="import DIR"):
        build(tmp_path / "nothing", tmp_path / "out")


def test_the_embedded_snapshot_is_small_and_whole() -> None:
    snapshot = open_snapshot()
    snapshot.verify()
    assert sum(path.stat().st_size for path in embedded().iterdir()) <= LARGEST
    manifest = json.loads((embedded() / "manifest.json").read_text("utf-8"))
    assert manifest["figures"] > 500_000
