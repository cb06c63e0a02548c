"""What third parties computed from publishers' files, where it reaches further than the files at hand.

JSON of a dashboard on Japan: sovereign bonds bought by country (from the monthly releases), holders of
government bonds by quarter (from the flow of funds), accounts of the Bank of Japan by month. Never
the publisher's own word: the catalog labels each series so, and a publisher's series goes before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from saiken.publishers import jsonfile, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column, Status
from saiken.terms.period import Period

_COUNTRIES = {
    "us": "US", "canada": "CA", "australia": "AU", "germany": "DE", "france": "FR", "italy": "IT",
    "netherlands": "NL", "uk": "GB", "denmark": "DK", "switzerland": "CH", "hongkong": "HK",
    "sweden": "SE", "china": "CN", "others": "other", "total": "all",
}  # fmt: skip
_FLOWS = {
    "outbound_sov": "third/sovereign/long/{}/net",
    "outbound_sov_total": "third/sovereign/total/{}/net",
    "inbound": "third/inbound_bonds/{}/net",
}
_HOLDERS = {
    "Bank of Japan": "central_bank",
    "Banks": "banks_and_depository",
    "Insurance companies": "insurers",
    "Public pensions (incl. GPIF)": "public_pensions",
    "Pension funds (corporate/other)": "pension_funds",
    "Investment trusts": "investment_trusts",
    "Overseas (foreign investors)": "overseas",
    "Households": "households",
    "Other (nonfin. corp, gov't, other financial intermediaries)": "other",
}
_TOTAL = "total_jpy_tn"
_HALF_A_HUNDREDTH = 0.00501
"""By which each of the holders may be rounded."""
_ACCOUNTS = {
    "assets": (
        "total_assets", "jgs", "corporate_bonds", "etf", "jreit", "loans", "fx_assets",
    ),
    "liabilities": (
        "banknotes", "current_deposits", "govt_deposits", "repo_liabilities", "other_deposits",
    ),
}  # fmt: skip
_MONTH = re.compile(r"\d{4}-\d\d\Z")
_QUARTER = re.compile(r"(\d{4})0([1-4])\Z")


def _stamp(meta: Any) -> datetime:
    """When the file was made: the figures were public by then."""
    try:
        return datetime.fromisoformat(meta["generated_at"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):
        raise ParseError("no moment under `meta`, `generated_at`") from None


def _months(labels: Any) -> list[Period]:
    if not isinstance(labels, list) or not all(_MONTH.match(str(label)) for label in labels):
        raise ParseError("`months` is no list of months")
    months = [Period.parse(label) for label in labels]
    if not months or months != sorted(set(months)):
        raise ParseError("`months` are not in their order")
    return months


def _cell(text: Any, where: str, row: int) -> tuple[int, int] | None:
    try:
        return None if text is None else textfile.number(str(text))
    except ValueError as error:
        raise ParseError(f"{where}: {error}", row) from None


def _series(column: Column, months: list[Period], values: Any, place: int) -> Column:
    """Fill a column from a list as long as the months; `place` is the number of the list."""
    where = column.sheet
    if not isinstance(values, list) or len(values) != len(months):
        raise ParseError(f"{where}: not as many figures as there are months")
    for row, (month, text) in enumerate(zip(months, values, strict=True), 1):
        cell = _cell(text, where, row)
        if cell is not None:
            start, end = month.start.toordinal(), month.end.toordinal()
            column.append(start, end, *cell, row, place)
    return column


def _need_sum(columns: Mapping[str, Column], what: str) -> None:
    """The countries make up the total, each rounded to its own decimals."""
    total = {period: value for period, value, _, _ in columns["total"].cells()}
    parts: dict[Period, list[Any]] = {}
    for name, column in columns.items():
        if name != "total":
            for period, value, _, _ in column.cells():
                parts.setdefault(period, []).append(value)
    for period, value in total.items():
        gap = abs(sum(part or 0 for part in parts[period]) - (value or 0))
        if gap > (len(parts[period]) + 1) / 20:
            raise ParseError(f"{what}: the countries do not make up the total of {period}")


def _parse_flows(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """JPY bn, + = net purchase: of sovereign bonds abroad by residents, of bonds of Japan by others."""
    content = jsonfile.content(data)
    moment, months = _stamp(content.get("meta")), _months(content.get("months"))
    if content["meta"].get("unit") != "JPY bn" or content["meta"].get("sign") != "+ = net purchase":
        raise ParseError("the flows are not in JPY bn with + for a net purchase")
    for block, series in _FLOWS.items():
        held = content.get(block, {}).get("series") or {}
        unknown = held.keys() - _COUNTRIES.keys()
        if unknown or "total" not in held:
            raise ParseError(f"{block}: {min(unknown, default='no total')!r} is not known here")
        columns = {
            name: _series(
                Column(series.format(_COUNTRIES[name]), Status.PRELIMINARY, moment, block, Basis.FIRST_SEEN),
                months, values, place,
            )
            for place, (name, values) in enumerate(held.items(), 1)
        }  # fmt: skip
        _need_sum(columns, block)
        yield from columns.values()


def _parse_accounts(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """JPY tn, end of month."""
    content = jsonfile.content(data)
    moment, months = _stamp(content.get("meta")), _months(content.get("months"))
    if content["meta"].get("unit") != "JPY tn":
        raise ParseError("the accounts are not in JPY tn")
    for side, items in _ACCOUNTS.items():
        held = content.get(side) or {}
        for item in items:
            if item not in held:
                raise ParseError(f"{side}: no {item!r}")
            name = f"third/boj_accounts/{side}/{item}"
            column = Column(name, Status.FINAL, moment, side, Basis.FIRST_SEEN)
            yield _series(column, months, held[item], [*held].index(item) + 1)


def _parse_holders(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """JPY tn, end of quarter, without treasury bills. The file is a list and tells no moment."""
    text = "\n".join(textfile.lines(data))
    try:
        rows = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"not readable as JSON ({error}): was it cut? Fetch it again") from None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ParseError("no list of quarters")
    names = {_TOTAL: "all", **_HOLDERS}
    columns = {name: Column(f"third/jgb_holders/{holder}") for name, holder in names.items()}
    before = None
    for number, row in enumerate(rows, 1):
        found = _QUARTER.match(str(row.get("date")))
        if not found:
            raise ParseError(f"entry {number}: {row.get('date')!r} is not a quarter")
        quarter = Period.quarter(int(found[1]), int(found[2]))
        if before is not None and quarter <= before:
            raise ParseError(f"entry {number}: {quarter} stands after {before}")
        before = quarter
        _add_quarter(columns, quarter, row, number)
    yield from columns.values()


def _add_quarter(
    columns: Mapping[str, Column], quarter: Period, row: Mapping[str, Any], number: int
) -> None:
    """Append a quarter's holders, which must make up their total."""
    parts = 0.0
    start, end = quarter.start.toordinal(), quarter.end.toordinal()
    for name, column in columns.items():
        cell = _cell(row.get(name), name, number)
        if cell is None:
            raise ParseError(f"entry {number}: nothing of {name}")
        column.append(start, end, *cell, number, [*row].index(name) + 1)
        parts += (cell[0] if name != _TOTAL else -cell[0]) / 10 ** cell[1]
    if abs(parts) > len(columns) * _HALF_A_HUNDREDTH:
        raise ParseError(f"entry {number}: the holders are {parts:.2f} off their total")


def _recognise_flows(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return jsonfile.begins_with(head, "meta") and '"outbound_sov_source"' in text


def _recognise_accounts(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return jsonfile.begins_with(head, "meta") and "Bank of Japan Accounts" in text


def _recognise_holders(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return text.lstrip()[:1] == "[" and f'"{_TOTAL}"' in text and '"Bank of Japan"' in text


TABLES: tuple[Table, ...] = (
    Table("third_party/sovereign_bonds", "third_party", (), _recognise_flows, _parse_flows),
    Table("third_party/boj_accounts", "third_party", (), _recognise_accounts, _parse_accounts),
    Table("third_party/jgb_holders", "third_party", (), _recognise_holders, _parse_holders),
)
