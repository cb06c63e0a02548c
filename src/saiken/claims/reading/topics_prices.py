"""Prices of bonds, told as the yields that they imply: a bond that rises yields less.

Only which way is read, never how far: the size of a price's move depends on the bond.
"""

from __future__ import annotations

import re

from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.topics_rates import issuers_of, sureness

_PRICES = {"price", "prices"}
_WENT = re.compile(
    r"(?:rall|slid|slump|tumbl|gain|advanc|climb|fall|fell|drop|plung|surg|jump|ris|rose|soar|retreat|slip|sink|sank|sunk|crash|crater|collaps|plummet"
    r"|rebound|recover|declin|weaken|strengthen|firm|eas|tank|swoon|nosediv|dip|bounc|leap|spik|up$|down$|higher$|lower$)",
)
"""Verbs that markets are told with and that need no object; "cut", "added" tell what somebody did."""
_SOLD_OFF = re.compile(r"\b(?:sold|sells?|selling) off\b(?! (?:\w+ ){0,2}(?:\$|£|¥|€|bonds?|treasur|gilts?|jgbs?|bunds?|holdings|debt))", re.IGNORECASE)  # fmt: skip
_MEASURED = frozenset(
    ("thing", "pair", "currency", "narrow", "company", "holder", "hold", "net", "investor")
)
_AS_A_RULE = phrase(
    "day session week month when whenever always usually tend tends inversely",
    r"\bfor an? \w+ (?:\w+ )?(?:day|session|week|month)\b|\b(?:when|whenever|always|usually|tend|tends|inversely)\b",
)
"""As in "bond prices fall when yields rise", how it is at all times; or a count of days, which a
direction alone would leave unchecked."""
_BETWEEN = frozenset(("stance", "hedge", "state", "glue"))
_CLOSE = 4
"""How many tokens at most stand between the bonds and their verb: "JGBs have not since rallied"."""
_HELD = ("treasury_", "jgb_", "inbound_", "foreign_", "sovereign_")
"""How the measures of who holds and buys bonds begin."""
_OF_ANOTHER = {
    "for", "of", "in", "on", "from", "against", "by", "with", "than", "into", "at", "through", "to", "between", "under", "over", "per", "via", "non",
}  # fmt: skip
"""Words after which bonds are not what the verb is of."""
_OWNERS = {"its", "their", "his", "her", "our", "whose"}


def prices(clues: Clues) -> Topic | None:
    """As in "Treasury prices climbed", "JGBs rallied", "gilts sold off"."""
    before = clues.before
    if before.price and clues.goes_on and clues.own and not clues.units and _bare(clues):
        return before
    bonds = [mark for mark in clues.papers if mark.get("class") == "bond"]
    if not bonds or len(bonds) != len(clues.papers) or not _MEASURED.isdisjoint(clues.part.kinds):
        return None
    if any(mark.get("term") == "short" for mark in bonds):
        return None  # bills do not go with the yields of bonds
    if clues.any("extreme", "record", "streak", "sign") or _AS_A_RULE.search(clues.part.sentence):
        return None
    if clues.places or clues.units:  # a size is one of prices, which no series of ours states
        return None
    if not _ELSE.isdisjoint(clues.nouns) or not (
        _priced(clues, bonds[0]) or _traded(clues, bonds[0])
    ):
        return None
    issuers = issuers_of(clues)
    tenors = clues.tenors or _told_beside(clues)
    return Topic(
        "government_yield", issuers or ("US",), tenors, inverse=True, price=True, explicit=True,
        sure=sureness(clues, issuers),
    )  # fmt: skip


_ELSE = frozenset(("holdings", "yield", "rates", "spread", "table3", "custody", "reserves", "positioning", "debt_ratio", "public_debt"))  # fmt: skip


def _bare(clues: Clues) -> bool:
    """Whether the clause names nothing else that could have moved: "and fell again in August"."""
    named = clues.any("noun", "paper", "place", "tenor", *_MEASURED)
    return clues.any("move") and not named


def _told_beside(clues: Clues) -> tuple[str, ...]:
    """The one maturity that the sentence names, else none: any may be meant."""
    beside = [tenor for tenor in clues.elsewhere("tenor") if "-" not in tenor]
    return (beside[0],) if len(beside) == 1 else ("",)


def _priced(clues: Clues, bond: Mark) -> bool:
    """Whether the words name the price: "Treasury prices", "the price of gilts"."""
    tokens = clues.part.sentence.tokens
    after = tokens[bond.last].word if bond.last < len(tokens) else ""
    lead = [token.word for token in tokens[max(0, bond.first - 4) : bond.first]]
    of = "of" in lead and not _PRICES.isdisjoint(lead)
    return clues.any("move") and not clues.trades and (after in _PRICES or of)


def _traded(clues: Clues, bond: Mark) -> bool:
    """Whether the bonds themselves went up or down, with nobody named whose they are."""
    part, tokens = clues.part, clues.part.sentence.tokens
    if clues.before.measure.startswith(_HELD) and clues.goes_on and not clues.own:
        return False  # where holdings are the topic, "Treasuries fell" may be of them
    lead = tokens[bond.first - 1] if bond.first > part.first else None
    if lead is not None and (lead.owner or lead.word in _OWNERS or lead.word in _OF_ANOTHER):
        return False  # "demand for Treasuries fell"
    if any(mark.last <= bond.first for mark in (*part.all("move"), *part.all("flow"))):
        return False  # somebody "raised Treasuries"
    if _SOLD_OFF.search(part.text):
        return True
    after = [m for m in part.marks if m.first >= bond.last and not _BETWEEN.issuperset(m.kinds)]
    if clues.trades or not after or after[0].first - bond.last > _CLOSE:
        return False
    return after[0].get("move") in {"up", "down"} and bool(_WENT.match(after[0].word))


def sell_off(topic: Topic, text: str) -> int:
    """-1 where bonds "sold off", which is told with a verb of selling but nobody sells; else 0."""
    return -1 if topic.price and _SOLD_OFF.search(text) else 0
