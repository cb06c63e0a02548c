"""Fetch what publishers serve now, and take in what has changed.

Each publisher's files are fetched while nothing is locked, then taken in under the write lock, one
publisher after the other: what goes wrong with one concerns no other. What was served at an
address is noted last, so that a run cut short anywhere asks again for what it did not finish.
"""

from __future__ import annotations

import fnmatch
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from saiken.archive import provenance
from saiken.archive.errors import StoreError
from saiken.archive.holding import Fetched
from saiken.archive.importer import ImportRow, Intake, Recognise, intake
from saiken.archive.places import home_dir
from saiken.archive.store import Store
from saiken.archive.vintage import Calendars
from saiken.publishers.addresses import Address, addresses
from saiken.publishers.catalog import Catalog
from saiken.publishers.client import Answer, Client, FetchError, Limits
from saiken.publishers.table import Artifact

STATUSES = ("new", "revised", "unchanged", "absent", "quarantined", "failed")
"""What becomes of an address:

new          it brought figures, and none that differ from those held
revised      it brought figures that differ from those held
unchanged    it brought no figure that was not held
absent       the publisher has no such file (yet)
quarantined  what came cannot be read; it is kept apart, and the figures held stay
failed       nothing came, or it could not be kept
"""

SAME_TIME = 4
"""Publishers fetched from at the same time."""

_STEP = timedelta(milliseconds=1)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class SyncRow:
    """What became of one file of an address. Counts as in `ImportRow`; `note` is worth knowing."""

    publisher: str
    table: str
    name: str
    url: str
    status: str
    figures: int = 0
    new: int = 0
    revised: int = 0
    reason: str = ""
    line: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What became of every address, by publisher."""

    rows: tuple[SyncRow, ...]

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def new(self) -> int:
        return sum(row.new for row in self.rows)

    @property
    def revised(self) -> int:
        return sum(row.revised for row in self.rows)


@dataclass(slots=True)
class _Arrival:
    """An address and what came of it: an answer or why there is none."""

    address: Address
    before: Fetched | None
    answer: Answer | None = None
    error: FetchError | None = None


@dataclass(slots=True)
class _Progress:
    """Counts what is done over all threads."""

    tell: Progress | None
    total: int
    done: int = field(default=0)

    def step(self, what: str) -> None:
        self.done += 1
        if self.tell:
            self.tell(self.done, self.total, what)


def known_addresses(today: date | None = None) -> list[Address]:
    """Every address that can be fetched, those for which the user's key is missing too."""
    from saiken.publishers import registry  # noqa: PLC0415 - loads every parser

    return list(addresses(registry.tables(), today or datetime.now(UTC).date()))


def keys_missing(asked: Iterable[Address]) -> list[str]:
    """The variables of the environment that the keys of these addresses should stand in."""
    wanted = {address.key.variable for address in asked if address.key}
    return sorted(name for name in wanted if not os.environ.get(name))


def sync(
    publishers: Sequence[str] = (),
    home: Path | None = None,
    progress: Progress | None = None,
    *,
    mirror: str = "",
    limits: Limits | None = None,
    where: Sequence[Address] | None = None,
    recognise: Recognise | None = None,
    calendars: Calendars | None = None,
    catalog: Catalog | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SyncReport:
    """Bring the archive at `home` up to what `publishers` (all, if empty) serve.

    `mirror` is a base address to fetch from instead of the publishers' own (see `Client`); `where`
    lists other addresses than those of the tables. One whose key is missing is not asked. A figure is never dated before `clock`, the
    publisher's clock or the last fetch of its address. Raises StoreError only if the archive
    cannot be written at all.
    """
    store = Store(home_dir(home))
    listed = known_addresses(clock().date()) if where is None else where
    wanted: dict[str, list[Address]] = {}
    for address in listed:
        if (not publishers or address.publisher in publishers) and not keys_missing([address]):
            wanted.setdefault(address.publisher, []).append(address)
    counter = _Progress(progress, sum(map(len, wanted.values())))
    found: dict[str, list[SyncRow]] = {}
    with Client(mirror, limits) as client, ThreadPoolExecutor(SAME_TIME) as pool:
        running = {
            pool.submit(_fetch_all, client, store, asked, counter): publisher
            for publisher, asked in wanted.items()
        }
        for future in as_completed(running):
            publisher = running[future]
            try:
                with intake(
                    home,
                    recognise=recognise,
                    calendars=calendars,
                    catalog=catalog,
                    now=clock(),
                ) as taking:
                    found[publisher] = [
                        row
                        for arrival in future.result()
                        for row in _taken(taking, arrival, mirrored=bool(mirror))
                    ]
            except StoreError as error:
                reason = f"not kept: {error}"
                found[publisher] = [_row(one, "failed", reason) for one in wanted[publisher]]
    return SyncReport(tuple(row for publisher in wanted for row in found[publisher]))


def _fetch_all(
    client: Client, store: Store, asked: Sequence[Address], counter: _Progress
) -> list[_Arrival]:
    return [_fetch(client, store, address, counter) for address in asked]


def _fetch(client: Client, store: Store, address: Address, counter: _Progress) -> _Arrival:
    """Ask for a file, on condition only where what came last is still at hand."""
    before = store.fetched(address.url)
    if before and any(store.content(sha) is None for sha in before.sha256):
        before = replace(before, etag="", modified="", settled=False)
    arrival = _Arrival(address, before)
    if address.settled and before and before.settled:
        arrival.answer = Answer(None)
    else:
        try:
            etag, modified = (before.etag, before.modified) if before else ("", "")
            key = address.key
            arrival.answer = client.fetch(
                address.url,
                etag,
                modified,
                accept=address.accept,
                query={key.parameter: os.environ.get(key.variable, "")} if key else {},
            )
        except FetchError as error:
            arrival.error = error
        except Exception as error:  # noqa: BLE001 - whatever happens here, the others go on
            arrival.error = FetchError(f"{type(error).__name__}: {error}")
    counter.step(f"{address.publisher} {address.name}")
    return arrival


def _taken(taking: Intake, arrival: _Arrival, *, mirrored: bool) -> Iterator[SyncRow]:
    """Take in what came, and note that it did."""
    address, before, answer = arrival.address, arrival.before, arrival.answer
    if answer is None:
        yield _missing(address, arrival.error)
        return
    if answer.data is None:
        yield from _as_before(taking, address, before)
        return
    at, note = _seen_at(taking.now, answer.served, before)
    content, damage = _members(answer.data, address)
    hashes = tuple(sha256(data).hexdigest() for _, data in content)
    returned = before is not None and before.sha256 != hashes and _all_held(taking.store, hashes)
    rows = []
    for (name, data), sha in zip(content, hashes, strict=True):
        known = provenance.artifact(name, sha, at)
        fidelity = known.fidelity if mirrored or known.fidelity != "unknown" else "byte copy"
        artifact = replace(known, url=address.url, fidelity=fidelity)
        if damage:
            taking.store.put_quarantine(data, artifact, damage)
            rows.append(ImportRow(name, "quarantined", address.table, reason=damage))
        else:
            rows.append(taking.accept(data, artifact, name, publisher=address.publisher))
    figures = sum(row.figures for row in rows) or (before.figures if before else 0)
    if returned:
        note = "serves again what it served before; the later figures stay"
    elif before and sum(row.figures for row in rows) * 10 < before.figures * 9:
        note = f"{before.figures:,} figures the last time: was it cut, or is less printed now?"
    taking.store.put_fetched(
        Fetched(address.url, hashes, at, answer.etag, answer.modified, figures, address.settled)
    )
    yield from (_told(address, row, note if not row.reason else "") for row in rows)


def _as_before(taking: Intake, address: Address, before: Fetched | None) -> Iterator[SyncRow]:
    """Nothing new came: what is held is read again if a newer parser wants it."""
    for sha in before.sha256 if before else ():
        holding = taking.store.holding(sha)
        data = taking.store.content(sha)
        if data is None:
            yield _row(address, "failed", "what came last is gone from the archive: sync again")
            continue
        known = provenance.artifact(address.name, sha, before.fetched_at if before else taking.now)
        artifact: Artifact = holding.as_artifact() if holding else replace(known, url=address.url)
        row = taking.accept(data, artifact, artifact.name, publisher=address.publisher)
        yield _told(address, row, "")


def _missing(address: Address, error: FetchError | None) -> SyncRow:
    if error is not None and error.absent and address.optional:
        return _row(address, "absent", str(error))
    return _row(address, "failed", str(error))


def _told(address: Address, row: ImportRow, note: str) -> SyncRow:
    status = row.status
    if status == "read":
        status = "revised" if row.revised else "new" if row.new else "unchanged"
    return SyncRow(
        publisher=address.publisher,
        table=row.table or address.table,
        name=row.file,
        url=address.url,
        status=status,
        figures=row.figures,
        new=row.new,
        revised=row.revised,
        reason=row.reason,
        line=row.line,
        note=note,
    )


def _row(address: Address, status: str, reason: str) -> SyncRow:
    return SyncRow(
        address.publisher, address.table, address.name, address.url, status, reason=reason
    )


def _all_held(store: Store, hashes: Sequence[str]) -> bool:
    return all(store.holding(sha) is not None for sha in hashes)


def _seen_at(
    now: datetime, served: datetime | None, before: Fetched | None
) -> tuple[datetime, str]:
    """When a content was first seen, never too early; and what to say of the clocks.

    The later of this machine's clock and the publisher's, and later than the fetch before.
    """
    at, note = max(now, served or now), ""
    if at - now > timedelta(minutes=10):
        note = f"this machine's clock is behind the publisher's ({now:%Y-%m-%d %H:%M} UTC here)"
    if before and at <= before.fetched_at:
        note = f"the clock stands before the last fetch, of {before.fetched_at:%Y-%m-%d %H:%M} UTC"
        at = before.fetched_at + _STEP
    return at, note


def _members(data: bytes, address: Address) -> tuple[list[tuple[str, bytes]], str]:
    """(name, bytes) of the files wanted of an answer; or the answer itself and what is wrong."""
    if not address.member:
        return [(address.name, data)], ""
    found, room = [], Limits().bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in sorted(packed.infolist(), key=lambda member: member.filename):
                name = member.filename.rpartition("/")[2]
                if not fnmatch.fnmatch(name, address.member):
                    continue
                with packed.open(member) as file:
                    content = file.read(room + 1)
                room -= len(content)
                if room < 0:
                    return [(address.name, data)], "the zip unpacks to more than is allowed"
                found.append((name, content))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
        return [(address.name, data)], f"not a zip that can be unpacked: {error}"
    if not found:
        return [(address.name, data)], f"no member of the zip is called {address.member}"
    return found, ""
