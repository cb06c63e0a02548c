"""The embedded snapshot, opened once: what a first user has."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from saiken.archive.archive import Archive

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive of a user who has imported nothing."""
    return Archive.open(tmp_path_factory.mktemp("home"))
