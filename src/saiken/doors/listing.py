"""Search the series of which figures are held.

Every word of QUERY must occur in a series' id, its title or the names that people have for what
it measures.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from saiken.doors.errors import DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.screens import standard_screen
from saiken.publishers import catalog
from saiken.publishers.catalog import Catalog, Series
from saiken.terms import places

if TYPE_CHECKING:
    from saiken.archive.archive import Archive

SHOWN = 40
_NATURAL = re.compile(r"(\D+)(\d*)")
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
    search, query = Search(default_archive()), " ".join(args.query)
    found = search.find(query)
    if not found:
        hint = _suggestion(query.casefold().split(), search.entries)
        raise DataMissingError(f"no series matches {query!r}", hint)
    if args.json:
        for entry in found:
            print(json.dumps(entry_json(entry), ensure_ascii=False))
        return Exit.DONE
    from saiken.reports.terminal import table

    shown = found if args.all else found[:SHOWN]
    rows = [(entry.id, entry.title, entry.unit, entry.frequency) for entry in shown]
    print("\n".join(table(rows)))
    if len(shown) < len(found):
        more = f"and {len(found) - len(shown)} more: narrow the query, or --all"
        print(standard_screen().paint(more, "dim"))
    return Exit.DONE


class Search:
    """The series of which an archive holds figures, by words of their id, title and names."""

    def __init__(self, archive: Archive) -> None:
        known = catalog.load()
        held = (entry for entry in map(known.entry, archive.series_ids()) if entry)
        self.entries = sorted(held, key=_order)
        self._hay = [_hay(entry, known) for entry in self.entries]

    def find(self, query: str) -> list[Series]:
        """Those of which every word of `query` tells, all for none: ids of few parts first."""
        words = query.casefold().split()
        found = zip(self._hay, self.entries, strict=True)
        return [entry for hay, entry in found if all(word in hay for word in words)]


def _order(entry: Series) -> tuple[int, list[tuple[str, int]]]:
    """The plainest first, and 2Y before 10Y."""
    parts = [(text, int(digits or 0)) for text, digits in _NATURAL.findall(entry.id)]
    return entry.id.count("/"), parts


def _hay(entry: Series, known: Catalog) -> str:
    measure = known.measures.get(entry.measure)
    names = (measure.title, *measure.names, *measure.names_ja) if measure else ()
    about = places.name(entry.subject) if entry.subject else ""
    return " ".join((entry.id, entry.title, about, *names)).casefold()


def _suggestion(words: list[str], entries: list[Series]) -> str:
    """For the words that occur nowhere, those that come closest."""
    vocabulary = {word for entry in entries for word in _WORD.findall(entry.title.casefold())}
    strange = [word for word in words if word not in vocabulary]
    near = [match for word in strange for match in get_close_matches(word, vocabulary, n=2)]
    return (
        f"did you mean: {', '.join(near)}?" if near else "`saiken series` without words lists all"
    )


def entry_json(entry: Series) -> dict[str, str]:
    """What a search tells of a series."""
    return {
        "series": entry.id,
        "title": entry.title,
        "unit": entry.unit,
        "kind": entry.kind,
        "frequency": entry.frequency,
        "publisher": entry.publisher,
        "measure": entry.measure,
    }
