"""What the tests share: where the publishers' real files are."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(os.environ.get("SAIKEN_SHARED") or Path(__file__).parents[2] / "shared")

# A busy machine is no reason to fail; timings are measured in benchmarks/.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the checkout; tests that need it skip where it is missing."""
    if not (SHARED / "data").is_dir():
        pytest.skip(
            f"real files not found: {SHARED} (set SAIKEN_SHARED to the folder that has them)"
        )
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, with the real files there, a test that skipped for want of them has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and SHARED.is_dir():
        reason = str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr)
        if "shared" in reason.lower():
            report.outcome = "failed"
            report.longrepr = f"skipped although {SHARED} is there: {reason}"
    return report
