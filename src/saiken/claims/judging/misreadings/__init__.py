"""Misreadings: the readings under which a wrong number in a text would be right.

One small module each, with `NAME`, and `explain(case) -> Slip | None`. To add one, write the
module, add its name to `ORDER`, and a pair of tests: a sentence that commits it and a near one that
does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import truth
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.verdict import Ruling

ORDER = (
    "stock_as_flow",
    "flow_as_stock",
    "unit_slip",
    "percent_slip",
    "currency_slip",
    "confusion",
    "stale_period",
)
"""The most telling first: the first that explains the number is the one told."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A reading that explains the number: its name, what to tell, and the ruling it leads to."""

    name: str
    told: str
    figures: tuple[Point, ...] = ()
    ruling: Ruling = Ruling.REFUTED


def explained(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """The finding with the misreading that explains a number which the figures do not bear out."""
    wrong = finding.ruling in {Ruling.REFUTED, Ruling.EXAGGERATED} or finding.code == "unit"
    case = truth.case(claim, evidence) if wrong and not finding.misreadings else None
    if case is None:
        return finding
    for name in ORDER:
        slip = import_module(f"{__name__}.{name}").explain(case)
        if slip is not None:
            return replace(
                finding,
                ruling=slip.ruling,
                reasons=(slip.told, *finding.reasons),
                misreadings=(slip.name,),
                figures=tuple(dict.fromkeys((*finding.figures, *slip.figures))),
            )
    return finding
