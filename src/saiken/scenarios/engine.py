"""The step: flows from lagged prices, prices from flows, books of who sold what to whom.

All arrays are over the draws of one chunk. Every effect is a difference from a world without the
shock, so that no shock gives zero everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.constraints import forced_sales
from saiken.scenarios.parameters import FX, JGB, UST, Curve, Impact, curve, equity_slope, impact
from saiken.scenarios.plan import JAPANESE_PRIVATE, WEEKS, Plan, Step

Array = NDArray[np.float64]
SERIES = ("UST 2Y", "UST 10Y", "UST 30Y", "JGB 10Y", "JGB 30Y", "USD/JPY", "US equities", "BTC")
UNITS = ("bp", "bp", "bp", "bp", "bp", "%", "%", "%")
_CONSTRAINED = ("JP:banks", "JP:coops")
GROUP = -1
"""The row of the Japanese private holders who are not the seller: they act alike, in proportion."""
Watch = Callable[[int, list[Array]], None]


@dataclass(frozen=True, slots=True)
class Switches:
    """Which parts of the model act. `linear` drops the exponential of private adjustment."""

    backstop: bool = False
    private: bool = True
    constraints: bool = True
    carry: bool = True
    linear: bool = False


@dataclass(slots=True)
class Chunk:
    """The state of one chunk of draws while time goes by. Prices are falls of logs (3, n)."""

    plan: Plan
    p: Mapping[str, Array]
    on: Switches
    impact: Impact
    curve: Curve
    holdings: Array  # (A, n) Treasuries before the shock
    group: Array  # (n,) those of GROUP
    change: Array  # (A + 1, 3, n) what each holds more of: JGB, Treasuries, dollars; last: GROUP
    paid: Array  # (A + 1, 3, n) discount on what it sold, by then
    stay: Array  # (n,) share of the fading flows that is left after a month
    norm: Array  # (n,) of a week's flow, see Impact
    lasting: Array  # (3, n) flows that have been absorbed, weighted by depth
    weekly: dict[str, Array]  # monthly shares as those of a week
    fading: Array  # (3, n) flows on the books of intermediaries
    price: Array  # (3, n) falls so far
    before: Array  # (3, n) falls at the end of the step before
    depth: Array  # (3, n) logarithm of the price of liquidity
    home: Array  # (n,) fall of JGBs that the scenario itself decrees
    carry: Array  # (n,) yen carry trade
    capital: Array  # (n,) behind it
    variance: Array  # (n,) of USD/JPY, a year
    forced: Array  # (1 + banks, n) sold so far for want of capital
    hedges: Array  # (n,) hedged Treasuries sold by private holders
    past: list[Array]  # prices at the ends of the steps of the last month
    gross: list[tuple[float, Array]]  # ends of the steps of the last year, and (2, n) what was
    # sold in them: Treasuries, dollars
    year: Array  # (2, n) their sum
    equities: Array  # (n,) slope on the yen
    outside: Array  # (5, n) whether a range was left, by its name


RANGES = ("ust_month", "ust_year", "fx_month", "fx_year", "yield_or_yen_month")


def start(plan: Plan, p: Mapping[str, Array], on: Switches) -> Chunk:
    n = len(p["rho"])
    agents = len(plan.agents)
    size = p["carry_size"] / 100
    figures = plan.calibration.figures
    matrices = impact(p, figures)
    holdings = plan.ust_base[:, None] + plan.ust_slope[:, None] * p["official_share"]
    return Chunk(
        plan, p, on, matrices, curve(p), holdings, holdings[_group(plan)].sum(axis=0),
        change=np.zeros((agents + 1, 3, n)), paid=np.zeros((agents + 1, 3, n)),
        stay=np.exp(-matrices.kappa),
        norm=matrices.norm(1 / WEEKS), lasting=np.zeros((3, n)), weekly={}, fading=np.zeros((3, n)),
        price=np.zeros((3, n)), before=np.zeros((3, n)), depth=np.zeros((3, n)),
        home=np.zeros(n), carry=size.copy(), capital=size / p["carry_leverage"],
        variance=np.full(n, (figures["yen_volatility"] / 100) ** 2),
        forced=np.zeros((1 + len(_CONSTRAINED), n)), hedges=np.zeros(n), past=[], gross=[],
        year=np.zeros((2, n)), equities=equity_slope(plan.calibration, p),
        outside=np.zeros((len(RANGES), n), dtype=bool),
    )  # fmt: skip


def run(chunk: Chunk, noise: NDArray[np.floating], watch: Watch) -> None:
    """Go through the steps; `noise` (steps, 3, n) are standard normals; `watch` sees each month."""
    for number, step in enumerate(chunk.plan.steps):
        advance(chunk, step, noise[number])
        if step.month:
            watch(step.month, outputs(chunk))


def advance(chunk: Chunk, step: Step, news: NDArray[np.floating]) -> None:
    """One step. Reactions look at the prices of the step before."""
    sold: list[tuple[int, int, Array]] = []  # agent, market, $100bn of face
    supply = np.zeros((3, len(chunk.home)))
    _scheduled(chunk, step, sold, supply)
    if chunk.on.private:
        _private(chunk, step, sold, supply)
    if chunk.on.constraints:
        _forced(chunk, sold, supply)
    if chunk.on.carry or step.carry:
        _carry(chunk, step, sold, supply)
    gross = np.stack([supply[UST], supply[FX]])
    if chunk.on.backstop:
        _backstop(chunk, step, sold, supply)
    _price(chunk, step, supply, news)
    _book(chunk, sold)
    _watch_ranges(chunk, step, gross)


# --- flows ------------------------------------------------------------------------------------


def _within(chunk: Chunk, name: str, length: float) -> Array:
    """A share of a month as that of a step of `length`: the steps of a month make it up."""
    monthly = chunk.p[name]
    if length == 1:
        return monthly
    if name not in chunk.weekly:
        chunk.weekly[name] = 1 - (1 - np.minimum(monthly, 0.95)) ** length
    return chunk.weekly[name]


def _bonds(chunk: Chunk, amount: Array, duration: Array | float) -> Array:
    return amount * duration / chunk.plan.calibration.figures["ust_duration"]


def _scheduled(chunk: Chunk, step: Step, sold: list[tuple[int, int, Array]], supply: Array) -> None:
    """What the scenario decrees: the sale, the intervention, the shock at home."""
    plan, p = chunk.plan, chunk.p
    sale, help_yen, figures = (
        plan.scenario.sale,
        plan.scenario.intervention,
        plan.calibration.figures,
    )
    n = len(chunk.home)
    if step.sale and sale.amount:
        amount = np.full(n, sale.amount / 100 * step.sale)
        for agent, part in _sellers(chunk, amount):
            sold.append((agent, UST, part))
            duration = _duration(chunk, agent)
            bill = figures["bond_elasticity"] / figures["bill_elasticity"]
            supply[UST] += _bonds(chunk, part, duration) * (1 - sale.bills + sale.bills * bill)
            _leave(chunk, agent, part, plan.fx_share, sale.into_jgb, sold, supply)
    if step.intervention and help_yen.amount:
        amount = np.full(n, help_yen.amount / 100 * step.intervention)
        seller = plan.index("JP:mof")
        bonds = amount * help_yen.treasuries
        sold += [(seller, UST, bonds), (seller, FX, amount)]
        supply[UST] += _bonds(chunk, bonds, p["official_duration"])
        supply[FX] += amount
    if step.jgb:
        rise = plan.scenario.jgb.long_end * 1e-4 * step.jgb / chunk.curve.thirty
        chunk.home = chunk.home + rise * figures["jgb_duration"]


def _leave(
    chunk: Chunk, agent: int, part: Array, fx: Array | float, into_jgb: float,
    sold: list[tuple[int, int, Array]], supply: Array,
) -> None:  # fmt: skip
    """The dollars sold for yen, and the JGBs bought with them."""
    dollars = part * fx
    sold.append((agent, FX, dollars))
    supply[FX] += dollars
    if into_jgb:
        bought = part * into_jgb
        figures = chunk.plan.calibration.figures
        sold.append((agent, JGB, -bought))
        supply[JGB] -= bought * figures["jp_private_duration"] / figures["jgb_duration"]


def _group(plan: Plan) -> list[int]:
    """The agents that GROUP stands for."""
    selling = plan.agents[plan.seller] if plan.scenario.sale.amount else ""
    return [plan.index(agent) for agent in JAPANESE_PRIVATE if agent != selling]


def _sellers(chunk: Chunk, amount: Array) -> list[tuple[int, Array]]:
    """Who sells: the holder as far as it has bonds, then the other Japanese holders."""
    plan = chunk.plan
    if not plan.holder.startswith("JP"):
        return [(plan.seller, amount)]
    own = np.maximum(chunk.holdings[plan.seller] + chunk.change[plan.seller, UST], 0.0)
    others = np.maximum(chunk.group + chunk.change[GROUP, UST], 0.0)
    part = np.minimum(amount, own)
    if plan.seller_country:
        part = amount * own / np.maximum(own + others, 1e-12)
    rest = np.minimum(amount - part, others)
    parts = [(plan.seller, part)]
    if rest.any():
        parts.append((GROUP, rest))
    short = amount - part - rest
    if (short > 1e-12).any():  # more than Japan holds, or than its private holders do
        ministry = plan.agents[plan.seller] == "JP:mof"
        parts.append((plan.index("XX:official" if ministry else "JP:mof"), short))
    return parts


def _private(chunk: Chunk, step: Step, sold: list[tuple[int, int, Array]], supply: Array) -> None:
    """Japanese private holders close part of the gap to H₀·exp(ε·D·Δpick-up).

    The pick-up moves with JGB yields and the cost of hedging. Their answer to the Treasury
    premium itself is part of what the fading of an impact measures, and is not counted again.
    A holder whose sales are the scenario's does not react beside them.
    """
    p = chunk.p
    figures = chunk.plan.calibration.figures
    duration = figures["jp_private_duration"]
    cost = -p["basis"] * 1e-4 * chunk.hedges
    pick_up = -chunk.price[JGB] / figures["jgb_duration"] - cost
    wanted = p["elasticity"] * duration * pick_up
    target = wanted if chunk.on.linear else np.exp(wanted) - 1
    speed = _within(chunk, "adjustment", step.length)
    changed = chunk.change[GROUP, UST]
    part = np.minimum(speed * (changed - chunk.group * target), chunk.group + changed)
    sold.append((GROUP, UST, part))
    supply[UST] += _bonds(chunk, part, duration)
    _leave(chunk, GROUP, part, 1 - p["private_hedge"], 1.0, sold, supply)
    chunk.hedges = chunk.hedges + part * p["private_hedge"]


def _forced(chunk: Chunk, sold: list[tuple[int, int, Array]], supply: Array) -> None:
    """Leveraged funds and banks sell where losses break a limit, and never buy for it."""
    p, plan = chunk.p, chunk.plan
    figures = plan.calibration.figures
    rise = chunk.price[UST] / figures["ust_duration"]
    funds = plan.index("US:funds")
    held = chunk.holdings[funds]
    loss = held * p["fund_exposure"] * figures["fund_duration"] * rise
    wanted = forced_sales(held, held / p["fund_leverage"], loss, p["fund_buffer"])
    part = _further(wanted, chunk.forced[0], held + chunk.change[funds, UST])
    chunk.forced[0] += part
    sold.append((funds, UST, part))
    supply[UST] += _bonds(chunk, part, figures["fund_duration"])
    yen = 10 / plan.sheet.state.usdjpy  # JPY tn to $100bn
    jgb_rise = chunk.price[JGB] / figures["jgb_duration"]
    for row, agent in enumerate(_CONSTRAINED, start=1):
        index = plan.index(agent)
        who = plan.calibration.agents[index]
        loss = plan.jgb[index] * plan.jgb_duration[index] * jgb_rise
        loss = loss + chunk.holdings[index] * figures["jp_private_duration"] * rise
        wanted = forced_sales(who.total_assets * yen, who.capital * yen, loss, p["bank_buffer"])
        part = _further(wanted, chunk.forced[row], plan.jgb[index] + chunk.change[index, JGB])
        chunk.forced[row] += part
        sold.append((index, JGB, part))
        supply[JGB] += part * plan.jgb_duration[index] / figures["jgb_duration"]


def _further(wanted: Array, sold: Array, held: Array) -> Array:
    """What is still to be sold of `wanted`, no more than is held."""
    return np.minimum(np.maximum(wanted - sold, 0.0), held)


def _carry(chunk: Chunk, step: Step, sold: list[tuple[int, int, Array]], supply: Array) -> None:
    """K ≤ W/(m·σ): positions beyond what capital and volatility allow are closed."""
    p, plan = chunk.p, chunk.plan
    calm = (plan.calibration.figures["yen_volatility"] / 100) ** 2
    size = p["carry_size"] / 100
    decreed = size * plan.scenario.carry.share * step.carry
    part = np.minimum(decreed, chunk.carry)
    if chunk.on.carry:
        strength = np.maximum(chunk.capital, 0.0) / (size / p["carry_leverage"])
        cap = size * p["carry_slack"] * strength * np.sqrt(calm / chunk.variance)
        part = np.maximum(part, chunk.carry - cap)
    chunk.carry = chunk.carry - part
    sold.append((plan.index("US:funds"), FX, part))
    supply[FX] += part


def _backstop(chunk: Chunk, step: Step, sold: list[tuple[int, int, Array]], supply: Array) -> None:
    """Central banks and the ministry buy a share of what is sold while a month's move is beyond
    the trigger. The ministry does not support the dollar that it is selling itself.
    """
    p, plan = chunk.p, chunk.plan
    figures = plan.calibration.figures
    month = chunk.price - chunk.past[0] if chunk.past else chunk.price
    ministry_sells = plan.scenario.intervention.amount or (
        plan.scenario.sale.amount and plan.holder in {"JP", "JP:mof"}
    )
    rules = [
        ("US:fed", UST, month[UST] / figures["ust_duration"] * 1e4 > p["fed_trigger"], "fed"),
        ("JP:boj", JGB, month[JGB] / figures["jgb_duration"] * 1e4 > p["boj_trigger"], "boj"),
    ]
    if not ministry_sells:
        rules.append(("JP:mof", FX, month[FX] * 100 > p["fx_trigger"], "fx"))
    for agent, market, triggered, name in rules:
        if not triggered.any():
            continue
        on_sale = np.maximum(supply[market] + chunk.fading[market], 0.0)
        share = _within(chunk, f"{name}_share", step.length)
        bought = np.where(triggered, share * on_sale, 0.0)
        supply[market] -= bought
        sold.append((plan.index(agent), market, -bought))


def _duration(chunk: Chunk, agent: int) -> Array | float:
    """Years, of what the agent holds in Treasuries."""
    name, figures = chunk.plan.agents[agent], chunk.plan.calibration.figures
    if agent == GROUP:
        return figures["jp_private_duration"]
    if name == "JP:mof":
        return chunk.p["official_duration"]
    if name.startswith("JP:"):
        return figures["jp_private_duration"]
    return figures["fund_duration"] if name == "US:funds" else figures["us_duration"]


# --- prices and books -------------------------------------------------------------------------


def _price(chunk: Chunk, step: Step, supply: Array, news: NDArray[np.floating]) -> None:
    """Two speeds: Λ∞ of all that was sold, and the fading rest of Λ₀ − Λ∞."""
    p, figures = chunk.p, chunk.plan.calibration.figures
    keep = figures["depth_persistence"] ** step.length
    sd = p["depth_volatility"]
    chunk.depth = keep * chunk.depth + np.sqrt(1 - keep * keep) * sd * news
    weighted = supply * np.exp(chunk.depth - 0.5 * sd * sd)
    chunk.lasting += weighted
    chunk.fading *= chunk.stay if step.length == 1 else chunk.stay**step.length
    if step.length < 1:
        weighted = weighted * chunk.norm
    chunk.fading += weighted
    chunk.past = [*chunk.past, chunk.price][-round(1 / step.length) :]
    chunk.before = chunk.price
    lasting, fading = chunk.impact.lasting, chunk.impact.fading
    price = np.zeros_like(chunk.price)
    for market in (JGB, UST, FX):
        price += lasting[:, market] * chunk.lasting[market]
        price += fading[:, market] * chunk.fading[market]
    if chunk.plan.scenario.jgb.long_end:
        price += lasting[:, JGB] * (chunk.home / lasting[JGB, JGB])
    chunk.price = price
    move = price[FX] - chunk.before[FX]
    chunk.capital = chunk.capital - chunk.carry * move
    calm = (figures["yen_volatility"] / 100) ** 2
    stay = figures["volatility_persistence"] ** step.length
    chunk.variance = calm + stay * (chunk.variance - calm) + 12 * p["volatility_news"] * move * move


def _book(chunk: Chunk, sold: list[tuple[int, int, Array]]) -> None:
    """Each sale at the middle of the step's fall, per unit of face."""
    middle = 0.5 * (chunk.price + chunk.before)
    known: dict[tuple[int, int], Array] = {}  # dollars lose the same whoever sells them
    for agent, market, amount in sold:
        if not amount.any():
            continue
        key = (0 if market == FX else agent, market)
        if key not in known:
            known[key] = _lost(chunk, agent, market, middle[market])
        chunk.change[agent, market] -= amount
        chunk.paid[agent, market] += amount * known[key]


def _lost(chunk: Chunk, agent: int, market: int, fall: Array) -> Array:
    """Share of face lost at a fall of the market's price: the agent's own duration, convexity."""
    figures = chunk.plan.calibration.figures
    if market == FX:
        return np.asarray(1 - np.exp(-fall))
    if market == UST:
        duration = _duration(chunk, agent)
        return np.asarray(1 - np.exp(-fall * (duration / figures["ust_duration"])))
    own = 0.0 if agent == GROUP else chunk.plan.jgb_duration[agent]
    years = own or figures["jp_private_duration"]
    return np.asarray(1 - np.exp(-fall * (years / figures["jgb_duration"])))


def _watch_ranges(chunk: Chunk, step: Step, gross: Array) -> None:
    ranges, figures = chunk.plan.calibration.ranges, chunk.plan.calibration.figures
    end = (chunk.gross[-1][0] if chunk.gross else 0.0) + step.length
    chunk.gross.append((end, gross))
    chunk.year += gross
    month = round(1 / step.length)
    total = gross if month == 1 else sum((g for _, g in chunk.gross[-month:]), 0 * gross)
    chunk.outside[0] |= total[0] * 100 > ranges["ust_month"]
    chunk.outside[2] |= total[1] * 100 > ranges["fx_month"]
    if step.month:
        while chunk.gross[0][0] < step.month - 12 + 1e-9:
            chunk.year -= chunk.gross.pop(0)[1]
        chunk.outside[1] |= chunk.year[0] * 100 > ranges["ust_year"]
        chunk.outside[3] |= chunk.year[1] * 100 > ranges["fx_year"]
        move = chunk.price - chunk.past[0]
        chunk.outside[4] |= (move[UST] / figures["ust_duration"] * 1e4 > ranges["ust_yield"]) | (
            move[FX] * 100 > ranges["yen_month"]
        )


# --- what is shown ----------------------------------------------------------------------------


def outputs(chunk: Chunk) -> list[Array]:
    """The eight series of SERIES: bp for yields, % for prices, differences from no shock."""
    figures, p = chunk.plan.calibration.figures, chunk.p
    ust = chunk.price[UST] / figures["ust_duration"] * 1e4
    jgb = chunk.price[JGB] / figures["jgb_duration"] * 1e4
    yen = chunk.price[FX] * 100
    equities = chunk.equities * yen + p["equity_on_yield"] * ust / 100
    return [
        ust * chunk.curve.two, ust, ust * chunk.curve.thirty, jgb, jgb * chunk.curve.thirty,
        100 * (np.exp(-yen / 100) - 1), 100 * (np.exp(equities / 100) - 1),
        100 * (np.exp(p["crypto_on_yen"] * yen / 100) - 1),
    ]  # fmt: skip


_TAKERS = {
    UST: ("US:dealers", "US:real_money", "XX:official", "XX:private"),
    JGB: ("JP:pensions", "JP:insurers", "JP:trusts", "XX:private"),
    FX: ("US:dealers", "US:real_money", "XX:private"),
}


def settled(chunk: Chunk) -> tuple[Array, Array]:
    """Changes of holdings and discounts with the buyers filled in: every column sums to zero.

    What the fading impact measures sits with dealers; the rest goes to those who hold most.
    """
    change, paid = chunk.change[:-1].copy(), chunk.paid[:-1].copy()
    members = _group(chunk.plan)
    weights = chunk.holdings[members] / np.maximum(chunk.group, 1e-12)
    for row, weight in zip(members, weights, strict=True):
        change[row] += weight * chunk.change[GROUP]
        paid[row] += weight * chunk.paid[GROUP]
    for market, takers in _TAKERS.items():
        rows = [chunk.plan.index(agent) for agent in takers]
        taken, given = -change[:, market].sum(axis=0), -paid[:, market].sum(axis=0)
        held = chunk.plan.jgb[rows, None] if market == JGB else chunk.holdings[rows]
        portions = held / held.sum(axis=0)
        first = np.zeros_like(taken)
        if takers[0] == "US:dealers":
            portions = np.concatenate([0 * held[:1], held[1:] / held[1:].sum(axis=0)])
            absorbed = np.abs(chunk.lasting[market]) + 1e-12
            most = chunk.plan.calibration.figures["dealers_most"]
            share = np.minimum(np.abs(chunk.fading[market]) / absorbed, most)
            first = share * taken
            change[rows[0], market] += first
            paid[rows[0], market] += share * given
            given = given * (1 - share)
        for row, weight in zip(rows, portions, strict=True):
            change[row, market] += weight * (taken - first)
            paid[row, market] += weight * given
    return change, paid


def losses(chunk: Chunk) -> Array:
    """(A, n) $bn lost by each agent so far: on what it sold, and on what it still holds.

    Treasuries, JGBs and, for holders in Japan, the dollars that they had not hedged; for leveraged
    funds the carry trade as well. A discount on a sale is a gain of the buyer.
    """
    plan, p = chunk.plan, chunk.p
    change, paid = settled(chunk)
    total = np.empty((len(plan.agents), len(chunk.home)))
    for index, agent in enumerate(plan.agents):
        kept = chunk.holdings[index] + change[index, UST]
        exposed = p["fund_exposure"] if agent == "US:funds" else 1.0
        loss = kept * _lost(chunk, index, UST, chunk.price[UST]) * exposed
        loss += paid[index, UST] * exposed
        bonds = plan.jgb[index] + change[index, JGB]
        loss += bonds * _lost(chunk, index, JGB, chunk.price[JGB]) + paid[index, JGB]
        if agent.startswith("JP:") and agent != "JP:boj":
            hedged = 0.0 if agent == "JP:mof" else p["private_hedge"]
            open_dollars = chunk.holdings[index] * (1 - hedged) + change[index, FX]
            loss += np.maximum(open_dollars, 0.0) * _lost(chunk, index, FX, chunk.price[FX])
            loss += paid[index, FX]
        if agent == "US:funds":
            loss += p["carry_size"] / 100 / p["carry_leverage"] - chunk.capital
        total[index] = loss * 100
    return total
