"""Response surfaces against brute force over all windows."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from saiken.measures.surfaces import (
    Response,
    change_surface,
    flow_surface,
    record_surface,
    sensible_spans,
)

PRINTED = st.lists(st.integers(-60, 60).map(lambda n: n / 10), min_size=2, max_size=25)


def exact(values: list[float]) -> list[Decimal]:
    """What was printed, in decimals: the arithmetic of the brute force has no rounding."""
    return [Decimal(str(value)) for value in values]


def counts(strengths: dict[tuple[int, int], Decimal], own: Decimal) -> dict[int, tuple[int, int]]:
    """Of each span: windows at least as strong (the same way), and windows."""
    found: dict[int, tuple[int, int]] = {}
    sign = 1 if own > 0 else -1
    for (_, span), strength in strengths.items():
        strong, windows = found.get(span, (0, 0))
        found[span] = (strong + (strength * sign >= own * sign), windows + 1)
    return found


def told(response: Response) -> dict[int, tuple[int, int]]:
    return {int(span): response.at(int(span)) for span in response.spans}


@given(values=PRINTED, data=st.data())
def test_changes_are_counted_as_by_brute_force(values: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(1, len(values) - 1))
    span = data.draw(st.integers(1, index))
    printed = exact(values)
    own = printed[index] - printed[index - span]
    if own == 0:
        with pytest.raises(ValueError, match="no change"):
            change_surface(values, index, span)
        return
    strengths = {
        (end, width): printed[end] - printed[end - width]
        for end in range(len(values))
        for width in range(1, end + 1)
    }
    response = change_surface(values, index, span)
    expected = counts(strengths, own)
    assert told(response) == expected
    assert response.strength == pytest.approx(float(own))
    weaker = sum(windows - strong for strong, windows in expected.values())
    assert response.uniqueness == pytest.approx(weaker / len(strengths))
    assert 0 < response.robustness <= 1


@given(values=st.lists(st.integers(1, 60), min_size=2, max_size=25), data=st.data())
def test_relative_changes_are_counted_as_by_brute_force(
    values: list[int], data: st.DataObject
) -> None:
    index = data.draw(st.integers(1, len(values) - 1))
    span = data.draw(st.integers(1, index))
    assume(values[index] != values[index - span])
    sign = 1 if values[index] > values[index - span] else -1
    response = change_surface(values, index, span, relative=True)
    for width in range(1, len(values)):
        strong = sum(
            sign * values[end] * values[index - span] >= sign * values[end - width] * values[index]
            for end in range(width, len(values))
        )
        assert response.at(width) == (strong, len(values) - width)


@given(values=PRINTED, data=st.data())
def test_flows_are_counted_as_by_brute_force(values: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(values) - 1))
    span = data.draw(st.integers(1, index + 1))
    printed = exact(values)
    own = sum(printed[index - span + 1 : index + 1], Decimal(0))
    assume(own != 0)
    strengths = {
        (end, width): sum(printed[end - width + 1 : end + 1], Decimal(0))
        for end in range(len(values))
        for width in range(1, end + 2)
    }
    assert told(flow_surface(values, index, span)) == counts(strengths, own)


@given(values=PRINTED, data=st.data(), extreme=st.sampled_from(["high", "low"]))
def test_records_are_counted_as_by_brute_force(
    values: list[float], data: st.DataObject, extreme: str
) -> None:
    index = data.draw(st.integers(0, len(values) - 1))

    def beats(end: int) -> int:
        for back in range(1, end + 1):
            earlier, here = values[end - back], values[end]
            if (earlier >= here) if extreme == "high" else (earlier <= here):
                return back
        return end + 1

    runs = [beats(end) for end in range(len(values))]
    response = record_surface(values, index, extreme)
    assert response.span == runs[index]
    for span in range(1, len(values) + 1):
        strong = sum(run >= span for run in runs)
        assert response.at(span) == (strong, len(values) - span + 1)


def test_a_long_daily_series_is_counted_as_by_brute_force() -> None:
    steps = np.random.default_rng(7).normal(0, 0.03, 3000)
    values = np.round(4 + np.cumsum(steps), 3)
    digits = np.rint(values * 1000).astype(np.int64)
    response = change_surface(values, 2900, 250)
    moved = digits[:, None] - digits[None, :]
    own = int(moved[2900, 2650])
    strong = moved >= own if own > 0 else moved <= own
    for span in (1, 2, 250, 1000, 2999):
        assert response.at(span)[0] == int(np.trace(strong, offset=-span))
    below = np.tril(np.ones_like(strong), -1)
    assert int(response.as_strong.sum()) == int((strong & below).sum())


def test_robustness_follows_the_paper() -> None:
    steady = change_surface(np.arange(200.0), 150, 10)
    spike = change_surface([0.0] * 100 + [9.0] + [0.0] * 100, 100, 1)
    assert steady.robustness > 0.8
    assert spike.robustness < 0.45
    assert spike.at(1) == (1, 200)
    # One near window of sensibility exp(-1/2) on either side, with nothing left of the claim.
    record = record_surface([1.0, 0.0, 5.0, 4.0, 3.0], 2, "high")
    assert record.strength == 3
    runs, ends = [1, 1, 3, 1, 1], range(5)
    weights = [math.exp(-(((end - 2) / 2) ** 2) / 2) for end in ends]
    weaker = [min(0.0, (run - 3) / 3) ** 2 for run in runs]
    pairs = zip(weights, weaker, strict=True)
    assert record.robustness == pytest.approx(
        math.exp(-sum(weight * square for weight, square in pairs) / sum(weights))
    )


@pytest.mark.parametrize(
    ("index", "span"), [(0, 1), (5, 1), (2, 3), (2, -1)], ids=["start", "end", "before", "negative"]
)
def test_a_window_outside_the_series_is_an_error(index: int, span: int) -> None:
    with pytest.raises(ValueError, match="not inside 5 observations"):
        change_surface([1.0, 2.0, 3.0, 4.0, 5.0], index, span)


def test_other_bad_input_is_an_error() -> None:
    with pytest.raises(ValueError, match="above zero"):
        change_surface([1.0, -1.0], 1, 1, relative=True)
    with pytest.raises(ValueError, match="no change"):
        change_surface([2.0, 2.0], 1, 1, relative=True)
    with pytest.raises(ValueError, match=r"missing|finite"):
        change_surface([1.0, math.nan], 1, 1)


def test_large_figures_are_exact() -> None:
    dollars = [36_000_000_000_000.01, 36_000_000_000_000.02, 36_000_000_000_000.03]
    assert change_surface(dollars, 2, 1).at(1) == (2, 2)


def test_spans_that_people_speak_of() -> None:
    assert sensible_spans(range(1, 13), "M") == [1, 2, 3, 6, 12]
