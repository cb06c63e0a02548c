"""The words by which a user's own series are called, and those that say no more about them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.own.units import alike
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import PIECES, Catalog
from saiken.terms.units import Unit

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = (
    "ations", "ation", "ators", "ator", "ating", "ated", "ates", "ate", "ities", "ity", "ments", "ment", "tions", "tion",
    "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y",
)  # fmt: skip
_SHORTEST = 3
_JOINING = frozenset(("of", "the", "in", "by", "for", "and", "as", "a", "an", "that", "is", "are", "from", "with", "to", "who", "which", "on", "at", "or", "its"))  # fmt: skip


def stem(word: str) -> str:
    """A word without its ending, so that "generated" and "generation" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text, joining words and numbers left out."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in _JOINING and not word.isdigit())


@cache
def said(kind: str) -> frozenset[str]:
    """The words of a list of `lexicon/own.toml`."""
    text = files("saiken.claims").joinpath("lexicon", "own.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[kind])


@dataclass(frozen=True, slots=True)
class Own:
    """One of a user's measures. `subject` is whose it is, empty where every country has its own.

    `keys` are names told in pieces, of which a sentence must have every stem; `title` are the
    stems of the title, by which a measure without names is called, `rarest` those of them that the
    fewest titles of the user's have. `words` are stems that narrow nothing.
    """

    measure: str
    subject: str
    frequency: str
    unit: Unit
    keys: tuple[frozenset[str], ...]
    title: frozenset[str]
    rarest: frozenset[str]
    words: frozenset[str]

    def called(self, told: frozenset[str]) -> int:
        """How many stems of a clause call this measure; 0 if they do not.

        A title is told by at least half of its words, its rarest ones among them.
        """
        keys = [len(key) for key in self.keys if key <= told]
        common = self.title & told
        enough = len(common) >= min(2, len(self.title)) and 2 * len(common) >= len(self.title)
        if self.rarest and self.rarest <= told and enough:
            keys.append(len(common))
        return max(keys, default=0)


_known: tuple[Catalog, tuple[Own, ...]] | None = None


def known() -> tuple[Own, ...]:
    """The user's measures; none where there is no catalog of the user's own."""
    global _known  # noqa: PLW0603 - made anew when the catalogs are read anew
    catalog = catalogs.load()
    if _known is None or _known[0] is not catalog:
        _known = catalog, _made(catalog)
    return _known[1]


def ready(sentence: Sentence) -> Sentence:
    """The sentence made ready for its reading, where it may call a series of the user's."""
    from saiken.claims.reading.own.sentence import ready  # noqa: PLC0415 - only where there are

    return ready(sentence)


def of(measure: str) -> Own | None:
    """One of the user's measures by its id."""
    if not measure.startswith(catalogs.USERS):
        return None
    return next((own for own in known() if own.measure == measure), None)


def _made(catalog: Catalog) -> tuple[Own, ...]:
    families = [one for one in catalog.families if one.measure.startswith(catalogs.USERS)]
    measures = catalog.measures
    generic = frozenset(map(stem, said("plain") | said("relative") | said("absolute")))
    titles = {
        one.measure: stems(measures[one.measure].title) - generic
        for one in families
        if not measures[one.measure].names
    }
    common = Counter(word for title in titles.values() for word in title)
    found = []
    for one in families:
        about = measures[one.measure]
        title = titles.get(one.measure, frozenset())
        least = min((common[word] for word in title), default=0)
        pieces = [name for name in about.names if PIECES in name]
        found.append(
            Own(
                one.measure,
                "" if one.subject == "{country}" else about.subject,
                one.frequency,
                Unit.parse(one.unit),
                tuple(stems(name) for name in pieces),
                title,
                frozenset(word for word in title if common[word] == least),
                stems(" ".join((about.title, one.unit, *about.names, *alike(one.unit)))),
            )
        )
    return tuple(found)
