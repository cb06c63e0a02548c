"""Several processes that serve at one address, so that answers use all of a machine's cores.

They are forked before anything is opened: what the code takes in memory is theirs together, the
archive is each one's own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from saiken.doors.errors import DoorError

POSSIBLE = hasattr(os, "fork")
SHORTEST = 5.0
"""Seconds that a process must have lived to be replaced when it dies: else it never will work."""


def crew(
    size: int, run: Callable[[int, Callable[[], None]], None], started: Callable[[], None]
) -> None:
    """Run `run(place, ready)` in `size` processes until told to stop; `started` once all are ready.

    A process that dies is replaced. Raises DoorError where one dies as soon as it was started.
    """
    came, ready = os.pipe()
    members: dict[int, float] = {}
    places: dict[int, int] = {}
    stopping = False
    parent = os.getpid()

    def is_ready() -> None:
        os.write(ready, b".")

    def join(place: int) -> None:
        pid = os.fork()
        if pid:
            members[pid], places[pid] = time.monotonic(), place
            return
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
            run(place, is_ready)
            code = 0
        except BaseException as error:  # noqa: BLE001 - nothing of the parent may run in the child
            print(f"saiken: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for pid in members:
            os.kill(pid, signal.SIGTERM)

    for place in range(size):
        join(place)
    before = {name: signal.signal(name, stop) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        if _all_came(came, size, members):
            started()
        while members:
            gone, _ = os.wait()
            lived = time.monotonic() - members.pop(gone)
            if stopping:
                continue
            if lived < SHORTEST:
                stop(signal.SIGTERM, None)
                raise DoorError(
                    "a process of the server died at its start", "run it with --workers 1"
                )
            join(places.pop(gone))
    finally:
        while members:
            gone, _ = os.wait()
            members.pop(gone, None)
        for name, handler in before.items():
            signal.signal(name, handler)
        os.close(came)
        os.close(ready)


def _end_with(parent: int) -> None:
    """Stop this process once the one that forked it is gone, however that ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _all_came(came: int, size: int, members: dict[int, float]) -> bool:
    """Wait until every process says that it is ready; False where one has died instead."""
    os.set_blocking(came, False)
    count = 0
    while count < size:
        try:
            count += len(os.read(came, size))
        except BlockingIOError:
            time.sleep(0.02)
        if any(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) for pid in members):
            return False
    return True
