"""Show what a text is read as: its words marked and every claim in a line, or all of it as JSON.

No figure is looked at. Each claim's words are underlined in the colour of its predicate.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from saiken.doors.dates import read_day
from saiken.doors.errors import Exit
from saiken.doors.inputs import find_source, read_text


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("text", metavar="TEXT", help="words, a file, or - for standard input")
    add("--dated", metavar="DATE", help="the day of the text (default: today)")
    add("--reader", metavar="NAME", help="who reads: rules (the default) or a plug-in")
    add("--json", action="store_true", help="one JSON object: every field of every claim")


def run(args: Namespace) -> int:
    dated = read_day(args.dated, "--dated")
    text, note = read_text(find_source(args.text))
    if note and not args.quiet:
        print(f"saiken: {note}", file=sys.stderr)
    from saiken.claims import readers

    reading = readers.load(args.reader or "")(text, dated)
    if args.json:
        from saiken.reports.report_json import reading_json

        print(json.dumps(reading_json(reading), ensure_ascii=False, indent=2))
    else:
        from saiken.doors.screens import standard_screen
        from saiken.reports.reading_text import reading_text

        print(reading_text(reading, standard_screen()), end="")
    return Exit.DONE
