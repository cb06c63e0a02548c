"""Show what a text is read as: every claim with all its parts, as JSON. No figure is looked at."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from saiken.doors.dates import read_day
from saiken.doors.errors import Exit
from saiken.doors.inputs import find_source, read_text


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="words, a file, or - for standard input")
    parser.add_argument("--dated", metavar="DATE", help="the day of the text (default: today)")


def run(args: Namespace) -> int:
    dated = read_day(args.dated, "--dated")
    text, note = read_text(find_source(args.text))
    if note and not args.quiet:
        print(f"saiken: {note}", file=sys.stderr)
    from saiken.claims.reading import read
    from saiken.reports.report_json import reading_json

    print(json.dumps(reading_json(read(text, dated)), ensure_ascii=False, indent=2))
    return Exit.DONE
