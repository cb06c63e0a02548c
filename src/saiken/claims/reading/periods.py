"""Dates and spans of time in a text, relative to the day on which it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from saiken.claims.reading.spans import (
    EDGES,
    NUMBERS,
    ORDINALS,
    OUTSETS,
    Bits,
    Result,
    When,
    begun,
    christmas,
    duration,
    edge_of,
    end_of_fiscal,
    end_of_unit,
    first_days,
    first_months,
    fiscal,
    golden_week,
    half_year,
    iso_day,
    month_to,
    new_year,
    on_date,
    one_month,
    one_quarter,
    one_year,
    previous,
    relative,
    relative_day,
    running,
    season,
    span_of_days,
    span_of_months,
    span_of_years,
    the_unit,
    to_date,
    week_of_month,
    week_to,
    weekday,
    year_ago,
    year_to,
)
from saiken.claims.reading.tokens import Token
from saiken.terms.period import Period

_CLASSES: dict[str, str] = {
    **dict.fromkeys(["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"], "M"),
    **dict.fromkeys(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "W"),
    **{word: "N" for word in NUMBERS if word not in {"a", "an", "the", "single", "one", ""}},
    **dict.fromkeys(("a", "an", "one", "single"), "a"),
    **dict.fromkeys(("week", "weeks"), "w"), **dict.fromkeys(("month", "months"), "m"),
    **dict.fromkeys(("quarter", "quarters"), "q"), **dict.fromkeys(("year", "years"), "y"),
    **dict.fromkeys(("day", "days", "session", "sessions"), "d"),
    **dict.fromkeys(("decade", "decades"), "x"),
    "half": "h", "of": "o", "in": "i", "to": "t", "through": "t", "until": "t", "-": "-", "and": "n",
    "from": "f", "between": "b", "than": "f", "on": "v", "over": "v", "ended": "E", "ending": "E", "beginning": "e", "starting": "B",
    **dict.fromkeys(EDGES, "e"), **dict.fromkeys(ORDINALS, "O"),
    **dict.fromkeys(("last", "final", "latter"), "l"), "past": "L", **dict.fromkeys(("previous", "prior", "preceding"), "U"),
    "this": "z", "full": "F", "ago": "g", "earlier": "g", "before": "g", ",": "c", ".": "p", "the": "k",
    "fiscal": "P", "fy": "P", "christmas": "C", "golden": "1", "ytd": "R", "so": "s", "far": "r", "date": "A",
    **dict.fromkeys(("today", "yesterday", "tonight", "overnight"), "T"), **dict.fromkeys(("spring", "summer", "autumn", "winter"), "S"),
    "new": "j", "same": "J", "straight": "G", "consecutive": "G", "trading": "G", "calendar": "G", "business": "G", "alone": "I",
    **{f"q{n}": "Q" for n in (1, 2, 3, 4)}, "h1": "H", "h2": "H", **dict.fromkeys(("yoy", "y/y"), "K"),
    **dict.fromkeys(("mom", "m/m", "qoq", "q/q", "wow", "w/w"), "Z"), **dict.fromkeys(("annual", "yearly"), "4"),
    **dict.fromkeys(("monthly", "quarterly", "weekly"), "6"), "basis": "5", "for": "8", "period": "7", **dict.fromkeys(("began", "started", "opened"), "2"),
    "whole": "F", "entire": "F", "very": "F",
}  # fmt: skip
_MONTH = "Mp?"
_YEAR = "(?:(?:c?o?|-)Y)?"
_RULES: tuple[tuple[str, Callable[[Bits], Result]], ...] = (
    ("Y-D-D", iso_day),
    (rf"k?w(?:E|t|o|B|e)(?:v)?(?:Wc?)?{_MONTH}D{_YEAR}(?!-D)", week_to),
    (rf"k?w(?:E|t|o|B|e)(?:v)?(?:Wc?)?D{_MONTH}{_YEAR}", week_to),
    (rf"k?[Ol]F?w[oi]{_MONTH}{_YEAR}", week_of_month),
    ("k?Cw", christmas),
    (f"k?1w{_YEAR}", golden_week),
    (rf"k?mt{_MONTH}D{_YEAR}", month_to),
    (rf"k?[NDa]?[yqm][tE]i?{_MONTH}{_YEAR}(?!D)", year_to),
    (rf"(?:[bf]|wo)?e?-?{_MONTH}D[-tn](?:e-?)?(?:{_MONTH})?D{_YEAR}(?!u)", span_of_days),
    (rf"(?:[bf]|wo)?D(?:{_MONTH})?[-tn]D{_MONTH}{_YEAR}", span_of_days),
    (rf"[bf]?(?:e-?)?{_MONTH}(?:Y)?[-tn](?:e-?)?{_MONTH}{_YEAR}(?!D)", span_of_months),
    (rf"{_MONTH}D{_YEAR}", on_date),
    (rf"k?Do?{_MONTH}{_YEAR}", on_date),
    (rf"k?e-?o?k?-?(?:{_MONTH}{_YEAR}|Y|[zl][ymqw])|k?eok?[ymqw]", edge_of),
    ("k?Py-?e|k?eok?Py?(?:Y|D|N)?", end_of_fiscal),
    ("k?[ymq]-e", end_of_unit),
    ("[kz]y2", begun),
    ("8k[ymqw](?![otEBeY-])", running),
    (f"[vi]?k?y(?=t{_MONTH}D)", year_ago),
    (rf"(?:zL|l|z)?{_MONTH}{_YEAR}", one_month),
    ("k?(?:Q-?o?Y?|[Ol]qo?Y?)|Y-?Q", one_quarter),
    ("k?(?:Ho?Y?|[Ol]ho?Y?)(?!k)", half_year),
    ("k?[Ol][NDa]mo(?:Y|[zl]y)", first_months),
    ("kO[NDa][dw][oi]k?(?:MY?|Y|[zl]?[ym])", first_days),
    ("k?P(?:y)?(?:Y|D|N)(?:-[DN])?", fiscal),
    ("[lz]?W", weekday),
    ("T", relative_day),
    ("y-?t-?A|R|srzy|zysr", to_date),
    ("jy", new_year),
    ("[vif]?k?[LU]y|[vf]k?ly|[fv]?[ak]yg|y-?[vV]-?y|K|va45|[iv]ay|vky|kJ[mqwd7]l?a?yg?", year_ago),
    ("[fv]?k?U[mwdq]|[fv]?a[mwdq]g|k[mwdq]g(?=[cp]|$)|m-?[vV]-?m|q-?[vV]-?q|w-?[vV]-?w|Z|va65", previous),
    ("(?:l|zL?)[wmqy]I?", relative),
    ("SoY|SY", season),
    ("[lL]S", season),
    ("[iv]?[ak]-?[dwm](?![otEBe])", duration),
    ("k?[lLzv]*(?:N|D|a)(?:-N)?-?G?[wmqydx]g?|k?[lL][mwqdx]|x", duration),
    ("Y-(?:Y|D|N)", span_of_years),
    ("Y", one_year),
    ("k[wmqy](?![otEBe-])", the_unit),
)  # fmt: skip
_ANY = "|".join(f"(?:{source})(?P<r{i}>)" for i, (source, _) in enumerate(_RULES))
_SCANNER = re.compile(f"(?=[^u#])(?:{_ANY})")
"""Which rule it was is marked where it ends: one that begins otherwise is passed over at once."""
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
_TWO = {
    ("as", "of"), ("as", "at"), ("back", "in"), ("not", "since"), ("up", "to"),
    ("compared", "with"), ("compared", "to"),
}  # fmt: skip
_LEADS = {
    "since", "from", "in", "on", "to", "through", "until", "till", "by", "over", "during", "for", "at", "between", "of",
    "before", "after", "around", "than", "with", "within", "into", "below", "above", "versus", "was", "is",
}  # fmt: skip


def _of_number(tokens: Sequence[Token], index: int) -> str:
    """The class of a token that is a number: a year, a day of a month, a count or none of these."""
    token = tokens[index]
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


_AHEAD = {"by", "before", "until", "till", "to", "through", "for", "into"}
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


_TIMED = "[wmqydxMYQHhWTSC1PRKZ5]"
_STRETCH = re.compile(rf"[^u#](?:(?<={_TIMED})[^u#]*|[^u#]*{_TIMED}[^u#]*)")
"""Neighbours that may be a time: without one of `_TIMED` no rule speaks."""


_BARE = re.compile("^k?eok?[ymqw]$")


def _starts(tokens: Sequence[Token]) -> bool:
    return any(token.word in OUTSETS for token in tokens)


def _has_ended(tokens: Sequence[Token], start: int, end: int, classes: str) -> bool:
    """As in "at the end of the quarter", "at year-end": not "by year-end", nor "early in the week"."""
    edges = {
        token.word for token, kind in zip(tokens[start:end], classes, strict=True) if kind == "e"
    }
    return (
        edges <= {"end", "close"}
        and classes[-1] != "w"
        and _lead(tokens, start, classes) not in _AHEAD
    )


_ENDED = {
    "end", "ends", "ended", "ending", "finish", "finishes", "finished", "finishing", "close", "closes", "closed", "closing",
}  # fmt: skip
_BEGUN = {
    "begin", "begins", "began", "begun", "start", "starts", "started", "open", "opens", "opened", "enter", "enters", "entered", "kicked",
}  # fmt: skip
_OUT = {"out", "off", "the", "up"}


def closes(tokens: Sequence[Token], start: int) -> bool:
    """As in "ended July at 160", "closed out the year": what begins at token `start` is ended."""
    return _verb(tokens, start) in _ENDED


def opens(tokens: Sequence[Token], start: int) -> bool:
    """As in "began July at 160", "started the year": what begins at token `start` is begun."""
    return _verb(tokens, start) in _BEGUN


def _verb(tokens: Sequence[Token], start: int) -> str:
    index = start - 1
    while index > 0 and tokens[index].word in _OUT:
        index -= 1
    return tokens[index].word if index >= 0 else ""


def _matches(classes: str) -> Iterator[re.Match[str]]:
    """What the rules find, from left to right."""
    for stretch in _STRETCH.finditer(classes):
        at, end = stretch.span()
        while match := _SCANNER.search(classes, at, end + 1):  # some look at what follows
            yield match
            at = match.end()


def find(
    tokens: Sequence[Token], numbers: Iterable[int], taken: Iterable[int], day: date
) -> list[When]:
    """The time expressions of a sentence in order. `numbers` are the indices of the tokens that are
    numbers, `taken` of those that are something else (the "40" of a 40-year bond). Spans of tokens
    are given in `first`..`last`.
    """
    kinds = [_CLASSES.get(token.word, "u") for token in tokens]
    for index in numbers:
        kinds[index] = _of_number(tokens, index)
    if "M" in kinds:
        for index, kind in enumerate(kinds):
            if kind == "M" and tokens[index].word in _MODAL and not _is_month(tokens, index):
                kinds[index] = "u"
    for index in taken:
        kinds[index] = "u"
    classes = "".join(kinds)
    found = []
    for match in _matches(classes):
        start, end = match.span()
        rule = _RULES[int((match.lastgroup or "r0")[1:])][1]
        if rule is duration and classes[start:end] == "x" and tokens[start].word == "decade":
            continue
        parts = classes[start:end].endswith(("aq", "Nq", "Dq")) and classes[end : end + 1] == "o"
        if rule is duration and parts:
            continue  # "a quarter of" is a share
        if classes[start:end] == "aq" and (not start or tokens[start - 1].word not in _DURING):
            continue  # and so is "down a quarter"
        if rule is edge_of and _BARE.search(match[0]) and not _starts(tokens[start:end]):
            rule = end_of_unit
        if rule is end_of_unit and not _has_ended(tokens, start, end, match[0]):
            continue  # "by the end of the year" may lie ahead
        if rule is the_unit and not (closes(tokens, start) or opens(tokens, start)):
            continue
        bits = Bits(tokens[start:end], match[0], day)
        period, kind, more = rule(bits)
        word = _lead(tokens, start, match[0])
        if word == "since" and rule is one_month:
            period, more = _not_this_month(period, more, day)
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
            )
        )
    return _in_order(tokens, _within_year(tokens, found, day)) if len(found) > 1 else found


def _not_this_month(
    period: Period | None, more: dict[str, Any], day: date
) -> tuple[Period | None, dict[str, Any]]:
    """As in "the first since September", said in a September: that of the year before."""
    running = (
        period is not None and more.get("coming") is not None and period.contains(Period.day(day))
    )
    return (period.shift(-12), {"coming": period}) if running and period else (period, more)


_REACH = 7
"""How many words may stand between "from" and the time of what it governs: "from $9bn at the end of"."""


def _in_order(tokens: Sequence[Token], found: list[When]) -> list[When]:
    """As in "from $9bn in January to $8bn in November", told in a January: the first comes before."""
    out = found[:1]
    for when in found[1:]:
        former = out[-1]
        before = {token.word for token in tokens[max(0, former.first - _REACH) : former.first]}
        between = {token.word for token in tokens[former.last : when.first]}
        if "from" in before and "to" in between and _is_after(former, when):
            assert former.period is not None  # noqa: S101 - else it is after nothing
            out[-1] = replace(former, period=former.period.shift(-12), coming=former.period)
        out.append(when)
    return out


def _is_after(former: When, when: When) -> bool:
    if former.period is None or when.period is None or former.coming is None or when.coming is None:
        return False
    return former.period.frequency == "M" and former.period.start > when.period.end


def _within_year(tokens: Sequence[Token], found: list[When], day: date) -> list[When]:
    """As in "In 2014 it peaked in March", "in August 2024 it fell off its July high": months without
    a year are of the year past that the sentence begins with.
    """
    first = found[0].period
    if found[0].word != "in" or first is None or found[0].coming is not None:
        return found
    if _aside(tokens, found[0]):
        return found
    least = {"A": 2, "M": 1}.get(first.frequency)
    if least is None or day.year - first.end.year < least or first.start.year != first.end.year:
        return found
    return [found[0], *(_in_year(when, first.start.year) for when in found[1:])]


def _aside(tokens: Sequence[Token], when: When) -> bool:
    """As in "its pile, which peaked in 2013, was down in July": the year of what is said in passing."""
    ended = when.last < len(tokens) and tokens[when.last].word == ","
    return ended and any(
        tokens[i].word in _RELATIVES and tokens[i - 1].word == "," for i in range(1, when.first)
    )


_RELATIVES = {"which", "who", "whose"}


def _in_year(when: When, year: int) -> When:
    told = when.period
    if told is None or when.coming is None or told.frequency != "M":
        return when
    return replace(when, period=Period.month(year, told.start.month), coming=None)


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
