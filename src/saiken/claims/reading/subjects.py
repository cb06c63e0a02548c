"""What a clause is about: the measure of the catalog, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from saiken.claims.reading import topics_derived
from saiken.claims.reading import topics_money as money
from saiken.claims.reading import topics_narrow as narrow
from saiken.claims.reading import topics_official as official
from saiken.claims.reading import topics_prices as bonds
from saiken.claims.reading import topics_rates as rates
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import Clues, gather
from saiken.claims.reading.context import Context, Topic
from saiken.publishers import catalog


def _users_own(clues: Clues) -> Topic | None:
    """A series of the user's own, which is named and has one subject: whose it is, or itself."""
    for mark in clues.part.all("measure"):
        measure = mark.get("measure")
        if measure.startswith(catalog.USERS):
            return Topic(measure, (catalog.load().measures[measure].subject,), explicit=True)
    return None


_RULES: tuple[Callable[[Clues], Topic | None], ...] = (
    _users_own,
    narrow.company, narrow.narrower, narrow.gross_positions, narrow.parts_of_reserves, bonds.prices,
    topics_derived.derived, topics_derived.curve, rates.thing, official.policy, official.custody, official.fed_holdings, official.positioning, official.intervention,
    rates.ratio, official.reserves, official.public_debt,
    money.other_assets, money.sovereigns, money.abroad, money.inbound, rates.spread, rates.exchange, rates.yields, money.capital, money.treasuries,
)  # fmt: skip
"""One rule for each measure, the most particular first. The first that speaks is believed."""


def topic_of(part: Part, before: Topic, ctx: Context, *, own: bool = False) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named or in force.

    `before` is the topic of the clause before it in the same sentence (`own`), or the one that
    the sentences before have left in force.
    """
    clues = gather(part, before, ctx, own=own)
    for rule in _RULES:
        found = rule(clues)
        if found is not None:
            return found
    if not clues.goes_on or clues.papers or part.has("thing") or part.has("noun"):
        return Topic()
    subjects = tuple(code for code in clues.codes if code != "US")
    return replace(before, subjects=subjects or before.subjects, explicit=False)
