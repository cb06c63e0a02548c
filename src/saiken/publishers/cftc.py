"""Commodity Futures Trading Commission: Commitments of Traders in yen futures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from saiken.publishers.delimited import decode, glimpse, need_width, records, unzipped, zip_of
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number

YEN = "097741"
"""The contract's code; three markets have "YEN" in their names, and only this is yen to dollar."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A legacy file: the date's header, the series tail of each header, the headers expected."""

    day: str
    series: Mapping[str, str]
    header: tuple[str, ...]


_NET = ("long", "short", "net")
_LEGACY = (
    # The release_date of this file is the report date plus three days, wrong in holiday weeks and
    # in the shutdown of 2025: it is not read.
    _Layout(
        "report_date",
        {
            "spec_long": "noncommercial/long",
            "spec_short": "noncommercial/short",
            "net": "noncommercial/net",
            "open_interest": "noncommercial/open_interest",
        },
        ("report_date", "spec_long", "spec_short", "open_interest", "net", "release_date"),
    ),
    _Layout(
        "date",
        {
            "spec_long": "noncommercial/long",
            "spec_short": "noncommercial/short",
            "spec_net": "noncommercial/net",
            "comm_long": "commercial/long",
            "comm_short": "commercial/short",
            "comm_net": "commercial/net",
            "nonrept_long": "nonreportable/long",
            "nonrept_short": "nonreportable/short",
            "small_spec_net": "nonreportable/net",
        },
        (
            "date", "spec_long", "spec_short", "comm_long", "comm_short", "nonrept_long",
            "nonrept_short", "spec_net", "comm_net", "small_spec_net",
        ),
    ),
)  # fmt: skip

_CODE = "CFTC_Contract_Market_Code"
_DAY = "Report_Date_as_YYYY-MM-DD"
_BASIS = "FutOnly_or_Combined"
_OPEN_INTEREST = "Open_Interest_All"
_CATEGORIES = {
    "Dealer_Positions": "dealer",
    "Asset_Mgr_Positions": "asset_manager",
    "Lev_Money_Positions": "leveraged",
    "Other_Rept_Positions": "other_reportable",
    "NonRept_Positions": "nonreportable",
}
_SIDES = {"Long": "long", "Short": "short"}
_POSITIONS = {
    f"{category}_{side}_All": f"{name}/{tail}"
    for category, name in _CATEGORIES.items()
    for side, tail in _SIDES.items()
}
_SPREADS = tuple(f"{category}_Spread_All" for category in [*_CATEGORIES][:-1])


def _integer(cell: str, what: str, line: int) -> int:
    try:
        digits, decimals = parse_number(cell)
    except ValueError:
        raise ParseError(f"{cell!r} in {what} is not a number", line) from None
    if decimals:
        raise ParseError(f"{cell!r} in {what}: contracts are whole numbers", line)
    return digits


def _day(cell: str, line: int) -> int:
    try:
        return date.fromisoformat(cell.strip()).toordinal()
    except ValueError:
        raise ParseError(f"{cell!r} is not a date", line) from None


def _places(header: list[str], needed: Mapping[str, str] | tuple[str, ...]) -> dict[str, int]:
    names = [cell.strip() for cell in header]
    wrong = [name for name in needed if names.count(name) != 1]
    if wrong:
        raise ParseError(f"no column {wrong[0]}, or two of them", 1)
    return {name: names.index(name) for name in needed}


def _parse_legacy(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    (_, header), *rows = records(decode(data, "utf-8-sig"))
    layout = next((layout for layout in _LEGACY if sorted(layout.header) == sorted(header)), None)
    if layout is None:
        raise ParseError("the columns are not those of a legacy report on yen futures", 1)
    places = _places(header, layout.header)
    columns = {tail: Column(f"cftc/yen/{tail}") for tail in layout.series.values()}
    seen: set[int] = set()
    for line, record in rows:
        need_width(record, len(header), line)
        day = _day(record[places[layout.day]], line)
        if day in seen:
            raise ParseError(f"{record[places[layout.day]]} stands twice", line)
        seen.add(day)
        cells = {
            tail: _integer(record[places[name]], name, line) for name, tail in layout.series.items()
        }
        for group in dict.fromkeys(tail.partition("/")[0] for tail in cells):
            long, short, net = (cells[f"{group}/{item}"] for item in _NET)
            if long - short != net:
                raise ParseError(f"{group}: net is not long less short", line)
        for name, tail in layout.series.items():
            columns[tail].append(day, day, cells[tail], 0, line, places[name] + 1)
    if not seen:
        raise ParseError("a header and no reports below it: the file was cut off", 1)
    yield from columns.values()


def _parse_financial(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    (_, header), *rows = records(decode(unzipped(data), "utf-8-sig"))
    series = {**_POSITIONS, _OPEN_INTEREST: "open_interest"}
    places = _places(header, (_CODE, _DAY, _BASIS, *series, *_SPREADS))
    columns = {tail: Column(f"cftc/yen/tff/{tail}") for tail in series.values()}
    seen: set[int] = set()
    for line, record in rows:
        need_width(record, len(header), line)
        if record[places[_CODE]].strip() != YEN:
            continue
        if record[places[_BASIS]].strip() != "FutOnly":
            raise ParseError("futures and options combined: only futures are read", line)
        day = _day(record[places[_DAY]], line)
        if day in seen:
            raise ParseError(f"{record[places[_DAY]]} stands twice", line)
        seen.add(day)
        cells = {name: _integer(record[places[name]], name, line) for name in (*series, *_SPREADS)}
        _need_open_interest(cells, line)
        for name, tail in series.items():
            columns[tail].append(day, day, cells[name], 0, line, places[name] + 1)
    if not seen:
        raise ParseError(f"no row of the yen contract {YEN} in this file")
    yield from columns.values()


def _need_open_interest(cells: Mapping[str, int], line: int) -> None:
    """All longs and spreads make up the open interest, and so do all shorts and spreads."""
    spreads = sum(cells[name] for name in _SPREADS)
    for side in _SIDES:
        held = sum(cells[f"{category}_{side}_All"] for category in _CATEGORIES) + spreads
        if held != cells[_OPEN_INTEREST]:
            raise ParseError(f"the {side.lower()} positions do not make up the open interest", line)


def _first_cells(head: bytes) -> list[str]:
    line = glimpse(head).partition("\n")[0].rstrip("\r")
    return [cell.strip().strip('"') for cell in line.split(",")]


def _recognise_legacy(head: bytes, _name: str) -> bool:
    cells = sorted(_first_cells(head))
    return any(sorted(layout.header) == cells for layout in _LEGACY)


def _recognise_financial(head: bytes, _name: str) -> bool:
    if zip_of(head, b"FinFut"):
        return True
    return {_CODE, _DAY, "Lev_Money_Positions_Long_All"} <= set(_first_cells(head))


# The publisher serves the second table as a zip a year, without a lasting address.
TABLES: tuple[Table, ...] = (
    Table("cftc/legacy_yen", "cftc", (), _recognise_legacy, _parse_legacy),
    Table("cftc/financial_futures", "cftc", (), _recognise_financial, _parse_financial),
)
