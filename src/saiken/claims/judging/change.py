"""Changes and directions: "fell by $22 billion", "up 8 bp", "more than doubled", "steady"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saiken.claims.claim import Base, Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import (
    Finding,
    best,
    exaggerated,
    not_covered,
    refuted,
    supported,
)
from saiken.claims.judging.intraday import left_open, may_have_traded, traded
from saiken.claims.judging.lines import Line
from saiken.claims.judging.paces import averaged
from saiken.claims.judging.target import STALE_DAYS, missing, target, window
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.judging.weigh import merge, weigh
from saiken.claims.verdict import Ruling
from saiken.measures import history
from saiken.terms.period import MONTHS_IN, Period, add_months, back_from
from saiken.terms.quantity import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Step:
    """A change between two observations of one line."""

    line: Line
    base: int
    index: int

    @property
    def value(self) -> float:
        """In the line's unit, as printed."""
        return round(self.line.values[self.index] - self.line.values[self.base], 9)

    @property
    def interval(self) -> Interval:
        """In base units, with the rounding of both ends."""
        return self.line.interval(self.index) - self.line.interval(self.base)

    @property
    def traded(self) -> Interval:
        """In base units, between any prices about the two."""
        return traded(self.line, self.index) - traded(self.line, self.base)

    @property
    def ratio(self) -> Interval:
        return self.line.interval(self.index).over(self.line.interval(self.base))

    @property
    def figures(self) -> tuple:  # type: ignore[type-arg]
        return (*self.line.cite(self.index), *self.line.cite(self.base))

    @property
    def relative(self) -> Words:
        """The change as a share of what it is measured from, if that is positive and stays so."""
        after, before = self.line.values[self.index], self.line.values[self.base]
        positive = before > 0 and after > 0
        return tell(" ({change:+.1%})", change=after / before - 1) if positive else ""

    @property
    def arithmetic(self) -> Told:
        unit = self.line.unit
        after, before = self.line.values[self.index], self.line.values[self.base]
        return tell(
            "{after} ({end}) − {before} ({start}) = {change}{relative}",
            after=numbers.amount(after, unit),
            end=wording.label(self.line.period(self.index)),
            before=numbers.amount(before, unit),
            start=wording.label(self.line.period(self.base)),
            change=self.shown,
            relative=self.relative,
        )

    @property
    def shown(self) -> Told:
        return numbers.change(self.value, self.line.unit, signed=True, points=self.line.in_points)

    @property
    def span(self) -> Told:
        start, end = (wording.period(self.line.period(i)) for i in (self.base, self.index))
        return tell("between {start} and {end}", start=start, end=end)

    @property
    def told(self) -> Told:
        return tell("{change} {span}", change=self.shown, span=self.span)

    def told_in(self, unit: str) -> Told:
        """As `told`, with the relative change where the text told one."""
        if unit not in _RELATIVE:
            return self.told
        change = tell("{change}{relative}", change=self.shown, relative=self.relative)
        return tell("{change} {span}", change=change, span=self.span)


_RELATIVE = {"% change", "%", "ratio", "x"}


def judge(claim: Claim, evidence: Evidence) -> Finding:
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    if _of_some_day(claim, line):
        return _best_day(claim, line, evidence)
    found = steps(claim, line, evidence)
    if isinstance(found, Finding):
        return found
    if claim.quantity is not None:
        return _any_size(claim, found)
    return merge([(name, _judged(claim, step, line)) for name, step in found])


def _judged(claim: Claim, step: Step, line: Line) -> Finding:
    """As `compare`; a change of averages turns on no observation of the line itself."""
    finding = compare(claim, step)
    return finding if step.line is line else replace(finding, pivot=None)


def _any_size(claim: Claim, found: list[tuple[Words, Step]]) -> Finding:
    """A number without a base: on the period before; ambiguous if it is only right on the year."""
    first = compare(claim, found[0][1])
    for name, step in found[1:]:
        other = compare(claim, step)
        if first.ruling is not Ruling.SUPPORTED and other.ruling is Ruling.SUPPORTED:
            readings = [(found[0][0], first), (name, other)]
            return merge(readings)
    return first


def _of_some_day(claim: Claim, line: Line) -> bool:
    """Of "up 40 bp in one day" or "half off its peak", without saying which day: one of the last."""
    return line.frequency == "D" and claim.period is None and claim.quantity is not None


def _best_day(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    found = window(line, claim, evidence, rules.NOW_OBSERVATIONS)
    if isinstance(found, Finding):
        return found
    days = [i for i in reversed(found) if i]
    bases = [(base_of(line, i, claim, evidence), i) for i in days]
    return best(
        [b if isinstance(b, Finding) else compare(claim, Step(line, b, i)) for b, i in bases]
    )


def compare(claim: Claim, step: Step) -> Finding:
    """One change against what the text says of it."""
    if claim.quantity is not None:
        finding = _size(claim, claim.quantity, step)
    elif claim.direction is not None:
        finding = _direction(claim.direction, step)
    else:
        return not_covered(tell("The text says neither how much nor which way."), "no_number")
    return replace(finding, pivot=step.index)


def steps(claim: Claim, line: Line, evidence: Evidence) -> list[tuple[Words, Step]] | Finding:
    """The changes that the words can mean, named: one if they say from when, else several."""
    index = target(line, claim, evidence)
    if isinstance(index, Finding):
        return index
    if claim.direction and claim.quantity is None and claim.measure in AVERAGED:
        by_month = _by_averages(line, index, claim)
        if by_month:
            return by_month
    open_ended = claim.base is None and claim.period is None
    if open_ended and claim.direction and (claim.quantity is None or line.frequency != "D"):
        return _undated(line, index, evidence, claim)
    base = base_of(line, index, claim, evidence)
    return base if isinstance(base, Finding) else [("", Step(line, base, index))]


AVERAGED = {"hedged_yield", "hedged_pick_up", "hedging_cost", "carry_to_risk"}
"""What nobody quotes by the day: worked out of several prices, it moves to and fro from one day to
the next, so that a direction told of it is one of averages.
"""


def _by_averages(line: Line, index: int, claim: Claim) -> list[tuple[Words, Step]]:
    """Changes of averages; none where the text names the day that it measures from.

    Without a date the average month up to an observation, against the one before it and the one a
    year before; of those, what exceeds the usual change from month to month, if any does. Of a
    period named, its average against that of the one before, and from end to end.
    """
    if claim.period is not None and claim.base is None:
        return _over_period(line, claim.period)
    count = rules.MONTH_OBSERVATIONS
    month, year = index + 1 - count, line.until(add_months(line.period(index).end, -12))
    ends = {"": [(ON_MONTH, month), (ON_YEAR, year)], "year_ago": [(ON_YEAR, year)]}
    found: list[tuple[Words, Step]] = [
        (name, Step(averaged(line, (range(end - count, end), range(month, index + 1))), 0, 1))
        for name, end in ends.get(claim.base.kind if claim.base else "", [])
        if end >= count
    ]
    usual = _usual_by_month(line, index, count)
    return [(name, step) for name, step in found if abs(step.value) > usual] or found


def _usual_by_month(line: Line, index: int, count: int) -> float:
    """The median absolute change of averages of `count` observations, over the last ones."""
    starts = range(index + 1 - count, -1, -count)[: rules.STEADY_WINDOW + 1]
    months = averaged(line, [range(start, start + count) for start in reversed(starts)])
    return history.usual_change(months.values, len(months) - 1, rules.STEADY_WINDOW)


def _over_period(line: Line, period: Period) -> list[tuple[Words, Step]]:
    now, before = line.within(period), line.within(period.shift(-1))
    if period.days < _SHORTEST_AVERAGED or not now or not before:
        return []
    return [
        (ON_AVERAGE, Step(averaged(line, (before, now)), 0, 1)),
        (END_TO_END, Step(line, before[-1], now[-1])),
    ]


ON_MONTH = tell("on the month, by averages")
ON_YEAR = tell("on the year, by averages of a month")
ON_AVERAGE = tell("on average")
END_TO_END = tell("from end to end")
_SHORTEST_AVERAGED = 28
"""Days: of a shorter period there is no average to speak of."""


TURNS = {"peak": tell("from the peak"), "trough": tell("from the trough")}


def _undated(
    line: Line, index: int, evidence: Evidence, claim: Claim
) -> list[tuple[Words, Step]] | Finding:
    """Of "holdings are down": on the month and on the year; if neither is, from the turning point."""
    found: list[tuple[Words, Step]] = []
    for name, base in (
        (tell("on the period before"), Base("previous")),
        (tell("on the year"), Base("year_ago")),
    ):
        at = _resolve(line, index, base, evidence)
        if not isinstance(at, Finding):
            found.append((name, Step(line, at, index)))
    direction = claim.direction or 0
    contrary = all(step.value * direction < 0 for _, step in found)
    if found and contrary and claim.quantity is None:
        turn = Base("peak" if direction < 0 else "trough")
        at = _resolve(line, index, turn, evidence)
        if not isinstance(at, Finding) and at != index:
            found.append((TURNS[turn.kind], Step(line, at, index)))
    return found or missing(line, line.period(index).shift(-1), evidence)


def base_of(line: Line, index: int, claim: Claim, evidence: Evidence) -> int | Finding:
    """Index of the observation that the change is measured from."""
    if claim.base is None or claim.base.kind == "start":
        return _before(line, index, claim.period, evidence)
    return _resolve(line, index, claim.base, evidence, claim.period)


def _before(line: Line, index: int, period: Period | None, evidence: Evidence) -> int | Finding:
    """The last observation before a longer period, or simply the one before."""
    longer = period is not None and period.days > line.period(index).days
    base = (line.within(period)[0] if longer and period else index) - 1
    if base < 0:
        return missing(line, line.period(index).shift(-1), evidence)
    return base


def _resolve(
    line: Line, index: int, base: Base, evidence: Evidence, period: Period | None = None
) -> int | Finding:
    here = line.period(index)
    if base.kind == "previous":
        return _before(line, index, None, evidence)
    if base.kind == "year_ago":
        wanted = _year_before(here)
        at = line.until(wanted.end) - 1
        if at < 0 or (line.frequency != "D" and line.period(at).end != wanted.end):
            return missing(line, wanted, evidence)
        return at
    if base.kind == "ago":
        return _ago(line, index, base, period, evidence)
    if base.kind in {"peak", "trough"}:
        inside = line.within(base.period) if base.period else range(index + 1)
        inside = range(inside.start, min(inside.stop, index + 1))
        pick = max if base.kind == "peak" else min
        return (
            pick(inside, key=lambda i: line.values[i]) if inside else missing(line, here, evidence)
        )
    if base.period is None:
        return _before(line, index, None, evidence)
    inside = line.within(base.period)
    if not inside and line.frequency != "D":
        inside = line.within(Period.month(base.period.end.year, base.period.end.month))
    if not inside and line.frequency == "D" and base.period.frequency == "D":
        at = line.until(base.period.end) - 1  # on a holiday stood what the day before left
        inside = range(max(at, 0), at + 1)
        near = at >= 0 and (base.period.end - line.period(at).end).days <= STALE_DAYS
        inside = inside if near else range(0)
    if not inside:
        return missing(line, base.period, evidence)
    return inside[-1]


def _ago(
    line: Line, index: int, base: Base, period: Period | None, evidence: Evidence
) -> int | Finding:
    """The observation `count` days, weeks, months, … before; of a whole month, the end of one.

    Sessions are days of the market: of a daily series, its observations.
    """
    here = line.period(index)
    if base.unit == "session" and line.frequency == "D" and index >= base.count:
        return index - base.count
    if base.unit in MONTHS_IN:
        whole = period is not None and period.frequency == "M"
        long = line.frequency in {"M", "Q", "A"}  # a quarter stands for its last month
        first = here.end.replace(day=1) if long else here.start
        day = back_from(first, base.count, base.unit)
        monthly = whole or long
        wanted = Period.month(day.year, day.month) if monthly else Period.day(day)
    else:
        wanted = Period.day(back_from(here.end, base.count, base.unit))
    at = line.until(wanted.end) - 1
    return missing(line, wanted, evidence) if at < 0 else at


def _year_before(here: Period) -> Period:
    steps = {"A": 1, "Q": 4, "M": 12, "W": 52}.get(here.frequency)
    return here.shift(-steps) if steps else Period.day(add_months(here.end, -12))


def _direction(direction: int, step: Step) -> Finding:
    if direction == 0:
        return _steady(step)
    if step.value * direction > 0:
        return supported(tell("{fact}.", fact=step.told), step.figures, step.arithmetic)
    return _otherwise(step)


def _steady(step: Step) -> Finding:
    """Whether a change is at most the usual one over as many observations."""
    line, stride = step.line, max(step.index - step.base, 1)
    usual = history.usual_change(line.values, step.index, rules.STEADY_WINDOW, stride)
    bound = numbers.change(usual, line.unit, points=line.in_points)
    if abs(step.value) <= usual:
        fact = tell("{fact}; the usual change is {usual}.", fact=step.told, usual=bound)
        return supported(fact, step.figures, step.arithmetic)
    fact = tell("Not steady: {fact}; the usual change is {usual}.", fact=step.told, usual=bound)
    return refuted(fact, step.figures, step.arithmetic)


def _otherwise(step: Step, unit: str = "") -> Finding:
    told = tell("The change was {fact}.", fact=step.told_in(unit))
    return refuted(told, step.figures, step.arithmetic)


def _size(claim: Claim, stated: Quantity, step: Step) -> Finding:
    true = in_unit(stated.unit, step)
    if isinstance(true, Finding):
        return true
    if numbers.matches(stated, true):
        told = tell("{fact}.", fact=step.told_in(stated.unit))
        return replace(supported(told, step.figures, step.arithmetic), exact=True)
    if stated.unit in numbers.names(step.line.unit) and may_have_traded(
        claim, stated.interval, step.traded
    ):
        return left_open(step.figures)
    neutral = 1.0 if stated.unit == "x" else 0.0
    if factor := numbers.exaggeration(stated.value - neutral, true.middle - neutral):
        fact = step.told_in(stated.unit)
        told = tell("{fact}: {overstated}.", fact=fact, overstated=wording.overstated(factor))
        return exaggerated(told, step.figures, step.arithmetic)
    return _otherwise(step, stated.unit)


def in_unit(unit: str, step: Step) -> Interval | Finding:
    """The change in the text's unit: money, points, per cent or a multiple."""
    if step.line.unit.base not in numbers.PERCENT_UNITS:
        if unit in numbers.names(step.line.unit):
            return step.interval
    elif unit in numbers.POINTS:
        return step.interval.scaled(1 / numbers.POINTS[unit])
    if unit == "x":
        return step.ratio
    if unit in {"% change", "%", "ratio"}:
        scale = 1 if unit == "ratio" else 100
        ratio = step.ratio
        return Interval((ratio.low - 1) * scale, (ratio.high - 1) * scale)
    return not_covered(numbers.unlike(unit, step.line.unit), "unit")
