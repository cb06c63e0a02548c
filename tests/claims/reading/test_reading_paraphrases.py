"""The same said otherwise reads the same; another number, country, month or way changes that only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.claims.claim import Claim
from saiken.claims.reading import read

DATED = date(2026, 1, 25)
COUNTRIES = {
    "Norway": ("NO", "Norwegian"),
    "India": ("IN", "Indian"),
    "Brazil": ("BR", "Brazilian"),
    "Taiwan": ("TW", "Taiwanese"),
    "Mexico": ("MX", "Mexican"),
    "Thailand": ("TH", "Thai"),
    "Saudi Arabia": ("SA", "Saudi"),
}
MONTHS = {
    "September": "2025-09",
    "October 2025": "2025-10",
    "November": "2025-11",
    "June 2024": "2024-06",
}
HOLDINGS = [
    "{c} held ${n} billion of Treasuries in {m}.",
    "{c} owned ${n}bn of US government debt in {m}.",
    "In {m}, {c} held ${n} billion of U.S. Treasury securities.",
    "{c}'s Treasury holdings stood at ${n} billion in {m}.",
    "{a} holdings of Treasuries were ${n}bn in {m}.",
    "At ${n}bn, {c}'s Treasury holdings in {m} were unremarkable.",
    "{c}'s stash of US Treasuries amounted to ${n} billion in {m}.",
    "{c} had ${n}bn of American debt in {m}.",
]
FALLS = [
    "{c}'s Treasury holdings fell by ${n} billion in {m}.",
    "{a} holdings of Treasuries dropped ${n}bn in {m}.",
    "In {m}, {c}'s Treasury holdings declined by ${n} billion.",
    "{c} cut its Treasury holdings by ${n}bn in {m}.",
    "{c} trimmed its holdings of US debt by ${n}bn in {m}.",
    "{c}'s Treasury pile shrank by ${n} billion in {m}.",
    "There was a ${n}bn drop in {c}'s Treasury holdings in {m}.",
    "{c}'s Treasury holdings were down ${n}bn in {m}.",
]
SALES = [
    "{c} sold ${n} billion of Treasuries in {m}.",
    "{c} offloaded ${n}bn of US Treasuries in {m}.",
    "In {m}, {c} shed ${n} billion of US government bonds.",
    "{c} unloaded ${n}bn of U.S. debt in {m}.",
    "{c} got rid of ${n}bn of Treasuries in {m}.",
]
RECORDS = [
    "{c}'s Treasury holdings hit a record high in {m}.",
    "{c}'s Treasury holdings reached an all-time high in {m}.",
    "In {m}, {a} holdings of Treasuries climbed to a record.",
    "{c}'s Treasury holdings rose to a fresh record high in {m}.",
]
LOWS = [
    "{c}'s Treasury holdings fell to their lowest since 2012 in {m}.",
    "In {m}, {c}'s Treasury holdings were the lowest since 2012.",
    "{a} holdings of Treasuries sank to the lowest level since 2012 in {m}.",
]
LINES = [
    "{c}'s Treasury holdings fell below ${n} billion in {m}.",
    "In {m}, {c}'s Treasury holdings dropped below ${n}bn.",
    "{a} holdings of Treasuries slipped under ${n}bn in {m}.",
]
GROUPS = {
    "level": HOLDINGS, "change": FALLS, "flow": SALES, "record": RECORDS, "since": LOWS, "threshold": LINES,
}  # fmt: skip


def told(template: str, country: str, number: float, month: str) -> list[Claim]:
    text = template.format(c=country, a=COUNTRIES[country][1], n=f"{number:g}", m=month)
    return [bare(claim) for claim in read(text, DATED).claims]


def bare(claim: Claim) -> Claim:
    """The claim without what depends on where and how it stands in the text."""
    return replace(claim, span=(0, 0), text="", leftover=(), confidence=1.0, hedges=())


WHO = st.sampled_from(sorted(COUNTRIES))
WHEN = st.sampled_from(sorted(MONTHS))
SIZE = st.integers(11, 989) | st.integers(101, 9899).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize("group", GROUPS)
@given(WHO, SIZE, WHEN)
@settings(max_examples=25, deadline=None)
def test_paraphrases_are_one_claim(group: str, country: str, number: float, month: str) -> None:
    first, *others = GROUPS[group]
    claims = told(first, country, number, month)
    assert len(claims) == 1
    assert claims[0].subject == COUNTRIES[country][0]
    assert str(claims[0].period) == MONTHS[month]
    for other in others:
        assert told(other, country, number, month) == claims, other


@pytest.mark.parametrize("group", GROUPS)
@given(WHO, WHO, SIZE, SIZE, WHEN, WHEN)
@settings(max_examples=25, deadline=None)
def test_what_is_changed_changes_only_itself(
    group: str, country: str, other: str, number: float, size: float, month: str, when: str
) -> None:
    for template in GROUPS[group]:
        (claim,) = told(template, country, number, month)
        (moved,) = told(template, other, number, month)
        assert moved == replace(claim, subject=COUNTRIES[other][0])
        (moved,) = told(template, country, number, when)
        assert moved == replace(claim, period=moved.period)
        assert str(moved.period) == MONTHS[when]
        (moved,) = told(template, country, size, month)
        assert moved == replace(claim, quantity=moved.quantity)


TURNS = [
    ("{c}'s holdings rose by ${n}bn in {m}.", "{c}'s holdings fell by ${n}bn in {m}."),
    ("{c} bought ${n}bn of Treasuries in {m}.", "{c} sold ${n}bn of Treasuries in {m}."),
    ("{c} was a net buyer of Treasuries in {m}.", "{c} was a net seller of Treasuries in {m}."),
    (
        "{c}'s Treasury holdings hit a record high in {m}.",
        "{c}'s Treasury holdings hit a record low in {m}.",
    ),
    (
        "{c}'s Treasury holdings have climbed for five months in a row.",
        "{c}'s Treasury holdings have dropped for five months in a row.",
    ),
]


@pytest.mark.parametrize(("up", "down"), TURNS, ids=[up[:40] for up, _ in TURNS])
@given(WHO, SIZE, WHEN)
@settings(max_examples=20, deadline=None)
def test_the_way_is_turned_and_nothing_else(
    up: str, down: str, country: str, number: float, month: str
) -> None:
    (rise,) = told(up, country, number, month)
    (fall,) = told(down, country, number, month)
    size = rise.quantity.negated() if rise.quantity is not None else None
    turned = replace(
        rise,
        quantity=size,
        direction=-rise.direction if rise.direction else rise.direction,
        extreme={"high": "low", "": ""}[rise.extreme],
    )
    assert fall == turned
