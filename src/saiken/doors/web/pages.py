"""The pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from saiken.claims.check import Question
from saiken.claims.verdict import Report, Ruling
from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, DoorError
from saiken.doors.library import missing
from saiken.doors.web import calendar
from saiken.doors.web.api import sources_json, today
from saiken.doors.web.comparing import compare
from saiken.doors.web.desk import SURFACED, Ask, Desk, ask
from saiken.doors.web.forms import form_of
from saiken.doors.web.monitor import add_monitor
from saiken.doors.web.problems import told
from saiken.doors.web.render import APART, NOT_KEPT, Pages, attached, query
from saiken.doors.web.scenarios import DRAWS
from saiken.doors.web.stories import add_briefs, add_scenarios
from saiken.doors.web.watching import add_watching
from saiken.publishers import catalog
from saiken.publishers.catalog import Series
from saiken.reports.bundle import bundled
from saiken.reports.card import card_png
from saiken.reports.charts import PAPER, png, svg
from saiken.reports.csv_text import csv_text
from saiken.reports.exhibit import Exhibit, draw, exhibit_of
from saiken.reports.html import MARKS, answer_context, report_html
from saiken.reports.report_json import figure_json, report_json
from saiken.reports.words import MISREADINGS
from saiken.terms.period import Period

LINKED = 1500
"""Up to so many characters, a text fits into the address of its page."""

KINDS = ("html", "png", "json", "bundle")
LISTED = 100
SHOWN = 60
SPANS = {"1y": 1, "3y": 3, "10y": 10, "all": 0}

EXAMPLES = (
    ("Japan is dumping $1.2 trillion in U.S. debt", "2026-01-25"),
    ("China's holdings fell below $700 billion for the first time since 2008", "2026-01-25"),
    ("The UK overtook China as the second-largest foreign holder in March 2025", "2025-06-01"),
    ("Yields on 20-year, 30-year and 40-year JGBs have surged to record highs", "2026-01-25"),
)
DRAWN = (720, 340)


def make_pages(desk: Desk, pages: Pages, app: FastAPI, *, watches: bool = False) -> APIRouter:
    """Every page. `watches`: whether a watch list is kept here."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _checking(router, desk, pages)
    _looking(router, desk, pages)
    _drawing(router, desk)
    add_monitor(router, desk, pages)
    add_scenarios(router, desk, pages)
    add_briefs(router, desk, pages)
    add_watching(router, desk, pages, keeps=watches)
    _telling(router, desk, pages, app)
    return router


# -- Check ---------------------------------------------------------------------------------------


def _checking(router: APIRouter, desk: Desk, pages: Pages) -> None:
    def page(request: Request, given: dict[str, str]) -> Response:
        text = given.get("text", "")
        context: dict[str, Any] = {
            "text": text,
            "dated": given.get("dated", ""),
            "strict": bool(given.get("strict")),
            "examples": EXAMPLES,
            "report": None,
            "problem": None,
            "link": "",
        }
        status, headers = HTTPStatus.OK, {}
        as_of = today()
        try:
            as_of = read_day(given.get("as_of") or None, "as_of")
            if text.strip():
                asked = ask(
                    text, given.get("as_of"), given.get("dated"),
                    strict=context["strict"], surface=len(text) <= SURFACED,
                )  # fmt: skip
                report = desk.check(asked)
                link = _link(asked)
                context |= {**answer_context(report, desk.archive), "link": link}
                context["around"] = _around(desk, report)
                if link and request.headers.get("hx-request"):
                    headers["hx-push-url"] = link
        except DoorError as error:
            status, message, hint = told(error)
            context |= {"problem": (message, hint)}
            if len(text) > LINKED:
                context["text"] = ""
        context.setdefault("around", calendar.neighbours(desk.archive, as_of))
        body = pages.render(request, "check.html", as_of=as_of, **context)
        if request.method == "POST":
            headers |= NOT_KEPT
        return HTMLResponse(body, int(status), headers)

    @router.get("/")
    def check_link(request: Request) -> Response:
        return page(request, dict(request.query_params))

    @router.post("/")
    async def check_form(request: Request) -> Response:
        return await run_in_threadpool(page, request, await form_of(request))

    def download(given: dict[str, str], kind: str) -> Response:
        asked = ask(
            given.get("text", ""), given.get("as_of"), given.get("dated"),
            strict=bool(given.get("strict")),
        )  # fmt: skip
        report = desk.check(asked)
        name = f"saiken-{report.as_of}"
        if kind == "bundle":
            question = Question(asked.as_of, asked.dated, strict=asked.strict)
            return attached(
                bundled(asked.text, question, desk.archive)[1],
                f"{name}.bundle.json",
                "application/json",
            )
        if kind == "json":
            content = json.dumps(report_json(report), ensure_ascii=False, indent=2)
            return attached(content, f"{name}.json", "application/json")
        if kind == "html":
            return attached(report_html(report, desk.archive), f"{name}.html", "text/html")
        return attached(card_png(report, desk.archive), f"{name}.png", "image/png")

    @router.post("/report.{kind}")
    async def reportattached(request: Request, kind: str) -> Response:
        if kind not in KINDS:
            known = ", ".join(KINDS)
            raise DataMissingError(f"a report is not given as .{kind}", f"it is as {known}")
        return await run_in_threadpool(download, await form_of(request), kind)


def _link(asked: Ask) -> str:
    """The address that gives the same page again; "" for a text too long for one."""
    if len(asked.text) > LINKED:
        return ""
    told = query(
        text=asked.text,
        as_of=asked.as_of,
        dated=asked.dated if asked.dated != asked.as_of else "",
        strict="1" if asked.strict else "",
    )
    return f"/?{told}"


def _around(desk: Desk, report: Report) -> tuple[date | None, date | None]:
    """The nearest days on which a verdict of the report may have been, or may become, another."""
    before, after = calendar.neighbours(
        desk.archive, report.as_of, calendar.of_report(report) or None
    )
    told = [v.next_release for v in report.verdicts if v.next_release]
    coming = [day for day in (*told, after) if day and report.as_of < day <= today()]
    return before, min(coming, default=None)


# -- Series, vintages ----------------------------------------------------------------------------


def _looking(router: APIRouter, desk: Desk, pages: Pages) -> None:
    @router.get("/series")
    def search(request: Request, q: str = "", as_of: str = "") -> str:
        day = read_day(as_of or None, "as_of")
        found = desk.find(q[:200])
        rows = [(entry, _latest(desk, entry, day)) for entry in found[:LISTED]]
        return pages.render(
            request, "search.html", as_of=day, q=q[:200], rows=rows, found=len(found),
            around=calendar.neighbours(desk.archive, day),
        )  # fmt: skip

    @router.get("/series/{series:path}")
    def one(request: Request, series: str, as_of: str = "", span: str = "10y") -> str:
        day, span = read_day(as_of or None, "as_of"), span if span in SPANS else "10y"
        entry = _entry(desk, series)
        view = desk.archive.view(series, day)
        points = [view.point_at(i) for i in range(len(view))[-SHOWN:]] if view else []
        since = _back(day, SPANS[span])
        return pages.render(
            request, "series.html", as_of=day, entry=entry, points=points, span=span, spans=SPANS,
            exhibit=Exhibit((series,), day, since),
            breaks=catalog.load().breaks_of(series),
            owner=catalog.load().owner(entry),
            count=len(view) if view else 0,
            around=calendar.neighbours(desk.archive, day, {entry.calendar}),
        )  # fmt: skip

    @router.get("/series.csv")
    def download(series: str, as_of: str = "", since: str = "") -> Response:
        day, entry = read_day(as_of or None, "as_of"), _entry(desk, series)
        view = desk.archive.view(series, day)
        first = _period(since).start if since else None
        chosen = (
            [i for i in range(len(view)) if not first or view.period(i).end >= first]
            if view
            else []
        )
        rows = [figure_json(view.point_at(i)) for i in chosen] if view else []
        credit = catalog.load().owner(entry).credit
        header = [*rows[0], "credit"] if rows else ["series"]
        text = csv_text(header, [[*row.values(), credit] for row in rows])
        return attached(text, f"{series.replace('/', '_')}-{day}.csv", "text/csv")

    @router.get("/compare")
    def vintages(
        request: Request, series: str = "tic/holdings/CN", as_of: str = "", also: str = ""
    ) -> str:
        day = read_day(as_of or None, "as_of")
        other = read_day(also, "also") if also else max(day - timedelta(days=365), date(1980, 1, 1))
        entry = _entry(desk, series.strip())
        found = compare(desk.archive, entry.id, day, other)
        first, last = sorted((day, other))
        shown = Exhibit((entry.id,), first, found.since, also=last)
        return pages.render(
            request, "compare.html", as_of=day, also=other, entry=entry, found=found, exhibit=shown,
            owner=catalog.load().owner(entry),
            around=calendar.neighbours(desk.archive, day, {entry.calendar}),
        )  # fmt: skip

    @router.get("/compare.csv")
    def differences(series: str, as_of: str = "", also: str = "") -> Response:
        day, entry = read_day(as_of or None, "as_of"), _entry(desk, series)
        found = compare(desk.archive, entry.id, day, read_day(also or None, "also"))
        header = (
            "series",
            "period",
            str(found.earlier),
            str(found.later),
            "revision",
            "public since",
        )
        rows = [
            (
                entry.id, item.period.label,
                item.earlier.value if item.earlier else "", item.later.value if item.later else "",
                "" if item.change is None else round(item.change, max(0, item.decimals)),
                item.later.vintage_day if item.later else "",
            )
            for item in found.differences
        ]  # fmt: skip
        name = f"{entry.id.replace('/', '_')}-{found.earlier}-{found.later}.csv"
        return attached(csv_text(header, rows), name, "text/csv")


def _entry(desk: Desk, series: str) -> Series:
    """The catalog's entry of a series that is held. Raises UnknownSeries, DataMissingError."""
    if not desk.archive.holds(series):
        desk.archive.view(series, today())  # says what is nearest, where no family has such an id
        raise missing(series, desk.archive)
    entry = catalog.load().entry(series)
    if entry is None:
        raise missing(series, desk.archive)
    return entry


def _latest(desk: Desk, entry: Series, day: date) -> Any:
    view = desk.archive.view(entry.id, day)
    return view.point_at(len(view) - 1) if view else None


def _back(day: date, years: int) -> str:
    return f"{max(1, day.year - years):04}-{day.month:02}" if years else ""


def _period(label: str) -> Period:
    try:
        return Period.parse(label)
    except ValueError as error:
        raise BadInputError(str(error), "write 2025, 2025-Q3, 2025-11 or 2025-11-03") from None


# -- Charts --------------------------------------------------------------------------------------


def _drawing(router: APIRouter, desk: Desk) -> None:
    def asked(request: Request) -> Exhibit:
        try:
            found = exhibit_of(request.query_params)
        except ValueError as error:
            raise BadInputError(f"no chart: {error}", "take the link from a page") from None
        read_day(found.as_of, "as_of")
        return found

    def spec(request: Request, **how: Any) -> dict[str, Any]:
        found = draw(asked(request), desk.archive, **how)
        if found is None:
            raise DataMissingError("no figure of it had been published by then", "move the date")
        return found

    @router.get("/chart.json")
    def chart_json(request: Request) -> Response:
        return Response(json.dumps(spec(request)), media_type="application/json")

    @router.get("/chart.svg")
    def chart_svg(request: Request) -> Response:
        drawn = svg(spec(request, palette=PAPER, size=DRAWN))
        return Response(drawn, media_type="image/svg+xml", headers=dict(APART))

    @router.get("/chart.png")
    def chart_png(request: Request) -> Response:
        return Response(png(svg(spec(request, palette=PAPER, size=DRAWN))), media_type="image/png")


# -- Sources, method, interface --------------------------------------------------------


def _telling(router: APIRouter, desk: Desk, pages: Pages, app: FastAPI) -> None:
    @router.get("/sources")
    def sources(request: Request, as_of: str = "") -> str:
        day = read_day(as_of or None, "as_of")
        told = sources_json(desk)
        return pages.render(
            request, "sources.html", as_of=day, sources=told, built=desk.archive.built_at,
            files=_by_publisher(told["files"]),
            around=calendar.neighbours(desk.archive, day),
        )  # fmt: skip

    @router.get("/method")
    def method(request: Request) -> str:
        return pages.render(
            request,
            "method.html",
            rulings=list(Ruling),
            marks=MARKS,
            misreadings=MISREADINGS,
            draws=DRAWS,
        )

    @router.get("/api")
    def interface(request: Request) -> str:
        return pages.render(request, "api.html", spec=app.openapi())

    @router.get("/api/")
    def slashed() -> Response:
        return RedirectResponse("/api", HTTPStatus.PERMANENT_REDIRECT)


def _by_publisher(files: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        found.setdefault(file["publisher"], []).append(file)
    return found
