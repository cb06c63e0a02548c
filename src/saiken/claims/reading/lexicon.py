"""The words that the reader knows: loaded from `claims/lexicon` and the catalog's measures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from saiken.claims.reading.tokens import tokenise
from saiken.publishers import catalog
from saiken.publishers.catalog import PIECES, USERS, Catalog
from saiken.terms.immutable import immutable
from saiken.terms.places import countries

Kinds = dict[str, str]
"""What a phrase may be: kind -> value ("move" -> "up", "place" -> "JP")."""


@immutable()
class Phrases:
    """What begins with one word: `longer` maps a second word to (the words that follow it, what
    the phrase may be), longest first; `alone` is what the word may be by itself, if anything.
    """

    longer: dict[str, tuple[tuple[tuple[str, ...], Kinds], ...]]
    alone: Kinds | None


@immutable()
class Lexicon:
    """`phrases` are all phrases by their first word; `owns` tells that a user's own series are
    among what they call.
    """

    phrases: dict[str, Phrases]
    owns: bool = False

    def kinds_of(self, words: tuple[str, ...]) -> Kinds:
        """What a phrase of just these words may be; nothing if it is not known."""
        found = self.phrases.get(words[0]) if words else None
        if found is None or len(words) == 1:
            return (found.alone if found is not None else None) or {}
        return dict(found.longer.get(words[1], ())).get(words[2:], {})


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase as the tokens that a text would have; hyphens between words do not count."""
    if phrase.islower() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())
    return tuple(token.word for token in tokenise(phrase) if token.raw != "-")


def _regular(verb: str, double: bool) -> Iterator[str]:
    stem = verb + verb[-1] if double else verb
    yield verb
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        yield from (stem + "ed", stem + "ing")


def forms(entry: str) -> Iterable[str]:
    """All forms of a lexicon entry: `trim~~ back`, `rise/rose/risen above`, `capital leave/left`."""
    words = entry.split(" ")
    for at, word in enumerate(words):
        if "~" in word:
            inflected = _regular(word.rstrip("~"), word.endswith("~~"))
        elif word.count("/") > 1 or ("/" in word and len(words) > 1):
            inflected = iter(word.split("/"))
        else:
            continue
        return [" ".join((*words[:at], form, *words[at + 1 :])) for form in inflected]
    return [entry]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("saiken.claims").joinpath("lexicon", name).read_text("utf-8"))


def _entries() -> Iterator[tuple[str, str, str]]:
    """(phrase, kind, value) of every word known."""
    for kind, values in _load("english.toml").items():
        for value, entries in values.items():
            for entry in entries:
                for form in forms(entry):
                    yield form, kind, value
    for code, name in countries().items():
        yield str(name), "place", code
    for code, names in _load("aliases.toml").items():
        for name in names:
            yield name, "place", code
    for measure, about in catalog.load().measures.items():
        for name in about.names:
            # a direction and a paper, each read as such; a name in pieces is no phrase
            if not name.startswith("net ") and PIECES not in name:
                yield name, "measure", measure


def english() -> Lexicon:
    """The English lexicon, loaded once for a catalog."""
    global _loaded  # noqa: PLW0603 - made anew when the catalogs are read anew
    known = catalog.load()
    if _loaded is None or _loaded[0] is not known:
        _loaded = known, _english(owns=any(name.startswith(USERS) for name in known.measures))
    return _loaded[1]


_loaded: tuple[Catalog, Lexicon] | None = None


def _english(*, owns: bool) -> Lexicon:
    known: dict[tuple[str, ...], Kinds] = {}
    for phrase, kind, value in _entries():
        words = words_of(phrase)
        if words:
            known.setdefault(words, {}).setdefault(kind, value)
    longer: dict[str, dict[str, tuple[tuple[tuple[str, ...], Kinds], ...]]] = {}
    for words in sorted(known, key=len, reverse=True):
        seconds = longer.setdefault(words[0], {})
        if len(words) > 1:
            more = (words[2:], known[words])
            seconds[words[1]] = (*seconds.get(words[1], ()), more)
    phrases = {word: Phrases(rest, known.get((word,))) for word, rest in longer.items()}
    return Lexicon(phrases, owns)
