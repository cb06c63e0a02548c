"""kill -9 at every point at which `import` and `sync` write: nothing lost, nothing half there."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_plan import FIRST, OPERATIONS, SECOND, act, everything, publish, releases

from saiken.archive import durable
from saiken.archive.store import Store


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """No line for each request."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which it is served."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def workers() -> Iterator[subprocess.Popen[str]]:
    """The program that does the second day, in a process of its own each time."""
    here = Path(__file__).parent
    paths = [str(here), str(here.parent / "archive"), *sys.path]
    with subprocess.Popen(
        [sys.executable, str(here / "fault_plan.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _order(process: subprocess.Popen[str], **order: object) -> tuple[int, list[str]]:
    """Have the second day done; the signal that ended it (0 if none) and the points that it met."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    told = json.loads(process.stdout.readline())
    return int(told["killed"]), told["points"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_at_every_write(
    quick: Path, site: tuple[Path, str], workers: subprocess.Popen[str], operation: str
) -> None:
    folder, address = site
    source = str(folder) if operation == "import" else address
    publish(folder, FIRST)
    first = quick / "first"
    act(operation, first, source, first=True)
    before = everything(first)
    publish(folder, SECOND)
    whole = quick / "whole"
    shutil.copytree(first, whole)
    killed, points = _order(workers, operation=operation, home=str(whole), source=source)
    after = everything(whole)
    assert not killed
    assert set(points) == {*durable.STEPS, durable.REMOVED}, "every kind of write occurs"
    assert after["desk/stock/JP"] != before["desk/stock/JP"]

    for at, step in enumerate(points, 1):
        home = quick / f"{at}"
        shutil.copytree(first, home)
        killed, _ = _order(workers, operation=operation, home=str(home), source=source, at=at)
        assert killed == 9
        met = everything(home)
        where = f"killed at point {at}, {step}"
        for series in {*before, *met}:
            stages = before.get(series, []), after.get(series, [])
            assert met.get(series, []) in stages, where
        act(operation, home, source)
        assert everything(home) == after, where
        assert releases(home) == releases(whole), where
        assert not list(home.rglob("*.part")), where
        assert not list(Store(home).damaged()), where
        assert _kept_apart(home) == _kept_apart(whole), where
        assert Store(home).releases_known(), where
        shutil.rmtree(home)


def _kept_apart(home: Path) -> set[str]:
    return {path.name for path in home.glob("quarantine/*/*")}
