"""Whom a clause that names no holder goes on about, and who may be meant besides."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.claims.reading import read

DATED = date(2026, 1, 25)


def last(text: str) -> tuple[str, set[str]]:
    """Of the last claim: its subject, and whose it may be as well."""
    claim = read(text, DATED).claims[-1]
    return claim.subject, {other.subject for other in claim.alternatives}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the main clause's subject, before the scenery's
            "Foreigners' holdings of Treasuries fell in March as Japan sold. They were $9 trillion.",
            ("all", {"JP"}),
        ),
        (
            "Though Peru cut its Treasury holdings in May, Chile raised its own. Holdings were $12 billion.",
            ("CL", {"PE"}),
        ),
        (  # it stays open in the next sentence too
            "Chile's Treasury holdings rose in May while Peru's fell. They rose again. They were $12 billion.",
            ("CL", {"PE"}),
        ),
        (  # named again, it is open no more
            "Chile's Treasury holdings rose in May while Peru's fell. Peru's were $12 billion.",
            ("PE", set()),
        ),
        ("Chile's Treasury holdings rose in May. They were $12 billion.", ("CL", set())),
        (  # of the sentence's own subject, nothing is open
            "Chile's Treasury holdings rose in May while Peru's fell. Norway's fell to $90 billion, down 2%.",
            ("NO", set()),
        ),
    ],
)
def test_who_is_meant_and_who_may_be(text: str, expected: tuple[str, set[str]]) -> None:
    assert last(text) == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Belgium, a proxy for Chinese accounts, held $450 billion of Treasuries.", ["BE"]),
        ("Ireland, known for its Brazilian clients, sold Treasuries in May.", ["IE"]),
        ("Belgium, China and Norway, each in its own way, sold Treasuries in May.", ["BE", "CN", "NO"]),
        ("Belgium, China, and Norway sold Treasuries in May.", ["BE", "CN", "NO"]),
    ],
)  # fmt: skip
def test_a_place_in_an_aside_is_no_subject(text: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in read(text, DATED).claims] == subjects
