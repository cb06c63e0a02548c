"""The edges of comparisons that state by how much: in money, in per cent, in what no series counts."""

from __future__ import annotations

import math

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

NOV = Period.month(2025, 11)

TWO = holdings(line([160.0]), GB=line([100.0]))


def against(quantity: Quantity | None, direction: int = 1, evidence: Made = TWO) -> Verdict:
    told = claim(Predicate.COMPARISON, quantity=quantity, direction=direction, versus=("GB",))
    return judge_claim(told, evidence)


def percent(value: float, half: float = 0.5) -> Quantity:
    return Quantity(value, value - half, value + half, "%")


@pytest.mark.parametrize(
    ("quantity", "direction", "expected"),
    [
        (percent(60), 1, Ruling.SUPPORTED),
        (percent(60.6), 1, Ruling.SUPPORTED),  # which may be 60.1, as may 160.05 over 99.95
        (percent(61), 1, Ruling.REFUTED),
        (percent(35, 1), 1, Ruling.REFUTED),
        (Quantity(60.1, 60.1, math.inf, "%"), 1, Ruling.REFUTED),
        (Quantity(59.9, 59.9, math.inf, "%"), 1, Ruling.SUPPORTED),
        (percent(-60), -1, Ruling.REFUTED),
        (dollars(60), 1, Ruling.SUPPORTED),
        (dollars(35), 1, Ruling.REFUTED),
        (None, 1, Ruling.SUPPORTED),
        (None, -1, Ruling.REFUTED),
    ],
)
def test_by_how_much_is_held_to_the_gap(quantity, direction, expected):
    assert against(quantity, direction).ruling is expected


def test_the_gap_is_told_in_the_unit_of_the_text():
    assert against(percent(35)).reasons[0].endswith("a gap of 60 %.")
    assert against(dollars(35)).reasons[0].endswith("a gap of $60.0 bn.")


def test_of_ratios_per_cent_are_points():
    ratios = {
        ("debt_ratio", "JP", ""): [line([230.0], unit="% of GDP", kind="ratio", half=0.05)],
        ("debt_ratio", "GB", ""): [line([100.0], unit="% of GDP", kind="ratio", half=0.05)],
    }
    for value, expected in ((130.0, Ruling.SUPPORTED), (57.0, Ruling.REFUTED)):
        told = claim(
            Predicate.COMPARISON, measure="debt_ratio", versus=("GB",), direction=1,
            quantity=Quantity(value, value - 0.5, value + 0.5, "pp"),
        )  # fmt: skip
        assert judge_claim(told, Made(ratios)).ruling is expected


@pytest.mark.parametrize(
    ("parts", "period", "direction", "expected"),
    [
        ([30.0, 40.0], NOV, 1, Ruling.SUPPORTED),
        ([30.0, 40.0], NOV, -1, Ruling.REFUTED),
        ([40.0, 40.0], NOV, -1, Ruling.REFUTED),  # it did not move
        ([40.0, 40.0], NOV, None, Ruling.SUPPORTED),
        ([50.0, *[39.0] * 11, 40.0], NOV, -1, Ruling.REFUTED),
        ([50.0, *[39.0] * 11, 40.0], None, -1, Ruling.SUPPORTED),  # on the year
        ([40.0, *[39.0] * 11, 40.0], None, -1, Ruling.REFUTED),
        ([40.0], NOV, 1, Ruling.SUPPORTED),  # nothing to have moved from
    ],
)
def test_a_share_went_the_way_it_is_told_to_have_gone(parts, period, direction, expected):
    evidence = holdings(line(parts), all=line([100.0] * len(parts)))
    told = claim(
        Predicate.SHARE, versus=("all",), period=period, direction=direction,
        quantity=Quantity(0.4, 0.395, 0.405, "ratio"),
    )  # fmt: skip
    assert judge_claim(told, evidence).ruling is expected


def test_what_the_series_do_not_count_is_not_taken_for_borne_out():
    verdict = against(Quantity(3, 2.5, 3.5, "contracts"))
    assert (verdict.ruling, verdict.code) == (Ruling.NOT_COVERED, "unit")
