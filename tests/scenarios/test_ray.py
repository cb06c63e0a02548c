"""Draws spread over the tasks of a local Ray cluster are those of one process, to the bit."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from saiken.scenarios import calibration, running
from saiken.scenarios.balance import Sheet
from saiken.scenarios.calibration import Calibration
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import make
from saiken.scenarios.scenario import Sale, Scenario

HERE = Path(__file__).parent
DRAWS = 3 * running.CHUNK + 100
SPREAD = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from test_ray import digest
from sheets import made
print(digest(made(), on="ray"))
"""


def digest(sheet: Sheet, on: str) -> str:
    """Of all bits of a run in four chunks."""
    known = calibration.load()
    plan = make(Scenario("spread", sale=Sale("JP:mof", 300.0, 2), horizon=12), sheet, known)
    result = running.run(plan, draws=DRAWS, seed=7, workers=2, on=on)
    return hashlib.sha256(
        result.columns.tobytes() + result.counts.tobytes() + result.fans.tobytes()
    ).hexdigest()


@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed (saiken[ray])")
def test_a_cluster_gives_the_bits_of_threads(sheet: Sheet, tmp_path: Path) -> None:
    """In a process of its own: Ray starts servers and threads, and writes to the home folder."""
    paths = [str(HERE.parents[1] / "src"), str(HERE)]
    env = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(paths)}
    told = subprocess.run(
        [sys.executable, "-c", SPREAD], env=env, capture_output=True, text=True, timeout=300,
        check=True,
    )  # fmt: skip
    assert told.stdout.split()[-1] == digest(sheet, "threads")


def test_a_cluster_that_does_not_start_is_told(
    sheet: Sheet, known: Calibration, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck:
        def is_initialized(self) -> bool:
            return False

        def init(self, **_: object) -> None:
            raise Exception("The current node timed out during startup.")  # noqa: TRY002 - as Ray does

    monkeypatch.setitem(sys.modules, "ray", Stuck())
    with pytest.raises(ScenarioError, match="Ray did not start: The current node timed out"):
        running.run(make(Scenario("none"), sheet, known), draws=10, on="ray")


def test_without_ray_the_way_is_told(
    sheet: Sheet, known: Calibration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ScenarioError, match="ray is not installed") as refused:
        running.run(make(Scenario("none"), sheet, known), draws=10, on="ray")
    assert "saiken[ray]" in refused.value.hint
