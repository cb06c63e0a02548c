"""SDMX-CSV, as the services of several publishers answer: one row an observation.

A column is a dimension, an attribute or the figure. Which columns there are besides the dimensions
differs by service and by version of the format: they are told by their names, and what identifies
the dataflow (`DATAFLOW`, `STRUCTURE_ID`) is checked where it is there. Rows without a period carry
attributes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from saiken.publishers import textfile
from saiken.publishers.delimited import decode, glimpse, need_width, records
from saiken.publishers.table import Artifact, ParseError
from saiken.terms.figure import Column
from saiken.terms.period import Period

PERIOD, VALUE = "TIME_PERIOD", "OBS_VALUE"
_IDENTITY = ("DATAFLOW", "STRUCTURE_ID")
_LENGTHS = {"D": "day", "M": "month", "Q": "quarter", "A": "year"}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Flow:
    """One dataflow, and what is read of it.

    `id` is agency and dataflow (`IMF.RES:WEO`), `frequency` that of its periods (D, M, Q, A);
    `columns` must be there, besides period and value;
    `fixed` columns hold the one code that is read. `series` gives the id of a row's series, and
    raises KeyError for a code that is not known. `decimals` is the column that says how many
    decimals the statistics print (services drop zeros at the end). The file's unit is
    10**-`power` of the catalog's. With `past` a period that was not over when the answer was
    fetched is left out: its figure is not there yet.
    """

    id: str
    frequency: str
    columns: tuple[str, ...]
    series: Callable[[Row], str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    decimals: str = "DECIMALS"
    power: int = 0
    past: bool = False

    def recognise(self, head: bytes, _name: str) -> bool:
        """By the columns; by the dataflow too where the first rows tell it."""
        text = glimpse(head)
        header = set(text.partition("\n")[0].rstrip("\r").replace('"', "").split(","))
        if not {*self.columns, PERIOD, VALUE} <= header:
            return False
        return header.isdisjoint(_IDENTITY) or f"{self.id}(" in text

    def parse(self, data: bytes, artifact: Artifact) -> Iterator[Column]:
        """One column a series, in the order of the file."""
        columns: dict[str, Column] = {}
        for line, row, place in self.observations(data):
            period = self.period(row, line)
            if self.past and period.end >= artifact.fetched_at.date():
                continue
            try:
                series = self.series(row)
            except KeyError as error:
                raise ParseError(f"the code {error} is not known here", line) from None
            cell = figure(row, line, int(row.get(self.decimals) or 0), self.power)
            if cell is not None:
                column = columns.setdefault(series, Column(series))
                add(column, period, cell, line, place)
        yield from columns.values()

    def observations(self, data: bytes) -> Iterator[tuple[int, Row, int]]:
        """(line, row, place of the figure) of each observation. ParseError for what is no answer
        of this dataflow, codes that are not read, an observation that stands twice.
        """
        seen = set()
        for line, row, place in self.rows(data):
            if not row[PERIOD]:
                continue
            wrong = [name for name, code in self.fixed.items() if row[name] != code]
            if wrong:
                name = wrong[0]
                msg = f"{name} is {row[name]!r}: only {self.fixed[name]!r} is read"
                raise ParseError(msg, line)
            key = (row[PERIOD], *(row[name] for name in self.columns))
            if key in seen:
                raise ParseError(f"the observation of {row[PERIOD]} stands twice", line)
            seen.add(key)
            yield line, row, place
        if not seen:
            raise ParseError("no observation in it: was the key understood?", 1)

    def period(self, row: Row, line: int) -> Period:
        """The period of an observation; IMF writes `2025-M01` for the month `2025-01`."""
        try:
            period = Period.parse(row[PERIOD].replace("-M", "-"))
        except ValueError as error:
            raise ParseError(str(error), line) from None
        if period.frequency != self.frequency:
            raise ParseError(f"{row[PERIOD]!r} is not a {_LENGTHS[self.frequency]}", line)
        return period

    def rows(self, data: bytes) -> Iterator[tuple[int, Row, int]]:
        """Every row, those that carry attributes only too."""
        (_, header), *numbered = records(decode(data, "utf-8-sig"))
        for name in (*self.columns, PERIOD, VALUE):
            if header.count(name) != 1:
                raise ParseError(f"no column {name}, or two of them", 1)
        place = header.index(VALUE)
        identity = next((name for name in _IDENTITY if name in header), "")
        for line, cells in numbered:
            need_width(cells, len(header), line)
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            if identity and row[identity] and not row[identity].startswith(f"{self.id}("):
                raise ParseError(f"the dataflow is {row[identity]}, not {self.id}", line)
            yield line, row, place


def figure(row: Row, line: int, decimals: int, power: int = 0) -> tuple[int, int] | None:
    """Digits and decimals of the figure times 10**-`power`, with at least `decimals`; None where
    there is none. Zeros beyond that are no precision.
    """
    try:
        found = textfile.number(row[VALUE])
    except ValueError as error:
        raise ParseError(str(error), line) from None
    if found is None:
        return None
    digits, places = found[0], found[1] + power
    while places < decimals:
        digits, places = digits * 10, places + 1
    while places > decimals and digits % 10 == 0:
        digits, places = digits // 10, places - 1
    return digits, places


def add(column: Column, period: Period, cell: tuple[int, int], line: int, place: int) -> None:
    start, end = period.start.toordinal(), period.end.toordinal()
    column.append(start, end, *cell, line, place + 1)
