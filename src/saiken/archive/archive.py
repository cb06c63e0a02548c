"""Reading the archive: series as of a date, all vintages, artifacts, releases."""

from __future__ import annotations

import difflib
import math
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saiken.archive.asof import History, State, history, state
from saiken.archive.errors import SnapshotError, UnknownSeries
from saiken.archive.families import family_of
from saiken.archive.holding import Holding
from saiken.archive.index import COLD, HOT, Timetable
from saiken.archive.places import home_dir
from saiken.archive.revisions import SIZE_OF, UNKNOWN, Key, policy, publisher_of, usual
from saiken.archive.snapshot import open_snapshot
from saiken.archive.source import IndexSource, Source
from saiken.archive.statements import BASES, STATUSES, Statements, figure_at, from_ms
from saiken.archive.store import Store
from saiken.archive.view import Availability, Point, View
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import Catalog, Series
from saiken.terms.figure import Figure, Locator
from saiken.terms.period import Period
from saiken.terms.release import Release
from saiken.terms.units import Unit

if TYPE_CHECKING:
    from saiken.archive.columns import Stacks
    from saiken.archive.whole import Whole

_VIEWS = 256


@dataclass(slots=True)
class _Held:
    """One series in memory; what only citations need comes when asked for."""

    entry: Series
    history: History
    statements: Statements | None = None


class Archive:
    """What was published when. Safe to share between threads; holds no lock on the files."""

    def __init__(self, source: Source, catalog: Catalog) -> None:
        self._source, self._catalog = source, catalog
        self._lock = threading.RLock()
        self._held: dict[str, _Held | None] = {}
        self._views: OrderedDict[tuple[str, date, bool], View] = OrderedDict()
        self._timetables: dict[str, Timetable] = {}
        self._artifacts: dict[int, Holding] = {}
        self._moves: dict[str, dict[Key, float]] = {}

    @classmethod
    def open(
        cls,
        home: Path | None = None,
        *,
        snapshot: Path | None = None,
        catalog: Catalog | None = None,
        embedded: bool = True,
    ) -> Archive:
        """Open the archive at `home` over the embedded snapshot (or the one at `snapshot`).

        Raises SnapshotError if the snapshot is missing or damaged; with `embedded` False only the
        store is read. A missing home is an empty one.
        """
        store, catalog = Store(home_dir(home)), catalog or catalogs.load(home)
        under = open_snapshot(snapshot) if embedded else None
        return cls(IndexSource(store, under, catalog), catalog)

    def over(self, wrap: Callable[[Source], Source]) -> Archive:
        """An archive that reads through `wrap` of this one's source, with nothing remembered."""
        return Archive(wrap(self._source), self._catalog)

    def view(self, series: str, as_of: date | datetime, strict: bool = False) -> View | None:
        """The series as of a date or moment; None if nothing of it is held.

        Raises UnknownSeries if no family of the catalog has such an id.
        """
        key = (series, as_of, strict)
        with self._lock:
            found = self._views.get(key)
            if found is not None:
                self._views.move_to_end(key)
                return found
            held = self._load(series)
            if held is None:
                return None
            found = self._view(series, held, as_of, state(held.history, as_of, strict=strict))
            self._views[key] = found
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
            return found

    def series_ids(self, prefix: str = "") -> list[str]:
        """The ids held that start with `prefix`, sorted."""
        return self._source.ids(prefix)

    def holds(self, series: str) -> bool:
        """Whether any figure of the series is held."""
        return self._source.holds(series)

    def history(self, series: str) -> History | None:
        """Every vintage held, as arrays; None if none is. UnknownSeries as `view`."""
        held = self._load(series)
        return None if held is None else held.history

    def everything(self, day: date, *, strict: bool = False) -> Whole:
        """Every figure known on `day`, of all series at once; as `view` gives for each.

        TypeError for an archive that was not opened on a folder: what a bundle carries is no whole.
        """
        from saiken.archive.whole import whole  # noqa: PLC0415 - no start needs it

        return whole(self.stacks(), day, strict=strict)

    def stacks(self) -> Stacks:
        """The figures of all series by column. TypeError as `everything`."""
        if not isinstance(self._source, IndexSource):
            raise TypeError("only an archive on disk can be read as a whole")
        return self._source.stacks()

    def vintages(self, series: str, period: Period | None = None) -> list[Figure]:
        """Every vintage held (of one period), by period, then by vintage.

        Empty if none is held; UnknownSeries as `view`.
        """
        held = self._load(series)
        if held is None:
            return []
        whole, shas = self._cited(series, held), self._source.shas()
        cells: Sequence[int] = range(len(whole))
        if period is not None:
            start, end = period.start.toordinal(), period.end.toordinal()
            among = range(bisect_left(whole.ends, end), bisect_right(whole.ends, end))
            cells = [i for i in among if whole.starts[i] == start]
        return [figure_at(whole, i, series, shas, self._source.sheets()) for i in cells]

    def artifact(self, sha256: str) -> Holding | None:
        """What is known of an artifact; None if nothing of it is held."""
        return self._source.artifact(sha256)

    def artifacts(self) -> list[Holding]:
        """Every artifact whose figures are held, by name."""
        return sorted(self._source.artifacts(), key=lambda held: held.name)

    def next_release(self, calendar: str, after: date | datetime) -> Release | None:
        """The first release later than `after` (later than that day, for a date); None if unknown."""
        table = self._timetable(calendar)
        if isinstance(after, datetime):
            clock, limit = table.at, int(after.timestamp() * 1000)
        else:
            clock, limit = table.days, after.toordinal()
        later = [(at, place) for place, at in enumerate(clock) if at > limit]
        return _release(calendar, table, min(later)[1]) if later else None

    def last_release(self, calendar: str, day: date) -> Release | None:
        """The release of the newest period that was out by `day`; None if the calendar starts later."""
        table = self._timetable(calendar)
        out = [place for place, when in enumerate(table.days) if when <= day.toordinal()]
        return _release(calendar, table, out[-1]) if out else None

    def release(self, calendar: str, period: Period) -> Release | None:
        """The release that brings the data of a period; None if the calendar does not list it."""
        table = self._timetable(calendar)
        place = table.find(period.end.toordinal())
        return _release(calendar, table, place) if place is not None else None

    @property
    def built_at(self) -> datetime | None:
        """When the snapshot was built; None without one."""
        return self._source.built_at

    @property
    def newest(self) -> date | None:
        """The day of the newest publication held; None if nothing is."""
        return self._source.newest

    # -- inside ---------------------------------------------------------------------------------

    def _load(self, series: str) -> _Held | None:
        with self._lock:
            if series not in self._held:
                self._held[series] = self._fetch(series)
            return self._held[series]

    def _fetch(self, series: str) -> _Held | None:
        entry = self._catalog.entry(series)
        if entry is None:
            raise UnknownSeries(series, self._nearest(series))
        found = self._source.cells(series)
        if found is None:
            return None
        return _Held(entry, history(found.arrays, plain=found.plain))

    def _nearest(self, series: str) -> tuple[str, ...]:
        families = [family.id for family in self._catalog.families]
        return tuple(difflib.get_close_matches(series, [*self.series_ids(), *families], 3, 0.5))

    def _cited(self, series: str, held: _Held) -> Statements:
        if held.statements is None:
            hot = {name: getattr(held.history, name) for name in HOT}
            cold = zip(COLD, self._source.citations(series), strict=True)
            held.statements = Statements(**hot, **dict(cold))
        return held.statements

    def _artifact(self, code: int) -> Holding:
        if code not in self._artifacts:
            sha, nothing = self._source.shas()[code], datetime.fromtimestamp(0, UTC)
            unknown = Holding(sha, "", "", "", nothing, nothing)
            self._artifacts[code] = self._source.artifact(sha) or unknown
        return self._artifacts[code]

    def _timetable(self, calendar: str) -> Timetable:
        with self._lock:
            if calendar not in self._timetables:
                self._timetables[calendar] = self._source.timetable(calendar)
            return self._timetables[calendar]

    def _view(self, series: str, held: _Held, as_of: date | datetime, known: State) -> View:
        past, picked = held.history, known.indices
        whole = isinstance(picked, range)

        def pick(values: array[Any]) -> array[Any]:
            if whole:
                return values[: len(picked)]
            return array(values.typecode, [values[i] for i in picked])

        starts, ends, values = pick(past.starts), pick(past.ends), pick(past.values)
        return View(
            series=series,
            unit=Unit.parse(held.entry.unit),
            as_of=as_of,
            starts=starts,
            ends=ends,
            values=values,
            half_widths=pick(past.half_widths),
            marks=known.marks,
            point_at=lambda i: self._point(series, held, known, i),
            availability=lambda period: self._availability(
                held, as_of, known, starts, ends, period
            ),
            release_of=lambda period: self._release_of(held, period),
            revision_range=lambda i: self._revision_range(
                held, as_of, known, values, range(len(values))[i]
            ),
        )

    def _point(self, series: str, held: _Held, known: State, i: int) -> Point:
        k = known.indices[i]
        past, whole = held.history, self._cited(series, held)
        artifact = self._artifact(whole.artifacts[k])
        return Point(
            series=series,
            period=Period(date.fromordinal(past.starts[k]), date.fromordinal(past.ends[k])),
            value=past.values[k],
            half_width=past.half_widths[k],
            unit=Unit.parse(held.entry.unit),
            status=STATUSES[whole.statuses[k]],
            vintage_at=from_ms(past.vintages[k]),
            vintage_day=date.fromordinal(past.vintage_days[k]),
            basis=BASES[whole.bases[k]],
            as_later_revised=bool(known.marks[i]),
            artifact_sha256=artifact.sha256,
            artifact_name=artifact.name,
            fidelity=artifact.fidelity,
            locator=Locator(
                whole.rows[k], whole.columns[k], self._source.sheets()[whole.sheets[k]]
            ),
            decimals=past.decimals[k],
        )

    def _release_of(self, held: _Held, period: Period) -> Release | None:
        """By the calendar; of a daily series' past, which no calendar lists, by the figure held."""
        calendar, end = held.entry.calendar, period.end.toordinal()
        table = self._timetable(calendar)
        place = table.find(end)
        if place is not None:
            found = _release(calendar, table, place)
            return Release(calendar, period, found.at, found.day, found.basis)
        past = held.history
        k = bisect_right(past.ends, end) - 1
        while k > 0 and past.ends[k - 1] == end:
            k -= 1
        if past.release_at is None and k >= 0 and past.ends[k] == end:
            day = date.fromordinal(past.vintage_days[k])
            return Release(calendar, period, from_ms(past.vintages[k]), day, "rule")
        return None

    def _availability(
        self,
        held: _Held,
        as_of: date | datetime,
        known: State,
        starts: array[int],
        ends: array[int],
        period: Period,
    ) -> Availability:
        """Of exactly this period, or of a longer one of which some part is held."""
        start, end = period.start.toordinal(), period.end.toordinal()
        last = bisect_right(ends, end) - 1
        if last >= 0 and ends[last] >= start and (starts[last] >= start or ends[last] == end):
            return Availability.HELD
        past = held.history
        begins = Period.parse(held.entry.start).start.toordinal() if held.entry.start else None
        if end < (begins if begins is not None else past.starts[0]):
            return Availability.BEFORE_START
        release = self._release_of(held, period)
        if release is not None:
            is_out = release.at <= as_of if isinstance(as_of, datetime) else release.day <= as_of
            if not is_out:
                return Availability.NOT_PUBLISHED
        elif end > as_of.toordinal():
            return Availability.NOT_PUBLISHED
        if (end, start) in known.refused:
            return Availability.NOT_AT_HAND
        # A daily calendar lists the days on which its publisher prints; the others are holidays.
        is_expected = release is not None or held.entry.frequency != "D"
        if end > past.ends[-1] and is_expected:
            return Availability.NOT_AT_HAND
        return Availability.NO_OBSERVATION

    def _revision_range(
        self, held: _Held, as_of: date | datetime, known: State, values: array[float], i: int
    ) -> float:
        """How far the print of `as_of` usually lies from the later one that stands at `i`.

        In the unit of the series: the share of `archive.revisions`, taken of the mean absolute
        value of the twelve figures up to `i`. Its own and its family's revisions speak first, then
        those of the series that it is revised like, then its publisher's; where nothing is known, a
        wide guess. 0 where no later print is read.
        """
        if not known.marks[i]:
            return 0.0
        k = known.indices[i]
        end, printed = held.history.ends[k], held.history.vintage_days[k]
        entry, asked = held.entry, as_of.toordinal()
        family = family_of(self._catalog, entry)
        size = _mean_size(values[max(0, i + 1 - SIZE_OF) : i + 1])
        own = self._usual_share(entry, (entry.id, family), end, asked, printed) * size
        if math.isinf(own) and entry.revised_like:
            own = self._revision_like(entry, as_of, end, printed)
        if math.isinf(own):
            own = self._usual_share(entry, (publisher_of(family),), end, asked, printed) * size
        return UNKNOWN * size if math.isinf(own) else own

    def _usual_share(
        self, entry: Series, groups: Sequence[str], end: int, asked: int, printed: int
    ) -> float:
        table = self._timetable(entry.calendar)
        rule = policy(self._catalog, entry, table.lasts, table.days)
        regime, crossed = rule.regime(end), rule.crossed(asked, printed)
        return usual(self._usual_moves(groups), groups, regime, crossed)

    def _revision_like(
        self, entry: Series, as_of: date | datetime, end: int, printed: int
    ) -> float:
        """The revision of the series that this one is revised with, in this one's unit."""
        other, view = self._load(entry.revised_like), self.view(entry.revised_like, as_of)
        if other is None or view is None or not len(view):
            return math.inf
        groups = (other.entry.id, family_of(self._catalog, other.entry))
        share = self._usual_share(other.entry, groups, end, as_of.toordinal(), printed)
        factor = view.unit.factor / Unit.parse(entry.unit).factor
        return share * factor * _mean_size(view.values[-SIZE_OF:])

    def _usual_moves(self, groups: Sequence[str]) -> dict[Key, float]:
        for group in groups:
            if group not in self._moves:
                self._moves[group] = self._source.shares(group)
        return {key: share for group in groups for key, share in self._moves[group].items()}


def _mean_size(values: Sequence[float]) -> float:
    return sum(map(abs, values)) / len(values)


def _release(calendar: str, table: Timetable, place: int) -> Release:
    period = Period(date.fromordinal(table.firsts[place]), date.fromordinal(table.lasts[place]))
    day = date.fromordinal(table.days[place])
    return Release(calendar, period, from_ms(table.at[place]), day, table.bases[place])


__all__ = ["Archive", "SnapshotError", "UnknownSeries"]
