"""`saiken check`: one text, and many; first with a judge that says what it is told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from saiken.claims.claim import Claim, Predicate
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.doors.cli import main
from saiken.doors.dates import read_day
from saiken.doors.errors import Exit

Saiken = Callable[..., subprocess.CompletedProcess[str]]

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


@pytest.fixture
def told_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that rules what the text says, and breaks on every other text."""

    def check(text: str, as_of: str | None, dated: str | None, **_: Any) -> Report:
        known = read_day(as_of)
        ruling = Ruling(text)
        verdict = Verdict(Claim((0, 1), text, Predicate.LEVEL, "", ""), ruling, ("so it is told",))
        written = read_day(dated) if dated else known
        return Report(
            text, known, written, strict=False, overall=ruling, verdicts=(verdict,), unread=()
        )

    monkeypatch.setattr("saiken.doors.checking.check", check)
    monkeypatch.setattr("saiken.doors.checking.default_archive", lambda: None)


@pytest.fixture
def batch(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: Any) -> Path:
        path = tmp_path / "batch.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        return path

    return write


@pytest.mark.usefixtures("told_judge")
@pytest.mark.parametrize(
    ("ruling", "require", "code"),
    [
        ("refuted", [], Exit.DONE),
        ("refuted", ["--require", "supported"], Exit.NOT_AS_REQUIRED),
        ("supported", ["--require", "supported"], Exit.DONE),
        ("check_failed", [], Exit.INTERNAL),
        ("check_failed", ["--require", "supported"], Exit.INTERNAL),
    ],
)
def test_the_exit_code_of_one_text(ruling: str, require: list[str], code: int) -> None:
    assert main(["check", ruling, *require]) == code


@pytest.mark.usefixtures("told_judge")
def test_a_batch_answers_every_line_in_its_place(
    batch: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = batch(
        {"id": "b", "text": "refuted", "published": "2024-02"},
        {"id": 2, "text": " ", "published": "2024"},
        {"id": None, "text": "supported", "published": "2023"},
        {"id": 4, "text": "supported", "published": "2999"},
        {"id": 5, "text": "broken", "published": "2020"},
    )
    code = main(["check", str(path), "--as-of-field", "published", "--jsonl"])
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in out] == ["b", 2, None, 4, 5]
    assert [line["schema"] for line in out] == [
        "saiken.report/1",
        "saiken.error/1",
        "saiken.report/1",
        "saiken.error/1",
        "saiken.error/1",
    ]
    assert (out[0]["as_of"], out[0]["dated"]) == ("2024-02-29", "2024-02-29")
    assert out[2]["as_of"] == "2023-12-31"
    assert "is empty" in out[1]["error"]
    assert "future" in out[3]["error"]
    assert "internal error" in out[4]["error"]
    assert code == Exit.INTERNAL


@pytest.mark.usefixtures("told_judge")
@pytest.mark.parametrize(
    ("texts", "require", "code"),
    [
        (["supported", "supported"], ["--require", "supported"], Exit.DONE),
        (["supported", "refuted"], ["--require", "supported"], Exit.NOT_AS_REQUIRED),
        (["supported", ""], [], Exit.BAD_INPUT),
        (["refuted", "refuted"], [], Exit.DONE),
    ],
)
def test_the_exit_code_of_a_batch_is_the_worst_of_its_lines(
    batch: Callable[..., Path], texts: list[str], require: list[str], code: int
) -> None:
    path = batch(*({"id": i, "text": text} for i, text in enumerate(texts)))
    assert main(["check", str(path), *require]) == code


@pytest.mark.usefixtures("told_judge")
def test_a_batch_for_people_is_one_line_a_text(
    batch: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(batch({"id": "x", "text": "refuted"}, {"text": "supported"}, {"id": "z"}))])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["x", "line", "z"]
    assert "REFUTED" in lines[0]
    assert "SUPPORTED" in lines[1]
    assert "NOT CHECKED" in lines[2]


@pytest.mark.usefixtures("told_judge")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--json"], "use --jsonl"),
        (["--as-of-field", "published", "--as-of", "2024"], "sets both dates"),
    ],
)
def test_options_that_contradict_a_batch(
    batch: Callable[..., Path], capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert main(["check", str(batch({"text": "refuted"})), *options]) == Exit.BAD_INPUT
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("told_judge")
def test_an_empty_batch_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    assert main(["check", str(tmp_path / "a.jsonl")]) == Exit.BAD_INPUT


# -- with the real reader, judge and snapshot -----------------------------------------------------

HEADLINE = "Japan is dumping $1.2 trillion in U.S. debt"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_the_headline_is_refuted_offline(saiken: Saiken, validator: Draft202012Validator) -> None:
    done = saiken("check", HEADLINE, "--as-of", "2026-01-25", "--json")
    assert done.returncode == Exit.DONE, done.stderr
    told = json.loads(done.stdout)
    validator.validate(told)
    assert told["overall"] == "refuted"
    (claim,) = told["claims"]
    assert claim["misreadings"] == ["stock_as_flow"]
    assert claim["span"] == [0, len(HEADLINE)]
    assert claim["next_release"] == "2026-02-18"
    assert any(f["series"] == "tic/holdings/JP" and f["value"] == 1202.7 for f in claim["figures"])
    assert any("custod" in caveat for caveat in told["caveats"])


def test_the_headline_fits_a_screen(saiken: Saiken) -> None:
    done = saiken("check", HEADLINE, "--as-of", "2026-01-25")
    lines = done.stdout.splitlines()
    assert lines[0] == f"REFUTED  “{HEADLINE}”"
    assert len(lines) <= 24
    assert "1,202.7" in done.stdout
    assert "2026-02-18" in done.stdout


def test_the_same_comes_from_a_file_and_from_standard_input(saiken: Saiken, tmp_path: Path) -> None:
    (tmp_path / "post").write_text(HEADLINE, "utf-8")
    words = saiken("check", HEADLINE, "--as-of", "2026-01-25", "--json").stdout
    assert saiken("check", "post", "--as-of", "2026-01-25", "--json").stdout == words
    piped = saiken("check", "-", "--as-of", "2026-01-25", "--json", stdin=HEADLINE.encode())
    assert piped.stdout == words


def test_python_gives_what_the_command_gives(saiken: Saiken) -> None:
    import saiken as package  # noqa: PLC0415 - the fixture of this name is the command
    from saiken.reports.report_json import report_json  # noqa: PLC0415

    report = package.check(HEADLINE, as_of=date(2026, 1, 25))
    told = json.loads(saiken("check", HEADLINE, "--as-of", "2026-01-25", "--json").stdout)
    assert json.loads(json.dumps(report_json(report))) == told
    view = package.series("tic/holdings/JP", as_of="2026-01-25")
    assert view.period(len(view) - 1).label == "2025-11"


def test_a_batch_gives_what_single_checks_give(saiken: Saiken, batch: Callable[..., Path]) -> None:
    texts = ["Japan's Treasury holdings rose in November 2025.", "What a week!", HEADLINE]
    path = batch(*({"id": i, "text": t, "published": "2026-01-25"} for i, t in enumerate(texts)))
    done = saiken("check", path, "--as-of-field", "published", "--jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for i, (text, line) in enumerate(zip(texts, lines, strict=True)):
        assert line.pop("id") == i
        assert line == json.loads(saiken("check", text, "--as-of", "2026-01-25", "--json").stdout)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31m\u202e$1.2 trillion",
        "(" * 5000,
        "9" * 5000,
        "“" * 500 + "Japan sold",
        "<b>&amp;</b>",
        "🇯🇵" * 100,
    ],
)
def test_any_text_gets_an_answer(
    saiken: Saiken, validator: Draft202012Validator, text: str
) -> None:
    done = saiken("check", "-", "--as-of", "2026-01-25", "--json", stdin=text.encode())
    assert done.returncode == Exit.DONE, done.stderr
    validator.validate(json.loads(done.stdout))
    plain = saiken("check", "-", "--as-of", "2026-01-25", stdin=text.encode()).stdout
    assert not set(plain) & set("\x1b\u202e")


def test_a_reading_shows_no_figure(saiken: Saiken) -> None:
    told = json.loads(saiken("read", HEADLINE, "--dated", "2026-01-25", "--json").stdout)
    (claim,) = told["claims"]
    assert claim["predicate"] == "flow"
    assert claim["quantity"]["value"] == -1.2e12
    assert "figures" not in claim


def test_the_article_is_accounted_for(
    saiken: Saiken, shared: Path, validator: Draft202012Validator
) -> None:
    article = shared / "seed" / "article.txt"
    done = saiken("check", article, "--as-of", "2026-01-25", "--json")
    told = json.loads(done.stdout)
    validator.validate(told)
    text = article.read_text("utf-8")
    for part in told["claims"] + told["unread"]:
        start, end = part["span"]
        assert text[start:end] == part["text"]
    assert told["summary"]["check_failed"] == 0
    assert told["summary"]["supported"] >= 5
