"""What no fixing bears out, but may have traded: within half a per cent of one."""

from __future__ import annotations

import math
from datetime import date

import pytest
from made import Made, claim, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

DAY = Period.day(date(2026, 1, 23))
CLOSED, ENDED = frozenset({"close"}), frozenset({"period_end"})


def judged(
    predicate: Predicate, quantity: Quantity, measure: str = "exchange_rate", **fields: object
) -> Ruling:
    """A claim on a price that was fixed at 160, and at 200 the day after."""
    fixed = line([160.0, 200.0], last=DAY, unit="JPY per USD", kind="price", half=0.0)
    told = claim(predicate, subject="X", measure=measure, quantity=quantity, **fields)
    return judge_claim(told, Made({(measure, "X", ""): [fixed]})).ruling


def about(value: float) -> Quantity:
    return Quantity(value, value - 0.25, value + 0.25, "")


@pytest.mark.parametrize(
    ("stated", "fields", "expected"),
    [
        (200.25, {}, Ruling.SUPPORTED),
        (201.25, {}, Ruling.NOT_COVERED),
        (201.26, {}, Ruling.REFUTED),
        (198.75, {}, Ruling.NOT_COVERED),
        (198.74, {}, Ruling.REFUTED),
        (201.0, {"scope": CLOSED}, Ruling.NOT_COVERED),  # a close is of another hour
        (201.0, {"scope": ENDED}, Ruling.NOT_COVERED),
        (201.26, {"scope": CLOSED}, Ruling.REFUTED),
        (201.0, {"measure": "volatility_index"}, Ruling.REFUTED),
        (201.0, {"polarity": False}, Ruling.NOT_COVERED),
        (201.26, {"polarity": False}, Ruling.SUPPORTED),
    ],
)
def test_a_rate_may_have_stood_near_its_fixing(stated, fields, expected):
    assert judged(Predicate.LEVEL, about(stated), period=DAY, **fields) is expected


@pytest.mark.parametrize(
    ("mark", "fields", "expected"),
    [
        (199.0, {}, Ruling.SUPPORTED),
        (200.0, {}, Ruling.NOT_COVERED),
        (201.0, {}, Ruling.NOT_COVERED),
        (201.01, {}, Ruling.REFUTED),
        (201.0, {"scope": CLOSED}, Ruling.NOT_COVERED),
        (201.01, {"scope": CLOSED}, Ruling.REFUTED),
        (201.0, {"measure": "volatility_index"}, Ruling.REFUTED),
        (201.0, {"polarity": False}, Ruling.NOT_COVERED),
        (201.0, {"polarity": False, "period": None, "ever": True}, Ruling.NOT_COVERED),
        (201.01, {"polarity": False, "period": None, "ever": True}, Ruling.SUPPORTED),
    ],
)
def test_a_rate_may_have_crossed_a_line_near_its_fixing(mark, fields, expected):
    told = {"direction": 1, "period": DAY} | fields
    above = Quantity(mark, mark, math.inf, "")
    assert judged(Predicate.THRESHOLD, above, **told) is expected


@pytest.mark.parametrize(
    ("change", "fields", "expected"),
    [
        (40.25, {}, Ruling.SUPPORTED),
        (42.05, {}, Ruling.NOT_COVERED),  # 0.8 beside the one fixing, 1 beside the other
        (42.06, {}, Ruling.EXAGGERATED),
        (37.95, {}, Ruling.NOT_COVERED),
        (37.94, {}, Ruling.REFUTED),
        (42.0, {"scope": CLOSED}, Ruling.NOT_COVERED),  # from close to close is between no fixings
        (42.0, {"measure": "volatility_index"}, Ruling.EXAGGERATED),
    ],
)
def test_a_rate_may_have_moved_by_more_or_less_than_its_fixings(change, fields, expected):
    assert judged(Predicate.CHANGE, about(change), period=DAY, **fields) is expected


@pytest.mark.parametrize(
    ("mark", "scope", "expected"),
    [
        (5.02, {"crossed"}, Ruling.NOT_COVERED),  # a usual day's change above the close
        (5.021, {"crossed"}, Ruling.REFUTED),
        (5.02, set(), Ruling.REFUTED),
        (5.02, {"crossed", "close"}, Ruling.REFUTED),
        (4.99, {"crossed"}, Ruling.SUPPORTED),
    ],
)
def test_a_yield_moved_to_within_a_usual_day_s_change_of_a_line_may_have_crossed_it(
    mark, scope, expected
):
    closes = line([4.98, 5.0, 4.98, 5.0], last=DAY, unit="%", kind="rate", half=0.0)
    above = {"quantity": Quantity(mark, mark, math.inf, "%"), "direction": 1, "period": DAY}
    told = claim(
        Predicate.THRESHOLD,
        measure="government_yield",
        tenor="10Y",
        scope=frozenset(scope),
        **above,
    )
    evidence = Made({("government_yield", "JP", "10Y"): [closes]})
    assert judge_claim(told, evidence).ruling is expected
