"""When a clause's figures are of, and what they are compared with."""

from __future__ import annotations

import re
from dataclasses import field, replace
from datetime import date, timedelta

from saiken.claims.claim import Base
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.dating import (
    LED_BY,
    SUMMIT,
    led_by,
    not_of_data,
    of_another_time,
    of_former,
    of_summit,
    of_what_is_compared,
)
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.periods import closes, opens
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.spans import When, just_ended, whole_of
from saiken.terms.immutable import immutable
from saiken.terms.period import DAYS_IN, MONTHS_IN, Period, add_months, back_from

_MONTHLY = {
    "treasury_holdings", "treasury_net_purchases", "treasury_valuation", "reserves", "debt_ratio", "capital_flows",
    "net_debt_ratio", "reserve_parts",
}  # fmt: skip
"""Measures whose figures are of months or years: a day named beside them is when it was said."""


_STOCKS = {
    "treasury_holdings",
    "government_yield",
    "yield_spread",
    "exchange_rate",
    "reserves",
    "reserve_parts",
    "debt_ratio",
    "net_debt_ratio",
    "breakeven_inflation",
    "yen_positioning",
    "yen_gross_positioning",
}


_RATIOS = {"debt_ratio", "net_debt_ratio"}
"""Measures of whole years: the year named is the figure's, not the time over which it changed."""


_POSITIONS = {"yen_positioning", "yen_gross_positioning"}
"""Measures of the weekly report on positions."""


@immutable()
class Timing:
    """`periods` are the data periods named (several: one claim for each); `rival` is what else the
    first of them may be.
    """

    periods: tuple[Period, ...] = ()
    base: Base | None = None
    since: Period | None = None
    duration: When | None = None
    high_span: When | None = None
    span: bool = False
    scope: frozenset[str] = frozenset()
    whens: tuple[Mark, ...] = field(default=())
    rival: Period | None = None


def timing_of(part: Part, topic: Topic, ctx: Context) -> Timing:
    """Read the time expressions of a clause by their prepositions and neighbours."""
    found: dict[str, list[object]] = {}
    scope: set[str] = set()
    marks, tokens = _between(part, part.all("when")), part.sentence.tokens
    for mark in marks:
        if isinstance(mark.item, When):
            when = _just_over(part, mark, _fiscal(part, mark.item, topic, ctx), topic, ctx)
            slot, value = _slot(part, mark, when, topic, ctx)
            if slot == "duration" and (ended := _just_ended(part, mark, ctx)) is not None:
                found.setdefault(slot, []).append(value)  # over which a change is told
                slot, value = "period", ended
            found.setdefault(slot, []).extend(_each(part, mark, value))
            if mark.item.eve is not None and slot in {"since", "base"}:
                found["base"] = [Base("period", mark.item.eve)]
            ending = _at_end(part, mark) or (_longer(mark) and closes(tokens, mark.first))
            if slot == "period" and topic.measure not in _MONTHLY:
                begins = _longer(mark) and opens(tokens, mark.first)
                scope |= {"period_end"} if ending else {"period_start"} if begins else set()
            if mark.item.scope and slot in {"period", "span"}:
                scope.add(mark.item.scope)
    if topic.measure not in _MONTHLY and _TO_END.search(part):
        scope.add("period_end")
    if "base" not in found and "since" not in found:
        found.update(_summit(part, topic))
    if not found:
        return Timing(scope=frozenset(scope))
    periods = [
        p for slot in ("period", "span") for p in found.get(slot, []) if isinstance(p, Period)
    ]
    first = {slot: values[0] for slot, values in found.items()}
    base, since = first.get("base"), first.get("since")
    duration, high_span = first.get("duration"), first.get("high_span")
    return Timing(
        _apart(periods) if len(periods) > 1 else tuple(periods),
        base if isinstance(base, Base) else None,
        since if isinstance(since, Period) else None,
        duration if isinstance(duration, When) else None,
        high_span if isinstance(high_span, When) else None,
        "span" in found,
        frozenset(scope),
        tuple(marks),
        _other_week(marks, part, topic, ctx),
    )


def _apart(periods: list[Period]) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(p for p in periods if not _within(p, periods)))


def _within(period: Period, periods: list[Period]) -> bool:
    """Whether it only says in which year another of them lies: "in 2014 it was $9bn in March"."""
    return period.frequency == "A" and any(
        other.frequency in {"M", "D"} and period.contains(other) for other in periods
    )


def _between(part: Part, marks: list[Mark]) -> list[Mark]:
    """As in "between April 30 and May 6": one span, however its ends are told."""
    if len(marks) < 2:
        return marks
    out: list[Mark] = []
    for mark in marks:
        first = out[-1].item if out else None
        joined = out and [t.word for t in part.sentence.tokens[out[-1].last : mark.first]] == [
            "and"
        ]
        if (
            joined
            and isinstance(first, When) and first.word == "between" and first.period is not None
            and isinstance(mark.item, When) and mark.item.period is not None
            and first.period.start <= mark.item.period.end
        ):  # fmt: skip
            span = Period(first.period.start, mark.item.period.end)
            item = replace(first, end=mark.end, last=mark.last, period=span, edge="span", word="")
            out[-1] = replace(out[-1], last=mark.last, end=mark.end, item=item)
        else:
            out.append(mark)
    return out


_SATURDAY, _SUNDAY = 5, 6


def _just_over(part: Part, mark: Mark, when: When, topic: Topic, ctx: Context) -> When:
    """What markets did "last week", said on a Sunday, they did in the week that has just ended."""
    over = ctx.dated.weekday() == _SUNDAY and _is_last_week(part, mark, topic)
    return replace(when, period=whole_of("week", ctx.dated)) if over else when


def _other_week(marks: list[Mark], part: Part, topic: Topic, ctx: Context) -> Period | None:
    """What markets did "last week", said on a Saturday, may be of either week."""
    saturday = ctx.dated.weekday() == _SATURDAY
    told = saturday and any(_is_last_week(part, mark, topic) for mark in marks)
    return whole_of("week", ctx.dated) if told else None


def _is_last_week(part: Part, mark: Mark, topic: Topic) -> bool:
    words = [token.word for token in part.sentence.tokens[mark.first : mark.last]]
    dated = isinstance(mark.item, When) and mark.item.period is not None
    return dated and topic.measure in DAILY and words[-2:] == ["last", "week"]


_AMERICAN = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation", "public_debt"}


_FISCAL_MONTHS = re.compile(
    r"\b(?P<us>oct(?:ober)?|)(?P<jp>apr(?:il)?|)\b\.?\W{1,3}(?:to |through )?(?:sep|mar)",
    re.IGNORECASE,
)


def _september(part: Part, when: When, ctx: Context) -> Period | None:
    """Where the American fiscal year ends of which the Japanese one has ended in `when`."""
    tokens = part.sentence.tokens[when.first : when.last]
    march = when.period
    named = any(token.number for token in tokens)
    later = march.shift(6) if march is not None and not named else None
    ended = later is not None and later.end <= ctx.dated
    return later if ended else march.shift(-6) if march is not None else None


def _fiscal(part: Part, when: When, topic: Topic, ctx: Context) -> When:
    """The American fiscal year, from October to September, where the months or the figures are its."""
    if when.scope != "fiscal_year" or when.period is None:
        return when
    told = _FISCAL_MONTHS.search(part.sentence.text)
    american = topic.measure in _AMERICAN and topic.subjects != ("JP",)
    if when.edge == "end":
        return replace(when, period=_september(part, when, ctx)) if american else when
    if told["us"] if told else american:
        start, end = add_months(when.period.start, -6), add_months(when.period.start, 6)
        return replace(when, period=Period(start, end - timedelta(1)))
    return when


_SEPARATELY = {"both", "each"}


def _each(part: Part, mark: Mark, value: object) -> list[object]:
    """As in "in both January and February": each month by itself, not the two together."""
    if not isinstance(value, Period) or value.frequency in {"D", "M"}:
        return [value]
    tokens = part.sentence.tokens[max(0, mark.first - 2) : mark.first]
    if _SEPARATELY.isdisjoint(token.word for token in tokens):
        return [value]
    month = Period.month(value.start.year, value.start.month)
    months = [month]
    while months[-1].end < value.end:
        months.append(months[-1].shift(1))
    return list(months)


def _at_end(part: Part, mark: Mark) -> bool:
    """As in "at the end of July"; "late July" is some of its days, "the 5 % close of July" one."""
    when = mark.item
    if not isinstance(when, When) or when.period is None or when.period.frequency != "M":
        return False
    leading = part.ahead(mark, 0)
    return when.edge == "end" and (leading is None or "amount" not in leading.kinds)


_TO_END = phrase(
    "end ends ended finish finishes finished close closes closed settle",
    r"\b(?:end|finish|clos)(?:e?s|e?d)(?: out)? it (?:at|above|below|over|under|near)\b|\bto (?:end|finish|close|settle) (?:just |well |back )?(?:at|above|below|over|under|near)\b",
)
"""As in "dropped 29bp to end below 4 %": where what went on in a period has led to."""


def _longer(mark: Mark) -> bool:
    """Whether a time is longer than a day, so that it can be ended or begun."""
    return isinstance(mark.item, When) and (mark.item.period is None or mark.item.period.days > 1)


def _just_ended(part: Part, mark: Mark, ctx: Context) -> Period | None:
    """As in "ended the month at 15": the month that is ending, or the one before."""
    when = mark.item
    if not isinstance(when, When) or when.count != 1 or when.unit not in _UNITS:
        return None
    if opens(part.sentence.tokens, mark.first):
        return whole_of(when.unit, ctx.dated)
    return just_ended(when.unit, ctx.dated) if closes(part.sentence.tokens, mark.first) else None


_UNITS = {"week", "month", "quarter", "year"}


def _summit(part: Part, topic: Topic) -> dict[str, list[object]]:
    """As in "Down a quarter from its peak", "below its high": what a change is measured from."""
    for mark in (*part.all("extreme"), *part.all("record")):
        before = {token.word for token in part.sentence.tokens[max(0, mark.first - 3) : mark.first]}
        single = mark.word in SUMMIT and mark.last - mark.first == 1
        if (single or mark.word in {"record", "all", "ath"}) and before & _OFF:
            return {"base": [Base(_summit_kind(mark, topic))]}
    return {}


def _summit_kind(mark: Mark, topic: Topic) -> str:
    """A low of the yen is a peak of the pair that it is quoted in."""
    turned = topic.inverse and topic.measure == "exchange_rate"
    return "trough" if (mark.get("extreme") == "low") != turned else "peak"


_OFF = {"from", "off", "below"}


_FROM = {"from", "than", "compared with", "compared to", "above", "below", "versus"}


_SINCE = {"since", "not since", "ever since"}


def _slot(part: Part, mark: Mark, when: When, topic: Topic, ctx: Context) -> tuple[str, object]:
    """(what a time is to its clause, its value): `period`, `span`, `base`, `since`, `duration`,
    `high_span` ("two-year high") or `` where it dates something else than the figure.
    """
    following, leading = part.after(mark, 0), part.ahead(mark, 2)
    if following is not None and "amount" in following.kinds and of_summit(part, mark):
        following = part.after(following, 0)
    superlative = following is not None and following.get("extreme") in {"high", "low"}
    if not_of_data(part, mark, following, leading):
        return "", None
    if when.kind == "year_ago" and _of_superlative(part, mark):
        return "duration", replace(when, kind="duration", count=1, unit="year")
    if when.kind == "year_ago" and _of_first(part, mark):
        return "high_span", replace(when, kind="duration", count=1, unit="year")
    if when.kind == "previous" and (when.unit == "quarter" or _shorter(when, topic)):
        return "base", Base("ago", None, 1, when.unit)
    if when.kind in {"year_ago", "previous"}:
        return "base", Base(when.kind)
    if when.kind == "duration":
        if when.word == "on" and when.count > 1:  # "on four days" counts them
            return "", None
        if when.edge == "ago" and part.sentence.tokens[mark.last - 1].word == "ago":
            return "base", Base("period", _back(ctx.dated, when))
        if when.edge == "ago":  # "two years earlier": than what has just been named
            return "base", Base("ago", None, when.count, when.unit)
        first = leading is not None and "first" in leading.kinds  # "for the first time in a year"
        spans = first or (superlative and when.word not in {"in", "over"})
        return ("high_span" if spans else "duration"), when
    if when.period is None or _said_then(when, topic):
        return "", None
    if (
        leading is not None
        and "first" in leading.kinds
        and part.sentence.tokens[mark.first].word == "this"
    ):
        return "since", Period.day(when.period.start - timedelta(1))
    if leading is not None and leading.get("record") == "last_seen":
        return "since", when.period
    if topic.measure in _POSITIONS and when.scope == "weekly" and when.word in {"", "in"}:
        return "base", Base(
            "previous"
        )  # "last week": the report that is out, against the one before
    if (
        superlative
        and following is not None
        and following.word in SUMMIT
        and following.last - following.first == 1
    ):
        return "base", Base(_summit_kind(following, topic), when.period)
    if following is not None and following.word == "record" and of_summit(part, mark):
        return "base", Base(_summit_kind(following, topic), when.period)
    if superlative and mark.owner:  # "2016's record low" dates the record, not the figure
        return "", None
    led = when.word if when.word in LED_BY else led_by(part, mark)
    if led in {"after", "before"}:
        return "", None
    if when.word in _SINCE or led == "since":
        return "since", when.period
    if when.edge != "span" and (
        when.word in _FROM
        or of_what_is_compared(part, mark)
        or of_another_time(part, mark)
        or of_former(part, mark)
    ):
        return "base", Base("period", when.period)
    between = when.edge == "span" and not _counted(when)
    return ("span" if between and topic.measure in _STOCKS else "period"), when.period


def _counted(when: When) -> bool:
    """As in "the three months to July", which begin where the month before them ended."""
    return when.unit == "month" and 1 < when.count < MONTHS_IN["year"]


_WITHIN = {"in", "over", "the", "a", "one", "past", "last", "year"}


def _of_superlative(part: Part, mark: Mark) -> bool:
    """As in "the largest in over a year": how far back nothing was larger."""
    words = {token.word for token in part.sentence.tokens[mark.first : mark.last]}
    return words <= _WITHIN and any(
        m.first < mark.first and m.word not in SUMMIT and m.get("extreme") in {"high", "low"}
        for m in part.all("extreme")
    )


_FIRST_WITHIN = 4
"""How many words before a time "first" may stand: "the first monthly drop in a year"."""


def _of_first(part: Part, mark: Mark) -> bool:
    """As in "for the first time in a year", "the first drop in a year": how far back there was none."""
    tokens = part.sentence.tokens
    words = {token.word for token in tokens[mark.first : mark.last]}
    before = tokens[max(part.first, mark.first - _FIRST_WITHIN) : mark.first]
    return words <= _WITHIN and "in" in words and any(token.word == "first" for token in before)


DAILY = {
    "government_yield", "yield_spread", "yield_gap", "exchange_rate", "volatility_index", "crypto_price", "equity_index", "credit_spread",
    "hedged_pick_up", "hedged_yield", "hedging_cost", "carry_to_risk", "realised_volatility",
}  # fmt: skip


def _shorter(when: When, topic: Topic) -> bool:
    """Whether a measure has figures within a week or a month: the one before is of yesterday."""
    return topic.measure in DAILY and when.unit in {"week", "month"}


def _back(day: date, when: When) -> Period:
    then = back_from(day, when.count, when.unit)
    return Period.day(then) if when.unit in DAYS_IN else Period.month(then.year, then.month)


def _said_then(when: When, topic: Topic) -> bool:
    """A day beside a monthly figure tells when it was published or said."""
    period = when.period
    if period is None:
        return True
    return (
        topic.measure in _MONTHLY and period.frequency == "D" and when.word not in {"since", "from"}
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
    if period is not None and period.frequency in {"A", "Q", "X"} and topic.measure not in _RATIOS:
        return Base("start"), period
    return None, period


def _span_base(period: Period) -> tuple[Base, Period]:
    """As in "Between February and April": from the end of the first month to the last month."""
    last = Period.month(period.end.year, period.end.month)
    if period.frequency == "A":  # the year to November
        return Base("year_ago"), last
    first = Period.month(period.start.year, period.start.month)
    return Base("period", first), last


def _duration_base(when: When, topic: Topic) -> Base:
    months = MONTHS_IN.get(when.unit, 0) * when.count
    if months == 12:
        return Base("year_ago")
    if when.count == 1 and (
        when.unit in {"day", "session"} or (when.unit == "month" and topic.measure in _MONTHLY)
    ):
        return Base("previous")
    if when.count == 1 and when.unit == "week" and topic.measure in _POSITIONS:
        return Base("previous")
    return Base("ago", None, when.count, when.unit)


def record_since(timing: Timing, ctx: Context) -> Period | None:
    """As in "Highest since 1999", "in four years", "ten-year high": the day or period named."""
    if timing.since is not None:
        return timing.since
    when = timing.high_span or timing.duration
    if when is not None and not (when.count == 1 and when.unit in DAYS_IN):
        return Period.day(back_from(ctx.dated, when.count, when.unit))
    return None
