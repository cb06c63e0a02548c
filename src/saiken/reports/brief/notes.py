"""The evidence of a brief: numbered notes that lead from each sentence to the publisher's file."""

from __future__ import annotations

from dataclasses import dataclass

from saiken.archive.view import Point
from saiken.claims.judging import wording
from saiken.publishers import catalog
from saiken.reports.brief.article import Brief, Sentence
from saiken.reports.terminal import number
from saiken.reports.text import BASES
from saiken.terms.release import Release


@dataclass(frozen=True, slots=True)
class Note:
    """Figures of one series in one file and vintage, or a release of a calendar."""

    number: int
    points: tuple[Point, ...] = ()
    release: Release | None = None

    @property
    def title(self) -> str:
        if self.release is not None:
            return f"calendar of releases, {self.release.calendar}"
        entry = catalog.load().entry(self.points[0].series)
        return entry.title if entry is not None else self.points[0].series

    @property
    def figures(self) -> str:
        """Each figure with its place in the file; of a release, its period, day and basis."""
        if self.release is not None:
            day = wording.day(self.release.day)
            return f"{self.release.period.label}: {day} ({self.release.basis})"
        unit = self.points[0].unit.name
        told = [
            f"{p.period.label} {number(p.value, p.decimals).replace('-', '−')} ({p.locator})"
            for p in self.points
        ]
        return f"{unit}: {'; '.join(told)}"

    @property
    def source(self) -> str:
        """The file with its digest, and since when its figures are public; empty of a release."""
        if not self.points:
            return ""
        first = self.points[0]
        mark = ", as later revised" if first.as_later_revised else ""
        return (
            f"{first.artifact_name} ({first.fidelity}, SHA-256 {first.artifact_sha256}), "
            f"{BASES[first.basis]} {first.vintage_day}{mark}"
        )


class Notes:
    """The notes of a brief, numbered in the order in which its sentences call them."""

    def __init__(self, brief: Brief) -> None:
        self._numbers: dict[tuple[tuple[Point, ...], Release | None], int] = {}
        self.listed: list[Note] = []
        self._of = {id(s): tuple(map(self._number, _groups(s))) for s in brief.sentences}

    def of(self, sentence: Sentence) -> tuple[int, ...]:
        """The numbers of the notes of a sentence of this brief."""
        return self._of[id(sentence)]

    def _number(self, group: tuple[tuple[Point, ...], Release | None]) -> int:
        if group not in self._numbers:
            self._numbers[group] = len(self.listed) + 1
            self.listed.append(Note(len(self.listed) + 1, *group))
        return self._numbers[group]


def _groups(sentence: Sentence) -> list[tuple[tuple[Point, ...], Release | None]]:
    groups: dict[tuple[object, ...], list[Point]] = {}
    for point in sentence.fact.points:
        key = (point.series, point.artifact_sha256, point.vintage_day, point.as_later_revised)
        groups.setdefault(key, []).append(point)
    found: list[tuple[tuple[Point, ...], Release | None]] = []
    found += [(tuple(points), None) for points in groups.values()]
    found += [((), release) for release in sentence.fact.releases]
    return found
