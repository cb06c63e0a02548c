"""The same in Japanese: amounts, periods and names as its newspapers print them.

The words stand in `japanese.toml`. What has none there comes back in English, or as its code.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from saiken.publishers import catalog
from saiken.terms.outlook import Refusal
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

PERCENT_UNITS = {"%", "% of GDP"}
CHO, OKU, MAN = 10**12, 10**8, 10**4
STEPS = ((1e9, OKU), (1e6, MAN), (0, 1))
"""To what sums are rounded: from so much on to whole 億, to whole 万, else to units."""


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("japanese.toml").read_text("utf-8"))


@cache
def _places() -> dict[str, str]:
    table = files("saiken.claims").joinpath("lexicon/countries_ja.toml")
    return {**tomllib.loads(table.read_text("utf-8")), **words()["place"]}


def template(english: str) -> str:
    return str(words()["told"].get(english, english))


def word(value: str, spelt: str) -> str:
    return str(words()["word"].get(value, spelt))


def remark(text: str) -> str:
    return str(words()["remark"].get(text, text))


def refusal(why: Refusal) -> str:
    """A refusal with its numbers as sums of dollars and its holders by name."""
    table, dollars = words()["refusal"], Unit.parse("USD bn")
    own = {
        name: table.get(part, subject(part)) if isinstance(part, str) else amount(part, dollars)
        for name, part in why.parts.items()
    }
    template = table.get(why.template)
    return str(template).format(**own) if template else str(why)


def misreading(name: str) -> str:
    return str(words()["misreading"].get(name, name))


def counted(unit: str) -> str:
    """What a number counts: `USD bn` -> 10億ドル, `%` -> %."""
    known, parsed = words()["counted"].get(unit), Unit.parse(unit)
    if known is not None or not parsed.is_money:
        return str(known or unit)
    return f"{words()['scale'][unit.removeprefix(parsed.base).strip()]}{_currency(parsed.base)}"


def publisher(name: str, told: str) -> str:
    return str(words()["publisher"].get(name, told))


def subject(code: str) -> str:
    """`JP` -> 日本, `JP:life` -> 日本の生命保険会社, `USDJPY` -> ドル/円."""
    if code in words()["group"]:
        return str(words()["group"][code])
    if len(code) == 6 and {code[:3], code[3:]} <= words()["currency"].keys():
        return f"{_currency(code[:3])}/{_currency(code[3:])}"
    if code in words()["currency"]:
        return _currency(code)
    country, _, group = code.partition(":")
    place = _places().get(country, country)
    return f"{place}の{investor(group)}" if group else place


def investor(group: str) -> str:
    return str(words()["investor"].get(group, group.replace("_", " ")))


def measure(name: str, spelt: str) -> str:
    """A measure without its subject: what follows 「の」 in its title."""
    known = words()["measure"].get(name)
    return spelt if known is None else str(known).format(who="", tenor="").removeprefix("の")


def title(series: str, told: str) -> str:
    """What a series is, from its measure, subject and maturity; else its own title."""
    entry = catalog.load().entry(series)
    known = words()["measure"].get(entry.measure) if entry is not None else None
    if entry is None or known is None:
        return told
    code = entry.subject or entry.slots.get("holder") or entry.slots.get("country") or ""
    return str(known).format(who=subject(code), tenor=tenor(entry.slots.get("tenor", "")))


def tenor(code: str) -> str:
    """`10Y` -> 10年, `3M` -> 3カ月."""
    return code.replace("Y", "年").replace("M", "カ月")


def period(when: Period) -> str:
    first, last = when.start, when.end
    match when.frequency:
        case "D":
            return _day(first)
        case "W":
            return f"{_day(last)}までの週"
        case "M":
            return _month(first)
        case "Q":
            return f"{first.year}年{first.month}〜{last.month}月期"
        case "A" if first.month == 1:
            return f"{first.year}年"
    if first.day == 1 and last == Period.month(last.year, last.month).end:
        if first.year == last.year:
            return f"{_month(first)}〜{last.month}月"
        return f"{_month(first)}〜{_month(last)}"
    return f"{_day(first)}〜{_day(last)}"


def _day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _month(when: date) -> str:
    return f"{when.year}年{when.month}月"


def _currency(code: str) -> str:
    return str(words()["currency"].get(code, code))


def amount(value: float, unit: Unit, *, signed: bool = False) -> str:
    """A value in a catalog unit: 1兆2027億ドル, −3742億円, 3.901 %, 1ドル=157.7円."""
    minus = "−" if value < 0 else "+" if signed and value > 0 else ""
    if unit.is_money:
        return f"{minus}{_money(abs(value) * unit.factor)}{_currency(unit.base)}"
    digits = _trim(abs(value), 3)
    if unit.base == "% of GDP":
        return f"{minus}GDP比{digits} %"
    if unit.base in PERCENT_UNITS:
        return f"{minus}{digits} {unit.base}"
    quote, per, base = unit.base.partition(" per ")
    if per and base in words()["currency"]:
        rate = f"{digits}{_currency(quote)}"
        return f"{minus}{rate}" if signed else f"1{_currency(base)}={rate}"
    return f"{minus}{digits}{words()['unit'].get(unit.name, ' ' + unit.name)}"


def spoken(stated: Quantity) -> str:
    """The text's own number, as this report writes it."""
    size = abs(stated.value)
    match stated.unit:
        case "% change":
            return f"{_trim(size, 1)} %"
        case "pp":
            return f"{_trim(size, 2)}ポイント"
        case "bp":
            return f"{_trim(size, 2)}bp"
        case "x":
            return f"{_trim(size, 2)}倍"
        case "ratio":
            return f"{_trim(size * 100, 1)} %"
    return amount(size, Unit.parse(stated.unit))


def _money(size: float) -> str:
    """A sum in 兆, 億 and 万, without separators."""
    if size < MAN:
        return _trim(size, 2)
    step = next(step for least, step in STEPS if size >= least)
    whole = round(size / step) * step
    scales = ((CHO, "兆"), (OKU, "億"), (MAN, "万"), (1, ""))
    parts = []
    for scale, name in scales:
        count, whole = divmod(whole, scale)
        parts.append(f"{count}{name}" if count else "")
    return "".join(parts)


def _trim(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
