"""Files in the user's cache folder: what can be made again at any time, under a name that says of
what it was made.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from saiken.archive.places import cache_dirs, is_private

T = TypeVar("T")

_KEPT = 4


def cached(
    name: str,
    read: Callable[[Path], T | None],
    make: Callable[[Path], None],
    troubles: tuple[type[Exception], ...] = (OSError,),
) -> T | None:
    """The file `name` as `read` has it, made first by `make` where there is none that it can read.

    `make` writes under another name: nobody sees a half-written file. Of the files of one kind
    (what stands before the first `-`) the last few stay. `read` returns None for a file that is
    missing or damaged. None is returned where no folder can be written; `troubles` of `make` mean
    that too.
    """
    for folder in cache_dirs():
        path = folder / name
        found = read(path) if is_private(folder) else None
        if found is not None:
            return found
        with contextlib.suppress(*troubles):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_private(folder):
                continue
            temporary = folder / f".{name}.{os.getpid()}.{threading.get_ident()}"
            try:
                make(temporary)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            _tidy(folder, path)
            found = read(path)
            if found is not None:
                return found
    return None


def _tidy(folder: Path, newest: Path) -> None:
    """Keep the last few of a kind: of this state of the archive, and of others that may be in use."""

    def age(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    alike = f"{newest.name.partition('-')[0]}-*{newest.suffix}"
    for old in sorted(folder.glob(alike), key=age, reverse=True)[_KEPT:]:
        if old != newest:
            old.unlink(missing_ok=True)
