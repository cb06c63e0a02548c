"""A Japanese sentence as marks: the words, times, amounts and maturities known, in order."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from saiken.claims.reading.japanese import amounts, count_words, times
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.when import When
from saiken.claims.reading.topics_derived import DERIVED
from saiken.publishers import catalog
from saiken.terms.immutable import immutable

_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+\Z")
_KANJI = re.compile(r"[\u4e00-\u9fff]")
_ISSUERS = {
    "米国": "US", "米": "US", "日本": "JP", "日": "JP", "英国": "GB", "英": "GB", "独": "DE", "ドイツ": "DE", "仏": "FR", "フランス": "FR", "伊": "IT",
    "イタリア": "IT", "豪": "AU",
}  # fmt: skip
_ALONE = {
    "米": "US", "日": "JP", "中": "CN", "英": "GB", "独": "DE", "仏": "FR", "伊": "IT", "韓": "KR", "豪": "AU", "印": "IN", "加": "CA",
}  # fmt: skip
_ISSUER = "|".join(sorted(_ISSUERS, key=len, reverse=True))
_PAPER = r"(?:超長期)?(?:米国債|米債|日本国債|国債|債券|債|物|もの|利回り|金利|JGB)"
_TENOR = re.compile(
    rf"(?:新発|既発|指標)?(?:(?<![日\d一二三四五六七八九十])(?P<iss>{_ISSUER})(?:の)?)?(?:新発)?(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?P<u>年|[かカヵヶケ箇]月)"
    rf"(?=(?:の)?{_PAPER}|(?:[、・と,/]|および|や)?(?:\d{{1,2}}|[二三四五十]{{1,3}})年(?:[、・と,/](?:\d{{1,2}})年)*(?:の)?{_PAPER})"
    r"(?:物|もの)?(?:国債|債(?!務|権|券))?"
    rf"|(?:(?<![\d一二三四五六七八九十])(?P<iss2>{_ISSUER}))?(?P<word>超長期(?:国債|債)?(?=利回り|金利|の利回り|の金利|が|は|も|、)|長期(?=金利))"
)
_PER = re.compile(
    r"1(?:米)?(?P<cur>ドル|ユーロ|ポンド|英ポンド|豪ドル|スイスフラン)(?:=|は|あたり|当たり|につき)(?=約?\d|[一二三四五六七八九])"
)
_CODES = {
    "ドル": "USD",
    "ユーロ": "EUR",
    "ポンド": "GBP",
    "英ポンド": "GBP",
    "豪ドル": "AUD",
    "スイスフラン": "CHF",
}
_STREAK = re.compile(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<u>[かカヵヶケ箇]月|週|営業日|日|四半期|年|期)(?:間)?(?:連続|続けて|続いて|連騰|続伸|続落)(?P<nth>目)?"
)
_EVERY = re.compile(r"毎(?P<u>月|週|日|年)(?:のように)?")
_RANK = re.compile(r"(?:第)?(?P<n>\d{1,2}|[一二三四五六七八九十])(?:位|番目)")
_STREAK_UNITS = {"か": "month", "カ": "month", "ヵ": "month", "ケ": "month",
    "ヶ": "month", "箇": "month", "月": "month", "週": "week", "営": "day", "日": "day", "四": "quarter", "期": "quarter", "年": "year"}  # fmt: skip


@immutable()
class Mark:
    """A phrase at [start, end) and what it may be: kind -> value. `item` is its time or amount."""

    start: int
    end: int
    kinds: dict[str, str]
    item: When | Amount | None = None

    def get(self, kind: str) -> str:
        return self.kinds.get(kind, "")


@immutable()
class Lexicon:
    """First character -> (phrase, what it may be), longest first."""

    phrases: dict[str, tuple[tuple[str, dict[str, str]], ...]]


@cache
def lexicon() -> Lexicon:
    """The Japanese lexicon, loaded once."""
    folder = files("saiken.claims").joinpath("lexicon")
    known: dict[str, dict[str, str]] = {}
    words = tomllib.loads(folder.joinpath("japanese.toml").read_text("utf-8"))
    for kind, values in words.items():
        for value, entries in values.items():
            for entry in entries:
                known.setdefault(entry, {}).setdefault(kind, value)
    for measure in DERIVED:
        for name in catalog.load().measures[measure].names_ja:
            known.setdefault(name, {}).setdefault("measure", measure)
    for code, name in tomllib.loads(
        folder.joinpath("countries_ja.toml").read_text("utf-8")
    ).items():
        known.setdefault(str(name), {}).setdefault("place", code)
    by_first: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for phrase, kinds in known.items():
        by_first.setdefault(phrase[0], []).append((phrase, kinds))
    return Lexicon(
        {
            first: tuple(sorted(rest, key=lambda entry: -len(entry[0])))
            for first, rest in by_first.items()
        }
    )


def _stands(text: str, start: int, phrase: str, kinds: dict[str, str]) -> bool:
    """Whether a phrase is a word there and not a part of one: scripts change at its ends. Only 増 and
    減 close a compound (大幅増).
    """
    end = start + len(phrase)
    before, after = text[start - 1 : start], text[end : end + 1]
    if len(phrase) == 1:
        return not (_KANJI.match(after) or (_KANJI.match(before) and "move" not in kinds))
    if phrase.isascii():
        return not (before.isascii() and before.isalnum()) and not (
            after.isascii() and after.isalnum()
        )
    if _KATAKANA.match(phrase):
        return not _KATAKANA.match(before) and not _KATAKANA.match(after)
    return True


def mark(text: str, day: date) -> list[Mark]:
    """The marks of a sentence written on `day`, in order."""
    taken = bytearray(len(text))
    found: list[Mark] = []

    def keep(
        start: int, end: int, kinds: dict[str, str], item: When | Amount | None = None
    ) -> None:
        found.append(Mark(start, end, kinds, item))
        taken[start:end] = b"\1" * (end - start)

    for match in _TENOR.finditer(text):
        keep(*match.span(), _tenor(match))
    for match in _PER.finditer(text):
        keep(*match.span(), {"per": _CODES[match["cur"]]})
    for match in _STREAK.finditer(text):
        if not taken.count(1, *match.span()):
            unit = _STREAK_UNITS[match["u"][0]]
            more = (
                {"move": "up"}
                if match[0].endswith(("続伸", "連騰"))
                else {"move": "down"}
                if match[0].endswith("続落")
                else {}
            )
            keep(*match.span(), {"streak": f"{int(amounts.number(match['n']))} {unit}", **more})
    for match in _EVERY.finditer(text):
        keep(*match.span(), {"streak": f"0 {_STREAK_UNITS[match['u']]}"})
    for start, end, told_count in count_words.find(text, taken):
        keep(start, end, {"count": told_count})
    told = times.find(text, taken, day)
    found += [Mark(when.start, when.end, {"when": when.kind}, when) for when in told]
    for match in _RANK.finditer(text):
        if not taken.count(1, *match.span()):
            keep(*match.span(), {"rank": f"{int(amounts.number(match['n']))}"})
    sizes = amounts.find(text, taken)
    found += [Mark(amount.start, amount.end, {"amount": amount.kind}, amount) for amount in sizes]
    found += _words(text, taken)
    found.sort(key=lambda one: one.start)
    return found


def _tenor(match: re.Match[str]) -> dict[str, str]:
    issuer = _ISSUERS.get(match["iss"] or match["iss2"] or "", "")
    if match["word"]:
        tenor = "10Y" if match["word"].startswith("長期") else "super"
    else:
        tenor = f"{int(amounts.number(match['n']))}{'Y' if match['u'] == '年' else 'M'}"
    kinds = {"tenor": tenor}
    if issuer:
        kinds["issuer"] = issuer
    return kinds


_ALONE_BEFORE = re.compile(r"(?:\A|[、「・])\Z")
_ALONE_AFTER = re.compile(r"[、がはの]|金利|長期金利|国債利回り|連邦|財務省|政府|国債")


def _words(text: str, taken: bytearray) -> list[Mark]:
    phrases = lexicon().phrases
    found = []
    at, length = 0, len(text)
    while at < length:
        if taken[at]:
            at += 1
            continue
        for phrase, kinds in phrases.get(text[at], ()):
            if (
                text.startswith(phrase, at)
                and _stands(text, at, phrase, kinds)
                and not taken.count(1, at, at + len(phrase))
            ):
                found.append(Mark(at, at + len(phrase), kinds))
                at += len(phrase)
                break
        else:
            issuer = _ALONE.get(text[at])
            if issuer and _alone(text, at):
                found.append(Mark(at, at + 1, {"place": issuer}))
            at += 1
    return found


def _alone(text: str, at: int) -> bool:
    """As in "米、" at the head of a headline and "米金利": a country by one character."""
    after = _ALONE_AFTER.match(text, at + 1)
    if after is None:
        return False
    return after[0] not in "、がはの" or bool(_ALONE_BEFORE.search(text, max(0, at - 1), at))
