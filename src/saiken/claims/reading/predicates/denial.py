"""What is denied of all figures: "has never closed above 4 %", "never held more than $2tn"."""

from __future__ import annotations

import math
from dataclasses import replace

from saiken.claims.claim import Predicate
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.scene import FLOWS, Draft, Scene
from saiken.claims.reading.stance import line_denied
from saiken.terms.period import Period

_LINED = {Predicate.THRESHOLD, Predicate.LEVEL}
_OF_NOW = {Predicate.LEVEL, Predicate.DIRECTION}


_LAST = phrase(
    "last", r"\b(?:the|was) last time\b|\blast (?:intervened|stepped in|acted|entered)\b"
)
"""Of an act: and not since."""


def read(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a clause, where a line was never crossed, or not since: a threshold of all
    figures, and no record of its own.
    """
    if scene.topic.measure == ACTED and _LAST.search(scene.part):
        dated = [draft.fields.get("period") for draft in drafts]
        drafts = [*drafts, *(never_since(scene, period) for period in dated if period)]
    mark, since = line_denied(scene.part), scene.timing.since
    never = mark is not None and mark.get("record") == "never"
    if mark is not None and (never or since is not None):
        told = [_throughout(scene, draft, never=never) for draft in drafts]
        return [draft for draft in told if draft is not None]
    if since is not None and scene.denied and scene.topic.measure == ACTED:
        return [never_since(scene, since)]
    if since is not None and any(m.get("stance") == "deny" for m in scene.part.all("stance")):
        # "has not been higher since 1999" denies nothing of the newest figure
        return [draft for draft in drafts if draft.predicate not in _OF_NOW]
    return drafts


ACTED = "fx_intervention"
"""What is done on some days only, so that it may be told when last."""


def never_since(scene: Scene, since: Period) -> Draft:
    """As in "has not intervened since May": on none of the days after it. Where the clause is
    denied, that it was on one at least is what it denies.
    """
    least = {"at_least"} if scene.denied else set()
    return scene.draft(
        Predicate.STREAK, count=int(scene.denied), direction=0, of="flow", since=since,
        scope=frozenset({"times"} | least),
    )  # fmt: skip


def _throughout(scene: Scene, draft: Draft, *, never: bool) -> Draft | None:
    """The draft as a line that no figure is beyond; None where it has no open-ended amount."""
    line, since = draft.fields.get("quantity"), scene.timing.since
    flow = draft.predicate is Predicate.FLOW and scene.topic.measure in FLOWS
    if line is None or not (draft.predicate in _LINED or flow):
        return None
    if not (math.isinf(line.low) or math.isinf(line.high)):
        return None
    beyond = {"direction": 1 if math.isinf(line.high) else -1, "base": None, "of": ""}
    told = {**draft.fields, **beyond, "since": since, "ever": never and since is None}
    return replace(draft, predicate=Predicate.THRESHOLD, fields=told)
