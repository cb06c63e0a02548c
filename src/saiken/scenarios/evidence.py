"""What the draws say of a forecast: the share of them that bears it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.running import Result

Flags = NDArray[np.bool_]
Predicate = Callable[[Callable[[str], NDArray[np.float32]]], Flags]
SUPPORTED = 0.9
"""The share of draws from which on a direction counts as supported; 1 − this refutes it."""


class Quantity(Protocol):
    """What is needed of a claim's number: the interval that its words allow, and its unit."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def unit(self) -> str: ...


class Forecast(Protocol):
    """What is needed of a claim: which price, which way, how far. See claims.claim.Claim."""

    @property
    def measure(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def tenor(self) -> str: ...
    @property
    def direction(self) -> int | None: ...
    @property
    def quantity(self) -> Any: ...
    @property
    def polarity(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """`share` of `draws` that bear a forecast out, `outside` of them beyond every sample.

    `words` say it in a sentence. The scenario is an assumption: how likely it is, is not asked.
    """

    share: float
    draws: int
    outside: float
    identified: str
    words: str


def probability(result: Result, predicate: Predicate) -> float:
    """The share of draws in which `predicate` holds.

    It is given a function from the name of a column (Result.names) to its draws and returns one
    truth value a draw: `lambda of: of("worst:USD/JPY") < -10`. Raises ScenarioError for a column
    that is none or an answer of the wrong shape.
    """
    flags = np.asarray(predicate(result.column))
    if flags.shape != (result.draws,) or flags.dtype != np.bool_:
        raise ScenarioError("a predicate must give one truth value for each draw")
    return float(flags.mean())


# measure, subject, tenor -> the column, and the sign that turns "up" of the claim into its own up.
# A claim about the yen rising is one about USD/JPY falling.
_COLUMNS: dict[tuple[str, str, str], tuple[str, int]] = {
    ("government_yield", "US", "2Y"): ("UST 2Y", 1),
    ("government_yield", "US", "10Y"): ("UST 10Y", 1),
    ("government_yield", "US", ""): ("UST 10Y", 1),
    ("government_yield", "US", "30Y"): ("UST 30Y", 1),
    ("government_yield", "JP", "10Y"): ("JGB 10Y", 1),
    ("government_yield", "JP", ""): ("JGB 10Y", 1),
    ("government_yield", "JP", "30Y"): ("JGB 30Y", 1),
    ("exchange_rate", "USDJPY", ""): ("USD/JPY", 1),
    ("exchange_rate", "JPY", ""): ("USD/JPY", -1),
    ("exchange_rate", "JPYUSD", ""): ("USD/JPY", -1),
    ("equity_index", "US", ""): ("US equities", 1),
    ("crypto_price", "BTC", ""): ("BTC", 1),
}


def on_forecast(result: Result, claim: Forecast) -> Evidence | None:
    """What the scenario says of a forecast; None where it has no such price or direction.

    A stated size is held against the month end at which the shock is over; a direction alone
    against the sign there. A denial (`polarity` False) is borne out by the other draws.
    """
    found = _COLUMNS.get((claim.measure, claim.subject, claim.tenor))
    if found is None or not claim.direction:
        return None
    series, sign = found
    way = claim.direction * sign
    least = _least(claim.quantity, series)
    column = f"shock:{series}"
    share = probability(result, lambda of: np.asarray(way * of(column) > least))
    size = f" by {least:g} or more" if least else ""
    which = {1: "up", -1: "down"}[way]
    goes = "goes"
    if not claim.polarity:
        share, goes = 1 - share, "does not go"
    identified = direction_of(share)
    words = (
        f"in {share:.0%} of {result.draws:,} draws {series} {goes} {which}{size} by the time the "
        f"shock is over; {result.outside:.0%} of the draws lie outside every sample"
    )
    return Evidence(share, result.draws, result.outside, identified, words)


def direction_of(share: float) -> str:
    """The words for how many draws go one way."""
    if share >= SUPPORTED:
        return "supported"
    return "contradicted" if share <= 1 - SUPPORTED else "not identified"


def _least(quantity: Quantity | None, series: str) -> float:
    """The smallest size that the words allow, in the unit of the series; 0 if none is stated."""
    if quantity is None:
        return 0.0
    small = min(abs(quantity.low), abs(quantity.high))
    is_yield = series.startswith(("UST", "JGB"))
    factor = {"bp": 1.0, "pp": 100.0} if is_yield else {"% change": 1.0, "%": 1.0}
    return float(small * factor.get(quantity.unit, 0.0))
