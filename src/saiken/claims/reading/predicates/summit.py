"""Summits of a period: "the July peak was 5.09 %", "its March high of 31", "bottomed at 14 in May"."""

from __future__ import annotations

from typing import Any

from saiken.claims.reading.dating import names_summit
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import Scene

_OF_BASE = {"peak": "high", "trough": "low"}
_TURNS = {"peak": "high", "bottom": "low"}
_OTHER = {"high": "low", "low": "high"}


def summit(scene: Scene, mark: Mark) -> dict[str, Any] | None:
    """The period and the extreme of it that an amount is told to be; empty where the summit's time
    is not told, None where the amount is no summit.
    """
    base = scene.timing.base
    named = _named(scene, mark)
    if base is not None and base.kind in _OF_BASE:
        if not named and not _after(scene, mark):
            return None
        return {"period": base.period, "extreme": _OF_BASE[base.kind]} if base.period else {}
    since = scene.timing.since or scene.timing.high_span
    if not named or since is not None or not scene.timing.periods or "record" in scene.part.kinds:
        return None
    turned = scene.topic.inverse and scene.topic.measure == "exchange_rate"
    return {
        "period": scene.timing.periods[0],
        "extreme": _OTHER[named] if turned and not _verb(scene, mark) else named,
    }


def _named(scene: Scene, mark: Mark) -> str:
    """As in "a peak of 5 %", "its low was 14", "peaked at 5 %": `high`, `low` or ``."""
    leading = scene.part.ahead(mark, 2)
    if (
        leading is not None
        and "state" in leading.kinds
        and not (names_summit(leading) or _verb(scene, mark))
    ):
        leading = scene.part.ahead(leading, 0)
    if leading is not None and "when" in leading.kinds:  # "the low in July was 14"
        leading = scene.part.ahead(leading, 1)
    if leading is None:
        return ""
    return leading.get("extreme") or "high" if names_summit(leading) else _verb(scene, mark)


def _verb(scene: Scene, mark: Mark) -> str:
    """As in "peaked at 5 %"."""
    leading = scene.part.ahead(mark, 2)
    if leading is not None and leading.word == "at":
        leading = scene.part.ahead(leading, 0)
    word = leading.word if leading is not None and "state" in leading.kinds else ""
    return next((side for stem, side in _TURNS.items() if word.startswith(stem)), "")


def _after(scene: Scene, mark: Mark) -> bool:
    """As in "half of October's $126k high"."""
    following = scene.part.after(mark, 0)
    return following is not None and "extreme" in following.kinds
