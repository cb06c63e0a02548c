"""Bank of Japan, Flow of Funds: the time series of the last quarters, by sector (`sjlong`).

億円. One block a sector: a numbered title, a header of periods, and rows with a code and a side
(`Db/A`, assets). The series are those of the quarterly workbook. Calendar years are not kept: stocks
of a year are those of its last quarter, and transactions of a year the sum of its quarters; both are
what each block is checked against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from saiken.publishers import calendars, workbook
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column, Status
from saiken.terms.period import Period

_NAME = re.compile(r"(?:^|[/\\])sjlong\.xlsx\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<number>\d+) (?P<kind>Financial assets and liabilities held|Financial investment and fund"
    r" raising) by (?P<sector>[a-z ]+)\*?\Z"
)
_ANY_TITLE = re.compile(r"\d+'? Financial ")
_KINDS = {
    "Financial assets and liabilities held": "stock",
    "Financial investment and fund raising": "flow",
}
_SECTORS = {
    "financial institutions": "financial",
    "central bank": "central_bank",
    "depository corporations": "depository",
    "securities investment trusts": "investment_trusts",
    "insurance and pension funds": "insurers_and_pensions",
    "insurance": "insurers",
    "pension funds": "pension_funds",
    "other financial intermediaries": "other_intermediaries",
    "nonbanks": "nonbanks",
    "public financial institutions": "public_financial",
    "dealers and brokers": "dealers_and_brokers",
    "financial auxiliaries": "auxiliaries",
    "public captive financial institutions": "public_captive",
    "private nonfinancial corporations": "private_corporations",
    "public nonfinancial corporations": "public_corporations",
    "general government": "government",
    "households": "households",
    "overseas": "overseas",
    "domestic nonfinancial sector": "domestic_nonfinancial",
}
_SIDES = {"A": "assets", "L": "liabilities"}
_CODE = re.compile(r"([A-Z][a-z]{0,3})/([AL])\Z")
_QUARTER = re.compile(r"(\d{4})/([1-4])Q(\(P\))?\Z")
_YEAR = re.compile(r"(\d{4})(CY|FY)(\(P\))?\Z")
_WANTED = {*map(str, range(11, 17)), *map(str, range(29, 40))}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column of a block: its period, and whether its figures are preliminary."""

    period: Period
    preliminary: bool


def _heads(row: list[Any]) -> dict[int, _Head]:
    found = {}
    for place, cell in enumerate(row):
        text = workbook.text_of(cell)
        quarter, year = _QUARTER.match(text), _YEAR.match(text)
        if quarter:
            period = Period.quarter(int(quarter[1]), int(quarter[2]))
            found[place] = _Head(period, bool(quarter[3]))
        elif year:
            first = date(int(year[1]), 1 if year[2] == "CY" else 4, 1)
            last = Period.year(first.year).end if year[2] == "CY" else date(first.year + 1, 3, 31)
            found[place] = _Head(Period(first, last), bool(year[3]))
    return found


def _blocks(rows: list[list[Any]], sheet: str) -> Iterator[tuple[str, str, int, int]]:
    """(kind, sector, first row, last row) of the blocks that we keep."""
    starts = [
        i for i, row in enumerate(rows) if any(_ANY_TITLE.match(workbook.text_of(c)) for c in row)
    ]
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        titles = (_TITLE.match(workbook.text_of(cell)) for cell in rows[start])
        title = next((found for found in titles if found), None)
        if title is None or title["sector"] == "each sector":
            continue  # changes in per cent, sums within a sector, an overview
        sector = _SECTORS.get(title["sector"])
        if sector is None:
            raise ParseError(
                f"sheet {sheet}: {title['sector']!r} is not a sector known here", start + 1
            )
        yield _KINDS[title["kind"]], sector, start, stop


def _need_years(kind: str, cells: Mapping[Period, int], label: str, row: int) -> None:
    """A year's stock is its last quarter's, its transactions are those of its four quarters."""
    for year, digits in cells.items():
        if year.frequency != "A":
            continue
        quarters = [p for p in cells if p.frequency == "Q" and year.contains(p)]
        if kind == "flow" and len(quarters) == 4:
            off = abs(sum(cells[quarter] for quarter in quarters) - digits) > 2
        elif kind == "stock" and quarters and max(quarters).end == year.end:
            off = cells[max(quarters)] != digits
        else:
            continue
        if off:
            raise ParseError(f"{label}: {year} does not agree with its quarters", row)


def _read(
    rows: list[list[Any]], sheet: str, kind: str, sector: str, span: tuple[int, int]
) -> Iterator[Column]:
    start, stop = span
    at = next((i for i in range(start, min(start + 4, stop)) if len(_heads(rows[i])) > 3), None)
    if at is None:
        raise ParseError(f"sheet {sheet}: no periods above the figures of {sector}", start + 1)
    heads = _heads(rows[at])
    seen: set[str] = set()
    for number, row in enumerate(rows[at + 1 : stop], at + 2):
        codes = [found for found in map(_CODE.match, map(workbook.text_of, row)) if found]
        if not codes:
            continue
        label = f"sheet {sheet}: {codes[0][0]} of {sector}"
        if len(codes) > 1 or codes[0][0] in seen:
            raise ParseError(f"{label} stands twice", number)
        seen.add(codes[0][0])
        cells = {}
        for place in heads:
            cell = workbook.number(row[place], number, place + 1)
            if cell is None or cell[1]:
                raise ParseError(f"{label}: {row[place]!r} is no whole number", number)
            cells[place] = cell[0]
        _need_years(kind, {heads[p].period: digits for p, digits in cells.items()}, label, number)
        series = f"{_SIDES[codes[0][2]]}/{codes[0][1]}/{sector}"
        yield from _columns(
            kind, series, sheet, {p: (heads[p], d, number) for p, d in cells.items()}
        )


def _columns(
    kind: str, series: str, sheet: str, cells: Mapping[int, tuple[_Head, int, int]]
) -> Iterator[Column]:
    """Quarters, and fiscal years of transactions, preliminary ones apart."""
    columns: dict[tuple[str, Status], Column] = {}
    for place, (head, digits, row) in cells.items():
        fiscal = head.period.frequency == "A" and head.period.start.month == 4
        if head.period.frequency == "A" and not (fiscal and kind == "flow"):
            continue
        status = Status.PRELIMINARY if head.preliminary else Status.FINAL
        name = f"boj/fof/{kind}{'_fy' if fiscal else ''}/{series}"
        column = columns.setdefault((name, status), Column(name, status, sheet=sheet))
        first, last = head.period.start.toordinal(), head.period.end.toordinal()
        column.append(first, last, digits, 0, row, place + 1)
    yield from columns.values()


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """The newest quarter, if preliminary, tells which release this is: all of it comes out then."""
    found: set[tuple[str, str]] = set()
    columns: list[Column] = []
    for sheet, rows in workbook.sheets(data, lambda name: name in _WANTED).items():
        for kind, sector, start, stop in _blocks(rows, sheet):
            if (kind, sector) in found:
                raise ParseError(f"sheet {sheet}: a second block of {sector}", start + 1)
            found.add((kind, sector))
            columns += _read(rows, sheet, kind, sector, (start, stop))
    missing = {(kind, sector) for kind in ("flow", "stock") for sector in _SECTORS.values()} - found
    if missing:
        kind, sector = min(missing)
        raise ParseError(f"no block of the {kind}s of {sector}, nor {len(missing) - 1} others")
    newest = max(max(column.ends) for column in columns)
    newest_ones = [column for column in columns if newest in column.ends]
    if all(column.status is Status.PRELIMINARY for column in newest_ones):
        end = date.fromordinal(newest)
        release = calendars.release("flow_of_funds", Period.quarter(end.year, end.month // 3))
        for column in columns:
            column.vintage_at, column.vintage_basis = release.at, Basis.CALENDAR
    yield from columns


def _recognise(head: bytes, name: str) -> bool:
    """A workbook shows its kind only: its sheets lie deep inside, so the name must tell."""
    return head.startswith(workbook.ZIP) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "boj/flow_of_funds_series",
        "boj",
        ("https://www.boj.or.jp/en/statistics/sj/sjlong.xlsx",),
        _recognise,
        _parse,
    ),
)
