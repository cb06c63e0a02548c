"""Topics of official money: custody, reserves, intervention, public debt; and futures positions."""

from __future__ import annotations

import re

from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic
from saiken.claims.reading.phrases import phrase


def custody(clues: Clues) -> Topic | None:
    """What the Fed keeps for official accounts abroad: "held for central banks at the Fed"."""
    named = "custody" in clues.nouns or clues.has("measure", "fed_custody")
    kept = clues.holders == ("official",) and bool(clues.papers) and _AT_THE_FED.search(clues.part)
    return Topic("fed_custody", ("official",), explicit=True) if named or kept else None


_AT_THE_FED = phrase("fed", r"\b(?:at|with) the (?:(?:new york|ny) )?fed\b")


_THE_FED = re.compile(r"^\W*(?:[Tt]he )?(?:US |U\.S\. )?(?:Fed|Federal Reserve)(?:'s)?\b")


def fed_holdings(clues: Clues) -> Topic | None:
    """What the Federal Reserve owns itself: "The Fed's holdings of Treasuries fell"."""
    if clues.has("measure", "fed_holdings") and not clues.any("compare", "rank"):
        return Topic("fed_holdings", ("US",), explicit=True)
    if not ("hold" in clues.kinds or "holdings" in clues.nouns):
        return None
    ours = [mark for mark in clues.papers if mark.get("paper") == "US"]
    if not ours or clues.codes or not _THE_FED.match(clues.part.text):
        return None
    compared = clues.any("compare", "rank") or any(mark.get("term") for mark in ours)
    if compared or clues.trades or "custody" in clues.nouns:
        return None
    return Topic("fed_holdings", ("US",), explicit=True)


def is_short(words: str) -> bool:
    """Whether the words (in lower case) are of shorts alone: more of them is a lower net position."""
    down, up = "short" in words or "bearish" in words, "long" in words or "bullish" in words
    return down and not up


def positioning(clues: Clues) -> Topic | None:
    """Net positions of speculators in currency futures."""
    named = "positioning" in clues.nouns
    follows = (
        clues.goes_on and clues.before.measure == "yen_positioning" and "contracts" in clues.units
    )
    if not named and "contracts" not in clues.units and not follows:
        return None
    if clues.papers and "currency" not in clues.kinds:
        return None
    currency = next((mark.get("currency") for mark in clues.part.all("currency")), "")
    text = clues.part.sentence.lower
    if not currency and (
        "yen" in text
        or "¥" in text
        or "jpy" in text
        or clues.ctx.topic.measure == "yen_positioning"
    ):
        currency = "JPY"
    if not currency:
        return None
    # a smaller short is a higher net position
    words = clues.part.lower
    return Topic(
        "yen_positioning",
        (currency,),
        inverse=is_short(words),
        explicit=True,
    )


def intervention(clues: Clues) -> Topic | None:
    """Official purchases and sales of currency."""
    if clues.papers or "thing" in clues.kinds:
        return None
    follows = (
        clues.goes_on
        and clues.before.measure == "fx_intervention"
        and (
            clues.any("flow", "hold", "extreme", "record") or (clues.own and "money" in clues.units)
        )
    )
    if "intervention" not in clues.nouns and not follows:
        return None
    return Topic("fx_intervention", clues.places or ("JP",), explicit=True)


_BANKS = (
    ("US", re.compile(r"\b(?:Fed|Fed's|Federal Reserve|FOMC|fed(?:eral)? funds)\b")),
    ("JP", re.compile(r"\b(?:BOJ|BoJ|Bank of Japan)\b")),
    ("GB", re.compile(r"\b(?:BOE|BoE|Bank of England|MPC|Bank Rate)\b")),
    ("CH", re.compile(r"\b(?:SNB|Swiss National Bank)\b")),
    ("group:euro_area", re.compile(r"\b(?:ECB|European Central Bank)\b")),
)
"""Central banks by their names."""


def policy(clues: Clues) -> Topic | None:
    """Policy rates of central banks."""
    named = clues.has("measure", "policy_rate")
    follows = clues.own and clues.before.measure == "policy_rate" and not clues.any("noun", "paper")
    if not named and not (follows and clues.units & {"percent", "bp", "pp"}):
        return None
    if clues.tenors or "yield" in clues.nouns:
        return None
    text = clues.part.sentence.text
    banks = tuple(code for code, words in _BANKS if words.search(text))
    whose = banks[:1] if len(banks) == 1 else clues.places[:1]
    whose = whose or (clues.before.subjects if follows else ())
    return Topic("policy_rate", whose, explicit=True) if whose else Topic("", (), explicit=True)


_GROWS = {"adds", "added", "adding", "add", "piles", "piled", "piling", "takes", "took", "taking"}


def public_debt(clues: Clues) -> Topic | None:
    """The debt of a government in money: "the national debt", "Washington borrowed $200bn"."""
    told = bool(clues.units & {"money", "plain"}) or clues.any("extreme", "record", "move")
    if clues.own and clues.before.measure == "public_debt" and not clues.papers and told:
        return Topic("public_debt", clues.places or clues.before.subjects)
    if not told or "percent" in clues.units or "share" in clues.units:
        return None
    issued = tuple(code for code in (*clues.places, *clues.issuers) if code)
    if "public_debt" in clues.nouns and "hold" not in clues.kinds:
        return Topic("public_debt", clues.places or ("US",), explicit=True)
    if "debt_ratio" in clues.nouns and "money" in clues.units and "hold" not in clues.kinds:
        return Topic("public_debt", clues.places or ("US",), explicit=True)
    if _own_debt(clues):
        return Topic("public_debt", ("US",), explicit=True)
    sized = "money" in clues.units and bool(issued)
    if sized and "borrowing" in clues.nouns and not clues.tenors:
        return Topic("public_debt", issued[:1], explicit=True)
    # "the US is adding $200bn of debt": a debtor's own debt, where a holder would add another's
    grows = any(mark.word in _GROWS for mark in clues.part.all("move"))
    if sized and grows and clues.papers and set(issued) == {"US"} and not clues.holders:
        return Topic("public_debt", ("US",), explicit=True)
    return None


_ARTICLES = {"the", "total", "gross", "outstanding", "and", "but", "while", "as"}


_AUXILIARIES = {
    "has",
    "have",
    "had",
    "is",
    "was",
    "now",
    "will",
    "just",
    "outstanding",
    "recently",
    ",",
    ":",
}


def _ends_there(clues: Clues, at: int) -> bool:
    """Whether the noun ends before token `at`: the "debt ceiling" is no debt."""
    tokens = clues.part.sentence.tokens
    if at >= len(tokens) or tokens[at].word in _AUXILIARIES:
        return True
    return any(
        mark.first == at and not _NOUNS.intersection(mark.kinds) for mark in clues.part.marks
    )


_NOUNS = frozenset(("noun", "asset", "paper", "thing", "narrow"))


def _own_debt(clues: Clues) -> bool:
    """As in "US debt rose to $38tn": a debt told by itself and in money is the debtor's own, where
    nobody holds or trades it and no holdings are the topic.
    """
    part = clues.part
    bonds = [mark for mark in clues.papers if mark.get("paper") == "US"]
    if len(bonds) != 1 or len(clues.papers) != 1 or "money" not in clues.units or clues.tenors:
        return False
    tokens = part.sentence.tokens
    if tokens[bonds[0].last - 1].word != "debt" or bonds[0].get("term"):
        return False
    if bonds[0].get("class") != "bond" or not _ends_there(clues, bonds[0].last):
        return False
    before = {token.word for token in tokens[part.first : bonds[0].first]}
    others = clues.codes or clues.investors or clues.trades or clues.nouns
    held = clues.before.measure.startswith("treasury_") and clues.own
    return before <= _ARTICLES and not others and not held and "hold" not in clues.kinds


def reserves(clues: Clues) -> Topic | None:
    """Official reserve assets of a country, or the part of them that is foreign currency."""
    part = "fx_reserves" in clues.nouns
    if not (part or "reserves" in clues.nouns) or (clues.trades and clues.papers):
        return None
    measure = "foreign_currency_reserves" if part else "reserves"
    subjects = clues.places or (clues.before.subjects if clues.before.measure == measure else ())
    places = tuple(code for code in clues.elsewhere("place") if code != "US")
    told = not clues.part.words.isdisjoint(_OF_JAPAN) or clues.before.measure == "fx_intervention"
    told = told or any(token.word in _OF_JAPAN for token in clues.part.sentence.tokens)
    ours = ("JP",) if told else ()
    return Topic(measure, subjects or places[:1] or clues.ctx.places or ours, explicit=True)


_OF_JAPAN = {"mof", "ministry", "yen", "boj"}
"""Words that tell whose reserves are meant where no country is named."""
