"""A Japanese text is answered in Japanese: on the screen, in JSON, on a page, on a card, in a review."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from saiken.archive.archive import Archive
from saiken.claims.check import Question, check
from saiken.claims.verdict import Report, Ruling
from saiken.publishers.catalog import load
from saiken.reports.claimreview import claim_reviews
from saiken.reports.html import report_html
from saiken.reports.report_json import report_json
from saiken.reports.terminal import Screen, display_width
from saiken.reports.text import report_line, report_text

DAY = date(2026, 1, 25)
MYTH = "日本は米国債を1.2兆ドル投げ売りしている。"
TEXTS = (
    MYTH,
    "2025年11月末の日本の米国債保有額は1兆2027億ドルだった。",
    "日本の12月の米国債保有額は減少した。",
    "新発40年債利回りは一時4%を超え、史上初の高水準となった。",
    "20年債利回りは過去最高を更新した。",
    "中国の米国債保有額は5カ月連続で減少した。",
    "日本は米国債の最大の保有国だ。",
    "国内の生命保険会社は12月に外債を3兆円売り越した。",
    "英国の米国債保有額は中国とベルギーの合計を上回る。",
    "日本政府の債務残高はGDP比で235%だ。",
    "日本の米国債保有額は今後減少するだろう。",
    "円相場は1ドル=150円を割り込んだ。",
    "次回のTIC統計の公表は2月18日だ。",
    "日本の米国債保有額は前年比で20%増えた。",
)
LATIN = re.compile(r"[A-Za-z]{3,}")
OURS = {"TIC", "FRB", "GDP", "saiken", "SLT", "VIX", "bp", "json", "csv", "import", "DIR", "IMF"}
"""What Japanese prints in Latin letters too, and the commands of this program."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("nothing"))


def checked(text: str, archive: Archive, **asked: bool) -> Report:
    return check(text, Question(DAY, DAY, **asked), archive)


@pytest.mark.parametrize("text", TEXTS)
def test_no_word_of_english_is_left_in_the_answer(text: str, archive: Archive) -> None:
    report = checked(text, archive, surface=True, nowcast=True)
    assert report.verdicts
    for verdict in report.verdicts:
        told = [*verdict.reasons, *verdict.notes, verdict.arithmetic, *(report.caveats)]
        told += [change.reason for change in verdict.changed_since]
        told += [verdict.surface.told] if verdict.surface else []
        told += [verdict.nowcast.basis] if verdict.nowcast else []
        for line in told:
            without_ids = re.sub(r"[a-z0-9_]+/\S+|RMSE|ridge", "", line)
            assert set(LATIN.findall(without_ids)) <= OURS, line


def test_the_screen(archive: Archive) -> None:
    text = report_text(checked(MYTH, archive), Screen(100))
    lines = text.splitlines()
    assert lines[0] == "反証  「日本は米国債を1.2兆ドル投げ売りしている」"
    assert "  1兆2027億ドルは日本の2025年11月の保有残高であり、売買額ではない。" in text
    assert "  誤読：        残高と売買額の取り違え" in lines
    assert "  次回公表：    2026年2月18日" in lines
    assert "出典：U.S. Department of the Treasury (TIC)" in lines
    assert max(map(display_width, lines)) <= 100


@pytest.mark.parametrize("width", [50, 57, 80])
def test_lines_break_within_the_screen_and_never_before_a_stop(
    width: int, archive: Archive
) -> None:
    text = report_text(checked("".join(TEXTS[:3]), archive), Screen(width))
    lines = [line.strip() for line in text.splitlines()[1:] if line.strip()]
    assert not [line for line in lines if line[0] in "、。」）"]
    assert max(display_width(line) for line in lines) <= width + 2  # a stop may hang over


def test_many_claims_are_counted_in_japanese(archive: Archive) -> None:
    text = report_text(checked("".join(TEXTS[:6]), archive), Screen(100))
    assert re.match(r"反証  主張\d件：裏付けあり\d、反証\d", text)
    assert "（2026年1月25日時点）" in text.splitlines()[0]


def test_a_line_of_a_batch(archive: Archive) -> None:
    line = report_line(checked(MYTH, archive), "7", Screen(100))
    assert line == "7  反証               「日本は米国債を1.2兆ドル投げ売りしている。」"


def test_codes_stay_english_in_json(archive: Archive) -> None:
    told = report_json(checked(MYTH, archive))
    claim = told["claims"][0]
    assert told["overall"] == claim["verdict"] == "refuted"
    assert claim["misreadings"] == ["stock_as_flow"]
    assert claim["reasons"][0].startswith("1兆2027億ドルは日本の2025年11月の保有残高")
    assert claim["arithmetic"].startswith("+27億ドル = 売買（買い越しが+）−32億ドル")


def test_a_page_says_verdict_reason_and_misreading_in_japanese(archive: Archive) -> None:
    page = unescape(report_html(checked(MYTH, archive), archive))
    assert "残高と売買額の取り違え" in page
    assert page.count("反証") > 2
    assert "refuted</" not in page


@pytest.mark.parametrize("text", [MYTH, "".join(TEXTS), "これは主張ではない。"])
def test_no_word_of_english_frames_an_answer_in_japanese(text: str, archive: Archive) -> None:
    """Names of publishers, files, series and units stay as they are; every label is Japanese."""
    page = report_html(checked(text, archive, surface=True, nowcast=True), archive)
    assert '<html lang="ja"' in page
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    frame = re.sub(r"<(style|code|table|figure).*?</\1>", "", page, flags=re.DOTALL)
    shown = unescape(re.sub(r"<[^>]+>", " ", frame))
    shown = re.sub(r"[a-z0-9_]+/\S+|(?<=出典：).*|（[^（）]*U\.S\.[^（）]*）|RMSE|ridge", "", shown)
    owners = {"ECB", "USD"} | {
        word for one in load().publishers.values() for word in LATIN.findall(one.name)
    }
    assert set(LATIN.findall(shown)) <= OURS | owners
    heads = re.findall(r"<(?:th|dt|h2|summary|figcaption)\b[^>]*>(.*?)</", page, flags=re.DOTALL)
    assert len(heads) >= 1
    assert set(LATIN.findall(" ".join(heads))) <= OURS | owners
    labels = re.findall(r'(?:aria-label|title)="([^"]+)"', page)
    assert set(LATIN.findall(" ".join(one for one in labels if "SHA" not in one))) <= OURS | owners


def test_a_review_names_its_language(archive: Archive) -> None:
    review = claim_reviews(checked(MYTH, archive))["@graph"][0]
    assert review["inLanguage"] == "ja"
    assert review["reviewRating"]["alternateName"] == "反証：残高と売買額の取り違え"


def test_an_english_text_is_answered_in_english(archive: Archive) -> None:
    report = checked("Japan is dumping $1.2 trillion in U.S. debt.", archive)
    assert report.language == "en"
    assert report_text(report, Screen(100)).startswith("REFUTED  “Japan is dumping")


def test_what_broke_is_told(archive: Archive) -> None:
    report = checked(MYTH, archive)
    broken = replace(report.verdicts[0], ruling=Ruling.CHECK_FAILED)
    text = report_text(replace(report, verdicts=(broken,)), Screen(100))
    assert text.startswith("検証失敗")
