"""Sentences of other fields: what the reader takes for a claim there is one that nobody made."""

from __future__ import annotations

from pathlib import Path

from test_reading_sentences import DATED

from saiken.claims.claim import UNCHECKABLE
from saiken.claims.reading import read

TEXTS = Path(__file__).parents[3] / "benchmarks" / "unclaimed.txt"
MOST = 0.03
"""The share that may be read as a claim."""


def test_few_sentences_of_other_fields_give_a_claim() -> None:
    lines = TEXTS.read_text("utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    told = [
        text
        for text in texts
        if any(claim.predicate not in UNCHECKABLE for claim in read(text, DATED).claims)
    ]
    assert len(texts) > 150
    assert len(told) <= MOST * len(texts), told
