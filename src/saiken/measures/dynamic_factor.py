"""A dynamic factor model of a monthly panel with ragged edges, through statsmodels.

Source: Bańbura, Modugno (2014, J. Applied Econometrics): one factor with an AR(1), idiosyncratic
AR(1) errors, by expectation maximisation. statsmodels is loaded when a model is fitted.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, matrix

_LEAST_ROWS = 36


@dataclass(frozen=True, slots=True)
class DynamicFactor:
    """A fitted model, its parameters and standardisation held."""

    fitted: Any

    def smooth(self, panel: ArrayLike) -> Array:
        """The panel (T, n) with its missing cells filled by their expectation given the known ones.

        Linear in the known cells, so `nowcast.news` can tell what moved an estimate.
        """
        data = matrix(panel, "panel", gaps=True)
        result = self.fitted.apply(data, retain_standardization=True)
        smoother, model = result.smoother_results, result.model
        filled = (smoother.design[:, :, 0] @ smoother.smoothed_state).T
        filled = filled * np.asarray(model._endog_std) + np.asarray(model._endog_mean)  # noqa: SLF001
        return np.where(np.isfinite(data), data, filled)


def fit_dynamic_factor(panel: ArrayLike) -> DynamicFactor:
    """Fit on a panel (T, n), monthly, oldest first, missing cells as nan.

    The parameters are estimated on the rows up to the last complete one. ValueError where fewer
    than three years are complete, or a series does not vary; ImportError, with what to install,
    without statsmodels.
    """
    data = matrix(panel, "panel", gaps=True)
    complete = np.flatnonzero(np.isfinite(data).all(1))
    if len(complete) < _LEAST_ROWS:
        raise ValueError(f"{len(complete)} complete months; a factor model needs {_LEAST_ROWS}")
    rows = data[complete[0] : complete[-1] + 1]
    if (np.nanstd(rows, axis=0) <= 0).any():
        raise ValueError("a series of the panel does not vary")
    try:
        from statsmodels.tsa.statespace.dynamic_factor_mq import (  # noqa: PLC0415
            DynamicFactorMQ,
        )
    except ImportError as error:
        raise ImportError(
            "the dynamic factor model needs statsmodels: install saiken[measures]"
        ) from error
    with warnings.catch_warnings():
        # Steps of the estimation that stop at the limit are good enough; scores decide on use.
        warnings.simplefilter("ignore")
        model = DynamicFactorMQ(rows, factors=1, factor_orders=1, idiosyncratic_ar1=True)
        fitted = model.fit(disp=False, maxiter=100, tolerance=1e-5)
    return DynamicFactor(fitted)
