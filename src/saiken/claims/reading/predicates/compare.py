"""Comparisons: "more than China and the UK combined", "70 cents for every dollar that China holds"."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import versus_of
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import DIFFERENCES, Draft, Scene, amount, of_past, role
from saiken.claims.reading.quantities import Amount
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

_MORE = {
    "more",
    "higher",
    "larger",
    "bigger",
    "greater",
    "ahead",
    "above",
    "wider",
    "heavier",
    "further",
}
_LESS = {"less", "lower", "smaller", "fewer", "behind", "below", "narrower", "short", "shy"}
_MULTIPLES = {"twice": 2.0, "thrice": 3.0, "half": 0.5}


def _codes(scene: Scene, marks: list[Mark]) -> tuple[str, ...]:
    """The subjects of marks: places, groups of holders, or investors of the clause's own country."""
    home = scene.topic.subjects[0][:2] if scene.topic.subjects else ""
    codes = (
        mark.get("place")
        or mark.get("holder")
        or mark.get("paper")
        or (f"{home}:{mark.get('investor')}" if mark.get("investor") else "")
        for mark in marks
    )
    return tuple(dict.fromkeys(code for code in codes if code))


def _words(scene: Scene) -> set[str]:
    """The words of the clause but for those that hedge an amount ("by less than a billion")."""
    hedges = [
        (m.item.lead, m.start) for m in scene.part.all("amount") if isinstance(m.item, Amount)
    ]
    return {
        token.word
        for token in scene.part.tokens
        if not any(lead <= token.start < start for lead, start in hedges)
    }


def read(scene: Scene) -> list[Draft]:
    """Comparisons between subjects."""
    if not versus_of(scene.part) and "compare" not in scene.part.kinds:
        return []
    versus = _codes(scene, [m for m in versus_of(scene.part) if m.first not in scene.used])
    period = next(iter(scene.timing.periods), None)
    combined = bool(scene.free("compare", "combined")) or len(versus) > 1
    scope = frozenset({"combined"}) if combined else frozenset()
    if not versus:
        return _together(scene, period) if scene.free("compare", "combined") else []
    if scene.timing.base is not None and scene.timing.base.kind == "period":
        scene.use(*scene.free("compare"), *versus_of(scene.part))
        scene.use(*(m for m in scene.free("move") if m.word in {"higher", "lower"}))
        return []  # of another's past: no two figures of one time
    if parts := _parts_of_another(scene, versus, period):
        return parts
    words = _words(scene)
    multiple = next((m for m in scene.free("compare") if m.get("compare") in _MULTIPLES), None)
    difference = next((m for m in scene.free("amount") if _differs(scene, m)), None)
    sign = -1 if words & _LESS else 1
    fields: dict[str, Any] = {"versus": versus, "period": period, "scope": scope}
    joint = next(
        (m for m in scene.free("compare", "combined") if m.first < versus_of(scene.part)[0].first),
        None,
    )
    if joint is not None and len(scene.topic.subjects) > 1:  # "A and B together hold more than C"
        fields["subject"] = "+".join(scene.topic.subjects)
    used = [*scene.free("compare"), *scene.free("rank")]
    times = next((amount(m).quantity for m in scene.free("amount", "multiple")), None)
    if times is not None and times.value < 0:
        return []  # nothing is minus three times another
    if multiple is not None or times is not None:
        factor = (
            _MULTIPLES[multiple.get("compare")]
            if multiple is not None
            else times.value
            if times
            else 1.0
        )
        side = _side(scene, multiple) if multiple is not None else 0
        scene.use(*used, *scene.free("amount", "multiple"))
        return [scene.draft(Predicate.COMPARISON, count=factor, direction=side or None, **fields)]
    if difference is not None:
        quantity = amount(difference).quantity
        if quantity.unit == "ratio":  # "a third more than"
            quantity = quantity.scaled(100, "%")
        scene.use(*used)
        return [
            scene.draft(
                Predicate.COMPARISON,
                difference,
                quantity=quantity if sign > 0 else quantity.negated(),
                direction=sign,
                **fields,
            )
        ]
    if (equal := _equal(scene)) is not None:
        scene.use(*used)
        return [scene.draft(Predicate.COMPARISON, quantity=equal, **fields)]
    if words & (_MORE | _LESS) or scene.free("rank", "ahead", "behind"):
        for move in scene.free("move"):
            if move.word in {"higher", "lower", "up", "down"}:
                scene.use(move)
        scene.use(*used)
        return [scene.draft(Predicate.COMPARISON, direction=sign, **fields)]
    return []


_MORE_THAN = re.compile(
    r"\W*(?:(?:even|far|much|slightly|a lot|a bit) )?(?:more|less|further|faster)\b[^,;]*\bthan\b"
)
_LISTED = frozenset(("place", "tenor", "holder", "investor"))


def of_moves(part: Part) -> bool:
    """As in "ten-year yields fell more than two-year ones": which of two went further, of which there
    is no claim.
    """
    if "than" not in part.words or "move" not in part.kinds:
        return False
    moved = [mark for mark in part.all("move") if mark.get("move") in {"up", "down"}]
    if not moved:
        return False
    told = _MORE_THAN.match(part.sentence.lower, moved[0].end, part.end)
    after = (m for m in part.marks if told is not None and m.start >= told.end())
    return any(not _LISTED.isdisjoint(mark.kinds) for mark in after)


def _differs(scene: Scene, mark: Mark) -> bool:
    """As in "$5bn more than China", "a third more than China", "exceeds China's by $5bn"."""
    tokens = scene.part.sentence.tokens
    after = tokens[mark.last].word if mark.last < len(tokens) else ""
    part = amount(mark).kind == "share" and after in DIFFERENCES
    by = amount(mark).kind in _SIZED and scene.part.word_before(mark) == "by"
    return part or by or role(scene, mark) == "difference"


_SIZED = {"money", "percent", "pp", "bp"}


_EQUAL = re.compile(
    r"(?:\b(?:(?P<nearly>almost|nearly|not quite|practically)|(?P<least>at least)|(?P<about>about|roughly|around)) )?\bas (?:much|many)\b(?! as [$¥€£\d])",
    re.IGNORECASE,
)
_ALIKE = 0.05
"""Two that hold "as much" differ by no more than this share of the one."""


def _equal(scene: Scene) -> Quantity | None:
    """As in "as much as Belgium", "almost as much as": one multiple of the other."""
    told = _EQUAL.search(scene.part.text) if scene.free("compare", "as_much") else None
    if told is None:
        return None
    low = 1.0 if told["least"] else 1 - _ALIKE
    high = math.inf if told["least"] else 1.0 if told["nearly"] else 1 + _ALIKE
    return Quantity(1.0, low, high, "x")


def _parts_of_another(scene: Scene, versus: tuple[str, ...], period: Period | None) -> list[Draft]:
    """As in "70 cents for every dollar that China holds", "less than half of what China holds"."""
    cents = next((m for m in scene.free("amount", "plain") if _cents(scene, m)), None)
    if cents is not None and scene.free("compare", "per_dollar"):
        told = amount(cents).quantity.divided(100, "x")
        scene.use(*scene.free("compare"))
        return [
            scene.draft(Predicate.COMPARISON, cents, quantity=told, versus=versus, period=period)
        ]
    parts = [m for m in scene.free("amount", "share") if of_past(scene.part, m)]
    what = [m.last for m in scene.free("compare", "as_much")]
    near = any(0 <= m.first - last <= 1 for m in versus_of(scene.part) for last in what)
    if parts and near:  # "less than half of what China holds"
        told = replace(amount(parts[0]).quantity, unit="x")
        scene.use(*scene.free("compare"))
        return [
            scene.draft(Predicate.COMPARISON, parts[0], quantity=told, versus=versus, period=period)
        ]
    return []


def _cents(scene: Scene, mark: Mark) -> bool:
    """As in "70 cents for every dollar that China holds"."""
    tokens = scene.part.sentence.tokens
    return mark.last < len(tokens) and tokens[mark.last].word in {"cents", "cent"}


def _side(scene: Scene, mark: Mark) -> int:
    """+1 for "more than twice", -1 for "nearly twice" and "less than half", 0 for "twice"."""
    text = scene.part.sentence.text[max(0, mark.start - 20) : mark.start].lower().rstrip()
    phrase = scene.part.sentence.text[mark.start : mark.end].lower()
    if phrase.startswith("more than") or text.endswith(("more than", "over", "well over")):
        return 1
    return -1 if text.endswith(("less than", "under")) else 0


def _together(scene: Scene, period: object) -> list[Draft]:
    """As in "Between them A, B and C own over $2.5tn": the level of a sum, `A+B+C` its subject."""
    if len(scene.topic.subjects) < 2:
        return []
    return [
        scene.draft(
            Predicate.COMPARISON, mark, quantity=amount(mark).quantity, period=period,
            subject="+".join(scene.topic.subjects), scope=frozenset({"combined"}),
        )
        for mark in scene.free("amount", "money")[:1]
    ]  # fmt: skip
