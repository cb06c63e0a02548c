"""Thresholds: "above 4 % for the first time", "back below 150", "briefly exceeding"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saiken.claims.claim import Claim
from saiken.claims.judging import numbers, rules, wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import (
    Finding,
    exaggerated,
    misleading,
    not_covered,
    refuted,
    supported,
)
from saiken.claims.judging.intraday import INTRADAY, left_open, may_have_traded, traded
from saiken.claims.judging.level import former, unlike
from saiken.claims.judging.lines import Line
from saiken.claims.judging.record import EXTREMES, begins
from saiken.claims.judging.target import newest, window
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.judging.weigh import merge, sessions, weigh
from saiken.claims.verdict import Ruling
from saiken.terms.quantity import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Crossing:
    """A mark on a line and the side of it that the text names: +1 above, -1 below."""

    line: Line
    mark: Quantity
    side: int

    def beyond(self, index: int) -> bool:
        """Whether an observation, as printed, is strictly on that side."""
        slack = 1e-9 * max(1.0, abs(self.mark.value))
        return (self.line.base_value(index) - self.mark.value) * self.side > slack

    def furthest(self, found: range | list[int]) -> int:
        """The observation that lies furthest on that side, the latest of equals."""
        return max(found, key=lambda i: (self.line.values[i] * self.side, i))

    def told(self, index: int) -> Told:
        shown = numbers.amount(self.line.values[index], self.line.unit)
        return tell("{shown} {when}", shown=shown, when=wording.at(self.line.period(index)))

    def arithmetic(self, index: int) -> Told:
        return tell(
            "{shown} ({period}) {sign} {mark}{holds}",
            shown=numbers.amount(self.line.values[index], self.line.unit),
            period=wording.label(self.line.period(index)),
            sign=">" if self.side > 0 else "<",
            mark=numbers.spoken(self.mark, signed=True),
            holds="" if self.beyond(index) else tell(" does not hold"),
        )


def judge(claim: Claim, evidence: Evidence) -> Finding:
    if claim.quantity is None or not claim.direction:
        return not_covered(tell("The text names no line that could be crossed."), "no_number")
    finding = weigh(claim, evidence, lambda line: on_line(claim, line, evidence))
    if sessions(claim, evidence):
        return finding
    if "intraday" in claim.scope and finding.ruling is Ruling.REFUTED:
        return left_open(finding.figures)
    return finding.noting(INTRADAY if "briefly" in claim.scope else "")


NO_LINE = tell("No line is named.")


def on_line(claim: Claim, line: Line, evidence: Evidence) -> Finding:
    mark = numbers.fit(claim.quantity, line.unit) if claim.quantity else None
    if mark is None or not claim.direction:
        return unlike(claim.quantity, line) if claim.quantity else not_covered(NO_LINE)
    event = claim.first or "briefly" in claim.scope
    recent = rules.RECENT_OBSERVATIONS if event else rules.NOW_OBSERVATIONS
    found = window(line, claim, evidence, recent)
    if isinstance(found, Finding):
        return found
    if claim.base is not None:
        found = former(claim, line, found, evidence)
        if isinstance(found, Finding):
            return found
    found = _denied_span(line, claim, evidence) or found
    crossing = Crossing(line, mark, claim.direction)
    hits = [i for i in found if crossing.beyond(i)]
    if claim.period is None and claim.base is None and claim.polarity and not claim.first:
        hits = _now(claim, crossing, found, hits)
    if not hits:
        short = claim.ever and not claim.first and not line.since_inception
        index = crossing.furthest(found)
        if may_have_traded(claim, Interval.around(mark.value, 0), traded(line, index)):
            return left_open(line.cite(index))
        finding = _short(crossing, found).noting(begins(line) if short else "")
        return _by_estimate(claim, crossing, found, evidence, finding) or finding
    if claim.first:
        return replace(_first(claim, crossing, hits), pivot=hits[-1])
    if "standing" in claim.scope and (since := _again(crossing, hits[-1], evidence)) is not None:
        return since
    if "turned" in claim.scope and claim.period is not None and claim.polarity:
        return _turn(crossing, found, hits)
    index = crossing.furthest(hits) if event or not claim.polarity else hits[-1]
    fact = tell("{fact}.", fact=crossing.told(index))
    return replace(supported(fact, line.cite(index), crossing.arithmetic(index)), pivot=index)


CLOSED_YEAR = tell("by the last year that had ended")
ESTIMATED_YEAR = tell("by the same edition's estimate")


def _by_estimate(
    claim: Claim, crossing: Crossing, found: range, evidence: Evidence, closed: Finding
) -> Finding | None:
    """Of a ratio that "has climbed above 115 %", not by the last year that had ended (`closed`):
    both readings where the estimate of a year begun since bears it out; else None.
    """
    line = crossing.line
    asked = "crossed" in claim.scope and claim.period is None and claim.polarity
    if line.frequency != "A" or not asked:
        return None
    later = range(found[-1] + 1, len(line))
    begun = [i for i in later if line.period(i).start <= min(evidence.dated, evidence.as_of)]
    hit = next((i for i in begun if crossing.beyond(i)), None)
    if hit is None:
        return None
    fact = tell("{fact}.", fact=crossing.told(hit))
    estimated = supported(fact, line.cite(hit), crossing.arithmetic(hit))
    return merge([(CLOSED_YEAR, closed), (ESTIMATED_YEAR, estimated)])


def _turn(crossing: Crossing, found: range, hits: list[int]) -> Finding:
    """Of "turned negative in 2022": one of the figures on that side follows one that is not, and
    most of those after it stay there.
    """
    turned = [i for i in hits if i == 0 or not crossing.beyond(i - 1)]
    lasting = [i for i in turned if _lasts(crossing, range(i, found.stop))]
    index = (lasting or turned or hits)[0]
    told, arithmetic = crossing.told(index), crossing.arithmetic(index)
    if lasting:
        fact = tell("{fact}.", fact=told)
        return replace(supported(fact, crossing.line.cite(index), arithmetic), pivot=index)
    other = found[-1]
    if turned:
        reason = tell("{fact}, but not to stay: {later}.", fact=told, later=crossing.told(other))
    else:
        other = next(i for i in range(index, -1, -1) if not i or not crossing.beyond(i - 1))
        before = crossing.told(other)
        reason = tell("{fact}, but it had turned before: {before}.", fact=told, before=before)
    figures = (*crossing.line.cite(index), *crossing.line.cite(other))
    ruled = exaggerated if turned else refuted
    return replace(ruled(reason, figures, arithmetic), pivot=index)


def _lasts(crossing: Crossing, since: range) -> bool:
    return 2 * sum(crossing.beyond(i) for i in since) > len(since)


def _again(crossing: Crossing, index: int, evidence: Evidence) -> Finding | None:
    """Of "last closed above 5 % in 2007": what was beyond the line after that; None if nothing."""
    line, last = crossing.line, newest(crossing.line, evidence)
    later = [i for i in range(index + 1, (last or index) + 1) if crossing.beyond(i)]
    if not later:
        return None
    reason = tell(
        "{fact}, but not for the last time: {later}.",
        fact=crossing.told(index),
        later=crossing.told(later[-1]),
    )
    figures = (*line.cite(index), *line.cite(later[-1]))
    return replace(refuted(reason, figures, crossing.arithmetic(later[-1])), pivot=later[-1])


def _now(claim: Claim, crossing: Crossing, found: range, hits: list[int]) -> list[int]:
    """Of an undated line: where it is now (a close is the last one), or was crossed of late."""
    current = found[-1:] if "close" in claim.scope else found[-2:]
    return [i for i in hits if i in current or (i and not crossing.beyond(i - 1))]


def _denied_span(line: Line, claim: Claim, evidence: Evidence) -> range | None:
    """Of "never above X", "not below X since Y": every figure, or every one after Y."""
    last = newest(line, evidence)
    if claim.polarity or claim.period is not None or last is None:
        return None
    if claim.since is not None:
        return range(line.until(claim.since.end), last + 1) or None
    return range(last + 1) if claim.ever else None


def _short(crossing: Crossing, found: range) -> Finding:
    """No observation of the window is beyond the line: the nearest one is told."""
    index, line = crossing.furthest(found), crossing.line
    above = crossing.side > 0
    of: Words = ""
    if len(found) > 1:
        extreme = EXTREMES["high" if above else "low"]
        of = tell(", the {word} of the {count} latest,", word=extreme, count=len(found))
    mark, fact = numbers.spoken(crossing.mark, signed=True), crossing.told(index)
    reason = (
        tell("{fact}{of} is not above {mark}.", fact=fact, of=of, mark=mark)
        if above
        else tell("{fact}{of} is not below {mark}.", fact=fact, of=of, mark=mark)
    )
    return replace(refuted(reason, line.cite(index), crossing.arithmetic(index)), pivot=index)


def _first(claim: Claim, crossing: Crossing, hits: list[int]) -> Finding:
    """Of "for the first time (since Y)": nothing beyond before the run that the hits end."""
    line, run = crossing.line, hits[-1]
    while run > 0 and crossing.beyond(run - 1):
        run -= 1
    start = line.until(claim.since.end) if claim.since is not None else 0
    if run == 0 or run < start:  # it was on that side before a first time could be
        reason = tell(
            "{fact}, but it was there already: {before}.",
            fact=crossing.told(hits[-1]),
            before=crossing.told(run),
        )
        figures = (*line.cite(hits[-1]), *line.cite(run))
        return refuted(reason, figures, crossing.arithmetic(hits[-1]))
    earlier = next((i for i in range(run - 1, start - 1, -1) if crossing.beyond(i)), None)
    index = run if run in hits else hits[-1]
    told, arithmetic = crossing.told(index), crossing.arithmetic(index)
    if earlier is not None:
        reason = tell(
            "{fact}, but not for the first time: {before}.",
            fact=told,
            before=crossing.told(earlier),
        )
        figures = (*line.cite(index), *line.cite(earlier))
        return (exaggerated if claim.since is not None else refuted)(reason, figures, arithmetic)
    if claim.ever and claim.since is None and not line.since_inception:
        return misleading(
            tell(
                "{fact} is the first in a series that begins in {start}; "
                "that is not all of history.",
                fact=told,
                start=wording.period(line.period(0)),
            ),
            "record_in_short_history",
            line.cite(index),
            arithmetic,
        )
    since: Words = ""
    if claim.since is not None:
        since = tell(" since {period}", period=wording.period(claim.since))
    fact = tell("{fact}; nothing beyond it before{since}.", fact=told, since=since)
    finding = supported(fact, line.cite(index), arithmetic)
    return finding.noting("" if line.since_inception else begins(line))
