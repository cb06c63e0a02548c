"""Numbers with the precision that they were stated in, and the intervals that follow from it."""

from __future__ import annotations

import math

from saiken.terms.immutable import immutable


@immutable()
class Interval:
    """A closed interval of real numbers; arithmetic keeps every value that the parts allow."""

    low: float
    high: float

    @classmethod
    def around(cls, value: float, half_width: float) -> Interval:
        return cls(value - half_width, value + half_width)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def scaled(self, factor: float) -> Interval:
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval:
        """The quotient; unbounded where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return Interval(-math.inf, math.inf)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both. Ends that differ by rounding noise count as equal."""
        ends = (self.low, self.high, other.low, other.high)
        slack = 1e-9 * max(1.0, *(abs(end) for end in ends if math.isfinite(end)))
        return self.low <= other.high + slack and other.low <= self.high + slack


@immutable()
class Quantity:
    """A number as a text states it.

    `value` is in `unit` with the scale taken out ("$1.2 trillion" is 1.2e12 USD), signed as the
    claim means it (a fall is negative). `low`..`high` is what the words allow: half a unit of the
    last printed digit, wider for "about", one-sided for "over" or "up to" (an open side is
    infinite). `unit` is an ISO 4217 code, `%` (a level in per cent), `pp` (percentage points),
    `bp`, `% change` (a relative change, 25 for "up 25 %"), `x` (a multiple, 2 for "doubled"),
    `ratio` (a share in 0..1), `contracts`, `count`, `rank`, `index` or `JPY/USD`-like prices.
    `printed` tells that it is a number as it was printed, without a hedge: its last digit may also
    be where a longer number was cut off, as 4.2 is for 4.28.
    """

    value: float
    low: float
    high: float
    unit: str
    printed: bool = False

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)

    @classmethod
    def around(cls, value: float, reach: float, unit: str) -> Quantity:
        """`value`, give or take `reach`, which may have the sign of the value."""
        return cls(value, value - abs(reach), value + abs(reach), unit)

    def scaled(self, factor: float, unit: str) -> Quantity:
        """So many times as much, in `unit`; a negative factor turns the bounds around."""
        told = self.interval.scaled(factor)
        return Quantity(self.value * factor, told.low, told.high, unit, self.printed)

    def divided(self, by: float, unit: str) -> Quantity:
        """One of `by` > 0 parts, in `unit`: 57 % is 0.57, where 0.01 times it would be a trifle more."""
        return Quantity(self.value / by, self.low / by, self.high / by, unit, self.printed)

    def negated(self) -> Quantity:
        return Quantity(-self.value, -self.high, -self.low, self.unit, self.printed)
