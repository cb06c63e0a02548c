"""What a scenario costs, in draws, months, agents, assets and workers. Prints Markdown.

OPENBLAS_NUM_THREADS=1 PYTHONPATH=src python benchmarks/scenarios.py [--million] [--ten-million] [--ray]
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from unittest.mock import patch

from saiken.archive.archive import Archive
from saiken.scenarios import balance, calibration, engine, running
from saiken.scenarios.engine import SERIES, Switches
from saiken.scenarios.plan import Plan, make
from saiken.scenarios.scenario import altered, find

TARGET = 2.5
RUNS = 3
BARE = Switches(backstop=False, private=False, constraints=False, carry=False)
FULL = Switches(backstop=True)


@dataclass(frozen=True)
class Row:
    """A run: `agents` and `assets` are how often those of the model are there."""

    draws: int
    months: int = 36
    workers: int = 2
    agents: int = 1
    assets: int = 1
    bare: bool = False
    on: str = "threads"


ROWS = (
    Row(1_000), Row(10_000), Row(100_000), Row(100_000, workers=1), Row(100_000, months=12),
    Row(100_000, months=72), Row(100_000, bare=True), Row(100_000, agents=2), Row(100_000, agents=4),
    Row(100_000, assets=2), Row(100_000, assets=4),
)  # fmt: skip


def plan(months: int, agents: int) -> Plan:
    """A sale over a year. Agents beyond the model's own are copies that hold nothing."""
    known = calibration.load()
    sheet = balance.sheet(Archive.open(), datetime.now(UTC).date(), known)
    copies = [replace(a, id=f"{a.id}-{i}") for i in range(1, agents) for a in known.agents]
    known = replace(known, agents=(*known.agents, *copies))
    gradual = altered(find("dump"), size="1tn", over="12m")
    return make(replace(gradual, horizon=months), sheet, known)


def timed(row: Row) -> str:
    """Wall and processor seconds (the best of some), peak memory, a digest of the bits."""
    made, outputs = plan(row.months, row.agents), engine.outputs
    walls, cpus = [], []
    with (
        patch.object(running, "SERIES", SERIES * row.assets),
        patch.object(engine, "outputs", lambda chunk: outputs(chunk) * row.assets),
    ):
        for _ in range(1 if row.draws > 100_000 else RUNS):
            wall, cpu = time.perf_counter(), time.process_time()
            switches = BARE if row.bare else FULL
            result = running.run(made, switches, row.draws, 1, row.workers, on=row.on)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    drawn = result.columns.tobytes() + result.counts.tobytes() + result.fans.tobytes()
    bits = hashlib.sha256(drawn).hexdigest()[:10]
    return (
        f"| {row.draws:,} | {row.months} | {len(made.agents)} | {len(result.fans)} "
        f"| {'prices only' if row.bare else 'all'} | {row.on} {row.workers} | {min(walls):.2f} s "
        f"| {min(cpus):.2f} s | {peak:,.0f} MB | {bits} |"
    )


def main() -> None:
    """Every row in a process of its own, so that its peak of memory is its own too."""
    rows = list(ROWS)
    if "--million" in sys.argv:
        rows.append(Row(1_000_000))
    if "--ten-million" in sys.argv:
        rows.append(Row(10_000_000))
    if "--ray" in sys.argv:
        most = (100_000, 1_000_000) if "--million" in sys.argv else (100_000,)
        rows += [Row(draws, on="ray") for draws in most]
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print(
        "| draws | months | agents | series | acting | workers | wall | processor | peak | bits |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    spawn = multiprocessing.get_context("spawn")
    for row in rows:
        with ProcessPoolExecutor(1, mp_context=spawn) as alone:
            print(alone.submit(timed, row).result(), flush=True)
    print(f"\nTarget: 100,000 draws, 36 months, all agents on two free processors in {TARGET} s.")
    print("Processor time is that of the process itself: tasks of Ray have their own.")


if __name__ == "__main__":
    main()
