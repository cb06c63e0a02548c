"""A card: one picture that answers a post where it was seen. Claim, verdict, chart, source, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from unicodedata import east_asian_width

from saiken.archive.archive import Archive
from saiken.archive.view import Point
from saiken.claims.judging import naming, wording
from saiken.claims.judging.told import Told, listed, said, tell
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.publishers import catalog
from saiken.publishers.catalog import Publisher
from saiken.reports.charts import PAPER, png, svg
from saiken.reports.exhibit import draw, exhibit
from saiken.reports.html import GRAVITY, visible
from saiken.reports.words import misreading_words
from saiken.terms.period import Period

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 72, 1140
COLUMN = 490
CHART = (520, 272)
ENLARGED = 1.25
SERIF = "Liberation Serif, Georgia, Noto Serif CJK JP, Hiragino Mincho ProN, Yu Mincho, serif"
SANS = "Liberation Sans, Arial, Noto Sans CJK JP, Hiragino Sans, Yu Gothic, sans-serif"
"""A card of a Japanese text needs one of the Japanese ones on the machine that draws it."""

TONES = {
    Ruling.SUPPORTED: "#0a5a8f",
    Ruling.REFUTED: "#a63a06",
    Ruling.EXAGGERATED: "#7f5600",
    Ruling.MISLEADING: "#7a3580",
    Ruling.NOT_PUBLISHED_YET: "#1d6a70",
    Ruling.NOT_COVERED: "#5a5e64",
    Ruling.NOT_CHECKABLE: "#5a5e64",
    Ruling.AMBIGUOUS: "#5b5396",
    Ruling.CHECK_FAILED: "#8f1d1d",
}

SHAPES = {
    Ruling.SUPPORTED: "M3 13 9 19 21 5",
    Ruling.REFUTED: "M4 4 20 20M20 4 4 20",
    Ruling.EXAGGERATED: "M12 3 22 20H2Z",
    Ruling.MISLEADING: "M12 2 22 12 12 22 2 12Z",
    Ruling.NOT_PUBLISHED_YET: "M12 2a10 10 0 1 0 .01 0ZM12 6V12L16 15",
    Ruling.NOT_COVERED: "M12 3a9 9 0 1 0 .01 0Z",
    Ruling.NOT_CHECKABLE: "M3 12H21",
    Ruling.AMBIGUOUS: "M2 10q5-6 10 0t10 0M2 17q5-6 10 0t10 0",
    Ruling.CHECK_FAILED: "M12 2V15M12 20V22",
}
"""Drawn, not set in type: no font is sure to have them."""

_NARROW = frozenset("ijltfrI.,;:!|'’()[]- ")
_WIDE = frozenset("mwMW@%—…")
_SIZE = re.compile(r'width="\d+" height="\d+"')
_SIZES = ((46, 3), (40, 3), (34, 4), (29, 4))


def card_png(report: Report, archive: Archive) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    return png(card_svg(report, archive), scale=1.0)


def card_svg(report: Report, archive: Archive) -> str:
    """The card as SVG: of the gravest verdict, or of a text in which nothing can be checked."""
    speaking = min(report.verdicts, key=lambda v: GRAVITY.index(v.ruling), default=None)
    beside = [v for v in report.verdicts if speaking and v.claim.span == speaking.claim.span]
    in_part = any(v.ruling is not beside[0].ruling for v in beside)
    ruling = speaking.ruling if speaking else Ruling.NOT_CHECKABLE
    spoken = visible(speaking.claim.text if speaking else report.text)
    quote, size = _fitted(f"“{_line(spoken)}”")
    y = 74 + size
    parts = list(_lines(quote, LEFT, y, size, 1.25, SERIF, PAPER.ink))
    y += int((len(quote) - 1) * size * 1.25) + 92
    denied = speaking is not None and not speaking.claim.polarity
    parts += _verdict(ruling, said(_headed(ruling, in_part, denied), report.language), y)
    chart = _chart(speaking, report, archive, max(y - 34, 300)) if speaking else ""
    width = COLUMN if chart else RIGHT - LEFT
    which = speaking.claim.tenor if speaking and len(beside) > 1 else ""
    parts += _reasons(speaking, report.language, which, y + 52, width)
    parts += [chart, *_foot(report, speaking)]
    tone = TONES[ruling]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" '
        f'fill="{PAPER.paper}"/><rect width="22" height="{HEIGHT}" fill="{tone}"/>'
        f"{''.join(parts)}</svg>"
    )


def _headed(ruling: Ruling, in_part: bool, denied: bool) -> Told:
    word = naming.word(ruling.value)
    word = Told(word.capitalize(), word.japanese)
    if in_part:
        word = tell("{ruling} in part", ruling=word)
    return tell("{ruling}, as denied", ruling=word) if denied else word


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(' "“”')


def _fitted(quote: str) -> tuple[list[str], int]:
    """The quote in the largest type in which it fits; cut where it fits in none."""
    for size, most in _SIZES:
        lines = wrapped(quote, (RIGHT - LEFT) / size)
        if len(lines) <= most:
            return lines, size
    size, most = _SIZES[-1]
    return _cut(wrapped(quote, (RIGHT - LEFT) / size), most), size


def _cut(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,;.") + " …"]


def wrapped(text: str, width: float) -> list[str]:
    """`text` broken into lines of `width` em, by what letters usually take."""
    lines, line, used = [], "", 0.0
    for given in text.split(" "):
        word, size = given, sum(map(_em, given))
        if line and used + 0.27 + size > width:
            lines.append(line)
            line, used = "", 0.0
        while size > width:  # a word longer than a line, or a script without blanks
            kept = 1
            while sum(map(_em, word[: kept + 1])) <= width:
                kept += 1
            lines.append(word[:kept])
            word = word[kept:]
            size = sum(map(_em, word))
        line, used = (f"{line} {word}", used + 0.27 + size) if line else (word, size)
    return [*lines, line] if line else lines


def _em(char: str) -> float:
    if east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.32
    return 0.88 if char in _WIDE else 0.68 if char.isupper() else 0.52


def _lines(
    lines: list[str], x: int, y: float, size: int, leading: float, font: str, fill: str,
    weight: str = "normal",
) -> Iterator[str]:  # fmt: skip
    for place, line in enumerate(lines):
        yield (
            f'<text x="{x}" y="{y + place * size * leading:.0f}" font-family="{font}" '
            f'font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(line)}</text>'
        )


def _verdict(ruling: Ruling, words: str, y: int) -> Iterator[str]:
    tone = TONES[ruling]
    yield (
        f'<g transform="translate({LEFT} {y - 36}) scale(1.62)"><path d="{SHAPES[ruling]}" '
        f'fill="none" stroke="{tone}" stroke-width="3.4" stroke-linecap="round" '
        f'stroke-linejoin="round"/></g>'
    )
    yield from _lines([words], LEFT + 58, y, 50, 1, SANS, tone, "bold")


def _reasons(
    verdict: Verdict | None, language: str, which: str, y: float, width: int
) -> Iterator[str]:
    """Why, in a few lines; `which` of several things that the claim is about."""
    nothing = tell("Nothing in it that figures could bear out.")
    told = list(verdict.reasons[:2]) if verdict else [said(nothing, language)]
    if which:
        told[0] = said(listed((naming.tenor(which), told[0]), ": "), language)
    if verdict and verdict.misreadings:
        name = misreading_words(verdict.misreadings[0], language)
        told.insert(1, said(tell("Misreading: {name}.", name=name), language))
    size, leading = 25, 1.32
    for text in told:
        lines = wrapped(_line(visible(text)), width / size)
        room = int((HEIGHT - 120 - y) / (size * leading)) + 1
        if room < 1:
            return
        yield from _lines(_cut(lines, room), LEFT, y, size, leading, SANS, PAPER.ink)
        y += min(len(lines), room) * size * leading + 12


def _chart(verdict: Verdict, report: Report, archive: Archive, top: int) -> str:
    shown = exhibit(verdict, report.as_of, archive)
    # Drawn smaller and then enlarged, so that its words are of a size with the others.
    size = (round(CHART[0] / ENLARGED), round(CHART[1] / ENLARGED))
    spec = draw(shown, archive, PAPER, size) if shown else None
    if spec is None:
        return ""
    y = min(top, HEIGHT - 84 - CHART[1])  # above the foot
    place = f'x="{RIGHT - CHART[0]}" y="{y}" width="{CHART[0]}" height="{CHART[1]}"'
    return _SIZE.sub(place, svg(spec), count=1)


def _foot(report: Report, verdict: Verdict | None) -> Iterator[str]:
    rule = HEIGHT - 66
    yield f'<path d="M{LEFT} {rule}H{RIGHT}" stroke="{PAPER.grid}" stroke-width="1.5"/>'
    owners = dict.fromkeys(filter(None, (_owner(p) for p in verdict.figures))) if verdict else {}
    names = listed((naming.publisher(owner) for owner in owners), "; ")
    source = said(tell("Source: {credit}", credit=names), report.language) if owners else ""
    lines = _cut(wrapped(source, 800 / 19), 1)
    yield from _lines(lines, LEFT, HEIGHT - 30, 19, 1, SANS, PAPER.faint)
    day = wording.label(Period.day(report.as_of))
    count = len(report.verdicts)
    told = (
        tell("1 of {count} claims, as of {day} · saiken", count=count, day=day)
        if count > 1
        else tell("as of {day} · saiken", day=day)
    )
    yield (
        f'<text x="{RIGHT}" y="{HEIGHT - 30}" text-anchor="end" font-family="{SANS}" '
        f'font-size="19" fill="{PAPER.faint}">{escape(said(told, report.language))}</text>'
    )


def _owner(point: Point) -> Publisher | None:
    known = catalog.load()
    entry = known.entry(point.series)
    return known.owner(entry) if entry is not None else None
