"""Specialised bond investors who bear two countries' bonds and the exchange rate between them.

Greenwood, Hanson, Stein and Sunderam, "A quantity-driven theory of term premia and exchange
rates", QJE 2023. The assets are, in this order, the home bond (JGB), the foreign bond (Treasury)
and a long position in the foreign currency (dollar) against the home one (yen).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rates:
    """Short rates of both countries: persistence φ, correlation ρ of the news; δ of the bonds."""

    delta: float = 119 / 120
    phi: float = 0.98
    rho: float = 0.5

    @property
    def bond_exposure(self) -> float:
        """D = δ/(1−δφ): what a bond loses on a unit of bad news about its short rate."""
        return self.delta / (1 - self.delta * self.phi)

    @property
    def fx_exposure(self) -> float:
        """1/(1−φ), written u: what a currency gains on a unit of news about its short rate."""
        return 1 / (1 - self.phi)


def covariance(rates: Rates, mu: float = 1.0) -> Array:
    """V/σ², 3 by 3: covariance of the three excess returns per variance of short-rate news.

    [[D², ρD², (1−ρ)Du], [ρD², D², −(1−ρ)Du], [(1−ρ)Du, −(1−ρ)Du, 2(1−ρ)u²]]. `mu` in 0..1 scales
    the four covariances of bonds with the currency: 1 is one integrated market, 0 is bonds and
    currency borne by different investors.
    """
    d, u, rho = rates.bond_exposure, rates.fx_exposure, rates.rho
    cross = mu * (1 - rho) * d * u
    return np.array(
        [
            [d * d, rho * d * d, cross],
            [rho * d * d, d * d, -cross],
            [cross, -cross, 2 * (1 - rho) * u * u],
        ]
    )


def premia(v: Array, supply: Array, risk_tolerance: float) -> Array:
    """V·s/τ: what the three excess returns must offer for `supply` to be borne."""
    return v @ supply / risk_tolerance


def switch(hedge_ratio: float) -> Array:
    """The supply left by selling one foreign bond for one home bond, hedged to `hedge_ratio`."""
    return np.array([-1.0, 1.0, 1 - hedge_ratio])


def dump(hedge_ratio: float) -> Array:
    """The supply left by selling one foreign bond outright and leaving its currency."""
    return np.array([0.0, 1.0, 1 - hedge_ratio])


def neutral_hedge_ratio(rates: Rates) -> float:
    """h*: the switch hedged to it leaves the exchange rate alone; 1−h* = δ(1−φ)/(1−δφ)."""
    return 1 - rates.bond_exposure / rates.fx_exposure
