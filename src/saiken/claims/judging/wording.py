"""Dates, periods and names as a person writes them."""

from __future__ import annotations

from datetime import date

from saiken.terms.period import Period


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def at(when: Period) -> str:
    """`on 20 January 2026`, `in December 2025`."""
    return f"{'on' if when.frequency == 'D' else 'in'} {period(when)}"


def period(when: Period) -> str:
    match when.frequency:
        case "D":
            return day(when.start)
        case "W":
            return f"the week to {day(when.end)}"
        case "M":
            return f"{when.start:%B %Y}"
        case "Q":
            return f"the {('first', 'second', 'third', 'fourth')[when.end.month // 3 - 1]} quarter of {when.start.year}"
        case "A" if when.start.month == 1:
            return f"{when.start.year}"
    if when.start.day == 1 and when.end == Period.month(when.end.year, when.end.month).end:
        return f"{when.start:%B %Y} to {when.end:%B %Y}"
    return f"{day(when.start)} to {day(when.end)}"
