"""Records, since-when, streaks: against the plainest possible computation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures import history

values = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=40)


@given(values, st.data(), st.sampled_from(["high", "low"]))
def test_standing_is_what_a_plain_loop_finds(series, data, extreme):
    index = data.draw(st.integers(0, len(series) - 1))
    place = history.standing(series, index, extreme)
    sign = 1 if extreme == "high" else -1
    beyond = [k for k in range(index) if sign * series[k] >= sign * series[index]]
    assert place.beaten_at == (beyond[-1] if beyond else None)
    if beyond:
        assert place.tied == (series[beyond[-1]] == series[index])
    if index:
        best = max(sign * v for v in series[:index])
        assert sign * series[place.best_at] == best
    else:
        assert place.best_at is None


@given(values, st.data())
def test_streak_is_the_run_of_one_sign(series, data):
    index = data.draw(st.integers(0, len(series) - 1))
    run = history.streak(series, index)
    assert abs(run) <= index + 1
    inside = series[index - abs(run) + 1 : index + 1]
    assert all(v * run > 0 for v in inside)
    if run and abs(run) <= index:
        assert series[index - abs(run)] * run <= 0
    if not run:
        assert series[index] == 0


def test_a_missing_value_ends_a_streak():
    assert history.streak([1.0, math.nan, 2.0, 3.0], 3) == 2
    assert history.streak([math.nan], 0) == 0


def test_usual_change_is_the_median_of_the_window():
    assert history.usual_change([0.0, 1.0, 3.0, 3.5], 3) == 1.0
    assert history.usual_change([0.0, 100.0, 101.0, 103.0], 3, window=2) == 1.5
    assert history.usual_change([7.0], 0) == 0.0
    assert history.usual_change([9.0, 0.0, 1.0, 4.0, 5.0, 9.0], 5, stride=2) == 4.5
    assert history.usual_change([0.0, 9.0, 4.0, 9.0, 9.0], 4, window=1, stride=2) == 5.0
    assert history.usual_change([0.0, 9.0], 1, stride=2) == 0.0


def test_share_at_least_counts_sizes_of_either_sign():
    assert history.share_at_least([1.0, -4.0, 2.0, math.nan], 2.0) == 2 / 3
    assert history.share_at_least([], 1.0) == 0.0


def test_differences_keep_the_indices():
    found = history.differences([1.0, 4.0, 2.0])
    assert math.isnan(found[0])
    assert found[1:] == [3.0, -2.0]


@given(values, st.data())
def test_percentile_is_a_plain_count(series, data):
    index = data.draw(st.integers(0, len(series) - 1))
    below = [v for v in series[: index + 1] if v <= series[index]]
    assert history.percentile(series, index) == 100 * len(below) / (index + 1)


def test_percentile_leaves_missing_values_out():
    assert history.percentile([math.nan, 1.0, 2.0], 2) == 100
    assert history.percentile([1.0, math.nan, 0.0], 2) == 50
    assert math.isnan(history.percentile([math.nan], 0))
    assert history.percentile([9.0, 1.0, 2.0], 2, first=1) == 100


def test_a_revision_is_from_the_first_print_to_the_latest():
    found = history.revision([888.5, 889.0, 879.8])
    assert (found.first, found.latest, found.prints) == (888.5, 879.8, 3)
    assert round(found.change, 1) == -8.7
    with pytest.raises(ValueError, match="no vintage"):
        history.revision([])
