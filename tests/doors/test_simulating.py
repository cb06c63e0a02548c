"""`saiken simulate` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saiken.doors.cli import main
from saiken.doors.simulating import simulate
from saiken.scenarios.errors import ScenarioError

QUICK = ("--draws", "300", "--as-of", "2026-01-25", "--quiet")


@pytest.mark.parametrize("over", ["1m", "24m"])
def test_the_dump_is_answered(capsys: pytest.CaptureFixture[str], over: str) -> None:
    asked = ("simulate", "dump", "--holder", "JP:mof", "--amount", "1.2tn", "--over", over)
    assert main([*asked, *QUICK]) == 0
    told = capsys.readouterr().out
    assert "100% of draws lie outside every sample" in told
    assert "Would it devastate Japan's own financial system?" in told
    assert "first arithmetic, no feedback: +19 bp long run" in told


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "jgb-shock", "--json", *QUICK]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "saiken.scenario/1"
    assert set(told["fans"]) == {"percents", "months", "off", "on"}
    assert len(told["fans"]["off"]["JGB 30Y"]) == 36


def test_forecasts_of_a_text_are_held_against_the_draws(capsys: pytest.CaptureFixture[str]) -> None:
    text = "If Japan dumped its Treasuries, the yen would spike. That would crash bitcoin."
    assert main(["simulate", "dump", "--claim", text, *QUICK]) == 0
    told = capsys.readouterr().out
    assert "SUPPORTED  “the yen would spike" in told
    words = " ".join(told.split())
    assert "USD/JPY would fall (a stronger yen) in 100% of 300 simulated draws" in words
    assert "NOT IDENTIFIED  “That would crash bitcoin" in told
    assert main(["simulate", "dump", "--claim", text, "--json", *QUICK]) == 0
    yen, bitcoin = json.loads(capsys.readouterr().out)
    assert yen["outlook"]["share"] > 0.95 > bitcoin["outlook"]["backstopped"]


def test_a_country_of_tic(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "dump", "--holder", "cn", "--amount", "600bn", *QUICK]) == 0
    told = capsys.readouterr().out
    assert "CN sells $600bn" in told
    assert "currency is not the yen" in told


def test_from_python() -> None:
    found = simulate("dump", amount=300, over="24m", as_of="2026-01-25", draws=300)
    assert found.lasts == 24
    assert {move.series: move.direction for move in found.moves}["USD/JPY"] == "supported"
    with pytest.raises(ScenarioError, match="not an amount"):
        simulate("dump", amount="lots")


def test_charts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("fans.svg", "fans.html"):
        assert main(["simulate", "trim", "--chart", str(tmp_path / name), *QUICK]) == 0
        assert "<svg" in (tmp_path / name).read_text("utf-8")


def test_shipped_ones_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate"]) == 0
    assert "repatriation" in capsys.readouterr().out


def test_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine"\n[carry]\nshare = 0.2\n', "utf-8")
    assert main(["simulate", str(mine), *QUICK]) == 0
    assert capsys.readouterr().out.startswith("Mine\n")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["dump", "--amount", "-5bn"], "not above zero"),
        (["dump", "--amount", "much"], "not an amount"),
        (["dump", "--amount", "0"], "not above zero"),
        (["dump", "--amount", "12tn"], "more than Japan as a whole holds"),
        (["dump", "--amount", "300tn"], "more than the whole market"),
        (["dump", "--holder", "JP:nobody"], "no balance sheet"),
        (["dump", "--holder", "Q"], "no balance sheet"),
        (["dump", "--horizon", "0"], "0 months"),
        (["dump", "--over", "0m"], "0 months"),
        (["dump", "--hedge", "nan"], "not a finite number"),
        (["dump", "--hedge", "2"], "sale.hedge is 2"),
        (["dump", "--draws", "0"], "0 draws"),
        (["dump", "--chart", "fans.pdf"], "neither .svg nor .html"),
        (["dump", "--chart", "nowhere/fans.svg"], "no such folder"),
        (["--reverse"], "name one: saiken simulate dump --reverse"),
        (["--amount", "1tn"], "--amount is asked of a scenario"),
        (["dmup"], "no such scenario"),
        (["dump", "--claim", "Nothing of the kind"], "no forecast of a price"),
        (["carry", "--reverse"], "sells nothing"),
        (["dump", "--as-of", "1950"], "had been published by"),
    ],
)
def test_bad_input_is_told(capsys: pytest.CaptureFixture[str], asked: list[str], told: str) -> None:
    given = (
        ["simulate", *asked, "--draws", "100"] if "--draws" not in asked else ["simulate", *asked]
    )
    assert main(given) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


def test_a_toml_with_nan_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[sale]\namount = nan\n", "utf-8")
    assert main(["simulate", str(mine)]) == 2
    assert "not a finite number" in capsys.readouterr().err
