"""When a clause's figures are of, and what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from saiken.claims.claim import Base
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.periods import When, back_from
from saiken.terms.period import Period

_MONTHLY = {
    "treasury_holdings", "treasury_net_purchases", "treasury_valuation", "reserves", "debt_ratio", "capital_flows",
}  # fmt: skip
"""Measures whose figures are of months or years: a day named beside them is when it was said."""
_STOCKS = {
    "treasury_holdings",
    "government_yield",
    "yield_spread",
    "exchange_rate",
    "reserves",
    "debt_ratio",
    "yen_positioning",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """`periods` are the data periods named (several: one claim for each)."""

    periods: tuple[Period, ...] = ()
    base: Base | None = None
    since: Period | None = None
    duration: When | None = None
    high_span: When | None = None
    span: bool = False
    scope: frozenset[str] = frozenset()
    whens: tuple[Mark, ...] = field(default=())


def timing_of(part: Part, topic: Topic, ctx: Context) -> Timing:
    """Read the time expressions of a clause by their prepositions and neighbours."""
    periods: list[Period] = []
    scope: set[str] = set()
    base: Base | None = None
    since: Period | None = None
    duration: When | None = None
    high_span: When | None = None
    span = False
    marks = part.all("when")
    for mark in marks:
        when = mark.item
        if not isinstance(when, When):
            continue
        following = part.after(mark, 0)
        if when.kind == "year_ago":
            base = base or Base("year_ago")
        elif when.kind == "previous":
            base = base or Base("previous")
        elif when.kind == "duration":
            if when.edge == "ago":
                base = base or Base("period", _back(ctx.dated, when))
            elif (
                following is not None
                and following.get("extreme") in {"high", "low"}
                and when.word not in {"in", "over"}
            ):
                high_span = when
            else:
                duration = duration or when
        elif when.period is not None:
            if _said_then(part, mark, when, topic):
                continue
            scope |= {when.scope} if when.scope else set()
            if (
                following is not None
                and following.get("extreme") in {"high", "low"}
                and following.word in {"peak", "high", "top", "trough", "low"}
            ):
                base = Base("peak" if following.get("extreme") == "high" else "trough", when.period)
            elif when.word in {"since", "not since", "ever since"}:
                since = when.period
            elif (
                when.word in {"from", "than", "compared with", "above", "below", "versus"}
                and when.edge != "span"
            ):
                base = Base("period", when.period)
            elif when.edge == "span" and topic.measure in _STOCKS:
                span = True
                periods.append(when.period)
            else:
                periods.append(when.period)
    return Timing(
        tuple(dict.fromkeys(periods)),
        base,
        since,
        duration,
        high_span,
        span,
        frozenset(scope),
        tuple(marks),
    )


def _back(day: date, when: When) -> Period:
    then = back_from(day, when.count, when.unit)
    return Period.day(then) if when.unit in {"day", "week"} else Period.month(then.year, then.month)


def _said_then(part: Part, mark: Mark, when: When, topic: Topic) -> bool:
    """A day beside a monthly figure tells when it was published or said."""
    period = when.period
    if period is None:
        return True
    return (
        topic.measure in _MONTHLY
        and period.frequency in {"D"}
        and when.word not in {"since", "from"}
    )


def change_base(timing: Timing, topic: Topic) -> tuple[Base | None, Period | None]:
    """(what a change is measured from, its period) from the clause's times."""
    period = timing.periods[0] if timing.periods else None
    if timing.base is not None:
        return timing.base, period
    if timing.since is not None:
        return Base("period", timing.since), period
    if timing.duration is not None:
        return _duration_base(timing.duration, topic), period
    if timing.span and period is not None:
        return _span_base(period)
    if period is not None and period.frequency in {"A", "Q", "X"} and topic.measure != "debt_ratio":
        return Base("start"), period
    return None, period


def _span_base(period: Period) -> tuple[Base, Period]:
    """ "Between February and April": from the end of the first month to the last month."""
    last = Period.month(period.end.year, period.end.month)
    if period.frequency == "A":  # the year to November
        return Base("year_ago"), last
    first = Period.month(period.start.year, period.start.month)
    return Base("period", first), last


def _duration_base(when: When, topic: Topic) -> Base:
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(when.unit, 0) * when.count
    if months == 12:
        return Base("year_ago")
    if when.count == 1 and (
        when.unit == "day" or (when.unit == "month" and topic.measure in _MONTHLY)
    ):
        return Base("previous")
    if when.count == 1 and when.unit == "week" and topic.measure in {"yen_positioning"}:
        return Base("previous")
    return Base("ago", None, when.count, when.unit)


def record_since(timing: Timing, ctx: Context) -> Period | None:
    """ "Highest since 1999", "in four years", "ten-year high": the day or period named."""
    if timing.since is not None:
        return timing.since
    when = timing.high_span or timing.duration
    if when is not None and not (when.count == 1 and when.unit in {"day", "week"}):
        return Period.day(back_from(ctx.dated, when.count, when.unit))
    return None
