"""Shares: "13 % of foreign holdings", "a quarter of the total"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saiken.archive.view import Point
from saiken.claims.claim import Base, Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.change import base_of
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.weigh import weigh
from saiken.terms.quantity import Interval, Quantity


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.quantity is None or whole_of(claim) is None:
        return not_covered(tell("The text does not say a share of what."), "no_number")
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


WHOLES = {"public": ("public_debt", "US:public"), "debt": ("public_debt", "US")}
"""What a share is of, where that is another measure: its measure and subject."""


def whole_of(claim: Claim) -> tuple[str, str] | None:
    if not claim.versus:
        return None
    return WHOLES.get(claim.versus[0], (claim.measure, claim.versus[0]))


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a whole in one period, as `ratio` in 0..1."""

    ratio: Interval
    figures: tuple[Point, ...]
    when: Told
    arithmetic: Told


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    index = target(line, claim, evidence)
    if not isinstance(index, Finding) and claim.base is not None:  # "from 9 % a year earlier"
        index = base_of(line, index, claim, evidence)
    if isinstance(index, Finding):
        return index
    part = _part(claim, line, index, evidence)
    if isinstance(part, Finding):
        return part
    share = part.ratio.middle
    stated = in_ratio(claim.quantity) if claim.quantity else None
    if stated is None or not numbers.matches(stated, part.ratio):
        told = tell("The share was {share:.1%} {when}.", share=share, when=part.when)
        return replace(refuted(told, part.figures, part.arithmetic), pivot=index)
    if (before := _contrary(claim, line, index, evidence, part)) is not None:
        told = tell(
            "The share was {share:.1%} {when} and {before:.1%} {then}.",
            share=share,
            when=part.when,
            before=before.ratio.middle,
            then=before.when,
        )
        return replace(
            refuted(told, (*part.figures, *before.figures), part.arithmetic), pivot=index
        )
    told = tell("{share:.1%} {when}.", share=share, when=part.when)
    return replace(supported(told, part.figures, part.arithmetic), pivot=index, exact=True)


def _part(claim: Claim, line: Line, index: int, evidence: Evidence) -> Part | Finding:
    measure, subject = whole_of(claim) or ("", "")
    wholes = evidence.lines(measure, subject)
    at = wholes[0].until(line.period(index).end) - 1 if wholes else -1
    if at < 0 or wholes[0].period(at).end < line.period(index).start:
        who = naming.subject(subject)
        return not_covered(tell("No figure for {who} in that period.", who=who))
    whole = wholes[0]
    ratio = line.interval(index).over(whole.interval(at))
    when = wording.at(line.period(index))
    arithmetic = tell(
        "{part} / {whole} = {share:.1%} ({when})",
        part=numbers.amount(line.values[index], line.unit),
        whole=numbers.amount(whole.values[at], whole.unit),
        share=ratio.middle,
        when=when,
    )
    return Part(ratio, (*line.cite(index), *whole.cite(at)), when, arithmetic)


def _contrary(claim: Claim, line: Line, index: int, evidence: Evidence, now: Part) -> Part | None:
    """Of "is down to 7 %", "rose to 41 %": the share from which it moved the other way.

    On the period before; without a date the year before may be meant as well.
    """
    if not claim.direction or claim.base is not None:
        return None
    bases = [Base("previous"), *([Base("year_ago")] if claim.period is None else [])]
    known = [base_of(line, index, replace(claim, base=base), evidence) for base in bases]
    found = [_part(claim, line, at, evidence) for at in known if not isinstance(at, Finding)]
    before = [part for part in found if not isinstance(part, Finding)]
    moves = [(now.ratio.middle - part.ratio.middle) * claim.direction for part in before]
    return before[0] if before and max(moves) <= 0 else None


def in_ratio(stated: Quantity) -> Quantity:
    """A share in per cent as one in 0..1."""
    if stated.unit != "%":
        return stated
    return stated.divided(100, "ratio")
