"""Long series that third parties assembled from several sources: read where no publisher's own file
reaches as far back, and labelled so in the catalog.

The Shiller file writes 0.0 where a figure is not known yet (or was not known: earnings ratios need
ten years), so a zero is no figure there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from saiken.publishers.dated import Layout, columns
from saiken.publishers.delimited import decode, glimpse, records
from saiken.publishers.table import Artifact, Table
from saiken.terms.figure import Column

_SHILLER = {
    "SP500": "price",
    "Dividend": "dividend",
    "Earnings": "earnings",
    "Consumer Price Index": "cpi",
    "Long Interest Rate": "long_rate",
    "Real Price": "real_price",
    "Real Dividend": "real_dividend",
    "Real Earnings": "real_earnings",
    "PE10": "pe10",
}
_ONE_SERIES = (
    # table, header, part of the file's name that says what the figures are of, series
    ("us10y", ("Date", "Rate"), r"us[-_]?10y", "assembled/us10y"),
    ("uk10y", ("Date", "Rate"), r"uk[-_]?gilt10y", "assembled/uk10y"),
    ("bitcoin", ("Date", "Price"), r"bitcoin[-_]price", "assembled/BTC"),
)


def _parser(layout: Layout) -> Callable[[bytes, Artifact], Iterator[Column]]:
    def parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
        yield from columns(records(decode(data, "utf-8-sig")), layout)

    return parse


def _recogniser(layout: Layout, name_has: str) -> Callable[[bytes, str], bool]:
    """The header, and a name that says what the figures are of: `Date,Rate` may be any rate."""
    headers = {layout.day, *layout.series}
    named = re.compile(name_has, re.IGNORECASE)

    def recognise(head: bytes, name: str) -> bool:
        header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
        return set(header) == headers and bool(named.search(name))

    return recognise


def _table(key: str, layout: Layout, name_has: str) -> Table:
    return Table(
        f"assembled/{key}", "assembled", (), _recogniser(layout, name_has), _parser(layout)
    )


_LAYOUTS = {
    "shiller": (
        Layout(
            "Date",
            {name: f"shiller/sp500/{item}" for name, item in _SHILLER.items()},
            zero_is_none=frozenset(_SHILLER),
        ),
        "",
    ),
    **{
        key: (Layout(header[0], {header[1]: series}), name)
        for key, header, name, series in _ONE_SERIES
    },
}
TABLES: tuple[Table, ...] = tuple(
    _table(key, layout, name_has) for key, (layout, name_has) in _LAYOUTS.items()
)
