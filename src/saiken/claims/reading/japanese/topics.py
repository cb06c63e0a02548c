"""What a Japanese clause is about: the measure of the catalog, whose it is, which maturities."""

from __future__ import annotations

from collections.abc import Callable

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese import topics_money as money
from saiken.claims.reading.japanese import topics_rates as rates
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import Clues, Context, gather

_RULES: tuple[Callable[[Clues], Topic | None], ...] = (
    rates.derived, rates.thing, money.custody, money.positioning, money.intervention, rates.ratio, money.public_debt, money.reserves, rates.policy, rates.spread, rates.exchange, rates.yields, money.abroad, money.inbound, money.treasuries,
)  # fmt: skip
"""One rule for each measure, the most particular first. The first that speaks is believed."""


def topic_of(clause: Clause, before: Topic, ctx: Context, *, own: bool) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named or in force."""
    clues = gather(clause, before, ctx, own=own)
    if clues.has("firm") or (clues.has("none") and not clues.papers):
        return Topic()
    for rule in _RULES:
        found = rule(clues)
        if found is not None:
            return found if found.subjects else Topic()
    return Topic()
