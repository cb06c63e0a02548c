"""Names of subjects, measures, series and rulings, for people."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from saiken.claims.judging.told import Told, tell
from saiken.claims.verdict import Ruling
from saiken.publishers.catalog import Measure, Publisher
from saiken.terms import places
from saiken.terms.figure import Locator
from saiken.terms.outlook import Refusal

if TYPE_CHECKING:
    from saiken.claims.judging.lines import Line


def subject(code: str) -> Told:
    """`JP` -> Japan; `JP:life` -> life of Japan; a code without a name stands for itself."""
    return Told(_english(code), lambda: _japanese().subject(code))


def _english(code: str) -> str:
    if code in places.GROUPS:
        return places.name(code)
    country, _, group = code.partition(":")
    return f"{group.replace('_', ' ')} of {places.name(country)}" if group else places.name(country)


def investor(group: str) -> Told:
    """A group of investors by itself: `trust_accounts` -> trust accounts."""
    return Told(group.replace("_", " "), lambda: _japanese().investor(group))


def title(line: Line, *, short: bool = False) -> Told:
    """What a line is; `short` without what stands after the first comma.

    A computed line was told what it is when it was made.
    """
    made = line.title
    if isinstance(made, Told):
        return made
    shown = made.split(",")[0] if short else made
    return Told(shown, lambda: _japanese().title(line.series, shown))


def measure(known: Measure) -> Told:
    """A measure without whose it is."""
    return Told(known.title, lambda: _japanese().measure(known.id, known.title))


def measure_id(measure: str) -> Told:
    """A measure by its id: `treasury_holdings` -> treasury holdings."""
    spelt = measure.replace("_", " ")
    return Told(spelt, lambda: _japanese().measure(measure, spelt))


def code(code: str) -> Told:
    """A country, currency pair or tenor by its code, which English keeps: `US`, `USDJPY`."""
    return Told(code, lambda: _japanese().subject(code))


def tenor(code: str) -> Told:
    return Told(code, lambda: _japanese().tenor(code))


def word(value: str) -> Told:
    """A value of a fixed set (ruling, predicate, period of a series) spelt out."""
    spelt = value.replace("_", " ")
    return Told(spelt, lambda: _japanese().word(value, spelt))


def ruling(what: Ruling) -> Told:
    return Told(what.value, lambda: _japanese().word(what.value, what.value))


def misreading(name: str, spelt: str) -> Told:
    return Told(spelt, lambda: _japanese().misreading(name))


def publisher(owner: Publisher) -> Told:
    return Told(owner.name, lambda: _japanese().publisher(owner.id, owner.name))


def credit(owner: Publisher) -> Told:
    """The credit that a publisher asks for, in its own words; only the lead-in is translated."""
    named = owner.credit.removeprefix("Source: ")
    if named == owner.credit:
        return remark(owner.credit)
    return tell("Source: {credit}", credit=named)


def place(where: Locator) -> Told:
    """Where in its file a figure stands."""
    if where.sheet:
        return tell(
            "sheet {sheet}, row {row}, column {column}",
            sheet=where.sheet,
            row=where.row,
            column=where.column,
        )
    return tell("line {row}, column {column}", row=where.row, column=where.column)


def remark(text: str) -> Told:
    """A remark of the catalog's: what a break is, what a series is taken for, a caveat."""
    return Told(text, lambda: _japanese().remark(text))


def refusal(why: Refusal) -> Told:
    """Why no scenario was run."""
    return Told(str(why), lambda: _japanese().refusal(why))


def _japanese() -> ModuleType:
    from saiken.claims.judging import japanese  # noqa: PLC0415 - English never needs it

    return japanese
