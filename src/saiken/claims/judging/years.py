"""Levels of annual figures over several years: "between 2008 and 2014", "consistently above 20 %"."""

from __future__ import annotations

import math
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.told import tell
from saiken.claims.verdict import Ruling
from saiken.terms.quantity import Interval, Quantity


def over_years(claim: Claim, stated: Quantity, line: Line, found: range) -> Finding:
    """Of annual figures over several years: their mean where an average is told, else all of them.

    Where some bear it out and some do not, only words like "every year" settle it.
    """
    first = claim.since or claim.period
    whole = (
        bool(found) and first is not None and line.period(found[0]).start.year <= first.start.year
    )
    whole = (
        whole and line.period(found[-1]).end.year - line.period(found[0]).end.year == len(found) - 1
    )
    if "average" in claim.scope and whole:
        return average(stated, line, found)
    fits = [numbers.matches(stated, line.interval(i)) for i in found]
    misses = [i for i, holds in zip(found, fits, strict=True) if not holds]
    said = numbers.spoken(stated, signed=True)
    if not found or "average" in claim.scope or (not misses and not whole):
        lacking = tell(
            "{title} does not have a figure for every one of those years.", title=naming.title(line)
        )
        return not_covered(lacking, "no_observation")
    shown = [
        tell(
            "{shown} {when}",
            shown=numbers.amount(line.values[i], line.unit),
            when=wording.at(line.period(i)),
        )
        for i in found
    ]
    if not misses:
        least, most = (f(found, key=lambda i: line.values[i]) for f in (min, max))
        told = tell(
            "In every year: from {least} to {most}.",
            least=shown[least - found[0]],
            most=shown[most - found[0]],
        )
        return replace(supported(told, (*line.cite(least), *line.cite(most))), pivot=None)
    worst = max(
        misses, key=lambda i: max(stated.low - line.base_value(i), line.base_value(i) - stated.high)
    )
    missed = tell(
        "The official figure was {shown}, not {said}.", shown=shown[worst - found[0]], said=said
    )
    if "every" in claim.scope or len(misses) == len(found):
        return replace(refuted(missed, line.cite(worst)), pivot=worst)
    right = next(i for i in found if i not in misses)
    some = tell(
        "It was so in some of those years only: {right}, but {wrong}.",
        right=shown[right - found[0]],
        wrong=shown[worst - found[0]],
    )
    return Finding(Ruling.AMBIGUOUS, (some,), (*line.cite(right), *line.cite(worst)))


def average(stated: Quantity, line: Line, found: range) -> Finding:
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
