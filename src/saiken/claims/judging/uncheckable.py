"""Causes, forecasts, opinions and events: said to be such, with the figures that bear on them."""

from __future__ import annotations

from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.target import newest
from saiken.claims.judging.told import tell
from saiken.claims.verdict import Ruling

WHY = {
    "forecast": tell("This is a forecast: no figure can bear it out yet."),
    "conditional": tell("This says what would happen, not what did."),
    "causal": tell("This names a cause. Figures can show that two things moved together, not why."),
    "opinion": tell("This is an opinion."),
    "event": tell("This is an event that no series in the catalog records."),
}


def uncheckable(claim: Claim, evidence: Evidence) -> Finding:
    kind = claim.predicate.value if claim.predicate.value in WHY else claim.modality
    finding = Finding(
        Ruling.NOT_CHECKABLE, (WHY[kind],), code="cause" if kind == "causal" else kind
    )
    for line in evidence.lines(claim.measure, claim.subject, claim.tenor)[:1]:
        index = newest(line, evidence)
        if index is not None:
            note = tell(
                "For reference, {title}: {shown} {when}.",
                title=naming.title(line),
                shown=numbers.amount(line.values[index], line.unit),
                when=wording.at(line.period(index)),
            )
            return Finding(
                Ruling.NOT_CHECKABLE,
                finding.reasons,
                line.cite(index),
                code=finding.code,
                notes=(note,),
            )
    return finding
