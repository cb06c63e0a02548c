"""Where the user's archive lives on this machine."""

from __future__ import annotations

import os
from pathlib import Path

APP = "saiken"


def home_dir(home: Path | None = None) -> Path:
    """The archive's folder: `home`, else $SAIKEN_HOME, else the user's data folder."""
    if home is not None:
        return home
    named = os.environ.get("SAIKEN_HOME")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - 10 ms that a set SAIKEN_HOME spares

    return Path(platformdirs.user_data_path(APP))
