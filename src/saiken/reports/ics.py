"""Releases as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE = 75
"""Octets a line, without its end."""

CERTAIN = frozenset({"actual", "scheduled"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a moment. `uid` stays the same when it is told again, moved or not."""

    uid: str
    at: datetime
    summary: str
    description: str
    certain: bool


def ics_text(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """A calendar of events, called `name`, as it was known at `stamp`."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//saiken//release calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.uid)}",
            f"DTSTAMP:{_moment(stamp)}",
            f"DTSTART:{_moment(event.at)}",
            f"SUMMARY:{_text(event.summary)}",
            f"DESCRIPTION:{_text(event.description)}",
            f"STATUS:{'CONFIRMED' if event.certain else 'TENTATIVE'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return r"\n".join(plain.splitlines())


def _folded(line: str) -> str:
    """`line` in pieces of at most 75 octets, no character cut; each further one starts with a blank."""
    pieces, piece, room = [], "", _LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _LINE - 1
        piece += char
        room -= size
    return "\r\n ".join([*pieces, piece])
