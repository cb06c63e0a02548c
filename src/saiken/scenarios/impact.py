"""What a sale does to a price: rescaling of published estimates, two speeds, execution cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from saiken.scenarios.calibration import Calibration, Estimate


def ten_year_equivalents(amount: float, duration: float, of: float) -> float:
    """Bonds of `duration` years as the amount of 10-year notes (of duration `of`) with their risk."""
    return amount * duration / of


def rescaled(bp_per_100bn: float, market: float, today: float) -> float:
    """An estimate made when the market was `market` large, for a market of `today` ($bn)."""
    return bp_per_100bn * market / today


def price_change(flow: float, elasticity: float, market: float) -> float:
    """Δln P = Q/(ε·M): what clears a flow Q in a market M of investors with elasticity ε."""
    return flow / (elasticity * market)


def in_basis_points(estimate: Estimate, calibration: Calibration) -> float:
    """A published estimate as bp per $100bn in today's market."""
    figures = calibration.figures
    if estimate.form == "per_cent_of_gdp":
        return estimate.value * 100 / (figures["us_gdp"] / 100)
    if estimate.form == "elasticity":
        fall = price_change(100, estimate.value, figures["ust_market"])
        return fall / figures["ust_duration_outstanding"] * 1e4
    return rescaled(estimate.value, estimate.market, figures["ust_market"])


@dataclass(frozen=True, slots=True)
class TwoSpeed:
    """E∞ + (E₀ − E∞)e^{−κh}: a price impact h months after the sale."""

    one_month: float
    long_run: float
    half_life: float

    def after(self, months: float) -> float:
        fading = math.exp(-math.log(2) * months / self.half_life)
        return self.long_run + (self.one_month - self.long_run) * fading


def execution_cost(slices: Sequence[float], slope: float) -> float:
    """What is lost on selling `slices` in turn when each unit lowers the price by `slope` for good.

    Each slice sells on average at the middle of the fall that it causes: ½λQ² in all, however Q
    is cut.
    """
    sold = cost = 0.0
    for amount in slices:
        cost += amount * slope * (sold + amount / 2)
        sold += amount
    return cost


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The first arithmetic of a sale: bp of the 10-year yield, and $bn lost in executing it."""

    equivalents: float
    bp: tuple[float, float, float]
    cost: float


def first_arithmetic(
    amount: float, duration: float, prior: str, calibration: Calibration
) -> Arithmetic:
    """`amount` $bn of Treasuries times the `prior` impact: (5 %, median, 95 %) bp and ½λQ².

    No feedback, no spillover, no other market: what a careful reader does on an envelope.
    """
    of = calibration.figures["ust_duration"]
    equivalents = ten_year_equivalents(amount, duration, of)
    median, low, high = calibration.prior(prior).parts
    bp = tuple(part * equivalents / 100 for part in (low, median, high))
    slope = median / 100 * 1e-4 * of
    return Arithmetic(equivalents, (bp[0], bp[1], bp[2]), execution_cost([equivalents], slope))
