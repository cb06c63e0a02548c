"""Yahoo Finance: daily bars as people download them. Test and private use only.

Two layouts: one header row, or three (price, ticker, date) as the `yfinance` library writes them.
Only the second says what the prices are of; of the first the file's name must.

The last bar of a download may be of a day that was not over: of five files that can be held
against later ones or against the official close, the last bar is wrong in all five. A bar is known
to be over only once the next one has begun, so the last one is left out.

Prices come in single precision, printed as if in double: 2012.6600341796875 was 2012.66.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import lru_cache

from saiken.publishers import ohlc, textfile
from saiken.publishers.dated import Layout, Printed, columns
from saiken.publishers.delimited import decode, glimpse, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_HEADINGS = frozenset({"Date", "Open", "High", "Low", "Close", "Volume"})
_RAW = ("Price", "Ticker", "Date")
_IGNORED = frozenset({"Volume", "Adj Close"})
_ASSETS = {
    "^gspc": "SP500",
    "^n225": "NIKKEI225",
    "btc-usd": "BTC",
    "eth-usd": "ETH",
    "usdjpy=x": "USDJPY",
    "spy": "SPY",
    "eem": "EEM",
}
"""Ticker -> our name."""

_NAMES = re.compile(
    r"(?:^|[/\\])(?P<asset>spy|eem|btc|eth|usdjpy|nikkei225|gspc)[_-]yahoo", re.IGNORECASE
)
_BY_NAME = {"spy": "SPY", "eem": "EEM", "btc": "BTC", "eth": "ETH", "usdjpy": "USDJPY",
            "nikkei225": "NIKKEI225", "gspc": "SP500"}  # fmt: skip
_SLACK = 1e-6
_SLACKS = {"USDJPY": 0.005}
"""By how much a close may lie outside its day. Prices adjusted for dividends are multiplied one by
one, where single precision breaks ties; a currency's four prices do not come from one place."""


@lru_cache(maxsize=65536)
def single(text: str, _decimals: int | None = None) -> Printed | None:
    """The fewest decimals that still are this number in single precision."""
    if textfile.number(text) is None:
        return None
    value = float(text)
    packed = struct.pack("f", value)
    for decimals in range(9):
        rounded = round(value, decimals)
        if struct.pack("f", rounded) == packed:
            return round(rounded * 10**decimals), decimals
    return textfile.number(f"{value:.9f}")


def _layout(asset: str, *, adjusted: bool) -> Layout:
    series = {side.capitalize(): f"yahoo/{asset}/{side}" for side in ohlc.SIDES}
    ignored = _IGNORED if adjusted else _IGNORED - {"Adj Close"}
    return Layout(
        "Date",
        series,
        ignored,
        check=ohlc.check(str.capitalize, _SLACKS.get(asset, _SLACK)),
        number=single,
    )


def _over(read: list[Column]) -> Iterator[Column]:
    """The columns without the newest bar, wherever it stands in the file."""
    newest = max(max(column.starts) for column in read)
    for column in read:
        kept = Column(column.series)
        for cell in zip(
            column.starts, column.ends, column.digits, column.decimals, column.rows,
            column.columns, strict=True,
        ):  # fmt: skip
            if cell[0] != newest:
                kept.append(*cell)
        if not len(kept):
            raise ParseError("fewer than two bars: which of them is over cannot be told", 1)
        yield kept


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    named = _NAMES.search(artifact.name)
    if not named:
        raise ParseError(f"nothing in {artifact.name!r} says of what these prices are")
    layout = _layout(_BY_NAME[named["asset"].lower()], adjusted=False)
    yield from _over(columns(records(decode(data, "utf-8-sig")), layout))


def _parse_raw(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    rows = list(records(decode(data, "utf-8-sig")))
    heads = [row[1] for row in rows[:3]]
    if len(heads) < 3 or tuple(head[0] for head in heads) != _RAW or any(heads[2][1:]):
        raise ParseError("no three header rows Price, Ticker, Date", 1)
    tickers = {ticker.casefold() for ticker in heads[1][1:]}
    asset = _ASSETS.get(min(tickers)) if len(tickers) == 1 else None
    if asset is None:
        raise ParseError(f"prices of {', '.join(sorted(tickers))}, not of one thing known here", 2)
    header = (1, ["Date", *heads[0][1:]])
    yield from _over(columns([header, *rows[3:]], _layout(asset, adjusted=True)))


def _recognise(head: bytes, name: str) -> bool:
    header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
    return set(header) == _HEADINGS and bool(_NAMES.search(name))


def _recognise_raw(head: bytes, _name: str) -> bool:
    lines = [line.split(",")[0] for line in glimpse(head).replace("\r", "").split("\n")[:3]]
    return tuple(lines) == _RAW


TABLES: tuple[Table, ...] = (
    Table("yahoo/bars", "yahoo", (), _recognise, _parse),
    Table("yahoo/bars_raw", "yahoo", (), _recognise_raw, _parse_raw),
)
