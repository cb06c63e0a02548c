"""The yield curve's response to a sale: one factor, investors with preferred maturities.

Vayanos and Vila, "A preferred-habitat model of the term structure of interest rates",
Econometrica 2021, section 3. Arbitrageurs with risk aversion a hold what investors with demand
slopes α(τ) do not; the short rate reverts at κ_r with volatility σ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Habitat:
    """Maturities τ (years, equally spaced from above 0), demand slopes α(τ) ≥ 0, a, σ, κ_r."""

    maturities: Array
    slopes: Array
    risk_aversion: float
    volatility: float
    reversion: float

    @property
    def step(self) -> float:
        return float(self.maturities[1] - self.maturities[0])


def exposure(maturities: Array, reversion: Array | float) -> Array:
    """A(τ) = (1 − e^{−κτ})/κ: what a bond of maturity τ loses as the short rate rises by one."""
    scaled = np.multiply.outer(np.asarray(reversion, float), maturities)
    return np.asarray(-np.expm1(-scaled) / np.asarray(reversion, float)[..., None])


def priced_reversion(habitat: Habitat, tolerance: float = 1e-13) -> float:
    """κ* with κ* = κ_r + aσ²∫α(τ)A(τ; κ*)²dτ, by fixed point from above."""
    kappa = habitat.reversion
    weight = habitat.risk_aversion * habitat.volatility**2 * habitat.step
    for _ in range(500):
        a = exposure(habitat.maturities, kappa)
        wanted = habitat.reversion + weight * float(np.sum(habitat.slopes * a * a))
        if abs(wanted - kappa) < tolerance:
            return wanted
        kappa = 0.5 * (kappa + wanted)
    return kappa


def response(habitat: Habitat, sold: Array) -> Array:
    """Change of yields at every maturity when `sold(τ)` more must be borne, per unit of yield.

    Δy(τ) = Λ·(1/τ)∫₀^τ A, with Λ = aσ²∫sold·A / (1 + aσ²∫α(τ)A(τ)(∫₀^τ A)dτ). Where the sale
    takes place matters for Λ alone, so that relative responses do not depend on it.
    """
    a = exposure(habitat.maturities, priced_reversion(habitat))
    cumulated = np.cumsum(a) * habitat.step
    weight = habitat.risk_aversion * habitat.volatility**2 * habitat.step
    price = weight * float(np.sum(sold * a))
    price /= 1 + weight * float(np.sum(habitat.slopes * a * cumulated))
    return price * cumulated / habitat.maturities


def shape(maturity: float, reversion: Array, of: float = 10.0) -> Array:
    """Response of the `maturity`-year yield per response of the `of`-year one, closed form.

    (1/τ)∫₀^τ A = (1 − A(τ)/τ)/κ; the ratio of two maturities is the same for every sale.
    """

    def mean(years: float) -> Array:
        x = reversion * years
        return (1 - -np.expm1(-x) / x) / reversion

    return mean(maturity) / mean(of)
