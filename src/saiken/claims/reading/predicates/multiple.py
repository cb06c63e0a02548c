"""Multiples and fractions of what was: "more than doubled", "half of its peak", "where it was"."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.scene import RATES, Draft, Scene, amount, of_past
from saiken.claims.reading.timing import change_base
from saiken.terms.quantity import Quantity

_TIMES = {"twice": 2.0, "thrice": 3.0, "half": 0.5}
_WHERE = phrase(
    "where", r"\b(?:is|are|was|were|sits?|stands?|back|now|remain(?:s|ed)?|exactly|roughly|about|almost|nearly|more or less|right|broadly) where (?:it|they|holdings|yields) (?:was|were|stood)\b"
)  # fmt: skip
_ALIKE = 0.05
"""What is "where it was" differs from that by no more than this share of it."""


def read(scene: Scene) -> list[Draft]:
    """Changes told as a multiple of what was."""
    return _multiples(scene) + _back_where(scene)


def _back_where(scene: Scene) -> list[Draft]:
    """As in "holdings are roughly where they were in April": as much, or no change of a rate."""
    if scene.timing.base is None or not _WHERE.search(scene.part) or scene.free("amount"):
        return []
    base, period = change_base(scene.timing, scene.topic)
    told = {"direction": 0, "base": base, "period": period}
    if scene.topic.measure in RATES:
        return [scene.draft(Predicate.DIRECTION, **told)]
    same = Quantity(1.0, 1 - _ALIKE, 1 + _ALIKE, "x")
    return [scene.draft(Predicate.CHANGE, quantity=same, **told)]


_TELLING = frozenset(("multiple", "compare", "amount"))


def _multiples(scene: Scene) -> list[Draft]:
    """As in "doubled", "more than tripled": a change by a multiple."""
    out = []
    if "as a share" in scene.part.text or "as a proportion" in scene.part.text:
        scene.use(*scene.free("multiple"), *scene.free("move"))
        return []  # a change of a share is no change of the amount
    if _TELLING.isdisjoint(scene.part.kinds):
        return []
    told = [(mark, float(mark.get("multiple"))) for mark in scene.free("multiple")]
    if not (told or scene.free("compare") or scene.free("amount", "share")):
        return []
    base, period = change_base(scene.timing, scene.topic)
    if base is not None and base.kind in {"period", "peak", "trough", "year_ago"}:
        told += [
            (m, _TIMES[m.get("compare")])
            for m in scene.free("compare")
            if m.get("compare") in _TIMES
        ]
    if base is not None and base.kind in {"period", "peak"}:
        out += _fractions(scene, base)
    for mark, factor in told:
        out.append(
            scene.draft(
                Predicate.CHANGE, mark, quantity=_factor(scene, mark, factor),
                direction=1 if factor > 1 else -1, base=base, period=period,
            )
        )  # fmt: skip
    return out


def _fractions(scene: Scene, base: Base) -> list[Draft]:
    """As in "less than half of what it was in 2019", "a third of its 2013 peak"."""
    out = []
    for mark in scene.free("amount", "share"):
        if not of_past(scene.part, mark):
            continue
        told = replace(amount(mark).quantity, unit="x")
        period = next(iter(scene.timing.periods), None)
        out.append(
            scene.draft(
                Predicate.CHANGE, mark, quantity=told, direction=-1, base=base, period=period
            )
        )
    return out


_MULTIPLE_HEDGES = {
    "over": ("more than", "over"),
    "under": ("less than", "fewer than", "under"),
    "nearly": ("almost", "nearly", "close to", "not quite", "practically", "all but"),
    "about": ("about", "roughly", "around", "approximately"),
}
"""What may stand before a multiple, by what it allows."""
_ENDING = {end: hedge for hedge, ends in _MULTIPLE_HEDGES.items() for end in ends}


def _factor(scene: Scene, mark: Mark, factor: float) -> Quantity:
    """As in "doubled", "almost halved": a multiple allows three hundredths of itself.

    A hedge is of how far it went: "more than halved" is a fall to less than half.
    """
    phrase = scene.part.sentence.text[mark.start : mark.end].lower()
    before = scene.part.sentence.text[max(0, mark.start - 24) : mark.start].lower().rstrip()
    hedge = next(
        (
            hedge
            for end, hedge in _ENDING.items()
            if before.endswith(end) or phrase.startswith(f"{end} ")
        ),
        "",
    )
    slack = 0.03 * factor
    if factor < 1:
        hedge = {"over": "under", "under": "over", "nearly": "nearly above"}.get(hedge, hedge)
    low, high = {
        "over": (factor, inf),
        "under": (-inf, factor),
        "nearly": (factor * 0.95 - slack, factor),
        "nearly above": (factor, 1 - 0.95 * (1 - factor) + slack),
        "about": (factor - 3 * slack, factor + 3 * slack),
    }.get(hedge, (factor - slack, factor + slack))
    return Quantity(factor, low, high, "x")
