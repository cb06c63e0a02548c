"""A claim in one line, so that a table of sentences can be read by eye."""

from __future__ import annotations

import math

from saiken.claims.claim import Base, Claim
from saiken.terms.quantity import Quantity


def number(value: float) -> str:
    return "inf" if value == math.inf else "-inf" if value == -math.inf else f"{value:.6g}"


def quantity(told: Quantity) -> str:
    return f"{number(told.value)}[{number(told.low)},{number(told.high)}]{told.unit}"


def base(told: Base) -> str:
    if told.period is not None:
        return f"{told.kind}:{told.period}"
    return f"{told.kind}:{told.count}{told.unit}" if told.kind == "ago" else told.kind


def line(claim: Claim) -> str:
    """Predicate, subject, measure and every field that is not its default."""
    parts = [claim.predicate.value, claim.subject, claim.measure]
    if claim.tenor:
        parts.append(claim.tenor)
    if claim.quantity is not None:
        parts.append(quantity(claim.quantity))
    if claim.base is not None:
        parts.append(f"base={base(claim.base)}")
    for name in ("period", "direction", "extreme", "of", "since", "rank", "count", "published"):
        value = getattr(claim, name)
        if value not in {None, ""}:
            parts.append(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}")
    parts += [name for name in ("ever", "first") if getattr(claim, name)]
    if claim.versus:
        parts.append("versus=" + ",".join(claim.versus))
    if claim.driver is not None:
        whose = (claim.driver.measure, claim.driver.subject, claim.driver.tenor)
        parts.append("driver=" + "/".join(word for word in whose if word))
    if claim.scope:
        parts.append("scope=" + ",".join(sorted(claim.scope)))
    if claim.modality != "asserted":
        parts.append(claim.modality)
    if not claim.polarity:
        parts.append("DENIED")
    return " ".join(parts)
