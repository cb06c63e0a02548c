"""The pages that tell a story: scenarios and briefs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from saiken.archive.errors import Busy
from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, DoorError
from saiken.doors.places import read_country
from saiken.doors.web import calendar
from saiken.doors.web.desk import Desk
from saiken.doors.web.problems import told
from saiken.doors.web.render import APART, Pages, attached, query
from saiken.doors.web.scenarios import (
    DRAWS,
    FIRST,
    Choice,
    Shown,
    Stage,
    choice,
    holders,
    prices,
    spoken,
)
from saiken.reports.brief import NothingHeldError, write
from saiken.reports.brief.article import Brief, Section
from saiken.reports.brief.data import brief_json
from saiken.reports.brief.markdown import markdown
from saiken.reports.brief.page import brief_context, brief_html
from saiken.reports.charts import png
from saiken.reports.csv_text import csv_text
from saiken.reports.exhibit import BEFORE, LINES, Exhibit
from saiken.reports.pdf import PrintError, printed
from saiken.scenarios.answer import as_json
from saiken.scenarios.scenario import shipped
from saiken.terms import places

LONGEST = 1500
"""Characters of a claim that a brief answers."""


# -- Scenarios -----------------------------------------------------------------------------------


def add_scenarios(router: APIRouter, desk: Desk, pages: Pages) -> None:
    stage = Stage(desk.archive)

    def shown(request: Request) -> Shown:
        day = read_day(request.query_params.get("as_of") or None, "as_of")
        return stage.show(choice(request.query_params), day)

    @router.get("/scenario")
    def scenario(request: Request) -> Response:
        given, problem, found, status = request.query_params, None, None, HTTPStatus.OK
        day, chosen = read_day(given.get("as_of") or None, "as_of"), Choice(FIRST)
        try:
            chosen = choice(given)
            found = stage.show(chosen, day)
        except BadInputError as error:
            status, *problem = told(error)
        asked = query(
            as_of=day, **{key: value for key, value in asdict(chosen).items() if value is not None}
        )
        page = pages.render(
            request, "scenario.html", as_of=day, chosen=chosen, shown=found, problem=problem,
            shipped=shipped(), holders=_holders(chosen, found), spoken=spoken, told=asked,
            command=_command(chosen, day),
            around=calendar.neighbours(desk.archive, day),
        )  # fmt: skip
        return HTMLResponse(page, int(status))

    @router.get("/scenario.svg")
    def fans(request: Request) -> Response:
        picture = shown(request).fans(prices(request.query_params.get("prices", "")))
        return Response(picture, media_type="image/svg+xml", headers=dict(APART))

    @router.get("/scenario.png")
    def picture(request: Request) -> Response:
        return Response(png(shown(request).fans(), scale=1.5), media_type="image/png")

    @router.get("/scenario.csv")
    def table(request: Request) -> Response:
        found = shown(request).answer
        rows = [
            (move.series, move.unit, name, *(round(value, 3) for value in band))
            for move in found.moves
            for name, band in (
                (f"after {found.lasts} months", move.off_shock),
                (f"after {found.lasts} months, with backstops", move.on_shock),
                (f"after {found.horizon} months", move.off_end),
            )
        ]
        name = f"saiken-{found.name}-{found.as_of}.csv"
        return attached(
            csv_text(("price", "unit", "when", "5 %", "median", "95 %"), rows), name, "text/csv"
        )

    @router.get("/scenario.json")
    def scenario_json(request: Request) -> Response:
        content = json.dumps(as_json(shown(request).answer), ensure_ascii=False, indent=1)
        return Response(content, media_type="application/json")


def _holders(chosen: Choice, found: Shown | None) -> list[tuple[str, str]]:
    return holders(found.scenario.sale.holder if found else chosen.holder or "")


def _command(chosen: Choice, day: date) -> str:
    """How the command line is asked the same."""
    parts = [f"saiken simulate {chosen.name}"]
    parts += [f"--holder {shlex.quote(chosen.holder)}"] if chosen.holder else []
    parts += [f"--amount {chosen.amount:g}bn"] if chosen.amount else []
    parts += [f"--over {chosen.over}m"] if chosen.over else []
    parts += [f"--hedge {chosen.hedge:g}"] if chosen.hedge is not None else []
    return " ".join([*parts, f"--as-of {day} --draws {DRAWS}"])


# -- Briefs --------------------------------------------------------------------------------------


def add_briefs(router: APIRouter, desk: Desk, pages: Pages) -> None:
    def written(given: Mapping[str, str]) -> Brief:
        day = read_day(given.get("as_of") or None, "as_of")
        country = read_country(given.get("country") or "japan")
        claim = given.get("claim", "")[:LONGEST]
        try:
            return write(country, day, desk.archive, claim)
        except NothingHeldError:
            told = f"no figure of {country} had been published by {day}"
            raise DataMissingError(told, "move the date on, or name another country") from None

    @router.get("/brief")
    def brief(request: Request) -> Response:
        given, found, problem, status = request.query_params, None, None, HTTPStatus.OK
        day = read_day(given.get("as_of") or None, "as_of")
        context: dict[str, Any] = {}
        try:
            found = written(given)
            context = brief_context(found)
        except DoorError as error:
            status, *problem = told(error)
        page = pages.render(
            request, "brief_page.html", as_of=day, problem=problem, found=found,
            country=given.get("country") or "Japan", claim=given.get("claim", "")[:LONGEST],
            countries=_countries(desk), charted=lambda section: pictured(section, day),
            told=query(country=found.code if found else "", as_of=day, claim=given.get("claim", "")),
            around=calendar.neighbours(desk.archive, day), **context,
        )  # fmt: skip
        return HTMLResponse(page, int(status))

    @router.get("/brief.{kind}")
    def brief_file(request: Request, kind: str) -> Response:
        found = written(request.query_params)
        name = f"saiken-{found.code}-{found.as_of}.{kind}"
        match kind:
            case "md":
                return attached(markdown(found), name, "text/markdown; charset=utf-8")
            case "html":
                return attached(brief_html(found, desk.archive), name, "text/html")
            case "pdf":
                return attached(_printed(brief_html(found, desk.archive)), name, "application/pdf")
            case "json":
                text = json.dumps(brief_json(found), ensure_ascii=False, indent=2)
                return attached(text, name, "application/json")
        raise DataMissingError(
            f"a brief is not given as .{kind}", "it is as .md, .html, .pdf and .json"
        )


_press = Lock()


def _printed(html: str) -> bytes:
    """The page as a PDF; one at a time, as each takes a browser."""
    if not _press.acquire(timeout=15):
        raise Busy("other briefs are being printed", "ask again in a few seconds")
    try:
        return printed(html)
    except PrintError as error:
        raise DataMissingError(error.message, error.hint) from None
    finally:
        _press.release()


def pictured(section: Section, day: date) -> Exhibit | None:
    """The chart of a section of a brief; None where it has none."""
    points = [p for sentence in section.sentences for p in sentence.fact.points]
    periods = [point.period for point in points if point.series in section.charted]
    if not periods:
        return None
    newest = max(periods, key=lambda period: period.end)
    since = newest.shift(-BEFORE.get(newest.frequency, 60))
    return Exhibit(tuple(section.charted)[:LINES], day, since.label)


def _countries(desk: Desk) -> list[str]:
    names = places.countries()
    codes = (name.rpartition("/")[2] for name in desk.archive.series_ids("tic/holdings/"))
    return sorted(names[code] for code in codes if code in names)
