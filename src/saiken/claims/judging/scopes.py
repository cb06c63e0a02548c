"""Words that narrow a claim beyond what its series can bear: owners, one-month trends, breaks."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import naming, parts, rules, trends
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered
from saiken.claims.judging.told import listed, tell
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

CUSTODY = tell(
    "The table counts securities by the country of the custodian: nothing says that they belong "
    "to the state or the people named."
)


def narrowed(claim: Claim) -> Finding | None:
    """Of a user's own series: words that may narrow what it counts, of which its catalog says
    nothing. Such a claim is not judged.
    """
    if "narrowed" not in claim.scope:
        return None
    if not claim.leftover:
        return not_covered(
            tell("It goes on about what was narrowed before, which no series counts."), "narrowed"
        )
    start = claim.span[0]
    words = listed((f"“{claim.text[a - start : b - start]}”" for a, b in claim.leftover), ", ")
    return not_covered(
        tell(
            "Nothing in the catalog file says whether the series counts just this: {words}. Words that "
            "mean the same belong into its `names`.",
            words=words,
        ),
        "narrowed",
    )


COMPARING = {Predicate.CHANGE, Predicate.DIRECTION, Predicate.FLOW}


def scoped(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    finding = trends.held(claim, _across_break(claim, finding, evidence), evidence)
    finding = parts.told(claim, finding, evidence)
    if "owner" not in claim.scope or claim.measure != "treasury_holdings" or not finding.settled:
        return finding
    told = replace(finding, reasons=(CUSTODY, *finding.reasons))
    if finding.ruling is Ruling.SUPPORTED:
        return told.ruled(Ruling.MISLEADING, "custody_as_ownership")
    return finding if _beyond_all(claim, finding) else not_covered(CUSTODY, "owner")


def _beyond_all(claim: Claim, finding: Finding) -> bool:
    """Whether one owner is said to hold more than all residents of the country together."""
    held = finding.figures[0] if finding.figures else None
    if claim.predicate is not Predicate.LEVEL or claim.quantity is None or held is None:
        return False
    return claim.quantity.low >= held.value * held.unit.factor


def _across_break(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """A comparison across a known break says so; one that the break mostly makes is misleading."""
    if not finding.settled or len(finding.figures) < 2:
        return finding
    series = finding.figures[0].series
    points = sorted((p for p in finding.figures if p.series == series), key=lambda p: p.period)
    for known in evidence.catalog.breaks_of(series):
        at = Period.parse(known.at)
        if not points[0].period.end < at.start <= at.end <= points[-1].period.end:
            continue
        what = naming.remark(known.what)
        told = tell("The comparison crosses a break in the series: {what}.", what=what)
        moved = points[-1].value - points[0].value
        jump = _jump(series, at, evidence)
        made_by_it = jump * moved > 0 and abs(jump) >= rules.BREAK_SHARE * abs(moved)
        if made_by_it and claim.predicate in COMPARING and finding.ruling is Ruling.SUPPORTED:
            finding = replace(finding, reasons=(told, *finding.reasons))
            return finding.ruled(Ruling.MISLEADING, "series_break")
        finding = finding.noting(told)
    return finding


def _jump(series: str, at: Period, evidence: Evidence) -> float:
    """How far the series moved in the month of the break."""
    line = evidence.line(series)
    index = line.find(at) if line is not None else None
    return line.values[index] - line.values[index - 1] if line is not None and index else 0.0
