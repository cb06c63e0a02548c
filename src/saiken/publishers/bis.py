"""Bank for International Settlements: policy rates, locational banking, global liquidity.

All three come as SDMX-CSV from the service; policy rates also as the data portal exports them
(preamble, labels, dates at the end of a month), yen credit also as a table of three rows that a third
party took from the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from saiken.publishers import textfile
from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.sdmx import Flow, Row
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column
from saiken.terms.period import Period

# Policy rates -------------------------------------------------------------------------------

_EXPORT = ("Time Series Search Export", "Search term")
_LABELS = ("Dataflow ID", "Timeseries Key", "Frequency", "Unit", "Unit multiplier", "Period",
           "Status", "Value")  # fmt: skip
_UPDATED = "Last update of Central bank policy rates data"
_EXPECTED = {"Dataflow ID": "BIS,WS_CBPOL,1.0", "Frequency": "Monthly", "Unit multiplier": "Units"}
_KEY = re.compile(r"M\.([A-Z]{2})\Z")
_AREAS = {"XM": "group:euro_area"}
_NORMAL = "Normal value"


def _parse_rates(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """The rates of a month's end. The day of the last update is the vintage (at its last second,
    since the export tells no hour).
    """
    rows = list(records(decode(data, "utf-8-sig")))
    if len(rows) < 4 or tuple(rows[0][1][:2]) != _EXPORT or _UPDATED not in rows[0][1]:
        raise ParseError("no preamble of an export of policy rates", 1)
    updated = _iso(rows[1][1][rows[0][1].index(_UPDATED)], rows[1][0])
    start = next((i for i, row in enumerate(rows) if row[1][:1] == [_LABELS[0]]), 0)
    header_line, header = rows[start]
    missing = [name for name in _LABELS if header.count(name) != 1]
    if not start or missing:
        raise ParseError(f"no header with {', '.join(missing) or _LABELS[0]}", header_line)
    columns: dict[str, Column] = {}
    moment = datetime(updated.year, updated.month, updated.day, 23, 59, 59, tzinfo=UTC)
    seen: set[tuple[str, date]] = set()
    for line, cells in rows[start + 1 :]:
        need_width(cells, len(header), line)
        row = dict(zip(header, cells, strict=True))
        key, day = _KEY.match(row["Timeseries Key"]), _iso(row["Period"], line)
        if not key or any(row[name] != value for name, value in _EXPECTED.items()):
            raise ParseError("not a monthly policy rate in plain units", line)
        if (day + timedelta(days=1)).day != 1 or day > updated:
            raise ParseError(f"{day} is not a month's end before the update of {updated}", line)
        if (key[1], day) in seen:
            raise ParseError(f"{key[1]} {day} stands twice", line)
        seen.add((key[1], day))
        series = f"bis/policy_rate/{_AREAS.get(key[1], key[1])}"
        column = columns.setdefault(
            series, Column(series, vintage_at=moment, vintage_basis=Basis.PUBLISHED)
        )
        if row["Status"] == _NORMAL:
            _add(
                column, Period.month(day.year, day.month), row["Value"], line, header.index("Value")
            )
    if not seen:
        raise ParseError("a header and no rates below it: the file was cut off", header_line)
    yield from columns.values()


def _iso(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ParseError(f"{text!r} is not a date", line) from None


def _add(column: Column, period: Period, text: str, line: int, place: int) -> None:
    try:
        cell = textfile.number(text)
    except ValueError as error:
        raise ParseError(str(error), line) from None
    if cell is not None:
        start, end = period.start.toordinal(), period.end.toordinal()
        column.append(start, end, *cell, line, place + 1)


RATES = Flow(
    "BIS:WS_CBPOL",
    "M",
    ("FREQ", "REF_AREA", "UNIT_MEASURE", "UNIT_MULT", "COMPILATION", "SOURCE_REF"),
    lambda row: f"bis/policy_rate/{_AREAS.get(row['REF_AREA'], row['REF_AREA'])}",
    {"FREQ": "M", "UNIT_MEASURE": "368", "UNIT_MULT": "0"},
    past=True,
)
"""Per cent a year (368) at the end of each month that is over."""

# Locational banking -------------------------------------------------------------------------

_KEYS = ("FREQ", "L_MEASURE", "L_POSITION", "L_INSTR", "L_DENOM", "L_CURR_TYPE", "L_PARENT_CTY",
         "L_REP_BANK_TYPE", "L_REP_CTY", "L_CP_SECTOR", "L_CP_COUNTRY", "L_POS_TYPE")  # fmt: skip
_FIXED = {"FREQ": "Q", "L_MEASURE": "S", "L_INSTR": "A", "L_PARENT_CTY": "5J",
          "L_REP_BANK_TYPE": "A", "L_CP_SECTOR": "A", "UNIT_MEASURE": "USD",
          "UNIT_MULT": "6"}  # fmt: skip
"""Stocks in USD mn of all instruments, banks of all nationalities, all counterparty sectors."""
_POSITIONS = {"C": "claims", "L": "liabilities"}
_CURRENCIES = {"TO1": "all"}
_KINDS = {"A": "", "F": "_foreign_currency"}
_SIDES = {"N": "", "A": "_total", "R": "_local", "U": "_unallocated"}
_COUNTRIES = {"5J": "all", "5A": "all"}


def _banking_series(row: Row) -> str:
    position = _POSITIONS[row["L_POSITION"]] + _KINDS[row["L_CURR_TYPE"]]
    currency = _CURRENCIES.get(row["L_DENOM"], row["L_DENOM"])
    reporter, other_side = (
        _COUNTRIES.get(row[name], row[name]) for name in ("L_REP_CTY", "L_CP_COUNTRY")
    )
    return f"bis/lbs/{position}{_SIDES[row['L_POS_TYPE']]}/{currency}/{reporter}/{other_side}"


BANKING = Flow(
    "BIS:WS_LBS_D_PUB",
    "Q",
    (*_KEYS, "DECIMALS", "UNIT_MEASURE", "UNIT_MULT"),
    _banking_series,
    _FIXED,
)
"""`bis/lbs/{claims}/{currency}/{reporter}/{counterparty}`; NaN is no figure. Codes of countries
that are no more (`DD`, `CS`, `AN`) stay as they are; `NA` is Namibia.
"""


def _quarter(text: str, line: int) -> Period:
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise ParseError(str(error), line) from None
    if period.frequency != "Q":
        raise ParseError(f"{text!r} is not a quarter", line)
    return period


# Global liquidity ---------------------------------------------------------------------------

_PARTS = {("A", "B"): "total", ("A", "D"): "bonds", ("B", "G"): "loans"}
"""By lenders and instrument: all lenders' loans and bonds, bonds, loans of banks."""

LIQUIDITY = Flow(
    "BIS:WS_GLI",
    "Q",
    ("FREQ", "CURR_DENOM", "BORROWERS_CTY", "BORROWERS_SECTOR", "LENDERS_SECTOR", "L_POS_TYPE",
     "L_INSTR", "UNIT_MEASURE", "UNIT_MULT"),
    lambda row: f"bis/gli/JPY/{_PARTS[row['LENDERS_SECTOR'], row['L_INSTR']]}",
    {"FREQ": "Q", "CURR_DENOM": "JPY", "BORROWERS_CTY": "3P", "BORROWERS_SECTOR": "N",
     "L_POS_TYPE": "I", "UNIT_MEASURE": "JPY", "UNIT_MULT": "6"},
    power=6,
)  # fmt: skip
"""Yen credit to non-banks outside Japan (3P), JPY mn in the file, JPY tn here."""

_LIQUIDITY = ("period", "series_id", "value_jpy_tn", "value_usd_bn", "basis", "pulled_at")
_CREDIT = {
    "JPY_CREDIT_NONBANK_EXJP": "total",
    "JPY_DEBTSEC_NONBANK_EXJP": "bonds",
    "JPY_LOANS_NONBANK_EXJP": "loans",
}


def _parse_liquidity(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """Yen credit to non-banks outside Japan, JPY tn. The USD column rests on its maker's own rate
    and is not read; the moment of the fetch is the vintage.
    """
    lines = decode(data, "utf-8-sig").split("\n")[:-1]
    header = textfile.tab_cells(lines[0])
    missing = [name for name in _LIQUIDITY if header.count(name) != 1]
    if missing:
        raise ParseError(f"no column {missing[0]}, or two of them", 1)
    place = header.index("value_jpy_tn")
    columns = []
    sums: dict[Period, dict[str, int]] = {}
    for line, content in enumerate(lines[1:], 2):
        cells = textfile.tab_cells(content)
        need_width(cells, len(header), line)
        row = dict(zip(header, cells, strict=True))
        part = _CREDIT.get(row["series_id"])
        if part is None or not row["basis"].startswith("stock, quarterly"):
            raise ParseError(f"{row['series_id']!r} is not a quarterly stock of yen credit", line)
        try:
            moment = datetime.fromisoformat(row["pulled_at"]).astimezone(UTC)
        except ValueError:
            raise ParseError(f"{row['pulled_at']!r} is not a moment", line) from None
        series = f"bis/gli/JPY/{part}"
        column = Column(series, vintage_at=moment, vintage_basis=Basis.FIRST_SEEN)
        period = _quarter(row["period"], line)
        if part in sums.setdefault(period, {}):
            raise ParseError(f"{series} {period} stands twice", line)
        _add(column, period, row["value_jpy_tn"], line, place)
        sums[period][part] = column.digits[0] if len(column) else 0
        columns.append(column)
    for period, parts in sums.items():
        if len(parts) == len(_CREDIT) and abs(parts["bonds"] + parts["loans"] - parts["total"]) > 1:
            raise ParseError(f"{period}: bonds and loans do not make up the total")
    if not columns:
        raise ParseError("a header and no rows below it: the file was cut off", 1)
    yield from columns


def _recognise_rates(head: bytes, _name: str) -> bool:
    text = glimpse(head)
    return text.startswith(",".join(_EXPORT)) and "WS_CBPOL" in text


def _recognise_liquidity(head: bytes, _name: str) -> bool:
    return set(_LIQUIDITY) <= set(glimpse(head).partition("\n")[0].rstrip("\r").split("\t"))


TABLES: tuple[Table, ...] = (
    Table("bis/policy_rates", "bis", (), _recognise_rates, _parse_rates),
    Table(
        "bis/policy_rates_sdmx",
        "bis",
        ("https://stats.bis.org/api/v1/data/WS_CBPOL/M.{areas}?format=csv",),
        RATES.recognise,
        RATES.parse,
    ),
    Table(
        "bis/locational_banking",
        "bis",
        ("https://stats.bis.org/api/v2/data/dataflow/BIS/WS_LBS_D_PUB/1.0/{key}?format=csv",),
        BANKING.recognise,
        BANKING.parse,
    ),
    Table("bis/global_liquidity", "bis", (), _recognise_liquidity, _parse_liquidity),
    Table(
        "bis/global_liquidity_sdmx",
        "bis",
        ("https://stats.bis.org/api/v1/data/WS_GLI/Q.JPY.3P.N.{part}.JPY?format=csv",),
        LIQUIDITY.recognise,
        LIQUIDITY.parse,
    ),
)
