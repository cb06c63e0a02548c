"""Show whose figures these are: publishers, their terms and credits, and how old the figures are."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import Any

from saiken.archive.holding import Holding
from saiken.doors.errors import Exit
from saiken.doors.library import default_archive
from saiken.doors.screens import standard_screen
from saiken.publishers import catalog
from saiken.publishers.catalog import Publisher
from saiken.reports.terminal import Screen, table


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--files", action="store_true", help="also every file that figures come from"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: Namespace) -> int:
    archive = default_archive()
    known = catalog.load()
    entries = filter(None, map(known.entry, archive.series_ids()))
    held = Counter(entry.publisher for entry in entries)
    files = archive.artifacts()
    if args.json:
        told = {
            "schema": "saiken.sources/1",
            "snapshot": {
                "built_at": archive.built_at.isoformat() if archive.built_at else None,
                "newest": archive.newest.isoformat() if archive.newest else None,
            },
            "publishers": [_publisher(publisher, held) for publisher in known.publishers.values()],
            "files": [_file(file) for file in files],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return Exit.DONE
    screen = standard_screen()
    built = f"{archive.built_at:%Y-%m-%d}" if archive.built_at else "never"
    print(f"snapshot built {built}, newest publication {archive.newest or 'none'}")
    for publisher in known.publishers.values():
        print()
        print("\n".join(_about(publisher, held, screen)))
        own = [file for file in files if file.publisher == publisher.id]
        if args.files and own:
            rows = [(f.name, f.fidelity, f"sha256 {f.sha256[:16]}…") for f in own]
            print("\n".join(f"  {line}" for line in table(rows)))
    return Exit.DONE


def _publisher(publisher: Publisher, held: Counter[str]) -> dict[str, Any]:
    return {
        "publisher": publisher.id,
        "name": publisher.name,
        "series": held[publisher.id],
        "terms": publisher.terms,
        "credit": publisher.credit,
        "caveat": publisher.caveat,
    }


def _file(file: Holding) -> dict[str, Any]:
    return {
        "name": file.name,
        "publisher": file.publisher,
        "table": file.table,
        "sha256": file.sha256,
        "url": file.url,
        "fidelity": file.fidelity,
        "terms": file.terms,
    }


def _about(publisher: Publisher, held: Counter[str], screen: Screen) -> list[str]:
    name = screen.paint(publisher.name, "bold")
    lines = [f"{name}  ({held[publisher.id]} series held)"]
    for label in ("terms", "credit", "caveat"):
        text = getattr(publisher, label)
        lines += screen.wrapped(text, f"  {label + ':':<8}") if text else []
    return lines
