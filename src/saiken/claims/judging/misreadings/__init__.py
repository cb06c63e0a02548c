"""Misreadings: the readings under which a wrong number in a text would be right.

One small module each, with `NAME`, and `explain(case) -> Slip | None`. To add one, write the
module, add its name to `ORDER`, and a pair of tests: a sentence that commits it and a near one that
does not.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from saiken.claims.claim import Claim
from saiken.claims.judging import truth
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.misreadings import wider_aggregate
from saiken.claims.judging.misreadings.slip import Slip
from saiken.claims.verdict import Ruling

ORDER = (
    "stock_as_flow",
    "flow_as_stock",
    "unit_slip",
    "percent_slip",
    "currency_slip",
    "confusion",
    "stale_period",
    "wrong_subject",
)
"""The most telling first: the first that explains the number is the one told."""


EXPLAINABLE = {Ruling.REFUTED, Ruling.EXAGGERATED, Ruling.NOT_PUBLISHED_YET, Ruling.NOT_COVERED}


def explained(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """The finding with the misreading that explains a number which the figures do not bear out."""
    if claim.quantity is None or finding.misreadings or finding.ruling not in EXPLAINABLE:
        return finding
    slip = _slip(claim, finding, evidence)
    if slip is None:
        return finding
    return replace(
        finding,
        ruling=slip.ruling,
        reasons=(slip.told, *finding.reasons),
        misreadings=(slip.name,),
        figures=tuple(dict.fromkeys((*finding.figures, *slip.figures))),
    )


def _slip(claim: Claim, finding: Finding, evidence: Evidence) -> Slip | None:
    """The first that explains the number. Where nothing was compared, only a wider measure can."""
    case = truth.case(claim, evidence) if finding.settled or finding.code == "unit" else None
    for name in ORDER if case is not None else ():
        slip: Slip | None = import_module(f"{__name__}.{name}").explain(case)
        if slip is not None:
            return slip
    return wider_aggregate.explain(claim, evidence, case)
