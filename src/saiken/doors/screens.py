"""What standard output can show: its width, and whether colour is wanted."""

from __future__ import annotations

import os
import sys

from saiken.reports.terminal import Screen

PLAIN_WIDTH = 100
MAX_WIDTH = 110


def standard_screen() -> Screen:
    """Colour on a terminal only, and not with NO_COLOR or TERM=dumb."""
    if not sys.stdout.isatty():
        return Screen(PLAIN_WIDTH, colour=False)
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = PLAIN_WIDTH
    return Screen(min(columns or PLAIN_WIDTH, MAX_WIDTH), colour=not plain)


class Progress:
    """A count that is kept up to date on the last line of a terminal; silent elsewhere."""

    def __init__(self, *, quiet: bool = False, total: int | None = None) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._total = total
        self._next = 0.0

    def at(self, count: int, what: str) -> None:
        """Show that `count` of `what` are done, at most ten times a second."""
        if not self._shown:
            return
        from time import monotonic

        now = monotonic()
        if now < self._next:
            return
        self._next = now + 0.1
        of = f" of {self._total:,}" if self._total else ""
        print(f"\r\x1b[K{count:,}{of} {what}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
