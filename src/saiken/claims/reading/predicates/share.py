"""Shares: "13 % of foreign holdings", "bills make up a tenth of what official holders own"."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import Draft, Scene, amount, of_past, role
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

_NO_SHARES = {
    "debt_ratio", "net_debt_ratio", "breakeven_inflation", "reserves", "foreign_currency_reserves", "public_debt", "fed_custody",
    "government_yield", "exchange_rate", "yield_spread",
}  # fmt: skip
_GROUPS = ("official", "non_official")
_PARTS = {"short": "bills", "long": "long_term"}
"""The part of all Treasuries that a paper is, by its term."""


def read(scene: Scene) -> list[Draft]:
    """A part of a whole, as `ratio` in 0..1; `versus` is the whole. Several owners of one share
    ("Japan and China own a fifth") are taken together, `JP+CN`.
    """
    if scene.topic.measure in _NO_SHARES or not scene.part.has("amount", "percent", "share"):
        return []
    out: list[Draft] = []
    for mark in scene.free("amount", "percent", "share"):
        if not _is_share(scene, mark):
            continue
        then = _came_from(scene, mark)
        former = role(scene, mark) == "from" and not then
        if former != bool(out) or (former and not _dated(scene)):
            continue  # the first is what the share is, another what it was
        if (parties := _parties(scene, mark)) is None:
            scene.leave(mark)
            continue
        who, whole, part = parties
        out.append(
            scene.draft(
                Predicate.SHARE, mark, quantity=_in_ratio(amount(mark).quantity), versus=(whole,), subject="+".join(who),
                period=then or next(iter(scene.timing.periods), None), base=scene.timing.base if former else None,
                scope=frozenset({part} if part else ()), direction=None if then or former else _moved(scene, mark),
            )
        )  # fmt: skip
    return out


def _is_share(scene: Scene, mark: Mark) -> bool:
    if amount(mark).gdp or of_past(scene.part, mark):
        return False
    named = bool(scene.part.has("compare", "share")) or scene.topic.measure == "jgb_holders"
    told = named or _accounts(scene, mark) or _came_from(scene, mark)
    if role(scene, mark) != "share" and not told:
        return False
    owner = scene.part.after(mark, 2)
    if owner is not None and owner.owner and owner.get("place") not in {"", "US"}:
        return _accounts(scene, mark)  # "sold a quarter of Peru's holdings"
    return not scene.free("flow") or bool(scene.free("hold") or scene.free("noun"))


def _moved(scene: Scene, mark: Mark) -> int | None:
    """As in "is down to 7 %", "rose to 41 %": which way it went there, from the period before."""
    if scene.timing.base is not None:
        return None
    move = scene.part.ahead(mark, 2) if scene.part.word_before(mark) == "to" else None
    return {"up": 1, "down": -1}.get(move.get("move")) if move is not None else None


def _in_ratio(told: Quantity) -> Quantity:
    if told.unit != "%":
        return told
    return told.divided(100, "ratio")


def _dated(scene: Scene) -> bool:
    """Whether the time compared with is told from the present one: "a year earlier"."""
    base = scene.timing.base
    return base is not None and base.kind in {"previous", "year_ago", "ago"}


def _came_from(scene: Scene, mark: Mark) -> Period | None:
    """When a share was what it came from: "its share fell to 7 %, from a quarter in 2011"."""
    base = scene.timing.base
    shares = any(other.get("compare") == "share" for other in scene.part.sentence.marks)
    return base.period if shares and base is not None and role(scene, mark) == "from" else None


def _accounts(scene: Scene, mark: Mark) -> bool:
    text = scene.part.sentence.text[max(0, mark.start - 30) : mark.start].lower()
    return "account" in text or "make up" in text or "makes up" in text or "made up" in text


def _parties(scene: Scene, mark: Mark) -> tuple[tuple[str, ...], str, str] | None:
    """(whose, of what whole, which part of their paper) a share is; None where the one named is no
    part of the other, or where no figures tell: a country's holdings are not all official ones.

    The whole is `all` (foreign holders together), one group or country, `public` (the debt held by
    the public) or `debt`.
    """
    if scene.topic.measure == "jgb_holders":
        return scene.topic.subjects, "total", ""
    passive = _OWNED.search(scene.part.sentence.text, mark.end, scene.part.end)
    after = [other for other in scene.part.marks if other.first >= mark.last and not passive]
    named = [code for other in after if (code := other.get("holder") or other.get("place"))]
    narrowed = {other.get("term") for other in scene.part.all("paper")} - {""}
    parts = {other.get("term") for other in scene.part.all("paper") if other.last <= mark.first}
    part = next((_PARTS[term] for term in parts if term in _PARTS), "")
    if narrowed - parts:
        return None  # a share of all bills: no line is of the whole
    whole = _whole(scene, mark, [code for code in named if code != "US"])
    who = tuple(c for c in scene.topic.subjects if c != whole and c not in named) or _before(scene)
    own = not who or (_ITS & _words_after(scene, mark) and part)
    if own:
        whole = who[0] if who else whole
        return ((whole,), whole, part) if part and len(who) < 2 else None
    return (who, whole, part) if whole in _WHOLES and whole not in who else None


_OWNED = re.compile(r"\bbelongs? to\b|\b(?:owned|held) by (?!the public)|\bhands\b", re.IGNORECASE)
"""After it stand those whose share it is: "a third of Treasuries belong to Japan"."""
_WHOLES = {"all", "public", "debt"}
_ITS = {"its", "their"}


def _words_after(scene: Scene, mark: Mark) -> set[str]:
    return {token.word for token in scene.part.sentence.tokens[mark.last : mark.last + 4]}


def _before(scene: Scene) -> tuple[str, ...]:
    """Whom the text was about, where the clause points back: "It accounts for 13 % of…", "…, 13 %
    of the foreign total".
    """
    ctx = scene.ctx.topic
    points = not {"it", "they", "country"}.isdisjoint(scene.part.words) or scene.part.before == ","
    return ctx.subjects if points and ctx.measure == scene.topic.measure else ()


def _whole(scene: Scene, mark: Mark, named: list[str]) -> str:
    text = scene.part.sentence.lower
    after = text[mark.end : mark.end + 90]
    if "held by the public" in after:
        return "public"
    if named:
        return next((code for code in named if code in _GROUPS), named[0])
    return "all" if "foreign" in text or "debt" not in text else "debt"
