"""Show whose figures these are: publishers, their terms and credits, and how old the figures are."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter

from saiken.doors.errors import Exit
from saiken.doors.library import default_archive
from saiken.doors.screens import standard_screen
from saiken.publishers import catalog


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: Namespace) -> int:
    archive = default_archive()
    known = catalog.load()
    held = Counter(
        entry.publisher for entry in map(known.entry, archive.series_ids()) if entry is not None
    )
    built_at = archive.built_at.isoformat() if archive.built_at else None
    newest = archive.newest.isoformat() if archive.newest else None
    if args.json:
        told = {
            "schema": "saiken.sources/1",
            "snapshot": {"built_at": built_at, "newest": newest},
            "publishers": [
                {
                    "publisher": publisher.id,
                    "name": publisher.name,
                    "series": held[publisher.id],
                    "terms": publisher.terms,
                    "credit": publisher.credit,
                    "caveat": publisher.caveat,
                }
                for publisher in known.publishers.values()
            ],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return Exit.DONE
    screen = standard_screen()
    print(f"snapshot built {built_at or 'never'}, newest publication {newest or 'none'}")
    for publisher in known.publishers.values():
        print()
        print(screen.paint(publisher.name, "bold") + f"  ({held[publisher.id]} series held)")
        for label, text in (
            ("terms", publisher.terms),
            ("credit", publisher.credit),
            ("caveat", publisher.caveat),
        ):
            if text:
                print("\n".join(screen.wrapped(text, f"  {label + ':':<8}")))
    return Exit.DONE
