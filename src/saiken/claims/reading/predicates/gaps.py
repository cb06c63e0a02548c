"""One yield against another, told by what one pays beyond the other: "40-year JGBs yield less than
30-year JGBs", "hedged Treasuries yield 67bp less than JGBs". The topic is their difference.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from saiken.claims.claim import Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.record import claims_history
from saiken.claims.reading.predicates.scene import Draft, Scene, amount
from saiken.claims.reading.timing import record_since
from saiken.terms.quantity import Quantity

_GAPS = {"hedged_pick_up", "yield_spread"}
_PAYING = re.compile(
    r"\b(?:(?P<more>more|higher|better|greater|fatter|above|out-?yield(?:s|ed|ing)?)|less|lower|worse|thinner|below)\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan\b|\b(?:above|below)\b|\bout-?yield(?:s|ed|ing)?\b", re.IGNORECASE)


def read(scene: Scene) -> list[Draft]:
    """The sign, or the size, of a gap that the clause tells as one yield against another."""
    if scene.topic.measure not in _GAPS or _lasts(scene):
        return []
    text = scene.part.text
    than = _THAN.search(text)
    told = list(_PAYING.finditer(text, 0, than.end())) if than is not None else []
    order = _order(scene, scene.part.start + than.start()) if than is not None else 0
    if not told or not order:
        return []
    side = order if told[-1]["more"] else -order
    period = next(iter(scene.timing.periods), None)
    sizes = [mark for mark in scene.free("amount") if amount(mark).kind in {"bp", "pp", "percent"}]
    scene.use(*scene.free("compare"), *scene.free("move"), *scene.free("sign"), *sizes)
    if sizes:
        size = amount(sizes[0]).quantity
        size = size if size.unit != "%" else replace(size, unit="pp")
        return [
            scene.draft(
                Predicate.LEVEL, quantity=size if side > 0 else size.negated(), period=period
            )
        ]
    bounds = (0.0, math.inf) if side > 0 else (-math.inf, 0.0)
    first = bool(scene.free("first"))
    since = record_since(scene.timing, scene.ctx) if first else None
    scene.use(*scene.free("first"))
    return [
        scene.draft(
            Predicate.THRESHOLD, quantity=Quantity(0.0, *bounds, "bp"), direction=side, period=period,
            first=first, since=since, ever=first and since is None and claims_history(scene),
        )
    ]  # fmt: skip


_LASTING = phrase(
    "throughout always never ever every each all whole entire full straight consecutive running",
    r"\b(?:throughout|always|never|ever|every|each|all|whole|entire|full|straight|consecutive|running)\b",
)


def _lasts(scene: Scene) -> bool:
    """Whether more is told than which yields more at one time: for how long, how often, a record."""
    if _LASTING.search(scene.part) or "record" in scene.part.kinds or "streak" in scene.part.kinds:
        return True
    return "since" in scene.part.words and "first" not in scene.part.kinds


def _order(scene: Scene, than: int) -> int:
    """+1 where the first that is named is the one from which the topic subtracts, -1 where it is
    the other, 0 where the words do not name both.
    """
    if scene.topic.measure == "yield_spread":
        named = [m for m in scene.part.all("tenor") if "-" not in m.get("tenor")]
        if len(named) != 2 or not named[0].last <= _at(scene, than) <= named[1].first:
            return 0
        return 1 if scene.topic.tenors[0].endswith(f"-{named[0].get('tenor')}") else -1
    papers = scene.part.all("paper")
    after = [mark for mark in papers if mark.start > than]
    if not after:
        return 0
    return -1 if _american(after[0]) else 1


def _american(mark: Mark) -> bool:
    return mark.get("paper") == "US"


def _at(scene: Scene, char: int) -> int:
    """The token that begins at a character."""
    return next(i for i, token in enumerate(scene.part.sentence.tokens) if token.start >= char)
