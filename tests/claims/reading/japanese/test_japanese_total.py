"""Any text at all is read, wholly accounted for, and in time that is linear in its length."""

from __future__ import annotations

import json
import math
import runpy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.claims.reading import read
from saiken.claims.reading.japanese import read as read_japanese

DATED = date(2026, 1, 25)
WORDS = [
    "日本", "米国債", "は", "が", "を", "に", "の", "11月", "1兆", "2027億", "ドル", "円", "増えた", "減少", "過去最高", "以来", "3か月連続", "売り越し",
    "「", "」", "、", "。", "?", "%", "2.33", "10年債", "利回り", "という", "だろう", "ない", "前月比", "令和", "年", "月", "日", "第", "週", "兆", "ぶり", "約",
    "超", "\n", "生保", "外債", "1ドル=", "銭", "公表", "原因", "なければ", "倍", "分の", "海外勢", "上回る", "合計", "より", "位", "抜いて",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_string_of_known_words_is_read(text: str) -> None:
    reading = read_japanese(text, DATED)
    for claim in reading.claims:
        assert text[claim.span[0] : claim.span[1]] == claim.text
        if claim.quantity is not None:
            assert claim.quantity.low <= claim.quantity.value <= claim.quantity.high
            assert not math.isnan(claim.quantity.value)
    for part in reading.unread:
        assert text[part.span[0] : part.span[1]] == part.text


@given(st.text(max_size=200))
def test_any_string_is_read(text: str) -> None:
    read_japanese(text, DATED)
    read(text + "日本の" * 80, DATED)


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)))
def test_any_day_can_be_that_of_the_text(day: date) -> None:
    read_japanese(
        "昨年12月の保有は前月比27億ドル増え、31日に40年ぶりの高水準となった。来年2月29日に公表。",
        day,
    )


def test_what_is_written_in_chinese_is_not_taken_for_japanese() -> None:
    text = "日本持有的美国国债在十一月增加到一万二千零二十七亿美元，创下三年多以来的最高水平，英国位居第二，中国排名第三。"
    assert [part.why for part in read(text, DATED).unread] == ["language"]


def test_the_developments_are_read(shared: Path) -> None:
    """All fields of the Japanese development claims right together (issue 4)."""
    fits = runpy.run_path(str(Path(__file__).parents[4] / "benchmarks" / "reading.py"))["fits"]
    lines = (shared / "claims" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["language"] == "ja"]
    found = [
        fits(row, read(row["text"], date.fromisoformat(row["published"])).claims) for row in rows
    ]
    whole = [all(ok for name, ok in hit.items() if name != "strict predicate") for hit in found]
    assert sum(whole) / len(rows) >= 0.85


def test_posts_are_read_and_their_myths_are_not_asserted(shared: Path) -> None:
    lines = (shared / "claims" / "posts.jsonl").read_text("utf-8").splitlines()
    for post in map(json.loads, lines):
        if post["language"] != "ja":
            continue
        text = post["text"]
        claims = read(text, date.fromisoformat(post["published"])).claims
        for wanted in post["claims"]:
            first = text.find(wanted["span"])
            last = first + len(wanted["span"])
            near = [c for c in claims if c.span[0] < last and first < c.span[1]]
            assert wanted["predicate"] in {c.predicate.value for c in near}, wanted["span"]
        for myth in post["not_claims"]:
            first = text.find(myth)
            inside = [c for c in claims if first <= c.span[0] and c.span[1] <= first + len(myth)]
            assert not [c for c in inside if c.modality == "asserted"], myth


def test_a_negative_beginning_of_a_range_is_not_scaled() -> None:
    assert read("-5～1,000億円", date(2026, 1, 25)) is not None


@pytest.mark.parametrize("digits", ["٣.٥", "३.५", "３．５", "３.５"])
def test_digits_of_any_script_are_the_digits(digits: str) -> None:
    day = date(2026, 1, 25)
    (told,) = read("ノルウェーの米国債保有額は3.5兆ドルだ。", day).claims
    (same,) = read(f"ノルウェーの米国債保有額は{digits}兆ドルだ。", day).claims
    assert same.quantity == told.quantity
