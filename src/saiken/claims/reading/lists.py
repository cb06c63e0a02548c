"""Lists told in step: "the 2-, 10- and 30-year yields closed at 3.6 %, 4.2 % and 4.9 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from saiken.claims.reading.marks import Mark
from saiken.claims.reading.spans import When
from saiken.claims.reading.tokens import Token
from saiken.terms.period import Period

_JOINTS = frozenset((",", "and", "or", "&"))
_BETWEEN = _JOINTS | {"-", "the", "in", "s"}
AGAINST = frozenset(("vs", "versus", "against"))
"""Between the amounts of two who are compared: "Japan and China: $1.1tn vs $0.6tn"."""
_NAMES = ({"place", "holder"}, {"tenor"}, {"when"})
"""Kinds of marks of which a list of amounts may be told in step."""

LONG = 3
"""So many amounts in a row are a list whatever they are told of; two may be of two clauses."""


def runs(marks: Sequence[Mark], tokens: Sequence[Token]) -> Iterator[list[Mark]]:
    """The longest stretches of two or more of `marks` with nothing but commas and "and" between."""
    run: list[Mark] = []
    for one, other in pairwise(marks):
        between = {token.word for token in tokens[one.last : other.first]}
        if between <= _BETWEEN and not between.isdisjoint(_JOINTS):
            run = [*(run or [one]), other]
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def times_of(run: Sequence[Mark]) -> tuple[Period, ...]:
    """The times of a list; "October and November" is one mark, and two times."""
    found: list[Period] = []
    for mark in run:
        when = mark.item
        if isinstance(when, When) and when.period is not None:
            ends = (when.period.start, when.period.end) if when.edge == "span" else ()
            months = tuple(Period.month(day.year, day.month) for day in ends)
            found += (
                months if len(months) == 2 and months[0].shift(1) == months[1] else [when.period]
            )
    return tuple(found)


def alike(run: Sequence[Mark]) -> bool:
    """Whether the amounts of a list are all in one unit."""
    units = {mark.item.quantity.unit for mark in run if mark.item is not None}  # type: ignore[union-attr]
    return len(units) == 1


def in_step(marks: Sequence[Mark], tokens: Sequence[Token]) -> frozenset[int]:
    """Where (`Mark.first`) the amounts and times of lists stand that are told in step: as many
    amounts of one unit as there are names or times in another list of the sentence, or many.
    """
    several = [mark for mark in marks if "amount" in mark.kinds]
    amounts = [run for run in runs(several, tokens) if alike(run)] if len(several) > 1 else []
    if not amounts:
        return frozenset()
    lists = [
        run
        for kinds in _NAMES
        for run in runs([m for m in marks if not kinds.isdisjoint(m.kinds)], tokens)
    ]
    lists += [[mark] for mark in marks if len(times_of([mark])) > 1]
    found: set[int] = set()
    for run in amounts:
        alongside = [names for names in lists if len(run) in {len(names), len(times_of(names))}]
        if alongside or len(run) >= LONG:
            found.update(mark.first for names in (run, *alongside) for mark in names)
    return frozenset(found)
