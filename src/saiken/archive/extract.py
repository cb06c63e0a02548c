"""A part of an archive as plain values: what was asked of it, and the source that answers again.

Every figure is a row `[from, period, number, vintage, day, line, column, check]`: `from` is the
place in the series' `from` list (artifact, sheet, status, basis, parser, when recorded); the number
is the text printed, null where the publisher withheld it; `check` is the CRC-32 of the other seven,
each on a line, so that a changed byte is told by its figure.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import Any

from saiken.archive.asof import is_plain
from saiken.archive.errors import ArchiveError
from saiken.archive.holding import Holding
from saiken.archive.index import COLD, HOT, Timetable, first_out
from saiken.archive.recorder import Recorder
from saiken.archive.revisions import Key
from saiken.archive.source import Cells, Source
from saiken.archive.statements import (
    BASES,
    BASIS_CODE,
    FIELDS,
    STATUS_CODE,
    STATUSES,
    Statements,
    from_ms,
    to_ms,
)
from saiken.publishers.catalog import Catalog
from saiken.terms.figure import WITHHELD, Basis, Status
from saiken.terms.period import Period

Json = dict[str, Any]

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class ExtractError(ArchiveError):
    """An extract cannot be read: what it should hold is missing or malformed."""


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: the same content is the same text."""
    return _ENCODER.encode(value)


def extract(asked: Recorder, catalog: Catalog) -> Json:
    """All that is held of what was asked, as values that JSON can carry."""
    source = asked.under
    held = sorted(series for series in asked.asked if source.holds(series))
    figures: Json = {}
    shas: set[str] = set()
    calendars = set(asked.calendars)
    for series in held:
        entry = catalog.entry(series)
        if entry is None:
            raise ExtractError(f"{series} is held, but no catalog describes it")
        figures[series] = {"title": entry.title, "unit": entry.unit, **_series(source, series)}
        shas |= {part["artifact"] for part in figures[series]["from"]}
        calendars |= {entry.calendar} if entry.revised else set()
    groups = sorted(asked.groups)
    return {
        "built_at": source.built_at.isoformat() if source.built_at else None,
        "newest": source.newest.isoformat() if source.newest else None,
        "figures": figures,
        "not_held": sorted(asked.asked - set(held)),
        "listed": asked.listed,
        "artifacts": {sha: _artifact(source.artifact(sha)) for sha in sorted(shas)},
        "calendars": {name: _releases(source.timetable(name)) for name in sorted(calendars)},
        "revisions": {
            group: [[*key[1:], share] for key, share in sorted(source.shares(group).items())]
            for group in groups
        },
    }


def checked(row: Sequence[Any]) -> list[Any]:
    """A row with its check."""
    told = "\n".join(["" if value is None else str(value) for value in row])
    return [*row, zlib.crc32(told.encode())]


def damaged(content: Json) -> Iterator[str]:
    """Every figure whose row is not the one that its check was taken of."""
    for series, part in content["figures"].items():
        for row in part["rows"]:
            if not isinstance(row, list) or checked(row[:-1]) != row:
                told = row[1:3] if isinstance(row, list) else row
                yield f"{series}: the figure {canonical(told)} is not what was written"


# -- writing --------------------------------------------------------------------------------------


def _series(source: Source, series: str) -> Json:
    held = _statements(source, series)
    shas, sheets = source.shas(), source.sheets()
    places: dict[tuple[int, ...], int] = {}
    rows = []
    for i in range(len(held)):
        of = (
            *(held.artifacts[i], held.sheets[i], held.statuses[i], held.bases[i]),
            *(held.versions[i], held.recorded[i]),
        )
        decimals = held.decimals[i]
        number = None if decimals == WITHHELD else str(Decimal(held.digits[i]).scaleb(-decimals))
        period = Period(date.fromordinal(held.starts[i]), date.fromordinal(held.ends[i]))
        rows.append(
            checked(
                [
                    places.setdefault(of, len(places)),
                    period.label,
                    number,
                    from_ms(held.vintages[i]).isoformat(),
                    date.fromordinal(held.vintage_days[i]).isoformat(),
                    held.rows[i],
                    held.columns[i],
                ]
            )
        )
    origins = [
        {
            "artifact": shas[artifact],
            "sheet": sheets[sheet],
            "status": STATUSES[status].value,
            "basis": BASES[basis].value,
            "parser": version,
            "recorded_at": from_ms(recorded).isoformat(),
        }
        for artifact, sheet, status, basis, version, recorded in places
    ]
    return {"from": origins, "rows": rows}


def _statements(source: Source, series: str) -> Statements:
    cells = source.cells(series)
    if cells is None:
        raise ExtractError(f"{series} is held no longer")
    hot = dict(zip(HOT, cells.arrays, strict=False))
    return Statements(**hot, **dict(zip(COLD, source.citations(series), strict=True)))


def _artifact(holding: Holding | None) -> Json | None:
    return json.loads(holding.to_json()) if holding else None


def _releases(table: Timetable) -> list[list[str]]:
    rows = zip(table.firsts, table.lasts, table.at, table.days, table.bases, strict=True)
    return [
        [
            Period(date.fromordinal(first), date.fromordinal(last)).label,
            from_ms(at).isoformat(),
            date.fromordinal(day).isoformat(),
            basis,
        ]
        for first, last, at, day, basis in rows
    ]


# -- reading --------------------------------------------------------------------------------------


class Extract:
    """The source that an extract is. Raises ExtractError where the content cannot be read."""

    def __init__(self, content: Json, catalog: Catalog) -> None:
        self._catalog = catalog
        self._content = content
        self._shas: list[str] = []
        self._sheets: list[str] = []
        try:
            self.built_at = _moment(content["built_at"])
            self.newest = date.fromisoformat(content["newest"]) if content["newest"] else None
            self._listed = {str(k): list(map(str, v)) for k, v in content["listed"].items()}
            self._not_held = set(content["not_held"])
            self._artifacts = {
                sha: Holding.from_json(json.dumps(record)) if record else None
                for sha, record in content["artifacts"].items()
            }
            self._calendars = {k: _timetable(v) for k, v in content["calendars"].items()}
            self._shares: dict[str, dict[Key, float]] = {
                group: {(group, int(r), int(c)): float(share) for r, c, share in rows}
                for group, rows in content["revisions"].items()
            }
            parts = dict(content["figures"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ExtractError(f"the bundle cannot be read: {_what(error)}") from error
        self._figures = {series: self._read(series, part) for series, part in parts.items()}

    def ids(self, prefix: str) -> list[str]:
        if prefix not in self._listed:
            raise ExtractError(f"the bundle does not say which series begin with {prefix!r}")
        return self._listed[prefix]

    def holds(self, series: str) -> bool:
        if series not in self._figures and series not in self._not_held:
            raise ExtractError(f"the bundle says nothing of {series}")
        return series in self._figures

    def cells(self, series: str) -> Cells | None:
        if not self.holds(series):
            return None
        held, entry = self._figures[series], self._catalog.entry(series)
        arrays = [getattr(held, name) for name in HOT]
        if entry is not None and entry.revised:
            arrays += first_out(held, self.timetable(entry.calendar))
        return Cells(arrays, is_plain(held.ends, held.decimals, held.vintages, held.vintage_days))

    def citations(self, series: str) -> list[array[int]]:
        return [getattr(self._figures[series], name) for name in COLD]

    def shas(self) -> Sequence[str]:
        return self._shas

    def sheets(self) -> Sequence[str]:
        return self._sheets

    def artifact(self, sha256: str) -> Holding | None:
        return self._artifacts.get(sha256)

    def artifacts(self) -> list[Holding]:
        return [holding for holding in self._artifacts.values() if holding is not None]

    def timetable(self, calendar: str) -> Timetable:
        if calendar not in self._calendars:
            raise ExtractError(f"the bundle does not hold the release calendar {calendar}")
        return self._calendars[calendar]

    def shares(self, group: str) -> dict[Key, float]:
        if group not in self._shares:
            raise ExtractError(f"the bundle does not hold the usual revisions of {group}")
        return self._shares[group]

    def _read(self, series: str, part: Json) -> Statements:
        entry = self._catalog.entry(series)
        if entry is None:
            hint = "verify it with the catalog that it was made with"
            raise ExtractError(f"no catalog here describes {series}", hint)
        try:
            if part["unit"] != entry.unit:
                raise ExtractError(f"{series} was in {part['unit']}, and is in {entry.unit} here")
            origins = [self._origin(origin) for origin in part["from"]]
            rows = list(part["rows"])
        except (KeyError, TypeError, ValueError) as error:
            raise ExtractError(f"{series} cannot be read: {_what(error)}") from error
        cells = []
        for row in rows:
            try:
                cells.append(_cell(row, origins))
            except (TypeError, ValueError, IndexError, OverflowError, InvalidOperation) as error:
                told = canonical(row)[:100]
                raise ExtractError(f"{series}: not a figure: {told} ({_what(error)})") from error
        try:
            return Statements(*map(array, FIELDS.values(), zip(*cells, strict=True)))
        except (TypeError, OverflowError) as error:
            raise ExtractError(f"{series}: a figure is out of bounds ({error})") from error

    def _origin(self, origin: Json) -> tuple[int, ...]:
        """Artifact, sheet, status, basis, parser version, recorded: codes as `Statements` has them."""
        return (
            _code(self._shas, str(origin["artifact"])),
            _code(self._sheets, str(origin["sheet"])),
            STATUS_CODE[Status(origin["status"])],
            BASIS_CODE[Basis(origin["basis"])],
            int(origin["parser"]),
            to_ms(datetime.fromisoformat(origin["recorded_at"])),
        )


def _cell(row: Sequence[Any], origins: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """One figure in the order of `FIELDS`."""
    origin, label, number, vintage, day, line, column, _ = row
    digits, decimals = (0, WITHHELD) if number is None else _printed(number)
    artifact, sheet, status, basis, version, recorded = origins[origin]
    return (
        *_span(label),
        digits,
        decimals,
        status,
        _ms(vintage),
        date.fromisoformat(day).toordinal(),
        basis,
        artifact,
        sheet,
        line,
        column,
        version,
        recorded,
    )


def _printed(number: str) -> tuple[int, int]:
    """The digits of a number as an integer, and how many of them are decimals."""
    whole, point, fraction = number.partition(".")
    if "E" not in number and "e" not in number:
        return int(whole + fraction), len(fraction) if point else 0
    sign, digits, exponent = Decimal(number).as_tuple()
    if not isinstance(exponent, int):
        raise TypeError(f"not a number: {number!r}")
    value = int("".join(map(str, digits)))
    return -value if sign else value, -exponent


@lru_cache(maxsize=1 << 15)
def _span(label: str) -> tuple[int, int]:
    period = Period.parse(label)
    return period.start.toordinal(), period.end.toordinal()


@lru_cache(maxsize=1 << 15)
def _ms(moment: str) -> int:
    return to_ms(datetime.fromisoformat(moment))


def _timetable(rows: Iterable[Sequence[str]]) -> Timetable:
    table = Timetable()
    for label, at, day, basis in rows:
        period = Period.parse(label)
        table.add(
            period.end.toordinal(),
            period.start.toordinal(),
            to_ms(datetime.fromisoformat(at)),
            date.fromisoformat(day).toordinal(),
            basis,
        )
    if any(a >= b for a, b in pairwise(table.lasts)):
        raise ValueError("a release calendar is out of order")
    return table


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _code(known: list[str], value: str) -> int:
    if value not in known:
        known.append(value)
    return known.index(value)


def _what(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
