"""Streaks: "sixth straight month of net purchases", "a third monthly fall in a row"."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, exaggerated, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.record import changes
from saiken.claims.judging.target import target
from saiken.claims.judging.weigh import weigh
from saiken.measures import history


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.count is None or not claim.direction:
        return not_covered("The text gives neither a length nor a direction.", "no_number")
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    moves = line if line.kind == "flow" else changes(line)
    index = target(moves, claim, evidence)
    if isinstance(index, Finding):
        return index
    assert claim.count is not None and claim.direction is not None  # noqa: S101, PT018 - judge checks
    run = history.streak(moves.values, index) * claim.direction
    steps = range(max(0, index - max(run, 0)), index + 1)
    shown = ", ".join(numbers.amount(moves.values[i], moves.unit, signed=True) for i in steps)
    when = wording.at(moves.period(index))
    figures = [point for i in steps for point in moves.cite(i)]
    way = "rises or purchases" if claim.direction > 0 else "falls or sales"
    fact = f"{max(run, 0)} {way} in a row up to {wording.period(moves.period(index))} ({shown})"
    if run == claim.count:
        finding = supported(f"{fact}.", figures, shown)
    elif run <= 0:
        finding = refuted(
            f"{numbers.amount(moves.values[index], moves.unit, signed=True)} {when}.",
            figures,
            shown,
        )
    elif run < claim.count:
        finding = exaggerated(f"{fact}, not {claim.count:.0f}.", figures, shown)
    else:
        finding = refuted(f"{fact}, not {claim.count:.0f}.", figures, shown)
    return replace(finding, pivot=index)
