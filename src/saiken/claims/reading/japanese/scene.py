"""A Japanese clause made ready for the predicates, and what its amounts can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import FLOWS, RATED, Context
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.roles import Role, Told, roles_of
from saiken.claims.reading.japanese.timing import Timing
from saiken.terms.quantity import Quantity

MOVE = {"up": 1, "down": -1, "flat": 0}

HOLDINGS = {"treasury_holdings", "treasury_net_purchases", "jgb_holders"}

_UNITS = {
    "government_yield": {"%"}, "yield_spread": {"bp", "pp", "%"}, "yield_gap": {"bp", "pp", "%"}, "debt_ratio": {"%"}, "policy_rate": {"%"},
    "yen_positioning": {"contracts", ""}, "volatility_index": {"", "pp"}, "stress_index": {"", "pp"}, "credit_spread": {"bp", "pp", "%"},
    "hedged_pick_up": {"bp", "pp", "%"}, "hedged_yield": {"%"}, "hedging_cost": {"%"}, "realised_volatility": {"%", ""}, "carry_to_risk": {""}, "crypto_price": {"USD"}, "equity_index": {"", "JPY", "USD", "pp"}, "auction": {"x"},
}  # fmt: skip

Draft = tuple[Predicate, dict[str, Any]]


def draft(predicate: Predicate, **fields: Any) -> Draft:
    """A claim in the making: its predicate and the fields of `Claim` that the clause settles."""
    return predicate, fields


@dataclass(slots=True)
class Scene:
    """A clause made ready. `verb` is +1 bought or -1 sold where an earlier clause said so."""

    clause: Clause
    topic: Topic
    timing: Timing
    ctx: Context
    verb: int = 0
    before: int = 0
    """The side on which the sentence before told the same flow or position to be."""
    told: list[Told] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    """Those of the used amounts that give no claim and are told as unread."""
    unsaid: list[Mark] = field(default_factory=list)
    """What else of the clause gives no claim."""

    @property
    def unread(self) -> list[Mark]:
        """The amounts, and what else, that no predicate has made a claim of."""
        amounts = (told.mark for told in self.told)
        left = [m for m in amounts if m.start not in self.used or m.start in self.left]
        return left + self.unsaid

    def tenor_of(self, mark: Mark) -> str:
        """The maturity that an amount stands with, where each has its own: 30年債は4.1%、40年債は4.2%."""
        if self.topic.measure != "government_yield" or len(self.topic.tenors) < 2:
            return ""
        marks = [m for m in self.clause.marks if "tenor" in m.kinds or "amount" in m.kinds]
        after = {m.start: before for before, m in pairwise(marks) if "amount" in m.kinds}
        if not all("tenor" in before.kinds for before in after.values()):
            return ""
        own = after[mark.start].get("tenor") if len(after) > 1 and mark.start in after else ""
        return own if own in self.topic.tenors else ""

    @property
    def flowing(self) -> bool:
        return self.topic.measure in FLOWS

    @property
    def side(self) -> int:
        """+1 where the clause speaks of purchases, -1 of sales, 0 of neither."""
        for kind in ("net", "flow"):
            for mark in reversed(self.clause.all(kind)):  # 買い越しから売り越しに転じた
                return 1 if mark.get(kind) == "buy" else -1
        if self.topic.measure == "fx_intervention":
            return _intervention_side(self.clause) or self.verb
        return self.verb

    @property
    def short(self) -> bool:
        """Whether a position is told as one of sales: 円売り越し, 円売り持ち, ショート."""
        if self.side or self.clause.has("sign"):
            return self.side < 0 or self.clause.has("sign", "negative")
        return self.before < 0

    def signed(self, sign: int) -> int:
        """A move of the words as a move of the figures: a smaller short is a higher position."""
        turned = self.topic.inverse or (self.topic.measure == "yen_positioning" and self.short)
        return -sign if turned else sign


def scene_of(clause: Clause, topic: Topic, timing: Timing, ctx: Context, verb: int) -> Scene:
    """The scene of a clause, the roles of its amounts settled."""
    scene = Scene(clause, topic, timing, ctx, verb)
    trades = clause.has("net") or clause.has("flow")
    flowing = scene.flowing or (
        topic.measure in {"treasury_holdings", "gold_reserves"}
        and trades
        and not clause.has("hold")
    )
    scene.told = roles_of(
        clause,
        flowing=flowing and topic.measure != "yen_positioning",
        rated=topic.measure in RATED,
    )
    return scene


def _intervention_side(clause: Clause) -> int:
    text = clause.text
    if re.search(r"円買い|ドル売り", text):
        return 1
    return -1 if re.search(r"円売り|ドル買い", text) else 0


def free(scene: Scene, *roles: Role) -> Iterator[Told]:
    """The amounts in one of these roles that nothing has used up yet."""
    for told in scene.told:
        if told.role in roles and told.mark.start not in scene.used:
            yield told


def worth_of(scene: Scene, mark: Mark) -> int:
    """+1 where 円安 and the like make the pair rise."""
    told = mark.get("worth")
    pair = scene.topic.subjects[0] if scene.topic.subjects else "USDJPY"
    sign = 1 if told[3] == "+" else -1
    return sign if pair.startswith(told[:3]) else -sign


def quantity_of(scene: Scene, amount: Amount) -> Quantity:
    """The amount as a level of the measure: prices without a currency, short positions negative."""
    quantity, measure = amount.quantity, scene.topic.measure
    if measure == "exchange_rate":
        quantity = replace(quantity, unit="")
        if amount.hedge in {"about", "scale"}:
            wide = min(quantity.high - quantity.value, abs(quantity.value) * 0.01)
            quantity = replace(quantity, low=quantity.value - wide, high=quantity.value + wide)
        elif amount.hedge == "band" and amount.unit >= 1:  # 150円台 is 150.00 to 150.99
            quantity = replace(quantity, value=quantity.low + 0.5, high=quantity.low + 1)
    elif measure == "yen_positioning":
        quantity = replace(quantity, unit=quantity.unit or "contracts")
        if scene.short and quantity.value > 0:
            quantity = quantity.negated()
    elif measure in {"equity_index", "volatility_index", "stress_index"}:
        quantity = replace(quantity, unit="")
    return quantity


def fits(scene: Scene, amount: Amount) -> bool:
    """Whether an amount can be a level of the clause's measure."""
    measure = scene.topic.measure
    if measure == "exchange_rate":
        pair = scene.topic.subjects[0]
        named = amount.kind == "money" and amount.quantity.unit == pair[3:]
        return named or (amount.kind == "plain" and 0 < amount.quantity.value < 1e5)
    units = _UNITS.get(measure)
    if units is None:
        return amount.kind == "money"
    return amount.kind not in {"share", "multiple"} and amount.quantity.unit in units
