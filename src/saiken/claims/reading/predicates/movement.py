"""Change and direction: "fell by $22 billion", "up 8 bp", "more than doubled", "steady"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import inf

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates import multiple
from saiken.claims.reading.predicates.level import quantity_of
from saiken.claims.reading.predicates.scene import (
    DIFFERENCES,
    POSITIONS,
    Draft,
    Scene,
    amount,
    in_turn,
    role,
    turns_of,
)
from saiken.claims.reading.quantities import Amount, as_change
from saiken.claims.reading.timing import change_base
from saiken.claims.reading.topics_derived import IMPROVED
from saiken.claims.reading.topics_prices import sell_off
from saiken.publishers.catalog import USERS
from saiken.terms.quantity import Interval, Quantity

_SIGN = {"up": 1, "down": -1, "flat": 0}
_SIGNED_LEVELS = {
    "yield_spread",
    "yield_gap",
    "stress_index",
    "hedged_pick_up",
    "hedged_yield",
    "hedging_cost",
}


def read(scene: Scene) -> list[Draft]:
    """Changes and directions of the clause."""
    out = multiple.read(scene) + _differences(scene) + _tightened(scene) + _paid(scene)
    for mark in scene.free("move"):
        if mark.first in scene.used:
            continue
        out += _moves(scene, mark)
    return out + _from_to(scene) + _borrowed(scene) + _bare(scene) + _comparatives(scene)


_POINTS = {
    "government_yield",
    "breakeven_inflation",
    "policy_rate",
    "overnight_rate",
    "debt_ratio",
    "net_debt_ratio",
    "yield_spread",
    "yield_gap",
    "hedged_pick_up",
    "hedged_yield",
    "hedging_cost",
    "realised_volatility",
}


def _from_to(scene: Scene) -> list[Draft]:
    """As in "from 159 to 152.6 in four sessions": a change by what lies between, if it is told
    over which time.
    """
    marks = scene.part.all("amount")
    if len(marks) < 2 or scene.is_flow:
        return []
    base, period = change_base(scene.timing, scene.topic)
    dated = scene.timing.base is not None
    orders = {("from", "level")} if dated else {("from", "level"), ("level", "from")}
    pair = next(
        (
            (one, other) if role(scene, one) == "from" else (other, one)
            for one, other in pairwise(marks)
            if (role(scene, one), role(scene, other)) in orders
        ),
        None,
    )
    if pair is None or base is None:
        return []
    first, last = (quantity_of(scene, mark) for mark in pair)
    if not first.unit:
        first = replace(first, unit=last.unit)
    if first.unit != last.unit or any(d.kind in {"share", "multiple"} for d in map(amount, pair)):
        return []
    if scene.topic.measure == "exchange_rate":  # a hedge on a price is worth one per cent at most
        ends = (Interval.around(q.value, 0.01 * abs(q.value)) for q in (first, last))
        first, last = (
            replace(q, low=max(q.low, e.low), high=min(q.high, e.high))
            for q, e in zip((first, last), ends, strict=True)
        )
    told = last.interval - first.interval
    in_points = scene.topic.measure in _POINTS or scene.topic.measure.startswith(USERS)
    unit = "pp" if last.unit == "%" and in_points else last.unit
    size = Quantity(_rounded(last.value - first.value, told), told.low, told.high, unit)
    verbs = [_inverse(scene, _SIGN[m.get("move")]) for m in scene.part.all("move")]
    direction = verbs[0] if verbs and verbs[0] else (1 if size.value > 0 else -1)
    if direction * size.value < 0:  # the words contradict the figures: held to the words
        size = size.negated()
    if not dated:  # where it is, the level at that time is a claim of its own
        scene.use(pair[0])
    return [
        scene.draft(Predicate.CHANGE, quantity=size, direction=direction, base=base, period=period)
    ]


TIGHTENED = {"tightened": 1, "tightening": 1, "tighten": 1, "loosened": -1, "loosening": -1, "loosen": -1, "eased": -1, "easing": -1}  # fmt: skip
"""Which way financial conditions went: an index of stress rises as they tighten."""


def _tightened(scene: Scene) -> list[Draft]:
    if scene.topic.measure != "stress_index":
        return []
    told = [TIGHTENED[word] for word in scene.part.words & TIGHTENED.keys()]
    if not told:
        return []
    scene.use(*(mark for mark in scene.free("move") if mark.word in TIGHTENED))
    base, period = change_base(scene.timing, scene.topic)
    return [scene.draft(Predicate.DIRECTION, direction=told[0], base=base, period=period)]


def _paid(scene: Scene) -> list[Draft]:
    """As in "the carry trade became less profitable", "the pick-up is better than a year ago"."""
    words = IMPROVED.get(scene.topic.measure)
    told = words.search(scene.part.text) if words is not None else None
    if told is None:
        return []
    direction = 1 if told.lastgroup else -1
    base, period = change_base(scene.timing, scene.topic)
    scene.use(*scene.free("compare"))
    return [scene.draft(Predicate.DIRECTION, direction=direction, base=base, period=period)]


def _borrowed(scene: Scene) -> list[Draft]:
    """As in "Washington borrowed $200bn in June": the rise of a debt."""
    if scene.topic.measure != "public_debt" or not scene.free("noun", "borrowing"):
        return []
    base, period = change_base(scene.timing, scene.topic)
    return [
        scene.draft(
            Predicate.CHANGE,
            mark,
            quantity=amount(mark).quantity,
            direction=1,
            base=base,
            period=period,
        )
        for mark in scene.free("amount", "money")[:1]
    ]


def _comparatives(scene: Scene) -> list[Draft]:
    """As in "A shade more than in October": a direction from the time compared with."""
    marks = scene.free("compare", "than")
    base, period = change_base(scene.timing, scene.topic) if marks else (None, None)
    tokens = scene.part.sentence.tokens
    for mark in marks:
        word = tokens[mark.first - 1].word if mark.first else ""
        direction = DIFFERENCES.get(word, 0)
        following = scene.part.after(mark, 2)
        timed = following is not None and "when" in following.kinds
        if (
            base is not None
            and base.kind in {"period", "year_ago", "previous"}
            and direction
            and timed
        ):
            return [
                scene.draft(
                    Predicate.DIRECTION,
                    mark,
                    direction=_inverse(scene, direction),
                    base=base,
                    period=period,
                )
            ]
    return []


def _bare(scene: Scene) -> list[Draft]:
    """As in "+40bp in one day", "December: minus $88 billion": a signed amount is a change."""
    if scene.is_flow or scene.topic.measure in _SIGNED_LEVELS:
        return []
    marks = scene.free("amount", "money", "bp", "pp", "percent", "contracts")
    marks = [mark for mark in marks if amount(mark).signed and role(scene, mark) == "size"]
    if not marks:
        return []
    out = []
    base, period = change_base(scene.timing, scene.topic)
    for mark in marks:
        item = amount(mark)
        if item.kind == "percent" and scene.topic.measure in _IN_PERCENT:
            continue
        quantity = as_change(item, -1 if item.quantity.value < 0 else 1)
        direction = _inverse(scene, 1 if quantity.value > 0 else -1)
        out.append(
            scene.draft(
                Predicate.CHANGE,
                mark,
                quantity=quantity,
                direction=direction,
                base=base,
                period=period,
            )
        )
    return out


_IN_PERCENT = {
    "government_yield",
    "debt_ratio",
    "net_debt_ratio",
    "breakeven_inflation",
    "policy_rate",
    "overnight_rate",
}
"""What is told in per cent as a level: "+4 %" of it is one."""


def _inverse(scene: Scene, direction: int) -> int:
    return -direction if scene.topic.inverse else direction


_NAMED = {"peak", "trough", "period"}
"""Bases that are named, before an amount ("compared with July") or after it."""


def _differences(scene: Scene) -> list[Draft]:
    """As in "$116 billion more than a year before", "$106bn below April": a change from a time named."""
    out = []
    times = list(scene.part.all("when"))
    for mark in scene.free("amount"):
        if role(scene, mark) != "difference":
            continue
        following = [
            when for when in times if when.first >= mark.last and when.first - mark.last <= 4
        ]
        others = [
            m for m in scene.part.marks
            if m.first >= mark.last and ("place" in m.kinds or "holder" in m.kinds) and (not following or m.first < following[0].first)
        ]  # fmt: skip
        based = scene.timing.base is not None and scene.timing.base.kind in _NAMED
        if others or not (following or based):
            continue
        word = scene.part.sentence.tokens[mark.last].word
        direction = DIFFERENCES[word]
        base, period = change_base(scene.timing, scene.topic)
        if base is None and following[0].item is not None:
            base, period = Base("period", getattr(following[0].item, "period", None)), None
        quantity = as_change(amount(mark), direction)
        out.append(
            scene.draft(
                Predicate.CHANGE,
                mark,
                quantity=quantity,
                direction=direction,
                base=base,
                period=period,
            )
        )
        for other in scene.free("move"):
            if 0 <= other.first - mark.last <= 1:
                scene.use(other)
    return out


_PHRASAL = re.compile(
    r"(?:eat|use|make|set|sign|line|end|show|catch|keep|open|close|sum|break|shut|settle|calm|shore|prop|tie|chew|swallow|wind)(?:s|ing|ting|ped|ping|ed|d)?"
    r"|ate|eaten|made|making|used|using|kept|caught|broke|broken|shored|tied|wound",
    re.IGNORECASE,
)
"""Verbs with which "up" and "down" tell no movement: "eats up the yield", "ended up", "settled down"."""


def _describes(scene: Scene, mark: Mark) -> bool:
    """Whether the word only describes what follows ("higher yields make…", "rising prices",
    "lower-yielding") or tells a single case ("the only monthly drop"), so that nothing is said to
    have moved.
    """
    tokens = scene.part.sentence.tokens
    following = tokens[mark.last] if mark.last < len(tokens) else None
    before = [token.word for token in tokens[max(0, mark.first - 2) : mark.first]]
    if "only" in before and mark.word not in {"up", "down"}:
        return True
    if _setting(scene, mark) or _possessed(scene, mark) or _adjective(scene, mark):
        return True
    if before and mark.word in {"up", "down"} and _PHRASAL.fullmatch(before[-1]):
        return True
    if following is not None and following.raw == "-":
        return True
    if scene.topic.measure in POSITIONS and mark.word in {"contract", "contracts"}:
        return True  # what is traded, not that it shrank
    if (
        not (mark.word in {"higher", "lower"} or mark.word.endswith("ing"))
        or mark.last - mark.first > 1
    ):
        return False
    after = scene.part.after(mark, 0)
    noun = after is not None and any(
        kind in after.kinds for kind in ("noun", "paper", "place", "tenor")
    )
    return noun and not (
        before and before[-1] in {"is", "are", "was", "were", "been", "be", "keeps", "kept"}
    )


def _possessed(scene: Scene, mark: Mark) -> bool:
    """As in "Bitcoin's slump proves it": a fall that is named, not told."""
    lead = scene.part.ahead(mark, 0)
    return (
        lead is not None and lead.owner and mark.word in _NOUNS and "amount" not in scene.part.kinds
    )


def _adjective(scene: Scene, mark: Mark) -> bool:
    """As in "a steady seller": how somebody trades, not that nothing moved."""
    following = scene.part.after(mark, 0)
    single = mark.get("move") == "flat" and mark.last - mark.first == 1
    return single and following is not None and not _TRADES.isdisjoint(following.kinds)


_TRADES = frozenset(("flow", "net", "move", "rank"))
_NOUNS = {
    "rise", "fall", "drop", "decline", "increase", "gain", "jump", "surge", "slump", "slide", "plunge", "rally", "spike", "climb", "advance",
    "tumble", "retreat", "collapse", "crash", "rebound", "recovery", "swoon", "dive",
}  # fmt: skip


_WHEN = {"after", "before", "amid", "during", "following", "despite", "until", "since"}
_VERBS = frozenset(("state", "cross", "hold", "net", "move", "flow"))


def _setting(scene: Scene, mark: Mark) -> bool:
    """As in "after the August crash": what a statement is dated by is not stated."""
    if "amount" in scene.part.kinds and scene.part.after(mark, 2) in scene.part.all("amount"):
        return False
    tokens = scene.part.sentence.tokens
    index = mark.first - 1
    verbs = {m.last - 1 for m in scene.part.marks if not _VERBS.isdisjoint(m.kinds)}
    while index >= max(scene.part.first, mark.first - 4) and index not in verbs:
        if tokens[index].word in _WHEN:
            return True
        index -= 1
    return False


def _sizes(scene: Scene, mark: Mark) -> list[Mark]:
    """The amounts that say how far `mark` moved."""
    found = []
    for other in scene.free("amount"):
        if role(scene, other) != "size":
            continue
        if (
            other.item is not None
            and amount(other).kind == "plain"
            and scene.topic.measure
            not in {
                "exchange_rate",
                "stress_index",
                "volatility_index",
                "yen_positioning",
                "yen_gross_positioning",
            }
            and abs(amount(other).quantity.value) < 1e6
        ):
            continue
        nearest = min(
            scene.part.all("move"),
            key=lambda m: min(abs(m.first - other.last), abs(other.first - m.last)),
        )
        if nearest is mark or nearest.first in scene.used:
            found.append(other)
    turns = in_turn(scene) if found else {}
    if found and found[0].first in turns:  # "down $13bn, $15bn and $33bn": all of the list
        return [other for other in scene.free("amount") if other.first in turns]
    return found


def of_prices(scene: Scene) -> list[Draft]:
    """Which way the yield went by what is told of the bonds' price; how far it does not tell."""
    base, period = change_base(scene.timing, scene.topic)
    told = sell_off(scene.topic, scene.part.text)
    moves = [m for m in scene.free("move") if m.get("move") != "flat" and not _describes(scene, m)]
    signs = {_SIGN[mark.get("move")] for mark in moves}
    direction = told or (signs.pop() if len(signs) == 1 else 0)
    if not direction:
        return []
    return [
        scene.draft(
            Predicate.DIRECTION, direction=_inverse(scene, direction), base=base, period=period
        )
    ]


def _moves(scene: Scene, mark: Mark) -> list[Draft]:
    direction = _SIGN[mark.get("move")]
    part = scene.part
    if _describes(scene, mark):
        scene.use(mark)
        return []
    base, period = change_base(scene.timing, scene.topic)
    if mark.word in {"up", "down", "higher", "lower", "back"}:
        neighbour = part.ahead(mark, 0)
        if neighbour is not None and "move" in neighbour.kinds and neighbour.first in scene.used:
            scene.use(mark)
            return []
        following = part.after(mark, 0)
        if following is not None and ("extreme" in following.kinds):
            scene.use(mark)
            return []
    sizes = _sizes(scene, mark)
    out = []
    signed = _inverse(scene, direction)
    for size, turn in turns_of(scene, sizes):
        item = amount(size)
        quantity = _signed(scene, item, signed)
        if scene.is_flow and item.kind == "money":
            continue
        told = {"quantity": quantity, "direction": signed, "base": base, "period": period}
        out.append(scene.draft(Predicate.CHANGE, mark, size, **{**told, **turn}))
    if not out:
        if "flow" in mark.kinds and scene.topic.measure != "treasury_holdings":
            return []  # "adds pressure": a yield adds or sheds only so and so much
        if scene.is_flow and not scene.free("amount") and direction == 0:
            return []
        out.append(
            scene.draft(Predicate.DIRECTION, mark, direction=signed, base=base, period=period)
        )
    return out


def _signed(scene: Scene, item: Amount, direction: int) -> Quantity:
    quantity = as_change(item, direction)
    if (
        scene.topic.measure in {"government_yield", "yield_spread"}
        and quantity.unit == "% change"
        and item.quantity.unit == "%"
    ):
        return replace(quantity, unit="% change")
    relative = item.kind in {"percent", "share"}
    if relative and scene.topic.inverse and scene.topic.measure == "exchange_rate":
        return _of_pair(quantity)
    return quantity


SMALL = 5.0
"""Up to this change, in per cent, the currency's and its pair's are told for each other."""


def _of_pair(told: Quantity) -> Quantity:
    """The change of a pair, in per cent, by that of the currency it is quoted in: a yen that has
    lost a third buys half as many dollars again. `told` has the sign of the pair's change.
    """
    low, high = sorted((_turned(told.low), _turned(told.high)))
    if abs(told.value) <= SMALL:
        return replace(told, low=min(low, told.low), high=max(high, told.high))
    value = _rounded(_turned(told.value), Interval(low, high))
    return replace(told, value=value, low=low, high=high)


def _rounded(value: float, within: Interval) -> float:
    """A value that was computed, without the noise of that, and not beyond its bounds."""
    return min(max(round(value, 9), within.low), within.high)


def _turned(change: float) -> float:
    """The change of 1/x, in per cent, where x changes by `-change` per cent."""
    left = 100 - change
    return 100 * (100 / left - 1) if 0 < left < inf else change
