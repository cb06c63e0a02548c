"""US Treasury, Fiscal Data: Debt to the Penny, the public debt of each business day to the cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from saiken.publishers import jsonfile, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number

_SERIES = {
    "debt_held_public_amt": "debt/public",
    "intragov_hold_amt": "debt/intragovernmental",
    "tot_pub_debt_out_amt": "debt/total",
}
_SERVICE = "https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v2/"
_DAY = "record_date"
_NULL = frozenset({"null", ""})
"""What the service writes for the parts before 2005, when only the total was published."""
_CENTS = re.compile(r"\d+\.\d\d\Z")


def _amounts(record: dict[str, Any], row: int) -> dict[str, tuple[int, int]]:
    found = {}
    for name in _SERIES:
        cell = record.get(name)
        if cell in _NULL and name != "tot_pub_debt_out_amt":
            continue
        if not isinstance(cell, str) or not _CENTS.match(cell):
            raise ParseError(f"record {row}: {name} is {cell!r}, no amount in dollars and cents")
        found[name] = parse_number(cell)
    public, inside, total = (found.get(name, (0, 2))[0] for name in _SERIES)
    if len(found) == len(_SERIES) and public + inside != total:
        raise ParseError(
            f"record {row}: public and intragovernmental debt do not make up the total"
        )
    return found


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """Rows of the locators are records, columns the fields of a record, both from 1."""
    records = jsonfile.content(data).get("data")
    if not isinstance(records, list) or not records:
        raise ParseError("no records under `data`: not an answer of Debt to the Penny")
    columns = {name: Column(series, sheet="data") for name, series in _SERIES.items()}
    seen: set[str] = set()
    for row, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise ParseError(f"record {row} is no object")
        label = record.get(_DAY)
        try:
            day = date.fromisoformat(str(label)).toordinal()
        except ValueError:
            raise ParseError(f"record {row}: {label!r} is not a date") from None
        if str(label) in seen:
            raise ParseError(f"record {row}: {label} stands twice")
        seen.add(str(label))
        fields = list(record)
        for name, cell in _amounts(record, row).items():
            columns[name].append(day, day, *cell, row, fields.index(name) + 1)
    yield from (column for column in columns.values() if len(column))


def _recognise(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return jsonfile.begins_with(head, "data", "meta") and '"tot_pub_debt_out_amt"' in text


TABLES: tuple[Table, ...] = (
    Table(
        "treasury/debt_to_penny",
        "treasury",
        (_SERVICE + "accounting/od/debt_to_penny?sort=-record_date&page[size]=10000",),
        _recognise,
        _parse,
    ),
)
