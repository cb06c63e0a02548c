"""From the shock that a forecast hangs on to a scenario, on the balance sheets of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from saiken.scenarios import balance, calibration
from saiken.scenarios.balance import Cell, Figures, Sheet
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import ALIASES, Plan
from saiken.scenarios.scenario import Jgb, Scenario, altered, find
from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity

SCENARIOS = {
    "sale": "dump",
    "trimming": "trim",
    "repatriation": "repatriation",
    "intervention": "intervention",
    "carry": "carry",
    "jgb": "jgb-shock",
}
"""The shipped scenario of each kind of shock: what the words leave open is taken from it."""
SALES = {"sale", "trimming", "repatriation"}
_USD = 1e9


@dataclass(frozen=True, slots=True)
class Stage:
    """Balance sheets as of a day: what holders have, where words tell no amount."""

    archive: Figures
    as_of: date
    sheet: Sheet

    def scenario(self, shock: Shock) -> tuple[Scenario, tuple[str, ...]]:
        """The scenario of what words presuppose, and which of its fields they leave open.

        Raises ScenarioError for amounts, spans and holders that make none.
        """
        shipped = find(SCENARIOS[shock.kind])
        change = partial(altered, shipped, over=shock.months)
        open_ = tuple(name for name in ("size", "months") if getattr(shock, name) is None)
        if shock.kind in SALES:
            holder = shock.holder or shipped.sale.holder
            amount = self._amount(shock, shipped, holder)
            unsaid = () if shock.holder else ("holder",)
            return change(holder=holder, size=amount), (*unsaid, *open_)
        if shock.kind == "intervention" and shock.size is not None:
            return change(size=self._dollars(shock.size)), open_
        if shock.kind == "jgb" and shock.size is not None:
            jgb = Jgb(shock.size.value, shock.months or shipped.jgb.over)
            return replace(change(), jgb=jgb, title=""), open_
        return change(), open_

    def _amount(self, shock: Shock, shipped: Scenario, holder: str) -> float:
        """$bn that are sold. A sudden sale of which no size is told is one of all that is held."""
        if shock.size is not None and shock.size.unit != "ratio":
            return self._dollars(shock.size)
        held = self._held(holder)
        if not held:
            raise ScenarioError(
                f"{holder} has no Treasuries on a balance sheet", "name another holder"
            )
        if shock.size is not None:
            return shock.size.value * held
        return held if shock.kind == "sale" else min(shipped.sale.amount, held)

    def _held(self, holder: str) -> float:
        """$bn of Treasuries that a holder can sell; other Japanese step in for the ministry."""
        agent = ALIASES.get(holder, holder)
        cell = self._country(agent)
        if cell is not None:
            return cell.amount
        return self.sheet.japan.amount if agent == "JP:mof" else self.sheet.amount(agent, "ust")

    def _country(self, holder: str) -> Cell | None:
        if holder == "JP":
            return self.sheet.japan
        if not holder.isalpha():
            return None
        return balance.country(self.archive, holder.upper(), self.as_of)

    def _dollars(self, size: Quantity) -> float:
        rates = {"USD": 1.0, "JPY": self.sheet.state.usdjpy}
        if size.unit not in rates:
            raise ScenarioError(
                "an amount in {unit} is none of a scenario",
                "give one in dollars or yen",
                unit=size.unit,
            )
        return size.value / rates[size.unit] / _USD


def stage(archive: Figures, as_of: date) -> Stage:
    """Raises ScenarioError where the archive lacks what balance sheets need by that day."""
    return Stage(archive, as_of, balance.sheet(archive, as_of, calibration.load()))


def shock_of(plan: Plan) -> Shock:
    """What a plan does, nothing left open; the first of its parts where there are several."""
    scenario = plan.scenario
    sale, help_yen, jgb, carry = (
        scenario.sale, scenario.intervention, scenario.jgb, scenario.carry,
    )  # fmt: skip
    if sale.amount:
        kind = "repatriation" if sale.into_jgb else "sale"
        return Shock(kind, plan.holder, _exactly(sale.amount * _USD, "USD"), sale.over)
    if help_yen.amount:
        amount = _exactly(help_yen.amount * _USD, "USD")
        return Shock("intervention", "JP:mof", amount, help_yen.over)
    if jgb.long_end:
        return Shock("jgb", "", _exactly(jgb.long_end, "bp"), jgb.over)
    return Shock("carry", "", _exactly(carry.share, "ratio"), carry.over)


def _exactly(value: float, unit: str) -> Quantity:
    return Quantity(value, value, value, unit)
