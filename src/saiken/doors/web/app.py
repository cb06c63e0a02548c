"""The application: pages, interface, files; errors told as pages or as problems."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from saiken import __version__
from saiken.archive.archive import Archive
from saiken.archive.errors import ArchiveError
from saiken.doors.errors import DoorError
from saiken.doors.web import assets
from saiken.doors.web.api import make_api, today
from saiken.doors.web.desk import Desk
from saiken.doors.web.limits import guarded
from saiken.doors.web.pages import make_pages
from saiken.doors.web.problems import MEDIA_TYPE, problem, told
from saiken.doors.web.render import Pages

ABOUT = """\
Check what a text says about sovereign debt and bond markets against what the official statistics
said, as of a day. The same JSON as the command line gives; no key, no account."""

LOG = logging.getLogger("saiken.web")
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


def create_app(
    archive: Archive | None = None,
    *,
    rate: float = 0,
    hosts: frozenset[str] = frozenset(),
    watches: bool = False,
) -> ASGIApp:
    """The application of `saiken serve` on an archive (default: the user's).

    `rate` is how many requests a second an address may make (0: no limit); `hosts` are the names
    by which the server may be called (empty: any); `watches`: whether it keeps the user's watch list,
    which whoever may ask may read and change.
    """
    return guarded(plain_app(archive, watches=watches), today, rate=rate, hosts=hosts)


def plain_app(archive: Archive | None = None, *, watches: bool = False) -> FastAPI:
    """The application without what stands before it."""
    app = FastAPI(
        title="saiken",
        version=__version__,
        description=ABOUT,
        docs_url=None,  # its page would load scripts from elsewhere; /api is ours
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    desk = Desk(archive)
    pages = Pages(desk, assets.load())
    app.include_router(make_api(desk))
    app.include_router(make_pages(desk, pages, app, watches=watches))
    _serve_files(app, pages)
    _tell_errors(app, pages)
    return app


def _serve_files(app: FastAPI, pages: Pages) -> None:
    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        content = assets.library() if name == assets.LIBRARY else pages.files.get(name)
        if content is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        kind = assets.TYPES["." + name.rpartition(".")[2]]
        return Response(content, media_type=kind, headers=FOREVER)

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)

    @app.get("/robots.txt", include_in_schema=False)
    def robots() -> Response:
        return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")


def _tell_errors(app: FastAPI, pages: Pages) -> None:
    def answer(
        request: Request, status: HTTPStatus, detail: str, hint: str = "", headers: object = None
    ) -> Response:
        kept = dict(headers) if isinstance(headers, dict) else None
        if request.url.path.startswith("/api/"):
            body = problem(status, detail, hint)
            return JSONResponse(body, int(status), kept, media_type=MEDIA_TYPE)
        page = pages.render(request, "error.html", status=status, detail=detail, hint=hint)
        return HTMLResponse(page, int(status), kept)

    @app.exception_handler(DoorError)
    @app.exception_handler(ArchiveError)
    def known(request: Request, error: Exception) -> Response:
        return answer(request, *told(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        detail = f"{where}: {first['msg']}" if where else str(first["msg"])
        return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, "see /api")

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        return answer(request, status, str(error.detail), headers=error.headers)

    @app.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> Response:
        LOG.error("%s %s", request.method, request.url.path, exc_info=error)
        return answer(request, *told(error))
