"""Topics that no publisher's series states: what they are computed from is the judge's to know."""

from __future__ import annotations

import re

from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic
from saiken.claims.reading.topics_rates import issuers_of

COUNTRY, PAIR = "country", "pair"
DERIVED = {"hedged_pick_up": COUNTRY, "hedging_cost": COUNTRY, "carry_to_risk": PAIR}
"""Measures that are named by themselves, and whose they are."""

UNSAID = {COUNTRY: "JP", PAIR: "USDJPY"}
"""Whose they are where nothing tells: the trade and the hedge that are talked of."""

_UNSURE = 0.6
PAID = re.compile(r"\b(more|less|un)[ -]?(?:profitable|lucrative|attractive)\b", re.IGNORECASE)
PAYS = re.compile(rf"{PAID.pattern}|\bcarry[ -]to[ -]risk\b", re.IGNORECASE)
"""What is said of a carry trade that its pay for its risk can settle; of much else it cannot."""
_MADE = re.compile(r"\b(?:make|makes|making|made|would|could|might)\b", re.IGNORECASE)
_SHAPES = ("steep", "flatt")
_CURVE = ("2Y-10Y",)
"""The tenors that "the curve" means, as for an inverted one."""


def derived(clues: Clues) -> Topic | None:
    """The hedged pick-up, the cost of the hedge, the carry trade's pay for its risk."""
    named = [m.get("measure") for m in clues.part.all("measure") if m.get("measure") in DERIVED]
    if named and _MADE.search(clues.part.text):
        return Topic("", (), explicit=True)  # "make the trade less profitable": a cause, of no day
    if not named or (named[0] == "carry_to_risk" and not PAYS.search(clues.part.text)):
        return None
    kind = DERIVED[named[0]]
    whose = _funded(clues) if kind == PAIR else _investing(clues)
    return Topic(named[0], whose or (UNSAID[kind],), explicit=True, sure=1.0 if whose else _UNSURE)


def curve(clues: Clues) -> Topic | None:
    """A government's curve that steepens or flattens, where no tenor is named: ten less two years."""
    shape = [mark for mark in clues.part.all("move") if mark.word.startswith(_SHAPES)]
    if not shape or clues.tenors or "curve" not in clues.part.text.lower():
        return None
    issuers = issuers_of(clues)
    return Topic(
        "yield_spread", issuers or ("US",), _CURVE, explicit=True, sure=1.0 if issuers else _UNSURE
    )


def _investing(clues: Clues) -> tuple[str, ...]:
    """Whose investors hedge; America is where they invest."""
    return tuple(code for code in clues.places if code != "US")


def _funded(clues: Clues) -> tuple[str, ...]:
    currencies = dict.fromkeys(mark.get("currency") for mark in clues.part.all("currency"))
    return tuple(f"USD{code}" for code in currencies if code != "USD")
