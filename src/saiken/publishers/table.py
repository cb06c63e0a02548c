"""What a publisher module offers: its tables, how each is recognised and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from saiken.terms.figure import Column


class ParseError(ValueError):
    """A file is not what its table should be. `row` is the 1-based line at fault, 0 if none."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(f"line {row}: {message}" if row else message)
        self.row = row


@dataclass(frozen=True, slots=True)
class Artifact:
    """What is known of a file besides its bytes. Times are UTC.

    `public_by` is a date on which this content is known to have been public (a repository's
    commit, a stamp in the metadata), where anything is known. `fidelity` is `byte copy`,
    `transcription`, `excerpt`, `re-saved`, `derived` or `unknown`.
    """

    name: str
    sha256: str
    fetched_at: datetime
    url: str = ""
    fidelity: str = "unknown"
    terms: str = ""
    public_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One layout of one publisher's table.

    `recognise(head, name)` sees the first 4,096 bytes and the file's name, and decides by content
    (a name alone proves nothing). `parse(data, artifact)` is pure: it yields the columns that it
    finds and raises `ParseError` rather than guess. `version` moves when the parser's output does.
    """

    id: str
    publisher: str
    urls: tuple[str, ...]
    recognise: Callable[[bytes, str], bool]
    parse: Callable[[bytes, Artifact], Iterator[Column]]
    version: int = 1
