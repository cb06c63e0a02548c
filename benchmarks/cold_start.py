"""How long a cold `saiken` takes, and what takes the time. Prints Markdown.

Run it with the environment's own Python: .venv/bin/python benchmarks/cold_start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

RUNS = 11
QUESTION = "Japan is dumping $1.2 trillion in U.S. debt"
AS_OF = ("--as-of", "2026-01-25")
SAIKEN = ("-I", "-m", "saiken")
COMMANDS = {
    "`python -c pass`": ("-I", "-c", "pass"),
    "`saiken --help`": (*SAIKEN, "--help"),
    "`saiken check --help`": (*SAIKEN, "check", "--help"),
    "`saiken check` of a headline": (*SAIKEN, "check", QUESTION, *AS_OF),
    "`saiken show`": (*SAIKEN, "show", "tic/holdings/JP", *AS_OF),
}
TARGETS = {"`saiken --help`": 150, "`saiken check` of a headline": 600}


def timed(arguments: Sequence[str]) -> float:
    """Wall-clock milliseconds of one run."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


def imports(arguments: Sequence[str], least: int = 4000) -> list[tuple[int, str]]:
    """Modules by the microseconds that they take themselves, the slowest first."""
    command = [sys.executable, "-X", "importtime", *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    rows = [
        line.removeprefix("import time:").split("|") for line in told.splitlines() if "|" in line
    ]
    own = [(int(row[0]), row[2].strip()) for row in rows if row[0].strip().isdigit()]
    return sorted(((us, name) for us, name in own if us >= least), reverse=True)


def main() -> None:
    print(f"| command | median of {RUNS} | worst | target |\n|---|---|---|---|")
    for name, arguments in COMMANDS.items():
        timed(arguments)
        times = [timed(arguments) for _ in range(RUNS)]
        target = f"{TARGETS[name]} ms" if name in TARGETS else ""
        print(f"| {name} | {statistics.median(times):.0f} ms | {max(times):.0f} ms | {target} |")
    print("\nModules that take 4 ms or more to import in a check:\n")
    for us, name in imports(COMMANDS["`saiken check` of a headline"]):
        print(f"- {name}: {us / 1000:.0f} ms")


if __name__ == "__main__":
    main()
