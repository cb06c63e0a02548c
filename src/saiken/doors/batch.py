"""Many texts, one a line of JSONL or a row of CSV, read one at a time."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from io import TextIOWrapper
from typing import Any, BinaryIO

from saiken.doors.errors import BadInputError
from saiken.doors.inputs import MAX_BYTES, Source
from saiken.reports.terminal import whole

DELIMITERS = {".csv": ",", ".tsv": "\t"}
JSON_LINES = {".jsonl", ".ndjson"}
SUFFIXES = JSON_LINES | set(DELIMITERS)


@dataclass(frozen=True, slots=True)
class Record:
    """One input line. `problem` says why it cannot be checked, "" where it can."""

    line: int
    id: Any = None
    text: str = ""
    as_of: str | None = None
    problem: str = ""


def is_batch(source: Source, text_field: str | None) -> bool:
    return source.suffix in SUFFIXES or (text_field is not None and source.words is None)


def records(source: Source, text_field: str, as_of_field: str | None) -> Iterator[Record]:
    """Every line of the input, in its order; blank lines are passed over.

    Raises BadInputError where the whole file is not what it should be; what is wrong with one
    line is in its record.
    """
    try:
        with _opened(source) as file:
            if source.suffix in DELIMITERS:
                yield from _rows(file, DELIMITERS[source.suffix], text_field, as_of_field)
            else:
                yield from _lines(file, text_field, as_of_field)
    except OSError as error:
        raise BadInputError(f"cannot read {source.name}: {error.strerror}") from None


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:
    return source.path.open("rb") if source.path else nullcontext(sys.stdin.buffer)


def _lines(file: BinaryIO, text_field: str, as_of_field: str | None) -> Iterator[Record]:
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            raise BadInputError(f"line {number} is over {MAX_BYTES >> 20} MB", "one text a line")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _record(number, line, text_field, as_of_field)


def _record(number: int, line: bytes, text_field: str, as_of_field: str | None) -> Record:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Record(number, problem=f"not JSON: {error}")
    if not isinstance(content, dict):
        return Record(number, problem="not a JSON object")
    return _pick(number, content, text_field, as_of_field)


def _rows(
    file: BinaryIO, delimiter: str, text_field: str, as_of_field: str | None
) -> Iterator[Record]:
    csv.field_size_limit(MAX_BYTES)
    with TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        try:
            header = list(rows.fieldnames or ())
            for field in filter(None, (text_field, as_of_field)):
                if field not in header:
                    raise BadInputError(
                        f"the file has no column {field!r}", _nearest(field, header)
                    )
            for row in rows:
                yield _pick(rows.line_num, row, text_field, as_of_field)
        except UnicodeDecodeError as error:
            raise BadInputError(f"not UTF-8: {error}", "save the file as UTF-8") from None
        except csv.Error as error:
            raise BadInputError(
                f"line {rows.line_num}: not CSV: {error}", "check the quoting"
            ) from None


def _pick(number: int, content: dict[str, Any], text_field: str, as_of_field: str | None) -> Record:
    found = Record(number, content.get("id"))
    text = content.get(text_field)
    as_of = content.get(as_of_field) if as_of_field else None
    if not isinstance(text, str):
        problem = f"no text in the field {text_field!r}; {_nearest(text_field, list(content))}"
    elif not text.strip():
        problem = f"the field {text_field!r} is empty"
    elif as_of_field and not isinstance(as_of, str | int):
        problem = f"no date in the field {as_of_field!r}"
    else:
        return Record(number, found.id, whole(text), None if as_of is None else str(as_of))
    return Record(number, found.id, problem=problem)


def _nearest(field: str, names: list[str]) -> str:
    shown = ", ".join(map(repr, names[:12])) or "none"
    near = get_close_matches(field, names, n=1)
    return f"did you mean {near[0]!r}?" if near else f"its fields are {shown}"
