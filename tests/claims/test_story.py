"""The story that the product makes real, in our words, on the embedded snapshot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling, Verdict

STORY = date(2026, 1, 25)
MARCH = date(2026, 3, 1)


def check(text: str, as_of: date, archive: Archive, dated: date | None = None) -> Report:
    return judge(read(text, dated or as_of), archive, as_of)


def only(report: Report) -> Verdict:
    assert len(report.verdicts) == 1, [v.claim for v in report.verdicts]
    return report.verdicts[0]


def test_a_stock_told_as_a_dump_is_refuted_and_the_parts_are_told(snapshot: Archive):
    verdict = only(check("Tokyo is dumping $1.2 trillion of US government debt", STORY, snapshot))
    assert verdict.ruling is Ruling.REFUTED
    assert verdict.misreadings == ("stock_as_flow",)
    told = " ".join(verdict.reasons)
    assert "$1,202.7 bn is what Japan held in November 2025" in told
    assert "Net sales of $3.2 bn" in told
    assert verdict.arithmetic == "+$2.7 bn: −$3.2 bn net, +$3.7 bn valuation, +$2.2 bn other"
    assert verdict.next_release == date(2026, 2, 18)


def test_a_slight_rise_is_supported_with_sales_and_valuation_apart(snapshot: Archive):
    text = "Japan's Treasury holdings in November were slightly up from October."
    verdict = only(check(text, STORY, snapshot))
    assert verdict.ruling is Ruling.SUPPORTED
    assert "Of the change, $3.2 bn were net sales; the valuation gain was $3.7 bn." in verdict.notes


@pytest.mark.parametrize(
    ("tenor", "ruling", "told"),
    [
        ("20-year", Ruling.REFUTED, "the highest since 4 June 1997; the record is 7.749 %"),
        ("30-year", Ruling.SUPPORTED, "3.765 % on 20 January 2026"),
        ("40-year", Ruling.SUPPORTED, "3.901 % on 20 January 2026"),
    ],
)
def test_records_of_the_long_end(snapshot: Archive, tenor: str, ruling: Ruling, told: str):
    verdict = only(check(f"The {tenor} JGB yield has hit a record high.", STORY, snapshot))
    assert verdict.ruling is ruling
    assert told in verdict.reasons[0]


def test_four_per_cent_holds_as_the_market_quotes_it_and_the_definition_is_told(snapshot: Archive):
    text = "Japan's 40-year yield briefly rose above 4% this week."
    verdict = only(check(text, STORY, snapshot))
    assert verdict.ruling is Ruling.SUPPORTED
    assert "4.178 % on 20 January 2026" in verdict.reasons[0]
    assert any("simple yield" in note for note in verdict.notes)
    assert any("Intraday" in note for note in verdict.notes)


def test_net_sellers_of_foreign_bonds_in_december(snapshot: Archive):
    text = "In December, Japanese investors were net sellers of foreign bonds."
    verdict = only(check(text, STORY, snapshot))
    assert verdict.ruling is Ruling.SUPPORTED
    assert "¥374.2 bn" in verdict.reasons[0]


def test_a_debt_ratio_without_a_year_is_that_of_the_last_year_that_was_over(snapshot: Archive):
    verdict = only(check("Japan's public debt exceeds 230% of GDP.", STORY, snapshot))
    assert verdict.ruling is Ruling.SUPPORTED
    assert [str(point.period) for point in verdict.figures] == ["2024"]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Japan's Treasury holdings fell in December 2025.", "not_published_yet", "supported"),
        (
            "Japan was a net seller of Treasuries in December 2025.",
            "not_published_yet",
            "supported",
        ),
        ("Japan did not dump Treasuries in December 2025.", "not_published_yet", "supported"),
        (
            "Japan sold $17.2 billion of Treasuries in December 2025.",
            "not_published_yet",
            "misleading",
        ),
        ("Japan's Treasury holdings rose in December 2025.", "not_published_yet", "refuted"),
    ],
)
def test_december_is_judged_once_it_is_out(snapshot: Archive, text: str, before: str, after: str):
    first = only(check(text, STORY, snapshot))
    assert first.ruling.value == before
    assert first.next_release == date(2026, 2, 18)
    later = only(check(text, MARCH, snapshot, dated=STORY))
    assert later.ruling.value == after
    for day, expected in ((date(2026, 2, 17), before), (date(2026, 2, 18), after)):
        assert only(check(text, day, snapshot, dated=STORY)).ruling.value == expected


@pytest.mark.parametrize(
    ("text", "as_of", "ruling", "code"),
    [
        (
            "China's holdings fell below $700 billion for the first time since 2008",
            date(2025, 10, 10), Ruling.AMBIGUOUS, "revised_since",
        ),
        (
            "China's holdings fell below $700 billion for the first time since 2008",
            date(2025, 11, 20), Ruling.AMBIGUOUS, "revised_since",
        ),
        (
            "China's holdings fell below $700 billion for the first time since 2008",
            date(2026, 3, 20), Ruling.SUPPORTED, "",
        ),
        (
            "The UK overtook China as the second-largest foreign holder in March 2025",
            date(2025, 5, 15), Ruling.NOT_PUBLISHED_YET, "",
        ),
        (
            "The UK overtook China as the second-largest foreign holder in March 2025",
            date(2025, 5, 16), Ruling.SUPPORTED, "",
        ),
        (
            "The UK overtook China as the second-largest foreign holder in April 2025",
            date(2025, 6, 20), Ruling.REFUTED, "",
        ),
        ("Belgium's holdings rose in November 2025", date(2026, 1, 14), Ruling.NOT_PUBLISHED_YET, ""),
        ("Belgium's holdings rose in November 2025", date(2026, 1, 15), Ruling.SUPPORTED, ""),
        ("Belgium's holdings fell in November 2025", date(2026, 1, 15), Ruling.REFUTED, ""),
        ("Norway's holdings rose in November 2025", date(2026, 6, 20), Ruling.SUPPORTED, ""),
    ],
)  # fmt: skip
def test_other_countries_go_through_the_same_code(
    snapshot: Archive, text: str, as_of: date, ruling: Ruling, code: str
):
    verdict = only(check(text, as_of, snapshot))
    assert (verdict.ruling, verdict.code) == (ruling, code)


def test_every_sentence_of_the_article_is_accounted_for(snapshot: Archive, shared: Path):
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    report = check(text, STORY, snapshot)
    rulings = [verdict.ruling for verdict in report.verdicts]
    assert Ruling.CHECK_FAILED not in rulings
    assert Ruling.NOT_COVERED not in rulings
    spans = [v.claim.span for v in report.verdicts] + [part.span for part in report.unread]
    for line in text.splitlines():
        start = text.index(line)
        for sentence in filter(str.strip, line.split(". ")):
            at = start + line.index(sentence)
            inside = any(first < at + len(sentence) and at < last for first, last in spans)
            assert inside, sentence
    refuted = [v for v in report.verdicts if v.ruling is Ruling.REFUTED]
    assert [(v.claim.measure, v.claim.tenor) for v in refuted] == [("government_yield", "20Y")]
