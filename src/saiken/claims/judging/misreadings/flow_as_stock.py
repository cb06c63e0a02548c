"""A change told as a level: "holds $22 billion" of what is the month's change."""

from __future__ import annotations

from saiken.claims.claim import Predicate
from saiken.claims.judging import numbers
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import tell
from saiken.claims.judging.truth import Case, same_size

NAME = "flow_as_stock"


def explain(case: Case) -> Slip | None:
    line = case.line
    if case.claim.predicate is not Predicate.LEVEL or line.kind != "stock":
        return None
    if not numbers.compatible(case.stated, line.unit) or numbers.significant(case.stated) < 2:
        return None
    step = case.step()
    if step is None or not same_size(case.stated, step.interval):
        return None
    told = tell("That number is the change, {fact}, not the level.", fact=step.told)
    return Slip(NAME, told, step.figures)
