"""What `saiken check` does beside the verdict: bundles, timelines, surfaces, exports."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError

if TYPE_CHECKING:
    from saiken.claims.verdict import Report

ONE_TEXT = ("bundle", "claimreview")
"""Options that write one file about one text, and so are not for a batch."""


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--timeline",
        action="store_true",
        help="follow each verdict over every later release, and tell when it changed",
    )
    add("--until", metavar="DATE", help="with --timeline: the last day (default: today)")
    add(
        "--surface",
        action="store_true",
        help="tell how many other windows of the series are as strong as the one claimed",
    )
    add(
        "--nowcast",
        action="store_true",
        help="estimate the holdings of Treasuries that a verdict waits for (needs NumPy)",
    )
    add(
        "--no-scenario",
        action="store_true",
        help="leave forecasts at that: run no scenario on them",
    )
    add("--bundle", metavar="FILE", help="write the verdict with all it rests on (saiken verify)")
    add("--claimreview", metavar="FILE", help="write the verdicts as schema.org ClaimReview")


def options(args: Namespace) -> dict[str, Any]:
    """What the options ask of `library.check`. BadInputError where they contradict each other."""
    if args.until and not args.timeline:
        raise BadInputError("--until says how far a timeline goes", "add --timeline")
    until = read_day(args.until, "--until") if args.timeline else None
    return {
        "until": until,
        "surface": args.surface,
        "nowcast": args.nowcast,
        "scenario": not args.no_scenario,
    }


def refuse_in_batch(args: Namespace) -> None:
    for option in ONE_TEXT:
        if getattr(args, option):
            raise BadInputError(f"--{option} is for one text", "check the texts one at a time")


def bundled(text: str, args: Namespace) -> Report:
    """The report on one text, with its bundle written."""
    from saiken.doors.library import asked, default_archive
    from saiken.reports import bundle

    question = asked(args.as_of, args.dated, strict=args.strict, **options(args))
    report, told = bundle.bundled(text, question, default_archive())
    _write(args.bundle, told)
    return report


def write_reviews(report: Report, name: str) -> None:
    from saiken.reports.claimreview import claim_reviews

    _write(name, json.dumps(claim_reviews(report), ensure_ascii=False, indent=2) + "\n")


def followed(report: Report, args: Namespace) -> str:
    """One line on what a timeline covered; nothing without one."""
    until = options(args)["until"]
    if until is None:
        return ""
    changed = sum(bool(verdict.changed_since) for verdict in report.verdicts)
    return (
        f"Followed over every release from {report.as_of} to {until}: "
        f"{changed} of {len(report.verdicts)} verdicts changed.\n"
    )


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_bytes(text.encode("utf-8"))
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise BadInputError(f"cannot write {name}: {told}") from None
