"""What a Japanese clause is about: the measure of the catalog, whose it is, which maturities."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese import topics_money as money
from saiken.claims.reading.japanese import topics_rates as rates
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import Clues, Context, gather, goes_on

_NAMED = re.compile(r"[\u4e00-\u9fff\u30a1-\u30fcA-Za-z]{2,}(?=[はがも])")


_GROSS = re.compile(r"(?:買い?付け?|購入|取得|処分)総額|グロス")
"""What was bought without what was sold: the flows that are published are net."""


def _goes_on(clues: Clues) -> Topic | None:
    """What the clause before in the sentence was about, where this one names nothing: 〜となり、過去最大を記録した."""
    measure, clause = clues.before.measure, clues.clause
    if not (clues.own and measure) or not goes_on(clues, measure):
        return None
    named = list(_NAMED.finditer(clause.text, clause.start, clause.end))
    known = all(
        any(k.start <= m.start() + 1 and m.end() <= k.end for k in clause.marks) for m in named
    )
    return replace(clues.before, explicit=False) if known else None


_RULES: tuple[Callable[[Clues], Topic | None], ...] = (
    rates.derived, rates.thing, money.custody, money.positioning, money.intervention, rates.ratio, money.public_debt, money.reserves, rates.policy, rates.spread, rates.exchange, rates.yields, money.abroad, money.inbound, money.treasuries, _goes_on,
)  # fmt: skip
"""One rule for each measure, the most particular first. The first that speaks is believed."""


def topic_of(clause: Clause, before: Topic, ctx: Context, *, own: bool) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named or in force."""
    clues = gather(clause, before, ctx, own=own)
    if clues.has("firm") or (clues.has("none") and not clues.papers):
        return Topic()
    if _GROSS.search(clause.words):
        return Topic()
    for rule in _RULES:
        found = rule(clues)
        if found is not None:
            return found if found.subjects else Topic()
    return Topic()
