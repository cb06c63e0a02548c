"""A brief as HTML: one file that needs nothing else, fit to print; no script, no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from saiken.archive.archive import Archive
from saiken.claims.judging import wording
from saiken.reports.brief.article import Brief, Section
from saiken.reports.brief.markdown import LEGEND, MARK, dateline
from saiken.reports.brief.notes import Notes
from saiken.reports.charts import Spec, line_chart, svg, trace
from saiken.reports.scenario_svg import KEY, fans_svg
from saiken.terms.period import Period, add_months

YEARS_BACK = {"A": 30, "Q": 10, "M": 8, "W": 3, "D": 2}
"""How far back the picture of a section reaches, by how often its series is printed."""


def picture(
    section: Section,
    archive: Archive,
    as_of: date,
    strict: bool = False,
    size: tuple[int | str, int] = (620, 240),
) -> Spec | None:
    """The series of a section as one chart, up to the newest figure told; None if it has none."""
    views = {s: archive.view(s, as_of, strict) for s in section.charted}
    shown = [
        point.period
        for sentence in section.sentences
        for point in sentence.fact.points
        if point.series in section.charted
    ]
    if not shown or not any(views.values()):
        return None
    newest = max(shown, key=lambda period: period.end)
    since = Period.day(add_months(newest.end, -12 * YEARS_BACK.get(newest.frequency, 5)))
    held = [(view, section.charted[name]) for name, view in views.items() if view is not None]
    traces = [trace(view, name, since, newest) for view, name in held]
    return line_chart(traces, held[0][0].unit.name, size=size)


def brief_context(brief: Brief) -> dict[str, object]:
    """What the template `brief_body.html` shows, but for `chart`, which draws a section."""
    return {
        "brief": brief,
        "notes": Notes(brief),
        "dateline": dateline(brief),
        "day": wording.day,
        "period": wording.period,
        "later": MARK,
        "legend": LEGEND,
        "fans_key": KEY,
    }


def drawn(brief: Brief, archive: Archive) -> Callable[[Section], object]:
    """Draws the picture of a section into the page itself; nothing where there is none."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2

    def chart(section: Section) -> object:
        if section.dump is not None:
            run = section.dump
            fans = fans_svg(run.found, run.off, run.on, run.prices, headed=False)
            return Markup(fans)  # noqa: S704 - escaped where it is drawn
        spec = picture(section, archive, brief.as_of, brief.strict)
        # Every word in it is escaped by the renderer.
        return Markup(svg(spec)) if spec else ""  # noqa: S704

    return chart


def brief_html(brief: Brief, archive: Archive) -> str:
    """The brief as one file. Needs Jinja2 and vl-convert (`saiken[web]`): else ModuleNotFoundError."""
    from saiken.reports.html import environment, style  # noqa: PLC0415 - 60 ms, of `saiken[web]`

    template = environment().get_template("brief.html")
    return template.render(**brief_context(brief), chart=drawn(brief, archive), style=style())
