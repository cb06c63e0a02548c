"""Holding one claim against every line that could answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import naming, numbers, rules
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, ambiguous, not_covered
from saiken.claims.judging.lines import Line
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.verdict import Ruling

Decide = Callable[[Line], Finding]

PARTS = frozenset({"long_term", "bills", "super_long"})
"""Scopes that ask for the series of a part: bonds and notes, bills, bonds beyond ten years."""

STATISTICS = frozenset({"balance_of_payments"})
"""Scopes that ask for the figures of another statistic than the one that is meant unsaid."""

DEFINITIONS = {
    "session_high": tell("Within the day: that was the highest price, not the close."),
    "session_low": tell("Within the day: that was the lowest price, not the close."),
    "simple": tell(
        "As the market quotes it: the simple yield of the current issue. The Ministry of "
        "Finance's own series is a semi-annual compound yield, which does not bear it out."
    ),
}

NO_SERIES = tell("No series in the catalog can settle this.")


def _revised_by(reach: Told) -> Told:
    return tell(
        "Only a later revision of this figure is held, and the print of that day may have been on "
        "the other side: revisions of this series reach ±{reach}.",
        reach=reach,
    )


def weigh(claim: Claim, evidence: Evidence, decide: Decide) -> Finding:
    """The finding on a claim over the lines that could answer it.

    The publisher's lines are substitutes for each other. Where the market quotes another
    convention, a claim holds if one of the two bears out all of it.
    """
    asked = (claim.measure, claim.subject, claim.tenor)
    published = suited(claim, evidence)
    if not published:
        return not_covered(NO_SERIES)
    quoted = evidence.quoted(*asked) if "constant_maturity" not in claim.scope else ()
    if quoted and "simple_yield" in claim.scope:
        return _first_settled(quoted, decide)
    finding = _first_settled(published, decide)
    if finding.ruling in {Ruling.SUPPORTED, Ruling.NOT_PUBLISHED_YET}:
        return finding
    for line in (*quoted, *sessions(claim, evidence)):
        other = steadied(line, decide)
        if other.ruling is Ruling.SUPPORTED:
            return _by_definition(claim, finding, other, DEFINITIONS[line.convention])
    return finding


def _by_definition(claim: Claim, official: Finding, other: Finding, what: Told) -> Finding:
    """What only the other definition bears out: it holds as told; its denial holds by one only."""
    if claim.polarity or not official.settled:
        return other.noting(what)
    return ambiguous((*official.reasons, *other.reasons, what), (official, other))


SESSION = {1: "session_high", -1: "session_low"}
"""The line of a day's extreme on either side, where the publisher prints it."""


def sessions(claim: Claim, evidence: Evidence) -> list[Line]:
    """The day's highs or lows, for what a price touched: not where the text says that it closed."""
    side = claim.direction or {"high": 1, "low": -1}.get(claim.extreme, 0)
    touching = claim.predicate in {Predicate.THRESHOLD, Predicate.RECORD, Predicate.LEVEL}
    if not touching or "close" in claim.scope:
        return []
    lines = evidence.lines(claim.measure, claim.subject, claim.tenor)
    wanted = {SESSION[side]} if side else set(SESSION.values())
    return [line for line in lines if line.convention in wanted]


def suited(claim: Claim, evidence: Evidence) -> list[Line]:
    """The lines that speak of what the claim speaks of, the preferred one first.

    Flows exist by week and by month, holdings as a whole and by maturity of the paper.
    """
    lines = evidence.lines(claim.measure, claim.subject, claim.tenor)
    lines = tuple(
        line for line in lines if _in_scope(line, claim) and line.convention not in SESSION.values()
    )
    if len({line.frequency for line in lines}) < 2:
        return list(lines)
    weekly = "weekly" in claim.scope or (
        claim.period is not None and claim.period.days < 28 and claim.period.frequency != "M"
    )
    wanted = "W" if weekly else "M"
    return [line for line in lines if line.frequency == wanted] or list(lines)


def _in_scope(line: Line, claim: Claim) -> bool:
    """Whether a line is of the statistic and the part that the words ask for."""
    if STATISTICS & ({line.scope} | claim.scope):
        return line.scope in claim.scope
    if line.measure != claim.measure:  # listed for this measure as it stands
        return True
    parts = PARTS & claim.scope
    return line.scope in parts if line.scope else not parts


def _first_settled(lines: Sequence[Line], decide: Decide) -> Finding:
    """The first of the substitutes that settles it; of revised ones, the newest print of the day."""
    found = [(line, steadied(line, decide)) for line in lines[:1]]
    while not found[-1][1].settled or _revised(found[-1][0]):
        if len(found) == len(lines):
            break
        line = lines[len(found)]
        found.append((line, steadied(line, decide)))
    settled = [finding for _, finding in found if finding.settled]
    return max(settled, key=_newest) if settled else found[0][1]


def _revised(line: Line) -> bool:
    return any(point.vintage_day > point.period.end for point in line.cite(len(line) - 1))


def _newest(finding: Finding) -> tuple[bool, float]:
    """A print of the day before a later one, then the newest."""
    for point in finding.figures:
        return not point.as_later_revised, point.vintage_at.timestamp()
    return False, 0.0


def steadied(line: Line, decide: Decide) -> Finding:
    """The finding, unless it hangs on a value of which only a later revision is held.

    Such a value may have been printed otherwise by its usual revision; if the ruling would then
    differ, the claim is ambiguous. A number that agrees with the later print stays agreed.
    """
    finding = decide(line)
    pivot = finding.pivot
    if pivot is None or not finding.settled or not line.marks[pivot]:
        return finding
    finding = finding.noting(tell("As later revised: the print of that day is not at hand."))
    reach = line.revision_range(pivot)
    if finding.exact and finding.ruling is Ruling.SUPPORTED:
        return finding
    moves = {-reach, reach}
    if finding.wanted is not None:
        told = finding.wanted - line.values[pivot]
        farthest = max(reach, _surveyed(line, pivot) if finding.exact else 0.0)
        if abs(told) <= farthest:
            moves.add(told)  # the very print that was told
            reach = farthest
    others = {decide(line.moved(pivot, by)).ruling for by in moves}
    if others == {finding.ruling}:
        return finding
    return replace(
        finding,
        ruling=Ruling.AMBIGUOUS,
        code="revised_since",
        misreadings=(),
        reasons=(_revised_by(numbers.amount(reach, line.unit)), *finding.reasons),
    )


def _surveyed(line: Line, index: int) -> float:
    """How far a later print of a figure may lie from the one of its day."""
    point = line.cite(index)[0]
    late = (point.vintage_day - point.period.end).days > rules.LATE_PRINT
    return (rules.SURVEYED if late else rules.NEAR_PRINT) * abs(line.values[index])


def merge(findings: Sequence[tuple[Words, Finding]]) -> Finding:
    """Several readings of the same words: one ruling if they agree, else ambiguous with all."""
    settled = [(name, f) for name, f in findings if f.settled]
    if not settled:
        return findings[0][1]
    if len({f.ruling for _, f in settled}) == 1:
        return settled[0][1]
    reasons = [
        tell(
            "{name}: {ruling}. {reason}",
            name=name,
            ruling=naming.ruling(f.ruling),
            reason=f.reasons[0],
        )
        for name, f in settled
    ]
    return ambiguous(reasons, [f for _, f in settled])
