"""Bank of Japan, Flow of Funds: who holds what, and who bought what, by sector.

億円 at market value. A workbook is of one quarter (`sjpre`) or one fiscal year (`sjfy`); its sheets
have numbers for names: 1-10 transactions, 19-28 stocks at the end. Items are rows with a letter code
(`Db` central government securities and FILP bonds), which stands left of the figures on odd sheets
and right of them on even ones; sectors are pairs of columns (assets, liabilities) with a number code
(11 central bank). A blank is nil and makes no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from saiken.publishers import calendars, workbook
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column, Status
from saiken.terms.period import Period

_SECTORS = {
    1: "financial", 11: "central_bank", 12: "depository", 121: "banks", 1211: "domestic_banks",
    1212: "foreign_banks_in_japan", 1213: "agriculture_banks", 1214: "small_business_banks",
    123: "collective_trusts", 13: "investment_trusts", 131: "bond_trusts",
    1311: "money_market_funds", 132: "stock_trusts", 14: "insurers_and_pensions",
    141: "insurers", 1411: "life_insurers", 1412: "nonlife_insurers",
    14121: "private_nonlife_insurers", 14122: "guarantee_institutions", 1413: "mutual_aid",
    142: "pension_funds", 1421: "corporate_pensions", 14211: "defined_benefit",
    14212: "defined_contribution", 1422: "other_pensions", 15: "other_intermediaries",
    151: "nonbanks", 1511: "finance_companies", 1512: "structured_vehicles",
    152: "public_financial", 1521: "fiscal_loan_fund", 1522: "government_banks",
    153: "dealers_and_brokers", 1531: "securities_firms", 16: "auxiliaries",
    161: "financial_holding_companies", 17: "public_captive", 2: "corporations",
    21: "private_corporations", 22: "public_corporations", 3: "government",
    31: "central_government", 32: "local_governments", 33: "social_security",
    331: "public_pensions", 4: "households", 5: "nonprofit", 6: "overseas", 8: "all_pensions",
}  # fmt: skip
_WHOLE, _PARTS = "total", (1, 2, 3, 4, 5, 6)
_TITLES = {"1": "Financial Transactions", "19": "Financial Assets and Liabilities"}
_SHEETS = {
    **dict.fromkeys(map(str, range(1, 11)), "flow"),
    **dict.fromkeys(map(str, range(19, 29)), "stock"),
}
_SIDES = {"Assets": "assets", "Liabilities": "liabilities"}
_CODE = re.compile(r"[A-Z][a-z]{0,3}\Z")
_REFERENCE = "W"
"""Foreign exchange reserves, on the first sheet only, under a sector to which they do not belong."""
_BALANCE = "Y"
"""Assets less liabilities (surplus or deficit of transactions), written among the liabilities."""
_QUARTER = re.compile(r"(?:1st|2nd|3rd|4th) Quarter (\d{4})")
_ORDINALS = ("1st", "2nd", "3rd", "4th")
_FISCAL = re.compile(r"Fiscal Year (\d{4})")
_END = re.compile(r"End of (March|June|September|December) (\d{4})")
_QUARTER_ENDS = {"March": 3, "June": 6, "September": 9, "December": 12}
_NAME = re.compile(r"(?:^|[/\\])sj(?:pre|fy|qt?)?\.xlsx\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Dates:
    """What the workbook is of: its period of transactions and whether it is preliminary."""

    family: str
    period: Period
    status: Status


def _dates(rows: list[list[Any]]) -> _Dates:
    """`1st Quarter 2026(Preliminary)`, `Fiscal Year 2024`, `End of March 2026` in the first rows."""
    text = " ".join(workbook.text_of(cell) for row in rows[:6] for cell in row)
    status = Status.PRELIMINARY if "(Preliminary)" in text else Status.FINAL
    quarter, fiscal, end = _QUARTER.search(text), _FISCAL.search(text), _END.search(text)
    if quarter:
        number = _ORDINALS.index(quarter[0][:3]) + 1
        return _Dates("flow", Period.quarter(int(quarter[1]), number), status)
    if fiscal:
        year = int(fiscal[1])
        return _Dates("flow_fy", Period(date(year, 4, 1), date(year + 1, 3, 31)), status)
    if end:
        month = _QUARTER_ENDS[end[1]]
        return _Dates("stock", Period.quarter(int(end[2]), month // 3), status)
    raise ParseError("no `1st Quarter 2026`, `Fiscal Year 2024` or `End of March 2026` at its top")


def _release(dates: _Dates) -> datetime | None:
    """Preliminary figures come out once; of final ones the file does not tell which edition it is."""
    if dates.status is not Status.PRELIMINARY:
        return None
    return calendars.release("flow_of_funds", dates.period).at


def _pairs(rows: list[list[Any]], sheet: str) -> tuple[int, dict[int, tuple[str, str]]]:
    """The row of `Assets, Liabilities` and place -> (sector, side)."""
    at = next(
        (i for i, row in enumerate(rows[:16]) if "Assets" in map(workbook.text_of, row)), None
    )
    if not at:
        raise ParseError(f"sheet {sheet} has no row of assets and liabilities")
    places = {}
    heads = [workbook.text_of(cell) for cell in rows[at]]
    for place, head in enumerate(heads):
        if head not in _SIDES:
            continue
        first = place if head == "Assets" else place - 1
        if heads[first : first + 2] != ["Assets", "Liabilities"]:
            raise ParseError(f"sheet {sheet}: assets and liabilities are not in pairs", at + 1)
        code = rows[at - 1][first]
        above = " ".join(workbook.text_of(row[first]) for row in rows[at - 5 : at - 1])
        if isinstance(code, float) and int(code) in _SECTORS:
            places[place] = _SECTORS[int(code)], _SIDES[head]
        elif code in ("", None) and above.strip().startswith("Total"):
            places[place] = _WHOLE, _SIDES[head]
        else:
            raise ParseError(f"sheet {sheet}: {code!r} is not a sector known here", at)
    return at, places


def _code(row: list[Any]) -> str:
    """The letter code of an item, left or right of its figures; "" if the row has none."""
    found = [cell for cell in row if isinstance(cell, str) and _CODE.match(cell.strip())]
    return found[0].strip() if len(found) == 1 else ""


_Key = tuple[str, str, str]
_Cells = dict[_Key, tuple[int, int, int, str]]


def _read(rows: list[list[Any]], sheet: str, cells: _Cells) -> int:
    """Take the figures of a sheet: (side, item, sector) -> digits, row, column, sheet."""
    at, places = _pairs(rows, sheet)
    items: set[str] = set()
    for number, row in enumerate(rows[at + 1 :], at + 2):
        figures = {place: workbook.number(row[place], number, place + 1) for place in places}
        code = _code(row)
        if not code:
            if any(figures.values()):
                raise ParseError(f"sheet {sheet}: figures without the code of an item", number)
            continue
        if code == _REFERENCE:
            continue
        if code in items:
            raise ParseError(f"sheet {sheet}: the item {code} stands twice", number)
        items.add(code)
        for place, cell in figures.items():
            if cell is None:
                continue
            if cell[1]:
                raise ParseError(f"sheet {sheet}: {row[place]!r} is no whole number", number)
            sector, side = places[place]
            side = "net" if code == _BALANCE else side
            key = side, code, sector
            if cells.setdefault(key, (cell[0], number, place + 1, sheet))[0] != cell[0]:
                raise ParseError(f"sheet {sheet}: {code} of {sector} differs from before", number)
    return len(items)


def _check(cells: Mapping[_Key, tuple[int, int, int, str]]) -> None:
    """The sectors 1 to 6 make up the total of every item's assets, rounded one by one."""
    for (side, item, sector), (digits, row, _, sheet) in cells.items():
        if sector != _WHOLE or item == _BALANCE:
            continue
        parts = [cells.get((side, item, _SECTORS[part]), (0,))[0] for part in _PARTS]
        if abs(sum(parts) - digits) > (len(parts) + 1) / 2:
            msg = f"sheet {sheet}: the sectors' {side} of {item} do not make up the total"
            raise ParseError(msg, row)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """`boj/fof/{stock}/{assets}/{item}/{sector}`; the sector 1 stands on two sheets, once here."""
    books = workbook.sheets(data, lambda name: name in _SHEETS)
    if books.keys() != _SHEETS.keys():
        raise ParseError("the sheets 1 to 10 and 19 to 28 are not all there: of another kind")
    for first, title in _TITLES.items():
        if title not in " ".join(workbook.text_of(c) for row in books[first][:5] for c in row):
            raise ParseError(f"sheet {first} is not titled {title!r}")
    for kind, first in (("flow", "1"), ("stock", "19")):
        dates = _dates(books[first])
        if dates.family.partition("_")[0] != kind:
            raise ParseError(f"sheet {first} is of {dates.period}, which is no period of a {kind}")
        cells: _Cells = {}
        counts = {_read(books[name], name, cells) for name, of in _SHEETS.items() if of == kind}
        if len(counts) != 1:
            raise ParseError(f"the sheets of the {kind}s do not have the same items")
        _check(cells)
        vintage = _release(dates)
        start, end = dates.period.start.toordinal(), dates.period.end.toordinal()
        for (side, item, sector), (digits, row, place, sheet) in cells.items():
            series = f"boj/fof/{dates.family}/{side}/{item}/{sector}"
            column = Column(series, dates.status, vintage, sheet, Basis.CALENDAR)
            column.append(start, end, digits, 0, row, place)
            yield column


def _recognise(head: bytes, name: str) -> bool:
    """A workbook shows its kind only: its sheets lie deep inside, so the name must tell."""
    return head.startswith(workbook.ZIP) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "boj/flow_of_funds",
        "boj",
        (
            "https://www.boj.or.jp/en/statistics/sj/sjpre.xlsx",
            "https://www.boj.or.jp/en/statistics/sj/sjfy.xlsx",
        ),
        _recognise,
        _parse,
    ),
)
