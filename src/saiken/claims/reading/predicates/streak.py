"""Streaks: "sixth straight month", "for eleven weeks in a row", "every month since March"."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.scene import Draft, Scene, amount, role
from saiken.claims.reading.spans import count_of
from saiken.terms.period import PACES, Period

ORDINALS = {
    word: number
    for number, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"], start=2
    )
}  # fmt: skip
CARDINALS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty"
_NTH = rf"(?P<ord>{'|'.join(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))"
_COUNT = rf"(?:{_NTH}|(?P<card>\d{{1,3}}|{CARDINALS}))"
_PERIODS = r"(?P<unit>day|session|week|month|quarter|year)"
_STREAK = phrase(
    "straight consecutive successive row running trot succession end",
    rf"\b{_COUNT}[- ](?:(?:straight|consecutive|successive)[- ](?:(?:daily|weekly|monthly|quarterly|annual|yearly)[- ])?(?:{_PERIODS}s?\b)?"
    rf"|(?:(?:daily|weekly|monthly|quarterly|annual|yearly)[- ])?(?:{_PERIODS.replace('unit', 'u2')}s?\s)?(?:\w+\s){{0,3}}?(?:in a row|running|straight|on the trot|in succession|on end)\b)",
)
_ENTERS = phrase(
    "enter enters entered extend extends extended for into mark marks",
    r"\b(?:enters?|entered|extends?|extended|for a|into its|into a|marks?)\b",
)
_ENTERED = phrase("day session week month quarter year", rf"\b{_NTH}[- ]{_PERIODS}\b(?=.{{0,40}}$)")
"""As in "entered its third month": a streak without a word for one."""
_EVERY = phrase(
    "every each after",
    r"\b(?:every|each)(?: single| trading| business| working)* (?P<unit>day|session|week|month|quarter|year)\b|\b(?P<u2>month|week) after (?:month|week)\b",
)
_SIDE = r"(?:above|below|under|over|beneath|north of|south of)"
_HELD = phrase(
    "every each throughout all whole entire full stay stays stayed staying remain remains remained remaining hold holds holding held keep keeps keeping kept",
    r"\b(?:every|each)(?: single)?(?: daily| weekly)? (?:close|closing|fixing|print|reading|observation)\b"
    r"|\bthroughout\b|\ball through\b|\ball (?:day|week|month|quarter|summer|winter|year)(?: long)?\b"
    r"|\b(?:the|for the) (?:whole|entire|full)(?: of)? "
    rf"|\b(?:stay|remain|h[eo]ld|keep|kept)(?:s|ed|ing)?(?: \w+)?(?: \w+)? {_SIDE}\b",
)
"""As in "stayed above 155 in July", "below 20 throughout June": a line held all the time."""


def _since(scene: Scene) -> Period | None:
    """The time after which the streak begins: what lies before "the start of the year"."""
    since, base = scene.timing.since, scene.timing.base
    if since is None or base is None or base.period is None or base.period.end >= since.start:
        return since
    return base.period


def _held_line(scene: Scene, *, always: bool) -> Mark | None:
    """The line that was held all the time, as in "above 15 every day since May"."""
    if not always:
        periods = scene.timing.periods
        lasting = scene.timing.since is not None or (len(periods) == 1 and periods[0].days > 1)
        if not lasting or "first" in scene.part.kinds or not _HELD.search(scene.part):
            return None
    return next((m for m in scene.free("amount") if role(scene, m) == "line"), None)


def _entered(scene: Scene) -> re.Match[str] | None:
    """A streak without a word for one; "stuck at 5 % for a fourth day" tells where, not which way."""
    if not _ENTERS.search(scene.part):
        return None
    stands = any(role(scene, mark) == "level" for mark in scene.free("amount"))
    return None if stands else _ENTERED.search(scene.part)


def _number(found: re.Match[str]) -> float:
    """How many in a row: the ordinal or the count that is told."""
    ordinal, cardinal = found["ord"], found.groupdict().get("card")
    if ordinal:
        return ORDINALS.get(ordinal) or int(re.sub(r"\D", "", ordinal))
    return count_of(cardinal or "")


def read(scene: Scene, direction: int | None, of: str) -> list[Draft]:
    """The streak that the clause tells; `direction` and `of` are what its verbs say."""
    found = _STREAK.search(scene.part) or _entered(scene)
    count = _number(found) if found else None
    if count is not None and count <= 1:
        found = count = None
    every = None if found else _EVERY.search(scene.part)
    side = None if found else _held_line(scene, always=every is not None)
    if not found and not every and side is None:
        return []
    groups = found.groupdict() if found else every.groupdict() if every else {}
    unit = groups.get("unit") or groups.get("u2") or ""
    scene.use(*scene.free("streak"), *scene.free("sign"))
    line = None
    if side is not None:
        scene.use(side)
        line, of = amount(side).quantity, "level"
        direction = -1 if amount(side).hedge == "under" else 1
    return [
        scene.draft(
            Predicate.STREAK, quantity=line, count=count, direction=direction, of=of, since=_since(scene),
            period=next(iter(scene.timing.periods), None),
            scope=frozenset({PACES[unit.lower()]} if unit else ()),
        )
    ]  # fmt: skip
