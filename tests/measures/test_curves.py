"""Curves: recovery of what was put in, inverse conversions, gaps and shapes that do not fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from measures_files import kernel_ridge_bonds

from saiken.measures import curves
from saiken.measures.kernel_ridge import fit_kernel_ridge, kernel, yield_to_maturity

TENORS = np.array([1.0, 2, 3, 5, 7, 10, 15, 20, 30, 40])
betas = st.tuples(st.floats(1, 6), st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3))
rates = st.lists(st.floats(-0.5, 8), min_size=1, max_size=60)


@given(betas, st.floats(0.5, 3), st.floats(5, 25))
@example((1.0, 0.0, 3.0, 3.0), 0.5, 9.0)  # the grid's best pair is not near it
@settings(max_examples=60)
def test_a_svensson_curve_is_found_again(beta, tau1, tau2):
    truth = curves.Svensson(beta, (tau1, tau2)).zero(TENORS)
    assert curves.fit_svensson(TENORS, truth).rmse < 0.1


@given(betas, st.floats(0.5, 10))
@settings(max_examples=30)
def test_nelson_siegel_is_found_again(beta, tau):
    curve = curves.Svensson((*beta[:3], 0.0), (tau, None))
    found = curves.fit_nelson_siegel(TENORS, curve.zero(TENORS))
    assert found.rmse < 0.05
    assert found.curve.tau[1] is None


def test_forward_rates_are_the_derivative_of_yield_times_maturity():
    curve = curves.Svensson((2.5, 1.2, -1.0, 3.0), (1.1, 9.0))
    m, h = np.array([0.5, 2.0, 7.0, 25.0]), 1e-5
    slope = ((m + h) * curve.zero(m + h) - (m - h) * curve.zero(m - h)) / (2 * h)
    assert curve.forward(m) == pytest.approx(slope, abs=1e-6)
    assert curve.forward([0.0]) == pytest.approx([2.5 + 1.2])


@given(rates)
def test_par_and_zero_yields_are_inverse(zero):
    back = curves.zero_from_par(curves.par_from_zero(zero))
    assert back == pytest.approx(np.array(zero), abs=1e-6)


@given(rates)
def test_forwards_compound_to_the_zero_yield(zero):
    m = np.arange(1, len(zero) + 1) / 2
    forward = curves.forward_from_zero(m, zero)
    assert np.cumsum(forward * 0.5) / m == pytest.approx(np.array(zero), abs=1e-9)
    assert curves.zero_from_discount(m, curves.discount_from_zero(m, zero)) == pytest.approx(zero)


def test_a_flat_curve_has_equal_par_zero_and_forward_rates():
    flat = curves.Svensson((3.0, 0.0, 0.0, 0.0), (1.0, 2.0))
    assert flat.zero([1, 30]) == pytest.approx([3, 3])
    assert flat.par([1, 30]) == pytest.approx([200 * np.expm1(0.015)] * 2)
    with pytest.raises(ValueError, match="whole periods"):
        flat.par([0.3])


def test_slope_and_butterfly_signs():
    assert curves.slope([3.0], [1.0]) == [2.0]
    assert curves.butterfly([1.0], [3.0], [4.0]) == [1.0]
    assert np.isnan(curves.slope([np.nan], [1.0])[0])


@given(st.integers(0, 9), st.integers(0, 4))
@settings(max_examples=20)
def test_a_kink_raises_the_index_and_gaps_do_not_break_it(node, gaps):
    smooth = curves.Svensson((2.0, -1.0, 1.0, 2.0), (1.5, 8.0)).zero(TENORS)
    kinked = smooth.copy()
    kinked[node] += 0.2
    gappy = smooth.copy()
    gappy[:gaps] = np.nan
    empty = np.full_like(smooth, np.nan)
    found = curves.kink_index(TENORS, np.stack([smooth, kinked, gappy, empty])).rmse
    assert found[1] > found[0]
    assert np.isfinite(found[2])
    assert np.isnan(found[3])


def test_freeing_tau_never_fits_worse():
    rng = np.random.default_rng(3)
    yields = 2 + np.cumsum(rng.standard_normal((40, len(TENORS))) * 0.2, axis=1)
    tau = curves.tau_grid(high=curves.TAU_FREE)
    grid = curves.kink_index(TENORS, yields, tau=tau).rmse
    assert (curves.kink_index(TENORS, yields, free=True).rmse <= grid + 1e-9).all()


def test_the_projection_is_what_least_squares_leaves():
    rng = np.random.default_rng(4)
    y = rng.standard_normal((3, len(TENORS)))
    found = curves.kink_index(TENORS, y)
    for row in range(3):
        x = np.column_stack(
            [np.ones(len(TENORS)), *_regressors(float(found.tau1[row]), float(found.tau2[row]))]
        )
        residual = y[row] - x @ np.linalg.lstsq(x, y[row], rcond=None)[0]
        assert found.rmse[row] == pytest.approx(100 * np.sqrt(np.mean(residual**2)), rel=1e-6)


def _regressors(tau1: float, tau2: float) -> list[np.ndarray]:
    x, z = TENORS / tau1, TENORS / tau2
    return [
        (1 - np.exp(-x)) / x,
        (1 - np.exp(-x)) / x - np.exp(-x),
        (1 - np.exp(-z)) / z - np.exp(-z),
    ]


@pytest.mark.parametrize(
    ("maturity", "yields", "says"),
    [
        ([1, 2, 3], [1.0, 2.0], "2 yields for 3 maturities"),
        ([1, 2, 3, 5, 7, 10], [1, 2, np.nan, 3, 4, 5], "5 yields known"),
        ([0, 1, 2, 3, 5, 7], [1, 2, 3, 4, 5, 6], "positive"),
    ],
)
def test_what_cannot_be_fitted_says_so(maturity, yields, says):
    with pytest.raises(ValueError, match=says):
        curves.fit_svensson(maturity, yields)


# -- kernel ridge -----------------------------------------------------------------------------------


def test_the_kernel_is_the_integral_that_it_stands_for():
    u = np.linspace(0, 400, 400_001)
    for x, y in [(1.0, 1.0), (2.0, 9.0), (30.0, 0.5)]:
        weight = np.minimum(x, u) * np.minimum(y, u) * np.exp(-0.05 * u)
        assert kernel([x], [y])[0, 0] == pytest.approx(np.trapezoid(weight, u), rel=1e-6)


def test_the_curve_solves_the_ridge_problem(shared):
    """Against the plain form with the whole kernel matrix."""
    flows, times, price = kernel_ridge_bonds(shared, "1961-06-30")
    found = fit_kernel_ridge(flows, times, price, scaled=False)
    ytm = yield_to_maturity(flows, times, price) / 100
    duration = (flows * np.exp(-np.outer(ytm, times)) @ times) / price
    k = kernel(times, times)
    system = flows @ k @ flows.T + np.diag((duration * price) ** 2)
    g = 1 + k @ flows.T @ np.linalg.solve(system, price - flows.sum(1))
    assert found.discount(times) == pytest.approx(g, abs=1e-10)
    assert found.fitted == pytest.approx(flows @ g, abs=1e-8)


@given(st.floats(-0.01, 0.1), st.integers(1, 20))
def test_a_bond_alone_is_priced_close_to_its_yield(rate, years):
    times = np.arange(1, years + 1, dtype=np.float64)
    flows = np.full((1, years), 3.0)
    flows[0, -1] += 100
    price = flows @ np.exp(-rate * times)
    assert yield_to_maturity(flows, times, price)[0] == pytest.approx(100 * rate, abs=1e-8)
    assert fit_kernel_ridge(flows, times, price).rmse < 50


@pytest.mark.parametrize(
    ("flows", "times", "price", "says"),
    [
        ([[100.0, 0.0], [0.0, 0.0]], [1.0, 2.0], [95.0, 90.0], "at least one cash flow"),
        ([[100.0]], [1.0], [-5.0], "positive price"),
        ([[50.0, 50.0]], [2.0, 1.0], [95.0], "ascend"),
        ([[100.0, 1.0]], [1.0], [95.0], "do not fit"),
        ([[100.0]], [1.0], [np.nan], "missing"),
    ],
)
def test_what_no_curve_can_price(flows, times, price, says):
    with pytest.raises(ValueError, match=says):
        fit_kernel_ridge(flows, times, price)
