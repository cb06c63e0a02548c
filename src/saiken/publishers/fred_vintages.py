"""FRED as somebody fetched it day after day: what its series said at known moments.

Two layouts: a JSON object with a moment and many series (`fetched_at`, `series`: id -> dates and
values), and a table of one series with the moment in each row. The moment is that of the fetch, not
of the publication: the vintage is `first_seen` then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from saiken.publishers import catalog, fed, jsonfile, textfile
from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column, Status
from saiken.terms.period import SPANS

_HEADER = ("vintage_date", "fetched_at", "observation_date")


def _moment(text: Any, line: int) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ParseError(f"{text!r} is not a moment with its time zone", line)
    return moment.astimezone(UTC)


def _day(text: Any, line: int) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ParseError(f"{text!r} is not a date", line) from None


def _column(fred_id: str, moment: datetime, sheet: str = "") -> Column:
    series = fed.series_of(fred_id)
    if series is None:
        raise ParseError(f"no catalog entry for the FRED series {fred_id!r}: add one", 1)
    return Column(series, Status.FINAL, moment, sheet, Basis.FIRST_SEEN)


def _add(column: Column, day: date, text: str, row: int, place: int) -> None:
    entry = catalog.load().entry(column.series)
    if entry is None:
        return
    try:
        cell = textfile.printed(text, entry.decimals)
    except ValueError as error:
        raise ParseError(f"{column.sheet} {error}".strip(), row) from None
    if cell is not None:
        period = SPANS[entry.frequency](day)
        column.append(period.start.toordinal(), period.end.toordinal(), *cell, row, place)


def _parse_cache(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """One column a series. Rows of the locators are the pairs of a series, the value the second.

    Series that the catalog does not have are left out: these files hold whatever their owner needed.
    """
    content = jsonfile.content(data)
    moment = _moment(content.get("fetched_at"), 1)
    held = content.get("series")
    if not isinstance(held, dict) or not held:
        raise ParseError("no series in it: not a cache of FRED")
    for fred_id, pairs in held.items():
        if fed.series_of(fred_id) is None:
            continue
        column = _column(fred_id, moment, fred_id)
        before = date.min
        for row, pair in enumerate(pairs, 1):
            if not isinstance(pair, list) or len(pair) != 2:
                raise ParseError(f"{fred_id}: entry {row} is not a date and a value")
            day = _day(pair[0], row)
            if day <= before:
                raise ParseError(f"{fred_id}: {day} stands after {before}", row)
            before = day
            _add(column, day, "" if pair[1] is None else str(pair[1]), row, 2)
        yield column


def _parse_vintages(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """One column a vintage."""
    (_, header), *rows = records(decode(data, "utf-8-sig"))
    if tuple(header[:3]) != _HEADER or len(header) != 4:
        raise ParseError("the columns are not vintage, moment, date and one series", 1)
    columns: dict[datetime, Column] = {}
    seen: set[tuple[datetime, date]] = set()
    for line, cells in rows:
        need_width(cells, 4, line)
        moment, day = _moment(cells[1], line), _day(cells[2], line)
        if _day(cells[0], line) != moment.date():
            raise ParseError(f"the vintage {cells[0]} was fetched on {moment:%Y-%m-%d}", line)
        if (moment, day) in seen:
            raise ParseError(f"{day} stands twice in the vintage of {cells[0]}", line)
        seen.add((moment, day))
        if moment not in columns:
            columns[moment] = _column(header[3], moment)
        _add(columns[moment], day, cells[3], line, 4)
    if not seen:
        raise ParseError("a header and no rows below it: the file was cut off", 1)
    yield from columns.values()


def _recognise_cache(head: bytes, _name: str) -> bool:
    return jsonfile.begins_with(head, "fetched_at") and '"series"' in textfile.decode(head)


def _recognise_vintages(head: bytes, _name: str) -> bool:
    header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
    return tuple(header[:3]) == _HEADER and len(header) == 4


TABLES: tuple[Table, ...] = (
    Table("fed/fred_cache", "fed", (), _recognise_cache, _parse_cache),
    Table("fed/fred_vintages", "fed", (), _recognise_vintages, _parse_vintages),
)
