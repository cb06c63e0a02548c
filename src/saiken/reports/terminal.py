"""Plain text for a terminal: safe quoting, colour where wanted, wrapping, tables, sparklines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

# Control characters, and the marks by which a text can make a terminal show it out of order.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BLANKS = re.compile(r"\s+")
# An opening bracket stays with what follows, a stop or a closing bracket with what it follows.
_TOKENS = r"[「『（(]*(?:[\u3040-\u30ff\u3400-\u9fff々]|[^\s\u3000-\u9fff\uff00-\uffef]+|.)[、。」』）)：ー％]*\s*"
_BARS = "▁▂▃▄▅▆▇█"
SGR = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "cyan": "36",
    "bold red": "1;31",
    "bold green": "1;32",
    "bold yellow": "1;33",
    "bold magenta": "1;35",
    "bold cyan": "1;36",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What is written to: `width` in columns, whether colour is wanted."""

    width: int = 100
    colour: bool = False

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{SGR[style]}m{text}\x1b[0m" if self.colour and style else text

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        """`text` broken to the width, with `first` before the first line, `rest` before others."""
        rest = " " * display_width(first) if rest is None else rest
        if not text.isascii() and any(_is_wide(char) for char in text):
            return list(_wrapped_wide(text, max(40, self.width), first, rest))
        return wrap(
            text,
            max(40, self.width),
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=True,
            break_on_hyphens=False,
        )


def whole(text: str) -> str:
    """`text` without lone surrogates, which no encoding can write. As long as it was."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def _is_wide(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def clean(text: str) -> str:
    """One line of `text` that no terminal can be misled by."""
    return _BLANKS.sub(" ", _UNSAFE.sub("", whole(text))).strip()


def clipped(text: str, columns: int) -> str:
    """`text` cleaned and cut to `columns`, with an ellipsis where something is missing."""
    text = clean(text)
    if display_width(text) <= columns:
        return text
    kept, used = [], 1
    for char in text:
        used += _char_width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def _wrapped_wide(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Lines of a text in a wide script, which breaks between any two letters but not before a stop."""
    line, used = first, display_width(first)
    room = width - max(map(display_width, (first, rest)))
    for token in (part for word in re.findall(_TOKENS, text) for part in _cut(word, room)):
        if used + display_width(token.rstrip()) > width and line not in {first, rest}:
            yield line.rstrip()
            line, used = rest, display_width(rest)
        line += token
        used += display_width(token)
    if line.strip():
        yield line.rstrip()


def _cut(word: str, columns: int) -> Iterator[str]:
    """A word in pieces that fit a line; one that fits is one piece."""
    while len(word) > columns:
        yield word[:columns]
        word = word[columns:]
    yield word


def padded(text: str, columns: int) -> str:
    """`text` with blanks after it up to so many columns."""
    return text + " " * (columns - display_width(text))


def display_width(text: str) -> int:
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def table(rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Rows as aligned columns two blanks apart; the columns in `right` are set flush right."""
    rows = [tuple(map(clean, row)) for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    flush = set(right)
    lines = []
    for row in rows:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (width - display_width(cell))
            cells.append(blanks + cell if index in flush else cell + blanks)
        lines.append("  ".join(cells).rstrip())
    return lines


def sparkline(values: Sequence[float], columns: int) -> str:
    """The course of `values` in at most `columns` bars, each the mean of its share of them."""
    if not values:
        return ""
    count = min(columns, len(values))
    edges = [len(values) * index // count for index in range(count + 1)]
    means = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    low, high = min(means), max(means)
    if high == low:
        return _BARS[3] * count
    return "".join(
        _BARS[int((mean - low) / (high - low) * (len(_BARS) - 1) + 0.5)] for mean in means
    )


def number(value: float, decimals: int) -> str:
    """A figure with thousands commas, as many decimals as were printed."""
    return f"{value:,.{max(0, decimals)}f}"
