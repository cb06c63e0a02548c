"""Claims about what no publisher states: read by name, judged on lines that are computed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from saiken.archive.archive import Archive
from saiken.claims.check import Question, check
from saiken.claims.judging.evidence import Evidence
from saiken.measures import carry, hedging
from saiken.measures.arrays import carried

AS_OF = date(2026, 1, 25)


@pytest.fixture(scope="module")
def evidence(snapshot: Archive) -> Evidence:
    return Evidence(snapshot, AS_OF, AS_OF)


def held(evidence: Evidence, series: str) -> tuple[np.ndarray, np.ndarray]:
    line = evidence.line(series)
    return np.array(line.ends), np.array(line.values)


def dollar_rate(evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    days, bills = held(evidence, "ust/par/3M")
    then, overnight = held(evidence, "fred/SOFR")
    late = then > days[-1]
    assert late.any(), "SOFR goes on where the file of bills ends"
    return np.append(days, then[late]), np.append(bills, overnight[late])


def test_the_hedged_pick_up_is_that_of_the_measures(evidence):
    (line,) = evidence.lines("hedged_pick_up", "JP")
    days = np.array(line.ends)
    inputs = [
        held(evidence, "h15/yield/10Y"), held(evidence, "jgb/yield/10Y"),
        dollar_rate(evidence), held(evidence, "jgb/yield/1Y"),
    ]  # fmt: skip
    treasury, home, dollar, yen = (carried(*one, days, 0) for one in inputs)
    cost = hedging.cost_from_rates(dollar, yen)
    expected = hedging.hedge(treasury, cost, home, by=hedging.Cost.WITHOUT_BASIS).pick_up
    assert np.allclose(line.values, expected, atol=1e-6)
    assert len(line) > 8000


def test_carry_to_risk_is_that_of_the_measures(evidence):
    (line,) = evidence.lines("carry_to_risk", "USDJPY")
    days, spot = held(evidence, "ecb/USDJPY")
    usd, own = (
        carried(*one, days, 10) / 100
        for one in (dollar_rate(evidence), held(evidence, "jgb/yield/1Y"))
    )
    returns = carry.carry_returns(days, spot, usd, own)
    paid = carry.carry_to_risk(usd, own, carry.realised_volatility(returns))
    known = np.isfinite(paid)
    assert list(line.ends) == list(days[known])
    assert np.allclose(line.values, paid[known], rtol=1e-9)


@pytest.mark.parametrize(("over", "days"), [("", 21), ("1M", 21), ("3M", 63)])
def test_realised_volatility_is_that_of_the_returns_of_the_span(evidence, over, days):
    (line,) = evidence.lines("realised_volatility", "USDJPY", over)
    _, spot = held(evidence, "ecb/USDJPY")
    returns = np.diff(np.log(spot))
    assert len(line) == len(spot) - days
    assert line.values[-1] == pytest.approx(100 * returns[-days:].std(ddof=1) * 252**0.5)
    assert evidence.lines("realised_volatility", "USDJPY", "5Y") == ()


def test_every_value_cites_what_it_is_computed_from(evidence):
    for measure, subject, series in (
        ("hedging_cost", "JP", {"fred/SOFR", "jgb/yield/1Y"}),
        ("hedged_pick_up", "JP", {"h15/yield/10Y", "jgb/yield/10Y", "fred/SOFR", "jgb/yield/1Y"}),
        ("carry_to_risk", "USDJPY", {"fred/SOFR", "jgb/yield/1Y", "ecb/USDJPY"}),
    ):
        (line,) = evidence.lines(measure, subject)
        newest = line.cite(len(line) - 1)
        assert {point.series for point in newest} == series
        assert all(point.vintage_day <= AS_OF for point in newest)
        first = line.cite(0)
        assert "ust/par/3M" in {point.series for point in first}


@pytest.mark.parametrize(
    ("measure", "subject"),
    [("hedged_pick_up", "CN"), ("hedged_pick_up", "US"), ("carry_to_risk", "EURUSD"),
     ("carry_to_risk", "USDCNY"), ("hedging_cost", "")],
)  # fmt: skip
def test_without_its_inputs_there_is_no_line(evidence, measure, subject):
    assert evidence.lines(measure, subject) == ()


def test_before_the_inputs_there_is_none(snapshot):
    early = Evidence(snapshot, date(1985, 1, 1), date(1985, 1, 1))
    assert not any(len(line) for line in early.lines("hedged_pick_up", "JP"))
    assert not any(len(line) for line in early.lines("carry_to_risk", "USDJPY"))


@pytest.mark.parametrize(
    ("text", "measure", "subject", "ruling"),
    [
        ("The hedged pick-up for Japanese investors turned negative in 2022.", "hedged_pick_up", "JP", "supported"),
        ("The hedged pick-up is positive for Japanese investors.", "hedged_pick_up", "JP", "refuted"),
        ("Hedging costs for Japanese investors rose in 2022.", "hedging_cost", "JP", "supported"),
        ("Hedging costs for Japanese investors were above 5% in October 2023.", "hedging_cost", "JP", "supported"),
        ("Hedging costs for Japanese investors are above 5%.", "hedging_cost", "JP", "refuted"),
        ("The yen carry trade is less profitable than a year ago.", "carry_to_risk", "USDJPY", "supported"),
        ("The yen carry trade became less profitable in January 2026.", "carry_to_risk", "USDJPY", "refuted"),
        ("The yen carry trade became more attractive in January 2026.", "carry_to_risk", "USDJPY", "supported"),
        ("The hedged pick-up for Japanese investors turned negative in January 2026.", "hedged_pick_up", "JP", "refuted"),
        ("The hedged pick-up turned positive in 2022.", "hedged_pick_up", "JP", "exaggerated"),
        ("Hedged Treasuries yield less than JGBs for a Japanese investor.", "hedged_pick_up", "JP", "supported"),
        ("Hedged Treasuries yield more than JGBs for a Japanese investor.", "hedged_pick_up", "JP", "refuted"),
        ("JGBs yield more than hedged Treasuries.", "hedged_pick_up", "JP", "supported"),
        ("After hedging costs, 10-year Treasuries yield 67bp less than 10-year JGBs.", "hedged_pick_up", "JP", "supported"),
        ("After hedging costs, 10-year Treasuries yield 67bp more than 10-year JGBs.", "hedged_pick_up", "JP", "refuted"),
        ("FX-hedged 10-year Treasuries yield 1.57% for Japanese investors.", "hedged_yield", "JP", "supported"),
        ("FX-hedged 10-year Treasuries yield 4.26% for Japanese investors.", "hedged_yield", "JP", "refuted"),
        ("The hedged pick-up is worse than a year ago.", "hedged_pick_up", "JP", "supported"),
        ("The hedged pick-up is better than a year ago.", "hedged_pick_up", "JP", "refuted"),
        ("It costs Japanese funds more than 5% a year to hedge dollars.", "hedging_cost", "JP", "refuted"),
        ("The 40-year JGB yields more than the 30-year.", "yield_spread", "JP", "supported"),
        ("The 40-year JGB yields less than the 30-year.", "yield_spread", "JP", "refuted"),
        ("The JGB curve steepened in January 2026.", "yield_spread", "JP", "supported"),
        ("The US Treasury curve flattened over the past year.", "yield_spread", "US", "refuted"),
        ("China's hedged pick-up fell in 2025.", "hedged_pick_up", "CN", "not_covered"),
    ],
)  # fmt: skip
def test_sentences(snapshot, text, measure, subject, ruling):
    (verdict,) = check(text, Question(AS_OF, AS_OF, since=False), snapshot).verdicts
    assert (verdict.claim.measure, verdict.claim.subject) == (measure, subject)
    assert verdict.ruling.value == ruling, verdict.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Rising Japanese yields make that trade less profitable, prompting some unwinding.",
        "Rising Japanese yields make the carry trade less profitable.",
        "Analysts warn of the yen carry trade.",
        "The carry trade paid off: the yen fell 3% in December 2025.",
        "The carry trade is dead.",
    ],
)
def test_what_says_nothing_of_them_gives_no_claim_about_them(snapshot, text):
    found = check(text, Question(AS_OF, AS_OF, since=False), snapshot).verdicts
    assert all(v.claim.measure not in {"carry_to_risk", "hedged_pick_up"} for v in found)
