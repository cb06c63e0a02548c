"""Scripts, styles and the chart library, each under an address that changes with its content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import threading
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from saiken.archive.places import cache_dirs, is_private
from saiken.reports.charts import VEGALITE
from saiken.reports.html import style

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
LIBRARY = "vega.js"
OWN = ("saiken.js", "theme.js", "htmx.min.js")

PACK = """
import sys, vl_convert
sys.stdout.buffer.write(vl_convert.javascript_bundle(vl_version=sys.argv[1]).encode())
"""

_building = threading.Lock()


def load() -> dict[str, bytes]:
    """Every file that is ready at once, by name."""
    here = files("saiken.doors.web").joinpath("static")
    found = {name: here.joinpath(name).read_bytes() for name in OWN}
    return {"saiken.css": style().encode(), **found}


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def library_version() -> str:
    return version("vl-convert-python")


@cache
def library() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as vl-convert packs them.

    Packing takes seconds and half a gigabyte: it is done in a process of its own, once, and kept in
    the user's cache folder.
    """
    name = f"vega-{library_version()}-{VEGALITE}.js"
    with _building:
        for folder in cache_dirs():
            if is_private(folder):
                with contextlib.suppress(OSError):
                    return (folder / name).read_bytes()
        isolated = ["-I"] if sys.flags.isolated else []
        command = [sys.executable, *isolated, "-c", PACK, VEGALITE]
        packed = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - ours
        _store(name, packed)
    return packed


def _store(name: str, packed: bytes) -> None:
    for folder in cache_dirs():
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_private(folder):
                continue
            temporary = folder / f".{name}.{os.getpid()}"
            temporary.write_bytes(packed)
            temporary.replace(folder / name)
            return


def prepare() -> threading.Thread:
    """Have the library packed in the background, before the first chart asks for it."""
    thread = threading.Thread(target=library, name="vega", daemon=True)
    thread.start()
    return thread
