"""Whose figures a text means where it does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import find
from saiken.claims.judging.referents import resolved
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2026, 1, 23))


def yields(values, issuer):
    series = f"{issuer}/yield/10Y"
    return [line(values, last=DAY, unit="%", kind="rate", half=0.0005, series=series)]


EVIDENCE = Made(
    {
        ("government_yield", "US", "10Y"): yields([4.25, 4.24], "us"),
        ("government_yield", "JP", "10Y"): yields([2.05, 2.25], "jp"),
    }
)


def unsaid(predicate, **fields):
    """A claim on the 10-year of the United States, or else of Japan."""
    base = {"measure": "government_yield", "tenor": "10Y", "subject": "US", "period": DAY}
    first = replace(claim(predicate, **base, **fields), confidence=0.6)
    return replace(first, alternatives=(replace(first, subject="JP", confidence=0.4),))


def level(value):
    return {"quantity": Quantity(value, value - 0.005, value + 0.005, "%")}


def change(bp, half=0.5):
    moved = Quantity(bp, bp - half, bp + half, "bp")
    return {"quantity": moved, "direction": 1 if bp > 0 else -1, "base": Base("previous")}


def meant(*claims):
    found = resolved(claims, lambda one: find(one, EVIDENCE))
    return [(one.subject, bool(one.alternatives)) for one in found]


@pytest.mark.parametrize(
    ("predicate", "fields", "expected"),
    [
        (Predicate.LEVEL, level(4.24), ("US", False)),
        (Predicate.LEVEL, level(2.25), ("JP", False)),
        (Predicate.LEVEL, level(3.5), ("US", True)),
        (Predicate.CHANGE, change(-1), ("US", False)),
        (Predicate.CHANGE, change(20), ("JP", False)),
        (Predicate.DIRECTION, {"direction": 1}, ("US", True)),
    ],
)
def test_a_number_that_fits_one_issuer_alone_tells_whose_it_is(predicate, fields, expected):
    assert meant(unsaid(predicate, **fields)) == [expected]


def test_a_small_change_of_the_unlikelier_issuer_tells_nothing():
    small = Made(
        {
            ("government_yield", "US", "10Y"): yields([4.25, 4.24], "us"),
            ("government_yield", "JP", "10Y"): yields([2.05, 2.08], "jp"),
        }
    )
    (kept,) = resolved((unsaid(Predicate.CHANGE, **change(3)),), lambda one: find(one, small))
    assert kept.alternatives


def test_one_text_looks_on_one_market_and_says_so():
    claims = (unsaid(Predicate.DIRECTION, direction=1), unsaid(Predicate.LEVEL, **level(2.25)))
    assert meant(*claims) == [("JP", False), ("JP", False)]
    assert meant(*claims, unsaid(Predicate.LEVEL, **level(4.24))) == [
        ("US", True), ("US", True), ("US", True),
    ]  # fmt: skip


def test_what_is_said_stays_as_it_is():
    named = claim(
        Predicate.LEVEL, measure="government_yield", tenor="10Y", period=DAY, **level(4.24)
    )
    assert resolved((named,), lambda _: pytest.fail("nothing to find")) == (named,)


HOLDINGS = Made(
    {
        ("treasury_holdings", who, ""): [
            line([before, last], last=Period.month(2025, 11), unit="USD bn", series=f"tic/holdings/{who}")
        ]
        for who, before, last in (("all", 9000, 9100), ("NO", 210, 215), ("CL", 210, 214))
    }
)  # fmt: skip


def carried(billions, *, among=("all", "NO", "CL")):
    """A level of the first of those who may be meant, or else of the others."""
    base = {"measure": "treasury_holdings", "subject": among[0], "period": Period.month(2025, 11)}
    told = Quantity(billions * 1e9, (billions - 0.4) * 1e9, (billions + 0.4) * 1e9, "USD")
    first = claim(Predicate.LEVEL, **base, quantity=told)
    others = tuple(replace(first, subject=who, confidence=0.5) for who in among[1:])
    return replace(first, alternatives=others)


def whose(*claims):
    return [one.subject for one in resolved(claims, lambda one: find(one, HOLDINGS))]


def test_a_level_tells_which_holder_a_text_goes_on_about():
    assert whose(carried(215)) == ["NO"]
    assert whose(carried(9100)) == ["all"]
    assert whose(carried(215), carried(33)) == ["NO", "NO"]


def test_those_who_may_be_meant_are_told_apart_by_who_they_are():
    assert whose(carried(215), carried(33, among=("all", "CL"))) == ["NO", "all"]
    assert whose(carried(215), carried(214)) == ["all", "all"]
