"""The prices that scenarios have, by the names that claims give them. Imports nothing heavy."""

from __future__ import annotations

from typing import Protocol

from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity


class Forecast(Protocol):
    """What is needed of a claim: which price, which way, how far, and if what. See claims.claim.Claim."""

    @property
    def measure(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def tenor(self) -> str: ...
    @property
    def direction(self) -> int | None: ...
    @property
    def quantity(self) -> Quantity | None: ...
    @property
    def polarity(self) -> bool: ...
    @property
    def premise(self) -> Shock | None: ...


# measure, subject, tenor -> the series, and the sign that turns "up" of the claim into its own up.
# A claim about the yen rising is one about USD/JPY falling.
_SERIES: dict[tuple[str, str, str], tuple[str, int]] = {
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
    ("equity_index", "SP500", ""): ("US equities", 1),
    ("crypto_price", "BTC", ""): ("BTC", 1),
}


def priced(claim: Forecast) -> tuple[str, int] | None:
    """The series that a forecast is about, and its sign; None where scenarios have no such price,
    or where the series is the shock itself.
    """
    found = _SERIES.get((claim.measure, claim.subject, claim.tenor))
    decreed = claim.premise is not None and claim.premise.kind == "jgb"
    return None if found is None or (decreed and found[0].startswith("JGB")) else found
