"""What `saiken check` writes for people to look at: a report in one HTML file, a card."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from saiken.doors.errors import BadInputError, DataMissingError

if TYPE_CHECKING:
    from saiken.claims.verdict import Report

OPTIONS = ("html", "card")
NEEDED = {"jinja2", "markupsafe", "vl_convert"}


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--html", metavar="FILE", help="write the report as one HTML file that needs no other")
    add("--card", metavar="FILE", help="write a card: claim, verdict, chart, source as a PNG")


def refuse_in_batch(args: Namespace) -> None:
    for option in OPTIONS:
        if getattr(args, option):
            raise BadInputError(f"--{option} is for one text", "check the texts one at a time")


def write(report: Report, args: Namespace) -> None:
    """Write what is asked for. DataMissingError where a library for it is not installed."""
    if not (args.html or args.card):
        return
    try:
        _write(report, args)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in NEEDED:
            raise
        raise DataMissingError(
            f"this needs {error.name}, which is not installed", "pip install 'saiken[web]'"
        ) from None


def _write(report: Report, args: Namespace) -> None:
    from saiken.doors.library import default_archive

    archive = default_archive()
    if args.html:
        from saiken.reports.html import report_html

        _put(args.html, report_html(report, archive).encode())
    if args.card:
        from saiken.reports.card import card_png

        _put(args.card, card_png(report, archive))


def _put(name: str, content: bytes) -> None:
    try:
        Path(name).write_bytes(content)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise BadInputError(f"cannot write {name}: {told}", "give another place") from None
