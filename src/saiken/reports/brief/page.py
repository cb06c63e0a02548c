"""A brief as HTML: one file that needs nothing else, fit to print; no script, no network."""

from __future__ import annotations

from datetime import date

from saiken.archive.archive import Archive
from saiken.claims.judging import wording
from saiken.reports.brief.article import Brief, Section
from saiken.reports.brief.markdown import LEGEND, MARK, dateline
from saiken.reports.brief.notes import Notes
from saiken.reports.exhibit import LINES, Exhibit
from saiken.terms.period import add_months

YEARS_BACK = {"A": 40, "M": 8, "W": 3, "D": 2, "Q": 10}
"""How far back the picture of a section reaches, by how often its series is printed."""


def picture(section: Section, as_of: date) -> Exhibit | None:
    """The series of a section as one chart; None where nothing in it is charted."""
    if not section.charted:
        return None
    shown = [
        sentence.fact.points[0].period
        for sentence in section.sentences
        if sentence.fact.points and sentence.fact.points[0].series == section.charted[0]
    ]
    newest = max(shown, key=lambda period: period.end)
    first = add_months(newest.end, -12 * YEARS_BACK.get(newest.frequency, 5))
    return Exhibit(section.charted[:LINES], as_of, since=first.isoformat())


def brief_context(brief: Brief) -> dict[str, object]:
    """What the template `brief_body.html` shows, but for `chart`, which draws an exhibit."""
    return {
        "brief": brief,
        "notes": Notes(brief),
        "dateline": dateline(brief),
        "day": wording.day,
        "period": wording.period,
        "picture": lambda section: picture(section, brief.as_of),
        "later": MARK,
        "legend": LEGEND,
    }


def brief_html(brief: Brief, archive: Archive) -> str:
    """The brief as one file. Needs Jinja2 and vl-convert (`saiken[web]`): else ModuleNotFoundError."""
    from saiken.reports.html import drawn, environment, style  # noqa: PLC0415 - of `saiken[web]`

    template = environment().get_template("brief.html")
    return template.render(**brief_context(brief), chart=drawn(archive), style=style())
