"""A wider aggregate told as the narrow one: all foreign bonds as US Treasuries.

Which measures are wider than which is data: `wider` in the catalog's measures.
"""

from __future__ import annotations

from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import naming, numbers
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.flow import told
from saiken.claims.judging.lines import Line
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.judging.target import window
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.truth import Case
from saiken.claims.judging.weigh import suited
from saiken.claims.verdict import Ruling

NAMES = {"foreign_bond_flows": "all_foreign_as_us"}
NAME = "different_definition"


def explain(claim: Claim, evidence: Evidence, case: Case | None) -> Slip | None:
    """The wider flow whose number the text gives.

    Where the narrow figure is out (`case`) and went the other way, the claim stays refuted.
    """
    measure = evidence.catalog.measures.get(claim.measure)
    if claim.predicate is not Predicate.FLOW or claim.quantity is None or measure is None:
        return None
    for wider in measure.wider:
        asked = replace(claim, measure=wider, scope=claim.scope - {"large"})
        for line in suited(asked, evidence)[:1]:
            found = window(line, asked, evidence)
            if not isinstance(found, Finding) and _agrees(claim, line, found):
                return _slip(wider, line, found, evidence, against=_against(case))
    return None


def _against(case: Case | None) -> bool:
    """Whether every narrow figure went the other way."""
    sizes = case.sizes() if case is not None else []
    return bool(sizes) and all(true.middle * case.stated.value <= 0 for true in sizes if case)


def _agrees(claim: Claim, line: Line, found: range) -> bool:
    stated = claim.quantity
    if (
        stated is None
        or not numbers.compatible(stated, line.unit)
        or numbers.significant(stated) < 2
    ):
        return False
    values, halves = ([of[i] for i in found] for of in (line.values, line.half_widths))
    return numbers.matches(stated, numbers.total(values, halves, line.unit))


def _slip(wider: str, line: Line, found: range, evidence: Evidence, *, against: bool) -> Slip:
    title = naming.measure(evidence.catalog.measures[wider])
    net = sum(line.values[i] for i in found)
    figures: tuple[Point, ...] = tuple(point for i in found for point in line.cite(i))
    fact = told(net, line, found)
    reason = tell("That number is of {title}: {fact}.", title=title, fact=_lowered(fact))
    ruling = Ruling.REFUTED if against else Ruling.MISLEADING
    return Slip(NAMES.get(wider, NAME), reason, figures, ruling)


def _lowered(sentence: Told) -> Told:
    return Told(sentence[:1].lower() + sentence[1:], sentence.japanese)
