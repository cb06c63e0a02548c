"""MoF Japan: the workbook of every auction of government bonds, one sheet a kind of bond."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number

_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_DASHES = {"", "-", "―", "—", "‐"}
_AUCTION = "Auction Date"
_TERM = "Maturity"


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of an auction: the English headers it stands under, the unit below them, and the
    fewest decimals it is printed with (a workbook keeps numbers, not how they look).
    """

    headers: tuple[str, ...]
    unit: str = ""
    decimals: int = 0
    is_date: bool = False


_YEN = "100 million yen"
_ITEMS = {
    "issue": _Item(("Issue Number",)),
    "issue_date": _Item(("Issue Date",), is_date=True),
    "maturity": _Item(("Maturity Date",), is_date=True),
    # A coupon is a term of the contract and exact; some are multiples of 0.005.
    "coupon": _Item(("Nominal Coupon",), "%", 3),
    "offered": _Item(("Offering Amount",), _YEN),
    "bids": _Item(("Amounts of Competitive Bids",), _YEN),
    "accepted": _Item(("Amounts of Bids Accepted",), _YEN),
    "lowest_price": _Item(
        ("Lowest Accepted Price", "Price at the Highest Accepted Yield"), "per 100 yen", 2
    ),
    "highest_yield": _Item(
        ("Yield at the Lowest Accepted Price", "Highest Accepted Yield"), "%", 3
    ),
}
_NEEDED = {"issue", "issue_date", "maturity", "offered", "bids", "accepted", "lowest_price"}

_TITLE = re.compile(r"\((?P<green>GX)?(?P<years>\d+)-year(?P<kind>[^)]*)\)")
_KINDS = {
    "": "",
    "Floating-rate": "_floating",
    "Inflation-Indexed Bonds": "_linked",
    "Discount": "_discount",
}
_BILL_TERM = re.compile(r"\((\d+)-(month|year)\)")


def _plain(cell: Any) -> str:
    """Cell text in its compatibility form (full-width letters, one blank), without foot marks."""
    text = unicodedata.normalize("NFKC", str(cell))
    return " ".join(text.split()).rstrip("*").strip()


def _tenor(title: str) -> str:
    """`40年債(40-year)` -> `40Y`, `GX10年債(GX10-year)` -> `GX10Y`; "TB" for the bills' sheet."""
    if title == "TB":
        return "TB"
    found = _TITLE.search(title)
    if not found or found["kind"].strip() not in _KINDS:
        raise ParseError(f"the sheet titled {title!r} is of a kind of bond not known here", 1)
    return f"{found['green'] or ''}{found['years']}Y{_KINDS[found['kind'].strip()]}"


def _bill_term(cell: Any, row: int) -> str:
    found = _BILL_TERM.search(_plain(cell))
    if not found:
        raise ParseError(f"{cell!r} is not the term of a bill", row)
    return f"TB{found[1]}{'M' if found[2] == 'month' else 'Y'}"


def _places(rows: list[list[Any]], header: int) -> dict[str, int]:
    """Where each item stands, by the English header and the unit below it."""
    names = [_plain(cell) for cell in rows[header]]
    units = [_plain(cell) for cell in rows[header + 1]]
    places = {}
    for key, item in _ITEMS.items():
        found = [i for i, name in enumerate(names) if name in item.headers]
        if len(found) > 1:
            raise ParseError(f"two columns are headed {item.headers[0]!r}", header + 1)
        if found:
            if item.unit not in units[found[0]]:
                msg = f"{names[found[0]]!r} is in {units[found[0]]!r}, not in {item.unit!r}"
                raise ParseError(msg, header + 2)
            places[key] = found[0]
    missing = _NEEDED - places.keys()
    if missing:
        raise ParseError(f"no column for {', '.join(sorted(missing))}", header + 1)
    return places


def _number(cell: Any, item: _Item, row: int, column: int) -> tuple[int, int] | None:
    """A cell as (digits, decimals); a date as the number yyyymmdd; None for a dash or a blank."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date) and item.is_date:
        return cell.year * 10_000 + cell.month * 100 + cell.day, 0
    text = _plain(cell)
    if text in _DASHES:
        return None
    if item.is_date or isinstance(cell, (date, bool)):
        raise ParseError(
            f"{cell!r} in column {column} is not a {'date' if item.is_date else 'number'}", row
        )
    if isinstance(cell, float):
        # The shortest decimal that is this double is what was typed in; 4000.0 was 4000.
        text = f"{Decimal(repr(cell)).normalize():f}"
    try:
        digits, decimals = parse_number(text)
    except ValueError:
        raise ParseError(f"{cell!r} in column {column} is not a number", row) from None
    wanted = max(decimals, item.decimals)
    return digits * 10 ** (wanted - decimals), wanted


def _sheet(name: str, rows: list[list[Any]]) -> Iterator[Column]:
    header = next(
        (i for i, row in enumerate(rows[:10]) if _AUCTION in map(_plain, row)),
        None,
    )
    if header is None:
        return
    title = next((text for text in map(_plain, rows[0]) if text), "")
    tenor = _tenor(title)
    names = [_plain(cell) for cell in rows[header]]
    places = _places(rows, header)
    at = names.index(_AUCTION)
    term = names.index(_TERM) if _TERM in names else None
    columns: dict[str, Column] = {}
    seen: set[tuple[str, date]] = set()
    for number, row in enumerate(rows[header + 2 :], start=header + 3):
        day = row[at]
        if not isinstance(day, date):
            if any(isinstance(cell, (float, date)) for cell in row):
                raise ParseError(f"{day!r} is not the date of an auction", number)
            continue
        day = day.date() if isinstance(day, datetime) else day
        bond = tenor if term is None else _bill_term(row[term], number)
        if (bond, day) in seen:
            raise ParseError(f"two auctions of {bond} on {day}", number)
        seen.add((bond, day))
        cells = _row(row, places, number)
        _need_order(day, cells, number)
        for item, (digits, decimals) in cells.items():
            series = f"jgb/auction/{bond}/{item}"
            column = columns.setdefault(series, Column(series, sheet=name))
            ordinal = day.toordinal()
            column.append(ordinal, ordinal, digits, decimals, number, places[item] + 1)
    if not seen:
        raise ParseError(f"sheet {name}: a header and no auctions below it", header + 1)
    yield from columns.values()


def _row(row: list[Any], places: dict[str, int], number: int) -> dict[str, tuple[int, int]]:
    cells = {}
    for item, place in places.items():
        read = _number(row[place], _ITEMS[item], number, place + 1)
        if read:
            cells[item] = read
    return cells


def _need_order(day: date, cells: dict[str, tuple[int, int]], number: int) -> None:
    """A bond is auctioned, then issued, then falls due: swapped dates do not pass."""
    auctioned = day.year * 10_000 + day.month * 100 + day.day
    issued = cells.get("issue_date", (auctioned, 0))[0]
    if not auctioned <= issued < cells.get("maturity", (10**9, 0))[0]:
        raise ParseError("the dates of auction, issue and maturity are not in this order", number)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only when used

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise ParseError(f"not a readable workbook ({error}): fetch it again") from None
    found = False
    for name, rows in sheets:
        for column in _sheet(name, rows):
            found = True
            yield column
    if not found:
        raise ParseError(f"no sheet of this workbook has a column {_AUCTION!r}")


def _recognise(head: bytes, name: str) -> bool:
    """An old workbook shows its kind only: its sheets lie deep inside, so the name must tell."""
    return head.startswith(_MAGIC) and "jgb_historical_data" in name.lower()


TABLE = Table(
    "mof/jgb_auctions",
    "mof",
    ("https://www.mof.go.jp/jgbs/reference/appendix/jgb_historical_data.xls",),
    _recognise,
    _parse,
)
