"""Files on disk into the archive: recognise, parse, settle the vintages, store."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from saiken.archive import provenance
from saiken.archive.errors import StoreError
from saiken.archive.holding import Holding
from saiken.archive.parquet import Pool
from saiken.archive.places import home_dir
from saiken.archive.releases import extend_releases
from saiken.archive.statements import STATUS_CODE, Statements, to_ms
from saiken.archive.store import Store
from saiken.archive.vintage import Calendars, Remembering, Settled, settle
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import Catalog
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

LARGEST = 64 * 1024 * 1024
"""Bytes; the largest file that any publisher of ours serves has a tenth of this."""

Recognise = Callable[[bytes, str], Table | None]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one file. `figures` are all that it states, `new` those not held before.

    `revised` are those of the new ones that say otherwise of a period for which a figure was held.
    `status` is `read`, `unchanged` (held already), `quarantined` (kept apart, with the reason and
    the 1-based line at fault where there is one) or `unknown` (no table of ours, left alone).
    """

    file: str
    status: str
    table: str = ""
    series: int = 0
    figures: int = 0
    new: int = 0
    reason: str = ""
    line: int = 0
    revised: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file, in the order of their paths."""

    rows: tuple[ImportRow, ...]

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def figures(self) -> int:
        return sum(row.figures for row in self.rows)

    @property
    def new(self) -> int:
        return sum(row.new for row in self.rows)


def import_folder(
    path: Path,
    home: Path | None = None,
    progress: Progress | None = None,
    *,
    recognise: Recognise | None = None,
    calendars: Calendars | None = None,
    catalog: Catalog | None = None,
    now: datetime | None = None,
    largest: int = LARGEST,
) -> ImportReport:
    """Take a file, or every file under a folder, into the archive at `home`.

    Links that lead out of the folder are not followed. A file that fails stops no other; what it
    said before stays as it was. `now` is the moment of recording (default: the clock's). Raises
    StoreError if there is nothing at `path` or the archive cannot be written, Busy if another
    process is writing.
    """
    found = list(_files(path))
    rows = []
    with intake(home, recognise=recognise, calendars=calendars, catalog=catalog, now=now) as taking:
        for place, (file, name, trouble) in enumerate(found):
            if progress:
                progress(place, len(found), name)
            rows.append(
                ImportRow(name, "unknown", reason=trouble)
                if trouble
                else taking.take(file, name, largest)
            )
    if progress:
        progress(len(found), len(found), "")
    return ImportReport(tuple(rows))


@contextmanager
def intake(
    home: Path | None = None,
    *,
    recognise: Recognise | None = None,
    calendars: Calendars | None = None,
    catalog: Catalog | None = None,
    now: datetime | None = None,
) -> Iterator[Intake]:
    """Hold the archive for writing and take files in. Raises StoreError and Busy as above."""
    taking = Intake(
        Store(home_dir(home)),
        recognise or _recognise,
        Remembering(calendars or _calendars()),
        catalog or catalogs.load(home),
        now or datetime.now(UTC),
    )
    store = taking.store
    with store.writing():
        store.sweep()
        known = store.releases_known()
        yield taking
        extend_releases(store, taking.met(everything=not known), taking.catalog, taking.calendars)


def _recognise(data: bytes, name: str) -> Table | None:
    from saiken.publishers import registry  # noqa: PLC0415 - loads every parser

    return registry.recognise(data, name)


def _calendars() -> Calendars:
    from saiken.publishers import calendars  # noqa: PLC0415 - imports and checks only

    return calendars


def _of(publisher: str, table: Table | None, data: bytes) -> Table:
    """The table that a publisher's answer is. ParseError if it is none of this publisher."""
    if table and table.publisher == publisher:
        return table
    if table:
        raise ParseError(f"this is {table.id}, not a table of {publisher}")
    if not data.strip():
        raise ParseError("an empty file")
    if data[:256].lstrip().lower().startswith((b"<!doctype", b"<html", b"<head", b"<body")):
        raise ParseError(f"a web page, not a table of {publisher}", 1)
    raise ParseError(f"no table of {publisher} looks like this", 1)


def _files(path: Path) -> Iterator[tuple[Path, str, str]]:
    """(file, its name for the report, why it is left alone) of every file, in order."""
    if path.is_file():
        yield path, path.name, ""
        return
    if not path.is_dir():
        msg = f"there is no file or folder {path}"
        raise StoreError(msg, "give the folder that holds the publishers' files")
    root = path.resolve()
    for folder, below, names in os.walk(root, followlinks=False):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            file = Path(folder) / name
            trouble = ""
            if not file.resolve().is_relative_to(root):
                trouble = "a link that leads out of the folder is not followed"
            elif not file.is_file():
                trouble = "not a regular file"
            yield file, file.relative_to(root).as_posix(), trouble


@dataclass(slots=True)
class Intake:
    """Files on their way into the archive, which is held for writing: see `intake`.

    `pools` is what is held of each publisher met, brought up to date.
    """

    store: Store
    recognise: Recognise
    calendars: Calendars
    catalog: Catalog
    now: datetime
    pools: dict[str, Pool] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    reread: set[str] = field(default_factory=set)

    def met(self, *, everything: bool = False) -> Iterator[Pool]:
        """What is held of the publishers met, or of all."""
        if everything:
            yield self.store.figures()
            return
        yield from self.pools.values()
        for publisher in self.reread - set(self.pools):
            yield self.store.figures(publisher)

    def take(self, file: Path, name: str, largest: int = LARGEST) -> ImportRow:
        """Take in a file on disk, under `name` in the report."""
        try:
            size = file.stat().st_size
            if size > largest:
                reason = f"{size:,} bytes, more than the limit of {largest:,}"
                return ImportRow(name, "unknown", reason=reason)
            data = file.read_bytes()
        except OSError as error:
            return ImportRow(name, "unknown", reason=f"cannot be read: {error.strerror}")
        artifact = provenance.artifact(file.name, sha256(data).hexdigest(), self.now)
        return self.accept(data, artifact, name)

    def accept(
        self, data: bytes, artifact: Artifact, name: str, *, publisher: str = ""
    ) -> ImportRow:
        """Take in the bytes of an artifact, under `name` in the report.

        `publisher` is whose file it should be: one that is not is quarantined. Content that is
        held already keeps the moment at which it was first fetched.
        """
        sha = artifact.sha256
        known = self.store.holding(sha)
        if known and known.fetched_at < artifact.fetched_at:
            artifact = replace(artifact, fetched_at=known.fetched_at, url=known.url or artifact.url)
        table = None
        try:
            table = self.recognise(data, artifact.name)
            if publisher:
                table = _of(publisher, table, data)
            if table is None:
                return ImportRow(name, "unknown", reason="no table of the catalog looks like this")
            if self.store.has(sha, table.publisher, table.version):
                self.store.mend(data, sha)
                return ImportRow(name, "unchanged", table.id)
            return self._read(data, artifact, table, name)
        except StoreError:
            raise
        except ParseError as error:
            reason, line = str(error), error.row
        except Exception as error:  # noqa: BLE001 - whatever a parser trips over, the others go on
            reason, line = f"{type(error).__name__}: {error}", 0
        self.store.put_quarantine(data, artifact, reason)
        return ImportRow(name, "quarantined", table.id if table else "", reason=reason, line=line)

    def _read(self, data: bytes, artifact: Artifact, table: Table, name: str) -> ImportRow:
        columns = [column for column in table.parse(data, artifact) if len(column)]
        if not columns:
            msg = "no figures in it"
            raise ParseError(msg)
        self._load(table.publisher)
        held = self.pools[table.publisher]
        reread = self.store.has_older(artifact.sha256, table.publisher)
        if reread:
            self._restate(table.publisher, artifact.sha256)
            held = Pool({}, [], [])
        holding = _holding(artifact, table, self.now)
        self.holdings[holding.sha256] = holding
        fresh, new, revised, uncatalogued = self._stated(columns, holding, table.version, held)
        self.store.put(data, holding, table.version, fresh)
        if reread:
            del self.pools[table.publisher]
            self.reread.add(table.publisher)
        else:
            _merge(held, fresh)
        reason = f"not in the catalog: {', '.join(uncatalogued)}" if uncatalogued else ""
        series = {column.series for column in columns}
        figures = sum(map(len, columns))
        return ImportRow(name, "read", table.id, len(series), figures, new, reason, revised=revised)

    def _stated(
        self, columns: list[Column], holding: Holding, version: int, held: Pool
    ) -> tuple[Pool, int, int, list[str]]:
        """What a file states beyond what is held; how many figures are new, how many of these
        revise one that is held; unknown series.
        """
        fresh = Pool({}, [holding.sha256], sorted({column.sheet for column in columns}))
        newest = date.fromordinal(max(max(column.ends) for column in columns))
        artifact = holding.as_artifact()
        new, revised, uncatalogued = 0, 0, []
        ranks = [self.holdings[sha].rank[0] for sha in held.shas]
        for column in columns:
            entry = self.catalog.entry(column.series)
            if entry is None:
                uncatalogued.append(column.series)
                continue
            stated = _statements(
                column,
                settle(column, artifact, holding.table, entry, newest, self.calendars),
                fresh.sheets.index(column.sheet),
                version,
                self.now,
            )
            known = held.series.get(column.series)
            order, news, revisions = _unheld(stated, known, ranks, holding.rank[0])
            new, revised = new + news, revised + revisions
            _join(fresh, column.series, stated.take(order))
        if len(uncatalogued) == len(columns):
            msg = f"none of its series is in the catalog: {uncatalogued[0]} …"
            raise ParseError(msg)
        return fresh, new, revised, uncatalogued

    def _restate(self, publisher: str, sha: str) -> None:
        """Write again, in full, what the publisher's other artifacts state.

        They may have left out what this one stated as an older version of its parser read it.
        Theirs come first: if the run is cut short, this one's old version brings it about again.
        """
        for holding in list(self.store.holdings(publisher)):
            if holding.sha256 == sha:
                continue
            data = self.store.raw_path(holding.sha256).read_bytes()
            table = self.recognise(data, holding.name)
            if table is None or table.publisher != publisher:
                continue
            columns = [column for column in table.parse(data, holding.as_artifact()) if len(column)]
            fresh, *_ = self._stated(columns, holding, table.version, Pool({}, [], []))
            self.store.put(data, holding, table.version, fresh)

    def _load(self, publisher: str) -> None:
        if publisher not in self.pools:
            self.pools[publisher] = self.store.figures(publisher)
            self.holdings |= {h.sha256: h for h in self.store.holdings(publisher)}


def _unheld(
    stated: Statements, known: Statements | None, ranks: Sequence[int], rank: int
) -> tuple[Sequence[int], int, int]:
    """Which entries say something that is not held word for word; how many are new figures,
    and how many of these revise one that is held.

    `ranks` are those of the artifacts of `known`, `rank` that of what is stated. The same words at
    the same moment from a truer copy are kept too: it is the one to cite. What an older or a later
    vintage also states is kept: dropping it would lose a value that comes back after a revision, if
    the revision is imported last.
    """
    if known is None:
        return range(len(stated)), len(stated), 0
    best = _best(known, ranks)
    keys = list(_keys(stated))
    order = [i for i, key in enumerate(keys) if best.get(key, rank + 1) > rank]
    unsaid = [keys[i][1:] for i in order if keys[i] not in best]
    if not unsaid:
        return order, 0, 0
    values = {key[1:] for key in best}
    periods = {key[:2] for key in values}
    new = [value for value in unsaid if value not in values]
    return order, len(new), sum(value[:2] in periods for value in new)


def _best(known: Statements, ranks: Sequence[int]) -> dict[tuple[int, ...], int]:
    """The rank of the truest copy that states something, for everything that is stated."""
    artifacts = set(known.artifacts)
    if len({ranks[artifact] for artifact in artifacts}) == 1:
        return dict.fromkeys(_keys(known), ranks[artifacts.pop()])
    best: dict[tuple[int, ...], int] = {}
    for key, artifact in zip(_keys(known), known.artifacts, strict=True):
        if key not in best or ranks[artifact] < best[key]:
            best[key] = ranks[artifact]
    return best


def _holding(artifact: Artifact, table: Table, now: datetime) -> Holding:
    return Holding(
        artifact.sha256,
        artifact.name,
        table.publisher,
        table.id,
        artifact.fetched_at,
        now,
        artifact.url,
        artifact.fidelity,
        artifact.terms,
        artifact.public_by,
    )


def _keys(held: Statements) -> Iterator[tuple[int, ...]]:
    return zip(
        held.vintages,
        held.ends,
        held.starts,
        held.digits,
        held.decimals,
        held.statuses,
        strict=True,
    )


def _statements(
    column: Column, settled: Settled, sheet: int, version: int, now: datetime
) -> Statements:
    count = len(column)
    return Statements(
        column.starts,
        column.ends,
        column.digits,
        column.decimals,
        array("b", [STATUS_CODE[column.status]]) * count,
        settled.moments,
        settled.days,
        settled.bases,
        array("i", [0]) * count,
        array("i", [sheet]) * count,
        column.rows,
        column.columns,
        array("h", [version]) * count,
        array("q", [to_ms(now)]) * count,
    )


def _join(pool: Pool, series: str, stated: Statements) -> None:
    if series in pool.series:
        pool.series[series].extend(stated)
    elif len(stated):
        pool.series[series] = stated


def _merge(held: Pool, fresh: Pool) -> None:
    """Take a file's statements into the pool of its publisher."""
    place = len(held.shas)
    held.shas += fresh.shas
    sheets = {}
    for code, sheet in enumerate(fresh.sheets):
        if sheet not in held.sheets:
            held.sheets.append(sheet)
        sheets[code] = held.sheets.index(sheet)
    for series, stated in fresh.series.items():
        moved = stated.take(range(len(stated)))
        moved.artifacts = array("i", [place]) * len(stated)
        moved.sheets = array("i", [sheets[code] for code in stated.sheets])
        _join(held, series, moved)
