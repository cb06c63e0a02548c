"""Thresholds: "above 4 % for the first time", "back below 150", "briefly exceeding"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import (
    Finding,
    exaggerated,
    misleading,
    not_covered,
    refuted,
    supported,
)
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.weigh import weigh
from saiken.claims.verdict import Ruling

INTRADAY = "Intraday quotes are not covered: the figures are official closes and fixings."


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.quantity is None or not claim.direction:
        return not_covered("The text names no line that could be crossed.", "no_number")
    finding = weigh(claim, evidence, lambda line: on_line(claim, line, evidence))
    if "intraday" in claim.scope and finding.ruling is Ruling.REFUTED:
        return replace(not_covered(INTRADAY, "intraday"), figures=finding.figures)
    if "briefly" in claim.scope:
        return finding.noting(INTRADAY)
    return finding


def beyond(claim: Claim, line: Line) -> Callable[[int], bool]:
    """Whether an observation, as printed, is strictly on the stated side of the line."""
    assert claim.quantity is not None and claim.direction  # noqa: S101, PT018 - checked by judge
    mark, sign = claim.quantity.value, claim.direction
    slack = 1e-9 * max(1.0, abs(mark))
    return lambda i: (line.base_value(i) - mark) * sign > slack


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    assert claim.quantity is not None  # noqa: S101 - checked by judge
    if not numbers.compatible(claim.quantity, line.unit):
        return not_covered(
            f"The text counts in {claim.quantity.unit}, the series in {line.unit.name}.", "unit"
        )
    event = claim.first or "briefly" in claim.scope
    recent = rules.RECENT_OBSERVATIONS if event else rules.NOW_OBSERVATIONS
    found = window(line, claim, evidence, recent)
    if isinstance(found, Finding):
        return found
    crossed = beyond(claim, line)
    hits = [i for i in found if crossed(i)]
    if not hits:
        return _short(claim, line, found)
    if claim.first:
        return replace(_first(claim, line, hits, crossed), pivot=hits[-1])
    index = _furthest(line, hits, claim.direction or 1) if event else hits[-1]
    fact = f"{numbers.amount(line.values[index], line.unit)} {wording.at(line.period(index))}"
    return replace(
        supported(f"{fact}.", line.cite(index), _arithmetic(claim, line, index)), pivot=index
    )


def _furthest(line: Line, hits: list[int], sign: int) -> int:
    return max(hits, key=lambda i: (line.values[i] * sign, i))


def _short(claim: Claim, line: Line, found: range) -> Finding:
    """No observation of the window is beyond the line: the nearest one is told."""
    assert claim.quantity is not None and claim.direction  # noqa: S101, PT018 - checked by judge
    pick = max if claim.direction > 0 else min
    index = pick(found, key=lambda i: (line.values[i], i))
    side = "above" if claim.direction > 0 else "below"
    shown = numbers.amount(line.values[index], line.unit)
    extreme = "highest" if claim.direction > 0 else "lowest"
    of = f"the {extreme} of the {len(found)} latest closes" if len(found) > 1 else "the figure"
    reason = (
        f"{shown} {wording.at(line.period(index))} ({of}) is not {side} "
        f"{numbers.spoken(claim.quantity)}."
    )
    return replace(refuted(reason, line.cite(index), _arithmetic(claim, line, index)), pivot=index)


def _first(claim: Claim, line: Line, hits: list[int], crossed: Callable[[int], bool]) -> Finding:
    """Of "for the first time (since Y)": nothing beyond the line before the run that the hits end."""
    run = hits[-1]
    while run > 0 and crossed(run - 1):
        run -= 1
    start = 0
    if claim.since is not None:
        start = line.until(claim.since.end)
    earlier = next((i for i in range(run - 1, start - 1, -1) if crossed(i)), None)
    index = run if run in hits else hits[-1]
    shown = numbers.amount(line.values[index], line.unit)
    when = wording.at(line.period(index))
    figures = line.cite(index)
    arithmetic = _arithmetic(claim, line, index)
    if earlier is not None:
        was = (
            f"{numbers.amount(line.values[earlier], line.unit)} {wording.at(line.period(earlier))}"
        )
        reason = f"{shown} {when}, but not for the first time: {was}."
        figures = (*figures, *line.cite(earlier))
        return (exaggerated if claim.since is not None else refuted)(reason, figures, arithmetic)
    if claim.ever and claim.since is None and not line.since_inception:
        return misleading(
            f"{shown} {when} is the first in a series that begins in "
            f"{wording.period(line.period(0))}; that is not all of history.",
            "record_in_short_history",
            figures,
            arithmetic,
        )
    begun = "" if line.since_inception else f"The series begins {wording.at(line.period(0))}."
    fact = f"{shown} {when}; nothing beyond the line before"
    if claim.since is not None:
        fact += f" since {wording.period(claim.since)}"
    return supported(f"{fact}.", figures, arithmetic).noting(begun)


def _arithmetic(claim: Claim, line: Line, index: int) -> str:
    assert claim.quantity is not None and claim.direction  # noqa: S101, PT018 - checked by judge
    sign = ">" if claim.direction > 0 else "<"
    holds = "" if beyond(claim, line)(index) else " does not hold"
    shown = numbers.amount(line.values[index], line.unit)
    return f"{shown} ({line.period(index)}) {sign} {numbers.spoken(claim.quantity)}{holds}"
