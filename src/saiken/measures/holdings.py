"""Holdings of securities and what moves them: ΔH = net purchases + valuation + other.

Amounts are in the unit of the series, + means that the holder's position rises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saiken.terms.quantity import Interval

# Effective duration, in years, that a foreign holder's Treasury portfolio may have: a book of
# bills and short notes at one end, a benchmark of all notes and bonds at the other.
DURATION = Interval(1.0, 7.0)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """One month of a holder: `change` = `net` + `valuation` + `other`, exactly."""

    change: float
    net: float
    valuation: float

    @property
    def other(self) -> float:
        return self.change - self.net - self.valuation

    @property
    def mostly_valuation(self) -> bool:
        """Whether purchases or sales explain less than half of a change, or go against it."""
        return self.change * self.net <= 0 or abs(self.net) < abs(self.change) / 2


def rank(values: Mapping[str, float], who: str) -> int:
    """1 for the largest. Holders with equal printed values share the better rank."""
    return 1 + sum(value > values[who] for value in values.values())


def estimated_valuation(
    before: float, change: float, yield_change: float, bills: float = 0.0
) -> Interval:
    """What prices alone did to a position, where the publisher does not say.

    V = r·(H₋₁ + F/2) with r = −D·Δy and F = ΔH − V, solved for V:
    V = r·(H₋₁ − B₋₁ + ΔH/2) / (1 + r/2). `before` is H₋₁, `change` is ΔH, `yield_change` in
    percentage points over the month. D is a range, so the result is an interval. `bills` is
    B₋₁, the part of H₋₁ that is bills, where it is known: their prices hardly move.
    """
    ends = []
    for duration in (DURATION.low, DURATION.high):
        r = -duration * yield_change / 100
        ends.append(r * (before - bills + change / 2) / (1 + r / 2))
    return Interval(min(ends), max(ends))


def estimated_net(
    before: float, change: float, yield_change: float, bills: float = 0.0
) -> Interval:
    """F = ΔH − V, the purchases (sales) that the estimated valuation leaves."""
    valuation = estimated_valuation(before, change, yield_change, bills)
    return Interval(change - valuation.high, change - valuation.low)
