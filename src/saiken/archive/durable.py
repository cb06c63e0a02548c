"""Writes that happen whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from saiken.archive.errors import Busy, StoreError

STEPS = ("locked", "opened", "written", "synced", "renamed", "settled")
"""The points of a write at which a process may die. Tests stop it at each of them."""

REMOVED = "removed"
"""The point after a file that is no longer wanted is gone."""

at_step: Callable[[str], object] = len
"""Called with the name of each step. Does nothing here; tests put a fault in its place."""

_TEMPORARY = ".part"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path that becomes `path` once the block has written it.

    The new content is on disk before the name points to it, so that a reader (or the next start
    after a power cut) sees the old file or the new one, never half of one. Raises StoreError when
    the disk refuses.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        at_step("opened")
        yield temporary
        at_step("written")
        _sync(temporary)
        at_step("synced")
        temporary.replace(path)
        at_step("renamed")
        _sync(path.parent)
        at_step("settled")
    except OSError as error:
        msg = f"cannot write {path.name}: {error.strerror or error}"
        raise StoreError(
            msg, "free some space or choose another folder with SAIKEN_HOME"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def remove(path: Path) -> None:
    """Remove a file that is no longer wanted, if it is there."""
    if path.exists():
        path.unlink(missing_ok=True)
        at_step(REMOVED)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def lock(home: Path, patience: float = 30.0) -> Iterator[None]:
    """Hold the archive's write lock; readers need none. Raises Busy after `patience` seconds.

    The lock belongs to the open file, so that it ends with the process, however that ends.
    """
    import fcntl  # noqa: PLC0415 - writers only

    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(home / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        msg = f"cannot write to the archive at {home}: {error.strerror}"
        raise StoreError(msg, "choose another folder with SAIKEN_HOME") from error
    try:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    msg = f"another saiken process is writing to {home}"
                    raise Busy(msg, "wait for it to end and run the command again") from None
                time.sleep(0.05)
        at_step("locked")
        yield
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what killed writers left behind. Call with the lock held."""
    for left in folder.rglob(f".*{_TEMPORARY}"):
        left.unlink(missing_ok=True)
