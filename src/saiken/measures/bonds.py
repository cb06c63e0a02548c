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
    """The Japanese simple yield, in per cent, at which a bond of this compound yield is quoted."""
    return simple_yield_of_price(bond, price(bond, compound, day), day)


def simple_yield_of_price(bond: Bond, clean: float, day: date) -> float:
    """(c + (100 − P)/n) / P, in per cent, with P the clean price and n the years to maturity.

    ValueError if the bond has matured or the price is not positive.
    """
    years = bond.years_from(day)
    if years <= 0:
        raise ValueError(f"the bond has matured by {day}")
    if clean <= 0:
        raise ValueError(f"a price must be positive, not {clean}")
    return 100 * (bond.coupon + (100 - clean) / years) / clean


def compound_yield(bond: Bond, clean: float, day: date) -> float:
    """The semi-annual compound yield, in per cent, of a clean price per 100; inverts `price`.

    ValueError if the bond has matured, or no yield between −50 and 200 % gives that price.
    """
    low, high = -50.0, 200.0
    if not price(bond, high, day) <= clean <= price(bond, low, day):
        raise ValueError(f"no yield between {low:g} and {high:g} % gives a price of {clean}")
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if price(bond, middle, day) > clean else (low, middle)
    return (low + high) / 2
