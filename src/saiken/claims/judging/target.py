"""Which observations a claim is about, and what to say when they cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from saiken.archive.view import Availability
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import naming, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered
from saiken.claims.judging.lines import Line
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

STALE_DAYS = 7
"""A daily series with no observation for this many days is not the latest there is."""


def window(line: Line, claim: Claim, evidence: Evidence, recent: int = 1) -> range | Finding:
    """Indices of the observations that the claim is about, or the finding that there are none.

    Undated claims are about the newest observation out by the text's date; on a daily series,
    about one of the last `recent`.
    """
    if claim.period is None:
        return _latest(line, evidence, recent)
    found = _named(line, claim.period, evidence)
    if isinstance(found, Finding) and claim.predicate in _MOVED:
        found = _so_far(line, claim.period, evidence) or found
    if isinstance(found, Finding) or line.kind == "flow":
        return found
    at_end = "period_end" in claim.scope
    if at_end or claim.predicate not in ANY_DAY:
        behind = _stops_short(line, claim.period, found, evidence)
        if behind is not None:
            return _not_at_hand(behind)
    if "period_start" in claim.scope:  # the first figure of the period, or the last before it
        return range(max(0, found[0] - 1), found[0] + 1)
    return found[-1:] if at_end else found


ANY_DAY = {Predicate.LEVEL, Predicate.THRESHOLD}
"""What may be true of any day of the period named."""


def _stops_short(line: Line, period: Period, found: range, evidence: Evidence) -> Period | None:
    """The end of a period that a daily series, held no further, does not reach."""
    if line.frequency != "D" or found[-1] != len(line) - 1:
        return None
    day = min(period.end, evidence.dated, evidence.as_of)
    behind = (day - line.period(found[-1]).end).days > STALE_DAYS
    return Period.day(day) if behind and _published(line, day) else None


def in_force(claim: Claim, evidence: Evidence) -> Claim:
    """A claim on a policy rate of one day, on the day after where that is out: rates decided on one
    day are in force, and in the figures, from the next.
    """
    period = claim.period
    if claim.measure != "policy_rate" or period is None or period.frequency != "D":
        return claim
    later = replace(claim, period=period.shift(1))
    lines = evidence.lines(claim.measure, claim.subject, claim.tenor)
    out = any(not isinstance(target(line, later, evidence), Finding) for line in lines)
    return later if out else claim


def oriented(claim: Claim, evidence: Evidence) -> Claim:
    """A claim on the size of a gap, on the higher yield less the lower."""
    if "unsigned" not in claim.scope or (claim.quantity and claim.quantity.value < 0):
        return claim
    for line in evidence.lines(claim.measure, claim.subject, claim.tenor):
        index = target(line, claim, evidence)
        if isinstance(index, int) and line.values[index] < 0:
            return replace(claim, subject="-".join(reversed(claim.subject.split("-"))))
    return claim


def target(line: Line, claim: Claim, evidence: Evidence) -> int | Finding:
    """The last observation of the window: what a level, a change or a rank is read at."""
    found = window(line, claim, evidence)
    return found if isinstance(found, Finding) else found[-1]


def newest(line: Line, evidence: Evidence) -> int | None:
    """Index of the newest observation that was out by the text's date."""
    day = min(evidence.dated, evidence.as_of)
    index = line.until(day) - 1
    while index >= 0:
        release = line.release_of(line.period(index))
        if release is None or release.day <= day:
            return index
        index -= 1
    return None


def _latest(line: Line, evidence: Evidence, recent: int) -> range | Finding:
    index = newest(line, evidence)
    if index is None:
        day = Told(evidence.dated.isoformat(), wording.day(evidence.dated).japanese)
        return not_covered(
            tell(
                "No figure of {title} had been published by {day}.",
                title=naming.title(line),
                day=day,
            )
        )
    behind = _not_at_hand_since(line, index, evidence)
    if behind is not None:
        return _not_at_hand(behind)
    if line.frequency != "D":
        return range(index, index + 1)
    aged = line.period(index).end - timedelta(DAYS_EACH * recent)
    return range(max(0, index - recent + 1, line.until(aged)), index + 1)


DAYS_EACH = 2
"""Days that each of the latest observations may take, holidays with it: one of weeks before is not now."""


def _not_at_hand_since(line: Line, index: int, evidence: Evidence) -> Period | None:
    """A period after `index` that was out before the text's day, but is not held.

    A text of the very day of a release may well speak of the figures before it.
    """
    day = min(evidence.dated, evidence.as_of) - timedelta(days=1)
    if line.frequency == "D":
        here = line.period(index)
        return (
            Period.day(day)
            if (day - here.end).days > STALE_DAYS and _published(line, day)
            else None
        )
    following = line.following(index)
    for _ in range(line.gaps):  # periods that may well have no figure
        following = following.shift(1)
    release = line.release_of(following)
    return following if release is not None and release.day <= day else None


def _published(line: Line, day: date) -> bool:
    """Whether the calendar has a daily observation out well after the last one held."""
    week = Period.week_ending(day)
    return line.availability(Period.day(week.start)) is not Availability.NOT_PUBLISHED


def _named(line: Line, period: Period, evidence: Evidence) -> range | Finding:
    wanted = _in_frequency(line, period)
    found = line.within(wanted)
    if found and period.end >= evidence.dated > period.start and line.kind == "flow":
        return found  # "this year", said in the course of it, is the year so far
    complete = _complete(line, wanted, found)
    if complete is not None:
        return missing(line, complete, evidence)
    if not found:
        return missing(line, wanted, evidence)
    return found


_MOVED = {Predicate.CHANGE, Predicate.DIRECTION}
_LONGEST_QUARTER = 92


def _so_far(line: Line, period: Period, evidence: Evidence) -> range | None:
    """What has moved "this year", said in its course, has done so up to the newest figure out."""
    last = newest(line, evidence)
    if last is None or period.days <= _LONGEST_QUARTER:
        return None
    if not period.start < evidence.dated <= period.end:
        return None
    found = line.within(_in_frequency(line, period))
    return range(found.start, min(found.stop, last + 1)) or None


def _in_frequency(line: Line, period: Period) -> Period:
    """The named period as whole periods of the line: a day of a monthly series is its month."""
    if line.frequency == "W" and period.frequency not in {"M", "Q", "A"}:
        return _closest_week(line, period)
    if line.frequency == "M" and period.frequency in {"D", "W", "X"}:
        first, last = period.start, period.end
        return Period(
            Period.month(first.year, first.month).start, Period.month(last.year, last.month).end
        )
    if line.frequency == "A":
        return Period(date(period.start.year, 1, 1), date(period.end.year, 12, 31))
    return period


def _closest_week(line: Line, period: Period) -> Period:
    """The publisher's week that shares most days with the one named."""
    if period.days > 8 or not len(line):
        return period
    week = line.period(len(line) - 1)
    steps = round((period.end - week.end).days / 7)
    apart = [
        timedelta(days=7 * (steps + k)) for k in (-1, 0, 1)
    ]  # a report may be of one day a week
    weeks = [Period(week.start + by, week.end + by) for by in apart]

    def shared(week: Period) -> int:
        return (min(week.end, period.end) - max(week.start, period.start)).days

    return max(weeks, key=shared)


def _complete(line: Line, wanted: Period, found: range) -> Period | None:
    """The first period inside `wanted` that a regular line lacks; None if it lacks none.

    A stock is read at the end of what is named: of a month in progress, a weekly one at its last.
    """
    irregular = line.frequency == "D" or (line.frequency == "W" and line.kind != "flow")
    if not len(line) or (irregular and found):
        return None
    if not found:
        return Period.month(wanted.end.year, wanted.end.month) if line.frequency == "M" else wanted
    following = line.following(found[-1])
    return following if following.end <= wanted.end else None


def missing(line: Line, period: Period, evidence: Evidence) -> Finding:
    """Why there is no figure for a period, as a finding."""
    state = line.availability(period)
    when = wording.period(period)
    if state is Availability.NOT_PUBLISHED:
        release = line.release_of(period)
        due: Words = ""
        if release is not None:
            due = tell("; they are due on {day}", day=wording.day(release.day))
        if evidence.total_is_out(line.series, period):
            return not_covered(
                tell(
                    "A total for {when} came out before the figures by day, but no copy is at hand{due}.",
                    when=when,
                    due=due,
                ),
                "not_at_hand",
            )
        told = tell(
            "The figures for {when} were not out by {day}{due}.",
            when=when,
            day=wording.day(evidence.as_of),
            due=due,
        )
        return Finding(Ruling.NOT_PUBLISHED_YET, (told,), release=release)
    if state is Availability.NOT_AT_HAND:
        return _not_at_hand(period)
    if state is Availability.BEFORE_START:
        start = wording.period(line.period(0)) if len(line) else tell("a later date")
        told = tell(
            "{title} begins in {start}; {when} lies before it.",
            title=naming.title(line),
            start=start,
            when=when,
        )
        return not_covered(told, "before_start")
    told = tell("{title} has no observation for {when}.", title=naming.title(line), when=when)
    return not_covered(told, "no_observation")


def _not_at_hand(period: Period) -> Finding:
    return not_covered(
        tell(
            "The figures for {when} are published, but no copy is at hand: "
            "import them (`saiken import DIR`), or ask as of an earlier date with --as-of.",
            when=wording.period(period),
        ),
        "not_at_hand",
    )
