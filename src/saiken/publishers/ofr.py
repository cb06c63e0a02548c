"""Office of Financial Research: the Financial Stress Index, its five categories and three regions.

Daily, 0 = average, + = stress. The past is not restated. The five categories add up to the index;
the regions do so only roughly.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from saiken.publishers import textfile
from saiken.publishers.dated import Layout, Printed, Row, columns
from saiken.publishers.delimited import decode, glimpse, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_INDEX = "OFR FSI"
_CATEGORIES = {
    "Credit": "credit",
    "Equity valuation": "equity",
    "Safe assets": "safe_assets",
    "Funding": "funding",
    "Volatility": "volatility",
}
_REGIONS = {
    "United States": "us",
    "Other advanced economies": "advanced",
    "Emerging markets": "emerging",
}
_SLACK = 0.0036
"""Six figures rounded to a thousandth miss their sum by three thousandths at most."""


def _adds_up(row: Row) -> str:
    cells = [row[name] for name in (_INDEX, *_CATEGORIES)]
    if None in cells:
        return "" if not any(cells) else "a category or the index is missing"
    total, *parts = (cell[0] / 10 ** cell[1] for cell in cells if cell)
    gap = abs(sum(parts) - total)
    return f"the categories are {gap:.3f} off the index" if gap > _SLACK else ""


def _number(text: str, decimals: int | None) -> Printed | None:
    """A cell; a few stand unrounded, one of them as -9.076749291912794e-05."""
    if "e" not in text:
        return textfile.printed(text, decimals)
    try:
        return textfile.number(f"{Decimal(text):f}")
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r}") from None


_LAYOUT = Layout(
    "Date",
    {
        _INDEX: "ofr/fsi/index",
        **{name: f"ofr/fsi/{key}" for name, key in (_CATEGORIES | _REGIONS).items()},
    },
    check=_adds_up,
    number=_number,
)


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    found = columns(records(decode(data, "utf-8-sig")), _LAYOUT)
    if len(found) != len(_LAYOUT.series) or len({len(column) for column in found}) != 1:
        raise ParseError("the index, its categories and its regions are not of the same days")
    yield from found


def _recognise(head: bytes, _name: str) -> bool:
    header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
    return {"Date", _INDEX, *_CATEGORIES} <= set(header)


TABLES: tuple[Table, ...] = (
    Table(
        "ofr/fsi",
        "ofr",
        ("https://www.financialresearch.gov/financial-stress-index/data/fsi.csv",),
        _recognise,
        _parse,
    ),
)
