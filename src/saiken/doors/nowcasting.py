"""Nowcast a holder's Treasuries for the months that were over on a day, but not published.

SERIES is tic/holdings/JP, or the holder alone: a country's name or code, all, official.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.options import add_as_of, add_strict
from saiken.doors.places import read_country
from saiken.doors.screens import standard_screen

if TYPE_CHECKING:
    from datetime import date

    from saiken.archive.archive import Archive
    from saiken.measures.wired.nowcasts import Estimate

HOLDINGS = "tic/holdings/"


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("series", metavar="SERIES", nargs="+", help="tic/holdings/JP, or a holder such as japan")
    add_as_of(parser)
    add_strict(parser)
    add("--json", action="store_true", help="one JSON object (docs/monitor.md)")


def run(args: Namespace) -> int:
    as_of = read_day(args.as_of, "--as-of")
    archive = default_archive()
    holder = read_holder(" ".join(args.series), archive)
    found = estimates(archive, as_of, strict=args.strict)(holder)
    series = HOLDINGS + holder
    if args.json:
        from saiken.reports.monitor_json import nowcasts_json

        print(json.dumps(nowcasts_json(series, as_of, found), ensure_ascii=False, indent=2))
        return Exit.DONE
    from saiken.reports.monitor_text import nowcasts_text

    release = archive.next_release("tic", as_of)
    due = release.day if release is not None else None
    print(nowcasts_text(series, as_of, found, due, standard_screen()), end="")
    return Exit.DONE


def read_holder(given: str, archive: Archive) -> str:
    """`tic/holdings/JP`, `japan`, `all` -> the holder's code. BadInputError for another series."""
    if given.startswith(HOLDINGS):
        holder = given.removeprefix(HOLDINGS)
    elif "/" in given:
        raise BadInputError(
            f"{given[:60]} cannot be nowcast", "nowcasts are made of tic/holdings/…, such as JP"
        )
    else:
        holder = given if archive.holds(HOLDINGS + given) else read_country(given)
    if not archive.holds(HOLDINGS + holder):
        from saiken.doors.library import missing

        raise missing(HOLDINGS + holder, archive)
    return holder


def estimates(
    archive: Archive, as_of: date, *, strict: bool = False
) -> Callable[[str], tuple[Estimate, ...]]:
    """A function that gives a holder's nowcasts, made once. It raises DataMissingError."""

    @cache
    def ask(holder: str) -> tuple[Estimate, ...]:
        try:
            from saiken.measures.wired.nowcasts import NowcastError, nowcasts
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "numpy":
                raise
            raise DataMissingError("a nowcast needs NumPy", "pip install numpy") from None
        try:
            return nowcasts(archive, holder, as_of, strict=strict)
        except NowcastError as error:
            hint = "ask as of another day, or bring in what is missing: `saiken sync`"
            raise DataMissingError(str(error), hint) from None

    return ask
