"""The Python door: `saiken.check`, `saiken.series`, `saiken.Archive`."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from saiken.archive.view import View
from saiken.claims.verdict import Report
from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError
from saiken.measures.lazily import comovement
from saiken.scenarios.witness import witness

if TYPE_CHECKING:
    from saiken.archive.archive import Archive
    from saiken.claims.check import Question


def check(
    text: str,
    as_of: date | str | None = None,
    dated: date | str | None = None,
    *,
    strict: bool = False,
    until: date | str | None = None,
    surface: bool = False,
    nowcast: bool = False,
    scenario: bool = True,
    archive: Archive | None = None,
    reader: str = "",
) -> Report:
    """Judge every claim of `text` on what had been published by `as_of` (default: today).

    `dated` is the day of the text itself, from which "last month" counts (default: `as_of`).
    Dates are `datetime.date` or ISO 8601 text. `strict` refuses figures of which only a later
    revision is held. `until` follows each verdict over every later release up to that day (its
    `changed_since`; else only the newest figures are looked at). `surface` fills `surface` of each
    verdict, `nowcast` the `nowcast` of those that wait for holdings of Treasuries. `scenario` has forecasts
    that hang on a shock ("if Japan sold …") held against a scenario (`outlook`). `archive` defaults to the user's archive over the embedded snapshot.
    Raises BadInputError for a date that is none or is to come, ArchiveError where no figures can
    be read.
    """
    from saiken.claims import check as checks

    question = asked(
        as_of, dated, strict=strict, until=until, surface=surface, nowcast=nowcast,
        scenario=scenario,
    )  # fmt: skip
    held = archive or default_archive()
    if not reader:
        return checks.check(text, question, held, comovement=comovement, witness=witness)
    from saiken.claims.readers import load

    return checks.check(text, question, held, load(reader), comovement, witness)


def asked(
    as_of: date | str | None,
    dated: date | str | None,
    *,
    strict: bool,
    until: date | str | None,
    surface: bool,
    nowcast: bool = False,
    scenario: bool = True,
) -> Question:
    """What `check` asks, its dates read. BadInputError for a date that will not do."""
    from saiken.claims.check import Question

    known = read_day(as_of, "as_of")
    last = None if until is None else read_day(until, "until")
    if last is not None and last < known:
        raise BadInputError(
            f"until: {last} lies before the as-of date {known}", "a timeline goes forward"
        )
    return Question(
        as_of=known,
        dated=known if dated is None else read_day(dated, "dated"),
        strict=strict,
        until=last,
        surface=surface,
        nowcast=nowcast,
        scenario=scenario,
    )


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
