"""What the tests of scenarios share."""

from __future__ import annotations

import pytest
from sheets import made

from saiken.scenarios import calibration
from saiken.scenarios.balance import Sheet
from saiken.scenarios.calibration import Calibration


@pytest.fixture(scope="session")
def known() -> Calibration:
    return calibration.load()


@pytest.fixture(scope="session")
def sheet() -> Sheet:
    return made()
