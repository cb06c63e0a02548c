"""A clause made ready for the predicates: its topic, its times, and the role of each amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.clauses import FORMERLY, PAUSES, Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.lists import AGAINST, alike, runs, times_of
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.spans import When
from saiken.claims.reading.timing import Timing
from saiken.terms.immutable import immutable

RATES = {
    "government_yield",
    "yield_spread",
    "debt_ratio",
    "net_debt_ratio",
    "exchange_rate",
    "yield_gap",
    "breakeven_inflation",
    "policy_rate",
    "overnight_rate",
}
HOLDINGS = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation"}
TRADED = {*HOLDINGS, "gold_reserves"}
"""Stocks of which purchases and sales are told."""
POSITIONS = {"yen_positioning", "yen_gross_positioning"}
FLOWS = {
    "treasury_net_purchases", "foreign_bond_flows", "foreign_equity_flows", "inbound_bond_flows", "inbound_equity_flows",
    "fx_intervention", "capital_flows", "jgb_investor_flows", "treasury_bond_flows", "treasury_bill_flows", "us_securities_flows",
    "sovereign_bond_flows",
}  # fmt: skip


@immutable()
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
    """`used` are the marks that a predicate has accounted for, `left` those of them that give no
    claim and are to be told as unread.
    """

    part: Part
    topic: Topic
    timing: Timing
    ctx: Context
    verb: str = ""
    """`up`, `down`, `buy`, `sell` where an earlier clause of the sentence said so."""
    whole: Draft | None = None
    """The change, with its size, that the clause before told."""
    denied: bool = False
    """Whether the clause denies what it says."""
    roles: dict[int, str] = field(default_factory=dict)
    """The role of each amount that was asked for, by its first token."""
    used: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def free(self, kind: str, *values: str) -> list[Mark]:
        """The marks of a kind (with one of `values`) that no predicate has accounted for yet."""
        marks, used = self.part.kinds.get(kind), self.used
        found: list[Mark] = []
        if marks is not None:
            for mark in marks:  # a comprehension costs more than the loop over one or two
                if mark.first not in used and (not values or mark.kinds[kind] in values):
                    found.append(mark)  # noqa: PERF401
        return found

    def use(self, *marks: Mark | None) -> None:
        for mark in marks:
            if mark is not None:
                self.used.add(mark.first)

    def leave(self, *marks: Mark) -> None:
        """Account for marks of which no claim is made: what they say is told as unread."""
        self.use(*marks)
        self.left.update(mark.first for mark in marks)

    @property
    def unread(self) -> list[Mark]:
        """The amounts that no predicate has made a claim of."""
        return [
            mark
            for mark in self.part.all("amount")
            if mark.first not in self.used or mark.first in self.left
        ]

    @property
    def moved(self) -> int:
        """The direction of the change that the clause before told, 0 if it told none."""
        return (self.whole.fields["direction"] or 0) if self.whole is not None else 0

    @property
    def is_flow(self) -> bool:
        return self.topic.measure in FLOWS

    def draft(self, predicate: Predicate, *marks: Mark, **fields: Any) -> Draft:
        """A draft that spans the clause; `marks` are used up by it."""
        self.use(*marks)
        return Draft(predicate, self.part.start, self.part.end, fields)


def in_turn(scene: Scene) -> dict[int, dict[str, Any]]:
    """The amounts of a list, by `Mark.first`, with the field of the claim that each is told of: its
    subject, maturity or period, of which the clause names as many in the same order. A list that
    nothing is told in step with has no fields: no two amounts are one thing's at one time.
    """
    marks = scene.part.all("amount")
    found: dict[int, dict[str, Any]] = {}
    if len(marks) < 2:
        return found
    named: dict[str, tuple[Any, ...]] = {
        "subject": scene.topic.subjects,
        "tenor": scene.topic.tenors,
        "period": times_of(scene.part.all("when")),
    }
    if two := _two_against(scene, marks):
        return two
    for run in runs(marks, scene.part.sentence.tokens):
        if not alike(run):
            continue
        field_, values = next(
            (item for item in named.items() if len(item[1]) == len(run)), ("", run)
        )
        for mark, value in zip(run, values, strict=True):
            found[mark.first] = {field_: value} if field_ else {}
    return found


def _two_against(scene: Scene, marks: list[Mark]) -> dict[int, dict[str, Any]]:
    """As in "Japan out-owns China: $1.1tn vs $0.6tn": each amount of its own holder."""
    sentence = scene.part.sentence
    between = {token.word for token in sentence.tokens[marks[0].last : marks[-1].first]}
    places = (mark.get("place") for mark in sentence.all_of("place"))
    named = [code for code in dict.fromkeys(places) if code != "US"]
    if len(marks) != 2 or len(named) != 2 or not between or not between <= AGAINST:
        return {}
    return {mark.first: {"subject": code} for mark, code in zip(marks, named, strict=True)}


def turns_of(scene: Scene, marks: list[Mark]) -> list[tuple[Mark, dict[str, Any]]]:
    """`marks` with what each is told of by its place in a list; those of a list that nothing is
    told in step with are left unread.
    """
    turns = in_turn(scene)
    scene.leave(*(mark for mark in marks if turns.get(mark.first) == {}))
    return [(mark, turns.get(mark.first, {})) for mark in marks if turns.get(mark.first) != {}]


def amount(mark: Mark) -> Amount:
    """The amount of a mark of kind `amount`."""
    if not isinstance(mark.item, Amount):
        msg = f"not an amount: {mark.word!r}"
        raise TypeError(msg)
    return mark.item


DIFFERENCES = {
    **dict.fromkeys(("more", "higher", "ahead", "above", "over", "larger", "bigger", "greater"), 1),
    **dict.fromkeys(
        ("less", "lower", "fewer", "behind", "below", "under", "short", "shy", "smaller"), -1
    ),
}
"""The words of a difference from something else, with its sign."""
_LINE_ALWAYS = {
    "past",
    "above",
    "below",
    "under",
    "beneath",
    "north of",
    "south of",
    "well above",
    "well below",
    "just above",
    "just below",
}
_AT = {
    "at",
    "is",
    "was",
    "are",
    "were",
    "be",
    "stood",
    "stands",
    "near",
    "yield",
    "yields",
    "yielded",
    "hit",
    "hits",
    "reached",
    "averaged",
    "closed",
    "back",
}
_NOT_SIZED = {"yield_spread", "credit_spread", "yield_gap", "hedged_pick_up", "hedging_cost"}
_RATE_LINES = {
    "government_yield",
    "yield_spread",
    "exchange_rate",
    "volatility_index",
    "crypto_price",
    "yield_gap",
    "hedged_yield",
    "hedging_cost",
    "realised_volatility",
}


def role(scene: Scene, mark: Mark) -> str:
    """What an amount is to its verb: `size` of a change or flow, `level`, `from`, `line` (a
    threshold), `share`, `difference` ("$5bn more than"), or `` where nothing tells.
    """
    told = scene.roles.get(mark.first)
    if told is None:
        told = scene.roles[mark.first] = _role(scene, mark)
    return told


def _role(scene: Scene, mark: Mark) -> str:
    part, item = scene.part, amount(mark)
    before, leading, after = part.word_before(mark), part.ahead(mark, 2), _word_after(part, mark)
    sided = after == "short" and scene.topic.measure in POSITIONS  # "181,000 short": of that side
    differs = after in DIFFERENCES and item.kind != "share" and not sided
    if differs and not _over_a_time(part, mark, leading):
        return "difference"
    if _per_head(part, mark) and len(scene.topic.subjects) < 2:
        return "rate"
    if before not in {"by", "from"} and _is_line(scene, mark, leading):
        return "line"
    if _is_share(part, mark, before, after, leading):
        return "share"
    if before in {"by", "another", "further"} or (before in PAUSES and _how_far(part, mark)):
        return "size"
    if is_former(scene, mark):
        return "from"
    if before == "to":
        return "level"
    if item.kind in {"bp", "pp"} and scene.topic.measure not in _NOT_SIZED:
        return "size"
    if _sized_after(part, mark):
        return "size"
    if before == "of":
        return _of_what(scene, mark)
    if before in _AT:
        return "level"
    verb = leading is not None and (
        leading.get("move") in {"up", "down"} or "flow" in leading.kinds or "net" in leading.kinds
    )
    return "size" if verb or item.signed else ""


def _how_far(part: Part, mark: Mark) -> bool:
    """As in "fell in May, about $5bn, to $90bn": the first amount after a verb that went somewhere."""
    return mark is part.all("amount")[0] and part.has("move", "up", "down")


_PRIOR = {"prior", "prev", "previously", "previous", "before"}
_EXPECTED = {"expected", "est", "estimate", "estimates", "estimated", "forecast", "consensus", "exp", "survey"}  # fmt: skip


def is_former(scene: Scene, mark: Mark) -> bool:
    """As in "from 4.3 %", "4.2 % vs 4.3 % prior", "(prior 4.3 %)": what stood there before, where it
    is not what had been expected.
    """
    part = scene.part
    tokens = part.sentence.tokens
    around = {token.word for token in tokens[max(0, mark.first - 2) : mark.last + 2]}
    if not _EXPECTED.isdisjoint(around):
        return False
    dated = part.ahead(mark, 1)
    if dated is not None and "when" in dated.kinds and tokens[dated.last - 1].owner:
        return part.led_by(dated) in FORMERLY  # "from November's $9bn"
    before, after = part.led_by(mark), _word_after(part, mark)
    if before == "after" and _sized_after(part, mark):  # "after a $5bn jump"
        return False
    return before in FORMERLY or before in _PRIOR or after in _PRIOR or _dated_back(part, mark)


BACK = {"ago", "earlier", "before"}


def _dated_back(part: Part, mark: Mark) -> bool:
    """As in "($404bn a year ago)", "was $404bn a month earlier": what it was, where nothing moved."""
    when = part.after(mark, 0)
    if when is None or not isinstance(when.item, When) or when.first != mark.last:
        return False
    back = part.sentence.tokens[when.last - 1].word in BACK
    still = not ("move" in part.kinds or "flow" in part.kinds or "net" in part.kinds)
    return back and still and not amount(mark).signed


def _over_a_time(part: Part, mark: Mark, leading: Mark | None) -> bool:
    """As in "rose 40bp over the past year", "over 2025": while it happened, not what it exceeds.

    "$5bn over April's" exceeds, and so does "was 5bp over April", where nothing moves.
    """
    if _word_after(part, mark) != "over":
        return False
    tokens = part.sentence.tokens
    end = mark.last + 1
    while end < len(tokens) and tokens[end].word in _COURSE:  # "over the course of July"
        end += 1
    reach = max(end, mark.last + 3)
    if tokens[end : end + 1] and tokens[end].word == "same":  # "2.2 yen over the same month"
        return True
    time = next((when for when in part.all("when") if mark.last <= when.first <= reach), None)
    if time is None or not isinstance(time.item, When) or time.owner:
        return False
    if time.item.kind != "period":
        return time.item.edge != "ago"
    following = part.after(time, 0)
    if following is not None and ("noun" in following.kinds or "extreme" in following.kinds):
        return False
    moved = leading is not None and not {"move", "flow", "net", "multiple"}.isdisjoint(
        leading.kinds
    )
    return moved or part.has("move", "up", "down", "flat") or time.item.scope == "weekly"


_COURSE = {
    "the",
    "course",
    "whole",
    "full",
    "entire",
    "span",
    "month",
    "quarter",
    "year",
    "week",
    "of",
}
"""What may stand between "over" and the time over which something happened."""
_EACH = {"every", "each", "apiece"}
_HEADS = {"person", "head", "capita", "citizen", "household", "inhabitant", "resident", "taxpayer"}


def _per_head(part: Part, mark: Mark) -> bool:
    """As in "$9,000 for every man", "$300 a head": a size for each of something, not of the whole."""
    tokens = part.sentence.tokens
    words = [token.word for token in tokens[mark.last : mark.last + 3]]
    if words[:1] == ["for"]:
        words = words[1:]
    if words[:1] == ["per"] or words[:1] == ["a"]:
        return bool(_HEADS.intersection(words[1:2]))
    each = amount(mark).kind == "money" and bool(_EACH.intersection(words[:1]))
    return each and words[1:2] not in (["dollar"], ["yen"])


def _is_line(scene: Scene, mark: Mark, leading: Mark | None) -> bool:
    """Whether the amount is a line to be above or below."""
    item = amount(mark)
    if leading is not None and "cross" in leading.kinds:
        return True
    if item.hedge_word in _LINE_ALWAYS:
        return True
    sided = item.hedge in {"over", "under"}
    if sided and "first" in scene.part.kinds:
        return True
    if item.hedge_word in _COUNTING and _moved_directly(scene, mark, leading):
        return False
    return sided and scene.topic.measure in _RATE_LINES and item.kind not in {"bp", "pp"}


_COUNTING = {"more than", "less than", "greater than", "fewer than"}
"""Hedges of how much, where "over" and "above" may say where to."""


def _moved_directly(scene: Scene, mark: Mark, leading: Mark | None) -> bool:
    """As in "jumped more than 3 yen": how far, where "rose above 160" says where to."""
    if leading is None or leading.get("move") not in {"up", "down"}:
        return False
    return not scene.part.sentence.text[leading.end : amount(mark).lead].strip()


def _is_share(part: Part, mark: Mark, before: str, after: str, leading: Mark | None) -> bool:
    """As in "13 % of foreign holdings" is a share, "shed a third of its Treasuries" a change."""
    item = amount(mark)
    if (
        item.kind not in {"share", "percent"}
        or item.gdp
        or after != "of"
        or before in {"by", "at", "to"}
    ):
        return False
    tokens = part.sentence.tokens[mark.last + 1 : mark.last + 2]
    moved = leading is not None and (
        leading.get("move") in {"up", "down"} or "flow" in leading.kinds
    )
    return not (moved and tokens and tokens[0].word in {"its", "their", "his", "the", "those"})


def _sized_after(part: Part, mark: Mark) -> bool:
    """As in "a $17bn drop", "a 47 per cent decline", "¥2tn net sale"."""
    following = part.after(mark, 1)
    if following is None or not _is_noun(following):
        return False
    moved = following.get("move") in {"up", "down"} and following.first - mark.last <= 1
    traded = "net" in following.kinds or (
        "flow" in following.kinds and following.first == mark.last
    )
    return moved or traded


def _of_what(scene: Scene, mark: Mark) -> str:
    """As in "a rise of $5bn" is a size, "a high of 4.3 %" and "holdings of $5bn" are levels."""
    nearby = [m for m in scene.part.marks if mark.first - 4 <= m.last <= mark.first]
    words = {
        token.word for token in scene.part.sentence.tokens[max(0, mark.first - 3) : mark.first]
    }
    if words & {"swing", "move", "change", "shift", "jump", "sale", "purchase"}:
        return "size"
    for noun in reversed(nearby):
        if "extreme" in noun.kinds:
            return "level"
        if any(kind in noun.kinds for kind in ("net", "flow", "move")):
            return "size"
        if "noun" in noun.kinds:
            return "level"
    return "level"


_PAST = {"what", "peak", "level", "high", "top", "former", "previous"}


def of_past(part: Part, mark: Mark) -> bool:
    """As in "half of what it was", "a third of its 2013 peak": a fraction of itself, not of a whole."""
    after = [token.word for token in part.sentence.tokens[mark.last : mark.last + 7]]
    return "of" in after[:1] and not _PAST.isdisjoint(after)


def _is_noun(mark: Mark) -> bool:
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
