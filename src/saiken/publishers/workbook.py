"""Spreadsheets: bytes to rows of cells, with clear errors and within bounds. No I/O."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from saiken.publishers.table import ParseError

ZIP = b"PK\x03\x04"
_LARGEST = 128 * 2**20
"""Bytes that all parts of a workbook may unpack to; the largest at hand has a tenth of this."""


def _need_bounds(data: bytes) -> None:
    import zipfile  # noqa: PLC0415 - only for the files that need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ParseError(f"not a whole workbook ({error}): fetch it again") from None
    if size > _LARGEST:
        raise ParseError(f"the workbook unpacks to {size:,} bytes: no publisher's file does")


def sheets(data: bytes, wanted: Callable[[str], bool]) -> dict[str, list[list[Any]]]:
    """Name -> rows of the sheets whose name is wanted; row 1 is the first, blank or not.

    Raises ParseError for what is no whole workbook.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only when used

    if not data.startswith(ZIP):
        raise ParseError("not a workbook: fetch it again")
    _need_bounds(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
            if wanted(name)
        }
    except (CalamineError, OSError, ValueError) as error:
        raise ParseError(f"not a readable workbook ({error}): fetch it again") from None


def number(cell: Any, row: int, column: int) -> tuple[int, int] | None:
    """(digits, decimals) of a cell, None for a blank one. ParseError (with `row`) for text.

    The shortest decimal that is this double is what was typed in; 4000.0 was 4000.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise ParseError(f"{cell!r} in column {column} is not a number", row)
    value = Decimal(repr(cell)).normalize()
    if not value.is_finite():
        raise ParseError(f"{cell!r} in column {column} is not a number", row)
    text = f"{value:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction[: max(0, 17 - len(whole.lstrip("-0")))]
    return int(whole + fraction), len(fraction)


def day_of(cell: Any) -> date | None:
    """The day of a date cell, None for any other."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def text_of(cell: Any) -> str:
    """The text of a cell in single blanks; "" for a blank one, `13` for 13.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("_x000D_", " ").split()) if cell is not None else ""
