"""The whole way from a text to a report: read it, judge it, and look at what was asked besides.

Every door and every bundle goes this way, so that a replay does what the first run did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from saiken.archive.archive import Archive
from saiken.claims.causes import Measure, with_comovements
from saiken.claims.estimates import estimator
from saiken.claims.forecasts import Witness, with_outlooks
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.readers import Reader
from saiken.claims.reading import read
from saiken.claims.since import since_then, timeline
from saiken.claims.verdict import Report


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a text.

    as_of    only what had been published by this day counts
    dated    the day of the text itself
    strict   refuse figures of which only a later revision is held
    since    also judge on the newest figures held, for `Verdict.changed_since`
    until    follow each verdict over every release up to this day instead
    surface  fill `Verdict.surface`
    nowcast  fill `Verdict.nowcast`
    scenario  fill `Verdict.outlook` of forecasts
    """

    as_of: date
    dated: date
    strict: bool = False
    since: bool = True
    until: date | None = None
    surface: bool = False
    nowcast: bool = False
    scenario: bool = True


def check(
    text: str,
    question: Question,
    archive: Archive,
    reader: Reader = read,
    comovement: Measure | None = None,
    witness: Witness | None = None,
) -> Report:
    """The report on a text, by the claims that `reader` finds in it.

    `comovement` measures how two things moved together, of which a text says that one moved the
    other; `witness` says what scenarios make of forecasts. Without them such claims are left at that.

    Raises ArchiveError where no figures can be read, ReaderError where a plug-in fails.
    """
    known = question.as_of

    def evidence() -> Evidence:
        return Evidence(archive, known, question.dated, strict=question.strict)

    report = judge(reader(text, question.dated), archive, known, strict=question.strict)
    if question.until is not None:
        report = timeline(report, archive, question.until)
    elif question.since:
        report = since_then(report, archive)
    if question.surface:
        from saiken.claims.surfaces import surface_of  # noqa: PLC0415 - NumPy, and only on request

        at_hand = evidence()
        verdicts = tuple(
            replace(verdict, surface=surface_of(verdict, at_hand, report.language))
            for verdict in report.verdicts
        )
        report = replace(report, verdicts=verdicts)
    if question.nowcast:
        ask = estimator(archive, known, strict=question.strict, language=report.language)
        verdicts = tuple(replace(verdict, nowcast=ask(verdict)) for verdict in report.verdicts)
        report = replace(report, verdicts=verdicts)
    if comovement is not None:
        report = with_comovements(report, evidence, comovement)
    if question.scenario and witness is not None:
        report = with_outlooks(report, archive, witness)
    return report
