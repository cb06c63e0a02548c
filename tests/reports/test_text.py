"""What a person sees first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from saiken.archive.view import Point
from saiken.claims.claim import Unread
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.reports.terminal import Screen, display_width
from saiken.reports.text import STYLES, cite, report_line, report_text, tally
from saiken.reports.words import MISREADINGS
from saiken.terms.figure import Locator

PLAIN = Screen(100)


def flowing(text: str) -> str:
    return " ".join(text.split())


def test_the_verdict_comes_first_and_the_rest_in_its_order(report: Report) -> None:
    text = flowing(report_text(report, PLAIN))
    assert text.startswith("REFUTED “Norway held over $150 billion of Treasuries")
    places = [
        text.index(part)
        for part in (
            "Norway held $1,151.2 bn.",
            "1,151.2 - 150 = 1,001.2",
            "a slip of scale",
            "2026-01-15",
            "table.txt, released 2025-12-18, as later revised",
            "1,151.2 (line 9, column 4)",
            "Not checked (1)",
            "opinion",
            "only what had been published by then counts",
            "Custody is not ownership.",
            "Source: a publisher",
        )
    ]
    assert places == sorted(places)


def test_it_fits_a_screen(report: Report) -> None:
    lines = report_text(report, PLAIN).splitlines()
    assert len(lines) <= 18
    assert max(map(display_width, lines)) <= 100


def test_plain_has_no_escapes_and_colour_changes_nothing_else(report: Report) -> None:
    plain = report_text(report, PLAIN)
    coloured = report_text(report, Screen(100, colour=True))
    assert "\x1b" not in plain
    assert coloured != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_every_ruling_has_a_style() -> None:
    assert set(STYLES) == set(Ruling)


def test_many_claims_are_told_briefly_after_a_summary(
    make_report: Callable[..., Report], verdict: Verdict
) -> None:
    fine = replace(verdict, ruling=Ruling.SUPPORTED, misreadings=())
    report = make_report(verdict, fine, fine, fine, fine)
    lines = report_text(report, PLAIN).splitlines()
    assert lines[0] == "REFUTED  5 claims: 4 supported, 1 refuted (as of 2026-01-02)"
    assert sum(line.startswith("SUPPORTED  “") for line in lines) == 4
    assert "a slip of scale" in "\n".join(lines)
    assert "table.txt" not in "\n".join(lines)


def test_a_text_without_a_claim_says_so(make_report: Callable[..., Report]) -> None:
    report = replace(make_report(), verdicts=(), overall=Ruling.NOT_CHECKABLE)
    text = report_text(report, PLAIN)
    assert text.startswith("nothing to check")
    assert "A disgrace!" in text
    assert tally(report) == ""


HOSTILE = "a\x1b[31mb\u202ec\x07d\u2066e\nf\ud800"


def test_a_quoted_text_cannot_drive_the_terminal(
    make_report: Callable[..., Report], verdict: Verdict
) -> None:
    claim = replace(verdict.claim, text=HOSTILE)
    report = make_report(
        replace(verdict, claim=claim, reasons=(HOSTILE,), arithmetic=HOSTILE),
        unread=(Unread((0, 1), HOSTILE, "opinion"),),
        text=HOSTILE,
    )
    for text in (report_text(report, PLAIN), report_line(report, HOSTILE, PLAIN)):
        assert not set(text) & set("\x1b\x07\u202e\u2066\ud800")
        text.encode()


def test_a_later_print_is_owned_up_to(
    make_report: Callable[..., Report], verdict: Verdict, point: Point
) -> None:
    own = replace(verdict, figures=(replace(point, as_later_revised=False),))
    assert "only a later print is at hand" in flowing(report_text(make_report(verdict), PLAIN))
    assert "later" not in flowing(report_text(make_report(own), PLAIN)).replace(
        "A later revision", ""
    )


def test_an_old_snapshot_says_how_old(make_report: Callable[..., Report]) -> None:
    report = make_report()
    late = replace(report, as_of=report.as_of.replace(month=6), dated=report.as_of.replace(month=6))
    assert "153 days before" in flowing(report_text(late, PLAIN))
    assert "days before" not in flowing(report_text(report, PLAIN))


@pytest.mark.parametrize("width", [20, 60, 100])
def test_a_batch_line_is_one_line(report: Report, width: int) -> None:
    line = report_line(report, "claim-1", Screen(width))
    assert "\n" not in line
    assert line.startswith("claim-1  REFUTED")


def test_every_documented_misreading_has_words() -> None:
    page = Path(__file__).parents[2] / "docs" / "verdicts.md"
    table = page.read_text("utf-8").partition("## Misreadings")[2]
    named = set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE))
    assert named == set(MISREADINGS)


def test_figures_of_one_file_are_cited_together(point: Point) -> None:
    earlier = replace(point, period=point.period.shift(-1), value=1100.0, locator=Locator(9, 5))
    other = replace(point, series="tic/holdings/SE", locator=Locator(8, 4))
    cited = cite([point, earlier, other])
    assert cited.endswith(
        "table.txt, released 2025-12-18, as later revised: "
        "tic/holdings/NO in USD bn, 2025-10: 1,151.2 (line 9, column 4); "
        "2025-09: 1,100.0 (line 9, column 5); "
        "tic/holdings/SE in USD bn, 2025-10: 1,151.2 (line 8, column 4)"
    )
    assert "and 3 more" in cite([replace(point, value=float(v)) for v in range(7)])


@pytest.mark.parametrize("count", [2, 5])
def test_claims_on_the_same_words_say_which_they_are(
    make_report: Callable[..., Report], verdict: Verdict, count: int
) -> None:
    claims = [replace(verdict.claim, tenor=f"{n}Y") for n in range(1, count + 1)]
    text = report_text(make_report(*(replace(verdict, claim=claim) for claim in claims)), PLAIN)
    for claim in claims:
        assert f"change NO treasury holdings {claim.tenor}" in text
    assert "change NO" not in report_text(make_report(), PLAIN)


def test_a_quote_starts_with_a_word(make_report: Callable[..., Report], verdict: Verdict) -> None:
    claim = replace(verdict.claim, text=", and Norway held more ")
    assert "“and Norway held more”" in report_text(
        make_report(replace(verdict, claim=claim)), PLAIN
    )


def test_of_very_many_claims_the_gravest_are_told(
    make_report: Callable[..., Report], verdict: Verdict
) -> None:
    dull, fine = (replace(verdict, ruling=r) for r in (Ruling.NOT_COVERED, Ruling.SUPPORTED))
    claims = [dull] * 500 + [fine] * 300 + [verdict] + [dull] * 200
    unread = tuple(Unread((n, n + 1), "x", "opinion") for n in range(1000))
    lines = report_text(make_report(*claims, unread=unread), PLAIN).splitlines()
    assert len(lines) < 350
    assert sum(line.startswith("REFUTED  “") for line in lines) == 1
    assert "  and 921 more claims (--json lists all)" in lines
    assert "  and 960 more parts (--json lists all)" in lines


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("modality", "told"), [("quoted", True), ("asserted", False)])
def test_a_statement_quoted_to_be_denied_says_so(
    make_report: Callable[..., Report], verdict: Verdict, count: int, modality: str, told: bool
) -> None:
    claim = replace(verdict.claim, polarity=False, modality=modality)
    text = report_text(make_report(*[replace(verdict, claim=claim)] * count), PLAIN)
    assert text.count("REFUTED  denied: “Norway held") == (count if told else 0)
