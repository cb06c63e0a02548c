"""International Monetary Fund: World Economic Outlook, annual figures and projections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.sdmx import PERIOD, Flow, Row, add, figure
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, Status, parse_number
from saiken.terms.period import Period

_HEADER = ["concept", "ref_area", "year", "value", "unit", "scale", "lastactualdate", "base_year"]
_VALUE = _HEADER.index("value")
DECIMALS = 3
"""The WEO database prints three decimals; re-saved files drop the zeros at the end."""

_CONCEPT = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_UNITS = {
    # concept: (unit, power of ten) that the file must state for the catalog's unit to hold
    "NGDP": ("XDC", "9"),
    "NGDPD": ("USD", "9"),
    "LP": ("na", "6"),
}
_PERCENT = ("PT", "0")
_GROUPS = {
    "G001": "group:world",
    "G110": "group:advanced",
    "G119": "group:g7",
    "G163": "group:euro_area",
    "G200": "group:emerging",
}
_ACTUAL = re.compile(r"(?:FY)?(\d{4})(?:/\d\d)?\Z")
_EDITION = re.compile(r"weo[_-]?(apr|oct)[a-z]*[_-]?(\d{4})", re.IGNORECASE)
_RELEASED = {
    ("oct", 2022): date(2022, 10, 11),
    ("apr", 2023): date(2023, 4, 11),
    ("oct", 2023): date(2023, 10, 10),
    ("apr", 2024): date(2024, 4, 16),
    ("oct", 2024): date(2024, 10, 22),
    ("apr", 2025): date(2025, 4, 22),
    ("oct", 2025): date(2025, 10, 14),
}
"""First days of the editions; 09:00 in Washington, which keeps summer time on all of them."""


def _edition(name: str) -> tuple[int, datetime | None]:
    """Year and release of the edition that a file name tells (`weo_oct2025`); 0 and None if not."""
    found = _EDITION.search(name)
    if not found:
        return 0, None
    year = int(found[2])
    day = _RELEASED.get((found[1].lower(), year))
    if day is None:
        return year, None
    return year, datetime(day.year, day.month, day.day, 13, tzinfo=UTC)


def _country(area: str) -> str:
    """ISO 3166 alpha-3 or the IMF's group code -> our holder code."""
    from babel.core import get_global  # noqa: PLC0415 - 100 ms, and needed by imports only

    codes = get_global("territory_aliases").get(area, ())
    return _GROUPS.get(area) or (codes[0] if len(codes) == 1 else f"x:{area.lower()}")


def _last_actual(cell: str, line: int) -> int:
    """The last year that is not an estimate, 0 if the file names none (country groups).

    A fiscal year is the IMF's year in which it begins: FY2024/25 is 2024.
    """
    if not cell:
        return 0
    found = _ACTUAL.match(cell)
    if not found:
        raise ParseError(f"{cell!r} is not the last actual year", line)
    return int(found[1])


def _status(year: int, last_actual: int, edition: int) -> Status:
    if year <= last_actual:
        return Status.FINAL
    return Status.ESTIMATED if year <= edition else Status.PROJECTED


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    (_, header), *rows = records(decode(data, "utf-8-sig"))
    if header != _HEADER:
        raise ParseError(f"the columns are not {', '.join(_HEADER)}", 1)
    if not rows:
        raise ParseError("a header and no figures below it: the file was cut off", 1)
    for line, record in rows:
        need_width(record, len(_HEADER), line)
    edition, published = _edition(artifact.name)
    # Without a name to tell it, an edition's own year is the one after its newest actual year.
    edition = edition or 1 + max(_last_actual(record[6], line) for line, record in rows)
    countries = {area: _country(area) for area in {record[1] for _, record in rows}}
    columns: dict[tuple[str, Status], Column] = {}
    seen: set[tuple[str, str]] = set()
    for line, record in rows:
        concept, area, year, value, unit, scale, last_actual, _ = record
        _need_known(concept, year, unit, scale, line)
        series = f"imf/{concept}/{countries[area]}"
        if (series, year) in seen:
            raise ParseError(f"{concept} of {area} in {year} stands twice", line)
        seen.add((series, year))
        status = _status(int(year), _last_actual(last_actual, line), edition)
        column = columns.get((series, status))
        if column is None:
            column = Column(series, status=status, vintage_at=published)
            columns[series, status] = column
        period = Period.year(int(year))
        digits = _thousandths(value, line)
        start, end = period.start.toordinal(), period.end.toordinal()
        column.append(start, end, digits, DECIMALS, line, _VALUE + 1)
    yield from columns.values()


def _need_known(concept: str, year: str, unit: str, scale: str, line: int) -> None:
    if not _CONCEPT.match(concept):
        raise ParseError(f"{concept!r} is not a subject of the database", line)
    if not re.match(r"(19|20)\d\d\Z", year):
        raise ParseError(f"{year!r} is not a year", line)
    stated = (unit, scale.removesuffix(".0"))
    if stated != _UNITS.get(concept, _PERCENT):
        raise ParseError(f"{concept} in {unit}, scale {scale}: not the unit known for it", line)


def _thousandths(cell: str, line: int) -> int:
    try:
        digits, decimals = parse_number(cell)
    except ValueError:
        raise ParseError(f"{cell!r} is not a number", line) from None
    if decimals > DECIMALS:
        raise ParseError(f"{cell!r} has more decimals than the database prints", line)
    thousandths: int = digits * 10 ** (DECIMALS - decimals)
    return thousandths


# The service --------------------------------------------------------------------------------

SERVICE = Flow(
    "IMF.RES:WEO",
    "A",
    ("COUNTRY", "INDICATOR", "FREQUENCY", "SCALE", "UNIT", "LATEST_ACTUAL_ANNUAL_DATA",
     "PUBLICATION_DATE"),
    lambda row: f"imf/{row['INDICATOR']}/{_country(row['COUNTRY'])}",
    {"FREQUENCY": "A"},
)  # fmt: skip
"""The database as the SDMX service answers it: values in plain units, `SCALE` is how it shows them."""


class _Attributes:
    """Attributes of series, of an indicator or of all: rows without a period may carry them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._found: dict[tuple[str, str, str], str] = {}
        for row in rows:
            for name in ("SCALE", "UNIT", "LATEST_ACTUAL_ANNUAL_DATA", "PUBLICATION_DATE"):
                if row[name]:
                    self._found.setdefault((name, row["COUNTRY"], row["INDICATOR"]), row[name])

    def get(self, name: str, row: Row) -> str:
        """The attribute of the row's series, or else of its indicator, or else of all."""
        country, indicator = row["COUNTRY"], row["INDICATOR"]
        keys = ((country, indicator), ("", indicator), (country, ""), ("", ""))
        return row[name] or next(
            (self._found[name, *k] for k in keys if (name, *k) in self._found), ""
        )


def _parse_service(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """One column a series, status and edition. The moment of publication is the vintage."""
    attributes = _Attributes(row for _, row, _ in SERVICE.rows(data))
    columns: dict[tuple[str, Status, datetime], Column] = {}
    for line, row, place in SERVICE.observations(data):
        concept, year = row["INDICATOR"], row[PERIOD]
        scale, unit = attributes.get("SCALE", row), attributes.get("UNIT", row)
        _need_known(concept, year, unit, scale, line)
        published = _published(attributes.get("PUBLICATION_DATE", row), line)
        last = _last_actual(attributes.get("LATEST_ACTUAL_ANNUAL_DATA", row), line)
        status = _status(int(year), last, published.year)
        cell = figure(row, line, DECIMALS, int(scale))
        if cell is not None:
            series = SERVICE.series(row)
            column = Column(series, status=status, vintage_at=published)
            column = columns.setdefault((series, status, published), column)
            add(column, SERVICE.period(row, line), cell, line, place)
    yield from columns.values()


def _published(text: str, line: int) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ParseError(f"{text!r} is not the moment of publication", line) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _recognise(head: bytes, _name: str) -> bool:
    return glimpse(head).partition("\n")[0].rstrip("\r").split(",") == _HEADER


TABLES: tuple[Table, ...] = (
    Table("imf/weo_selection", "imf", (), _recognise, _parse),
    Table(
        "imf/weo_sdmx",
        "imf",
        ("https://api.imf.org/external/sdmx/2.1/data/IMF.RES,WEO/{areas}.{concepts}.A",),
        SERVICE.recognise,
        _parse_service,
    ),
)
