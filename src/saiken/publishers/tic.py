"""US Treasury, TIC: who outside the United States holds Treasury securities, and who buys them.

Tables of major foreign holders (USD bn, end of month): the current SLT Table 5, the history by
year (`mfhhis01`), the old `mfh.txt` frozen in March 2023, and the text of either as it is copied
from a page. Table 3 has a module of its own.

Every block must add up (countries to the total, official to bills and bonds), or it is refused:
a swapped, cut or shifted file is an error, never a wrong figure. The rows of these tables are
rounded one by one, so that n of them miss their sum by chance: `0.15 * sqrt(n)` is five standard
deviations of that and still below any slip worth the name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from saiken.publishers import calendars, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column
from saiken.terms.period import Period

DOCUMENTS = "https://ticdata.treasury.gov/resource-center/data-chart-center/tic/Documents/"
_DECIMALS = 1
"""The tables of major holders print tenths of a billion; re-saved copies drop the zero."""
_LESS_THAN_50_MN = (0, 1)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name.casefold(): number for number, name in enumerate(_NAMES, 1)}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_FOOTNOTE = re.compile(r"\s*\d+/\s*\Z")
_SPACES = re.compile(r"\s+")
_CELL = re.compile(r"(?:-?[\d,]*\.?\d+|\*|n\.a\.)\Z")
_TITLE = re.compile(r"major foreign holders of treasury securities", re.IGNORECASE)
_STAMP = re.compile(r"\((\d{4}) revised ([A-Z][a-z]+) (\d{1,2}), (\d{4})\)")
_FIRST_NOTE = re.compile(r'"?\s*1/\s')
_EDITION = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{2}|20\d\d)\s*\Z")
_DATE_LINE = re.compile(r"^\s*([A-Z][a-z]+) (\d{1,2}), (\d{4})\s*$", re.MULTILINE)

_FAMILIES = {
    "total": ("tic/holdings", "all"),
    "official": ("tic/holdings", "official"),
    "bills": ("tic/holdings_bills", "official"),
    "bonds": ("tic/holdings_bonds", "official"),
    "other": ("tic/holdings", "other"),
}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column of a block: its month, where it stands, and whether a newer series follows it."""

    month: Period
    column: int
    old: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a block: what it is (`total`, `official`, ... or ``), whose, and its cells."""

    kind: str
    holder: str
    line: int
    cells: tuple[tuple[int, int] | None, ...]
    columns: tuple[int, ...]


@dataclass(slots=True)
class _Block:
    """One table: newest month first as a rule, the order is read from the header."""

    line: int
    heads: tuple[_Head, ...]
    rows: list[_Row] = field(default_factory=list)

    def of(self, kind: str) -> _Row:
        for row in self.rows:
            if row.kind == kind:
                return row
        raise ParseError(f"the table has no row for {kind!r}: is the file cut?", self.line)


@cache
def _names() -> dict[str, Any]:
    content = tomllib.loads(
        files("saiken.publishers").joinpath("tic_holders.toml").read_text("utf-8")
    )
    for part in ("lines", "holders"):
        content[part] = {name.casefold(): code for name, code in content[part].items()}
    return content


@cache
def holder(label: str) -> tuple[str, str]:
    """(kind, holder) of a row's label: `("", "JP")`, `("total", "all")`.

    A name that the table does not know is kept as `x:<name>`, so that a country new to the
    publication does not cost the others their figures.
    """
    name = _SPACES.sub(" ", _FOOTNOTE.sub("", label.strip().strip('"'))).strip()
    key = name.casefold()
    kind = _names()["lines"].get(key, "")
    if kind == "non_official":
        return kind, kind
    if kind:
        return kind, _FAMILIES[kind][1]
    code = _names()["holders"].get(key)
    return "", code or "x:" + re.sub(r"[^a-z0-9]+", "-", key).strip("-")


def _cell(text: str, line: int) -> tuple[int, int] | None:
    if text == "*":
        return _LESS_THAN_50_MN
    try:
        return textfile.printed(text, _DECIMALS)
    except ValueError as error:
        raise ParseError(f"{error} among the figures", line) from error


def _month(name: str, year: str, line: int) -> Period:
    number = _MONTHS.get(name.strip().casefold()[:3])
    if number is None or not re.fullmatch(r"(?:19|20)\d\d", year.strip()):
        raise ParseError(f"not a month: {name!r} {year!r}", line)
    return Period.month(int(year), number)


def _row(label: str, texts: Sequence[str], columns: Sequence[int], line: int) -> _Row:
    kind, code = holder(label)
    return _Row(kind, code, line, tuple(_cell(text, line) for text in texts), tuple(columns))


# Blocks between tabs -------------------------------------------------------------------------


def _read_tabs(text: list[str], at: int, block: _Block, last: str) -> int:
    """Rows from line index `at` until the row of kind `last`; the index after it."""
    used = {head.column for head in block.heads}
    for index in range(at, len(text)):
        cells = textfile.tab_cells(text[index])
        label, line = cells[0], index + 1
        filled = {column for column, cell in enumerate(cells[1:], 2) if cell}
        if not filled and (not label or label.casefold() == "of which:"):
            continue
        if not label and all(set(cells[column - 1]) == {"-"} for column in filled):
            continue
        if filled != used:
            msg = f"{label!r} has figures in {len(filled)} columns, the header has {len(used)}"
            raise ParseError(f"{msg}: is the file cut or shifted?", line)
        columns = [head.column for head in block.heads]
        block.rows.append(_row(label, [cells[c - 1] for c in columns], columns, line))
        if block.rows[-1].kind == last and index + 1 < len(text):
            return index + 1
    msg = f"the file ends before the end of the row for {last!r}: it is cut, fetch it again"
    raise ParseError(msg, len(text))


def _iso_heads(cells: Sequence[tuple[str, int]], line: int) -> tuple[_Head, ...]:
    try:
        heads = tuple(_Head(Period.parse(label), column) for label, column in cells)
    except ValueError as error:
        raise ParseError(str(error), line) from error
    if len({head.month for head in heads}) != len(heads):
        raise ParseError("a month stands twice in the header", line)
    return heads


def _parse_table5(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """`slt_table5.txt`. The file does not say when it was published: `vintage_at` is None."""
    del artifact
    text = textfile.lines(data)
    for index, content in enumerate(text):
        cells = textfile.tab_cells(content)
        if cells[0] == "Country" and len(cells) > 1:
            named = [(cell, column) for column, cell in enumerate(cells, 1) if cell and column > 1]
            block = _Block(index + 1, _iso_heads(named, index + 1))
            _read_tabs(text, index + 1, block, "bonds")
            yield from _figures(block)
            return
    raise ParseError("no header that begins with `Country`: this is not SLT Table 5")


def _numeral(text: str) -> int:
    """`" XII"` -> 12; 0 if there is none."""
    value, greatest = 0, 0
    for letter in reversed(text.strip().casefold()):
        one = _ROMAN.get(letter, 0)
        if not one:
            return 0
        value += one if one >= greatest else -one
        greatest = max(greatest, one)
    return value


def _history_heads(text: list[str], index: int) -> tuple[_Head, ...]:
    """The columns of a yearly block: month names stand above the years, series above those.

    A month that stands twice is a series break: of the two, the one with the lower number
    ("Series XI" against "Series XII") is the publisher's estimate on the old basis.
    """
    line = index + 1
    if index < 1:
        raise ParseError("the header has no line of months", line)
    years = textfile.tab_cells(text[index])
    months = textfile.tab_cells(text[index - 1])
    series = textfile.tab_cells(text[index - 2]) if index > 1 else []
    heads: dict[int, _Head] = {}
    taken: dict[Period, int] = {}
    for column, year in enumerate(years[1:], 2):
        if not year:
            continue
        month = _month(months[column - 1] if column <= len(months) else "", year, line)
        heads[column] = _Head(month, column)
        if month not in taken:
            taken[month] = column
            continue
        other = taken[month]
        ranks = [_numeral(series[c - 1]) if c <= len(series) else 0 for c in (other, column)]
        if 0 in ranks or ranks[0] == ranks[1]:
            raise ParseError(f"{month} stands twice and no series number tells which is new", line)
        older = other if ranks[0] < ranks[1] else column
        heads[older] = _Head(month, older, old=True)
    return tuple(heads.values())


def _parse_history(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """`mfhhis01.txt`: a block a year, each with its own stamp at the bottom of the file.

    A stamped block is the vintage of its stamp. Of one without a stamp it is only known that it
    stood so on the date of the file: that is its vintage. Of a month that stands twice the
    figure of the later series is the month's; the other goes to `..._old_basis/{holder}`.
    """
    del artifact
    text = textfile.lines(data)
    stamps = {
        int(year): calendars.moment("tic", _day(name, day, stamped, index + 1))
        for index, content in enumerate(text)
        for year, name, day, stamped in _STAMP.findall(content)
    }
    if not stamps:
        raise ParseError("no line such as `(2025 revised ...)`: the file is cut", len(text))
    last = max(index for index, content in enumerate(text) if _STAMP.search(content))
    if not any(_FIRST_NOTE.match(content) for content in text[last:]):
        raise ParseError("the file ends among its stamps, before its notes: it is cut", len(text))
    edition = _edition(text)
    found = False
    index = 0
    while index < len(text):
        if not text[index].startswith("Country\t"):
            index += 1
            continue
        block = _Block(index + 1, _history_heads(text, index))
        index = _read_tabs(text, index + 1, block, "bonds")
        found = True
        yield from _figures(block, stamps.get(block.heads[0].month.start.year, edition))
    if not found:
        raise ParseError("no header that begins with `Country`: this is not the TIC history")


def _edition(text: list[str]) -> datetime:
    """The moment of the file's own date, `3/18/26` or `5/18/2026`, on a line of its own."""
    for index, content in enumerate(text):
        found = _EDITION.match(content)
        if found:
            month, day, year = (int(part) for part in found.groups())
            try:
                return calendars.moment("tic", date(year % 100 + 2000, month, day))
            except ValueError as error:
                raise ParseError(f"not a date: {content.strip()!r}", index + 1) from error
    raise ParseError("no date below the blocks: the file is cut", len(text))


def _day(name: str, day: str, year: str, line: int) -> date:
    try:
        return date(int(year), _MONTHS[name.casefold()[:3]], int(day))
    except (KeyError, ValueError) as error:
        raise ParseError(f"not a date: {name} {day}, {year}", line) from error


# Blocks between blanks -----------------------------------------------------------------------


def _tokens(line: str) -> list[tuple[str, int]]:
    """Words with the 1-based position of each in the line."""
    return [(found[0], found.start() + 1) for found in re.finditer(r"\S+", line)]


def _read_words(words: list[tuple[str, int]], width: int, line: int) -> Iterator[_Row]:
    """Rows of `width` figures each after a name, from words that may be one line or all of them."""
    label: list[str] = []
    cells: list[tuple[str, int]] = []
    for text, column in words:
        if not _CELL.match(text):
            if cells:
                msg = f"{' '.join(label)!r} has {len(cells)} figures, the header has {width}"
                raise ParseError(f"{msg}: is the file cut or shifted?", line)
            label.append(text)
            continue
        if not label:
            raise ParseError(f"figures without a name: {text!r}", line)
        cells.append((text, column))
        if len(cells) == width:
            yield _row(" ".join(label), [t for t, _ in cells], [c for _, c in cells], line)
            label, cells = [], []
    if cells:
        msg = f"{' '.join(label)!r} has {len(cells)} figures, the header has {width}"
        raise ParseError(f"{msg}: the file is cut", line)


def _whole_lines(data: bytes) -> list[str]:
    """Lines of a text that has nothing after its figures: it must end in a line end."""
    text = textfile.lines(data)
    if text[-1].strip():
        raise ParseError("the file ends inside a line: it is cut, fetch it again", len(text))
    return text


def _word_heads(
    names: list[tuple[str, int]], years: list[tuple[str, int]], line: int
) -> tuple[_Head, ...]:
    if len(names) != len(years) or not years:
        raise ParseError(f"{len(names)} months stand above {len(years)} years", line)
    heads = tuple(
        _Head(_month(name, year, line), column)
        for (name, _), (year, column) in zip(names, years, strict=True)
    )
    if len({head.month for head in heads}) != len(heads):
        raise ParseError("a month stands twice in the header", line)
    return heads


def _parse_mfh(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """`mfh.txt`, set in columns of blanks. Its date line is its vintage."""
    del artifact
    text = textfile.lines(data)
    start = next((i for i, line in enumerate(text) if line.startswith("Country ")), 0)
    if not start:
        raise ParseError("no header that begins with `Country`: this is not mfh.txt")
    heads = _word_heads(_tokens(text[start - 1]), _tokens(text[start])[1:], start + 1)
    block = _Block(start + 1, heads)
    for index in range(start + 1, len(text)):
        content = text[index]
        if not content.strip() or content.strip().startswith("--"):
            continue
        if content.strip().casefold() == "of which:":
            continue
        block.rows += _read_words(_tokens(content), len(heads), index + 1)
        if not block.rows or block.rows[-1].line != index + 1:
            raise ParseError(f"{content.strip()[:40]!r} has no figures: the file is cut", index + 1)
        if block.rows[-1].kind == "bonds":
            break
    stamp = _DATE_LINE.search("\n".join(text[start:]))
    if not stamp:
        raise ParseError("no date below the table: the file is cut", len(text))
    published = _day(stamp[1], stamp[2], stamp[3], len(text))
    yield from _figures(block, calendars.moment("tic", published))


def _parse_mfh_line(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """The top of `mfh.txt` with all white space collapsed; there are no totals to check."""
    del artifact
    text = _whole_lines(data)
    line = next((i + 1 for i, content in enumerate(text) if " Country " in content), 0)
    if not line:
        raise ParseError("no `Country` in the header: this is not the text of mfh.txt")
    words = _tokens(text[line - 1])
    at = next(i for i, (word, _) in enumerate(words) if word == "Country")
    dashes = [i for i, (word, _) in enumerate(words) if i > at and set(word) == {"-"}]
    width = len(dashes)
    if not width or dashes[-1] - dashes[0] != width - 1 or at < width:
        raise ParseError("the header's months, years and rules do not match", line)
    heads = _word_heads(words[at - width : at], words[at + 1 : dashes[0]], line)
    block = _Block(line, heads)
    block.rows += _read_words(words[dashes[-1] + 1 :], width, line)
    yield from _figures(block, complete=False)


def _parse_table5_words(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """The text of the page of SLT Table 5, between blanks; a part of it has no totals."""
    del artifact
    text = _whole_lines(data)
    start = next((i for i, line in enumerate(text) if line.startswith("Country ")), -1)
    if start < 0:
        raise ParseError("no header that begins with `Country`: this is not SLT Table 5")
    heads = _iso_heads(_tokens(text[start])[1:], start + 1)
    block = _Block(start + 1, heads)
    for index in range(start + 1, len(text)):
        if text[index].strip().casefold().startswith("notes"):
            break
        block.rows += _read_words(_tokens(text[index]), len(heads), index + 1)
    if not block.rows:
        raise ParseError("a header without rows: the file is cut", start + 1)
    yield from _figures(block, complete=any(row.kind == "total" for row in block.rows))


# What the blocks share -----------------------------------------------------------------------


def _tenths(cell: tuple[int, int] | None) -> float:
    return 0.0 if cell is None else cell[0] / 10 ** cell[1]


def _check(block: _Block) -> None:
    """Raise ParseError unless every column of the block adds up."""
    parts = [row for row in block.rows if row.kind in {"", "other"}]
    total, official = block.of("total"), block.of("official")
    bills, bonds = block.of("bills"), block.of("bonds")
    allowed = 0.15 * sqrt(len(parts) + 1)
    for index, head in enumerate(block.heads):
        label = f"{head.month} old" if head.old else str(head.month)
        known = _names()["residuals"].get(label, 0.0)
        gap = sum(_tenths(row.cells[index]) for row in parts) - _tenths(total.cells[index])
        if abs(gap - known) > allowed:
            msg = (
                f"{label}: the countries differ from the total by {gap:.1f} (allowed {allowed:.1f})"
            )
            raise ParseError(msg, total.line)
        gap = _tenths(official.cells[index]) - sum(_tenths(r.cells[index]) for r in (bills, bonds))
        if abs(gap) > 0.15:
            msg = f"{label}: official holdings differ from bills and bonds by {gap:.1f}"
            raise ParseError(msg, official.line)


def _figures(
    block: _Block, vintage: datetime | None = None, *, complete: bool = True
) -> Iterator[Column]:
    if complete:
        _check(block)
    spans = [(head.month.start.toordinal(), head.month.end.toordinal()) for head in block.heads]
    absent = {
        (row.holder, index)
        for row in block.rows
        for index, cell in enumerate(row.cells)
        if cell is None
    }
    columns: dict[str, Column] = {}
    for row in block.rows:
        family = _FAMILIES[row.kind][0] if row.kind else "tic/holdings"
        partner, joint = _names()["joint"].get(row.holder, ("", ""))
        own: dict[tuple[bool, bool], Column] = {}
        for index, (head, cell) in enumerate(zip(block.heads, row.cells, strict=True)):
            if cell is None:
                continue
            kind = (head.old, (partner, index) in absent)
            column = own.get(kind)
            if column is None:
                code = joint if kind[1] else row.holder
                series = f"{family}{'_old_basis' if head.old else ''}/{code}"
                column = own[kind] = Column(series, vintage_at=vintage)
            column.append(*spans[index], *cell, row.line, row.columns[index])
        for column in own.values():
            if columns.setdefault(column.series, column) is not column:
                raise ParseError(f"{column.series} stands twice in one table", row.line)
    yield from columns.values()


def recogniser(title: str, header: str) -> Callable[[bytes, str], bool]:
    """A file whose head bears the title and a line of the header's shape."""
    shape = re.compile(header, re.MULTILINE)
    named = re.compile(title, re.IGNORECASE)

    def recognise(head: bytes, name: str) -> bool:
        del name
        text = textfile.decode(head)
        return bool(named.search(text) and shape.search(text))

    return recognise


def _table(
    key: str,
    file: str,
    title: str,
    header: str,
    parse: Callable[[bytes, Artifact], Iterator[Column]],
) -> Table:
    urls = (DOCUMENTS + file,) if file else ()
    return Table(f"tic/{key}", "tic", urls, recogniser(title, header), parse)


_HOLDERS = _TITLE.pattern
TABLES: tuple[Table, ...] = (
    _table("slt_table5", "slt_table5.txt", _HOLDERS, r"^Country\t\d{4}-\d\d", _parse_table5),
    _table("slt_table5_text", "", _HOLDERS, r"^Country +\d{4}-\d\d", _parse_table5_words),
    _table("mfhhis01", "mfhhis01.txt", _HOLDERS, r"^Country\t+\d{4}[\t\r\n]", _parse_history),
    _table("mfh", "mfh.txt", _HOLDERS, r"^Country +\d{4} ", _parse_mfh),
    _table("mfh_text", "", _HOLDERS, r"\S +Country +\d{4} ", _parse_mfh_line),
)
