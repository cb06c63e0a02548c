"""MoF Japan, balance of payments: the monthly release on portfolio investment, a PDF of text.

億円, + = net purchase. Read are the summary (page of the latest seven months) and the sovereign bonds
bought abroad by country. The text of the page runs figures into each other, so that they are told
apart by where they stand: a gap between columns is wider than any within a figure. A minus is
full-width and stands apart from its figure, nil is a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saiken.publishers import calendars
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Basis, Column, Status
from saiken.terms.period import Period

_MAGIC = b"%PDF-"
_NAME = re.compile(r"bppi\d*\.pdf\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"Portfolio Investment Assets/Liabilities, ([A-Z][a-z]+) (\d{4})( \(Preliminary\))?"
)
_COUNTRIES_PAGE = "Country Breakdown of Sovereign Bonds"
_SUMMARY_PAGE = "Summary"
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_COUNTRIES = {
    "アメリカ合衆国": "US", "カナダ": "CA", "オーストラリア": "AU", "ドイツ": "DE", "フランス": "FR",
    "イタリア": "IT", "オランダ": "NL", "英国": "GB", "デンマーク": "DK", "スイス": "CH",
    "香港": "HK", "スウェーデン": "SE", "その他": "other",
}  # fmt: skip
_TERMS = ("total", "long", "short")
_ITEMS = ("acquisition", "disposition", "net")
_SIDES = ("assets", "liabilities")
_INSTRUMENTS = ("equity", "long", "short")
_NIL, _MINUS = frozenset("―—"), frozenset("－−-")
_ROW = re.compile(r"(?:令和\d+年)?(\d{1,2})月(\(P\)?)?\Z")

_SAME_LINE = 2.5
_COLUMN_GAP = 6.0
"""Points. Digits of a figure are up to 5 apart, so is its minus; columns are 7 apart or more."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that has figures: what stands left of them, without blanks, and the figures."""

    label: str
    figures: tuple[int, ...]


def _glyphs(page: Any) -> list[_Glyph]:
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(index)
            found.append(_Glyph(char, left, right, (bottom + top) / 2))
    return found


def _figure(glyphs: Sequence[_Glyph], row: int) -> int:
    """Digits after at most one minus; a dash is nil."""
    text = "".join(glyph.text for glyph in glyphs)
    if len(text) == 1 and text in _NIL:
        return 0
    sign, digits = (-1, text[1:]) if text[:1] in _MINUS else (1, text)
    if not digits.isdecimal():
        raise ParseError(f"{text!r} is not a figure", row)
    return sign * int(digits)


def _lines(glyphs: list[_Glyph], width: int, left: float) -> list[_Line]:
    """The lines that have figures right of `left`, from top to bottom; `width` figures each.

    Commas hang below the line and are left out: the figures are whole numbers.
    """
    marks = [g for g in glyphs if g.left > left and (g.text.isdecimal() or g.text in _NIL | _MINUS)]
    lines: list[_Line] = []
    rows: list[list[_Glyph]] = []
    for glyph in sorted(marks, key=lambda g: -g.middle):
        if rows and abs(rows[-1][0].middle - glyph.middle) < _SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        label = _label(glyphs, row[0].middle, left)
        cells: list[list[_Glyph]] = []
        for glyph in sorted(row, key=lambda g: g.left):
            starts = glyph.text in _MINUS or glyph.text in _NIL
            if cells and not starts and glyph.left - cells[-1][-1].right < _COLUMN_GAP:
                cells[-1].append(glyph)
            else:
                cells.append([glyph])
        if len(cells) == width:
            figures = tuple(_figure(cell, len(lines) + 1) for cell in cells)
            lines.append(_Line(label, figures))
        elif len(cells) > 2:
            raise ParseError(f"{label!r} has {len(cells)} figures, not {width}", len(lines) + 1)
    return lines


def _label(glyphs: list[_Glyph], middle: float, left: float) -> str:
    near = [g for g in glyphs if g.left <= left and abs(g.middle - middle) < 2 * _SAME_LINE]
    return "".join(glyph.text for glyph in sorted(near, key=lambda g: g.left))


def _left_of_figures(glyphs: list[_Glyph]) -> float:
    """A bit left of the first 取得: the figures of its column are right of it, the labels left."""
    heads = [g.left for g in glyphs if g.text == "取"]
    if not heads:
        raise ParseError("no column of acquisitions on the page: the release is laid out otherwise")
    return min(heads) - 22


def _need_net(figures: Sequence[int], label: str, row: int) -> None:
    bought, sold, net = figures
    if abs(bought - sold - net) > 1:
        raise ParseError(f"{label}: the net is not acquisition less disposition", row)


def _countries(glyphs: list[_Glyph]) -> Iterator[tuple[int, int, str, int]]:
    """(row, place, `total/US/net`, figure) of the sovereign bonds by country."""
    seen: set[str] = set()
    for row, line in enumerate(_lines(glyphs, 9, _left_of_figures(glyphs)), 1):
        country = _COUNTRIES.get(line.label)
        if country is None:
            if len(seen) < len(_COUNTRIES):
                raise ParseError(f"{line.label!r} is not a country known here", row)
            return  # bonds of Japan by kind follow
        if country in seen:
            raise ParseError(f"{line.label} stands twice", row)
        seen.add(country)
        for group in range(3):
            _need_net(line.figures[3 * group : 3 * group + 3], line.label, row)
        for place, figure in enumerate(line.figures):
            long, short = line.figures[3 + place % 3], line.figures[6 + place % 3]
            if place < 3 and abs(long + short - figure) > 1:
                raise ParseError(f"{line.label}: long and short term do not make up the total", row)
            yield row, place + 1, f"{_TERMS[place // 3]}/{country}/{_ITEMS[place % 3]}", figure
    raise ParseError(f"{len(seen)} of {len(_COUNTRIES)} countries: is the page cut?")


def _summary(
    glyphs: list[_Glyph], newest: Period
) -> Iterator[tuple[int, int, str, int, Period, bool]]:
    """(row, place, `assets/long/net`, figure, month, preliminary) of the latest months."""
    lines = _lines(glyphs, 10, _left_of_figures(glyphs))
    if not lines or len(lines) % 2:
        raise ParseError("the summary does not have as many months of assets as of liabilities")
    half = len(lines) // 2
    for row, line in enumerate(lines, 1):
        month = newest.shift((row - 1) % half - half + 1)
        found = _ROW.match(line.label)
        if not found or int(found[1]) != month.start.month:
            raise ParseError(f"{line.label!r} should be {month}", row)
        for group in range(3):
            _need_net(line.figures[3 * group : 3 * group + 3], line.label, row)
        if abs(sum(line.figures[2:9:3]) - line.figures[9]) > 2:
            raise ParseError(f"{line.label}: the nets do not make up their total", row)
        side = _SIDES[(row - 1) // half]
        for place, figure in enumerate(line.figures):
            key = "total/net" if place == 9 else f"{_INSTRUMENTS[place // 3]}/{_ITEMS[place % 3]}"
            yield row, place + 1, f"{side}/{key}", figure, month, bool(found[2])


def _pages(data: bytes) -> list[tuple[str, list[_Glyph]]]:
    """Text and glyphs of every page."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - only for the files that need it

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return [(page.get_textpage().get_text_range(), _glyphs(page)) for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ParseError(f"not a readable PDF ({error}): fetch it again") from None


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """The month in the title tells which release this is; its day is the calendar's."""
    if b"%%EOF" not in data[-1024:]:
        raise ParseError("the PDF has no end: it was cut, fetch it again")
    pages = _pages(data)
    title = _TITLE.search(" ".join(pages[0][0].split())) if pages else None
    if not title or title[1] not in _MONTH_NAMES:
        raise ParseError("no title that names the month: this is not the release")
    newest = Period.month(int(title[2]), _MONTH_NAMES.index(title[1]) + 1)
    vintage = calendars.release("bop", newest).at
    columns: dict[tuple[str, Status], Column] = {}

    def add(
        series: str, month: Period, figure: int, at: tuple[int, int, int], *, final: bool
    ) -> None:
        page, row, place = at
        status = Status.FINAL if final else Status.PRELIMINARY
        made = Column(series, status, vintage, f"page {page}", Basis.CALENDAR)
        column = columns.setdefault((series, status), made)
        column.append(month.start.toordinal(), month.end.toordinal(), figure, 0, row, place)

    found: Mapping[str, int] = {
        mark: next((i for i, (text, _) in enumerate(pages) if mark in text), -1)
        for mark in (_SUMMARY_PAGE, _COUNTRIES_PAGE)
    }
    if min(found.values()) < 0:
        raise ParseError("the pages of the summary and of the countries are not both there")
    page = found[_SUMMARY_PAGE]
    for row, place, key, figure, month, preliminary in _summary(pages[page][1], newest):
        add(f"mof/bop/{key}", month, figure, (page + 1, row, place), final=not preliminary)
    page = found[_COUNTRIES_PAGE]
    for row, place, key, figure in _countries(pages[page][1]):
        at = (page + 1, row, place)
        add(f"mof/bppi/{key}", newest, figure, at, final=title[3] is None)
    yield from columns.values()


def _recognise(head: bytes, name: str) -> bool:
    """A PDF shows its kind only: its text lies packed inside, so the name must tell."""
    return head.startswith(_MAGIC) and bool(_NAME.search(name))


TABLES: tuple[Table, ...] = (
    Table(
        "mof/portfolio_release",
        "mof",
        (
            "https://www.mof.go.jp/policy/international_policy/reference/balance_of_payments/bppi{yyyymm}.pdf",
        ),
        _recognise,
        _parse,
    ),
)
