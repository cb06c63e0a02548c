"""What loads when: the cold path stays free of numerics, the numerics free of statistics."""

from __future__ import annotations

import subprocess
import sys

import pytest

COLD = "history holdings bonds"
ALL = (
    "arrays carry connectedness curves debt dynamic_factor hedging holdings_nowcast kernel_ridge "
    "nowcast ownership projections quantile_regression stress vector_autoregression"
)


@pytest.mark.parametrize(
    ("modules", "absent"),
    [(COLD, "numpy pandas scipy statsmodels"), (f"{COLD} {ALL}", "pandas scipy statsmodels")],
)
def test_a_module_loads_no_more_than_it_needs(modules, absent):
    lines = [f"import saiken.measures.{name}" for name in modules.split()]
    lines += ["import sys", f"print(*(m for m in {absent.split()!r} if m in sys.modules))"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
