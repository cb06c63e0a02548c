"""Periods of time that figures are about: a day, a week, a month, a quarter, a year, any span."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LABEL = re.compile(
    r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|(?P<m>\d\d)(?:-(?P<d>\d\d))?))?\Z",
)

DAYS_IN = {"day": 1, "session": 1, "week": 7}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
"""The units that people count time in, each in days or in months; a session is a day of the market."""
PACES = {
    "day": "daily", "session": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly",
    "year": "yearly",
}  # fmt: skip
"""What is counted by the unit."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed span of calendar days, `start` to `end` inclusive.

    The frequency is read off the span itself, so that the same month is the same period
    whichever publisher names it.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            msg = f"a period cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(msg)

    @classmethod
    def day(cls, day: date) -> Period:
        return cls(day, day)

    @classmethod
    def week_ending(cls, last: date) -> Period:
        return cls(last - timedelta(days=6), last)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), date(year, month, days_in(year, month)))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        last = 3 * quarter
        return cls(date(year, last - 2, 1), date(year, last, days_in(year, last)))

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, label: str) -> Period:
        """Read what `label` writes: `2025`, `2025-Q3`, `2025-11`, `2025-11-03`, `A..B`.

        Raises ValueError for anything else.
        """
        first, dots, last = label.partition("..")
        if dots:
            return cls(cls.parse(first).start, cls.parse(last).end)
        found = _LABEL.match(label)
        if not found:
            msg = f"not a period: {label!r} (write 2025, 2025-Q3, 2025-11, 2025-11-03 or A..B)"
            raise ValueError(msg)
        year = int(found["y"])
        if found["q"]:
            return cls.quarter(year, int(found["q"]))
        if found["d"]:
            return cls.day(date(year, int(found["m"]), int(found["d"])))
        if found["m"]:
            return cls.month(year, int(found["m"]))
        return cls.year(year)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def frequency(self) -> str:
        """`D`, `W`, `M`, `Q`, `A` (any twelve whole months) or `X` for other spans."""
        start, end = self.start, self.end
        if start == end:
            return "D"
        if start.day != 1 or end.day != days_in(end.year, end.month):
            return "W" if self.days == 7 else "X"
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months == 3 and start.month % 3 == 1:
            return "Q"
        return {1: "M", 12: "A"}.get(months, "X")

    @property
    def label(self) -> str:
        """The shortest of the forms that `parse` reads; a fiscal year is written as a span."""
        match self.frequency:
            case "D":
                return self.start.isoformat()
            case "M":
                return f"{self.start:%Y-%m}"
            case "Q":
                return f"{self.start.year}-Q{self.end.month // 3}"
            case "A" if self.start.month == 1:
                return f"{self.start.year}"
        if self.frequency in {"A", "X"} and self.start.day == 1:
            last = days_in(self.end.year, self.end.month)
            if self.end.day == last:
                return f"{self.start:%Y-%m}..{self.end:%Y-%m}"
        return f"{self.start}..{self.end}"

    def shift(self, steps: int) -> Period:
        """The period `steps` of its own length later (negative: earlier)."""
        match self.frequency:
            case "M" | "Q" | "A":
                width = {"M": 1, "Q": 3, "A": 12}[self.frequency]
                first = add_months(self.start, steps * width)
                last = add_months(first, width - 1)
                return Period(first, date(last.year, last.month, days_in(last.year, last.month)))
            case _:
                by = timedelta(days=steps * self.days)
                return Period(self.start + by, self.end + by)

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return self.label


def days_in(year: int, month: int) -> int:
    """The number of days of a month; the calendar's own function works out a weekday as well."""
    return 29 if month == 2 and isleap(year) else _DAYS[month]


def back_from(day: date, count: int, unit: str) -> date:
    """`day` moved back by `count` of `unit` (day, session, week, month, quarter, year, decade), no
    further than the calendar goes.
    """
    if unit in DAYS_IN:
        return day - timedelta(min(count * DAYS_IN[unit], day.toordinal() - 1))
    return add_months(day, -min(count * MONTHS_IN[unit], (day.year - 1) * 12))


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, cut to the last day of the month it lands in."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


SPANS: Mapping[str, Callable[[date], Period]] = {
    "D": Period.day,
    "W": Period.week_ending,
    "M": lambda day: Period.month(day.year, day.month),
    "Q": lambda day: Period.quarter(day.year, (day.month + 2) // 3),
    "A": lambda day: Period.year(day.year),
}
"""The period that a day stands for, by frequency; a week is named by its last day."""
