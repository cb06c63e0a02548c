"""All that a Japanese clause says of its topic, the most particular first."""

from __future__ import annotations

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.changes import changes
from saiken.claims.reading.japanese.levels import flow, levels, lines
from saiken.claims.reading.japanese.records import record
from saiken.claims.reading.japanese.scene import Draft, Scene
from saiken.claims.reading.japanese.standing import comparison, rank, share, streak


def says(scene: Scene) -> list[Draft]:
    """All that the clause says."""
    drafts = [
        *rank(scene),
        *comparison(scene),
        *streak(scene),
        *share(scene),
        *record(scene),
        *lines(scene),
    ]
    drafts += flow(scene, told={predicate for predicate, _ in drafts})
    drafts += changes(scene, told={predicate for predicate, _ in drafts})
    drafts += levels(scene)
    return _tidy(drafts)


def _tidy(drafts: list[Draft]) -> list[Draft]:
    """A direction is no claim of its own beside a change, a line crossed, a record or a streak."""
    told = {predicate for predicate, _ in drafts}
    telling = {
        Predicate.CHANGE,
        Predicate.THRESHOLD,
        Predicate.RECORD,
        Predicate.STREAK,
        Predicate.RANK,
        Predicate.COMPARISON,
        Predicate.FLOW,
    }
    return [
        d
        for d in drafts
        if d[0] is not Predicate.DIRECTION
        or not told & telling
        or (d[1].get("base") is not None and Predicate.RECORD not in told)
    ]
