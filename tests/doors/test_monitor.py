"""`saiken monitor` and `saiken nowcast` as a user meets them, on what the package carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from saiken.doors.cli import main

HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
AS_OF = ("--as-of", "2026-01-25")


def run(capsys: pytest.CaptureFixture[str], *asked: str) -> tuple[int, str, str]:
    code = main(list(asked))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_chain_in_one_screen(capsys):
    code, out, _ = run(capsys, "monitor", "japan", *AS_OF)
    assert code == 0
    lines = out.splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 110
    assert lines[0].startswith("Japan as of 2026-01-25")
    assert "stress: bonds at home" in lines[1]
    assert "record 3.901, 20 Jan" in out
    assert "high since 1997-06: 3.325" in out
    assert "of 4 known episodes met" in out
    assert "Missing: " in out
    assert "custodian" in out


def test_full_shows_more(capsys):
    short = run(capsys, "monitor", "JP", *AS_OF)[1]
    full = run(capsys, "monitor", "JP", *AS_OF, "--full")[1]
    assert len(full.splitlines()) > len(short.splitlines()) + 10
    assert "kink index" in full
    assert "the index is made of" in full


def test_json(capsys):
    code, out, _ = run(capsys, "monitor", "japan", *AS_OF, "--json")
    told = json.loads(out, parse_constant=lambda text: pytest.fail(f"{text} is no JSON"))
    assert code == 0
    assert (told["schema"], told["country"]) == ("saiken.monitor/1", "JP")
    assert [link["id"] for link in told["links"]] == [
        "bonds", "pick_up", "flows", "treasuries", "carry", "risk",
    ]  # fmt: skip
    gauges = {gauge["id"]: gauge for link in told["links"] for gauge in link["gauges"]}
    assert gauges["yield_40Y"]["peak"] == {
        "extreme": "high", "value": 3.901, "day": "2026-01-20", "record": True, "since": None,
    }  # fmt: skip
    assert gauges["holdings"]["value"] == 1202.7
    assert gauges["holdings"]["figures"][0]["series"] == "tic/holdings/JP"
    assert told["links"][4]["signal"]["record"]["misses"] == ["October 2008", "March 2020"]
    assert told["credits"]
    assert told["caveats"]


def test_every_holder(capsys):
    _, out, _ = run(capsys, "monitor", *AS_OF)
    rows = [line.split("  ")[0] for line in out.splitlines()]
    assert rows.index("Japan") < rows.index("United Kingdom") < rows.index("Belgium")
    told = json.loads(run(capsys, "monitor", *AS_OF, "--json")[1])
    assert told["countries"][0]["country"] == "JP"


@pytest.mark.parametrize("series", ["tic/holdings/JP", "japan", "JP"])
def test_nowcast(capsys, series):
    code, out, _ = run(capsys, "nowcast", series, *AS_OF)
    assert code == 0
    assert "2025-12: 1,194.7 USD bn, 80 % interval 1,164.9 to 1,222.9" in out
    assert "against 23.3 for no change" in out
    assert "next release: 2026-02-18" in out


def test_nowcast_json(capsys):
    told = json.loads(run(capsys, "nowcast", "all", *AS_OF, "--json")[1])
    (found,) = told["nowcasts"]
    assert told["schema"] == "saiken.nowcast/1"
    assert found["low"] < found["value"] < found["high"]
    assert set(found["models"]) == {"no_change", "valuation", "ridge"}
    moved = sum(driver["amount"] for driver in found["drivers"])
    assert found["newest"]["value"] + moved == pytest.approx(found["value"])


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (["monitor", "japn"], 2, "did you mean Japan"),
        (["monitor", "japan", "--as-of", "1950"], 3, "no figures had been published"),
        (["monitor", "--as-of", "1950"], 3, "ask as of another day"),
        (["monitor", "japan", "--as-of", "2999"], 2, "in the future"),
        (["nowcast", "mof/reserves/total"], 2, "cannot be nowcast"),
        (["nowcast", "tic/holdings/XX"], 3, "are held"),
        (["nowcast", "vietnam", *AS_OF], 3, "has ended"),
        (["nowcast", "japan", "--as-of", "2013"], 3, "needed to score"),
    ],
)
def test_bad_questions_say_what_to_do(capsys, asked, code, told):
    found, out, err = run(capsys, *asked)
    assert found == code
    assert out == ""
    assert told in err
    assert len(err.splitlines()) == 2


def test_choosing_the_command_loads_no_numerics():
    """Help, completion and a bad country come before NumPy."""
    code = (
        "import sys; from saiken.doors.cli import command_parser\n"
        "for name in ('monitor', 'nowcast'): command_parser(name)\n"
        "import saiken.reports.monitor_text\n"
        "print(*(m for m in ('numpy', 'babel', 'pyarrow') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=HERE
    )
    assert done.stdout.strip() == ""
