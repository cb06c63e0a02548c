"""A user's own series: a catalog file and a folder of CSV files make a publisher.

The file (TOML) names the publisher and tells each series: its CSV file, the columns of date and
value, title, unit, kind and frequency. See docs/archive.md. Series are called `user/<name>/<id>`.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from saiken.publishers.catalog import USERS
from saiken.publishers.delimited import decode, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import WITHHELD, Column
from saiken.terms.period import Period

KINDS = ("stock", "flow", "rate", "price", "ratio", "index", "level", "event")
FREQUENCIES: dict[str, Callable[[date], Period]] = {
    "D": Period.day,
    "W": Period.week_ending,
    "M": lambda day: Period.month(day.year, day.month),
    "Q": lambda day: Period.quarter(day.year, (day.month + 2) // 3),
    "A": lambda day: Period.year(day.year),
}
CALENDAR = "every_day"
"""By which a figure counts as known, where nothing else is said: at the end of its period."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_NONE = frozenset({"", "-", ".", "na", "n/a", "nan", "null"})
_NEEDED = ("id", "file", "title", "unit", "kind", "frequency")
_OPTIONAL = {
    "date": "", "value": "", "published": "", "calendar": CALENDAR, "revised": True, "names": [],
    "subject": "", "sign": "", "convention": "", "start": "",
}  # fmt: skip


class OwnCatalogError(ValueError):
    """A user's catalog file says something that cannot be; the message tells what."""


@dataclass(frozen=True, slots=True)
class Own:
    """A user's catalog as read. `entries` are the series as a catalog file of ours tells them."""

    name: str
    title: str
    credit: str
    version: int
    series: tuple[dict[str, Any], ...]

    @property
    def publisher(self) -> str:
        return f"user-{self.name}"

    def tables(self) -> list[Table]:
        """One table for each file pattern."""
        patterns = dict.fromkeys(one["file"] for one in self.series)
        return [self._table(pattern) for pattern in patterns]

    def content(self) -> dict[str, Any]:
        """What a catalog file of the package would say: publisher, series, measures."""
        owner = {
            "id": self.publisher,
            "name": self.title,
            "credit": self.credit,
            "terms": "the user's own",
            "redistribute": False,
        }
        told = ("title", "unit", "kind", "frequency", "calendar", "revised", "subject", "sign",
                "convention", "start")  # fmt: skip
        entries, measures = [], {}
        for one in self.series:
            series = f"user/{self.name}/{one['id']}"
            measure = f"{USERS}{self.name}_{one['id']}" if one["names"] else ""
            entries.append({"id": series, "measure": measure} | {key: one[key] for key in told})
            if measure:
                measures[measure] = {
                    "title": one["title"],
                    "kind": one["kind"],
                    "subject": one["subject"] or series,
                    "names": one["names"],
                }
        return {"publisher": owner, "series": entries, "measures": measures}

    def _table(self, pattern: str) -> Table:
        mine = [one for one in self.series if one["file"] == pattern]
        return Table(
            f"{self.publisher}/{pattern}",
            self.publisher,
            (),
            partial(_recognise, pattern),
            partial(_parse, self.name, mine),
            self.version,
        )


def read(text: str) -> Own:
    """Read a catalog file. Raises OwnCatalogError that names the entry and what is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OwnCatalogError(f"not TOML: {error}") from None
    name = content.get("name", "")
    if not isinstance(name, str) or not _NAME.match(name):
        raise OwnCatalogError("`name` must be there: small letters, digits, `-` and `_`")
    series = tuple(_entry(one, place) for place, one in enumerate(content.get("series", ()), 1))
    if not series:
        raise OwnCatalogError("no [[series]] in it")
    ids = [one["id"] for one in series]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise OwnCatalogError(f"the series {min(twice)!r} stands twice")
    title = content.get("title", name)
    return Own(name, title, content.get("credit", title), content.get("version", 1), series)


def _entry(given: dict[str, Any], place: int) -> dict[str, Any]:
    what = f"series {given.get('id', place)!r}"
    missing = [key for key in _NEEDED if not given.get(key)]
    if missing:
        raise OwnCatalogError(f"{what} lacks {', '.join(missing)}")
    strange = sorted(set(given) - {*_NEEDED, *_OPTIONAL})
    if strange:
        raise OwnCatalogError(f"{what}: {strange[0]!r} means nothing here")
    if not _NAME.match(str(given["id"])):
        raise OwnCatalogError(f"{what}: an id has small letters, digits, `-` and `_` only")
    for key, allowed in (("kind", KINDS), ("frequency", tuple(FREQUENCIES))):
        if given[key] not in allowed:
            raise OwnCatalogError(f"{what}: {key} is one of {', '.join(allowed)}")
    return {**_OPTIONAL, **given}


def _recognise(pattern: str, head: bytes, name: str) -> bool:
    return fnmatch.fnmatch(name, pattern) and b"\0" not in head


def _parse(
    name: str, series: Sequence[dict[str, Any]], data: bytes, artifact: Artifact
) -> Iterator[Column]:
    del artifact
    whole = data if data.endswith(b"\n") else data + b"\n"
    rows = list(records(decode(whole, "utf-8-sig", "cp1252")))
    if not rows:
        raise ParseError("an empty file", 1)
    (_, header), *body = rows
    labels = [cell.strip() for cell in header]
    for one in series:
        yield from _columns(f"user/{name}/{one['id']}", one, labels, body)


def _columns(
    series: str, about: dict[str, Any], labels: list[str], body: list[tuple[int, list[str]]]
) -> Iterator[Column]:
    """A column for each day of publication; one, where the file tells none."""
    at = _place(labels, about["date"], 0)
    value = _place(labels, about["value"], 1)
    stamp = _place(labels, about["published"], -1) if about["published"] else None
    found: dict[str, Column] = {}
    for line, cells in body:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(labels):
            raise ParseError(f"{len(cells)} cells where the header has {len(labels)}", line)
        period = _period(cells[at], about["frequency"], line)
        published = cells[stamp].strip() if stamp is not None else ""
        if published not in found:
            found[published] = Column(series, vintage_at=_published(published, line))
        start, end = period.start.toordinal(), period.end.toordinal()
        text = cells[value].strip()
        if text.casefold() in _NONE:
            if published:  # a figure taken back; without a day of its own a blank says nothing
                found[published].append(start, end, 0, WITHHELD, line, value + 1)
            continue
        try:
            found[published].add(start, end, text, line, value + 1)
        except ValueError as error:
            raise ParseError(str(error), line) from None
    yield from (column for column in found.values() if len(column))


def _place(labels: list[str], named: str, otherwise: int) -> int:
    if not named:
        if otherwise < len(labels):
            return otherwise
        raise ParseError("a date and a value need two columns", 1)
    if labels.count(named) != 1:
        raise ParseError(f"no column {named!r}, or two of them: there are {', '.join(labels)}", 1)
    return labels.index(named)


def _period(cell: str, frequency: str, line: int) -> Period:
    try:
        given = Period.parse(cell.strip())
    except ValueError as error:
        raise ParseError(str(error), line) from None
    return given if given.frequency == frequency else FREQUENCIES[frequency](given.end)


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
