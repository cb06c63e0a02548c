"""Where Japanese sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 600
"""No sentence is longer: a text without full stops is cut here, so that time stays linear."""
QUOTE = 200
"""A quotation that does not close within so many characters hides no full stop."""

_MARK = re.compile(r"[。!?]+|\n+|[「」]")
_TAG = re.compile(r"[#][^\s#、。]{1,40}、?")
_SOMETHING = re.compile(r"\w")


def _tags(text: str) -> int:
    """Where the tags at the end of a text begin: they label it and say nothing."""
    end = len(text.rstrip())
    while (start := text.rfind("#", 0, end)) >= 0 and _TAG.fullmatch(text, start, end):
        end = start
    return end


def split(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a plain text as [start, end). Stops inside a quotation end nothing."""
    start, inside, tags = 0, -1, _tags(text)
    for match in _MARK.finditer(text, 0, tags):
        sign = match[0][0]
        if sign == "「":
            inside = match.start() if inside < 0 else inside
            continue
        if sign == "」":
            inside = -1
            continue
        if inside >= 0 and match.start() - inside < QUOTE and "\n" not in match[0]:
            continue
        inside = -1
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, tags)
    yield from _pieces(text, tags, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(text.rfind(sign, start + LONGEST // 2, start + LONGEST) for sign in "、\n ") + 1
        cut = cut or start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip("、 \n"))
    if _SOMETHING.search(piece):
        yield start + lead, start + len(piece.rstrip("\n 、"))
