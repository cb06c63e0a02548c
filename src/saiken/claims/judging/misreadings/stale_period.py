"""A number that was right once: of another period, or of an earlier print of the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, wording
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.truth import Case
from saiken.terms.period import Period, add_months
from saiken.terms.quantity import Interval

NAME = "stale_period"
DIGITS = 3
"""A number with fewer significant digits agrees with some period by chance."""


def explain(case: Case) -> Slip | None:
    if not numbers.compatible(case.stated, case.line.unit):
        return None
    if numbers.significant(case.stated) < DIGITS:
        return _other_spans(case)
    return _earlier_print(case) or _other_spans(case) or _other_period(case)


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
            told = tell(
                "{first} was printed for {period} on {day}; it has since been revised to {now}.",
                first=first,
                period=wording.period(period),
                day=wording.day(figure.vintage_day or figure.vintage_at.date()),
                now=now,
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
            return Slip(NAME, _of_another(shown, when, now), line.cite(index))
    return None


def _of_another(shown: Told, when: Told, named: Told) -> Told:
    return tell(
        "{shown} is the figure of {when}, not of {named}.", shown=shown, when=when, named=named
    )


SHIFTS = (-3, 3, -9, 9, -12, 12)
"""Months between a calendar year, a fiscal year and their neighbours."""


def _other_spans(case: Case) -> Slip | None:
    """Twelve months told as another twelve: the calendar year as the fiscal one."""
    named = case.claim.period
    if named is None or named.frequency != "A" or case.line.kind != "flow":
        return None
    for months in SHIFTS:
        start = add_months(named.start, months)
        span = Period(start, add_months(start, 12) - timedelta(days=1))
        true = replace(case, claim=replace(case.claim, period=span)).size()
        if true is not None and numbers.matches(case.stated, true):
            shown = numbers.amount(true.middle / case.line.unit.factor, case.line.unit)
            return Slip(NAME, _of_another(shown, wording.period(span), wording.period(named)))
    return None


def _about(claim: Claim, case: Case, index: int) -> Claim:
    return replace(claim, period=case.line.period(index))
