"""Our own Japanese sentences against the claims they must be read as, however they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fingerprint import line

from saiken.claims.reading import read

DATED = date(2026, 1, 25)


def table() -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    for row in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        if row[:2] in {"= ", "! "}:
            rows[-1][1].append(row)
        else:
            rows.append((row, []))
    return rows


TABLE = table()
CLAIMING = [(text, rows) for text, rows in TABLE if any(row[0] == "=" for row in rows)]
NARROW = "".join(map(chr, range(0x21, 0x7F)))
WIDE = "".join(chr(ord(char) + 0xFEE0) for char in NARROW)


def got(text: str) -> list[str]:
    reading = read(text, DATED)
    return [f"= {line(c)}" for c in reading.claims] + [f"! {u.why}" for u in reading.unread]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_sentence_is_read_as_expected(text: str, expected: list[str]) -> None:
    assert got(text) == expected


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 180
    assert len(CLAIMING) >= 150


def _spaced(text: str) -> str:
    """A blank after every particle, as machines and some people write."""
    return re.sub(r"(?<=[一-鿿ァ-ヶ])([はがをに])(?=[^、。])", r"\1 ", text)


FORMS: dict[str, Callable[[str], str]] = {
    "full width": lambda text: text.translate(str.maketrans(NARROW, WIDE)),
    "half width": lambda text: text.translate(str.maketrans(WIDE, NARROW)),
    "blanks": _spaced,
    "no-break blanks": lambda text: _spaced(text).replace(" ", "\u00a0"),
    "western stops": lambda text: text.replace("、", "，").replace("。", "．"),
    "half width stops": lambda text: text.replace("、", "､").replace("。", "｡"),
    "invisible marks": "\u200b".join,
    "emoji and tags": lambda text: f"🚨{text}📉 #米国債 #円安",
    "entities": lambda text: text.replace("%", "&#37;").replace("約", "&#x7D04;"),
    "bold": lambda text: re.sub(r"(\d[\d,.，．]*)", r"<b>\1</b>", text),
    "line breaks": lambda text: re.sub(r"(?<=[はをに])(?=[^、。])", "\n", text),
    "months with a small ka": lambda text: text.replace("か月", "ヶ月"),
    "months with a katakana": lambda text: text.replace("か月", "カ月"),
    "half width kana": lambda text: text.replace("ドル", "ﾄﾞﾙ").replace("ポイント", "ﾎﾟｲﾝﾄ"),
}
SAME = [(text, rows) for text, rows in CLAIMING if not re.search(r"[~～/▲()（）]|-", text)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "expected"), SAME[::3], ids=[text[:30] for text, _ in SAME[::3]])
def test_typing_does_not_change_the_claims(text: str, expected: list[str], form: str) -> None:
    claims = [row for row in got(FORMS[form](text)) if row[0] == "="]
    assert claims == [row for row in expected if row[0] == "="]


@pytest.mark.parametrize(("text", "expected"), CLAIMING[::4])
def test_spans_are_code_points_of_the_original(text: str, expected: list[str]) -> None:
    padded = f"　■\u200f{FORMS['full width'](text)}"
    reading = read(padded, DATED)
    assert reading.claims
    for claim in reading.claims:
        assert padded[claim.span[0] : claim.span[1]] == claim.text
        assert claim.text.strip("、。 　")


MINIMAL = [
    ("日本の米国債保有は11月に27億ドル増えた。", "日本", "中国", {"subject"}),
    ("日本の米国債保有は11月に27億ドル増えた。", "11月", "10月", {"period"}),
    ("日本の米国債保有は11月に27億ドル増えた。", "27億", "28億", {"quantity"}),
    ("日本の米国債保有は11月に27億ドル増えた。", "増えた", "減った", {"quantity", "direction"}),
    ("10年債利回りは2.33%だった。", "10年債", "30年債", {"tenor"}),
    ("生保は12月に外債を売り越した。", "生保", "銀行", {"subject"}),
    ("生保は12月に外債を売り越した。", "売り越した", "買い越した", {"direction"}),
    ("40年債利回りは過去最高を更新した。", "最高", "最低", {"extreme"}),
    ("韓国の米国債保有は6か月連続で増えた。", "6か月", "7か月", {"count"}),
    ("円は対ドルで38年ぶりの安値を付けた。", "38年", "20年", {"since"}),
    ("日本は米国債を売った。", "売った", "売っていない", {"polarity"}),
]


@pytest.mark.parametrize(("text", "old", "new", "fields"), MINIMAL)
def test_one_word_changes_exactly_its_field(
    text: str, old: str, new: str, fields: set[str]
) -> None:
    before, after = read(text, DATED).claims, read(text.replace(old, new), DATED).claims
    assert len(before) == len(after) == 1
    names = set(before[0].__dataclass_fields__) - {"span", "text", "base", "leftover"}
    changed = {name for name in names if getattr(before[0], name) != getattr(after[0], name)}
    assert changed == fields
