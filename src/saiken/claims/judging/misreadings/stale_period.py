"""A number that was right once: of another period, or of an earlier print of the same one."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.truth import Case
from saiken.terms.quantity import Interval

NAME = "stale_period"
DIGITS = 3
"""A number with fewer significant digits agrees with some period by chance."""


def explain(case: Case) -> Slip | None:
    if numbers.significant(case.stated) < DIGITS or not numbers.compatible(
        case.stated, case.line.unit
    ):
        return None
    return _earlier_print(case) or _other_period(case)


def _earlier_print(case: Case) -> Slip | None:
    line, unit = case.line, case.line.unit
    if case.is_flow and line.kind != "flow":
        return None
    period = line.period(case.index)
    for figure in case.evidence.prints(line.series, period):
        if figure.value is None:
            continue
        half = 0.5 * 10.0**-figure.decimals
        if numbers.matches(
            case.stated, Interval.around(float(figure.value), half).scaled(unit.factor)
        ):
            now = numbers.amount(line.values[case.index], unit)
            first = numbers.amount(float(figure.value), unit)
            told = (
                f"{first} was printed for {wording.period(period)} on "
                f"{wording.day(figure.vintage_day or figure.vintage_at.date())}; it has since been revised to {now}."
            )
            return Slip(NAME, told, line.cite(case.index))
    return None


def _other_period(case: Case) -> Slip | None:
    line = case.line
    for index in range(case.index - 1, max(-1, case.index - 25), -1):
        moved = replace(case, claim=_about(case.claim, case, index), index=index)
        true = moved.size()
        if true is not None and numbers.matches(case.stated, true):
            shown = numbers.amount(true.middle / line.unit.factor, line.unit)
            when, now = wording.period(line.period(index)), wording.period(line.period(case.index))
            told = f"{shown} is the figure of {when}, not of {now}."
            return Slip(NAME, told, line.cite(index))
    return None


def _about(claim: Claim, case: Case, index: int) -> Claim:
    return replace(claim, period=case.line.period(index))
