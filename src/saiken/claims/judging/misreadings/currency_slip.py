"""The right number in the wrong currency."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.judging import numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.truth import Case, same_size
from saiken.terms.units import Unit

NAME = "currency_slip"


def explain(case: Case) -> Slip | None:
    said, published = Unit.parse(case.stated.unit), case.line.unit
    if not (said.is_money and published.is_money) or said.base == published.base:
        return None
    told_in = replace(case, stated=replace(case.stated, unit=published.base))
    true = told_in.size()
    if true is None or numbers.significant(case.stated) < 2 or not same_size(told_in.stated, true):
        return None
    shown = numbers.amount(true.middle / published.factor, published)
    when = wording.at(case.line.period(case.index))
    return Slip(NAME, f"The number is right, the currency is not: {shown} {when}.")
