"""One form for all the ways in which Japanese is typed, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache

from saiken.claims.reading.normalise import Plain, normalise

_SPECIAL = re.compile(
    r"https?://[\x21-\x7e]+"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
    r"|</?[A-Za-z][^<>]{0,200}>"
    r"|[ \t\r\f\v\u00a0\u2000-\u200a\u202f]*\n[\s\u3000]*"
    r"|[ \t\r\f\v\u00a0\u2000-\u200a\u202f]+"
    r"|[\uff66-\uff9d][\uff9e\uff9f]"
    r"|[^\x21-\x7e\n\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff々「」『』、。・]"
    r"|(?<=\d)(?<!・\d)・(?=\d{1,4}(?:[%％㌫倍割兆億万円銭枚]|パーセント|ポイント|ベーシス|ドル|㌦|bp))"
    r"|[.,]"
)
_FIXED = {
    "\u3000": "、", "，": ",", "．": ".", "｡": "。", "､": "、", "｢": "「", "｣": "」", "～": "~", "〜": "~",
    "−": "-", "－": "-", "–": "-", "‐": "-", "‑": "-", "—": "、", "―": "、", "…": "、", "△": "-", "▲": "-", "▼": "-",
    "￥": "¥", "¥": "¥", "€": "€", "£": "£", "₩": "₩", "“": "「", "”": "」", "〝": "「", "〟": "」", "‼": "!",
    "【": "「", "】": "」", "《": "「", "》": "」", "〈": "「", "〉": "」", "\u2028": "\n", "\u2029": "\n",
    "％": "%", "㌫": "%", "㌦": "ドル",
}  # fmt: skip
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f")
_MINUS = set("△▲▼")
_LAST_GOES_ON = re.compile(r"[はがをにへとのもで、,(「年月兆億万.\d]\Z")
_NEXT_FOLLOWS = re.compile(
    r"[はがをにでとのもへ、)」年月日兆億万%っるれりてたしさ]|ドル|円|ポイント"
)


@lru_cache(maxsize=4096)
def _char(char: str) -> str:
    """What stands for a character or a kana with its voicing mark: plain, a comma or nothing."""
    if char in _FIXED:
        return _FIXED[char]
    if char.isdecimal():  # in whatever script
        return str(unicodedata.decimal(char))
    composed = unicodedata.normalize("NFKC", char)
    if composed != char:
        return "".join(_FIXED.get(part, part) for part in composed)
    kind = unicodedata.category(char[0])
    if kind in {"Cf", "Mn", "Me", "Cc", "Cs", "Co"}:
        return ""
    return "、" if kind[0] == "S" else char


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after, invisible ones passed over."""
    while start and text[start - 1] in _INVISIBLE:
        start -= 1
    while end < len(text) and text[end] in _INVISIBLE:
        end += 1
    return text[start - 1 : start], text[end : end + 1]


def _blank(text: str, start: int, end: int) -> str:
    """Blanks count between Latin words only."""
    before, after = _around(text, start, end)
    return " " if (before + after).isascii() and before.isalnum() and after.isalnum() else ""


def _break(found: str, text: str, start: int, end: int) -> str:
    """A line ends a sentence unless its last character, or the next one's first, cannot stand there."""
    before = unicodedata.normalize("NFKC", text[max(0, start - 1) : start])
    after = unicodedata.normalize("NFKC", text[end : end + 4])
    single = found.count("\n") == 1
    return "" if single and (_LAST_GOES_ON.search(before) or _NEXT_FOLLOWS.match(after)) else "\n"


def _stop(sign: str, text: str, start: int, end: int) -> str:
    """A Western comma or stop is a decimal sign, or else stands for the Japanese one."""
    before, after = _around(text, start, end)
    beside = unicodedata.normalize("NFKC", before + after)
    if before.isalnum() and after.isalnum() and (beside.isascii() or beside.isdecimal()):
        return sign
    if before.isascii() and before.isalpha() and sign == ".":
        return sign
    return "、" if sign == "," else "。"


def _new(found: str, text: str, start: int, end: int) -> str:
    if "\n" in found:
        return _break(found, text, start, end)
    if found.isspace() and found != "\u3000":
        return _blank(text, start, end)
    if len(found) > 1 and found[0] in "h&<":
        return normalise(found).text if found[0] == "&" else ""
    if found in _MINUS:
        after = _around(text, start, end)[1]
        return "-" if after.isdigit() or after in "$¥￥＄" else "、"
    if found == "・":  # 2・8%, as newspapers set a decimal
        return "."
    plain = _char(found)
    return _stop(plain, text, start, end) if plain in {".", ","} else plain


def plain_of(text: str) -> Plain:
    """`text` with full-width letters and digits made narrow, half-width kana made wide, blanks,
    tags, links and invisible marks taken out, symbols and wide blanks turned into commas.

    Linear in the length; nothing is raised for any string.
    """
    pieces: list[str] = []
    starts, origins = array("q", [0]), array("q", [0])
    at = done = 0
    for match in _SPECIAL.finditer(text):
        new = _new(match[0], text, match.start(), match.end())
        pieces += (text[done : match.start()], new)
        at += match.start() - done
        done = match.end()
        if len(new) != 1 or done - match.start() != 1:
            for offset in range(len(new)):
                starts.append(at + offset)
                origins.append(match.start())
            starts.append(at + len(new))
            origins.append(done)
        at += len(new)
    pieces.append(text[done:])
    return Plain("".join(pieces), starts, origins, len(text))
