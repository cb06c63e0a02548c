"""Which language a text is in, of those that are read."""

from __future__ import annotations

import re

ENGLISH, JAPANESE = "en", "ja"

SAMPLE = 20_000
"""Of a longer text, the beginning tells."""

_WIDE, _LATIN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"), re.compile("[A-Za-z]")


def language_of(text: str) -> str:
    """`ja` where kana and kanji outweigh the Latin letters, else `en`."""
    sample = text[:SAMPLE]
    if sample.isascii() or not _WIDE.search(sample):
        return ENGLISH
    wide, latin = len(_WIDE.findall(sample)), len(_LATIN.findall(sample))
    return JAPANESE if wide > latin else ENGLISH
