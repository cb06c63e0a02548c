"""Fetch what publishers serve now, and take in what is new.

Only files that have changed are sent. A file that cannot be read is kept apart and reported, and
the figures held before stay. $SAIKEN_MIRROR names a server to fetch from instead of the
publishers' own. $FRED_API_KEY holds your key for the vintages of FRED's series (ALFRED).

exit codes: 0 all is well, 2 bad input, 3 something failed or was kept apart
"""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import asdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from saiken.doors.errors import BadInputError, Exit
from saiken.doors.screens import Progress, standard_screen
from saiken.reports.terminal import table

if TYPE_CHECKING:
    from saiken.archive.sync import SyncReport, SyncRow

TROUBLE = ("quarantined", "failed")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("publisher", metavar="PUBLISHER", nargs="*", help="only these")
    parser.add_argument("--list", action="store_true", help="list the addresses, fetch nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object a file")


def run(args: Namespace) -> int:
    from saiken.archive.sync import keys_missing, known_addresses, sync

    listed = known_addresses()
    known = sorted({address.publisher for address in listed})
    for name in args.publisher:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise BadInputError(f"nothing can be fetched from {name!r}", hint)
    if args.list:
        for address in listed:
            if not args.publisher or address.publisher in args.publisher:
                told = {"publisher": address.publisher, "table": address.table, "url": address.url}
                print(json.dumps(told) if args.json else "  ".join(told.values()))
        return Exit.DONE
    progress = Progress(quiet=args.quiet)
    report = sync(
        args.publisher,
        progress=lambda at, of, what: progress.at(at, f"of {of}: {what}"),
        mirror=os.environ.get("SAIKEN_MIRROR", ""),
    )
    progress.done()
    if args.json:
        for row in report.rows:
            print(json.dumps(asdict(row), ensure_ascii=False))
    else:
        print(_told(report))
        asked = [one for one in listed if not args.publisher or one.publisher in args.publisher]
        for name in keys_missing(asked):
            tables = sorted({one.table for one in asked if one.key and one.key.variable == name})
            print(f"not fetched without a key of yours in ${name}: {', '.join(tables)}")
    return Exit.DATA_MISSING if any(row.status in TROUBLE for row in report.rows) else Exit.DONE


def _told(report: SyncReport) -> str:
    screen = standard_screen()
    lines = []
    changed = [row for row in report.rows if row.status in {"new", "revised"}]
    if changed:
        rows = [
            (r.publisher, r.name, r.status, f"{r.figures:,}", f"{r.new:,}", f"{r.revised:,}")
            for r in changed
        ]
        head = ("publisher", "file", "", "figures", "new", "revised")
        lines += table([head, *rows], right=(3, 4, 5))
    for row in report.rows:
        if row.note:
            lines += screen.wrapped(f"note: {row.publisher} {row.name}: {row.note}", rest="  ")
        if row.status in TROUBLE:
            lines += [
                screen.paint(line, "red") for line in screen.wrapped(_trouble(row), rest="  ")
            ]
    counts = Counter(row.status for row in report.rows)
    told = ", ".join(f"{counts[status]} {status}" for status in _statuses() if counts[status])
    told = told or "nothing to fetch"
    lines.append(f"{told}; {report.new:,} new figures, {report.revised:,} of them revisions")
    if any(row.status == "failed" for row in report.rows):
        lines.append("what failed is asked for again by the next `saiken sync`")
    return "\n".join(lines)


def _statuses() -> tuple[str, ...]:
    from saiken.archive.sync import STATUSES

    return STATUSES


def _trouble(row: SyncRow) -> str:
    word = "kept apart" if row.status == "quarantined" else "failed"
    at = f", line {row.line}" if row.line else ""
    return f"{word}: {row.publisher} {row.name}{at}: {row.reason} ({row.url})"
