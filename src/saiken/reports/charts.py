"""Charts as Vega-Lite specifications: drawn by the browser, or here as SVG and PNG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from saiken.archive.view import View
from saiken.terms.period import Period

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
VEGALITE = "6.4"
POINTS = 420
"""How many figures of one series a chart draws; of more, those that shape the line are kept."""

DOTTED = 64
"""Up to so many figures, each gets a dot."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their part in a chart. `lines` tell series apart; the first is the main one."""

    ink: str
    faint: str
    grid: str
    claimed: str
    used: str
    paper: str
    lines: tuple[str, ...]
    font: str = "system-ui, sans-serif"


# In a page the style sheet has the say, so that a chart follows light and dark by itself.
PAGE = Palette(
    ink="var(--ink)",
    faint="var(--faint)",
    grid="var(--rule)",
    claimed="var(--refuted)",
    used="var(--supported)",
    paper="transparent",
    lines=("var(--line-1)", "var(--line-2)", "var(--line-3)", "var(--line-4)", "var(--line-5)"),
)
PAPER = Palette(
    ink="#1c1d1f",
    faint="#5c6066",
    grid="#dddad2",
    claimed="#a63a06",
    used="#0a5a8f",
    paper="#fffefb",
    lines=("#2b2d31", "#0a6aa8", "#7a4a96", "#4d7a2f", "#8a6200"),
    font="Liberation Sans, Arial, sans-serif",
)


@dataclass(frozen=True, slots=True)
class Trace:
    """One line: a value for the last day of each period, oldest first. `marks`: later revised."""

    name: str
    days: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[float, ...]
    marks: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a text says, in the unit of the chart: a level, or a move from `start` to `end`.

    A move is drawn as the line that the series would have followed from the value it had.
    """

    value: float
    label: str
    start: str = ""
    start_value: float = 0.0
    end: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is likely of a figure that is not published: a value and its interval, for a day."""

    day: str
    value: float
    low: float
    high: float
    label: str


def axis_day(period: Period) -> str:
    """Where a period stands on the axis: a year under its own name, all else at its end."""
    return (period.start if period.frequency == "A" else period.end).isoformat()


def trace(
    view: View,
    name: str,
    since: Period | None = None,
    until: Period | None = None,
    keep: Sequence[Period] = (),
) -> Trace:
    """The figures of a view from `since` to `until`, thinned to what a chart can show.

    Those of the periods in `keep` are not thinned out.
    """
    first = since.start.toordinal() if since else 0
    last = until.end.toordinal() if until else 10**9
    chosen = [i for i, end in enumerate(view.ends) if first <= end <= last]
    places = thinned([view.values[i] for i in chosen], POINTS)
    wanted = {view.find(period) for period in keep}
    kept = sorted({chosen[place] for place in places} | {i for i in chosen if i in wanted})
    periods = [view.period(i) for i in kept]
    return Trace(
        name,
        tuple(map(axis_day, periods)),
        tuple(period.label for period in periods),
        tuple(view.values[i] for i in kept),
        tuple(bool(view.marks[i]) for i in kept),
    )


def thinned(values: Sequence[float], most: int) -> list[int]:
    """Places of at most `most` values that keep both ends and every stretch's lowest and highest."""
    if len(values) <= most:
        return list(range(len(values)))
    stretches = max(1, (most - 2) // 2)
    edges = [len(values) * part // stretches for part in range(stretches + 1)]
    kept = {0, len(values) - 1}
    for start, end in pairwise(edges):
        kept.add(min(range(start, end), key=values.__getitem__))
        kept.add(max(range(start, end), key=values.__getitem__))
    return sorted(kept)


def line_chart(
    traces: Sequence[Trace],
    unit: str,
    *,
    claimed: Claimed | None = None,
    expected: Expected | None = None,
    used: Sequence[str] = (),
    palette: Palette = PAGE,
    size: tuple[int | str, int] = ("container", 260),
    title: str = "",
) -> Spec:
    """Lines over time. `used` are the labels of the periods that a verdict rests on."""
    rows = [
        {"series": line.name, "day": day, "period": label, "value": value, "later": later}
        for line in traces
        for day, label, value, later in zip(
            line.days, line.labels, line.values, line.marks, strict=True
        )
    ]
    names = [line.name for line in traces]
    layers = [_line(names, palette)]
    if len(rows) <= DOTTED * len(traces):
        layers.append(_dots(names, palette))
    if used:
        layers.append(_used(used, palette))
    if expected:
        layers += _expected(expected, palette)
    if claimed:
        layers += _claimed(claimed, palette)
    return {
        "$schema": SCHEMA,
        "description": _described(traces, unit, claimed, expected, title),
        "width": size[0],
        "height": size[1],
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": layers,
        "config": _config(palette),
        "title": {"text": title or unit, **({"subtitle": unit} if title else {})},
    }


def _x() -> Spec:
    # An ISO date is midnight in UTC: a UTC scale keeps every reader's time zone out of it.
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 8},
        "axis": {"title": None, "labelOverlap": True, "tickCount": 7},
    }


def _y() -> Spec:
    axis = {"title": None, "tickCount": 5}
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": axis,
    }


def _colour(names: Sequence[str], palette: Palette) -> Spec:
    colours = [palette.lines[place % len(palette.lines)] for place in range(len(names))]
    scale = {"domain": list(names), "range": colours}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": _legend(names)}


def _legend(names: Sequence[str]) -> Spec | None:
    if len(names) < 2:
        return None
    return {"title": None, "orient": "top", "symbolType": "stroke", "columns": 2}


TOOLTIP = [
    {"field": "series", "type": "nominal", "title": "series"},
    {"field": "period", "type": "nominal", "title": "period"},
    {"field": "value", "type": "quantitative", "title": "value", "format": ",.6~f"},
]


def _line(names: Sequence[str], palette: Palette) -> Spec:
    dash: Spec = {"value": [1, 0]}
    if len(names) > 1:
        patterns = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]]
        dash = {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": list(names), "range": patterns[: len(names)]},
            "legend": _legend(names),
        }
    return {
        "mark": {"type": "line", "strokeWidth": 1.8, "interpolate": "linear"},
        "encoding": {
            "x": _x(),
            "y": _y(),
            "color": _colour(names, palette),
            "strokeDash": dash,
            "tooltip": TOOLTIP,
        },
    }


def _dots(names: Sequence[str], palette: Palette) -> Spec:
    """A dot for each figure, hollow where only a later revision is held."""
    hollow = {"condition": {"test": "datum.later", "value": 0}, "value": 1}
    return {
        "mark": {"type": "point", "size": 22, "strokeWidth": 1.2, "filled": False},
        "encoding": {
            "x": _x(),
            "y": _y(),
            "color": _colour(names, palette),
            "fill": _colour(names, palette),
            "fillOpacity": hollow,
            "tooltip": TOOLTIP,
        },
    }


def _used(used: Sequence[str], palette: Palette) -> Spec:
    return {
        "transform": [{"filter": {"field": "period", "oneOf": list(used)}}],
        "mark": {"type": "point", "size": 130, "strokeWidth": 2, "filled": False},
        "encoding": {
            "x": _x(),
            "y": _y(),
            "color": {"value": palette.used},
            "tooltip": TOOLTIP,
        },
    }


def _claimed(claimed: Claimed, palette: Palette) -> list[Spec]:
    style = {"color": palette.claimed, "strokeDash": [5, 4], "strokeWidth": 2}
    words = {"color": palette.claimed, "fontSize": 12, "fontWeight": "bold"}
    if not claimed.end:
        rule = {"values": [{"value": claimed.value, "said": claimed.label}]}
        return [
            {
                "data": rule,
                "mark": {"type": "rule", **style},
                "encoding": {"y": _y()},
            },
            {
                "data": rule,
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -4, **words},
                "encoding": {"x": {"value": 0}, "y": _y(), "text": {"field": "said", "type": "nominal"}},
            },
        ]  # fmt: skip
    path = {
        "values": [
            {"day": claimed.start, "value": claimed.start_value, "said": ""},
            {"day": claimed.end, "value": claimed.value, "said": claimed.label},
        ]
    }
    end = [{"filter": "datum.said != ''"}]
    cross = {"shape": "cross", "size": 90, "filled": True, "opacity": 1, "color": palette.claimed}
    return [
        {"data": path, "mark": {"type": "line", **style}, "encoding": {"x": _x(), "y": _y()}},
        {
            "data": path,
            "transform": end,
            "mark": {"type": "point", **cross},
            "encoding": {"x": _x(), "y": _y()},
        },
        {
            "data": path,
            "transform": end,
            "mark": {"type": "text", "align": "right", "baseline": "middle", "dx": -12, "dy": -10, **words},
            "encoding": {"x": _x(), "y": _y(), "text": {"field": "said", "type": "nominal"}},
        },
    ]  # fmt: skip


def _expected(expected: Expected, palette: Palette) -> list[Spec]:
    """A diamond in its interval: no figure of the series, so none of its line."""
    values = [
        {
            "day": expected.day, "value": expected.value, "low": expected.low, "high": expected.high,
            "said": expected.label,
        }
    ]  # fmt: skip
    data, x = {"values": values}, _x()
    tone = {"color": palette.used}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35, **tone},
            "encoding": {"x": x, "y": {**_y(), "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": data,
            "mark": {"type": "point", "shape": "diamond", "size": 90, "filled": True, "opacity": 1, **tone},
            "encoding": {"x": x, "y": _y()},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "right", "baseline": "bottom", "dx": -8, "dy": -3,
                     "fontSize": 12, "fontWeight": "bold", **tone},
            "encoding": {"x": x, "y": {**_y(), "field": "high"}, "text": {"field": "said", "type": "nominal"}},
        },
    ]  # fmt: skip


def _described(
    traces: Sequence[Trace],
    unit: str,
    claimed: Claimed | None,
    expected: Expected | None,
    title: str,
) -> str:
    """The chart in a sentence, for whoever cannot see it."""
    parts = [title] if title else []
    for line in traces:
        if line.values:
            first, last = (
                f"{value:,.6g} in {label}"
                for value, label in (
                    (line.values[0], line.labels[0]),
                    (line.values[-1], line.labels[-1]),
                )
            )
            parts.append(f"{line.name} in {unit}: from {first} to {last}")
    if claimed:
        parts.append(claimed.label)
    if expected:
        interval = f"{expected.low:,.6g} to {expected.high:,.6g}"
        parts.append(f"{expected.label}: {expected.value:,.6g}, {interval}")
    return "; ".join(parts)


NEAR_END = 24
"""Pixels from an end of the axis within which a label is kept inside the picture."""


def _config(palette: Palette) -> Spec:
    text = {"labelColor": palette.faint, "titleColor": palette.faint, "labelFontSize": 12}
    return {
        "background": palette.paper,
        "font": palette.font,
        "view": {"stroke": None},
        "title": {
            "color": palette.faint,
            "subtitleColor": palette.faint,
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 12,
            "fontWeight": "normal",
            "offset": 8,
        },
        "axis": {
            **text,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": palette.grid,
            "domainColor": palette.grid,
            "tickColor": palette.grid,
        },
        "axisX": {"grid": False, "labelFlush": NEAR_END},
        "axisY": {"domain": False, "ticks": False},
        "legend": {**text, "symbolStrokeWidth": 3, "symbolSize": 300, "labelLimit": 420},
    }


def svg(spec: Spec) -> str:
    """The chart as SVG. Needs vl-convert; looks nothing up outside the specification."""
    import vl_convert  # noqa: PLC0415 - 40 ms, and only drawn charts need it

    return str(vl_convert.vegalite_to_svg(json.dumps(spec), VEGALITE, allowed_base_urls=[]))


def png(drawn: str, scale: float = 2.0) -> bytes:
    """An SVG as PNG."""
    import vl_convert  # noqa: PLC0415 - see above

    return bytes(vl_convert.svg_to_png(drawn, scale=scale))
