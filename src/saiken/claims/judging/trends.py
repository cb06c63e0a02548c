"""One month or week told as a trend: "Chile is walking away from Treasuries"."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import flow
from saiken.claims.judging.change import Step
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import newest
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.weigh import suited
from saiken.claims.verdict import Ruling

MISREADING = "one_period_as_trend"
SPANS = {"M": (3, 12), "W": (13, 52)}
"""A quarter and a year, in periods of a flow: what a trend would show in."""
LONGEST = 31
"""Days: what is told of a longer time rests on more than one period."""

Span = tuple[float, Told, tuple[Point, ...]]
"""What was bought on balance over some periods, in words, and the figures."""


def held(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """What goes on, borne out by one period, misleads where the quarter and the year that end with
    the newest figure both went the other way.
    """
    short = claim.period is None or claim.period.days <= LONGEST
    if "trend" not in claim.scope or finding.ruling is not Ruling.SUPPORTED or not short:
        return finding
    spans = list(_spans(claim, evidence))
    if not spans or any(total * (claim.direction or 0) >= 0 for total, _, _ in spans):
        return finding
    first, *rest = (told for _, told, _ in spans)
    told = tell("One period is no trend. {quarter}. {year}.", quarter=first, year=rest[0])
    figures = tuple(dict.fromkeys((*finding.figures, *(p for _, _, ps in spans for p in ps))))
    found = replace(finding, reasons=(told, *finding.reasons), figures=figures)
    return found.ruled(Ruling.MISLEADING, MISREADING)


def _spans(claim: Claim, evidence: Evidence) -> Iterator[Span]:
    """The flows of the quarter and of the year up to the newest figure out; of holdings whose flows
    are not published, the changes. Nothing where the figures do not reach back so far.
    """
    measure = evidence.catalog.measures.get(claim.measure)
    flows = [replace(claim, measure=measure.flow)] if measure and measure.flow else []
    line = next((line for told in (*flows, claim) for line in suited(told, evidence)), None)
    last = newest(line, evidence) if line is not None else None
    counts = SPANS.get(line.frequency, ()) if line is not None else ()
    if line is None or last is None or last < max(counts, default=0):
        return
    for count in counts:
        yield _sum(line, last, count) if line.kind == "flow" else _change(line, last, count)


def _sum(line: Line, last: int, count: int) -> Span:
    found = range(last + 1 - count, last + 1)
    total = math.fsum(line.values[i] for i in found)
    return total, flow.told(total, line, found), tuple(p for i in found for p in line.cite(i))


def _change(line: Line, last: int, count: int) -> Span:
    step = Step(line, last - count, last)
    return step.value, tell("Holdings changed by {change}", change=step.told), step.figures
