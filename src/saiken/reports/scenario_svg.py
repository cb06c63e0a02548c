"""Fans of a scenario as SVG and as a page that stands alone: no script, no library, no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.answer import Answer
from saiken.scenarios.engine import SERIES, UNITS
from saiken.scenarios.running import Result

Array = NDArray[np.float64]
WIDTH, HEIGHT = 300, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 26, 24
COLUMNS = 4
HEADED = 46
"""Height of the two lines above the panels."""

STYLE = """\
.fan-chart{font:11px system-ui,sans-serif;color:#1a1a1a;background:#fff}
.fan-chart .outer{fill:#3b6ea5;opacity:.22}.fan-chart .inner{fill:#3b6ea5;opacity:.40}
.fan-chart .middle{fill:none;stroke:#143d66;stroke-width:1.8}
.fan-chart .on{fill:none;stroke:#b3541e;stroke-width:1.6;stroke-dasharray:4 3}
.fan-chart .zero,.fan-chart .end{stroke:currentColor;stroke-width:.6;opacity:.6}
.fan-chart .end{stroke-dasharray:2 3}.fan-chart text{fill:currentColor}
.fan-chart .head{font-weight:600;font-size:12px}.fan-chart .foot{opacity:.75}
@media (prefers-color-scheme:dark){.fan-chart{color:#e8e8e8;background:#161616}
.fan-chart .middle{stroke:#9cc4ee}.fan-chart .outer,.fan-chart .inner{fill:#6fa3d8}.fan-chart .on{stroke:#f0a070}}
"""
"""All within the class, so that it leaves the page alone into which the picture is put."""


KEY = "solid: median, bands 16–84 % and 5–95 %, no backstop; dashed: median with backstops"


def fans_svg(
    found: Answer,
    off: Result,
    on: Result,
    shown: Sequence[str] = SERIES,
    *,
    headed: bool = True,
) -> str:
    """A panel for each of `shown`, by default for all eight series: bands of 5–95 and 16–84 %,
    medians without and (dashed) with backstops. Without `headed`, whoever shows it tells the key.
    """
    columns = min(COLUMNS, len(shown))
    top = HEADED if headed else 0
    width, height = columns * WIDTH, -(-len(shown) // columns) * HEIGHT + top
    panels = [
        _panel(
            (index % columns * WIDTH, top + index // columns * HEIGHT),
            series, off.fan(series), on.fan(series)[:, 2], found.lasts,
        )
        for index, series in enumerate(shown)
    ]  # fmt: skip
    title = escape(found.title or found.name)
    said = escape("; ".join(found.shock))
    head = (
        f'<text class="head" x="12" y="18">{title}: {said}</text>'
        f'<text class="foot" x="12" y="34">{KEY}; {found.outside:.0%} of draws lie outside every '
        "sample; months after the start</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fan-chart" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{title}: {said}"><style>{STYLE}</style><title>{title}</title>'
        f"{head if headed else ''}{''.join(panels)}</svg>\n"
    )


def _panel(corner: tuple[int, int], series: str, fan: Array, backed: Array, lasts: int) -> str:
    left, top = corner
    months = len(fan)
    # No shock, no move: every path starts from zero.
    paths = np.vstack([np.zeros((1, fan.shape[1])), fan])
    with_help = np.concatenate([[0.0], backed])
    low = min(float(paths.min()), float(with_help.min()), -1e-9)
    high = max(float(paths.max()), float(with_help.max()), 1e-9)
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(month: float) -> float:
        return left + LEFT + inner_width * month / months

    def y(value: float) -> float:
        return top + TOP + inner_height * (high - value) / (high - low)

    def line(values: Sequence[float] | Array) -> str:
        return " ".join(f"{x(m):.1f},{y(float(v)):.1f}" for m, v in enumerate(values))

    def band(lower: Array, upper: Array) -> str:
        back = " ".join(f"{x(m):.1f},{y(float(lower[m])):.1f}" for m in range(months, -1, -1))
        return f"{line(upper)} {back}"

    ticks = "".join(
        f'<text x="{left + LEFT - 5}" y="{y(value) + 4:.1f}" text-anchor="end">{_tick(value)}</text>'
        for value in _apart(low, high)
    )
    marks = "".join(
        f'<text x="{x(month):.1f}" y="{top + HEIGHT - 8}" text-anchor="middle">{month}</text>'
        for month in sorted({0, months // 3, 2 * months // 3, months})
    )
    return (
        f'<g><text class="head" x="{left + LEFT}" y="{top + 16}">{escape(series)}, '
        f"{UNITS[SERIES.index(series)]}</text>"
        f'<polygon class="outer" points="{band(paths[:, 0], paths[:, 4])}"/>'
        f'<polygon class="inner" points="{band(paths[:, 1], paths[:, 3])}"/>'
        f'<line class="zero" x1="{x(0):.1f}" x2="{x(months):.1f}" y1="{y(0):.1f}" y2="{y(0):.1f}"/>'
        f'<line class="end" x1="{x(lasts):.1f}" x2="{x(lasts):.1f}" y1="{top + TOP}" '
        f'y2="{top + HEIGHT - BOTTOM}"/>'
        f'<polyline class="middle" points="{line(paths[:, 2])}"/>'
        f'<polyline class="on" points="{line(with_help)}"/>{ticks}{marks}</g>'
    )


def _apart(low: float, high: float) -> list[float]:
    """The ends of the axis and zero, unless they would be printed over each other."""
    span = high - low
    return [0.0, *(end for end in (low, high) if abs(end) > 0.08 * span)]


def _tick(value: float) -> str:
    if value == 0:
        return "0"
    return f"{value:+.0f}" if abs(value) >= 10 else f"{value:+.1f}"


def page(found: Answer, off: Result, on: Result, text: str) -> str:
    """One HTML file: the fans and the answer as text."""
    title = escape(found.title or found.name)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} - saiken</title><style>body{{margin:1.5rem auto;max-width:80rem;"
        "padding:0 1rem;font:16px/1.45 system-ui,sans-serif;color-scheme:light dark}"
        "pre{overflow-x:auto;font-size:.85rem}svg{width:100%;height:auto}</style></head><body>"
        f"<h1>{title}</h1>{fans_svg(found, off, on)}<pre>{escape(text)}</pre></body></html>\n"
    )
