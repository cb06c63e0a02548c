"""Treasuries held, bought and sold by foreigners: the topic most texts are about."""

from __future__ import annotations

import re

from saiken.claims.reading.clues import OWING, PLAIN_WORDS, Clues, codes_of, units_of, versus_of
from saiken.claims.reading.context import Topic
from saiken.claims.reading.topics_money import GROUPED, GROUPS, TREASURY, investors_of

_ELLIPTIC = 0.6
"""Score of "China: $618bn" as holdings of Treasuries where nothing says so."""


def _known(clues: Clues) -> bool:
    """Whether Treasuries are what is talked of, though the clause does not name them."""
    text = clues.part.sentence.lower
    return (
        clues.ctx.data_as_of is not None
        or "table3" in clues.nouns
        or clues.ctx.topic.measure in TREASURY
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
    ranked = "rank" in clues.kinds and not clues.has("rank", "holder")
    if ranked and not known and _names_more(clues):
        return 0.0  # "overtook Italy in the medal table", "passed 100 million people"
    named = "holdings" in clues.nouns or "rank" in clues.kinds
    if (named or (clues.papers and "hold" in clues.kinds)) and (
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
    if says and known and "table3" in clues.nouns:
        return 0.9
    says = says or "valuation" in clues.nouns  # "…, mainly valuation"
    if clues.goes_on and clues.before.measure in TREASURY and (says or acts):
        return 0.9
    return _ELLIPTIC if who and _alone(clues) else 0.0


def _alone(clues: Clues) -> bool:
    """As in "China's $618bn", "Hong Kong: +$9bn", "Norway holds more than India": what is held in
    dollars, or bought, by a country that is not America, is taken for Treasuries at a low score.
    """
    if clues.any("thing", "currency") or clues.nouns:
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
    return bonds or ("hold" in clues.kinds and compared and bool(versus_of(clues.part)))


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


def treasuries(clues: Clues) -> Topic | None:
    """Treasuries held, bought and sold by foreigners."""
    ours: list[object] = [
        mark for mark in clues.papers if mark.get("paper") == "US" and mark.get("class") == "bond"
    ]
    if "public_debt" in clues.nouns and "hold" in clues.kinds:
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
    followed = clues.before.measure in TREASURY and (clues.goes_on or clues.own)
    groups = clues.before.measure in _PARTED and clues.own
    subjects = (
        codes
        or (clues.before.subjects if followed else ())
        or (tuple(GROUPED[code] for code in clues.before.subjects) if groups else ())
        or _elsewhere(clues)
        or clues.ctx.holders
        or (tuple(c for c in clues.ctx.places if c != "US") if "holdings" in clues.nouns else ())
    )
    measure = _stock_or_flow(clues, ours=bool(ours), followed=followed)
    if clues.investors and len(subjects) == 1 and len(subjects[0]) == 2:
        subjects = investors_of(clues, subjects[0])
    if clues.trades and subjects and set(subjects) <= set(GROUPS) and "table3" not in clues.nouns:
        flows = _BY_TERM.get(tuple({mark.get("term") for mark in clues.papers}))
        if flows:
            return Topic(flows, tuple(GROUPS[code] for code in subjects), explicit=True, sure=sure)
    terms = {mark.get("term") for mark in clues.papers}
    if clues.has("modifier", "short") and "holdings" in clues.nouns:
        terms = {"short"}  # "bill holdings"
    scope = {"long_term"} if "long" in terms else {"bills"} if terms == {"short"} else set()
    if _owned(clues):
        scope.add("owner")
    return Topic(
        measure, subjects, scope=frozenset(scope), explicit=bool(codes) or bool(ours), sure=sure
    )


def _of_another_group(clues: Clues) -> Topic | None:
    """As in "… while official accounts bought a little": the paper is that of the clause before."""
    groups = tuple(GROUPS[code] for code in clues.holders if code in GROUPS)
    told = clues.trades or "money" in clues.units
    if clues.own and groups and told and not clues.papers and clues.before.measure in _PARTED:
        return Topic(clues.before.measure, groups)
    return None


def _stock_or_flow(clues: Clues, *, ours: bool, followed: bool) -> str:
    """What a clause on Treasuries tells of: holdings, net purchases or valuation."""
    record = clues.any("extreme", "record") and clues.trades and "holdings" not in clues.nouns
    net = "net" in clues.kinds or "table3" in clues.nouns or record
    measure = "treasury_net_purchases" if net else "treasury_holdings"
    if net and clues.own and followed and not ours and _moved_by(clues):
        return clues.before.measure
    if clues.own and followed and not (ours or "holdings" in clues.nouns or "hold" in clues.kinds):
        measure = measure if net else clues.before.measure  # "sales were bigger, around $9bn"
    if (
        "valuation" in clues.nouns
        and "holdings" not in clues.nouns
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
        if state and mark.get("place") != "US" and not paper and "holdings" not in clues.nouns:
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
