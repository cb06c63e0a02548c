"""Measures of chosen series as plain values: `saiken.measure/1`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from saiken import __version__
from saiken.reports.monitor_json import credited

if TYPE_CHECKING:
    from saiken.measures.connectedness import Connectedness
    from saiken.measures.projections import EventStudy
    from saiken.measures.wired.chosen import Chosen, Drifting

SCHEMA = "saiken.measure/1"
DIGITS = 6
"""Significant digits: what lies beyond differs by machine."""

Json = dict[str, Any]


def connectedness_json(of: Chosen, as_of: date, found: Connectedness) -> Json:
    return {**_head("connectedness", of, as_of), **table_json(found), **_foot(of)}


def frequencies_json(
    of: Chosen,
    as_of: date,
    bands: Sequence[tuple[float, float]],
    found: Sequence[Connectedness],
) -> Json:
    told = [
        {"shortest": low, "longest": high if math.isfinite(high) else None, **table_json(one)}
        for (low, high), one in zip(bands, found, strict=True)
    ]
    return {**_head("frequencies", of, as_of), "bands": told, **_foot(of)}


def drifting_json(of: Chosen, as_of: date, found: Drifting) -> Json:
    """The newest table, and the total and net of each period that the filter speaks of."""
    history = [
        {"day": date.fromordinal(int(day)).isoformat(), "total": _figure(total), "net": _row(net)}
        for day, total, net in zip(found.days, found.found.total, found.found.net, strict=True)
    ]
    return {
        **_head("drifting", of, as_of),
        **table_json(last(found.found)),
        "history": history,
        **_foot(of),
    }


def events_json(of: Chosen, as_of: date, on: Sequence[date], found: Sequence[EventStudy]) -> Json:
    told = [
        {
            "series": series,
            "unit": unit,
            "offsets": list(study.offsets),
            "mean": _row(study.mean),
            "cumulative": _row(study.cumulative),
            "error": _row(study.error),
            "used": [of.day(index).isoformat() for index in study.used],
            "left_out": [of.day(index).isoformat() for index in study.left_out],
            "abnormal": [_row(row) for row in study.abnormal],
        }
        for series, unit, study in zip(of.series, of.units, found, strict=True)
    ]
    asked = {"events": [day.isoformat() for day in on]}
    return {**_head("events", of, as_of), **asked, "responses": told, **_foot(of)}


def last(found: Connectedness) -> Connectedness:
    """The newest of several tables."""
    return type(found)(found.table[-1])


def table_json(found: Connectedness) -> Json:
    """Per cent: row i is what the forecast error of series i is due to."""
    return {
        "table": [_row(row) for row in found.table],
        "from": _row(found.received),
        "to": _row(found.given),
        "net": _row(found.net),
        "total": _figure(float(found.total)),
    }


def _head(measure: str, of: Chosen, as_of: date) -> Json:
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "measure": measure,
        "as_of": as_of.isoformat(),
        "series": [
            {"id": series, "changes_in": unit}
            for series, unit in zip(of.series, of.units, strict=True)
        ],
        "start": of.day(0).isoformat(),
        "end": of.day(-1).isoformat(),
        "changes": len(of.days),
    }


def _foot(of: Chosen) -> Json:
    figures = [asdict(used) | {"public": used.public.isoformat()} for used in of.used]
    return {"figures": figures, **credited(of.used)}


def _row(values: Any) -> list[float | None]:
    return [_figure(float(value)) for value in values]


def _figure(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
