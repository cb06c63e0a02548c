"""The evidence of a brief: numbered notes that lead from each sentence to the publisher's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saiken.archive.view import Point
from saiken.claims.judging import wording
from saiken.publishers import catalog
from saiken.reports.brief.article import Brief, Sentence
from saiken.reports.brief.dump import Assumption, Run
from saiken.reports.terminal import number
from saiken.reports.text import BASES
from saiken.terms.release import Release


@dataclass(frozen=True, slots=True)
class Note:
    """What a sentence rests on: figures of one series in one file and vintage, a release of a
    calendar, what a scenario gives, or what that assumes.

    `told` are the figures; `source` is the file with its digest, or who says so; `command` gives
    the same again.
    """

    title: str
    told: str
    source: str = ""
    command: str = ""
    points: tuple[Point, ...] = ()

    @property
    def series(self) -> str:
        return self.points[0].series if self.points else ""


class Notes:
    """The notes of a brief, numbered in the order in which its sentences call them."""

    def __init__(self, brief: Brief) -> None:
        self._numbers: dict[Note, int] = {}
        self._of = {id(s): tuple(map(self._number, _notes(s))) for s in brief.sentences}

    def of(self, sentence: Sentence) -> tuple[int, ...]:
        """The numbers of the notes of a sentence of this brief."""
        return self._of[id(sentence)]

    @property
    def listed(self) -> list[tuple[int, Note]]:
        return [(number, note) for note, number in self._numbers.items()]

    def _number(self, note: Note) -> int:
        return self._numbers.setdefault(note, len(self._numbers) + 1)


def _notes(sentence: Sentence) -> Iterator[Note]:
    groups: dict[tuple[object, ...], list[Point]] = {}
    for point in sentence.fact.points:
        key = (point.series, point.artifact_sha256, point.vintage_day, point.as_later_revised)
        groups.setdefault(key, []).append(point)
    yield from (_of_figures(tuple(points)) for points in groups.values())
    yield from map(_of_release, sentence.fact.releases)
    for outcome in sentence.fact.outcomes:
        yield Note(f"outcome, {outcome.what}", outcome.told)
        yield _of_run(outcome.run)
        yield from map(_of_assumption, outcome.assumptions)


def _of_figures(points: tuple[Point, ...]) -> Note:
    """Each figure with its place in the file; the file with its digest, and since when it is public."""
    first = points[0]
    entry = catalog.load().entry(first.series)
    told = [
        f"{p.period.label} {number(p.value, p.decimals).replace('-', '−')} ({p.locator})"
        for p in points
    ]
    mark = ", as later revised" if first.as_later_revised else ""
    return Note(
        entry.title if entry is not None else first.series,
        f"{first.unit.name}: {'; '.join(told)}",
        f"{first.artifact_name} ({first.fidelity}, SHA-256 {first.artifact_sha256}), "
        f"{BASES[first.basis]} {first.vintage_day}{mark}",
        points=points,
    )


def _of_release(release: Release) -> Note:
    day = wording.day(release.day)
    told = f"{release.period.label}: {day} ({release.basis})"
    return Note(f"calendar of releases, {release.calendar}", told)


def _of_run(run: Run) -> Note:
    return Note(
        "scenario",
        run.shock,
        f"{run.draws:,} draws, seed {run.seed}, {run.outside:.0%} of them beyond every sample",
        run.command,
    )


def _of_assumption(assumption: Assumption) -> Note:
    return Note(f"assumption, {assumption.name}", assumption.told, assumption.source.rstrip("."))
