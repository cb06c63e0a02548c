"""A total of interventions is told at the end of a month, those of a day with the quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made import Made, claim, line

from saiken.archive.view import Availability
from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.judging.flow import told
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity


@pytest.mark.parametrize(
    ("first", "as_of", "expected"),
    [
        (date(2026, 4, 28), date(2026, 5, 29), (Ruling.NOT_COVERED, "not_at_hand")),
        (date(2026, 4, 28), date(2026, 5, 28), (Ruling.NOT_PUBLISHED_YET, "")),
        (date(2026, 5, 27), date(2026, 5, 29), (Ruling.NOT_PUBLISHED_YET, "")),  # of a day, none
    ],
)
def test_a_total_that_is_out_but_not_held_is_not_said_to_be_unpublished(first, as_of, expected):
    acts = line(
        [5000.0],
        last=Period.day(date(2025, 7, 11)),
        unit="JPY bn",
        kind="flow",
        half=0.05,
        series="mof/intervention/USDJPY",
        sparse=True,
    )
    acts = replace(acts, availability=lambda _: Availability.NOT_PUBLISHED)
    evidence = Made({("fx_intervention", "JP", ""): [acts]}, dated=as_of)
    evidence.as_of = as_of
    asked = claim(
        Predicate.FLOW,
        measure="fx_intervention",
        period=Period(first, date(2026, 5, 27)),
        direction=1,
        quantity=Quantity(4e12, 3.95e12, 4.05e12, "JPY"),
    )
    found = judge_claim(asked, evidence)
    assert (found.ruling, found.code) == expected


def test_seven_days_of_operations_are_told_by_their_days():
    days = [date(2026, 4, 30), date(2026, 5, 4), date(2026, 5, 6)]
    acts = line([6278.7, 780.2, 4675.9], last=Period.day(days[-1]), unit="JPY bn", kind="flow")
    ordinals = [day.toordinal() for day in days]
    acts = replace(acts, starts=ordinals, ends=ordinals, frequency="D", sparse=True)
    assert told(11734.8, acts, range(3)).endswith("from 30 April 2026 to 6 May 2026")
    assert told(6278.7, acts, range(1)).endswith("on 30 April 2026")
