"""A report as schema.org ClaimReview in JSON-LD (docs/claimreview.md gives the rating scale)."""

from __future__ import annotations

from typing import Any

from saiken import __version__
from saiken.archive.view import Point
from saiken.claims.judging.told import listed, said
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.publishers import catalog
from saiken.reports.words import misreading_words, ruling_words

WORST, BEST = 1, 5
RATINGS = {
    Ruling.SUPPORTED: 5,
    Ruling.EXAGGERATED: 3,
    Ruling.MISLEADING: 2,
    Ruling.REFUTED: 1,
}
"""The rulings that are a place on a scale from false to true; the others carry words only."""

Json = dict[str, Any]


def claim_reviews(report: Report) -> Json:
    """One JSON-LD document with a ClaimReview for every claim that was judged.

    A claim on which the check itself failed has none: nothing was reviewed.
    """
    reviews = [
        _review(verdict, report)
        for verdict in report.verdicts
        if verdict.ruling is not Ruling.CHECK_FAILED
    ]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(verdict: Verdict, report: Report) -> Json:
    return {
        "@type": "ClaimReview",
        "claimReviewed": verdict.claim.text.strip(),
        "datePublished": report.as_of.isoformat(),
        "author": {"@type": "Organization", "name": "saiken", "softwareVersion": __version__},
        "itemReviewed": {
            "@type": "Claim",
            "text": verdict.claim.text.strip(),
            "datePublished": report.dated.isoformat(),
        },
        "reviewRating": _rating(verdict, report.language),
        "inLanguage": report.language,
        "reviewBody": " ".join((*verdict.reasons, *verdict.notes)),
        "isBasedOn": _datasets(verdict.figures),
        "creditText": " ".join((*report.credits, *report.caveats)),
    }


def _rating(verdict: Verdict, language: str) -> Json:
    words = [ruling_words(verdict.ruling, language)]
    words += [misreading_words(name, language) for name in verdict.misreadings[:1]]
    rating: Json = {"@type": "Rating", "alternateName": said(listed(words, ": "), language)}
    value = RATINGS.get(verdict.ruling)
    if value is not None:
        rating |= {"ratingValue": value, "worstRating": WORST, "bestRating": BEST}
    return rating | {"ratingExplanation": verdict.reasons[0]}


def _datasets(figures: tuple[Point, ...]) -> list[Json]:
    """The publishers' files that the figures come from, each with its series and its hash."""
    files: dict[str, list[Point]] = {}
    for point in figures:
        files.setdefault(point.artifact_sha256, []).append(point)
    return [
        {
            "@type": "Dataset",
            "name": points[0].artifact_name,
            "identifier": f"sha256:{sha}",
            "creator": {"@type": "Organization", "name": _publisher(points[0].series)},
            "dateModified": max(point.vintage_day for point in points).isoformat(),
            "variableMeasured": list(dict.fromkeys(point.series for point in points)),
        }
        for sha, points in files.items()
    ]


def _publisher(series: str) -> str:
    known = catalog.load()
    entry = known.entry(series)
    return known.owner(entry).name if entry is not None else ""
