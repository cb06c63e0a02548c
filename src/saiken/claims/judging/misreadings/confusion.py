"""A neighbouring series taken for the one named: gross for net, net debt for gross debt.

Which series are taken for which is data: `[[confusion]]` in the catalog.
"""

from __future__ import annotations

import math
from dataclasses import replace

from saiken.claims.judging import naming, numbers
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import tell
from saiken.claims.judging.truth import Case, same_size
from saiken.claims.judging.weigh import SESSION
from saiken.claims.verdict import Ruling
from saiken.terms.quantity import Interval

NAME = "different_definition"


def _agrees(case: Case, true: Interval) -> bool:
    one_sided = math.isinf(case.stated.low) or math.isinf(case.stated.high)
    return numbers.matches(case.stated, true) if one_sided else same_size(case.stated, true)


def explain(case: Case) -> Slip | None:
    if not numbers.compatible(case.stated, case.line.unit):
        return None
    for confusion in case.evidence.catalog.confusions(case.line.series):
        other = case.evidence.line(confusion.taken_for)
        at = other.find(case.line.period(case.index)) if other is not None else None
        if other is None or at is None:
            continue
        true = replace(case, line=other, index=at).size()
        if true is not None and _agrees(case, true):
            shown = numbers.amount(true.middle / other.unit.factor, other.unit)
            what = naming.remark(confusion.what)
            told = tell("{shown} is {what}.", shown=shown, what=what)
            # who says that it closed there has said which of the two is meant
            denied = "close" in case.claim.scope and other.convention in SESSION.values()
            ruling = Ruling.REFUTED if denied else Ruling(confusion.ruling)
            return Slip(confusion.misreading, told, other.cite(at), ruling)
    return None
