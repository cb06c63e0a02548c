"""Thresholds at nought, by the words for their sides: "turned negative", "inverted", "above zero"."""

from __future__ import annotations

import math
import re

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.record import claims_history
from saiken.claims.reading.predicates.scene import Draft, Scene
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

_ZERO_UNITS = {
    "government_yield": "%", "yield_spread": "bp", "yen_positioning": "contracts", "stress_index": "", "yield_gap": "bp",
    "hedged_pick_up": "bp", "hedged_yield": "%", "hedging_cost": "bp",
}  # fmt: skip
_STRESSED = re.compile(r"\btight(?:er|ness)?\b|stressed|above[- ]average|strained", re.IGNORECASE)
_EASY = re.compile(
    r"\bloose(?:r|ness)?\b|\beasy\b|below[- ]average|accommodative|\bcalm\b", re.IGNORECASE
)


def read(scene: Scene, since: Period | None, *, first: bool) -> list[Draft]:
    """The thresholds that a clause tells; `since` is the time since which it is the first, if it is."""
    measure = scene.topic.measure
    marks = [mark for mark in scene.free("sign") if mark.word != "minus"]
    if measure not in _ZERO_UNITS or _passed(scene, marks):
        return []
    easy = measure == "stress_index" and bool(_EASY.search(scene.part.text))
    tight = measure == "stress_index" and bool(_STRESSED.search(scene.part.text))
    if not marks and easy == tight:
        return []
    below = marks[0].get("sign") == "negative" if marks else easy
    unit = _ZERO_UNITS[measure]
    turned = bool(marks) and not first and _turned(scene, marks[0])
    scene.use(*marks)
    line = Quantity(0.0, -math.inf if below else 0.0, 0.0 if below else math.inf, unit)
    return [
        *_further(scene, below=below),
        scene.draft(
            Predicate.THRESHOLD, quantity=line, direction=-1 if below else 1, first=first, since=since,
            ever=first and since is None and claims_history(scene), period=next(iter(scene.timing.periods), None),
            scope=frozenset({"turned"} if turned else ()),
        )
    ]  # fmt: skip


def _passed(scene: Scene, marks: list[Mark]) -> bool:
    """As in "positive again after two years under water": a state that is over, told by itself."""
    over = scene.part.before in {"after", "before", "until"}
    return over and bool(marks) and "state" not in scene.part.kinds


def _further(scene: Scene, *, below: bool) -> list[Draft]:
    """As in "fell further below zero": it went on that way, from the day before if no time is told."""
    period = next(iter(scene.timing.periods), None)
    daily = period is None or period.days == 1
    if _FURTHER.isdisjoint(scene.part.words) or not scene.free("move") or not daily:
        return []
    base = scene.timing.base or Base("previous")
    way = -1 if below else 1
    return [scene.draft(Predicate.DIRECTION, direction=way, base=base, period=period)]


_TURNING = re.compile(
    r"(?:turn|flip|swing|go|become|slip|fall|dip|slide|move|push|cross|sink|tip|drop)(?:s|ed|es|ing|ped|ping)?"
    r"|swung|went|gone|became|fell|fallen|slid|sank|sunk",
    re.IGNORECASE,
)
_EVENT = re.compile(r"(?:dis)?invert(?:s|ed|ing)?", re.IGNORECASE)
_FURTHER = {"further", "farther", "deeper"}
_BEING = {"is", "are", "was", "were", "be", "been", "remains", "remained", "stays", "stayed", "still", "deeply", "most", "an"}  # fmt: skip


def _turned(scene: Scene, mark: Mark) -> bool:
    """Whether a side is told as turned to, not as held: "turned negative", "the curve inverted"."""
    tokens = scene.part.sentence.tokens
    first = tokens[mark.first].word
    before = [token.word for token in tokens[max(scene.part.first, mark.first - 3) : mark.first]]
    if _FURTHER.intersection(before):
        return False  # it was there already
    if _EVENT.fullmatch(first):
        return not _BEING.intersection(before)
    return any(_TURNING.fullmatch(word) for word in (first, *before))
