"""How often something was so: "five closes above 30 in March", "fell in ten of the past twelve months"."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta

from saiken.archive.view import Availability
from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import (
    Finding,
    ambiguous,
    exaggerated,
    not_covered,
    refuted,
    supported,
)
from saiken.claims.judging.level import unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.paces import paced
from saiken.claims.judging.record import changes
from saiken.claims.judging.target import missing, newest, target, window
from saiken.claims.judging.told import Told, tell
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Count:
    """The figures `found` of a line of levels, flows or changes, and which of them are `hits`."""

    line: Line
    found: range
    hits: list[int]

    @property
    def runs(self) -> int:
        """How often the figures went over to being so: neighbours are told as one time."""
        known = set(self.hits)
        return sum(index - 1 not in known for index in self.hits)


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    """The finding on a claim of scope `times` or `misses`."""
    counted = count(claim, line, evidence)
    if isinstance(counted, Finding):
        return counted
    assert claim.count is not None  # noqa: S101 - the caller has checked
    size = len(counted.hits)
    fact = _told(counted)
    if "misses" in claim.scope:
        return _finding(claim, counted, len(counted.found) - size, fact, evidence)
    days = _finding(claim, counted, size, fact, evidence)
    if days.ruling is not Ruling.SUPPORTED and _is_of_today(counted, evidence):
        before = _finding(claim, counted, size - 1, fact, evidence)  # written before the close
        days = before if before.ruling is Ruling.SUPPORTED else days
    if claim.quantity is None or {"close", "daily"} & claim.scope:
        return days
    # a line may be crossed once and stay so for days
    again = tell("{fact} It went there {runs} times.", fact=fact, runs=counted.runs)
    times = _finding(claim, counted, counted.runs, again, evidence)
    if times.ruling is days.ruling:
        return days
    return ambiguous([times.reasons[0]], [days, times])


def count(claim: Claim, line: Line, evidence: Evidence) -> Count | Finding:
    """Which of the period's figures are as told: beyond the claim's line, or moved its way."""
    within = claim.period is not None and claim.period.days <= DAYS_OF_WEEK
    line = paced(line, claim.scope - ({"weekly"} if within else set()))  # "this week" is no pace
    mark = numbers.fit(claim.quantity, line.unit) if claim.quantity is not None else None
    if mark is None and claim.quantity is not None:
        return unlike(claim.quantity, line)
    moves = line if line.kind == "flow" or mark is not None else changes(line)
    found = _found(claim, moves, evidence)
    if isinstance(found, Finding):
        return found
    last = newest(moves, evidence)  # "this year" is the year so far, whatever came after
    found = range(found.start, found.stop if last is None else min(found.stop, last + 1))
    side, level = claim.direction, mark.value if mark is not None else 0.0
    apart = ((i, moves.base_value(i) - level) for i in found)
    hits = [i for i, by in apart if (by * side > 0 if side else by)]
    return Count(moves, found, hits)


def _found(claim: Claim, line: Line, evidence: Evidence) -> range | Finding:
    """The figures over which it is counted."""
    if claim.base is not None:  # of the last so and so many
        last = target(line, claim, evidence)
        if isinstance(last, Finding):
            return last
        if last + 1 < claim.base.count:
            return not_covered(tell("The series does not go back that far."), "before_start")
        return range(last + 1 - claim.base.count, last + 1)
    span = claim.period
    if span is None and claim.since is not None:
        begin = claim.since.end + timedelta(1)
        span = Period(begin, max(begin, evidence.dated))
    if line.sparse and span is not None:
        return _known(line, span, evidence)
    return window(line, replace(claim, period=span), evidence)


def _known(line: Line, span: Period, evidence: Evidence) -> range | Finding:
    """Of what has a figure only on some days: those of the span that are out so far, maybe none."""
    out = line.availability(Period.day(span.start)) is not Availability.NOT_PUBLISHED
    found = line.within(span)
    return found if out and found.stop else missing(line, Period.day(span.start), evidence)


def _told(counted: Count) -> Told:
    line, found = counted.line, counted.found
    index = _shown(counted)
    shown = tell(
        "{shown} {when}",
        shown=numbers.amount(line.values[index], line.unit, signed=line.kind == "flow"),
        when=wording.at(line.period(index)),
    )
    if not found:
        return tell("None after the last one: {shown}.", shown=shown)
    first, last = (wording.period(line.period(i)) for i in (found[0], found[-1]))
    span = {"count": len(found), "first": first, "last": last, "shown": shown}
    if not counted.hits:
        return tell(
            "None of the {count} figures from {first} to {last} is so; the last one: {shown}.",
            **span,
        )
    return tell(
        "{size} of {count} figures from {first} to {last} are so, the last one {shown}.",
        size=len(counted.hits),
        **span,
    )


def _is_of_today(counted: Count, evidence: Evidence) -> bool:
    """Whether the last one that is so is of the text's own day."""
    return bool(counted.hits) and counted.line.ends[counted.hits[-1]] == evidence.dated.toordinal()


def _shown(counted: Count) -> int:
    """The last figure that is so, or else the last of all."""
    return counted.hits[-1] if counted.hits else counted.found.stop - 1


def _finding(claim: Claim, counted: Count, size: int, fact: Told, evidence: Evidence) -> Finding:
    stated, figures = claim.count or 0, counted.line.cite(_shown(counted))
    low = -math.inf if "at_most" in claim.scope else stated
    high = math.inf if "at_least" in claim.scope else stated
    if "nth" in claim.scope and not _is_new(counted, evidence):
        return refuted(fact, figures)
    if low <= size <= high:
        return supported(fact, figures)
    overstated = numbers.exaggeration(stated, size)
    return exaggerated(fact, figures) if overstated else refuted(fact, figures)


def _is_new(counted: Count, evidence: Evidence) -> bool:
    """Whether the last one that is so is among the newest figures: it is told as the news."""
    last = newest(counted.line, evidence)
    recent = rules.NOW_OBSERVATIONS if counted.line.frequency == "D" else 1
    return bool(counted.hits) and last is not None and counted.hits[-1] > last - recent
