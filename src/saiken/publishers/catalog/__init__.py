"""The catalog: what every series is. TOML files beside this module, one per publisher."""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from saiken.home import home_dir
from saiken.terms import places

USERS = "user_"
"""How the measures of a user's own series begin."""
PIECES = " + "
"""Between the words of a user's name that a sentence may tell in pieces and in any order."""

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Publisher:
    id: str
    name: str
    credit: str
    terms: str
    redistribute: bool
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A date from which a series is not comparable with its own past."""

    series: str
    at: str
    what: str
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confusion:
    """A series that people take for another: gross for net, net debt for gross debt.

    `ruling` is what a claim comes to whose number is that of `taken_for`.
    """

    series: str
    taken_for: str
    misreading: str
    what: str
    ruling: str = "refuted"


@dataclass(frozen=True, slots=True)
class Series:
    """A catalog entry: of a family while `id` has slots, of one series once they are filled.

    `kind` is stock, flow, rate, price, ratio, index, level or event. `revised` is False for
    series whose past never changes (closes, fixings): their own date is their vintage.
    `redistribute` is False where the owner of the figures, not the publisher, sets narrower terms.
    `decimals` is how many the publisher prints, None where that varies. `inception` lists the
    slot values for which the series is as old as what it measures ("*" for all), so that its
    record is one of all time. `past_year_revised_with` are the data months whose release revises
    the whole past year, where the publisher has such a policy. `revised_like` names the series
    whose revisions move this one too: a flow is revised with the stock that it explains. `sparse`
    is a series of single events: a published day without a figure had none. `scope` narrows the measure to a part:
    `long_term`, `bills`. `gaps` is how many periods may be without a figure, so that the newest one
    held is still the latest there is. `totals` is the calendar by which totals of longer periods come
    out before the figures, if they do. `by` is who makes the figures, where the publisher passes them on.
    """

    id: str
    publisher: str
    title: str
    unit: str
    kind: str
    frequency: str
    calendar: str
    revised: bool
    measure: str = ""
    subject: str = ""
    convention: str = ""
    start: str = ""
    sign: str = ""
    redistribute: bool = True
    decimals: int | None = None
    inception: tuple[str, ...] = ()
    past_year_revised_with: tuple[int, ...] = ()
    scope: str = ""
    revised_like: str = ""
    sparse: bool = False
    totals: str = ""
    gaps: int = 0
    by: str = ""
    slots: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def since_inception(self) -> bool:
        return "*" in self.inception or not {*self.slots.values()}.isdisjoint(self.inception)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something people talk about, with the words for it.

    `flow` and `stock` name the measure of its changes or its level. `wider` lists the measures of
    aggregates that are told as this one.
    """

    id: str
    title: str
    kind: str
    subject: str
    names: tuple[str, ...] = ()
    names_ja: tuple[str, ...] = ()
    flow: str = ""
    stock: str = ""
    sign: str = ""
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    publishers: dict[str, Publisher]
    measures: dict[str, Measure]
    families: tuple[Series, ...]
    breaks: tuple[Break, ...]
    answers: dict[tuple[str, str], tuple[str, ...]]
    confused: tuple[Confusion, ...] = ()
    _met: dict[str, Series | None] = field(default_factory=dict, repr=False, compare=False)

    def owner(self, entry: Series) -> Publisher:
        """Whose figures they are, by name and credit; the terms are those of who passes them on."""
        publisher = self.publishers[entry.publisher]
        if not entry.by:
            return publisher
        credit = publisher.credit.replace(publisher.name, entry.by)
        return replace(publisher, id=entry.by, name=entry.by, credit=credit)

    def confusions(self, series: str) -> list[Confusion]:
        """What is commonly taken for this series, with the other's id filled in."""
        found = []
        for confusion in self.confused:
            match = _pattern(confusion.series).match(series)
            if match:
                taken_for = _SLOT.sub(lambda slot: match[slot[1]], confusion.taken_for)  # noqa: B023
                found.append(replace(confusion, series=series, taken_for=taken_for))
        return found

    def entry(self, series: str) -> Series | None:
        """The entry of one series, its slots filled; None if no family has such an id."""
        if series not in self._met:
            self._met[series] = self._match(series)
        return self._met[series]

    def _match(self, series: str) -> Series | None:
        for family in self.families:
            # Most families are told apart by how they begin, without making a pattern of them.
            if series.startswith(family.id.partition("{")[0]):
                found = _pattern(family.id).match(series)
                if found:
                    return _fill(family, series, found.groupdict())
        return None

    def breaks_of(self, series: str) -> list[Break]:
        """The known breaks of one series, oldest first."""
        found = []
        for known in self.breaks:
            match = _pattern(known.series).match(series)
            if match and (not known.holders or match["holder"] in known.holders):
                found.append(known)
        return sorted(found, key=lambda known: known.at)

    def candidates(self, measure: str, subject: str, tenor: str = "") -> list[str]:
        """Ids of the series that answer a measure for a subject, the preferred one first.

        The ids follow from the patterns; whether figures are held is the archive's to say.
        """
        listed = self.answers.get((measure, subject))
        if listed:
            return list(listed)
        found = []
        for family in self.families:
            if family.measure != measure:
                continue
            series = _instance(family, subject, tenor)
            if series:
                found.append(series)
        return found


def _instance(family: Series, subject: str, tenor: str) -> str | None:
    slots = _SLOT.findall(family.id)
    if family.subject:
        shape = re.compile(_SLOT.sub("(.+)", family.subject) + r"\Z")
        found = shape.match(subject)
        if not found:
            return None
        values = dict(zip(_SLOT.findall(family.subject), found.groups(), strict=True))
    else:
        values = dict.fromkeys(slots, subject)
    if "tenor" in slots:
        if not tenor:
            return None
        values["tenor"] = tenor
    if any(slot not in values for slot in slots):
        return None
    return _SLOT.sub(lambda slot: values[slot[1]], family.id)


_PLACES = {"holder", "country"}
"""Slots whose values are places, told by their names in titles."""


def _fill(family: Series, series: str, slots: dict[str, str]) -> Series:
    named = {slot: places.name(v) if slot in _PLACES else v for slot, v in slots.items()}

    def fill(text: str, values: dict[str, str] = slots) -> str:
        return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)

    return replace(
        family,
        id=series,
        title=fill(family.title, named),
        unit=fill(family.unit),
        revised_like=fill(family.revised_like),
        subject=fill(family.subject),
        slots=slots,
    )


@cache
def _pattern(family: str) -> re.Pattern[str]:
    parts = _SLOT.split(family)
    text = "".join(re.escape(p) if i % 2 == 0 else f"(?P<{p}>[^/]+)" for i, p in enumerate(parts))
    return re.compile(text + r"\Z")


def load(home: Path | None = None) -> Catalog:
    """Every catalog file of the package, and those of the user's own series.

    These lie in `catalog/` of the archive at `home` (default: the user's).
    """
    return _load(home, os.environ.get("SAIKEN_HOME"))


def forget() -> None:
    """Read the catalogs anew when they are next asked for."""
    _load.cache_clear()


def own_folder(home: Path | None = None) -> Path:
    """Where the catalogs of the user's own series lie."""
    return home_dir(home) / "catalog"


def _own(home: Path | None) -> Iterator[dict[str, Any]]:
    """The user's catalogs, as files of the package would say them. A damaged one is left out."""
    for file in sorted(own_folder(home).glob("*.toml")):
        from saiken.publishers import own  # noqa: PLC0415 - only where there is one

        with contextlib.suppress(OSError, UnicodeDecodeError, own.OwnCatalogError):
            yield own.read(file.read_text("utf-8")).content()


@cache
def _load(home: Path | None, _named: str | None) -> Catalog:
    here = files(__name__)
    measures = {
        key: Measure(key, **_tuples(entry))
        for key, entry in tomllib.loads(here.joinpath("measures.toml").read_text("utf-8")).items()
    }
    publishers: dict[str, Publisher] = {}
    families: list[Series] = []
    breaks: list[Break] = []
    answers: dict[tuple[str, str], tuple[str, ...]] = {}
    confused: list[Confusion] = []
    ours = (
        tomllib.loads(file.read_text("utf-8"))
        for file in sorted(here.iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".toml") and file.name != "measures.toml"
    )
    for content in chain(ours, _own(home)):
        measures |= {
            key: Measure(key, **_tuples(entry))
            for key, entry in content.get("measures", {}).items()
        }
        owner = content["publisher"]  # told in full, or by the id under which another file tells it
        if not isinstance(owner, str):
            publishers[owner["id"]] = Publisher(**owner)
            owner = owner["id"]
        families += [
            Series(publisher=owner, **_tuples(entry)) for entry in content.get("series", ())
        ]
        confused += [Confusion(**entry) for entry in content.get("confusion", ())]
        breaks += [Break(**_tuples(entry)) for entry in content.get("break", ())]
        for entry in content.get("answers", ()):
            answers[entry["measure"], entry["subject"]] = tuple(entry["series"])
    return Catalog(publishers, measures, tuple(families), tuple(breaks), answers, tuple(confused))


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
