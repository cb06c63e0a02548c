"""US Treasury: the daily par yield curve, per cent, semi-annual, close of the business day.

One layout a year of publication and two of re-saved copies: the header names the tenors (`1 Mo`,
`1.5 Month`, `10 Yr`, quoted or not, in any order), dates are MM/DD/YYYY, M/D/YY or ISO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from saiken.publishers import catalog, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_TENOR = re.compile(r"(\d+(?:\.\d+)?) (Mo|Month|Yr|Year)s?\Z")
_UNITS = {"Mo": "M", "Month": "M", "Yr": "Y", "Year": "Y"}
_HEADER = re.compile(r'\ufeff?"?Date"?,(?:"?\d+(?:\.\d+)? (?:Mo|Month|Yr|Year)"?,?)+\s*(?:\n|\Z)')
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})\Z")
_URL = (
    "https://home.treasury.gov/resource-center/data-chart-center/interest-rates/"
    "daily-treasury-rates.csv/{year}/all?type=daily_treasury_yield_curve"
    "&field_tdr_date_value={year}&_format=csv"
)
_FIRST_OF_CENTURY = 62
"""Two-digit years from 62 on are 19xx: the constant-maturity curve begins in 1962."""


def tenor(name: str) -> str:
    """`1 Mo` -> `1M`, `1.5 Month` -> `1.5M`, `10 Yr` -> `10Y`. ValueError for anything else."""
    found = _TENOR.match(name.strip())
    if not found:
        raise ValueError(f"not a tenor: {name!r}")
    return f"{found[1]}{_UNITS[found[2]]}"


def _ordinal(text: str) -> int:
    found = _AMERICAN.match(text)
    if not found:
        return date.fromisoformat(text).toordinal()
    month, day, year = (int(part) for part in found.groups())
    if year < 100:
        year += 1900 if year >= _FIRST_OF_CENTURY else 2000
    return date(year, month, day).toordinal()


def _parse_par(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """Columns `ust/par/{tenor}`. Empty cells are days without that yield; they are left out.

    Raises ParseError for a header that is none, a row that is too short or too long, a day that
    stands twice, and a last line that was cut.
    """
    del artifact
    text = textfile.lines(data)
    names = textfile.comma_cells(text[0].lstrip("\ufeff"))
    try:
        columns = [Column(f"ust/par/{tenor(name)}") for name in names[1:]]
    except ValueError as error:
        raise ParseError(f"{error} in the header", 1) from error
    if names[0] != "Date" or not columns:
        raise ParseError("the header does not begin with `Date` and tenors", 1)
    if len(set(names)) != len(names):
        raise ParseError("a tenor stands twice in the header", 1)
    entry = catalog.load().entry(columns[0].series)
    decimals = entry.decimals if entry else None
    days: set[int] = set()
    for line, content in enumerate(text[1:], 2):
        if content.strip():
            _read_row(textfile.comma_cells(content), columns, decimals, days, line)
    # The publisher's file has no final line end, so that a cut shows only in the last cell.
    last = textfile.comma_cells(text[-1])[-1]
    if last and not re.search(r"\.\d\d\Z", last):
        raise ParseError(f"the file ends in {last!r}: it was cut", len(text))
    if not days:
        raise ParseError("a header without rows: the file is cut", 1)
    yield from (column for column in columns if len(column))


def _read_row(
    cells: list[str], columns: list[Column], decimals: int | None, days: set[int], line: int
) -> None:
    if len(cells) != len(columns) + 1:
        msg = f"{len(cells)} cells, the header has {len(columns) + 1}: is it cut?"
        raise ParseError(msg, line)
    try:
        day = _ordinal(cells[0])
        found = [textfile.printed(cell, decimals) for cell in cells[1:]]
    except ValueError as error:
        raise ParseError(str(error), line) from error
    if day in days:
        raise ParseError(f"{cells[0]} stands twice", line)
    days.add(day)
    for place, (column, value) in enumerate(zip(columns, found, strict=True), 2):
        if value is not None:
            column.append(day, day, *value, line, place)


def _recognise(head: bytes, name: str) -> bool:
    del name
    return bool(_HEADER.match(textfile.decode(head).replace("\r", "")))


TABLES: tuple[Table, ...] = (
    Table(
        "treasury/par_yields",
        "treasury",
        (_URL,),
        _recognise,
        _parse_par,
    ),
)
