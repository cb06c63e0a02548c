"""ALFRED, the vintages of FRED's series, as its service answers to who has a key.

An observation stands there once for each stretch of days on which FRED showed one value for it:
`realtime_start` is the day from which it did. The answer does not name the series: the file's name
begins with its FRED id (`NFCI.alfred.json`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from saiken.publishers import calendars, catalog, fed, jsonfile, textfile
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import WITHHELD, Column, Status
from saiken.terms.period import SPANS

_NAME = re.compile(r"(?:.*[/\\])?([A-Z0-9]+)(?=[_.]|\Z)")
_AS_READ = {"units": "lin", "output_type": "1", "offset": "0"}
_EVER = date(9999, 12, 31)
_KEYS = ("realtime_start", "realtime_end", "date", "value")
_NONE = "."
_VALUE = 4
"""The place of the value in an observation, which the locators give as a column."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """One value of one observation, and the days on which it was the one shown."""

    row: int
    first: date
    last: date
    value: str


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    """One column a vintage. A value that is no longer shown, or shown as missing, was withdrawn.

    Of a request for some days only, what was shown on the first of them is dated by that day: it
    may have been out before. ParseError for an answer that is one page of several.
    """
    content = jsonfile.content(data)
    observations = content.get("observations")
    other = [name for name, value in _AS_READ.items() if content.get(name) != value]
    if other or not isinstance(observations, list):
        raise ParseError(f"{other[0] if other else 'observations'}: not laid out as it is read", 1)
    if content.get("count") != str(len(observations)):
        msg = f"{len(observations)} of {content.get('count')} observations: ask for fewer days"
        raise ParseError(msg, 1)
    found = _NAME.match(artifact.name)
    series = fed.series_of(found[1]) if found else None
    entry = catalog.load().entry(series) if series else None
    if entry is None:
        raise ParseError(f"no catalog entry for the series that {artifact.name!r} names first", 1)
    columns: dict[tuple[date, Status], Column] = {}
    asked_until = _day(content.get("realtime_end"), 0)
    for day, shown in _by_day(observations).items():
        period = SPANS[entry.frequency](day)
        for since, row, cell in _vintages(shown, entry.decimals, asked_until):
            status = Status.FINAL if cell else Status.WITHDRAWN
            if (since, status) not in columns:
                moment = calendars.moment(entry.calendar, since)
                columns[since, status] = Column(entry.id, status, moment)
            start, end = period.start.toordinal(), period.end.toordinal()
            columns[since, status].append(start, end, *(cell or (0, WITHHELD)), row, _VALUE)
    if not columns:
        raise ParseError("no observation in it", 1)
    yield from columns.values()


def _by_day(observations: list[Any]) -> dict[date, list[_Shown]]:
    """What was shown of each day, in the order in which it was."""
    days: defaultdict[date, list[_Shown]] = defaultdict(list)
    for row, found in enumerate(observations, 1):
        if not isinstance(found, dict) or not set(_KEYS) <= set(found):
            raise ParseError(f"not an observation with {', '.join(_KEYS)}", row)
        first, last, day = (_day(found[key], row) for key in _KEYS[:3])
        if last < first:
            raise ParseError(f"shown until {last}, before it was from {first}", row)
        days[day].append(_Shown(row, first, last, str(found["value"])))
    for day, shown in days.items():
        shown.sort(key=lambda one: one.first)
        for before, after in pairwise(shown):
            if after.first <= before.last:
                raise ParseError(f"two values of {day} on {after.first}", after.row)
    return days


def _vintages(
    shown: list[_Shown], decimals: int | None, until: date
) -> Iterator[tuple[date, int, tuple[int, int] | None]]:
    """(first day, row, digits and decimals or None where it was withdrawn) of one observation."""
    held = False
    for place, one in enumerate(shown):
        try:
            cell = None if one.value == _NONE else textfile.printed(one.value, decimals)
        except ValueError as error:
            raise ParseError(str(error), one.row) from None
        if cell or held:
            yield one.first, one.row, cell
        held = cell is not None
        then = shown[place + 1].first if place + 1 < len(shown) else _EVER
        if held and one.last < min(until, then - timedelta(days=1)):
            yield one.last + timedelta(days=1), one.row, None
            held = False


def _day(text: Any, row: int) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ParseError(f"{text!r} is not a date", row) from None


def _recognise(head: bytes, _name: str) -> bool:
    text = textfile.decode(head)
    return jsonfile.begins_with(head, "realtime_start") and '"output_type"' in text


TABLES: tuple[Table, ...] = (
    Table(
        "fed/alfred",
        "fed",
        (
            (
                "https://api.stlouisfed.org/fred/series/observations?series_id={id}&file_type=json"
                "&output_type=1&realtime_start=1776-07-04&realtime_end=9999-12-31"
                "&observation_start=2022-01-01"
            ),
        ),
        _recognise,
        _parse,
    ),
)
