"""Numbers, times, sentences and typing of Japanese, each by itself."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.claims.reading import read
from saiken.claims.reading.japanese import amounts, times
from saiken.claims.reading.japanese.marks import mark
from saiken.claims.reading.japanese.plain import plain_of
from saiken.claims.reading.japanese.sentences import split

DAY = date(2026, 1, 25)

AMOUNTS = [
    ("1兆2,027億ドル", 1.2027e12, "USD"),
    ("1.2兆円", 1.2e12, "JPY"),
    ("9兆7885億円", 9.7885e12, "JPY"),
    ("5億ドル", 5e8, "USD"),
    ("20万枚", 2e5, "contracts"),
    ("17万7814枚", 177814, "contracts"),
    ("4万5千枚", 45000, "contracts"),
    ("3千億円", 3e11, "JPY"),
    ("三兆円", 3e12, "JPY"),
    ("二十億ドル", 2e9, "USD"),
    ("5百万ドル", 5e6, "USD"),
    ("157円70銭", 157.7, "JPY"),
    ("2.33%", 2.33, "%"),
    ("12ベーシスポイント", 12, "bp"),
    ("0.2ポイント", 0.2, "pp"),
    ("0.2%ポイント", 0.2, "pp"),
    ("2割", 20, "%"),
    ("3倍", 3, "x"),
    ("$1.2兆", 1.2e12, "USD"),
    ("850億ユーロ", 8.5e10, "EUR"),
    ("マイナス0.3%", -0.3, "%"),
]


@pytest.mark.parametrize(("text", "value", "unit"), AMOUNTS)
def test_amounts(text: str, value: float, unit: str) -> None:
    (found,) = amounts.find(text, bytearray(len(text)))
    assert math.isclose(found.quantity.value, value, rel_tol=1e-12)
    assert found.quantity.unit == unit
    assert (found.start, found.end) == (0, len(text))


HEDGES = [
    ("約1.2兆円", 1.1e12, 1.3e12),
    ("1.4兆円余り", 1.4e12, 1.5e12),
    ("3000億円弱", 2.85e11, 3e11),
    ("1兆円超", 1e12, math.inf),
    ("1兆円以上", 1e12, math.inf),
    ("1兆円未満", -math.inf, 1e12),
    ("3.9%台", 3.9, 4.0),
    ("6500億ドル台", 6.5e11, 6.6e11),
    ("最大5兆円", -math.inf, 5e12),
    ("1兆円近く", 9.5e11, 1e12),
    ("2割余り", 20, 25),
    ("3割弱", 25, 30),
    ("20%余り", 20, 22),
    ("20%弱", 19, 20),
    ("2割", 15, 25),
    ("9兆円規模", 8e12, 1e13),
    ("8600億ドル規模", 8.5e11, 8.7e11),
    ("約8600億ドル", 8.55e11, 8.65e11),
    ("1兆8000億円", 1.795e12, 1.805e12),
    ("9600億円", 9.595e11, 9.605e11),
    ("1.2~1.3兆ドル", 1.2e12, 1.35e12),
]


@pytest.mark.parametrize(("text", "low", "high"), HEDGES)
def test_what_the_words_allow_around_a_number(text: str, low: float, high: float) -> None:
    (found,) = amounts.find(text, bytearray(len(text)))
    for got, wanted in ((found.quantity.low, low), (found.quantity.high, high)):
        assert got == wanted if math.isinf(wanted) else math.isclose(got, wanted, rel_tol=1e-8)


@given(st.integers(1, 999), st.integers(1, 9999))
def test_a_number_of_trillions_and_hundred_millions_lies_within_what_it_allows(
    tn: int, oku: int
) -> None:
    text = f"{tn}兆{oku}億円"
    (found,) = amounts.find(text, bytearray(len(text)))
    value = tn * 1e12 + oku * 1e8
    assert math.isclose(found.quantity.value, value, rel_tol=1e-12)
    assert found.quantity.low <= value <= found.quantity.high


TIMES = [
    ("令和8年1月", "2026-01", ""),
    ("令和元年5月", "2019-05", ""),
    ("平成25年11月", "2013-11", ""),
    ("2025年11月末", "2025-11", ""),
    ("25年11月", "2025-11", ""),
    ("昨年12月", "2025-12", ""),
    ("先月", "2025-12", ""),
    ("12月", "2025-12", ""),
    ("1月", "2026-01", ""),
    ("20日", "2026-01-20", ""),
    ("28日", "2025-12-28", ""),
    ("1月20日", "2026-01-20", ""),
    ("2026/01/20", "2026-01-20", ""),
    ("今週", "2026-01-18..2026-01-24", ""),
    ("先週", "2026-01-11..2026-01-17", ""),
    ("1月第3週", "2026-01-11..2026-01-17", ""),
    ("1月11日から17日", "2026-01-11..2026-01-17", ""),
    ("1月17日までの週", "2026-01-11..2026-01-17", ""),
    ("7月28日~8月3日", "2025-07-28..2025-08-03", ""),
    ("4-6月期", "2025-Q2", ""),
    ("2025年7~9月期", "2025-Q3", ""),
    ("第3四半期", "2025-Q3", ""),
    ("2024年度", "2024-04..2025-03", ""),
    ("昨年度", "2024-04..2025-03", ""),
    ("2025年度上期", "2025-04..2025-09", ""),
    ("2025年上半期", "2025-01..2025-06", ""),
    ("2024年", "2024", ""),
    ("昨年", "2025", ""),
    ("1月から7月まで", "2025-01..2025-07", ""),
    ("11月から1月まで", "2025-11..2026-01", ""),
    ("4月下旬", "2025-04-21..2025-04-30", ""),
    ("1997年以来", "1997", "since"),
    ("2014年以降で最大", "2014", "since"),
    ("9月から", "2025-09", "from"),
    ("10月より", "2025-10", "than"),
    ("11月時点で", "2025-11", "at"),
    ("月曜日", "2026-01-19", ""),
    ("年初来", "2026-01-01", "from"),
    ("昨日", "2026-01-24", ""),
]


@pytest.mark.parametrize(("text", "label", "role"), TIMES)
def test_times(text: str, label: str, role: str) -> None:
    found = times.find(text, bytearray(len(text)), DAY)[0]
    assert str(found.period) == label
    assert found.role == role


COMPARED = [
    ("前月比", "previous", 1, ""),
    ("前年同月比", "year_ago", 1, ""),
    ("前年比", "year_ago", 1, ""),
    ("前月から", "previous", 1, "month"),
    ("1年前より", "year_ago", 1, ""),
    ("38年ぶり", "duration", 38, "year"),
    ("3か月ぶり", "duration", 3, "month"),
    ("3年4か月ぶり", "duration", 40, "month"),
    ("1週間で", "duration", 1, "week"),
    ("この1年で", "duration", 1, "year"),
]


@pytest.mark.parametrize(("text", "kind", "count", "unit"), COMPARED)
def test_times_that_compare(text: str, kind: str, count: int, unit: str) -> None:
    found = times.find(text, bytearray(len(text)), DAY)[0]
    assert (found.kind, found.count) == (kind, count)
    assert unit in {"", found.unit}


def test_a_maturity_is_no_time_and_no_amount() -> None:
    marks = mark("10年・20年・30年債の利回り", DAY)
    assert [m.get("tenor") for m in marks if m.get("tenor")] == ["10Y", "20Y", "30Y"]
    assert not [m for m in marks if "when" in m.kinds or "amount" in m.kinds]


SENTENCES = [
    ("増えた。減った。", ["増えた。", "減った。"]),
    ("「増えた。」と言った。", ["「増えた。」と言った。"]),
    ("増えた!減った?", ["増えた!", "減った?"]),
    ("見出し\n\n本文だ。", ["見出し", "本文だ。"]),
    ("増えた。 #円安 #米国債", ["増えた。", "#円安#米国債"]),
]


@pytest.mark.parametrize(("text", "pieces"), SENTENCES)
def test_where_sentences_end(text: str, pieces: list[str]) -> None:
    plain = plain_of(text).text
    assert [plain[a:b] for a, b in split(plain)] == pieces


TYPED = [
    ("１兆２，０２７億㌦", "1兆2,027億ドル"),
    ("ﾄﾞﾙ円は１５７円", "ドル円は157円"),
    ("日本 の 米国債", "日本の米国債"),
    ("▲30億ドル", "-30億ドル"),
    ("2.33％", "2.33%"),
    ("S&amp;P 500", "S&P 500"),
    ("見出し　本文", "見出し、本文"),
    ("保有は\n増えた", "保有は増えた"),
    ("増えた\n中国は", "増えた\n中国は"),
]


@pytest.mark.parametrize(("text", "plain"), TYPED)
def test_typing_is_made_plain(text: str, plain: str) -> None:
    assert plain_of(text).text == plain


@given(st.text(st.sampled_from("日本は１2兆，．、。　 \n🚨ﾄﾞ▲&<b>～「」\u200b"), max_size=60))
def test_every_plain_character_leads_back_into_the_text(text: str) -> None:
    plain = plain_of(text)
    last = 0
    for index in range(len(plain.text)):
        origin = plain.origin(index)
        assert last <= origin <= len(text)
        last = origin


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("10年国債利回りは2.2%だった。", True), ("10年国債利回りは約2.2%だった。", False), ("10年国債利回りは2.2%程度だった。", False),
        ("10年国債利回りは2%台だった。", False), ("10年国債利回りは2.1~2.3%で推移した。", False),
    ],
)  # fmt: skip
def test_only_a_number_without_a_hedge_may_be_cut_off(text: str, printed: bool) -> None:
    (claim,) = read(text, date(2026, 1, 25)).claims
    assert claim.quantity is not None
    assert claim.quantity.printed is printed
