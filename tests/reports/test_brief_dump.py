"""What a brief says that a real dump would do: drawn again here, and held to its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling
from saiken.doors.simulating import simulate
from saiken.reports.brief import Brief, Section, write
from saiken.reports.brief.data import brief_json
from saiken.reports.brief.dump import DRAWS, SEED
from saiken.reports.brief.markdown import markdown
from saiken.reports.brief.notes import Notes
from saiken.reports.brief.proof import at_odds, foretold, has_figure

STORY = date(2026, 1, 25)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\d*-year)")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def brief_on(archive: Archive) -> Callable[[str, date], Brief]:
    return cache(lambda code, as_of: write(code, as_of, archive))


def on_dump(brief: Brief) -> Section:
    return next(section for section in brief.sections if "dump" in section.title)


def text(section: Section) -> str:
    return " ".join(sentence.text for sentence in section.sentences)


def numbers(told: str) -> list[float]:
    return [float(found.replace(",", "")) for found in NUMBER.findall(told)]


@pytest.mark.parametrize(("code", "as_of"), [("JP", STORY), ("CN", date(2025, 12, 31))])
def test_the_command_of_its_evidence_gives_every_number_again(
    code: str, as_of: date, archive: Archive, brief_on
):
    section = on_dump(brief_on(code, as_of))
    outcomes = [o for sentence in section.sentences for o in sentence.fact.outcomes]
    assert len({outcome.run for outcome in outcomes}) == 1
    run = outcomes[0].run
    holder, amount, over, day, draws, seed = re.findall(r"--\S+ (\S+)", run.command)
    assert (holder, day, draws, seed) == (code, str(as_of), str(DRAWS), str(SEED))
    again = simulate(
        "dump", holder=holder, amount=amount, over=over, as_of=day, draws=int(draws),
        seed=int(seed), archive=archive,
    )  # fmt: skip
    assert (again.draws, again.seed, round(again.outside, 9)) == (
        run.draws, run.seed, round(run.outside, 9),
    )  # fmt: skip
    bond = next(move for move in again.moves if move.series == "UST 10Y")
    for (low, median, high), lead in ((bond.off_shock, "sold"), (bond.on_shock, "stepped in")):
        told = next(s.text for s in section.sentences if lead in s.text)
        sizes = [
            f"{value:.1f}".removesuffix(".0") if value < 9.95 else f"{value:.0f}"
            for value in (median, low, high)
        ]
        assert re.findall(r"rise by ([\d.]+)", told) == [sizes[0], sizes[1]]
        assert f"would rise by {sizes[1]} to {sizes[2]} basis points in nine of ten" in told
    bands = [
        *(band for move in again.moves for band in (move.off_shock, move.on_shock)),
        *again.execution.values(),
    ]
    shares = (again.joint.median, again.joint.off)
    known = {f"{abs(value):.2g}" for band in bands for value in band}
    known |= {f"{abs(value):.0f}" for band in bands for value in band}
    known |= {f"{abs(value):.1f}" for band in bands for value in band}
    known |= {f"{share:.0%}".rstrip("%") for share in shares}
    known |= {str(again.draws)}
    for sentence in section.sentences:
        if not sentence.fact.outcomes:
            continue
        told = sentence.text
        for point in sentence.fact.points:  # figures of a publisher have a proof of their own
            told = told.replace(f"{point.value:,.1f}", "")
        for value in numbers(told):
            assert {f"{value:g}", f"{value:.0f}", f"{value:.1f}", f"{value:.2g}"} & known, told


def test_its_evidence_names_scenario_seed_draws_and_sources(brief_on):
    brief = brief_on("JP", STORY)
    section, notes = on_dump(brief), Notes(brief)
    listed = dict(notes.listed)
    for sentence in section.sentences:
        if not has_figure(sentence.text):
            continue
        said = [listed[number] for number in notes.of(sentence)]
        assert any("JP sells $1,203bn of Treasuries over a month" in note.told for note in said)
        assert any(f"{DRAWS:,} draws, seed {SEED}" in note.source for note in said)
        assert any(note.command.startswith("saiken simulate dump") for note in said)
        assumed = [note for note in said if note.title.startswith("assumption")]
        assert len(assumed) >= 3
        assert all(len(note.source) > 20 for note in assumed)
    assert "saiken simulate dump --holder JP" in markdown(brief)
    told = [s for part in brief_json(brief)["sections"] for p in part["paragraphs"] for s in p]
    outcomes = [outcome for sentence in told for outcome in sentence["outcomes"]]
    assert {outcome["run"]["seed"] for outcome in outcomes} == {SEED}


def test_the_same_brief_is_drawn_twice_alike(archive: Archive, brief_on):
    assert text(on_dump(write("JP", STORY, archive))) == text(on_dump(brief_on("JP", STORY)))


@pytest.mark.parametrize(
    ("code", "as_of", "sentence"),
    [
        ("JP", STORY, "and the size is not identified."),
        ("JP", STORY, "USD/JPY would fall by"),
        ("JP", STORY, "Japan's banks, co-operatives and insurers would lose"),
        ("JP", STORY, "how likely such a sale is, no draw tells."),
        ("JP", STORY, "Parts of the balance sheets behind it are of a later date than this brief."),
        ("CN", date(2025, 12, 31), "What it would do to the sellers' own currency, banks and insurers is not in the model"),
        ("NO", date(2026, 6, 20), "The draws lie too far apart for the size to be identified."),
        ("GR", date(2026, 6, 20), "since no table of that day tells what this country holds."),
        ("US", date(2026, 6, 20), "since the issuer holds none of its own Treasuries."),
        ("BE", date(2014, 5, 1), "since the balance sheets of that day are not at hand."),
    ],
)  # fmt: skip
def test_what_is_not_known_is_said(code: str, as_of: date, sentence: str, brief_on):
    section = on_dump(brief_on(code, as_of))
    assert sentence in text(section)
    assert (section.dump is None) == (code in {"US", "BE", "GR"})


def test_only_a_statement_on_what_would_happen_counts_as_foretold(archive: Archive):
    evidence = Evidence(archive, STORY, STORY)
    would = "If Japan sold its US Treasuries, the 10-year US Treasury yield would rise by 46 basis points."
    assert foretold(would, evidence)
    held = "Japan held $1,202.7 billion of US Treasuries at the end of November 2025."
    assert not foretold(held, evidence)
    assert not foretold("The 10-year US Treasury yield rose by 46 basis points.", evidence)
    assert not foretold("This brief has 46 sentences.", evidence)
    # What would happen is told where a scenario is, and nowhere else.
    assert at_odds([[held, would]], evidence) == {(0, 1)}
    assert at_odds([[held, would]], evidence, {(0, 1)}) == set()
    assert at_odds([[held, would]], evidence, {(0, 0), (0, 1)}) == {(0, 0)}


@pytest.mark.parametrize("code", ["JP", "CN", "NO", "US"])
def test_fed_back_it_claims_nothing_that_figures_contradict(code: str, archive: Archive, brief_on):
    as_of = STORY if code == "JP" else date(2026, 6, 20)
    section = on_dump(brief_on(code, as_of))
    report = judge(read(text(section), as_of), archive, as_of)
    assert {verdict.ruling for verdict in report.verdicts} <= {
        Ruling.NOT_CHECKABLE,
        Ruling.SUPPORTED,
    }
    passed = [part for part in report.unread if has_figure(part.text)]
    assert {part.why for part in passed} <= {"forecast"}


def test_the_fans_are_pictured_in_html(archive: Archive, brief_on):
    pytest.importorskip("jinja2")
    pytest.importorskip("vl_convert")
    from saiken.reports.brief.page import brief_html  # noqa: PLC0415 - of an extra

    page = brief_html(brief_on("JP", STORY), archive)
    assert page.count('class="fan-chart"') == 1
    assert ">UST 10Y, bp</text>" in page
    assert ">USD/JPY, %</text>" in page
    assert 'class="fan-chart"' not in brief_html(brief_on("US", date(2026, 6, 20)), archive)


def test_before_the_table_began_it_is_not_the_country_that_is_missing(archive: Archive, brief_on):
    early = brief_on("JP", date(1985, 1, 1)).text
    assert "No figure of the table of holders had been published by then." in early
    assert "names this country" not in early
    assert (
        "No line of the table of holders names this country."
        in brief_on("GR", date(2026, 6, 20)).text
    )
