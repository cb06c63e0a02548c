"""How fast publishers' files are read: two large ones, all of them, and an import into an archive.

    python benchmarks/parsing.py [SHARED] [--no-import]

SHARED (default: $SAIKEN_SHARED or ../shared) holds the publishers' files in `data/`. Processor time
is told beside the time by the clock: on a busy machine only the first one means something.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from saiken.archive.importer import import_folder
from saiken.publishers import registry
from saiken.publishers.table import Artifact, ParseError

LARGE = {
    "us/tic/mfhhis01_vintage-2026-04-12.txt": "50 ms",
    "japan/mof_jgb/jgbcme_all_to20260630.csv": "150 ms",
}
"""Files, and how long each may take."""

NOW = datetime(2026, 9, 20, tzinfo=UTC)


def read(file: Path) -> tuple[int, int]:
    """(1 if it is a table of ours, its figures)."""
    data = file.read_bytes()
    try:
        table = registry.recognise(data, file.name)
        if table is None:
            return 0, 0
        return 1, sum(map(len, table.parse(data, Artifact(file.name, "", NOW))))
    except ParseError:
        return 0, 0


def best(work: Callable[[], Any], times: int) -> tuple[float, float, Any]:
    """Processor and clock seconds of the quickest of some runs, and what it gave."""
    found = []
    for _ in range(times):
        at, cpu = time.perf_counter(), time.process_time()
        answer = work()
        found.append((time.process_time() - cpu, time.perf_counter() - at, answer))
    return min(found, key=lambda one: one[0])


def told(what: str, cpu: float, clock: float, target: str = "") -> str:
    return f"| {what} | {cpu * 1000:,.0f} ms | {clock * 1000:,.0f} ms | {target} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", nargs="?", default=os.environ.get("SAIKEN_SHARED", "../shared"))
    parser.add_argument("--no-import", action="store_true", help="parse only")
    args = parser.parse_args()
    data = Path(args.shared) / "data"
    registry.tables()
    print("| what | processor | clock | target |\n|---|---|---|---|")
    for name, target in LARGE.items():
        cpu, clock, (_, figures) = best(lambda name=name: read(data / name), 7)
        print(told(f"{Path(name).name}, {figures:,} figures", cpu, clock, target))
    files = [file for file in sorted(data.rglob("*")) if file.is_file()]
    cpu, clock, counts = best(lambda: [read(file) for file in files], 1)
    known, figures = (sum(numbers) for numbers in zip(*counts, strict=True))
    print(told(f"all {known} files, {figures:,} figures", cpu, clock, "10 s"), flush=True)
    if not args.no_import:
        with tempfile.TemporaryDirectory(prefix="saiken-") as home:
            cpu, clock, report = best(lambda: import_folder(data, Path(home)), 1)
        print(told(f"import of all, {report.new:,} new figures", cpu, clock))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\nat most {most:,.0f} MiB of memory")


if __name__ == "__main__":
    main()
