"""What moved a position, told beside a claim that it rose or fell."""

from __future__ import annotations

import math

from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import holdings_flow, numbers
from saiken.claims.judging.change import steps
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.weigh import suited


def told(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """The finding with purchases and valuation apart, where they are published for the span."""
    measure = evidence.catalog.measures.get(claim.measure)
    moves = claim.predicate in {Predicate.CHANGE, Predicate.DIRECTION}
    if not moves or measure is None or not measure.flow or not finding.settled:
        return finding
    for stock in suited(claim, evidence)[:1]:
        found = steps(claim, stock, evidence)
        if not isinstance(found, Finding) and len(found) == 1:
            month = holdings_flow.split(found[0][1], claim, evidence)
            if month is not None and month.flows is not None:
                return finding.noting(_note(month))
    return finding


def _note(month: holdings_flow.Month) -> Told:
    unit = month.step.line.unit
    net = month.net.middle / unit.factor
    size = numbers.amount(abs(net), unit)
    note = (
        tell("Of the change, {size} were net purchases", size=size)
        if net > 0
        else tell("Of the change, {size} were net sales", size=size)
    )
    if math.isinf(month.valuation.low):
        return tell("{fact}.", fact=note)
    valuation = month.valuation.middle / unit.factor
    size = numbers.amount(abs(valuation), unit)
    if valuation > 0:
        return tell("{fact}; the valuation gain was {size}.", fact=note, size=size)
    return tell("{fact}; the valuation loss was {size}.", fact=note, size=size)
