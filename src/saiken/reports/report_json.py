"""A report as the machine-readable result `saiken.report/1` (described in docs/json.md)."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from saiken import __version__
from saiken.archive.prints import Revised
from saiken.archive.view import Point
from saiken.claims.claim import Claim, Driver, Reading, Unread
from saiken.claims.verdict import Comovement, Nowcast, Report, Ruling, Surface, Verdict
from saiken.terms.figure import Figure
from saiken.terms.outlook import Outlook, Shock
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

SCHEMA = "saiken.report/1"
READING_SCHEMA = "saiken.reading/1"

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """The report as plain values, keys in the documented order.

    Dates are ISO 8601; an open side of a quantity ("over $1 trillion") is null.
    """
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "as_of": report.as_of.isoformat(),
        "dated": report.dated.isoformat(),
        "strict": report.strict,
        "overall": report.overall.value,
        "snapshot": {
            "built_at": report.snapshot_built_at.isoformat() if report.snapshot_built_at else None,
            "newest": _iso(report.snapshot_newest),
        },
        "claims": [_verdict(verdict) for verdict in report.verdicts],
        "unread": [_unread(part) for part in report.unread],
        "summary": summary(report),
        "credits": list(report.credits),
        "caveats": list(report.caveats),
    }


def summary(report: Report) -> dict[str, int]:
    """How many claims got each ruling; every ruling is listed."""
    counts = {ruling.value: 0 for ruling in Ruling}
    for verdict in report.verdicts:
        counts[verdict.ruling.value] += 1
    return counts


def reading_json(reading: Reading) -> Json:
    """What a text was read as, every field of every claim, before any figure was looked at."""
    return {
        "schema": READING_SCHEMA,
        "engine": __version__,
        "dated": reading.dated.isoformat(),
        "claims": [claim_json(claim) for claim in reading.claims],
        "unread": [_unread(part) for part in reading.unread],
    }


def claim_json(claim: Claim) -> Json:
    return {
        "span": list(claim.span),
        "text": claim.text,
        **_reading(claim),
        "tenor": claim.tenor or None,
        "direction": claim.direction,
        "extreme": claim.extreme or None,
        "of": claim.of or None,
        "since": _period(claim.since),
        "ever": claim.ever,
        "first": claim.first,
        "rank": claim.rank,
        "count": claim.count,
        "published": _period(claim.published),
        "scope": sorted(claim.scope),
        "polarity": claim.polarity,
        "confidence": claim.confidence,
        "alternatives": [claim_json(other) for other in claim.alternatives],
        "leftover": [list(span) for span in claim.leftover],
    }


def figure_json(point: Point) -> Json:
    return {
        "series": point.series,
        "period": point.period.label,
        "value": point.value,
        "unit": point.unit.name,
        "vintage_at": point.vintage_day.isoformat(),
        "basis": point.basis.value,
        "as_later_revised": point.as_later_revised,
        "artifact_sha256": point.artifact_sha256,
        "fidelity": point.fidelity,
        "locator": str(point.locator),
    }


def vintage_json(figure: Figure) -> Json:
    """One version of one figure; `value` is text, exactly as many digits as were printed."""
    return {
        "series": figure.series,
        "period": figure.period.label,
        "value": None if figure.value is None else str(figure.value),
        "status": figure.status.value,
        "vintage_at": figure.vintage_at.isoformat(),
        "basis": figure.vintage_basis.value,
        "artifact_sha256": figure.artifact_sha256,
        "locator": str(figure.locator),
    }


def revision_json(one: Revised) -> Json:
    """A figure's first and latest version; values are text, as printed."""
    return {
        "series": one.latest.series,
        "period": one.period.label,
        "first": None if one.first.value is None else str(one.first.value),
        "first_at": one.first.vintage_at.isoformat(),
        "latest": None if one.latest.value is None else str(one.latest.value),
        "latest_at": one.latest.vintage_at.isoformat(),
        "change": None if one.change is None else str(one.change),
        "versions": one.prints,
    }


def _verdict(verdict: Verdict) -> Json:
    claim = verdict.claim
    return {
        "span": list(claim.span),
        "text": claim.text,
        "verdict": verdict.ruling.value,
        "reasons": [*verdict.reasons, *verdict.notes],
        "misreadings": list(verdict.misreadings),
        "confidence": verdict.confidence,
        "reading": _reading(claim),
        "figures": [figure_json(point) for point in verdict.figures],
        "arithmetic": verdict.arithmetic,
        "next_release": _iso(verdict.next_release),
        "nowcast": _nowcast(verdict.nowcast),
        "surface": _surface(verdict.surface),
        "comovement": _comovement(verdict.comovement),
        "outlook": outlook_json(verdict.outlook),
        "changed_since": [
            {
                "as_of": change.day.isoformat(),
                "verdict": change.ruling.value,
                "reason": change.reason,
            }
            for change in verdict.changed_since
        ],
        "code": verdict.code or None,
    }


def _nowcast(nowcast: Nowcast | None) -> Json | None:
    if nowcast is None:
        return None
    return {
        "period": nowcast.period.label,
        "value": nowcast.value,
        "low": nowcast.low,
        "high": nowcast.high,
        "unit": nowcast.unit,
        "basis": nowcast.basis,
    }


def _comovement(found: Comovement | None) -> Json | None:
    if found is None:
        return None
    return {
        "driver": found.driver,
        "effect": found.effect,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "changes": found.count,
        "correlation": {"value": found.correlation, "low": found.low, "high": found.high},
        "spillover": {"to_effect": found.given, "to_driver": found.received},
        "told": list(found.told),
    }


def outlook_json(outlook: Outlook | None) -> Json | None:
    """What a scenario says of a forecast; `shock` is what was run, nothing left open."""
    if outlook is None:
        return None
    return {
        "scenario": outlook.scenario,
        "seed": outlook.seed,
        "draws": outlook.draws,
        "shock": _shock(outlook.shock),
        "assumed": list(outlook.assumed),
        "series": outlook.series,
        "unit": outlook.unit,
        "direction": outlook.direction,
        "least": outlook.least,
        "most": outlook.most,
        "denied": outlook.denied,
        "level": outlook.level,
        "share": outlook.share,
        "backstopped": outlook.backstopped,
        "move": {"low": outlook.low, "median": outlook.middle, "high": outlook.high},
        "outside": outlook.outside,
        "direction_identified": outlook.identified,
        "size_identified": outlook.sized,
        "told": list(outlook.told),
    }


def _shock(shock: Shock | None) -> Json | None:
    if shock is None:
        return None
    return {
        "kind": shock.kind,
        "holder": shock.holder or None,
        "size": _quantity(shock.size),
        "months": shock.months,
    }


def _surface(surface: Surface | None) -> Json | None:
    if surface is None:
        return None
    return {
        "kind": surface.kind,
        "periods": surface.periods,
        "span": surface.span,
        "strength": surface.strength,
        "unit": surface.unit,
        "as_strong": surface.as_strong,
        "windows": surface.windows,
        "same_span": {"as_strong": surface.same_as_strong, "windows": surface.same_windows},
        "uniqueness": surface.uniqueness,
        "robustness": surface.robustness,
        "bases": dict(surface.bases),
        "by_span": [list(row) for row in surface.by_span],
        "told": surface.told,
    }


def _driver(driver: Driver | None) -> Json | None:
    if driver is None:
        return None
    return {"measure": driver.measure, "subject": driver.subject, "tenor": driver.tenor or None}


def _reading(claim: Claim) -> Json:
    return {
        "predicate": claim.predicate.value,
        "subject": claim.subject,
        "measure": claim.measure,
        "quantity": _quantity(claim.quantity),
        "period": _period(claim.period),
        "comparator": _comparator(claim),
        "driver": _driver(claim.driver),
        "hedges": list(claim.hedges),
        "premise": _shock(claim.premise),
        "modality": claim.modality,
    }


def _comparator(claim: Claim) -> Json | None:
    """What the claim compares with: an earlier figure, a span of history, other subjects."""
    if claim.base:
        return {"kind": claim.base.kind, "period": _period(claim.base.period), "subjects": []}
    if claim.versus:
        return {"kind": "subjects", "period": None, "subjects": list(claim.versus)}
    if claim.since:
        return {"kind": "since", "period": _period(claim.since), "subjects": []}
    return None


def _quantity(quantity: Quantity | None) -> Json | None:
    if quantity is None:
        return None
    return {
        "value": _finite(quantity.value),
        "low": _finite(quantity.low),
        "high": _finite(quantity.high),
        "unit": quantity.unit,
        "printed": quantity.printed,
    }


def _unread(part: Unread) -> Json:
    return {"span": list(part.span), "text": part.text, "why": part.why}


def _period(period: Period | None) -> Json | None:
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
