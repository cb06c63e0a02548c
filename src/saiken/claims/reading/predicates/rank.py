"""Ranks: "largest foreign holder", "overtook China", "third behind Japan and the UK"."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.clues import versus_of
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import Draft, Scene, amount
from saiken.claims.reading.spans import count_of
from saiken.terms.period import Period

_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_ORDINAL = re.compile(
    r"(?:\bto (?=\w+\W*$)|\b(?=\w+[- ](?:largest|biggest|smallest|most|behind|place|among|top|after)))("
    + "|".join(_ORDINALS)
    + r")\b",
    re.IGNORECASE,
)
"""As in "third-largest", "second behind Japan", "slipped to fifth"."""
_BARE = re.compile(r"\b(" + "|".join(_ORDINALS) + r")\s+(?:behind|after|to)\b", re.IGNORECASE)
_PLACED = frozenset(_ORDINALS)
_NUMBERED = re.compile(r"\b(?:no\.?|number|nr\.?)\s?(\d{1,2})\b", re.IGNORECASE)
_SPOTS = {"spot": 1, "spot2": 2, "spot3": 3}
_FOREIGN = re.compile(r"foreign|overseas|non-us|outside", re.IGNORECASE)


_AMONG = re.compile(
    r"\b(?:(?:among|one of|within) (?:the )?(?:top )?|(?:in|inside) the top |a top[- ])"
    r"(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b",
    re.IGNORECASE,
)
"""As in "among the five largest": at that place or before it."""


def _codes(marks: list[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.get("place") or mark.get("holder") for mark in marks))


def read(scene: Scene) -> list[Draft]:
    """Places in the order of holders."""
    if scene.topic.measure not in {"treasury_holdings", "debt_ratio", "net_debt_ratio"}:
        return []
    told = not scene.part.kinds.keys().isdisjoint(("rank", "extreme", "compare"))
    if not told and not _PLACED & scene.part.words:
        return []
    if scene.topic.measure == "treasury_holdings" and _THAN_ANY.search(scene.part.text):
        return _than_any(scene)
    if _ONLY.match(scene.part.text):
        return _only(scene)
    text = scene.part.sentence.text
    versus = _codes(versus_of(scene.part))
    period = next(iter(scene.timing.periods), None)
    scope: dict[str, object] = {"scope": frozenset({"foreign"})} if _FOREIGN.search(text) else {}
    marks = scene.free("rank")
    names = {mark.get("rank") for mark in marks}
    ordinal = _ORDINAL.search(scene.part.text)
    extremes = scene.free("extreme")
    if "overtake" in names and versus:
        return [_overtaking(scene, versus, scope), *_by(scene, versus, period)]
    dated = scene.timing.since or scene.timing.high_span or "record" in scene.part.kinds
    held = "holder" in names or (
        extremes
        and not dated
        and _FOREIGN.search(scene.part.text)
        and not scene.part.has("noun", "holdings")
    )
    numbered = _NUMBERED.search(scene.part.text)
    spot = next((n for n in _SPOTS if n in names), "")
    among = _AMONG.search(scene.part.text)
    if among and (held or "holder" in names):
        rank = count_of(among[1].lower())
        foreign = {"foreign"} if scope else set()
        scope = {"scope": frozenset({"within", *foreign})}
    elif spot:
        rank = _SPOTS[spot]
    elif numbered and held:
        rank = int(numbered[1])
    elif ordinal:
        rank = _ORDINALS[ordinal[1].lower()]
    elif held and extremes:
        rank = 1
    elif (
        scene.topic.measure == "debt_ratio"
        and extremes
        and re.search(r"\b(G7|G20|world|europe|euro area|advanced)\b", text, re.IGNORECASE)
    ):
        rank, scope = 1, {"scope": frozenset({_group(text)})}
    else:
        return []
    extreme = next(
        (mark.get("extreme") for mark in extremes if mark.get("extreme") in {"high", "low"}), "high"
    )
    if "behind" in names and versus:  # "third behind Japan and China"
        scope |= {"versus": versus, "direction": -1}
    scene.use(*marks, *extremes, *scene.free("first"), *versus_of(scene.part))
    ahead = versus if "ahead" in names and "behind" not in names else ()  # "fourth, ahead of China"
    return [
        scene.draft(Predicate.RANK, rank=rank, extreme=extreme, period=period, **scope),
        *(
            scene.draft(Predicate.COMPARISON, direction=1, versus=(other,), period=period)
            for other in ahead
        ),
    ]


_THAN_ANY = re.compile(
    r"\bthan (?:any|every) other\b|\bthan any(?:one| nation| country)\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"\bthan (?:any(?:one)?|every)(?: other)?(?: foreign| overseas)?(?: country| nation| holder| creditor| owner)?(?:'s)?"
    r"(?: in the world| on earth)?(?:[.,;:!)]|$| (?:in|at|as|by) (?:the end|of|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|20\d\d)\b)",
    re.IGNORECASE,
)
"""Not of a group: "than any other Latin American nation"."""


_ONLY = re.compile(r"\W*(?:and |but )?only\b", re.IGNORECASE)
_OF_GROUP = re.compile(r"\b(?:among|of the|in (?:the )?[A-Z])")


def _only(scene: Scene) -> list[Draft]:
    """As in "only Japan and Britain hold more than China": it is third, behind the two. The order of
    a group is not read, nor that of ratios, which are not all at hand.
    """
    versus, ahead = _codes(versus_of(scene.part)), scene.topic.subjects
    if not versus or not scene.free("compare", "than"):
        return []
    scene.use(*scene.free("compare"), *scene.free("move"), *versus_of(scene.part))
    known = scene.topic.measure == "treasury_holdings" and len(versus) == 1
    if not known or _OF_GROUP.search(scene.part.text) or "more" not in scene.part.words:
        return []
    return [
        scene.draft(
            Predicate.RANK, subject=versus[0], rank=len(ahead) + 1, extreme="high", direction=-1,
            versus=ahead, period=next(iter(scene.timing.periods), None), scope=frozenset({"foreign"}),
        )
    ]  # fmt: skip


def _than_any(scene: Scene) -> list[Draft]:
    """As in "holds more than any other country": the first of all. Who bought or sold the most is
    not read: no flows are published of every holder.
    """
    scene.use(*scene.free("compare"), *versus_of(scene.part), *scene.free("holder"))
    if "flow" in scene.part.kinds or "net" in scene.part.kinds or "move" in scene.part.kinds:
        scene.use(*scene.free("flow"), *scene.free("net"), *scene.free("move"))
        return []
    stands = "hold" in scene.part.kinds or "state" in scene.part.kinds
    if not stands or not _OF_ALL.search(scene.part.text):
        scene.use(*scene.free("hold"), *scene.free("state"))
        return []
    low = not {"less", "fewer", "smaller"}.isdisjoint(scene.part.words)
    abroad = _FOREIGN.search(scene.part.text) or {"country", "nation"} & scene.part.words
    return [
        scene.draft(
            Predicate.RANK, rank=1, extreme="low" if low else "high",
            scope=frozenset({"foreign"} if abroad else ()),
            period=next(iter(scene.timing.periods), None),
        )
    ]  # fmt: skip


def _overtaking(scene: Scene, versus: tuple[str, ...], scope: dict[str, object]) -> Draft:
    """As in "overtook China as the second-largest holder"."""
    rank, first = _place(scene), bool(scene.free("first"))
    scene.use(*scene.free("rank"), *scene.free("extreme"), *scene.free("first"))
    return scene.draft(
        Predicate.RANK, versus=versus, rank=rank, extreme="high" if rank else "", direction=1, first=first,
        period=next(iter(scene.timing.periods), None), since=scene.timing.since, **scope,
    )  # fmt: skip


def _by(scene: Scene, versus: tuple[str, ...], period: Period | None) -> list[Draft]:
    """As in "overtook China by $5bn": by how much it is ahead."""
    sizes = [m for m in scene.free("amount", "money") if scene.part.word_before(m) == "by"]
    return [
        scene.draft(
            Predicate.COMPARISON, size, quantity=amount(size).quantity, direction=1, versus=versus, period=period
        )
        for size in sizes[:1]
    ]  # fmt: skip


def _place(scene: Scene) -> int | None:
    """As in "overtook China as the largest holder", "to become the top creditor": the rank gained."""
    ordinal = _ORDINAL.search(scene.part.sentence.text)
    if ordinal:
        return _ORDINALS[ordinal[1].lower()]
    rest = [mark.get("rank") for mark in scene.part.sentence.marks if "rank" in mark.kinds]
    extremes = [mark for mark in scene.part.sentence.marks if "extreme" in mark.kinds]
    spots = [_SPOTS[name] for name in rest if name in _SPOTS]
    return spots[0] if spots else 1 if "holder" in rest and extremes else None


def _group(text: str) -> str:
    found = re.search(r"\b(G7|G20|world|europe|euro area|advanced)\b", text, re.IGNORECASE)
    return found[1].lower() if found else ""
