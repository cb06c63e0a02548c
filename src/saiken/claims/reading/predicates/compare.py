"""Comparisons and shares: "more than China and the UK combined", "13 % of foreign holdings"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.clues import versus_of
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.flow import direction_of
from saiken.claims.reading.predicates.scene import Draft, Scene, amount, of_past, role
from saiken.claims.reading.quantities import Amount, as_change
from saiken.claims.reading.timing import change_base
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
_LESS = {"less", "lower", "smaller", "fewer", "behind", "below", "narrower", "short"}
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


def read(scene: Scene) -> list[Draft]:
    """Comparisons between subjects, then shares of a whole."""
    part = scene.part
    if not (versus_of(part) or part.has("compare") or part.has("amount", "percent", "share")):
        return []
    return _part_of_change(scene) or _comparisons(scene) + _shares(scene)


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


def _comparisons(scene: Scene) -> list[Draft]:
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
    difference = next((m for m in scene.free("amount") if role(scene, m) == "difference"), None)
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
    if words & (_MORE | _LESS) or scene.free("rank", "ahead", "behind"):
        for move in scene.free("move"):
            if move.word in {"higher", "lower", "up", "down"}:
                scene.use(move)
        scene.use(*used)
        return [scene.draft(Predicate.COMPARISON, direction=sign, **fields)]
    return []


def _parts_of_another(scene: Scene, versus: tuple[str, ...], period: Period | None) -> list[Draft]:
    """As in "70 cents for every dollar that China holds", "less than half of what China holds"."""
    cents = next((m for m in scene.free("amount", "plain") if _cents(scene, m)), None)
    if cents is not None and scene.free("compare", "per_dollar"):
        part = amount(cents).quantity
        told = Quantity(part.value / 100, part.low / 100, part.high / 100, "x")
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


_DONE = {"selling", "sales", "sale", "buying", "purchases", "liquidation"}


def _part_of_change(scene: Scene) -> list[Draft]:
    """As in "half of March's $48bn fall was selling": the part of a change that was traded; what
    else a change came from is no measure of ours.
    """
    for mark in scene.free("amount", "share", "percent"):
        moved = scene.part.after(mark, 2)
        if moved is not None and "move" in moved.kinds and role(scene, mark) == "share":
            scene.use(mark, moved)  # "most of the drop is bills": no share of what is held
            continue
        sizes = [m for m in scene.free("amount", "money") if 0 < m.first - mark.last <= 5]
        move = scene.part.after(sizes[0], 1) if sizes else None
        if move is None or "move" not in move.kinds or role(scene, mark) != "share":
            continue
        scene.use(mark)
        done = next(
            (m for m in scene.free("flow") if m.word in _DONE and m.first > move.first), None
        )
        base, period = change_base(scene.timing, scene.topic)
        sign = -1 if move.get("move") == "down" else 1
        whole = as_change(amount(sizes[0]), sign)
        out = [
            scene.draft(
                Predicate.CHANGE,
                sizes[0],
                move,
                quantity=whole,
                direction=sign,
                base=base,
                period=period,
            )
        ]
        if done is not None:
            share = amount(mark).quantity.interval.scaled(
                0.01 if amount(mark).kind == "percent" else 1
            )
            side = direction_of(done)
            told = share.scaled(side * abs(whole.value))
            size = Quantity(told.middle, told.low, told.high, whole.unit)
            out.append(
                scene.draft(Predicate.FLOW, done, quantity=size, direction=side, period=period)
            )
        scene.use(*scene.free("flow"))
        return out
    return []


def _shares(scene: Scene) -> list[Draft]:
    """A part of a whole, as `ratio` in 0..1; `versus` is the whole. Several owners of one share
    ("Japan and China own a fifth") are taken together, `JP+CN`.
    """
    named = bool(scene.free("compare", "share"))
    out: list[Draft] = []
    for mark in scene.free("amount", "percent", "share"):
        if amount(mark).gdp or scene.topic.measure in _NO_SHARES:
            continue
        if of_past(scene.part, mark):
            continue
        owned = scene.topic.measure == "jgb_holders"
        then = _came_from(scene, mark)
        told = named or owned or _accounts(scene, mark) or then
        if role(scene, mark) != "share" and not told:
            continue
        owner = scene.part.after(mark, 2)
        if owner is not None and owner.owner and owner.get("place") not in {"", "US"}:
            continue  # "a quarter of Peru's holdings"
        if scene.free("flow") and not scene.free("hold") and not scene.free("noun"):
            continue
        quantity = amount(mark).quantity
        if quantity.unit == "%":
            quantity = Quantity(
                quantity.value / 100, quantity.low / 100, quantity.high / 100, "ratio"
            )
        whole = _whole(scene, mark)
        who = [code for code in scene.topic.subjects if code not in whole]
        told_then = role(scene, mark) == "from" and not then
        if not who or (out and not told_then) or (told_then and not _dated(scene)):
            continue
        base = scene.timing.base if told_then else None
        period = then or next(iter(scene.timing.periods), None)
        out.append(
            scene.draft(
                Predicate.SHARE, mark, quantity=quantity, period=period, base=base, versus=whole, subject="+".join(who)
            )
        )  # fmt: skip
    return out


def _dated(scene: Scene) -> bool:
    """Whether the time compared with is told from the present one: "a year earlier"."""
    return scene.timing.base is not None and scene.timing.base.kind in {
        "previous",
        "year_ago",
        "ago",
    }


_NO_SHARES = {
    "debt_ratio",
    "net_debt_ratio",
    "breakeven_inflation",
    "reserves",
    "foreign_currency_reserves",
    "public_debt",
    "fed_custody",
    "government_yield",
    "exchange_rate",
    "yield_spread",
}


def _came_from(scene: Scene, mark: Mark) -> Period | None:
    """When a share was what it came from: "its share fell to 7 %, from a quarter in 2011"."""
    base = scene.timing.base
    shares = any(other.get("compare") == "share" for other in scene.part.sentence.marks)
    return base.period if shares and base is not None and role(scene, mark) == "from" else None


def _accounts(scene: Scene, mark: Mark) -> bool:
    text = scene.part.sentence.text[max(0, mark.start - 30) : mark.start].lower()
    return "account" in text or "make up" in text or "makes up" in text


def _whole(scene: Scene, mark: Mark) -> tuple[str, ...]:
    """Of what: `all` (foreign holders together), `public` (the debt held by the public) or `debt`."""
    if scene.topic.measure == "jgb_holders":
        return ("total",)
    text = scene.part.sentence.text.lower()
    after = text[mark.end : mark.end + 90]
    if "held by the public" in after:
        return ("public",)
    if "foreign" in after or "foreign" in text:
        return ("all",)
    return ("debt",) if "debt" in text else ("all",)
