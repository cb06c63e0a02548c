"""The figures that the scenarios must reproduce, in one table: published estimates, closed forms,
identities. Run as a script it prints what is computed beside what is expected.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from sheets import made

from saiken.scenarios import (
    arbitrage,
    constraints,
    debt,
    engine,
    impact,
    preferred_habitat,
    running,
)
from saiken.scenarios.arbitrage import Rates
from saiken.scenarios.balance import Sheet
from saiken.scenarios.calibration import Calibration, load
from saiken.scenarios.engine import Switches
from saiken.scenarios.parameters import UST, draw
from saiken.scenarios.parameters import impact as matrices
from saiken.scenarios.plan import Plan, make
from saiken.scenarios.scenario import Sale, Scenario

KNOWN = load()
LINEAR = Switches(private=True, constraints=False, carry=False, linear=True)


def plan_of(sheet: Sheet, known: Calibration, **sale: float | str) -> Plan:
    return make(Scenario("test", sale=Sale(**sale), horizon=12), sheet, known)


def arithmetic(prior: str) -> impact.Arithmetic:
    return impact.first_arithmetic(1200, 6.5, prior, KNOWN)


def estimates(horizon: str) -> list[float]:
    return [impact.in_basis_points(e, KNOWN) for e in KNOWN.estimates if e.horizon == horizon]


def premia(rho: float, phi: float, supply: np.ndarray, tau: float = 1.0) -> np.ndarray:
    return arbitrage.premia(arbitrage.covariance(Rates(phi=phi, rho=rho)), supply, tau)


# --- what the simulator makes of shocks --------------------------------------------------------

BARE = Switches(private=False, constraints=False, carry=False)


def fixed(**values: float) -> Calibration:
    """The calibration with some priors at one value."""
    priors = tuple(_fixed(p, values[p.name]) if p.name in values else p for p in KNOWN.priors)
    return replace(KNOWN, priors=priors)


def _fixed(prior: Any, value: float) -> Any:
    return replace(prior, dist="choice", parts=(value,))


def nothing_happens(sheet: Sheet) -> float:
    """The largest number anywhere in runs without a shock."""
    plan = make(Scenario("nothing", horizon=12), sheet, KNOWN)
    results = [running.run(plan, Switches(backstop=on), draws=2000) for on in (False, True)]
    return max(float(np.abs(x).max()) for r in results for x in (r.fans, r.columns))


def not_conserved(sheet: Sheet) -> float:
    """The largest sum over agents of changes in holdings, $100bn, over three sellers."""
    worst = []
    for holder, hedge in (("JP:mof", 0.0), ("JP:insurers", 0.8), ("JP", 0.5)):
        plan = plan_of(sheet, KNOWN, holder=holder, amount=600.0, over=6, hedge=hedge, into_jgb=0.5)
        result = running.run(plan, Switches(backstop=True), draws=2000)
        assert result.column("worst:UST 10Y").any()
        worst.append(result.conserved)
    return max(worst)


def not_superposed(sheet: Sheet) -> float:
    """What the log prices of $200bn and $300bn lack of those of $500bn, over the largest of them."""
    ends = []
    for amount in (200.0, 300.0, 500.0):
        # A holder with room in every draw: whose bonds are sold must not change with the amount.
        plan = plan_of(sheet, KNOWN, holder="JP:mof", amount=amount, over=3, hedge=0.3)
        result = running.run(plan, LINEAR, draws=3000)
        yields = [result.column(f"end:{name}").astype(float) for name in ("UST 10Y", "JGB 30Y")]
        ends.append([*yields, np.log1p(result.column("end:USD/JPY").astype(float) / 100)])
    pairs = zip(*ends, strict=True)
    return max(float(np.abs(a + b - both).max() / np.abs(both).max()) for a, b, both in pairs)


def bits_that_differ(sheet: Sheet) -> int:
    """Between one worker and two or five, and none between equal seeds alone."""
    plan = plan_of(sheet, KNOWN, amount=300.0, over=2)
    draws = 2 * running.CHUNK + 100
    bits = []
    for seed, workers in ((7, 1), (7, 2), (7, 5), (8, 2)):
        result = running.run(plan, draws=draws, seed=seed, workers=workers)
        bits.append(result.columns.tobytes() + result.fans.tobytes())
    assert bits[3] != bits[0]
    return sum(a != b for other in bits[1:3] for a, b in zip(bits[0], other, strict=True))


def beltran(sheet: Sheet, month: float) -> list[float]:
    """$100bn of 10-year notes sold in a month: bp then, a half-life later, and in the end."""
    then = fixed(ust_long_run=20.0, mu=0.0, depth_volatility=0.0, half_life=3.0)
    # `draw` takes the one-month impact from its lognormal's parts: a band too narrow to see.
    narrow = (month, month * (1 - 1e-9), month * (1 + 1e-9))
    priors = [replace(p, parts=narrow) if p.name == "ust_one_month" else p for p in then.priors]
    then = replace(then, priors=tuple(priors))
    amount = 100.0 * KNOWN.figures["ust_duration"] / KNOWN.figures["fund_duration"]
    scenario = Scenario("beltran", sale=Sale("US:funds", amount, 1), horizon=60)
    fan = running.run(make(scenario, sheet, then), BARE, draws=200).fan("UST 10Y")
    return [float(fan[at, 2]) for at in (0, 3, 59)]


def paid_over_half_the_fall(sheet: Sheet, over: int) -> float:
    """What the simulator's seller pays at a lasting impact alone, over ½λQ²."""
    still = fixed(mu=0.0, depth_volatility=0.0)
    tiny = (1e-9, 1e-10, 1e-8)  # no one-month impact beyond the lasting one
    priors = [replace(p, parts=tiny) if p.name == "ust_one_month" else p for p in still.priors]
    still = replace(still, priors=tuple(priors))
    plan = plan_of(sheet, still, holder="US:funds", amount=10.0, over=over)
    chunk = engine.start(plan, draw(still, np.full((len(priors), 3), 0.5)), BARE)
    engine.run(chunk, np.zeros((len(plan.steps), 3, 3)), lambda _, __: None)
    funds, sold = plan.index("US:funds"), 0.1
    fall = chunk.price[UST] * 5.0 / 8.1  # the funds' bonds, of 5 years
    change, paid = engine.settled(chunk)
    assert change[funds, UST] == pytest.approx(-sold)
    assert np.allclose(paid[:, UST].sum(axis=0), 0, atol=1e-15)
    return float(np.mean(chunk.paid[funds, UST] / (0.5 * fall * sold)))


def signs(sheet: Sheet, hedge: float, into_jgb: float) -> list[float]:
    """Of JGB and Treasury yields and USD/JPY in most draws, where the same investors bear bonds and
    currency and JGBs go with the currency as theory has it.
    """
    theory = fixed(mu=1.0, jgb_currency=1.0)
    plan = plan_of(sheet, theory, amount=200.0, hedge=hedge, into_jgb=into_jgb)
    result = running.run(plan, BARE, draws=2000)
    found = [np.sign(result.column(f"end:{name}")) for name in ("JGB 10Y", "UST 10Y", "USD/JPY")]
    return [float(np.sign(way.mean())) if abs(way.mean()) > 0.7 else 0.0 for way in found]


# --- closed forms ------------------------------------------------------------------------------


def published_gap() -> float:
    """The covariance against the matrix as it is printed, relative."""
    rates = Rates(phi=0.95, rho=0.3)
    d, u, rho = rates.bond_exposure, rates.fx_exposure, 0.3
    published = np.array([
        [d * d, rho * d * d, (1 - rho) * d * u],
        [rho * d * d, d * d, -(1 - rho) * d * u],
        [(1 - rho) * d * u, -(1 - rho) * d * u, 2 * (1 - rho) * u * u],
    ])  # fmt: skip
    return float(np.abs(arbitrage.covariance(rates) / published - 1).max())


def premia_signs(rho: float, supply: np.ndarray) -> list[float]:
    return list(np.sign(premia(rho, 0.98, supply)))


# --- the table ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gate:
    computed: Callable[[Sheet], Any]
    expected: Any
    tolerance: float


GATES: dict[str, Gate] = {
    name: Gate(*row)
    for name, row in {
    "zero-FX hedge ratio, phi .95": (lambda _: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.95)), 0.856115, 5e-7),
    "zero-FX hedge ratio, phi .98": (lambda _: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.98)), 0.704142, 5e-7),
    "zero-FX hedge ratio, phi .99": (lambda _: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.99)), 0.543379, 5e-7),
    "hedged switch leaves Treasuries alone at rho 1": (
        lambda _: premia(1.0, 0.98, arbitrage.switch(1.0))[1], 0.0, 0.0,
    ),
    "switch at the neutral hedge leaves the currency alone": (
        lambda _: premia(0.4, 0.98, arbitrage.switch(arbitrage.neutral_hedge_ratio(Rates(phi=0.98))))[2],
        0.0, 1e-9,
    ),
    "no premia at unlimited risk tolerance": (
        lambda _: np.abs(premia(0.5, 0.98, arbitrage.dump(0.0), math.inf)).max(), 0.0, 0.0,
    ),
    "Beltran, within a month, low": (lambda _: impact.TwoSpeed(40, 20, 3).after(0), 40, 1e-12),
    "Beltran, within a month, high": (lambda _: impact.TwoSpeed(60, 20, 3).after(0), 60, 1e-12),
    "Beltran, half of the way after a half-life": (lambda _: impact.TwoSpeed(60, 20, 3).after(3), 40, 1e-12),
    "Beltran, long run": (lambda _: impact.TwoSpeed(50, 20, 3).after(1e4), 20, 1e-12),
    "Beltran rescaled, low": (lambda _: min(estimates("one month")), 5.5, 0.05),
    "Beltran rescaled, high": (lambda _: max(estimates("one month")), 8.3, 0.05),
    "long-run estimates, lowest": (lambda _: min(estimates("long run")), 0.8, 0.1),
    "long-run estimates, highest": (lambda _: max(estimates("long run")), 2.8, 0.05),
    "Ahmed and Rebucci rescaled": (lambda _: estimates("tail")[0], 50, 2.5),
    "one investor of elasticity 3.2": (lambda _: impact.price_change(100, 3.2, 29000), 100 / 92800, 1e-15),
    "bills against bonds": (
        lambda _: impact.price_change(1, 3.2, 1) / impact.price_change(1, 27.9, 1), 8.7, 0.05,
    ),
    "vulnerable bank": (lambda _: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3), 0.38, 1e-12),
    "vulnerable bank, buffer towards 1": (
        lambda _: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3, 1 + 1e-9), 0.38, 1e-6,
    ),
    "vulnerable bank with room": (lambda _: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3, 1.3), 0.0, 0.0),
    "first arithmetic, 10-year equivalents": (lambda _: arithmetic("ust_long_run").equivalents, 963, 0.5),
    "first arithmetic, long run": (lambda _: arithmetic("ust_long_run").bp[1], 19, 0.5),
    "first arithmetic, in a month": (lambda _: arithmetic("ust_one_month").bp[1], 77, 0.5),
    "first arithmetic, in a month, 5 %": (lambda _: arithmetic("ust_one_month").bp[0], 19, 0.5),
    "first arithmetic, in a month, 95 %": (lambda _: arithmetic("ust_one_month").bp[2], 308, 0.5),
    "first arithmetic, cost, long run": (lambda _: arithmetic("ust_long_run").cost, 7.5, 0.05),
    "first arithmetic, cost, in a month": (lambda _: arithmetic("ust_one_month").cost, 30, 0.1),
    **{
        f"execution in {count} slices": (
            lambda _, count=count: impact.execution_cost([300 / count] * count, 2e-5), 0.9, 1e-9,
        )
        for count in (1, 5, 50, 5000)
    },
    "V/σ² against the published matrix, gap": (lambda _: published_gap(), 0.0, 1e-15),
    "signs of premia, hedged switch": (lambda _: premia_signs(0.5, arbitrage.switch(1.0)), [-1, 1, -1], 0),
    "signs of premia, unhedged dump, ρ above h*": (
        lambda _: premia_signs(0.5, arbitrage.dump(0.0)), [1, 1, 1], 0,
    ),
    "signs of premia, unhedged dump, ρ below h*": (
        lambda _: premia_signs(0.1, arbitrage.dump(0.0)), [1, -1, 1], 0,
    ),
    "h* lies between those ρ": (
        lambda _: [0.1 < arbitrage.neutral_hedge_ratio(Rates(phi=0.98)) < 0.5], [1], 0,
    ),
    "debt after ten years, i = 2 %": (
        lambda _: debt.ratio(2.33, 0.02, 0.03, -0.02, 10), 2.304902509157014, 1e-13,
    ),
    "debt after ten years, i = g": (lambda _: debt.ratio(2.33, 0.02, 0.02, -0.02, 10), 2.53, 1e-13),
    "simulator, no shock: largest figure": (nothing_happens, 0.0, 0.0),
    "simulator, superposition: gap": (not_superposed, 0.0, 2e-5),
    "simulator, conservation: largest sum": (not_conserved, 0.0, 1e-9),
    "simulator, bytes that differ with the workers": (bits_that_differ, 0, 0),
    "simulator, Beltran at 40 bp: month, half-life, end": (
        lambda sheet: beltran(sheet, 40.0), [40.0, 30.0, 20.0], 0.4,
    ),
    "simulator, Beltran at 60 bp: month, half-life, end": (
        lambda sheet: beltran(sheet, 60.0), [60.0, 40.0, 20.0], 0.6,
    ),
    **{
        f"simulator, cost of selling over ½λQ², {over} months": (
            lambda sheet, over=over: paid_over_half_the_fall(sheet, over), 1.0, 1e-3,
        )
        for over in (1, 4, 12)
    },
    "simulator, signs of a hedged switch: JGB, UST, USD/JPY": (
        lambda sheet: signs(sheet, 1.0, 1.0), [-1, 1, 1], 0,
    ),
    "simulator, signs of an unhedged dump: JGB, UST, USD/JPY": (
        lambda sheet: signs(sheet, 0.0, 0.0), [1, 1, -1], 0,
    ),
}.items()
}  # fmt: skip


@pytest.mark.parametrize("name", GATES)
def test_gate(name: str, sheet: Sheet) -> None:
    gate = GATES[name]
    computed = np.atleast_1d(np.asarray(gate.computed(sheet), dtype=np.float64))
    expected = np.atleast_1d(np.asarray(gate.expected, dtype=np.float64))
    assert computed.shape == expected.shape
    assert np.abs(computed - expected).max() <= gate.tolerance, f"{computed}, expected {expected}"


# --- properties --------------------------------------------------------------------------------


@pytest.mark.parametrize("mu", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9, 1.0])
def test_covariance_is_symmetric_and_positive_semi_definite(rho: float, mu: float) -> None:
    v = arbitrage.covariance(Rates(rho=rho), mu)
    assert np.array_equal(v, v.T)
    assert np.linalg.eigvalsh(v).min() >= -1e-9 * np.trace(v)


def habitat(slope: float) -> preferred_habitat.Habitat:
    maturities = np.arange(1, 3001) * 0.01
    slopes = slope * np.exp(-0.1 * maturities)
    return preferred_habitat.Habitat(maturities, slopes, 30.0, 0.01, 0.13)


@pytest.mark.parametrize("slope", [0.0, 2.0])
def test_relative_responses_do_not_depend_on_where_bonds_are_sold(slope: float) -> None:
    h = habitat(slope)
    short, long = ((np.abs(h.maturities - at) < 0.5).astype(float) for at in (2.0, 20.0))
    first, second = preferred_habitat.response(h, short), preferred_habitat.response(h, long)
    assert np.allclose(first / first[999], second / second[999], rtol=1e-12)
    assert second[999] > first[999] > 0


def test_without_preferred_habitats_the_response_has_a_closed_form() -> None:
    h = habitat(0.0)
    sold = (h.maturities > 5).astype(float)
    kappa = h.reversion
    a = (1 - np.exp(-kappa * h.maturities)) / kappa
    weight = h.risk_aversion * h.volatility**2 * float(np.sum(sold * a)) * h.step
    closed = weight * (1 - a / h.maturities) / kappa
    assert preferred_habitat.priced_reversion(h) == pytest.approx(kappa, abs=1e-12)
    assert np.allclose(preferred_habitat.response(h, sold)[99:], closed[99:], rtol=2e-2)
    assert preferred_habitat.shape(30.0, np.array([kappa]))[0] == pytest.approx(
        closed[2999] / closed[999], rel=1e-12
    )


def test_preferred_habitats_damp_the_response() -> None:
    sold = np.ones_like(habitat(0.0).maturities)
    free, held = (preferred_habitat.response(habitat(slope), sold) for slope in (0.0, 2.0))
    assert (held < free).all()
    assert preferred_habitat.priced_reversion(habitat(2.0)) > 0.13


def test_the_two_speeds_are_those_of_the_priors(sheet: Sheet, known: Calibration) -> None:
    """A bonds-only sale in bare markets: a month's impact, then what lasts, per $100bn."""
    bare = Switches(private=False, constraints=False, carry=False)
    plan = plan_of(sheet, known, holder="US:funds", amount=162.0, over=1)
    segmented = replace(
        known,
        priors=tuple(
            _fixed(p, 0.0) if p.name in {"mu", "depth_volatility"} else p for p in known.priors
        ),
    )
    result = running.run(replace(plan, calibration=segmented), bare, draws=20_000)
    equivalents = 1.62 * 5.0 / 8.1
    month, year = result.fan("UST 10Y")[0], result.fan("UST 10Y")[-1]
    assert month[2] == pytest.approx(8.0 * equivalents, rel=0.03)
    assert month[0] == pytest.approx(2.0 * equivalents, rel=0.06)
    assert month[4] == pytest.approx(32.0 * equivalents, rel=0.06)
    long_run = 2.0 * equivalents
    assert long_run < year[2] < month[2]


def test_weeks_and_months_agree_at_the_end_of_a_month(sheet: Sheet, known: Calibration) -> None:
    bare = Switches(private=False, constraints=False, carry=False)
    calm = replace(
        known,
        priors=tuple(_fixed(p, 0.0) if p.name == "depth_volatility" else p for p in known.priors),
    )
    weekly = replace(plan_of(sheet, known, amount=100.0, over=1), calibration=calm)
    monthly = [
        replace(weekly.steps[0], length=1.0, month=m + 1, sale=float(m == 0)) for m in range(12)
    ]
    results = [
        running.run(plan, bare, draws=500)
        for plan in (weekly, replace(weekly, steps=tuple(monthly)))
    ]
    first, second = (result.column("shock:UST 10Y") for result in results)
    assert np.allclose(first, second, rtol=1e-5)


def test_impacts_never_pay_for_being_traded_against(known: Calibration) -> None:
    """Every drawn matrix is positive semi-definite: no round trip makes money out of nothing."""
    rng = np.random.default_rng(3)
    p = draw(known, rng.uniform(1e-9, 1 - 1e-9, (len(known.priors), 4000)))
    drawn = matrices(p, known.figures)
    for matrix in (drawn.lasting, drawn.lasting + drawn.fading):
        each = np.moveaxis(matrix, 2, 0)
        assert np.array_equal(each, np.swapaxes(each, 1, 2))
        lowest = np.linalg.eigvalsh(each)[:, 0]
        assert (lowest >= -1e-12 * np.trace(each, axis1=1, axis2=2)).all()


def main() -> None:
    """Print the table with what is computed: `PYTHONPATH=src python tests/scenarios/test_scenario_gates.py`."""
    sheet = made()
    sys.stdout.write("| gate | expected | computed | tolerance |\n|---|---|---|---|\n")
    for name, gate in GATES.items():
        expected, computed = (
            " ".join(f"{v:.8g}" for v in np.atleast_1d(np.asarray(values, dtype=np.float64)))
            for values in (gate.expected, gate.computed(sheet))
        )
        sys.stdout.write(f"| {name} | {expected} | {computed} | {gate.tolerance:g} |\n")


if __name__ == "__main__":
    main()
