"""Federal Reserve and others through FRED's `fredgraph.csv`: one series a column, by date.

The header names the series (`observation_date,DGS10`); where a re-saved copy has only
`date,value`, the file's name begins with it (`DGS10_...csv`). Missing is an empty cell or `.`.
What a series is stands in the catalog: there are entries for `h15/yield/{tenor}`, `h10/USDJPY`,
`h41/...` and, for the rest, `fred/{ID}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from saiken.publishers import catalog, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column
from saiken.terms.period import Period

_NAMED = {"DEXJPUS": "h10/USDJPY", "WMTSECL1": "h41/custody", "TREAST": "h41/treasuries_held"}
_MATURITY = re.compile(r"DGS(\d+)(MO)?\Z")
_ZERO_IS_NONE = frozenset({"WMTSECL1"})
"""Series that print a zero where the publisher published nothing yet (custody to 2007-06-27)."""

_HEADER = re.compile(r"\ufeff?(?:observation_date|date),(\w+(?:,\w+)*)\s*\n", re.IGNORECASE)
_ROW = re.compile(r"\d{4}-\d\d-\d\d,")
_FILE = re.compile(r"(?:.*[/\\])?([A-Z0-9]+)(?=[_.]|\Z)")
_DATES = {"observation_date", "date"}

_PERIODS: dict[str, Callable[[date], tuple[date, date]]] = {
    "D": lambda day: (day, day),
    "W": lambda day: (day - timedelta(days=6), day),
    "M": lambda day: _ends(Period.month(day.year, day.month)),
    "Q": lambda day: _ends(Period.quarter(day.year, (day.month + 2) // 3)),
    "A": lambda day: _ends(Period.year(day.year)),
}
"""FRED dates a month or a quarter by its first day, a week by its last."""


def _ends(period: Period) -> tuple[date, date]:
    return period.start, period.end


def series_of(fred_id: str) -> str | None:
    """The catalog's id of a FRED series, None if the catalog does not have it."""
    found = _MATURITY.match(fred_id)
    if found:
        return f"h15/yield/{found[1]}{'M' if found[2] else 'Y'}"
    series = _NAMED.get(fred_id, f"fred/{fred_id}")
    return series if catalog.load().entry(series) else None


def _ids(header: str, name: str) -> list[str]:
    """The FRED ids of the columns; a lone `value` is named by the file."""
    named = header.split(",")
    if len(named) == 1 and named[0].casefold() == "value":
        found = _FILE.match(name)
        return [found[1]] if found else [""]
    return named


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """One column a series. Raises ParseError for a series that the catalog does not have, a row
    of another width, a date that stands twice, and a file that does not end in a line end.
    """
    text = textfile.lines(data)
    cells = textfile.comma_cells(text[0].lstrip("\ufeff"))
    if cells[0].casefold() not in _DATES or len(cells) < 2:
        raise ParseError("the header does not begin with a date column: not a fredgraph.csv", 1)
    if text[-1].strip():
        raise ParseError("the file ends inside a line: it was cut, fetch it again", len(text))
    for place, fred_id in enumerate(_ids(",".join(cells[1:]), artifact.name), 1):
        yield _column(text, fred_id, place, len(cells))


def _column(text: list[str], fred_id: str, place: int, width: int) -> Column:
    series = series_of(fred_id)
    entry = catalog.load().entry(series) if series else None
    if series is None or entry is None:
        raise ParseError(f"no catalog entry for the FRED series {fred_id!r}: add one", 1)
    column = Column(series)
    span = _PERIODS[entry.frequency]
    zero_is_none = fred_id in _ZERO_IS_NONE
    days: set[date] = set()
    for line, content in enumerate(text[1:], 2):
        if not content.strip():
            continue
        cells = content.split(",")
        if len(cells) != width:
            raise ParseError(f"{len(cells)} cells, the header has {width}: is it cut?", line)
        try:
            day = date.fromisoformat(cells[0].strip())
            found = textfile.printed(cells[place], entry.decimals)
        except ValueError as error:
            raise ParseError(str(error), line) from error
        if day in days:
            raise ParseError(f"{day} stands twice", line)
        days.add(day)
        if found is None or (zero_is_none and not found[0]):
            continue
        start, end = span(day)
        column.append(start.toordinal(), end.toordinal(), *found, line, place + 1)
    if not days:
        raise ParseError("a header without rows: the file is cut", 1)
    return column


def _recognise(head: bytes, name: str) -> bool:
    """A date column and series that the catalog has, in the header or in the file's name."""
    text = textfile.decode(head).replace("\r\n", "\n")
    header = _HEADER.match(text)
    if not header or not _ROW.match(text[header.end() :]):
        return False
    return all(series_of(fred_id) for fred_id in _ids(header[1], name))


TABLES: tuple[Table, ...] = (
    Table(
        "fed/fredgraph",
        "fed",
        ("https://fred.stlouisfed.org/graph/fredgraph.csv?id={id}",),
        _recognise,
        _parse,
    ),
)
