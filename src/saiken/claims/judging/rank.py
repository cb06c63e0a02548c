"""Ranks: "the largest foreign holder", "overtook China", "third"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, misleading, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.told import Told, listed, tell
from saiken.claims.judging.weigh import weigh
from saiken.claims.verdict import Ruling
from saiken.measures import holdings

ORDINALS = (
    tell("the largest"),
    tell("the second-largest"),
    tell("the third-largest"),
    tell("the fourth-largest"),
    tell("the fifth-largest"),
)


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
            tell("The text names neither a place nor whom it is compared with."), "no_number"
        )
    finding = min(parts, key=lambda part: part.ruling is Ruling.SUPPORTED)
    return replace(finding, pivot=index)


def _overtaken(claim: Claim, line: Line, index: int, evidence: Evidence) -> Finding:
    """Ahead at the period and, if the period is named, not yet ahead the period before."""
    fact: list[Told] = []
    figures, behind = list(line.cite(index)), None
    eve = claim.period.start - timedelta(days=1) if claim.period is not None else None
    before = line.until(eve) - 1 if eve is not None else -1
    for other in claim.versus:
        rivals = evidence.lines(claim.measure, other, claim.tenor)
        at = rivals[0].find(line.period(index)) if rivals else None
        if at is None:
            who = naming.subject(other)
            return not_covered(tell("No figure for {who} in that period.", who=who))
        rival = rivals[0]
        figures += rival.cite(at)
        fact.append(
            tell(
                "{ours} against {theirs} {when}",
                ours=_of(claim.subject, line, index),
                theirs=_of(other, rival, at),
                when=wording.at(line.period(index)),
            )
        )
        sign = claim.direction or 1
        if (line.values[index] - rival.values[at]) * sign <= 0:
            return refuted(tell("{fact}.", fact=fact[-1]), figures, fact[-1])
        then = rival.find(line.period(before)) if before >= 0 and sign > 0 else None
        if then is not None and line.values[before] > rival.values[then]:
            behind = other
    facts = listed(fact, "; ")
    if behind is not None:
        told = tell(
            "{fact}, but {who} was ahead already in {before}.",
            fact=facts,
            who=naming.subject(claim.subject),
            before=wording.period(line.period(before)),
        )
        return refuted(told, figures, fact[0])
    return supported(tell("{fact}.", fact=facts), figures, fact[0])


def _of(who: str, line: Line, index: int) -> Told:
    size = numbers.amount(line.values[index], line.unit)
    return tell("{who} {size}", who=naming.subject(who), size=size)


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
    sizes = {who: numbers.amount(values[who], line.unit) for who in order[:3]}
    table = listed(
        tell("{who} {size}", who=naming.subject(who), size=size) for who, size in sizes.items()
    )
    fact = tell(
        "{who} was {place} of {count} {when} ({table})",
        who=naming.subject(claim.subject),
        place=_ordinal(place),
        count=len(values),
        when=when,
        table=table,
    )
    within = "within" in claim.scope and place < claim.rank
    if place <= claim.rank and not _is_whole(claim):
        others = tell("{fact}, among those whose figures are held; there are others.", fact=fact)
        return not_covered(others, "part_of_field")
    if place != claim.rank and not within:
        return refuted(tell("{fact}.", fact=fact), figures, table)
    of_all = claim.measure.startswith("treasury_") and "foreign" not in claim.scope
    if of_all and claim.rank == 1 and line.kind == "stock":
        return misleading(
            tell(
                "{fact}, among foreign holders only: "
                "the Federal Reserve and US investors hold more.",
                fact=fact,
            ),
            "different_definition",
            figures,
            table,
        )
    return supported(tell("{fact}.", fact=fact), figures, table)


G7 = frozenset({"CA", "DE", "FR", "GB", "IT", "JP", "US"})


def _is_whole(claim: Claim) -> bool:
    """Whether all that a place is told among are published: holders of Treasuries are, the world's
    debtors are not.
    """
    return claim.measure.startswith("treasury_") or "g7" in claim.scope


def _others(claim: Claim, line: Line, evidence: Evidence) -> Iterable[str]:
    if claim.measure.startswith("treasury_"):
        return evidence.holders
    codes = (who for who, _ in evidence.siblings(line.series) if len(who) == 2)
    return [who for who in codes if who in G7] if "g7" in claim.scope else codes


def _field(
    claim: Claim, line: Line, index: int, evidence: Evidence
) -> tuple[dict[str, float], dict[str, tuple[Point, ...]]]:
    values, cites = {}, {}
    for who in _others(claim, line, evidence):
        for rival in evidence.lines(claim.measure, who, claim.tenor)[:1]:
            at = rival.find(line.period(index))
            if at is not None and who != claim.subject:
                values[who], cites[who] = rival.values[at], rival.cite(at)
    return values, cites


def _ordinal(place: int) -> Told:
    if place <= len(ORDINALS):
        return ORDINALS[place - 1]
    return tell("number {place}", place=place)
