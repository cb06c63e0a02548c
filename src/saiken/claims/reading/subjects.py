"""What a clause is about: the measure of the catalog, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from saiken.claims.reading import topics_derived, topics_treasuries
from saiken.claims.reading import topics_money as money
from saiken.claims.reading import topics_narrow as narrow
from saiken.claims.reading import topics_official as official
from saiken.claims.reading import topics_prices as bonds
from saiken.claims.reading import topics_rates as rates
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import Clues, gather
from saiken.claims.reading.context import Context, Topic
from saiken.terms.immutable import immutable


@immutable()
class Rule:
    """A way to find a topic. It can speak only where the clause has a mark of one of `kinds` or one
    of `nouns`, or where one of `measures` is in force.
    """

    speak: Callable[[Clues], Topic | None]
    kinds: frozenset[str]
    nouns: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()


def _rule(
    speak: Callable[[Clues], Topic | None], kinds: str, *, nouns: str = "", measures: str = ""
) -> Rule:
    return Rule(speak, *(frozenset(names.split()) for names in (kinds, nouns, measures)))


RULES = (
    _rule(narrow.company, "company"),
    _rule(narrow.narrower, "narrow", measures="breakeven_inflation"),
    _rule(narrow.gross_positions, "amount currency", nouns="positioning"),
    _rule(narrow.gross_trades, "scope"),
    _rule(narrow.parts_of_reserves, "", nouns="reserves", measures="reserves reserve_parts foreign_currency_reserves gold_reserves"),
    _rule(bonds.prices, "paper", measures="government_yield"),
    _rule(topics_derived.derived, "measure"),
    _rule(topics_derived.hedged, "paper noun tenor place measure"),
    _rule(topics_derived.curve, "move"),
    _rule(rates.thing, "thing"),
    _rule(official.policy, "measure", measures="policy_rate"),
    _rule(official.custody, "measure holder", nouns="custody"),
    _rule(official.fed_holdings, "measure hold", nouns="holdings"),
    _rule(official.positioning, "amount", nouns="positioning"),
    _rule(official.intervention, "", nouns="intervention", measures="fx_intervention"),
    _rule(rates.ratio, "amount noun paper hold", measures="debt_ratio net_debt_ratio"),
    _rule(official.reserves, "", nouns="reserves fx_reserves"),
    _rule(official.public_debt, "paper", nouns="public_debt debt_ratio borrowing", measures="public_debt"),
    _rule(money.other_assets, "paper"),
    _rule(money.sovereigns, "paper"),
    _rule(money.abroad, "paper", measures="foreign_bond_flows foreign_equity_flows"),
    _rule(money.inbound, "paper net", measures="jgb_holders inbound_bond_flows inbound_equity_flows"),
    _rule(rates.spread, "tenor", nouns="spread", measures="yield_spread"),
    _rule(rates.exchange, "pair currency", measures="exchange_rate"),
    _rule(rates.yields, "noun tenor paper", measures="government_yield"),
    _rule(money.capital, "noun net flow"),
    _rule(topics_treasuries.treasuries, "paper noun rank place holder", measures="treasury_holdings treasury_net_purchases treasury_valuation"),
)  # fmt: skip
"""One rule for each measure, the most particular first. The first that speaks is believed."""


@lru_cache(maxsize=4096)
def able(kinds: frozenset[str], nouns: frozenset[str], measure: str) -> tuple[Rule, ...]:
    """The rules that can speak of a clause with marks of these kinds and with these nouns, while
    `measure` is in force.
    """
    return tuple(
        rule
        for rule in RULES
        if measure in rule.measures
        or not rule.kinds.isdisjoint(kinds)
        or not rule.nouns.isdisjoint(nouns)
    )


def topic_of(part: Part, before: Topic, ctx: Context, *, own: bool = False) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named or in force.

    `before` is the topic of the clause before it in the same sentence (`own`), or the one that
    the sentences before have left in force.
    """
    if ctx.owns:
        from saiken.claims.reading.own import topic  # noqa: PLC0415 - only where a user has some

        if (users := topic.topic(part, before)) is not None:
            return users
    clues = gather(part, before, ctx, own=own)
    for rule in able(frozenset(part.kinds), clues.nouns, before.measure):
        found = rule.speak(clues)
        if found is not None:
            return found
    if not clues.goes_on or clues.papers or "thing" in part.kinds or "noun" in part.kinds:
        return Topic()
    issued = before.measure == "government_yield"  # as in "below America's 4.7 %"
    subjects = tuple(code for code in clues.codes if issued or code != "US")
    return replace(before, subjects=subjects or before.subjects, explicit=False)
