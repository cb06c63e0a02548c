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
            found = window(self.line, self.claim, self.evidence)
            if isinstance(found, Finding):
                return None
            return numbers.total(
                [self.line.values[i] for i in found],
                [self.line.half_widths[i] for i in found],
                self.line.unit,
            )
        if not self.is_flow:
            return self.line.interval(self.index)
        step = self.step()
        if step is None:
            return None
        true = in_unit(self.stated.unit, step)
        return None if isinstance(true, Finding) else true


def case(claim: Claim, evidence: Evidence) -> Case | None:
    """The case of a claim with a number and a line, None for all others."""
    if claim.quantity is None:
        return None
    for line in evidence.lines(claim.measure, claim.subject, claim.tenor):
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
