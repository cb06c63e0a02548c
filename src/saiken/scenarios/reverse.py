"""Reverse stress: the smallest sale that breaks something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.engine import Switches
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import Plan
from saiken.scenarios.running import Progress, run

Column = Callable[[str], NDArray[np.float32]]
DRAWS = 4000
RESOLUTION = 0.02


@dataclass(frozen=True, slots=True)
class Threshold:
    """What breaks: `column` at or beyond `value` (at or below it where it is negative)."""

    id: str
    column: str
    value: float
    words: str
    per_capital: str = ""

    def broken(self, of: Column, capital: Mapping[str, float]) -> NDArray[np.bool_]:
        limit = self.value * (capital[self.per_capital] if self.per_capital else 1.0)
        draws = of(self.column)
        return np.asarray(draws <= limit if limit < 0 else draws >= limit)


THRESHOLDS = (
    Threshold("ust-50bp", "worst:UST 10Y", 50, "the 10-year Treasury yield rises by 50 bp"),
    Threshold("ust-100bp", "worst:UST 10Y", 100, "the 10-year Treasury yield rises by 100 bp"),
    Threshold("yen-10", "worst:USD/JPY", -10, "USD/JPY falls by 10 %"),
    Threshold("yen-20", "worst:USD/JPY", -20, "USD/JPY falls by 20 %"),
    Threshold("equities-10", "worst:US equities", -10, "US equities fall by 10 %"),
    Threshold("fire-sales", "forced:US:funds", 50, "leveraged funds are forced to sell $50bn"),
    Threshold(
        "jp-banks", "loss_shock:JP:banks", 0.25, "Japan's banks lose a quarter of their equity",
        "JP:banks",
    ),
    Threshold(
        "jp-coops", "loss_shock:JP:coops", 0.25,
        "co-operative and postal banks lose a quarter of their equity", "JP:coops",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breaking:
    """The smallest `amount` ($bn) at which `threshold` breaks in `share` of the draws; None if not
    even `most`, all that the seller has, does. `at_most` is the share there.
    """

    threshold: Threshold
    amount: float | None
    share: float
    most: float
    at_most: float


def capital(plan: Plan) -> dict[str, float]:
    """$bn of equity of the agents for whom it is known."""
    per_yen = 1000 / plan.sheet.state.usdjpy
    return {a.id: a.capital * per_yen for a in plan.calibration.agents if a.capital}


def smallest(
    build: Callable[[float], Plan],
    most: float,
    thresholds: tuple[Threshold, ...] = THRESHOLDS,
    share: float = 0.5,
    switches: Switches | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> list[Breaking]:
    """For each threshold the smallest sale that breaks it in `share` of the draws, to 2 %.

    `build(amount)` makes the plan of a sale of `amount` $bn; `most` is the largest. Every amount
    is tried on the same draws. Raises ScenarioError for a share out of (0, 1).
    """
    if not 0 < share < 1:
        raise ScenarioError(f"a share of {share:g}", "it must lie between 0 and 1")
    shares: dict[float, list[float]] = {}

    def at(amount: float) -> list[float]:
        if amount not in shares:
            plan = build(amount)
            result = run(plan, switches, draws, seed)
            known = capital(plan)
            shares[amount] = [
                float(threshold.broken(result.column, known).mean()) for threshold in thresholds
            ]
        return shares[amount]

    found = []
    for row, threshold in enumerate(thresholds):
        at_most = at(most)[row]
        amount = _bisect(at, row, share, most) if at_most >= share else None
        found.append(Breaking(threshold, amount, share, most, at_most))
        if progress:
            progress(row + 1, len(thresholds))
    return found


def _bisect(at: Callable[[float], list[float]], row: int, share: float, most: float) -> float:
    low, high = 0.0, most
    while high - low > RESOLUTION * high:
        middle = (low + high) / 2
        low, high = (low, middle) if at(middle)[row] >= share else (middle, high)
    return high
