"""Prices and yields of a plain bond.

The compound yield is what finance ministries publish, the simple yield what Tokyo quotes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Bond:
    """A fixed-coupon bond paying half-yearly. `coupon` in per cent a year, of 100."""

    coupon: float
    maturity: date
    issue: str = ""

    def years_from(self, day: date) -> float:
        return (self.maturity - day).days / DAYS_PER_YEAR


def price(bond: Bond, compound: float, day: date) -> float:
    """Clean price per 100 at a semi-annual compound yield (in per cent) on `day`."""
    years, rate = bond.years_from(day), compound / 100
    if years <= 0:
        raise ValueError(f"the bond has matured by {day}")
    if rate == 0:
        return 100 + bond.coupon * years
    discount = math.pow(1 + rate / 2, -2 * years)
    return bond.coupon / rate * (1 - discount) + 100 * discount


def simple_yield(bond: Bond, compound: float, day: date) -> float:
    """The Japanese simple yield, in per cent, at which a bond of this compound yield is quoted.

    simple = (c + (100 − P)/n) / P with P the clean price and n the years to maturity.
    """
    clean = price(bond, compound, day)
    return 100 * (bond.coupon + (100 - clean) / bond.years_from(day)) / clean
