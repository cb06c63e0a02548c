"""Briefs on the embedded snapshot: promise 7, the facts, the evidence, the forms, the door."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.doors import briefing
from saiken.doors.cli import main
from saiken.reports.brief import Brief, NothingHeldError, write
from saiken.reports.brief.data import brief_json
from saiken.reports.brief.markdown import markdown
from saiken.reports.brief.notes import Notes
from saiken.reports.brief.proof import FORECAST, at_odds, has_figure, proven, stands
from saiken.reports.pdf import PrintError, browser

STORY = date(2026, 1, 25)
CLAIM = "Japan is dumping $1.2 trillion in U.S. debt"

CASES = [
    ("JP", STORY),
    ("CN", date(2025, 12, 31)),
    ("GB", date(2026, 6, 20)),
    ("BE", date(2014, 5, 1)),
    ("NO", date(2026, 6, 20)),
    ("JP", date(2026, 9, 20)),
    ("KY", date(2026, 6, 20)),
    ("US", date(2026, 6, 20)),
]

AMOUNT = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?=%| (?:million|billion|trillion|basis))")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive of a user who has imported nothing."""
    return Archive.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def story(archive: Archive) -> Brief:
    return write("JP", STORY, archive, CLAIM)


@pytest.fixture(scope="session")
def brief_on(archive: Archive) -> Callable[[str, date], Brief]:
    """Briefs written once a session."""
    return cache(lambda code, as_of: write(code, as_of, archive))


def told(brief: Brief) -> list[str]:
    return [sentence.text for sentence in brief.sentences]


def of_figures(brief: Brief) -> list[str]:
    """The sentences that publishers' figures bear out: all but what a scenario gives."""
    return [sentence.text for sentence in brief.sentences if not sentence.fact.outcomes]


def supported(text: str, as_of: date, archive: Archive) -> bool:
    """By the way that `check` goes: something was read, nothing left out, all of it supported."""
    report = judge(read(text, as_of), archive, as_of)
    return (
        bool(report.verdicts)
        and not report.unread
        and all(verdict.ruling is Ruling.SUPPORTED for verdict in report.verdicts)
    )


# -- promise 7 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "as_of"), CASES)
def test_every_sentence_with_a_figure_is_supported_by_check(
    code: str, as_of: date, archive: Archive, brief_on
):
    brief = brief_on(code, as_of)
    with_figures = [text for text in of_figures(brief) if has_figure(text)]
    assert len(with_figures) >= 6
    assert [text for text in with_figures if not supported(text, as_of, archive)] == []


@pytest.mark.parametrize(("code", "as_of"), CASES)
def test_the_whole_text_fed_back_comes_out_supported(
    code: str, as_of: date, archive: Archive, brief_on
):
    brief = brief_on(code, as_of)
    report = judge(read(brief.text, as_of), archive, as_of)
    assert report.overall is Ruling.SUPPORTED
    assert [v.claim.text for v in borne_out(report) if v.ruling is not Ruling.SUPPORTED] == []
    passed = [part.text for part in report.unread if part.why != FORECAST and has_figure(part.text)]
    assert passed == []


def borne_out(report: Report) -> list[Verdict]:
    """The verdicts on what was or is; what would happen can have none."""
    ahead = {"forecast", "conditional"}
    return [verdict for verdict in report.verdicts if verdict.claim.modality not in ahead]


def test_no_amount_could_be_another(story: Brief, archive: Archive):
    """Each number is one that the check looks at: made larger, its sentence falls."""
    amounts = 0
    for text in of_figures(story):
        for found in AMOUNT.finditer(text):
            other = f"{float(found[0].replace(',', '')) * 2.5:,.3f}"
            changed = text[: found.start()] + other + text[found.end() :]
            assert not supported(changed, STORY, archive), changed
            amounts += 1
    assert amounts > 35


@settings(max_examples=12)
@given(
    code=st.sampled_from(["JP", "CN", "GB", "BE", "LU", "CH", "IE", "KY", "BR", "NO", "IN", "DE"]),
    as_of=st.dates(date(2003, 1, 1), date(2026, 10, 31)),
)
def test_any_brief_on_any_day_checks_out(code: str, as_of: date, archive: Archive):
    try:
        brief = write(code, as_of, archive)
    except NothingHeldError:
        return
    report = judge(read(brief.text, as_of), archive, as_of)
    assert {verdict.ruling for verdict in borne_out(report)} <= {Ruling.SUPPORTED}
    assert {verdict.ruling for verdict in report.verdicts} <= {
        Ruling.SUPPORTED,
        Ruling.NOT_CHECKABLE,
    }
    for point in brief.points:
        assert point.vintage_day <= as_of or point.as_later_revised


def test_the_proof_refuses_what_is_wrong_unread_or_passed_over(archive: Archive):
    evidence = Evidence(archive, STORY, STORY)
    right = "Japan held $1,202.7 billion of US Treasuries at the end of November 2025."
    assert proven(right, evidence)
    assert not proven(right.replace("1,202.7", "1,302.7"), evidence)
    assert not proven("This brief has 46 sentences.", evidence)
    assert stands("A remark on nothing that is counted.", evidence)
    # A reader that passes over the second number leaves the sentence standing, not proven.
    assert not proven(right.replace(".", ", 88% of something else.", 2), evidence)


def test_what_is_at_odds_in_a_whole_text_is_found_in_its_place(archive: Archive):
    evidence = Evidence(archive, STORY, STORY)
    right = "Japan held $1,202.7 billion of US Treasuries at the end of November 2025."
    wrong = "China held $900.0 billion of US Treasuries at the end of November 2025."
    assert at_odds([[right], [right, wrong]], evidence) == {(1, 1)}


# -- the facts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "As of November 2025, Japan was the largest foreign holder of US Treasuries, with $1,202.7 billion.",
        "Japan's holdings of US Treasuries rose by $2.7 billion in November 2025 and were $115.6 billion higher than a year earlier.",
        "Japan sold a net $3.2 billion of US Treasuries in November 2025.",
        "The valuation effect on Japan's Treasuries was $3.7 billion in November 2025.",
        "So the rise in holdings was not the work of net purchases.",
        "Residents of Japan sold a net ¥374.2 billion of foreign long-term bonds in December 2025 but bought a net ¥12.02 trillion in the whole of 2025.",
        "Japan's 20-year government bond yield was 3.325% on 20 January 2026, the highest since June 1997 but not a record.",
        "The record high of Japan's 20-year government bond yield was 7.749% on 26 September 1990.",
        "Japan's 40-year government bond yield reached a record high of 3.901% on 20 January 2026, the highest since the series began in November 2007.",
        "In simple yield, as the market quotes it, Japan's 40-year government bond yield was above 4% on 20 January 2026.",
        "The series that the publisher prints is a compound yield, and it did not get that far.",
        "The gap between the 10-year government bond yields of the United States and Japan was 1.99 percentage points on 23 January 2026, 144.8 basis points lower than a year earlier.",
        "That makes domestic bonds more attractive against Treasuries, before the cost of hedging.",
        "Hedging costs for investors in Japan were 2.69% on 22 January 2026.",
        "The hedged pick-up for investors in Japan was −0.67% on 22 January 2026.",
        "So a hedged buyer earned less abroad than at home.",
        "The carry-to-risk of USD/JPY was 0.37 on 23 January 2026.",
        "The TIC figures for December 2025 have not been published yet: they are due on 18 February 2026.",
        "Behind it stands a misreading: a stock read as a flow.",
    ],
)
def test_the_story_is_told_where_the_popular_one_is_loose(sentence: str, story: Brief):
    assert sentence in told(story)


@pytest.mark.parametrize(
    ("code", "as_of", "sentence"),
    [
        ("CN", "2025-12-31", "China's holdings of US Treasuries in October 2025 were the lowest since October 2008."),
        ("CN", "2025-12-31", "No series at hand gives the yields of this government's bonds."),
        ("BE", "2014-05-01", "Belgium's holdings of US Treasuries reached a record high of $341.2 billion in February 2014."),
        ("BE", "2014-05-01", "As of February 2014, Belgium was the third-largest foreign holder of US Treasuries, with $341.2 billion."),
        ("GB", "2026-06-20", "The series is young: it tells nothing of earlier decades."),
        ("GB", "2026-06-20", "Purchases and price changes are not published apart for this holder."),
        ("GB", "2026-06-20", "So a hedged buyer earned more abroad than at home."),
        ("GB", "2026-06-20", "A cost below zero means that the hedge pays."),
        ("GB", "2026-06-20", "Later rates are published, but no copy of them is at hand."),
        ("NO", "2026-06-20", "No debt ratio of this country is at hand."),
        ("JP", "2026-09-20", "In May 2026, Japan spent ¥5.46 trillion on foreign exchange intervention."),
        ("HK", "2026-06-20", "What happened since is not in that table."),
        ("JP", "2026-09-20", "The split of that month into purchases and prices is not at hand."),
        ("US", "2026-06-20", "The table of holders lists foreign countries, and this one is the issuer."),
    ],
)  # fmt: skip
def test_other_countries_and_days_tell_what_is_theirs(
    code: str, as_of: str, sentence: str, brief_on
):
    assert sentence in told(brief_on(code, date.fromisoformat(as_of)))


def test_the_chain_tells_nothing_stale_without_a_word(brief_on):
    now, stale = told(brief_on("JP", STORY)), told(brief_on("JP", date(2026, 9, 20)))
    assert any("carry-to-risk" in sentence for sentence in now)
    assert not any("carry-to-risk" in sentence for sentence in stale)  # the newest is of August
    assert "Later rates are published, but no copy of them is at hand." in stale
    assert "Later rates are published, but no copy of them is at hand." not in now


@pytest.mark.parametrize("code", ["BE", "GB", "LU", "KY", "IE", "CH"])
def test_centres_of_custody_are_called_so(code: str, brief_on):
    assert "a centre of custody" in brief_on(code, date(2026, 6, 20)).text
    assert "a centre of custody" not in brief_on("BR", date(2026, 6, 20)).text


def test_the_same_figures_a_month_later_are_those_of_the_next_release(archive: Archive):
    later = write("JP", date(2026, 3, 1), archive)
    assert "in December 2025" in later.text
    assert "The TIC figures for December 2025 have not been published yet" not in later.text


def test_a_strict_brief_has_no_later_revision(archive: Archive):
    assert any(sentence.as_later_revised for sentence in write("JP", STORY, archive).sentences)
    strict = write("JP", STORY, archive, strict=True)
    assert not any(sentence.as_later_revised for sentence in strict.sentences)


def test_nothing_held_is_an_error(archive: Archive):
    with pytest.raises(NothingHeldError):
        write("TV", STORY, archive)


def test_the_words_are_our_own(story: Brief, shared: Path):
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9.]+", text.lower())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    model = (shared / "seed" / "article.txt").read_text("utf-8")
    assert not runs(story.text) & runs(model)


# -- the evidence ---------------------------------------------------------------------------------


def test_every_number_leads_to_its_file(story: Brief):
    notes = Notes(story)
    for sentence in story.sentences:
        if has_figure(sentence.text):
            assert notes.of(sentence), sentence.text
    for _, note in notes.listed:
        if note.points:
            assert re.search(r"SHA-256 [0-9a-f]{64}", note.source)
            assert str(note.points[0].locator) in note.told


def test_a_stale_archive_is_told(archive: Archive):
    newest = archive.newest
    assert newest is not None
    brief = write("JP", newest + timedelta(days=400), archive)
    assert f"The newest publication at hand is of {newest.day} {newest:%B %Y}." in markdown(brief)
    assert "A later month is published, but no copy of it is at hand." in told(brief)
    assert "The newest publication" not in markdown(write("BE", date(2014, 5, 1), archive))


def test_markdown_footnotes_are_called_and_told_once(story: Brief):
    page = markdown(story)
    called = set(re.findall(r"\[\^(\d+)\](?!:)", page))
    defined = re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE)
    assert called == set(defined)
    assert len(defined) == len(set(defined))
    assert "†" in page
    assert f"> {CLAIM}" in page


def test_json_names_figures_that_are_there(story: Brief):
    found = json.loads(json.dumps(brief_json(story)))
    sentences = [s for section in found["sections"] for part in section["paragraphs"] for s in part]
    assert [sentence["text"] for sentence in sentences] == told(story)
    places = {place for sentence in sentences for place in sentence["figures"]}
    assert places == set(range(len(found["figures"])))
    assert found["claim"]["overall"] == "refuted"
    assert found["coming"][0]["day"] > found["as_of"]
    assert "actual" not in {item["basis"] for item in found["coming"]}


HOSTILE = 'Japan sold $1 <script>alert("x")</script> [a](javascript:b) \u202e *now*\n# not a title'


def test_a_hostile_claim_is_shown_and_not_obeyed_in_markdown(archive: Archive):
    page = markdown(write("JP", STORY, archive, HOSTILE))
    assert "<script>" not in page
    assert not re.search(r"(?<!\\)\]\(", page)  # no bracket that is not escaped opens a link
    assert "\u202e" not in page
    assert "\n# not a title" not in page


def test_html_stands_alone(archive: Archive):
    pytest.importorskip("jinja2")
    pytest.importorskip("vl_convert")
    from saiken.reports.brief.page import brief_html  # noqa: PLC0415 - of an extra

    page = brief_html(write("JP", STORY, archive, HOSTILE), archive)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert page.count("<svg") >= 3
    called = set(re.findall(r'href="#note-(\d+)"', page))
    assert called == set(re.findall(r'id="note-(\d+)"', page))


# -- the door -------------------------------------------------------------------------------------


@pytest.fixture
def run(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setattr(briefing, "default_archive", lambda: archive)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = main(["brief", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return go


def test_the_command_prints_markdown_and_writes_files(run, tmp_path: Path, story: Brief):
    code, out, _ = run("japan", "--as-of", "2026-01-25", "--claim", CLAIM)
    assert (code, out) == (0, markdown(story))
    code, out, _ = run(
        "JP", "--as-of", "2026-01-25", "--claim", CLAIM, "-o", str(tmp_path / "b.json")
    )
    assert (code, out) == (0, "")
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == brief_json(story)


def test_the_command_prints_a_pdf(run, tmp_path: Path):
    pytest.importorskip("vl_convert")
    documents = pytest.importorskip("pypdfium2")
    try:
        browser()
    except PrintError as error:
        pytest.fail(error.hint) if os.environ.get("CI") == "true" else pytest.skip(error.message)
    out = tmp_path / "brief.pdf"
    assert run("japan", "--as-of", "2026-01-25", "--claim", HOSTILE, "-o", str(out)) == (0, "", "")
    with documents.PdfDocument(out) as printed:
        width, height = printed[0].get_size()
        text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert (round(width), round(height)) == (595, 842)
    assert "Japan: what the figures say" in text
    assert "1,202.7" in text
    assert '<script>alert("x")</script>' in text


@pytest.mark.parametrize(
    ("named", "message"), [("/no/such/browser", "no program"), ("true", "printed nothing")]
)
def test_without_a_browser_that_prints_the_command_says_what_to_do(
    named: str, message: str, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("vl_convert")
    monkeypatch.setenv("SAIKEN_BROWSER", named)
    out = tmp_path / "brief.pdf"
    code, _, err = run("japan", "--as-of", "2026-01-25", "-o", str(out))
    assert code == 3
    assert message in err
    assert "write .html" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("atlantis",), 2, "no such country"),
        (("japan", "--as-of", "2999-01-01"), 2, "in the future"),
        (("japan", "-o", "brief.docx"), 2, "names no form"),
        (("japan", "--json", "-o", "brief.md"), 2, "does not end in .json"),
        (("japan", "-o", "no/such/folder/brief.md", "--as-of", "2014-05-01"), 2, "cannot write"),
        (("tuvalu", "--as-of", "2026-01-25"), 3, "no figure of"),
    ],
)
def test_bad_input_is_told(run, arguments: tuple[str, ...], code: int, message: str):
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert message in err
