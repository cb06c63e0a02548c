"""A series for a person: a line of its course, then its figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from saiken.archive.prints import Revised
from saiken.archive.view import Point
from saiken.publishers.catalog import Series
from saiken.reports.plot import chart
from saiken.reports.terminal import Screen, clean, number, sparkline, table
from saiken.reports.text import BASES
from saiken.terms.figure import Figure

MARK = "as later revised"


def series_text(
    entry: Series,
    points: Sequence[Point],
    as_of: str,
    footnotes: Sequence[str],
    screen: Screen,
    *,
    plot: bool = False,
) -> str:
    """Title, course and a table of `points` (oldest first, at least one); or a chart of them."""
    values = [point.value for point in points]
    low, high = min(points, key=lambda p: p.value), max(points, key=lambda p: p.value)
    if plot:
        ends = points[0].period.label, points[-1].period.label
        decimals = max(point.decimals for point in points)
        drawn = chart(values, ends, screen.width, decimals=decimals)
        body = [f"as of {as_of}: {len(points)} figures", "", *drawn]
        return "\n".join([*_title(entry, screen), *body, *_footer(footnotes, screen)]) + "\n"
    lines = [
        *_title(entry, screen),
        f"as of {as_of}: {len(points)} figures, {points[0].period.label} to {points[-1].period.label}",
        "",
        f"  {screen.paint(sparkline(values, max(20, screen.width - 4)), 'cyan')}",
        f"  low {_value(low)} ({low.period.label}), high {_value(high)} ({high.period.label})",
        "",
    ]
    changes = [None, *(b.value - a.value for a, b in pairwise(points))]
    rows = [("period", entry.unit, "change", "public since", "")]
    for point, change in zip(points, changes, strict=True):
        told = "" if change is None else f"{change:+,.{max(0, point.decimals)}f}"
        rows.append((point.period.label, _value(point), told, *_vintage(point)))
    return "\n".join([*lines, *table(rows, right=(1, 2)), *_footer(footnotes, screen)]) + "\n"


def vintages_text(
    entry: Series, figures: Sequence[Figure], footnotes: Sequence[str], screen: Screen
) -> str:
    """Every vintage of every period, in the order in which they became public."""
    rows = [("period", entry.unit, "public since", "how that is known", "status", "where")]
    for figure in figures:
        value = (
            "withdrawn" if figure.value is None else number(float(figure.value), figure.decimals)
        )
        rows.append(
            (
                figure.period.label,
                value,
                f"{figure.vintage_day or figure.vintage_at:%Y-%m-%d}",
                figure.vintage_basis.value.replace("_", " "),
                figure.status.value,
                f"{figure.artifact_sha256[:12]}, {figure.locator}",
            )
        )
    lines = [*_title(entry, screen), "", *table(rows, right=(1,)), *_footer(footnotes, screen)]
    return "\n".join(lines) + "\n"


def revisions_text(
    entry: Series, found: Sequence[Revised], footnotes: Sequence[str], screen: Screen
) -> str:
    """The first and the latest version of every figure of which several are held."""
    rows = [("period", "first", "public since", "latest", "public since", "change", "versions")]
    rows += [
        (
            one.period.label,
            *_version(one.first),
            *_version(one.latest),
            "" if one.change is None else f"{one.change:+,f}",
            f"{one.prints}",
        )
        for one in found
    ]
    told = table(rows, right=(1, 3, 5, 6)) if found else ["no figure has several versions"]
    return "\n".join([*_title(entry, screen), "", *told, *_footer(footnotes, screen)]) + "\n"


def _version(figure: Figure) -> tuple[str, str]:
    value = "withdrawn" if figure.value is None else number(float(figure.value), figure.decimals)
    return value, f"{figure.vintage_day or figure.vintage_at:%Y-%m-%d}"


def _title(entry: Series, screen: Screen) -> list[str]:
    notes = [entry.convention, f"sign: {entry.sign}" if entry.sign else ""]
    about = ", ".join([f"{entry.kind} in {entry.unit}", *(clean(note) for note in notes if note)])
    return [screen.paint(f"{clean(entry.title)}  ({entry.id})", "bold"), about]


def _footer(footnotes: Sequence[str], screen: Screen) -> list[str]:
    return ["", *(screen.paint(line, "dim") for text in footnotes for line in screen.wrapped(text))]


def _value(point: Point) -> str:
    return number(point.value, point.decimals)


def _vintage(point: Point) -> tuple[str, str]:
    how = BASES[point.basis]
    mark = f"{how}, {MARK}" if point.as_later_revised else how
    return f"{point.vintage_day:%Y-%m-%d}", mark
