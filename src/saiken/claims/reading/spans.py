"""What each kind of time expression means: one function for each rule of the grammar of times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from saiken.claims.reading.tokens import Token
from saiken.terms.immutable import immutable
from saiken.terms.period import Period, add_months, days_in

ORDINALS = ("first", "second", "third", "fourth")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "the": 1, "single": 1, "couple": 2, "thirty": 30, "forty": 40, "": 1}


@immutable()
class When:
    """A time expression at [start, end).

    `kind` is `period` (a span named; `period` is None where it is none of any calendar: FY9999), `duration` (`count` of `unit`: "in three months"),
    `year_ago` or `previous` (a base of comparison). `word` is the preposition before it (`in`,
    `since`, `from`, `to`, `as of`…), `edge` is `start`, `end` or `middle` where only part of the
    span is meant ("the end of 2025"), `coming` the same date in the future where no year is told,
    `eve` what lies before a span of which the outset is meant ("since the start of the year"): its
    last figure is what stood then.
    """

    start: int
    end: int
    kind: str
    period: Period | None = None
    count: int = 1
    unit: str = ""
    word: str = ""
    edge: str = ""
    scope: str = ""
    coming: Period | None = None
    eve: Period | None = None
    first: int = 0
    last: int = 0


Result = tuple[Period | None, str, dict[str, Any]]


class Bits:
    """The tokens that a rule matched, by class, with the day of the text."""

    def __init__(self, tokens: Sequence[Token], classes: str, day: date) -> None:
        self.tokens, self.classes, self.day = tokens, classes, day

    def words(self, wanted: str) -> list[str]:
        return [
            token.word
            for token, kind in zip(self.tokens, self.classes, strict=True)
            if kind in wanted
        ]

    @property
    def months(self) -> list[int]:
        return [_MONTHS.index(word[:3]) + 1 for word in self.words("M")]

    @property
    def days(self) -> list[int]:
        return [int(word) for word in self.words("D")]

    @property
    def years(self) -> list[int]:
        return [int(word) for word in self.words("Y")]

    @property
    def year(self) -> int | None:
        years = self.years
        return years[-1] if years else None

    def of_month(self, index: int) -> int:
        """The year of the most recent month `index` that has begun, where none is told."""
        return self.year or (self.day.year if index <= self.day.month else self.day.year - 1)


_EARLIEST, _LATEST = date(1600, 1, 1), date(3000, 1, 1)


def told_from(dated: date) -> date:
    """The day of a text, or the nearest from which times can be told: as long before any span that
    starts no earlier than `_FIRST_YEAR`, the calendar goes on.
    """
    return min(max(dated, _EARLIEST), _LATEST)


def _safe_day(year: int, month: int, day: int) -> date:
    return date(year, month, max(1, min(day, days_in(year, month))))


def _date(bits: Bits) -> tuple[Period, Period | None]:
    """The day named and, where no year is told, its next occurrence."""
    month, day, year = bits.months[-1], bits.days[-1], bits.year
    if year:
        return Period.day(_safe_day(year, month, day)), None
    here = _safe_day(bits.day.year, month, day)
    past = here if here <= bits.day else _safe_day(bits.day.year - 1, month, day)
    return Period.day(past), Period.day(_safe_day(past.year + 1, month, day))


def on_date(bits: Bits) -> Result:
    period, coming = _date(bits)
    return period, "period", {"coming": coming}


def iso_day(bits: Bits) -> Result:
    month, day = bits.days
    return Period.day(_safe_day(bits.years[0], min(month, 12) or 1, day)), "period", {}


def span_of_days(bits: Bits) -> Result:
    """2-8 August 2026, April 28 to May 27, between Jan 3 and Feb 4."""
    last, _ = _date(bits)
    first_month = bits.months[0]
    year = last.start.year - (first_month > bits.months[-1])
    first = _safe_day(year, first_month, bits.days[0])
    return Period(min(first, last.start), last.end), "period", {}


def span_of_months(bits: Bits) -> Result:
    """February and March, April to July, between February and April 2024."""
    first, last = bits.months[0], bits.months[-1]
    end_year = bits.of_month(last)
    start_year = end_year if first <= last else end_year - 1
    if len(bits.years) == 2:
        start_year = bits.years[0]
    start, end = Period.month(start_year, first), Period.month(end_year, last)
    return Period(min(start, end).start, max(start, end).end), "period", {"edge": "span"}


def edge_of(bits: Bits) -> Result:
    """Early 2024, mid-January, the end of November 2025, the start of this year."""
    word = bits.words("e")[0]
    name = EDGES[word]
    if bits.months:
        whole = Period.month(bits.of_month(bits.months[0]), bits.months[0])
    elif bits.year:
        whole = Period.year(bits.year)
    else:
        whole = relative(bits)[0] or Period.year(bits.day.year)
    if name == "end" and word != "late":  # stocks at the end of a month are that month's figure
        last = whole if whole.frequency == "M" else Period.month(whole.end.year, whole.end.month)
        return last, "period", {"edge": "end"}
    if word in OUTSETS:
        return _outset(whole)
    part = ("start", "middle", "end").index(name)
    if whole.frequency == "M":
        cuts = (
            whole.start,
            whole.start + timedelta(10),
            whole.start + timedelta(20),
            whole.end + timedelta(1),
        )
    else:
        third = timedelta(whole.days // 3)
        cuts = (whole.start, whole.start + third, whole.start + 2 * third, whole.end + timedelta(1))
    return Period(cuts[part], cuts[part + 1] - timedelta(1)), "period", {"edge": name}


def _outset(whole: Period) -> Result:
    """The start of a year or a quarter is its first month, that of a month its first days."""
    first = Period.month(whole.start.year, whole.start.month)
    if whole.days <= first.days:
        first = Period(whole.start, min(whole.end, whole.start + timedelta(whole.days // 3)))
    return first, "period", {"edge": "outset", "eve": whole.shift(-1)}


def begun(bits: Bits) -> Result:
    """As in "since the year began"."""
    return _outset(Period.year(bits.day.year))


def one_month(bits: Bits) -> Result:
    month, year = bits.months[0], bits.of_month(bits.months[0])
    if not bits.year and bits.words("lzL") and (year, month) == (bits.day.year, bits.day.month):
        year -= 1
    coming = None if bits.year else Period.month(year + 1, month)
    return Period.month(year, month), "period", {"coming": coming}


def one_quarter(bits: Bits) -> Result:
    told = bits.words("Q")
    quarter = int(told[0][1]) if told else _ordinal(bits.words("Ol")[0], 4)
    year = bits.year or bits.day.year - (3 * quarter - 2 > bits.day.month)
    return Period.quarter(year, quarter), "period", {}


def _ordinal(word: str, last: int) -> int:
    return ORDINALS.index(word) + 1 if word in ORDINALS else last


def half_year(bits: Bits) -> Result:
    told = bits.words("H")
    half = int(told[0][1]) if told else min(2, _ordinal(bits.words("Ol")[0], 2))
    year = bits.year or bits.day.year - (half == 2 and bits.day.month < 7)
    first = 6 * half - 5
    return Period(Period.month(year, first).start, Period.month(year, first + 5).end), "period", {}


def first_months(bits: Bits) -> Result:
    count = max(1, min(12, count_of(bits.words("NDa")[0])))
    year = bits.year or bits.day.year - (bits.words("l")[-1:] != [] and bits.classes[-2:] == "ly")
    first = 1 if bits.words("Ol")[0] == "first" else 13 - count
    months = (Period.month(year, first), Period.month(year, first + count - 1))
    return Period(months[0].start, months[1].end), "period", {}


def first_days(bits: Bits) -> Result:
    """The first 20 days of 2026, the first two weeks of March."""
    if bits.months:
        start = Period.month(bits.of_month(bits.months[0]), bits.months[0]).start
    elif bits.year:
        start = date(bits.year, 1, 1)
    else:
        whole = relative(Bits(bits.tokens[-2:], bits.classes[-2:], bits.day))[0]
        start = whole.start if whole is not None else bits.day
    tokens = dict(zip(bits.classes, bits.tokens, strict=True))
    number = next(
        token.word for kind, token in zip(bits.classes, bits.tokens, strict=True) if kind in "NDa"
    )
    count = count_of(number) * (7 if "w" in tokens else 1)
    if count < 1:
        return None, "period", {}
    last = start + timedelta(count - 1)
    return Period(start, last), "period", {"edge": "days"}


_FIRST_YEAR, _LAST_YEAR = 1600, 2400
"""What is no year between these dates no figure."""


def fiscal(bits: Bits) -> Result:
    """Japan's fiscal year by default: April of the year named to the next March."""
    digits = [re.sub(r"\D", "", word) for word in bits.words("PYDN")]
    told = next((word for word in digits if word), "0000")  # "fiscal twelve" is no year
    year = int(told) if len(told) == 4 else 2000 + int(told[-2:])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None, "period", {}
    return Period(date(year, 4, 1), date(year + 1, 3, 31)), "period", {"scope": "fiscal_year"}


def end_of_fiscal(bits: Bits) -> Result:
    """At fiscal year-end, at the end of fiscal 2025: a March, the last that has ended or is ending
    where no year is told.
    """
    named = fiscal(bits)[0] if bits.words("YDN") else None
    if bits.words("YDN") and named is None:
        return None, "period", {}
    ended = date(bits.day.year, 3, 31) < bits.day + _LAST_DAYS
    year = named.end.year if named else bits.day.year - (not ended)
    return Period.month(year, 3), "period", {"edge": "end", "scope": "fiscal_year"}


def week_around(day: date) -> Period:
    """The Sunday-to-Saturday week that holds `day`, as weekly statistics count it."""
    return Period.week_ending(day + timedelta((5 - day.weekday()) % 7))


def week_to(bits: Bits) -> Result:
    period, _ = _date(bits)
    starts = bits.words("oB")
    week = week_around(period.start) if starts else Period.week_ending(period.start)
    return week, "period", {"scope": "weekly"}


def week_of_month(bits: Bits) -> Result:
    month = bits.months[0]
    whole = Period.month(bits.of_month(month), month)
    which = bits.words("Ol")[0]
    if which not in ORDINALS:
        return (
            Period.week_ending(whole.end - timedelta((whole.end.weekday() - 5) % 7)),
            "period",
            {"scope": "weekly"},
        )
    sunday = whole.start + timedelta((6 - whole.start.weekday()) % 7 + 7 * ORDINALS.index(which))
    return Period(sunday, sunday + timedelta(6)), "period", {"scope": "weekly"}


def christmas(bits: Bits) -> Result:
    year = bits.year or bits.day.year - (bits.day < date(bits.day.year, 12, 25))
    return week_around(date(year, 12, 25)), "period", {"scope": "weekly"}


def golden_week(bits: Bits) -> Result:
    """Japan's holidays from 29 April to 5 May, with the weekend beside them."""
    year = bits.year or bits.day.year - (bits.day < date(bits.day.year, 4, 29))
    return Period(date(year, 4, 29), date(year, 5, 6)), "period", {"edge": "span"}


def weekday(bits: Bits) -> Result:
    back = (bits.day.weekday() - _WEEKDAYS.index(bits.words("W")[0][:3])) % 7
    if not back and bits.words("l"):
        back = 7
    coming = Period.day(bits.day + timedelta(7 - back))
    return Period.day(bits.day - timedelta(back)), "period", {"coming": coming}


def relative_day(bits: Bits) -> Result:
    back = {"yesterday": 1, "overnight": 1}.get(bits.words("T")[0], 0)
    return Period.day(bits.day - timedelta(back)), "period", {}


def relative(bits: Bits) -> Result:
    """Last month, this week, last year, last quarter."""
    back = 1 if bits.words("l") else 0
    unit = bits.words("wmqyd")[-1]
    if unit[0] == "w":  # Monday to Sunday
        sunday = bits.day + timedelta(6 - bits.day.weekday() - 7 * back)
        return Period.week_ending(sunday), "period", {"scope": "weekly"}
    if unit[0] == "y":
        return Period.year(bits.day.year - back), "period", {}
    month = bits.day.month
    here = (
        Period.quarter(bits.day.year, (month + 2) // 3)
        if unit[0] == "q"
        else Period.month(bits.day.year, month)
    )
    return here.shift(-back), "period", {}


_FIRST_DAYS = 3
_LAST_DAYS = timedelta(days=3)
"""So near its end a week, a month or a year may be told as ended: the last of these days trade."""


def whole_of(unit: str, day: date) -> Period:
    """The week (Monday to Sunday), month, quarter or year that holds a day."""
    match unit:
        case "week":
            return Period(day - timedelta(day.weekday()), day + timedelta(6 - day.weekday()))
        case "month":
            return Period.month(day.year, day.month)
        case "quarter":
            return Period.quarter(day.year, (day.month + 2) // 3)
    return Period.year(day.year)


def just_ended(unit: str, day: date) -> Period:
    """The one that is ending on a day, or else the one before it."""
    running = whole_of(unit, day)
    ending = day + _LAST_DAYS > running.end
    return running if ending else whole_of(unit, running.start - timedelta(1))


def end_of_unit(bits: Bits) -> Result:
    """At year-end, at the end of the quarter: the last month of the one that has just ended."""
    unit = {"m": "month", "q": "quarter", "y": "year"}[bits.words("mqy")[-1][0]]
    last = just_ended(unit, bits.day).end
    return Period.month(last.year, last.month), "period", {"edge": "end"}


def the_unit(bits: Bits) -> Result:
    """As in "closed the year at 20", "ended the week": of which one the verb tells."""
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[bits.words("wmqy")[0][0]]
    return None, "duration", {"unit": unit}


def running(bits: Bits) -> Result:
    """As in "down 3 % for the year": the one that runs, or that of which the end is days ago."""
    whole, kind, more = relative(bits)
    if whole is not None and (bits.day - whole.start).days < _FIRST_DAYS:
        whole = whole.shift(-1)
    return whole, kind, more


def to_date(bits: Bits) -> Result:
    return Period(date(bits.day.year, 1, 1), bits.day), "period", {"edge": "to_date"}


def new_year(bits: Bits) -> Result:
    return Period.day(date(bits.day.year, 1, 1)), "period", {}


def season(bits: Bits) -> Result:
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[bits.words("S")[0]]
    year = bits.year or bits.day.year - (bits.day.month <= first + 2)
    start = Period.month(year, first).start
    last = add_months(start, 2)
    return Period(start, Period.month(last.year, last.month).end), "period", {}


def one_year(bits: Bits) -> Result:
    return Period.year(bits.years[0]), "period", {}


def span_of_years(bits: Bits) -> Result:
    first = bits.years[0]
    last = bits.words("YDN")[-1]
    if not last.isdecimal() or int(last) > _LAST_YEAR:  # "1997-two" ends in no year
        return None, "period", {}
    tail = int(last)
    tail += first // 100 * 100 if tail < 100 else 0
    return Period(date(first, 1, 1), date(max(first, tail), 12, 31)), "period", {}


def year_to(bits: Bits) -> Result:
    """The year to November, the three months to March: whole months that end there."""
    last = Period.month(bits.of_month(bits.months[0]), bits.months[0])
    counts = {"y": 12, "q": 3, "m": 1}
    unit = bits.words("yqm")[0][0]
    number = bits.words("NDa")
    count = counts[unit] * (count_of(number[0]) if number else 1)
    if not 0 < count <= 12 * (last.start.year - _FIRST_YEAR):
        return None, "period", {}
    told = {"edge": "span", "count": count, "unit": "month"}
    return Period(add_months(last.start, 1 - count), last.end), "period", told


def month_to(bits: Bits) -> Result:
    period, _ = _date(bits)
    return (
        Period(add_months(period.start, -1) + timedelta(1), period.end),
        "period",
        {"edge": "span"},
    )


def year_ago(_: Bits) -> Result:
    return None, "year_ago", {}


def previous(bits: Bits) -> Result:
    """The previous month, a quarter earlier, month on month, w/w."""
    units = bits.words("wmqd")
    word = units[-1] if units else bits.words("Z6")[0]
    names = {"d": "day", "s": "session", "w": "week", "m": "month", "q": "quarter"}
    return None, "previous", {"unit": names[word[0]]}


def duration(bits: Bits) -> Result:
    units = bits.words("wmqydx")
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year", "x": "decade"}.get(
        next(kind for kind in bits.classes if kind in "wmqydx"), "day"
    )
    if unit == "day" and (
        units[0].startswith("session") or {"trading", "business"} & {*bits.words("G")}
    ):
        unit = "session"
    number = bits.words("NDa")
    count = count_of(number[0]) if number else (2 if units[0].endswith("s") else 1)
    if count < 1:
        return None, "period", {}
    edge = "ago" if bits.words("g") else ""
    return None, "duration", {"count": count, "unit": unit, "edge": edge}


def count_of(word: str) -> int:
    """What a small number, in digits or in words, counts."""
    if word.isdigit():
        return int(word[:4])
    return sum(NUMBERS.get(part, 0) for part in word.split("-")) or 1


OUTSETS = {"start", "beginning", "outset"}
EDGES = {
    "early": "start", "start": "start", "beginning": "start", "outset": "start", "mid": "middle", "middle": "middle",
    "late": "end", "end": "end", "close": "end",
}  # fmt: skip
