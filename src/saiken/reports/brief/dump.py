"""A sudden sale of all that is held in a country, drawn as of the day of a brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from saiken.archive.archive import Archive
from saiken.archive.view import View
from saiken.scenarios.answer import Answer, Band, answer
from saiken.scenarios.plan import planner
from saiken.scenarios.running import Result, both
from saiken.scenarios.scenario import Sale, find

DRAWS, SEED = 4000, 1

OVER = 1
"""Months: a dump is sudden."""

SCENARIO = "dump"

BOND, DOLLAR = "UST 10Y", "USD/JPY"


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a number hangs on: its name in the calibration, what is assumed, and who says so."""

    name: str
    told: str
    source: str


@dataclass(frozen=True, slots=True)
class Run:
    """Whose draws they are: `command` makes the same again, `outside` is the share of them beyond
    every sample.
    """

    shock: str
    command: str
    draws: int
    seed: int
    outside: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gives for one question, and the assumptions that this hangs on most."""

    what: str
    told: str
    run: Run
    assumptions: tuple[Assumption, ...] = ()


@dataclass(frozen=True, eq=False)
class Dump:
    """A run without (`off`) and with (`on`) backstops, and what is found in it.

    `late` tells that some balance sheets are of a later date than the brief.
    """

    command: str
    off: Result
    on: Result
    found: Answer
    late: bool

    @property
    def sale(self) -> Sale:
        return self.off.plan.scenario.sale

    @property
    def prices(self) -> tuple[str, ...]:
        """Those that picture it: the dollar only where the sellers' dollars go for yen."""
        return (BOND, DOLLAR) if self.off.plan.spills else (BOND,)

    def outcome(self, what: str, told: str, drivers: Sequence[str]) -> Outcome:
        """The evidence of a number; `drivers` are priors or agents of the calibration."""
        found = self.found
        shock = "; ".join(found.shock)
        run = Run(shock, self.command, found.draws, found.seed, found.outside)
        return Outcome(what, told, run, tuple(map(self._assumption, drivers)))

    def _assumption(self, name: str) -> Assumption:
        known = self.off.plan.calibration
        for agent in known.agents:
            if agent.id == name:
                told = f"equity of {agent.name}, JPY {agent.capital:,.1f} tn"
                return Assumption(f"agent {name}", told, agent.capital_source)
        prior = known.prior(name)
        parts = ", ".join(f"{part:g}" for part in prior.parts)
        told = f"{prior.dist} ({parts}), {prior.unit}; {prior.kind}"
        return Assumption(f"prior {name}", told, prior.source)


def drawn(holder: str, amount: float, as_of: date, archive: Archive, strict: bool) -> Dump:
    """The shipped scenario of a dump with this holder (ISO 3166) and amount ($bn).

    Raises ScenarioError where the balance sheets of that day are not at hand.
    """
    shipped = find(SCENARIO)
    scenario = replace(shipped, sale=replace(shipped.sale, holder=holder, amount=amount, over=OVER))
    figures = _Strict(archive) if strict else archive
    plan = planner(figures, as_of)(scenario)
    off, on = both(plan, DRAWS, SEED)
    command = (
        f"saiken simulate {SCENARIO} --holder {holder} --amount {amount:.10g}bn --over {OVER}m "
        f"--as-of {as_of} --draws {DRAWS} --seed {SEED}"
    )
    late = bool(plan.sheet.later())
    return Dump(command, off, on, answer(off, on), late)


@dataclass(frozen=True, slots=True)
class _Strict:
    """An archive that refuses figures of which only a later revision is held."""

    archive: Archive

    def view(self, name: str, as_of: date, strict: bool = True) -> View | None:
        return self.archive.view(name, as_of, strict)


def spread(band: Band, unit: str) -> str:
    """A band as its evidence tells it: `bp: median 46.4, 5 to 95 %: 8.58 to 265`."""
    low, middle, high = (f"{value:.3g}".replace("-", "−") for value in band)
    return f"{unit}: median {middle}, 5 to 95 %: {low} to {high}"
