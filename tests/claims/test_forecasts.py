"""Forecasts with what a scenario says of them, whoever runs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.claims.check import Question, check
from saiken.claims.claim import Claim
from saiken.claims.forecasts import told
from saiken.claims.judging.told import said
from saiken.claims.verdict import Report, Ruling
from saiken.scenarios.engine import SERIES
from saiken.scenarios.staging import SCENARIOS
from saiken.terms.language import JAPANESE
from saiken.terms.outlook import Outlook, Refusal, Shock
from saiken.terms.quantity import Quantity

DAY = date(2026, 1, 25)
FORECAST = "If Norway sold $50 billion of Treasuries, the yen would rise."


def exactly(value: float, unit: str) -> Quantity:
    return Quantity(value, value, value, unit)


OUTLOOK = Outlook(
    scenario="dump", seed=7, draws=1234, shock=Shock("sale", "NO", exactly(5e10, "USD"), 1),
    assumed=("months",), series="USD/JPY", unit="%", direction=-1, least=0.0, most=None,
    denied=False, level=None, share=0.8, backstopped=0.6, low=-4.0, middle=-1.5, high=0.2, outside=0.03,
    identified="not identified", sized=False,
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("empty"))


def asked(text: str, archive: Archive, answer: Outlook | Refusal | None, **options: bool) -> Report:
    def ask(claim: Claim) -> Outlook | Refusal | None:
        return answer if claim.measure == "exchange_rate" else None

    question = Question(DAY, DAY, **options)
    return check(text, question, archive, witness=lambda *_: ask)


def test_the_forecast_stays_unchecked_and_gets_its_outlook(archive: Archive) -> None:
    report = asked(FORECAST, archive, OUTLOOK)
    assert report.overall is Ruling.NOT_CHECKABLE
    shock, effect = report.verdicts
    assert shock.outlook is None
    assert effect.ruling is Ruling.NOT_CHECKABLE
    assert effect.code == "forecast"
    assert effect.outlook is not None
    assert replace(effect.outlook, told=()) == OUTLOOK
    words = " ".join(effect.outlook.told)
    for part in (
        "If Norway sold $50.0 bn of Treasuries within a month", "fall (a stronger yen) in 80%",
        "1,234 simulated draws", "central banks in 60%", "Not identified, size not identified",
        "−4.0 % to +0.2 %", "3% of them lie outside", "assumed: over how long", "Scenario dump, seed 7",
    ):  # fmt: skip
        assert part in words, part


def test_why_there_is_none_is_told(archive: Archive) -> None:
    _, effect = asked(FORECAST, archive, Refusal("NumPy is not installed")).verdicts
    assert effect.outlook is None
    assert effect.notes[-1] == "No scenario was run: NumPy is not installed."


def test_why_there_is_none_is_told_in_japanese(archive: Archive) -> None:
    more = Refusal(
        "${sold:,.0f}bn is more than {who} holds: ${held:,.1f}bn ({source})",
        {"sold": 900.0, "who": "NO", "held": 210.5, "source": "a table", "when": "2025-11"},
    )
    text = "ノルウェーが米国債を9000億ドル売却すれば、ドル円は急落するだろう。"
    effect = asked(text, archive, more).verdicts[-1]
    assert effect.notes[-1] == (
        "シナリオは実行していない（9000億ドルはノルウェーの保有額2105億ドル（2025-11）を上回る）。"
    )
    assert str(more) == "$900bn is more than NO holds: $210.5bn (a table)"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("The yen will rise next year.", {}),
        ("Norway held $200 billion of Treasuries in November 2025.", {}),
        ("If Norway had sold its Treasuries in 2022, the yen would have surged in 2022.", {}),
        (FORECAST, {"scenario": False}),
    ],
)
def test_no_scenario_is_prepared_for_what_hangs_on_none(
    archive: Archive, text: str, options: dict[str, bool]
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a scenario was prepared")

    report = check(text, Question(DAY, DAY, **options), archive, witness=refuse)
    assert all(verdict.outlook is None for verdict in report.verdicts)


def test_without_a_witness_a_forecast_is_left_at_that(archive: Archive) -> None:
    report = check(FORECAST, Question(DAY, DAY), archive)
    assert all(verdict.outlook is None for verdict in report.verdicts)


SIZES = {
    "jgb": exactly(100.0, "bp"),
    "carry": exactly(0.5, "ratio"),
}
RUN = [kind for kind in SCENARIOS if kind != "trimming"]
"""A trimming is run as a sale that takes its time."""


@pytest.mark.parametrize("kind", RUN)
@pytest.mark.parametrize("series", SERIES)
def test_every_shock_and_price_is_told_in_both_languages(kind: str, series: str) -> None:
    shock = Shock(kind, "JP:mof", SIZES.get(kind, exactly(1.2e12, "USD")), 24)
    outlook = replace(OUTLOOK, shock=shock, series=series, denied=True, least=5.0, level=4.2)
    english = " ".join(told(outlook))
    assert "24 months" in english
    assert "by 5 % or more" in english
    assert "not fall" in english
    japanese = "".join(said(one, JAPANESE) for one in told(outlook))
    assert "24カ月" in japanese
    assert "4.20を起点" in japanese
    latin = {"JGB", "BTC", "bp", "dump"}
    words = "".join(c if c.isascii() and c.isalpha() else " " for c in japanese).split()
    assert set(words) <= latin


def test_a_bound_is_told_as_one() -> None:
    bounded = replace(OUTLOOK, most=5.5)
    assert "fall (a stronger yen) by 5.5 % or less in 80%" in " ".join(told(bounded))
    assert "5.5 %以内で下落する（円高）" in "".join(said(one, JAPANESE) for one in told(bounded))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "in 0% of"),
        (0.0001, "in under 1% of"),
        (0.0099, "in under 1% of"),
        (0.01, "in 1% of"),
        (0.99, "in 99% of"),
        (0.9901, "in over 99% of"),
        (0.9999, "in over 99% of"),
        (1.0, "in 100% of"),
    ],
)
def test_what_is_neither_none_nor_all_is_not_rounded_to_it(share: float, words: str) -> None:
    assert words in " ".join(told(replace(OUTLOOK, share=share)))
