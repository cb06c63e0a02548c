"""Levels and thresholds: "holds $1.2 trillion", "at 2.33 %", "above 4 % for the first time"."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.clues import PLAIN_WORDS
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates import signs
from saiken.claims.reading.predicates.record import claims_history
from saiken.claims.reading.predicates.scene import (
    BACK,
    DIFFERENCES,
    HOLDINGS,
    POSITIONS,
    RATES,
    Draft,
    Scene,
    amount,
    in_turn,
    role,
)
from saiken.claims.reading.predicates.summit import summit
from saiken.claims.reading.spans import When
from saiken.claims.reading.timing import record_since
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

_UNITS = {
    "government_yield": {"%"}, "yield_spread": {"bp", "pp"}, "debt_ratio": {"%"}, "net_debt_ratio": {"%"}, "breakeven_inflation": {"%"}, "policy_rate": {"%"}, "overnight_rate": {"%"}, "yen_gross_positioning": {"contracts", ""}, "yield_gap": {"bp", "pp", "%"},
    "hedged_pick_up": {"bp", "pp", "%"}, "hedged_yield": {"%"}, "hedging_cost": {"bp", "pp", "%"}, "realised_volatility": {"%", ""}, "carry_to_risk": {"", "x"},
    "credit_spread": {"bp", "pp"}, "exchange_rate": {"", "USD", "JPY", "EUR", "GBP", "KRW", "INR", "CNY"}, "yen_positioning": {"contracts", "", "USD"},
    "volatility_index": {""}, "stress_index": {""}, "crypto_price": {"USD", ""}, "equity_index": {""}, "auction": {"", "x"},
}  # fmt: skip
"""Units that a level of a measure can be in; every other measure is an amount of money."""


_DEAREST = 1e7
"""No coin has cost so many dollars: more is the worth of a market."""


def fits(scene: Scene, mark: Mark) -> bool:
    """Whether an amount can be a level of the clause's measure."""
    item = amount(mark)
    if item.kind == "plain" and item.quantity.value >= 1e6 and _counts_things(scene, mark):
        return False
    units = _UNITS.get(scene.topic.measure)
    if units is None:
        return item.kind == "money" or (item.kind == "plain" and abs(item.quantity.value) >= 1e6)
    if item.kind in {"share", "multiple"}:
        return False
    if scene.topic.measure == "crypto_price" and item.quantity.value >= _DEAREST:
        return False  # "the bitcoin market is worth $1.7tn"
    if _in_points(scene, mark) or _gap_in_points(scene, mark):
        return True
    return item.quantity.unit in units and not (
        item.kind == "plain"
        and scene.topic.measure == "exchange_rate"
        and item.quantity.value >= 1e5
    )


def _in_points(scene: Scene, mark: Mark) -> bool:
    """As in "the bond yields 26 basis points": a low yield, told in them."""
    verb = scene.part.word_before(mark) in {"yields", "yielded", "yielding"}
    return verb and amount(mark).kind == "bp" and scene.topic.measure == "government_yield"


_POINTS = {"point", "points"}
_WIDEST = 20
"""More points than this are basis points or nothing that yields have been apart."""


def _gap_in_points(scene: Scene, mark: Mark) -> bool:
    """As in "a gap of 1.98 points": between yields they are percentage points."""
    told, tokens = amount(mark), scene.part.sentence.tokens[mark.last : mark.last + 1]
    small = told.kind == "plain" and told.quantity.value < _WIDEST
    gap = scene.topic.measure in {"yield_gap", "yield_spread"}
    return gap and small and any(token.word in _POINTS for token in tokens)


def _counts_things(scene: Scene, mark: Mark) -> bool:
    """Whether a number without a currency counts what we do not know ("half a trillion kronor")."""
    tokens = scene.part.sentence.tokens
    if mark.last >= len(tokens):
        return False
    following = tokens[mark.last]
    after = scene.part.after(mark, 0)
    word = following.word
    return word.isalpha() and after is None and word not in PLAIN_WORDS and not word.endswith("ly")


_SIDES = {"long": 1, "longs": 1, "short": -1, "shorts": -1}


def quantity_of(scene: Scene, mark: Mark) -> Quantity:
    """The amount as a level of the measure: short positions negative, prices without a currency."""
    quantity = amount(mark).quantity
    measure = scene.topic.measure
    if _gap_in_points(scene, mark):
        return replace(quantity, unit="pp")
    if measure == "yen_positioning":
        text = scene.part.sentence.lower
        quantity = replace(quantity, unit=quantity.unit or "contracts")
        sides = [token for token in scene.part.tokens if token.word in _SIDES]
        if len({_SIDES[token.word] for token in sides}) > 1:  # "from net long to net short 12,000"
            nearest = min(sides, key=lambda t: max(mark.start - t.end, t.start - mark.end))
            short = _SIDES[nearest.word] < 0
        else:
            here = scene.part.lower
            short = ("short" in text or "bearish" in text) and "long" not in here
        if short and quantity.value > 0:
            quantity = quantity.negated()
    elif measure == "yen_gross_positioning":
        quantity = replace(quantity, unit=quantity.unit or "contracts")
    elif measure == "exchange_rate":
        quantity = replace(quantity, unit="")
        if amount(mark).hedge in {"about", "scale"}:  # market prices: at most one per cent
            wide = min(quantity.high - quantity.value, abs(quantity.value) * 0.01)
            quantity = replace(quantity, low=quantity.value - wide, high=quantity.value + wide)
        if scene.topic.subjects and _upside_down(scene.topic.subjects[0], quantity.value):
            low, high = (
                sorted((1 / quantity.low, 1 / quantity.high))
                if quantity.low > 0
                else (0.0, math.inf)
            )
            quantity = Quantity(1 / quantity.value, low, high, "", quantity.printed)
    elif measure in {"treasury_holdings", "reserves", "reserve_parts"} and not quantity.unit:
        quantity = replace(quantity, unit="USD")
    return quantity


def _upside_down(pair: str, value: float) -> bool:
    """A rate of 0.0064 dollars a yen is told of the pair the other way round."""
    return pair[3:] in {"JPY", "KRW", "INR"} and 0 < value < 1


def read_thresholds(scene: Scene) -> list[Draft]:
    """Lines crossed or held against."""
    out: list[Draft] = []
    first = bool(scene.free("first"))
    for mark in scene.free("amount"):
        reached = first and role(scene, mark) == "level" and scene.topic.measure in RATES
        if (role(scene, mark) != "line" and not reached) or not fits(scene, mark):
            continue
        item = amount(mark)
        leading = scene.part.ahead(mark, 2)
        crossing = leading.get("cross") if leading is not None else ""
        up = crossing == "up" or item.hedge in {"over", "just over", "at least"}
        if item.hedge == "under":
            up = False
        if reached:  # "at 1 % for the first time": from below, unless it fell there
            up = not any(move.get("move") == "down" for move in scene.part.all("move"))
        moves = [move.get("move") for move in scene.part.all("move")]
        turned = scene.topic.measure == "exchange_rate" and scene.topic.inverse
        if moves and (item.hedge_word == "past" or turned):
            # beyond the line on the side the verb goes to: a yen that "fell below 160" buys less
            up = (moves[0] == "down") == scene.topic.inverse
        elif item.hedge_word == "past":
            up = True
        out += _line(scene, mark, quantity_of(scene, mark), up=up, first=first)
        if leading is not None and ("cross" in leading.kinds):
            scene.use(leading)
    return out + signs.read(scene, _since(scene, first=first), first=first)


def _line(scene: Scene, mark: Mark, quantity: Quantity, *, up: bool, first: bool) -> list[Draft]:
    """The claim that the measure is beyond `quantity`: `direction` says on which side."""
    value = quantity.value
    side = -1 if scene.topic.measure == "yen_positioning" and value < 0 and up else 1 if up else -1
    bounds = (value, math.inf) if side > 0 else (-math.inf, value)
    line = Quantity(value, bounds[0], bounds[1], quantity.unit)
    for move in scene.free("move"):  # one that went the other way says more: "fell to over 4 %"
        goes = {"up": 1, "down": -1}.get(move.get("move"), 0) * (-1 if scene.topic.inverse else 1)
        if move.last <= mark.first and mark.first - move.last <= 4 and goes in {0, side}:
            scene.use(move)
    since = _since(scene, first=first)
    periods = scene.timing.periods or (None,)
    scene.use(*scene.free("first"))
    crossed = {"crossed"} if _crossed(scene, side) else set()
    base = scene.timing.base if _stood_then(scene) else None
    return [
        scene.draft(
            Predicate.THRESHOLD, mark, quantity=line, direction=side, first=first, since=since, base=base,
            ever=first and since is None and claims_history(scene), period=period,
            scope=frozenset(crossed | ({"standing"} if period is not None and _LAST.search(scene.part) else set())),
        )
        for period in periods
    ]  # fmt: skip


def _stood_then(scene: Scene) -> bool:
    """As in "a year earlier it was below 1 %": a line of that time, where nothing moved since."""
    base = scene.timing.base
    return (
        base is not None
        and base.kind in _DATED_BACK
        and "move" not in scene.part.kinds
        and "cross" not in scene.part.kinds
    )


_CROSSED = {"government_yield", "debt_ratio", "net_debt_ratio"}
_DRIVEN = {"sent", "sends", "sending", "push", "pushed", "pushes", "pushing", "drove", "drives", "driven", "driving", "took", "takes", "taking", "pull", "pulled", "pulls", "pulling", "drag", "dragged", "dragging"}  # fmt: skip


def _crossed(scene: Scene, side: int) -> bool:
    """Whether a rate is told as moved beyond a line, not as standing there: a yield may have been
    there for an hour, a ratio since its last year of record.
    """
    if scene.topic.measure not in _CROSSED:
        return False
    towards = {1: "up", -1: "down"}[side]
    moved = scene.part.has("move", towards) or "cross" in scene.part.kinds
    return moved or not _DRIVEN.isdisjoint(scene.part.words)


_LAST = phrase(
    "last",
    r"\b(?:the|was) last time\b|\blast (?:above|below|over|under|past|closed|ended|finished|traded|stood|was|were|topped|exceeded|crossed|yielded|fetched|broke|went|rose|fell|dipped|held)\b",
)
"""As in "last closed above 5 % in 2007": and not since."""


def _since(scene: Scene, *, first: bool) -> Period | None:
    """As in "for the first time since 2008", "for the first time in three years"."""
    return record_since(scene.timing, scene.ctx) if first else scene.timing.since


_AVERAGES = frozenset(("average", "mean", "median", "norm"))
_TO_AVERAGE = re.compile(
    r"\b(?:above|below|over|under|beneath|than|from|near|off|around|beyond)\b[^,;]*\b(?:average|mean|median|norm)\b[^,;\d]*$",
    re.IGNORECASE,
)


def _of_average(scene: Scene, mark: Mark) -> bool:
    """As in "above its long-run average of 20": what the average is, not where it stands."""
    if _AVERAGES.isdisjoint(scene.part.words):
        return False
    start = scene.part.start
    lead = amount(mark).lead
    return bool(_TO_AVERAGE.search(scene.part.sentence.text[start:lead]))


def _when(scene: Scene, mark: Mark) -> Period | None:
    """The time told nearest to an amount: "$9bn in May against $8bn in April"."""
    times = [
        (abs(other.first - mark.last), other.item.period)
        for other in scene.timing.whens
        if isinstance(other.item, When) and other.item.period in scene.timing.periods
    ]
    return min(times, key=lambda found: found[0])[1] if times else None


def _whose(scene: Scene, mark: Mark) -> str:
    """The subject named last before an amount: "Norway's $219bn exceed India's $186bn"."""
    names = [
        code
        for other in scene.part.marks
        if other.last <= mark.first and (code := other.get("place") or other.get("holder"))
    ]
    told = [code for code in names if code in scene.topic.subjects]
    return told[-1] if told else next(iter(scene.topic.subjects), "")


def _whole_of_share(scene: Scene, mark: Mark) -> bool:
    """As in "a quarter of the $40tn total", "$5bn of Japan's $9bn": what a part is of."""
    if scene.part.tokens[0].word == "of" and mark is scene.part.all("amount")[0]:
        return True  # "Of the $9tn held abroad, …"
    tokens = scene.part.sentence.tokens[max(0, mark.first - 3) : mark.first]
    parts = (other for other in scene.part.all("amount") if other.last <= mark.first)
    return "of" in {token.word for token in tokens} and any(
        amount(other).kind in {"share", "percent", "money"} and mark.first - other.last <= 4
        for other in parts
    )


_BESIDE = {"(", "'", "s", "'s", ":", "at", "with"}


def _named_beside(scene: Scene, mark: Mark) -> str:
    """The place right before an amount, which is not what the clause is about: "Japan's $1tn" in
    "more than Japan's $1tn", "as much as Japan ($1tn)".
    """
    sentence = scene.part.sentence
    before = [m for m in sentence.marks if m.last <= mark.first and "glue" not in m.kinds]
    if not before or scene.topic.measure not in _OF_PLACES:
        return ""
    between = {token.word for token in sentence.tokens[before[-1].last : mark.first]}
    code = before[-1].get("place")
    beside = mark.first - before[-1].last <= 2 and between <= _BESIDE
    whole = {"US"} if scene.topic.measure in HOLDINGS else set()  # whose debt it is, not the holder
    return code if code and code not in {*whole, *scene.topic.subjects} and beside else ""


def _on_a_side(scene: Scene, other: str, periods: tuple[Period | None, ...]) -> list[Draft]:
    """As in "Italy's 135 % is below France's 113 %": on which side of another's number it is."""
    places = (m for m in scene.part.all("place") if m.get("place") == other)
    side = next((DIFFERENCES.get(scene.part.word_before(m), 0) for m in places), 0)
    told = {"subject": scene.topic.subjects[0], "versus": (other,), "direction": side}
    return [scene.draft(Predicate.COMPARISON, period=p, **told) for p in periods] if side else []


_OF_PLACES = {"treasury_holdings", "debt_ratio", "reserves"}
"""Measures whose subjects are the countries that a text compares."""


def _apart(scene: Scene, mark: Mark) -> Draft:
    """As in "the 40-year yields a basis point less than the 30-year": a spread, long minus short."""
    quantity = amount(mark).quantity
    word = scene.part.sentence.tokens[mark.last].word
    less = word in {"less", "lower", "below", "under", "fewer", "short"}
    tenors = [m.get("tenor") for m in scene.part.all("tenor")]
    backwards = bool(tenors) and scene.topic.tenors[0].startswith(f"{tenors[0]}-")
    period = next(iter(scene.timing.periods), None)
    told = quantity.negated() if less != backwards else quantity
    return scene.draft(Predicate.LEVEL, mark, quantity=told, period=period)


_DATED_BACK = {"previous", "year_ago", "ago"}
"""Bases that are told from the time of the level that is told beside them."""


def _before(scene: Scene, mark: Mark) -> list[Draft]:
    """As in "down from $329bn a year earlier", "from 2.1 % in March", "against 4 % before": what it
    stood at then.
    """
    base, now = scene.timing.base, next(iter(scene.timing.periods), None)
    if any("extreme" in other.kinds for other in scene.part.marks if other.first >= mark.last):
        return []  # "from 81bp at the peak a year ago": of a day that is not told
    if base is None and scene.part.led_by(mark) != "from":
        base = Base("previous")
    told = {"quantity": quantity_of(scene, mark)}
    if base is not None and base.kind == "period" and base.period is not None:
        return [scene.draft(Predicate.LEVEL, mark, period=base.period, **told)]
    if base is not None and base.kind in _DATED_BACK:
        return [scene.draft(Predicate.LEVEL, mark, base=base, period=now, **told)]
    return []


def _opens_back(scene: Scene) -> bool:
    """As in "A year ago, Chile held $5bn": what it stood at then, where nothing moved since."""
    whens, tokens = scene.part.all("when"), scene.part.sentence.tokens
    if len(whens) != 1 or len(scene.part.all("amount")) != 1 or not _stood_then(scene):
        return False
    return whens[0].first == scene.part.first and tokens[whens[0].last - 1].word in BACK


_NO_LEVELS = {"difference", "from", "share", "rate"}
"""Roles of amounts that nothing stands at."""


def _listed(scene: Scene, mark: Mark, turn: dict[str, Any]) -> list[Draft]:
    """One of several amounts told in step with several subjects, maturities or times."""
    if not turn or ("subject" not in turn and role(scene, mark) in _NO_LEVELS):
        scene.leave(mark)
        return []
    told = {"period": next(iter(scene.timing.periods), None), **turn}
    return [scene.draft(Predicate.LEVEL, mark, quantity=quantity_of(scene, mark), **told)]


def _summit(scene: Scene, mark: Mark, told: dict[str, Any]) -> list[Draft]:
    """As in "down from its March high of 31": what the highest of March was."""
    if not told:
        scene.leave(mark)
        return []
    return [scene.draft(Predicate.LEVEL, mark, quantity=quantity_of(scene, mark), **told)]


def read_levels(scene: Scene) -> list[Draft]:
    """What is left of amounts that the measure can stand at."""
    if scene.is_flow:
        return []
    out = []
    several_amounts = len(scene.free("amount")) > 1
    several = len(scene.topic.subjects) > 1 and several_amounts
    turns = in_turn(scene)
    for mark in scene.free("amount"):
        if not fits(scene, mark):
            continue
        if mark.first in turns:
            out += _listed(scene, mark, turns[mark.first])
            continue
        told_summit = summit(scene, mark)
        if told_summit is not None:
            out += _summit(scene, mark, told_summit)
            continue
        if _of_average(scene, mark):
            scene.leave(mark)
            continue
        told = role(scene, mark)
        if told == "difference" and scene.topic.measure == "yield_spread":
            out.append(_apart(scene, mark))
            continue
        former = told == "from" or _opens_back(scene)
        if former and (before := _before(scene, mark)):
            out += before
            continue
        if told in _NO_LEVELS or _whole_of_share(scene, mark):
            scene.leave(mark)
            continue
        if told == "size" and not _in_points(scene, mark) and scene.topic.measure not in POSITIONS:
            continue
        periods: tuple[Period | None, ...] = scene.timing.periods or (None,)
        if scene.timing.span and scene.timing.periods:
            end = scene.timing.periods[0].end
            periods = (Period.month(end.year, end.month),)
        if len(periods) > 1 and several_amounts:
            periods = (_when(scene, mark),)
        beside = _named_beside(scene, mark)
        if beside and any(
            "move" in m.kinds or "flow" in m.kinds for m in scene.part.sentence.marks
        ):
            # "rose by $140bn, outpacing Japan's $124bn": a change or a level of another
            scene.leave(mark)
            continue
        whose = beside or (_whose(scene, mark) if several else "")
        owner = {"subject": whose} if whose else {}
        if whose and scene.topic.subjects and whose != scene.topic.subjects[0]:
            out += _on_a_side(scene, whose, periods)
        out += [
            scene.draft(
                Predicate.LEVEL, mark, quantity=quantity_of(scene, mark), period=period, **owner
            )
            for period in periods
        ]
    return out
