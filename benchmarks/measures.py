"""How fast the measures are, beside statsmodels and R: `python benchmarks/measures.py [SHARED]`.

Prints Markdown. statsmodels runs here, on as many windows as a few seconds allow, and is scaled
up. R's ConnectednessApproach package runs too where Rscript and the package are at hand (Debian:
r-base-core, then install.packages("ConnectednessApproach")); else its times are recorded ones, from
another machine, and marked so. Set OPENBLAS_NUM_THREADS=1 for figures that do not depend on the
number of cores; times are of the processor, that of R of the clock.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "measures"))

from measures_files import jgb_curves, kernel_ridge_bonds, reference_table

from saiken.measures import connectedness, curves, stress
from saiken.measures.kernel_ridge import fit_kernel_ridge
from saiken.measures.quantile_regression import quantile_regression

RUNS = 5
PEER_WINDOWS = 40
ROLLING = "rolling generalised FEVD, "


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Processor seconds of the fastest of `runs`: what a busy machine does not change."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def many_series() -> np.ndarray:
    """Twenty series, 1,499 rows: windows of 200 make 1,300 of them."""
    rng = np.random.default_rng(0)
    y = rng.standard_normal((1499, 20))
    for t in range(1, len(y)):
        y[t] += 0.3 * y[t - 1] + 0.1 * np.roll(y[t - 1], 1)
    return y


def peer_rolling(y: np.ndarray, window: int, lags: int, windows: int) -> float:
    """statsmodels: a VAR and its (Cholesky) decomposition a window, scaled to all windows."""
    from statsmodels.tsa.vector_ar.var_model import VAR  # noqa: PLC0415

    starts = np.linspace(0, windows - 1, PEER_WINDOWS).astype(int)
    VAR(y[:window]).fit(lags).fevd(10)
    started = time.process_time()
    for start in starts:
        VAR(y[start : start + window]).fit(lags).fevd(10)
    return (time.process_time() - started) * windows / len(starts)


def peer_r(y: np.ndarray, window: int, lags: int, recorded: str) -> str:
    """Seconds of the R package on the same table; the recorded time, so marked, without R."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return f"{recorded} (recorded)"
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        np.savetxt(table, y, delimiter=",")
        script = Path(__file__).with_name("rolling.R")
        asked = [rscript, str(script), str(table), str(lags), str(window), "10"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if told.returncode:
        said = told.stderr.strip().splitlines()
        print(f"R: {said[-1] if said else 'failed'}", file=sys.stderr)
        return f"{recorded} (recorded)"
    return f"{float(told.stdout.split()[-1]):.1f} s"


def peer_quantile(x: np.ndarray, y: np.ndarray) -> float:
    from statsmodels.regression.quantile_regression import QuantReg  # noqa: PLC0415

    return best(lambda: QuantReg(y, x).fit(q=0.1, max_iter=2000), 2)


def rows(shared: Path) -> list[tuple[str, float, float | None, float | None, str]]:
    """(what, seconds, target, seconds of the peer, what R takes)."""
    y, many = reference_table(shared, "dy2012.csv"), many_series()
    _, maturity, yields = jgb_curves(shared)
    bonds = kernel_ridge_bonds(shared, "2013-12-31")
    acg = reference_table(shared, "acg2020.csv")
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(4000), rng.standard_normal((4000, 24))])
    z = x @ rng.standard_normal(25) + rng.standard_t(3, 4000)
    inputs = np.cumsum(rng.standard_normal((6500, 10)), axis=0)
    return [
        (
            ROLLING + "4 series, lag 4, 2,576 windows",
            best(lambda: connectedness.rolling_connectedness(y, 196, 4, 10)),
            0.15,
            peer_rolling(y, 196, 4, 2576),
            peer_r(y, 200, 4, "20 s"),
        ),
        (
            ROLLING + "20 series, lag 1, 1,300 windows",
            best(lambda: connectedness.rolling_connectedness(many, 200, 1, 10)),
            0.4,
            peer_rolling(many, 200, 1, 1300),
            peer_r(many, 200, 1, "172 s"),
        ),
        (
            "kink index, 4,559 days, 595 pairs of τ",
            best(lambda: curves.kink_index(maturity, yields)),
            0.2,
            None,
            "",
        ),
        (
            "kink index, 4,559 days, τ free",
            best(lambda: curves.kink_index(maturity, yields, free=True), 3),
            None,
            None,
            "",
        ),
        (
            "kernel ridge curve, 280 bonds",
            best(lambda: fit_kernel_ridge(*bonds)),
            0.010,
            None,
            "",
        ),
        (
            "TVP-VAR connectedness, 4 series, 520 months",
            best(lambda: connectedness.tvp_connectedness(acg, 1, 12)),
            None,
            None,
            "",
        ),
        (
            "quantile regression, 4,000 × 25",
            best(lambda: quantile_regression(x, z, 0.1)),
            None,
            peer_quantile(x, z),
            "",
        ),
        (
            "stress index, 6,500 days, 10 inputs",
            best(lambda: stress.stress_index(inputs), 3),
            None,
            None,
            "",
        ),
    ]


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "shared"
    print("| what | here | target | statsmodels, same run | ratio | R |")
    print("|---|---|---|---|---|---|")
    for what, seconds, target, peer, recorded in rows(shared):
        goal = "" if target is None else f"{1000 * target:.0f} ms"
        other = "" if peer is None else f"{peer:.2f} s"
        ratio = "" if peer is None else f"{peer / seconds:.0f}×"
        print(f"| {what} | {1000 * seconds:.1f} ms | {goal} | {other} | {ratio} | {recorded} |")


if __name__ == "__main__":
    main()
