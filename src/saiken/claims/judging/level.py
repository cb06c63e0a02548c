"""Levels: "holds $1.2 trillion", "the 10-year yield is 2.33 %"."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.change import base_of
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.intraday import QUOTED, left_open, may_have_traded, traded
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.told import tell
from saiken.claims.judging.weigh import sessions, weigh
from saiken.claims.judging.years import average, over_years
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Interval, Quantity


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if "intraday" in claim.scope and not sessions(claim, evidence):
        return left_open()
    return weigh(claim, evidence, lambda line: at_level(claim, line, evidence))


def at_level(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    """Whether the observation that the claim is about has the stated value."""
    if claim.quantity is None:
        return not_covered(tell("The text names no number that could be checked."), "no_number")
    found = window(line, claim, evidence, rules.NOW_OBSERVATIONS)
    if isinstance(found, Finding):
        return found
    stated = numbers.fit(claim.quantity, line.unit)
    if stated is None:
        return unlike(claim.quantity, line)
    if claim.since is not None:
        found = range(line.within(claim.since).start, found.stop)
    if line.frequency == "A" and claim.base is None and (len(found) > 1 or claim.since is not None):
        return over_years(claim, stated, line, found)
    if claim.base is not None:
        return _former(claim, stated, line, found, evidence)
    if "average" in claim.scope and len(found) > 1:
        return average(stated, line, found)
    if claim.extreme:
        return _summit(claim, stated, line, found)
    loose = line.kind != "stock" or _is_loose(claim.period, line)
    index = closest(stated, line, found) if loose else found[-1]
    finding = compare(stated, line, index)
    reached = may_have_traded(claim, stated.interval, traded(line, index))
    return left_open(finding.figures) if finding.ruling is Ruling.REFUTED and reached else finding


def _is_loose(period: Period | None, line: Line) -> bool:
    """Whether the time is a stretch of which any week's stock may be meant: "in early July"."""
    return period is not None and period.frequency == "X" and line.frequency == "W"


def _summit(claim: Claim, stated: Quantity, line: Line, found: range) -> Finding:
    """Of "the July peak was 163": the highest, or the lowest, of the period."""
    high = claim.extreme == "high"
    index = (max if high else min)(reversed(found), key=lambda i: line.values[i])
    finding, figure, reach = compare(stated, line, index), line.interval(index), traded(line, index)
    beyond = Interval(figure.low, reach.high) if high else Interval(reach.low, figure.high)
    reached = claim.measure in QUOTED and beyond.meets(stated.interval)
    return left_open(finding.figures) if finding.ruling is Ruling.REFUTED and reached else finding


_TWO_DAYS = 2
"""Of an undated daily series, "the day before" is that of the newest day or of the one before it."""


def _former(
    claim: Claim, stated: Quantity, line: Line, found: range, evidence: Evidence
) -> Finding:
    """What it stood at before ("from $329bn a year earlier"): at the base, not at the period."""
    then = former(claim, line, found, evidence)
    return then if isinstance(then, Finding) else compare(stated, line, closest(stated, line, then))


def former(claim: Claim, line: Line, found: range, evidence: Evidence) -> range | Finding:
    """The observations that the claim's base, told from those of `found`, can mean."""
    bases = [base_of(line, index, claim, evidence) for index in found[-_TWO_DAYS:]]
    gap = next((base for base in bases if isinstance(base, Finding)), None)
    if gap is not None:
        return gap
    known = [base for base in bases if not isinstance(base, Finding)]
    return range(min(known), max(known) + 1)


def unlike(stated: Quantity, line: Line) -> Finding:
    return not_covered(numbers.unlike(stated.unit, line.unit), "unit")


def closest(stated: Quantity, line: Line, found: range) -> int:
    """The observation of the window nearest to the stated number; the latest of equals."""
    return min(reversed(found), key=lambda i: abs(line.base_value(i) - stated.value))


def compare(stated: Quantity, line: Line, index: int) -> Finding:
    shown = numbers.amount(line.values[index], line.unit)
    when = wording.at(line.period(index))
    said = numbers.spoken(stated, signed=True)
    arithmetic = tell(
        "stated {said}; published {shown} ({period})",
        said=said,
        shown=shown,
        period=wording.label(line.period(index)),
    )
    if numbers.matches(stated, line.interval(index)):
        told = tell("{shown} {when}.", shown=shown, when=when)
        finding = supported(told, line.cite(index), arithmetic)
    else:
        told = tell(
            "The official figure {when} is {shown}, not {said}.", when=when, shown=shown, said=said
        )
        finding = refuted(told, line.cite(index), arithmetic)
    wanted = stated.value / line.unit.factor
    return replace(finding, pivot=index, exact=True, wanted=wanted)
