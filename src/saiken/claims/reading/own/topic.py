"""Which of a user's own series a clause is about, whose, and what words would narrow it."""

from __future__ import annotations

import re

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import subjects_of, versus_of
from saiken.claims.reading.context import Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.own.amounts import level
from saiken.claims.reading.own.words import Own, known, of, said, stem
from saiken.claims.reading.quantities import Amount
from saiken.publishers.catalog import USERS

NARROWED = "narrowed"
"""The scope of a claim, and of what is said after it, with words that may narrow what is counted."""
_NAMED = 100
"""How much a name told in one piece outweighs words here and there."""
_COUNTRIES = r"(?:countr(?:y|ies)|nations?)"
FIELD = re.compile(
    rf"\b(?:of|in|among) (?:all (?:the )?{_COUNTRIES}|(?:the )?world|(?:the )?(?P<g7>g7)(?: {_COUNTRIES})?)\b"
    rf"|\bthan any other (?P<g7_too>g7 )?{_COUNTRIES}(?: in the (?:world|(?P<g7_in>g7)))?\b",
    re.IGNORECASE,
)
"""Among whom somebody is the first: "of all countries", "than any other G7 country"."""
_TOLD = frozenset((
    "amount", "when", "place", "move", "multiple", "cross", "hedge", "extreme", "record", "first", "compare", "streak", "state",
))  # fmt: skip
"""Kinds of marks that say something of a measure and narrow none."""


def topic(part: Part, before: Topic) -> Topic | None:
    """The user's measure that a clause names and whose it is told of; None where it names none, or
    names several alike. Nobody's is told as a topic without a measure, so that nothing is read.
    """
    own = called(part)
    if own is None:
        return None
    scope = frozenset({NARROWED} if narrowing(part, own.measure) else ())
    if own.subject:
        return Topic(own.measure, (own.subject,), scope=scope, explicit=True)
    places = tuple(dict.fromkeys(mark.get("place") for mark in _places(part)))
    if not places and before.measure.startswith(USERS):
        places = before.subjects
    if not places:  # "Of all countries…", told of one country in the rest of the sentence
        named = part.sentence.all_of("place")
        places = tuple({mark.get("place") for mark in named})
        if len(places) > 1 or any(_is_seat(part, mark) for mark in named):
            return Topic()
    return Topic(own.measure, places, scope=scope, explicit=True) if places else Topic()


def called(part: Part) -> Own | None:
    """The measure that the words of a clause call; of several the one in whose unit it counts."""
    if not known():
        return None
    marked = {mark.get("measure") for mark in part.all("measure")}
    told = frozenset(stem(token.word) for token in part.tokens)
    scores = {
        own.measure: own.called(told) + (_NAMED if own.measure in marked else 0) for own in known()
    }
    best = max(scores.values())
    if not best:
        return None
    found = [own for own in known() if scores[own.measure] == best]
    if len(found) > 1:
        amounts = part.all("amount")
        found = [own for own in found if any(level(own, part, mark) for mark in amounts)]
    return found[0] if len(found) == 1 else None


def _places(part: Part) -> list[Mark]:
    """The countries that a clause is about; no capital, by which a government is told."""
    return [m for m in subjects_of(part) if "place" in m.kinds and not _is_seat(part, m)]


def _is_seat(part: Part, mark: Mark) -> bool:
    named = part.sentence.text[mark.start : mark.end].casefold()
    return named.removesuffix("'s") in said("seats")


def narrowing(part: Part, measure: str) -> list[tuple[int, int]]:
    """The stretches [start, end) of the sentence whose words may narrow what the series counts:
    neither its own, nor such as say something of any series. Neighbours are joined.
    """
    own = of(measure)
    if own is None:
        return []
    relative = own.unit.base == "%" or own.unit.per is not None
    plain = said("plain") | said("relative" if relative else "absolute")
    covered = _covered(part, own)
    runs: list[tuple[int, int]] = []
    last = -2
    for index, token in enumerate(part.tokens, part.first):
        fits = not token.raw[0].isalnum() or token.word in plain or stem(token.word) in own.words
        if fits or index in covered:
            continue
        joined = runs and index == last + 1
        runs[-1 if joined else len(runs) :] = [(runs[-1][0] if joined else token.start, token.end)]
        last = index
    return runs


def _covered(part: Part, own: Own) -> set[int]:
    """The tokens that marks account for."""
    mine = {mark.first for mark in (*_places(part), *versus_of(part))} if not own.subject else set()
    found: set[int] = set()
    for mark in part.marks:
        place = "place" in mark.kinds
        told = mark.first in mine if place else not _TOLD.isdisjoint(mark.kinds)
        if told or mark.get("measure") == own.measure or mark.get("scope") == "average":
            found.update(range(mark.first, mark.last))
        if "streak" in mark.kinds:  # "for the third straight year"
            found.add(mark.first - 1)
        if isinstance(mark.item, Amount):
            found.update(
                i
                for i in range(part.first, mark.first)
                if part.sentence.tokens[i].start >= mark.item.lead
            )
    field = FIELD.search(part.text)
    if field is not None:
        start, end = part.start + field.start(), part.start + field.end()
        found.update(i for i, t in enumerate(part.tokens, part.first) if start <= t.start < end)
    return found


def unsettled(part: Part) -> bool:
    """Whether a clause says how often something was so, or that it was not: "never", "mostly"."""
    hedged = {
        i
        for mark in part.all("amount")
        if isinstance(mark.item, Amount)
        for i in range(part.first, mark.first)
        if part.sentence.tokens[i].start >= mark.item.lead
    }
    words = said("unsettled")
    return any(t.word in words for i, t in enumerate(part.tokens, part.first) if i not in hedged)
