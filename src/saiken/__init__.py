"""saiken checks what a text says about sovereign debt against what the official statistics said."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saiken.archive.archive import Archive as Archive
    from saiken.doors.library import check as check
    from saiken.doors.library import series as series

__version__ = "0.1.0"
__all__ = ["Archive", "__version__", "check", "series"]

_HOMES = {
    "Archive": "saiken.archive.archive",
    "check": "saiken.doors.library",
    "series": "saiken.doors.library",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is: `import saiken` itself costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
