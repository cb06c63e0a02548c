"""Flows: "net sellers in December", "bought ¥4.2tn of foreign bonds", "is dumping $1.2 trillion"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from saiken.archive.view import Availability
from saiken.claims.claim import Claim
from saiken.claims.judging import holdings_flow, numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, exaggerated, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.weigh import weigh
from saiken.claims.verdict import Ruling
from saiken.measures import history
from saiken.terms.period import Period
from saiken.terms.quantity import Interval


def judge(claim: Claim, evidence: Evidence) -> Finding:
    """A flow of a measure that is published as flows, or one told of a stock."""
    if evidence.catalog.measures[claim.measure].kind == "stock":
        return holdings_flow.judge(claim, evidence)
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    found = window(line, claim, evidence)
    if isinstance(found, Finding):
        return _so_far(claim, line, found)
    return compare(claim, line, found)


def compare(claim: Claim, line: Line, found: Sequence[int]) -> Finding:
    """The sum of the flows in a window against what the text says of it."""
    net = math.fsum(line.values[i] for i in found)
    true = numbers.official(net, math.fsum(line.half_widths[i] for i in found), line.unit)
    figures = tuple(point for i in found for point in line.cite(i))
    fact = told(net, line, found)
    pivot = found[-1] if len(found) == 1 else None
    arithmetic = _arithmetic(net, line, found)
    return replace(sized(claim, true, fact, figures, arithmetic, line), pivot=pivot)


def sized(claim: Claim, true: Interval, fact: str, figures: Sequence, arithmetic: str, line: Line) -> Finding:  # type: ignore[type-arg]
    stated, direction = claim.quantity, claim.direction
    if stated is not None and not numbers.compatible(stated, line.unit):
        stated = None
    sign = direction if direction else (1 if stated and stated.value > 0 else -1 if stated else 0)
    if true.middle * sign <= 0 and sign:
        return refuted(f"{fact}.", figures, arithmetic)
    if stated is None:
        return _intensity(claim, true, fact, figures, arithmetic, line)
    if numbers.matches(stated, true):
        return replace(supported(f"{fact}.", figures, arithmetic), exact=True)
    factor = numbers.off_by(stated.value, true.middle)
    if 1 < factor < rules.ENORMOUS_FACTOR:
        return exaggerated(f"{fact}: overstated {factor:.1f} times.", figures, arithmetic)
    return refuted(f"{fact}.", figures, arithmetic)


def _intensity(claim: Claim, true: Interval, fact: str, figures: Sequence, arithmetic: str, line: Line) -> Finding:  # type: ignore[type-arg]
    """ "Dumping" and "massive" claim more than a sign: a flow that is large for this series."""
    if "large" not in claim.scope:
        return supported(f"{fact}.", figures, arithmetic)
    share = history.share_at_least(line.values, abs(true.middle) / line.unit.factor)
    often = f"a month in {1 / share:.0f} sees as much" if share else "no month has seen as much"
    if share <= rules.LARGE_FLOW_SHARE:
        return supported(f"{fact}; {often}.", figures, arithmetic)
    return exaggerated(f"{fact}, which is ordinary for this series: {often}.", figures, arithmetic)


def told(net: float, line: Line, found: Sequence[int]) -> str:
    first, last = line.period(found[0]), line.period(found[-1])
    when = wording.period(last if len(found) == 1 else Period(first.start, last.end))
    word = "purchases" if net > 0 else "sales"
    return f"Net {word} of {numbers.amount(abs(net), line.unit)} in {when}"


def _arithmetic(net: float, line: Line, found: Sequence[int]) -> str:
    if len(found) == 1:
        return f"{line.series} {line.period(found[0])} = {numbers.amount(net, line.unit, signed=True)}"
    first, last = line.period(found[0]), line.period(found[-1])
    return f"sum of {len(found)} figures, {first} to {last} = {numbers.amount(net, line.unit, signed=True)}"


def _so_far(claim: Claim, line: Line, gap: Finding) -> Finding:
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
    return finding.noting(
        f"{gap.reasons[0]} What is out already settles the sign."
    )


def _open(line: Line, period: Period) -> int:
    count, here = 0, line.period(len(line) - 1).shift(1)
    while here.end <= period.end:
        if line.availability(here) is not Availability.NOT_PUBLISHED:
            return 0
        count, here = count + 1, here.shift(1)
    return count
