"""The times of a Japanese clause and what each is the time of: a figure, a base, a record's start."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from saiken.claims.claim import Base
from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.clauses import Clause, former_time
from saiken.claims.reading.japanese.clues import FLOWS, Context
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.when import When
from saiken.claims.reading.timing import DAILY
from saiken.terms.immutable import immutable
from saiken.terms.period import DAYS_IN, MONTHS_IN, PACES, Period, add_months, back_from

_MONTHLY = {
    "treasury_holdings",
    "treasury_net_purchases",
    "reserves",
    "foreign_bond_flows",
    "inbound_bond_flows",
    "debt_ratio",
}
_STOCKS = {
    "treasury_holdings",
    "reserves",
    "government_yield",
    "exchange_rate",
    "public_debt",
    "yield_spread",
    "debt_ratio",
}
_PUBLISHED = re.compile(
    r"(?:に|、|付で|付けで)?(?:[^、。]{0,6})(?:公表|発表|公開)(?:した|された|の(?!は))"
)
_TOWARDS = re.compile(r"に(?:かけて|向け)")
_TO_COME = re.compile(r"来年|来月|翌|先行き|今後")


@immutable()
class Timing:
    """`period` of the figures, `base` of a change, `since` of a record, `again` of the first in so long."""

    period: Period | None = None
    base: Base | None = None
    since: Period | None = None
    again: Base | None = None
    only: bool = False
    scope: frozenset[str] = frozenset()
    edge: str = ""


def timing_of(clause: Clause, topic: Topic, ctx: Context) -> Timing:
    """Sort the times of a clause."""
    out = Timing()
    for mark in clause.all("when"):
        when = mark.item
        if isinstance(when, When) and not _PUBLISHED.match(clause.text[when.end : when.end + 14]):
            out = _with(out, when, mark, clause, topic, ctx)
    return out


def _with(
    out: Timing, when: When, mark: Mark, clause: Clause, topic: Topic, ctx: Context
) -> Timing:
    if when.role == "since":
        since = when.period or (_counted_back(ctx.dated, when) if when.kind == "duration" else None)
        again = Base("ago", None, when.count, when.unit) if when.kind == "duration" else None
        return replace(out, since=out.since or since, again=out.again or again)
    if when.kind in {"previous", "year_ago"}:
        return replace(out, base=Base(when.kind))
    if when.kind == "duration":
        told = _duration(out, when, topic)
        dated = out.base is not None and out.base.kind == "period"  # 年末の503兆円から3カ月で
        return replace(told, base=out.base) if dated else told
    period = when.period
    if period is None:
        return out
    if when.role == "from" and topic.measure in FLOWS and period.start <= ctx.dated:
        begin = period.end if when.edge == "end" else period.start
        return replace(out, period=Period(begin, max(begin, ctx.dated)), edge="open")
    if _ENTERED.match(clause.text, when.end) and clause.has("noun", "change_up", "change_down"):
        eve = Period.day(period.start - timedelta(1))
        return replace(out, base=Base("period", eve))
    former = _of_former(clause, mark)
    if former and clause.text[mark.start : mark.start + 2] in _BEFORE:
        return replace(out, base=Base(_BEFORE[clause.text[mark.start : mark.start + 2]]))
    if when.role in {"from", "than"} or former:
        return replace(out, base=Base("period", period))
    if when.role in {"by", "until"} and period.end > ctx.dated:
        return out
    if when.role == "until" and topic.measure in DAILY and _within(period, out.period):
        return out  # 8月の上昇幅は20日までで: of the month so far
    if when.edge == "span" and topic.measure in _STOCKS:
        by_month = period.days > 31
        last = (
            Period.month(period.end.year, period.end.month) if by_month else Period.day(period.end)
        )
        start = period.start
        first = Period.month(start.year, start.month) if by_month else Period.day(start)
        return replace(out, period=last, base=out.base or Base("period", first))
    if topic.measure in _MONTHLY and period.frequency == "D" and out.period is not None:
        return out  # a day beside a month is when it was said
    if topic.measure == "yen_positioning" and when.scope == "weekly":
        return replace(out, period=Period.day(period.end), base=out.base or Base("previous"))
    scope = out.scope | ({when.scope} if when.scope else set())
    if topic.measure in DAILY:
        scope |= _edges(when, clause)
        period = Period.year(period.start.year) if when.edge == "begin" else period
    return replace(
        out, period=period, only=out.only or when.role == "only", scope=scope, edge=when.edge
    )


_ENTERED = re.compile(r"に入って(?:から)?(?:の|、)")
"""2026年に入ってからの上昇幅: from the last day before it."""


def _within(part: Period, whole: Period | None) -> bool:
    return (
        whole is not None
        and whole.days > part.days
        and whole.start <= part.start
        and part.end <= whole.end
    )


_CLOSES = re.compile(
    r"を[^、。]{0,18}で(?:取引を)?(?:終え|引け|締めくく)|は[^、。]{0,18}で(?:終え|締めくく)"
)
_OPENS = re.compile(
    r"[をは][^、。]{0,18}(?:で|から)(?:始ま|始め|スタート)|[^、。]{0,12}で(?:始ま|スタート)"
)


def _edges(when: When, clause: Clause) -> set[str]:
    """As in 6月末に, 2025年を156円で終えた, 7月を4.5%で始めた: the last figure of a time, or its first."""
    period, after = when.period, clause.text[when.end : clause.end]
    if _TOWARDS.match(clause.text, when.end):
        return set()
    if period is None or when.edge == "begin":
        return {"period_start"} if period is not None else set()
    if period.days == 1 or when.role:
        return {"period_end"} if when.edge == "end" else set()
    ended = when.edge == "end" or _CLOSES.match(after)
    return {"period_end"} if ended else {"period_start"} if _OPENS.match(after) else set()


def _counted_back(day: date, when: When) -> Period:
    """27年ぶり, 3カ月ぶり: counted in whole years or months, so half a year or the rest of the month
    later rounds to as much.
    """
    then = back_from(day, when.count, when.unit)
    match when.unit:
        case "year":
            last = add_months(then, 6)
            month = Period.month(last.year, last.month)
            return Period(then.replace(day=1), month.end)
        case "month":
            return Period.month(then.year, then.month)
    return Period.day(then)


def _of_former(clause: Clause, mark: Mark) -> bool:
    return any(former_time(clause, amount) is mark for amount in clause.all("amount"))


_BEFORE = {
    "前年": "year_ago",
    "前月": "previous",
    "前日": "previous",
    "前週": "previous",
    "前期": "previous",
}


def _duration(out: Timing, when: When, topic: Topic) -> Timing:
    months = MONTHS_IN.get(when.unit, 0) * when.count
    paced = when.count == 1 and when.unit in {*DAYS_IN, "month"}
    if paced and topic.measure in FLOWS and when.role != "ago":
        return replace(out, scope=out.scope | {PACES[when.unit]})
    if months == 12:
        return replace(out, base=Base("year_ago"))
    if when.count == 1 and (
        when.unit in {"day", "session"} or (when.unit == "month" and topic.measure in _MONTHLY)
    ):
        return replace(out, base=Base("previous"))
    return replace(out, base=Base("ago", None, when.count, when.unit))


def change_base(timing: Timing, topic: Topic) -> Base | None:
    """What a change is measured from: told, or the start of a longer period."""
    if timing.base is not None:
        year = (
            timing.period is not None
            and timing.period.frequency == "A"
            and topic.measure != "debt_ratio"
        )
        return Base("start") if year and timing.base.kind == "year_ago" else timing.base
    if timing.since is not None and timing.again is None:
        return Base("period", timing.since)
    period = timing.period
    if timing.only or (
        period is not None and period.frequency in {"A", "Q", "X"} and topic.measure != "debt_ratio"
    ):
        return Base("start")
    return None
