"""The embedded snapshot: the figures that the package carries, so that the first command works."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from saiken.archive import durable, parquet
from saiken.archive.errors import SnapshotError
from saiken.archive.holding import RESTRICTED, Holding
from saiken.archive.parquet import Pool
from saiken.archive.releases import spans, work_out
from saiken.archive.statements import Statements, from_ms, newest_published, to_ms
from saiken.archive.store import Store
from saiken.archive.vintage import Calendars
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import Catalog
from saiken.terms.release import Release

FIGURES, ARTIFACTS, RELEASES = "figures.parquet", "artifacts.parquet", "releases.parquet"
MANIFEST = "manifest.json"
SCHEMA = 1
_HINT = "install saiken again, or take the publishers' files in with `saiken import DIR`"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot folder and what its manifest says of it."""

    folder: Path
    built_at: datetime
    newest: str
    files: dict[str, dict[str, Any]]

    @property
    def key(self) -> str:
        """A hash of the manifest and of the files' states on disk; reads no content.

        The state (size and time) is part of it so that a file damaged after an index was built
        from it is read, and found out, once more. Raises SnapshotError if a file is gone.
        """
        seen = sha256(repr(sorted((n, f["sha256"]) for n, f in self.files.items())).encode())
        for name in sorted(self.files):
            try:
                state = (self.folder / name).stat()
            except OSError as error:
                raise SnapshotError(f"the snapshot lacks {name}", _HINT) from error
            seen.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
        return seen.hexdigest()

    def verify(self) -> None:
        """Compare every file with the manifest. Raises SnapshotError naming the one that differs."""
        for name, expected in self.files.items():
            try:
                data = (self.folder / name).read_bytes()
            except OSError as error:
                raise SnapshotError(f"the snapshot lacks {name}", _HINT) from error
            if sha256(data).hexdigest() != expected["sha256"]:
                raise SnapshotError(f"the snapshot's {name} is damaged", _HINT)


def embedded() -> Path:
    """The folder of the package's own snapshot."""
    return Path(str(files("saiken.archive").joinpath("snapshot")))


def open_snapshot(folder: Path | None = None) -> Snapshot:
    """Read a snapshot's manifest. Raises SnapshotError if it is missing, cut or of another kind."""
    folder = folder or embedded()
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["schema"] != SCHEMA:
            raise SnapshotError(
                f"the snapshot has schema {manifest['schema']}, not {SCHEMA}", _HINT
            )
        return Snapshot(
            folder,
            datetime.fromisoformat(manifest["built_at"]),
            manifest["newest"],
            dict(manifest["files"]),
        )
    except OSError as error:
        raise SnapshotError("the snapshot that saiken carries is missing", _HINT) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"the snapshot's manifest cannot be read: {error}", _HINT) from error


def build_snapshot(
    source_home: Path,
    out: Path,
    *,
    catalog: Catalog | None = None,
    calendars: Calendars | None = None,
    built_at: datetime | None = None,
) -> Snapshot:
    """Write the snapshot of the archive at `source_home` into the folder `out`.

    Only figures that may be passed on are taken. Equal input gives equal bytes: `built_at` is, unless given, the last
    moment by which something in it is known to have been public, and stands for `recorded_at`.
    Raises SnapshotError if nothing is left to write.
    """
    catalog = catalog or catalogs.load()
    if calendars is None:
        from saiken.publishers import calendars as found  # noqa: PLC0415

        calendars = found
    store = Store(source_home)
    holdings = {holding.sha256: holding for holding in store.holdings()}
    pool = _redistributable(store.figures(), holdings, catalog)
    if not pool.series:
        raise SnapshotError(
            "nothing that may be passed on is held", "run `saiken import DIR` first"
        )
    used = [holdings[sha] for sha in pool.shas]
    moment = built_at or _newest_moment(pool, used)
    for held in pool.series.values():
        held.recorded = array("q", [to_ms(moment)]) * len(held)
    releases = work_out(spans([pool], catalog), calendars)
    last = max(map(newest_published, pool.series.values()))
    newest = date.fromordinal(last).isoformat() if last else ""
    return _write(out, pool, used, releases, moment, newest)


def _newest_moment(pool: Pool, used: Sequence[Holding]) -> datetime:
    newest = from_ms(max(max(held.vintages) for held in pool.series.values()))
    return max([newest, *(holding.public_by for holding in used if holding.public_by)])


def _write(
    out: Path,
    pool: Pool,
    used: Sequence[Holding],
    releases: list[Release],
    moment: datetime,
    newest: str,
) -> Snapshot:
    stamped = [_stamped(holding, moment) for holding in used]
    with durable.replacing(out / FIGURES) as path:
        parquet.write_figures(path, pool, level=19)
    with durable.replacing(out / ARTIFACTS) as path:
        parquet.write_holdings(path, stamped)
    with durable.replacing(out / RELEASES) as path:
        parquet.write_releases(path, releases)
    described = {}
    for name in (FIGURES, ARTIFACTS, RELEASES):
        data = (out / name).read_bytes()
        described[name] = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    manifest = {
        "schema": SCHEMA,
        "built_at": moment.astimezone(UTC).isoformat(),
        "newest": newest,
        "series": len(pool.series),
        "figures": sum(map(len, pool.series.values())),
        "files": described,
    }
    durable.write(out / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return open_snapshot(out)


def _stamped(holding: Holding, moment: datetime) -> Holding:
    """The clock of the machine that imported a file is no fact about the file."""
    return Holding(
        holding.sha256,
        holding.name,
        holding.publisher,
        holding.table,
        min(holding.fetched_at, holding.public_by or moment, moment),
        moment,
        holding.url,
        holding.fidelity,
        holding.terms,
        holding.public_by,
    )


def _redistributable(pool: Pool, holdings: dict[str, Holding], catalog: Catalog) -> Pool:
    """What publisher, series and artifact all allow to pass on, its artifacts sorted by hash."""
    allowed = [sha for sha in pool.shas if holdings[sha].terms != RESTRICTED]
    ranks = [holdings[sha].rank for sha in pool.shas]
    kept: dict[str, Statements] = {}
    codes = {pool.shas.index(sha) for sha in allowed}
    for series, held in pool.series.items():
        entry = catalog.entry(series)
        if entry is None or not entry.redistribute:
            continue
        if not catalog.publishers[entry.publisher].redistribute:
            continue
        chosen = held.take(_distinct(held, codes, ranks))
        if len(chosen):
            kept[series] = chosen
    used = sorted({pool.shas[code] for held in kept.values() for code in held.artifacts})
    place = {pool.shas.index(sha): new for new, sha in enumerate(used)}
    sheets = sorted({pool.sheets[code] for held in kept.values() for code in held.sheets})
    sheet = {pool.sheets.index(name): new for new, name in enumerate(sheets)}
    for held in kept.values():
        held.artifacts = array("i", map(place.__getitem__, held.artifacts))
        held.sheets = array("i", map(sheet.__getitem__, held.sheets))
    return Pool(kept, used, sheets)


def _distinct(held: Statements, codes: set[int], ranks: list[tuple[int, str]]) -> list[int]:
    """The entries of the allowed artifacts; of those that say the same of one moment, the truest."""
    best: dict[tuple[int, ...], int] = {}
    for i, code in enumerate(held.artifacts):
        if code not in codes:
            continue
        key = (
            held.ends[i],
            held.starts[i],
            held.vintages[i],
            held.digits[i],
            held.decimals[i],
            held.statuses[i],
        )
        other = best.get(key)
        if other is None or ranks[code] < ranks[held.artifacts[other]]:
            best[key] = i
    return list(best.values())
