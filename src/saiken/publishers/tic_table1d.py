"""US Treasury, TIC, Table 1D: long-term US securities of all kinds, by country, one month a page.

USD mn at the end of the month. The page is frozen since data to January 2023. Columns are told by
their headings, which stand over several lines; most small countries have a total only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from saiken.publishers import textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.publishers.tic import holder, recogniser
from saiken.terms.figure import Column
from saiken.terms.period import Period

_TITLE = r"U\.S\. Long-Term Securities Held by Foreign Residents in"
_MONTH = re.compile(_TITLE + r" ([A-Z][a-z]+) (\d{4})")
_RULES = re.compile(r"\s+-{5,}(?:\s+-{5,})+\s*\Z")
_PIECE = re.compile(r"\S+(?: \S+)*")
_ROW = re.compile(r"\s*(\S.*?)\s{2,}((?:-?[\d,]+|n\.a\.)(?:\s+(?:-?[\d,]+|n\.a\.))*)\s*\Z")
_KINDS = {
    "total u.s. long-term securities": "all",
    "u.s. treasury": "treasury",
    "u.s. agency bonds": "agency",
    "u.s. corporate and other bonds": "corporate_bonds",
    "u.s. corporate stocks": "stocks",
}
_PARTS = tuple(kind for kind in _KINDS.values() if kind != "all")
_REGIONS = ("group:europe", "group:latin_america", "group:caribbean_region", "group:asia",
            "group:africa", "group:other_countries")  # fmt: skip
_LISTED = 0.9
"""The least share of a region that its listed countries hold; it has others, which are not listed."""

_WORLD = (
    ("group:countries", ("CA", *_REGIONS, "group:unknown")),
    ("group:international_organizations", ("group:international", "group:regional_organizations")),
    ("all", ("group:countries", "group:international_organizations")),
)
"""What the regions and the world add up from."""

_NO_PART = {"group:euro_area", "group:european_union"}
_LAST = "official"

Cells = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: whose, where, and its figures by kind."""

    holder: str
    line: int
    cells: Cells


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """`tic/securities/{kind}/{holder}`. ParseError unless each row, each region and the world
    add up.
    """
    del artifact
    text = textfile.lines(data)
    found = _MONTH.search("\n".join(text[:20]))
    start = next((i for i, line in enumerate(text) if _RULES.match(line)), -1)
    if not found or start < 0:
        raise ParseError("no title with a month and no header: this is not Table 1D", 1)
    month = _month(*found.groups())
    kinds = _kinds(text[:start], text[start])
    columns: dict[str, Column] = {}
    for row in _rows(text, start + 1, kinds):
        for place, kind in enumerate(kinds, 2):
            value = row.cells[kind]
            if value is not None:
                series = f"tic/securities/{kind}/{row.holder}"
                if series in columns:
                    raise ParseError(f"{row.holder} stands twice", row.line)
                columns[series] = Column(series)
                span = (month.start.toordinal(), month.end.toordinal())
                columns[series].append(*span, value, 0, row.line, place)
    yield from columns.values()


def _month(name: str, year: str) -> Period:
    from calendar import month_name  # noqa: PLC0415 - shares its name with a module of ours

    names = list(month_name)
    if name not in names:
        raise ParseError(f"{name} {year} is not a month")
    return Period.month(int(year), names.index(name))


def _kinds(above: list[str], rules: str) -> list[str]:
    """What each column is: the words over each rule, from top to bottom."""
    ends = [piece.end() for piece in re.finditer(r"-+", rules)]
    words: list[list[str]] = [[] for _ in ends]
    title = max(i for i, line in enumerate(above) if line.strip().endswith("dollars"))
    for line in above[title + 1 :]:
        for piece in _PIECE.finditer(line):
            nearest = min(range(len(ends)), key=lambda i: abs(ends[i] - piece.end()))
            words[nearest].append(piece[0])
    headings = [" ".join(column).casefold() for column in words]
    if sorted(headings) != sorted(_KINDS):
        raise ParseError(f"the headings are {', '.join(headings)}", len(above) + 1)
    return [_KINDS[heading] for heading in headings]


def _rows(text: list[str], start: int, kinds: list[str]) -> list[_Line]:
    """The rows up to the one of official holders, all sums checked."""
    rows: list[_Line] = []
    region: list[_Line] = []
    for place in range(start, len(text)):
        line = place + 1
        found = _ROW.match(text[place])
        if not found:
            if text[place].strip() and not text[place].startswith(" "):
                region = []
            continue
        code, cells = holder(found[1])[1], found[2].split()
        if len(cells) != len(kinds):
            raise ParseError(f"{len(cells)} figures under {len(kinds)} headings", line)
        row = _Line(code, line, dict(zip(kinds, map(_million, cells), strict=True)))
        _check(row.cells["all"], [row.cells[kind] for kind in _PARTS], line, code)
        if code in _REGIONS:
            _check_region(row, region)
            region = []
        elif code not in _NO_PART:
            region.append(row)
        rows.append(row)
        if code == _LAST:
            _check_world(rows, kinds)
            return rows
    raise ParseError("the file ends before the row of official holders: it is cut", len(text))


def _check_region(row: _Line, countries: list[_Line]) -> None:
    total, listed = row.cells["all"], sum(one.cells["all"] or 0 for one in countries)
    if total is not None and not _LISTED * total <= listed <= total + sqrt(len(countries) + 1):
        msg = f"{row.holder}: its countries hold {listed:,}, but {total:,} is printed"
        raise ParseError(msg, row.line)


def _check_world(rows: list[_Line], kinds: list[str]) -> None:
    by_holder = {row.holder: row for row in rows}
    for whole, parts in _WORLD:
        missing = [code for code in (whole, *parts) if code not in by_holder]
        if missing:
            raise ParseError(f"no row of {missing[0]}: the table is laid out otherwise")
        row = by_holder[whole]
        for kind in kinds:
            _check(row.cells[kind], [by_holder[p].cells[kind] for p in parts], row.line, whole)


def _check(total: int | None, parts: list[int | None], line: int, what: str) -> None:
    """A sum of figures that were rounded one by one: five standard deviations at most off."""
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return
    if abs(sum(known) - total) > 1.5 * sqrt(len(parts)) + 0.5:
        raise ParseError(f"{what}: {sum(known):,} in all, but {total:,} is printed", line)


def _million(cell: str) -> int | None:
    return None if cell == "n.a." else int(cell.replace(",", ""))


TABLES: tuple[Table, ...] = (
    Table("tic/slt1d", "tic", (), recogniser(r"TABLE 1D:\s+" + _TITLE, r"^\s+-{5,}\s"), _parse),
)
