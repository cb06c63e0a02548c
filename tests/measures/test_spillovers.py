"""VARs and variance decompositions: against statsmodels, against themselves, on bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures_files import reference_table

from saiken.measures import connectedness as c
from saiken.measures.vector_autoregression import fit_var, moving_average, rolling_var


def noise(rows: int, columns: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y = rng.standard_normal((rows, columns))
    for t in range(1, rows):
        y[t] += 0.4 * y[t - 1] + 0.2 * np.roll(y[t - 1], 1)
    return y @ (np.eye(columns) + 0.3)


def test_the_var_and_its_responses_are_those_of_statsmodels(shared):
    statsmodels = pytest.importorskip("statsmodels.tsa.vector_ar.var_model")
    y = reference_table(shared, "dy2012.csv")
    theirs, ours = statsmodels.VAR(y).fit(4), fit_var(y, 4)
    assert ours.coefficients == pytest.approx(theirs.coefs, abs=1e-10)
    assert ours.intercept == pytest.approx(theirs.intercept, abs=1e-9)
    assert ours.covariance == pytest.approx(theirs.sigma_u, abs=1e-12)
    assert moving_average(ours.coefficients, 11) == pytest.approx(theirs.ma_rep(10), abs=1e-10)
    table = c.connectedness(y, 4, 10, c.CHOLESKY).table
    assert table / 100 == pytest.approx(theirs.fevd(10).decomp[:, -1], abs=1e-10)


@pytest.mark.parametrize("kind", [c.GENERALISED, c.CHOLESKY])
def test_rolling_is_each_window_on_its_own(kind):
    y = noise(160, 3) * [1, 100, 1e-3] + [0, 1e4, 5]
    rolled = c.rolling_connectedness(y, 60, 2, 10, kind)
    assert rolled.table.shape == (101, 3, 3)
    for start in (0, 37, 100):
        alone = c.connectedness(y[start : start + 60], 2, 10, kind)
        assert rolled.table[start] == pytest.approx(alone.table, abs=1e-6)
        assert rolled.total[start] == pytest.approx(float(alone.total), abs=1e-6)


@given(st.integers(0, 50), st.integers(2, 5), st.integers(1, 3), st.integers(1, 12))
@settings(max_examples=25)
def test_tables_are_shares(seed, k, lags, horizon):
    for kind in (c.GENERALISED, c.CHOLESKY):
        found = c.connectedness(noise(120, k, seed), lags, horizon, kind)
        assert (found.table >= 0).all()
        assert found.table.sum(1) == pytest.approx([100] * k)
        assert found.net.sum() == pytest.approx(0, abs=1e-9)
        assert found.total == pytest.approx(found.given.mean())
        assert found.pairwise == pytest.approx(-found.pairwise.T)
        assert found.pairwise.sum(1) == pytest.approx(found.net)


def test_the_generalised_table_does_not_depend_on_order_or_units():
    y, order = noise(200, 4), [2, 0, 3, 1]
    plain = c.connectedness(y, 2, 10).table
    assert c.connectedness(y[:, order], 2, 10).table == pytest.approx(plain[np.ix_(order, order)])
    assert c.connectedness(y * [1, 1e3, 1e-3, 7], 2, 10).table == pytest.approx(plain)


def test_series_that_do_not_touch_are_not_connected():
    y = np.random.default_rng(1).standard_normal((20_000, 3))
    assert c.connectedness(y, 1, 10).total < 0.1


def test_bands_of_frequency_sum_to_the_whole():
    y = noise(300, 3)
    bands = [(2.0, 5.0), (5.0, 20.0), (20.0, np.inf)]
    parts = c.frequency_connectedness(y, 2, bands, horizon=80)
    whole = c.connectedness(y, 2, 80)
    assert sum(part.table for part in parts) == pytest.approx(whole.table)
    with pytest.raises(ValueError, match="overlaps"):
        c.frequency_connectedness(y, 2, [(2, 10), (5, 20)])


def test_slow_series_are_connected_at_low_frequencies():
    rng = np.random.default_rng(2)
    trend = np.zeros(3000)
    for t in range(1, 3000):
        trend[t] = 0.97 * trend[t - 1] + rng.standard_normal()
    y = trend[:, None] + 0.1 * rng.standard_normal((3000, 2))
    fast, slow = c.frequency_connectedness(y, 2, [(2, 10), (10, np.inf)])
    assert slow.total > 5 * fast.total


def test_without_forgetting_the_filter_ends_where_recursive_least_squares_does():
    y = noise(400, 2)
    y -= y.mean(0)
    a, covariance = c.tvp_var(y, 1, forgetting=(1.0, 1.0), prior=60)
    # A prior of weight (X'X) on the first rows, then each row once more from the start.
    x, target = y[:-1], y[1:]
    head = x[:59] - 0
    start = y[:60] - y[:60].mean(0)
    z, w = y[:-1] - y[:60].mean(0), y[1:] - y[:60].mean(0)
    prior = fit_var(y[:60], 1).coefficients[0]
    gram = start[:-1].T @ start[:-1]
    expected = np.linalg.solve(gram + z.T @ z, gram @ prior.T + z.T @ w).T
    assert head.shape == (59, 2)
    assert target.shape == x.shape
    assert a[-1, 0] == pytest.approx(expected, abs=1e-8)
    assert covariance[-1] == pytest.approx(covariance[0])


def test_the_filter_follows_a_change_that_one_var_cannot():
    rng = np.random.default_rng(5)
    y = rng.standard_normal((1200, 2))
    for t in range(1, 1200):
        y[t, 0] += (0.0 if t < 600 else 0.8) * y[t - 1, 1]
    total = c.tvp_connectedness(y, 1, 10, prior=200).total
    assert total[1100:].mean() > 3 * total[400:580].mean()


def test_tvp_uses_nothing_later_with_a_prior_of_its_own():
    y = noise(200, 3)
    whole = c.tvp_connectedness(y, 1, 10, prior=60).table
    part = c.tvp_connectedness(y[:150], 1, 10, prior=60).table
    assert part == pytest.approx(whole[:149])


def test_a_constant_window_is_nan_and_leaves_the_others_alone():
    y = noise(200, 3)
    y[80:140, 1] = 2.5
    found = c.rolling_connectedness(y, 40, 1, 10).table
    assert np.isnan(found[90]).all()
    assert found[0] == pytest.approx(c.connectedness(y[:40], 1, 10).table, abs=1e-6)
    assert np.isfinite(found[0]).all()
    assert np.isfinite(found[-1]).all()


@pytest.mark.parametrize(
    ("y", "lags", "says"),
    [
        (np.column_stack([noise(100, 2), np.ones(100)]), 1, "dependent"),
        (noise(100, 2)[:, [0, 1, 0]], 1, "dependent"),
        (np.full((50, 2), np.nan), 1, "missing"),
        (noise(1, 2), 1, "too few"),
        (noise(8, 3), 2, "at least"),
        (noise(50, 2), 0, "at least one lag"),
        (np.ones(20), 1, "shape"),
    ],
)
def test_what_no_var_can_be_fitted_to(y, lags, says):
    with pytest.raises(ValueError, match=says):
        c.connectedness(y, lags, 10)


def test_other_bad_input_says_so():
    with pytest.raises(ValueError, match="longer than"):
        rolling_var(noise(50, 2), 60, 1)
    with pytest.raises(ValueError, match="unknown decomposition"):
        c.connectedness(noise(60, 2), 1, 10, "structural")
    with pytest.raises(ValueError, match="horizon"):
        c.connectedness(noise(60, 2), 1, 0)
    with pytest.raises(ValueError, match="forgetting"):
        c.tvp_var(noise(60, 2), 1, forgetting=(1.1, 0.9))
    with pytest.raises(ValueError, match="singular"):
        c.decompose(np.eye(2)[None], np.zeros((2, 2)), c.CHOLESKY)
