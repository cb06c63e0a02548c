"""Local projections, quantiles, event studies: against oracles, simulated truth, bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.measures.projections import event_study, local_projection, quantile_projection
from saiken.measures.quantile_regression import quantile_errors, quantile_regression


@given(st.integers(0, 10_000), st.integers(12, 120), st.integers(1, 5), st.floats(0.03, 0.97))
@settings(max_examples=40)
def test_quantile_regression_is_the_linear_programme(seed, n, k, quantile):
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.standard_normal((n, k))])
    y = x @ rng.standard_normal(k + 1) + rng.standard_t(3, n)
    b = quantile_regression(x, y, quantile)
    u = y - x @ b
    cost = np.concatenate([np.zeros(k + 1), np.full(n, quantile), np.full(n, 1 - quantile)])
    best = optimize.linprog(
        cost,
        A_eq=np.hstack([x, np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * (k + 1) + [(0, None)] * (2 * n),
    )
    assert (u * (quantile - (u < 0))).sum() == pytest.approx(best.fun, rel=1e-6, abs=1e-6)


def test_the_quantile_of_a_constant_is_the_sample_quantile():
    y = np.random.default_rng(1).exponential(size=501)
    for q in (0.1, 0.5, 0.9):
        b = quantile_regression(np.ones((501, 1)), y, q)
        assert b[0] == pytest.approx(np.quantile(y, q, method="inverted_cdf"), abs=1e-4)


def test_quantile_errors_are_of_the_size_that_sampling_has():
    estimates, errors = [], []
    for seed in range(120):
        rng = np.random.default_rng(seed)
        x = np.column_stack([np.ones(300), rng.standard_normal(300)])
        y = x[:, 1] + rng.standard_normal(300)
        b = quantile_regression(x, y, 0.5)
        estimates.append(b[1])
        errors.append(quantile_errors(x, y - x @ b, 0.5, 0)[1])
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.25)


def test_a_quantile_must_be_one():
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile_regression(np.ones((5, 1)), np.arange(5.0), 1.0)


# -- local projections ------------------------------------------------------------------------------


def shocked(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """y_t = 0.8 y_{t-1} + 2 x_t + e_t: the response to x is 2·0.8^h."""
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal(n), rng.standard_normal(n)
    for t in range(n):
        y[t] += 2 * x[t] + (0.8 * y[t - 1] if t else 0)
    return y, x


def test_the_true_response_lies_in_the_band():
    y, x = shocked(3000)
    found = local_projection(y, x, 8, 1)
    truth = 2 * 0.8 ** np.arange(9)
    assert found.estimate == pytest.approx(truth, abs=0.25)
    assert ((found.low < truth) & (truth < found.high)).mean() > 0.7
    assert found.n == tuple(3000 - 2 - h for h in range(9))
    assert found.sample == (2, 2999)


def test_bands_cover_as_often_as_they_say():
    inside = []
    for seed in range(200):
        y, x = shocked(1000, seed)
        found = local_projection(y, x, 4, 1)
        inside.append(abs(found.estimate[4] - 2 * 0.8**4) < found.high[4] - found.estimate[4])
    assert 0.84 < np.mean(inside) < 0.95


def test_a_quantile_response_differs_where_the_tails_do():
    """The shock widens the distribution: the upper tail moves up, the lower one down."""
    rng = np.random.default_rng(3)
    x = np.abs(rng.standard_normal(4000))
    y = (1 + x) * rng.standard_normal(4000)
    low, middle, high = quantile_projection(y, x, 0, 0)
    assert (low.quantile, middle.quantile, high.quantile) == (0.1, 0.5, 0.9)
    assert low.estimate[0] == pytest.approx(-1.2816, abs=0.25)
    assert middle.estimate[0] == pytest.approx(0, abs=0.15)
    assert high.estimate[0] == pytest.approx(1.2816, abs=0.25)
    assert low.high[0] < 0 < high.low[0]


@given(st.sets(st.integers(0, 299), max_size=30))
@settings(max_examples=20)
def test_gaps_are_left_out_and_counted(holes):
    y, x = shocked(300)
    y[list(holes)] = np.nan
    found = local_projection(y, x, 2, 1)
    known = np.isfinite(y)
    whole = sum(known[t] and known[t - 1] and known[t - 2] for t in range(2, 300))
    assert found.n[0] == whole
    assert np.isfinite(found.estimate).all()


@pytest.mark.parametrize(
    ("y", "x", "says"),
    [
        (np.arange(50.0), np.ones(50), "dependent"),
        (np.arange(50.0), np.zeros(50), "zeros"),
        (np.arange(50.0), np.arange(40.0), "unequal calendars"),
        ([1.0], [2.0], "too few"),
        (np.full(50, np.nan), np.arange(50.0), "too few"),
    ],
)
def test_what_has_no_response(y, x, says):
    with pytest.raises(ValueError, match=says):
        local_projection(y, x, 2, 1)
    with pytest.raises(ValueError, match=says):
        quantile_projection(y, x, 2, 1)


def test_a_constant_response_does_not_respond():
    found = local_projection(np.full(60, 3.0), np.random.default_rng(0).standard_normal(60), 1, 0,
                             augmented=False)  # fmt: skip
    assert found.estimate == pytest.approx([0, 0], abs=1e-9)


# -- event studies ----------------------------------------------------------------------------------


def test_a_jump_at_the_events_is_found():
    rng = np.random.default_rng(9)
    x = rng.standard_normal(2000) * 0.1
    events = [300, 700, 1100, 1500]
    x[events] += 1.0
    found = event_study(x, [*events, 5, 1999])
    assert found.used == tuple(events)
    assert found.left_out == (5, 1999)
    day = found.offsets.index(0)
    assert found.mean[day] == pytest.approx(1.0, abs=0.2)
    assert found.cumulative[-1] == pytest.approx(found.mean.sum())
    assert found.cumulative[day] > 3 * found.error[day]
    assert abs(found.mean[0]) < 0.2


def test_the_error_is_that_of_quiet_days():
    ends = []
    for seed in range(300):
        x = np.random.default_rng(seed).standard_normal(200)
        found = event_study(x, [150], estimation=120)
        ends.append(found.cumulative[-1] / found.error[-1])
    assert np.std(ends) == pytest.approx(1.0, abs=0.15)


def test_no_event_with_a_full_window_is_an_error():
    with pytest.raises(ValueError, match="no event"):
        event_study([1.0], [0])
    with pytest.raises(ValueError, match="windows"):
        event_study(np.zeros(10), [5], before=-1)
