"""The REST interface: the answers of the command line, under /api."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from saiken.doors.dates import FORMS, read_day
from saiken.doors.errors import BadInputError, DataMissingError
from saiken.doors.library import missing
from saiken.doors.listing import entry_json
from saiken.doors.web import calendar
from saiken.doors.web.desk import MAX_TEXT, Desk, ask
from saiken.doors.web.problems import MEDIA_TYPE, SCHEMA
from saiken.publishers import catalog
from saiken.reports.report_json import figure_json, report_json, vintage_json
from saiken.terms.period import Period

Json = dict[str, Any]

MAX_FIGURES = 20_000
DAY = r"^\d{4}(-\d\d(-\d\d)?)?$"
PERIOD = r"^\d{4}(-(Q[1-4]|\d\d(-\d\d)?))?$"

AsOf = Annotated[
    str | None,
    Query(pattern=DAY, description="use only what had been published by this day (default: today)"),
]


class Question(BaseModel):
    """What is to be checked."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=MAX_TEXT, description="a sentence, post or article")
    as_of: str | None = Field(
        None, pattern=DAY, description="only what had been published by this day counts"
    )
    dated: str | None = Field(
        None, pattern=DAY, description="the day of the text itself; the same as as_of by default"
    )
    strict: bool = Field(
        default=False, description="refuse figures of which only a later revision is held"
    )
    surface: bool = Field(
        default=False, description="tell how many other windows of a series are as strong"
    )


def _answers(what: str, required: tuple[str, ...]) -> dict[int | str, Json]:
    """The responses of an operation, for OpenAPI."""
    schema = {
        "type": "object",
        "required": list(required),
        "properties": {"schema": {"type": "string"}},
    }
    problems = {
        400: "what is asked makes no sense",
        404: "nothing of it is held",
        413: "more than the server takes at once",
        422: "not of the form that is asked for",
        429: "too many requests",
        503: "no figures can be read",
    }
    return {
        200: {"description": what, "content": {"application/json": {"schema": schema}}},
        **{
            status: {"description": told, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
            for status, told in problems.items()
        },
    }


def make_api(desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/api", default_response_class=JSONResponse)

    @router.post(
        "/check",
        summary="Check a text",
        responses=_answers("saiken.report/1", ("schema", "as_of", "overall", "claims", "unread")),
    )
    def check_text(question: Question) -> JSONResponse:
        """Judge every claim of a text on what had been published by a day."""
        asked = ask(
            question.text, question.as_of, question.dated,
            strict=question.strict, surface=question.surface,
        )  # fmt: skip
        return JSONResponse(report_json(desk.check(asked)), headers={"cache-control": "no-store"})

    @router.get(
        "/series",
        summary="Search series",
        responses=_answers("saiken.catalog/1", ("schema", "found", "series")),
    )
    def search(
        q: Annotated[str, Query(max_length=200, description="words that must all occur")] = "",
        limit: Annotated[int, Query(ge=1, le=5000, description="how many at most")] = 100,
    ) -> Json:
        """Series of which figures are held, by words of their id, title or names."""
        found = desk.find(q)
        told = [entry_json(entry) for entry in found[:limit]]
        return {"schema": "saiken.catalog/1", "found": len(found), "series": told}

    @router.get(
        "/series/{series:path}",
        summary="One series",
        responses=_answers("saiken.series/1", ("schema", "series", "title", "unit", "credits")),
    )
    def one_series(
        series: Annotated[str, Path(description="its id, such as tic/holdings/JP")],
        as_of: AsOf = None,
        since: Annotated[str | None, Query(pattern=PERIOD, description="from this period")] = None,
        until: Annotated[str | None, Query(pattern=PERIOD, description="to this period")] = None,
        *,
        strict: Annotated[bool, Query(description="leave out figures as later revised")] = False,
        vintages: Annotated[bool, Query(description="every version held of every figure")] = False,
    ) -> Json:
        """A series as it stood on a day, or all its vintages; the newest 20,000 at most."""
        first, last = _bound(since), _bound(until)
        if vintages:
            figures = desk.archive.vintages(series)
            if not figures:
                raise missing(series, desk.archive)
            rows = [vintage_json(f) for f in figures if _within(f.period, first, last)]
            return _told(series, {}, "vintages", rows[-MAX_FIGURES:])
        known = read_day(as_of, "as_of")
        view = desk.archive.view(series, known, strict)
        if view is None:
            raise missing(series, desk.archive)
        chosen = [i for i in range(len(view)) if _within(view.period(i), first, last)]
        rows = [figure_json(view.point_at(i)) for i in chosen[-MAX_FIGURES:]]
        return _told(series, {"as_of": known.isoformat(), "strict": strict}, "figures", rows)

    @router.get(
        "/sources",
        summary="Publishers and files",
        responses=_answers("saiken.sources/1", ("schema", "publishers", "files")),
    )
    def sources() -> Json:
        """Whose figures these are, their terms and credits, and every file they come from."""
        return sources_json(desk)

    @router.get(
        "/releases",
        summary="Release calendar",
        responses=_answers("saiken.releases/1", ("schema", "as_of", "last", "next")),
    )
    def releases(as_of: AsOf = None) -> Json:
        """The last release of each calendar by a day, and those of the two months after it."""
        day = read_day(as_of, "as_of")
        return {
            "schema": "saiken.releases/1",
            "as_of": day.isoformat(),
            "last": [_release(item) for item in calendar.past(desk.archive, day)],
            "next": [_release(item) for item in calendar.due(desk.archive, day)],
        }

    return router


def sources_json(desk: Desk) -> Json:
    archive, known = desk.archive, catalog.load()
    held = Counter(e.publisher for e in map(known.entry, archive.series_ids()) if e)
    return {
        "schema": "saiken.sources/1",
        "snapshot": {
            "built_at": archive.built_at.isoformat() if archive.built_at else None,
            "newest": archive.newest.isoformat() if archive.newest else None,
        },
        "publishers": [
            {
                "publisher": owner.id,
                "name": owner.name,
                "series": held[owner.id],
                "terms": owner.terms,
                "credit": owner.credit,
                "caveat": owner.caveat,
            }
            for owner in known.publishers.values()
        ],
        "files": [
            {
                "name": file.name,
                "publisher": file.publisher,
                "table": file.table,
                "sha256": file.sha256,
                "url": file.url,
                "fidelity": file.fidelity,
                "terms": file.terms,
            }
            for file in archive.artifacts()
        ],
    }


def _told(series: str, about: Json, kind: str, rows: list[Json]) -> Json:
    entry = catalog.load().entry(series)
    if entry is None:
        raise DataMissingError(f"unknown series: {series}", "search with /api/series?q=…")
    owner = catalog.load().owner(entry)
    return {
        "schema": "saiken.series/1",
        "series": entry.id,
        "title": entry.title,
        "unit": entry.unit,
        **about,
        kind: rows,
        "credits": [text for text in (owner.credit, owner.caveat) if text],
    }


def _release(item: calendar.Due) -> Json:
    release = item.release
    return {
        "calendar": release.calendar,
        "period": release.period.label,
        "at": release.at.isoformat(),
        "day": release.day.isoformat(),
        "basis": release.basis,
        "publishers": list(item.publishers),
    }


def _bound(given: str | None) -> Period | None:
    if not given:
        return None
    try:
        return Period.parse(given)
    except ValueError as error:
        raise BadInputError(str(error), FORMS) from None


def _within(period: Period, since: Period | None, until: Period | None) -> bool:
    after = since is None or period.end >= since.start
    return after and (until is None or period.end <= until.end)


def today() -> date:
    return date.today()  # noqa: DTZ011 - the server's own calendar day, as in `dates.read_day`
