"""Which language a text is in, of those that are read."""

from __future__ import annotations

ENGLISH, JAPANESE = "en", "ja"

SAMPLE = 20_000
"""Of a longer text, the beginning tells."""


def language_of(text: str) -> str:
    """`ja` where kana and kanji outweigh the Latin letters, else `en`."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return ENGLISH
    wide = sum("\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" for char in sample)
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    return JAPANESE if wide > latin else ENGLISH
