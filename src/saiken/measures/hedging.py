"""What a foreign bond yields once its currency is hedged, and whether it beats the one at home.

Yields and costs are fractions a year (0.0345, not 3.45 %); spot and forward are units of the home
currency for one of the foreign currency (JPY per USD), so that F < S where foreign rates are the
higher ones. + cost = hedging costs the investor; + pick-up = the hedged foreign bond yields more.

A 10-year bond hedged by 3-month rolls is a position on the slope of the foreign curve: the yield
is fixed for ten years, the cost for three months. `Hedged.roll_days` says which roll it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from saiken.measures.arrays import Array, numbers

YEAR = 360
"""Days of the money-market year by which a hedge's cost is annualised."""


class Cost(StrEnum):
    """How the cost of the hedge is known."""

    OF_SPOT = "(S − F)/S"
    OF_FORWARD = "S/F − 1"
    WITHOUT_BASIS = "difference of 3-month rates, without basis"


@dataclass(frozen=True, slots=True)
class Hedged:
    """y_H = y − c. `cost` is c, `pick_up` y_H less the home yield (nan without one).

    Fractions a year, each (T,). `by` names the convention of c, `roll_days` the hedge's term.
    """

    hedged: Array
    cost: Array
    pick_up: Array
    by: Cost
    roll_days: int


@dataclass(frozen=True, slots=True)
class Investor:
    """A kind of Japanese investor: the tenor it compares and the share of the currency it hedges.

    `ratio` is (low, high): ratios are known from surveys and charts only, so they are ranges.
    """

    id: str
    title: str
    tenor: str
    ratio: tuple[float, float]
    known_from: str


INVESTORS = (
    Investor("banks", "banks", "10Y", (0.9, 1.0), "funded in the foreign currency or fully hedged"),
    Investor("life", "life insurers", "30Y", (0.4, 0.65),
             "Bank of Japan, Financial System Report: falling from over 60 % since 2021"),
    Investor("pensions", "public and corporate pensions", "10Y", (0.0, 0.1),
             "GPIF's policy benchmark for foreign bonds is not hedged"),
    Investor("trusts", "investment trusts", "10Y", (0.0, 0.3), "mostly unhedged share classes"),
    Investor("official", "Ministry of Finance, reserves", "5Y", (0.0, 0.0),
             "reserves are held in foreign currency"),
)  # fmt: skip


def cost_from_forward(
    spot: ArrayLike, forward: ArrayLike, days: float, by: Cost = Cost.OF_SPOT
) -> Array:
    """The cost c of selling the foreign currency forward, a fraction a year (T,).

    (S − F)/S or S/F − 1, times 360/days. ValueError unless days, spot and forward are positive,
    or where `by` is not about a forward.
    """
    s, f = _positive(spot, "spot"), _positive(forward, "forward")
    if days <= 0:
        raise ValueError("the hedge needs a positive number of days")
    if by is Cost.WITHOUT_BASIS:
        raise ValueError("a forward gives the cost with its basis: ask for OF_SPOT or OF_FORWARD")
    whole = (s - f) / s if by is Cost.OF_SPOT else s / f - 1
    return whole * YEAR / days


def cost_from_rates(foreign: ArrayLike, home: ArrayLike) -> Array:
    """i* − i of 3-month rates, fractions a year (T,): the cost by covered parity, without basis.

    Where a dollar basis is paid (the usual case for Japan) the true cost is higher by it.
    """
    return numbers(foreign) - numbers(home)


def hedge(
    foreign_yield: ArrayLike,
    cost: ArrayLike,
    home_yield: ArrayLike | None = None,
    *,
    ratio: float = 1.0,
    by: Cost = Cost.OF_SPOT,
    roll_days: int = 90,
) -> Hedged:
    """The hedged yield y − ratio·c, and the pick-up over `home_yield` of the same tenor. Fractions a year, (T,).

    `ratio` is the share of the currency that is hedged, 0 to 1, else ValueError. What is missing
    in any input is nan in the result.
    """
    if not 0 <= ratio <= 1:
        raise ValueError(f"a hedge ratio lies between 0 and 1, not {ratio}")
    y, c = numbers(foreign_yield), numbers(cost)
    hedged = np.atleast_1d(y - ratio * c)
    home = np.nan if home_yield is None else numbers(home_yield)
    return Hedged(hedged, np.atleast_1d(c), hedged - home, by, roll_days)


def hedged_exactly(foreign_yield: ArrayLike, spot: ArrayLike, forward: ArrayLike) -> Array:
    """(1 + y)·F/S − 1 over one period, y the return over that same period (T,), a fraction."""
    s, f = _positive(spot, "spot"), _positive(forward, "forward")
    return (1 + numbers(foreign_yield)) * f / s - 1


def pick_up_range(
    investor: Investor, foreign_yield: ArrayLike, cost: ArrayLike, home_yield: ArrayLike
) -> tuple[Array, Array]:
    """(low, high) pick-up of an investor over its range of hedge ratios, fractions a year (T,)."""
    ends = [hedge(foreign_yield, cost, home_yield, ratio=r).pick_up for r in investor.ratio]
    return np.minimum(*ends), np.maximum(*ends)


def _positive(values: ArrayLike, name: str) -> Array:
    found = np.atleast_1d(numbers(values))
    if (found <= 0).any():
        raise ValueError(f"{name} rates must be positive")
    return found
