"""A user's own series: a catalog file and a folder of CSV files make a publisher.

The file (TOML) names the publisher and tells each series: its CSV file, the columns of date and
value, title, unit, kind and frequency. See docs/own.md. Series are called `user/<name>/<id>`, those
of countries `user/<name>/<id>/<country>`.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from dataclasses import dataclass
from functools import partial
from typing import Any

from saiken.publishers.catalog import USERS
from saiken.publishers.own_files import parse
from saiken.publishers.table import Table
from saiken.terms import places
from saiken.terms.period import SPANS

KINDS = ("stock", "flow", "rate", "price", "ratio", "index", "level", "event")
CALENDAR = "every_day"
"""By which a figure counts as known, where nothing else is said: at the end of its period."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_KNOWN_AFTER = re.compile(r"(\d{1,4}) (day|month)s?\Z")
_NEEDED = ("id", "file", "title", "unit", "kind", "frequency")
_OPTIONAL = {
    "date": "", "value": "", "published": "", "calendar": CALENDAR, "revised": True, "names": [],
    "subject": "", "sign": "", "convention": "", "start": "", "country": "", "known_after": "", "gaps": 0,
}  # fmt: skip
_TYPES = {bool: "true or false", int: "a whole number", list: "a list of texts", str: "a text"}


class OwnCatalogError(ValueError):
    """A user's catalog file says something that cannot be; the message tells what."""


@dataclass(frozen=True, slots=True)
class Own:
    """A user's catalog as read. `series` are its entries with all their fields, `countries` the
    codes of names that are not those of ISO 3166 (`` for what is left out).
    """

    name: str
    title: str
    credit: str
    version: int
    series: tuple[dict[str, Any], ...]
    countries: dict[str, str]

    @property
    def publisher(self) -> str:
        return f"user-{self.name}"

    def tables(self) -> list[Table]:
        """One table for each file pattern."""
        patterns = dict.fromkeys(one["file"] for one in self.series)
        return [self._table(pattern) for pattern in patterns]

    def content(self) -> dict[str, Any]:
        """What a catalog file of the package would say: publisher, series, measures."""
        owner = {
            "id": self.publisher,
            "name": self.title,
            "credit": self.credit,
            "terms": "the user's own",
            "redistribute": False,
        }
        told = ("title", "unit", "kind", "frequency", "calendar", "revised", "subject", "sign",
                "convention", "start", "gaps")  # fmt: skip
        entries, measures = [], {}
        for one in self.series:
            series = f"user/{self.name}/{one['id']}"
            measure = f"{USERS}{self.name}_{one['id']}"
            entry = {"id": series, "measure": measure} | {key: one[key] for key in told}
            if one["country"]:
                entry |= {
                    "id": f"{series}/{{country}}",
                    "title": f"{one['title']}, {{country}}",
                    "subject": "{country}",
                }
            entries.append(entry)
            measures[measure] = {
                "title": one["title"],
                "kind": one["kind"],
                "subject": "country" if one["country"] else one["subject"] or series,
                "names": one["names"],
            }
        return {"publisher": owner, "series": entries, "measures": measures}

    def _table(self, pattern: str) -> Table:
        mine = [one for one in self.series if one["file"] == pattern]
        return Table(
            f"{self.publisher}/{pattern}",
            self.publisher,
            (),
            partial(_recognise, pattern),
            partial(parse, self.name, mine, self.countries),
            self.version,
        )


def read(text: str) -> Own:
    """Read a catalog file. Raises OwnCatalogError that names the entry and what is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OwnCatalogError(f"not TOML: {error}") from None
    name = content.get("name", "")
    if not isinstance(name, str) or not _NAME.match(name):
        raise OwnCatalogError("`name` must be there: small letters, digits, `-` and `_`")
    series = tuple(_entry(one, place) for place, one in enumerate(content.get("series", ()), 1))
    if not series:
        raise OwnCatalogError("no [[series]] in it")
    ids = [one["id"] for one in series]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise OwnCatalogError(f"the series {min(twice)!r} stands twice")
    strange = sorted(set(content) - _TOP)
    if strange:
        raise OwnCatalogError(f"{strange[0]!r} means nothing at the top of the file")
    title = content.get("title", name)
    countries = _countries(content.get("countries", {}))
    credit, version = content.get("credit", title), content.get("version", 1)
    return Own(name, title, credit, version, series, countries)


_TOP = {"name", "title", "credit", "version", "series", "countries"}


def _countries(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise OwnCatalogError("[countries] is a table of names and their codes")
    for named, code in given.items():
        if code != "" and code not in places.countries():
            raise OwnCatalogError(f"[countries] {named!r}: {code!r} is no ISO 3166 code (like JP)")
    return given


def _entry(given: dict[str, Any], place: int) -> dict[str, Any]:
    what = f"series {given.get('id', place)!r}"
    missing = [key for key in _NEEDED if not given.get(key)]
    if missing:
        raise OwnCatalogError(f"{what} lacks {', '.join(missing)}")
    strange = sorted(set(given) - {*_NEEDED, *_OPTIONAL})
    if strange:
        raise OwnCatalogError(f"{what}: {strange[0]!r} means nothing here")
    for key, value in given.items():
        wanted = type(_OPTIONAL.get(key, ""))
        if type(value) is not wanted or (wanted is list and not _texts(value)):
            raise OwnCatalogError(f"{what}: {key} is {_TYPES[wanted]}")
    if not _NAME.match(given["id"]):
        raise OwnCatalogError(f"{what}: an id has small letters, digits, `-` and `_` only")
    for key, allowed in (("kind", KINDS), ("frequency", tuple(SPANS))):
        if given[key] not in allowed:
            raise OwnCatalogError(f"{what}: {key} is one of {', '.join(allowed)}")
    return _OPTIONAL | given | {"calendar": _calendar(given, what)}


def _texts(value: Any) -> bool:
    return all(isinstance(one, str) and one.strip() for one in value)


def _calendar(given: dict[str, Any], what: str) -> str:
    """The calendar by which figures count as known; `known_after` is a rule of its own."""
    named, after = given.get("calendar", ""), given.get("known_after", "")
    told = _KNOWN_AFTER.match(after)
    if after and (named or not told):
        raise OwnCatalogError(f'{what}: known_after is "12 months" or "45 days", without calendar')
    if told:
        return f"{given['frequency']}+{told[1]}{told[2][0]}"
    if named and named not in _calendars():
        known = "`saiken calendar --names` lists them"
        raise OwnCatalogError(f"{what}: there is no calendar {named!r}: {known}")
    return named or CALENDAR


def _calendars() -> tuple[str, ...]:
    from saiken.publishers import calendars  # noqa: PLC0415 - only where one is named

    return calendars.names()


def _recognise(pattern: str, head: bytes, name: str) -> bool:
    return fnmatch.fnmatch(name, pattern) and b"\0" not in head
