"""Myths: what is quoted in one place of a text and denied in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from saiken.claims.claim import Claim


def deny_quoted(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, a quoted one denied where the text itself denies the same."""
    denied = {
        (claim.subject, claim.measure, claim.direction)
        for claim in claims
        if not claim.polarity and claim.modality == "asserted"
    }
    if not denied:
        yield from claims
        return
    for claim in claims:
        same = (claim.subject, claim.measure, claim.direction) in denied
        yield replace(claim, polarity=False) if same and claim.modality == "quoted" else claim
