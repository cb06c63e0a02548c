"""Comparisons: "more than China and the UK combined", "twice as much as", "less than half of"."""

from __future__ import annotations

import math
from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, exaggerated, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.weigh import weigh
from saiken.terms.quantity import Interval


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if not claim.versus:
        return not_covered("The text does not say what it compares with.", "no_number")
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    index = target(line, claim, evidence)
    if isinstance(index, Finding):
        return index
    others, figures, names = [], list(line.cite(index)), []
    for other in claim.versus:
        rivals = evidence.lines(claim.measure, other, claim.tenor)
        at = rivals[0].find(line.period(index)) if rivals else None
        if at is None:
            return not_covered(f"No figure for {naming.subject(other)} in that period.")
        others.append(rivals[0].interval(at))
        figures += rivals[0].cite(at)
        names.append(f"{naming.subject(other)} {numbers.amount(rivals[0].values[at], line.unit)}")
    mine = line.interval(index)
    theirs = Interval(math.fsum(o.low for o in others), math.fsum(o.high for o in others))
    shown = numbers.amount(line.values[index], line.unit)
    fact = f"{naming.subject(claim.subject)} {shown}, {' and '.join(names)} {wording.at(line.period(index))}"
    return replace(_compare(claim, mine, theirs, fact, figures, line), pivot=index)


def _compare(
    claim: Claim, mine: Interval, theirs: Interval, fact: str, figures: list[Point], line: Line
) -> Finding:
    if claim.count is not None:
        return _multiple(claim, mine.over(theirs), fact, figures)
    sign = claim.direction or (-1 if claim.extreme == "low" else 1)
    gap = mine - theirs
    if gap.middle * sign <= 0:
        return refuted(f"{fact}.", figures, fact)
    if claim.quantity is not None and numbers.compatible(claim.quantity, line.unit):
        size = replace(claim.quantity, value=abs(claim.quantity.value))
        if not numbers.matches(size, gap if sign > 0 else -gap):
            return refuted(
                f"{fact}: a gap of {numbers.amount(abs(gap.middle) / line.unit.factor, line.unit)}.",
                figures,
                fact,
            )
    return supported(f"{fact}.", figures, fact)


def _multiple(claim: Claim, ratio: Interval, fact: str, figures: list[Point]) -> Finding:
    assert claim.count is not None  # noqa: S101 - the caller has checked
    told = f"{fact}: {ratio.middle:.2f} times"
    sign = claim.direction or 0
    slack = 0.0 if sign else rules.MULTIPLE_SLACK * claim.count
    if sign * (ratio.middle - claim.count) > 0:
        return supported(f"{told}.", figures, told)
    if not sign and abs(ratio.middle - claim.count) <= slack:
        return supported(f"{told}.", figures, told)
    if (ratio.middle - 1) * (claim.count - 1) > 0 and abs(ratio.middle - 1) < abs(claim.count - 1):
        return exaggerated(f"{told}.", figures, told)
    return refuted(f"{told}.", figures, told)
