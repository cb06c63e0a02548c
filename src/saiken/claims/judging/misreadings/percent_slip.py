"""Per cent, percentage points and basis points taken for each other, or a decimal point lost."""

from __future__ import annotations

from saiken.claims.claim import Predicate
from saiken.claims.judging import numbers
from saiken.claims.judging.change import in_unit
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.truth import Case, same_size

NAME = "percent_slip"
KINDS = {
    "%": ("bp", "pp", "% change"),
    "% change": ("bp", "pp"),
    "pp": ("bp", "% change"),
    "bp": ("pp", "% change"),
}


def explain(case: Case) -> Slip | None:
    if case.line.unit.base not in numbers.PERCENT_UNITS:
        return None
    return _change(case) if case.claim.predicate is Predicate.CHANGE else _level(case)


def _change(case: Case) -> Slip | None:
    step = case.step()
    if step is None:
        return None
    for unit in KINDS.get(case.stated.unit, ()):
        true = in_unit(unit, step)
        if not isinstance(true, Finding) and same_size(case.stated, true):
            told = tell(
                "The number counts {meant}, not {said}: {fact}.",
                meant=_word(unit),
                said=_word(case.stated.unit),
                fact=step.told,
            )
            return Slip(NAME, told, step.figures)
    return None


def _level(case: Case) -> Slip | None:
    if case.claim.predicate is not Predicate.LEVEL or numbers.significant(case.stated) < 2:
        return None
    for factor in (10.0, 100.0, 0.1, 0.01):
        if same_size(case.stated, case.line.interval(case.index).scaled(factor)):
            shown = numbers.amount(case.line.values[case.index], case.line.unit)
            return Slip(NAME, tell("The decimal point has slipped: {shown}.", shown=shown))
    return None


WORDS = {"bp": tell("basis points"), "pp": tell("percentage points")}


def _word(unit: str) -> Told:
    return WORDS.get(unit, tell("per cent"))
