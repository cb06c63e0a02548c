"""A bundle replays alone, and any changed byte of it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saiken.archive.archive import Archive
from saiken.archive.extract import canonical, checked
from saiken.claims.check import Question
from saiken.reports.bundle import BundleError, _hash, bundled, verify
from saiken.reports.report_json import report_json

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "claims"))

from sentences_made import ASKED, made, sample  # noqa: E402

DAY = date(2026, 1, 25)
COUNT = 100


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def one(held: Archive) -> bytes:
    text = "Japan's holdings of US Treasuries rose in November 2025."
    return bundled(text, Question(DAY, DAY), held)[1].encode()


def test_a_hundred_bundles_hold_in_another_process_and_folder(
    held: Archive, tmp_path: Path
) -> None:
    sentences = sample(held, COUNT)
    rulings = set()
    for place, sentence in enumerate(sentences):
        day = ASKED[place % len(ASKED)]
        report, text = bundled(sentence.text, Question(day, day), held)
        rulings.add(report.overall.value)
        (tmp_path / f"{place}.json").write_text(text, "utf-8")
    assert len(rulings) >= 4, "the sentences are too much alike"
    assert len({sentence.predicate for sentence in sentences}) == 6
    code = (
        "import pathlib\nfrom saiken.reports.bundle import verify\n"
        "for file in sorted(pathlib.Path().glob('*.json')):\n"
        "    found = verify(file.read_bytes())\n"
        "    print(file.name, found.holds, *found.problems)\n"
    )
    nowhere = str(tmp_path / "nothing here")
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": str(ROOT / "src"),
            "SAIKEN_HOME": nowhere,
            "SAIKEN_CACHE": nowhere,
            "HOME": nowhere,
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == COUNT
    assert [line for line in lines if not line.endswith(".json True")] == []
    assert not Path(nowhere).exists(), "a replay must open no archive"


@pytest.mark.parametrize(
    "text",
    [
        "Japan is the largest foreign holder of US Treasuries.",
        "The 40-year JGB yield closed at a record high. The yen traded at 157 per dollar.",
        "China overtook the UK as a holder of US Treasuries. Analysts fear a crisis.",
        "The next TIC release is due on 18 February 2026.",
    ],
)
def test_other_texts_and_options_hold_too(held: Archive, text: str) -> None:
    for asked in (
        Question(DAY, DAY),
        Question(DAY, DAY, strict=True, until=date(2026, 3, 31)),
        Question(DAY, date(2026, 1, 20), since=False),
    ):
        report, bundle = bundled(text, asked, held)
        assert verify(bundle.encode()).problems == ()
        assert json.loads(bundle)["content"]["report"] == report_json(report)


def test_a_bundle_is_the_same_each_time_and_canonical(held: Archive, one: bytes) -> None:
    again = bundled(json.loads(one)["content"]["text"], Question(DAY, DAY), held)[1]
    assert again.encode() == one
    assert (canonical(json.loads(one)) + "\n").encode() == one


@given(which=st.integers(0), column=st.integers(0), byte=st.integers(0x20, 0x7E))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_of_a_figure_is_told(
    one: bytes, which: int, column: int, byte: int
) -> None:
    figures = json.loads(one)["content"]["evidence"]["figures"]
    series = sorted(figures)[which % len(figures)]
    rows = figures[series]["rows"]
    row = canonical(rows[which % len(rows)]).encode()
    start = one.index(row, one.index(canonical(series).encode()))
    place = start + 1 + column % (len(row) - 2)
    mutated = one[:place] + bytes([byte]) + one[place + 1 :]
    try:
        same = json.loads(mutated) == json.loads(one)
        found = verify(mutated)
    except ValueError:  # no JSON, or a number without end: 2536e8316
        with pytest.raises(BundleError, match="JSON"):
            verify(mutated)
        return
    assert found.holds == same
    assert same or any("SHA-256" in problem for problem in found.problems)
    assert same or any(series in problem for problem in found.problems)


@given(place=st.integers(0), byte=st.integers(0, 255))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_at_all_is_told(one: bytes, place: int, byte: int) -> None:
    place %= len(one)
    mutated = one[:place] + bytes([byte]) + one[place + 1 :]
    try:
        found = verify(mutated)
    except BundleError:
        return
    assert found.holds == (json.loads(mutated) == json.loads(one))


def forged(one: bytes, changed: str, number: str) -> bytes:
    """The bundle with one figure changed, and every check and hash made to fit."""
    bundle = json.loads(one)
    rows = bundle["content"]["evidence"]["figures"]["tic/holdings/JP"]["rows"]
    for place, row in enumerate(rows):
        if row[1] == changed:
            rows[place] = checked([*row[:2], number, *row[3:-1]])
    bundle["sha256"] = _hash(bundle["content"])
    return canonical(bundle).encode()


def test_a_forged_figure_no_longer_gives_the_verdict(one: bytes) -> None:
    found = verify(forged(one, "2025-11", "1100.0"))
    assert not found.holds
    assert any("was supported; replayed, it is refuted" in problem for problem in found.problems)


def test_a_verdict_that_its_figures_do_not_give_is_told(one: bytes) -> None:
    bundle = json.loads(one)
    bundle["content"]["report"]["claims"][0]["verdict"] = "refuted"
    bundle["sha256"] = _hash(bundle["content"])
    problems = verify(canonical(bundle).encode()).problems
    assert [p for p in problems if "was refuted; replayed, it is supported" in p]


def test_words_told_otherwise_by_another_version_are_a_note(one: bytes) -> None:
    bundle = json.loads(one)
    for engine, holds in (("0.0.1", True), (bundle["content"]["engine"], False)):
        bundle["content"]["engine"] = engine
        bundle["content"]["report"]["claims"][0]["reasons"] = ["In other words."]
        bundle["sha256"] = _hash(bundle["content"])
        found = verify(canonical(bundle).encode())
        assert found.holds == holds
        assert "reasons" in " ".join((*found.notes, *found.problems))


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"\xff", b'{"schema":"saiken.bundle/1","content":{},"content":{}}',
     b'{"schema":"saiken.bundle/1","content":[],"sha256":""}', b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_bundle_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(BundleError):
        verify(data)


def test_a_bundle_without_its_parts_cannot_be_replayed() -> None:
    for content in ({}, {"evidence": 1}, {"evidence": {"figures": {}}}, {"report": []}):
        bundle = {"schema": "saiken.bundle/1", "content": content, "sha256": _hash(content)}
        found = verify(canonical(bundle).encode())
        assert any("cannot be replayed" in problem for problem in found.problems)


def test_the_sentences_are_of_many_kinds(held: Archive) -> None:
    assert len(list(made(held))) > 300
