"""Judging: a reading, an archive and a date give verdicts. `judge` is the only way in.

Each predicate has a module whose `judge(claim, evidence)` returns a finding; what goes beyond one
predicate (denials, alternative readings, misreadings, the overall ruling) is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module

from saiken.archive.archive import Archive
from saiken.claims.claim import UNCHECKABLE, Claim, Predicate, Reading, Unread
from saiken.claims.judging import naming
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.holdings_flow import UNDECIDED
from saiken.claims.judging.misreadings import explained
from saiken.claims.judging.referents import NOTE, resolved
from saiken.claims.judging.scopes import narrowed, scoped
from saiken.claims.judging.target import in_force, oriented
from saiken.claims.judging.tenors import over_tenors
from saiken.claims.judging.told import Told, listed, said, tell
from saiken.claims.judging.uncheckable import uncheckable
from saiken.claims.verdict import OVERALL_ORDER, Report, Ruling, Verdict
from saiken.publishers.catalog import Publisher
from saiken.terms.language import ENGLISH, language_of

_MODULES = {
    Predicate.LEVEL: "level",
    Predicate.CHANGE: "change",
    Predicate.DIRECTION: "change",
    Predicate.FLOW: "flow",
    Predicate.RECORD: "record",
    Predicate.THRESHOLD: "threshold",
    Predicate.RANK: "rank",
    Predicate.SHARE: "share",
    Predicate.COMPARISON: "comparison",
    Predicate.STREAK: "streak",
    Predicate.RELEASE: "release",
}

_DENIED = {
    Ruling.SUPPORTED: Ruling.REFUTED,
    Ruling.REFUTED: Ruling.SUPPORTED,
    Ruling.EXAGGERATED: Ruling.SUPPORTED,
    Ruling.MISLEADING: Ruling.SUPPORTED,
}

UNCHECKED = {"opinion", "forecast", "cause", "event", "question"}
"""Why a part of a text gave no claim, where that part says something that figures cannot settle."""

MARGIN = 0.5
"""An alternative reading counts when it scores at least this share of the best one."""


def judge(reading: Reading, archive: Archive, as_of: date, *, strict: bool = False) -> Report:
    """Every claim of a reading against the archive as of a date."""
    evidence = Evidence(archive, as_of, reading.dated, strict=strict)
    language = language_of(reading.text)
    meant = resolved(reading.claims, lambda claim: find(claim, evidence))
    verdicts = tuple(
        _told_whose(judge_claim(claim, evidence, language), claim is not read, language)
        for read, claim in zip(reading.claims, meant, strict=True)
    )
    return Report(
        text=reading.text,
        as_of=as_of,
        dated=reading.dated,
        strict=strict,
        overall=overall([verdict.ruling for verdict in verdicts], reading.unread),
        verdicts=verdicts,
        unread=reading.unread,
        snapshot_built_at=archive.built_at,
        snapshot_newest=archive.newest,
        credits=_credits(verdicts, evidence, language),
        caveats=_caveats(verdicts, evidence, language),
        language=language,
    )


def _told_whose(verdict: Verdict, resolved_here: bool, language: str) -> Verdict:
    return (
        replace(verdict, notes=(said(NOTE, language), *verdict.notes)) if resolved_here else verdict
    )


def overall(rulings: Sequence[Ruling], unread: Sequence[Unread] = ()) -> Ruling:
    """The worst of the checkable ones; the others speak only where nothing else is said.

    A text of which nothing was read is not checkable if it holds opinions, forecasts and the like;
    else no series covers it.
    """
    for ruling in OVERALL_ORDER:
        if ruling in rulings:
            return ruling
    if rulings:
        return rulings[0]
    told = any(part.why in UNCHECKED for part in unread)
    return Ruling.NOT_CHECKABLE if told or not unread else Ruling.NOT_COVERED


def judge_claim(claim: Claim, evidence: Evidence, language: str = ENGLISH) -> Verdict:
    """One claim, with the readings that its words allow. Never raises: see `check_failed`."""
    try:
        finding, confidence = _over_readings(claim, evidence)
    except Exception as error:  # noqa: BLE001 - whatever broke must show, never pass as a verdict
        broke = tell("Something broke: {kind}: {error}.", kind=type(error).__name__, error=error)
        finding, confidence = Finding(Ruling.CHECK_FAILED, (broke,)), 0.0
    release = finding.release
    return Verdict(
        claim=claim,
        ruling=finding.ruling,
        reasons=tuple(said(reason, language) for reason in finding.reasons),
        misreadings=finding.misreadings,
        notes=tuple(dict.fromkeys(said(note, language) for note in finding.notes)),
        confidence=confidence,
        figures=finding.figures,
        arithmetic=said(finding.arithmetic, language),
        next_release=release.day
        if release is not None
        else evidence.next_release(claim.measure, claim.subject, claim.tenor),
        code=finding.code,
    )


def _over_readings(claim: Claim, evidence: Evidence) -> tuple[Finding, float]:
    """The finding on the best reading; ambiguous where a close one comes to another ruling.

    Confidence is the share of the readings' scores that give the ruling.
    """
    readings = [
        claim,
        *(a for a in claim.alternatives if a.confidence >= MARGIN * claim.confidence),
    ]
    found = [(reading, find(reading, evidence)) for reading in readings]
    first = found[0][1]
    total = sum(reading.confidence for reading, _ in found) or 1.0
    agreeing = sum(reading.confidence for reading, f in found if f.ruling is first.ruling)
    settled = {f.ruling for _, f in found if f.settled}
    if len(settled) < 2:
        return first, claim.confidence if len(found) == 1 else agreeing / total
    reasons = tuple(
        tell(
            "Read as {reading}: {ruling}. {reason}",
            reading=_named(reading),
            ruling=naming.ruling(f.ruling),
            reason=f.reasons[0],
        )
        for reading, f in found
    )
    figures = tuple(dict.fromkeys(p for _, f in found for p in f.figures))
    return Finding(Ruling.AMBIGUOUS, reasons, figures), agreeing / total


def find(claim: Claim, evidence: Evidence) -> Finding:
    """One reading of a claim against the figures."""
    if claim.predicate in UNCHECKABLE or claim.modality in {
        "forecast",
        "conditional",
        "opinion",
        "causal",
    }:
        return uncheckable(claim, evidence)
    if (unknown := narrowed(claim)) is not None:
        return unknown
    claim = oriented(in_force(claim, evidence), evidence)
    rule = import_module(f"{__name__}.{_MODULES[claim.predicate]}")

    def decide(reading: Claim) -> Finding:
        return explained(reading, rule.judge(reading, evidence), evidence)

    finding = scoped(claim, over_tenors(claim, evidence, decide), evidence)
    return finding if claim.polarity else _denied(finding)


def _denied(finding: Finding) -> Finding:
    """What the text denies: it is right where the denied statement does not hold."""
    turned = _DENIED.get(finding.ruling)
    if finding.code == UNDECIDED:
        turned = Ruling.AMBIGUOUS
    if turned is None:
        return finding
    return replace(finding, ruling=turned, misreadings=()).noting(tell("The text denies this."))


def _named(claim: Claim) -> Told:
    words = (
        naming.word(claim.predicate.value),
        naming.measure_id(claim.measure),
        naming.tenor(claim.tenor),
    )
    return listed((word for word in words if word), " ")


def _owners(verdicts: tuple[Verdict, ...], evidence: Evidence) -> list[Publisher]:
    known = evidence.catalog
    entries = (known.entry(p.series) for v in verdicts for p in v.figures)
    return list(dict.fromkeys(known.owner(entry) for entry in entries if entry is not None))


def _credits(verdicts: tuple[Verdict, ...], evidence: Evidence, language: str) -> tuple[str, ...]:
    found = (naming.credit(owner) for owner in _owners(verdicts, evidence))
    return tuple(dict.fromkeys(said(credit, language) for credit in found))


def _caveats(verdicts: tuple[Verdict, ...], evidence: Evidence, language: str) -> tuple[str, ...]:
    found = dict.fromkeys(owner.caveat for owner in _owners(verdicts, evidence))
    return tuple(said(naming.remark(caveat), language) for caveat in found if caveat)
