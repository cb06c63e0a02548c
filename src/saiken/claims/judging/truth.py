"""The true size of what a claim speaks of, for finding out which slip explains its number."""

from __future__ import annotations

import math
from dataclasses import dataclass

from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import numbers
from saiken.claims.judging.change import Step, base_of, in_unit
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target, window
from saiken.claims.judging.weigh import suited
from saiken.terms.quantity import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with a number that its figures do not bear out, and where it was judged."""

    claim: Claim
    stated: Quantity
    line: Line
    index: int
    evidence: Evidence

    @property
    def is_flow(self) -> bool:
        return self.claim.predicate in {Predicate.FLOW, Predicate.CHANGE}

    def step(self) -> Step | None:
        """The change over the claim's span, in the line's unit."""
        base = base_of(self.line, self.index, self.claim, self.evidence)
        return None if isinstance(base, Finding) else Step(self.line, base, self.index)

    def size(self) -> Interval | None:
        """The true counterpart of the stated number, in its unit; None where there is none."""
        if self.line.kind == "flow":
            return _sum(self.line, window(self.line, self.claim, self.evidence))
        if not self.is_flow:
            return self.line.interval(self.index)
        step = self.step()
        if step is None:
            return None
        true = in_unit(self.stated.unit, step)
        return None if isinstance(true, Finding) else true

    def sizes(self) -> list[Interval]:
        """All true counterparts: a sale told of holdings has the published net beside the change."""
        found = [self.size()]
        measure = self.evidence.catalog.measures.get(self.claim.measure)
        flows = measure.flow if measure is not None else ""
        if self.claim.predicate is Predicate.FLOW and self.line.kind == "stock" and flows:
            nets = self.evidence.lines(flows, self.claim.subject)
            found += [_sum(net, window(net, self.claim, self.evidence)) for net in nets]
        return [true for true in found if true is not None]


def _sum(line: Line, found: range | Finding) -> Interval | None:
    if isinstance(found, Finding):
        return None
    values, halves = ([of[i] for i in found] for of in (line.values, line.half_widths))
    return numbers.total(values, halves, line.unit)


def case(claim: Claim, evidence: Evidence) -> Case | None:
    """The case of a claim with a number and a line, None for all others."""
    if claim.quantity is None:
        return None
    for line in suited(claim, evidence):
        index = target(line, claim, evidence)
        if not isinstance(index, Finding):
            return Case(claim, claim.quantity, line, index, evidence)
    return None


def same_size(stated: Quantity, true: Interval) -> bool:
    """Whether the stated number is the true one but for its sign."""
    if math.isinf(stated.low) or math.isinf(stated.high):
        return False
    size = stated if stated.value >= 0 else stated.negated()
    middle, half = abs(true.middle), (true.high - true.low) / 2
    return numbers.matches(size, Interval.around(middle, half))
