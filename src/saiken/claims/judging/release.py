"""Releases: "as of November, the latest data, released in mid-January", "next update: March 18"."""

from __future__ import annotations

from saiken.claims.claim import Claim
from saiken.claims.judging import wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.release import Release


def judge(claim: Claim, evidence: Evidence) -> Finding:
    """What a text says of when figures come out, against the calendar that it speaks of."""
    calendar = evidence.calendar(claim.subject)
    if calendar is None:
        return not_covered("No calendar of releases covers this.")
    if "next" in claim.scope:
        return _coming(claim, evidence.upcoming_release(calendar))
    newest = evidence.newest_release(calendar)
    if claim.period is None:
        return _published(claim, newest)
    wanted = _data_period(claim.period, newest)
    release = evidence.release_of(calendar, wanted)
    if "unpublished" in claim.scope:
        return _unpublished(claim, release, evidence)
    if "latest" in claim.scope and (newest is None or newest.period != wanted):
        return _not_latest(wanted, newest, release)
    return _published(claim, release)


def _data_period(named: Period, newest: Release | None) -> Period:
    """The period of the data that a text names: a day in a month of a monthly series is its month."""
    if newest is not None and newest.period.frequency == "M":
        return Period.month(named.end.year, named.end.month)
    return named


def _told(release: Release) -> str:
    word = "came out on" if release.basis == "actual" else "are scheduled for"
    return f"The figures for {wording.period(release.period)} {word} {wording.day(release.day)}"


def _published(claim: Claim, release: Release | None) -> Finding:
    if release is None:
        return not_covered("The calendar does not reach that far.")
    told = _told(release)
    if claim.published is None or claim.published.contains(Period.day(release.day)):
        return supported(f"{told}.", ())
    return refuted(f"{told}, not {wording.at(claim.published)}.", ())


def _coming(claim: Claim, release: Release | None) -> Finding:
    if release is None:
        return not_covered("The calendar does not reach that far.")
    if claim.published is None or claim.published.contains(Period.day(release.day)):
        return supported(f"The next release is due on {wording.day(release.day)}.", ())
    return refuted(
        f"The next release is due on {wording.day(release.day)}, not {wording.at(claim.published)}.",
        (),
    )


def _unpublished(claim: Claim, release: Release | None, evidence: Evidence) -> Finding:
    if release is None:
        return not_covered("The calendar does not reach that far.")
    if release.day <= evidence.dated:
        return refuted(f"{_told(release)}: they were out.", ())
    finding = _published(claim, release)
    if finding.ruling is Ruling.SUPPORTED:
        return finding.noting(f"They were not out on {wording.day(evidence.dated)}.")
    return finding


def _not_latest(wanted: Period, newest: Release | None, release: Release | None) -> Finding:
    if newest is None:
        return not_covered("The calendar does not reach that far.")
    last = f"The newest figures were those for {wording.period(newest.period)}, out on {wording.day(newest.day)}"
    if release is not None and release.day > newest.day:
        due = wording.day(release.day)
        last += f"; those for {wording.period(wanted)} were due on {due}"
    return refuted(f"{last}.", ())
