"""The draws: parameters from their priors, and the impact matrices that follow from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.calibration import Calibration
from saiken.scenarios.normal import Z95, quantile
from saiken.scenarios.preferred_habitat import shape

Array = NDArray[np.float64]
JGB, UST, FX = range(3)
_SPEEDS = ("ust", "jgb", "fx")


def draw(calibration: Calibration, u: Array) -> dict[str, Array]:
    """Parameters at uniforms `u`, (priors, draws): one array of draws a prior.

    The one-month impact of each market is drawn with the long-run one, at the drawn correlation
    of their logarithms, and never below it.
    """
    uniforms = {prior.name: u[row] for row, prior in enumerate(calibration.priors)}
    p = calibration.draw(uniforms)
    r = p["impact_correlation"]
    for market in _SPEEDS:
        long_run, one_month = f"{market}_long_run", f"{market}_one_month"
        z = r * quantile(uniforms[long_run]) + np.sqrt(1 - r * r) * quantile(uniforms[one_month])
        median, _, _ = calibration.prior(one_month).parts
        p[one_month] = np.maximum(median * np.exp(_sd(calibration, one_month) * z), p[long_run])
    return p


def _sd(calibration: Calibration, name: str) -> float:
    _, low, high = calibration.prior(name).parts
    return math.log(high / low) / (2 * Z95)


@dataclass(frozen=True, slots=True)
class Impact:
    """Fall of the three log prices per $100bn: `lasting` and `fading` are (3, 3, draws).

    Row is the price that falls, column is what is sold. The currency's price is that of the
    dollar in yen. `decay` is a month's, `norm(length)` makes a flow spread evenly over a month
    have its one-month impact at the end of that month, however time is cut.
    """

    lasting: Array
    fading: Array
    kappa: Array

    def norm(self, length: float) -> Array:
        count = round(1 / length)
        ages = np.arange(count) * length
        return np.asarray(count / np.exp(-np.multiply.outer(ages, self.kappa)).sum(axis=0))


def impact(p: Mapping[str, Array], figures: Mapping[str, float]) -> Impact:
    """The matrices of both speeds: the investors' covariances, scaled to the drawn own impacts."""
    long_run = _matrix(p, figures, "long_run")
    return Impact(long_run, _matrix(p, figures, "one_month") - long_run, np.log(2) / p["half_life"])


def _matrix(p: Mapping[str, Array], figures: Mapping[str, float], speed: str) -> Array:
    """Λ = S·V̂·S + (what the currency's own impact lacks), V̂ the covariances over D².

    The published estimates pool flows with and without a currency leg (central banks' purchases
    at home, reserves), so that the drawn Treasury impact is that of a half-hedged sale:
    λ·(1 − ½c) = E with c = μ(1−ρ)/d, d = D/u, and ½ is `flows_with_currency`. As the two kinds of flow are not found to differ by
    more than about one half, c is cut at `currency_offset`; shrinking the covariances with the
    currency keeps the matrix positive semi-definite. That of JGBs is drawn from minus to plus what
    the model gives, since its sign is not identified.
    """
    delta, phi, rho, mu = figures["delta"], p["phi"], p["rho"], p["mu"]
    d = delta * (1 - phi) / (1 - delta * phi)
    cross = np.minimum(mu * (1 - rho) / d, figures["currency_offset"])
    ust = p[f"ust_{speed}"] * 1e-4 * figures["ust_duration"]
    ust = ust / (1 - figures["flows_with_currency"] * cross)
    jgb = p[f"jgb_{speed}"] * 1e-4 * figures["jgb_duration"]
    common = 2 * (1 - rho) / (d * d) * ust
    both = np.sqrt(ust * jgb)
    matrix = np.empty((3, 3, len(rho)))
    matrix[JGB, JGB], matrix[UST, UST] = jgb, ust
    matrix[FX, FX] = np.maximum(common, p[f"fx_{speed}"] * 1e-2)
    matrix[JGB, UST] = matrix[UST, JGB] = rho * both
    matrix[JGB, FX] = matrix[FX, JGB] = p["jgb_currency"] * cross * both
    matrix[UST, FX] = matrix[FX, UST] = -cross * ust
    return matrix


@dataclass(frozen=True, slots=True)
class Curve:
    """Response of other maturities per response of the 10-year yield, (draws,) each."""

    two: Array
    thirty: Array


def curve(p: Mapping[str, Array]) -> Curve:
    return Curve(shape(2.0, p["curve_reversion"]), shape(30.0, p["curve_reversion"]))


def equity_slope(calibration: Calibration, p: Mapping[str, Array]) -> Array:
    """The slope of equities on the yen at the drawn quantile."""
    quantiles, values = calibration.tables["equity_on_yen"]
    return np.interp(p["equity_quantile"], quantiles, values)
