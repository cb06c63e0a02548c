"""Our own sentences, one linguistic fact each, against the claims they must be read as."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fingerprint import line

from saiken.claims.reading import read

DATED = date(2026, 1, 25)


def table() -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    for row in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines():
        if not row or row.startswith(("# ", "## ")):
            continue
        if row[:2] in {"= ", "! "}:
            rows[-1][1].append(row)
        else:
            rows.append((row.replace("\\u200b", "\u200b").replace("\\u00a0", "\u00a0"), []))
    return rows


@pytest.mark.parametrize(("text", "expected"), table(), ids=[text[:60] for text, _ in table()])
def test_sentence_is_read_as_expected(text: str, expected: list[str]) -> None:
    reading = read(text, DATED)
    got = [f"= {line(claim)}" for claim in reading.claims]
    got += [f"! {unread.why}" for unread in reading.unread]
    assert got == expected


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(table()) >= 400


@pytest.mark.parametrize(
    ("text", "expected"), table()[:60], ids=[text[:40] for text, _ in table()[:60]]
)
def test_spans_are_code_points_of_the_original(text: str, expected: list[str]) -> None:
    padded = f"🚨 \u200f{text}"
    for claim in read(padded, DATED).claims:
        assert padded[claim.span[0] : claim.span[1]] == claim.text
        assert claim.text.strip()
    assert [f"= {line(claim)}" for claim in read(padded, DATED).claims] == [
        row for row in expected if row[0] == "="
    ]
