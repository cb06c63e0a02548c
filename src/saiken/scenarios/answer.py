"""A run put into findings: what moves, who loses, what is not identified, and in what words.

Nothing here draws or computes a price: shares and quantiles of a Result, and fixed rules.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from saiken.scenarios.engine import RANGES, SERIES, UNITS
from saiken.scenarios.evidence import direction_of, is_sized
from saiken.scenarios.impact import Arithmetic, first_arithmetic
from saiken.scenarios.reverse import capital
from saiken.scenarios.running import Result

SCHEMA = "saiken.scenario/1"
HEAVY, TOTAL = 0.25, 1.0
"""Losses that weigh: a quarter of equity, and all of it."""
Band = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """One price: (5 %, median, 95 %) when the shock is over and at the horizon, both backstops.

    `way` is the share of draws in which it moves as most do; `direction` and `size` say
    what is identified.
    """

    series: str
    unit: str
    off_shock: Band
    on_shock: Band
    off_end: Band
    on_end: Band
    way: float
    direction: str
    size: str


@dataclass(frozen=True, slots=True)
class Loss:
    """$bn that an agent loses by the time the shock is over, and at the horizon.

    `booked` is what accounts or capital show at once of the median, from low to high.
    `of_capital` is the median loss in the worse of both as a share of equity at market value,
    `heavy` and `total` the shares of draws that cost a quarter and all of it; None without equity.
    """

    agent: str
    name: str
    side: str
    books: str
    off_shock: Band
    on_shock: Band
    off_end: Band
    booked: tuple[float, float]
    of_capital: float | None
    heavy: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Joint:
    """Japan's banks, co-operatives and insurers together: the shares of draws, without (`off`) and
    with (`on`) backstops, in which they lose a quarter of their equity, the `median` loss as a
    share of it, and what that establishes (`devastation`).
    """

    off: float
    on: float
    median: float
    devastation: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a door shows. `verdict` are two sentences on the `joint` loss of Japan's financial
    system, which is the seller's `own` or not.
    """

    name: str
    title: str
    shock: tuple[str, ...]
    as_of: str
    lasts: int
    horizon: int
    draws: int
    seed: int
    moves: tuple[Move, ...]
    losses: tuple[Loss, ...]
    debt: dict[str, Band]
    backstop: dict[str, Band]
    forced: dict[str, Band]
    execution: dict[str, Band]
    outside: float
    outside_by: dict[str, float]
    arithmetic: dict[str, Arithmetic]
    own: bool
    joint: Joint
    verdict: tuple[str, str]
    not_identified: tuple[str, ...]
    notes: tuple[str, ...]


def answer(off: Result, on: Result) -> Answer:
    """Findings of one scenario on the same draws without and with backstops."""
    plan, scenario = off.plan, off.plan.scenario
    moves = tuple(_move(off, on, series) for series in SERIES)
    losses = tuple(_loss(off, on, agent.id) for agent in plan.calibration.agents)
    joint = _joint(off, on, losses)
    by_range = {name: off.share(f"outside:{name}", 0.0, above=True) for name in RANGES}
    return Answer(
        scenario.name, scenario.title, tuple(_shock(off)), str(plan.sheet.state.as_of),
        scenario.lasts, scenario.horizon, off.draws, off.seed, moves, losses,
        {country: _band(off, f"debt:{country}") for country in ("JP", "US")},
        {agent: _band(on, f"bought:{agent}") for agent in ("US:fed", "JP:boj")},
        {what: _band(off, what) for what in ("forced:US:funds", "closed:carry")},
        {what: _band(off, f"sold_at_a_loss:{what}") for what in ("bonds", "dollars")},
        off.outside, by_range, _arithmetic(off),
        not scenario.sale.amount or scenario.sale.holder.startswith("JP"),
        joint,
        _verdict(off, joint, losses),
        tuple(_gaps(off, moves)), plan.notes,
    )  # fmt: skip


def _band(result: Result, column: str) -> Band:
    low, middle, high = result.quantiles(column, (5, 50, 95))
    return low, middle, high


def _move(off: Result, on: Result, series: str) -> Move:
    column = f"shock:{series}"
    low, middle, high = _band(off, column)
    up, down = (off.share(column, 0.0, above=above) for above in (True, False))
    way = max(up, down) or 1.0
    size = "identified" if is_sized(low, high, off.outside) else "not identified"
    direction = direction_of(way) if up or down else "no move"
    return Move(
        series, UNITS[SERIES.index(series)], (low, middle, high), _band(on, column),
        _band(off, f"end:{series}"), _band(on, f"end:{series}"), way, direction,
        "none" if direction == "no move" else size,
    )  # fmt: skip


def _loss(off: Result, on: Result, agent: str) -> Loss:
    who = next(a for a in off.plan.calibration.agents if a.id == agent)
    equity = capital(off.plan).get(agent)
    shock, worse = f"loss_shock:{agent}", f"loss_worse:{agent}"
    before = _band(off, shock)
    heavy, total = (
        off.share(worse, part * equity, above=True) if equity else None for part in (HEAVY, TOTAL)
    )
    return Loss(
        agent, who.name, who.side, who.books, before, _band(on, shock), _band(off, f"loss:{agent}"),
        _booked(before[1], who.booked), _band(off, worse)[1] / equity if equity else None,
        heavy, total,
    )  # fmt: skip


def _booked(loss: float, share: tuple[float, float]) -> tuple[float, float]:
    low, high = sorted((loss * share[0], loss * share[1]))
    return low, high


def _shock(result: Result) -> list[str]:
    scenario = result.plan.scenario
    said = []
    sale, help_yen = scenario.sale, scenario.intervention
    if sale.amount:
        parts = [f"{sale.holder} sells ${sale.amount:,.0f}bn of Treasuries over {_span(sale.over)}"]
        if sale.hedge:
            parts.append(f"{sale.hedge:.0%} of it hedged")
        if sale.into_jgb:
            parts.append(f"{sale.into_jgb:.0%} of the proceeds go into JGBs")
        if sale.bills:
            parts.append(f"{sale.bills:.0%} of it bills")
        if result.plan.fx_share and not sale.hedge:
            parts.append("the dollars are sold for yen")
        said.append(", ".join(parts))
    if help_yen.amount:
        said.append(
            f"the Ministry of Finance sells ${help_yen.amount:,.0f}bn for yen over "
            f"{_span(help_yen.over)}, {help_yen.treasuries:.0%} of it raised from Treasuries"
        )
    if scenario.jgb.long_end:
        rise = scenario.jgb.long_end
        said.append(
            f"the 30-year JGB yield moves by {rise:+.0f} bp over {_span(scenario.jgb.over)}"
        )
    if scenario.carry.share:
        share = scenario.carry.share
        said.append(f"{share:.0%} of yen carry trades are closed over {_span(scenario.carry.over)}")
    return said


def _span(months: int) -> str:
    return "a month" if months == 1 else f"{months} months"


def _arithmetic(result: Result) -> dict[str, Arithmetic]:
    sale = result.plan.scenario.sale
    if not sale.amount or sale.bills:
        return {}
    known = result.plan.calibration
    low, high = known.prior("official_duration").parts
    years = (low + high) / 2
    return {
        "long run": first_arithmetic(sale.amount, years, "ust_long_run", known),
        "in one month": first_arithmetic(sale.amount, years, "ust_one_month", known),
    }


def _verdict(off: Result, joint: Joint, losses: tuple[Loss, ...]) -> tuple[str, str]:
    """Would it devastate Japan's financial system? Two sentences."""
    japanese = _with_equity(losses)
    parts = ", ".join(f"{_percent(loss.of_capital)} for {loss.name}" for loss in japanese)
    found = joint.devastation
    established = {
        "supported": "bond and currency losses alone would weigh on the whole system",
        "not identified": "devastation by bond and currency losses alone is not established",
        "contradicted": "bond and currency losses alone do not devastate the system",
    }[found]
    first = (
        f"In this model {established}: Japan's banks, co-operatives and insurers lose a quarter of "
        f"their joint equity in {joint.off:.0%} of draws without backstops and {joint.on:.0%} with "
        f"them (median {_percent(joint.median)} of it; {parts})."
    )
    limits = {
        "supported": "How heavily, and whether it stops there, the model cannot say",
        "not identified": "It cannot rule devastation out either",
        "contradicted": "That is not proof that nothing else would break",
    }[found]
    range_left = (
        f"{off.outside:.0%} of draws lie beyond any sale or move on record, and"
        if off.outside >= 0.005
        else "no draw leaves the range of what has been seen, but"
    )
    second = (
        f"{limits}: {range_left} runs, funding in dollars, derivatives margins, exporters and "
        "confidence are not modelled, while insurers' liabilities, which fall as yields rise, are "
        "not counted in their favour."
    )
    return first, second


def _percent(share: float | None) -> str:
    return f"{round(100 * (share or 0.0)) + 0}%"


def _with_equity(losses: tuple[Loss, ...]) -> list[Loss]:
    return [loss for loss in losses if loss.side == "JP" and loss.of_capital is not None]


def _joint(off: Result, on: Result, losses: tuple[Loss, ...]) -> Joint:
    """By rules fixed beforehand: devastation is supported where those with equity lose a quarter of
    it in 90 % of draws without backstops, contradicted where in at most 10 %.
    """
    equity = capital(off.plan)
    total = sum(equity[loss.agent] for loss in _with_equity(losses))
    column = "loss_worse:JP"
    share_off, share_on = (result.share(column, HEAVY * total, above=True) for result in (off, on))
    return Joint(share_off, share_on, _band(off, column)[1] / total, direction_of(share_off))


def _gaps(result: Result, moves: tuple[Move, ...]) -> list[str]:
    said = []
    supported = [m.series for m in moves if m.direction == "supported" and m.size != "identified"]
    unknown = [m.series for m in moves if m.direction == "not identified"]
    if supported:
        said.append(f"direction supported, size not identified: {', '.join(supported)}")
    if unknown:
        said.append(f"not even the direction: {', '.join(unknown)}")
    if result.plan.spills and result.plan.fx_share:
        said.append(
            "whether the same investors bear bonds and currency (mu): where they do, buying the "
            "dollars offsets part of the rise in Treasury yields"
        )
    said.append(
        "how likely the scenario is, and what else would happen meanwhile: bands are for the "
        "effect of the shock, not for the market's level"
    )
    return said


def as_json(found: Answer) -> dict[str, Any]:
    """Plain data: bands as {low, median, high}."""
    return {"schema": SCHEMA, **{f.name: _plain(getattr(found, f.name)) for f in fields(found)}}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and len(value) == 3 and all(isinstance(x, float) for x in value):
        low, median, high = value
        return {"low": _short(low), "median": _short(median), "high": _short(high)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Move | Loss | Arithmetic | Joint):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return _short(value) if isinstance(value, float) else value


def _short(value: float) -> float:
    return float(f"{value:.5g}") + 0.0
