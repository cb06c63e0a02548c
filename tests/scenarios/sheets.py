"""Balance sheets that do not move with the archive."""

from __future__ import annotations

from datetime import date

from saiken.scenarios import calibration
from saiken.scenarios.balance import Cell, Sheet, State, fill
from saiken.terms.quantity import Interval


def cell(agent: str, amount: float) -> Cell:
    within = Interval.around(amount, 0.005 * amount)
    return Cell(agent, "ust", amount, within, "2025-11", "archive", "made for the tests")


def made() -> Sheet:
    """Round figures of the size of autumn 2025."""
    levels = {
        "UST 2Y": 3.6, "UST 10Y": 4.2, "UST 30Y": 4.8, "JGB 10Y": 2.2, "JGB 30Y": 3.6,
        "debt JP": 230.0, "debt US": 125.0,
    }  # fmt: skip
    now = State(date(2026, 12, 31), 158.0, levels, dict.fromkeys(levels, "2025"))
    return fill(
        now, calibration.load(), [], japan=cell("JP", 1200.0), foreign=cell("all", 9300.0),
        official=cell("official", 3900.0), reserves=cell("JP:mof", 1000.0),
    )  # fmt: skip
