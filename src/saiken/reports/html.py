"""A report as HTML: the text lit by verdict, with the evidence of every claim.

The same templates make the page of the web door and the file that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from saiken import __version__
from saiken.archive.archive import Archive
from saiken.archive.view import Point
from saiken.claims.judging import naming
from saiken.claims.judging.told import label, said
from saiken.claims.verdict import OVERALL_ORDER, Report, Ruling, Verdict
from saiken.publishers import catalog
from saiken.reports.charts import svg
from saiken.reports.exhibit import Exhibit, draw, exhibit
from saiken.reports.terminal import number, whole
from saiken.reports.text import BASES, tally
from saiken.reports.words import misreading_words, read_as, ruling_words
from saiken.terms.language import ENGLISH

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

GRAVITY = (*OVERALL_ORDER, *(ruling for ruling in Ruling if ruling not in OVERALL_ORDER))

MARKS = {
    Ruling.SUPPORTED: "✓",
    Ruling.REFUTED: "✕",
    Ruling.EXAGGERATED: "▲",
    Ruling.MISLEADING: "◆",
    Ruling.NOT_PUBLISHED_YET: "◷",
    Ruling.NOT_COVERED: "○",
    Ruling.NOT_CHECKABLE: "–",
    Ruling.AMBIGUOUS: "≈",
    Ruling.CHECK_FAILED: "!",
}
"""A shape for each ruling, so that none hangs on colour alone."""

# What could show a text in another order than it is written, or not at all.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the text that bears claims which cannot be told apart by their words."""

    number: int
    start: int
    end: int
    text: str
    ruling: Ruling
    verdicts: tuple[Verdict, ...]

    @property
    def denied(self) -> bool:
        """Whether its words say the opposite of what was judged: a quote that the text denies."""
        claims = [verdict.claim for verdict in self.verdicts]
        return all(claim.modality == "quoted" and not claim.polarity for claim in claims)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: of a passage, unread (and why), or neither."""

    text: str
    passage: Passage | None = None
    why: str = ""


def visible(text: str) -> str:
    """`text` in which what would be hidden, or would reorder the rest, stands as a box."""
    return _HIDDEN.sub("▯", whole(text).replace("\r\n", "\n").replace("\r", "\n"))


def passages(report: Report) -> tuple[Passage, ...]:
    """Verdicts whose spans overlap belong together; the gravest of them speaks."""
    groups: list[tuple[int, int, list[Verdict]]] = []
    for verdict in sorted(report.verdicts, key=lambda verdict: verdict.claim.span):
        start, end = verdict.claim.span
        if groups and start < groups[-1][1]:
            first, last, members = groups[-1]
            groups[-1] = (first, max(last, end), [*members, verdict])
        else:
            groups.append((start, end, [verdict]))
    return tuple(
        Passage(place, start, end, report.text[start:end], gravest(members), tuple(members))
        for place, (start, end, members) in enumerate(groups, 1)
    )


def gravest(verdicts: Sequence[Verdict]) -> Ruling:
    return min((verdict.ruling for verdict in verdicts), key=GRAVITY.index)


def pieces(report: Report, found: Sequence[Passage]) -> Iterator[Piece]:
    """The whole text in its order: passages, and between them what was left unread and why."""
    at = 0
    for passage in found:
        yield from _between(report, at, passage.start)
        yield Piece(passage.text, passage)
        at = passage.end
    yield from _between(report, at, len(report.text))


def _between(report: Report, start: int, end: int) -> Iterator[Piece]:
    """A stretch without a passage, cut where an unread part begins or ends."""
    at = start
    for part in sorted(report.unread, key=lambda part: part.span):
        first, last = max(at, part.span[0]), min(end, part.span[1])
        if first < last:
            if at < first:
                yield Piece(report.text[at:first])
            yield Piece(report.text[first:last], None, part.why)
            at = last
    if at < end:
        yield Piece(report.text[at:end])


def value(point: Point) -> str:
    return number(point.value, point.decimals).replace("-", "−")


def publisher(series: str, language: str = ENGLISH) -> str:
    """Whose figures a series has."""
    entry = catalog.load().entry(series)
    return said(naming.publisher(catalog.load().owner(entry)), language) if entry else ""


def title(series: str) -> str:
    entry = catalog.load().entry(series)
    return entry.title if entry else series


def _told(say: Callable[..., str]) -> Callable[..., str]:
    """A filter that says something, and its parts, in the language of the report on the page."""
    from jinja2 import pass_context  # noqa: PLC0415 - 60 ms

    def told(context: Context, what: object, **parts: object) -> str:
        return say(what, getattr(context.get("report"), "language", ENGLISH), **parts)

    return pass_context(told)


@cache
def environment() -> Environment:
    """Templates in which everything that is not ours is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 60 ms

    made = Environment(
        loader=PackageLoader("saiken.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "visible": visible,
        "ruling": _told(ruling_words),
        "mark": MARKS.__getitem__,
        "misreading": _told(misreading_words),
        "read_as": _told(lambda claim, language: said(read_as(claim), language)),
        "say": _told(lambda words, language, **parts: said(label(words, parts), language)),
        "word": _told(lambda value, language: said(naming.word(value), language)),
        "value": value,
        "basis": _told(lambda basis, language: said(naming.word(BASES[basis]), language)),
        "place": _told(lambda locator, language: said(naming.place(locator), language)),
        "publisher": _told(publisher),
        "series_title": title,
        "tally": tally,
        "number": number,
    }
    made.globals |= {"Ruling": Ruling, "version": __version__}
    return made


def style() -> str:
    """The style sheet of every page."""
    return files("saiken.reports").joinpath("templates/saiken.css").read_text("utf-8")


def answer_context(report: Report, archive: Archive) -> dict[str, object]:
    """What the template `answer.html` shows of a report, but for `chart` and `href`."""
    found = passages(report)
    return {
        "report": report,
        "passages": found,
        "pieces": list(pieces(report, found)),
        "exhibit": lambda verdict: exhibit(verdict, report.as_of, archive, report.language),
    }


def drawn(archive: Archive) -> Callable[[Exhibit], object]:
    """Draws an exhibit into the page itself; its colours are those of the style sheet."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2

    @cache
    def chart(asked: Exhibit) -> object:
        spec = draw(asked, archive, size=(620, 240))
        # Every word in it is escaped by the renderer.
        return Markup(svg(spec)) if spec else ""  # noqa: S704

    return chart


def report_html(report: Report, archive: Archive) -> str:
    """The report as one file that needs nothing else: no script, no network."""
    template = environment().get_template("report.html")
    return template.render(
        **answer_context(report, archive), chart=drawn(archive), href=lambda _: "", style=style()
    )
