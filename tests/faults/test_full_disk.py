"""A disk that is full, at every write and for real: a clear message, nothing lost, and it goes on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_fakes import STOCK, look, sheet, take
from fault_plan import FIRST, SECOND, SPRING, act, everything, publish

from saiken.archive import durable
from saiken.archive.errors import StoreError
from saiken.archive.store import Store

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
WRITES = ("opened", "written", "synced", "renamed", "settled")


def test_full_at_every_write(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(quick, FIRST)
    first = quick / "first"
    act("import", first, str(quick), first=True)
    before = everything(first)
    publish(quick, SECOND)
    whole = quick / "whole"
    shutil.copytree(first, whole)
    points: list[str] = []
    monkeypatch.setattr(durable, "at_step", points.append)
    act("import", whole, str(quick))
    after = everything(whole)

    met = 0

    def full(name: str) -> None:
        nonlocal met
        met += 1
        if met >= at and name in WRITES:
            raise FULL

    for at, step in enumerate(points, 1):
        if step not in WRITES:
            continue
        home, met = quick / f"{at}", 0
        shutil.copytree(first, home)
        monkeypatch.setattr(durable, "at_step", full)
        with pytest.raises(StoreError, match=r"No space left on device.*free some space"):
            act("import", home, str(quick))
        monkeypatch.setattr(durable, "at_step", len)
        found = everything(home)
        for series in {*before, *found}:
            stages = before.get(series, []), after.get(series, [])
            assert found.get(series, []) in stages, f"full at point {at}, {step}"
        act("import", home, str(quick))
        assert everything(home) == after, f"full at point {at}, {step}"
        assert not list(home.rglob("*.part"))
        shutil.rmtree(home)


@pytest.fixture
def small(quick: Path) -> Iterator[Path]:
    """A file system of its own with room for 256 KiB."""
    folder = quick / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _months(count: int, salt: int) -> dict[str, str]:
    labels = (f"{2000 + i // 12}-{i % 12 + 1:02}" for i in range(count))
    return {label: f"{(i * 7919 + salt * 104729) % 100003}.5" for i, label in enumerate(labels)}


def test_a_disk_that_fills_up_keeps_what_it_has(small: Path, tmp_path: Path) -> None:
    home, inbox = small / "home", tmp_path / "inbox"
    inbox.mkdir()
    taken = 0
    for number in range(200):
        (inbox / "a.json").write_bytes(sheet({STOCK: _months(300, number)}, SPRING))
        try:
            take(home, inbox)
        except StoreError as error:
            assert "No space left" in str(error)  # noqa: PT017 - which round it is does not matter
            break
        taken += 1
    assert 0 < taken < 200
    assert len(look(home).vintages(STOCK)) >= 300
    assert not list(home.rglob("*.part"))
    assert not list(Store(home).damaged())
    subprocess.run(["mount", "-o", "remount,size=4m", str(small)], check=True)
    assert take(home, inbox).count("read") == 1
    assert len(Store(home).parts()) == taken + 1


LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from archive_fakes import take
from saiken.archive.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    take(Path(sys.argv[2]), Path(sys.argv[3]))
except StoreError as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.parametrize("most", [0, 100, 2000])
def test_a_file_that_may_not_grow(quick: Path, most: int) -> None:
    home, inbox = quick / "home", quick / "inbox"
    inbox.mkdir()
    (inbox / "a.json").write_bytes(sheet({STOCK: _months(300, 1)}, SPRING))
    archive = str(Path(__file__).parents[1] / "archive")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, archive, str(home), str(inbox), str(most)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 3, done.stderr
    assert "File too large" in done.stdout
    assert not list(home.rglob("*.part"))
    assert look(home).series_ids() == []
    assert take(home, inbox).count("read") == 1
    assert len(look(home).vintages(STOCK)) == 300
