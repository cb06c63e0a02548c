"""A callable that a door hands to the judge: what a scenario says of a forecast.

Imports nothing heavy before it is asked something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.prices import Forecast, priced
from saiken.terms.outlook import Outlook, Refusal

if TYPE_CHECKING:
    from saiken.scenarios.balance import Figures
    from saiken.scenarios.running import Result
    from saiken.scenarios.scenario import Scenario
    from saiken.scenarios.staging import Stage

DRAWS = 4000
SEED = 1
MOST = 4
"""Shocks of one text that are run: each takes some tenths of a second."""
KEPT = 8
"""Runs that are kept, some 2 MB each: texts of a day ask for the same few."""
NO_NUMPY = Refusal("NumPy is not installed")
TOO_MANY = Refusal("the text tells more than {most} shocks", {"most": str(MOST)})

Witness = Callable[[Forecast], Outlook | Refusal | None]


def witness(archive: Figures, as_of: date, draws: int = DRAWS, seed: int = SEED) -> Witness:
    """What scenarios say of forecasts, on balance sheets as of a date.

    The answer is an outlook, or why none could be drawn, or None for a claim that hangs on
    no shock or is about no price that scenarios have. Nothing is drawn before it is asked.
    """
    asked: set[object] = set()

    @cache
    def staged() -> Stage:
        from saiken.scenarios.staging import stage  # noqa: PLC0415 - NumPy

        return stage(archive, as_of)

    def drawn(claim: Forecast) -> Outlook | Refusal | None:
        from saiken.scenarios.evidence import on_forecast  # noqa: PLC0415 - NumPy

        if claim.premise is None:
            return None
        scenario, assumed = staged().scenario(claim.premise)
        if scenario not in asked and len(asked) >= MOST:
            return TOO_MANY
        asked.add(scenario)
        return on_forecast(*_runs(archive, as_of, scenario, draws, seed), claim, assumed)

    def ask(claim: Forecast) -> Outlook | Refusal | None:
        if claim.premise is None or priced(claim) is None:
            return None
        try:
            return drawn(claim)
        except ScenarioError as error:
            return error.refusal
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "numpy":
                raise
            return NO_NUMPY

    return ask


@lru_cache(maxsize=KEPT)
def _runs(
    archive: Figures, as_of: date, scenario: Scenario, draws: int, seed: int
) -> tuple[Result, Result]:
    """The same draws without and with backstops."""
    from saiken.scenarios.plan import planner  # noqa: PLC0415 - NumPy
    from saiken.scenarios.running import both  # noqa: PLC0415

    return both(planner(archive, as_of)(scenario), draws, seed, 1)
