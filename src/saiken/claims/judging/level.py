"""Levels: "holds $1.2 trillion", "the 10-year yield is 2.33 %"."""

from __future__ import annotations

import math
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.told import tell
from saiken.claims.judging.weigh import INTRADAY, sessions, weigh
from saiken.terms.quantity import Interval, Quantity


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if "intraday" in claim.scope and not sessions(claim, evidence):
        return not_covered(INTRADAY, "intraday")
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
    if "average" in claim.scope and len(found) > 1:
        return _average(stated, line, found)
    index = found[-1] if line.kind == "stock" else closest(stated, line, found)
    return compare(stated, line, index)


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


def _average(stated: Quantity, line: Line, found: range) -> Finding:
    mean = math.fsum(line.values[i] for i in found) / len(found)
    half = max(line.half_widths[i] for i in found)
    true = Interval.around(mean, half).scaled(line.unit.factor)
    figures = (*line.cite(found[0]), *line.cite(found[-1]))
    shown = numbers.amount(mean, line.unit)
    arithmetic = tell("mean of {count} observations = {mean}", count=len(found), mean=shown)
    if numbers.matches(stated, true):
        return supported(tell("The average was {mean}.", mean=shown), figures, arithmetic)
    said = numbers.spoken(stated, signed=True)
    told = tell("The average was {mean}, not {said}.", mean=shown, said=said)
    return refuted(told, figures, arithmetic)
