"""Shares: "13 % of foreign holdings", "a quarter of the total"."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.change import base_of
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.told import tell
from saiken.claims.judging.weigh import weigh
from saiken.terms.quantity import Quantity


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


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    index = target(line, claim, evidence)
    if not isinstance(index, Finding) and claim.base is not None:  # "from 9 % a year earlier"
        index = base_of(line, index, claim, evidence)
    if isinstance(index, Finding):
        return index
    measure, subject = whole_of(claim) or ("", "")
    wholes = evidence.lines(measure, subject)
    at = wholes[0].until(line.period(index).end) - 1 if wholes else -1
    if at < 0 or wholes[0].period(at).end < line.period(index).start:
        who = naming.subject(subject)
        return not_covered(tell("No figure for {who} in that period.", who=who))
    whole = wholes[0]
    ratio = line.interval(index).over(whole.interval(at))
    figures = (*line.cite(index), *whole.cite(at))
    when = wording.at(line.period(index))
    arithmetic = tell(
        "{part} / {whole} = {share:.1%} ({when})",
        part=numbers.amount(line.values[index], line.unit),
        whole=numbers.amount(whole.values[at], whole.unit),
        share=ratio.middle,
        when=when,
    )
    stated = in_ratio(claim.quantity) if claim.quantity else None
    if stated is not None and numbers.matches(stated, ratio):
        told = tell("{share:.1%} {when}.", share=ratio.middle, when=when)
        return replace(supported(told, figures, arithmetic), pivot=index, exact=True)
    told = tell("The share was {share:.1%} {when}.", share=ratio.middle, when=when)
    return replace(refuted(told, figures, arithmetic), pivot=index)


def in_ratio(stated: Quantity) -> Quantity:
    """A share in per cent as one in 0..1."""
    if stated.unit != "%":
        return stated
    return Quantity(stated.value / 100, stated.low / 100, stated.high / 100, "ratio")
