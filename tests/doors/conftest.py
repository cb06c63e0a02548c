"""The real command in a process of its own, with nothing of the user's around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with an empty archive and a cache that all tests of a session share."""
    here = tmp_path_factory.mktemp("saiken")
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(here / "home"),
        "PYTHONPATH": str(SOURCE),
        # The connection of a read-only index may stay open until the process ends.
        "PYTHONWARNINGS": "error,ignore::ResourceWarning",
        "SAIKEN_HOME": str(here / "archive"),
        "SAIKEN_CACHE": str(here / "cache"),
    }


@pytest.fixture
def saiken(
    places: dict[str, str], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`saiken(*arguments, stdin=…, env=…)`: run in an empty folder, text in and out."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "saiken", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**places, **(env or {})},
            timeout=60,
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run
