"""Bank of Japan, time-series service: balance of payments by month, one series a file.

億円, + = net increase of liabilities (non-residents bought). The header names the item in words;
the same figures stand rounded in the Ministry of Finance's `6pi-1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from saiken.publishers.dated import Layout, columns
from saiken.publishers.delimited import decode, glimpse, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_SERIES = {
    "Portfolio Investment Liabilities/Equity and investment fund shares/Net": "portfolio_equity",
    "Portfolio Investment Liabilities/Long-term debt securities/Net": "portfolio_long",
    "Portfolio Investment Liabilities/Short-term debt securities/Net": "portfolio_short",
    "Financial account/Other investment/Net(Liabilities)": "other_investment",
    "Financial account/Direct investment/Net(Liabilities)": "direct_investment",
}


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    rows = list(records(decode(data, "utf-8-sig")))
    name = rows[0][1][-1].strip() if rows and rows[0][1] else ""
    if name not in _SERIES:
        raise ParseError(f"no series of ours is called {name!r}", 1)
    yield from columns(rows, Layout("Date", {name: f"boj/bop/liabilities/{_SERIES[name]}"}))


def _recognise(head: bytes, _name: str) -> bool:
    date, _, name = glimpse(head).partition("\n")[0].rstrip("\r").partition(",")
    return date == "Date" and name in _SERIES


TABLES: tuple[Table, ...] = (
    Table(
        "boj/balance_of_payments",
        "boj",
        ("https://www.stat-search.boj.or.jp/api/v1/getDataCode",),
        _recognise,
        _parse,
    ),
)
