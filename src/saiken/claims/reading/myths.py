"""Myths: what is quoted in one place of a text and denied in another."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from saiken.claims.claim import Claim


def deny_quoted(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims, a quoted one denied where the text itself denies the same."""
    denied = {
        (claim.subject, claim.measure, claim.direction)
        for claim in claims
        if not claim.polarity and claim.modality == "asserted"
    }
    return [_turned(claim, denied) for claim in claims] if denied else claims


def _turned(claim: Claim, denied: Container[tuple[str, str, int | None]]) -> Claim:
    same = (claim.subject, claim.measure, claim.direction) in denied
    return replace(claim, polarity=False) if same and claim.modality == "quoted" else claim
