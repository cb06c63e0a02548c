"""Replay a bundle from the figures that it carries, and say whether its verdict still holds.

Nothing else is looked at: no archive, no network. Exit code 0 if it holds, 1 if it does not, 2 if
the file is no bundle.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from saiken.doors.errors import BadInputError, Exit

if TYPE_CHECKING:
    from saiken.reports.bundle import Verification

MAX_BYTES = 256 * 1024 * 1024
SHOWN = 20


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("bundle", metavar="BUNDLE", help="what `saiken check --bundle` wrote")
    parser.add_argument("--json", action="store_true", help="one JSON object (docs/bundles.md)")


def run(args: Namespace) -> int:
    from saiken.reports.bundle import BundleError, verification_json, verify

    path = Path(args.bundle)
    try:
        found = verify(_read(path))
    except BundleError as error:
        hint = "give a file that `saiken check … --bundle FILE` wrote"
        raise BadInputError(f"{path.name} is no bundle: {error}", hint) from None
    if args.json:
        print(json.dumps(verification_json(found), ensure_ascii=False, indent=2))
    else:
        print(_told(path.name, found), end="")
    return Exit.DONE if found.holds else Exit.NOT_AS_REQUIRED


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"cannot read {path}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{path} is over {MAX_BYTES >> 20} MB", "no bundle is as large")
    return data


def _told(name: str, found: Verification) -> str:
    from saiken.doors.screens import standard_screen
    from saiken.reports.terminal import clean, clipped

    screen = standard_screen()
    word = (
        screen.paint("HOLDS", "bold green")
        if found.holds
        else screen.paint("DOES NOT HOLD", "bold red")
    )
    verdict = found.overall.replace("_", " ")
    quote = clipped(clean(found.text), max(30, screen.width - len(verdict) - 24))
    lines = [f"{word}  {clean(name)}: {verdict}, “{quote}”"]
    for problem in found.problems[:SHOWN]:
        lines += screen.wrapped(clean(problem), "  ")
    if len(found.problems) > SHOWN:
        lines.append(f"  and {len(found.problems) - SHOWN:,} more (--json lists all)")
    for note in found.notes:
        lines += screen.wrapped(clean(note), "  ")
    lines.append(f"  made by saiken {clean(found.made_by)}, replayed from its own figures")
    return "\n".join(lines) + "\n"
