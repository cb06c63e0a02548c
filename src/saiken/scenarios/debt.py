"""What higher yields do to public debt: d = (1+i)/((1+g)(1+π))·d₋₁ − pb, in differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.engine import SERIES
from saiken.scenarios.plan import Plan

Array = NDArray[np.float64]
_TEN = {"JP": SERIES.index("JGB 10Y"), "US": SERIES.index("UST 10Y")}


def ratio(start: float, rate: float, growth: float, primary_balance: float, years: int) -> float:
    """Debt after `years`, as a multiple of GDP: d = (1+i)/(1+g)·d₋₁ − pb, nominal rates."""
    debt = start
    for _ in range(years):
        debt = (1 + rate) / (1 + growth) * debt - primary_balance
    return debt


@dataclass(slots=True)
class DebtPath:
    """Differences of the effective rate (decimals) and of the ratio (percentage points of GDP).

    Each month a twelfth of the yearly share of debt that matures takes the new 10-year yield, and
    the ratio gains a twelfth of the extra interest. Growth and the primary balance stay.
    """

    levels: dict[str, float]
    refinanced: dict[str, float]
    rates: dict[str, Array]
    ratios: dict[str, Array]

    @classmethod
    def start(cls, plan: Plan, n: int) -> DebtPath:
        levels, figures = plan.sheet.state.levels, plan.calibration.figures
        return cls(
            {"JP": levels["debt JP"], "US": levels["debt US"]},
            {"JP": figures["jp_refinancing"], "US": figures["us_refinancing"]},
            {"JP": np.zeros(n), "US": np.zeros(n)},
            {"JP": np.zeros(n), "US": np.zeros(n)},
        )

    def month(self, outputs: list[Array]) -> None:
        for country, row in _TEN.items():
            gap = outputs[row] * 1e-4 - self.rates[country]
            self.rates[country] = self.rates[country] + self.refinanced[country] / 12 * gap
            extra = self.levels[country] * self.rates[country] / 12
            self.ratios[country] = self.ratios[country] + extra

    @property
    def japan(self) -> Array:
        return self.ratios["JP"]

    @property
    def america(self) -> Array:
        return self.ratios["US"]
