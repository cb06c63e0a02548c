"""How a sentence is typed does not change what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from fingerprint import line

from saiken.claims.reading import read

DATED = date(2026, 1, 25)
SENTENCES = [
    "Norway's Treasury holdings fell by $8.9 billion in November 2025, to $218.9 billion.",
    "The 30-year JGB yield rose above 3.8% for the first time on Tuesday.",
    "Japanese investors were net sellers of foreign long-term bonds in December.",
    "Belgium is not dumping its Treasuries.",
]
VARIANTS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no-break spaces": lambda s: s.replace(" ", "\u00a0"),
    "zero width": lambda s: s.replace("n", "n\u200b"),
    "entities": lambda s: s.replace("'", "&#8217;").replace(" in ", "&nbsp;in&nbsp;"),
    "typographic quotes": lambda s: s.replace("'", "\u2019"),
    "line breaks": lambda s: s.replace(" in ", "\nin "),
    "emoji": lambda s: f"🚨🚨 {s} 📉",
    "bidi marks": lambda s: f"\u202b{s}\u202c",
    "full width": lambda s: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in s),
    "mathematical bold": lambda s: "".join(
        chr(0x1D400 + ord(c) - 65) if "A" <= c <= "Z" else c for c in s
    ),
    "tags": lambda s: s.replace("the ", "<b>the</b> "),
    "trailing hashtags": lambda s: f"{s} #bonds #Japan $BTC",
    "a link": lambda s: f"{s} https://example.org/2024/$5bn",
}


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s[:30] for s in SENTENCES])
@pytest.mark.parametrize("name", VARIANTS)
def test_typing_does_not_change_the_reading(sentence: str, name: str) -> None:
    plain = [line(claim) for claim in read(sentence, DATED).claims]
    assert plain
    assert [line(claim) for claim in read(VARIANTS[name](sentence), DATED).claims] == plain
