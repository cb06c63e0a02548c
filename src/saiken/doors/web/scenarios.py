"""The scenario page: what a visitor may change, and the answer to it, kept while others ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from saiken.archive.archive import Archive
from saiken.doors.errors import BadInputError
from saiken.reports.scenario_svg import fans_svg
from saiken.scenarios import calibration
from saiken.scenarios.answer import Answer, answer
from saiken.scenarios.engine import SERIES
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import planner
from saiken.scenarios.running import Result, both
from saiken.scenarios.scenario import Scenario, altered, shipped
from saiken.terms import places

DRAWS = 4000
"""Fewer than the command line draws, so that a change is seen within a second; as many as a brief."""

KEPT = 48
FIRST = "dump"
COUNTRIES = ("JP", "CN", "GB", "BE", "LU", "CA")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its fans; `scenario` is what was asked in full."""

    scenario: Scenario
    answer: Answer
    off: Result
    on: Result

    def fans(self, prices: Sequence[str] = SERIES) -> str:
        """The picture of some or all prices; that of some has no heading of its own."""
        whole = len(prices) == len(SERIES)
        return spoken(fans_svg(self.answer, self.off, self.on, prices, headed=whole))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor chose; None leaves it as the scenario has it. `amount` in $bn, `over` months."""

    name: str
    holder: str | None = None
    amount: float | None = None
    over: int | None = None
    hedge: float | None = None


def choice(given: Mapping[str, str]) -> Choice:
    """Read the fields of the form. Raises BadInputError.

    Fields that were filled in for another scenario than the one now chosen are left aside.
    """
    name = given.get("name") or FIRST
    if name not in shipped():  # a name only, never a path
        raise BadInputError("no such scenario", f"choose among {', '.join(shipped())}")
    if given.get("was", name) != name:
        return Choice(name)
    try:
        return Choice(
            name,
            given.get("holder") or None,
            float(given["amount"]) if given.get("amount") else None,
            int(given["over"]) if given.get("over") else None,
            float(given["hedge"]) if given.get("hedge") else None,
        )
    except ValueError:
        raise BadInputError("amount, months and hedge are numbers", "move the sliders") from None


class Stage:
    """Runs scenarios on one archive, one at a time; the answers given last are kept."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._shown: OrderedDict[tuple[Choice, date], Shown] = OrderedDict()
        self._lock = Lock()

    def show(self, chosen: Choice, as_of: date) -> Shown:
        """Raises BadInputError for what the scenario cannot be asked."""
        key = (chosen, as_of)
        with self._lock:
            found = self._shown.get(key)
            if found is None:
                try:
                    found = self._draw(chosen, as_of)
                except ScenarioError as error:
                    raise BadInputError(error.message, error.hint) from None
                self._shown[key] = found
                if len(self._shown) > KEPT:
                    self._shown.popitem(last=False)
            return found

    def _draw(self, chosen: Choice, as_of: date) -> Shown:
        scenario = _asked(chosen)
        plan = planner(self._archive, as_of)(scenario)
        off, on = both(plan, DRAWS)
        return Shown(plan.scenario, answer(off, on), off, on)


def _asked(chosen: Choice) -> Scenario:
    scenario = shipped()[chosen.name]
    sells = bool(scenario.sale.amount)
    sized = sells or bool(scenario.intervention.amount)
    return altered(
        scenario,
        holder=chosen.holder if sells else None,
        size=chosen.amount if sized else None,
        over=chosen.over if sized else None,
        hedge=chosen.hedge if sells else None,
    )


def spoken(text: str) -> str:
    """`text` with agents called by their names: `JP:mof` is the Ministry of Finance of Japan."""
    for agent in calibration.load().agents:
        place, colon, _ = agent.id.partition(":")
        if colon:
            text = text.replace(agent.id, f"{places.name(place)}: {agent.name}")
    return text


def prices(asked: str) -> Sequence[str]:
    """The prices named in a query, by commas; all where none is. Raises BadInputError."""
    named = [name.strip() for name in asked.split(",") if name.strip()] or SERIES
    if unknown := [name for name in named if name not in SERIES]:
        raise BadInputError(f"no such price: {unknown[0][:40]}", f"there are {', '.join(SERIES)}")
    return list(dict.fromkeys(named))


def holders(chosen: str) -> list[tuple[str, str]]:
    """Who may sell: agents with Treasuries of their own, and countries as a whole, `chosen` too."""
    agents = [(agent.id, f"Japan: {agent.name}") for agent in calibration.load().agents]
    japan = [(code, name) for code, name in agents if code.startswith("JP:") and code != "JP:boj"]
    known = {code for code, _ in japan}
    asked = () if chosen in known else (chosen,)
    return [*japan, *((c, "all of " + places.name(c)) for c in dict.fromkeys((*COUNTRIES, *asked)))]
