"""Which language a text is in, of those that are read."""

from __future__ import annotations

import re

ENGLISH, JAPANESE = "en", "ja"

_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
SAMPLE = 20_000
"""Of a longer text, the beginning tells."""


def language_of(text: str) -> str:
    """`ja` where kana and kanji outweigh the Latin letters, else `en`."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return ENGLISH
    wide = len(_WIDE.findall(sample))
    return JAPANESE if wide and wide > len(_LATIN.findall(sample)) else ENGLISH
