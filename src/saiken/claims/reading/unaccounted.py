"""What a sentence says besides its claims: told as unread, never dropped."""

from __future__ import annotations

from collections.abc import Iterator

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.predicates.part import MOSTLY
from saiken.claims.reading.predicates.scene import Scene

Stretch = tuple[int, int]
"""Characters [start, end) of a sentence."""


_TELLING = frozenset(("amount", "multiple", "record"))
_MUTE = {"what", "together", "low", "high", "top"}
"""Words that compare or rank only with others beside them."""


def says_nothing(part: Part) -> bool:
    """Whether a clause without a claim holds no amount, comparison, rank or superlative, no
    part of what was told before it ("mostly …") and no "only drop of 2025".
    """
    if (
        "than" in part.words
        or MOSTLY.search(part)
        or ("only" in part.words and "move" in part.kinds)
    ):
        return False
    told = (mark for kind in ("compare", "extreme", "rank") for mark in part.all(kind))
    meanwhile = "time" in part.words  # "at the same time" only joins
    mute = all(
        mark.word in _MUTE
        or mark.get("rank") == "holder"
        or (meanwhile and mark.get("compare") == "same")
        for mark in told
    )
    return mute and _TELLING.isdisjoint(part.kinds)


def whole(part: Part) -> Stretch:
    """All of a clause."""
    return part.start, part.end


def left_over(scene: Scene) -> Iterator[Stretch]:
    """From each amount of which no claim was made to the next that gave one, or to the end."""
    unread = scene.unread
    first = None
    for mark in scene.part.all("amount"):
        start = getattr(mark.item, "lead", mark.start)
        if mark in unread:
            first = start if first is None else first
        elif first is not None:
            yield first, start
            first = None
    if first is not None:
        yield first, scene.part.end
