"""Thresholds: "above 4 % for the first time", "back below 150", "briefly exceeding"."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from saiken.claims.judging.level import unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import newest, window
from saiken.claims.judging.weigh import INTRADAY, sessions, weigh
from saiken.claims.verdict import Ruling
from saiken.terms.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Crossing:
    """A mark on a line and the side of it that the text names: +1 above, -1 below."""

    line: Line
    mark: Quantity
    side: int

    def beyond(self, index: int) -> bool:
        """Whether an observation, as printed, is strictly on that side."""
        slack = 1e-9 * max(1.0, abs(self.mark.value))
        return (self.line.base_value(index) - self.mark.value) * self.side > slack

    def furthest(self, found: range | list[int]) -> int:
        """The observation that lies furthest on that side, the latest of equals."""
        return max(found, key=lambda i: (self.line.values[i] * self.side, i))

    def told(self, index: int) -> str:
        shown = numbers.amount(self.line.values[index], self.line.unit)
        return f"{shown} {wording.at(self.line.period(index))}"

    def arithmetic(self, index: int) -> str:
        sign = ">" if self.side > 0 else "<"
        holds = "" if self.beyond(index) else " does not hold"
        shown = numbers.amount(self.line.values[index], self.line.unit)
        return f"{shown} ({self.line.period(index)}) {sign} {numbers.spoken(self.mark)}{holds}"


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.quantity is None or not claim.direction:
        return not_covered("The text names no line that could be crossed.", "no_number")
    finding = weigh(claim, evidence, lambda line: on_line(claim, line, evidence))
    if sessions(claim, evidence):
        return finding
    if "intraday" in claim.scope and finding.ruling is Ruling.REFUTED:
        return replace(not_covered(INTRADAY, "intraday"), figures=finding.figures)
    return finding.noting(INTRADAY if "briefly" in claim.scope else "")


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    mark = numbers.fit(claim.quantity, line.unit) if claim.quantity else None
    if mark is None or not claim.direction:
        return unlike(claim.quantity, line) if claim.quantity else not_covered("No line is named.")
    event = claim.first or "briefly" in claim.scope
    recent = rules.RECENT_OBSERVATIONS if event else rules.NOW_OBSERVATIONS
    found = _denied_span(line, claim, evidence) or window(line, claim, evidence, recent)
    if isinstance(found, Finding):
        return found
    crossing = Crossing(line, mark, claim.direction)
    hits = [i for i in found if crossing.beyond(i)]
    if not hits:
        short = claim.ever and not claim.first and not line.since_inception
        begins = f"The series begins in {wording.period(line.period(0))}." if short else ""
        return _short(crossing, found).noting(begins)
    if claim.first:
        return replace(_first(claim, crossing, hits), pivot=hits[-1])
    index = crossing.furthest(hits) if event or not claim.polarity else hits[-1]
    fact = f"{crossing.told(index)}."
    return replace(supported(fact, line.cite(index), crossing.arithmetic(index)), pivot=index)


def _denied_span(line: Line, claim: Claim, evidence: Evidence) -> range | None:
    """Of "never above X", "not below X since Y": every figure, or every one after Y."""
    last = newest(line, evidence)
    if claim.polarity or claim.period is not None or last is None:
        return None
    if claim.since is not None:
        return range(line.until(claim.since.end), last + 1) or None
    return range(last + 1) if claim.ever else None


def _short(crossing: Crossing, found: range) -> Finding:
    """No observation of the window is beyond the line: the nearest one is told."""
    index, line = crossing.furthest(found), crossing.line
    side, extreme = ("above", "highest") if crossing.side > 0 else ("below", "lowest")
    of = f", the {extreme} of the {len(found)} latest," if len(found) > 1 else ""
    reason = f"{crossing.told(index)}{of} is not {side} {numbers.spoken(crossing.mark)}."
    return replace(refuted(reason, line.cite(index), crossing.arithmetic(index)), pivot=index)


def _first(claim: Claim, crossing: Crossing, hits: list[int]) -> Finding:
    """Of "for the first time (since Y)": nothing beyond before the run that the hits end."""
    line, run = crossing.line, hits[-1]
    while run > 0 and crossing.beyond(run - 1):
        run -= 1
    start = line.until(claim.since.end) if claim.since is not None else 0
    if run == 0 or run < start:  # it was on that side before a first time could be
        reason = f"{crossing.told(hits[-1])}, but it was there already: {crossing.told(run)}."
        figures = (*line.cite(hits[-1]), *line.cite(run))
        return refuted(reason, figures, crossing.arithmetic(hits[-1]))
    earlier = next((i for i in range(run - 1, start - 1, -1) if crossing.beyond(i)), None)
    index = run if run in hits else hits[-1]
    told, arithmetic = crossing.told(index), crossing.arithmetic(index)
    begins = wording.period(line.period(0))
    if earlier is not None:
        reason = f"{told}, but not for the first time: {crossing.told(earlier)}."
        figures = (*line.cite(index), *line.cite(earlier))
        return (exaggerated if claim.since is not None else refuted)(reason, figures, arithmetic)
    if claim.ever and claim.since is None and not line.since_inception:
        return misleading(
            f"{told} is the first in a series that begins in {begins}; that is not all of history.",
            "record_in_short_history",
            line.cite(index),
            arithmetic,
        )
    since = f" since {wording.period(claim.since)}" if claim.since is not None else ""
    finding = supported(f"{told}; nothing beyond it before{since}.", line.cite(index), arithmetic)
    return finding.noting("" if line.since_inception else f"The series begins in {begins}.")
