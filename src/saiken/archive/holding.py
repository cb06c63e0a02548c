"""What the archive knows of the files that it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from saiken.publishers.table import Artifact

FIDELITIES = (
    "byte copy",
    "byte copy, LF",
    "excerpt",
    "transcription",
    "re-saved",
    "derived",
    "unknown",
)
"""How true a copy is to the publisher's file, the truest first."""

_RANK = {fidelity: place for place, fidelity in enumerate(FIDELITIES)}
RESTRICTED = "R"
"""The `terms` of artifacts whose figures may not be passed on."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One artifact as recorded: whose it is, which table, how it came. Times are UTC."""

    sha256: str
    name: str
    publisher: str
    table: str
    fetched_at: datetime
    recorded_at: datetime
    url: str = ""
    fidelity: str = "unknown"
    terms: str = ""
    public_by: datetime | None = None

    @property
    def rank(self) -> tuple[int, str]:
        """Sort key among files that contradict each other: the truest copy first."""
        return _RANK.get(self.fidelity, len(FIDELITIES)), self.sha256

    def as_artifact(self) -> Artifact:
        """What a parser is told of it."""
        return Artifact(
            self.name,
            self.sha256,
            self.fetched_at,
            self.url,
            self.fidelity,
            self.terms,
            self.public_by,
        )

    def to_json(self) -> str:
        return _json(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Holding:
        """Read what `to_json` wrote. ValueError (or TypeError) if it is something else."""
        found = cls(**json.loads(text))
        return replace(
            found,
            fetched_at=datetime.fromisoformat(str(found.fetched_at)),
            recorded_at=datetime.fromisoformat(str(found.recorded_at)),
            public_by=datetime.fromisoformat(str(found.public_by)) if found.public_by else None,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was last served at an address, and the condition under which to ask for it again.

    `sha256` lists the artifacts that came (the members of a zip, or one), `figures` how many they
    stated, 0 if they were quarantined. `settled` says that the file was not going to change.
    """

    url: str
    sha256: tuple[str, ...]
    fetched_at: datetime
    etag: str = ""
    modified: str = ""
    figures: int = 0
    settled: bool = False

    def to_json(self) -> str:
        return _json(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Fetched:
        """Read what `to_json` wrote. ValueError (or TypeError) if it is something else."""
        found = cls(**json.loads(text))
        moment = datetime.fromisoformat(str(found.fetched_at))
        return replace(found, sha256=tuple(found.sha256), fetched_at=moment)


def _json(record: dict[str, object]) -> str:
    plain = {key: _plain(value) for key, value in record.items()}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
