"""How long a response surface takes over all windows of a 50-year daily series. Prints Markdown.

    python benchmarks/surfaces.py

Beside it, in the same run: brute force in NumPy over every pair, a row of windows at a time, whose
counts must be the same; and how the time grows with the length of the series.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from saiken.measures.surfaces import Response, change_surface, flow_surface, record_surface

YEARS, DAYS = 50, 252
RUNS = 11
TARGET = 50
SPAN = 250


def walk(count: int) -> np.ndarray:
    """A yield as printed: three decimals, a random walk that zero turns back."""
    steps = np.random.default_rng(1).normal(0, 0.04, count)
    return np.round(np.abs(5 + np.cumsum(steps)) + 0.001, 3)


def timed(ask: Callable[[], Any], runs: int = RUNS) -> tuple[float, float, Any]:
    """Median milliseconds of the clock and of the processor, and the answer."""
    found, clock, busy = None, [], []
    for _ in range(runs):
        started, began = time.perf_counter(), time.process_time()
        found = ask()
        clock.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - began) * 1000)
    return statistics.median(clock), statistics.median(busy), found


def brute_force(values: np.ndarray, index: int, span: int) -> np.ndarray:
    """Windows at least as strong, by span from 1: every pair of observations compared."""
    digits = np.rint(values * 1000).astype(np.int64)
    own = digits[index] - digits[index - span]
    found = np.zeros(len(digits), np.int64)
    for end in range(1, len(digits)):
        moved = digits[end] - digits[end - 1 :: -1] if end > 1 else digits[1:2] - digits[0]
        found[1 : end + 1] += moved >= own if own > 0 else moved <= own
    return found[1:]


def main() -> None:
    values = walk(YEARS * DAYS)
    last = len(values) - 1
    pairs = len(values) * last // 2
    print(f"{len(values):,} observations, {pairs:,} windows, median of {RUNS}.\n")
    print("| surface | time | processor time | target |\n|---|---|---|---|")
    asked: dict[str, Callable[[], Response]] = {
        "change": lambda: change_surface(values, last, SPAN),
        "relative change": lambda: change_surface(values, last, SPAN, relative=True),
        "flow": lambda: flow_surface(np.diff(values), last - 1, SPAN),
        "record": lambda: record_surface(values, last, "high"),
    }
    found: dict[str, Response] = {}
    for name, ask in asked.items():
        took, busy, found[name] = timed(ask)
        print(f"| {name} | {took:.1f} ms | {busy:.1f} ms | {TARGET} ms |")
    took, busy, expected = timed(lambda: brute_force(values, last, SPAN), 1)
    print(f"| change, by brute force | {took:.0f} ms | {busy:.0f} ms | |")
    same = np.array_equal(found["change"].as_strong, expected)
    print(f"\nThe counts of both are {'equal' if same else 'NOT EQUAL'}.\n")
    print("| observations | change | processor time |\n|---|---|---|")
    for factor in (1, 2, 4):
        longer = walk(YEARS * DAYS * factor // 4)
        took, busy, _ = timed(
            lambda longer=longer: change_surface(longer, len(longer) - 1, SPAN), 5
        )
        print(f"| {len(longer):,} | {took:.1f} ms | {busy:.1f} ms |")


if __name__ == "__main__":
    main()
