"""A line of values as a small chart of braille dots for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

_BLANK = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The dot of each of four rows and two columns of a braille cell."""

_ROWS, _COLUMNS = len(_DOTS), len(_DOTS[0])


def chart(
    values: Sequence[float], labels: tuple[str, str], width: int, height: int = 8, decimals: int = 1
) -> list[str]:
    """`values` from left to right, joined; the axis tells the highest and the lowest.

    Where several values fall into one column of dots, it reaches from the lowest to the highest.
    `width` counts characters with the axis; `labels` stand under both ends.
    """
    low, high = min(values), max(values)
    names = [f"{high:,.{max(0, decimals)}f}", f"{low:,.{max(0, decimals)}f}"]
    margin = max(map(len, names))
    columns = max(2, width - margin - 2)
    across, down = columns * _COLUMNS, height * _ROWS
    cells = [[_BLANK] * columns for _ in range(height)]
    for x in range(across):
        within = _within(values, x, across)
        top, bottom = (_row(value, low, high, down) for value in (max(within), min(within)))
        for dot in range(top, bottom + 1):
            cells[dot // _ROWS][x // _COLUMNS] |= _DOTS[dot % _ROWS][x % _COLUMNS]
    lines = []
    for row, line in enumerate(cells):
        name = names[0] if row == 0 else names[1] if row == height - 1 else ""
        lines.append(f"{name:>{margin}} ┤{''.join(map(chr, line))}".rstrip(chr(_BLANK)))
    gap = max(1, columns - len(labels[0]) - len(labels[1]))
    return [*lines, f"{' ' * (margin + 2)}{labels[0]}{' ' * gap}{labels[1]}"]


def _within(values: Sequence[float], x: int, across: int) -> list[float]:
    """The values of a column of dots, and those at its edges: between the two beside each."""
    steps = len(values) - 1
    first, last = x * steps / across, (x + 1) * steps / across
    inside = values[math.ceil(first) : math.floor(last) + 1]
    return [_at(values, first), *inside, _at(values, last)]


def _at(values: Sequence[float], place: float) -> float:
    before = min(int(place), len(values) - 1)
    after = min(before + 1, len(values) - 1)
    return values[before] + (values[after] - values[before]) * (place - before)


def _row(value: float, low: float, high: float, down: int) -> int:
    if high == low:
        return down // 2
    return round((high - value) / (high - low) * (down - 1))
