"""Bank of England: nominal gilt curves of each day, spot (zero-coupon) and instantaneous forward.

Per cent, 0.5 to 40 years, and 1 to 60 months on sheets of their own. These are points of a fitted curve, not yields of bonds: quoted gilt yields are
redemption yields and differ by some basis points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from saiken.publishers import workbook
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_SHEET = re.compile(r"\d\. (?P<curve>fwds?|spot)(?P<short>, short end| curve)\Z")
_CURVES = {"fwd": "forward", "fwds": "forward", "spot": "spot"}
_TITLES = {"forward": "UK instantaneous nominal forward curve", "spot": "UK nominal spot curve"}
_NAME = re.compile(r"GLC[ _%20-]*Nominal.*\.xlsx\Z", re.IGNORECASE)
_HALF_YEAR = 6


def _tenor(months: int) -> str:
    return f"{months // 12}Y" if months % 12 == 0 else f"{months}M"


def _maturities(rows: list[list[Any]], sheet: str) -> tuple[int, dict[int, int]]:
    """The row of the years and column -> months, from the years that head the columns."""
    at = next((i for i, row in enumerate(rows[:8]) if row and row[0] == "years:"), None)
    if at is None:
        raise ParseError(f"sheet {sheet!r} has no row that begins with `years:`", 1)
    found = {}
    for place, cell in enumerate(rows[at][1:], 1):
        if cell in ("", None):
            continue
        months = round(cell * 12) if isinstance(cell, float) else 0
        if not months or abs(months - cell * 12) > 1e-4:
            raise ParseError(f"sheet {sheet!r}: {cell!r} is not a maturity in whole months", at + 1)
        found[place] = months
    if len(set(found.values())) != len(found) or list(found.values()) != sorted(found.values()):
        raise ParseError(f"sheet {sheet!r}: the maturities are not in their order", at + 1)
    return at, found


def _read(name: str, rows: list[list[Any]], curve: str, *, short: bool) -> Iterator[Column]:
    """The curves of a sheet. Of the short end only months that the other sheet does not have."""
    title = next((text for row in rows[:1] for text in map(workbook.text_of, row) if text), "")
    if not title.startswith(_TITLES[curve]):
        raise ParseError(f"sheet {name!r} is titled {title!r}, not {_TITLES[curve]!r}", 1)
    at, maturities = _maturities(rows, name)
    columns = {
        place: Column(f"boe/gilt/{curve}/{_tenor(months)}", sheet=name)
        for place, months in maturities.items()
        if not short or months % _HALF_YEAR
    }
    last = None
    for number, row in enumerate(rows[at + 1 :], at + 2):
        day = workbook.day_of(row[0]) if row else None
        if day is None:
            # A row of `Refresh` or `#VALUE!` stands above the data, blank ones below.
            if any(isinstance(cell, float) for cell in row):
                raise ParseError(f"sheet {name!r}: {row[0]!r} is not a date", number)
            continue
        if last is not None and day <= last:
            raise ParseError(f"sheet {name!r}: {day} stands after {last}", number)
        last = day
        for place, column in columns.items():
            cell = workbook.number(row[place], number, place + 1)
            if cell is not None:
                column.append(day.toordinal(), day.toordinal(), *cell, number, place + 1)
    if last is None:
        raise ParseError(f"sheet {name!r}: maturities and no days below them", at + 1)
    yield from (column for column in columns.values() if len(column))


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    found = 0
    for name, rows in workbook.sheets(data, lambda name: bool(_SHEET.match(name))).items():
        about = _SHEET.match(name)
        if about:
            found += 1
            yield from _read(name, rows, _CURVES[about["curve"]], short="short" in about["short"])
    if found != 4:
        raise ParseError(f"{found} of the four sheets of curves are in this workbook")


def _recognise(head: bytes, name: str) -> bool:
    """A workbook shows its kind only: its sheets lie deep inside, so the name must tell."""
    return head.startswith(workbook.ZIP) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "boe/gilt_curves",
        "boe",
        (
            "https://www.bankofengland.co.uk/-/media/boe/files/statistics/yield-curves/latest-yield-curve-data.zip",
        ),
        _recognise,
        _parse,
    ),
)
