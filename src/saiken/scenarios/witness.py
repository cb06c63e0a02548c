"""A callable that a door hands to the judge: what a scenario says of a forecast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from saiken.scenarios import balance, calibration
from saiken.scenarios.balance import Figures
from saiken.scenarios.evidence import Evidence, Forecast, on_forecast
from saiken.scenarios.plan import make
from saiken.scenarios.running import Result, run
from saiken.scenarios.scenario import find

DRAWS = 4000


def witness(
    archive: Figures, as_of: date, name: str = "dump", draws: int = DRAWS, seed: int = 1
) -> Callable[[Forecast], Evidence | None]:
    """What the scenario `name` says of a forecast, on balance sheets as of a date.

    The draws are made when the first forecast with a direction is asked about, and once. None for
    a forecast about something that the scenario has no price of. Raises ScenarioError where the
    archive lacks what balance sheets need by that date.
    """

    @cache
    def drawn() -> Result:
        known = calibration.load()
        sheet = balance.sheet(archive, as_of, known)
        return run(make(find(name), sheet, known), draws=draws, seed=seed)

    def ask(claim: Forecast) -> Evidence | None:
        return on_forecast(drawn(), claim) if claim.direction else None

    return ask
