"""A clause made ready for the predicates: its topic, its times, and the role of each amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.timing import Timing

RATES = {"government_yield", "yield_spread", "debt_ratio", "exchange_rate", "yield_gap"}
FLOWS = {
    "treasury_net_purchases", "foreign_bond_flows", "foreign_equity_flows", "inbound_bond_flows", "inbound_equity_flows",
    "fx_intervention", "capital_flows", "domestic_bond_flows",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: a predicate and the fields of `Claim` that it settles.

    `start`, `end` are characters of the sentence.
    """

    predicate: Predicate
    start: int
    end: int
    fields: dict[str, Any]


@dataclass(slots=True)
class Scene:
    """`used` are the marks that a predicate has accounted for."""

    part: Part
    topic: Topic
    timing: Timing
    ctx: Context
    verb: str = ""
    """`up`, `down`, `buy`, `sell` where an earlier clause of the sentence said so."""
    used: set[int] = field(default_factory=set)

    def free(self, kind: str, *values: str) -> list[Mark]:
        return [
            mark
            for mark in self.part.marks
            if kind in mark.kinds
            and mark.first not in self.used
            and (not values or mark.kinds[kind] in values)
        ]

    def use(self, *marks: Mark | None) -> None:
        self.used.update(mark.first for mark in marks if mark is not None)

    @property
    def is_flow(self) -> bool:
        return self.topic.measure in FLOWS

    def draft(self, predicate: Predicate, *marks: Mark, **fields: Any) -> Draft:
        """A draft that spans the clause; `marks` are used up by it."""
        self.use(*marks)
        return Draft(predicate, self.part.start, self.part.end, fields)


def amount(mark: Mark) -> Amount:
    """The amount of a mark of kind `amount`."""
    if not isinstance(mark.item, Amount):
        msg = f"not an amount: {mark.word!r}"
        raise TypeError(msg)
    return mark.item


_SIZE_NOUNS_AFTER = 2


def role(scene: Scene, mark: Mark) -> str:
    """What an amount is to its verb: `size` of a change or flow, `level`, `from`, `line` (a threshold),
    `share`, `difference` ("$5bn more than"), or `` where nothing tells."""
    part, item = scene.part, amount(mark)
    before = part.word_before(mark)
    following = part.after(mark, 1)
    leading = part.ahead(mark, 2)
    next_word = _word_after(part, mark)
    if next_word in {
        "more",
        "higher",
        "lower",
        "less",
        "fewer",
        "ahead",
        "behind",
        "short",
    } and item.kind not in {"share"}:
        return "difference"
    if next_word in {"below", "above", "under", "over"}:
        return "difference"
    if item.hedge_word in {"above", "below", "under", "beneath", "north of", "south of"} or (
        item.hedge_word in {"over", "more than", "less than"}
        and leading is not None
        and ("cross" in leading.kinds)
    ):
        return "size" if before == "by" else "line"
    if leading is not None and "cross" in leading.kinds and leading.last >= mark.first - 4:
        return "line"
    if item.kind in {"share"} or (item.kind == "percent" and not item.gdp):
        if next_word == "of" and before not in {"by", "at", "to"} and item.kind != "multiple":
            return "share"
    if before in {"by", "another", "further"}:
        return "size"
    if before == "from":
        return "from"
    if before == "to":
        return "level"
    if item.kind in {"bp", "pp"} and scene.topic.measure not in {
        "yield_spread",
        "credit_spread",
        "yield_gap",
    }:
        return "size"
    if (
        following is not None
        and following.first - mark.last <= 1
        and "move" in following.kinds
        and following.get("move") != "flat"
    ):
        if _is_noun(part, following) or next_word in {"net"}:
            return "size"
    if (
        following is not None
        and following.first == mark.last
        and "flow" in following.kinds
        and _is_noun(part, following)
    ):
        return "size"
    if before in {
        "at",
        "of",
        "is",
        "was",
        "are",
        "were",
        "stood",
        "stands",
        "near",
        "yield",
        "yields",
        "hit",
        "reached",
        "averaged",
        "closed",
    }:
        return _of_what(scene, mark, before)
    if (
        leading is not None
        and "move" in leading.kinds
        and leading.get("move") != "flat"
        and leading.last >= mark.first - 3
    ):
        return "size"
    if leading is not None and ("flow" in leading.kinds or "net" in leading.kinds):
        return "size"
    if item.signed:
        return "size"
    return ""


def _of_what(scene: Scene, mark: Mark, before: str) -> str:
    """ "a rise of $5bn" is a size, "a high of 4.3 %" and "holdings of $5bn" are levels."""
    if before != "of":
        return "level"
    nouns = [m for m in scene.part.marks if m.last <= mark.first and m.last >= mark.first - 4]
    for noun in reversed(nouns):
        if "extreme" in noun.kinds and "move" not in noun.kinds:
            return "level"
        if "net" in noun.kinds or "flow" in noun.kinds:
            return "size"
        if "move" in noun.kinds:
            return "size"
        if "noun" in noun.kinds:
            return "level"
    return "level"


_DETERMINERS = {"a", "an", "the", "its", "their", "s", "this", "that", "another", "whole"}


def _is_noun(part: Part, mark: Mark) -> bool:
    """Whether "drop", "rise" or "cut" is the noun: no object follows directly."""
    word = mark.word
    if word in {"up", "down", "higher", "lower"}:
        return False
    return not word.endswith("ing") or word in {"selling", "buying"}


def _word_after(part: Part, mark: Mark) -> str:
    tokens = part.sentence.tokens
    for token in tokens[mark.last : mark.last + 1]:
        if token.start < part.end:
            return token.word
    return ""
