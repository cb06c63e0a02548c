"""Patterns of words, searched for only where one of their words stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol


class Said(Protocol):
    """A sentence or a clause: its text and its words in lower case."""

    @property
    def lower(self) -> str: ...

    @property
    def words(self) -> frozenset[str]: ...


@dataclass(slots=True, eq=False)
class Phrase:
    """A pattern in lower case of which every match holds one of `words` (without a possessive ending):
    to look a word up costs a hundredth of a search, and most clauses have none. The text is searched
    in lower case too: a pattern that takes either case costs three times as much. It is compiled
    when it is first searched for: many never are.
    """

    words: frozenset[str]
    source: str
    _pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern

    def search(self, said: Said) -> re.Match[str] | None:
        return None if self.words.isdisjoint(said.words) else self.pattern.search(said.lower)

    def match(self, said: Said) -> re.Match[str] | None:
        """The pattern at the beginning of what is said."""
        return None if self.words.isdisjoint(said.words) else self.pattern.match(said.lower)


def phrase(words: str, pattern: str) -> Phrase:
    """`pattern`, in lower case, that holds one of `words`, which are written with blanks between."""
    return Phrase(frozenset(words.split()), pattern)
