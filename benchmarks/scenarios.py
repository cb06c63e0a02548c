"""What a scenario costs, in draws, months and workers. Prints Markdown.

OPENBLAS_NUM_THREADS=1 PYTHONPATH=src python benchmarks/scenarios.py [--million] [--ray]
"""

from __future__ import annotations

import hashlib
import os
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from saiken.archive.archive import Archive
from saiken.scenarios import balance, calibration
from saiken.scenarios.engine import SERIES, Switches
from saiken.scenarios.plan import Plan, make
from saiken.scenarios.running import run
from saiken.scenarios.scenario import altered, find

TARGET = 2.5
RUNS = 3
BARE = Switches(backstop=False, private=False, constraints=False, carry=False)
FULL = Switches(backstop=True)


def plans() -> dict[int, Plan]:
    """The dump over two years, followed for 12, 36 and 72 months."""
    known = calibration.load()
    sheet = balance.sheet(Archive.open(), datetime.now(UTC).date(), known)
    gradual = altered(find("dump"), size="1tn", over="12m")
    return {months: make(replace(gradual, horizon=months), sheet, known) for months in (12, 36, 72)}


def timed(plan: Plan, draws: int, workers: int, switches: Switches, on: str = "threads") -> str:
    """A row: wall and processor seconds (the best of some), peak memory, a digest of the bits."""
    walls, cpus = [], []
    for _ in range(1 if draws > 100_000 else RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        result = run(plan, switches, draws, 1, workers, on=on)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bits = hashlib.sha256(result.columns.tobytes() + result.fans.tobytes()).hexdigest()[:10]
    acting = "all" if switches == FULL else "prices only"
    return (
        f"| {draws:,} | {plan.scenario.horizon} | {acting} | {on} {workers} | {min(walls):.2f} s "
        f"| {min(cpus):.2f} s | {peak:,.0f} MB | {bits} |"
    )


def main() -> None:
    made = plans()
    agents = len(made[36].agents)
    load = os.getloadavg()[0]
    print(f"{len(SERIES)} series, {agents} agents, {os.cpu_count()} processors, load {load:.1f}\n")
    print("| draws | months | agents acting | workers | wall | processor | peak | bits |")
    print("|---|---|---|---|---|---|---|---|")
    for draws in (1_000, 10_000, 100_000):
        print(timed(made[36], draws, 2, FULL))
    print(timed(made[36], 100_000, 1, FULL))
    for months in (12, 72):
        print(timed(made[months], 100_000, 2, FULL))
    print(timed(made[36], 100_000, 2, BARE))
    if "--million" in sys.argv:
        print(timed(made[36], 1_000_000, 2, FULL))
    if "--ray" in sys.argv:
        for draws in (100_000, 1_000_000) if "--million" in sys.argv else (100_000,):
            print(timed(made[36], draws, 2, FULL, "ray"))
    print(f"\nTarget: 100,000 draws, 36 months, all agents on two free processors in {TARGET} s.")


if __name__ == "__main__":
    main()
