"""MoF Japan: official reserve assets by month, and foreign exchange intervention by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number
from saiken.terms.period import Period

_MONTH = re.compile(r"\d{4}-\d\d\Z")
_JAPANESE_MONTH = "month_label_ja"
_RESERVES = {
    "A_official_reserve_assets_usd_mn": "total",
    "foreign_currency_reserves_usd_mn": "foreign_currency",
    "securities_usd_mn": "securities",
    "deposits_usd_mn": "deposits",
    "imf_reserve_position_usd_mn": "imf_position",
    "sdrs_usd_mn": "sdr",
    "gold_usd_mn": "gold",
    "gold_mn_fine_troy_oz": "gold_ounces",
    "other_reserve_assets_usd_mn": "other",
    "B_other_foreign_currency_assets_usd_mn": "outside_reserves",
}
_SUMS = {
    "total": ("foreign_currency", "imf_position", "sdr", "gold", "other"),
    "foreign_currency": ("securities", "deposits"),
}
_OPERATIONS = ["date", "currency_pair", "direction", "amount_yen_billions"]
_PAIR = re.compile(r"([A-Z]{3})/([A-Z]{3})\Z")
_DIRECTION = re.compile(r"sell_([A-Z]{3})_buy_([A-Z]{3})\Z")


def _number(cell: str, line: int, column: int) -> tuple[int, int]:
    try:
        return parse_number(cell)
    except ValueError:
        raise ParseError(f"{cell!r} in column {column} is not a number", line) from None


def _parse_reserves(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    (_, header), *rows = records(decode(data, "utf-8-sig", "cp932"))
    if len(set(header)) != len(header) or not _RESERVES.keys() | {"period"} <= set(header):
        raise ParseError("the columns are not those of the reserve assets table", 1)
    places = {item: header.index(name) for name, item in _RESERVES.items()}
    columns = {item: Column(f"mof/reserves/{item}") for item in places}
    seen: set[Period] = set()
    for line, record in rows:
        need_width(record, len(header), line)
        month = _reserves_month(record, header, line)
        if month in seen:
            raise ParseError(f"{month} stands twice", line)
        seen.add(month)
        cells = {item: _number(record[at], line, at + 1) for item, at in places.items()}
        for whole, parts in _SUMS.items():
            if cells[whole][0] != sum(cells[part][0] for part in parts):
                raise ParseError(f"{whole} is not the sum of {', '.join(parts)}", line)
        start, end = month.start.toordinal(), month.end.toordinal()
        for item, (digits, decimals) in cells.items():
            columns[item].append(start, end, digits, decimals, line, places[item] + 1)
    if not seen:
        raise ParseError("a header and no months below it: the file was cut off", 1)
    yield from columns.values()


def _reserves_month(record: list[str], header: list[str], line: int) -> Period:
    label = record[header.index("period")]
    try:
        month = Period.parse(label) if _MONTH.match(label) else None
    except ValueError:
        month = None
    if month is None:
        raise ParseError(f"{label!r} is not a month", line)
    if _JAPANESE_MONTH in header:
        japanese = record[header.index(_JAPANESE_MONTH)]
        if japanese != f"{month.start.month}月":
            raise ParseError(f"{label} is labelled {japanese}", line)
    return month


def _parse_operations(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    (_, header), *rows = records(decode(data, "utf-8-sig", "cp932"))
    if header != _OPERATIONS:
        raise ParseError(f"the columns are not {', '.join(_OPERATIONS)}", 1)
    columns: dict[str, Column] = {}
    seen: set[tuple[str, str]] = set()
    for line, record in rows:
        need_width(record, len(header), line)
        day, pair, direction, amount = record
        if (day, pair) in seen:
            raise ParseError(f"{day} {pair} stands twice", line)
        seen.add((day, pair))
        try:
            ordinal = date.fromisoformat(day).toordinal()
        except ValueError:
            raise ParseError(f"{day!r} is not a date", line) from None
        digits, decimals = _number(amount, line, len(header))
        if digits <= 0:
            raise ParseError(f"{amount!r}: amounts bear no sign, the direction does", line)
        series = f"mof/intervention/{pair.replace('/', '')}"
        column = columns.setdefault(series, Column(series))
        signed = digits * _sign(pair, direction, line)
        column.append(ordinal, ordinal, signed, decimals, line, len(header))
    if not seen:
        raise ParseError("a header and no operations below it: the file was cut off", 1)
    yield from columns.values()


def _sign(pair: str, direction: str, line: int) -> int:
    """+1 where the quoted currency was bought (USD/JPY: yen bought, dollars sold), else -1."""
    currencies, trade = _PAIR.match(pair), _DIRECTION.match(direction)
    if not currencies or not trade:
        raise ParseError(f"{pair!r}, {direction!r}: not a pair and a direction", line)
    if trade.groups() == currencies.groups():
        return 1
    if trade.groups() == currencies.groups()[::-1]:
        return -1
    raise ParseError(f"{direction!r} is not a trade in {pair}", line)


def _first_cells(head: bytes) -> set[str]:
    return set(glimpse(head, japanese=True).partition("\n")[0].rstrip("\r").split(","))


def _recognise_reserves(head: bytes, _name: str) -> bool:
    return _RESERVES.keys() | {"period"} <= _first_cells(head)


def _recognise_operations(head: bytes, _name: str) -> bool:
    return set(_OPERATIONS) == _first_cells(head)


# The publisher's own files (about 140 columns; 9 columns with sub-totals) are laid out otherwise
# and are not read yet, hence no addresses.
TABLES: tuple[Table, ...] = (
    Table("mof/reserves_extract", "mof", (), _recognise_reserves, _parse_reserves),
    Table("mof/intervention_extract", "mof", (), _recognise_operations, _parse_operations),
)
