"""US Treasury, TIC: the monthly press release and its table of cross-border financial flows.

USD bn, not seasonally adjusted. The table stands in three layouts (one cell a line, rows between
bars, one run-on line), which differ only in what is between the words: it is read as one stream of
labels and numbers. Every release is a vintage of four months, two years and two sums over twelve
months.

Inside, + is an inflow into the United States: foreigners bought. Gross amounts bear no sign.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from saiken.publishers import calendars, corrections, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number
from saiken.terms.period import Period

_ID = "tic/press_release"
_DECIMALS = 1
_COLUMNS = 8
_TOTAL = 30
_GROSS = frozenset({1, 2, 14, 15})
_FAMILIES = ("flows_year", "flows_12m", "flows")
"""Series of the first two columns, the next two and the last four."""

_LINES = (
    # number, our name, label (`|` between what it was called at different times)
    (1, "us_securities_bought", "{gross_1} of Domestic U.S. Securities"),
    (2, "us_securities_sold", "{gross_2} of Domestic U.S. Securities"),
    (3, "us_securities", "Domestic Securities{net} (line 1 less line 2) /1"),
    (4, "us_securities_private", "Private, net /2"),
    (5, "treasuries_private", "Treasury Bonds & Notes, net"),
    (6, "agencies_private", "Gov't Agency Bonds, net"),
    (7, "corporates_private", "Corporate Bonds, net"),
    (8, "equities_private", "Equities, net"),
    (9, "us_securities_official", "Official, net /3"),
    (10, "treasuries_official", "Treasury Bonds & Notes, net"),
    (11, "agencies_official", "Gov't Agency Bonds, net"),
    (12, "corporates_official", "Corporate Bonds, net"),
    (13, "equities_official", "Equities, net"),
    (14, "foreign_securities_sold", "{gross_14}"),
    (15, "foreign_securities_bought", "{gross_15}"),
    (16, "foreign_securities", "Foreign Securities{net} (line 14 less line 15) /4"),
    (17, "foreign_bonds", "Foreign Bonds Purchased, net|Foreign Bonds, net"),
    (18, "foreign_equities", "Foreign Equities Purchased, net|Foreign Equities, net"),
    (19, "long_term_transactions", "Net Long-Term Securities Transactions ({lines_19}):"),
    (20, "long_term_other", "Other Acquisitions of Long-Term Securities, net /5"),
    (21, "long_term", "Net Foreign Acquisition of Long-Term Securities (lines 19 and 20):"),
    (22, "short_term", "Increase in Foreign Holdings of Dollar-Denominated Short-Term U.S. Securities and Other Custody Liabilities: /6"),
    (23, "bills", "U.S. Treasury Bills"),
    (24, "bills_private", "Private, net"),
    (25, "bills_official", "Official, net"),
    (26, "short_term_other", "Other Negotiable Instruments and Selected Other Liabilities: /7"),
    (27, "short_term_other_private", "Private, net"),
    (28, "short_term_other_official", "Official, net"),
    (29, "banks", "Change in Banks' Own Net Dollar-Denominated Liabilities"),
    (30, "total", "Monthly Net TIC Flows (lines 21,22,29) /8|Monthly Net TIC Flows (lines 21, 22, and 29) /8 /9|Monthly Net TIC Flows (lines 21, 22, and 29) /8|Monthly Net Dollar-Denominated Portfolio Inflows (lines 21, 22, and 29) /8 /9 of which|Monthly Net Dollar-Denominated Portfolio Inflows (lines 21, 22, and 29) /8 /9"),
    (31, "private", "Private, net"),
    (32, "official", "Official, net"),
)  # fmt: skip

_SUMS = (
    # whole = the parts added up, a part with a minus taken off
    (3, (1, -2)), (3, (4, 9)), (4, (5, 6, 7, 8)), (9, (10, 11, 12, 13)), (16, (14, -15)),
    (16, (17, 18)), (19, (3, 16)), (21, (19, 20)), (22, (23, 26)), (23, (24, 25)),
    (26, (27, 28)), (30, (21, 22, 29)), (30, (31, 32)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Convention:
    """How a release words its lines; `sign` turns its net figures into ours (+ = inflow)."""

    note: str
    sign: int
    words: Mapping[str, str]


_CONVENTIONS = (
    # To March 2023 the lines were named after what foreigners did ...
    _Convention(
        "/1 Net foreign purchases of U.S. securities (+)",
        1,
        {
            "gross_1": "Gross Purchases",
            "gross_2": "Gross Sales",
            "gross_14": "Gross Purchases of Foreign Securities from U.S. Residents",
            "gross_15": "Gross Sales of Foreign Securities to U.S. Residents",
            "net": " Purchased, net",
            "lines_19": "line 3 plus line 16",
        },
    ),
    # ... and since then after what US residents did: their net sales are the others' purchases.
    _Convention(
        "/1 Net U.S. sales = Net foreign purchases of U.S. securities (+)",
        1,
        {
            "gross_1": "Gross U.S. Sales",
            "gross_2": "Gross U.S. Purchases",
            "gross_14": "Gross U.S. Sales of Foreign Securities",
            "gross_15": "Gross U.S. Purchases of Foreign Securities",
            "net": ", net U.S. sales",
            "lines_19": "lines 3 and 16",
        },
    ),
)

_LEADS = {1: "Foreigners' Acquisitions of Long-Term Securities", 31: "/9|of which|/9 of which"}
"""What may stand before the number of a line."""

_NUMBER = re.compile(r"\s*(-?\d[\d,]*(?:\.\d)?)")
_MARKUP = re.compile(r"[|*#\\_\xa0\u200b]")
_TITLE = re.compile(r"TIC Monthly Reports on Cross-Border Financial Flows")
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?:{'|'.join(_SHORT_MONTHS)})"
_FULL_MONTH = re.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_HEADER = re.compile(
    rf"12 Months Through\s*(\d{{4}})\s*(\d{{4}})"
    rf"\s*({_MONTH}-\d\d|\d\d-{_MONTH})\s*({_MONTH}-\d\d|\d\d-{_MONTH})"
    + rf"\s*(?:\d{{4}}-)?({_MONTH})"
    * 4
)
_FRONT = re.compile(
    r"---\r?\n(?:\w+:.*\r?\n)*?title: *.*Treasury International Capital", re.IGNORECASE
)
_DATE = re.compile(r"^date: *(\d{4}-\d\d-\d\d)", re.MULTILINE)
_NAME = re.compile(r"^url: *\S*/press-releases?/(\w+)\s*$", re.MULTILINE)
_SUBJECT = re.compile(r"\(TIC\)\s*data for(.*?)\.", re.DOTALL)
_FLOW = re.compile(
    r"net\s+TIC\s+(inflow|outflow)\s+of(?:\s+\$\s*[\d,.]+\s+billion\s+in\s+\w+\s+and)?"
    r"\s+\$\s*([\d,.]*\d)\s+(billion|trillion)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")


@cache
def _label(label: str) -> re.Pattern[str]:
    """A label in any spacing and case: the layouts break lines and words as they like."""
    options = ["\\s*".join(map(re.escape, option.replace(" ", ""))) for option in label.split("|")]
    return re.compile(rf"\s*(?:{'|'.join(options)})", re.IGNORECASE)


def _plain(text: str) -> str:
    """The text with markup as blanks and typographic signs as plain ones, character by character."""
    return (
        _MARKUP.sub(" ", text).replace("\u2019", "'").replace("\u2212", "-").replace("\u2013", "-")
    )


class _Place:
    """Offsets in a text as 1-based lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def column(self, at: int) -> int:
        return at - self._starts[self.line(at) - 1] + 1


def _periods(cells: Sequence[str], place: int) -> list[Period]:
    """The eight columns of the header: two years, two sums of twelve months, four months."""
    years = [Period.year(int(year)) for year in cells[:2]]
    last = []
    for cell in cells[2:4]:
        one, _, other = cell.partition("-")
        name, year = (one, other) if one in _SHORT_MONTHS else (other, one)
        last.append(Period.month(2000 + int(year), _SHORT_MONTHS.index(name) + 1))
    months = [last[1].shift(-step) for step in (3, 2, 1, 0)]
    named = [_SHORT_MONTHS[month.start.month - 1] for month in months]
    if named != list(cells[4:]):
        raise ParseError(f"the months {', '.join(cells[4:])} do not end in {cells[3]}", place)
    if last[0] != last[1].shift(-12):
        raise ParseError(f"{cells[2]} is not a year before {cells[3]}", place)
    if years[0].shift(1) != years[1] or years[1].end > last[1].end:
        raise ParseError(f"{cells[0]} and {cells[1]} are not the years before {cells[3]}", place)
    sums = [Period(month.shift(-11).start, month.end) for month in last]
    return [*years, *sums, *months]


def _subject(text: str, newest: Period, place: _Place) -> None:
    """ParseError unless the release's own sentence is about the newest month of the table."""
    found = _SUBJECT.search(text)
    if not found:
        raise ParseError("no sentence says for which month these data are: is the release cut?")
    months = _FULL_MONTH.findall(found[1])
    years = _YEAR.findall(found[1])
    named = (months[-1:], years[-1:])
    if named != ([f"{newest.start:%B}"], [str(newest.start.year)]):
        msg = f"the text is about {' '.join(found[1].split())}, the table ends in {newest}"
        raise ParseError(msg, place.line(found.start()))


def _need_total(text: str, total: int, place: _Place) -> None:
    """ParseError unless the newest total is the flow, of the direction, that the text tells."""
    found = _FLOW.search(text)
    if not found:
        raise ParseError("no sentence tells the net TIC flow: is the release cut?")
    digits, decimals = parse_number(found[2])
    tenths = digits * 10 ** (1 - decimals) * (1000 if found[3] == "trillion" else 1)
    if total != (tenths if found[1].casefold() == "inflow" else -tenths):
        msg = f"the text tells a {' '.join(found[0].split())}, the table {total / 10}"
        raise ParseError(msg, place.line(found.start()))


def _convention(text: str) -> _Convention:
    plain = " ".join(text.split())
    convention = next((one for one in _CONVENTIONS if one.note in plain), None)
    if convention is None:
        raise ParseError("no note /1 that says which sign is a purchase: is the release cut?")
    return convention


def _rows(
    text: str, at: int, convention: _Convention, place: _Place
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """(line number, eight numbers with their offsets) of each line of the table from `at` on."""
    for number, _, template in _LINES:
        label = template.format(**convention.words) if "{" in template else template
        for skipped, needed in (
            (_LEADS.get(number, ""), False),
            (str(number), False),
            (label, True),
        ):
            found = _label(skipped).match(text, at) if skipped else None
            if found:
                at = found.end()
            elif needed:
                seen = " ".join(text[at : at + 60].split())
                msg = f"line {number} should be {label!r} and reads {seen!r}"
                raise ParseError(msg, place.line(at))
        cells: list[tuple[int, str]] = []
        for _ in range(_COLUMNS):
            cell = _NUMBER.match(text, at)
            if not cell:
                msg = f"line {number} has {len(cells)} figures, not {_COLUMNS}: is it cut?"
                raise ParseError(msg, place.line(at))
            cells.append((cell.start(1), cell[1]))
            at = cell.end()
        yield number, cells


def _check(rows: Mapping[int, Sequence[int]], lines: Mapping[int, int], document: str) -> None:
    """ParseError unless every sum of the table comes out in all columns, rounding allowed."""
    known = corrections.residuals(_ID, document)
    for whole, parts in _SUMS:
        formula = f"{whole} = {' + '.join(map(str, parts))}".replace("+ -", "- ")
        sums = (
            sum(rows[abs(part)][column] * (1 if part > 0 else -1) for part in parts)
            for column in range(_COLUMNS)
        )
        gaps = [abs(total - printed) for total, printed in zip(sums, rows[whole], strict=True)]
        misses = max(gaps) > (len(parts) + 1) / 2
        if misses and formula not in known:
            msg = f"the lines do not add up as {formula}: {max(gaps) / 10:.1f} off"
            raise ParseError(msg, lines[whole])
        if formula in known and not misses:
            raise ParseError(f"{document} adds up as {formula} now: drop its residual")


def _fill(column: Column, period: Period, at: int, cell: str, sign: int, place: _Place) -> int:
    """Append a cell to its column; its digits, in our sign."""
    digits, decimals = textfile.printed(cell, _DECIMALS) or parse_number(cell)
    digits *= sign
    start, end = period.start.toordinal(), period.end.toordinal()
    column.append(start, end, digits, decimals, place.line(at), place.column(at))
    return digits


def _parse(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    """The table's figures; the date in the front matter is the vintage.

    Raises ParseError unless the text and the table are about one month and the table adds up.
    """
    text = "\n".join(textfile.lines(data))
    document, day = _NAME.search(text), _DATE.search(text)
    if not day or not document:
        raise ParseError("no date and address at its top: this is not a press release", 1)
    text = _plain(corrections.applied(_ID, document[1], text))
    place = _Place(text)
    title = _TITLE.search(text)
    header = _HEADER.search(text, title.end()) if title else None
    if not header:
        raise ParseError("no table of cross-border flows with its months: is the release cut?")
    periods = _periods(header.groups(), place.line(header.start()))
    _subject(text, periods[-1], place)
    vintage = calendars.moment("tic", date.fromisoformat(day[1]))
    names = {number: name for number, name, _ in _LINES}
    rows: dict[int, list[int]] = {}
    lines: dict[int, int] = {}
    columns: list[Column] = []
    convention = _convention(text[header.end() :])
    for number, cells in _rows(text, header.end(), convention, place):
        sign = 1 if number in _GROSS else convention.sign
        lines[number] = place.line(cells[0][0])
        own = [Column(f"tic/{family}/{names[number]}", vintage_at=vintage) for family in _FAMILIES]
        rows[number] = [
            _fill(own[min(i // 2, 2)], periods[i], *cells[i], sign, place) for i in range(_COLUMNS)
        ]
        columns += own
    _check(rows, lines, document[1])
    _need_total(text, rows[_TOTAL][-1], place)
    yield from columns


def _recognise(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return bool(_FRONT.match(text) and _NAME.search(text))


TABLES: tuple[Table, ...] = (
    Table(
        _ID,
        "tic",
        ("https://home.treasury.gov/news/press-releases/{number}",),
        _recognise,
        _parse,
    ),
)
