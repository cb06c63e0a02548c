"""The number of another: what the banks sold told of the life insurers."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import tell
from saiken.claims.judging.truth import Case
from saiken.terms.period import Period
from saiken.terms.places import countries

NAME = "wrong_subject"
INVESTOR_DIGITS, COUNTRY_DIGITS = 2, 3
"""Significant digits from which a number is no chance: there are few investors, many countries."""


_RESTS = {"other", "others"}
"""What is left of a table is nobody that a text could have meant."""


def explain(case: Case) -> Slip | None:
    digits = numbers.significant(case.stated)
    if digits < INVESTOR_DIGITS or not numbers.compatible(case.stated, case.line.unit):
        return None
    known, period = countries(), case.line.period(case.index)
    for who, series in case.evidence.siblings(case.line.series):
        if who not in _RESTS and digits >= (COUNTRY_DIGITS if who in known else INVESTOR_DIGITS):
            slip = _of(case, who, series, period)
            if slip is not None:
                return slip
    return None


def _of(case: Case, who: str, series: str, period: Period) -> Slip | None:
    other = case.evidence.line(series)
    at = other.find(period) if other is not None else None
    if other is None or at is None:
        return None
    true = replace(case, line=other, index=at).size()
    if true is None or not numbers.matches(case.stated, true):
        return None
    shown = numbers.amount(true.middle / other.unit.factor, other.unit)
    told = tell(
        "{shown} {when} is the figure of {who}.",
        shown=shown,
        when=wording.at(other.period(at)),
        who=naming.subject(who) if who in countries() else naming.investor(who),
    )
    return Slip(NAME, told, other.cite(at))
