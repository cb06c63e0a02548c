"""List when figures come out: releases to come, or of any span, past ones included.

CALENDAR is a name such as tic; without one, all are listed but those that print every day. A day is
that of the publisher, a time is UTC. `scheduled` was announced by the publisher, `actual` happened,
`rule` follows from the publisher's habit.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches

from saiken.doors.dates import FORMS
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.publishers import calendars, catalog
from saiken.terms.period import Period
from saiken.terms.release import Release

AHEAD = timedelta(days=45)
LONGEST_LAG = timedelta(days=500)
"""How long after its data a release may come: a year's figures in the second year after."""

MOST_YEARS = 80


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("calendar", metavar="CALENDAR", nargs="*", help="only these")
    add("--from", dest="first", metavar="DATE", help="from this day on (default: today)")
    add(
        "--until",
        metavar="DATE",
        help=f"up to this day (default: {AHEAD.days} days after the first)",
    )
    add("--names", action="store_true", help="list the calendars")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--ics", action="store_true", help="an iCalendar file")
    form.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: Namespace) -> int:
    known = calendars.names()
    for name in args.calendar:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise BadInputError(f"no calendar {name!r}", hint)
    if args.names:
        _print_names(known)
        return Exit.DONE
    first, last = _span(args)
    wanted = args.calendar or [name for name in known if not calendars.is_daily(name)]
    found = sorted(
        (release for name in wanted for release in releases(name, first, last)),
        key=lambda release: (release.at, release.calendar, release.period),
    )
    if args.ics:
        print(_ics(found, ", ".join(args.calendar)), end="")
    elif args.json:
        for release in found:
            print(json.dumps(_plain(release), ensure_ascii=False))
    elif not found:
        raise DataMissingError(
            f"nothing comes out from {first} to {last}", "ask for a longer span with --until"
        )
    else:
        _print_table(found)
    return Exit.DONE


def releases(calendar: str, first: date, last: date) -> list[Release]:
    """What a calendar brings on the days `first`..`last` of its publisher, by period."""
    every = calendars.materialise(calendar, first - LONGEST_LAG, last)
    return [release for release in every if first <= release.day <= last]


def _span(args: Namespace) -> tuple[date, date]:
    first = _day(args.first, "--from") or datetime.now(UTC).date()
    last = _day(args.until, "--until", end=True) or first + AHEAD
    if last < first:
        raise BadInputError(f"--until {last} is before --from {first}", "swap the two")
    if last.year - first.year > MOST_YEARS:
        raise BadInputError(f"more than {MOST_YEARS} years", "ask for a shorter span")
    low, high = calendars.years()
    if first.year < low or last.year > high:
        raise BadInputError(f"calendars reach from {low} to {high}", "ask for days within")
    return first, last


def _day(given: str | None, option: str, *, end: bool = False) -> date | None:
    if given is None:
        return None
    try:
        period = Period.parse(given.strip())
    except ValueError as error:
        raise BadInputError(f"{option}: {given!r} is not a date ({error})", FORMS) from None
    return period.end if end else period.start


def owners(calendar: str) -> tuple[str, ...]:
    """The names of those whose figures come out by a calendar."""
    if told := calendars.publisher(calendar):
        return (told,)
    known = catalog.load()
    entries = (family for family in known.families if family.calendar == calendar)
    return tuple(sorted({known.owner(entry).name for entry in entries}))


def _whose(calendar: str) -> str:
    return ", ".join(owners(calendar))


def _what(calendar: str) -> str:
    """What a calendar brings: the titles of its families, the first few."""
    titles = [one.title for one in catalog.load().families if one.calendar == calendar]
    plain = [title.replace("{", "").replace("}", "") for title in dict.fromkeys(titles)]
    more = f" and {len(plain) - 3} more" if len(plain) > 3 else ""
    return "; ".join(plain[:3]) + more


def _print_names(known: tuple[str, ...]) -> None:
    from saiken.reports.terminal import table

    print("\n".join(table([(name, _whose(name), _what(name)[:70]) for name in known])))


def _print_table(found: list[Release]) -> None:
    from saiken.reports.terminal import table

    rows = [("day", "UTC", "calendar", "data for", "how that is known", "publisher")]
    rows += [
        (
            release.day.isoformat(),
            f"{release.at:%m-%d %H:%M}",
            release.calendar,
            release.period.label,
            release.basis,
            _whose(release.calendar),
        )
        for release in found
    ]
    print("\n".join(table(rows)))


def _plain(release: Release) -> dict[str, str]:
    return {
        "calendar": release.calendar,
        "period": release.period.label,
        "day": release.day.isoformat(),
        "at": release.at.isoformat(),
        "basis": release.basis,
        "publisher": _whose(release.calendar),
    }


def _ics(found: list[Release], name: str) -> str:
    from saiken.reports.ics import CERTAIN, Event, ics_text

    events = (
        Event(
            uid=f"{release.calendar}-{release.period.end}@saiken",
            at=release.at,
            summary=f"{_whose(release.calendar)}: {release.calendar}, {release.period.label}",
            description=f"{_what(release.calendar)}\nHow the date is known: {release.basis}",
            certain=release.basis in CERTAIN,
        )
        for release in found
    )
    return ics_text(f"saiken releases {name}".strip(), events, datetime.now(UTC))
