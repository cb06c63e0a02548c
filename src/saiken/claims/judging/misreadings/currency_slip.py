"""The right number in the wrong currency."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.judging import numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import tell
from saiken.claims.judging.truth import Case, same_size
from saiken.terms.units import Unit

NAME = "currency_slip"


SCALES = (1.0, 1e3, 1e6, 1e9)
"""Scale words that stand beside a currency where the series counts something else."""


def explain(case: Case) -> Slip | None:
    said, published = Unit.parse(case.stated.unit), case.line.unit
    if not said.is_money or said.base == published.base or numbers.significant(case.stated) < 2:
        return None
    for scale in (1.0,) if published.is_money else SCALES:
        stated = case.stated.divided(scale, published.base)
        counted = replace(case, stated=stated)
        true = counted.size()
        if true is not None and same_size(stated, true):
            shown = numbers.amount(true.middle / published.factor, published)
            when = wording.at(case.line.period(case.index))
            if published.is_money:
                told = tell(
                    "The digits are right, the currency is not: {shown} {when}.",
                    shown=shown,
                    when=when,
                )
            else:
                told = tell(
                    "The digits are right, the unit is not: {shown} {when}.", shown=shown, when=when
                )
            return Slip(NAME, told)
    return None
