"""Ranks: "the largest foreign holder", "overtook China", "third"."""

from __future__ import annotations

from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, misleading, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.weigh import weigh
from saiken.claims.verdict import Ruling
from saiken.measures import holdings

ORDINALS = ("largest", "second-largest", "third-largest", "fourth-largest", "fifth-largest")


def judge(claim: Claim, evidence: Evidence) -> Finding:
    return weigh(claim, evidence, lambda line: on_line(claim, line, evidence))


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    index = target(line, claim, evidence)
    if isinstance(index, Finding):
        return index
    parts = []
    if claim.versus:
        parts.append(_overtaken(claim, line, index, evidence))
    if claim.rank is not None:
        parts.append(_place(claim, line, index, evidence))
    if not parts:
        return not_covered(
            "The text names neither a place nor whom it is compared with.", "no_number"
        )
    finding = min(parts, key=lambda part: part.ruling is Ruling.SUPPORTED)
    return replace(finding, pivot=index)


def _overtaken(claim: Claim, line: Line, index: int, evidence: Evidence) -> Finding:
    """Ahead at the period and, if the period is named, not yet ahead the period before."""
    fact, figures, behind = [], list(line.cite(index)), None
    for other in claim.versus:
        rivals = evidence.lines(claim.measure, other, claim.tenor)
        at = rivals[0].find(line.period(index)) if rivals else None
        if at is None:
            return not_covered(f"No figure for {naming.subject(other)} in that period.")
        rival = rivals[0]
        figures += rival.cite(at)
        fact.append(
            f"{naming.subject(claim.subject)} {numbers.amount(line.values[index], line.unit)} against "
            f"{naming.subject(other)} {numbers.amount(rival.values[at], rival.unit)} "
            f"{wording.at(line.period(index))}"
        )
        sign = claim.direction or 1
        if (line.values[index] - rival.values[at]) * sign <= 0:
            return refuted(f"{fact[-1]}.", figures, fact[-1])
        event = claim.period is not None and sign > 0 and index and at
        if event and line.values[index - 1] > rival.values[at - 1]:
            behind = other
    if behind is not None:
        before = wording.period(line.period(index - 1))
        return refuted(
            f"{'; '.join(fact)}, but {naming.subject(claim.subject)} was ahead already in {before}.",
            figures,
            fact[0],
        )
    return supported(f"{'; '.join(fact)}.", figures, fact[0])


def _place(claim: Claim, line: Line, index: int, evidence: Evidence) -> Finding:
    """The place among all holders published for the period, read in one as-of state."""
    assert claim.rank is not None  # noqa: S101 - the caller has checked
    values, cites = _field(claim, line, index, evidence)
    values[claim.subject] = line.values[index]
    sign = 1 if claim.extreme != "low" else -1
    signed = {who: sign * value for who, value in values.items()}
    place = holdings.rank(signed, claim.subject)
    order = sorted(signed, key=signed.__getitem__, reverse=True)
    leaders = [who for who in order[:3] if who in cites]
    figures = [*line.cite(index), *(point for who in leaders for point in cites[who])]
    when = wording.at(line.period(index))
    table = ", ".join(
        f"{naming.subject(who)} {numbers.amount(values[who], line.unit)}" for who in order[:3]
    )
    fact = (
        f"{naming.subject(claim.subject)} was {_ordinal(place)} of {len(values)} {when} ({table})"
    )
    if place != claim.rank:
        return refuted(f"{fact}.", figures, table)
    if "foreign" not in claim.scope and claim.rank == 1 and line.kind == "stock":
        return misleading(
            f"{fact}, among foreign holders only: the Federal Reserve and US investors hold more.",
            "different_definition",
            figures,
            table,
        )
    return supported(f"{fact}.", figures, table)


def _field(
    claim: Claim, line: Line, index: int, evidence: Evidence
) -> tuple[dict[str, float], dict[str, tuple[Point, ...]]]:
    values, cites = {}, {}
    for who in evidence.holders:
        for rival in evidence.lines(claim.measure, who, claim.tenor)[:1]:
            at = rival.find(line.period(index))
            if at is not None and who != claim.subject:
                values[who], cites[who] = rival.values[at], rival.cite(at)
    return values, cites


def _ordinal(place: int) -> str:
    if place <= len(ORDINALS):
        return f"the {ORDINALS[place - 1]}"
    return f"number {place}"
