"""What a clause says of a user's own series: the readers of every measure, and levels over years."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.clues import versus_of
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.own.amounts import end_of_level, level
from saiken.claims.reading.own.topic import FIELD, unsettled
from saiken.claims.reading.own.words import Own, said
from saiken.claims.reading.predicates import compare, movement, record, streak
from saiken.claims.reading.predicates.scene import Draft, Scene, role
from saiken.claims.reading.spans import When
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

_LOWER = frozenset(("less", "lower", "fewer", "smaller"))
_SELF = frozenset(("its", "their"))
_SHORTER = {"A": ("Q", "M", "W", "D"), "Q": ("M", "W", "D"), "M": ("W", "D"), "W": ("D",), "D": ()}
"""Periods that a series of a frequency has no figures of."""


def says(scene: Scene, own: Own) -> list[Draft]:
    """All that a clause says of the series; nothing where a time in it is not settled."""
    part = scene.part
    if unsettled(part) or _untimed(scene, own):
        scene.leave(*part.all("amount"))
        return []
    if part.text and (field := FIELD.search(part.text)):
        return _first_of(scene, field)
    drafts = streak.read(scene, *_drift(scene))
    drafts += [draft for draft in record.read(scene) if _in_time(scene)]
    drafts += [draft for draft in compare.read(scene) if not _in_either_per_cent(draft, own)]
    if versus_of(part) and not any(draft.fields.get("versus") for draft in drafts):
        scene.leave(*part.all("amount"))
        return []
    told = bool(drafts)
    compared = any(d.predicate is Predicate.COMPARISON for d in drafts) or _of_others(scene)
    levels = [] if compared else _levels(scene, own)
    moves = [stretched(draft) for draft in movement.read(scene)]
    sized = any(draft.fields.get("quantity") is not None for draft in moves)
    if told or sized or scene.unread:  # a number that is not held to anything is no mere direction
        moves = [draft for draft in moves if draft.fields.get("quantity") is not None]
    return [*drafts, *moves, *levels]


def _in_either_per_cent(draft: Draft, own: Own) -> bool:
    """As in "40 % higher than in Japan" of a share: per cent of it, or points."""
    quantity = draft.fields.get("quantity")
    return own.unit.base == "%" and quantity is not None and quantity.unit == "%"


def _of_others(scene: Scene) -> bool:
    """As in "half as much as in 2013", "Denmark and Japan combined": no figure stands at that."""
    return bool(scene.free("compare", "combined", "as_much", "twice", "thrice", "half", "same"))


def _drift(scene: Scene) -> tuple[int | None, str]:
    for mark in scene.part.all("move"):
        return {"up": 1, "down": -1, "flat": 0}[mark.get("move")], "change"
    return None, "change"


def _untimed(scene: Scene, own: Own) -> bool:
    """Whether a time that the clause names is none of the series: a month of an annual one, or
    one that dates nothing that is known.
    """
    timing, times = scene.timing, scene.part.all("when")
    if times and not (
        timing.periods or timing.base or timing.since or timing.duration or timing.high_span
    ):
        return True
    if not times and _years_apart(scene):
        return True
    named = (mark.item.period for mark in times if isinstance(mark.item, When))
    return any(
        period is not None and period.frequency in _SHORTER[own.frequency] for period in named
    )


def _years_apart(scene: Scene) -> bool:
    """Whether a year stands elsewhere in the sentence that was not read as a time."""
    sentence, part = scene.part.sentence, scene.part
    timed = {i for m in sentence.all_of("when") for i in range(m.first, m.last)}
    elsewhere = (
        t.raw
        for i, t in enumerate(sentence.tokens)
        if not part.first <= i < part.last and i not in timed
    )
    return any(_YEAR.match(raw) for raw in elsewhere)


_YEAR = re.compile(r"(?:1[6-9]|20)\d\d\b")


def _in_time(scene: Scene) -> bool:
    """Whether a superlative is one of the series' own past, not one among countries."""
    if (
        "record" in scene.part.kinds
        or scene.timing.since
        or scene.timing.high_span
        or scene.timing.duration
    ):
        return True
    words = [scene.part.word_before(mark) for mark in scene.part.all("extreme")]
    return not _SELF.isdisjoint((*words, *scene.part.words)) and bool(words)


def _first_of(scene: Scene, field: re.Match[str]) -> list[Draft]:
    """As in "the highest share of all countries", "more than any other G7 country"."""
    extremes = {mark.get("extreme") for mark in scene.part.all("extreme")}
    lower = "low" in extremes or not _LOWER.isdisjoint(scene.part.words)
    scene.leave(*scene.part.all("amount"))
    if not extremes and "than" not in scene.part.words:
        return []
    group = {"g7"} if field["g7"] or field["g7_too"] or field["g7_in"] else set[str]()
    period = next(iter(scene.timing.periods), None)
    return [
        scene.draft(
            Predicate.RANK,
            rank=1,
            extreme="low" if lower else "high",
            period=period,
            scope=frozenset(group),
        )
    ]


def _levels(scene: Scene, own: Own) -> list[Draft]:
    """Where the series stood: in a year, at an end of a span, or in all of its years."""
    out = []
    marks = scene.free("amount")
    for place, mark in enumerate(marks):
        told = level(own, scene.part, mark)
        what = role(scene, mark)
        if told is None or what in {"size", "difference", "rate"}:
            continue
        until = marks[place + 1].first if place + 1 < len(marks) else scene.part.last
        fields = _when(scene, mark, what, until, several=len(marks) > 1)
        crossed = scene.part.ahead(mark, 2)
        if crossed is not None and "cross" in crossed.kinds:
            told = _beyond(told, up=crossed.get("cross") == "up")
        if fields is None or "first" in scene.part.kinds:
            scene.leave(mark)
            continue
        out.append(scene.draft(Predicate.LEVEL, mark, quantity=told, **fields))
        end = end_of_level(own, scene.part, mark)
        scene.use(*(other for other in marks if mark.end <= other.start < end))
    return out


def _beyond(told: Quantity, *, up: bool) -> Quantity:
    """As in "exceeded 30 %": all that lies on that side of it."""
    low, high = (told.value, math.inf) if up else (-math.inf, told.value)
    return replace(told, low=low, high=high)


_NEAR = 3
"""Tokens between an amount and the time told of it alone."""


def _when(
    scene: Scene, mark: Mark, what: str, until: int, *, several: bool
) -> dict[str, Any] | None:
    """The period of a level, and whether all of its years are meant; None where nothing tells."""
    timing, moved = scene.timing, "move" in scene.part.kinds
    near = [m.item.period for m in scene.part.all("when") if mark.last <= m.first <= min(mark.last + _NEAR, until) and isinstance(m.item, When)]  # fmt: skip
    if several and near and near[0] is not None:
        return {"period": near[0]}
    span = next((p for p in timing.periods if p.frequency == "X"), None)
    if span is not None and moved:
        edge = span.start if what == "from" else span.end
        return {"period": Period.year(edge.year)}
    if what == "from":
        base = timing.base or (Base("period", timing.since) if timing.since else None)
        return {"period": base.period} if base is not None and base.period is not None else None
    every = frozenset({"every"} if _always(scene) else ())
    if timing.since is not None:
        return (
            {"period": None} if moved else {"period": None, "since": timing.since, "scope": every}
        )
    if timing.duration is not None and not moved:
        return None
    if several and len(timing.periods) > 1:
        return None
    period = next(iter(timing.periods), None)
    if every and period is None:
        return None
    return {"period": period, "scope": every}


def _always(scene: Scene) -> bool:
    """Whether the words are of every year; those of an amount ("one for every 600") are not."""
    counted = {i for m in scene.part.all("amount") for i in range(m.first, m.last)}
    tokens = enumerate(scene.part.tokens, scene.part.first)
    return any(token.word in said("every") for i, token in tokens if i not in counted)


def stretched(draft: Draft) -> Draft:
    """A change over years named: from the first of them to the last."""
    period, base = draft.fields.get("period"), draft.fields.get("base")
    moved = draft.predicate in {Predicate.CHANGE, Predicate.DIRECTION}
    if not moved or period is None or period.frequency != "X" or base not in {None, Base("start")}:
        return draft
    first, last = Period.year(period.start.year), Period.year(period.end.year)
    return replace(draft, fields={**draft.fields, "base": Base("period", first), "period": last})
