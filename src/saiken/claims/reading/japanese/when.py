"""A time told in a Japanese sentence, and what a later one takes over from the one before it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from saiken.terms.immutable import immutable
from saiken.terms.period import Period, add_months, days_in


@immutable()
class When:
    """A time at [start, end), the particle that gives its role included.

    `kind` is `period`, `year_ago`, `previous` or `duration` (`count` of `unit`). `role` is what the
    particle makes of it: `since` (以来, ぶり), `from` (から), `than` (より, 比), `until` (まで),
    `only` (だけで: within), `ago` (前) or nothing. `edge` is `end` for an end of a month or year,
    `part` for a third of a month, `span` for a span from one month to another, `bare` for a month
    without a year. `scope` narrows the claim (`weekly`, `fiscal_year`). `coming` is the next one.
    """

    start: int
    end: int
    kind: str
    period: Period | None = None
    count: int = 1
    unit: str = ""
    role: str = ""
    edge: str = ""
    scope: str = ""
    coming: Period | None = None


def safe_day(year: int, month: int, day: int) -> date:
    year, month = max(1, min(year, 9998)), max(1, min(month, 12))
    return date(year, month, max(1, min(day, days_in(year, month))))


def _of_year(text: str, when: When, before: When | None) -> When:
    """As in 2022年の介入は9-10月の3回: months without a year, in the year just told."""
    if before is None or before.period is None or when.period is None:
        return when
    if "年" in text[when.start : when.end]:
        return when
    year = before.period
    if (
        year.frequency != "A"
        or before.role not in {"", "at"}
        or "、" in text[before.end : when.start]
    ):
        return when
    back = when.period.start.year - year.start.year
    if not back or when.period.days < _MONTH or when.period.end.year != when.period.start.year:
        return when
    start, end = (add_months(day, -12 * back) for day in (when.period.start, when.period.end))
    end = end.replace(day=days_in(end.year, end.month))
    return replace(when, period=Period(start, end), coming=None)


_MONTH = 28
_DATED = re.compile(r"[\d一二三四五六七八九十]月")


def carried(text: str, found: list[When]) -> list[When]:
    """As in 2024年7月11日に…、12日に…: a later day without a month is one of the month told before, and
    a later date without a year one of the year told before.
    """
    out: list[When] = []
    told: date | None = None
    dated = False
    for when in (
        _of_year(text, when, before) for before, when in zip([None, *found], found, strict=False)
    ):
        here = when.period.start if when.period is not None and when.period.days == 1 else None
        full = bool(_DATED.search(text, when.start, when.end))
        if here is not None and told is not None and when.edge == "bare" and here.day > told.day:
            here = safe_day(told.year, told.month, here.day)
        elif here is not None and told is not None and dated and full and when.coming is not None:
            later = (here.month, here.day) > (told.month, told.day)
            here = here.replace(year=told.year) if later else here
        elif here is None or not full or when.role not in {"", "at"}:
            out.append(when)
            continue
        dated = dated or (full and when.coming is None)
        told = here
        out.append(replace(when, period=Period.day(here)))
    return out
