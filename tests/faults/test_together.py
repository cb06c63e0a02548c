"""Several processes at one archive: writers take turns, readers never wait and see whole files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archive_fakes import look, sheet, take
from fault_plan import SPRING

from saiken.archive.store import Store

ROUNDS = 12
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from archive_fakes import take
home, inbox = Path(sys.argv[2]), Path(sys.argv[3])
for file in sorted(inbox.iterdir()):
    assert take(home, file).count("quarantined") == 0
"""
REREADER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from archive_fakes import TABLE, take
for version in range(2, 2 + int(sys.argv[4])):
    table = replace(TABLE, version=version)
    report = take(Path(sys.argv[2]), Path(sys.argv[3]), recognise=lambda *_: table)
    assert report.count("read") >= 1
    assert report.count("quarantined") == 0
"""
READER = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from archive_fakes import look
home, count, opened = Path(sys.argv[2]), 0, 0
print("reading", flush=True)
while not Path(sys.argv[3]).exists():
    archive = look(home)
    for series in archive.series_ids():
        for figure in archive.vintages(series):
            assert str(figure.value) == figure.series.rpartition("/")[2] + ".5", figure
            assert archive.artifact(figure.artifact_sha256) is not None, figure
    found = len(archive.series_ids())
    assert found >= count, "what was there is gone"
    count, opened = found, opened + 1
print(count, opened)
"""


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a script in a process of its own; whichever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []
    archive = str(Path(__file__).parents[1] / "archive")

    def started(script: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, archive, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        running.append(process)
        return process

    yield started
    for process in running:
        process.kill()
        process.communicate()


def _ended(process: subprocess.Popen[str]) -> str:
    told, trouble = process.communicate(timeout=120)
    assert process.returncode == 0, trouble
    return told


def _inbox(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        data = sheet({f"desk/stock/{number}": {"2025-01": f"{number}.5"}}, SPRING)
        (folder / f"{number:02}.json").write_bytes(data)
    return folder


def test_writers_take_turns(quick: Path, start: Start) -> None:
    home = quick / "home"
    first = _inbox(quick / "first", range(ROUNDS))
    second = _inbox(quick / "second", range(ROUNDS // 2, ROUNDS * 3 // 2))
    for process in [start(WRITER, home, inbox) for inbox in (first, second, first)]:
        _ended(process)
    assert len(look(home).series_ids()) == ROUNDS * 3 // 2
    assert not list(Store(home).damaged())
    assert not list(home.rglob("*.part"))
    assert Store(home).releases_known()
    state = Store(home).state()
    for inbox in (first, second):
        assert take(home, inbox).count("unchanged") == ROUNDS
    assert Store(home).state() == state


def test_readers_see_whole_files_while_others_write_and_replace(quick: Path, start: Start) -> None:
    home, end = quick / "home", quick / "end"
    first = _inbox(quick / "first", range(ROUNDS))
    take(home, first)
    readers = [start(READER, home, end) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
    second = _inbox(quick / "second", range(ROUNDS, 2 * ROUNDS))
    for writer in (start(WRITER, home, second), start(REREADER, home, first, 3)):
        _ended(writer)
    end.touch()
    for reader in readers:
        count, opened = map(int, _ended(reader).split())
        assert ROUNDS <= count <= 2 * ROUNDS
        assert opened >= 2
    assert len(look(home).series_ids()) == 2 * ROUNDS
