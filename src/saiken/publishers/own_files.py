"""The CSV files of a user's own series: rows of periods, one column a series or one a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from saiken.publishers.delimited import decode, records
from saiken.publishers.table import Artifact, ParseError
from saiken.terms import places
from saiken.terms.figure import WITHHELD, Column
from saiken.terms.period import SPANS, Period

EVERY_COLUMN = "*"
"""`country`: every column that is named for nothing else is a country's."""
_NONE = frozenset({"", "-", ".", "..", "na", "n/a", "nan", "null"})
_MOST_NAMED = 12
"""How many names that are no country's an error lists."""

Countries = Mapping[str, str]
"""What the user's catalog says of names: `Korea, Rep.` -> KR; nothing for what is left out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a row a value stands, whose it is (`` if the row tells, or it is nobody's)."""

    column: int
    country: str = ""


def parse(
    name: str,
    series: Sequence[dict[str, Any]],
    countries: Countries,
    data: bytes,
    artifact: Artifact,
) -> Iterator[Column]:
    """The columns of every series of a file. ParseError names the line at fault."""
    del artifact
    whole = data if data.endswith(b"\n") else data + b"\n"
    rows = list(records(decode(whole, "utf-8-sig", "cp1252")))
    if not rows:
        raise ParseError("an empty file", 1)
    (_, header), *body = rows
    labels = [cell.strip() for cell in header]
    for one in series:
        yield from _columns(f"user/{name}/{one['id']}", one, labels, body, countries)


def _columns(
    series: str,
    about: dict[str, Any],
    labels: list[str],
    body: list[tuple[int, list[str]]],
    countries: Countries,
) -> Iterator[Column]:
    """A column for each country and day of publication; one, where the file tells neither."""
    at = _place(labels, about["date"], 0)
    stamp = _place(labels, about["published"], -1) if about["published"] else None
    whose = about["country"]
    by_row = _place(labels, whose, -1) if whose not in {"", EVERY_COLUMN} else None
    cells = _cells(labels, about, {at, stamp, by_row} - {None}, countries)
    found: dict[tuple[str, str], Column] = {}
    strange: dict[str, int] = {}
    for line, row in body:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(labels):
            raise ParseError(f"{len(row)} cells where the header has {len(labels)}", line)
        owner = _code(row[by_row], countries) if by_row is not None else ""
        if by_row is not None and not owner:
            if owner is None:
                strange.setdefault(row[by_row].strip(), line)
            continue
        period = _period(row[at], about["frequency"], line)
        published = row[stamp].strip() if stamp is not None else ""
        moment = _published(published, line)
        for cell in cells:
            key = (cell.country or owner or "", published)
            if key not in found:
                named = f"{series}/{key[0]}" if key[0] else series
                found[key] = Column(named, vintage_at=moment)
            _add(found[key], period, row[cell.column].strip(), line, cell.column, published)
    if strange:
        raise ParseError(_no_countries(strange), min(strange.values()))
    yield from (column for column in found.values() if len(column))


def _add(into: Column, period: Period, text: str, line: int, column: int, published: str) -> None:
    """A cell. One taken back says so with a day of its own; without, a blank says nothing."""
    start, end = period.start.toordinal(), period.end.toordinal()
    if text.casefold() in _NONE:
        if published:
            into.append(start, end, 0, WITHHELD, line, column + 1)
        return
    try:
        into.add(start, end, _plain(text), line, column + 1)
    except ValueError as error:
        raise ParseError(str(error), line) from None


def _plain(text: str) -> str:
    """A number as programs print it, `1.7e-05`, in digits; anything else as it is."""
    return f"{Decimal(text):f}" if _EXPONENT.match(text) else text


_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,2}\Z")


def _cells(
    labels: list[str], about: dict[str, Any], other: set[int | None], countries: Countries
) -> list[Cell]:
    """The cells of a row that hold values of the series."""
    if about["country"] != EVERY_COLUMN:
        after = next((i for i in range(1, len(labels) + 1) if i not in other), 1)
        return [Cell(_place(labels, about["value"], after))]
    codes = {i: _code(label, countries) for i, label in enumerate(labels) if i not in other}
    strange = [labels[i] for i, code in codes.items() if code is None]
    if strange:
        raise ParseError(_no_countries(strange), 1)
    cells = [Cell(i, code) for i, code in codes.items() if code]
    if not cells:
        told = "no column is a country's: name the one to read as `value`, without `country`"
        raise ParseError(told, 1)
    return cells


def _code(named: str, countries: Countries) -> str | None:
    """The code of a country; `` for what the catalog leaves out, None for what is none."""
    word = named.strip()
    return countries[word] if word in countries else places.code_of(word) or None


def _no_countries(strange: Sequence[str] | Mapping[str, int]) -> str:
    names = list(dict.fromkeys(strange))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    told = ", ".join(map(repr, names[:_MOST_NAMED]))
    return (
        f"no country is called {told}{more}: give codes under [countries] in the catalog file "
        f'("Korea, Rep." = "KR"; "World" = "" leaves it out)'
    )


def _place(labels: list[str], named: str, otherwise: int) -> int:
    if not named:
        if otherwise < len(labels):
            return otherwise
        raise ParseError("a date and a value need two columns", 1)
    if labels.count(named) != 1:
        raise ParseError(f"no column {named!r}, or two of them: there are {', '.join(labels)}", 1)
    return labels.index(named)


_YEAR = re.compile(r"0*[1-9]\d{0,3}\Z")


def _period(cell: str, frequency: str, line: int) -> Period:
    if frequency == "A" and _YEAR.match(cell.strip()):
        return Period.year(int(cell))
    try:
        given = Period.parse(cell.strip())
    except ValueError as error:
        raise ParseError(str(error), line) from None
    return given if given.frequency == frequency else SPANS[frequency](given.end)


def _published(cell: str, line: int) -> datetime | None:
    """A day counts to its end, a moment as it stands (UTC unless it says otherwise)."""
    if not cell:
        return None
    try:
        if len(cell) <= len("2026-01-25"):
            return datetime.combine(date.fromisoformat(cell), time(23, 59, 59), UTC)
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise ParseError(f"{cell!r} is no day of publication (write 2026-01-25)", line) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
