"""Rates told without a maturity or a span: every one that people speak of is a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import naming
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.weigh import merge

READINGS = {
    "government_yield": ("10Y", "2Y", "5Y", "20Y", "30Y", "40Y"),
    "realised_volatility": ("1M", "3M"),
}
"""The maturities, or spans, that headlines are about, the benchmark first."""


def over_tenors(claim: Claim, evidence: Evidence, decide: Callable[[Claim], Finding]) -> Finding:
    """The finding on a claim; on each maturity or span in turn where it names none."""
    if claim.tenor or claim.measure not in READINGS:
        return decide(claim)
    told = READINGS[claim.measure]
    held = [tenor for tenor in told if evidence.lines(claim.measure, claim.subject, tenor)]
    if not held:
        return decide(claim)
    return merge([(naming.tenor(t), decide(replace(claim, tenor=t))) for t in held])
