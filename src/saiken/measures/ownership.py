"""Who owns what is booked under a country's name: ranges, with how they are known.

TIC books securities where they are held in custody. What a holder keeps with a custodian abroad
stands under the custodian's country, so a re-attribution is a range and never a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saiken.terms.quantity import Interval

CUSTODY_CENTRES = ("BE", "LU", "GB", "CH", "IE", "KY")
"""Belgium, Luxembourg, United Kingdom, Switzerland, Ireland, Cayman Islands."""

OFFICIAL_PUBLISHED = Interval(0.50, 0.90)
"""What is published of the official share of Japan's Treasuries, whatever the bounds allow beyond."""


@dataclass(frozen=True, slots=True)
class Range:
    """`low` to `high` in the unit asked in, with how each end is known."""

    low: float
    high: float
    low_from: str
    high_from: str

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)


def custody_range(
    direct: float, centres: Mapping[str, float], own: Mapping[str, float] | None = None
) -> Range:
    """What a holder may own, given what is booked under its name and under custody centres.

    Amounts in one unit, >= 0. The low end is what is booked under its own name. The high end adds
    all that the centres hold beyond what is known to be their residents' `own`: figures rule
    nothing narrower out. ValueError on a negative amount.
    """
    known = own or {}
    if direct < 0 or min([*centres.values(), *known.values()], default=0) < 0:
        raise ValueError("holdings cannot be negative")
    beyond = {name: max(0.0, held - known.get(name, 0.0)) for name, held in centres.items()}
    return Range(
        direct,
        direct + sum(beyond.values()),
        "booked under its own name",
        f"and all that {', '.join(sorted(beyond)) or 'no centre'} hold for others",
    )


def official_share(reserve_securities: float, holdings: float) -> Range:
    """The official share of a country's Treasuries, as a fraction.

    reserve_securities: securities among the official reserves, of all currencies, so their ratio
    to the holdings that TIC books is an upper bound. The range published is OFFICIAL_PUBLISHED,
    cut by that bound; its low end is a judgement and says so. ValueError unless both are positive.
    """
    if reserve_securities < 0 or holdings <= 0:
        raise ValueError("reserves and holdings must be positive")
    bound = reserve_securities / holdings
    high = min(OFFICIAL_PUBLISHED.high, bound)
    return Range(
        min(OFFICIAL_PUBLISHED.low, high),
        high,
        "judgement: most of the reserves' securities are in dollars, and most of those Treasuries",
        f"securities in reserves are {bound:.0%} of the holdings booked; not all are Treasuries",
    )
