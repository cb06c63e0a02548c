"""Thousands lost or won: trillion for billion, 億 for 兆, million for billion."""

from __future__ import annotations

from saiken.claims.judging import numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.truth import Case, same_size
from saiken.terms.quantity import Interval
from saiken.terms.units import Unit

NAME = "unit_slip"
FACTORS = (1e3, 1e-3, 1e6, 1e-6, 1e2, 1e-2, 1e4, 1e-4)
"""Powers that a scale word or a Japanese numeral can slip by."""
DIGITS = 10.0
"""How many times its rounding a figure must be to have digits that could be told in another unit."""


def explain(case: Case) -> Slip | None:
    if not Unit.parse(case.stated.unit).is_money or not numbers.compatible(
        case.stated, case.line.unit
    ):
        return None
    if numbers.significant(case.stated) < 2:
        return None
    for true in case.sizes():
        if abs(true.middle) < DIGITS * (true.high - true.low):
            continue
        for factor in FACTORS:
            if same_size(case.stated, true.scaled(factor)):
                return Slip(NAME, _told(case, true, factor))
    return None


def _told(case: Case, true: Interval, factor: float) -> Told:
    shown = numbers.amount(true.middle / case.line.unit.factor, case.line.unit)
    when = wording.at(case.line.period(case.index))
    if factor > 1:
        size = tell("{times:,.0f} times too large", times=factor)
    else:
        size = tell("{times:,.0f} times too small", times=1 / factor)
    return tell(
        "The digits are right, the unit is not: {shown} {when}, so {size}.",
        shown=shown,
        when=when,
        size=size,
    )
