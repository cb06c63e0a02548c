"""Japan Securities Dealers Association: government bonds traded over the counter, by investor.

億円 of face value, outright trades of all members. The association prints sold less bought, + = the
investor sold. Inside, as everywhere, + = the investor bought: nets are turned here, at the edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from saiken.publishers import workbook
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column
from saiken.terms.period import Period


@dataclass(frozen=True, slots=True)
class _Side:
    """A sheet of all members: its letter, what its title and kind say, our name, our sign."""

    letter: str
    title: str
    item: str
    sign: int


_SIDES = (
    _Side("Ｅ", "売付額 Sell", "sold", 1),
    _Side("Ｈ", "買付額 Purchase", "bought", 1),
    _Side("Ｋ", "差引（売付額 - 買付額） Net（Sell - Purchase）", "net", -1),
)
_OUTRIGHT = "一般売買 Outright transactions"
_BONDS = {
    "国債 Government Bonds": "all",
    "超長期 Interest-bearing Long-term (over 10-year)": "super_long",
    "利付長期 Interest-bearing Long-term": "long",
    "利付中期 Interest-bearing Medium-term": "medium",
    "割引 Zero-Coupon": "zero_coupon",
    "国庫短期証券等 Treasury Discount Bills": "bills",
}
_PARTS = [name for name in _BONDS.values() if name != "all"]
_INVESTORS = {
    "City Banks & Long-Term Credit Banks": "city_banks",
    "Regional Banks": "regional_banks",
    "Trust Banks": "trust_banks",
    "Fin.Insts. for Agr. & Forestry": "agriculture",
    "2nd Regional": "second_regional_banks",
    "Shinkin Banks": "shinkin",
    "Other Fin.Insts.": "other_financial",
    "Life & Non-Life Insurance Companies": "insurers",
    "Investment Trusts": "investment_trusts",
    "Mutual Aid Association of Govt.Offices": "public_mutual_aid",
    "Business Corporations": "corporations",
    "Other Corporations": "other_corporations",
    "Foreigners": "foreigners",
    "Individuals": "individuals",
    "Others": "others",
    "Bond Dealers": "dealers",
    "Total": "all",
}
_CHANGE = "Change from the previous month"
_MONTH = re.compile(r"(\d{4})/(\d\d)\Z")
_NAME = re.compile(r"koushasai(?:\d{4}r?)?\.xlsx\Z", re.IGNORECASE)
_ROWS_OF_HEADER = 4
_Cell = tuple[int, int, int]
_Sheet = dict[tuple[Period, str, str], _Cell]
"""(month, investor, bond) -> digits as printed, row, column."""


def _places(rows: list[list[Any]], side: _Side, name: str) -> dict[int, str]:
    if len(rows) <= _ROWS_OF_HEADER:
        raise ParseError(f"sheet {name!r} has no rows below its header")
    texts = [[workbook.text_of(cell) for cell in row] for row in rows[:_ROWS_OF_HEADER]]
    if texts[0][3] != side.title or texts[1][3] != _OUTRIGHT or "億円" not in texts[0][0]:
        raise ParseError(f"sheet {name!r} is headed {texts[0][3]!r}, {texts[1][3]!r}", 1)
    places = {
        place: _BONDS[text] for row in texts[2:] for place, text in enumerate(row) if text in _BONDS
    }
    if sorted(places.values()) != sorted(_BONDS.values()):
        raise ParseError(f"sheet {name!r} does not have the columns of government bonds", 3)
    return places


def _read(rows: list[list[Any]], side: _Side, name: str) -> _Sheet:
    places = _places(rows, side, name)
    found: _Sheet = {}
    for number, row in enumerate(rows[_ROWS_OF_HEADER:], _ROWS_OF_HEADER + 1):
        label = workbook.text_of(row[2])
        if label.startswith(_CHANGE) or not any(workbook.text_of(cell) for cell in row[:3]):
            continue
        month = _month(row[0], number)
        investor = _INVESTORS.get(label)
        if investor is None:
            raise ParseError(f"sheet {name!r}: {label!r} is not an investor known here", number)
        for place, bond in places.items():
            cell = workbook.number(row[place], number, place + 1)
            if cell is None or cell[1]:
                raise ParseError(f"sheet {name!r}: {row[place]!r} is no whole number", number)
            if (month, investor, bond) in found:
                raise ParseError(f"sheet {name!r}: {month} {label} stands twice", number)
            found[month, investor, bond] = cell[0], number, place + 1
    _need_sums(found, name)
    return found


def _month(cell: Any, row: int) -> Period:
    day = workbook.day_of(cell)
    if isinstance(day, date):
        return Period.month(day.year, day.month)
    found = _MONTH.match(workbook.text_of(cell))
    if not found or not 1 <= int(found[2]) <= 12:
        raise ParseError(f"{cell!r} is not a month", row)
    return Period.month(int(found[1]), int(found[2]))


def _need_sums(sheet: _Sheet, name: str) -> None:
    """Government bonds are the sum of their kinds, the total that of all investors, as rounded."""
    investors = [investor for investor in _INVESTORS.values() if investor != "all"]
    for (month, investor, bond), (digits, row, _) in sheet.items():
        if bond == "all":
            parts = [(month, investor, part) for part in _PARTS]
        elif investor == "all":
            parts = [(month, one, bond) for one in investors]
        else:
            continue
        if any(part not in sheet for part in parts):
            raise ParseError(f"sheet {name!r}: {month} is not complete: is it cut?", row)
        gap = abs(sum(sheet[part][0] for part in parts) - digits)
        if gap > (len(parts) + 1) / 2:
            raise ParseError(f"sheet {name!r}: {month} does not add up, {gap} off", row)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    letters = {side.letter: side for side in _SIDES}
    books = workbook.sheets(data, lambda name: name[:1] == "(" and name[1:2] in letters)
    sheets = {
        letters[name[1]].item: (name, _read(rows, letters[name[1]], name))
        for name, rows in books.items()
    }
    missing = [side.letter for side in _SIDES if side.item not in sheets]
    if missing:
        raise ParseError(
            f"no sheet ({missing[0]}) of outright trades: not the turnover by investor"
        )
    sold, bought, net = (sheets[side.item][1] for side in _SIDES)
    if not sold.keys() == bought.keys() == net.keys():
        raise ParseError("the sheets of sales, purchases and nets are not of the same months")
    for key, (digits, row, _) in net.items():
        # The totals of a sheet add up figures that were rounded before, on each sheet anew.
        allowed = (5 if key[2] == "all" else 1) + (10 if key[1] == "all" else 0)
        if abs(sold[key][0] - bought[key][0] - digits) > allowed:
            raise ParseError(f"{key[0]} {key[1]}: the net is not what was sold less bought", row)
    for side in _SIDES:
        name, sheet = sheets[side.item]
        columns: dict[str, Column] = {}
        for (month, investor, bond), (digits, row, place) in sheet.items():
            series = f"jsda/jgb/{bond}/{investor}/{side.item}"
            column = columns.setdefault(series, Column(series, sheet=name))
            first, last = month.start.toordinal(), month.end.toordinal()
            column.append(first, last, side.sign * digits, 0, row, place)
        yield from columns.values()


def _recognise(head: bytes, name: str) -> bool:
    """A workbook shows its kind only: its sheets lie deep inside, so the name must tell."""
    return head.startswith(workbook.ZIP) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "jsda/turnover",
        "jsda",
        ("https://www.jsda.or.jp/shiryoshitsu/toukei/tentoubaibai/koushasai.xlsx",),
        _recognise,
        _parse,
    ),
)
