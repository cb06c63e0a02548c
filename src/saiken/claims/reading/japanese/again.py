"""The first of its kind in so long: 3カ月ぶりに増加した, 2週ぶりの売り越し, 減少は5カ月ぶり."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.scene import MOVE, Draft, Scene, draft
from saiken.claims.reading.timing import DAILY
from saiken.terms.period import PACES

_THEN = re.compile(r"(?:に|の|、|となる|大幅|小幅|急|純|な)*\Z")
_WAS = re.compile(r"(?:した|する|となった|となる)?(?:の)?(?:は|も)(?:、|約|およそ)?\Z")
_FREQUENCY = {"week": {"W", "D"}, "month": {"M"}, "quarter": {"Q"}, "year": {"A"}}
"""What a figure may be told of where its kind is counted by the unit."""


def again(scene: Scene) -> list[Draft]:
    """Of the last so many periods, only the one told was so. What is counted by another unit than the
    figures come in is told as unread.
    """
    spell = scene.timing.again
    when = next(
        (m for m in scene.clause.all("when") if getattr(m.item, "role", "") == "since"), None
    )
    if spell is None or when is None or scene.clause.has("extreme") or scene.clause.has("record"):
        return []
    head = _head(scene, when)
    if head is None:
        return []
    direction, of = _way(scene, head)
    if not direction or not _counted(scene, spell.unit):
        scene.unsaid.append(when)
        return []
    scope = frozenset({"times", PACES[spell.unit]})
    return [
        draft(
            Predicate.STREAK, count=1.0, direction=direction, of=of, base=spell, period=scene.timing.period, scope=scope
        )
    ]  # fmt: skip


def _head(scene: Scene, when: Mark) -> Mark | None:
    """The move or the purchase that is the first in so long: right after the time, or its subject."""
    clause = scene.clause
    heads = [m for m in clause.marks if not {"move", "net", "flow"}.isdisjoint(m.kinds)]
    after = next((m for m in heads if m.start >= when.end), None)
    if after is not None and _THEN.match(clause.text[when.end : after.start]):
        return after
    before = next((m for m in reversed(heads) if m.end <= when.start), None)
    if before is not None and _WAS.match(clause.text[before.end : when.start]):
        return before
    return None


def _way(scene: Scene, head: Mark) -> tuple[int, str]:
    """(which way, of what) the head goes."""
    if "move" in head.kinds and not scene.flowing:
        return scene.signed(MOVE[head.get("move")]), "change"
    if "move" in head.kinds or scene.topic.measure == "yen_positioning":
        return 0, ""  # how a flow grew, or on which side of zero a position came to be
    return scene.side, "flow"


def _counted(scene: Scene, unit: str) -> bool:
    period, daily = scene.timing.period, scene.topic.measure in DAILY
    if daily or unit not in _FREQUENCY:
        return daily and unit in {"day", "session"}
    if period is None:  # 2年ぶりの減少 may be of a month
        return unit != "year"
    return period.frequency in _FREQUENCY[unit]
