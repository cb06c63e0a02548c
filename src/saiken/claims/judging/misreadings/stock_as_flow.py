"""A holding told as a sale or a purchase: "dumps $1.2 trillion" of what is the whole position."""

from __future__ import annotations

from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import tell
from saiken.claims.judging.truth import Case, same_size
from saiken.terms.quantity import Quantity

NAME = "stock_as_flow"
NEAR = 0.01
"""A flow within this share of the whole position is the position: nobody sells all in a month."""
YEAR = 12


def explain(case: Case) -> Slip | None:
    line = case.line
    if not case.is_flow or line.kind != "stock" or not numbers.compatible(case.stated, line.unit):
        return None
    stated = _widened(case.stated)
    index = next(
        (
            i
            for i in range(case.index, max(-1, case.index - YEAR - 1), -1)
            if same_size(stated, line.interval(i))
        ),
        None,
    )
    if index is None:
        return None
    shown = numbers.amount(line.values[index], line.unit)
    step = case.step()
    moved = tell("; it changed by {fact}", fact=step.told) if step is not None else ""
    told = tell(
        "{shown} is what {who} held {when}, not a flow{moved}.",
        shown=shown,
        who=naming.subject(case.claim.subject),
        when=wording.at(line.period(index)),
        moved=moved,
    )
    return Slip(NAME, told, line.cite(index))


def _widened(stated: Quantity) -> Quantity:
    reach = max((stated.high - stated.low) / 2, NEAR * abs(stated.value))
    return Quantity.around(stated.value, reach, stated.unit)
