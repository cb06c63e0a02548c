"""Write a reality check on a country as an article from data, as of a day.

COUNTRY is a name or a code such as JP. Markdown on standard output, or the form that the name of
-o asks for: .md, .html, .pdf, .json. A PDF is printed by Chromium or a browser like it.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.options import add_as_of, add_strict
from saiken.doors.places import read_country

if TYPE_CHECKING:
    from saiken.archive.archive import Archive
    from saiken.reports.brief import Brief


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("country", metavar="COUNTRY", nargs="+", help="a country, by name or code")
    add_as_of(parser)
    add("--claim", metavar="TEXT", default="", help="the claim that the brief answers")
    add("-o", "--output", metavar="FILE", help="write it to this file: .md, .html, .pdf or .json")
    add("--json", action="store_true", help="one JSON object (docs/brief.md)")
    add_strict(parser)


def run(args: Namespace) -> int:
    form = _form(args)
    country = read_country(" ".join(args.country))
    as_of = read_day(args.as_of, "--as-of")
    from saiken.reports.brief import NothingHeldError, write

    archive = default_archive()
    try:
        brief = write(country, as_of, archive, args.claim, strict=args.strict)
    except NothingHeldError:
        raise DataMissingError(
            f"no figure of {country} that had been published by {as_of} is at hand",
            "ask as of a later day, name another country, or take in more (`saiken import FOLDER`)",
        ) from None
    if brief.withheld and not args.quiet:
        count = len(brief.withheld)
        print(f"saiken: {count} facts left out: no wording of them checks", file=sys.stderr)
    _deliver(FORMS[form](brief, archive), args.output)
    return Exit.DONE


def _form(args: Namespace) -> str:
    """The suffix that says how the brief is written."""
    if not args.output:
        return ".json" if args.json else ".md"
    form = Path(args.output).suffix.lower()
    if form not in FORMS or (args.json and form != ".json"):
        told = "does not end in .json" if args.json else "names no form that a brief has"
        raise BadInputError(f"-o {args.output}: {told}", f"end it in {', '.join(FORMS)}")
    return form


def _as_markdown(brief: Brief, _: Archive) -> bytes:
    from saiken.reports.brief.markdown import markdown

    return markdown(brief).encode()


def _as_html(brief: Brief, archive: Archive) -> bytes:
    from saiken.reports.brief.page import brief_html

    try:
        return brief_html(brief, archive).encode()
    except ModuleNotFoundError as error:
        raise DataMissingError(
            f"a brief in HTML needs {error.name}", "pip install 'saiken[web]', or write .md"
        ) from None


def _as_pdf(brief: Brief, archive: Archive) -> bytes:
    from saiken.reports.pdf import PrintError, printed

    try:
        return printed(_as_html(brief, archive).decode())
    except PrintError as error:
        raise DataMissingError(error.message, error.hint) from None


def _as_json(brief: Brief, _: Archive) -> bytes:
    from saiken.reports.brief.data import brief_json

    return (json.dumps(brief_json(brief), ensure_ascii=False, indent=2) + "\n").encode()


FORMS: dict[str, Callable[[Brief, Archive], bytes]] = {
    ".md": _as_markdown,
    ".html": _as_html,
    ".pdf": _as_pdf,
    ".json": _as_json,
}


def _deliver(content: bytes, output: str | None) -> None:
    if not output:
        print(content.decode(), end="")
        return
    try:
        Path(output).write_bytes(content)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise BadInputError(f"cannot write {output}: {told}") from None
