"""A brief as plain values: `saiken.brief/1` (described in docs/brief.md)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from saiken import __version__
from saiken.reports.brief.article import Brief, Sentence
from saiken.reports.brief.dump import Outcome
from saiken.reports.brief.sentences import wordings
from saiken.reports.report_json import figure_json, report_json
from saiken.terms.release import Release

SCHEMA = "saiken.brief/1"

Json = dict[str, Any]


def brief_json(brief: Brief) -> Json:
    """The brief with all figures; a sentence names its own by their places in `figures`."""
    points = brief.points
    places = {point: place for place, point in enumerate(points)}

    def told(sentence: Sentence) -> Json:
        return {
            "text": sentence.text,
            "kind": sentence.fact.kind,
            "figures": [places[point] for point in sentence.fact.points],
            "releases": [_release(release) for release in sentence.fact.releases],
            "outcomes": list(map(_outcome, sentence.fact.outcomes)),
            "as_later_revised": sentence.as_later_revised,
        }

    return {
        "schema": SCHEMA,
        "engine": __version__,
        "country": brief.code,
        "as_of": brief.as_of.isoformat(),
        "strict": brief.strict,
        "title": brief.title,
        "claim": report_json(brief.claim) if brief.claim is not None else None,
        "sections": [
            {
                "title": section.title,
                "paragraphs": [list(map(told, part)) for part in section.paragraphs],
            }
            for section in brief.sections
        ],
        "figures": [figure_json(point) for point in points],
        "coming": [
            {"publisher": item.publisher, "series": item.series, **_release(item.release)}
            for item in brief.coming
        ],
        "withheld": [{"kind": fact.kind, "text": next(wordings(fact))} for fact in brief.withheld],
        "snapshot": {"newest": brief.snapshot_newest and brief.snapshot_newest.isoformat()},
        "credits": list(brief.credits),
        "caveats": list(brief.caveats),
    }


def _outcome(outcome: Outcome) -> Json:
    told = asdict(outcome)
    return {**told, "assumptions": list(told["assumptions"])}


def _release(release: Release) -> Json:
    return {
        "calendar": release.calendar,
        "period": release.period.label,
        "day": release.day.isoformat(),
        "basis": release.basis,
    }
