"""Anything at all goes in: a defined result or a clear ValueError comes out, and no warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from saiken.measures import carry, connectedness, curves, debt, hedging, nowcast, stress
from saiken.measures.arrays import align, carried
from saiken.measures.holdings_nowcast import nowcast_holdings, parts
from saiken.measures.kernel_ridge import fit_kernel_ridge
from saiken.measures.projections import event_study, local_projection, quantile_projection

nasty = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e-300, 1e12, float("nan"), float("inf"), -float("inf")]),
    st.floats(-100, 100),
    st.integers(-3, 3).map(float),
)


def series(longest: int = 30) -> st.SearchStrategy[np.ndarray]:
    return st.one_of(
        st.integers(0, longest).flatmap(lambda n: arrays(np.float64, n, elements=nasty)),
        st.tuples(st.integers(0, longest), nasty).map(lambda t: np.full(*t)),
        st.tuples(st.integers(0, 300), st.integers(0, longest)).map(
            lambda t: np.random.default_rng(t[0]).standard_normal(t[1])
        ),
    )


def tables(longest: int = 30) -> st.SearchStrategy[np.ndarray]:
    shapes = st.tuples(st.integers(0, longest), st.integers(0, 4))
    return st.one_of(
        shapes.flatmap(lambda s: arrays(np.float64, s, elements=nasty)),
        st.tuples(st.integers(0, 300), shapes).map(
            lambda t: np.random.default_rng(t[0]).standard_normal(t[1])
        ),
    )


def days(x: np.ndarray) -> np.ndarray:
    return np.arange(len(x), dtype=np.float64) + date(2020, 1, 1).toordinal()


CALLS: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], Any]] = {
    "align": lambda x, y, _: align((days(x), x), (days(y), y)),
    "carried": lambda x, y, _: carried(days(x), x, days(y)),
    "kink_index": lambda _, __, t: curves.kink_index(np.arange(1, t.shape[1] + 1), t),
    "kink_index free": lambda x, _, __: curves.kink_index(
        np.arange(1, len(x) + 1), x[None], free=True
    ),
    "fit_svensson": lambda x, _, __: curves.fit_svensson(np.arange(1, len(x) + 1), x),
    "fit_nelson_siegel": lambda x, _, __: curves.fit_nelson_siegel(np.arange(1, len(x) + 1), x),
    "par_from_zero": lambda x, _, __: curves.par_from_zero(np.clip(x, -50, 50)),
    "zero_from_par": lambda x, _, __: curves.zero_from_par(np.clip(x, -20, 50)),
    "forward_from_zero": lambda x, _, __: curves.forward_from_zero(np.arange(1, len(x) + 1), x),
    "kernel_ridge": lambda x, _, t: fit_kernel_ridge(
        np.abs(t), np.arange(1, t.shape[1] + 1), np.abs(x[: len(t)])
    ),
    "cost_from_forward": lambda x, y, _: hedging.cost_from_forward(x[: len(y)], y[: len(x)], 90),
    "hedge": lambda x, _, __: hedging.hedge(x, x, x),
    "carry_returns": lambda x, y, _: carry.carry_returns(days(x), np.abs(x), x, y),
    "realised_volatility": lambda x, _, __: carry.realised_volatility(x, 5),
    "realised_skew": lambda x, _, __: carry.realised_skew(x, 5),
    "carry_to_risk": lambda x, _, __: carry.carry_to_risk(x, x, x),
    "drawdown": lambda x, _, __: carry.drawdown(np.clip(x, -1, 1), 3),
    "trailing_percentile": lambda x, _, __: carry.trailing_percentile(x, 5),
    "unwind_signal": lambda x, y, _: carry.unwind_signal(x, x, x, y),
    "connectedness": lambda _, __, t: connectedness.connectedness(t, 1, 5),
    "cholesky": lambda _, __, t: connectedness.connectedness(t, 1, 5, connectedness.CHOLESKY),
    "rolling": lambda _, __, t: connectedness.rolling_connectedness(t, 12, 1, 5),
    "frequency": lambda _, __, t: connectedness.frequency_connectedness(
        t, 1, [(2, 10), (10, np.inf)]
    ),
    "tvp": lambda _, __, t: connectedness.tvp_connectedness(t, 1, 5, prior=15),
    "local_projection": lambda x, y, _: local_projection(x, y, 2, 1),
    "quantile_projection": lambda x, y, _: quantile_projection(x, y, 1, 1),
    "event_study": lambda x, _, __: event_study(x, [10, 20, 99], estimation=5),
    "stress_index": lambda _, __, t: stress.stress_index(t, least=5),
    "ciss": lambda x, _, __: stress.ciss(x, x, np.eye(len(x))),
    "ewma_correlation": lambda _, __, t: stress.ewma_correlation(t),
    "expanding_percentile": lambda x, _, __: stress.expanding_percentile(x),
    "debt_path": lambda x, y, _: debt.debt_path(2.0, x, 0.01, y),
    "effective_rate": lambda x, y, _: debt.effective_rate(0.01, x, y),
    "debt_fan": lambda _, __, t: debt.debt_fan(2.0, t / 1e3, 3, draws=20),
    "fit_ridge": lambda x, _, t: nowcast.fit_ridge(t, x),
    "ridge_forecasts": lambda x, _, t: nowcast.ridge_forecasts(t, x, 1, 5),
    "contest": lambda x, y, _: nowcast.contest(x, {"no_change": y, "other": x}, 1, least=5),
    "midas": lambda x, y, _: nowcast.unrestricted_midas(x, days(x), days(y), 3),
    "parts": lambda x, y, _: parts(x, y),
    "nowcast_holdings": lambda x, y, t: nowcast_holdings(x, y, t, least=5),
}


@pytest.mark.parametrize("name", CALLS)
@given(x=series(), y=series(), table=tables(), same=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_result_or_a_clear_error(name, x, y, table, same):
    if same:
        n = min(len(x), len(y), len(table))
        x, y, table = x[:n], y[:n], table[:n]
    said = ""
    try:
        CALLS[name](x, y, table)
    except ValueError as error:
        # A LinAlgError is a ValueError too, and says nothing to a user; so do NumPy's own words.
        said = f"{type(error).__name__}: {error}"
    assert not said or (said.startswith("ValueError: ") and len(said) > 24)
    assert "operands" not in said
    assert "zero-size" not in said
