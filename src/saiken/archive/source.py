"""Where an archive's rows come from: the index of figures held, or what a bundle carries.

`Archive` reads through a `Source` only, so that a verdict is replayed from a bundle by the very
code that reached it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import TYPE_CHECKING, Protocol, TypeVar

from saiken.archive import index
from saiken.archive.errors import StoreError
from saiken.archive.holding import Holding
from saiken.archive.index import COLD, HOT, RELEASED, Timetable
from saiken.archive.revisions import Key
from saiken.archive.snapshot import Snapshot
from saiken.archive.statements import FIELDS
from saiken.archive.store import Store
from saiken.publishers.catalog import Catalog

if TYPE_CHECKING:
    from saiken.archive.columns import Packed, Stacks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cells:
    """What an as-of reading needs of one series: the arrays of `HOT`, then those of `RELEASED`
    where it is revised; `plain` as in `asof.History`.
    """

    arrays: Sequence[array[int]]
    plain: bool


class Source(Protocol):
    """What an archive asks for. Artifacts and sheets are indices into `shas()` and `sheets()`."""

    @property
    def built_at(self) -> datetime | None: ...
    @property
    def newest(self) -> date | None: ...
    def ids(self, prefix: str) -> list[str]: ...
    def holds(self, series: str) -> bool: ...
    def cells(self, series: str) -> Cells | None: ...
    def citations(self, series: str) -> list[array[int]]: ...
    def shas(self) -> Sequence[str]: ...
    def sheets(self) -> Sequence[str]: ...
    def artifact(self, sha256: str) -> Holding | None: ...
    def artifacts(self) -> list[Holding]: ...
    def timetable(self, calendar: str) -> Timetable: ...
    def shares(self, group: str) -> dict[Key, float]: ...


class IndexSource:
    """The SQLite index of a store over a snapshot; made anew if it turns out to be damaged."""

    def __init__(self, store: Store, snapshot: Snapshot | None, catalog: Catalog) -> None:
        self._store, self._snapshot, self._catalog = store, snapshot, catalog
        self._connection = index.open_index(store, snapshot, catalog)
        self._lock = threading.RLock()
        self._stacks: Stacks | None = None
        self._sheets: list[str] | None = None
        self._shas: list[str] | None = None

    @property
    def built_at(self) -> datetime | None:
        return self._snapshot.built_at if self._snapshot else None

    @property
    def newest(self) -> date | None:
        found = self._meta("newest")
        return date.fromisoformat(found) if found else None

    def ids(self, prefix: str) -> list[str]:
        query = "SELECT id FROM series WHERE substr(id, 1, ?) = ? ORDER BY id"
        args = (len(prefix), prefix)
        return self._read(lambda db: [row[0] for row in db.execute(query, args)])

    def holds(self, series: str) -> bool:
        query = "SELECT 1 FROM series WHERE id = ?"
        return self._read(lambda db: db.execute(query, (series,)).fetchone() is not None)

    def cells(self, series: str) -> Cells | None:
        def ask(db: sqlite3.Connection) -> Cells | None:
            query = "SELECT cells, released, plain, hot FROM series WHERE id = ?"
            found = db.execute(query, (series,)).fetchone()
            if found is None:
                return None
            cells, released, plain, hot = found
            codes = [FIELDS[name] for name in HOT] + (list(RELEASED.values()) if released else [])
            return Cells(index.unpack(hot, cells, codes), bool(plain))

        return self._read(ask)

    def stacks(self) -> Stacks:
        """The figures of all series by column."""
        from saiken.archive.columns import Stacks  # noqa: PLC0415 - no start needs it

        with self._lock:
            if self._stacks is None:
                key = self._meta("key")
                self._stacks = Stacks(self.ids(""), key, lambda: self._packed(key))
            return self._stacks

    def _packed(self, key: str) -> list[Packed]:
        """The cells of every series, by id, of the index `key`."""
        from saiken.archive.columns import Packed  # noqa: PLC0415

        query = "SELECT id, cells, released, hot FROM series ORDER BY id"
        rows = self._read(lambda db: list(starmap(Packed, db.execute(query))))
        if self._meta("key") != key:
            raise StoreError("the archive has changed while it was read", "open it again")
        return rows

    def citations(self, series: str) -> list[array[int]]:
        """The arrays of `COLD` of a series that is held."""

        def ask(db: sqlite3.Connection) -> list[array[int]]:
            query = "SELECT cells, cold FROM series WHERE id = ?"
            cells, cold = db.execute(query, (series,)).fetchone()
            return index.unpack(cold, cells, [FIELDS[name] for name in COLD])

        return self._read(ask)

    def shas(self) -> Sequence[str]:
        if self._shas is None:
            query = "SELECT sha256 FROM artifact ORDER BY id"
            self._shas = self._read(lambda db: [row[0] for row in db.execute(query)])
        return self._shas

    def sheets(self) -> Sequence[str]:
        if self._sheets is None:
            self._sheets = list(json.loads(self._meta("sheets")))
        return self._sheets

    def artifact(self, sha256: str) -> Holding | None:
        query = "SELECT record FROM artifact WHERE sha256 = ?"
        found = self._read(lambda db: db.execute(query, (sha256,)).fetchone())
        return Holding.from_json(found[0]) if found and found[0] else None

    def artifacts(self) -> list[Holding]:
        rows = self._read(lambda db: db.execute("SELECT record FROM artifact").fetchall())
        return [Holding.from_json(row[0]) for row in rows if row[0]]

    def timetable(self, calendar: str) -> Timetable:
        query = "SELECT last, first, at, day, basis FROM release WHERE calendar = ? ORDER BY last"
        table = Timetable()
        for row in self._read(lambda db: db.execute(query, (calendar,)).fetchall()):
            table.add(*row)
        return table

    def shares(self, group: str) -> dict[Key, float]:
        """The usual revisions of a series, family or publisher (`archive.revisions`)."""
        query = "SELECT regime, crossed, share FROM revision WHERE who = ?"
        rows = self._read(lambda db: db.execute(query, (group,)).fetchall())
        return {(group, regime, crossed): share for regime, crossed, share in rows}

    def _meta(self, key: str) -> str:
        query = "SELECT value FROM meta WHERE key = ?"
        found = self._read(lambda db: db.execute(query, (key,)).fetchone())
        return str(found[0]) if found else ""

    def _read(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the index; one that turns out to be damaged is built anew and asked again."""
        with self._lock:
            try:
                return ask(self._connection)
            except (sqlite3.DatabaseError, zlib.error, ValueError):
                index.discard(self._connection)
                self._connection = index.open_index(self._store, self._snapshot, self._catalog)
                return ask(self._connection)
