"""The figures that the scenarios must reproduce: published estimates, closed forms, identities."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

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


# --- closed forms: what is computed, what it must be, how exactly ------------------------------


def arithmetic(prior: str) -> impact.Arithmetic:
    return impact.first_arithmetic(1200, 6.5, prior, KNOWN)


def estimates(horizon: str) -> list[float]:
    return [impact.in_basis_points(e, KNOWN) for e in KNOWN.estimates if e.horizon == horizon]


def premia(rho: float, phi: float, supply: np.ndarray, tau: float = 1.0) -> np.ndarray:
    return arbitrage.premia(arbitrage.covariance(Rates(phi=phi, rho=rho)), supply, tau)


FORMULAS: dict[str, tuple[Callable[[], float], float, float]] = {
    "zero-FX hedge ratio, phi .95": (lambda: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.95)), 0.856115, 5e-7),
    "zero-FX hedge ratio, phi .98": (lambda: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.98)), 0.704142, 5e-7),
    "zero-FX hedge ratio, phi .99": (lambda: 1 - arbitrage.neutral_hedge_ratio(Rates(phi=0.99)), 0.543379, 5e-7),
    "hedged switch leaves Treasuries alone at rho 1": (
        lambda: premia(1.0, 0.98, arbitrage.switch(1.0))[1], 0.0, 0.0,
    ),
    "switch at the neutral hedge leaves the currency alone": (
        lambda: premia(0.4, 0.98, arbitrage.switch(arbitrage.neutral_hedge_ratio(Rates(phi=0.98))))[2],
        0.0, 1e-9,
    ),
    "no premia at unlimited risk tolerance": (
        lambda: np.abs(premia(0.5, 0.98, arbitrage.dump(0.0), math.inf)).max(), 0.0, 0.0,
    ),
    "Beltran, within a month, low": (lambda: impact.TwoSpeed(40, 20, 3).after(0), 40, 1e-12),
    "Beltran, within a month, high": (lambda: impact.TwoSpeed(60, 20, 3).after(0), 60, 1e-12),
    "Beltran, half of the way after a half-life": (lambda: impact.TwoSpeed(60, 20, 3).after(3), 40, 1e-12),
    "Beltran, long run": (lambda: impact.TwoSpeed(50, 20, 3).after(1e4), 20, 1e-12),
    "Beltran rescaled, low": (lambda: min(estimates("one month")), 5.5, 0.05),
    "Beltran rescaled, high": (lambda: max(estimates("one month")), 8.3, 0.05),
    "long-run estimates, lowest": (lambda: min(estimates("long run")), 0.8, 0.1),
    "long-run estimates, highest": (lambda: max(estimates("long run")), 2.8, 0.05),
    "Ahmed and Rebucci rescaled": (lambda: estimates("tail")[0], 50, 2.5),
    "one investor of elasticity 3.2": (lambda: impact.price_change(100, 3.2, 29000), 100 / 92800, 1e-15),
    "bills against bonds": (
        lambda: impact.price_change(1, 3.2, 1) / impact.price_change(1, 27.9, 1), 8.7, 0.05,
    ),
    "vulnerable bank": (lambda: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3), 0.38, 1e-12),
    "vulnerable bank, buffer towards 1": (
        lambda: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3, 1 + 1e-9), 0.38, 1e-6,
    ),
    "vulnerable bank with room": (lambda: constraints.aggregate_vulnerability(100, 5, 0.01, 1e-3, 1.3), 0.0, 0.0),
    "first arithmetic, 10-year equivalents": (lambda: arithmetic("ust_long_run").equivalents, 963, 0.5),
    "first arithmetic, long run": (lambda: arithmetic("ust_long_run").bp[1], 19, 0.5),
    "first arithmetic, in a month": (lambda: arithmetic("ust_one_month").bp[1], 77, 0.5),
    "first arithmetic, in a month, 5 %": (lambda: arithmetic("ust_one_month").bp[0], 19, 0.5),
    "first arithmetic, in a month, 95 %": (lambda: arithmetic("ust_one_month").bp[2], 308, 0.5),
    "first arithmetic, cost, long run": (lambda: arithmetic("ust_long_run").cost, 7.5, 0.05),
    "first arithmetic, cost, in a month": (lambda: arithmetic("ust_one_month").cost, 30, 0.1),
    **{
        f"execution in {count} slices": (
            lambda count=count: impact.execution_cost([300 / count] * count, 2e-5), 0.9, 1e-9,
        )
        for count in (1, 5, 50, 5000)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FORMULAS)
def test_formula(name: str) -> None:
    compute, expected, within = FORMULAS[name]
    assert abs(compute() - expected) <= within


def test_covariance_is_as_published() -> None:
    rates = Rates(phi=0.95, rho=0.3)
    d, u, rho = rates.bond_exposure, rates.fx_exposure, 0.3
    published = [
        [d * d, rho * d * d, (1 - rho) * d * u],
        [rho * d * d, d * d, -(1 - rho) * d * u],
        [(1 - rho) * d * u, -(1 - rho) * d * u, 2 * (1 - rho) * u * u],
    ]
    assert np.allclose(arbitrage.covariance(rates), published, rtol=1e-15)


@pytest.mark.parametrize("mu", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9, 1.0])
def test_covariance_is_symmetric_and_positive_semi_definite(rho: float, mu: float) -> None:
    v = arbitrage.covariance(Rates(rho=rho), mu)
    assert np.array_equal(v, v.T)
    assert np.linalg.eigvalsh(v).min() >= -1e-9 * np.trace(v)


@pytest.mark.parametrize(
    ("name", "rho", "supply", "signs"),
    [
        ("hedged switch", 0.5, arbitrage.switch(1.0), (-1, 1, -1)),
        ("unhedged dump", 0.5, arbitrage.dump(0.0), (1, 1, 1)),
        ("unhedged dump below the neutral hedge", 0.1, arbitrage.dump(0.0), (1, -1, 1)),
    ],
)
def test_signs_of_premia(name: str, rho: float, supply: np.ndarray, signs: tuple[int, ...]) -> None:
    assert (rho > arbitrage.neutral_hedge_ratio(Rates(phi=0.98))) == ("below" not in name)
    assert tuple(np.sign(premia(rho, 0.98, supply)).astype(int)) == signs


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


# --- the simulator ------------------------------------------------------------------------------


def test_no_shock_gives_zero_everywhere(sheet: Sheet, known: Calibration) -> None:
    nothing = make(Scenario("nothing", horizon=12), sheet, known)
    for backstop in (False, True):
        result = running.run(nothing, Switches(backstop=backstop), draws=2000)
        assert not result.fans.any()
        assert not result.columns.any()


def test_holdings_are_conserved(sheet: Sheet, known: Calibration) -> None:
    for holder, hedge in (("JP:mof", 0.0), ("JP:insurers", 0.8), ("JP", 0.5)):
        plan = plan_of(sheet, known, holder=holder, amount=600.0, over=6, hedge=hedge, into_jgb=0.5)
        result = running.run(plan, Switches(backstop=True), draws=2000)
        assert result.conserved < 1e-9
        assert result.column("worst:UST 10Y").any()


def test_shocks_add_up_in_the_linear_regime(sheet: Sheet, known: Calibration) -> None:
    """Log prices of 200 and 300 are those of 500; currencies are shown in %, so logs are taken."""
    ends = []
    for amount in (200.0, 300.0, 500.0):
        # A holder with room in every draw: whose bonds are sold must not change with the amount.
        plan = plan_of(sheet, known, holder="JP:mof", amount=amount, over=3, hedge=0.3)
        result = running.run(plan, LINEAR, draws=3000)
        yields = [result.column(f"end:{name}").astype(float) for name in ("UST 10Y", "JGB 30Y")]
        ends.append([*yields, np.log1p(result.column("end:USD/JPY").astype(float) / 100)])
    for small, large, both in zip(*ends, strict=True):
        assert np.allclose(small + large, both, rtol=2e-5, atol=1e-5 * np.abs(both).max())


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


def _fixed(prior, value: float):
    return replace(prior, dist="choice", parts=(value,))


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


@pytest.mark.parametrize("month", [40.0, 60.0])
def test_the_simulator_gives_an_estimate_back_in_its_own_units(
    sheet: Sheet, known: Calibration, month: float
) -> None:
    """Beltran et al.: $100bn sold in a month is 40 to 60 bp then, and 20 bp in the end."""
    values = {
        "ust_one_month": month, "ust_long_run": 20.0, "mu": 0.0, "depth_volatility": 0.0,
        "half_life": 3.0,
    }  # fmt: skip
    priors = [_fixed(p, values[p.name]) if p.name in values else p for p in known.priors]
    # `draw` takes the one-month impact from its lognormal's parts: a band too narrow to see.
    narrow = (month, month * (1 - 1e-9), month * (1 + 1e-9))
    priors = [
        replace(p, dist="lognormal", parts=narrow) if p.name == "ust_one_month" else p
        for p in priors
    ]
    then = replace(known, priors=tuple(priors))
    amount = 100.0 * known.figures["ust_duration"] / known.figures["fund_duration"]
    scenario = Scenario("beltran", sale=Sale("US:funds", amount, 1), horizon=60)
    bare = Switches(private=False, constraints=False, carry=False)
    fan = running.run(make(scenario, sheet, then), bare, draws=200).fan("UST 10Y")
    assert fan[0] == pytest.approx([month] * 5, rel=0.01)
    assert fan[3] == pytest.approx([20 + (month - 20) / 2] * 5, rel=0.01)
    assert fan[-1] == pytest.approx([20.0] * 5, rel=0.01)


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


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_same_seed_gives_the_same_bits(sheet: Sheet, known: Calibration, workers: int) -> None:
    plan = plan_of(sheet, known, amount=300.0, over=2)
    draws = 2 * running.CHUNK + 100
    alone = running.run(plan, draws=draws, seed=7, workers=1)
    spread = running.run(plan, draws=draws, seed=7, workers=workers)
    assert spread.columns.tobytes() == alone.columns.tobytes()
    assert spread.fans.tobytes() == alone.fans.tobytes()
    other = running.run(plan, draws=draws, seed=8, workers=workers)
    assert other.fans.tobytes() != alone.fans.tobytes()


@pytest.mark.parametrize("over", [1, 4, 12])
def test_the_seller_pays_half_the_fall(sheet: Sheet, known: Calibration, over: int) -> None:
    """With a lasting impact alone, selling Q costs ½λQ² over any time, and the buyers gain it."""
    values = {"mu": 0.0, "depth_volatility": 0.0}
    priors = [_fixed(p, values[p.name]) if p.name in values else p for p in known.priors]
    tiny = (1e-9, 1e-10, 1e-8)  # no one-month impact beyond the lasting one
    priors = [replace(p, parts=tiny) if p.name == "ust_one_month" else p for p in priors]
    still = replace(known, priors=tuple(priors))
    bare = Switches(private=False, constraints=False, carry=False)
    plan = plan_of(sheet, still, holder="US:funds", amount=10.0, over=over)
    uniforms = np.full((len(priors), 3), 0.5)
    chunk = engine.start(plan, draw(still, uniforms), bare)
    engine.run(chunk, np.zeros((len(plan.steps), 3, 3)), lambda _, __: None)
    funds, sold = plan.index("US:funds"), 0.1
    fall = chunk.price[UST] * 5.0 / 8.1  # the funds' bonds, of 5 years
    assert np.allclose(chunk.paid[funds, UST], 0.5 * fall * sold, rtol=1e-3)
    change, paid = engine.settled(chunk)
    assert change[funds, UST] == pytest.approx(-sold)
    assert np.allclose(paid[:, UST].sum(axis=0), 0, atol=1e-15)


@pytest.mark.parametrize(
    ("rate", "growth", "expected"), [(0.02, 0.03, 2.304902509157014), (0.02, 0.02, 2.53)]
)
def test_debt_dynamics(rate: float, growth: float, expected: float) -> None:
    """A deficit of 2 % for ten years; where i = g the ratio gains the deficits alone."""
    assert debt.ratio(2.33, rate, growth, -0.02, 10) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("hedge", "into_jgb", "signs"), [(1.0, 1.0, (-1, 1, 1)), (0.0, 0.0, (1, 1, -1))]
)
def test_signs_of_a_switch_and_of_a_dump(
    sheet: Sheet, known: Calibration, hedge: float, into_jgb: float, signs: tuple[int, ...]
) -> None:
    """JGB and Treasury yields and USD/JPY, where the same investors bear bonds and currency, and
    JGBs go with the currency as theory has it.
    """
    theory = {"mu": 1.0, "jgb_currency": 1.0}
    priors = tuple(_fixed(p, theory[p.name]) if p.name in theory else p for p in known.priors)
    one_market = replace(known, priors=priors)
    plan = plan_of(sheet, one_market, amount=200.0, hedge=hedge, into_jgb=into_jgb)
    bare = Switches(private=False, constraints=False, carry=False)
    result = running.run(plan, bare, draws=2000)
    for series, sign in zip(("JGB 10Y", "UST 10Y", "USD/JPY"), signs, strict=True):
        share = float(np.mean(np.sign(result.column(f"end:{series}")) == sign))
        assert share > 0.85, series
