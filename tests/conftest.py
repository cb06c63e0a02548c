"""What the tests share: where the publishers' real files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SAIKEN_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the checkout; tests that need it skip where it is missing."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"real files not found: {SHARED} (set SAIKEN_SHARED to the folder that has them)")
    return SHARED
