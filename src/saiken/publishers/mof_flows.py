"""MoF Japan: securities bought and sold across the border, weekly, monthly and by investor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from saiken.publishers.delimited import decode, glimpse, need_width, number_like, records
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column, parse_number
from saiken.terms.period import Period

_TOKYO = timezone(timedelta(hours=9))
_STAMP = re.compile(r"Final Update\s+([A-Z][a-z]+)\s+(\d{1,2})\s*,\s*(\d{4})")
_NAME_STAMP = re.compile(r"upd(\d{4})(\d\d)(\d\d)")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_HEADER_LINES = 24
_LONGEST_LAG = {"week": 21, "month": 62}
"""Days from the end of the newest period to the stamp beyond which lines must be missing."""

_SIDES = {
    "Portfolio Investment Assets": "assets",
    "Portfolio Investment Liabilities": "liabilities",
}
_INSTRUMENTS = {
    "Equity and investment fund shares": "equity",
    "Long-term debt securities": "long",
    "Short-term debt securities": "short",
    "Subtotal": "equity_long",
    "Total": "total",
}
_ITEMS = {"Acquisition": "acquisition", "Disposition": "disposition", "Net": "net"}
_TRADED = ("equity", "long", "short")
_SIDE_KEYS = (
    "equity/acquisition", "equity/disposition", "equity/net",
    "long/acquisition", "long/disposition", "long/net", "equity_long/net",
    "short/acquisition", "short/disposition", "short/net", "total/net",
)  # fmt: skip
_KEYS = tuple(f"{side}/{key}" for side in ("assets", "liabilities") for key in _SIDE_KEYS)

_INVESTORS = {
    "各部門計": "all",
    "公的部門": "public",
    "中央銀行": "central_bank",
    "一般政府": "government",
    "預金取扱機関": "deposit_takers",
    "銀行等(銀行勘定)": "banks",
    "信託銀行(銀行勘定)": "trust_banks",
    "その他部門": "other_sectors",
    "その他金融機関": "other_financial",
    "銀行等及び信託銀行(信託勘定)": "trust_accounts",
    "銀行等(信託勘定)": "trust_accounts_of_banks",
    "信託銀行(信託勘定)": "trust_accounts_of_trust_banks",
    "金融商品取引業者": "securities_firms",
    "生命保険会社": "life",
    "損害保険会社": "nonlife",
    "投資信託委託会社等": "investment_trusts",
    "その他": "others",
}
_SLACK = {"other_financial": 4}
"""MoF adds this group up from rounded parts, so its net is off by more than one rounding."""


def _plain(text: str) -> str:
    """Compatibility form (full-width digits, dots and tildes become plain), single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@dataclass(slots=True)
class _Sheet:
    """What the lines above the figures say: when published, and which column is which.

    `keys[i]` is the series tail of the i-th cell of a record, `` where it is not a series.
    """

    rows: list[tuple[int, list[str]]]
    published: datetime | None
    keys: list[str]
    columns: dict[str, Column] = field(default_factory=dict)
    seen: set[tuple[str, Period]] = field(default_factory=set)

    def add(self, prefix: str, period: Period, values: Mapping[str, int], line: int) -> None:
        if (prefix, period) in self.seen:
            raise ParseError(f"{period} stands twice", line)
        self.seen.add((prefix, period))
        start, end = period.start.toordinal(), period.end.toordinal()
        for place, key in enumerate(self.keys, start=1):
            if key in values:
                series = f"{prefix}/{key}"
                column = self.columns.get(series)
                if column is None:
                    column = self.columns[series] = Column(series, vintage_at=self.published)
                column.append(start, end, values[key], 0, line, place)


def _published(rows: list[tuple[int, list[str]]]) -> datetime | None:
    """08:50 in Tokyo on the day of the stamp "Final Update August 14, 2026", in UTC."""
    for _, record in rows[:_HEADER_LINES]:
        found = _STAMP.search(_plain(" ".join(record)))
        if found and found[1] in _MONTH_NAMES:
            day = date(int(found[3]), _MONTH_NAMES.index(found[1]) + 1, int(found[2]))
            return _at_release(day)
    return None


def _at_release(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, 50, tzinfo=_TOKYO).astimezone(UTC)


def _header(rows: list[tuple[int, list[str]]], cell: str) -> tuple[int, list[str]]:
    """The header record that has a cell ending in `cell`, and its line."""
    for line, record in rows[:_HEADER_LINES]:
        if any(_plain(text).endswith(cell) for text in record):
            return line, record
    raise ParseError(f"no header {cell!r} in the first {_HEADER_LINES} lines")


def _spread(record: list[str], words: Mapping[str, str]) -> list[str]:
    """Each cell's word in the table, carried to the right over blanks; `` for words unknown."""
    found, out = "", []
    for cell in record:
        text = re.sub(r"^\d+\. | \([A-D]\)$", "", _plain(cell))
        found = words.get(text, "") if text else found
        out.append(found)
    return out


def _flow_keys(rows: list[tuple[int, list[str]]]) -> list[str]:
    """`assets/equity/acquisition` ... for each column, read off the three English header rows."""
    _, sides = _header(rows, "Portfolio Investment Assets")
    _, instruments = _header(rows, "Equity and investment fund shares")
    line, items = _header(rows, "Acquisition")
    spread = (
        _spread(sides, _SIDES),
        _spread(instruments, _INSTRUMENTS),
        _spread(items, _ITEMS),
    )
    if len({len(words) for words in spread}) != 1:
        raise ParseError("the header lines are not of one length", line)
    keys = ["/".join(parts) if all(parts) else "" for parts in zip(*spread, strict=True)]
    if sorted(filter(None, keys)) != sorted(_KEYS):
        raise ParseError("the columns are not those of this table", line)
    return keys


def _values(record: list[str], keys: list[str], line: int) -> dict[str, int]:
    """The figures of one record by key, empty if all its cells are blank; ParseError if torn."""
    need_width(record, len(keys), line)
    values = {}
    blank = 0
    for place, (cell, key) in enumerate(zip(record, keys, strict=True), start=1):
        if not key or cell.strip() == "-":
            continue
        if not cell.strip():
            blank += 1
            continue
        try:
            digits, decimals = parse_number(cell)
        except ValueError:
            raise ParseError(f"{cell!r} in column {place} is not a number", line) from None
        if decimals:
            raise ParseError(f"{cell!r} in column {place}: amounts have no decimals", line)
        values[key] = digits
    if values and blank:
        raise ParseError(f"{blank} cells of this line are empty", line)
    return values


def _need(difference: int, what: str, line: int, slack: int = 1) -> None:
    if abs(difference) > slack:
        raise ParseError(f"{what} does not add up: off by {difference}", line)


def _need_cells(values: Mapping[str, int], keys: Iterable[str], line: int) -> None:
    missing = [key for key in keys if key not in values]
    if missing:
        raise ParseError(f"no figure for {', '.join(missing[:3])}", line)


def _need_sums(values: Mapping[str, int], line: int) -> None:
    """Net is what was acquired less what was disposed of; subtotal and total add the nets up.

    Each printed figure is rounded by itself, so one unit is allowed.
    """
    _need_cells(values, _KEYS, line)
    for side in ("assets", "liabilities"):
        get = {key: values[f"{side}/{key}"] for key in _SIDE_KEYS}
        for name in _TRADED:
            net = get[f"{name}/acquisition"] - get[f"{name}/disposition"]
            _need(net - get[f"{name}/net"], f"{side}, {name}: net", line)
        subtotal = get["equity/net"] + get["long/net"]
        _need(subtotal - get["equity_long/net"], f"{side}: subtotal", line)
        _need(get["equity_long/net"] + get["short/net"] - get["total/net"], f"{side}: total", line)


_WEEK = re.compile(r"(\d{4})\.(\d+)\.(\d+) ?[~〜-] ?(?:(\d{4})\.)?(\d+)\.(\d+)\Z")


def _week(label: str, line: int) -> Period | None:
    """`2025．12．28～2026．1．3` -> that Sunday to that Saturday; None if it is no such label."""
    found = _WEEK.match(_plain(label))
    if not found:
        return None
    year = int(found[1])
    try:
        start = date(year, int(found[2]), int(found[3]))
        end = date(int(found[4] or year), int(found[5]), int(found[6]))
    except ValueError:
        raise ParseError(f"{label!r} is not a week", line) from None
    if (end - start).days != 6 or start.weekday() != 6:
        raise ParseError(f"{label!r} is not a week from Sunday to Saturday", line)
    return Period(start, end)


def _need_whole(sheet: _Sheet, newest: Period | None, kind: str, line: int) -> None:
    """A file whose newest period lies far before its own stamp has lost its last lines."""
    if newest is None:
        raise ParseError("a header and no figures below it: the file was cut off", line)
    if sheet.published and (sheet.published.date() - newest.end).days > _LONGEST_LAG[kind]:
        msg = f"updated {sheet.published:%Y-%m-%d}, yet the figures end with {newest}: cut off"
        raise ParseError(msg, line)


def _parse_weekly(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    rows = list(records(decode(data, "utf-8-sig", "cp932")))
    sheet = _Sheet(rows, _published(rows), _flow_keys(rows))
    below = _header(rows, "Acquisition")[0]
    newest: Period | None = None
    for line, record in rows:
        if line <= below:
            continue
        period = _week(record[0], line) if record else None
        if period is None:
            _need_no_figures(record, line)
            continue
        values = _values(record, sheet.keys, line)
        _need_sums(values, line)
        sheet.add("mof/weekly", period, values, line)
        newest = max(newest or period, period)
    _need_whole(sheet, newest, "week", rows[-1][0])
    yield from sheet.columns.values()


def _need_no_figures(record: list[str], line: int) -> None:
    """Blank lines and notes have no figures; a line that has some must have been read."""
    if record and (record[0].lstrip().startswith("<") or any(map(number_like, record[1:]))):
        raise ParseError(f"figures, but {record[0]!r} is not a period of this table", line)


_YEAR = re.compile(r"\d{4}\Z")
_ERA = re.compile(r"\((平成|令和)(\d+|元)年\)\Z")
_ERA_BEFORE = {"平成": 1988, "令和": 2018}
_CALENDAR = re.compile(r"(\d{4})年\(1月~12月\) (\d{4})CY\Z")
_FISCAL = re.compile(r"(\d{4})年4月~(\d{4})年3月 (\d{4})FY\Z")


@dataclass(slots=True)
class _Calendar:
    """Reads the labels of monthly tables, where only the January line bears the year."""

    last: Period | None = None

    def read(self, record: list[str], line: int) -> tuple[str, Period] | None:
        """("" or "_cy" or "_fy", period) of a record; None if it is not a period's."""
        label = _plain(record[0])
        if found := _CALENDAR.match(label):
            if found[1] != found[2]:
                raise ParseError(f"{label!r} names two years", line)
            return "_cy", Period.year(int(found[1]))
        if found := _FISCAL.match(label):
            first = int(found[1])
            if (int(found[2]), int(found[3])) != (first + 1, first):
                raise ParseError(f"{label!r} is not a fiscal year", line)
            return "_fy", Period(date(first, 4, 1), date(first + 1, 3, 31))
        month = _month(record)
        if not month:
            return None
        if _YEAR.match(label):
            self._next(Period.month(int(label), month), line)
        elif self.last is None:
            raise ParseError("a month before any year has been named", line)
        else:
            self._next(Period.month(self.last.shift(1).start.year, month), line)
        if (era := _ERA.match(label)) and self.last:
            year = _ERA_BEFORE[era[1]] + (1 if era[2] == "元" else int(era[2]))
            if year != self.last.start.year:
                raise ParseError(f"{label} is not {self.last.start.year}", line)
        return ("", self.last) if self.last else None

    def _next(self, month: Period, line: int) -> None:
        if self.last and month != self.last.shift(1):
            raise ParseError(f"{month} follows {self.last}: lines are missing or moved", line)
        self.last = month


def _month(record: list[str]) -> int:
    """The month that both the Japanese and the English label name; 0 if there is none."""
    if len(record) < 3:
        return 0
    japanese, english = _plain(record[1]), _plain(record[2])
    for month, name in enumerate(_MONTH_NAMES, start=1):
        if japanese == f"{month}月" and english == name[:3]:
            return month
    return 0


def _parse_monthly(data: bytes, artifact: Artifact) -> Iterator[Column]:
    rows = list(records(decode(data, "utf-8-sig", "cp932")))
    if _is_excerpt(rows[0][1] if rows else []):
        yield from _parse_excerpt(rows, artifact)
        return
    sheet = _Sheet(rows, _published(rows), _flow_keys(rows))
    newest = None
    for line, kind, period, values in _monthly_rows(sheet):
        _need_sums(values, line)
        sheet.add(f"mof/{'annual' + kind if kind else 'monthly'}", period, values, line)
        newest = newest if kind else period
    _need_whole(sheet, newest, "month", rows[-1][0])
    yield from sheet.columns.values()


def _monthly_rows(sheet: _Sheet) -> Iterator[tuple[int, str, Period, dict[str, int]]]:
    """The lines with figures below the header: line, kind of period, period, values."""
    below = _header(sheet.rows, "Acquisition")[0]
    calendar = _Calendar()
    for line, record in sheet.rows:
        if line <= below or not record:
            continue
        read = calendar.read(record, line)
        if read is None:
            _need_no_figures(record, line)
            continue
        values = _values(record, sheet.keys, line)
        if values:
            yield line, *read, values


_MONTHLY_LABELS = 3
_BALANCES = 2  # assets less liabilities, of the subtotals and of the totals


def _is_excerpt(record: list[str]) -> bool:
    """Whether a first line is already a month of the monthly table, without year or header."""
    width = _MONTHLY_LABELS + len(_KEYS) + _BALANCES
    return len(record) == width and not record[0].strip() and bool(_month(record))


def _parse_excerpt(rows: list[tuple[int, list[str]]], artifact: Artifact) -> Iterator[Column]:
    """Lines of the monthly table without its header, told safe by what they add up to.

    The year is not among them: it follows from the day in the file's name (`upd20260908`), whose
    table ends with the month before. Without such a name nothing is read.
    """
    found = _NAME_STAMP.search(artifact.name)
    if not found:
        msg = "no header and no year in this file: name it like montha1_upd20260908.csv"
        raise ParseError(msg, 1)
    updated = date(*map(int, found.groups()))
    keys = [""] * _MONTHLY_LABELS + list(_KEYS) + [""] * _BALANCES
    sheet = _Sheet(rows, _at_release(updated), keys)
    last = Period.month(updated.year, updated.month).shift(-1)
    for steps, (line, record) in enumerate(rows, start=1 - len(rows)):
        need_width(record, len(keys), line)
        period = last.shift(steps)
        if record[0].strip() or _month(record) != period.start.month:
            raise ParseError(f"{_plain(record[1])!r} where {period} should stand", line)
        values = _values(record, keys, line)
        _need_sums(values, line)
        for place, key in ((-2, "equity_long/net"), (-1, "total/net")):
            balance = _values([record[place]], ["balance"], line)
            _need_cells(balance, ["balance"], line)
            difference = values[f"assets/{key}"] - values[f"liabilities/{key}"]
            _need(difference - balance["balance"], f"balance of {key}", line)
        sheet.add("mof/monthly", period, values, line)
    yield from sheet.columns.values()


def _parse_investors(data: bytes, _artifact: Artifact) -> Iterator[Column]:
    rows = list(records(decode(data, "utf-8-sig", "cp932")))
    titles = (_INVESTOR_TITLE.search(_plain(record[0])) for _, record in rows[:4] if record)
    title = next(filter(None, titles), None)
    if not title or title[1] not in _INSTRUMENTS:
        raise ParseError("no title that names the kind of securities")
    sheet = _Sheet(rows, _published(rows), _investor_keys(rows))
    newest = None
    for line, kind, period, values in _monthly_rows(sheet):
        _need_investor_sums(values, line)
        sheet.add(f"mof/investor{kind}/{_INSTRUMENTS[title[1]]}", period, values, line)
        newest = newest if kind else period
    _need_whole(sheet, newest, "month", rows[-1][0])
    yield from sheet.columns.values()


def _need_investor_sums(values: Mapping[str, int], line: int) -> None:
    """Net adds up for every investor with figures, and all investors are the sum of three groups.

    A dash stands for all three items of an investor, or for none.
    """
    for investor in dict.fromkeys(key.partition("/")[0] for key in values):
        keys = [f"{investor}/{item}" for item in _ITEMS.values()]
        _need_cells(values, keys, line)
        acquired, disposed, net = (values[key] for key in keys)
        _need(acquired - disposed - net, f"{investor}: net", line, _SLACK.get(investor, 1))
    for item in _ITEMS.values():
        keys = [f"{investor}/{item}" for investor in ("all", *_PARTS)]
        _need_cells(values, keys, line)
        total, *parts = (values[key] for key in keys)
        _need(total - sum(parts), f"all investors: {item}", line)


_PARTS = ("public", "deposit_takers", "other_sectors")
_INVESTOR_TITLE = re.compile(r"Residents by Types of Investors ?\((.+)\)\Z")


def _investor_keys(rows: list[tuple[int, list[str]]]) -> list[str]:
    """`life/net` ... for each column: groups by their Japanese names on whatever header row."""
    line, items = _header(rows, "Acquisition")
    names: dict[int, str] = {}
    for above, record in rows:
        if above >= line:
            break
        for place, cell in enumerate(record):
            investor = _INVESTORS.get(_plain(cell).replace(" ", ""))
            if investor and names.setdefault(place, investor) != investor:
                raise ParseError(f"column {place + 1} has two investors", above)
    if sorted(names.values()) != sorted(_INVESTORS.values()):
        missing = sorted(set(_INVESTORS.values()) - set(names.values()))
        raise ParseError(f"investors missing or named twice: {', '.join(missing) or '?'}", line)
    investor, keys = "", []
    for place, item in enumerate(_spread(items, _ITEMS)):
        investor = names.get(place, investor)
        keys.append(f"{investor}/{item}" if investor and item else "")
    expected = [f"{name}/{item}" for name in _INVESTORS.values() for item in _ITEMS.values()]
    if sorted(filter(None, keys)) != sorted(expected):
        raise ParseError("each investor needs acquisition, disposition and net", line)
    return keys


def _recognise_weekly(head: bytes, _name: str) -> bool:
    return b"International Transactions in Securities (Weekly" in head


def _recognise_monthly(head: bytes, _name: str) -> bool:
    if b"International Transactions in Securities(Monthly" in head:
        return True
    first = glimpse(head, japanese=True).partition("\n")[0]
    try:
        return _is_excerpt(next((record for _, record in records(first)), []))
    except ParseError:
        return False


def _recognise_investors(head: bytes, _name: str) -> bool:
    return b"Purchases and Sales of Foreign Securities by Residents by Types of Investors" in head


_SITE = "https://www.mof.go.jp/policy/international_policy/reference/itn_transactions_in_securities"

TABLES: tuple[Table, ...] = (
    Table("mof/week", "mof", (f"{_SITE}/week.csv",), _recognise_weekly, _parse_weekly),
    Table("mof/montha1", "mof", (f"{_SITE}/montha1.csv",), _recognise_monthly, _parse_monthly),
    Table(
        "mof/monthb",
        "mof",
        tuple(f"{_SITE}/monthb{number}.csv" for number in (2, 3, 4)),
        _recognise_investors,
        _parse_investors,
    ),
)
