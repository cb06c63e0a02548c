"""`saiken check --bundle`, `--timeline`, `--surface`, `--claimreview`, and `saiken verify`."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from saiken.doors.cli import main
from saiken.doors.errors import Exit

Saiken = Callable[..., subprocess.CompletedProcess[str]]

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))
DECEMBER = "Japan's holdings fell in December 2025"
AS_OF = ("--as-of", "2026-01-25")


@pytest.fixture
def bundle(saiken: Saiken, tmp_path: Path) -> Path:
    done = saiken("check", DECEMBER, *AS_OF, "--bundle", "bundle.json")
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    return tmp_path / "bundle.json"


def test_a_bundle_is_verified_elsewhere_without_an_archive(
    saiken: Saiken, bundle: Path, tmp_path: Path
) -> None:
    nowhere = {"SAIKEN_HOME": str(tmp_path / "no"), "SAIKEN_CACHE": str(tmp_path / "none")}
    done = saiken("verify", bundle, env=nowhere)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    assert done.stdout.startswith("HOLDS  bundle.json: not published yet")
    assert not (tmp_path / "no").exists()
    assert not (tmp_path / "none").exists()
    told = json.loads(saiken("verify", bundle, "--json", env=nowhere).stdout)
    assert (told["schema"], told["holds"], told["problems"]) == ("saiken.verification/1", True, [])


def test_a_changed_bundle_says_which_figure(saiken: Saiken, bundle: Path) -> None:
    text = bundle.read_text("utf-8")
    content = json.loads(text)["content"]["evidence"]["figures"]["tic/holdings/JP"]
    row = content["rows"][-1]
    was = json.dumps(row, separators=(",", ":"))
    assert text.count(was) == 1
    now = json.dumps([*row[:2], "1" + row[2], *row[3:]], separators=(",", ":"))
    bundle.write_text(text.replace(was, now), "utf-8")
    done = saiken("verify", bundle)
    assert done.returncode == Exit.NOT_AS_REQUIRED
    assert done.stdout.startswith("DOES NOT HOLD")
    assert f'tic/holdings/JP: the figure ["{row[1]}","1{row[2]}"]' in done.stdout
    assert "SHA-256" in done.stdout


FORECAST = "If Japan sold $300 billion of Treasuries over a year, the yen would rise."


def test_a_forecast_is_told_with_its_scenario_and_the_same_is_found_again(
    saiken: Saiken, tmp_path: Path
) -> None:
    done = saiken("check", FORECAST, *AS_OF, "--bundle", "forecast.json", "--json")
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    report = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(report)
    shock, effect = report["claims"]
    assert shock["outlook"] is None
    outlook = effect["outlook"]
    assert (outlook["scenario"], outlook["seed"], outlook["assumed"]) == ("dump", 1, [])
    assert outlook["shock"]["holder"] == "JP"
    assert (outlook["shock"]["size"]["value"], outlook["shock"]["months"]) == (3e11, 12)
    assert outlook["share"] > 0.9
    assert effect["reading"]["premise"]["kind"] == "sale"
    nowhere = {"SAIKEN_HOME": str(tmp_path / "no"), "SAIKEN_CACHE": str(tmp_path / "none")}
    verified = saiken("verify", "forecast.json", env=nowhere)
    assert (verified.returncode, verified.stderr) == (Exit.DONE, "")
    assert verified.stdout.startswith("HOLDS")


@pytest.mark.parametrize("what", ["figure", "share"])
def test_a_scenario_that_no_longer_comes_out_is_said_so(
    saiken: Saiken, tmp_path: Path, what: str
) -> None:
    """A balance sheet of the bundle is changed, or what the bundle says that the draws gave."""
    saiken("check", FORECAST, *AS_OF, "--bundle", "forecast.json")
    bundle = json.loads((tmp_path / "forecast.json").read_text("utf-8"))
    content = bundle["content"]
    if what == "share":
        content["report"]["claims"][1]["outlook"]["share"] = 0.5
    else:
        usdjpy = content["evidence"]["figures"]["ecb/USDJPY"]["rows"]
        last = max(i for i, row in enumerate(usdjpy) if row[1] <= "2026-01-23")
        usdjpy[last][2] = "79.08"
    told = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    bundle["sha256"] = hashlib.sha256(told.encode()).hexdigest()
    (tmp_path / "forecast.json").write_text(json.dumps(bundle), "utf-8")
    done = saiken("verify", "forecast.json")
    assert done.returncode == Exit.NOT_AS_REQUIRED
    problems = " ".join(done.stdout.split())
    assert "does not have its SHA-256" not in problems
    assert ("outlook was" if what == "share" else "ecb/USDJPY") in problems


def test_no_scenario_is_run_where_none_is_wanted(saiken: Saiken) -> None:
    report = json.loads(saiken("check", FORECAST, *AS_OF, "--no-scenario", "--json").stdout)
    assert [claim["outlook"] for claim in report["claims"]] == [None, None]
    assert "simulated draws" in saiken("check", FORECAST, *AS_OF).stdout
    assert "simulated draws" not in saiken("check", FORECAST, *AS_OF, "--no-scenario").stdout


@pytest.mark.parametrize("content", ["", "{}", "Japan"])
def test_what_is_no_bundle_is_bad_input(saiken: Saiken, tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content, "utf-8")
    done = saiken("verify", "other.json")
    assert (done.returncode, done.stdout) == (Exit.BAD_INPUT, "")
    assert "other.json is no bundle" in done.stderr
    missing = saiken("verify", "missing.json")
    assert missing.returncode == Exit.BAD_INPUT
    assert "cannot read missing.json" in missing.stderr


def test_what_became_of_it_is_told_with_the_day(saiken: Saiken) -> None:
    told = saiken("check", DECEMBER, *AS_OF).stdout
    assert "since then:" in told
    assert "supported" in told
    done = saiken("check", DECEMBER, *AS_OF, "--timeline", "--until", "2026-03-01", "--json")
    report = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(report)
    (change,) = report["claims"][0]["changed_since"]
    assert (change["as_of"], change["verdict"]) == ("2026-02-18", "supported")
    text = saiken("check", DECEMBER, *AS_OF, "--timeline", "--until", "2026-02-01").stdout
    assert text.endswith(
        "Followed over every release from 2026-01-25 to 2026-02-01: 0 of 1 verdicts changed.\n"
    )


def test_how_rare_a_claim_is_is_told_on_request(saiken: Saiken) -> None:
    rose = "Japan's holdings rose in November 2025"
    assert "how rare" not in saiken("check", rose, *AS_OF).stdout
    assert "how rare:" in saiken("check", rose, *AS_OF, "--surface").stdout
    report = json.loads(saiken("check", rose, *AS_OF, "--surface", "--json").stdout)
    Draft202012Validator(SCHEMA).validate(report)
    surface = report["claims"][0]["surface"]
    assert (surface["kind"], surface["span"], surface["strength"]) == ("change", 1, 2.7)


def test_reviews_are_written_beside_the_answer(saiken: Saiken, tmp_path: Path) -> None:
    done = saiken("check", DECEMBER, *AS_OF, "--claimreview", "review.json")
    assert done.stdout.startswith("NOT PUBLISHED YET")
    review = json.loads((tmp_path / "review.json").read_text("utf-8"))
    assert review["@graph"][0]["@type"] == "ClaimReview"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--until", "2026-03-01"], "add --timeline"),
        (["--timeline", "--until", "2025-01-01"], "a timeline goes forward"),
        (["--timeline", "--until", "2999-01-01"], "in the future"),
        (["--bundle", "no such folder/bundle.json"], "cannot write"),
        (["--claimreview", "no such folder/review.json"], "cannot write"),
    ],
)
def test_options_that_will_not_do(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", DECEMBER, *AS_OF, *options]) == Exit.BAD_INPUT
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--bundle", "--claimreview"])
def test_one_file_is_about_one_text(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"text": "x"}\n', "utf-8")
    assert main(["check", str(batch), option, str(tmp_path / "out.json")]) == Exit.BAD_INPUT
    assert "is for one text" in capsys.readouterr().err
