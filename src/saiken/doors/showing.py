"""Show a series as it stood on a day: only what had been published by then.

SERIES is an id such as tic/holdings/JP; `saiken series` searches for them.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saiken.archive.view import Point
from saiken.doors.dates import FORMS, read_day
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.doors.library import default_archive, missing
from saiken.doors.options import add_as_of
from saiken.doors.screens import standard_screen
from saiken.publishers import catalog
from saiken.publishers.catalog import Series
from saiken.terms.figure import Figure
from saiken.terms.period import Period

if TYPE_CHECKING:
    from saiken.archive.archive import Archive
    from saiken.archive.view import View

LATEST = 24
"""How many figures are shown where no span is asked for."""

SCHEMA = "saiken.series/1"


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("series", metavar="SERIES", help="the id of a series")
    add_as_of(parser)
    add(
        "--since",
        metavar="PERIOD",
        help=f"from this period on (default: the latest {LATEST} figures)",
    )
    add("--until", metavar="PERIOD", help="up to this period")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--vintages", action="store_true", help="every version held of every figure")
    kind.add_argument(
        "--revisions", action="store_true", help="the first and the latest version of what changed"
    )
    kind.add_argument("--plot", action="store_true", help="a chart in place of the table")
    add(
        "--strict",
        action="store_true",
        help="leave out figures of which only a later revision is held",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--csv", action="store_true", help="comma-separated values")
    form.add_argument("--parquet", metavar="FILE", help="write a Parquet file")


def run(args: Namespace) -> int:
    archive = default_archive()
    as_of = read_day(args.as_of, "--as-of")
    since, until = _bound(args.since, "--since"), _bound(args.until, "--until")
    if args.vintages or args.revisions:
        figures = archive.vintages(args.series)
        if not figures:
            raise missing(args.series, archive)
        kept = [
            figure
            for figure in figures
            if _within(figure.period, since, until) and _day(figure) <= as_of
        ]
        if not kept:
            raise _nothing(args.series, as_of, figures[0].period.label)
        told = _told_revisions if args.revisions else _told_vintages
        print(told(_entry(args.series), kept, args), end="")
        return Exit.DONE
    points = _points(archive, args, as_of, since, until)
    print(_told(_entry(args.series), points, as_of, args), end="")
    return Exit.DONE


def _day(figure: Figure) -> date:
    return figure.vintage_day or figure.vintage_at.date()


def _points(
    archive: Archive, args: Namespace, as_of: date, since: Period | None, until: Period | None
) -> list[Point]:
    view = archive.view(args.series, as_of, args.strict)
    if view is None:
        raise missing(args.series, archive)
    chosen = _chosen(view, since, until)
    if not chosen:
        later = archive.view(args.series, as_of) if args.strict else None
        if later and _chosen(later, since, until):
            raise DataMissingError(
                f"of {args.series} in that span only later revisions than of {as_of} are held",
                "run `saiken sync`, or leave out --strict to see them, marked",
            )
        raise _nothing(args.series, as_of, view.period(0).label if len(view) else "")
    return [view.point_at(index) for index in chosen]


def _nothing(series: str, as_of: date, first: str) -> DataMissingError:
    held = f"; the first held is {first}" if first else ""
    return DataMissingError(
        f"no figure of {series} in that span had been published by {as_of}{held}",
        "ask for another span, or as of a later day",
    )


def _chosen(view: View, since: Period | None, until: Period | None) -> list[int]:
    found = [index for index in range(len(view)) if _within(view.period(index), since, until)]
    return found[-LATEST:] if since is None else found


def _entry(series: str) -> Series:
    entry = catalog.load().entry(series)
    if entry is None:
        raise AssertionError(f"the archive holds {series}, which is in no catalog")
    return entry


def _bound(given: str | None, option: str) -> Period | None:
    if given is None:
        return None
    try:
        return Period.parse(given)
    except ValueError as error:
        raise BadInputError(f"{option}: {error}", FORMS) from None


def _within(period: Period, since: Period | None, until: Period | None) -> bool:
    after = since is None or period.end >= since.start
    return after and (until is None or period.end <= until.end)


def _told(entry: Series, points: list[Point], as_of: date, args: Namespace) -> str:
    from saiken.reports.report_json import figure_json
    from saiken.reports.series_text import series_text

    if args.json or args.csv or args.parquet:
        about = {"as_of": as_of.isoformat(), "strict": args.strict}
        return _data(entry, about, "figures", [figure_json(point) for point in points], args)
    return series_text(
        entry, points, as_of.isoformat(), _credits(entry), standard_screen(), plot=args.plot
    )


def _told_vintages(entry: Series, figures: list[Figure], args: Namespace) -> str:
    from saiken.reports.report_json import vintage_json
    from saiken.reports.series_text import vintages_text

    if args.json or args.csv or args.parquet:
        return _data(entry, {}, "vintages", [vintage_json(figure) for figure in figures], args)
    return vintages_text(entry, figures, _credits(entry), standard_screen())


def _told_revisions(entry: Series, figures: list[Figure], args: Namespace) -> str:
    from saiken.archive.prints import revised
    from saiken.reports.report_json import revision_json
    from saiken.reports.series_text import revisions_text

    found = list(revised(figures))
    if args.json or args.csv or args.parquet:
        return _data(entry, {}, "revisions", [revision_json(one) for one in found], args)
    return revisions_text(entry, found, _credits(entry), standard_screen())


def _data(
    entry: Series, about: dict[str, Any], kind: str, rows: list[dict[str, Any]], args: Namespace
) -> str:
    """The rows as CSV, in a JSON object or in a file; all carry the publisher's credit."""
    credited = _credits(entry)
    if args.parquet:
        from saiken.archive.export import write_parquet

        what = {"series": entry.id, "title": entry.title, "unit": entry.unit}
        write_parquet(Path(args.parquet), rows, {**what, "credit": " ".join(credited)})
        return f"{args.parquet}: {len(rows):,} rows\n"
    if args.csv:
        from saiken.reports.csv_text import csv_text

        header = [*rows[0], "credit"] if rows else []
        return csv_text(header, [[*row.values(), " ".join(credited)] for row in rows])
    told = {
        "schema": SCHEMA,
        "series": entry.id,
        "title": entry.title,
        "unit": entry.unit,
        **about,
        kind: rows,
        "credits": list(credited),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _credits(entry: Series) -> tuple[str, ...]:
    publisher = catalog.load().owner(entry)
    return tuple(text for text in (publisher.credit, publisher.caveat) if text)
