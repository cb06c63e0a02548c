"""Flows: "net sellers in December", "bought ¥4.2tn of foreign bonds", "is dumping $1.2 trillion"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from saiken.archive.view import Availability
from saiken.claims.claim import Base, Claim
from saiken.claims.judging import holdings_flow, naming, numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Facts, Finding, not_covered
from saiken.claims.judging.level import unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target, window
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.judging.weigh import merge, suited, weigh
from saiken.claims.verdict import Ruling
from saiken.measures import history
from saiken.terms.period import Period, back_from
from saiken.terms.quantity import Interval

SHORTEST_MONTH = 28
VALUATION = "treasury_valuation"
"""A flow that nobody trades: what prices added to holdings."""


def judge(claim: Claim, evidence: Evidence) -> Finding:
    """A flow of a measure that is published as flows, or one told of a stock."""
    measure = evidence.catalog.measures.get(claim.measure)
    if measure is not None and measure.kind == "stock":
        return holdings_flow.judge(claim, evidence)
    if measure is not None and measure.stock and not suited(claim, evidence):
        # sales are not published for this holder: what it held tells of them
        return holdings_flow.judge(replace(claim, measure=measure.stock), evidence)
    if claim.base is not None and claim.base.unit == "week":
        claim = replace(claim, scope=claim.scope | {"weekly"})
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    if claim.period is None and claim.base is not None and claim.base.kind in _SPANNING:
        return _since(claim, claim.base, line, evidence)
    if is_finer(claim, line):
        return too_coarse(claim, line, evidence)
    found = window(line, claim, evidence)
    if isinstance(found, Finding):
        return none_at_all(claim, line, found, evidence) or so_far(claim, line, found)
    return compare(claim, line, found)


_SPANNING = {"period", "ago"}


def _since(claim: Claim, base: Base, line: Line, evidence: Evidence) -> Finding:
    """Of "sold ¥2tn since March", "bought bonds in the past six weeks": the sum of what came since.

    March itself may be meant with it.
    """
    if base.period is None:
        index = target(line, claim, evidence)
        if isinstance(index, Finding):
            return index
        if line.sparse and base.unit == "day":  # "over three days": those with an operation
            return compare(claim, line, range(max(0, index + 1 - base.count), index + 1))
        last = line.period(index).end
        begin = back_from(last + DAY, base.count, base.unit)
        first = line.within(Period(begin, last))
        return compare(claim, line, range(first.start, index + 1))
    starts = [(tell("After {when}", when=wording.period(base.period)), base.period.end + DAY)]
    if base.period.days > 1:
        starts.append((tell("From {when} on", when=wording.period(base.period)), base.period.start))
    readings: list[tuple[Words, Finding]] = []
    for name, start in starts:
        span = replace(claim, period=Period(start, max(start, evidence.dated)), base=None)
        if line.frequency == "M" and start.day > 1:
            return too_coarse(span, line, evidence)
        readings.append((name, on_line(span, line, evidence)))
    return merge(readings)


DAY = timedelta(days=1)


def is_finer(claim: Claim, line: Line) -> bool:
    """Whether the claim is about days or a week of a flow that is published by the month."""
    return line.frequency == "M" and (
        "weekly" in claim.scope or (claim.period is not None and claim.period.days < SHORTEST_MONTH)
    )


def too_coarse(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    """A month says nothing of its weeks; whether it is out at all can be said."""
    found = window(line, claim, evidence)
    if isinstance(found, Finding):
        return found
    told = tell(
        "{title} is published by the month, not by the week or day.", title=naming.title(line)
    )
    return not_covered(told, "finer")


def none_at_all(claim: Claim, line: Line, gap: Finding, evidence: Evidence) -> Finding | None:
    """Of a series of single operations: a published span without one had none."""
    if not line.sparse or gap.code != "no_observation" or claim.period is None:
        return None
    if not evidence.is_out(line.series, claim.period):
        return None
    told = tell("No operation is recorded {when}", when=wording.at(claim.period))
    facts = Facts(told, (), tell("none recorded"))
    return facts.refuted()


def compare(claim: Claim, line: Line, found: Sequence[int]) -> Finding:
    """The sum of the flows in a window against what the text says of it."""
    net = math.fsum(line.values[i] for i in found)
    true = numbers.official(net, math.fsum(line.half_widths[i] for i in found), line.unit)
    figures = tuple(point for i in found for point in line.cite(i))
    facts = Facts(told(net, line, found), figures, _arithmetic(net, line, found))
    return replace(sized(claim, true, facts, line), pivot=found[-1] if len(found) == 1 else None)


def sign_of(claim: Claim) -> int:
    """+1 bought, -1 sold, 0 not said."""
    if claim.direction or claim.quantity is None:
        return claim.direction or 0
    return 1 if claim.quantity.value > 0 else -1


def sized(claim: Claim, true: Interval, facts: Facts, line: Line) -> Finding:
    """The true flow, in base units, against the stated sign, size or strength."""
    stated, sign = claim.quantity, sign_of(claim)
    if sign and true.middle * sign <= 0:
        return facts.refuted()
    if stated is None:
        return _intensity(claim, true, facts, line)
    if not numbers.compatible(stated, line.unit):  # the sign alone does not bear out a size
        return replace(unlike(stated, line), figures=facts.figures, arithmetic=facts.arithmetic)
    if numbers.matches(stated, true):
        return replace(facts.supported(), exact=True)
    if factor := numbers.exaggeration(stated.value, true.middle):
        return facts.exaggerated(tell(": {overstated}", overstated=wording.overstated(factor)))
    return facts.refuted()


def _intensity(claim: Claim, true: Interval, facts: Facts, line: Line) -> Finding:
    """Words like "dumping" claim more than a sign: a flow that is large for this series."""
    if "large" not in claim.scope:
        return facts.supported()
    share = history.share_at_least(line.values, abs(true.middle) / line.unit.factor)
    often = tell(
        "{share:.0%} of all {periods} in the series saw flows as large",
        share=share,
        periods=PERIODS.get(line.frequency, tell("periods")),
    )
    if share <= rules.LARGE_FLOW_SHARE:
        return facts.supported(tell("; {often}", often=often))
    return facts.exaggerated(tell(", which is ordinary for this series: {often}", often=often))


PERIODS = {"W": tell("weeks"), "M": tell("months")}


def told(net: float, line: Line, found: Sequence[int]) -> Told:
    first, last = line.period(found[0]), line.period(found[-1])
    when = wording.at(last if len(found) == 1 else Period(first.start, last.end))
    if len(found) > 1 and line.frequency == "D":  # seven days of days are no week
        begun, ended = wording.period(first), wording.period(last)
        when = tell("from {first} to {last}", first=begun, last=ended)
    size = numbers.amount(abs(net), line.unit)
    if line.measure == VALUATION and net > 0:
        return tell("A valuation gain of {size} {when}", size=size, when=when)
    if line.measure == VALUATION:
        return tell("A valuation loss of {size} {when}", size=size, when=when)
    if net > 0:
        return tell("Net purchases of {size} {when}", size=size, when=when)
    return tell("Net sales of {size} {when}", size=size, when=when)


def _arithmetic(net: float, line: Line, found: Sequence[int]) -> Told:
    first, last = (wording.label(line.period(found[i])) for i in (0, -1))
    total = numbers.amount(net, line.unit, signed=True)
    if len(found) == 1:
        return tell("{series} {period} = {total}", series=line.series, period=first, total=total)
    return tell(
        "sum of {count} figures, {first} to {last} = {total}",
        count=len(found),
        first=first,
        last=last,
        total=total,
    )


def so_far(claim: Claim, line: Line, gap: Finding) -> Finding:
    """A span whose last periods are not out: its sign is settled if none of them could turn it.

    Each missing period is taken at the worst that the series has ever shown against it.
    """
    if gap.ruling is not Ruling.NOT_PUBLISHED_YET or claim.period is None:
        return gap
    if claim.quantity is not None or not claim.direction or not len(line):
        return gap
    found = line.within(claim.period)
    open_periods = _open(line, claim.period)
    if len(found) < 2 or not open_periods:
        return gap
    net = math.fsum(line.values[i] for i in found)
    worst = min(line.values) if net > 0 else max(line.values)
    if (net + open_periods * worst) * net <= 0:
        return gap
    finding = compare(claim, line, found)
    return finding.noting(tell("{gap} What is out already settles the sign.", gap=gap.reasons[0]))


def _open(line: Line, period: Period) -> int:
    count, here = 0, line.following(len(line) - 1)
    while here.end <= period.end:
        if line.availability(here) is not Availability.NOT_PUBLISHED:
            return 0
        count, here = count + 1, here.shift(1)
    return count
