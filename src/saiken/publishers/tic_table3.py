"""US Treasury, TIC, SLT Table 3: positions, net US sales and valuation change, by country.

USD mn, monthly, stocks at the end of the month; positive net US sales mean that foreigners bought.
Sales and valuation begin in February 2023 (`n.a.` before). The change of a long-term position is
not their sum: a residual stays, and is not ours to explain away.
"""

from __future__ import annotations

from collections.abc import Iterator

from saiken.publishers import textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.publishers.tic import DOCUMENTS, holder, recogniser
from saiken.terms.figure import Column
from saiken.terms.period import Period

_FAMILIES = {
    "for_treas_pos": "tic/position",
    "for_treas_net": "tic/net",
    "for_lt_treas_pos": "tic/position_lt",
    "for_lt_treas_net": "tic/net_lt",
    "for_lt_treas_valchg": "tic/valuation",
    "for_st_treas_pos": "tic/position_st",
    "for_st_treas_net": "tic/net_st",
}
_Bills = tuple[int | None, int | None, int]
"""Short-term position and net sales (None where not published) and their line."""
_LESS_THAN_HALF = "*"
_SUMS = (
    ("for_treas_pos", "for_lt_treas_pos", "for_st_treas_pos"),
    ("for_treas_net", "for_lt_treas_net", "for_st_treas_net"),
)


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """`slt_table3.txt`, read by the machine names in its second header row.

    Raises ParseError unless holdings and net sales are the sums of their long-term and
    short-term parts, and short-term net sales the change of the position, on every row.
    """
    del artifact
    text = textfile.lines(data)
    start = next((i for i, line in enumerate(text) if line.startswith("country\t")), -1)
    if start < 0:
        raise ParseError("no header row with the machine names: this is not SLT Table 3")
    places = {name: place for place, name in enumerate(textfile.tab_cells(text[start]))}
    missing = [name for name in ("country", "date", *_FAMILIES) if name not in places]
    if missing:
        raise ParseError(f"the header lacks {', '.join(missing)}", start + 1)
    columns: dict[str, Column] = {}
    bills: dict[tuple[str, Period], _Bills] = {}
    for index in range(start + 1, len(text)):
        cells = textfile.tab_cells(text[index])
        if not any(cells):
            break
        code, month, values = _row(cells, places, index + 1)
        if (code, month) in bills:
            raise ParseError(f"{code} {month} stands twice", index + 1)
        bills[code, month] = (values["for_st_treas_pos"], values["for_st_treas_net"], index + 1)
        span = (month.start.toordinal(), month.end.toordinal())
        for name, family in _FAMILIES.items():
            value = values[name]
            if value is None:
                continue
            series = f"{family}/{code}"
            column = columns.setdefault(series, Column(series))
            column.append(*span, value, 0, index + 1, places[name] + 1)
    if not any(line.strip().casefold().startswith("notes") for line in text[start:]):
        raise ParseError("the file ends before its notes: it is cut", len(text))
    _check_bills(bills)
    yield from columns.values()


def _row(
    cells: list[str], places: dict[str, int], line: int
) -> tuple[str, Period, dict[str, int | None]]:
    if len(cells) < len(places):
        raise ParseError(f"{len(cells)} cells, the header has {len(places)}: is it cut?", line)
    _, code = holder(cells[places["country"]])
    try:
        month = Period.parse(cells[places["date"]])
        values = {name: _million(cells[places[name]]) for name in _FAMILIES}
    except ValueError as error:
        raise ParseError(str(error), line) from error
    for total, long, short in _SUMS:
        whole, parts = values[total], (values[long], values[short])
        if whole is not None and None not in parts and whole != sum(p or 0 for p in parts):
            raise ParseError(f"{total} is {whole}, its parts are {parts[0]} and {parts[1]}", line)
    return code, month, values


def _million(cell: str) -> int | None:
    """The figure of a cell, None for `n.a.`. ValueError for what is no whole number."""
    if cell == _LESS_THAN_HALF:
        return 0
    found = textfile.printed(cell, 0)
    if found is None:
        return None
    if found[1]:
        raise ValueError(f"a fraction of a million: {cell!r}")
    return found[0]


def _check_bills(bills: dict[tuple[str, Period], _Bills]) -> None:
    for (code, month), (position, net, line) in bills.items():
        before, _, _ = bills.get((code, month.shift(-1)), (None, None, 0))
        if position is None or net is None or before is None:
            continue
        if position - before != net:
            msg = f"short-term net sales are {net}, the position moved by {position - before}"
            raise ParseError(msg, line)


TABLES: tuple[Table, ...] = (
    Table(
        "tic/slt_table3",
        "tic",
        (DOCUMENTS + "slt_table3.txt",),
        recogniser(
            "U.S. Treasury Securities Held by Foreign Residents", r"^country\tcountry_code\tdate\t"
        ),
        _parse,
    ),
)
