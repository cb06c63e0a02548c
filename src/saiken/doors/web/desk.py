"""What the pages and the interface share: one archive, and the answers given last."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from saiken.archive.archive import Archive
from saiken.claims.verdict import Report
from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError
from saiken.doors.library import check, default_archive
from saiken.doors.listing import Search
from saiken.doors.web.problems import TooLargeError
from saiken.publishers.catalog import Series
from saiken.reports.terminal import whole

MAX_TEXT = 200_000
"""Characters of one text."""

KEPT_TEXT = 1_000_000
"""Characters of all texts whose answers are kept: what bounds the memory that these take."""

SURFACED = 20_000
"""Up to so many characters, a page also tells how rare what is claimed is."""

_Key = tuple[bytes, date, date, bool, bool]


@dataclass(frozen=True, slots=True)
class Ask:
    """A text and the dates that it is asked as of.

    `dated` is the text's own day; `surface` also asks how rare what is claimed is, and
    what is likely of holdings that a verdict waits for.
    """

    text: str
    as_of: date
    dated: date
    strict: bool = False
    surface: bool = False


def ask(
    text: str,
    as_of: str | None,
    dated: str | None,
    *,
    strict: bool = False,
    surface: bool = False,
) -> Ask:
    """Read what a visitor asks. Raises BadInputError or TooLargeError."""
    if len(text) > MAX_TEXT:
        raise TooLargeError(
            f"the text has {len(text):,} characters; {MAX_TEXT:,} are taken at once",
            "check it in parts, or with `saiken check FILE`",
        )
    if not text.strip():
        raise BadInputError("there is no text", "paste a sentence, a post or an article")
    known = read_day(as_of or None, "as_of")
    written = read_day(dated, "dated") if dated else known
    return Ask(whole(text), known, written, strict, surface)


class Desk:
    """Answers questions on one archive; safe to share between threads."""

    def __init__(self, archive: Archive | None = None) -> None:
        self.archive = archive or default_archive()
        self._answers: OrderedDict[_Key, Report] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()
        self._search: Search | None = None

    def check(self, asked: Ask) -> Report:
        """The report on a text; one that was given lately is given again."""
        digest = hashlib.sha256(asked.text.encode()).digest()
        key = (digest, asked.as_of, asked.dated, asked.strict, asked.surface)
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
                return found
        report = check(
            asked.text, asked.as_of, asked.dated,
            strict=asked.strict, surface=asked.surface, nowcast=asked.surface, archive=self.archive,
        )  # fmt: skip
        with self._lock:
            if key not in self._answers:
                self._answers[key] = report
                self._kept += len(asked.text) + 1000
            while self._kept > KEPT_TEXT and len(self._answers) > 1:
                _, dropped = self._answers.popitem(last=False)
                self._kept -= len(dropped.text) + 1000
        return report

    def find(self, query: str) -> list[Series]:
        """The series held whose id, title or names have every word of `query`."""
        if self._search is None:
            self._search = Search(self.archive)
        return self._search.find(query)
