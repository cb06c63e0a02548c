"""Facts of a brief: what the figures show as of its date, each with the figures it rests on.

A fact knows nothing of sentences: `kind` names the wordings that may tell it (`sentences`), `words`
are what fills them in. Numbers are taken from the lines that the judge reads, so that both sides
cite the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from saiken.archive.view import Point
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import newest
from saiken.reports.brief import words
from saiken.reports.brief.dump import Dump, Outcome
from saiken.terms.period import Period, add_months
from saiken.terms.release import Release


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the figures show.

    points    the figures that it rests on
    releases  what a statement on a calendar rests on
    parts     facts that say the same one by one, where no wording of the whole is borne out
    leaning   a remark on the fact before it, told only if that one is
    outcomes  what a statement on a scenario rests on
    """

    kind: str
    words: Mapping[str, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    releases: tuple[Release, ...] = ()
    parts: tuple[Fact, ...] = ()
    leaning: bool = False
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Whom a brief is about, and what was known on its day."""

    code: str
    evidence: Evidence

    @property
    def as_of(self) -> date:
        return self.evidence.as_of

    @cached_property
    def named(self) -> dict[str, str]:
        """The country's name in the forms that sentences need."""
        name = words.country(self.code)
        of = words.owner(name)
        return {
            "country": name,
            "Country": words.capital(name),
            "countrys": of,
            "Countrys": words.capital(of),
        }

    @cached_property
    def dump(self) -> Dump | str:
        """The run of a sudden sale, made when it is first asked for; else why there is none."""
        from saiken.reports.brief.whatif import run  # noqa: PLC0415 - it draws facts from scenes

        return run(self)

    def line(
        self, measure: str, subject: str = "", tenor: str = "", **narrowed: str
    ) -> Line | None:
        """The first line with figures that answers a measure; `narrowed` are fields it must have.

        Lines of a part only (bills, long-term paper) are left out.
        """
        for line in self.evidence.lines(measure, subject or self.code, tenor):
            wanted = all(getattr(line, name) == value for name, value in narrowed.items())
            if wanted and not line.scope and self.newest(line) is not None:
                return line
        return None

    def newest(self, line: Line) -> int | None:
        """Index of the newest figure that was out by the day of the brief."""
        return newest(line, self.evidence)

    def lags(self, line: Line, index: int) -> bool:
        """Whether a later figure was published by then and is not at hand."""
        following = line.following(index)
        if line.frequency == "D":
            return (self.as_of - line.period(index).end).days > STALE_DAYS
        release = line.release_of(following)
        return release is not None and release.day <= self.as_of

    def fact(self, kind: str, points: Sequence[Point] = (), /, **filled: str) -> Fact:
        return Fact(kind, {**self.named, **filled}, tuple(dict.fromkeys(points)))

    def dated(self, kind: str, release: Release, fact: Fact | None = None, **filled: str) -> Fact:
        """A statement on when figures come out, with the figures of `fact` where there are some."""
        of = fact or self.fact(kind)
        day = words.day(release.day)
        return replace(of, kind=kind, words={**of.words, "day": day, **filled}, releases=(release,))

    def whole(self, kind: str, /, *parts: Fact, **filled: str) -> Fact:
        """Several facts that one sentence may tell: its words are theirs, the first one's first."""
        words_ = {key: word for part in reversed(parts) for key, word in part.words.items()}
        points = tuple(dict.fromkeys(point for part in parts for point in part.points))
        releases = tuple(dict.fromkeys(release for part in parts for release in part.releases))
        return Fact(kind, {**words_, **filled}, points, releases, parts)

    def remark(self, kind: str) -> Fact:
        """Words on the fact before it."""
        return Fact(kind, self.named, leaning=True)


STALE_DAYS = 10
"""A daily series whose newest close at hand is older has later closes that are not at hand."""

YEAR = 12


def year_before(line: Line, index: int) -> int | None:
    """Index of the same period a year before; of a daily line, of the last close up to that day."""
    here = line.period(index)
    if line.frequency != "D":
        return line.find(here.shift(-YEAR))
    wanted = add_months(here.end, -YEAR)
    at = line.until(wanted) - 1
    return at if at >= 0 and (wanted - line.period(at).end).days < STALE_DAYS else None


def run_to(line: Line, index: int, first: date) -> range | None:
    """The run of a regular line from the period that starts on `first` up to `index`."""
    inside = line.within(Period(first, line.period(index).end))
    whole = len(inside) > 0 and line.period(inside[0]).start == first
    return inside if whole else None


def cited(line: Line, indices: Sequence[int]) -> tuple[Point, ...]:
    return tuple(point for i in indices for point in line.cite(i))
