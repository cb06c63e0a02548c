"""MoF Japan, balance of payments: portfolio investment by month and year (table 6pi-1).

億円, + = net purchase on both sides: of foreign securities by residents (assets), of Japanese ones by
non-residents (liabilities). Two tables stand side by side; before 2014 only net figures exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, Status, parse_number
from saiken.terms.period import Period

_TITLE = "6pi-1"
_SIDES = ("assets", "liabilities")
_INSTRUMENTS = {
    "Equity and investment fund shares": "equity",
    "Long-term debt securities": "long",
    "Short-term debt securities": "short",
    "Total": "total",
}
_ITEMS = {"Acquisition": "acquisition", "Disposition": "disposition", "Net": "net"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR = re.compile(r"(\d{4})C\.Y\.\Z")
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})(\(P\))?\Z")
_JAPANESE_MONTH = re.compile(r"(\d{1,2})月(?:\(P\))?\Z")
_NONE = "--"
_WIDTH = 10
_STEP = 15
"""Figures of a side, and how far the second side stands to the right of the first."""


@dataclass(frozen=True, slots=True)
class _Row:
    period: Period
    preliminary: bool


def _layout(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[int, str]]:
    """The index of the row of items, and place -> `assets/long/net` from it and the one of instruments."""
    for index, (line, cells) in enumerate(rows):
        places = [i for i, cell in enumerate(cells) if cell.strip() in _ITEMS]
        if not places or not set(_INSTRUMENTS) <= {
            cell.strip() for _, row in rows[:index] for cell in row
        }:
            continue
        names: dict[int, str] = {}
        heads = [row for _, row in rows[:index] if "Long-term debt securities" in row][-1]
        instrument = ""
        for i, cell in enumerate(cells):
            instrument = _INSTRUMENTS.get(heads[i].strip(), instrument)
            if cell.strip() in _ITEMS:
                side = _SIDES[i >= places[0] + _STEP]
                names[i] = f"{side}/{instrument}/{_ITEMS[cell.strip()]}"
        if len(names) != 2 * _WIDTH or len(set(names.values())) != len(names):
            raise ParseError("the two tables do not have their ten columns each", line)
        return index, names
    raise ParseError("no header of acquisitions, dispositions and nets: this is not 6pi-1")


def _label(cells: list[str], year: int, line: int) -> tuple[_Row | None, int]:
    """What a row is of (None for a title or a blank one), and the year in force after it."""
    era, japanese, western, month = (cell.strip() for cell in cells[:4])
    annual = _YEAR.match(western)
    if annual:
        return _Row(Period.year(int(annual[1])), preliminary=False), year
    found = _MONTH.match(month)
    if not found:
        if any(_is_number(cell) for cell in cells):
            raise ParseError(f"figures of no month or year: {era or japanese or western!r}", line)
        return None, year
    number = _MONTHS.index(found[1]) + 1
    if number == 1:
        if not western.isdigit():
            raise ParseError("January does not name its year", line)
        year = int(western)
    same = _JAPANESE_MONTH.match(japanese)
    if not year or western not in {"", str(year)} or not same or int(same[1]) != number:
        raise ParseError(f"{japanese!r}, {western!r} and {month!r} are not one month", line)
    return _Row(Period.month(year, number), preliminary=bool(found[2])), year


def _is_number(cell: str) -> bool:
    try:
        parse_number(cell)
    except ValueError:
        return False
    return True


def _figures(cells: list[str], names: Mapping[int, str], line: int) -> dict[int, int]:
    found = {}
    for place in names:
        text = cells[place].strip()
        if text == _NONE:
            continue
        try:
            digits, decimals = parse_number(text)
        except ValueError:
            raise ParseError(f"{text!r} in column {place + 1} is not a number", line) from None
        if decimals:
            raise ParseError(f"{text!r} in column {place + 1}: whole 億円 are printed", line)
        found[place] = digits
    return found


def _check(found: Mapping[int, int], names: Mapping[int, str], line: int) -> None:
    """Nets are acquisitions less dispositions, totals the sum of nets, each figure rounded."""
    value = {names[place]: digits for place, digits in found.items()}
    for side in _SIDES:
        parts = []
        for instrument in ("equity", "long", "short"):
            key = f"{side}/{instrument}/"
            net = value.get(f"{key}net")
            bought, sold = value.get(f"{key}acquisition"), value.get(f"{key}disposition")
            if bought is not None and sold is not None and abs(bought - sold - (net or 0)) > 1:
                raise ParseError(f"{key}net is not acquisition less disposition", line)
            parts.append(net)
        total = value.get(f"{side}/total/net")
        if None in parts or total is None or abs(sum(p or 0 for p in parts) - total) > 2:
            raise ParseError(f"the net figures of the {side} do not make up their total", line)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """`(P)` months are preliminary. The file does not say when it was published."""
    rows = list(records(decode(data, "cp932", "utf-8-sig")))
    start, names = _layout(rows)
    width = len(rows[start][1])
    columns: dict[tuple[str, Status], Column] = {}
    seen: set[Period] = set()
    year = 0
    for line, cells in rows[start + 1 :]:
        need_width(cells, width, line)
        row, year = _label(cells, year, line)
        if row is None:
            continue
        if cells[:4] != cells[_STEP : _STEP + 4]:
            raise ParseError("the labels of the two tables differ", line)
        if row.period in seen:
            raise ParseError(f"{row.period} stands twice", line)
        seen.add(row.period)
        found = _figures(cells, names, line)
        _check(found, names, line)
        family = "mof/bop" if row.period.frequency == "M" else "mof/bop_year"
        status = Status.PRELIMINARY if row.preliminary else Status.FINAL
        first, last = row.period.start.toordinal(), row.period.end.toordinal()
        for place, digits in found.items():
            series = f"{family}/{names[place]}"
            column = columns.setdefault((series, status), Column(series, status))
            column.append(first, last, digits, 0, line, place + 1)
    if not any(period.frequency == "M" for period in seen):
        raise ParseError("no month below the header: the file was cut off")
    yield from columns.values()


def _recognise(head: bytes, _name: str) -> bool:
    text = glimpse(head, japanese=True)
    return _TITLE in text and "Portfolio Investment Assets/Liabilities" in text


TABLES: tuple[Table, ...] = (
    Table(
        "mof/portfolio_investment",
        "mof",
        (
            "https://www.mof.go.jp/policy/international_policy/reference/balance_of_payments/6pi-1.csv",
        ),
        _recognise,
        _parse,
    ),
)
