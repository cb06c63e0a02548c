"""What a sentence says besides its claims: told as unread, never dropped."""

from __future__ import annotations

from collections.abc import Iterator

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import versus_of
from saiken.claims.reading.predicates.scene import Scene

Stretch = tuple[int, int]
"""Characters [start, end) of a sentence."""


def says_nothing(part: Part) -> bool:
    """Whether a clause without a claim holds no amount, no comparison or superlative, and counts
    nothing ("the only drop of 2025").
    """
    compares = any(mark.word != "what" for kind in ("compare", "rank") for mark in part.all(kind))
    best = any(m.word.endswith("est") or m.word in {"most", "least"} for m in part.all("extreme"))
    ordered = part.has("compare", "than") or (best and part.has("state"))
    counts = "only" in part.words and part.has("move")
    return not (part.has("amount") or counts or ordered or (compares and versus_of(part)))


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
