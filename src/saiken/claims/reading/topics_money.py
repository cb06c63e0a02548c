"""Topics that are securities: holdings, purchases and sales, capital flows."""

from __future__ import annotations

import re

from saiken.claims.reading.clues import Clues, units_of
from saiken.claims.reading.context import Topic

TREASURY = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation"}
GROUPS = {"all": "all", "official": "official", "non_official": "private"}
GROUPED = {flows: code for code, flows in GROUPS.items()}
"""Groups of foreigners of whom the flow tables tell bonds and bills apart, by those tables' names."""


def investors_of(clues: Clues, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    return tuple(f"{country}:{group}" for group in clues.investors) or (country,)


_MINISTRY = re.compile(r"\b(?:mof|finance ministry|ministry of finance)\b", re.IGNORECASE)


def sovereigns(clues: Clues) -> Topic | None:
    """What residents of Japan buy of one other government's bonds, by the balance of payments.

    The figures of Treasuries count accounts in Japan, its reserves among them, in dollars: they
    are meant where the words do not name Japan's own statistics or its investors.
    """
    if not clues.trades or clues.nouns:
        return None
    issuers = {mark.get("paper") for mark in clues.papers if mark.get("class") == "bond"}
    home = set(clues.places) - issuers
    if len(issuers) != 1 or issuers & {"", "foreign", "JP"} or clues.holders or clues.investors:
        return None
    text = clues.part.sentence.text
    by_source = bool(clues.elsewhere("definition")) or bool(_MINISTRY.search(text))
    by_name = (
        home == {"JP"} and "investor" in clues.kinds and "USD" not in units_of(clues.part, "money")
    )
    if home - {"JP"} or not (by_source or by_name):
        return None
    return Topic("sovereign_bond_flows", tuple(issuers), explicit=True)


def _whose(clues: Clues) -> str:
    """The country that the sentence began with ("Norway's investors ended the year as …"); Japan,
    whose weekly figures these are, where it named none.
    """
    before = (mark for mark in clues.part.sentence.marks if mark.last <= clues.part.first)
    return next((code for mark in before if (code := mark.get("place"))), "JP")


def abroad(clues: Clues) -> Topic | None:
    """What residents buy of foreign bonds and shares."""
    foreign = [mark for mark in clues.papers if mark.get("paper") == "foreign"]
    if not foreign or not clues.any("flow", "net", "move", "extreme", "record", "streak"):
        follows = clues.goes_on and clues.before.measure in {
            "foreign_bond_flows",
            "foreign_equity_flows",
        }
        if (
            follows
            and not clues.papers
            and clues.any("flow", "net", "extreme", "record", "streak", "amount")
        ):
            subjects = (
                investors_of(clues, clues.before.subjects[0][:2])
                if clues.investors
                else clues.before.subjects
            )
            return Topic(clues.before.measure, subjects)
        return None
    inherited = (
        clues.before.subjects
        if clues.before.measure.startswith("foreign_") and clues.goes_on
        else ()
    )
    country = (
        next(iter(clues.places), "") or (inherited[0][:2] if inherited else "") or _whose(clues)
    )
    named = clues.investors or tuple(
        v for v in clues.elsewhere("investor") if v and not clues.places
    )
    subjects = tuple(f"{country}:{group}" for group in named[:2]) or (
        (country,) if clues.places or not inherited else inherited
    )
    measure = (
        "foreign_equity_flows" if foreign[0].get("class") == "equity" else "foreign_bond_flows"
    )
    return Topic(
        measure,
        subjects,
        explicit=True,
        scope=frozenset({"bills"} if foreign[0].get("term") == "short" else ()),
    )


SECTORS = {
    "all": "overseas", "boj": "central_bank", "life": "life_insurers", "insurers": "insurers", "banks": "banks", "pensions": "pension_funds",
    "gpif": "public_pensions", "investment_trusts": "investment_trusts", "households": "households",
}  # fmt: skip
"""Owners of Japan's government bonds, by the sectors of the flow of funds."""


_SUPER_LONG = re.compile(r"\b(?:super|ultra)[- ]?long\b", re.IGNORECASE)


_OVER_THE_COUNTER = {"JP:trust_accounts": "JP:trust_banks"}
"""Investors in JGBs by the names of the dealers' association, where they are others."""


def _sectors(clues: Clues) -> tuple[str, ...]:
    return tuple(SECTORS[code] for code in (*clues.investors, *clues.holders) if code in SECTORS)


_TRADE = {"trading", "turnover", "volume", "volumes", "transactions", "trades", "demand", "bids", "issuance", "auction", "auctions"}  # fmt: skip
"""What a share may be of that nobody owns."""


def _share_of_jgbs(clues: Clues) -> tuple[str, ...]:
    """Whose share of Japan's bonds, or of their market, is told: "the BOJ's share of JGBs"."""
    of_jgbs = any(m.get("paper") == "JP" and m.get("class") != "equity" for m in clues.papers)
    shared = clues.has("compare", "share") and not clues.units.isdisjoint({"percent", "share"})
    return _sectors(clues) if of_jgbs and shared and not clues.trades else ()


def inbound(clues: Clues) -> Topic | None:
    """What foreigners buy of a country's bonds and shares (America's are treasury holdings)."""
    papers = [
        mark
        for mark in clues.papers
        if mark.get("paper") not in {"", "US", "foreign"} and mark.get("class") != "market"
    ]
    if clues.tenors and not clues.trades:
        return None
    if clues.has("compare", "share") and not _TRADE.isdisjoint(clues.part.words):
        return Topic("", (), explicit=True)
    if owned := _share_of_jgbs(clues):
        return Topic("jgb_holders", owned, explicit=True)
    if not papers:
        return _into_country(clues)
    issuer, equity = papers[0].get("paper"), papers[0].get("class") == "equity"
    longest = bool(_SUPER_LONG.search(clues.part.text)) and clues.trades
    if longest and issuer == "JP" and clues.holders == ("all",):
        return Topic(
            "jgb_investor_flows", ("JP:foreigners",), explicit=True, scope=frozenset({"super_long"})
        )
    if longest and (clues.holders or not clues.investors):
        return Topic("", (), explicit=True)  # a part of the long-term bonds that the flows count
    if (
        not equity
        and ("hold" in clues.kinds or "holdings" in clues.nouns)
        and "US" not in clues.issuers
    ):
        return Topic("jgb_holders" if issuer == "JP" else "", _sectors(clues), explicit=True)
    if clues.investors and not clues.holders and clues.trades:
        return Topic(
            "jgb_investor_flows" if issuer == "JP" else "",
            tuple(_OVER_THE_COUNTER.get(who, who) for who in investors_of(clues, issuer)),
            explicit=True,
            scope=frozenset({"super_long"} if longest else ()),
        )
    follows = clues.before.measure.startswith("inbound") and clues.goes_on
    if not (clues.trades or clues.any("extreme", "record", "streak")) or not (
        clues.holders or follows or clues.elsewhere("holder")
    ):
        return None
    scope = frozenset({"bills"} if papers[0].get("term") == "short" else ())
    return Topic(
        "inbound_equity_flows" if equity else "inbound_bond_flows",
        (issuer,),
        explicit=True,
        scope=scope,
    )


def _into_country(clues: Clues) -> Topic | None:
    if clues.own and clues.before.measure == "jgb_holders" and clues.units and not clues.places:
        named = (*clues.investors, *clues.holders)
        return Topic("jgb_holders", _sectors(clues) or (() if named else clues.before.subjects))
    follows = clues.goes_on and clues.before.measure.startswith("inbound") and not clues.papers
    if follows and clues.any("flow", "net", "extreme", "record", "streak", "amount"):
        return Topic(clues.before.measure, clues.before.subjects)
    # "foreigners were net buyers of Japan" does not say of what
    if (
        "net" in clues.kinds
        and clues.holders == ("all",)
        and clues.places
        and clues.places != ("US",)
        and not clues.papers
    ):
        return Topic("inbound_bond_flows", clues.places[:1], explicit=True, sure=0.5)
    return None


def other_assets(clues: Clues) -> Topic | None:
    """Trades in what no measure of ours covers, gold apart."""
    papers = [mark for mark in clues.papers if mark.get("class") in {"gold", "other", "private"}]
    if not papers or len(papers) < len(clues.papers):
        return None
    if all(mark.get("class") == "private" for mark in papers):
        return Topic("", (), explicit=True)
    if not (clues.trades or "hold" in clues.kinds):
        return None
    if papers[0].get("class") == "gold":
        return Topic("gold_reserves", clues.places, explicit=True)
    if clues.holders and clues.trades and any(code in GROUPS for code in clues.holders):
        text = clues.part.lower
        if "securities" in text and (
            "long-term" in text or "us securities" in text or "u.s. securities" in text
        ):
            return Topic(
                "us_securities_flows", tuple(GROUPS[code] for code in clues.holders), explicit=True
            )
    return Topic("", (), explicit=True)


def capital(clues: Clues) -> Topic | None:
    """Money into and out of the United States as a whole."""
    if clues.papers or clues.investors:
        return None
    if clues.own and clues.before.measure in TREASURY and "tic_flows" not in clues.nouns:
        return None
    text = clues.part.lower
    flows = "net" in clues.kinds and ("outflow" in text or "inflow" in text)
    left = clues.trades and "US" in clues.places and ("money" in text or "capital" in text)
    says = flows and (
        clues.has("glue", "source") or "US" in clues.places or not clues.codes or "capital" in text
    )
    if (
        "tic_flows" in clues.nouns
        or says
        or left
        or (flows and clues.before.measure == "capital_flows")
    ):
        return Topic("capital_flows", ("US",), explicit=True)
    return None
