"""Lines of measures that no publisher states: the hedged yield and pick-up, the hedge's cost,
carry-to-risk, realised volatility.

The same as in `measures.hedging` and `measures.carry` (tests hold them together), without NumPy, since
a check must not wait for it. Rates are short ones: without the basis of the currency swap, which
makes a hedge dearer for Japan.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Protocol

from saiken.claims.judging import naming
from saiken.claims.judging.lines import Line, spread
from saiken.claims.judging.told import tell
from saiken.terms.units import Unit

TENOR = "10Y"
WINDOW = 63
"""Days of the realised volatility: a quarter."""

MONTH = "1M"
DAYS_OF = {MONTH: 21, "3M": WINDOW}
"""Days of a realised volatility by the span that the words name."""

TRADING_DAYS = 252
RATE_AGE = 10
"""Days for which a short rate speaks."""

ISSUERS = {"JPY": "JP", "GBP": "GB"}
"""Whose one-year bond tells the rate at which a currency is borrowed."""


class Lines(Protocol):
    """What is asked of the evidence."""

    def lines(self, measure: str, subject: str, tenor: str = "") -> tuple[Line, ...]: ...

    def line(self, series: str) -> Line | None: ...


def hedged_yield(evidence: Lines, country: str, tenor: str = "") -> Iterator[Line]:
    """A Treasury of a tenor (10Y unless told) hedged into a country's currency."""
    foreign = _first(evidence, "US", tenor or TENOR)
    for cost in hedging_cost(evidence, country):
        if foreign is None:
            return
        title = tell(
            "{tenor} Treasury hedged for {country} by short rates (without basis)",
            tenor=naming.tenor(tenor or TENOR),
            country=naming.subject(country),
        )
        yield replace(spread(foreign, cost, title), series=f"{foreign.series} - ({cost.series})")


def hedged_pick_up(evidence: Lines, country: str, tenor: str = "") -> Iterator[Line]:
    """A hedged Treasury less the country's own bond of the same tenor."""
    home = _first(evidence, country, tenor or TENOR)
    for hedged in hedged_yield(evidence, country, tenor):
        if home is None:
            return
        title = tell(
            "{tenor} Treasury hedged by short rates (without basis) "
            "less the {tenor} bond of {country}",
            tenor=naming.tenor(tenor or TENOR),
            country=naming.subject(country),
        )
        yield spread(hedged, home, title)


def hedging_cost(evidence: Lines, country: str, _: str = "") -> Iterator[Line]:
    """The dollar's short rate less a country's."""
    dollar, home = dollar_rate(evidence), _first(evidence, country, "1Y")
    if dollar is not None and home is not None and country != "US":
        title = tell(
            "dollar short rate less the one-year yield of {country}, without basis",
            country=naming.subject(country),
        )
        yield spread(dollar, home, title)


def carry_to_risk(evidence: Lines, pair: str, _: str = "") -> Iterator[Line]:
    """(i_USD − i)/σ of a pair such as USDJPY: what holding dollars on borrowed yen pays for its risk."""
    base, quote = pair[:3], pair[3:]
    dollar, home = dollar_rate(evidence), _first(evidence, ISSUERS.get(quote, ""), "1Y")
    if base != "USD" or dollar is None or home is None:
        return
    for spot in evidence.lines("exchange_rate", pair)[:1]:
        yield _paid(spot, dollar, home, pair)


def realised_volatility(evidence: Lines, pair: str, over: str = "") -> Iterator[Line]:
    """Standard deviation of a pair's daily log returns over `over` (1M unless told), per cent a year."""
    days = DAYS_OF.get(over or MONTH)
    for spot in evidence.lines("exchange_rate", pair)[:1]:
        if days is not None:
            yield _moving(spot, days, pair)


def dollar_rate(evidence: Lines) -> Line | None:
    """The 3-month Treasury yield, and after its end SOFR."""
    bills, overnight = evidence.line("ust/par/3M"), evidence.line("fred/SOFR")
    if bills is None or overnight is None or not len(bills):
        return overnight or bills
    return followed(bills, overnight)


def followed(first: Line, then: Line) -> Line:
    """`first`, and after its last day `then`."""
    count, skip = len(first), then.until(first.period(len(first) - 1).end)
    if skip == len(then):
        return first
    return replace(
        first,
        series=f"{first.series}, then {then.series}",
        starts=[*first.starts, *then.starts[skip:]],
        ends=[*first.ends, *then.ends[skip:]],
        values=array("d", [*first.values, *then.values[skip:]]),
        half_widths=[*first.half_widths, *then.half_widths[skip:]],
        marks=bytes(first.marks) + bytes(then.marks[skip:]),
        cite=lambda i: first.cite(i) if i < count else then.cite(skip + i - count),
        availability=then.availability,
        release_of=then.release_of,
    )


def _first(evidence: Lines, country: str, tenor: str) -> Line | None:
    return next(iter(evidence.lines("government_yield", country, tenor)), None)


def _paid(spot: Line, dollar: Line, home: Line, pair: str) -> Line:
    usd, own = _carried(dollar, spot.ends), _carried(home, spot.ends)
    gaps = [
        (dollar.values[a] - home.values[b]) / 100 if a is not None and b is not None else math.nan
        for a, b in zip(usd, own, strict=True)
    ]
    kept, values, halves = [], array("d"), array("d")
    for i, sigma in enumerate(_volatility(spot, gaps)):
        if sigma > 0 and not math.isnan(gaps[i]):
            kept.append(i)
            values.append(gaps[i] / sigma)
            rounding = dollar.half_widths[usd[i] or 0] + home.half_widths[own[i] or 0]
            halves.append(rounding / 100 / sigma)
    return replace(
        spot,
        series=f"({dollar.series} - {home.series}) / volatility of {spot.series}",
        title=tell(
            "carry-to-risk of {pair}, by realised volatility of {days} days",
            pair=naming.code(pair),
            days=WINDOW,
        ),
        kind="ratio",
        unit=Unit.parse("ratio"),
        starts=[spot.starts[i] for i in kept],
        ends=[spot.ends[i] for i in kept],
        values=values,
        half_widths=halves,
        marks=bytes(len(kept)),
        cite=lambda n: (
            *dollar.cite(usd[kept[n]] or 0),
            *home.cite(own[kept[n]] or 0),
            *spot.cite(kept[n]),
            *spot.cite(kept[n] - WINDOW),
        ),
        revision_range=lambda _: 0.0,
        since_inception=False,
    )


def _carried(line: Line, days: Sequence[int]) -> list[int | None]:
    """For each day the index of the newest observation by then; None where it is too old."""
    found: list[int | None] = []
    for day in days:
        i = bisect_right(line.ends, day) - 1
        found.append(i if i >= 0 and day - line.ends[i] <= RATE_AGE else None)
    return found


def _volatility(spot: Line, gaps: Sequence[float]) -> Iterator[float]:
    """Realised volatility of the trade a year, by day: of Δ ln S + (i_USD − i)₋₁·days/360."""
    moved = _log_returns(spot)
    for i in range(1, len(spot)):
        moved[i] += gaps[i - 1] * (spot.ends[i] - spot.ends[i - 1]) / 360
    return _deviation(moved, WINDOW)


def _moving(spot: Line, days: int, pair: str) -> Line:
    sigmas = list(_deviation(_log_returns(spot), days))
    kept = [i for i, sigma in enumerate(sigmas) if not math.isnan(sigma)]
    return replace(
        spot,
        series=f"volatility of {spot.series}, {days} days",
        title=tell(
            "realised volatility of {pair} over {days} days", pair=naming.code(pair), days=days
        ),
        kind="rate",
        unit=Unit.parse("%"),
        starts=[spot.starts[i] for i in kept],
        ends=[spot.ends[i] for i in kept],
        values=array("d", [100 * sigmas[i] for i in kept]),
        half_widths=[0.05] * len(kept),
        marks=bytes(len(kept)),
        cite=lambda n: (*spot.cite(kept[n]), *spot.cite(kept[n] - days)),
        revision_range=lambda _: 0.0,
        since_inception=False,
    )


def _log_returns(spot: Line) -> list[float]:
    """Δ ln S by day; nan on the first."""
    return [math.nan, *(math.log(b / a) for a, b in pairwise(spot.values))]


def _deviation(returns: Sequence[float], days: int) -> Iterator[float]:
    """Standard deviation of the last `days` returns, a year's; nan until they are all there."""
    held = [0.0 if math.isnan(r) else r for r in returns]
    gone = list(accumulate((math.isnan(r) for r in returns), initial=0))
    sums = list(accumulate(held, initial=0.0))
    squares = list(accumulate((r * r for r in held), initial=0.0))
    for i in range(1, len(returns) + 1):
        start = i - days
        if start < 0 or gone[i] > gone[start]:
            yield math.nan
            continue
        total = sums[i] - sums[start]
        spread_out = squares[i] - squares[start] - total * total / days
        yield math.sqrt(TRADING_DAYS * max(spread_out, 0.0) / (days - 1))
