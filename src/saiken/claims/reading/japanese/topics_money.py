"""Japanese topics that are money: holdings, purchases, reserves, intervention, positions, debt."""

from __future__ import annotations

import re
from dataclasses import replace

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.clues import TREASURY, Clues, goes_on
from saiken.claims.reading.topics_money import SECTORS

_YEN_BONDS = {"JP", "JP_equity", "JP_short"}

_ELLIPTIC = 0.8
"""Score of 韓国の保有 as holdings of Treasuries where nothing says of what."""


def positioning(clues: Clues) -> Topic | None:
    """Net positions of speculators in currency futures."""
    named = clues.has("noun", "positioning")
    follows = clues.before.measure == "yen_positioning" and (
        clues.trades or "contracts" in clues.units
    )
    if not (named or "contracts" in clues.units or follows) or (
        clues.papers and "contracts" not in clues.units
    ):
        return None
    currency = next((m.get("currency") for m in clues.clause.all("currency")), "JPY")
    return Topic("yen_positioning", (currency,), explicit=named)


def intervention(clues: Clues) -> Topic | None:
    """Official purchases and sales of currency."""
    if clues.has("noun", "intervention"):
        return Topic("fx_intervention", clues.places[:1] or ("JP",), explicit=True)
    if goes_on(clues, "fx_intervention") and clues.currencies <= {"JPY"}:
        return clues.before
    return None


def public_debt(clues: Clues) -> Topic | None:
    """The debt of the American government in money."""
    if clues.has("noun", "public_debt") and clues.says:
        return Topic("public_debt", ("US",), explicit=True)
    return clues.before if goes_on(clues, "public_debt") and "money" in clues.units else None


def reserves(clues: Clues) -> Topic | None:
    """Official reserves of a country, and gold."""
    ours = clues.has("noun", "reserves") or clues.before.measure == "reserves"
    if ours and _PART.search(clues.clause.words):
        return Topic("reserves", ())  # a part of them, which no measure is of
    if clues.has("noun", "reserves"):
        here = (
            clues.places
            or (clues.before.subjects if clues.before.measure == "reserves" else ())
            or clues.ctx.places
            or ("JP",)
        )
        return Topic("reserves", here, explicit=True)
    if clues.has("paper", "gold"):
        here = clues.places or (clues.before.subjects if clues.before.measure in TREASURY else ())
        return Topic("gold_reserves", here or clues.ctx.places, explicit=True)
    if goes_on(clues, "reserves") and not clues.trades:
        return replace(clues.before, subjects=clues.places or clues.before.subjects)
    return None


_PART = re.compile(
    r"外貨準備高?(?:のうち|の内訳|に占める)|外貨証券|(?<![一-龠])(?:証券|預金|金|SDR)(?:の)?(?:残高|保有|準備)?[額高]?(?:[はがも]|だけ)"
)
_SUPER = re.compile(r"超長期(?:国債|債)")
_KEPT = re.compile(r"(?:FRB|連銀|連邦準備)[^、。]{0,20}(?:保管|預け|預か)")


def custody(clues: Clues) -> Topic | None:
    """Treasuries that the Federal Reserve keeps for foreign officials."""
    words = clues.clause.words
    kept = clues.has("noun", "custody") or (
        ("保管" in words or "預" in words) and _KEPT.search(words)
    )
    return Topic("fed_custody", ("official",), explicit=True) if kept else None


def _investors_of(clues: Clues, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    return tuple(f"{country}:{group}" for group in clues.investors if group) or (country,)


def abroad(clues: Clues) -> Topic | None:
    """What residents of Japan buy of foreign bonds and shares."""
    kinds = {
        "foreign": "foreign_bond_flows",
        "foreign_short": "foreign_bond_flows",
        "foreign_equity": "foreign_equity_flows",
    }
    paper = next((name for name in clues.papers if name in kinds), "")
    if paper and clues.holders and not clues.investors:
        return None
    if paper:
        scope = frozenset({"bills"}) if paper == "foreign_short" else frozenset()
        inherited = (
            clues.before.subjects
            if clues.before.measure.startswith("foreign_") and not clues.investors
            else ()
        )
        return Topic(
            kinds[paper], inherited or _investors_of(clues, "JP"), scope=scope, explicit=True
        )
    follows = clues.before.measure in {"foreign_bond_flows", "foreign_equity_flows"}
    if (
        follows
        and not clues.holders
        and (not clues.papers or set(clues.papers) <= {"foreign"})
        and not clues.clause.has("tenor")
        and (clues.trades or clues.says)
        and not clues.has("none")
    ):
        subjects = _investors_of(clues, "JP") if any(clues.investors) else clues.before.subjects
        return Topic(clues.before.measure, subjects, explicit=any(clues.investors))
    return None


def _sectors(clues: Clues, holders: tuple[str, ...]) -> tuple[str, ...]:
    """Those who own Japan's government bonds, by the sectors of the flow of funds."""
    groups = tuple(group for group in clues.investors if group) or holders
    return tuple(SECTORS[group] for group in groups if group in SECTORS)


def inbound(clues: Clues) -> Topic | None:
    """What foreigners buy of Japan's bonds and shares, and who holds and trades them at home."""
    paper = next((name for name in clues.papers if name in {*_YEN_BONDS, "foreign"}), "")
    inward = any(
        clues.clause.text.startswith("対内", mark.start) for mark in clues.clause.all("paper")
    )
    holders = (
        clues.holders
        or (("all",) if inward else ())
        or (("all",) if clues.before.measure.startswith("inbound_") and not clues.investors else ())
    )
    if not paper:
        if (
            goes_on(clues, "inbound_bond_flows", "inbound_equity_flows")
            and not clues.investors
            and not clues.clause.has("tenor")
        ):
            return replace(clues.before, explicit=False)
        return None
    if clues.has("share"):
        who = _sectors(clues, holders) if paper == "JP" and not clues.trades else ()
        return Topic("jgb_holders", who, explicit=True) if who else None
    if _SUPER.search(clues.clause.words) and not clues.has("noun", "yield"):
        return Topic("inbound_bond_flows", ())  # what is traded of them alone is told by no measure
    if clues.has("noun", "holdings", "yield") or clues.has("hold"):
        if paper == "JP" and not clues.has("noun", "yield"):
            return Topic("jgb_holders", _sectors(clues, holders), explicit=True)
        return None
    if not (clues.trades or clues.has("streak")):
        return None
    scope = frozenset({"bills"}) if paper == "JP_short" else frozenset()
    if holders and (paper != "foreign" or "JP" in clues.places):
        measure = "inbound_equity_flows" if paper == "JP_equity" else "inbound_bond_flows"
        return Topic(measure, ("JP",), scope=scope, explicit=True)
    if any(clues.investors) and paper == "JP":
        return Topic("jgb_investor_flows", _investors_of(clues, "JP"), explicit=True)
    return None


def treasuries(clues: Clues) -> Topic | None:
    """Treasuries held, bought and sold by foreigners."""
    ours = "US" in clues.papers
    known = clues.before.measure in TREASURY
    codes = tuple(code for code in (*clues.places, *clues.holders) if code != "US")
    if clues.has("share") and len(codes) > 1:
        codes = tuple(code for code in codes if code != "all")
    if clues.has("noun", "yield"):
        return None
    sure = 1.0 if ours else _unnamed(clues, codes, known=known)
    if not sure:
        return None
    home = clues.investors and not codes
    subjects = (
        codes
        or (("JP",) if home else ())
        or (clues.before.subjects if known else ())
        or clues.ctx.holders
    )
    if any(clues.investors) and subjects in {("JP",), ()}:
        subjects = _investors_of(clues, "JP")
    scope = frozenset({"owner"}) if _owned(clues) else frozenset()
    measure = "treasury_net_purchases" if clues.has("net") else "treasury_holdings"
    return Topic(measure, subjects, scope=scope, explicit=ours or not known, sure=sure)


def _unnamed(clues: Clues, codes: tuple[str, ...], *, known: bool) -> float:
    """How sure it is that a clause that names no paper is about Treasuries; 0 if not."""
    if (
        clues.papers
        or clues.has("none")
        or clues.clause.has("tenor")
        or clues.has("thing")
        or clues.investors
    ):
        return 0.0
    if clues.has("noun") and not clues.has(
        "noun", "holdings", "amount", "change_up", "change_down", "tic"
    ):
        return 0.0
    held = (
        clues.has("noun", "holdings")
        or clues.has("rank", "holder")
        or (clues.has("rank") and clues.has("compare"))
    )
    if known:
        return 1.0 if clues.says or clues.trades or clues.has("hold") or held else 0.0
    elliptic = (
        bool(codes) and held and clues.currencies <= {"USD"} and (clues.says or clues.has("hold"))
    )
    return _ELLIPTIC if elliptic else 0.0


def _owned(clues: Clues) -> bool:
    """Whether the words make a government the owner, where the figures know the custodian's country."""
    states = [
        m
        for m in clues.clause.all("place")
        if clues.clause.text[m.start : m.end].endswith("政府") or clues.clause.after(m, 2) == "政府"
    ]
    return (
        bool(states)
        and (clues.has("hold") or clues.has("rank"))
        and "US" not in {m.get("place") for m in states}
    )
