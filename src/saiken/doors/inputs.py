"""What is to be checked: the words themselves, a file, standard input, or a batch of lines."""

from __future__ import annotations

import codecs
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from saiken.doors.errors import BadInputError
from saiken.reports.terminal import clipped, whole

MAX_BYTES = 32 * 1024 * 1024
STANDARD_INPUT = "-"
_FILE_NAME = re.compile(
    r"[^\s]+\.(?:txt|md|jsonl|ndjson|csv|tsv|parquet|html?|pdf|docx?)\Z", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("utf-8", "cp1252", "latin-1")
_BINARY = {
    b"PK\x03\x04": "a zip archive or an office document",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: `path` is None for standard input and for words given as such."""

    name: str
    path: Path | None = None
    words: str | None = None

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower() if self.path else ""


def find_source(given: str) -> Source:
    """What `given` names: `-`, an existing file, or else the words themselves.

    Raises BadInputError for a folder, and for a name that can only be a file's but is not there.
    """
    if given == STANDARD_INPUT:
        return Source("standard input")
    if os.path.isdir(given):  # noqa: PTH112 - pathlib raises for a text too long to be a name
        raise BadInputError(f"{given} is a folder", "name one file; `saiken import` takes folders")
    if os.path.exists(given):  # noqa: PTH110
        return Source(given, Path(given))
    if _FILE_NAME.match(given):
        raise BadInputError(f"no such file: {given}", "to check words, put them in quotes")
    return Source("the text", words=given)


def read_text(source: Source) -> tuple[str, str]:
    """The whole text, and a note on how it was decoded ("" where nothing had to be guessed).

    Raises BadInputError for empty, binary, unreadable or oversized input.
    """
    if source.words is not None:
        text, note = whole(source.words), ""
    else:
        text, note = decode(_read_bytes(source), source.name)
    if not text.strip():
        raise BadInputError(f"{source.name} is empty", "give a sentence, a file or - to check")
    return text, note


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Bytes as text: a byte order mark decides, then UTF-8, then what Western texts are in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError as error:
                raise BadInputError(
                    f"{name} is not the {encoding} that it says", str(error)
                ) from None
    _refuse_binary(data, name)
    for encoding in _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = "" if encoding == "utf-8" else f"{name} is not UTF-8; read as {encoding}"
        return text, note
    raise AssertionError("latin-1 decodes anything")


def _refuse_binary(data: bytes, name: str) -> None:
    hint = "give plain text, JSONL or CSV"
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise BadInputError(f"{name} is {what}, not a text", hint)
    if b"\0" in data:
        raise BadInputError(f"{name} is binary, not a text", hint)


def _read_bytes(source: Source) -> bytes:
    try:
        if source.path is None:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with source.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"cannot read {clipped(source.name, 80)}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise BadInputError(
            f"{source.name} is over {MAX_BYTES >> 20} MB",
            "split it, or give one text a line as JSONL, which may be of any size",
        )
    return data
