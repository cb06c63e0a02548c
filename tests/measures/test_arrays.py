"""Calendars that differ, values that are missing, regressors that depend on each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures.arrays import align, carried, least_squares, matrix, same_length, vector

days = st.lists(st.integers(1, 60), unique=True, min_size=1, max_size=40)


@given(days, days)
def test_aligned_dates_are_those_of_both(first, second):
    a, b = np.array(first), np.array(second)
    common = sorted({*first} & {*second})
    if not common:
        with pytest.raises(ValueError, match="no date in common"):
            align((a, a * 1.0), (b, b * 2.0))
        return
    found, table = align((a, a * 1.0), (b, b * 2.0))
    assert found.tolist() == common
    assert table[:, 0].tolist() == common
    assert table[:, 1].tolist() == [2 * d for d in common]


def test_a_missing_value_is_no_observation():
    found, table = align(([1, 2, 3], [1.0, np.nan, 3.0]), ([3, 2, 1], [30.0, 20.0, 10.0]))
    assert found.tolist() == [1, 3]
    assert table.tolist() == [[1, 10], [3, 30]]
    with pytest.raises(ValueError, match="twice"):
        align(([1, 1], [1.0, 2.0]))
    with pytest.raises(ValueError, match="go together"):
        align(([1, 2], [1.0]))
    with pytest.raises(ValueError, match="no series"):
        align()


@given(days, st.integers(0, 70), st.one_of(st.none(), st.integers(0, 20)))
def test_carried_is_the_last_one_known(held, onto, longest):
    ordered = sorted(held)
    found = carried(ordered, [float(d) for d in ordered], [onto], longest)[0]
    known = [d for d in ordered if d <= onto and (longest is None or onto - d <= longest)]
    assert found == known[-1] if known else np.isnan(found)


def test_carrying_nothing_gives_nothing():
    assert np.isnan(carried([], [], [1, 2])).all()
    assert carried([1, 2], [5.0, np.nan], [2]).tolist() == [5.0]


def test_shapes_and_gaps_are_named():
    with pytest.raises(ValueError, match=r"rates must be one series of shape \(T,\)"):
        vector([[1.0]], "rates")
    with pytest.raises(ValueError, match="rates has 1 missing"):
        vector([1.0, np.nan], "rates")
    with pytest.raises(ValueError, match="table of shape"):
        matrix([1.0], "rates")
    with pytest.raises(ValueError, match="a 1, b 2"):
        same_length(a=np.ones(1), b=np.ones(2))


@given(st.integers(0, 1000), st.floats(1e-6, 1e6))
def test_least_squares_does_not_mind_units(seed, unit):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((30, 3)), rng.standard_normal(30)
    plain = least_squares(x, y)
    assert plain == pytest.approx(np.linalg.lstsq(x, y, rcond=None)[0])
    scaled = least_squares(x * [1, unit, 1], y)
    assert scaled * [1, unit, 1] == pytest.approx(plain, rel=1e-6)


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (np.ones((5, 2)), "dependent"),
        (np.zeros((5, 1)), "zeros"),
        (np.ones((1, 2)), "too few"),
    ],
)
def test_dependent_regressors_are_refused(x, says):
    with pytest.raises(ValueError, match=says):
        least_squares(x, np.ones(len(x)))
