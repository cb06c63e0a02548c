"""Open, high, low and close of a day: what tables of daily bars share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from saiken.publishers.dated import Row

SIDES = ("open", "high", "low", "close")
_US_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})\Z")


def iso_or_us_day(text: str) -> date:
    """`2026-07-23` or `07/23/2026`. ValueError for anything else."""
    found = _US_DAY.match(text)
    return date(int(found[3]), int(found[1]), int(found[2])) if found else date.fromisoformat(text)


def check(heading: Callable[[str], str], slack: float = 0.0) -> Callable[[Row], str]:
    """A check that a bar's low and high enclose its close; `heading` names the columns.

    Opens lie outside now and then in real files (a first quote that is no trade). `slack` is the
    share of the price by which a vendor's own rounding may break the rule.
    """
    names = [heading(side) for side in SIDES]

    def enclosed(row: Row) -> str:
        cells = [row[name] for name in names]
        if None in cells:
            return "" if not any(cells) else "a bar lacks one of its four prices"
        start, high, low, close = (cell[0] / 10 ** cell[1] for cell in cells if cell)
        room = slack * high
        if min(low, start) <= 0:
            return f"{min(low, start)} is no price"
        if not low - room <= close <= high + room:
            return f"a low of {low} and a high of {high} do not enclose the close of {close}"
        return ""

    return enclosed
