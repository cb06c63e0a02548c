"""A holding told as a sale or a purchase: "dumps $1.2 trillion" of what is the whole position."""

from __future__ import annotations

from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.misreadings import Slip
from saiken.claims.judging.truth import Case, same_size

NAME = "stock_as_flow"


def explain(case: Case) -> Slip | None:
    line, index = case.line, case.index
    if not case.is_flow or line.kind != "stock" or not numbers.compatible(case.stated, line.unit):
        return None
    if not same_size(case.stated, line.interval(index)):
        return None
    shown = numbers.amount(line.values[index], line.unit)
    step = case.step()
    moved = f"; it changed by {step.shown} {step.span}" if step is not None else ""
    told = (
        f"{shown} is what {naming.subject(case.claim.subject)} held in "
        f"{wording.period(line.period(index))}, not a flow{moved}."
    )
    return Slip(NAME, told, line.cite(index))
