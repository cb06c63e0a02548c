"""Whose figures a text means where it does not say: those that its own numbers fit."""

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
    """The claims, of one subject throughout where a number of the text fits that subject alone.

    A text that leaves out whose yields it tells of looks on one market all through; one that goes
    on without naming the holder goes on about the same one.
    """
    meant: dict[frozenset[str], str] = {}
    for unsaid, fitting in _numbers(claims, find):
        meant[unsaid] = fitting.pop() if len(fitting) == 1 else ""
    return tuple(_read_as(meant.get(_unsaid(claim), ""), claim) for claim in claims)


def _numbers(
    claims: Sequence[Claim], find: Callable[[Claim], Finding]
) -> Iterator[tuple[frozenset[str], set[str]]]:
    """For each set of subjects that may be meant: those whom a number of the text fits."""
    for unsaid in dict.fromkeys(_unsaid(claim) for claim in claims):
        if unsaid:
            yield (
                unsaid,
                {
                    reading.subject
                    for claim in claims
                    if _unsaid(claim) == unsaid
                    for reading in (claim, *claim.alternatives)
                    if _telling(claim, reading) and _fits(find(reading))
                },
            )


def _unsaid(claim: Claim) -> frozenset[str]:
    """The subjects that may be meant; empty unless the readings differ in them, and in nothing else."""
    readings = (claim, *claim.alternatives)
    subjects = frozenset(reading.subject for reading in readings)
    same = len({(reading.measure, reading.tenor) for reading in readings}) == 1
    return subjects if same and len(subjects) == len(readings) > 1 else frozenset()


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
    if not subject:
        return claim
    if claim.subject == subject:
        return replace(claim, alternatives=())
    others: Iterator[Claim] = (other for other in claim.alternatives if other.subject == subject)
    return replace(next(others, claim), alternatives=())
