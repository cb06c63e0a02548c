"""Tables with a date in one column and a series in each of the others: header and rows to columns.

Columns are told by their headers, so that their order does not matter. Whatever does not fit (an
unknown header, a row of another width, a date that stands twice or is none) is a ParseError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from saiken.publishers import catalog, textfile
from saiken.publishers.delimited import need_width
from saiken.publishers.table import ParseError
from saiken.terms.figure import Column
from saiken.terms.period import SPANS

Printed = tuple[int, int]
Row = Mapping[str, Printed | None]


def no_check(_row: Row) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`day` heads the dates; `series` says which series stands under which header, `ignored` which
    headers are left out. `zero_is_none` are headers under which a zero means "not known".
    `check(row)` says what is wrong with a row of figures by header, "" if nothing.
    `number(cell, decimals)` reads a cell; the decimals are those of the catalog.
    """

    day: str
    series: Mapping[str, str]
    ignored: frozenset[str] = frozenset()
    zero_is_none: frozenset[str] = frozenset()
    check: Callable[[Row], str] = no_check
    number: Callable[[str, int | None], Printed | None] = textfile.printed
    read_day: Callable[[str], date] = date.fromisoformat


def lay_out(header: list[str], line: int, layout: Layout) -> dict[str, int]:
    """Where each header stands. ParseError for one that is missing, twice there or not known."""
    names = [cell.strip() for cell in header]
    if len(set(names)) != len(names):
        raise ParseError("a header stands twice", line)
    needed = {layout.day, *layout.series}
    missing, unknown = needed - {*names}, {*names} - needed - layout.ignored
    if missing or unknown:
        what = f"no column {min(missing)!r}" if missing else f"a column {min(unknown)!r}"
        raise ParseError(f"{what}: the table is laid out otherwise", line)
    return {name: place for place, name in enumerate(names)}


def columns(rows: Iterable[tuple[int, list[str]]], layout: Layout) -> list[Column]:
    """The figures of numbered rows, the first of which is the header."""
    numbered = iter(rows)
    first = next(numbered, None)
    if first is None:
        raise ParseError("no header and no rows: the file was cut off")
    places = lay_out(first[1], first[0], layout)
    entries = {name: catalog.load().entry(series) for name, series in layout.series.items()}
    read = {name: Column(series) for name, series in layout.series.items()}
    spans = {name: SPANS[entry.frequency if entry else "D"] for name, entry in entries.items()}
    decimals = {name: entry.decimals if entry else None for name, entry in entries.items()}
    seen: set[date] = set()
    for line, cells in numbered:
        need_width(cells, len(places), line)
        day = _day(cells[places[layout.day]], layout, line)
        if day in seen:
            raise ParseError(f"{day} stands twice", line)
        seen.add(day)
        try:
            row = {name: layout.number(cells[places[name]], decimals[name]) for name in read}
        except ValueError as error:
            raise ParseError(str(error), line) from None
        fault = layout.check(row)
        if fault:
            raise ParseError(fault, line)
        for name, cell in row.items():
            if cell is None or (not cell[0] and name in layout.zero_is_none):
                continue
            period = spans[name](day)
            start, end = period.start.toordinal(), period.end.toordinal()
            read[name].append(start, end, *cell, line, places[name] + 1)
    if not seen:
        raise ParseError("a header and no rows below it: the file was cut off", first[0])
    return [column for column in read.values() if len(column)]


def _day(cell: str, layout: Layout, line: int) -> date:
    try:
        return layout.read_day(cell.strip())
    except ValueError:
        raise ParseError(f"{cell!r} is not a date", line) from None
