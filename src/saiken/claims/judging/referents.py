"""Whose yields a text means where it does not say: those that its own numbers fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import rules
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.told import tell
from saiken.claims.verdict import Ruling

NOTE = tell("The text does not say whose; its numbers fit this reading alone.")


def resolved(claims: Sequence[Claim], find: Callable[[Claim], Finding]) -> tuple[Claim, ...]:
    """The claims, of one issuer throughout where a number of the text fits that issuer alone.

    A text that leaves out whose yields it tells of looks on one market all through.
    """
    unsaid = [claim for claim in claims if _unsaid(claim)]
    fitting = {
        reading.subject
        for claim in unsaid
        for reading in (claim, *claim.alternatives)
        if _telling(claim, reading) and _fits(find(reading))
    }
    if len(fitting) != 1:
        return tuple(claims)
    meant = fitting.pop()
    return tuple(_read_as(meant, claim) if _unsaid(claim) else claim for claim in claims)


def _unsaid(claim: Claim) -> bool:
    """Whether the readings differ in the issuer, and in nothing else."""
    return bool(claim.alternatives) and all(
        (other.measure, other.tenor) == (claim.measure, claim.tenor) != (claim.measure, "")
        for other in claim.alternatives
    )


def _telling(claim: Claim, reading: Claim) -> bool:
    """Whether a fit would tell much: a level does, a small change only of the likelier issuer."""
    stated = reading.quantity
    if stated is None or reading.predicate not in {Predicate.LEVEL, Predicate.CHANGE}:
        return False
    likely = reading.subject == claim.subject
    return (
        likely
        or reading.predicate is Predicate.LEVEL
        or (stated.unit == "bp" and abs(stated.value) >= rules.TELLING_CHANGE)
    )


def _fits(finding: Finding) -> bool:
    return finding.exact and finding.ruling is Ruling.SUPPORTED


def _read_as(subject: str, claim: Claim) -> Claim:
    if claim.subject == subject:
        return replace(claim, alternatives=())
    others: Iterator[Claim] = (other for other in claim.alternatives if other.subject == subject)
    return replace(next(others, claim), alternatives=())
