"""Dates and spans of time in a text, relative to the day on which it was written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from saiken.claims.reading.tokens import Token
from saiken.terms.period import Period, add_months

_ORDINALS = ("first", "second", "third", "fourth")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "the": 1, "single": 1, "couple": 2, "thirty": 30, "forty": 40, "": 1}


@dataclass(frozen=True, slots=True)
class When:
    """A time expression at [start, end).

    `kind` is `period` (a span named), `duration` (`count` of `unit`: "in three months"),
    `year_ago` or `previous` (a base of comparison). `word` is the preposition before it (`in`,
    `since`, `from`, `to`, `as of`…), `edge` is `start`, `end` or `middle` where only part of the
    span is meant ("the end of 2025"), `coming` the same date in the future where no year is told.
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
    first: int = 0
    last: int = 0


_Result = tuple[Period | None, str, dict[str, object]]


class _Bits:
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


def _safe_day(year: int, month: int, day: int) -> date:
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))


def _date(bits: _Bits) -> tuple[Period, Period | None]:
    """The day named and, where no year is told, its next occurrence."""
    month, day, year = bits.months[-1], bits.days[-1], bits.year
    if year:
        return Period.day(_safe_day(year, month, day)), None
    here = _safe_day(bits.day.year, month, day)
    past = here if here <= bits.day else _safe_day(bits.day.year - 1, month, day)
    return Period.day(past), Period.day(_safe_day(past.year + 1, month, day))


def _on_date(bits: _Bits) -> _Result:
    period, coming = _date(bits)
    return period, "period", {"coming": coming}


def _iso(bits: _Bits) -> _Result:
    month, day = bits.days
    return Period.day(_safe_day(bits.years[0], min(month, 12) or 1, day)), "period", {}


def _days(bits: _Bits) -> _Result:
    """2-8 August 2026, April 28 to May 27, between Jan 3 and Feb 4."""
    last, _ = _date(bits)
    first_month = bits.months[0]
    year = last.start.year - (first_month > bits.months[-1])
    first = _safe_day(year, first_month, bits.days[0])
    return Period(min(first, last.start), last.end), "period", {}


def _span(bits: _Bits) -> _Result:
    """February and March, April to July, between February and April 2024."""
    first, last = bits.months[0], bits.months[-1]
    end_year = bits.of_month(last)
    start_year = end_year if first <= last else end_year - 1
    if len(bits.years) == 2:
        start_year = bits.years[0]
    start, end = Period.month(start_year, first), Period.month(end_year, last)
    return Period(min(start, end).start, max(start, end).end), "period", {"edge": "span"}


def _edge(bits: _Bits) -> _Result:
    """early 2024, mid-January, the end of November 2025, the start of this year."""
    word = bits.words("e")[0]
    name = _EDGES[word]
    if bits.months:
        whole = Period.month(bits.of_month(bits.months[0]), bits.months[0])
    elif bits.year:
        whole = Period.year(bits.year)
    else:
        whole = _relative(bits)[0] or Period.year(bits.day.year)
    if name == "end" and word != "late":  # stocks at the end of a month are that month's figure
        last = whole if whole.frequency == "M" else Period.month(whole.end.year, whole.end.month)
        return last, "period", {"edge": "end"}
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


def _month(bits: _Bits) -> _Result:
    month, year = bits.months[0], bits.of_month(bits.months[0])
    if not bits.year and bits.words("lzL") and (year, month) == (bits.day.year, bits.day.month):
        year -= 1
    coming = None if bits.year else Period.month(year + 1, month)
    return Period.month(year, month), "period", {"coming": coming}


def _quarter(bits: _Bits) -> _Result:
    told = bits.words("Q")
    quarter = int(told[0][1]) if told else _ordinal(bits.words("Ol")[0], 4)
    year = bits.year or bits.day.year - (3 * quarter - 2 > bits.day.month)
    return Period.quarter(year, quarter), "period", {}


def _ordinal(word: str, last: int) -> int:
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else last


def _half(bits: _Bits) -> _Result:
    told = bits.words("H")
    half = int(told[0][1]) if told else min(2, _ordinal(bits.words("Ol")[0], 2))
    year = bits.year or bits.day.year - (half == 2 and bits.day.month < 7)
    first = 6 * half - 5
    return Period(Period.month(year, first).start, Period.month(year, first + 5).end), "period", {}


def _first_months(bits: _Bits) -> _Result:
    count = max(1, min(12, count_of(bits.words("NDa")[0])))
    year = bits.year or bits.day.year - (bits.words("l")[-1:] != [] and bits.classes[-2:] == "ly")
    first = 1 if bits.words("Ol")[0] == "first" else 13 - count
    months = (Period.month(year, first), Period.month(year, first + count - 1))
    return Period(months[0].start, months[1].end), "period", {}


def _fiscal(bits: _Bits) -> _Result:
    """Japan's fiscal year by default: April of the year named to the next March."""
    digits = [re.sub(r"\D", "", word) for word in bits.words("PYDN")]
    told = next(word for word in digits if word)
    year = int(told) if len(told) == 4 else 2000 + int(told[-2:])
    return Period(date(year, 4, 1), date(year + 1, 3, 31)), "period", {"scope": "fiscal_year"}


def week_around(day: date) -> Period:
    """The Sunday-to-Saturday week that holds `day`, as weekly statistics count it."""
    return Period.week_ending(day + timedelta((5 - day.weekday()) % 7))


def _week_to(bits: _Bits) -> _Result:
    period, _ = _date(bits)
    starts = bits.words("oB")
    week = week_around(period.start) if starts else Period.week_ending(period.start)
    return week, "period", {"scope": "weekly"}


def _week_of_month(bits: _Bits) -> _Result:
    month = bits.months[0]
    whole = Period.month(bits.of_month(month), month)
    which = bits.words("Ol")[0]
    if which not in _ORDINALS:
        return (
            Period.week_ending(whole.end - timedelta((whole.end.weekday() - 5) % 7)),
            "period",
            {"scope": "weekly"},
        )
    sunday = whole.start + timedelta((6 - whole.start.weekday()) % 7 + 7 * _ORDINALS.index(which))
    return Period(sunday, sunday + timedelta(6)), "period", {"scope": "weekly"}


def _christmas(bits: _Bits) -> _Result:
    year = bits.year or bits.day.year - (bits.day < date(bits.day.year, 12, 25))
    return week_around(date(year, 12, 25)), "period", {"scope": "weekly"}


def _weekday(bits: _Bits) -> _Result:
    back = (bits.day.weekday() - _WEEKDAYS.index(bits.words("W")[0][:3])) % 7
    if not back and bits.words("l"):
        back = 7
    coming = Period.day(bits.day + timedelta(7 - back))
    return Period.day(bits.day - timedelta(back)), "period", {"coming": coming}


def _relative_day(bits: _Bits) -> _Result:
    back = {"yesterday": 1, "overnight": 1}.get(bits.words("T")[0], 0)
    return Period.day(bits.day - timedelta(back)), "period", {}


def _relative(bits: _Bits) -> _Result:
    """last month, this week, last year, last quarter."""
    back = 1 if bits.words("l") else 0
    unit = bits.words("wmqyd")[-1]
    if unit[0] == "w":
        return week_around(bits.day - timedelta(7 * back)), "period", {"scope": "weekly"}
    if unit[0] == "y":
        return Period.year(bits.day.year - back), "period", {}
    month = bits.day.month
    here = (
        Period.quarter(bits.day.year, (month + 2) // 3)
        if unit[0] == "q"
        else Period.month(bits.day.year, month)
    )
    return here.shift(-back), "period", {}


def _to_date(bits: _Bits) -> _Result:
    return Period(date(bits.day.year, 1, 1), bits.day), "period", {"edge": "to_date"}


def _new_year(bits: _Bits) -> _Result:
    return Period.day(date(bits.day.year, 1, 1)), "period", {}


def _season(bits: _Bits) -> _Result:
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[bits.words("S")[0]]
    year = bits.year or bits.day.year - (bits.day.month <= first + 2)
    start = Period.month(year, first).start
    last = add_months(start, 2)
    return Period(start, Period.month(last.year, last.month).end), "period", {}


def _year(bits: _Bits) -> _Result:
    return Period.year(bits.years[0]), "period", {}


def _years(bits: _Bits) -> _Result:
    first = bits.years[0]
    tail = bits.years[1] if len(bits.years) > 1 else first // 100 * 100 + int(bits.words("DN")[0])
    return Period(date(first, 1, 1), date(max(first, tail), 12, 31)), "period", {}


def _year_to(bits: _Bits) -> _Result:
    """the year to November, the three months to March: whole months that end there."""
    last = Period.month(bits.of_month(bits.months[0]), bits.months[0])
    counts = {"y": 12, "q": 3, "m": 1}
    unit = bits.words("yqm")[0][0]
    number = bits.words("NDa")
    count = counts[unit] * (count_of(number[0]) if number else 1)
    return Period(add_months(last.start, 1 - count), last.end), "period", {"edge": "span"}


def _month_to(bits: _Bits) -> _Result:
    period, _ = _date(bits)
    return (
        Period(add_months(period.start, -1) + timedelta(1), period.end),
        "period",
        {"edge": "span"},
    )


def _year_ago(bits: _Bits) -> _Result:
    return None, "year_ago", {}


def _previous(bits: _Bits) -> _Result:
    return None, "previous", {}


def _duration(bits: _Bits) -> _Result:
    units = bits.words("wmqydx")
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year", "x": "decade"}.get(
        next(kind for kind in bits.classes if kind in "wmqydx"), "day"
    )
    number = bits.words("NDa")
    count = count_of(number[0]) if number else (2 if units[0].endswith("s") else 1)
    edge = "ago" if bits.words("g") else ""
    return None, "duration", {"count": count, "unit": unit, "edge": edge}


def count_of(word: str) -> int:
    """What a small number, in digits or in words, counts."""
    if word.isdigit():
        return int(word[:4])
    return sum(_NUMBERS.get(part, 0) for part in word.split("-")) or 1


_EDGES = {
    "early": "start", "start": "start", "beginning": "start", "outset": "start", "mid": "middle", "middle": "middle",
    "late": "end", "end": "end", "close": "end",
}  # fmt: skip
_CLASSES: dict[str, str] = {
    **{name: "M" for name in (
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec").split()},
    **{name: "W" for name in "monday tuesday wednesday thursday friday saturday sunday".split()},
    **{word: "N" for word in _NUMBERS if word not in {"a", "an", "the", "single", "one", ""}},
    **dict.fromkeys(("a", "an", "one", "single"), "a"),
    **{word: "w" for word in ("week", "weeks")}, **{word: "m" for word in ("month", "months")},
    **{word: "q" for word in ("quarter", "quarters")}, **{word: "y" for word in ("year", "years")},
    **{word: "d" for word in ("day", "days", "session", "sessions")},
    **{word: "x" for word in ("decade", "decades")},
    "half": "h", "of": "o", "in": "i", "to": "t", "through": "t", "until": "t", "-": "-", "and": "n",
    "from": "f", "between": "b", "than": "f", "on": "v", "over": "v", "ended": "E", "ending": "E", "beginning": "e", "starting": "B",
    **{word: "e" for word in _EDGES}, **{word: "O" for word in _ORDINALS},
    **dict.fromkeys(("last", "final", "latter"), "l"), "past": "L", **dict.fromkeys(("previous", "prior", "preceding"), "U"),
    "this": "z", "full": "F", "ago": "g", "earlier": "g", "before": "g", ",": "c", ".": "p", "the": "k",
    "fiscal": "P", "fy": "P", "christmas": "C", "ytd": "R", "so": "s", "far": "r", "date": "A",
    **dict.fromkeys(("today", "yesterday", "tonight", "overnight"), "T"), **{word: "S" for word in ("spring", "summer", "autumn", "winter")},
    "new": "j", "same": "J", "straight": "G", "consecutive": "G", "trading": "G", "calendar": "G", "business": "G", "alone": "I",
    **{f"q{n}": "Q" for n in (1, 2, 3, 4)}, "h1": "H", "h2": "H", "yoy": "K", "mom": "Z", "whole": "F", "entire": "F", "very": "F",
}  # fmt: skip
_MONTH = "Mp?"
_YEAR = "(?:c?o?Y)?"
_RULES: tuple[tuple[str, Callable[[_Bits], _Result]], ...] = (
    ("Y-D-D", _iso),
    (rf"k?w(?:E|t|o|B|e)(?:v)?(?:Wc?)?{_MONTH}D{_YEAR}(?!-D)", _week_to),
    (rf"k?w(?:E|t|o|B|e)(?:v)?(?:Wc?)?D{_MONTH}{_YEAR}", _week_to),
    (rf"k?[Ol]F?w[oi]{_MONTH}{_YEAR}", _week_of_month),
    ("k?Cw", _christmas),
    (rf"k?mt{_MONTH}D{_YEAR}", _month_to),
    (rf"k?[NDa]?[yqm][tE]i?{_MONTH}{_YEAR}(?!D)", _year_to),
    (rf"(?:[bf]|wo)?e?-?{_MONTH}D[-tn](?:e-?)?(?:{_MONTH})?D{_YEAR}(?!u)", _days),
    (rf"(?:[bf]|wo)?D(?:{_MONTH})?[-tn]D{_MONTH}{_YEAR}", _days),
    (rf"[bf]?(?:e-?)?{_MONTH}(?:Y)?[-tn](?:e-?)?{_MONTH}{_YEAR}(?!D)", _span),
    (rf"{_MONTH}D{_YEAR}", _on_date),
    (rf"k?Do?{_MONTH}{_YEAR}", _on_date),
    (rf"k?e-?o?k?-?(?:{_MONTH}{_YEAR}|Y|[zl][ym])", _edge),
    (rf"(?:zL|l|z)?{_MONTH}{_YEAR}", _month),
    ("k?(?:Q-?o?Y?|[Ol]qo?Y?)|Y-?Q", _quarter),
    ("k?(?:Ho?Y?|[Ol]ho?Y?)(?!k)", _half),
    ("k?[Ol][NDa]mo(?:Y|[zl]y)", _first_months),
    ("k?P(?:y)?(?:Y|D|N)(?:-[DN])?", _fiscal),
    ("[lz]?W", _weekday),
    ("T", _relative_day),
    ("y-?t-?A|R|srzy|zysr", _to_date),
    ("jy", _new_year),
    ("[vif]?k?[LU]y|[vf]k?ly|[fv]?[ak]yg|y-[vV]-?y|K|[iv]ay|vky|kJ[mqwd]l?a?yg?", _year_ago),
    ("[fv]?k?U[mwdq]|[fv]?a[mwdq]g|m-[vV]-?m|Z", _previous),
    ("(?:l|zL?)[wmqy]I?", _relative),
    ("SoY|SY", _season),
    ("[lL]S", _season),
    ("[iv]?[ak]-?[dwm](?![otEBe])", _duration),
    ("k?[lLzv]*(?:N|D|a)(?:-N)?-?G?[wmqydx]g?|k?[lL][mwqdx]|x", _duration),
    ("Y-(?:Y|D|N)", _years),
    ("Y", _year),
)  # fmt: skip
_SCANNER = re.compile("|".join(f"(?P<r{i}>{source})" for i, (source, _) in enumerate(_RULES)))
_MODAL = {"may", "march", "mar", "sat", "sun", "second", "fall"}
_SOFT = {
    "the",
    "its",
    "over",
    "at",
    "least",
    "around",
    "about",
    "back",
    "more",
    "than",
    "nearly",
    "almost",
    "just",
    "some",
    "any",
    "single",
}
_TWO = {("as", "of"), ("as", "at"), ("back", "in"), ("not", "since"), ("up", "to")}
_LEADS = {
    "since", "from", "in", "on", "to", "through", "until", "till", "by", "over", "during", "for", "at", "between", "of",
    "before", "after", "around", "than", "with", "within", "into", "below", "above", "versus", "was", "is",
}  # fmt: skip


def _class_of(tokens: Sequence[Token], index: int, taken: set[int]) -> str:
    token = tokens[index]
    if index in taken:
        return "u"
    if not token.number:
        kind = _CLASSES.get(token.word, "u")
        if kind == "M" and token.word in _MODAL and not _is_month(tokens, index):
            return "u"
        return kind
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    if before and before.raw in "$¥€£₩₹#" and before.end == token.start:
        return "#"
    if (
        after
        and after.start == token.end
        and (after.raw == "%" or (after.raw.isalpha() and len(after.raw) < 4))
    ):
        return "#"
    if not token.word.isdigit():
        return "#"
    if after and after.word in _COUNTED:
        return "#"
    value = int(token.word) if len(token.word) <= 4 else 0
    if len(token.word) == 4 and 1900 <= value <= 2100:
        return "Y"
    return "D" if 1 <= value <= 31 else "N"


_DURING = {"in", "over", "during", "for", "within", "once", "every", "each"}
_COUNTED = {
    "%", "percent", "per", "basis", "bp", "bps", "billion", "trillion", "million", "thousand", "contracts", "points",
    "percentage", "dollars", "yen", "euros", "times", "bn", "tn", "pp",
}  # fmt: skip


def _is_month(tokens: Sequence[Token], index: int) -> bool:
    """Whether "May" or "March" is the month: written large, and not opening a clause as a verb."""
    token = tokens[index]
    if not token.raw[0].isupper():
        return False
    before = tokens[index - 1].word if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before in _LEADS or before in {
        "last",
        "late",
        "early",
        "mid",
        "-",
        "this",
        "end",
        "past",
        "and",
        "next",
    }:
        return True
    return (
        after is None
        or after.number
        or not after.raw.isalpha()
        or token.owner
        or not token.raw.isupper()
    )


def find(tokens: Sequence[Token], taken: set[int], day: date) -> list[When]:
    """The time expressions of a sentence in order. `taken` are indices that are something else
    (the "40" of a 40-year bond). Spans of tokens are given in `first`..`last`."""
    classes = "".join(_class_of(tokens, index, taken) for index in range(len(tokens)))
    found = []
    for match in _SCANNER.finditer(classes):
        start, end = match.span()
        rule = _RULES[int((match.lastgroup or "r0")[1:])][1]
        if rule is _duration and classes[start:end] in {"x"} and tokens[start].word == "decade":
            continue
        if (
            rule is _duration
            and classes[start:end].endswith("aq")
            and classes[end : end + 1] == "o"
        ):
            continue  # "a quarter of" is a share
        if classes[start:end] == "aq" and (not start or tokens[start - 1].word not in _DURING):
            continue  # and so is "down a quarter"
        bits = _Bits(tokens[start:end], match[0], day)
        period, kind, more = rule(bits)
        word = _lead(tokens, start, match[0])
        found.append(
            When(
                tokens[start].start,
                tokens[end - 1].end,
                kind,
                period,
                word=word,
                first=start,
                last=end,
                **more,
            )  # type: ignore[arg-type]
        )
    return found


def preposition(tokens: Sequence[Token], start: int) -> str:
    """The preposition that governs what begins at token `start`, articles and hedges skipped."""
    return _lead(tokens, start, " ")


def _lead(tokens: Sequence[Token], start: int, classes: str) -> str:
    """The preposition that governs what begins at token `start`."""
    if classes[0] in "fibv":
        return tokens[start].word
    index = start - 1
    while (
        index >= 0
        and tokens[index].word in _SOFT
        and not (tokens[index].word in {"over", "than", "at"} and index == start - 1)
    ):
        index -= 1
    if index < 0:
        return ""
    if index and (tokens[index - 1].word, tokens[index].word) in _TWO:
        return f"{tokens[index - 1].word} {tokens[index].word}"
    word = tokens[index].word
    if word in _LEADS:
        return word
    return tokens[start - 1].word if start and tokens[start - 1].word in _LEADS else ""


def back_from(day: date, count: int, unit: str) -> date:
    """`day` moved back by `count` of `unit` (day, week, month, quarter, year, decade)."""
    if unit in {"day", "week"}:
        return day - timedelta(min(count * (7 if unit == "week" else 1), 300_000))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    return add_months(day, -min(months, (day.year - 1) * 12))
