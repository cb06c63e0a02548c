"""A page as a PDF, printed by a browser that is there already, without a window and a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMED = "SAIKEN_BROWSER"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "brave-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ALONE = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
PATIENCE = 120
"""Seconds after which a browser that has printed nothing is given up."""


class PrintError(Exception):
    """Nothing was printed; `hint` says what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def browser() -> str:
    """The program that prints: $SAIKEN_BROWSER, else the first that is found. Raises PrintError."""
    named = os.environ.get(NAMED)
    for name in (named,) if named else BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    told = f"{NAMED} names {named}, which is no program" if named else "no browser that prints was found"  # fmt: skip
    raise PrintError(
        told,
        f"install Chromium (Debian, Ubuntu: apt-get install chromium) or name one in {NAMED}; "
        "or write .html and print that",
    )


def printed(html: str) -> bytes:
    """A page that needs nothing else as a PDF, A4. Takes a second or two. Raises PrintError."""
    program = browser()
    # A browser refuses to lock itself in as root; the page has no script and may load nothing.
    unlocked = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="saiken-", ignore_cleanup_errors=True) as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, "utf-8")
        where = (f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri())
        try:
            done = subprocess.run(  # noqa: S603 - a program of the user's own, on a file of ours
                [program, *ALONE, *unlocked, *where],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                timeout=PATIENCE, check=False,
            )  # fmt: skip
            told = done.stderr.decode("utf-8", "replace").strip()[-300:]
        except subprocess.TimeoutExpired:
            told = f"it did not end within {PATIENCE} seconds"
        except OSError as error:
            told = error.strerror or str(error)
        content = out.read_bytes() if out.is_file() else b""
    if not content.startswith(b"%PDF"):
        raise PrintError(
            f"{Path(program).name} printed nothing: {told}",
            f"name another browser in {NAMED}, or write .html and print that",
        )
    return content
