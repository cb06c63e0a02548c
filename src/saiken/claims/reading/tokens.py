"""Words, numbers and signs of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from saiken.terms.immutable import immutable

_TOKEN = re.compile(
    r"(?=\S)(?:[a-z]{2,}(?![\w'/])(?P<plain>)"
    r"|(?P<abbr>U\.S\.A\.?|U\.S\.?(?![a-z])|U\.K\.?(?![a-z])|E\.U\.?(?![a-z]))"
    r"|(?P<quarter>[QH][1-4]\b)"
    r"|(?P<pace>[yqmwYQMW]/[yqmwYQMW]\b)"
    r"|(?P<nth>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?|'s\b)"
    r"|(?:[^\s\w]|_)(?P<sign>))"
)
_AS_IT_STANDS = {"plain", "sign"}
"""What it is is marked where it ends: what begins otherwise is passed over at once."""
_ABBREVIATIONS = {"US": "u.s.", "USA": "u.s.", "UK": "uk", "EU": "eu"}


@immutable(eq=False)
class Token:
    """`word` is in lower case, without the possessive ending; `owner` tells that it had one."""

    word: str
    start: int
    end: int
    number: bool
    owner: bool
    raw: str


def tokenise(text: str) -> list[Token]:
    """The tokens of a sentence in the plain alphabet, in order."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, kind = match[0], match.lastgroup
        start, end = match.span()
        if kind in _AS_IT_STANDS:
            tokens.append(Token(raw, start, end, False, False, raw))  # noqa: FBT003 - most of all
            continue
        word, owner = raw.lower(), False
        if kind == "word":
            if word[-2:] == "'s":
                word, owner = word[:-2], True
                if not word and tokens:
                    tokens[-1] = replace(tokens[-1], owner=True, end=end)
                    continue
            if raw[0] in "UE" and len(raw) < 6:
                word = _ABBREVIATIONS.get(raw.split("'")[0], word)
        elif kind == "abbr":
            word = _ABBREVIATIONS[raw.replace(".", "").upper()]
        elif kind == "nth":
            word = raw[:-2]
        tokens.append(Token(word, start, end, kind in {"num", "nth"}, owner, raw))
    return tokens
