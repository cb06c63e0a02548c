"""Take in a folder of publishers' files: recognised by content, kept, read into the archive.

A file that does not read is kept apart and reported, and the exit code is then 2; it stops no
other file.

With --catalog, the files are a user's own: CSV files whose columns the catalog file tells
(docs/own.md shows one). Their series are called user/<name>/<id>.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from saiken.doors.errors import BadInputError, Exit
from saiken.doors.screens import Progress, standard_screen
from saiken.reports.terminal import table

if TYPE_CHECKING:
    from saiken.archive.importer import ImportReport

MOST_NAMED = 40
"""Files left alone for one reason that are named; `--json` names all."""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder of files as publishers serve them")
    parser.add_argument("--catalog", metavar="TOML", help="what a user's own files are")
    parser.add_argument("--json", action="store_true", help="one JSON object a file")


def run(args: Namespace) -> int:
    from saiken.archive.importer import import_folder
    from saiken.archive.own import import_own

    folder = Path(args.folder)
    if not folder.exists():
        raise BadInputError(
            f"there is nothing at {args.folder}", "name a folder of publishers' files"
        )
    progress = Progress(quiet=args.quiet)

    def told(at: int, of: int, name: str) -> None:
        progress.at(at, f"of {of}: {name}")

    if args.catalog:
        report = import_own(Path(args.catalog), folder, progress=told)
    else:
        report = import_folder(folder, progress=told)
    progress.done()
    if args.json:
        for row in report.rows:
            print(json.dumps(asdict(row), ensure_ascii=False))
    else:
        print(_told(report))
    if not report.count("read") + report.count("unchanged"):
        raise BadInputError(
            f"no file under {args.folder} is a table that is known",
            "`saiken sources` tells whose files are known",
        )
    return Exit.BAD_INPUT if report.count("quarantined") else Exit.DONE


def _told(report: ImportReport) -> str:
    screen = standard_screen()
    lines = []
    rows = [
        (r.file, r.table, f"{r.figures:,}", f"{r.new:,}") for r in report.rows if r.status == "read"
    ]
    if rows:
        lines += table([("file", "table", "figures", "new"), *rows], right=(2, 3))
    for row in report.rows:
        if row.status == "quarantined":
            told = f"kept apart: {row.file}: {row.reason}"
            lines += [screen.paint(line, "red") for line in screen.wrapped(told, rest="  ")]
    left: dict[str, list[str]] = {}
    for row in report.rows:
        if row.status == "unknown":
            left.setdefault(row.reason, []).append(row.file)
    for reason, files in left.items():
        more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
        told = f"left alone, {reason}: {', '.join(files[:MOST_NAMED])}{more}"
        lines += screen.wrapped(told, rest="  ")
    counts = Counter(row.status for row in report.rows)
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    lines.append(f"{told or 'no files'}; {report.new:,} new figures")
    return "\n".join(lines)
