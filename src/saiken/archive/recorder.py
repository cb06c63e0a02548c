"""A source that remembers what was asked of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, datetime

from saiken.archive.holding import Holding
from saiken.archive.index import HOT, Timetable
from saiken.archive.revisions import Key
from saiken.archive.source import Cells, Source


class Recorder:
    """Answers as the source under it does.

    asked      series whose figures were asked for, whether or not any are held
    listed     prefixes for which ids were asked, with the ids
    calendars  release calendars asked for
    groups     series, families and publishers whose usual revisions were asked for
    """

    def __init__(self, under: Source) -> None:
        self.under = under
        self.asked: set[str] = set()
        self.listed: dict[str, list[str]] = {}
        self.calendars: set[str] = set()
        self.groups: set[str] = set()
        self._days: tuple[tuple[int, int], list[int]] | None = None

    @property
    def built_at(self) -> datetime | None:
        return self.under.built_at

    @property
    def newest(self) -> date | None:
        return self.under.newest

    def ids(self, prefix: str) -> list[str]:
        self.listed[prefix] = self.under.ids(prefix)
        return self.listed[prefix]

    def holds(self, series: str) -> bool:
        self.asked.add(series)
        return self.under.holds(series)

    def cells(self, series: str) -> Cells | None:
        self.asked.add(series)
        return self.under.cells(series)

    def citations(self, series: str) -> list[array[int]]:
        return self.under.citations(series)

    def shas(self) -> Sequence[str]:
        return self.under.shas()

    def sheets(self) -> Sequence[str]:
        return self.under.sheets()

    def artifact(self, sha256: str) -> Holding | None:
        return self.under.artifact(sha256)

    def artifacts(self) -> list[Holding]:
        return self.under.artifacts()

    def timetable(self, calendar: str) -> Timetable:
        self.calendars.add(calendar)
        return self.under.timetable(calendar)

    def shares(self, group: str) -> dict[Key, float]:
        self.groups.add(group)
        return self.under.shares(group)

    def days(self) -> Sequence[int]:
        """Ordinals, sorted, of the days on which an answer to what was asked can change.

        Those on which a figure, a revision of one, or the first print of its period came out, and
        those that the calendars asked for name.
        """
        so_far = len(self.asked), len(self.calendars)
        if self._days is None or self._days[0] != so_far:
            self._days = so_far, sorted(self._changing())
        return self._days[1]

    def _changing(self) -> set[int]:
        found: set[int] = set()
        for series in self.asked:
            cells = self.under.cells(series)
            if cells is not None:
                found.update(cells.arrays[HOT.index("vintage_days")])
                found.update(*cells.arrays[len(HOT) + 1 :])
        for calendar in self.calendars:
            found.update(self.under.timetable(calendar).days)
        return found
