"""Measures of chosen series for a person."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from saiken.reports.measure_json import last
from saiken.reports.monitor_json import credited
from saiken.reports.terminal import Screen, clean, sparkline, table

if TYPE_CHECKING:
    from saiken.measures.connectedness import Connectedness
    from saiken.measures.projections import EventStudy
    from saiken.measures.wired.chosen import Chosen, Drifting

READ = "Per cent of each row's forecast errors that are due to each column. No cause is shown."


def connectedness_text(of: Chosen, found: Connectedness, screen: Screen) -> str:
    return _whole(of, screen, "Connectedness", [*_table(of, found), "", READ])


def frequencies_text(
    of: Chosen,
    bands: Sequence[tuple[float, float]],
    found: Sequence[Connectedness],
    screen: Screen,
) -> str:
    lines: list[str] = []
    for (low, high), one in zip(bands, found, strict=True):
        upto = f"to {high:g}" if math.isfinite(high) else "and longer"
        lines += [screen.paint(f"cycles of {low:g} {upto} periods", "bold"), *_table(of, one), ""]
    note = f"{READ} The bands add up to the whole; each is that part of it."
    return _whole(of, screen, "Connectedness by length of cycle", [*lines, note])


def drifting_text(of: Chosen, found: Drifting, screen: Screen) -> str:
    total = [float(value) for value in found.found.total]
    first = date.fromordinal(int(found.days[0]))
    course = f"total since {first}: {min(total):.1f} to {max(total):.1f} %  {sparkline(total, 40)}"
    lines = [*_table(of, last(found.found)), "", course, "", f"{READ} Coefficients drift by day."]
    return _whole(of, screen, f"Connectedness on {of.day(-1)}", lines)


def events_text(of: Chosen, found: Sequence[EventStudy], screen: Screen) -> str:
    lines: list[str] = []
    for series, unit, study in zip(of.series, of.units, found, strict=True):
        days = ", ".join(str(of.day(index)) for index in study.used)
        lines += [screen.paint(f"{clean(series)}, {unit}", "bold"), f"events: {days}"]
        if study.left_out:
            gone = ", ".join(str(of.day(index)) for index in study.left_out)
            lines.append(f"left out, without a whole window: {gone}")
        rows = [("period", "abnormal", "cumulative", "± error")]
        rows += [
            (f"{offset:+d}", f"{mean:+.2f}", f"{total:+.2f}", f"{error:.2f}")
            for offset, mean, total, error in zip(
                study.offsets, study.mean, study.cumulative, study.error, strict=True
            )
        ]
        lines += [*table(rows, right=range(4)), ""]
    note = (
        "Abnormal: beyond the usual change before the event. What else happened then is in it too."
    )
    return _whole(of, screen, "Around events", [*lines, note])


def _whole(of: Chosen, screen: Screen, title: str, body: Sequence[str]) -> str:
    span = f"{len(of.days)} common changes, {of.day(0)} to {of.day(-1)}"
    lines = [screen.paint(title, "bold"), span, "", *_wrapped(body, screen), ""]
    for credit in credited(of.used)["credits"]:
        lines += [screen.paint(line, "dim") for line in screen.wrapped(credit)]
    return "\n".join(lines) + "\n"


def _wrapped(body: Sequence[str], screen: Screen) -> Iterator[str]:
    for line in body:
        yield from screen.wrapped(line) if line.startswith((READ[:12], "Abnormal")) else [line]


def _table(of: Chosen, found: Connectedness) -> list[str]:
    names = [f"{index + 1} {clean(series)}" for index, series in enumerate(of.series)]
    head = ("", *(str(index + 1) for index in range(len(names))), "from", "to", "net")
    rows = [head]
    for index, name in enumerate(names):
        cells = (*found.table[index], found.received[index], found.given[index])
        shown = (f"{value:.1f}" for value in cells)
        rows.append((name, *shown, f"{found.net[index]:+.1f}"))
    return [*table(rows, right=range(1, len(head))), f"total {float(found.total):.1f}"]
