"""Scenarios as users write them: the schema, the command line's changes, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.archive.view import Availability, Point, View
from saiken.scenarios import balance, calibration, scenario
from saiken.scenarios.balance import Sheet
from saiken.scenarios.calibration import Calibration
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import make, most
from saiken.scenarios.scenario import Sale, Scenario, altered, find, parse
from saiken.terms.figure import Basis, Locator
from saiken.terms.period import Period
from saiken.terms.units import Unit


def test_shipped_scenarios_are_those_promised(sheet: Sheet, known: Calibration) -> None:
    shipped = scenario.shipped()
    assert set(shipped) == {"carry", "dump", "intervention", "jgb-shock", "repatriation", "trim"}
    for found in shipped.values():
        assert found.title
        plan = make(found, sheet, known)
        assert sum(step.length for step in plan.steps) == found.horizon
        for part in ("sale", "intervention", "jgb", "carry"):
            assert sum(getattr(step, part) for step in plan.steps) == pytest.approx(1)


@pytest.mark.parametrize(
    ("written", "billions"),
    [("1.2tn", 1200), ("$1.2TN", 1200), ("300bn", 300), ("300", 300), (300, 300), ("900mn", 0.9), ("1,200bn", 1200)],
)  # fmt: skip
def test_amounts(written: str | int, billions: float) -> None:
    assert scenario.amount(written, "amount") == pytest.approx(billions)


@pytest.mark.parametrize(
    ("written", "number"), [("1m", 1), ("24m", 24), ("2y", 24), ("6", 6), (3, 3)]
)
def test_spans(written: str | int, number: int) -> None:
    assert scenario.months(written, "over", 60) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[sale]\namount = -5", "not above zero"),
        ("[sale]\namount = 0", "not above zero"),
        ("[sale]\namount = nan", "not a finite number"),
        ("[sale]\namount = inf", "not a finite number"),
        ("[sale]\namount = true", "not a finite number"),
        ("[sale]\namount = 'much'", "not an amount"),
        ("[sale]\namount = 5\nover = 0", "0 months"),
        ("[sale]\namount = 5\nover = 1.5", "whole number of months"),
        ("[sale]\namount = 5\nover = '61m'", "61 months"),
        ("[sale]\namount = 5\nhedge = 1.2", "sale.hedge is 1.2"),
        ("[sale]\namount = 5\nhedge = nan", "not a finite number"),
        ("[sale]\namount = 5\nholder = 7", "must be text"),
        ("[sale]\namount = 5\nholdr = 'CN'", "no such key: holdr"),
        ("[sael]\namount = 5", "no such key: sael"),
        ("sale = 5", "must be a table"),
        ("horizon = 0\n[sale]\namount = 5", "0 months"),
        ("horizon = 6\n[sale]\namount = 5\nover = 12", "ends before the shock"),
        ("[jgb]\nlong_end = 900", "jgb.long_end is 900"),
        ("[carry]\nshare = -0.1", "carry.share is -0.1"),
        ("title = 5\n[carry]\nshare = 0.1", "title must be text"),
        ("title = 'nothing'", "nothing happens"),
        ("[sale", "not TOML"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told.replace(".", r"\.")):
        parse(text, "mine")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text, "mine")
    except ScenarioError:
        return
    assert isinstance(found, Scenario)


def test_unknown_names_are_helped() -> None:
    with pytest.raises(ScenarioError) as refused:
        find("dmup")
    assert "did you mean dump?" in refused.value.hint
    with pytest.raises(ScenarioError, match="cannot read"):
        find("nowhere.toml")


@pytest.mark.parametrize(
    ("holder", "amount", "told"),
    [
        ("JP:nobody", 10.0, "no balance sheet of the holder JP:nobody"),
        ("Atlantis", 10.0, "no balance sheet of the holder Atlantis"),
        ("JP:boj", 10.0, "has no Treasuries"),
        ("JP:mof", 12_000.0, "is more than Japan as a whole holds"),
        ("JP:mof", 290_000.0, "more than the whole market"),
        ("US:dealers", 900.0, "is more than US:dealers holds"),
    ],
)
def test_holders_sell_what_they_have(
    sheet: Sheet, known: Calibration, holder: str, amount: float, told: str
) -> None:
    with pytest.raises(ScenarioError, match=told):
        make(Scenario("test", sale=Sale(holder, amount)), sheet, known)


def test_an_older_figure_may_be_sold_and_is_told(sheet: Sheet, known: Calibration) -> None:
    plan = make(Scenario("test", sale=Sale("JP:mof", 1300.0)), sheet, known)
    assert any("more than Japan as a whole held: $1,200.0bn" in note for note in plan.notes)
    assert most(plan) == 1200.0


def test_aliases_are_the_holders_that_people_name(sheet: Sheet, known: Calibration) -> None:
    plan = make(Scenario("test", sale=Sale("JP:gpif", 10.0)), sheet, known)
    assert plan.agents[plan.seller] == "JP:pensions"


def test_changes_of_a_command_line() -> None:
    found = altered(find("dump"), holder="CN", size="500bn", over="60m", hedge=0.5)
    assert (found.sale.holder, found.sale.amount, found.sale.over) == ("CN", 500.0, 60)
    assert found.horizon == 72
    assert altered(find("intervention"), size="40bn").intervention.amount == 40
    assert altered(find("jgb-shock"), over="3m").jgb.over == 3
    for changes in ({"holder": "CN"}, {"hedge": 0.5}, {"size": "1bn"}):
        with pytest.raises(ScenarioError, match="says nothing"):
            altered(find("carry"), **changes)


def test_every_number_of_the_calibration_has_a_source(known: Calibration) -> None:
    assert all(prior.source and prior.kind in calibration.KINDS for prior in known.priors)
    text = (
        '[prior.x]\ndist = "uniform"\nunit = ""\nlow = 0\nhigh = 1\nkind = "judgement"\nsource = ""'
    )
    tables = "\n".join(
        f"[{name}]" for name in ("agent", "cell", "figure", "table", "split", "range")
    )
    with pytest.raises(ScenarioError, match="prior x has no source"):
        calibration.parse(f"{text}\n{tables}")


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        ("[agent.x]", "capital = 5.0", "agent x: capital has no source"),
        ("[agent.x]", "booked = [0.0, 1.0]", "agent x: booked has no source"),
        ("[cell.x.jgb]", "duration = 9", "cell x jgb: duration has no source"),
        ("[figure.x]", "value = 5", "figure x has no source"),
    ],
)
def test_a_number_without_a_source_does_not_load(section: str, line: str, told: str) -> None:
    kinds = ("prior", "agent", "cell", "figure", "table", "split", "range")
    tables = "\n".join(f"[{kind}]" for kind in kinds)
    with pytest.raises(ScenarioError, match=told):
        calibration.parse(f"{tables}\n{section}\n{line}")


def test_balance_sheets_add_up(sheet: Sheet, known: Calibration) -> None:
    """Whatever the official share, Japan's Treasuries are what TIC counts, and the market is whole."""
    plan = make(Scenario("test"), sheet, known)
    for share in (0.5, 0.63, 0.9):
        held = plan.ust_base + plan.ust_slope * share
        japan = [held[plan.index(a)] for a in plan.agents if a.startswith("JP:")]
        assert sum(japan) == pytest.approx(12.0)
        assert held.sum() * 100 == pytest.approx(known.figures["ust_market"])
        assert held.min() >= 0
    for cell in sheet.cells:
        assert cell.interval.low <= cell.amount <= cell.interval.high
        assert cell.source
        assert cell.date


class Shelf:
    """An archive of a few series, each with one figure for the end of March 2026."""

    def __init__(self, values: dict[str, float]) -> None:
        self.values = values

    def view(self, name: str, as_of: date, strict: bool = False) -> View | None:  # noqa: ARG002
        value = self.values.get(name)
        if value is None:
            return None
        end = date(2026, 3, 31)
        period = Period(date(2026, 1, 1), end)
        point = Point(
            series=name, period=period, value=value, half_width=0.5,
            unit=Unit.parse("JPY 100mn"), status="preliminary",
            vintage_at=datetime(2026, 6, 17, tzinfo=UTC), vintage_day=date(2026, 6, 17), basis=Basis.PUBLISHED,
            as_later_revised=False, artifact_sha256="", artifact_name="", fidelity="",
            locator=Locator(1, 1),
        )  # fmt: skip
        days = [end.toordinal()]
        return View(
            name, point.unit, as_of, [period.start.toordinal()], days, [value], [0.5], [0],
            lambda _: point, lambda _: Availability.HELD, lambda _: None,
        )  # fmt: skip


def test_a_cell_that_the_archive_holds_comes_from_there(known: Calibration) -> None:
    stock = "boj/fof/stock/assets/Db/"
    shelf = Shelf(
        {f"{stock}agriculture_banks": 100_000.0, f"{stock}small_business_banks": 500_000.0}
    )
    (cell,) = balance._held(shelf, date(2026, 7, 1), known, 150.0)
    assert (cell.agent, cell.asset, cell.basis) == ("JP:coops", "jgb", "archive")
    assert cell.amount == pytest.approx(60_000 / 150)  # 60 trillion yen in $bn
    assert "public 2026-06-17" in cell.source
    half = Shelf({f"{stock}agriculture_banks": 100_000.0})
    assert balance._held(half, date(2026, 7, 1), known, 150.0) == []
