"""Records: "record high", "highest since 1999", "the biggest weekly sale in two years"."""

from __future__ import annotations

from array import array
from dataclasses import replace

from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import (
    Finding,
    best,
    exaggerated,
    misleading,
    not_covered,
    refuted,
    supported,
)
from saiken.claims.judging.intraday import left_open, traded
from saiken.claims.judging.level import compare as compare_level
from saiken.claims.judging.lines import Line
from saiken.claims.judging.paces import paced
from saiken.claims.judging.target import window
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.judging.weigh import SESSION, weigh
from saiken.claims.verdict import Ruling
from saiken.measures import history
from saiken.terms.units import Unit


def judge(claim: Claim, evidence: Evidence) -> Finding:
    finding = weigh(claim, evidence, lambda line: on_line(claim, line, evidence))
    return beaten_elsewhere(claim, finding, evidence)


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    line = of(claim, line)
    now = "standing" in claim.scope
    current = rules.NEWEST_OBSERVATIONS if claim.since else rules.CURRENT_OBSERVATIONS
    recent = current if now else rules.RECENT_OBSERVATIONS
    found = window(line, claim, evidence, recent)
    if isinstance(found, Finding):
        return found
    if claim.period is None and len(found) == 1:
        return at(claim, line, found[0])
    return best([at(claim, line, index) for index in _candidates(claim, line, found)])


def of(claim: Claim, line: Line) -> Line:
    """The line that the record is of: the level, the change on the observation before, or the size
    of what was done on either side.
    """
    if "size" in claim.scope:
        return replace(line, values=array("d", map(abs, line.values)))
    return changes(paced(line, claim.scope)) if claim.of == "change" else line


def changes(line: Line) -> Line:
    """The change between neighbours, dated by the later one: of prices, in per cent."""
    values = history.differences(line.values)
    halves = [0.0, *(a + b for a, b in zip(line.half_widths, line.half_widths[1:], strict=False))]
    unit = line.unit
    if line.kind == "price":
        before = [1.0, *line.values[:-1]]
        values, halves = (
            [100 * of / price if price else 0.0 for of, price in zip(each, before, strict=True)]
            for each in (values, halves)
        )
        unit = Unit.parse("%")
    return replace(
        line,
        unit=unit,
        title=tell("change of {title}", title=naming.title(line)),
        kind="flow",
        starts=line.starts[1:],
        ends=line.ends[1:],
        values=array("d", [round(v, 9) for v in values[1:]]),
        half_widths=halves[1:],
        marks=bytes(max(a, b) for a, b in zip(line.marks, line.marks[1:], strict=False)),
        cite=lambda i: (*line.cite(i + 1), *line.cite(i)),
        revision_range=lambda i: line.revision_range(i + 1),
    )


def _candidates(claim: Claim, line: Line, found: range) -> list[int]:
    """The observations a record may be about: the window's extreme, latest first among equals."""
    pick = max if claim.extreme == "high" else min
    value = pick(line.values[i] for i in found)
    return [i for i in reversed(found) if line.values[i] == value]


def at(claim: Claim, line: Line, index: int) -> Finding:
    """Whether the observation is the record, or the highest since, that the text says it is."""
    stated = numbers.fit(claim.quantity, line.unit) if claim.quantity is not None else None
    if stated is not None and not numbers.matches(stated, line.interval(index)):
        return compare_level(stated, line, index)
    finding = _since(claim, line, index) if claim.since else _record(claim, line, index)
    if finding.ruling in {Ruling.REFUTED, Ruling.EXAGGERATED} and _by_a_hair(claim, line, index):
        return left_open(finding.figures)
    if "standing" in claim.scope and finding.ruling in {Ruling.SUPPORTED, Ruling.MISLEADING}:
        finding = _still(claim, line, index) or finding
    return replace(finding, pivot=index)


def _by_a_hair(claim: Claim, line: Line, index: int) -> bool:
    """Whether fixings of an exchange rate before went beyond this one by no more than rates trade
    within a day, so that the market may have been where the text says.
    """
    start = line.until(claim.since.end) if claim.since else 0
    pick = max if claim.extreme == "high" else min
    farthest = pick(range(start, index), key=lambda i: line.values[i], default=index)
    near = traded(line, index).meets(line.interval(farthest))
    return near and line.measure == "exchange_rate" and claim.of != "change"


EXTREMES = {"high": tell("highest"), "low": tell("lowest")}


def _still(claim: Claim, line: Line, index: int) -> Finding | None:
    """What has gone beyond a record that the text says to stand; None if nothing has."""
    sign = 1 if claim.extreme == "high" else -1
    held = line.values[index] * sign
    later = next((i for i in range(index + 1, len(line)) if line.values[i] * sign > held), None)
    if later is None:
        return None
    shown, when = _shown(line, index)
    beyond, then = _shown(line, later)
    return refuted(
        tell(
            "{shown} {when} no longer stands: {beyond} {then} went beyond it.",
            shown=shown,
            when=when,
            beyond=beyond,
            then=then,
        ),
        (*line.cite(index), *line.cite(later)),
        tell(
            "{shown} ({period}) against {best} ({then})",
            shown=shown,
            period=wording.label(line.period(index)),
            best=beyond,
            then=wording.label(line.period(later)),
        ),
    )


def _record(claim: Claim, line: Line, index: int) -> Finding:
    place = history.standing(line.values, index, claim.extreme)
    shown, when = _shown(line, index)
    start = wording.period(line.period(0))
    word = EXTREMES[claim.extreme]
    if place.best_at is None:
        told = tell("{shown} {when} is the first figure of the series.", shown=shown, when=when)
        return refuted(told, line.cite(index))
    best_shown, best_when = _shown(line, place.best_at)
    arithmetic = tell(
        "{shown} ({period}) against {best} ({then})",
        shown=shown,
        period=wording.label(line.period(index)),
        best=best_shown,
        then=wording.label(line.period(place.best_at)),
    )
    figures = (*line.cite(index), *line.cite(place.best_at))
    if place.beaten_at is None:
        if claim.ever and not line.since_inception:
            return misleading(
                tell(
                    "{shown} {when} is the {word} of a series that begins in {start}; "
                    "that is not all of history.",
                    shown=shown,
                    when=when,
                    word=word,
                    start=start,
                ),
                "record_in_short_history",
                figures,
                arithmetic,
            )
        note: Words = "" if line.since_inception else begins(line)
        told = tell(
            "{shown} {when} is the {word} of the series.", shown=shown, when=when, word=word
        )
        return supported(told, figures, arithmetic).noting(note)
    if place.tied and line.values[place.best_at] == line.values[index]:
        told = tell(
            "{shown} {when} only equals that {then}.", shown=shown, when=when, then=best_when
        )
        return exaggerated(told, figures, arithmetic)
    return refuted(
        tell(
            "{shown} {when} was the {word} since {since}; the record is {best} {then}.",
            shown=shown,
            when=when,
            word=word,
            since=wording.period(line.period(place.beaten_at)),
            best=best_shown,
            then=best_when,
        ),
        (*figures, *line.cite(place.beaten_at)),
        arithmetic,
    )


def begins(line: Line) -> Told:
    return tell("The series begins in {start}.", start=wording.period(line.period(0)))


def _since(claim: Claim, line: Line, index: int) -> Finding:
    assert claim.since is not None  # noqa: S101 - the caller has checked
    place = history.standing(line.values, index, claim.extreme)
    shown, when = _shown(line, index)
    word, start = EXTREMES[claim.extreme], line.period(0)
    if place.beaten_at is None:
        told = tell(
            "{shown} {when} is the {word} of the whole series.", shown=shown, when=when, word=word
        )
        if (start.start - claim.since.end).days <= rules.LONGEST_GAP or line.since_inception:
            return supported(told, line.cite(index))
        told = tell(
            "{shown} {when} is the {word} of a series that begins {begins}; "
            "it does not reach back to {since}.",
            shown=shown,
            when=when,
            word=word,
            begins=wording.at(start),
            since=wording.period(claim.since),
        )
        return replace(not_covered(told, "before_start"), figures=line.cite(index))
    beaten = line.period(place.beaten_at)
    beaten_shown, _ = _shown(line, place.beaten_at)
    figures = (*line.cite(index), *line.cite(place.beaten_at))
    arithmetic = tell(
        "{shown} ({period}); last at or beyond it: {beaten} ({then})",
        shown=shown,
        period=wording.label(line.period(index)),
        beaten=beaten_shown,
        then=wording.label(beaten),
    )
    fact = tell(
        "{shown} {when} was the {word} since {since} ({beaten})",
        shown=shown,
        when=when,
        word=word,
        since=wording.period(beaten),
        beaten=beaten_shown,
    )
    if beaten.start <= claim.since.end:
        return supported(tell("{fact}.", fact=fact), figures, arithmetic)
    # A value that the one just before it beats has not even gone that way.
    overstated = exaggerated if place.beaten_at < index - 1 else refuted
    told = tell("{fact}, not since {since}.", fact=fact, since=wording.period(claim.since))
    return overstated(told, figures, arithmetic)


def _shown(line: Line, index: int) -> tuple[Told, Told]:
    return numbers.amount(line.values[index], line.unit), wording.at(line.period(index))


def beaten_elsewhere(claim: Claim, finding: Finding, evidence: Evidence) -> Finding:
    """A record within a short series is none if another official series goes beyond it."""
    if claim.since or finding.ruling.value not in {"supported", "misleading"}:
        return finding
    for line in evidence.lines(claim.measure, claim.subject, claim.tenor):
        if line.series == finding.figures[0].series or line.kind != "price":
            continue
        if "close" in claim.scope and line.convention in SESSION.values():
            continue
        seen = window(of(claim, line), claim, evidence, rules.RECENT_OBSERVATIONS)
        mine = finding.figures[0].value
        values = line.values[: seen[0]] if isinstance(seen, range) else line.values
        beyond = [v for v in values if (v > mine if claim.extreme == "high" else v < mine)]
        if beyond:
            shown = numbers.amount(beyond[-1], line.unit)
            told = tell("{title} had {shown} before.", title=naming.title(line), shown=shown)
            return refuted(told, finding.figures)
    return finding
