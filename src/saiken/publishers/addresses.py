"""What `saiken sync` fetches: the tables' addresses with their slots filled. Pure functions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any
from urllib.parse import unquote, urlsplit

from saiken.publishers.table import Table
from saiken.terms.period import Period

_SLOT = re.compile(r"\{(\w+)\}")
_MOVING = 2
"""So many of the newest years or months may still change at the publisher's."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a service wants to know who asks: a parameter of the query, which is no part of the
    address that is kept, and the variable of the environment that holds the user's own.
    """

    parameter: str
    variable: str


@dataclass(frozen=True, slots=True)
class Address:
    """One file to fetch: the table that it should be, and what it is called here.

    `settled` says that it no longer changes once it is held; `optional` that it may be missing.
    `member` picks files out of a zip; `accept` is the form asked for.
    """

    url: str
    publisher: str
    table: str
    name: str
    member: str = ""
    settled: bool = False
    optional: bool = False
    accept: str = ""
    key: Key | None = None


def addresses(tables: Iterable[Table], today: date) -> Iterator[Address]:
    """Every address of the tables that can be fetched, in their order."""
    for table in tables:
        about = _content().get(table.id, {})
        if "skip" in about:
            continue
        for url in about.get("urls", table.urls):
            yield from _filled(table, url, about, today)


def skipped() -> dict[str, str]:
    """Table -> why its address is not fetched."""
    return {key: about["skip"] for key, about in _content().items() if "skip" in about}


def _filled(table: Table, url: str, about: dict[str, Any], today: date) -> Iterator[Address]:
    """One address for each combination of slot values; none if a slot has no values."""
    slots = list(dict.fromkeys(_SLOT.findall(url)))
    given = about.get("slots", {})
    if any(slot not in given for slot in slots):
        return
    for values in product(*(_values(given[slot], today) for slot in slots)):
        filled = {slot: value for slot, (value, _) in zip(slots, values, strict=True)}
        dated = [moving for _, moving in values if moving is not None]
        where = url.format(**filled)
        named = about.get("name", "").format(**filled) or _last_part(where)
        yield Address(
            url=where,
            publisher=table.publisher,
            table=table.id,
            name=named,
            member=about.get("member", ""),
            settled=bool(dated) and not any(dated),
            optional=bool(dated),
            accept=about.get("accept", ""),
            key=Key(**about["key"]) if "key" in about else None,
        )


def _values(given: Any, today: date) -> list[tuple[str, bool | None]]:
    """(value, whether its file still changes; None where no period tells), the oldest first."""
    if isinstance(given, list):
        return [(value, None) for value in given]
    if "years_since" in given:
        found = [str(year) for year in range(given["years_since"], today.year + 1)]
    else:
        newest = Period.month(today.year, today.month).shift(-given["lag"])
        months = (newest.shift(-back).start for back in reversed(range(given["months"])))
        found = [f"{month:%Y%m}" for month in months]
    return [(value, place >= len(found) - _MOVING) for place, value in enumerate(found)]


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2]) or "file"


@cache
def _content() -> dict[str, dict[str, Any]]:
    text = files("saiken.publishers").joinpath("addresses.toml").read_text("utf-8")
    return tomllib.loads(text)
