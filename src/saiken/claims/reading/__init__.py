"""What a text says: sentences in, typed claims out. Never looks at a figure."""

from __future__ import annotations

import re
from datetime import date

from saiken.claims.claim import Claim, Reading, Unread
from saiken.claims.reading.assemble import read_sentence
from saiken.claims.reading.build import Builder
from saiken.claims.reading.context import Context
from saiken.claims.reading.lexicon import english
from saiken.claims.reading.marks import mark
from saiken.claims.reading.myths import deny_quoted
from saiken.claims.reading.normalise import normalise
from saiken.claims.reading.sentences import split
from saiken.claims.reading.spans import told_from
from saiken.terms.language import JAPANESE, language_of

_LETTER = re.compile(r"[^\W\d_]")
TABLE = 80
"""Figures without a word among them, over so many characters, are a table or noise."""


def read(text: str, dated: date) -> Reading:
    """The claims of `text`, written on `dated`, in the order in which they stand.

    Every sentence comes out as claims or as `Unread`. Spans are code points of `text` as given.
    No string makes it fail; time is linear in the length. English is read here, a text that is
    mostly Japanese by `reading.japanese`.
    """
    plain = None if language_of(text) == JAPANESE else normalise(text)
    if plain is None or language_of(plain.text) == JAPANESE:
        from saiken.claims.reading import japanese  # noqa: PLC0415 - English never needs it

        return japanese.read(text, dated)
    day = told_from(dated)
    lexicon, ctx, build = english(), Context(day), Builder(plain, text)
    ctx.owns = lexicon.owns
    claims: list[Claim] = []
    unread: list[Unread] = []
    for start, end in split(plain.text):
        if end - start > TABLE and not _LETTER.search(plain.text, start, end):
            first, last = plain.span(start, end)
            unread.append(Unread((first, last), text[first:last], "no statement"))
            continue
        sentence = mark(plain.text[start:end], start, day, lexicon)
        found, left = read_sentence(sentence, build, ctx)
        claims += found
        unread += left
    return Reading(text, dated, tuple(deny_quoted(claims)), tuple(unread))
