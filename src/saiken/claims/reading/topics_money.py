"""Topics that are securities: holdings, purchases and sales, capital flows."""

from __future__ import annotations

import re

from saiken.claims.reading.clues import OWING, PLAIN_WORDS, Clues, codes_of, units_of, versus_of
from saiken.claims.reading.context import Topic

_TREASURY = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation"}
_ELLIPTIC = 0.6
"""Score of "China: $618bn" as holdings of Treasuries where nothing says so."""


def _investors(clues: Clues, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    return tuple(f"{country}:{group}" for group in clues.investors) or (country,)


_MINISTRY = re.compile(r"\b(?:mof|finance ministry|ministry of finance)\b", re.IGNORECASE)


def sovereigns(clues: Clues) -> Topic | None:
    """What residents of Japan buy of one other government's bonds, by the balance of payments.

    The figures of Treasuries count accounts in Japan, its reserves among them, in dollars: they
    are meant where the words do not name Japan's own statistics or its investors.
    """
    if not clues.trades or clues.has("noun"):
        return None
    issuers = {mark.get("paper") for mark in clues.papers if mark.get("class") == "bond"}
    home = set(clues.places) - issuers
    if len(issuers) != 1 or issuers & {"", "foreign", "JP"} or clues.holders or clues.investors:
        return None
    text = clues.part.sentence.text
    by_source = bool(clues.elsewhere("definition")) or bool(_MINISTRY.search(text))
    by_name = (
        home == {"JP"} and clues.has("investor") and "USD" not in units_of(clues.part, "money")
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
                _investors(clues, clues.before.subjects[0][:2])
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
        and (clues.has("hold") or clues.has("noun", "holdings"))
        and "US" not in clues.issuers
    ):
        return Topic("jgb_holders" if issuer == "JP" else "", _sectors(clues), explicit=True)
    if clues.investors and not clues.holders and clues.trades:
        return Topic(
            "jgb_investor_flows" if issuer == "JP" else "",
            tuple(_OVER_THE_COUNTER.get(who, who) for who in _investors(clues, issuer)),
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
        clues.has("net")
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
    if not (clues.trades or clues.has("hold")):
        return None
    if papers[0].get("class") == "gold":
        return Topic("gold_reserves", clues.places, explicit=True)
    if clues.holders and clues.trades and any(code in _GROUPS for code in clues.holders):
        text = clues.part.text.lower()
        if "securities" in text and (
            "long-term" in text or "us securities" in text or "u.s. securities" in text
        ):
            return Topic(
                "us_securities_flows", tuple(_GROUPS[code] for code in clues.holders), explicit=True
            )
    return Topic("", (), explicit=True)


def capital(clues: Clues) -> Topic | None:
    """Money into and out of the United States as a whole."""
    if clues.papers or clues.investors:
        return None
    if clues.own and clues.before.measure in _TREASURY and not clues.has("noun", "tic_flows"):
        return None
    text = clues.part.text.lower()
    flows = clues.has("net") and ("outflow" in text or "inflow" in text)
    left = clues.trades and "US" in clues.places and ("money" in text or "capital" in text)
    says = flows and (
        clues.has("glue", "source") or "US" in clues.places or not clues.codes or "capital" in text
    )
    if (
        clues.has("noun", "tic_flows")
        or says
        or left
        or (flows and clues.before.measure == "capital_flows")
    ):
        return Topic("capital_flows", ("US",), explicit=True)
    return None


def _known(clues: Clues) -> bool:
    """Whether Treasuries are what is talked of, though the clause does not name them."""
    text = clues.part.sentence.text.lower()
    return (
        clues.ctx.data_as_of is not None
        or clues.has("noun", "table3")
        or clues.ctx.topic.measure in _TREASURY
        or "tic " in text
        or "treasur" in text
        or "tic:" in text
        or "holdings" in text
    )


_DETERMINERS = {"its", "their", "his", "her", "the", "a", "an", "some", "all", "more", "most", "of", "two", "three", "four", "five"}  # fmt: skip
_DID = ("ed", "sold", "bought", "sells", "buys")
"""How verbs of trading end that take an object; nouns and "selling" need none."""


def _something_else(clues: Clues) -> bool:
    """Whether the money, the owner's noun or what is traded is of what we do not know: "$3bn of
    arms", "China's exports", "sold its ports".
    """
    part, tokens = clues.part, clues.part.sentence.tokens
    known = {index for mark in part.marks for index in range(mark.first, mark.last)}
    countries = {i for mark in part.all("place") for i in range(mark.first, mark.last)}

    def strange(index: int) -> bool:
        if index >= len(tokens) or tokens[index].start >= part.end or index in known:
            return False
        word = tokens[index].word
        return word.isalpha() and word not in PLAIN_WORDS and not word.endswith("ly")

    for mark in part.all("amount"):
        at = mark.last
        while at < len(tokens) and (
            tokens[at].word in {"of", "in", "worth", "the", "its", "a"} or at in countries
        ):
            at += 1
        if at > mark.last and strange(at):
            return True
    for mark in part.all("flow"):
        at = mark.last
        while at < len(tokens) and tokens[at].word in _DETERMINERS:
            at += 1
        if mark.word.endswith(_DID) and strange(at):
            return True
    return any(mark.owner and strange(mark.last) for mark in part.all("place"))


def _names_more(clues: Clues) -> bool:
    """Whether a clause has words that name what we do not know."""
    part = clues.part
    known = {index for mark in part.marks for index in range(mark.first, mark.last)}
    return any(
        index not in known and token.word.isalpha() and token.word not in PLAIN_WORDS
        for index, token in enumerate(part.tokens, part.first)
    )


def _fetches(clues: Clues) -> bool:
    """As in "the plates sold for $300": what was sold is told, and not by whom."""
    tokens = clues.part.sentence.tokens
    return any(
        mark.get("flow") == "sell" and tokens[mark.last].word == "for"
        for mark in clues.part.all("flow")
        if mark.last < clues.part.last
    )


def _elliptic(clues: Clues) -> float:
    """How sure it is that a clause that names no paper is about Treasuries; 0 if not."""
    if clues.tenors or any(
        mark.get("paper") or mark.get("class") != "bond" for mark in clues.papers
    ):
        return 0.0
    who = [code for code in clues.codes if code != "US"]
    known = _known(clues)
    ranked = clues.has("rank") and not clues.has("rank", "holder")
    if ranked and not known and _names_more(clues):
        return 0.0  # "overtook Italy in the medal table", "passed 100 million people"
    named = clues.has("noun", "holdings") or clues.has("rank")
    if (named or (clues.papers and clues.has("hold"))) and (
        who or _elsewhere(clues) or (clues.goes_on and known)
    ):
        return 1.0 if known or named else 0.8
    if _something_else(clues) or _fetches(clues):
        return 0.0
    says = bool(clues.units & {"money", "share", "percent"}) or clues.any(
        "extreme", "record", "streak", "net"
    )
    acts = clues.any("flow", "hold", "move", "compare", "cross", "multiple")
    if known and who and (says or acts):
        return 0.9
    if says and known and clues.has("noun", "table3"):
        return 0.9
    says = says or clues.has("noun", "valuation")  # "…, mainly valuation"
    if clues.goes_on and clues.before.measure in _TREASURY and (says or acts):
        return 0.9
    return _ELLIPTIC if who and _alone(clues) else 0.0


def _alone(clues: Clues) -> bool:
    """As in "China's $618bn", "Hong Kong: +$9bn", "Norway holds more than India": what is held in
    dollars, or bought, by a country that is not America, is taken for Treasuries at a low score.
    """
    if clues.any("thing", "currency") or clues.has("noun"):
        return False
    dollars = any(unit in {"USD", ""} for unit in units_of(clues.part, "money"))
    owned = any(mark.owner for mark in clues.part.all("place"))
    label = ":" in clues.part.text
    if dollars and (owned or label or clues.any("hold", "flow", "net")):
        return True
    if clues.holders and clues.trades and _objectless(clues):
        return True  # "Foreigners are pulling out."
    bonds = bool(clues.papers) and bool(clues.holders) and clues.any("flow", "net", "move")
    compared = clues.has("compare", "than", "as_much", "twice", "thrice", "half")
    return bonds or (clues.has("hold") and compared and bool(versus_of(clues.part)))


def _objectless(clues: Clues) -> bool:
    """Whether nothing that could be the object follows what was done."""
    part = clues.part
    if any("asset" in mark.kinds or "measure" in mark.kinds for mark in part.sentence.marks):
        return False  # told in another clause
    last = max(mark.last for mark in (*part.all("flow"), *part.all("net")))
    known = {index for mark in part.marks for index in range(mark.first, mark.last)}
    rest = part.sentence.tokens[last : part.last]
    return all(
        index in known or not token.word.isalpha() or token.word in PLAIN_WORDS
        for index, token in enumerate(rest, last)
    )


_BY_TERM: dict[tuple[str, ...], str] = {
    ("long",): "treasury_bond_flows",
    ("short",): "treasury_bill_flows",
}
_PARTED = {"treasury_bond_flows", "treasury_bill_flows", "us_securities_flows"}
_GROUPS = {"all": "all", "official": "official", "non_official": "private"}
_GROUPED = {flows: code for code, flows in _GROUPS.items()}
"""Groups of foreigners of whom the flow tables tell bonds and bills apart, by those tables' names."""


def treasuries(clues: Clues) -> Topic | None:
    """Treasuries held, bought and sold by foreigners."""
    ours: list[object] = [
        mark for mark in clues.papers if mark.get("paper") == "US" and mark.get("class") == "bond"
    ]
    if clues.has("noun", "public_debt") and clues.has("hold"):
        ours = ours or list(clues.part.all("noun"))
    if "demand" in clues.part.words and not clues.trades:
        return None  # how much is wanted is no figure of ours
    if clues.part.words & OWING and not clues.papers and "US" not in clues.codes:
        return None  # what a country owes is not what it holds
    if (again := _of_another_group(clues)) is not None:
        return again
    sure = 1.0 if ours else _elliptic(clues)
    if not sure:
        return None
    codes = tuple(code for code in clues.codes if code != "US")
    followed = clues.before.measure in _TREASURY and (clues.goes_on or clues.own)
    groups = clues.before.measure in _PARTED and clues.own
    subjects = (
        codes
        or (clues.before.subjects if followed else ())
        or (tuple(_GROUPED[code] for code in clues.before.subjects) if groups else ())
        or _elsewhere(clues)
        or clues.ctx.holders
        or (
            tuple(c for c in clues.ctx.places if c != "US") if clues.has("noun", "holdings") else ()
        )
    )
    measure = _stock_or_flow(clues, ours=bool(ours), followed=followed)
    if clues.investors and len(subjects) == 1 and len(subjects[0]) == 2:
        subjects = _investors(clues, subjects[0])
    if (
        clues.trades
        and subjects
        and set(subjects) <= set(_GROUPS)
        and not clues.has("noun", "table3")
    ):
        flows = _BY_TERM.get(tuple({mark.get("term") for mark in clues.papers}))
        if flows:
            return Topic(flows, tuple(_GROUPS[code] for code in subjects), explicit=True, sure=sure)
    terms = {mark.get("term") for mark in clues.papers}
    if clues.has("modifier", "short") and clues.has("noun", "holdings"):
        terms = {"short"}  # "bill holdings"
    scope = {"long_term"} if "long" in terms else {"bills"} if terms == {"short"} else set()
    if _owned(clues):
        scope.add("owner")
    return Topic(
        measure, subjects, scope=frozenset(scope), explicit=bool(codes) or bool(ours), sure=sure
    )


def _of_another_group(clues: Clues) -> Topic | None:
    """As in "… while official accounts bought a little": the paper is that of the clause before."""
    groups = tuple(_GROUPS[code] for code in clues.holders if code in _GROUPS)
    told = clues.trades or "money" in clues.units
    if clues.own and groups and told and not clues.papers and clues.before.measure in _PARTED:
        return Topic(clues.before.measure, groups)
    return None


def _stock_or_flow(clues: Clues, *, ours: bool, followed: bool) -> str:
    """What a clause on Treasuries tells of: holdings, net purchases or valuation."""
    record = clues.any("extreme", "record") and clues.trades and not clues.has("noun", "holdings")
    net = clues.has("net") or clues.has("noun", "table3") or record
    measure = "treasury_net_purchases" if net else "treasury_holdings"
    if net and clues.own and followed and not ours and _moved_by(clues):
        return clues.before.measure
    if clues.own and followed and not (ours or clues.has("noun", "holdings") or clues.has("hold")):
        measure = measure if net else clues.before.measure  # "sales were bigger, around $9bn"
    if (
        clues.has("noun", "valuation")
        and not clues.has("noun", "holdings")
        and not net
        and clues.any("move", "amount")
    ):
        measure = "treasury_valuation"
    return measure


def _moved_by(clues: Clues) -> bool:
    """As in "down $5bn, the worst outflow since 2020": another word for the fall just told."""
    return clues.has("extreme", "worst", "best") and clues.before.measure == "treasury_holdings"


def _elsewhere(clues: Clues) -> tuple[str, ...]:
    """The holder that the rest of the sentence names, if it is one, or that it begins with:
    "Chile: $5bn".
    """
    marks = clues.part.sentence.marks
    compared = {mark.first for mark in versus_of(clues.part)}
    named = [
        m for m in marks if ("place" in m.kinds or "holder" in m.kinds) and m.first not in compared
    ]
    found = codes_of([mark for mark in named if mark.get("place") != "US"])
    if (
        len(found) > 1
        and marks
        and named[0] is marks[0]
        and ":" in clues.part.sentence.text[: marks[0].end + 2]
    ):
        return found[:1]
    return found if len(found) == 1 else ()


_STATE = re.compile(
    r"(?:'s)?\s+(?:[\w$.-]+\s+){0,2}?(?:government|treasury|regime|state|ministry|(?:sovereign|wealth|oil|pension) fund"
    r"|(?:central|reserve) bank|monetary authority)\b",
    re.IGNORECASE,
)
"""A state or one of its institutions, after the name of the country."""


def _owned(clues: Clues) -> bool:
    """Whether the words make a country's people, government or fund the owner, where the figures
    only know the custodian's country: "the British government has amassed", "the Belgians own".
    """
    tokens, text = clues.part.sentence.tokens, clues.part.sentence.text
    for mark in clues.part.all("place"):
        state = _STATE.match(text, mark.end)
        last = next((t for t in tokens if state and t.end >= state.end()), None)
        paper = state and last and any(p.start <= last.start < p.end for p in clues.papers)
        if state and mark.get("place") != "US" and not paper and not clues.has("noun", "holdings"):
            return True
        before = tokens[mark.first - 1].word if mark.first else ""
        people = mark.word.endswith("s") and mark.word not in {
            "states",
            "netherlands",
            "philippines",
            "emirates",
            "bahamas",
            "caymans",
        }
        if people and before == "the" and clues.has("scope", "owner"):
            return True
    return False
