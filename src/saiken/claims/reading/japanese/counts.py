"""Counts in Japanese: 3月に2回, 30を上回った日が2日, 過去12か月のうち10か月, 今年3回目, 一度も."""

from __future__ import annotations

import re

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.japanese.levels import lines
from saiken.claims.reading.japanese.roles import Role
from saiken.claims.reading.japanese.scene import MOVE, Draft, Scene, draft, free
from saiken.claims.reading.timing import DAILY
from saiken.terms.period import PACES
from saiken.terms.quantity import Quantity

ACTED = "fx_intervention"


def count(scene: Scene) -> list[Draft] | None:
    """The count that the clause tells: none if what it counts is not understood, None if it counts
    nothing. 一度も and ことがない deny that it was so once.
    """
    marks = scene.clause.all("count")
    if not marks:
        return None
    name, told, unit, whole = marks[0].get("count").split()
    scope = {"times", *({"nth"} if name == "nth" else {"at_least"} if name == "never" else ())}
    scope |= {PACES[unit]} if unit in PACES else set()
    base = Base("ago", None, int(whole), unit) if int(whole) else None
    period, since = scene.timing.period, scene.timing.since
    line, direction, of = _counted(scene, held=name == "never")
    daily = scene.topic.measure in DAILY and line is None and unit == "-"
    undated = base is None and period is None and since is None
    if direction is None and scene.topic.measure == ACTED:
        direction = 0  # on either side
    if direction is None or undated or daily or any(True for _ in free(scene, Role.SIZE)):
        return []
    return [
        draft(
            Predicate.STREAK, quantity=line, count=int(told), direction=direction, of=of, base=base,
            period=None if base else period, since=since, scope=frozenset(scope),
        )
    ]  # fmt: skip


def _counted(scene: Scene, *, held: bool) -> tuple[Quantity | None, int | None, str]:
    """(the line, which way, of what) that is counted. `held`: though it only is beyond the line."""
    found = lines(scene, held=held)
    crossed = [fields for predicate, fields in found if predicate is Predicate.THRESHOLD]
    if crossed:
        return crossed[0]["quantity"], crossed[0]["direction"], "level"
    clause = scene.clause
    if scene.flowing or clause.has("net") or clause.has("flow"):
        return None, scene.side or None, "flow"
    moves = [mark for mark in clause.all("move") if mark.get("move") != "flat"]
    return None, scene.signed(MOVE[moves[-1].get("move")]) if moves else None, "change"


_UNDONE = re.compile(r"(?:介入|実施|行っ|し)(?:を|は|し)*てい(?:な|ませ)")


def last_acted(scene: Scene, *, denied: bool) -> list[Draft]:
    """As in 2024年7月以来、介入していない, 最後に介入したのは2024年7月だ: and on no day after it."""
    words = scene.clause.words
    last = scene.timing.period if "最後に" in words else None
    never = denied or _UNDONE.search(words)
    since = scene.timing.since if never else last
    if since is None:
        return []
    told = {"count": int(denied), "direction": 0, "of": "flow", "since": since}
    scope = frozenset({"times", "at_least"} if denied else {"times"})
    out = [draft(Predicate.STREAK, scope=scope, **told)]
    return out if never else [draft(Predicate.FLOW, period=last), *out]
