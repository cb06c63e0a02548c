"""Comparing the number in the text with the number in the figures, as intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import ModuleType

from saiken.claims.judging import rules
from saiken.claims.judging.told import Told, tell
from saiken.terms.quantity import Interval, Quantity
from saiken.terms.units import Unit

PERCENT_UNITS = {"%", "% of GDP"}
POINTS = {"pp": 1.0, "bp": 0.01}


def official(value: float, half_width: float, unit: Unit) -> Interval:
    """A published value as an interval in base units (USD, per cent, JPY per USD)."""
    return Interval.around(value, half_width).scaled(unit.factor)


def matches(stated: Quantity, true: Interval) -> bool:
    """Whether the stated number and the true one are compatible.

    Half a unit of the last stated digit and the published rounding both count; a one-sided
    statement ("over 4") needs the printed value to be on its side; a correct truncation passes, of
    a number that was printed to its last digit: "about 8 %" allows for as much on either side.
    """
    if math.isinf(stated.high):
        return true.middle > stated.low
    if math.isinf(stated.low):
        return true.middle < stated.high
    if stated.value in {stated.low, stated.high}:  # "nearly", "just under"
        return stated.low <= true.middle <= stated.high
    return stated.interval.meets(true) or (stated.printed and truncates(stated, true.middle))


def truncates(stated: Quantity, true: float) -> bool:
    """Whether the stated digits are the true ones cut off: 1.202 for 1.2027."""
    step = stated.high - stated.low
    shortfall = abs(true) - abs(stated.value)
    return stated.value * true >= 0 and 0 <= shortfall < step * (1 - 1e-9)


def fit(stated: Quantity, unit: Unit) -> Quantity | None:
    """The stated level in the base unit of a series; None where they count different things.

    "158 bp" of a spread in per cent is 1.58.
    """
    scale = 1.0
    if unit.base in PERCENT_UNITS:
        scale = POINTS.get(stated.unit, 1.0)
        if stated.unit not in {"", "%", *POINTS}:
            return None
    elif stated.unit not in names(unit):
        return None
    return stated.scaled(scale, unit.base)


def names(unit: Unit) -> set[str]:
    """What a text may count in where the series counts in `unit`, no rate in per cent.

    A bare number, or one of yen, may be a price in yen; a bare number is no amount of money.
    """
    return {unit.base, unit.base.partition(" per ")[0]} | (set() if unit.is_money else {""})


def compatible(stated: Quantity, unit: Unit) -> bool:
    """Whether the two can be compared without conversion."""
    return stated.unit == unit.base


def exaggeration(stated: float, true: float) -> float | None:
    """How many times the true size the stated one is, where it is told too large but not wrong.

    None of the true size itself, of less, of the other sign, and of `ENORMOUS_FACTOR` times as much.
    """
    times = round(stated / true, 9) if true else math.inf  # 15 is ten times 1.5 in binary too
    return times if 1 < times < rules.ENORMOUS_FACTOR else None


def significant(stated: Quantity) -> int:
    """How many significant digits the text printed."""
    width = stated.high - stated.low
    if not stated.value or not width or math.isinf(width):
        return 0
    return max(1, math.floor(math.log10(abs(stated.value) / width) + 1e-9) + 1)


_SYMBOLS = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩"}


def amount(value: float, unit: Unit, *, signed: bool = False) -> Told:
    """A value in a catalog unit as a person reads it: `$1,202.7 bn`, `−¥374.2 bn`, `3.901 %`."""
    shown = _amount(value, unit, signed=signed)
    return Told(shown, lambda: _japanese().amount(value, unit, signed=signed))


def _amount(value: float, unit: Unit, *, signed: bool = False) -> str:
    minus = "−" if value < 0 else "+" if signed and value > 0 else ""
    if not unit.is_money:
        digits = _trim(abs(value), 3)
        if unit.base in PERCENT_UNITS:
            return f"{minus}{digits} {unit.base}"
        if unit.name in {"contracts", "count"}:
            return f"{minus}{abs(value):,.0f} {unit.name}"
        return f"{minus}{digits}" + ("" if unit.name == "index" else f" {unit.name}")
    size = abs(value) * unit.factor
    tn = 1e12 if unit.base == "JPY" else 1e13
    for scale, word in ((tn, "tn"), (1e9, "bn"), (1e6, "mn")):
        if size >= scale:
            shown = size / (1e12 if word == "tn" else scale)
            places = 2 if word == "tn" else 1
            return f"{minus}{_SYMBOLS.get(unit.base, unit.base + ' ')}{shown:,.{places}f} {word}"
    return f"{minus}{_SYMBOLS.get(unit.base, unit.base + ' ')}{size:,.0f}"


def spoken(stated: Quantity, *, signed: bool = False) -> Told:
    """The text's own number, as this report writes it; its size only, unless `signed`."""
    minus = "−" if signed and stated.value < 0 else ""
    return Told(minus + _spoken(stated), lambda: minus + _japanese().spoken(stated))


def _spoken(stated: Quantity) -> str:
    if stated.unit == "% change":
        return f"{_trim(abs(stated.value), 1)} %"
    if stated.unit in {"pp", "bp", "x"}:
        return f"{_trim(abs(stated.value), 2)} {stated.unit}"
    if stated.unit == "ratio":
        return f"{_trim(abs(stated.value) * 100, 1)} %"
    unit = Unit.parse(stated.unit)
    if unit.is_money and abs(stated.value) >= 1e12:
        return f"{_SYMBOLS.get(unit.base, unit.base + ' ')}{_trim(abs(stated.value) / 1e12, 4)} tn"
    return _amount(abs(stated.value), unit)


def unlike(said: str, unit: Unit) -> Told:
    """That the text counts in another unit than the series."""
    return tell(
        "The text counts in {said}, the series in {unit}.",
        said=counted(said or "a plain number"),
        unit=counted(unit.name),
    )


def counted(unit: str) -> Told:
    """What a number counts, by the name of its unit."""
    return Told(unit, lambda: _japanese().counted(unit))


def change(value: float, unit: Unit, *, signed: bool = False, points: bool = False) -> Told:
    """A change in a catalog unit as a person reads it: of what is in per cent, in basis points, or
    in percentage `points`.
    """
    if unit.base != "%":
        return amount(value, unit, signed=signed)
    if points:
        size = f"{value:{'+' if signed else ''}.1f}".replace("-", "−")
        return Told(f"{size} points", lambda: f"{size}ポイント")
    shown = f"{value * 100:{'+' if signed else ''}.1f}".replace("-", "−")
    return Told(f"{shown} bp", lambda: f"{shown}bp")


def _japanese() -> ModuleType:
    from saiken.claims.judging import japanese  # noqa: PLC0415 - English never needs it

    return japanese


def _trim(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(values: Sequence[float], half_widths: Sequence[float], unit: Unit) -> Interval:
    """The sum of published values with the sum of their rounding, in base units."""
    return official(math.fsum(values), math.fsum(half_widths), unit)
