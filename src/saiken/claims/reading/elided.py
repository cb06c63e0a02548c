"""What a clause leaves unsaid because the one before it said it, or that no claim holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.clauses import HEADS, Part
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates import compare
from saiken.claims.reading.predicates.scene import BACK, Draft

HEADLESS = frozenset((*HEADS, "extreme", "record", "rank", "compare"))
"""Marks of which a clause without a verb of its own has none."""
_NOT_OF_SALES = (HEADLESS - {"net"}) | {"noun"}
_OPENS = frozenset((":", "-", "("))
_GOES_ON = frozenset((",", "and"))
_CONTRASTING = frozenset(("while", "whereas"))
_SPELL = phrase(
    "days weeks months quarters years sessions",
    r"after (?:[\w-]+ ){1,4}(?:days|weeks|months|quarters|years|sessions) of\b",
)
_LEAD = phrase("lead advantage edge", r"\b(?:lead|advantage|edge) over\b")


def unclaimed(part: Part) -> bool:
    """Whether a clause tells what no claim holds: which of two went further, how the lead of one over
    another changed, or what went before ("after two months of selling"), up to a time not told.
    """
    if part.before == "after" and _SPELL.match(part):
        return True
    if part.before == ":" and part.first > 1 and _word(part, -2) in BACK:
        return True  # "A year ago: $5bn"
    return compare.of_moves(part) or ("move" in part.kinds and bool(_LEAD.search(part)))


def _word(part: Part, offset: int) -> str:
    return part.sentence.tokens[part.first + offset].word


def sizes_of_trades(part: Part, drafts: Sequence[Draft], *, listing: bool) -> bool:
    """As in "sold for two months: $5bn in May and $9bn in June", after a clause that told a trade
    without its size. `listing` tells that the clause before gave one of the sizes.
    """
    opened = part.before in _OPENS or (listing and part.before in _GOES_ON)
    return (
        opened
        and _NOT_OF_SALES.isdisjoint(part.kinds)
        and bool(drafts)
        and all(draft.predicate is Predicate.LEVEL for draft in drafts)
    )


def traded(draft: Draft, verb: str) -> Draft:
    """An amount as what was bought or, negative, sold."""
    sign = -1 if verb == "sell" else 1
    size = draft.fields["quantity"]
    told = {"quantity": size if sign > 0 else size.negated(), "direction": sign}
    return replace(draft, predicate=Predicate.FLOW, fields={**draft.fields, **told})


def again(part: Part) -> Base | None:
    """As in "down $8bn on the month and $9bn on the year": what the second change is measured from."""
    whens = part.all("when")
    kind = whens[0].get("when") if whens else ""
    joined = part.before in _GOES_ON and HEADLESS.isdisjoint(part.kinds)
    return Base(kind) if joined and kind in _FROM_THEN else None


_FROM_THEN = frozenset(("year_ago", "previous"))


def contrasted(part: Part, last: Draft) -> bool:
    """As in "down $9bn on the year in May, while Chile's rose $3bn": on the month or on the year."""
    base = last.fields.get("base")
    on_year = base is not None and base.kind == "year_ago" and last.fields.get("period") is not None
    joined = part.sentence.tokens[part.first].word in _CONTRASTING
    return on_year and joined and "when" not in part.kinds
