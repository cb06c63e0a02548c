"""Buying and selling: "net sellers in December", "bought ¥4.2tn of foreign bonds", "is dumping"."""

from __future__ import annotations

import re

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import (
    DIFFERENCES,
    Draft,
    Scene,
    amount,
    role,
    turns_of,
)
from saiken.claims.reading.quantities import as_change
from saiken.claims.reading.spans import When
from saiken.claims.reading.timing import change_base, record_since
from saiken.terms.period import Period

_SIGN = {"buy": 1, "sell": -1, "act": 0}


def direction_of(mark: Mark) -> int:
    """+1 bought, -1 sold, 0 where only that something was done ("intervened")."""
    return _SIGN[mark.get("net") or mark.get("flow")]


def read(scene: Scene) -> list[Draft]:
    """Purchases and sales of the clause, with their sizes where told."""
    verbs = [
        mark
        for mark in scene.part.marks
        if ("net" in mark.kinds or "flow" in mark.kinds) and mark.first not in scene.used
    ]
    rejected = [mark for mark in verbs if _instead(scene, mark) or _reckons(scene, mark)]
    scene.use(*rejected)
    verbs = [mark for mark in verbs if mark not in rejected]
    before = _before(scene)
    if not verbs:
        return before + _turned(scene) + _bare(scene)
    if (net := _net_of_both(scene, verbs)) is not None:
        return before + net
    if _contrast(scene, verbs[0]):
        scene.use(*verbs)
        return []
    if _adds(scene, verbs):  # what somebody holds, not a purchase told by itself
        return []
    out = [*before]
    main = next((mark for mark in verbs if "net" in mark.kinds), verbs[0])
    turns = turns_of(scene, [mark for mark in scene.free("amount") if _is_size(scene, mark)])
    sizes = [mark for mark, _ in turns]
    periods = scene.timing.periods
    direction = direction_of(main)
    if scene.topic.measure == "fx_intervention":
        # what is spent, burned or sold to defend a currency buys it
        text = scene.part.sentence.text
        if _YEN_SOLD.search(text):
            direction = -1
        elif direction or _YEN_BOUGHT.search(text):
            direction = 1
    if not direction and sizes:
        direction = 1 if amount(sizes[0]).quantity.value > 0 else -1
    if sizes and amount(sizes[0]).kind in {"percent", "share"}:
        base, period = change_base(scene.timing, scene.topic)
        quantity = as_change(amount(sizes[0]), direction)
        out.append(
            scene.draft(
                Predicate.CHANGE,
                main,
                sizes[0],
                quantity=quantity,
                direction=direction,
                base=base,
                period=period,
            )
        )
    else:
        for size, turn in turns[:1] if turns and not turns[0][1] else turns:
            quantity = as_change(amount(size), direction)
            if amount(size).signed and amount(size).quantity.value < 0:
                quantity = amount(size).quantity
            told = {"quantity": quantity, "direction": direction}
            out += [
                scene.draft(Predicate.FLOW, main, size, **{**told, **_span(scene, period), **turn})
                for period in (periods if "period" not in turn else ()) or (None,)
            ]
    if out == before:
        out = [*before] + [
            scene.draft(
                Predicate.FLOW,
                main,
                direction=direction or None,
                scope=frozenset({"trend"} if _goes_on(scene, main) else ()),
                **_span(scene, period),
            )
            for period in periods or (None,)
        ]
    scene.use(*verbs)
    return out


_ONGOING = {"is", "are", "'s", "'re", "s", "re", "been", "keep", "keeps"}


def _goes_on(scene: Scene, verb: Mark) -> bool:
    """As in "is dumping Treasuries", "keeps selling": what goes on, with no date of its own."""
    part = scene.part
    before = part.sentence.tokens[max(part.first, verb.first - 3) : verb.first]
    be = any(token.word in _ONGOING for token in before)
    return verb.word.endswith("ing") and be and "when" not in part.kinds


_BACK = {"previous": 1, "year_ago": 12}
"""Months from a flow to the one that it is compared with."""


def _before(scene: Scene) -> list[Draft]:
    """As in "down from ¥2tn in October", "against ¥2tn a year before": the flow of another month;
    left unread where it is not told of which.
    """
    base, now = scene.timing.base, next(iter(scene.timing.periods), None)
    then = base.period if base is not None and base.kind == "period" else None
    if base is not None and base.kind in _BACK and now is not None and now.frequency == "M":
        then = now.shift(-_BACK[base.kind])
    out = []
    for mark in scene.free("amount", "money") if scene.is_flow else ():
        if role(scene, mark) != "from":
            continue
        if then is None:
            scene.leave(mark)
            continue
        direction = {"buy": 1, "sell": -1}.get(scene.verb or _told(scene), 1)
        quantity = (
            amount(mark).quantity if amount(mark).signed else as_change(amount(mark), direction)
        )
        out.append(
            scene.draft(Predicate.FLOW, mark, quantity=quantity, direction=direction, period=then)
        )
    return out


def _told(scene: Scene) -> str:
    """Whether the clause itself tells of purchases or sales."""
    return next(
        (word for mark in scene.part.marks if (word := mark.get("net") or mark.get("flow"))), ""
    )


_YEN_SOLD = re.compile(
    r"\b(?:sold|sells?|selling|dump\w*) (?:[^ ]+ ){0,3}(?:yen|won|rupees?)\b|\byen[- ]selling\b|\b(?:weaken|depress|push down|drive down|hold down|cap|curb|lower|stem the rise of|restrain) (?:the |its )?(?:yen|won|rupee|currency)\b",
    re.IGNORECASE,
)
_YEN_BOUGHT = re.compile(
    r"\b(?:strengthen|support|prop up|shore up|defend|lift|boost|rescue|bolster|stem the (?:fall|slide) of|stop the (?:fall|slide) of) (?:the |its )?(?:yen|won|rupee|currency)\b",
    re.IGNORECASE,
)
"""For what an intervention was meant: to lower a currency is to sell it."""
_REJECTED = re.compile(r"\b(?:rather than|instead of|as opposed to|and not|, not) $", re.IGNORECASE)


def _instead(scene: Scene, verb: Mark) -> bool:
    """As in "adding rather than dumping": what is said not to be the case instead of what is."""
    text = scene.part.sentence.text
    return verb.word.endswith("ing") and bool(
        _REJECTED.search(text, max(0, verb.start - 12), verb.start)
    )


_PUT = {"put", "puts", "putting"}


def _reckons(scene: Scene, verb: Mark) -> bool:
    """As in "the estimate puts its holdings at $9bn": what is reckoned, not what is bought."""
    if verb.word not in _PUT:
        return False
    sizes = scene.part.all("amount")
    return any(m.first > verb.first and scene.part.word_before(m) == "at" for m in sizes)


def _net_of_both(scene: Scene, verbs: list[Mark]) -> list[Draft] | None:
    """As in "bought $5bn more than it sold", "sold less than they bought": the net of the two."""
    than = next((m for m in scene.free("compare", "than") if m.first > verbs[0].first), None)
    if than is None or len(verbs) < 2 or verbs[1].first < than.first:
        return None
    words = [token.word for token in scene.part.sentence.tokens[verbs[0].last : than.first]]
    sign = next((DIFFERENCES[word] for word in words if word in DIFFERENCES), 0)
    direction = direction_of(verbs[0]) * sign
    if not direction or direction_of(verbs[1]) != -direction_of(verbs[0]):
        return None
    sizes = [m for m in scene.free("amount", "money") if verbs[0].last <= m.first < than.first]
    size = as_change(amount(sizes[0]), direction) if sizes else None
    scene.use(*verbs, *sizes, than)
    return [
        scene.draft(Predicate.FLOW, direction=direction, **({"quantity": size} if size else {}), **_span(scene, period))
        for period in scene.timing.periods or (None,)
    ]  # fmt: skip


def _adds(scene: Scene, verbs: list[Mark]) -> bool:
    """As in "it is adding", "added $9bn of Treasuries": of holdings, a rise, however it came."""
    return scene.topic.measure == "treasury_holdings" and all(
        mark.word.startswith("add") and "move" in mark.kinds for mark in verbs
    )


def _contrast(scene: Scene, verb: Mark) -> bool:
    """As in "It was price, not selling": what a figure was not, rather than a denial of any sale."""
    before = scene.part.ahead(verb, 0)
    noun = verb.word in {"selling", "buying", "sale", "sales", "purchases", "liquidation"}
    return noun and before is not None and before.get("stance") == "deny" and before.word == "not"


def _span(scene: Scene, period: object) -> dict[str, object]:
    """The span of a flow: the period named, or from a date "since" which until now."""
    base, _ = change_base(scene.timing, scene.topic)
    if "first" in scene.part.kinds:  # "net sellers for the first time in six weeks"
        scene.use(*scene.free("first"))
        return {"period": period, "first": True, "since": record_since(scene.timing, scene.ctx)}
    if scene.is_flow and base is not None and base.period is not None:
        since = scene.timing.since
        if since is not None and base.period.end < since.start:  # the start of a year: all of it
            return {"period": Period(since.start, max(since.start, scene.ctx.dated))}
        if _from_end(scene, base):
            base = Base("period", Period.day(base.period.end))
    if base is not None and (
        base.kind in {"start", "previous"} or (base.count == 1 and base.kind == "ago")
    ):
        base = None  # "in a week" says of what length the flow is
    return {"period": period, "base": base}


def _from_end(scene: Scene, base: Base) -> bool:
    """As in "since the end of May": May is not meant with it."""
    whens = (mark.item for mark in scene.part.all("when"))
    return any(isinstance(w, When) and w.edge == "end" and w.period == base.period for w in whens)


def _is_size(scene: Scene, mark: Mark) -> bool:
    item = amount(mark)
    if item.kind not in {"money", "percent", "share", "plain", "contracts"}:
        return False
    if item.hedge_word == "most":
        return False
    if item.kind == "plain" and item.quantity.value < 1e6:
        return False
    told = role(scene, mark)
    return told in {"size", "level", "", "share"} and not (
        told == "share" and item.kind == "share" and not item.of_whole
    )


def _turned(scene: Scene) -> list[Draft]:
    """As in "Flows turned negative": the sign of a flow."""
    marks = scene.free("sign")
    if not scene.is_flow or not marks:
        return []
    direction = -1 if marks[0].get("sign") == "negative" else 1
    periods = scene.timing.periods or (None,)
    return [
        scene.draft(Predicate.FLOW, marks[0], direction=direction, period=period)
        for period in periods
    ]


def _bare(scene: Scene) -> list[Draft]:
    """A flow measure with an amount and no verb: "December: minus $88 billion"."""
    if not scene.is_flow:
        return []
    out = []
    for mark, turn in turns_of(scene, scene.free("amount", "money")):
        item = amount(mark)
        direction = {"buy": 1, "sell": -1}.get(scene.verb, -1 if item.quantity.value < 0 else 1)
        quantity = item.quantity if item.signed else as_change(item, direction)
        out += [
            scene.draft(
                Predicate.FLOW, mark, **{"quantity": quantity, "direction": direction, **_span(scene, period), **turn}
            )
            for period in (scene.timing.periods if "period" not in turn else ()) or (None,)
        ]  # fmt: skip
    return out
