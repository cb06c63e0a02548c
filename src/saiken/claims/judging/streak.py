"""Streaks: "sixth straight month of net purchases", "a third monthly fall in a row"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import counts, numbers, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, exaggerated, not_covered, refuted, supported
from saiken.claims.judging.level import unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.paces import paced
from saiken.claims.judging.record import changes
from saiken.claims.judging.target import target, window
from saiken.claims.judging.told import Told, listed, tell
from saiken.claims.judging.weigh import weigh
from saiken.claims.verdict import Ruling
from saiken.measures import history
from saiken.terms.period import Period


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.count is not None and {"times", "misses"} & claim.scope:
        return weigh(claim, evidence, lambda line: counts.on_line(claim, line, evidence))
    if not claim.direction:
        return not_covered(tell("The text gives no direction."), "no_number")
    if claim.count is not None:
        return _in_a_row(claim, evidence)
    if claim.period is None and claim.since is None:
        return not_covered(tell("The text gives no length."), "no_number")
    return weigh(claim, evidence, lambda line: throughout(claim, line, evidence))


def _in_a_row(claim: Claim, evidence: Evidence) -> Finding:
    """Of what was bought or sold by what is published of it, else by how holdings changed."""
    net = evidence.catalog.measures[claim.measure].flow if claim.of == "flow" else ""
    if net and net != claim.measure:
        traded = replace(claim, measure=net)
        finding = weigh(traded, evidence, lambda line: on_line(traded, line, evidence))
        if finding.ruling is not Ruling.NOT_COVERED:
            return finding
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def throughout(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    """Of "in every month of the year so far", "above zero every day since 2022"."""
    mark = numbers.fit(claim.quantity, line.unit) if claim.quantity is not None else None
    if mark is None and claim.quantity is not None:
        return unlike(claim.quantity, line)
    line = line if mark is not None else paced(line, claim.scope)
    moves = line if line.kind == "flow" or mark is not None else changes(line)
    span = claim.period
    if span is None and claim.since is not None:
        # what moved "since 2020" did so after it; what is held since a day, on that day too
        begin = claim.since.end + timedelta(0 if mark is not None else 1)
        span = Period(begin, max(begin, evidence.dated))
    found = window(moves, replace(claim, period=span), evidence)
    if isinstance(found, Finding):
        return found
    side, level = claim.direction or 1, mark.value if mark is not None else 0.0
    against = [i for i in found if (moves.base_value(i) - level) * side <= 0]
    if not against:
        first, last = moves.period(found[0]), moves.period(found[-1])
        told = tell(
            "All {count} figures from {first} to {last} bear it out.",
            count=len(found),
            first=wording.period(first),
            last=wording.period(last),
        )
        return supported(told, (*moves.cite(found[0]), *moves.cite(found[-1])))
    index = against[-1]
    shown = numbers.amount(moves.values[index], moves.unit, signed=mark is None)
    told = tell(
        "{shown} {when}: {against} of {count} figures do not.",
        shown=shown,
        when=wording.at(moves.period(index)),
        against=len(against),
        count=len(found),
    )
    return refuted(told, moves.cite(index))


def _beyond(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    """Of "net short for a tenth week", "above 4% for five days": how long it has been on that side of
    the line, or of zero where none is told.
    """
    mark = numbers.fit(claim.quantity, line.unit) if claim.quantity is not None else None
    if mark is None and claim.quantity is not None:
        return unlike(claim.quantity, line)
    index = target(line, claim, evidence)
    if isinstance(index, Finding):
        return index
    assert claim.count is not None and claim.direction is not None  # noqa: S101, PT018 - judge checks
    level = mark.value if mark is not None else 0.0
    sides = [line.base_value(i) - level for i in range(index + 1)]
    run = history.streak(sides, index) * claim.direction
    steps = range(index - max(run, 1) + 1, index + 1)
    shown = listed(numbers.amount(line.values[i], line.unit) for i in (steps[0], steps[-1]))
    side = tell("above") if claim.direction > 0 else tell("below")
    fact = tell(
        "{count} figures in a row up to {period} {side} {mark} ({shown})",
        count=max(run, 0),
        side=side,
        mark=numbers.spoken(mark, signed=True) if mark is not None else "0",
        period=wording.period(line.period(index)),
        shown=shown,
    )
    figures = [point for i in steps for point in line.cite(i)]
    return replace(_as_long(claim.count, run, fact, figures, shown), pivot=index)


def _as_long(count: float, run: int, fact: Told, figures: list[Point], shown: Told) -> Finding:
    """A run of figures against one that is told to be of `count`."""
    otherwise = tell("{fact}, not {count:.0f}.", fact=fact, count=count)
    if not 0 < run <= count:
        return refuted(otherwise, figures, shown)
    if run == count:
        return supported(tell("{fact}.", fact=fact), figures, shown)
    return exaggerated(otherwise, figures, shown)


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    line = paced(line, claim.scope)
    if claim.of == "level":
        return _beyond(claim, line, evidence)
    moves = line if line.kind == "flow" else changes(line)
    index = target(moves, claim, evidence)
    if isinstance(index, Finding):
        return index
    assert claim.count is not None and claim.direction is not None  # noqa: S101, PT018 - judge checks
    run = history.streak(moves.values, index) * claim.direction
    steps = range(max(0, index - max(run, 0)), index + 1)
    shown = listed(numbers.amount(moves.values[i], moves.unit, signed=True) for i in steps)
    when = wording.at(moves.period(index))
    figures = [point for i in steps for point in moves.cite(i)]
    fact = tell(
        "{count} {ways} in a row up to {period} ({shown})",
        count=max(run, 0),
        ways=tell("rises or purchases") if claim.direction > 0 else tell("falls or sales"),
        period=wording.period(moves.period(index)),
        shown=shown,
    )
    if run > 0:
        return replace(_as_long(claim.count, run, fact, figures, shown), pivot=index)
    last = numbers.amount(moves.values[index], moves.unit, signed=True)
    finding = refuted(tell("{shown} {when}.", shown=last, when=when), figures, shown)
    return replace(finding, pivot=index)
