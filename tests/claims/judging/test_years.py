"""Annual figures over several years: all of them, or their mean."""

from __future__ import annotations

import math

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

AVERAGE, EVERY = frozenset({"average"}), frozenset({"every"})


def years(first: int, last: int = 2024) -> Period:
    return Period(Period.year(first).start, Period.year(last).end)


def above(value: float) -> Quantity:
    return Quantity(value, value, math.inf, "%")


def judged(quantity: Quantity, **fields: object) -> Verdict:
    """A claim on ratios of 10, 20 and 36 per cent in the years to 2024."""
    ratios = line(
        [10.0, 20.0, 36.0], last=Period.year(2024), unit="% of GDP", kind="ratio", half=0.05
    )
    told = claim(Predicate.LEVEL, measure="debt_ratio", quantity=quantity, **fields)
    return judge_claim(told, Made({("debt_ratio", "JP", ""): [ratios]}))


@pytest.mark.parametrize(
    ("quantity", "fields", "expected", "reason"),
    [
        (above(21), {"period": years(2022), "scope": AVERAGE}, Ruling.SUPPORTED, "The average was"),
        (above(22), {"period": years(2022), "scope": AVERAGE}, Ruling.REFUTED, "The average was"),
        (above(21), {"period": years(2021), "scope": AVERAGE}, Ruling.NOT_COVERED, ""),
        (above(9), {"period": years(2022)}, Ruling.SUPPORTED, "In every year: from 10"),
        (above(9), {"period": years(2021)}, Ruling.NOT_COVERED, ""),  # and the year before?
        (
            above(15),
            {"period": years(2022)},
            Ruling.AMBIGUOUS,
            "It was so in some of those years only: 20 %",
        ),
        (above(15), {"period": years(2022), "scope": EVERY}, Ruling.REFUTED, "The official figure"),
        (above(40), {"period": years(2022)}, Ruling.REFUTED, "The official figure"),
        (above(19), {"since": Period.year(2023)}, Ruling.SUPPORTED, "In every year: from 20"),
        (above(30), {"period": Period.year(2024)}, Ruling.SUPPORTED, "36 % of GDP in 2024"),
    ],
)
def test_years_bear_out_what_each_of_them_or_their_mean_does(quantity, fields, expected, reason):
    found = judged(quantity, **fields)
    assert found.ruling is expected
    assert found.reasons[0].startswith(reason)
