"""The watch list and release calendar: kept claims judged as of the day, and what is due for them.

The list is a file of the user's own (`claims.watching`): no account, no cookie. It is kept where only
this machine can ask. A form that changes it carries a token that no page from elsewhere can read.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from saiken.archive.errors import StoreError
from saiken.claims.verdict import Report, Ruling
from saiken.claims.watching import LONGEST, Watched, WatchError, unwatch, watch, watched
from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError
from saiken.doors.web import calendar
from saiken.doors.web.api import today
from saiken.doors.web.desk import Ask, Desk
from saiken.doors.web.forms import form_of
from saiken.doors.web.render import NOT_KEPT, Pages, attached, query
from saiken.publishers import calendars
from saiken.reports.html import GRAVITY
from saiken.reports.report_json import report_json
from saiken.reports.terminal import whole

SCHEMA = "saiken.watched/1"
TOKEN = secrets.token_urlsafe(24)
"""Of this run of the server; in every form that changes the list."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A kept claim as of a day.

    was     the ruling on the eve of `since`, the last release of its figures, if it was another
    due     when figures that it waits for, or rests on, come out next; None where no day is known
    brings  what comes out on that day, where a calendar tells
    daily   whether figures that it rests on are printed every trading day
    address the page of its answer
    """

    kept: Watched
    report: Report
    was: Ruling | None
    since: date | None
    due: date | None
    brings: calendar.Due | None
    daily: bool
    address: str

    @property
    def reason(self) -> str:
        """Why, of the verdict that speaks for the text."""
        speaking = min(
            self.report.verdicts, key=lambda verdict: GRAVITY.index(verdict.ruling), default=None
        )
        return (
            next(iter(speaking.reasons), "") if speaking else "Nothing in it that can be checked."
        )


def judged(desk: Desk, kept: Watched, day: date) -> Judged:
    """Judge a kept claim as of a day, and as of the eve of the last release of its figures."""
    report = desk.check(Ask(whole(kept.text), day, kept.dated))
    names = calendar.of_report(report)
    last, _ = calendar.neighbours(desk.archive, day + timedelta(days=1), names) if names else (None, None)  # fmt: skip
    was = None
    if last and last - timedelta(days=1) >= kept.dated:
        eve = desk.check(Ask(whole(kept.text), last - timedelta(days=1), kept.dated))
        was = eve.overall if eve.overall is not report.overall else None
    told = query(text=kept.text, as_of=day, dated=kept.dated if kept.dated != day else "")
    coming = calendar.coming(desk.archive, day, names)
    waits = [v for v in report.verdicts if v.ruling is Ruling.NOT_PUBLISHED_YET]
    days = [v.next_release for v in waits if v.next_release]
    due = min(days or (item.release.day for item in coming), default=None)
    brings = next((item for item in coming if item.release.day == due), None)
    daily = any(map(calendars.is_daily, names))
    return Judged(kept, report, was, last, due, brings, daily, f"/?{told}")


def add_watching(router: APIRouter, desk: Desk, pages: Pages, *, keeps: bool) -> None:
    """`keeps`: whether a list is kept here; else the page is the calendar alone."""
    pages.offer(watch_token=TOKEN if keeps else "")

    def listed(day: date) -> Iterator[Judged]:
        return (judged(desk, one, day) for one in reversed(watched()))

    @router.get("/watch")
    def page(request: Request, as_of: str = "") -> Response:
        day, problem = read_day(as_of or None, "as_of"), None
        rows: list[Judged] = []
        try:
            rows = list(listed(day)) if keeps else []
        except StoreError as error:
            problem = (error.message, error.hint)
        told = pages.render(
            request, "watch.html", as_of=day, keeps=keeps, rows=rows, problem=problem,
            longest=LONGEST, coming=calendar.due(desk.archive, day),
            past=calendar.past(desk.archive, day), around=calendar.neighbours(desk.archive, day),
        )  # fmt: skip
        return HTMLResponse(told, headers=NOT_KEPT if keeps else None)

    @router.get("/calendar")
    def moved(request: Request) -> Response:
        told = request.url.query
        return RedirectResponse("/watch" + (f"?{told}" if told else ""), HTTPStatus.PERMANENT_REDIRECT)  # fmt: skip

    @router.get("/calendar.ics")
    def every_release(as_of: str = "") -> Response:
        day = read_day(as_of or None, "as_of")
        return _ics(calendar.due(desk.archive, day))

    if not keeps:
        return

    @router.get("/watch.ics")
    def own_releases(as_of: str = "") -> Response:
        day = read_day(as_of or None, "as_of")
        names = {name for one in listed(day) for name in calendar.of_report(one.report)}
        return _ics(calendar.coming(desk.archive, day, names))

    @router.get("/watch.json")
    def told(as_of: str = "") -> Response:
        day = read_day(as_of or None, "as_of")
        claims = [_plain(one) for one in listed(day)]
        content = {"schema": SCHEMA, "as_of": day.isoformat(), "claims": claims}
        return JSONResponse(content, headers=dict(NOT_KEPT))

    def add(given: dict[str, str]) -> Response:
        day = read_day(given.get("as_of") or None, "as_of")
        dated = read_day(given["dated"], "dated") if given.get("dated") else day
        try:
            watch(given.get("text", ""), dated, today())
        except WatchError as error:
            raise BadInputError(error.message, error.hint) from None
        return _back(given)

    def remove(given: dict[str, str]) -> Response:
        if not unwatch(given.get("id", "")):
            raise DataMissingError("no such claim is watched", "it may have been removed already")
        return _back(given)

    @router.post("/watch")
    async def keep(request: Request) -> Response:
        return await run_in_threadpool(add, _own(await form_of(request)))

    @router.post("/watch/remove")
    async def let_go(request: Request) -> Response:
        return await run_in_threadpool(remove, _own(await form_of(request)))


def _own(given: dict[str, str]) -> dict[str, str]:
    """The fields of a form of ours. A page from elsewhere can post here, but does not know the token."""
    if not secrets.compare_digest(given.get("token", "").encode(), TOKEN.encode()):
        raise BadInputError(
            "the form is not of this server, or of an earlier run of it",
            "load the page again and send it from there",
        )
    return given


def _back(given: dict[str, str]) -> Response:
    """To the list, as of the day that the form was sent from."""
    told = query(as_of=given.get("as_of", ""))
    return RedirectResponse(f"/watch?{told}".rstrip("?"), HTTPStatus.SEE_OTHER, dict(NOT_KEPT))


def _ics(items: list[calendar.Due]) -> Response:
    text = calendar.icalendar(items, datetime.now(UTC))
    return attached(text, "saiken.ics", "text/calendar; charset=utf-8")


def _plain(one: Judged) -> dict[str, Any]:
    kept = one.kept
    return {
        "id": kept.id,
        "text": kept.text,
        "dated": kept.dated.isoformat(),
        "added": kept.added.isoformat(),
        "overall": one.report.overall.value,
        "was": one.was.value if one.was else None,
        "since": one.since.isoformat() if one.since else None,
        "due": one.due.isoformat() if one.due else None,
        "report": report_json(one.report),
    }
