"""Reading comma-separated publisher files: bytes to text, text to numbered records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from saiken.publishers.table import ParseError

_NUMBER_LIKE = re.compile(r"[-+－−]?[\d０-９][\d０-９,]*(?:\.\d+)?\s*\Z")
_LARGEST = 64 * 2**20
_ZIP = b"PK\x03\x04"
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)


def glimpse(head: bytes, *, japanese: bool = False) -> str:
    """The beginning of a file as text, whatever it is; only for recognising its layout.

    With `japanese`, bytes that are no UTF-8 are read as cp932. A cut last character is dropped.
    """
    for cut in range(4):
        try:
            return head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return head.decode("cp932" if japanese else "latin-1", "replace")


def zip_of(head: bytes, member: bytes) -> bool:
    """Whether a file begins as a zip whose first member's name contains `member`."""
    return head.startswith(_ZIP) and member in head[30:128]


def unzipped(data: bytes) -> bytes:
    """The only member of a zip; other data as it is. ParseError if it cannot be unpacked.

    No table is larger than 64 MiB: what claims to be is no publisher's file.
    """
    if not data.startswith(_ZIP):
        return data
    import zipfile  # noqa: PLC0415 - only for the files that need it
    import zlib  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) != 1 or members[0].file_size > _LARGEST:
                raise ParseError("the zip does not hold one file of a table's size")
            with archive.open(members[0]) as member:
                content = member.read(_LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
        raise ParseError(f"the zip is damaged ({error}): fetch it again") from None
    if len(content) > _LARGEST:
        raise ParseError("the zip does not hold one file of a table's size")
    return content


def decode(data: bytes, *encodings: str) -> str:
    """The text of a file, by the first of `encodings` that reads all of it.

    Raises ParseError for a web page (what servers send in place of a file), for bytes that no
    encoding reads, and for a file whose last line has no end: publishers' files end every line,
    so such a one was cut off.
    """
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        msg = f"not readable as {' or '.join(encodings)}: the file is damaged or of another kind"
        raise ParseError(msg)
    if _PAGE.match(text):
        raise ParseError("this is a web page, not the publisher's file: fetch it again", 1)
    if not text.endswith("\n"):
        raise ParseError(
            "the file ends inside a line: it was cut off, fetch it again", text.count("\n") + 1
        )
    return text


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the 1-based line on which it starts. ParseError where the quoting breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise ParseError(f"broken quoting ({error})", line) from None
        if record is None:
            return
        yield line, record
        line = reader.line_num + 1


def number_like(cell: str) -> bool:
    """Whether a cell would be taken for a number; rows without one are titles, blanks or notes."""
    return bool(_NUMBER_LIKE.match(cell.strip()))


def need_width(record: list[str], width: int, line: int) -> None:
    """ParseError unless the record has as many cells as the header."""
    if len(record) != width:
        raise ParseError(f"{len(record)} cells where the header has {width}", line)
