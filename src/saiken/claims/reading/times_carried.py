"""The times that hold for a clause which names none itself."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.claim import Base
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.dating import dates_figures
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.scene import FLOWS
from saiken.claims.reading.spans import When
from saiken.claims.reading.timing import Timing, timing_of
from saiken.terms.period import Period

SAME = phrase(
    "same",
    r"\b(?:the|that) same (?P<unit>day|session|week|month|quarter|year)\b"
    r"|\b(?:over|in|during|for|within) (?:the|that|those) same (?:(?P<span>period|time|span|stretch|window)|\w+ (?:day|session|week|month|quarter|year)s)\b",
)
"""Words that point to a time told before: its `unit`, or a `span` with a beginning and an end. "At
the same time" joins two sentences and dates nothing.
"""
_OF_UNIT = {"day": "D", "session": "D", "week": "W", "month": "M", "quarter": "Q", "year": "A"}
_LISTED = {",", "and", ";", "while", "but"}
_AHEAD = 2
"""A time so many words from the start of a sentence opens it."""
_BESIDE = {"after", "following", "while", "against", "versus"}


def _last_time(part: Part) -> Period | None:
    """The time that stands right before a clause: "since 2013, when it was $5bn"."""
    before = [mark for mark in part.sentence.marks if mark.last <= part.first + 1]
    last = next((mark for mark in reversed(before) if "glue" not in mark.kinds), None)
    when = last.item if last is not None else None
    near = last is not None and part.first - last.last <= 1
    return when.period if near and isinstance(when, When) and when.kind == "period" else None


def pointed_back(
    part: Part,
    parts: list[Part],
    topic: Topic,
    timing: Timing,
    carried: tuple[Period, ...],
    ctx: Context,
) -> Timing:
    """The times of a clause that points to one told before: "the same day", "after sales of
    ¥9bn a week earlier", "since 2013, when it was $5bn".
    """
    if timing.periods:
        return timing
    told = carried[-1] if carried else ctx.last_period
    same, span = SAME.search(part), ctx.last_span
    if same and span is not None and same["span"]:
        return replace(timing, periods=(span[1],), base=span[0])
    if same and told is not None and told.frequency == _OF_UNIT.get((same["unit"] or "").lower()):
        return replace(timing, periods=(told,))
    before = timing.base == Base("previous") and topic.measure in FLOWS and "flow" in part.kinds
    tokens = part.sentence.tokens
    owned = any(
        tokens[mark.last - 1].owner for mark in part.all("when")
    )  # "reversing the prior week's sales"
    if before and carried and (owned or part.tokens[0].word in _BESIDE):
        return replace(timing, periods=(carried[-1].shift(-1),), base=None)
    if part.tokens[0].word == "when" and (ahead := _last_time(part)) is not None:
        return replace(timing, periods=(ahead,))
    if timing.whens or timing.base is not None:
        return timing
    base = _shared_base(part, parts, topic, ctx)
    return replace(timing, base=base) if base else timing


def _shared_base(part: Part, parts: list[Part], topic: Topic, ctx: Context) -> Base | None:
    """As in "Since May the euro is up 2%, the yen down 1%": what a list is measured from is told
    once, at its head or at its end.
    """
    dated = [one for one in parts if "when" in one.kinds]
    listed = all(one.before in _LISTED for one in parts[1:])
    if len(dated) != 1 or dated[0] is part or not listed:
        return None
    opens = dated[0] is parts[0] and dated[0].all("when")[0].first <= _AHEAD
    if not opens and dated[0] is not parts[-1]:
        return None
    told = timing_of(dated[0], topic, ctx)
    if told.periods or (told.since and not opens):
        return None  # "rose 2bp, and has gained 9bp since May": two stretches
    return told.base or (Base("period", told.since) if told.since else None)


def carry(timing: Timing, periods: tuple[Period, ...], scope: frozenset[str]) -> Timing:
    """The period in force, or its end, unless the clause compares with a later time: then it is
    about now.
    """
    base = timing.since or (timing.base.period if timing.base is not None else None)
    later = base is not None and base.end >= periods[0].start
    return timing if later else replace(timing, periods=periods, scope=timing.scope | scope)


LATER = phrase(
    "before later next following afterwards subsequently then",
    r"^before\b|^(?:and |but )?then\b|\b(?:\w+ (?:days?|sessions?|weeks?|months?) later|the (?:next|following) (?:day|session|week|month)|afterwards|subsequently)\b",
)
"""A time after one just named: "two days later", "before easing to 5 %"."""

_APART = {";", "-", "(", ")", "but", "while", "whereas", "although", "though", "before", "after", "until", "since", "yet"}  # fmt: skip
"""Joints over which a time does not reach back to what was said before."""


_CONTRASTING = {"while", "whereas"}
_MOVING = frozenset(("move", "flow", "net"))


def _sets_apart(parts: list[Part], index: int) -> bool:
    """Whether a time in a clause is none of the clause before it. "A fell while B rose on Friday"
    tells of both on that day; "A holds 5 %, while B rose on Friday" does not.
    """
    joint = parts[index].before
    if joint == ",":  # ", while"
        joint = parts[index].tokens[0].word
    moving = all(not _MOVING.isdisjoint(part.kinds) for part in parts[index - 1 : index + 1])
    return joint in _APART and not (joint in _CONTRASTING and moving)


def only_period(parts: list[Part]) -> tuple[int, tuple[Period, ...]]:
    """(the first clause it holds for, the one period that a sentence names). It holds for all that
    follows, and for what stands before it up to a joint that sets clauses apart.
    """
    found = [
        (index, mark.item)
        for index, part in enumerate(parts)
        for mark in part.all("when")
        if isinstance(mark.item, When)
        and mark.item.kind == "period"
        and dates_figures(part, mark)
        and (mark.item.word or not mark.owner or part is parts[0])
        and not part.has("record", "last_seen", "on_record")
    ]
    if len(found) != 1 or found[0][1].word in {
        "since",
        "from",
        "than",
        "until",
        "by",
        "before",
        "after",
        "below",
        "above",
    }:
        return 0, ()
    index, period = found[0][0], found[0][1].period
    while index and not _sets_apart(parts, index):
        index -= 1
    known = period is not None and period.frequency in {"D", "W", "M", "Q", "A"}
    return index, (period,) if known and period is not None else ()
