"""What bears on a cause that a text asserts: how the two that it ties together moved, side by side.

How far they did is measured by a callable that a door hands over: nothing here computes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from saiken.claims.claim import Claim, Driver
from saiken.claims.judging import naming, wording
from saiken.claims.judging.change import Step
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.lines import Line
from saiken.claims.judging.told import Told, said, tell
from saiken.claims.verdict import Comovement, Report, Ruling, Verdict
from saiken.terms.period import Period

BENCHMARK = "10Y"
"""The maturity that is meant where none is told."""

DIGITS = 2
"""Decimals of a correlation: what lies beyond is no knowledge, and differs by machine."""

WEAK, STRONG = 0.2, 0.5
"""Correlations from which two things are told to have moved together, and to have done so closely."""


class Measured(Protocol):
    """What is needed of a measure of co-movement: see `measures.comovement.Comovement`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def correlation(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def given(self) -> float: ...
    @property
    def received(self) -> float: ...


Side = tuple[Sequence[int], Sequence[float], bool]
"""Days as ordinals, values, and whether changes are relative to them, as those of prices."""

Measure = Callable[[Side, Side, int], Measured]
"""How two sides moved together up to a day (an ordinal). ValueError says why that cannot be told."""


def with_comovements(report: Report, evidence: Callable[[], Evidence], measure: Measure) -> Report:
    """The report with what moved beside each cause asserted; nothing is computed without one."""
    if not any(_tied(verdict) for verdict in report.verdicts):
        return report
    at_hand = evidence()
    verdicts = tuple(
        _beside(verdict, at_hand, measure, report.language) if _tied(verdict) else verdict
        for verdict in report.verdicts
    )
    return replace(report, verdicts=verdicts)


def _tied(verdict: Verdict) -> bool:
    return verdict.ruling is Ruling.NOT_CHECKABLE and verdict.claim.driver is not None


def _beside(verdict: Verdict, evidence: Evidence, measure: Measure, language: str) -> Verdict:
    claim = verdict.claim
    lines = _lines(claim, evidence)
    if lines is None:
        return verdict
    driver, effect = lines
    until = _until(claim, evidence)
    try:
        found = measure(_side(driver), _side(effect), until.toordinal())
    except ValueError:
        return _noting(verdict, TOO_FEW, language)
    moved = [step for line in lines if (step := _moved(line, claim.period)) is not None]
    comovement = Comovement(
        driver=driver.series,
        effect=effect.series,
        start=date.fromordinal(found.start),
        end=date.fromordinal(found.end),
        count=found.count,
        correlation=round(found.correlation, DIGITS),
        low=round(found.low, DIGITS),
        high=round(found.high, DIGITS),
        given=round(found.given, 1),
        received=round(found.received, 1),
    )
    told = [*_moves(moved), *_told(comovement, driver, effect)]
    ends = [
        point
        for line in lines
        for day in (comovement.end, comovement.start)
        for point in line.cite(line.until(day) - 1)
    ]
    figures = dict.fromkeys((*verdict.figures, *(p for s in moved for p in s.figures), *ends))
    return replace(
        verdict,
        figures=tuple(figures),
        comovement=replace(comovement, told=tuple(said(one, language) for one in told)),
    )


TOO_FEW = tell(
    "Too few days are held on which both have a figure to tell whether they moved together."
)


def _noting(verdict: Verdict, note: Told, language: str) -> Verdict:
    return replace(verdict, notes=(*verdict.notes, said(note, language)))


def _lines(claim: Claim, evidence: Evidence) -> tuple[Line, Line] | None:
    """The daily lines of what is said to have moved something, and of what it moved."""
    driver = claim.driver
    if driver is None:
        return None
    first = _line(driver, evidence)
    second = _line(Driver(claim.measure, claim.subject, claim.tenor), evidence)
    return (first, second) if first is not None and second is not None else None


def _line(of: Driver, evidence: Evidence) -> Line | None:
    tenor = of.tenor or (BENCHMARK if of.measure == "government_yield" else "")
    held = evidence.lines(of.measure, of.subject, tenor)
    daily = (line for line in held if line.frequency == "D" and len(line))
    return max(daily, key=lambda line: line.ends[-1], default=None)


def _until(claim: Claim, evidence: Evidence) -> date:
    known = min(evidence.dated, evidence.as_of)
    return known if claim.period is None else min(claim.period.end, known)


def _side(line: Line) -> Side:
    return line.ends, line.values, line.kind in {"price", "index"} and line.unit.base != "%"


def _moved(line: Line, period: Period | None) -> Step | None:
    """How far a line went in the period that the text names."""
    within = line.within(period) if period is not None else range(0)
    return Step(line, within[0] - 1, within[-1]) if within and within[0] else None


def _moves(steps: Sequence[Step]) -> Iterator[Told]:
    for step in steps:
        yield tell("{title}: {fact}.", title=naming.title(step.line), fact=step.told)


def _told(found: Comovement, driver: Line, effect: Line) -> Iterator[Told]:
    first, second = naming.title(driver), naming.title(effect)
    yield tell(
        "{how}: the correlation of their daily changes was {correlation:+.2f} ({low:+.2f} to {high:+.2f}) "
        "over {count} changes from {start} to {end}.",
        how=_how(found),
        correlation=found.correlation,
        low=found.low,
        high=found.high,
        count=found.count,
        start=wording.day(found.start),
        end=wording.day(found.end),
    )
    yield tell(
        "Of the surprises in “{second}”, {given:.1f}% are those of “{first}”; the other way it is {received:.1f}%.",
        first=first,
        second=second,
        given=found.given,
        received=found.received,
    )
    yield CAUTION


CAUTION = tell(
    "Moving together is no cause: a third thing may have moved both, and markets that close at "
    "different hours do not tell by their closes which came first."
)


def _how(found: Comovement) -> Told:
    if found.low <= 0 <= found.high or abs(found.correlation) < WEAK:
        return tell("They hardly moved together")
    closely = abs(found.correlation) >= STRONG
    if found.correlation > 0:
        return tell("They moved closely together") if closely else tell("They moved together")
    return (
        tell("They moved closely against each other")
        if closely
        else tell("They moved against each other")
    )
