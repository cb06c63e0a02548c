"""Where the archive lives on this machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from saiken.home import APP, home_dir

__all__ = ["cache_dirs", "home_dir", "is_private"]


def cache_dirs() -> Iterator[Path]:
    """Folders for what can be rebuilt, the preferred one first.

    The second is private to the user: in a shared temporary folder, a file under a known name
    could be anyone's.
    """
    named = os.environ.get("SAIKEN_CACHE")
    if named:
        yield Path(named)
    else:
        import platformdirs  # noqa: PLC0415 - see above

        yield Path(platformdirs.user_cache_path(APP))
    yield Path(tempfile.gettempdir()) / f"{APP}-{os.getuid() if hasattr(os, 'getuid') else 'user'}"


def is_private(folder: Path) -> bool:
    """Whether `folder` exists, belongs to this user and is not a link."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    return (
        folder.is_dir()
        and not folder.is_symlink()
        and (not hasattr(os, "getuid") or state.st_uid == os.getuid())
    )
