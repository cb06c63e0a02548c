"""The small publisher of tests/archive serves here too; each test has its own cache."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))


@pytest.fixture(autouse=True)
def _own_cache(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAIKEN_CACHE", str(quick / "cache"))


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what a kill leaves does not depend on the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="saiken-") as folder:
        yield Path(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"
