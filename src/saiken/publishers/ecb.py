"""European Central Bank: euro foreign exchange reference rates, one fixing a day."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from datetime import date
from itertools import compress

from saiken.publishers.delimited import decode, glimpse, unzipped, zip_of
from saiken.publishers.sdmx import Flow
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_NONE = "N/A"
_HOLE = (-1, 0)
_MEMORY = 20
"""Fixings over which the decimals of a currency are remembered: that many zeros are no chance."""


class _Rates(dict[str, tuple[int, int]]):
    """Printed rate -> (digits, decimals); each distinct text is read once."""

    def __missing__(self, text: str) -> tuple[int, int]:
        digits = text.replace(".", "", 1)
        if not (digits.isdecimal() and text.isascii() and text[0] != "." and len(text) < 17):
            raise ValueError(text)
        value = int(digits)
        if not value or text[-1] == ".":
            raise ValueError(text)
        places = len(text) - text.find(".") - 1 if "." in text else 0
        self[text] = value, places
        return self[text]


def _printed(cells: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Digits and decimals with the dropped zeros put back; `cells` run from old to new.

    The file writes 143.2 for a fixing of 143.20. A rate has as many decimals as the most among
    itself and the nineteen before it: only the past decides, so a longer file says the same of
    every day.
    """
    digits, decimals = [], []
    most, last = 0, [-_MEMORY] * 17
    for i, (value, places) in enumerate(cells):
        last[places] = i
        if places > most:
            most = places
        elif places < most:
            while i - last[most] >= _MEMORY:
                most -= 1
            value *= 10 ** (most - places)  # noqa: PLW2901 - 200,000 times a file
        digits.append(value)
        decimals.append(most)
    return digits, decimals


def _days(rows: list[list[str]], first: int) -> list[int]:
    """Ordinals of the dates in the first cells; `first` is the line of the first row."""
    days = []
    seen: set[int] = set()
    for line, row in enumerate(rows, start=first):
        try:
            day = date.fromisoformat(row[0]).toordinal()
        except ValueError:
            raise ParseError(f"{row[0][:40]!r} is not a date", line) from None
        if day in seen:
            raise ParseError(f"{row[0]} stands twice", line)
        seen.add(day)
        days.append(day)
    return days


def _rows(text: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows, all of one width. A comma at the end of every line is no column."""
    header, *rows = (line.rstrip("\r").split(",") for line in text.split("\n")[:-1])
    while rows and rows[-1] == [""]:
        rows.pop()
    width = len(header)
    for line, row in enumerate(rows, start=2):
        if len(row) != width:
            raise ParseError(f"{len(row)} cells where the header has {width}", line)
    if not rows:
        raise ParseError("a header and no rates below it: the file was cut off", 1)
    if header[-1] == "":
        header.pop()
        for line, row in enumerate(rows, start=2):
            if row.pop():
                raise ParseError("a cell without a header", line)
    return header, rows


def _padded(cells: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Digits and decimals of the cross: two decimals, three where three are written."""
    digits = [value * 10 ** max(0, 2 - places) for value, places in cells]
    return digits, [max(2, places) for _, places in cells]


def _column(
    series: str,
    place: int,
    cells: tuple[str, ...],
    days: list[int],
    order: list[int],
    restore: Callable[[list[tuple[int, int]]], tuple[list[int], list[int]]] = _printed,
) -> Column:
    """The fixings of one currency, oldest first. `order` lists the rows by day."""
    rates = _Rates({_NONE: _HOLE})
    try:
        read = list(map(rates.__getitem__, cells))
    except ValueError as error:
        bad = str(error)
        line = cells.index(bad) + 2
        raise ParseError(f"{bad!r} in column {place} is not a rate", line) from None
    held = [read[row] is not _HOLE for row in order]
    rows = list(compress(order, held))
    digits, decimals = restore([read[row] for row in rows])
    ordinals = array("i", [days[row] for row in rows])
    return Column(
        series,
        starts=ordinals,
        ends=ordinals[:],
        digits=array("q", digits),
        decimals=array("b", decimals),
        rows=array("i", [row + 2 for row in rows]),
        columns=array("i", [place]) * len(rows),
    )


def _parse_rates(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    header, rows = _rows(decode(unzipped(data), "utf-8-sig"))
    currencies = [cell.strip() for cell in header[1:]]
    if header[0] != "Date" or not all(map(_CURRENCY.match, currencies)):
        raise ParseError("the header is not `Date` and currency codes", 1)
    if len(set(currencies)) != len(currencies):
        raise ParseError("a currency stands twice in the header", 1)
    days = _days(rows, 2)
    order = sorted(range(len(days)), key=days.__getitem__)
    _, *cells = zip(*rows, strict=True)
    for place, (currency, column) in enumerate(zip(currencies, cells, strict=True), start=2):
        read = _column(f"ecb/EUR{currency}", place, column, days, order)
        if len(read):
            yield read


def _parse_cross(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    header, rows = _rows(decode(data, "utf-8-sig"))
    if header != ["date", "price"]:
        raise ParseError("the header is not `date,price`", 1)
    days = _days(rows, 2)
    order = sorted(range(len(days)), key=days.__getitem__)
    _, cells = zip(*rows, strict=True)
    if _NONE in cells:
        raise ParseError(f"{_NONE!r} is not a rate", cells.index(_NONE) + 2)
    yield _column("ecb/USDJPY", 2, cells, days, order, _padded)


def _recognise_rates(head: bytes, _name: str) -> bool:
    if zip_of(head, b"eurofxref-hist.csv"):
        return True
    header = glimpse(head).partition("\n")[0].rstrip("\r").rstrip(",").split(",")
    return header[0] == "Date" and {"USD", "JPY", "GBP", "CHF"} <= set(header)


def _recognise_cross(head: bytes, name: str) -> bool:
    """`date,price` may be the price of anything: the name must say of what."""
    header, _, rest = glimpse(head).partition("\n")
    first = rest.partition("\n")[0]
    return (
        header.rstrip("\r") == "date,price"
        and re.match(r"\d{4}-\d\d-\d\d,\d+(\.\d+)?\r?\Z", first) is not None
        and "usdjpy_daily_close" in name.lower()
    )


RATES = Flow(
    "ECB:EXR",
    "D",
    ("FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_SUFFIX", "DECIMALS"),
    lambda row: f"ecb/EUR{row['CURRENCY']}",
    {"FREQ": "D", "CURRENCY_DENOM": "EUR", "EXR_TYPE": "SP00", "EXR_SUFFIX": "A"},
)
"""The same fixings from the data service, which answers before the file of all days is written."""

TABLES: tuple[Table, ...] = (
    Table(
        "ecb/eurofxref",
        "ecb",
        ("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",),
        _recognise_rates,
        _parse_rates,
    ),
    Table(
        "ecb/exchange_rates_sdmx",
        "ecb",
        (
            (
                "https://data-api.ecb.europa.eu/service/data/EXR/D.{currencies}.EUR.SP00.A"
                "?lastNObservations=250&format=csvdata"
            ),
        ),
        RATES.recognise,
        RATES.parse,
    ),
    Table("ecb/usdjpy_cross", "ecb", (), _recognise_cross, _parse_cross),
)
