"""One plain alphabet for all the ways in which people type, with the way back to the original."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache

from saiken.terms.immutable import immutable

_SPECIAL = re.compile(
    r"https?://\S+"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
    r"|</?[A-Za-z][^<>]{0,200}>"
    r"|[^\x20-\x7e]"
)
_INLINE = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|a|mark|font|small|big|sup|sub)\b", re.IGNORECASE
)
"""Tags that stand inside words."""
_ENTITIES = {
    "nbsp": " ", "amp": "&", "quot": '"', "apos": "'", "lt": "<", "gt": ">", "yen": "¥",
    "euro": "€", "pound": "£", "mdash": ";", "ndash": "-", "minus": "-", "hellip": "...",
    "lsquo": "'", "rsquo": "'", "ldquo": '"', "rdquo": '"', "thinsp": " ", "ensp": " ",
    "emsp": " ", "shy": "", "zwnj": "", "zwj": "", "lrm": "", "rlm": "", "dollar": "$",
}  # fmt: skip
_FIXED = {
    "\n": "\n", "\t": " ", "\r": " ", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n",
    "\u2029": "\n\n",
    "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "—": ";", "―": ";", "–": "-", "‒": "-", "‑": "-", "‐": "-", "−": "-", "﹣": "-", "－": "-",
    "…": "...", "¥": "¥", "￥": "¥", "€": "€", "£": "£", "₩": "₩", "₹": "₹", "≈": "~", "≥": ">=",
    "≤": "<=", "½": " half ", "¼": " a quarter ", "⅓": " a third ", "•": ";", "·": " ",
    "\u00ad": "", "。": ". ", "🧵": "\n\n", "👇": "\n\n",  # what heads a thread ends there
}  # fmt: skip


@immutable()
class Plain:
    """`text` in the plain alphabet; `origin(i)` is the code point of the original it comes from.

    `starts` and `origins` are the ends of the runs in which the two texts go in step.
    """

    text: str
    starts: array[int]
    origins: array[int]
    length: int

    def origin(self, index: int) -> int:
        run = bisect_right(self.starts, index) - 1
        return min(self.origins[run] + index - self.starts[run], self.length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the plain text as a span of the original."""
        return self.origin(start), self.origin(end - 1) + 1 if end > start else self.origin(end)


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    """What stands for `char`: a plain letter or sign, a blank for a symbol, or nothing."""
    if char in _FIXED:
        return _FIXED[char]
    import unicodedata  # noqa: PLC0415 - a plain text never needs it

    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me", "Cc"}:  # zero width, bidi marks, accents on their own
        return ""
    folded = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    )
    if folded != char:
        return "".join(_FIXED.get(part, part if ord(part) < 0x3000 else char) for part in folded)
    return " " if category[0] in "SZC" else char


def _replacement(found: str) -> str:
    if len(found) == 1:
        return _plain_char(found)
    if found[0] != "&":
        inline = _INLINE.match(found)
        return "" if inline else " "
    name = found[1:-1]
    if name[0] != "#":
        return _ENTITIES.get(name.lower(), " ")
    code = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return " "
    char = chr(code)
    return char if " " <= char <= "~" else _plain_char(char)


def normalise(text: str) -> Plain:
    """`text` with entities, tags, links, typographic signs, emoji and invisible marks made plain.

    Linear in the length. Nothing is raised for any string.
    """
    pieces: list[str] = []
    starts, origins = array("q", [0]), array("q", [0])
    if _is_plain(text):
        return Plain(_without_codes(text), starts, origins, len(text))
    at = done = 0
    for match in _SPECIAL.finditer(text):
        new = _replacement(match[0])
        if len(new) == 1 and match.end() - match.start() == 1:
            if new == match[0]:
                continue
            pieces += (text[done : match.start()], new)
            at += match.end() - done
            done = match.end()
            continue
        pieces += (text[done : match.start()], new)
        at += match.start() - done
        done = match.end()
        for offset in range(len(new)):
            starts.append(at + offset)
            origins.append(match.start())
        at += len(new)
        starts.append(at)
        origins.append(done)
    pieces.append(text[done:])
    return Plain(_without_codes("".join(pieces)), starts, origins, len(text))


def _is_plain(text: str) -> bool:
    """Whether nothing of `_SPECIAL` is in a text."""
    return text.isascii() and text.isprintable() and not any(map(text.__contains__, _OPENING))


_OPENING = ("&", "<", "://")
LONGEST_WORD = 60
_CODE = re.compile(rf"[!-~]{{{LONGEST_WORD + 1},}}")


def _without_codes(text: str) -> str:
    """Hashes, keys and encoded data made one strange word each, of the same length: no language has
    words so long, and the figures and names within them say nothing.
    """
    if max(map(len, text.split()), default=0) <= LONGEST_WORD:
        return text
    return _CODE.sub(lambda found: "x" * len(found[0]), text)
