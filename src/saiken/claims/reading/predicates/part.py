"""What a change came from: "half of the $48bn fall was selling", "…, most of it valuation"."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from saiken.claims.claim import Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.flow import direction_of
from saiken.claims.reading.predicates.scene import HOLDINGS, Draft, Scene, amount, role
from saiken.claims.reading.quantities import as_change
from saiken.claims.reading.timing import change_base
from saiken.terms.quantity import Quantity

_DONE = {"selling", "sales", "sale", "buying", "purchases", "purchase", "liquidation", "sold", "bought"}  # fmt: skip
_VALUATION = "treasury_valuation"
MOSTLY = phrase(
    "most mostly mainly largely chiefly primarily predominantly overwhelmingly bulk majority entirely wholly purely solely exclusively all nothing",
    r"\b(?P<most>most(?= of (?:it|that|this|which|them)\b)|mostly|mainly|largely|chiefly|primarily|predominantly|overwhelmingly|the bulk|the majority)\b"
    r"|\b(?P<all>entirely|wholly|purely|solely|exclusively|all of (?:it|that|this|which|them)|nothing but)\b",
)
_IS = {"was", "were", "is", "are", "came"}
"""After a part of what the sentence begins with: "Of the $9bn fall, half was selling"."""
_POINTING = {"it", "that", "this", "which", "them"}
_WHOLE, _MOST = Quantity.around(1.0, 0.05, "ratio"), Quantity(0.5, 0.5, math.inf, "ratio")
"""How much of a change "all of it" and "most of it" may be."""


def read(scene: Scene) -> list[Draft]:
    """The part of a change that was traded or is valuation, where the size of the whole is told."""
    return _of_change(scene) or _of_told(scene)


def _of_change(scene: Scene) -> list[Draft]:
    """As in "half of March's $48bn fall was selling": the change, and the part of it."""
    for mark in scene.free("amount", "share", "percent"):
        moved = scene.part.after(mark, 2)
        if moved is not None and "move" in moved.kinds and role(scene, mark) == "share":
            scene.leave(mark)  # "most of the drop is bills": no share of what is held
            scene.use(moved)
            continue
        sizes = [m for m in scene.free("amount", "money") if 0 < m.first - mark.last <= 5]
        move = scene.part.after(sizes[0], 1) if sizes else None
        if move is None or "move" not in move.kinds or role(scene, mark) != "share":
            continue
        base, period = change_base(scene.timing, scene.topic)
        sign = -1 if move.get("move") == "down" else 1
        whole = as_change(amount(sizes[0]), sign)
        told = {"quantity": whole, "direction": sign, "base": base, "period": period}
        change = scene.draft(Predicate.CHANGE, sizes[0], move, **told)
        parts = list(_parts(scene, _share(mark), change, after=move.first))
        if parts:
            scene.use(mark)
        else:
            scene.leave(mark)
        scene.use(*scene.free("flow"))
        return [change, *parts]
    return []


def _of_told(scene: Scene) -> list[Draft]:
    """As in "…, most of it selling", "…, mainly valuation", "…, half of which was purchases": the
    part of the change that the clause before told, with its size, of the same holder.
    """
    change = scene.whole
    if change is None or scene.topic.measure not in HOLDINGS:
        return []
    if (
        "place" in scene.part.kinds or "holder" in scene.part.kinds
    ):  # "all of it by private investors"
        if MOSTLY.search(scene.part):
            scene.use(*scene.free("flow"), *scene.free("net"))
        return []
    tokens = scene.part.sentence.tokens
    for mark in scene.free("amount", "share", "percent"):
        words = [token.word for token in tokens[mark.last : mark.last + 2]]
        pointing = words[:1] == ["of"] and not _POINTING.isdisjoint(words[1:])
        if pointing or (tokens[0].word == "of" and not _IS.isdisjoint(words[:1])):
            if parts := list(_parts(scene, _share(mark), change, after=mark.last)):
                scene.use(mark)
            return parts
    most = MOSTLY.search(scene.part)
    if most is None:
        return []
    end = scene.part.start + most.end()
    share = _WHOLE if most["all"] else _MOST
    first = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
    return list(_parts(scene, share, change, after=first))


def _share(mark: Mark) -> Quantity:
    """The part that an amount states, in 0..1."""
    told = amount(mark).quantity.divided(100 if amount(mark).kind == "percent" else 1, "ratio")
    return replace(told, low=max(told.low, 0.0)) if told.value > 0 else told


def _parts(scene: Scene, share: Quantity, change: Draft, *, after: int) -> Iterator[Draft]:
    """The trade or the valuation named first after token `after`, as large as its share."""
    whole, sign = change.fields["quantity"], change.fields["direction"]
    if whole.unit in {"% change", "x"} or change.fields["base"] is not None:
        return
    named = [m for m in scene.part.marks if m.first >= after]
    for mark in named:
        priced = mark.get("noun") == "valuation"
        traded = "net" in mark.kinds or ("flow" in mark.kinds and mark.word in _DONE)
        if not priced and not traded:
            continue
        side = direction_of(mark) if traded else sign
        signed = side * abs(whole.value)
        if not signed:  # of nothing there is no part
            return
        size = share.scaled(signed, whole.unit)
        told = {"quantity": size, "direction": side, "period": change.fields["period"]}
        yield scene.draft(
            Predicate.FLOW, mark, **told, **({"measure": _VALUATION} if priced else {})
        )
        scene.use(*scene.free("flow"), *scene.free("net"))
        return
