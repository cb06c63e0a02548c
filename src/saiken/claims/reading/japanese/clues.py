"""What a Japanese clause offers for finding its topic, and what is in force from before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.marks import Mark
from saiken.terms.immutable import immutable
from saiken.terms.period import Period

TREASURY = {"treasury_holdings", "treasury_net_purchases"}

FLOWS = {
    "treasury_net_purchases", "foreign_bond_flows", "foreign_equity_flows", "inbound_bond_flows", "inbound_equity_flows", "fx_intervention",
    "capital_flows", "jgb_investor_flows",
}  # fmt: skip

RATED = {
    "government_yield",
    "yield_spread",
    "yield_gap",
    "policy_rate",
    "debt_ratio",
    "hedged_pick_up",
    "hedged_yield",
    "hedging_cost",
    "realised_volatility",
}

TENORED = {"government_yield", "yield_spread", "yield_gap"}


@dataclass(slots=True)
class Context:
    """What is in force from sentence to sentence."""

    dated: date
    topic: Topic = field(default_factory=Topic)
    holders: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    issuer: str = ""
    period: Period | None = None
    family: str = ""
    side: int = 0
    """+1 or -1 where the last flow or position told was one of purchases or of sales."""


@immutable()
class Clues:
    """A clause with what finding its topic needs. `own` is set where this sentence set `before`."""

    clause: Clause
    before: Topic
    ctx: Context
    own: bool
    places: tuple[str, ...]
    holders: tuple[str, ...]
    investors: tuple[str, ...]
    papers: tuple[str, ...]
    units: frozenset[str]

    def has(self, kind: str, *values: str) -> bool:
        return self.clause.has(kind, *values)

    @property
    def trades(self) -> bool:
        return self.has("flow") or self.has("net")

    @property
    def says(self) -> bool:
        return bool(self.units) or any(
            self.has(kind)
            for kind in (
                "move",
                "extreme",
                "record",
                "cross",
                "streak",
                "multiple",
                "rank",
                "worth",
            )
        )

    @property
    def currencies(self) -> set[str]:
        return {
            mark.item.quantity.unit
            for mark in self.clause.all("amount", "money")
            if isinstance(mark.item, Amount)
        }


_ASIDE = re.compile(r"\A\([^()]{1,16}\)")


def owner_of(clause: Clause, mark: Mark) -> str:
    """The place that a figure or a rank is said of: 英国の8885億ドル, 英国(8885億ドル), 2位の英国."""
    for place in clause.all("place"):
        before = clause.text[place.end : mark.start]
        after = clause.text[mark.end : place.start] if place.start >= mark.end else "…"
        if ("amount" in mark.kinds and before in {"の", "("}) or (
            "rank" in mark.kinds and after in {"の", "は", "が", "は、", ":"}
        ):
            return place.get("place")
    return ""


def of_another(clause: Clause, mark: Mark) -> bool:
    """As in 日本の半分, 英国の6割: a part of, or so many times, what another has."""
    parts = "割" in clause.text[mark.start : mark.end] or mark.get("amount") in {
        "share",
        "multiple",
    }
    return parts and any(
        place.end + 1 == mark.start and clause.text[place.end] == "の"
        for place in clause.all("place")
    )


def versus_of(clause: Clause) -> list[Mark]:
    """The places compared with: before より, の合計を, を上回る, を抜いて, の2倍."""
    found: list[Mark] = []
    places = [mark for mark in clause.marks if "place" in mark.kinds or "holder" in mark.kinds]
    for place in places:
        after = _ASIDE.sub("", clause.after(place, 24))
        amount = next((m for m in clause.all("amount") if m.start == place.end + 1), None)
        by = amount is not None and clause.text.startswith(("上回", "下回"), amount.end)
        if (by and after[0] == "を") or after.startswith(
            (
                "より",
                "を抜",
                "抜き",
                "抜い",
                "を追い",
                "を上回",
                "を下回",
                "に次",
                "と比べ",
                "に比べ",
                "を超え",
                "にとってかわ",
                "に取って代わ",
                "に抜かれ",
            )
        ):
            found.append(place)
    for joint in clause.all("compare", "combined"):
        found += [
            place
            for place in places
            if place.end <= joint.start
            and joint.start - place.end <= 12
            and place not in found
            and not re.search("[はが]", clause.text[place.end : joint.start])
        ]
    for amount in [
        *clause.all("amount", "multiple"),
        *(m for m in clause.all("amount", "percent") if "割" in clause.text[m.start : m.end]),
    ]:
        found += [
            p
            for p in places
            if clause.text[p.end : amount.start] in {"の", "のおよそ", "の約", "のほぼ"}
            and p not in found
        ]
    return sorted(found, key=lambda mark: mark.start)


_SUBJECT = re.compile(r"(?:など)?(?:は|が|も|、|による|勢は|勢が|全体)")

_AND = re.compile(r"(?:と|や|・|、|および|及び)")


def _leading(clause: Clause, names: list[Mark], kind: str) -> tuple[str, ...]:
    """The codes of a kind that the clause is about: what は or が follows, with what is joined to
    it; all of them where nothing is marked so.
    """
    marks = [mark for mark in names if kind in mark.kinds]
    if len(marks) > 1:
        subjects = {i for i, mark in enumerate(marks) if _SUBJECT.match(clause.after(mark, 4))}
        for i in range(len(marks) - 2, -1, -1):
            joined = _AND.fullmatch(clause.text[marks[i].end : marks[i + 1].start])
            if i + 1 in subjects and joined:
                subjects.add(i)
        for i in range(len(marks) - 1):  # 日本、英国、中国の保有額は: the last of them too
            joined = _AND.fullmatch(clause.text[marks[i].end : marks[i + 1].start])
            if i in subjects and joined:
                subjects.add(i + 1)
        marks = [mark for i, mark in enumerate(marks) if i in subjects] or marks
    return tuple(dict.fromkeys(mark.kinds[kind] for mark in marks))


_PART_OF = re.compile(r"(?:など|等)?を(?:含む|含めた|はじめとする)")
"""生保などを含む居住者: the residents are meant, not the insurers among them."""


def gather(clause: Clause, before: Topic, ctx: Context, *, own: bool) -> Clues:
    """The clues of a clause; `before` is the topic in force."""
    versus = versus_of(clause)
    parts = [m for m in clause.marks if _PART_OF.match(clause.after(m))]
    names = [mark for mark in clause.marks if mark not in versus and mark not in parts]
    return Clues(
        clause, before, ctx, own,
        _leading(clause, names, "place"), _leading(clause, names, "holder"), _leading(clause, names, "investor"),
        tuple(dict.fromkeys(mark.get("paper") for mark in names if "paper" in mark.kinds)),
        frozenset(mark.get("amount") for mark in clause.all("amount")),
    )  # fmt: skip


def goes_on(clues: Clues, *measures: str) -> bool:
    """Whether a clause without a topic of its own may be about what went before."""
    if (
        clues.before.measure not in measures
        or clues.papers
        or (
            clues.has("noun")
            and not clues.has("noun", "holdings", "amount", "change_up", "change_down", "yield")
        )
    ):
        return False
    currencies = clues.clause.all("currency")
    if any(clues.clause.after(mark, 1) in {"は", "が", "も"} for mark in currencies):
        return measures == ("exchange_rate",)
    return not clues.has("thing") and not clues.has("none") and (clues.says or clues.trades)
