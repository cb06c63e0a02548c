"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 1200
"""No sentence is longer: a text without full stops is cut here, so that time stays linear."""

_STOP = re.compile(r"[.!?\n](?:(?<!\n)[.!?]*[\"')\]]*(?=\s)|(?<=\n)(?:\s*\n\s*|(?=\s*[-*•] )))")
"""Written so that all that may end a sentence begins with one of four signs: the search then passes
over the rest at once.
"""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:[A-Z]|U\.S|U\.K|E\.U|U\.A\.E|[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ept?|"
    r"[Oo]ct|[Nn]ov|[Dd]ec|[Nn]o|[Vv]s|[Aa]pprox|[Cc]a|[Ee]st|[Mm]rs?|[Dd]r|[Ss]t|[Ii]nc|[Cc]o|[Ee]\.g|[Ii]\.e|"
    r"[Ff]ig|[Aa]v|p\.a)$"
)
_HARD = re.compile(r"(?:^|[\s(\"'])(?:U\.S|U\.K|E\.U|U\.A\.E|[A-Z])$")


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop that `match` found ends a sentence that began at `start`."""
    stop = match[0]
    if stop[0] != ".":
        return True
    after = text[match.end() : match.end() + 4].lstrip()[:1]
    if stop[:2] != ".." and _ABBREVIATION.search(
        text, max(start, match.start() - 9), match.start()
    ):
        # "in the U.S. The yen" ends a sentence, "U.S. Treasuries" does not: only a following
        # function word tells them apart
        if not _HARD.search(text, max(start, match.start() - 9), match.start()):
            number = text[max(0, match.start() - 2) : match.start()].lower() == "no"
            return number and not after.isdigit()
        word = re.match(r"\s+([A-Z][a-z]*)\b", text[match.end() : match.end() + 24])
        return bool(word) and word[1] in {  # type: ignore[index]
            "The", "It", "In", "But", "And", "That", "This", "Its", "They", "Foreign", "As", "On", "At", "Meanwhile",
        }  # fmt: skip
    return not after.islower()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


_TAG = re.compile(r"[#$@][A-Za-z_]\w*")
_SOMETHING = re.compile(r"\w")


def _tags(text: str) -> int:
    """Where the tags at the end of a text begin: they label it and say nothing."""
    end = len(text)
    for _ in range(60):
        cut = len(text[max(0, end - 200) : end].rstrip())
        stop = max(0, end - 200) + cut
        start = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop)) + 1
        if start == 0 or stop - start > 60 or not _TAG.fullmatch(text, start, stop):
            break
        end = start
    return end


def split(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a plain text as [start, end), blanks around them left out.

    What has neither letter nor digit in it is no sentence.
    """
    start, seen, tags = 0, 0, _tags(text)
    empty = True
    for match in _STOP.finditer(text, 0, tags):
        empty = empty and not _SOMETHING.search(text, seen, match.start())
        seen = match.end()
        if empty or (match[0][0] != "\n" and not _ends(text, start, match)):
            continue
        yield from _trimmed(text, start, match.end())
        start, empty = match.end(), True
    yield from _trimmed(text, start, tags)
    yield from _trimmed(text, tags, len(text))


_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:/|\))|\(\d{1,2}(?:/\d{0,2})?\))[.:]?(?=\s+(?!of\b))")
"""The number of a post in a thread or of a point in a list: "2/", "(2/7)", "2)"."""


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if start == end:
        return
    numbered = _NUMBER.match(text, start, end)
    heads = numbered and ("\n" in numbered[0] or not text[max(0, start - 2) : start].strip())
    if numbered and heads and _SOMETHING.search(text, numbered.end(), end):
        start = numbered.end()
    for first, last in _pieces(text, start, end):
        piece = text[first:last]
        lead = len(piece) - len(piece.lstrip())
        if _SOMETHING.search(piece):
            yield first + lead, first + len(piece.rstrip())
