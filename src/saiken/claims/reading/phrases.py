"""Patterns of words, searched for only where one of their words stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol


class Said(Protocol):
    """A sentence or a clause: its text, and its words in lower case."""

    @property
    def text(self) -> str: ...

    @property
    def words(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of which every match holds one of `words` (in lower case, without a possessive
    ending): to look a word up costs a hundredth of a search, and most clauses have none.
    """

    words: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, said: Said) -> re.Match[str] | None:
        return None if self.words.isdisjoint(said.words) else self.pattern.search(said.text)

    def match(self, said: Said) -> re.Match[str] | None:
        """The pattern at the beginning of what is said."""
        return None if self.words.isdisjoint(said.words) else self.pattern.match(said.text)


def phrase(words: str, pattern: str) -> Phrase:
    """`pattern`, in whatever case, that holds one of `words`, which are written with blanks between."""
    return Phrase(frozenset(words.split()), re.compile(pattern, re.IGNORECASE))
