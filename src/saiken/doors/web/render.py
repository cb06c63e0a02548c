"""Pages from templates: what every page has, and how links and charts are written into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from saiken.doors.web import assets
from saiken.doors.web.api import today
from saiken.doors.web.desk import Desk
from saiken.doors.web.limits import PICTURE_POLICY
from saiken.publishers import catalog
from saiken.reports.exhibit import Exhibit
from saiken.reports.html import environment
from saiken.terms.language import ENGLISH

HOW = {
    "/series": "#clocks", "/compare": "#clocks", "/monitor": "#monitor", "/brief": "#brief",
    "/scenario": "#scenario", "/watch": "#watch", "/sources": "#clocks",
}  # fmt: skip
"""Where the page on the method tells how a page was computed; the first page: from its top."""

APART = {"content-security-policy": PICTURE_POLICY}
NOT_KEPT = {"cache-control": "no-store"}
SPAN = timedelta(days=365)
EARLIEST = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """The slider of the time machine: a year back from the day shown, a year on, up to today."""

    day: date
    first: date
    last: date

    @classmethod
    def at(cls, day: date) -> Clock:
        now = today()
        last = min(now, day + SPAN)
        return cls(day, max(EARLIEST, min(day, last) - SPAN), last)


class Pages:
    """Renders the templates of the web door over those of the reports."""

    def __init__(self, desk: Desk, files: dict[str, bytes]) -> None:
        self.files = files
        self._desk = desk
        self._marks = {name: assets.fingerprint(content) for name, content in files.items()}
        self._environment = self._make()

    def _make(self) -> Environment:
        made = environment().overlay()
        made.loader = ChoiceLoader([PackageLoader("saiken.doors.web"), environment().loader])  # type: ignore[list-item]
        made.globals = {
            **made.globals,
            "asset": self._asset,
            "chart": chart,
            "query": query,
        }
        return made

    def offer(self, **values: object) -> None:
        """What every template may use from now on."""
        self._environment.globals |= values

    def _asset(self, name: str) -> str:
        return f"/static/{name}?v={self._marks.get(name) or assets.library_version()}"

    def render(
        self, request: Request, template: str, *, as_of: date | None = None, **context: Any
    ) -> str:
        """A whole page. `as_of` is the day that it shows; None on pages that show none."""
        shown = as_of or today()
        return self._environment.get_template(template).render(
            path=request.url.path,
            how=next((at for start, at in HOW.items() if request.url.path.startswith(start)), ""),
            here=f"{request.url.path}?{request.url.query}".rstrip("?"),
            as_of=shown,
            clock=Clock.at(shown) if as_of else None,
            href=lambda series: f"/series/{quote(series)}?as_of={shown}",
            newest=self._desk.archive.newest,
            HTTPStatus=HTTPStatus,
            language=getattr(context.get("report"), "language", ENGLISH),
            **context,
        )


def attached(content: str | bytes, name: str, kind: str) -> Response:
    """A file to keep; opened in place, it can do nothing to the pages."""
    headers = {"content-disposition": f'attachment; filename="{name}"', **APART, **NOT_KEPT}
    return Response(content, media_type=kind, headers=headers)


def query(**told: object) -> str:
    """A link's query; what is empty is left out."""
    return urlencode({key: str(given) for key, given in told.items() if given not in {None, ""}})


def chart(asked: Exhibit) -> Markup:
    """Where a script draws a chart; without one, the same chart as a picture."""
    titles = [entry.title for entry in map(catalog.load().entry, asked.series) if entry]
    told = f"Chart of {'; '.join(titles) or 'the series'} as of {asked.as_of}"
    return Markup(
        '<figure class="chart" data-chart="/chart.json?{0}" aria-label="{1}">'
        '<noscript><img src="/chart.svg?{0}" alt="{1}" loading="lazy"></noscript></figure>'
        '<p class="under"><a href="/chart.svg?{0}" download="saiken.svg">SVG</a>'
        '<a href="/chart.png?{0}" download="saiken.png">PNG</a></p>'
    ).format(asked.query, told)
