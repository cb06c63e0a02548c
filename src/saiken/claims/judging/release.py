"""Releases: "as of November, the latest data, released in mid-January", "next update: March 18"."""

from __future__ import annotations

from saiken.claims.claim import Claim
from saiken.claims.judging import wording
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding, not_covered, refuted, supported
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.release import Release


def judge(claim: Claim, evidence: Evidence) -> Finding:
    """What a text says of when figures come out, against the calendar that it speaks of."""
    calendar = evidence.calendar(claim.subject, claim.period)
    if calendar is None:
        return not_covered(tell("No calendar of releases covers this."))
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


TOO_FAR = tell("The calendar does not reach that far.")


def _told(release: Release) -> Told:
    period, day = wording.period(release.period), wording.day(release.day)
    if release.basis == "actual":
        return tell("The figures for {period} came out on {day}", period=period, day=day)
    return tell("The figures for {period} are scheduled for {day}", period=period, day=day)


def _published(claim: Claim, release: Release | None) -> Finding:
    if release is None:
        return not_covered(TOO_FAR)
    fact = _told(release)
    if claim.published is None or claim.published.contains(Period.day(release.day)):
        return supported(tell("{fact}.", fact=fact), ())
    return refuted(tell("{fact}, not {when}.", fact=fact, when=wording.at(claim.published)), ())


def _coming(claim: Claim, release: Release | None) -> Finding:
    if release is None:
        return not_covered(TOO_FAR)
    fact = tell("The next release is due on {day}", day=wording.day(release.day))
    if claim.published is None or claim.published.contains(Period.day(release.day)):
        return supported(tell("{fact}.", fact=fact), ())
    return refuted(tell("{fact}, not {when}.", fact=fact, when=wording.at(claim.published)), ())


def _unpublished(claim: Claim, release: Release | None, evidence: Evidence) -> Finding:
    if release is None:
        return not_covered(TOO_FAR)
    if release.day <= evidence.dated:
        return refuted(tell("{fact}: they were out.", fact=_told(release)), ())
    finding = _published(claim, release)
    if finding.ruling is Ruling.SUPPORTED:
        day = wording.day(evidence.dated)
        return finding.noting(tell("They were not out on {day}.", day=day))
    return finding


def _not_latest(wanted: Period, newest: Release | None, release: Release | None) -> Finding:
    if newest is None:
        return not_covered(TOO_FAR)
    more: Words = ""
    if release is not None and release.day > newest.day:
        more = tell(
            "; those for {period} were due on {day}",
            period=wording.period(wanted),
            day=wording.day(release.day),
        )
    told = tell(
        "The newest figures were those for {period}, out on {day}{more}.",
        period=wording.period(newest.period),
        day=wording.day(newest.day),
        more=more,
    )
    return refuted(told, ())
