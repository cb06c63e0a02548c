"""What one reading of a claim comes to when it is held against the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from saiken.archive.view import Point, Release
from saiken.claims.judging.told import Told, Words, tell
from saiken.claims.verdict import Ruling


@dataclass(frozen=True, slots=True)
class Finding:
    """A ruling on one reading, with its reasons (decisive one first), figures and arithmetic."""

    ruling: Ruling
    reasons: tuple[Told, ...]
    figures: tuple[Point, ...] = ()
    arithmetic: Words = ""
    misreadings: tuple[str, ...] = ()
    notes: tuple[Told, ...] = ()
    code: str = ""
    release: Release | None = None
    pivot: int | None = None
    """Index, in the line judged, of the one observation on which the ruling turns."""
    wanted: float | None = None
    """The value of that observation, in the line's unit, that would bear the claim out."""
    exact: bool = False
    """The text's own number agrees with the figure, which a chance revision would not bring about."""

    def noting(self, *notes: Words) -> Finding:
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))

    def ruled(self, ruling: Ruling, *misreadings: str) -> Finding:
        return replace(self, ruling=ruling, misreadings=(*self.misreadings, *misreadings))

    @property
    def settled(self) -> bool:
        """Whether figures decided it, rather than their absence."""
        return self.ruling not in {
            Ruling.NOT_PUBLISHED_YET,
            Ruling.NOT_COVERED,
            Ruling.NOT_CHECKABLE,
            Ruling.CHECK_FAILED,
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures say, before it is known what that makes of a claim."""

    told: Told
    figures: tuple[Point, ...]
    arithmetic: Words

    def supported(self, more: Words = "") -> Finding:
        return supported(self._whole(more), self.figures, self.arithmetic)

    def refuted(self, more: Words = "") -> Finding:
        return refuted(self._whole(more), self.figures, self.arithmetic)

    def exaggerated(self, more: Words = "") -> Finding:
        return exaggerated(self._whole(more), self.figures, self.arithmetic)

    def misleading(self, because: Told, misreading: str) -> Finding:
        told = tell("{because} {facts}.", because=because, facts=self.told)
        return misleading(told, misreading, self.figures, self.arithmetic)

    def _whole(self, more: Words) -> Told:
        return tell("{facts}{more}.", facts=self.told, more=more)


def supported(reason: Told, figures: Sequence[Point], arithmetic: Words = "") -> Finding:
    return Finding(Ruling.SUPPORTED, (reason,), tuple(figures), arithmetic)


def refuted(reason: Told, figures: Sequence[Point], arithmetic: Words = "") -> Finding:
    return Finding(Ruling.REFUTED, (reason,), tuple(figures), arithmetic)


def exaggerated(reason: Told, figures: Sequence[Point], arithmetic: Words = "") -> Finding:
    return Finding(Ruling.EXAGGERATED, (reason,), tuple(figures), arithmetic)


def misleading(
    reason: Told, misreading: str, figures: Sequence[Point], arithmetic: Words = ""
) -> Finding:
    return Finding(Ruling.MISLEADING, (reason,), tuple(figures), arithmetic, (misreading,))


def not_covered(reason: Told, code: str = "no_series") -> Finding:
    return Finding(Ruling.NOT_COVERED, (reason,), code=code)


def ambiguous(reasons: Sequence[Told], findings: Sequence[Finding], code: str = "") -> Finding:
    """The words allow readings with different rulings: all are listed."""
    figures = tuple(dict.fromkeys(p for finding in findings for p in finding.figures))
    return Finding(Ruling.AMBIGUOUS, tuple(reasons), figures, code=code)


BETTER = (
    Ruling.SUPPORTED,
    Ruling.MISLEADING,
    Ruling.EXAGGERATED,
    Ruling.AMBIGUOUS,
    Ruling.REFUTED,
    Ruling.NOT_PUBLISHED_YET,
    Ruling.NOT_COVERED,
    Ruling.NOT_CHECKABLE,
    Ruling.CHECK_FAILED,
)
"""From the reading that bears a claim out best to the one that says least about it."""


def best(findings: Sequence[Finding]) -> Finding:
    """The finding that bears the claim out best; the first of equals."""
    return min(findings, key=lambda finding: BETTER.index(finding.ruling))
