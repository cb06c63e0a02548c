"""From what a forecast hangs on to a scenario, and what the draws then say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.archive.view import View
from saiken.scenarios import calibration
from saiken.scenarios import witness as witnesses
from saiken.scenarios.evidence import on_forecast
from saiken.scenarios.plan import make, planner
from saiken.scenarios.running import both
from saiken.scenarios.scenario import shipped
from saiken.scenarios.staging import SCENARIOS, Stage, shock_of, stage
from saiken.scenarios.witness import MOST, TOO_MANY, witness
from saiken.terms.outlook import Outlook, Refusal, Shock
from saiken.terms.quantity import Quantity

AS_OF = date(2026, 1, 25)
DRAWS = 200


def exactly(value: float, unit: str = "USD") -> Quantity:
    return Quantity(value, value, value, unit)


@dataclass(frozen=True)
class Forecast:
    premise: Shock | None
    measure: str = "exchange_rate"
    subject: str = "USDJPY"
    direction: int | None = -1
    tenor: str = ""
    quantity: Quantity | None = None
    polarity: bool = True


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def staged(archive: Archive) -> Stage:
    return stage(archive, AS_OF)


def test_every_shock_has_a_shipped_scenario() -> None:
    assert set(SCENARIOS.values()) == shipped().keys()


@pytest.mark.parametrize(
    ("shock", "holder", "amount", "over", "open_"),
    [
        (Shock("sale", "JP", exactly(5e11), 12), "JP", 500, 12, ()),
        (Shock("sale", "JP", None, 1), "JP", "all of JP", 1, ("size",)),
        (Shock("sale"), "JP:mof", "all of JP", 1, ("holder", "size", "months")),
        (Shock("sale", "CN", exactly(0.5, "ratio")), "CN", "half of CN", 1, ("months",)),
        (Shock("sale", "JP", exactly(1.0, "ratio"), 3), "JP", "all of JP", 3, ()),
        (Shock("trimming", "JP"), "JP", 300, 24, ("size", "months")),
        (Shock("trimming", "CN", None, 36), "CN", 300, 36, ("size",)),
        (Shock("repatriation", "JP:life"), "JP:life", 90, 12, ("size", "months")),
    ],
)
def test_what_is_sold(
    staged: Stage,
    shock: Shock,
    holder: str,
    amount: float | str,
    over: int,
    open_: tuple[str, ...],
) -> None:
    china = staged.archive.view("tic/holdings/CN", AS_OF)
    assert isinstance(china, View)
    held = {"all of JP": staged.sheet.japan.amount, "half of CN": china.values[-1] / 2}
    scenario, told = staged.scenario(shock)
    assert scenario.sale.holder == holder
    assert scenario.sale.amount == pytest.approx(held.get(str(amount), amount))
    assert (scenario.sale.over, told) == (over, open_)
    made = shock_of(planner(staged.archive, AS_OF)(scenario))
    assert made.size is not None
    assert made.size.value == pytest.approx(scenario.sale.amount * 1e9)
    assert made.months == over


def test_other_shocks(staged: Stage) -> None:
    scenario, told = staged.scenario(Shock("intervention", "", exactly(5e12, "JPY")))
    assert scenario.intervention.amount == pytest.approx(5000 / staged.sheet.state.usdjpy)
    assert told == ("months",)
    scenario, told = staged.scenario(Shock("jgb", "", exactly(-50.0, "bp"), 2))
    assert (scenario.jgb.long_end, scenario.jgb.over, told) == (-50.0, 2, ())
    assert shock_of(planner(staged.archive, AS_OF)(scenario)) == Shock(
        "jgb", "", exactly(-50.0, "bp"), 2
    )
    scenario, told = staged.scenario(Shock("jgb"))
    assert (scenario.jgb.long_end, told) == (100.0, ("size", "months"))
    scenario, told = staged.scenario(Shock("carry", months=3))
    assert shock_of(planner(staged.archive, AS_OF)(scenario)) == Shock(
        "carry", "", exactly(0.5, "ratio"), 3
    )
    assert told == ("size",)


@pytest.mark.parametrize(
    ("shock", "why"),
    [
        (Shock("sale", "JP", exactly(1e12, "EUR")), "an amount in EUR"),
        (Shock("sale", "JP", exactly(5e12)), "more than Japan holds"),
        (Shock("sale", "JP", exactly(1e11), 600), "600 months"),
        (Shock("sale", "all", exactly(1e11)), "no balance sheet of the holder all"),
        (Shock("sale", "JP:households", exactly(1e11)), "no balance sheet of the holder"),
    ],
)
def test_a_shock_that_makes_no_scenario_is_answered_in_words(
    archive: Archive, shock: Shock, why: str
) -> None:
    told = witness(archive, AS_OF, DRAWS)(Forecast(shock))
    assert isinstance(told, Refusal)
    assert why in str(told)


def test_a_forecast_is_held_against_its_own_shock(archive: Archive) -> None:
    ask = witness(archive, AS_OF, DRAWS)
    large, small = (
        ask(Forecast(Shock("sale", "JP", exactly(amount), 1), quantity=exactly(5.0, "% change")))
        for amount in (1.2e12, 1e10)
    )
    assert isinstance(large, Outlook)
    assert isinstance(small, Outlook)
    assert (large.draws, large.seed, large.assumed) == (DRAWS, witnesses.SEED, ())
    assert large.share > 0.9
    assert small.share < 0.1
    assert large.low < small.low < 0
    assert ask(Forecast(Shock("sale", "JP", exactly(1.2e12), 1))) == witness(archive, AS_OF, DRAWS)(
        Forecast(Shock("sale", "JP", exactly(1.2e12), 1))
    )


def test_the_words_for_the_same_shock_give_what_simulate_gives(archive: Archive) -> None:
    """One seed, one answer: the judge's witness and the command run the same draws."""
    claim = Forecast(Shock("sale", "JP:mof", exactly(1.2e12), 1))
    plan = planner(archive, AS_OF)(shipped()["dump"])
    assert witness(archive, AS_OF, DRAWS)(claim) == on_forecast(*both(plan, DRAWS, 1, 2), claim)


def test_nothing_is_drawn_where_there_is_nothing_to_say(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a scenario was run")

    monkeypatch.setattr(witnesses, "_runs", refuse)
    ask = witness(archive, AS_OF, DRAWS)
    assert ask(Forecast(None)) is None
    assert ask(Forecast(Shock("sale", "JP"), measure="debt_ratio", subject="JP")) is None
    jgb = Forecast(Shock("jgb"), measure="government_yield", subject="JP", tenor="30Y")
    assert ask(jgb) is None


def test_a_text_has_so_many_shocks_run_and_no_more(archive: Archive) -> None:
    ask = witness(archive, AS_OF, 16)
    shocks = [Shock("sale", "JP", exactly(1e11 * n), 1) for n in range(1, MOST + 2)]
    answers = [ask(Forecast(shock)) for shock in shocks]
    assert all(isinstance(found, Outlook) for found in answers[:MOST])
    assert answers[MOST] == TOO_MANY
    assert ask(Forecast(shocks[0])) == answers[0]  # one that was run is told again


def test_a_day_without_balance_sheets_is_answered_in_words(archive: Archive) -> None:
    told = witness(archive, date(1999, 5, 1), DRAWS)(Forecast(Shock("sale", "JP")))
    assert isinstance(told, Refusal)
    assert "had been published by 1999-05-01" in str(told)


def test_without_numpy_it_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(witnesses, "_runs", missing)
    assert witness(archive, AS_OF, 17)(Forecast(Shock("sale", "JP"))) == witnesses.NO_NUMPY


def test_a_sale_by_the_holder_of_a_plan_is_told_as_its_own(staged: Stage) -> None:
    insurers = replace(shipped()["repatriation"], name="mine")
    told = shock_of(make(insurers, staged.sheet, calibration.load()))
    assert (told.kind, told.holder, told.months) == ("repatriation", "JP:insurers", 12)
