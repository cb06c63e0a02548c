"""Comparisons: "more than China and the UK combined", "twice as much as", "less than half of"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Facts, Finding, best, not_covered
from saiken.claims.judging.level import unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.told import Told, listed, tell
from saiken.claims.judging.weigh import weigh
from saiken.terms.period import Period
from saiken.terms.quantity import Interval, Quantity
from saiken.terms.units import Unit


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if not claim.versus and "+" not in claim.subject:
        return not_covered(tell("The text does not say what it compares with."), "no_number")
    first, *more = claim.subject.split("+")
    if {first, *more} & {*claim.versus}:
        return not_covered(tell("The text compares two figures of one subject."), "no_number")
    lead = replace(claim, subject=first)
    return weigh(lead, evidence, lambda line: on_line(claim, line, (first, *more), evidence))


def on_line(claim: Claim, line: Line, subjects: Sequence[str], evidence: Evidence) -> Finding:
    """The (joint) subject against the sum of the others, or against a number, at one period."""
    found = window(line, claim, evidence, _LATEST_DAYS)
    if isinstance(found, Finding):
        return found
    days = found if claim.period is None else found[-1:]
    return best([_at(claim, line, subjects, index, evidence) for index in reversed(days)])


_LATEST_DAYS = 2
"""Of an undated gap between daily series: the newest day, or the one before in a text of the morning."""


def _at(
    claim: Claim, line: Line, subjects: Sequence[str], index: int, evidence: Evidence
) -> Finding:
    others = [_first(claim, who, evidence) for who in subjects[1:]]
    mine = _together(subjects, [line, *others], line.period(index))
    if isinstance(mine, Finding):
        return mine
    if not claim.versus:
        return _sum(claim, mine, line, index)
    them = [_first(claim, who, evidence) for who in claim.versus]
    theirs = _together(claim.versus, them, line.period(index))
    if isinstance(theirs, Finding):
        return theirs
    when = wording.at(line.period(index))
    facts = Facts(
        tell("{ours} against {theirs} {when}", ours=mine.told, theirs=theirs.told, when=when),
        (*mine.figures, *theirs.figures),
        tell(
            "{period}: {ours} against {theirs}",
            period=wording.label(line.period(index)),
            ours=mine.summed,
            theirs=theirs.summed,
        ),
    )
    finding = replace(_compare(claim, mine.sum, theirs.sum, facts, line), pivot=index)
    if claim.quantity is None or claim.quantity.unit not in numbers.names(line.unit):
        return finding
    missed = claim.quantity.value - (mine.sum - theirs.sum).middle
    return replace(finding, exact=True, wanted=line.values[index] + missed / line.unit.factor)


@dataclass(frozen=True, slots=True)
class Group:
    """Several subjects taken together at one period, in base units."""

    sum: Interval
    figures: tuple[Point, ...]
    each: tuple[Told, ...]

    @property
    def told(self) -> Told:
        return listed(self.each)

    @property
    def summed(self) -> Told:
        return listed(self.each, " + ")


def _first(claim: Claim, who: str, evidence: Evidence) -> Line | None:
    return next(iter(evidence.lines(claim.measure, who, claim.tenor)), None)


def _together(
    subjects: Sequence[str], lines: Sequence[Line | None], period: Period
) -> Group | Finding:
    parts: list[Interval] = []
    figures: list[Point] = []
    each: list[Told] = []
    for who, line in zip(subjects, lines, strict=True):
        at = line.find(period) if line is not None else None
        if line is not None and at is not None:
            parts.append(line.interval(at))
            figures += line.cite(at)
            size = numbers.amount(line.values[at], line.unit)
            each.append(tell("{who} {size}", who=naming.subject(who), size=size))
    if len(parts) < len(subjects):
        return not_covered(tell("Not every one of those named has a figure for that period."))
    both = Interval(math.fsum(p.low for p in parts), math.fsum(p.high for p in parts))
    return Group(both, tuple(figures), tuple(each))


def _sum(claim: Claim, mine: Group, line: Line, index: int) -> Finding:
    shown = numbers.amount(mine.sum.middle / line.unit.factor, line.unit)
    told = tell("{parts} = {sum}", parts=mine.summed, sum=shown)
    when = wording.at(line.period(index))
    facts = Facts(tell("{fact} {when}", fact=told, when=when), mine.figures, told)
    stated = numbers.fit(claim.quantity, line.unit) if claim.quantity is not None else None
    if stated is None:
        return not_covered(tell("The text names no sum that could be checked."), "no_number")
    matched = numbers.matches(stated, mine.sum)
    return replace(facts.supported() if matched else facts.refuted(), pivot=index)


def _compare(claim: Claim, mine: Interval, theirs: Interval, facts: Facts, line: Line) -> Finding:
    stated = claim.quantity
    times = multiple_of(claim)
    if times is not None:
        return _multiple(times, mine.over(theirs), facts)
    sign = claim.direction or (-1 if claim.extreme == "low" else 1)
    gap = mine - theirs
    if gap.middle * sign <= 0:
        return facts.refuted()
    if stated is None:
        return facts.supported()
    unit = line.unit
    if stated.unit == "%" and unit.base not in numbers.PERCENT_UNITS:  # "60 % more than"
        ratio, unit = mine.over(theirs), _PERCENT
        gap = Interval((ratio.low - 1) * 100, (ratio.high - 1) * 100)
    size = numbers.fit(stated, unit)
    if size is None:
        return unlike(stated, line)
    if numbers.matches(size, gap):
        return facts.supported()
    shown = numbers.amount(round(abs(gap.middle) / unit.factor, 1), unit)
    return facts.refuted(tell(", a gap of {gap}", gap=shown))


_PERCENT = Unit.parse("%")


def multiple_of(claim: Claim) -> Quantity | None:
    """The multiple that the text states: "twice", "more than double", "less than half of"."""
    if claim.quantity is not None and claim.quantity.unit == "x":
        return claim.quantity
    if claim.count is None:
        return None
    slack = rules.MULTIPLE_SLACK * claim.count
    low, high = claim.count - slack, claim.count + slack
    if claim.direction:
        low, high = (claim.count, math.inf) if claim.direction > 0 else (-math.inf, claim.count)
    return Quantity(claim.count, low, high, "x")


def _multiple(stated: Quantity, ratio: Interval, facts: Facts) -> Finding:
    more = tell(": {ratio:.2f} times", ratio=ratio.middle)
    if numbers.matches(stated, ratio):
        return facts.supported(more)
    beyond_one = (ratio.middle - 1) * (stated.value - 1) > 0
    if beyond_one and abs(ratio.middle - 1) < abs(stated.value - 1):
        return facts.exaggerated(more)
    return facts.refuted(more)
