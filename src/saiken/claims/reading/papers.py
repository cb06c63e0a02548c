"""Papers put together from their words: "long-term Japanese government debt" is one mark."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.reading.marks import Mark, Sentence

ISSUERS = {"us": "US", "jp": "JP", "gb": "GB", "de": "DE", "fr": "FR", "it": "IT"}


_AUXILIARY = {"have", "has", "had"}


def _issuer(mark: Mark) -> str:
    """Whose paper a mark names by itself: a country code, `treasury`, `foreign`, or ``."""
    if mark.get("measure") == "treasury_holdings":
        return "US"
    asset = mark.get("asset")
    return ISSUERS.get(asset, "treasury" if asset == "treasury" else "")


def compose(sentence: Sentence) -> list[Mark]:
    """Join "long-term Japanese government debt" and the like to one mark of kind `paper`.

    Its kinds are `paper` (the issuer: a country code, `foreign`, or `` where the words do not
    say), `term` (`long`, `short` or ``) and `class` (`bond`, `equity`, `gold`, `other`).
    """
    out: list[Mark] = []
    for mark in sentence.marks:
        kinds = mark.kinds
        # "U.S. public debt" is paper when somebody holds it: the ratio is told by the unit
        known = "asset" in kinds or kinds.get("measure") in _OF_PAPER
        out.append(_merged(sentence, out, mark) if known and "noun" not in kinds else mark)
    return [mark for mark in out if "hold" not in mark.kinds or not _silent(mark, sentence)]


_OF_PAPER = {
    "treasury_holdings", "foreign_bond_flows", "foreign_equity_flows", "inbound_bond_flows", "inbound_equity_flows",
}  # fmt: skip


_VERBAL = frozenset(("cross", "move", "flow", "rank", "multiple"))


def _silent(mark: Mark, sentence: Sentence) -> bool:
    """As in "has risen" holds nothing: "have" is a verb of holding only before an amount or a paper."""
    if mark.word in _AUXILIARY and mark.last - mark.first == 1:
        after = sentence.tokens[mark.last : mark.last + 3]
        verb = any(m.first == mark.last and not _VERBAL.isdisjoint(m.kinds) for m in sentence.marks)
        return verb or not any(token.raw in "$¥€£" for token in after)
    return False


_ALIKE = {"", "treasury", "US"}
"""Issuers of whom a paper may be put together from several words."""


def _merged(sentence: Sentence, out: list[Mark], mark: Mark) -> Mark:
    issuer = _issuer(mark)
    measure = mark.get("measure")
    if measure.startswith("foreign_"):
        issuer = "foreign"
    elif measure.startswith("inbound_"):
        issuer = "JP"
    words = sentence.text[mark.start : mark.end].lower()
    term = _term(words)
    kind = _class(sentence, mark)
    first = mark
    if (
        len(out) > 1
        and out[-1].get("glue") == "and"
        and _pair_of_papers(out[-2], out[-1], mark, issuer)
    ):
        out.pop()
        lead = out.pop()
        issuer, first = issuer if issuer not in {"", "treasury"} else lead.get("paper"), lead
        terms = {term, lead.get("term")}
        term = "" if "short" in terms and len(terms) > 1 else next((t for t in terms if t), "")
    while out and _joins(sentence, out[-1], first):
        lead = out[-1]
        if "paper" in lead.kinds:
            if issuer and not {lead.get("paper"), issuer} <= _ALIKE and lead.get("paper") != issuer:
                break  # "JGB-Treasury spread"
            issuer = (
                lead.get("paper") if issuer in {"", "treasury"} and lead.get("paper") else issuer
            )
            term = term or lead.get("term")
        elif "place" in lead.kinds:
            if issuer == "foreign" or (
                issuer not in {"", "treasury"} and issuer != lead.get("place")
            ):
                break
            if issuer == "treasury" and lead.get("place") != "US":
                break
            issuer = lead.get("place")
        elif lead.get("modifier") == "foreign" or (
            lead.get("holder") == "all" and lead.word in {"foreign", "overseas"}
        ):
            if issuer not in {"", "foreign"}:
                break
            issuer = "foreign"
        elif "modifier" in lead.kinds:
            term = term or {"long": "long", "short": "short"}.get(lead.get("modifier"), "")
        else:
            break
        first = out.pop()
        kind = "private" if first.get("class") == "private" else kind
        if issuer and "place" in first.kinds:
            long_or_short = out and out[-1].get("modifier") in {"long", "short"}
            if term or not long_or_short or not _joins(sentence, out[-1], first):
                break
    if issuer == "treasury":
        issuer = "US"
        if mark.get("asset") == "treasury" and first is mark and _is_department(sentence, mark):
            return replace(mark, kinds={"glue": "source"})
    return Mark(
        first.first, mark.last, first.start, mark.end,
        {"paper": issuer, "term": term, "class": kind}, mark.word, mark.owner,
    )  # fmt: skip


def _class(sentence: Sentence, mark: Mark) -> str:
    """What kind of paper a mark is: `bond`, `equity`, `gold`, `other`, or `market` of bonds."""
    asset = mark.get("asset")
    if asset == "equity" or "equity" in mark.get("measure"):
        return "equity"
    if asset in {"gold", "other", "private"}:
        return asset
    following = sentence.tokens[mark.last].word if mark.last < len(sentence.tokens) else ""
    return "market" if following in _ABOUT_A_MARKET else "bond"


def _pair_of_papers(lead: Mark, glue: Mark, mark: Mark, issuer: str) -> bool:
    """As in "Treasury bonds and notes": two kinds of one issuer's paper."""
    close = lead.last == glue.first and glue.last == mark.first and lead.get("class") == "bond"
    return close and issuer in {"", lead.get("paper")} and mark.get("asset") == "bond"


_ABOUT_A_MARKET = {
    "market",
    "markets",
    "rout",
    "crash",
    "meltdown",
    "vigilantes",
    "traders",
    "crisis",
    "bears",
    "bulls",
    "turmoil",
    "auction",
    "auctions",
    "futures",
    "issuance",
}


def _term(words: str) -> str:
    if "bill" in words and "bond" not in words and "note" not in words:
        return "short"
    if "note" in words or "long" in words:
        return "long"
    return ""


def _joins(sentence: Sentence, lead: Mark, mark: Mark) -> bool:
    """Whether `lead` can be part of the paper that `mark` ends: directly before it."""
    between = sentence.tokens[lead.last : mark.first]
    if any(token.raw != "-" and token.word != "and" for token in between):
        return False
    if between and "paper" not in lead.kinds and any(token.word == "and" for token in between):
        return False
    return any(kind in lead.kinds for kind in ("place", "modifier", "paper")) or (
        lead.get("holder") == "all" and lead.last - lead.first == 1
    )


def _is_department(sentence: Sentence, mark: Mark) -> bool:
    """As in "the Treasury said", "the Treasury's report": the ministry rather than its paper."""
    following = sentence.tokens[mark.last : mark.last + 1]
    before = sentence.tokens[mark.first - 1].word if mark.first else ""
    word = following[0].word if following else ""
    paper_nouns = {
        "holdings", "holding", "stash", "pile", "portfolio", "stake", "hoard", "stockpile", "yield", "yields", "curve", "market", "line",
        "stock", "selling", "buying", "position", "positions", "shopping", "volatility", "selloff", "book", "figures", "data", "purchases", "sales",
    }  # fmt: skip
    if word in paper_nouns:
        return word in {"figures", "data"}
    if before[-1:].isdigit() or before in {"year", "yr", "y"}:
        return False
    if mark.first and sentence.tokens[mark.first - 1].owner:
        return True  # "Peru's treasury owns"
    return (
        before in {"the", "s", "u.s.", "us"}
        or mark.owner
        or word in {"said", "says", "reports", "department", "has", "itself"}
    )
