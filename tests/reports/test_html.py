"""The text of a report cut into passages, and the report as a page."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import saiken
from saiken.claims.claim import Claim, Predicate, Unread
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.doors.library import default_archive
from saiken.reports.html import GRAVITY, MARKS, passages, pieces, report_html, visible
from saiken.reports.terminal import Screen
from saiken.reports.text import report_text

DAY = date(2026, 1, 25)
TEXT = "abcdefghijklmnopqrstuvwxyz" * 2


def verdict(start: int, end: int, ruling: Ruling) -> Verdict:
    claim = Claim((start, end), TEXT[start:end], Predicate.LEVEL, "JP", "treasury_holdings")
    return Verdict(claim, ruling, ("because",))


def report(verdicts: list[Verdict], unread: list[Unread]) -> Report:
    return Report(TEXT, DAY, DAY, False, Ruling.REFUTED, tuple(verdicts), tuple(unread))  # noqa: FBT003


spans = st.tuples(st.integers(0, 51), st.integers(1, 20)).map(
    lambda given: (given[0], min(52, given[0] + given[1]))
)


@given(
    st.lists(st.tuples(spans, st.sampled_from(list(Ruling))), max_size=8),
    st.lists(spans, max_size=5),
)
def test_pieces_are_the_text_and_every_verdict_is_in_one_passage(
    claims: list[tuple[tuple[int, int], Ruling]], others: list[tuple[int, int]]
) -> None:
    verdicts = [verdict(*span, ruling) for span, ruling in claims]
    made = report(verdicts, [Unread(span, TEXT[slice(*span)], "opinion") for span in others])
    found = passages(made)
    assert sum(len(passage.verdicts) for passage in found) == len(verdicts)
    for passage in found:
        rulings = [v.ruling for v in passage.verdicts]
        assert passage.ruling == min(rulings, key=GRAVITY.index)
        assert all(passage.start <= v.claim.span[0] < passage.end for v in passage.verdicts)
    cut = list(pieces(made, found))
    assert "".join(piece.text for piece in cut) == TEXT
    assert [piece.passage for piece in cut if piece.passage] == list(found)


def test_pieces_of_parts_that_do_not_overlap_are_the_whole_text() -> None:
    made = report(
        [verdict(4, 9, Ruling.SUPPORTED), verdict(20, 30, Ruling.REFUTED)],
        [Unread((10, 15), TEXT[10:15], "opinion"), Unread((22, 25), TEXT[22:25], "cause")],
    )
    found = passages(made)
    cut = list(pieces(made, found))
    assert "".join(piece.text for piece in cut) == TEXT
    assert [piece.passage.number for piece in cut if piece.passage] == [1, 2]
    assert [piece.why for piece in cut if piece.why] == ["opinion"]


def test_the_gravest_of_overlapping_verdicts_speaks_and_all_are_told() -> None:
    rulings = (Ruling.SUPPORTED, Ruling.NOT_COVERED, Ruling.REFUTED)
    (passage,) = passages(report([verdict(2, 8, ruling) for ruling in rulings], []))
    assert passage.ruling is Ruling.REFUTED
    assert [v.ruling for v in passage.verdicts] == list(rulings)


def test_every_ruling_has_a_mark_of_its_own() -> None:
    assert set(MARKS) == set(Ruling)
    assert len(set(MARKS.values())) == len(Ruling)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a▯b"), ("a\u200bb", "a▯b"), ("a\x00b\x1bc", "a▯b▯c"), ("a\r\nb\rc", "a\nb\nc"),
        ("日本\tは\n", "日本\tは\n"), ("👩‍👩", "👩▯👩"), ("\ud800", "\ufffd"),
    ],
)  # fmt: skip
def test_visible_shows_what_would_hide(text: str, shown: str) -> None:
    assert visible(text) == shown


class Outline(HTMLParser):
    """Which tags and addresses a page has, and how deep it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [v or "" for k, v in attrs if k in {"src", "href", "srcset", "action"}]
        self.handlers += [k for k, _ in attrs if k.startswith("on")]


HOSTILE = (
    "<script>alert(1)</script> Japan is dumping $1.2 trillion in U.S. debt",
    '"><img src=x onerror=alert(1)> Japan held $1.2 trillion of Treasuries in November 2025.',
    "</style></div>{{ 7 * 7 }} javascript:alert(1) Japan held $1.2 trillion.",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_report_that_stands_alone_needs_and_runs_nothing(text: str) -> None:
    made = report_html(saiken.check(text, as_of=DAY), default_archive())
    outline = Outline()
    outline.feed(made)
    outline.close()
    assert outline.tags.isdisjoint({"script", "img", "iframe", "object", "form", "link"})
    assert outline.handlers == []
    assert all(address.startswith("#") for address in outline.addresses)
    assert "49" not in made.split('class="text"')[1].split("</div>")[0]
    assert "svg" in outline.tags


def test_a_report_on_nothing_says_so() -> None:
    made = report_html(saiken.check("What a lovely day!", as_of=DAY), default_archive())
    assert "Nothing to check" in made


def test_a_quote_that_the_text_denies_is_not_marked_as_if_it_were_true() -> None:
    text = 'The claim "Japan is dumping $1.2 trillion in U.S. debt" is false.'
    report = saiken.check(text, as_of=DAY)
    assert [(v.ruling, v.claim.modality, v.claim.polarity) for v in report.verdicts] == [
        (Ruling.SUPPORTED, "quoted", False)
    ]
    made = report_html(report, default_archive())
    assert "✓ denied</span>" in made
    assert "the text quotes this and denies it" in made
    plain = report_html(
        saiken.check("Japan did not sell Treasuries.", as_of=DAY), default_archive()
    )
    assert " denied</span>" not in plain


def test_how_rare_a_claim_is_is_drawn_by_length() -> None:
    report = saiken.check("Japan is dumping $1.2 trillion in U.S. debt", as_of=DAY, surface=True)
    surface = report.verdicts[0].surface
    assert surface is not None
    made = report_html(report, default_archive())
    figure = made[made.index('<figure class="surface">') :].partition("</figure>")[0]
    assert figure.count("<rect") == len(surface.by_span)
    assert figure.count('class="own"/>') == 1
    span, strong, windows = surface.by_span[0]
    assert f'aria-label="{span}: {100 * strong / windows:.0f} %' in figure


def test_what_a_scenario_says_of_a_forecast_stands_on_the_page_and_the_screen() -> None:
    text = "If Japan sold $300 billion of Treasuries over a year, the yen would rise."
    report = saiken.check(text, as_of=DAY)
    outlook = report.verdicts[1].outlook
    assert outlook is not None
    page = report_html(report, default_archive())
    screen = " ".join(report_text(report, Screen(100)).split())
    for sentence in outlook.told:
        assert sentence in page
        assert sentence in screen
    assert page.count("<dt>Scenario</dt>") == 1
