"""One published number, and the column form in which parsers hand over many of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from saiken.terms.period import Period

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_MAX_DIGITS = 17
WITHHELD = -128
"""The `decimals` of a cell that the publisher prints without a value (withdrawn, n.a.)."""


class Status(StrEnum):
    FINAL = "final"
    PRELIMINARY = "preliminary"
    REVISED = "revised"
    ESTIMATED = "estimated"
    PROJECTED = "projected"
    WITHDRAWN = "withdrawn"


class Basis(StrEnum):
    """How it is known when a figure became public."""

    PUBLISHED = "published"  # the file or the release says so
    CALENDAR = "calendar"  # the publisher's schedule says so
    FIRST_SEEN = "first_seen"  # only that it was public when it was fetched


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a figure stands in its artifact: 1-based line (or row) and column (or cell)."""

    row: int
    column: int
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"sheet {self.sheet}, row {self.row}, column {self.column}"
        return f"line {self.row}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as published, with its two clocks and its place in the publisher's file.

    `value` is in the series' unit; None is a withdrawn figure. `decimals` is how it was printed:
    1,202.7 has one, and stands for 1,202.65 to 1,202.75. It is negative where the last digits
    are zeros by convention.
    """

    series: str
    period: Period
    value: Decimal | None
    decimals: int
    status: Status
    vintage_at: datetime
    vintage_basis: Basis
    artifact_sha256: str
    locator: Locator
    parser_version: int
    recorded_at: datetime
    vintage_day: date | None = None
    """The calendar day of `vintage_at` where the publisher is."""


def parse_number(text: str) -> tuple[int, int]:
    """`"1,202.70"` -> (120270, 2): the digits as an integer and how many are decimals.

    Blanks around, thousands commas, a full-width or typographic minus and a leading plus are
    read; more than 17 significant digits are cut, since no publisher means them. Raises
    ValueError for everything else, an empty cell included.
    """
    plain = text.strip().strip('"').strip().replace(",", "").replace("−", "-").replace("－", "-")
    plain = plain.replace(" ", "")
    if not _NUMBER.match(plain):
        msg = f"not a number: {text!r}"
        raise ValueError(msg)
    whole, _, fraction = plain.partition(".")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.lstrip("+-")
    fraction = fraction[: max(0, _MAX_DIGITS - len(whole.lstrip("0")))]
    return int(f"{sign}{whole or '0'}{fraction}"), len(fraction)


@dataclass(slots=True)
class Column:
    """One series as one file states it: what a parser yields.

    Parallel arrays, one entry a cell: proleptic ordinals of the period's first and last day,
    the printed digits as an integer, how many of them are decimals (`WITHHELD` for a cell
    printed without a value), the line and the column. `vintage_at` is what the file itself says
    of its own publication, None where only the calendar or the fetch can tell;
    `vintage_basis` is `calendar` where it says which release it is, and `first_seen` where it only
    says when its figures were fetched.
    """

    series: str
    status: Status = Status.FINAL
    vintage_at: datetime | None = None
    sheet: str = ""
    vintage_basis: Basis = Basis.PUBLISHED
    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    digits: array[int] = field(default_factory=lambda: array("q"))
    decimals: array[int] = field(default_factory=lambda: array("b"))
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))

    def __len__(self) -> int:
        return len(self.digits)

    def add(self, start: int, end: int, text: str, row: int, column: int) -> None:
        """Append the cell `text` for the days `start`..`end` (ordinals). ValueError if no number."""
        digits, decimals = parse_number(text)
        self.append(start, end, digits, decimals, row, column)

    def append(
        self, start: int, end: int, digits: int, decimals: int, row: int, column: int
    ) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.digits.append(digits)
        self.decimals.append(decimals)
        self.rows.append(row)
        self.columns.append(column)

    def cells(self) -> Iterator[tuple[Period, Decimal | None, int, Locator]]:
        """Each cell as (period, value, decimals, locator), in the order of the file."""
        for start, end, digits, decimals, row, column in zip(
            self.starts, self.ends, self.digits, self.decimals, self.rows, self.columns, strict=True
        ):
            value = None if decimals == WITHHELD else Decimal(digits).scaleb(-decimals)
            period = Period(date.fromordinal(start), date.fromordinal(end))
            yield period, value, decimals, Locator(row, column, self.sheet)
