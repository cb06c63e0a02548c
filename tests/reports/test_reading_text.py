"""A reading shown to a person: words marked where they stand, every field told, nothing unsafe."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.claims.claim import Reading
from saiken.claims.reading import read
from saiken.reports.reading_text import claim_words, reading_text
from saiken.reports.terminal import Screen

DATED = date(2026, 1, 25)
PLAIN, COLOUR = Screen(100, colour=False), Screen(100, colour=True)
TEXT = "Norway's holdings fell by $3 billion in October. The 30-year JGB yield hit a record high. I think it ends badly."


def shown(text: str, screen: Screen = PLAIN) -> str:
    return reading_text(read(text, DATED), screen)


def test_claims_are_marked_where_they_stand_and_told_in_order() -> None:
    told = shown(TEXT)
    assert told.startswith(
        "‹Norway's holdings fell by $3 billion in October.›[1] ‹The 30-year JGB yield hit a record high.›[2] I think"
    )
    assert "1  change     NO · treasury holdings · −3 bn USD [−3.5 bn, −2.5 bn]" in told
    assert "2  record     JP · government yield · 30Y · high" in told
    assert "·  opinion    I think it ends badly." in told
    assert "\x1b" not in told


def test_colour_underlines_the_same_words() -> None:
    told = shown(TEXT, COLOUR)
    assert "\x1b[4;36mNorway's holdings fell by $3 billion in October.\x1b[0m" in told
    assert "\x1b[4;33mThe 30-year JGB yield hit a record high.\x1b[0m" in told
    assert (
        re.sub(r"\x1b\[[\d;]*m", "", told).split()
        == shown(TEXT).replace("‹", "").replace("›", "").split()
    )


def test_several_claims_on_the_same_words_share_the_mark() -> None:
    told = shown("40年債利回りは3.9%台と過去最高を付けた。円安は終わりだと思う。")
    assert told.startswith("‹40年債利回りは3.9%台と過去最高を付けた›[1,2]。円安は終わりだと思う。")


def test_nothing_in_it_is_said() -> None:
    assert "no claim was read" in shown("Skies are blue.")


def test_a_text_cannot_steer_the_terminal() -> None:
    told = shown(
        "Norway's \x1b[2J holdings fell\u202e by $3 billion in October.\nNext line.", COLOUR
    )
    assert "\x1b[2J" not in told
    assert "\u202e" not in told
    assert "\nNext line." in told


@given(st.text(max_size=80))
def test_any_text_can_be_shown(text: str) -> None:
    told = shown(f"{text}Norway's holdings fell by $3 billion.{text}")
    assert told.endswith("\n")
    told.encode()


FIELDS = [
    ("China's holdings fell for the fifth straight month in September.", "5 in a row"),
    ("Belgium holds twice as many Treasuries as India.", "against IN"),
    ("Holdings of Brazil fell from a year ago.", "from a year before"),
    ("Denmark has not sold any Treasuries.", "denied"),
    ("Kuwait holds over $60bn of Treasuries.", "∞"),
    ("Next release: February 18.", "published 2026-02-18"),
    ("The yen is at its weakest in 38 years.", "since 1988-01-25"),
    ("超長期金利が過去最高を更新した。", "or 20Y (0.6)"),
]


@pytest.mark.parametrize(("text", "told"), FIELDS)
def test_every_field_that_is_set_is_told(text: str, told: str) -> None:
    reading: Reading = read(text, DATED)
    assert told in " | ".join(map(claim_words, reading.claims))


def test_what_a_forecast_hangs_on_is_told() -> None:
    (_, claim) = read(
        "If Norway sold $30 billion of Treasuries over a year, the yen would rise.", DATED
    ).claims
    assert "if sale by NO of 30 bn USD over 12 months" in claim_words(claim)
    (claim,) = read("An unwinding of carry trades would lift the yen.", DATED).claims
    assert "if carry" in claim_words(claim).split(" · ")
