"""Check what a text says against what the official statistics said, as of a day.

TEXT is the words themselves, the name of a file, or - for standard input. A JSONL or CSV file is
a batch: one text a line, one answer a line, in the same order.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from saiken.claims.verdict import Report, Ruling
from saiken.doors import picturing, proving
from saiken.doors.batch import Record, is_batch, records
from saiken.doors.errors import BadInputError, DoorError, Exit, reader_exit
from saiken.doors.inputs import Source, find_source, read_text
from saiken.doors.library import check, default_archive
from saiken.doors.options import add_as_of, add_strict
from saiken.doors.screens import Progress, standard_screen

if TYPE_CHECKING:
    from saiken.archive.archive import Archive

ERROR_SCHEMA = "saiken.error/1"


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "text", metavar="TEXT", help="words, a file (.txt, .jsonl, .csv …), or - for standard input"
    )
    add_as_of(parser)
    add("--dated", metavar="DATE", help="the day of the text itself (default: the same as --as-of)")
    add_strict(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object (docs/json.md)")
    form.add_argument("--jsonl", action="store_true", help="JSON, one object a line")
    add("--text-field", metavar="F", help="batch: the field with the text (default: text)")
    add(
        "--as-of-field", metavar="F", help="batch: the field with the date, for --as-of and --dated"
    )
    add(
        "--require",
        metavar="VERDICT",
        choices=[ruling.value for ruling in Ruling],
        help="exit with 1 unless the verdict is this one (such as supported)",
    )
    add(
        "--reader",
        metavar="NAME",
        help="who reads: rules (the default) or a plug-in (docs/reading.md)",
    )
    proving.configure(parser)
    picturing.configure(parser)


def run(args: Namespace) -> int:
    source = find_source(args.text)
    if is_batch(source, args.text_field):
        return _run_batch(source, args)
    for option in ("text_field", "as_of_field"):
        if getattr(args, option):
            name = "--" + option.replace("_", "-")
            raise BadInputError(f"{name} is for a batch", "name a .jsonl or .csv file, or -")
    return _run_one(source, args)


def _run_one(source: Source, args: Namespace) -> int:
    text, note = read_text(source)
    if note and not args.quiet:
        print(f"saiken: {note}", file=sys.stderr)
    options = {"strict": args.strict, "reader": args.reader or "", **proving.options(args)}
    if args.bundle and args.reader:
        raise BadInputError(
            "a bundle is replayed with the built-in reader", "leave --reader or --bundle out"
        )
    if args.bundle:
        report = proving.bundled(text, args)
    else:
        report = check(text, args.as_of, args.dated, **options)
    if args.claimreview:
        proving.write_reviews(report, args.claimreview)
    picturing.write(report, args)
    if args.json or args.jsonl:
        from saiken.reports.report_json import report_json

        print(json.dumps(report_json(report), ensure_ascii=False, indent=None if args.jsonl else 2))
    else:
        from saiken.reports.text import report_text

        print(report_text(report, standard_screen()), end=proving.followed(report, args))
    return _exit_code(report, args.require)


def _exit_code(report: Report, required: str | None) -> int:
    if report.overall is Ruling.CHECK_FAILED:
        return Exit.INTERNAL
    return Exit.DONE if required in {None, report.overall.value} else Exit.NOT_AS_REQUIRED


def _run_batch(source: Source, args: Namespace) -> int:
    if args.json:
        raise BadInputError("a batch gives one object a line", "use --jsonl")
    if args.as_of_field and (args.as_of or args.dated):
        raise BadInputError("--as-of-field sets both dates", "leave --as-of and --dated out")
    proving.refuse_in_batch(args)
    picturing.refuse_in_batch(args)
    archive = default_archive()
    progress = Progress(quiet=args.quiet)
    worst = 0
    count = 0
    for record in records(source, args.text_field or "text", args.as_of_field):
        code, line = _answer(record, args, archive)
        print(line)
        worst = max(worst, code)
        count += 1
        progress.at(count, "lines")
    progress.done()
    if not count:
        raise BadInputError(f"{source.name} is empty", "give one text a line")
    return worst


def _answer(record: Record, args: Namespace, archive: Archive) -> tuple[int, str]:
    """The exit code and the output line of one record; nothing about one line stops the others."""
    from saiken.claims.readers import ReaderError

    if record.problem:
        return Exit.BAD_INPUT, _problem(record, record.problem, args)
    options = {
        "strict": args.strict,
        "reader": args.reader or "",
        "archive": archive,
        **proving.options(args),
    }
    try:
        report = check(record.text, record.as_of or args.as_of, args.dated, **options)
    except DoorError as error:
        return error.code, _problem(record, error.message, args)
    except ReaderError as error:
        return reader_exit(error), _problem(record, error.message, args)
    except Exception as error:
        if args.debug:
            raise
        return Exit.INTERNAL, _problem(
            record, f"internal error: {type(error).__name__}: {error}", args
        )
    code = _exit_code(report, args.require)
    if args.jsonl:
        from saiken.reports.report_json import report_json

        return code, json.dumps({"id": record.id, **report_json(report)}, ensure_ascii=False)
    from saiken.reports.text import report_line

    return code, report_line(report, _name(record), standard_screen())


def _problem(record: Record, message: str, args: Namespace) -> str:
    if args.jsonl:
        told = {"id": record.id, "schema": ERROR_SCHEMA, "line": record.line, "error": message}
        return json.dumps(told, ensure_ascii=False)
    from saiken.reports.terminal import clean

    return clean(f"{_name(record)}  NOT CHECKED  {message}")


def _name(record: Record) -> str:
    return f"line {record.line}" if record.id is None else str(record.id)
