"""The pick-up of a Treasury over the bond at home, unhedged and hedged, as of a date."""

from __future__ import annotations

from dataclasses import dataclass

from saiken.measures import hedging
from saiken.measures.arrays import Array
from saiken.measures.hedging import INVESTORS, Investor
from saiken.measures.wired.series import Figures, Track, together

INVESTORS_OF: dict[str, tuple[Investor, ...]] = {"JP": INVESTORS}
"""Whose hedge ratios are known."""


@dataclass(frozen=True, slots=True)
class PickUp:
    """Per cent a year, + = the Treasury yields more; (T,) each on the days that all inputs have.

    The hedge costs the difference of short rates: without basis, which makes it dearer for Japan.
    """

    tenor: str
    gap: Track
    cost: Track
    hedged: Track


@dataclass(frozen=True, slots=True)
class Range:
    """An investor's pick-up over its range of hedge ratios, per cent a year, on the newest day."""

    investor: Investor
    tenor: str
    low: float
    high: float


def pick_up(figures: Figures, country: str, tenor: str = "10Y") -> PickUp | None:
    """The pick-up for a country's investors at one tenor; None where an input is missing."""
    foreign, home = figures.yields("US", tenor), figures.yields(country, tenor)
    dollar, own = figures.short_rate("US"), figures.short_rate(country)
    if foreign is None or home is None or dollar is None or own is None:
        return None
    inputs = (foreign, home, dollar, own)

    def track(name: str, part: str) -> Track:
        def compute(x: Array) -> Array:
            y, at_home, c = x[:, 0], x[:, 1], hedging.cost_from_rates(x[:, 2], x[:, 3])
            found = hedging.hedge(y, c, at_home, by=hedging.Cost.WITHOUT_BASIS)
            return {"gap": y - at_home, "cost": found.cost, "hedged": found.pick_up}[part]

        return together(compute, f"{tenor} {name}", "pp", *inputs)

    found = PickUp(
        tenor,
        together(lambda x: x[:, 0] - x[:, 1], f"{tenor} gap", "pp", foreign, home),
        track("hedging cost", "cost"),
        track("hedged pick-up", "hedged"),
    )
    return found if len(found.hedged) else None


def by_investor(figures: Figures, country: str) -> tuple[Range, ...]:
    """Each known investor's pick-up at the tenor that it compares, on the newest day of its inputs."""
    found = []
    for investor in INVESTORS_OF.get(country, ()):
        at = pick_up(figures, country, investor.tenor)
        if at is None:
            continue
        gap, cost = _at_newest(at)
        low, high = hedging.pick_up_range(investor, gap, cost, 0.0)
        found.append(Range(investor, at.tenor, float(low[0]), float(high[0])))
    return tuple(found)


def _at_newest(at: PickUp) -> tuple[float, float]:
    """Gap and cost on the newest day that has both."""
    hedged, cost = float(at.hedged.values[-1]), float(at.cost.values[-1])
    return hedged + cost, cost
