"""Importing: what becomes of each file, and that nothing on the way is lost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from archive_fakes import CATALOG, RATE, STOCK, TABLE, Calendars, look, sheet, stated, take

from saiken.archive import durable
from saiken.archive.errors import Busy, StoreError
from saiken.archive.store import Store
from saiken.publishers.table import Artifact, Table

MARCH = datetime(2025, 3, 15, 20, tzinfo=UTC)
ONE = sheet({STOCK: {"2025-01": "10.0"}}, MARCH)
TWO = sheet({STOCK: {"2025-01": "10.0", "2025-02": "12.0"}}, datetime(2025, 4, 15, 20, tzinfo=UTC))


def test_each_file_is_accounted_for(home: Path, inbox: Path) -> None:
    (inbox / "below").mkdir()
    (inbox / "below" / "b.json").write_bytes(TWO)
    (inbox / "a.json").write_bytes(ONE)
    (inbox / "bad.json").write_bytes(b'{"fault": 7}')
    (inbox / "broken.json").write_bytes(b"{half")
    (inbox / "nothing.json").write_bytes(b'{"series": {}}')
    (inbox / "other.json").write_bytes(sheet({"elsewhere/x": {"2025-01": "1"}}, MARCH))
    (inbox / "page.html").write_bytes(b"<html>")
    seen: list[tuple[int, int, str]] = []
    report = take(home, inbox, progress=lambda *step: seen.append(step))
    rows = {row.file: row for row in report.rows}
    assert [row.file for row in report.rows] == [
        "a.json",
        "bad.json",
        "broken.json",
        "nothing.json",
        "other.json",
        "page.html",
        "below/b.json",
    ]
    assert (rows["a.json"].status, rows["a.json"].figures, rows["a.json"].new) == ("read", 1, 1)
    assert (rows["below/b.json"].figures, rows["below/b.json"].new) == (2, 1)
    assert (rows["bad.json"].status, rows["bad.json"].line) == ("quarantined", 7)
    assert rows["bad.json"].reason == "line 7: a wrong total"
    assert all(
        rows[name].status == "quarantined" for name in ("broken.json", "nothing.json", "other.json")
    )
    assert rows["page.html"].status == "unknown"
    assert (report.count("read"), report.figures, report.new) == (2, 3, 2)
    assert seen[-1] == (7, 7, "")
    assert take(home, inbox).count("unchanged") == 2


def test_a_quarantined_file_is_kept_with_its_reason_and_freed_once_it_parses(
    home: Path, inbox: Path
) -> None:
    path = inbox / "bad.json"
    path.write_bytes(b'{"fault": 7}')
    take(home, path)
    sha = sha256(path.read_bytes()).hexdigest()
    kept = home / "quarantine" / sha[:2] / sha
    assert kept.read_bytes() == path.read_bytes()
    assert "a wrong total" in kept.with_name(f"{sha}.json").read_text("utf-8")

    def lenient(data: bytes, artifact: Artifact):  # type: ignore[no-untyped-def]
        del data
        return TABLE.parse(ONE, artifact)

    table = replace(TABLE, parse=lenient)
    assert take(home, path, recognise=lambda *_: table).count("read") == 1
    assert not kept.exists()


def test_raw_files_are_kept_by_their_hash_and_damage_is_found(home: Path, inbox: Path) -> None:
    (inbox / "a.json").write_bytes(ONE)
    take(home, inbox)
    sha = sha256(ONE).hexdigest()
    store = Store(home)
    raw = store.raw_path(sha)
    assert raw.read_bytes() == ONE
    assert [holding.sha256 for holding in store.holdings()] == [sha]
    assert list(store.damaged()) == []
    raw.write_bytes(ONE[:-1])
    assert list(store.damaged()) == [sha]


def test_only_what_is_new_is_written(home: Path, inbox: Path) -> None:
    days = {"2025-06-12": "1.5", "2025-06-13": "1.52"}
    (inbox / "1.json").write_bytes(sheet({RATE: days}))
    (inbox / "2.json").write_bytes(sheet({RATE: {**days, "2025-06-16": "1.6"}}))
    report = take(home, inbox)
    assert [row.new for row in report.rows] == [2, 1]
    assert sum(map(len, Store(home).figures().series.values())) == 3


def test_links_out_of_the_folder_and_giant_files_are_left_alone(
    home: Path, inbox: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.json"
    secret.write_bytes(ONE)
    (inbox / "link.json").symlink_to(secret)
    (inbox / "folder").symlink_to(tmp_path)
    (inbox / "giant.json").write_bytes(TWO)
    report = take(home, inbox, largest=len(TWO) - 1)
    rows = {row.file: row for row in report.rows}
    assert set(rows) == {"link.json", "giant.json"}
    assert "leads out" in rows["link.json"].reason
    assert "limit" in rows["giant.json"].reason
    assert not list(home.glob("raw/*/*"))


def test_a_missing_folder_is_said_so(home: Path, inbox: Path) -> None:
    with pytest.raises(StoreError, match="there is no file or folder"):
        take(home, inbox / "nowhere")


def test_two_writers_do_not_meet(home: Path) -> None:
    with (
        durable.lock(home),
        pytest.raises(Busy, match="another saiken process"),
        durable.lock(home, patience=0.1),
    ):
        pytest.fail("both hold the lock")


def test_a_newer_parser_reads_again_and_nothing_that_leant_on_the_old_reading_is_lost(
    home: Path, inbox: Path
) -> None:
    early, late = (
        sheet({STOCK: {"2025-01": "10.0", "2025-02": value}}, MARCH) for value in ("5.0", "6.0")
    )
    (inbox / "1.json").write_bytes(early)
    (inbox / "2.json").write_bytes(late)
    take(home, inbox)

    def without_first(data: bytes, artifact: Artifact):  # type: ignore[no-untyped-def]
        for column in TABLE.parse(data, artifact):
            if data == early:
                for values in (
                    column.starts,
                    column.ends,
                    column.digits,
                    column.decimals,
                    column.rows,
                    column.columns,
                ):
                    del values[0]
            yield column

    newer = replace(TABLE, version=2, parse=without_first)

    def recognise(data: bytes, name: str) -> Table:
        del name
        return newer if data == early else TABLE

    report = take(home, inbox, recognise=recognise)
    assert [row.status for row in report.rows] == ["read", "unchanged"]
    assert stated(look(home), STOCK, date(2025, 3, 20))["2025-01"] == (10.0, False)
    assert len(Store(home).parts()) == 2


class Killed(BaseException):
    """Not an Exception: nothing between the fault and the test may catch it."""


FAULTS = [("locked", 1), *((step, nth) for step in durable.STEPS[1:] for nth in range(1, 5))]


@pytest.mark.parametrize(("step", "nth"), FAULTS)
def test_a_fault_at_any_step_leaves_the_archive_readable(
    home: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    (inbox / "1.json").write_bytes(ONE)
    take(home, inbox)
    before = stated(look(home), STOCK, date(2025, 4, 20))
    (inbox / "2.json").write_bytes(TWO)
    met = 0

    def fault(name: str) -> None:
        nonlocal met
        met += name == step
        if name == step and met == nth:
            raise Killed

    monkeypatch.setattr(durable, "at_step", fault)
    with pytest.raises(Killed):
        take(home, inbox)
    monkeypatch.undo()
    after = {**before, "2025-02": (12.0, False)}
    assert stated(look(home), STOCK, date(2025, 4, 20)) in (before, after)
    take(home, inbox)
    assert stated(look(home), STOCK, date(2025, 4, 20)) == after


KILL = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from archive_fakes import take
from saiken.archive import durable
durable.at_step = lambda name: os._exit(9) if name == sys.argv[4] else None
take(Path(sys.argv[2]), Path(sys.argv[3]))
"""


@pytest.mark.parametrize("step", ["written", "renamed"])
def test_a_killed_process_leaves_nothing_that_the_next_one_minds(
    home: Path, inbox: Path, step: str
) -> None:
    (inbox / "1.json").write_bytes(ONE)
    here = str(Path(__file__).parent)
    ended = subprocess.run([sys.executable, "-c", KILL, here, home, inbox, step], check=False)
    assert ended.returncode == 9
    assert list(home.rglob(".*.part")) or step == "renamed"
    assert stated(look(home), STOCK, date(2025, 4, 1)) == {}
    take(home, inbox)
    assert stated(look(home), STOCK, date(2025, 4, 1)) == {"2025-01": (10.0, False)}
    assert not list(home.rglob(".*.part"))


def test_a_full_disk_is_said_so(home: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (inbox / "1.json").write_bytes(ONE)

    def full(name: str) -> None:
        if name == "written":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "at_step", full)
    with pytest.raises(StoreError, match="No space left on device"):
        take(home, inbox)


def test_fakes_keep_their_promises() -> None:
    assert CATALOG.entry(STOCK) is not None
    assert Calendars().next_release("monthly", MARCH).day == date(2025, 4, 15)
