"""Claims that a user keeps an eye on: a small file in the archive's folder, one for all doors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from saiken.archive import durable
from saiken.archive.errors import ArchiveError, StoreError
from saiken.archive.places import home_dir

SCHEMA = "saiken.watch/1"
FOLDER = "watch"
NAME = "claims.json"

MOST = 200
"""Claims in one list."""

LONGEST = 2000
"""Characters of one claim."""


class WatchError(ArchiveError):
    """What is asked of the watch list makes no sense: a text that is none, too long, one too many."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A text that is watched. `dated` is its own day; `added` the day on which it was kept."""

    text: str
    dated: date
    added: date

    @property
    def id(self) -> str:
        """The same for the same text of the same day."""
        return hashlib.sha256(f"{self.dated}\n{self.text}".encode()).hexdigest()[:16]


def watched(home: Path | None = None) -> tuple[Watched, ...]:
    """The watch list, oldest first; empty where none was kept. Raises StoreError for a damaged one."""
    path = _path(home)
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema"] != SCHEMA:
            msg = f"it is {told['schema']}, not {SCHEMA}"
            raise ValueError(msg)  # noqa: TRY301 - told with the others below
        return tuple(
            Watched(
                str(kept["text"]),
                date.fromisoformat(kept["dated"]),
                date.fromisoformat(kept["added"]),
            )
            for kept in told["claims"]
        )
    except FileNotFoundError:
        return ()
    except OSError as error:
        msg = f"the watch list cannot be read: {error.strerror or error}"
        raise StoreError(msg, f"see to {path}") from None
    except (ValueError, TypeError, KeyError) as error:
        msg = f"the watch list is damaged: {error}"
        raise StoreError(msg, f"mend {path}, or move it away and begin again") from None


def watch(text: str, dated: date, added: date, home: Path | None = None) -> Watched:
    """Keep a claim; one that is there already stays as it is.

    Raises WatchError for a text that cannot be kept, StoreError where the disk refuses, Busy while
    another process writes.
    """
    said = (
        text.encode("utf-8", "replace").decode().strip()
    )  # no lone surrogates: nothing writes them
    if not said:
        raise WatchError("there is no claim to watch", "give a sentence or a post")
    if len(said) > LONGEST:
        raise WatchError(
            f"the text has {len(said):,} characters; {LONGEST:,} can be watched",
            "watch the sentence that matters",
        )
    new = Watched(said, dated, added)

    def with_new(kept: tuple[Watched, ...]) -> tuple[Watched, ...]:
        if any(one.id == new.id for one in kept):
            return kept
        if len(kept) >= MOST:
            raise WatchError(f"{MOST} claims are watched already", "remove one first")
        return (*kept, new)

    kept = _change(with_new, home)
    return next(one for one in kept if one.id == new.id)


def unwatch(key: str, home: Path | None = None) -> bool:
    """Let go of the claim with this `id`; whether it was watched. Raises as `watch` does."""
    before: list[str] = []

    def without(kept: tuple[Watched, ...]) -> tuple[Watched, ...]:
        before.extend(one.id for one in kept)
        return tuple(one for one in kept if one.id != key)

    _change(without, home)
    return key in before


def _path(home: Path | None) -> Path:
    return home_dir(home) / FOLDER / NAME


def _change(
    change: Callable[[tuple[Watched, ...]], tuple[Watched, ...]], home: Path | None
) -> tuple[Watched, ...]:
    """Read, change and write the list as one step. Its lock is its own: a sync may take long."""
    path = _path(home)
    with durable.lock(path.parent):
        before = watched(home)
        after = change(before)
        if after != before:
            told = [
                {"text": one.text, "dated": one.dated.isoformat(), "added": one.added.isoformat()}
                for one in after
            ]
            content = json.dumps({"schema": SCHEMA, "claims": told}, ensure_ascii=False, indent=1)
            durable.write(path, content.encode())
    return after
