"""Publishers' text files: bytes to lines, cells and numbers, with clear errors. No I/O."""

from __future__ import annotations

import csv
from functools import lru_cache

from saiken.publishers.table import ParseError
from saiken.terms.figure import parse_number

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SHORT = 17
_NOTHING = frozenset({"", ".", "-", "n.a.", "na", "nan", "n/a", "#n/a"})


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or else Windows-1252; never fails."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines(data: bytes) -> list[str]:
    """The lines without their ends. ParseError for an empty file, an HTML page, a binary file."""
    text = decode(data)
    if not text.strip():
        raise ParseError("the file is empty: fetch it again")
    if "\0" in text:
        raise ParseError("this is not a text file: fetch it again")
    start = text.lstrip()[:200].casefold()
    if start.startswith("<"):
        raise ParseError("this is a web page, not the table: fetch it again", 1)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def tab_cells(line: str) -> list[str]:
    """Cells between tabs, without blanks around and without the quotes of a quoted cell."""
    cells = []
    for part in line.split("\t"):
        cell = part.strip()
        if len(cell) > 1 and cell[0] == cell[-1] == '"':
            cell = cell[1:-1].strip()
        cells.append(cell)
    return cells


def comma_cells(line: str) -> list[str]:
    """Cells between commas; a quoted cell may hold a comma."""
    if '"' in line:
        return [cell.strip() for cell in next(csv.reader([line]), [])]
    return [cell.strip() for cell in line.split(",")]


@lru_cache(maxsize=65536)
def number(text: str) -> tuple[int, int] | None:
    """(digits, decimals) of a cell, None where the publisher prints that there is none.

    Raises ValueError for what is neither.
    """
    whole, dot, fraction = text.partition(".")
    plain = whole.isdigit() and (fraction.isdigit() or not dot)
    if plain and text.isascii() and len(text) < _SHORT:  # nearly every cell
        return int(whole + fraction), len(fraction)
    if text.strip().casefold() in _NOTHING:
        return None
    return parse_number(text)


@lru_cache(maxsize=65536)
def printed(text: str, decimals: int | None) -> tuple[int, int] | None:
    """`number` in the publisher's own decimals, where `text` lost or gained zeros on its way.

    `1200` of a table printed with one decimal is 1200.0; `4.6700000000` of one printed with two
    is 4.67. Digits that are not zero are never dropped. `decimals` None leaves all as it stands.
    """
    found = number(text)
    if found is None or decimals is None:
        return found
    digits, places = found
    while places < decimals:
        digits, places = digits * 10, places + 1
    while places > decimals and digits % 10 == 0:
        digits, places = digits // 10, places - 1
    return digits, places
