"""What reading leaves out for speed could have said nothing."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date

import pytest
from test_reading_sentences import DATED, table

from saiken.claims import reading
from saiken.claims.reading import assemble, read, subjects
from saiken.claims.reading.clauses import Part, split
from saiken.claims.reading.clues import gather
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.lexicon import english
from saiken.claims.reading.marks import mark
from saiken.claims.reading.normalise import normalise
from saiken.claims.reading.phrases import Phrase


def phrases() -> list[tuple[str, Phrase]]:
    found_in: list[tuple[str, Phrase]] = []
    for found in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            several = value if isinstance(value, dict) else {"": value}
            found_in += [
                (f"{found.name.rpartition('.')[2]}.{name} {key}".strip(), told)
                for key, told in several.items()
                if isinstance(told, Phrase)
            ]
    return found_in


@pytest.fixture(scope="module")
def clauses() -> list[Part]:
    sentences = (
        mark(normalise(text).text, 0, DATED, english()) for text, _ in table() if len(text) < 1000
    )
    return [part for sentence in sentences for part in split(sentence)]


@pytest.mark.parametrize(("name", "told"), phrases(), ids=[name for name, _ in phrases()])
def test_a_phrase_has_one_of_its_words(name: str, told: Phrase, clauses: list[Part]) -> None:
    for part in clauses:
        for said in (part, part.sentence):
            if told.pattern.search(said.lower):
                assert not told.words.isdisjoint(said.words), (name, said.text)


ESCAPES = re.compile(r"\\.|\(\?P")


@pytest.mark.parametrize(("name", "told"), phrases(), ids=[name for name, _ in phrases()])
def test_a_phrase_is_in_lower_case(name: str, told: Phrase) -> None:
    """As is the text in which it is searched for."""
    bare = ESCAPES.sub("", told.source)
    assert bare == bare.lower(), name


def test_a_rule_that_is_passed_over_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = 0

    def checked(part: Part, before: Topic, ctx: Context, *, own: bool = False) -> Topic:
        nonlocal passed
        clues = gather(part, before, ctx, own=own)
        able = subjects.able(
            frozenset(part.kinds),
            frozenset(noun.get("noun") for noun in part.all("noun")),
            before.measure,
        )
        for rule in subjects.RULES:
            if rule not in able:
                passed += 1
                assert rule.speak(clues) is None, (rule.speak.__name__, part.text)
        return subjects.topic_of(part, before, ctx, own=own)

    monkeypatch.setattr(assemble, "topic_of", checked)
    for text, _ in table():
        read(text, date(2026, 1, 25))
    assert passed > 10_000


def test_words_that_are_written_plainly_are_tokens_like_others() -> None:
    """Small letters are taken as they stand; what they may be a part of is not."""
    texts = ["the yen's fall", "q/q and y/y", "he's U.S. based", "o'clock", "10y note", "né café"]
    told = [[token.word for token in mark(text, 0, DATED, english()).tokens] for text in texts]
    assert told == [
        ["the", "yen", "fall"],
        ["q/q", "and", "y/y"],
        ["he", "u.s.", "based"],
        ["o'clock"],
        ["10", "y", "note"],
        ["né", "café"],
    ]
