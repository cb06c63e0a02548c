"""The embedded snapshot, opened once: what a first user has."""

from __future__ import annotations

import pytest

from saiken.archive.archive import Archive


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive of a user who has imported nothing."""
    return Archive.open(tmp_path_factory.mktemp("home"))
