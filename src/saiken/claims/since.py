"""What later publications made of a verdict: now, and on which release days it changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from saiken.archive.archive import Archive
from saiken.archive.recorder import Recorder
from saiken.archive.source import Source
from saiken.claims.claim import Claim
from saiken.claims.judging import judge_claim
from saiken.claims.judging.evidence import Evidence
from saiken.claims.verdict import Change, Report, Ruling, Verdict


def since_then(report: Report, archive: Archive) -> Report:
    """The report with what the newest figures held make of each verdict, where that is another.

    One more judging a claim; none where the report already rests on the newest figures.
    """
    newest = archive.newest
    if newest is None or newest <= report.as_of:
        return report
    evidence = Evidence(archive, newest, report.dated, strict=report.strict)

    def looked_at(verdict: Verdict) -> Verdict:
        now = judge_claim(verdict.claim, evidence, report.language)
        if now.ruling is verdict.ruling:
            return verdict
        return replace(verdict, changed_since=(_change(newest, now),))

    return replace(report, verdicts=tuple(map(looked_at, report.verdicts)))


def timeline(report: Report, archive: Archive, until: date) -> Report:
    """The report with every change of each verdict after its as-of date, up to and on `until`.

    Each claim is judged anew on the release days of the series and calendars that its judging
    asked for, and on no others: between them nothing that it rests on changes.
    """

    def looked_at(verdict: Verdict) -> Verdict:
        found = _changes(verdict.claim, verdict.ruling, report, archive, until)
        return replace(verdict, changed_since=tuple(found))

    return replace(report, verdicts=tuple(map(looked_at, report.verdicts)))


def _changes(
    claim: Claim, ruling: Ruling, report: Report, archive: Archive, until: date
) -> Iterator[Change]:
    kept: list[Recorder] = []

    def wrap(source: Source) -> Source:
        kept.append(Recorder(source))
        return kept[0]

    watched = archive.over(wrap)

    def on(day: date) -> Verdict:
        evidence = Evidence(watched, day, report.dated, strict=report.strict)
        return judge_claim(claim, evidence, report.language)

    on(report.as_of)
    day = report.as_of
    while (later := _next(kept[0], claim, day, until)) is not None:
        day = later
        now = on(day)
        if now.ruling is not ruling:
            ruling = now.ruling
            yield _change(day, now)


def _next(asked: Recorder, claim: Claim, after: date, until: date) -> date | None:
    """The next day on which the verdict can change.

    Where no calendar lists a period, it counts as out once it is over.
    """
    days = asked.days()
    place = bisect_right(days, after.toordinal())
    later = [date.fromordinal(days[place])] if place < len(days) else []
    if claim.period is not None and claim.period.end >= after:
        later.append(claim.period.end + timedelta(days=1))
    return min((day for day in later if day <= until), default=None)


def _change(day: date, now: Verdict) -> Change:
    return Change(day, now.ruling, now.reasons[0])
