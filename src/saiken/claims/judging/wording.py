"""Dates, periods and names as a person writes them."""

from __future__ import annotations

from datetime import date

from saiken.claims.judging.told import Told, tell
from saiken.terms.period import Period


def day(when: date) -> Told:
    return Told(f"{when.day} {when:%B %Y}", lambda: _japanese(Period.day(when)))


def at(when: Period) -> Told:
    """`on 20 January 2026`, `in December 2025`."""
    told = f"{'on' if when.frequency == 'D' else 'in'} {period(when)}"
    return Told(told, lambda: _japanese(when))


def period(when: Period) -> Told:
    return Told(_english(when), lambda: _japanese(when))


def label(when: Period) -> Told:
    """The period as catalogs and files write it: `2025-11`."""
    return Told(when.label, lambda: _japanese(when))


def overstated(factor: float) -> Told:
    """By how much a size is told too large: `overstated 2.5 times`, `overstated by 4%`."""
    if factor < A_TENTH_MORE:
        return tell("overstated by {share:.0%}", share=max(factor - 1, 0.01))
    return tell("overstated {factor:.1f} times", factor=factor)


A_TENTH_MORE = 1.1
"""Below this many times, what is told too large is told in per cent."""


def _japanese(when: Period) -> str:
    from saiken.claims.judging import japanese  # noqa: PLC0415 - English never needs it

    return japanese.period(when)


def _english(when: Period) -> str:
    match when.frequency:
        case "D":
            return f"{when.start.day} {when.start:%B %Y}"
        case "W":
            return f"the week to {when.end.day} {when.end:%B %Y}"
        case "M":
            return f"{when.start:%B %Y}"
        case "Q":
            return f"the {('first', 'second', 'third', 'fourth')[when.end.month // 3 - 1]} quarter of {when.start.year}"
        case "A" if when.start.month == 1:
            return f"{when.start.year}"
    if when.start.day == 1 and when.end == Period.month(when.end.year, when.end.month).end:
        return f"{when.start:%B %Y} to {when.end:%B %Y}"
    return f"{when.start.day} {when.start:%B %Y} to {when.end.day} {when.end:%B %Y}"
