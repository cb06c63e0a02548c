"""The monitor page: a country's chain from left to right, each link a few gauges in their history."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from saiken.doors.dates import read_day
from saiken.doors.errors import DataMissingError, DoorError
from saiken.doors.monitoring import holders
from saiken.doors.places import currency_of, read_country
from saiken.doors.web import calendar
from saiken.doors.web.desk import Desk
from saiken.doors.web.problems import told
from saiken.doors.web.render import Pages, attached, query
from saiken.measures.stress import BANDS
from saiken.measures.wired.chain import Chain, chain
from saiken.measures.wired.links import Place
from saiken.measures.wired.overview import overview
from saiken.reports.csv_text import csv_text
from saiken.reports.monitor_json import chain_json
from saiken.reports.monitor_text import DECIMALS
from saiken.terms import places

SHOWN = 6
LARGEST = 12
GAUGE = ("link", "gauge", "value", "unit", "day", "percentile", "since", "band")
COURSE = (120, 26)
"""Width and height of a gauge's course, in the units of its picture."""


def course(values: Sequence[float]) -> str:
    """The points of a line through `values`, fitted into COURSE."""
    width, height = COURSE
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    steps = max(1, len(values) - 1)
    return " ".join(
        f"{width * place / steps:.1f},{2 + (height - 4) * (high - value) / span:.1f}"
        for place, value in enumerate(values)
    )


def decimals(unit: str) -> int:
    return DECIMALS.get(unit, 2)


def add_monitor(router: APIRouter, desk: Desk, pages: Pages) -> None:
    def found(request: Request) -> Chain:
        given = request.query_params
        day = read_day(given.get("as_of") or None, "as_of")
        code = read_country(given.get("country") or "japan")
        made = chain(desk.archive, day, Place(code, currency_of(code, day)))
        if not any(link.gauges for link in made.links):
            raise DataMissingError(f"no figures had been published by {day}", "move the date on")
        return made

    @router.get("/monitor")
    def monitor(request: Request) -> Response:
        given, problem, status = request.query_params, None, HTTPStatus.OK
        day = read_day(given.get("as_of") or None, "as_of")
        shown: dict[str, Any] = {
            "chain": None,
            "sources": {},
            "name": given.get("country") or "Japan",
        }
        try:
            made = found(request)
            shown = {
                "chain": made,
                "sources": chain_json(made),
                "name": places.name(made.place.code),
                "told": query(country=made.place.code, as_of=day),
            }
        except DoorError as error:
            status, *problem = told(error)
        rows = overview(desk.archive, day, holders(desk.archive, day))[:LARGEST]
        page = pages.render(
            request, "monitor.html", as_of=day, problem=problem, rows=rows, most=SHOWN,
            countries=[places.name(row.code) for row in rows], name_of=places.name,
            course=course, decimals=decimals, bands=BANDS,
            around=calendar.neighbours(desk.archive, day), **shown,
        )  # fmt: skip
        return HTMLResponse(page, int(status))

    @router.get("/monitor.json")
    def monitor_json(request: Request) -> Response:
        return JSONResponse(chain_json(found(request)))

    @router.get("/monitor.csv")
    def monitor_csv(request: Request) -> Response:
        made = found(request)
        rows = [
            (link.title, gauge.title, round(gauge.value, 6), gauge.unit, gauge.day, round(gauge.percentile, 2), gauge.since, gauge.word or "")
            for link in made.links
            for gauge in link.gauges
        ]  # fmt: skip
        name = f"saiken-{made.place.code}-{made.as_of}.csv"
        return attached(csv_text(GAUGE, rows), name, "text/csv")
