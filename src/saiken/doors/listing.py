"""Search the series of which figures are held.

Every word of QUERY must occur in a series' id, its title or the names that people have for what
it measures.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from difflib import get_close_matches

from saiken.doors.errors import DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.screens import standard_screen
from saiken.publishers import catalog
from saiken.publishers.catalog import Catalog, Series
from saiken.terms import places

SHOWN = 40
_WORD = re.compile(r"\w{3,}")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", help="words to look for (default: all)"
    )
    parser.add_argument(
        "--all", action="store_true", help=f"list every match, not the first {SHOWN}"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    known = catalog.load()
    held = default_archive().series_ids()
    entries = [entry for entry in map(known.entry, held) if entry]
    words = " ".join(args.query).casefold().split()
    found = [entry for entry in entries if _matches(entry, words, known)]
    if not found:
        raise DataMissingError(
            f"no series matches {' '.join(args.query)!r}", _suggestion(words, entries)
        )
    if args.json:
        for entry in found:
            print(json.dumps(_told(entry), ensure_ascii=False))
        return Exit.DONE
    from saiken.reports.terminal import table

    shown = found if args.all else found[:SHOWN]
    rows = [(entry.id, entry.title, entry.unit, entry.frequency) for entry in shown]
    print("\n".join(table(rows)))
    if len(shown) < len(found):
        more = f"and {len(found) - len(shown)} more: narrow the query, or --all"
        print(standard_screen().paint(more, "dim"))
    return Exit.DONE


def _matches(entry: Series, words: list[str], known: Catalog) -> bool:
    measure = known.measures.get(entry.measure)
    names = " ".join((measure.title, *measure.names, *measure.names_ja)) if measure else ""
    about = places.name(entry.subject) if entry.subject else ""
    searched = f"{entry.id} {entry.title} {about} {names}".casefold()
    return all(word in searched for word in words)


def _suggestion(words: list[str], entries: list[Series]) -> str:
    """For the words that occur nowhere, those that come closest."""
    vocabulary = {word for entry in entries for word in _WORD.findall(entry.title.casefold())}
    strange = [word for word in words if word not in vocabulary]
    near = [match for word in strange for match in get_close_matches(word, vocabulary, n=2)]
    return (
        f"did you mean: {', '.join(near)}?" if near else "`saiken series` without words lists all"
    )


def _told(entry: Series) -> dict[str, str]:
    return {
        "series": entry.id,
        "title": entry.title,
        "unit": entry.unit,
        "kind": entry.kind,
        "frequency": entry.frequency,
        "publisher": entry.publisher,
        "measure": entry.measure,
    }
