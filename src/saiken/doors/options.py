"""Options that several commands have, in the same words."""

from __future__ import annotations

from argparse import ArgumentParser


def add_as_of(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="use only what had been published by this day (default: today)",
    )


def add_strict(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse figures of which only a later revision is held",
    )
