"""`saiken serve` under load on loopback, by wrk: pages kept, new headlines, scenarios; memory beside it.

    python benchmarks/web.py [--seconds 60] [--workers 2] [--archive FOLDER]

Prints a Markdown table. Each line is one run of wrk against one server that has been warmed up, which
has both cores to share with wrk. `p99` is the time of a request at the load that gives the rate.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGE = "/series/tic/holdings/JP?as_of=2026-01-25"
ANSWER = "/?text=Japan+is+dumping+%241.2+trillion+in+U.S.+debt&as_of=2026-01-25"

# Every request another headline: numbers that count up, countries and forms that go round.
HEADLINES = """
local id = 0
function setup(thread) id = id + 1; thread:set("which", id) end
local forms = {
  "%s sold $%.1f billion of US Treasuries in March 2025",
  "%s's holdings of US Treasuries fell to $%.1f billion in November 2025",
  "%s is dumping $%.1f billion in U.S. debt",
  "%s holds $%.1f billion of Treasuries, the most since 2012",
  "The 30-year JGB yield rose above 3%% in January 2026, while %s bought $%.1f billion of Treasuries",
  "The yen fell to 158 per dollar as %s sold $%.1f billion of Treasuries in 2025",
}
local who = {"Japan", "China", "the UK", "Belgium", "Luxembourg", "Canada", "Switzerland",
             "Ireland", "Brazil", "Norway", "India", "France"}
local n = 0
function request()
  n = n + 1
  local text = forms[n % #forms + 1]:format(who[n % #who + 1], 10 + (n * 2 + which) * 0.1)
  return wrk.format("POST", "/api/check", {["content-type"] = "application/json"},
    string.format('{"text": "%s", "as_of": "2026-01-25"}', text))
end
"""
SAME = """
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = '{"text": "Japan is dumping $1.2 trillion in U.S. debt", "as_of": "2026-01-25"}'
"""
LOADS = (
    ("a kept page", PAGE, 32, ""),
    ("a kept answer, as a page", ANSWER, 32, ""),
    (
        "`POST /api/check`, a headline never seen",
        "/",
        16,
        HEADLINES.replace("n = 0", "n = 1000000"),
    ),
    ("the same headline again", "/api/check", 16, SAME),
)
"""What is asked, how, by how many connections at once."""


@dataclass(frozen=True, slots=True)
class Run:
    """What wrk told: requests a second, latencies in ms, requests that failed.

    `work` is the server's processor time a request, ms: what a busy machine leaves as it is. `before`
    and `after` are its memory, MB.
    """

    rate: float
    work: float
    half: float
    p99: float
    errors: int
    before: float
    after: float


@contextmanager
def serving(archive: str, workers: int) -> Iterator[tuple[str, int]]:
    """`saiken serve` on a free port: its address and process id."""
    environment = os.environ | {"SAIKEN_HOME": archive}
    # The first start after an import builds an index, in which memory no later start has a part.
    first = [sys.executable, "-m", "saiken", "check", "x", "--quiet"]
    subprocess.run(first, env=environment, stdout=subprocess.DEVNULL, check=False)
    command = [sys.executable, "-m", "saiken", "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        found = re.search(r"http://\S+", process.stderr.readline() if process.stderr else "")
        try:
            if found is None:
                sys.exit("the server did not start")
            yield found[0], process.pid
        finally:
            process.terminate()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - our own server
        return bytes(answer.read())


def crew(process: int) -> list[int]:
    """The processes of a server: it, and those that it has forked."""
    forked = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, forked)]


def memory(process: int) -> float:
    """Memory of the processes of a server, what they share counted once, MB."""
    told = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in crew(process)]
    found = [re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE) for text in told]
    return sum(int(one[1]) for one in found if one) / 1024


def work(process: int) -> float:
    """Processor time that the processes of a server have used, seconds."""
    told = [
        Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in crew(process)
    ]
    ticks = sum(int(fields[11]) + int(fields[12]) for fields in told)
    return ticks / os.sysconf("SC_CLK_TCK")


def load(url: str, process: int, seconds: int, connections: int, script: str = "") -> Run:
    """One run of wrk."""
    before, started = memory(process), work(process)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}",
            "--timeout",
            "10s",
            "--latency",
        ]
        command += ["-s", file.name] if script else []
        told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    sockets = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told
    )
    errors = (int(failed[1]) if failed else 0) + (sum(map(int, sockets.groups())) if sockets else 0)
    count = re.search(r"(\d+) requests in", told)
    if rate is None or count is None:
        sys.exit(told)
    each = (work(process) - started) / int(count[1]) * 1000
    return Run(
        float(rate[1]), each, _ms(told, "50%"), _ms(told, "99%"), errors, before, memory(process)
    )


def _ms(told: str, share: str) -> float:
    found = re.search(re.escape(share) + r"\s+([\d.]+)(us|ms|s)\b", told)
    return float(found[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[found[2]] if found else float("nan")


def redraws(address: str) -> list[float]:
    """Seconds that a scenario takes over HTTP, page and fans, each with another amount."""
    times = []
    for amount in range(200, 700, 25):
        told = f"as_of=2026-01-25&name=dump&amount={amount}"
        start = time.perf_counter()
        get(f"{address}/scenario?{told}")
        get(f"{address}/scenario.svg?{told}")
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--archive", help="an archive to serve (default: the snapshot alone)")
    args = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("this needs wrk (Debian, Ubuntu: apt-get install wrk)")
    with (
        tempfile.TemporaryDirectory() as nothing,
        serving(args.archive or nothing, args.workers) as (address, process),
    ):
        load(f"{address}/", process, 10, 8, HEADLINES)  # warms up: views, code, catalog
        print(
            "| what | requests/s | processor, ms each | p50, ms | p99, ms | errors | memory, MB |"
        )
        print("|---|---|---|---|---|---|---|")
        for name, path, connections, script in LOADS:
            run = load(address + path, process, args.seconds, connections, script)
            print(
                f"| {name} | {run.rate:,.0f} | {run.work:.2f} | {run.half:.1f} | {run.p99:.1f} | {run.errors} "
                f"| {run.before:.0f} to {run.after:.0f} |",
                flush=True,
            )
        used = work(process)
        times = redraws(address)
        each = (work(process) - used) / len(times)
    middle, most = statistics.median(times), max(times)
    told = f"{middle:.2f} s in the middle, {most:.2f} s at most, of {len(times)}; processor {each:.2f} s"
    print(f"\nA scenario redrawn, page and fans: {told}.")


if __name__ == "__main__":
    main()
