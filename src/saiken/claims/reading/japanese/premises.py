"""What a Japanese forecast hangs on: 「日本が米国債を1兆ドル売却すれば、…」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import HEADS, Clause
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.stance import IF_ENDS, ends_in_if
from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity

_CLOSED = re.compile(r"巻き戻|解消|逆回転|手じまい|清算")
_HOME = re.compile(r"還流|レパトリ|本国に戻|国内に戻")
_SLOWLY = re.compile(r"徐々|段階的|少しずつ|ゆっくり")
_WHOLE = re.compile(r"すべて|全て|全額|全部|全量")
_AT_ONCE = re.compile(r"一気|一斉|突然|急に|一度に|即座")
_TOLD = re.compile(rf"キャリー|介入|{_HOME.pattern}")
_DENIED = re.compile(r"(?:なけれ|ない)")
_SPAN = re.compile(
    r"(?P<n>\d{1,3})(?P<unit>年|[かカヵヶケ箇]月|週)間?(?:かけて|で|以内|のうち|の間)"
)
_MONTHS = {"年": 12.0, "週": 0.25}


def parted(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, those that tell a condition and what would follow cut in two."""
    return [found for clause in clauses for found in _parted(clause)]


def _parted(clause: Clause) -> list[Clause]:
    end = IF_ENDS.search(clause.text, clause.start, clause.end)
    if end is None or clause.quoted or end.end() >= clause.end:
        return [clause]
    first = [mark for mark in clause.marks if mark.end <= end.end()]
    last = [mark for mark in clause.marks if mark.start >= end.end()]
    told = _says(first) or _TOLD.search(clause.text, clause.start, end.end())
    if not (told and _says(last)):
        return [clause]
    return [
        Clause(clause.text, clause.start, end.end(), first),
        Clause(clause.text, end.end(), clause.end, last),
    ]


def _says(marks: Sequence[Mark]) -> bool:
    return any(not HEADS.isdisjoint(mark.kinds) for mark in marks)


def premise_of(clause: Clause, clauses: Sequence[Clause]) -> Shock | None:
    """The shock on which what a clause says hangs: told in a condition before it."""
    if ends_in_if(clause):
        return None
    before = [other for other in clauses if other.start < clause.start and ends_in_if(other)]
    return _shock(before[-1]) if before else None


def _shock(clause: Clause) -> Shock | None:
    words = clause.text[clause.start : clause.end]
    if _DENIED.search(words):
        return None
    size, months = _size(clause, words), _months(words)
    if "キャリー" in words:
        return Shock("carry", "", None, months) if _CLOSED.search(words) else None
    if "介入" in words:
        money = size if size is not None and size.unit != "ratio" else None
        return Shock("intervention", "", money, months)
    if clause.has("noun", "yield"):
        return _jgb(clause, months)
    home = bool(_HOME.search(words))
    sells = clause.has("flow", "sell") or (clause.has("move", "down") and clause.has("paper"))
    holder = _holder(clause)
    papers = {mark.get("paper") for mark in clause.all("paper")}
    if holder is None or not (sells or home) or not papers <= {"US"} or not (papers or home):
        return None
    kind = "repatriation" if home else "trimming" if _SLOWLY.search(words) else "sale"
    return Shock(kind, holder, size, months)


def _jgb(clause: Clause, months: int | None) -> Shock | None:
    tenors = {mark.get("tenor") for mark in clause.all("tenor")}
    issuers = {mark.get("issuer") for mark in clause.all("tenor")} | {
        mark.get("paper") for mark in clause.all("paper")
    }
    way = 1 if clause.has("move", "up") else -1 if clause.has("move", "down") else 0
    told = [m.item.quantity.value for m in clause.all("amount") if isinstance(m.item, Amount)]
    if tenors != {"30Y"} or not issuers <= {"", "JP"} or not way:
        return None
    if not clause.has("amount", "bp") or not told:
        return Shock("jgb", months=months) if way > 0 else None
    bp = way * abs(told[0])
    return Shock("jgb", "", Quantity(bp, bp, bp, "bp"), months)


def _holder(clause: Clause) -> str | None:
    """Whose sale it is; None where it is told of several, or of nobody."""
    places = {mark.get("place") for mark in clause.all("place")} - {"US"}
    groups = {mark.get("investor") for mark in clause.all("investor")} - {""}
    if len(places) > 1 or len(groups) > 1 or (groups and places - {"JP"}):
        return None
    if groups:
        return f"JP:{groups.pop()}"
    return places.pop() if places else None


def _size(clause: Clause, words: str) -> Quantity | None:
    for mark in clause.all("amount"):
        if not isinstance(mark.item, Amount):
            continue
        told = mark.item.quantity
        if mark.get("amount") == "money":
            return replace(told, value=abs(told.value))
        if told.unit == "ratio" and 0 < told.value <= 1:
            return Quantity(told.value, told.value, told.value, "ratio")
    return Quantity(1.0, 1.0, 1.0, "ratio") if _WHOLE.search(words) else None


def _months(words: str) -> int | None:
    found = _SPAN.search(words)
    if found is None:
        return 1 if _AT_ONCE.search(words) else None
    return max(1, round(int(found["n"]) * _MONTHS.get(found["unit"], 1.0)))
