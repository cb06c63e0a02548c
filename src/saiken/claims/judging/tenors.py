"""Yields told without a maturity: every maturity of the curve is a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import naming
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.weigh import merge

CURVE = ("10Y", "2Y", "5Y", "20Y", "30Y", "40Y")
"""The maturities that headlines are about, the benchmark first."""


def over_tenors(claim: Claim, evidence: Evidence, decide: Callable[[Claim], Finding]) -> Finding:
    """The finding on a claim; on each maturity in turn where a yield claim names none."""
    if claim.measure != "government_yield" or claim.tenor:
        return decide(claim)
    held = [tenor for tenor in CURVE if evidence.lines(claim.measure, claim.subject, tenor)]
    if not held:
        return decide(claim)
    return merge([(naming.tenor(t), decide(replace(claim, tenor=t))) for t in held])
