"""Topics that no publisher's series states: what they are computed from is the judge's to know."""

from __future__ import annotations

import re

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.topics_rates import issuers_of
from saiken.claims.reading.topics_rates import named as named_pair

COUNTRY, PAIR = "country", "pair"
DERIVED = {
    "hedged_pick_up": COUNTRY,
    "hedged_yield": COUNTRY,
    "hedging_cost": COUNTRY,
    "carry_to_risk": PAIR,
    "realised_volatility": PAIR,
}
"""Measures that are named by themselves, and whose they are."""

UNSAID = {COUNTRY: "JP", PAIR: "USDJPY"}
"""Whose they are where nothing tells: the trade and the hedge that are talked of."""

SPANNED = {"hedged_pick_up", "hedged_yield", "realised_volatility"}
"""Those that are of a maturity or over a span, if the words name one."""

_NOTHING = Topic("", (), explicit=True)
_UNSURE = 0.6
_MORE_PAID = r"(?:(?P<better>more)|less|un)[ -]?(?:profitable|lucrative|attractive)"
PAID = re.compile(rf"\b{_MORE_PAID}\b", re.IGNORECASE)
BETTERED = re.compile(
    rf"\b(?:{_MORE_PAID}|(?P<improved>improv\w+|better)|worsen\w*|worse|deteriorat\w+)\b",
    re.IGNORECASE,
)
"""What is said of a return that goes up (a group has matched) or down."""

IMPROVED = {"carry_to_risk": PAID, "hedged_pick_up": BETTERED}
_PAYS = re.compile(rf"{PAID.pattern}|\bcarry[ -]to[ -]risk\b", re.IGNORECASE)
"""What is said of a carry trade that its pay for its risk can settle; of much else it cannot."""
_MADE = re.compile(r"\b(?:make|makes|making|made|would|could|might)\b", re.IGNORECASE)
_SHAPES = ("steep", "flatt")
_CURVE = ("2Y-10Y",)
"""The tenors that "the curve" means, as for an inverted one."""


def derived(clues: Clues) -> Topic | None:
    """The hedged pick-up, the cost of the hedge, the carry trade's pay for its risk, volatility."""
    named = [m.get("measure") for m in clues.part.all("measure") if m.get("measure") in DERIVED]
    if named and _MADE.search(clues.part.text):
        return _NOTHING  # "make the trade less profitable": a cause, of no day
    if not named or named[0] == "hedged_yield":
        return None
    if named[0] == "carry_to_risk" and not _PAYS.search(clues.part.text):
        return None
    if named[0] == "hedging_cost" and clues.papers and _YIELDS.search(clues.part.text):
        return None  # "after hedging costs, Treasuries yield less than JGBs"
    return _of(clues, named[0])


def _of(clues: Clues, measure: str) -> Topic:
    kind = DERIVED[measure]
    if measure == "realised_volatility":
        whose = _quoted(clues)
    else:
        whose = _funded(clues) if kind == PAIR else _investing(clues)
    tenors = clues.tenors if measure in SPANNED and len(clues.tenors) == 1 else ("",)
    if measure == "realised_volatility" and not whose:
        return _NOTHING  # of bitcoin, of stocks
    sure = 1.0 if whose else _UNSURE
    return Topic(measure, whose or (UNSAID[kind],), tenors, explicit=True, sure=sure)


_COSTS = phrase(
    "hedge", r"\bcosts?\b[^.;]{0,60}\bto hedge\b (?:\w+ ){0,2}(?:dollars?|currency|treasur)"
)
_YIELDS = re.compile(
    r"\b(?:yield|pay|earn|return|offer)(?:s|ed|ing)?\b|\breturns?\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"(?<![-\w])(?:(?:fx|currency|yen|fully)[- ])?hedged(?! (?:less|more|fewer|about|around|only|their|its)\b)\b"
    r"|\b(?:after|net of|including|less|minus|allowing for)(?: the)?(?: costs? of)?(?: fx| currency| dollar)?[ -]hedg(?:e|es|ing)\b"
    r"|\bwho hedges?\b|\bhedg(?:e|ing) (?:costs? )?(?:included|deducted)\b",
    re.IGNORECASE,
)
_HEDGERS = ("investor", "holder", "place")


def says_hedged(part: Part) -> bool:
    """Whether a clause, or what stands before it in its sentence, tells of a hedged return:
    "hedged Treasuries", "after hedging costs"; not of who hedged how much, nor "unhedged".
    """
    if "hedg" not in part.sentence.lower or "unhedged" in part.words:
        return False
    for found in _HEDGED.finditer(part.sentence.text, 0, part.end):
        here = found.start() >= part.start
        word = found[0].lower()
        if word == "hedged" and any(_hedges(mark, found.start()) for mark in part.sentence.marks):
            continue  # "life insurers hedged 40 % of them"
        if here or word != "hedged":
            return True
    return False


def _hedges(mark: Mark, at: int) -> bool:
    return 0 < at - mark.end <= 1 and any(kind in mark.kinds for kind in _HEDGERS)


def hedged(clues: Clues) -> Topic | None:
    """A Treasury's yield after the cost of hedging, and what it is above the bond at home."""
    if _COSTS.search(clues.part):
        return _NOTHING if _MADE.search(clues.part.text) else _of(clues, "hedging_cost")
    if not says_hedged(clues.part):
        return None
    papers = set(clues.issuers) | {m.get("paper") for m in clues.part.all("paper")} - {""}
    tenors = {tenor for tenor in clues.tenors if "-" not in tenor}
    named = clues.has("measure", "hedged_yield")
    american = named or "US" in papers or "US" in clues.places or "treasur" in clues.part.lower
    if not american and not _YIELDS.search(clues.part.text) and not papers:
        return None
    if not american or len(tenors) > 1 or papers - {"US", "JP", "GB", "foreign"}:
        return _NOTHING
    home = tuple(code for code in ("JP", "GB") if code in papers) or _investing(clues)
    against = clues.has("compare", "than") or BETTERED.search(clues.part.text)
    measure = "hedged_pick_up" if against or len(papers) > 1 else "hedged_yield"
    return Topic(measure, home or (UNSAID[COUNTRY],), tuple(tenors) or ("",), explicit=True)


def curve(clues: Clues) -> Topic | None:
    """A government's curve that steepens or flattens, where no tenor is named: ten less two years."""
    shape = [mark for mark in clues.part.all("move") if mark.word.startswith(_SHAPES)]
    if not shape or clues.tenors or "curve" not in clues.part.lower:
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


def _quoted(clues: Clues) -> tuple[str, ...]:
    """The pair that is named, or of the currency that is."""
    marks = (*clues.part.all("pair"), *clues.part.all("currency"))
    topics = [topic for mark in marks if (topic := named_pair(mark)) is not None]
    return topics[0].subjects if topics else ()
