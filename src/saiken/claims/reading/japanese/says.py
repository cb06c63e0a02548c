"""All that a Japanese clause says of its topic, the most particular first."""

from __future__ import annotations

import re
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese import gaps
from saiken.claims.reading.japanese.again import again
from saiken.claims.reading.japanese.changes import changes
from saiken.claims.reading.japanese.counts import ACTED, count, last_acted
from saiken.claims.reading.japanese.levels import below_zero, flow, levels, lines, turned
from saiken.claims.reading.japanese.records import record
from saiken.claims.reading.japanese.scene import HOLDINGS, Draft, Scene
from saiken.claims.reading.japanese.standing import comparison, rank, share, streak


def says(scene: Scene, *, denied: bool = False) -> list[Draft]:
    """All that the clause says. `denied`: that it is not so."""
    often = count(scene)
    if often is not None:
        return often
    if _of_a_share(scene):
        return share(scene)
    if _of_a_distance(scene):
        return []
    if gap := gaps.read(scene):
        return gap
    if denied and scene.timing.since is not None and (crossed := lines(scene, held=True)):
        return crossed  # 3月以来30を上回っていない
    if scene.topic.measure == ACTED and (acted := last_acted(scene, denied=denied)):
        return acted
    drafts = [
        *rank(scene),
        *comparison(scene),
        *streak(scene),
        *share(scene),
        *record(scene),
        *lines(scene),
        *turned(scene),
        *below_zero(scene),
    ]
    drafts += flow(scene, told={predicate for predicate, _ in drafts})
    drafts += changes(scene, told={predicate for predicate, _ in drafts})
    drafts += levels(scene)
    return _tidy(drafts) + again(scene)


_SHARES = ("比率", "割合", "シェア")


def _of_a_share(scene: Scene) -> bool:
    """Whether the clause tells of a share of a stock: 保有比率は8%に上昇した says nothing of the amount."""
    text = scene.clause.text
    marks = scene.clause.all("share")
    named = any(text[mark.start : mark.end] in _SHARES for mark in marks)
    return named and scene.topic.measure in HOLDINGS


_DISTANCE = re.compile(r"と(?:の|[^、。]{1,16}の)(?:差|開き|格差)(?:は|が|も|を)")


def _of_a_distance(scene: Scene) -> bool:
    """Whether the clause tells how far two are apart: 日本との差は1056億ドル is no level of either."""
    apart = scene.topic.measure in _COMPARED and _DISTANCE.search(scene.clause.words)
    return bool(apart)


_COMPARED = HOLDINGS | {"reserves", "debt_ratio", "government_yield", "policy_rate"}


_TELLING = {
    Predicate.CHANGE, Predicate.THRESHOLD, Predicate.RECORD, Predicate.STREAK, Predicate.RANK, Predicate.COMPARISON, Predicate.FLOW,
}  # fmt: skip


def _tidy(drafts: list[Draft]) -> list[Draft]:
    """A direction is no claim of its own beside a change, a line crossed, a record or a streak,
    unless it is from a time that they do not speak of.
    """
    told = {predicate for predicate, _ in drafts}
    bases = [
        None,
        *(fields.get("base") for predicate, fields in drafts if predicate is Predicate.CHANGE),
    ]

    def counts(fields: dict[str, Any]) -> bool:
        return not told & _TELLING or (
            Predicate.RECORD not in told and fields.get("base") not in bases
        )

    return [d for d in drafts if d[0] is not Predicate.DIRECTION or counts(d[1])]
