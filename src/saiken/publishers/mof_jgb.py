"""MoF Japan: government bond yields by tenor, daily, in English and in Japanese."""

from __future__ import annotations

import re
from array import array
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import compress

from saiken.publishers import mof_auctions
from saiken.publishers.delimited import decode, glimpse, number_like
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

DECIMALS = 3
"""MoF prints yields to three decimals and drops zeros at the end: `7` is 7.000."""

_YIELD = re.compile(r"(-?)(\d{1,2})(?:\.(\d{1,3}))?\Z")
_NO_YIELD = -(10**9)
_ERAS = {
    # letter: (the year before its first, first day, last day)
    "S": (1925, date(1926, 12, 25), date(1989, 1, 7)),
    "H": (1988, date(1989, 1, 8), date(2019, 4, 30)),
    "R": (2018, date(2019, 5, 1), date.max),
}


class _Yields(dict[str, int]):
    """Printed yield -> thousandths of a per cent; each distinct text is read once."""

    def __missing__(self, text: str) -> int:
        found = _YIELD.match(text)
        if not found:
            raise ValueError(text)
        sign, whole, fraction = found.groups("")
        value = int(whole + fraction.ljust(DECIMALS, "0"))
        self[text] = -value if sign else value
        return self[text]


class _Months(dict[str, tuple[int, int]]):
    """Year and month as written -> (ordinal of the day before the first, days in the month)."""

    def __init__(self, read: Callable[[str], tuple[int, int]]) -> None:
        self.read = read

    def __missing__(self, text: str) -> tuple[int, int]:
        year, month = self.read(text)
        self[text] = date(year, month, 1).toordinal() - 1, monthrange(year, month)[1]
        return self[text]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How one edition writes its header and its dates.

    `month` reads what stands before the last `separator` of a date; ValueError if it cannot.
    """

    first: str
    tenor: re.Pattern[str]
    separator: str
    month: Callable[[str], tuple[int, int]]


def _western_month(separator: str) -> Callable[[str], tuple[int, int]]:
    def read(text: str) -> tuple[int, int]:
        year, _, month = text.partition(separator)
        if len(year) != 4:
            raise ValueError(text)
        return int(year), int(month)

    return read


def _era_month(text: str) -> tuple[int, int]:
    """`S49.9` -> (1974, 9). ValueError for another era or a month outside it."""
    before, first, last = _ERAS.get(text[:1], (0, date.max, date.min))
    year, _, month = text[1:].partition(".")
    western = before + (1 if year == "元" else int(year))
    if not (first.year, first.month) <= (western, int(month)) <= (last.year, last.month):
        raise ValueError(text)
    return western, int(month)


_ENGLISH = _Layout("Date", re.compile(r"(\d+)Y\Z"), "/", _western_month("/"))
_JAPANESE = _Layout("基準日", re.compile(r"(\d+)年\Z"), ".", _era_month)
_ASSEMBLED = _Layout("date", re.compile(r"(\d+)Y\Z"), "-", _western_month("-"))


def _tenors(cells: list[str], layout: _Layout) -> list[str] | None:
    """`["Date", "1Y", ...]` -> `["1Y", ...]`; None for any other line."""
    found = [layout.tenor.match(cell) for cell in cells[1:]]
    if len(cells) < 2 or cells[0] != layout.first or not all(found):
        return None
    return [f"{match[1]}Y" for match in found if match]


def _parse(text: str, layout: _Layout) -> Iterator[Column]:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    above, tenors = next(
        (
            (number, found)
            for number, line in enumerate(lines[:10], start=1)
            if (found := _tenors(line.split(","), layout))
        ),
        (0, []),
    )
    if not above:
        raise ParseError(f"no header `{layout.first}, tenor, tenor ...` in the first ten lines")
    if len(set(tenors)) != len(tenors):
        raise ParseError("a tenor stands twice in the header", above)
    rows, days, numbers = _dated(lines, above, len(tenors) + 1, layout)
    if not rows:
        raise ParseError("a header and no yields below it: the file was cut off", above)
    days_held, lines_held = array("i", days), array("i", numbers)
    yields = _Yields({"-": _NO_YIELD})
    for place, (tenor, cells) in enumerate(
        zip(tenors, list(zip(*rows, strict=True))[1:], strict=True), start=2
    ):
        try:
            digits = list(map(yields.__getitem__, cells))
        except ValueError as error:
            bad = str(error)
            msg = f"{bad!r} in column {place} ({tenor}) is not a yield"
            raise ParseError(msg, numbers[cells.index(bad)]) from None
        column = _column(tenor, place, digits, days_held, lines_held)
        if len(column):
            yield column


def _dated(
    lines: list[str], above: int, width: int, layout: _Layout
) -> tuple[list[list[str]], list[int], list[int]]:
    """The rows below line `above` that bear a date: (cells, ordinal days, line numbers)."""
    months = _Months(layout.month)
    rows, days, numbers = [], [], []
    for number, line in enumerate(lines[above:], start=above + 1):
        cells = line.split(",")
        month, _, day = cells[0].rpartition(layout.separator)
        try:
            before, length = months[month]
            nth = int(day)
        except ValueError:
            _need_note(cells, number)
            continue
        if not 1 <= nth <= length:
            raise ParseError(f"{cells[0]!r} is no date", number)
        if len(cells) != width:
            raise ParseError(f"{len(cells)} cells where the header has {width}", number)
        rows.append(cells)
        days.append(before + nth)
        numbers.append(number)
    if len(set(days)) != len(days):
        count = Counter(days)
        twice = next(i for i, day in enumerate(days) if count[day] > 1)
        raise ParseError(f"{rows[twice][0]} stands twice", numbers[twice])
    return rows, days, numbers


def _need_note(cells: list[str], number: int) -> None:
    """A line without a date may be blank or a footnote; one with figures, or markup, is damage."""
    if cells[0].lstrip().startswith("<") or any(map(number_like, cells[1:])):
        raise ParseError(f"{cells[0][:40]!r} is no date", number)


def _column(
    tenor: str, place: int, digits: list[int], days: array[int], numbers: array[int]
) -> Column:
    if _NO_YIELD in digits:
        held = [value != _NO_YIELD for value in digits]
        digits = list(compress(digits, held))
        days, numbers = array("i", compress(days, held)), array("i", compress(numbers, held))
    size = len(digits)
    return Column(
        f"jgb/yield/{tenor}",
        starts=days[:],
        ends=days[:],
        digits=array("q", digits),
        decimals=array("b", [DECIMALS]) * size,
        rows=numbers[:],
        columns=array("i", [place]) * size,
    )


def _recognise_english(head: bytes, _name: str) -> bool:
    first, _, rest = glimpse(head).partition("\n")
    return first.startswith("Interest Rate,") and bool(
        _tenors(rest.partition("\n")[0].rstrip("\r").split(","), _ENGLISH)
    )


def _recognise_japanese(head: bytes, _name: str) -> bool:
    lines = glimpse(head, japanese=True).split("\n")[:3]
    return any(_tenors(line.rstrip("\r").split(","), _JAPANESE) for line in lines)


def _recognise_assembled(head: bytes, name: str) -> bool:
    """Whose yields these are the columns do not say: the name must."""
    header = glimpse(head).partition("\n")[0].rstrip("\r").split(",")
    tenors = _tenors(header, _ASSEMBLED) or ()
    return "jgb" in name.lower() and {"10Y", "40Y"} <= set(tenors)


def _parse_english(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    return _parse(decode(data, "utf-8-sig"), _ENGLISH)


def _parse_japanese(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    return _parse(decode(data, "utf-8-sig", "cp932"), _JAPANESE)


def _parse_assembled(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    return _parse(decode(data, "utf-8-sig"), _ASSEMBLED)


_SITE = "https://www.mof.go.jp"
_HISTORY = f"{_SITE}/english/policy/jgbs/reference/interest_rate/historical/jgbcme_all.csv"
_MONTH = f"{_SITE}/english/policy/jgbs/reference/interest_rate/jgbcme.csv"

TABLES: tuple[Table, ...] = (
    Table("mof/jgbcme", "mof", (_HISTORY, _MONTH), _recognise_english, _parse_english),
    Table(
        "mof/jgbcm",
        "mof",
        (f"{_SITE}/jgbs/reference/interest_rate/data/jgbcm_all.csv",),
        _recognise_japanese,
        _parse_japanese,
    ),
    Table("mof/jgb_assembled", "mof", (), _recognise_assembled, _parse_assembled),
    mof_auctions.TABLE,
)
