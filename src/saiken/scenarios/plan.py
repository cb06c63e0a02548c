"""A scenario made ready to run: who sells, what each agent holds, how time is cut.

Amounts in $100bn from here on. Bonds enter prices as 10-year equivalents, holdings as face.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios import balance
from saiken.scenarios.balance import Cell, Figures, Sheet
from saiken.scenarios.calibration import Calibration, load
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.scenario import Scenario

Array = NDArray[np.float64]
WEEKS = 4
WEEKLY_MONTHS = 3
ALIASES = {
    "JP:life": "JP:insurers",
    "JP:gpif": "JP:pensions",
    "JP:megabanks": "JP:banks",
    "JP:regional": "JP:banks",
    "JP:trust_banks": "JP:banks",
}
JAPANESE_PRIVATE = ("JP:pensions", "JP:insurers", "JP:banks", "JP:coops", "JP:trusts")
BEYOND = 1.25
"""How far beyond the latest figure an amount may go: texts quote older figures than the latest."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of time: `length` in months, the month that it ends (0: within a month), shares of
    each shock that fall into it.
    """

    length: float
    month: int
    sale: float
    intervention: float
    jgb: float
    carry: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a run needs besides the draws.

    agents         ids in the order of every array over agents (A)
    ust_base, ust_slope  (A,) Treasuries = base + slope·(official share), $100bn
    jgb            (A,) JGBs, $100bn
    jgb_duration   (A,) years
    seller         index of the seller; `seller_country` is all of its country's holders pro rata
    spills         whether the seller's dollars go for yen
    country        $bn that TIC counts in the holder's country, where the holder is one
    fx_share       share of what is sold whose dollars go for yen
    """

    scenario: Scenario
    calibration: Calibration
    sheet: Sheet
    agents: tuple[str, ...]
    ust_base: Array
    ust_slope: Array
    jgb: Array
    jgb_duration: Array
    seller: int
    holder: str
    seller_country: bool
    spills: bool
    country: float
    fx_share: float
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    def index(self, agent: str) -> int:
        return self.agents.index(agent)


def planner(archive: Figures, as_of: date) -> Callable[[Scenario], Plan]:
    """A function that plans scenarios on the balance sheets as of a day; holders may be countries.

    Raises ScenarioError where the archive lacks what balance sheets need by that day, and so does
    the function for what `make` refuses.
    """
    known = load()
    sheet = balance.sheet(archive, as_of, known)

    def plan_of(scenario: Scenario) -> Plan:
        holder = scenario.sale.holder
        country = None
        if scenario.sale.amount and holder != "JP" and holder.isalpha():
            country = balance.country(archive, holder.upper(), as_of)
            if country is not None:
                scenario = replace(scenario, sale=replace(scenario.sale, holder=holder.upper()))
        return make(scenario, sheet, known, country)

    return plan_of


def make(
    scenario: Scenario,
    sheet: Sheet,
    calibration: Calibration,
    country: Cell | None = None,
) -> Plan:
    """The plan of a scenario on these balance sheets.

    `country` is the TIC cell of a holder given as a country other than Japan. Raises
    ScenarioError for a holder without a balance sheet and for an amount beyond it.
    """
    agents = tuple(agent.id for agent in calibration.agents)
    base, slope = _ust(sheet, calibration, agents)
    seller, whole, notes = _seller(scenario, sheet, calibration, agents, country)
    jgb = np.array([sheet.amount(agent, "jgb") / 100 for agent in agents])
    japanese = scenario.sale.holder.partition(":")[0] == "JP"
    if scenario.sale.amount and not japanese:
        notes.append(
            "the holder's own currency is not the yen: its dollars are not taken to be sold for "
            "yen, and USD/JPY moves with the bonds alone"
        )
    if late := sheet.later():
        cells = "1 cell" if len(late) == 1 else f"{len(late)} cells"
        notes.append(
            f"{cells} of the balance sheet from the calibration, of a later date than "
            f"{sheet.state.as_of}: this is not a reconstruction of what was known then"
        )
    return Plan(
        scenario, calibration, sheet, agents, base, slope, jgb, _jgb_durations(calibration, agents),
        seller, ALIASES.get(scenario.sale.holder, scenario.sale.holder),
        whole, japanese and bool(scenario.sale.amount), country.amount if country else 0.0,
        (1 - scenario.sale.hedge) if japanese else 0.0, _steps(scenario), tuple(notes),
    )  # fmt: skip


def _ust(sheet: Sheet, calibration: Calibration, agents: tuple[str, ...]) -> tuple[Array, Array]:
    """Holdings as an affine function of the official share, so that every draw adds up."""
    middle = sum(calibration.prior("official_share").parts) / 2
    japan = sheet.japan.amount / 100
    base = np.array([sheet.amount(agent, "ust") / 100 for agent in agents])
    slope = np.zeros(len(agents))
    slope[agents.index("JP:mof")] = japan
    slope[agents.index("XX:official")] = -japan
    slope[agents.index("XX:private")] = japan
    for agent, split in calibration.splits.items():
        slope[agents.index(agent)] = -split["share"] * japan
    return base - slope * middle, slope


def _jgb_durations(calibration: Calibration, agents: tuple[str, ...]) -> Array:
    cells = calibration.cells
    return np.array([cells.get(a, {}).get("jgb", {}).get("duration", 0.0) for a in agents])


def _seller(
    scenario: Scenario,
    sheet: Sheet,
    calibration: Calibration,
    agents: tuple[str, ...],
    country: Cell | None,
) -> tuple[int, bool, list[str]]:
    sale = scenario.sale
    notes: list[str] = []
    if not sale.amount:
        return agents.index("JP:mof"), False, notes
    if sale.amount > calibration.figures["ust_market"]:
        raise ScenarioError(
            "${sold:,.0f}bn is more than the whole market of ${held:,.0f}bn",
            "give an amount that the holder has",
            sold=sale.amount,
            held=calibration.figures["ust_market"],
        )
    holder = ALIASES.get(sale.holder, sale.holder)
    if holder == "JP":
        return agents.index("JP:mof"), True, _within(sale.amount, sheet.japan, "Japan")
    if holder in agents:
        return agents.index(holder), False, _agent_notes(holder, sale.amount, sheet)
    if country is not None:
        notes += _within(sale.amount, country, country.agent)
        notes.append(
            f"TIC counts where bonds are kept, not who owns them, and does not tell {country.agent}'s "
            "official from its private holdings"
        )
        return agents.index("XX:official"), False, notes
    near = get_close_matches(holder, [*agents, *ALIASES], n=1)
    raise ScenarioError(
        "no balance sheet of the holder {who}",
        (f"did you mean {near[0]}? " if near else "")
        + f"known are {', '.join(agents)}, JP, and the countries of TIC such as CN or GB",
        who=sale.holder[:40],
    )


def most(plan: Plan) -> float:
    """$bn of Treasuries that the plan's holder, with those who step in for it, can sell."""
    sheet = plan.sheet
    if plan.holder in {"JP", "JP:mof", *JAPANESE_PRIVATE}:
        return sheet.japan.amount
    found = next((c for c in sheet.cells if (c.agent, c.asset) == (plan.holder, "ust")), None)
    return found.amount if found else plan.country


def _agent_notes(holder: str, sold: float, sheet: Sheet) -> list[str]:
    cell = next((c for c in sheet.cells if (c.agent, c.asset) == (holder, "ust")), None)
    if cell is None:
        raise ScenarioError(
            "{who} has no Treasuries on its balance sheet", "name another holder", who=holder
        )
    if sold <= cell.interval.low:
        return []
    low, high = cell.interval.low, cell.interval.high
    if holder in {"JP:mof", *JAPANESE_PRIVATE}:
        shared = (
            f"{holder} holds ${low:,.0f}bn to ${high:,.0f}bn of Treasuries; where that is less "
            f"than ${sold:,.0f}bn the rest is sold by the other Japanese holders"
        )
        return [shared, *_within(sold, sheet.japan, "Japan as a whole")]
    return [f"{holder} holds ${low:,.0f}bn to ${high:,.0f}bn", *_within(sold, cell, holder)]


def _within(sold: float, cell: Cell, who: str) -> list[str]:
    """Notes on an amount; ScenarioError where it is more than the latest figure can be stretched."""
    if sold <= cell.interval.high:
        return []
    if sold > BEYOND * cell.interval.high:
        raise ScenarioError(
            "${sold:,.0f}bn is more than {who} holds: ${held:,.1f}bn ({source})",
            f"give at most {cell.amount:,.0f}bn",
            sold=sold,
            who=who,
            held=cell.amount,
            source=cell.source[:80],
            when=cell.date,
        )
    excess = "the excess is sold by other foreign official holders"
    return [
        f"${sold:,.0f}bn is more than {who} held: ${cell.amount:,.1f}bn ({cell.date}); {excess}"
    ]


def _steps(scenario: Scenario) -> tuple[Step, ...]:
    weekly = min(WEEKLY_MONTHS, scenario.horizon) if scenario.weekly else 0
    lengths = [1 / WEEKS] * (weekly * WEEKS) + [1.0] * (scenario.horizon - weekly)
    parts = (scenario.sale, scenario.intervention, scenario.jgb, scenario.carry)
    steps = []
    at = 0.0
    for length in lengths:
        end = at + length
        shares = [max(0.0, min(end, part.over) - min(at, part.over)) / part.over for part in parts]
        month = round(end) if abs(end - round(end)) < 1e-9 else 0
        steps.append(Step(length, month, *shares))
        at = end
    return tuple(steps)
