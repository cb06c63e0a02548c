"""What a clause adds to the number told just before it: "at 52.3, its highest since 2020"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from saiken.claims.claim import Claim, Predicate
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Stated, Topic
from saiken.claims.reading.predicates.scene import DIFFERENCES, Draft

_STANDS = {Predicate.LEVEL, Predicate.THRESHOLD}
_TOUCHED = {"intraday", "briefly"}
_OPENING = {"its", "the", "a", "an", "their", "which", "that", "this", "it", "is", "was", "'s", "s"}
"""What may stand before the superlative: "its highest", "that is the highest"."""


def stated(topic: Topic, claims: Sequence[Claim]) -> tuple[Stated, ...]:
    """The numbers that a clause says its topic to stand at, or to be beyond; none is one that a
    price only touched, of which closes know nothing.
    """
    return tuple(
        (topic.thing, c.quantity)
        for c in claims
        if c.predicate in _STANDS and c.quantity is not None and not _TOUCHED & c.scope
    )


def beside(part: Part, topic: Topic, drafts: list[Draft], before: Sequence[Stated]) -> list[Draft]:
    """The drafts of a clause that opens with a superlative: its record is that of the one number
    just told of the same thing, on whichever day that was.
    """
    marks = part.all("extreme")
    if not marks or len(before) != 1 or before[0][0] != topic.thing:
        return drafts
    opening = part.sentence.tokens[part.first : marks[0].first]
    if not all(token.word in _OPENING for token in opening):
        return drafts
    quantity = before[0][1]
    return [
        replace(d, fields={**d.fields, "quantity": quantity}) if _takes_one(d) else d
        for d in drafts
    ]


def set_against(part: Part, topic: Topic, before: Topic, drafts: list[Draft]) -> list[Draft]:
    """As in "Chile's ratio is 42 %, below Peru's 45 %": besides what the other stands at, on which
    side of it the one just told of is.
    """
    side = DIFFERENCES.get(part.sentence.tokens[part.first].word)
    if side is None:
        return drafts
    other = set(topic.subjects) - set(before.subjects)
    alike = topic.measure == before.measure and topic.tenors == before.tenors
    one_each = len(before.subjects) == 1 == len(topic.subjects) and bool(other)
    levels = len(drafts) == 1 and drafts[0].predicate is Predicate.LEVEL
    if not (alike and one_each and levels):
        return drafts
    told = {"subject": before.subjects[0], "versus": topic.subjects, "direction": side}
    period = drafts[0].fields.get("period")
    compared = Draft(Predicate.COMPARISON, part.start, part.end, {**told, "period": period})
    return [compared, *drafts]


def _takes_one(draft: Draft) -> bool:
    """Whether it is a record of a level that does not name its number."""
    told = draft.fields
    return (
        draft.predicate is Predicate.RECORD
        and told.get("of") == "level"
        and told.get("quantity") is None
    )
