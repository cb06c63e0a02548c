"""Cboe: the volatility index VIX, open, high, low and close of each day.

The file prints six decimals; the index is computed to two. Early years have the close four times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from saiken.publishers import ohlc
from saiken.publishers.dated import Layout, columns
from saiken.publishers.delimited import decode, glimpse, records
from saiken.publishers.table import Artifact, Table
from saiken.terms.figure import Column

_LAYOUT = Layout(
    "DATE",
    {side.upper(): f"cboe/vix/{side}" for side in ohlc.SIDES},
    check=ohlc.check(str.upper),
    read_day=ohlc.iso_or_us_day,
)
_NAME = re.compile(r"(?:^|[/\\])VIX[_.]", re.IGNORECASE)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    yield from columns(records(decode(data, "utf-8-sig")), _LAYOUT)


def _recognise(head: bytes, name: str) -> bool:
    """All of Cboe's indices are laid out so: the name must say that this is the VIX."""
    header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
    return {"DATE", *_LAYOUT.series} == set(header) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "cboe/vix",
        "cboe",
        ("https://cdn.cboe.com/api/global/us_indices/daily_prices/VIX_History.csv",),
        _recognise,
        _parse,
    ),
)
