"""The user's archive on disk: raw files by SHA-256, figures in Parquet by publisher.

    raw/ab/abcd…            a file as it came
    raw/ab/abcd….json       whose it is and how it came (`Holding`)
    quarantine/ab/…         files that did not parse, each with the reason
    figures/<publisher>/<sha>-<version>.parquet
                            what one file states, as one version of its parser read it
    releases.parquet        the release calendars, as far as the figures need them
    releases.of             the state of the figures for which they were worked out
    catalog/<name>.toml     what the user's own series are
    fetched/<hash>.json     what was last served at an address (`Fetched`)

A file of figures is complete once it has its name, and is never changed: readers need no lock. One
that a newer version of the parser has superseded is not listed any more, and goes a while later:
a reader may be about to open it.
It is the last thing written of an artifact, so that an import that was cut short is taken up
again as if it had not begun.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from saiken.archive import durable, parquet
from saiken.archive.errors import StoreError
from saiken.archive.holding import Fetched, Holding
from saiken.publishers.table import Artifact
from saiken.terms.release import Release

GRACE = 60.0
"""Seconds for which a superseded file of figures stays."""


@dataclass(frozen=True, slots=True)
class Store:
    """An archive folder. Nothing is created before the first write."""

    home: Path

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; raises `Busy` if another process keeps it."""
        return durable.lock(self.home)

    def sweep(self) -> None:
        """Remove what killed writers left behind, and what is superseded (write lock held)."""
        durable.sweep(self.home)
        listed = {(part.parent, part.stem.partition("-")[0]): part for part in self.parts()}
        for part in (self.home / "figures").glob("*/*.parquet"):
            newest = listed[part.parent, part.stem.partition("-")[0]]
            if part != newest and time.time() - newest.stat().st_mtime > GRACE:
                durable.remove(part)

    def raw_path(self, sha: str) -> Path:
        return self.home / "raw" / sha[:2] / sha

    def part_path(self, holding: Holding, version: int) -> Path:
        return self.home / "figures" / holding.publisher / f"{holding.sha256}-{version}.parquet"

    def put(self, data: bytes, holding: Holding, version: int, pool: parquet.Pool) -> None:
        """Keep a file and what it states (write lock held)."""
        self._put_raw(data, holding)
        part = self.part_path(holding, version)
        with durable.replacing(part) as temporary:
            parquet.write_figures(temporary, pool)

    def content(self, sha: str) -> bytes | None:
        """The bytes of an artifact, of a quarantined one too; None if they are gone or damaged."""
        for path in (self.raw_path(sha), self._quarantine_path(sha)):
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if sha256(data).hexdigest() == sha:
                return data
        return None

    def fetched(self, url: str) -> Fetched | None:
        """What was last served at an address; None if nothing was, or the note is damaged."""
        try:
            return Fetched.from_json(self._fetched_path(url).read_text("utf-8"))
        except (OSError, ValueError, TypeError):
            return None

    def put_fetched(self, fetched: Fetched) -> None:
        """Keep what was served (write lock held). The last thing written of a fetch."""
        durable.write(self._fetched_path(fetched.url), fetched.to_json().encode())

    def _fetched_path(self, url: str) -> Path:
        return self.home / "fetched" / f"{sha256(url.encode()).hexdigest()[:32]}.json"

    def mend(self, data: bytes, sha: str) -> None:
        """Put the bytes of an artifact in their place if they are not there (write lock held)."""
        path = self.raw_path(sha)
        if not path.exists() or path.read_bytes() != data:
            durable.write(path, data)

    def _put_raw(self, data: bytes, holding: Holding) -> None:
        self.mend(data, holding.sha256)
        path = self.raw_path(holding.sha256)
        durable.write(path.with_name(f"{path.name}.json"), holding.to_json().encode())
        durable.remove(self._quarantine_path(holding.sha256))
        durable.remove(self._quarantine_path(holding.sha256, ".json"))

    def put_quarantine(self, data: bytes, artifact: Artifact, reason: str) -> None:
        """Keep a file that does not parse, with why (write lock held)."""
        sha = artifact.sha256
        durable.write(self._quarantine_path(sha), data)
        note = json.dumps(
            {
                "name": artifact.name,
                "sha256": sha,
                "reason": reason,
                "url": artifact.url,
                "fetched_at": artifact.fetched_at.isoformat(),
            },
            ensure_ascii=False,
            indent=1,
        )
        durable.write(self._quarantine_path(sha, ".json"), f"{note}\n".encode())

    def _quarantine_path(self, sha: str, ending: str = "") -> Path:
        return self.home / "quarantine" / sha[:2] / f"{sha}{ending}"

    def has(self, sha: str, publisher: str, version: int) -> bool:
        """Whether this file is held, as read by this version of its parser."""
        return (self.home / "figures" / publisher / f"{sha}-{version}.parquet").exists()

    def has_older(self, sha: str, publisher: str) -> bool:
        """Whether this file is held as some version of its parser read it."""
        return any((self.home / "figures" / publisher).glob(f"{sha}-*.parquet"))

    def parts(self, publisher: str | None = None) -> list[Path]:
        """The files of figures, by name: of each artifact, what the newest parser read."""
        newest: dict[tuple[str, str], tuple[int, Path]] = {}
        for part in (self.home / "figures").glob(f"{publisher or '*'}/*.parquet"):
            sha, _, version = part.stem.partition("-")
            key, found = (part.parent.name, sha), (int(version), part)
            newest[key] = max(newest.get(key, found), found)
        return sorted(part for _, part in newest.values())

    def figures(self, publisher: str | None = None) -> parquet.Pool:
        """Everything stated by the files held (of one publisher)."""
        return parquet.read_figures(self.parts(publisher))

    def holdings(self, publisher: str | None = None) -> Iterator[Holding]:
        """What is known of each artifact that has figures (of one publisher)."""
        for part in self.parts(publisher):
            sha = part.name.partition("-")[0]
            side = self.raw_path(sha).with_name(f"{sha}.json")
            try:
                yield Holding.from_json(side.read_text("utf-8"))
            except (OSError, ValueError, TypeError) as error:
                msg = f"the note on artifact {sha[:12]}… cannot be read: {error}"
                raise StoreError(msg, "import the file again with `saiken import`") from error

    def holding(self, sha: str) -> Holding | None:
        """What is known of an artifact that is kept; None if it is not, or the note is damaged."""
        side = self.raw_path(sha).with_name(f"{sha}.json")
        try:
            return Holding.from_json(side.read_text("utf-8"))
        except (OSError, ValueError, TypeError):
            return None

    def put_releases(self, releases: Iterable[Release]) -> None:
        """Write the calendars worked out for the figures held now (write lock held)."""
        with durable.replacing(self.home / "releases.parquet") as temporary:
            parquet.write_releases(temporary, releases)
        durable.write(self.home / "releases.of", self.state().encode())

    def releases_known(self) -> bool:
        """Whether the calendars are those of the figures held.

        They are not if a writer died between the two.
        """
        return self.releases_of() == self.state() or not self.parts()

    def releases_of(self) -> str:
        """The state for which the calendars were worked out; empty if none is noted."""
        try:
            return (self.home / "releases.of").read_text("ascii")
        except (OSError, ValueError):
            return ""

    def releases(self) -> list[Release]:
        path = self.home / "releases.parquet"
        return parquet.read_releases(path) if path.exists() else []

    def state(self) -> str:
        """A hash that changes whenever what is held does. Reads names only."""
        seen = sha256()
        for part in self.parts():
            seen.update(f"{part.parent.name}/{part.name}\n".encode())
        return seen.hexdigest()

    def catalogs(self) -> str:
        """A hash of the catalogs of the user's own series."""
        seen = sha256()
        for file in sorted((self.home / "catalog").glob("*.toml")):
            seen.update(file.read_bytes())
        return seen.hexdigest()

    def damaged(self) -> Iterator[str]:
        """SHA-256 of raw files whose bytes are no longer those that came."""
        for path in sorted((self.home / "raw").glob("*/*")):
            if not path.suffix and sha256(path.read_bytes()).hexdigest() != path.name:
                yield path.name
