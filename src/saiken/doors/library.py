"""The Python door: `saiken.check`, `saiken.series`, `saiken.Archive`."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from saiken.archive.view import View
from saiken.claims.verdict import Report
from saiken.doors.dates import read_day
from saiken.doors.errors import DataMissingError

if TYPE_CHECKING:
    from saiken.archive.archive import Archive


def check(
    text: str,
    as_of: date | str | None = None,
    dated: date | str | None = None,
    *,
    strict: bool = False,
    archive: Archive | None = None,
) -> Report:
    """Judge every claim of `text` on what had been published by `as_of` (default: today).

    `dated` is the day of the text itself, from which "last month" counts (default: `as_of`).
    Dates are `datetime.date` or ISO 8601 text. `strict` refuses figures of which only a later
    revision is held. `archive` defaults to the user's archive over the embedded snapshot.
    Raises BadInputError for a date that is none or is to come, ArchiveError where no figures can
    be read.
    """
    known = read_day(as_of, "as_of")
    written = known if dated is None else read_day(dated, "dated")
    from saiken.claims.judging import judge
    from saiken.claims.reading import read

    return judge(read(text, written), archive or default_archive(), known, strict=strict)


def series(
    name: str,
    as_of: date | str | None = None,
    *,
    strict: bool = False,
    archive: Archive | None = None,
) -> View:
    """The series `name` (such as `tic/holdings/JP`) as it stood on `as_of` (default: today).

    Raises UnknownSeries for an id that no family of the catalog has, DataMissingError where
    nothing of the series is held.
    """
    held = archive or default_archive()
    view = held.view(name, read_day(as_of, "as_of"), strict)
    if view is None:
        raise missing(name, held)
    return view


def missing(name: str, archive: Archive) -> DataMissingError:
    """What to say of a series that the catalog knows and of which nothing is held."""
    from difflib import get_close_matches

    near = get_close_matches(name, archive.series_ids(), n=3)
    return DataMissingError(
        f"no figures of {name} are held",
        f"held are {', '.join(near)}; `saiken series` lists all"
        if near
        else "`saiken series` lists what is held; `saiken import FOLDER` takes in more",
    )


@cache
def default_archive() -> Archive:
    """The user's archive over the embedded snapshot, opened once."""
    from saiken.archive.archive import Archive

    return Archive.open()
