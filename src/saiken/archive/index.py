"""The index for point look-ups: one row a series, its vintages as compressed arrays, in SQLite.

Derived from the Parquet files and made anew whenever they change; nothing is lost with it. It lies
in the user's cache folder under a name that says what it was made from, so that a reader opens the
right one or builds it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

from saiken.archive import parquet
from saiken.archive.asof import is_plain
from saiken.archive.cache import cached
from saiken.archive.errors import StoreError
from saiken.archive.families import family_of
from saiken.archive.holding import Holding
from saiken.archive.revisions import Shares, moves, policy
from saiken.archive.snapshot import ARTIFACTS, FIGURES, RELEASES, Snapshot
from saiken.archive.statements import (
    FIELDS,
    Statements,
    canonical,
    newest_published,
    prints,
    to_ms,
)
from saiken.archive.store import Store
from saiken.publishers.catalog import Catalog
from saiken.terms.release import Release

VERSION = 6
"""Moves when the layout below does, or what is put into it."""

HOT = ("starts", "ends", "digits", "decimals", "vintages", "vintage_days")
COLD = tuple(name for name in FIELDS if name not in HOT)
"""What an as-of reading needs, and what only a citation does."""

RELEASED = {"release_at": "q", "release_day": "i"}
"""Beside the hot arrays of a series that is revised: when its period first came out."""

_RESIDUALS = {"other"}
"""What a list leaves over: it moves with the length of the list, which is no revision."""

_TRIES = 5
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE series (
  id TEXT NOT NULL UNIQUE, cells INTEGER NOT NULL, released INTEGER NOT NULL, plain INTEGER NOT NULL,
  hot BLOB NOT NULL, cold BLOB NOT NULL);
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE release (
  calendar TEXT NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, at INTEGER NOT NULL,
  day INTEGER NOT NULL, basis TEXT NOT NULL, PRIMARY KEY (calendar, last)) WITHOUT ROWID;
CREATE TABLE revision (
  who TEXT NOT NULL, regime INTEGER NOT NULL, crossed INTEGER NOT NULL, share REAL NOT NULL,
  PRIMARY KEY (who, regime, crossed)) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Timetable:
    """The releases of one calendar, oldest period first."""

    lasts: array[int] = field(default_factory=lambda: array("i"))
    firsts: array[int] = field(default_factory=lambda: array("i"))
    at: array[int] = field(default_factory=lambda: array("q"))
    days: array[int] = field(default_factory=lambda: array("i"))
    bases: list[str] = field(default_factory=list)
    _when: dict[int, tuple[int, int] | None] = field(default_factory=dict)

    def add(self, last: int, first: int, at: int, day: int, basis: str) -> None:
        self.lasts.append(last)
        self.firsts.append(first)
        self.at.append(at)
        self.days.append(day)
        self.bases.append(basis)

    def find(self, end: int) -> int | None:
        """The release that brings the data of the day `end`, if there is one."""
        place = bisect_left(self.lasts, end)
        return place if place < len(self.lasts) and self.firsts[place] <= end else None

    def when(self, end: int) -> tuple[int, int] | None:
        """Moment and day of the release of the data of the day `end`; asked of many series."""
        if end not in self._when:
            place = self.find(end)
            self._when[end] = None if place is None else (self.at[place], self.days[place])
        return self._when[end]


def open_index(store: Store, snapshot: Snapshot | None, catalog: Catalog) -> sqlite3.Connection:
    """The index of a store over a snapshot, built if there is none or it is stale or damaged.

    Where no folder can be written it is built in memory. One that a writer overtook while it was
    built is not kept: it may lack what the writer brought.
    """
    for _ in range(_TRIES):
        key = _key(store, snapshot)
        try:
            return _index(key, store, snapshot, catalog)
        except _OvertakenError:
            continue
        except StoreError:
            # Files that an import replaced are gone; what cannot be read otherwise still cannot.
            if _key(store, snapshot) == key:
                raise
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _build(connection, store, snapshot, catalog, key)
    return connection


class _OvertakenError(Exception):
    """The store has changed since its key was taken."""


def _index(
    key: str, store: Store, snapshot: Snapshot | None, catalog: Catalog
) -> sqlite3.Connection:
    def make(path: Path) -> None:
        _build_file(path, store, snapshot, catalog, key)
        if _key(store, snapshot) != key:
            raise _OvertakenError

    found = cached(
        f"index-{key}.sqlite",
        lambda path: _opened(path, key),
        make,
        (OSError, sqlite3.OperationalError),
    )
    if found is not None:
        return found
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _build(connection, store, snapshot, catalog, key)
    return connection


def discard(connection: sqlite3.Connection) -> None:
    """Remove the file of an index that turned out to be damaged."""
    names = []
    with contextlib.suppress(sqlite3.DatabaseError):
        names = [row[2] for row in connection.execute("PRAGMA database_list")]
    connection.close()
    for name in names:
        if name:
            Path(name).unlink(missing_ok=True)


def _key(store: Store, snapshot: Snapshot | None) -> str:
    parts = (
        str(VERSION),
        snapshot.key if snapshot else "",
        store.state(),
        store.releases_of(),
        store.catalogs(),
        sys.byteorder,
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def _opened(path: Path, key: str) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()
        if found and found[0] == key:
            return connection
    except sqlite3.DatabaseError:
        pass
    connection.close()
    return None


def _build_file(
    path: Path, store: Store, snapshot: Snapshot | None, catalog: Catalog, key: str
) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        # Nobody sees the file before it has its name, and it can be made again at any time.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        _build(connection, store, snapshot, catalog, key)
    finally:
        connection.close()


def _build(
    connection: sqlite3.Connection,
    store: Store,
    snapshot: Snapshot | None,
    catalog: Catalog,
    key: str,
) -> None:
    pool, holdings, releases = _gather(store, snapshot)
    connection.executescript(_SCHEMA)
    timetables = _put_releases(connection, releases)
    ranks = [holdings[sha].rank if sha in holdings else (99, sha) for sha in pool.shas]
    revisions = Shares()
    newest = 0
    for series in sorted(pool.series):
        held = pool.series[series]
        printed = prints(held, ranks.__getitem__)
        order = canonical(held, printed)
        kept = held if isinstance(order, range) else held.take(order)
        entry = catalog.entry(series)
        revised = entry is not None and entry.revised
        released: tuple[array[int], ...] = ()
        if entry is not None and revised:
            timetable = timetables.get(entry.calendar, Timetable())
            released = first_out(kept, timetable)
            several = not isinstance(printed, range)
            if several and _RESIDUALS.isdisjoint(entry.slots.values()):
                rule = policy(catalog, entry, timetable.lasts, timetable.days)
                revisions.add(series, family_of(catalog, entry), moves(held, printed, rule))
        newest = max(newest, newest_published(kept))
        plain = is_plain(kept.ends, kept.decimals, kept.vintages, kept.vintage_days)
        hot = (*(getattr(kept, name) for name in HOT), *released)
        cold = (getattr(kept, name) for name in COLD)
        connection.execute(
            "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)",
            (series, len(kept), bool(released), plain, pack(hot), pack(cold)),
        )
    connection.executemany(
        "INSERT INTO artifact VALUES (?, ?, ?)",
        (
            (code, sha, holdings[sha].to_json() if sha in holdings else "")
            for code, sha in enumerate(pool.shas)
        ),
    )
    connection.executemany("INSERT INTO revision VALUES (?, ?, ?, ?)", revisions.rows())
    built = snapshot.built_at if snapshot else datetime.fromtimestamp(0, UTC)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        {
            "key": key,
            "built_at": built.isoformat(),
            "newest": date.fromordinal(newest).isoformat() if newest else "",
            "sheets": json.dumps(pool.sheets),
        }.items(),
    )
    connection.commit()


def _gather(
    store: Store, snapshot: Snapshot | None
) -> tuple[parquet.Pool, dict[str, Holding], list[Release]]:
    """Figures, artifacts and releases of the store and of the snapshot under it."""
    holdings = {holding.sha256: holding for holding in store.holdings()}
    paths, releases = store.parts(), store.releases()
    if snapshot:
        snapshot.verify()
        for holding in parquet.read_holdings(snapshot.folder / ARTIFACTS):
            holdings.setdefault(holding.sha256, holding)
        releases = [*parquet.read_releases(snapshot.folder / RELEASES), *releases]
        paths = [snapshot.folder / FIGURES, *paths]
    return parquet.read_figures(paths), holdings, releases


def _put_releases(
    connection: sqlite3.Connection, releases: Iterable[Release]
) -> dict[str, Timetable]:
    """Of two releases of one period the later one read holds: the store's over the snapshot's."""
    found = {(r.calendar, r.period.end.toordinal()): r for r in releases}
    timetables: dict[str, Timetable] = {}
    rows = []
    for (calendar, last), release in sorted(found.items()):
        row = (
            last,
            release.period.start.toordinal(),
            to_ms(release.at),
            release.day.toordinal(),
            release.basis,
        )
        timetables.setdefault(calendar, Timetable()).add(*row)
        rows.append((calendar, *row))
    connection.executemany("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)", rows)
    return timetables


def first_out(held: Statements, timetable: Timetable) -> tuple[array[int], array[int]]:
    """When each cell's period came out first; its own first vintage where no calendar says."""
    first = dict(zip(reversed(held.ends), reversed(range(len(held))), strict=True))
    known = {
        end: timetable.when(end) or (held.vintages[i], held.vintage_days[i])
        for end, i in first.items()
    }
    found = list(map(known.__getitem__, held.ends))
    return array("q", map(itemgetter(0), found)), array("i", map(itemgetter(1), found))


def pack(arrays: Iterable[array[int]]) -> bytes:
    return zlib.compress(b"".join(values.tobytes() for values in arrays), 1)


def unpack(blob: bytes, cells: int, codes: Iterable[str]) -> list[array[int]]:
    """Undo `pack`. Raises zlib.error or ValueError if the blob is damaged."""
    data = memoryview(zlib.decompress(blob))
    found, place = [], 0
    for code in codes:
        values = array(code)
        size = values.itemsize * cells
        values.frombytes(data[place : place + size])
        place += size
        found.append(values)
    if place != len(data):
        raise ValueError("an index row has the wrong length")
    return found
