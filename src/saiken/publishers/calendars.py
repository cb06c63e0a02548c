"""Publishers' calendars: when the figures of a period come out. Pure functions, no I/O.

A calendar is a rule (`calendar/rules.toml`) and, where they are known, dates one by one
(`calendar/<name>.toml`), which go first: `actual` ones happened, `scheduled` ones were announced.
Of a user's own series a name may be the rule itself: `A+12m`, annual figures twelve months after
the end of their year, `M+45d`, monthly ones after 45 days.
All moments are UTC; `Release.day` is the calendar day where the publisher is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from saiken.terms.period import Period, add_months
from saiken.terms.release import Release

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_YEAR, _LAST_YEAR = 1940, 2060
_DAY = timedelta(days=1)
_BACK = {"D": 14, "W": 16, "M": 6, "Q": 3, "A": 2}
"""How many units a release may trail the end of its data: the longest shutdown's backlog."""
_DAYS = {"D": 1, "W": 7, "M": 28, "Q": 90, "A": 365}
"""The least days of a unit."""
_AFTER = re.compile(r"(?P<unit>[DWMQA])\+(?P<count>\d{1,4})(?P<of>[dm])\Z")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One entry of `rules.toml`; the fields are explained there."""

    name: str
    unit: str
    offices: str
    zone: ZoneInfo
    at: time
    weekday: int = 6
    months: int = 0
    lag: int = 0
    next: int | None = None
    last: bool = False
    slip: int = 0
    by: str = ""
    earlier: tuple[tuple[date, time], ...] = ()
    dates: dict[date, tuple[date, str]] = field(default_factory=dict, hash=False, compare=False)
    editions: dict[str, date] = field(default_factory=dict, hash=False, compare=False)

    @property
    def back(self) -> int:
        """How many units a release may trail the end of its data at most."""
        return _BACK[self.unit] + (31 * self.months + self.lag) // _DAYS[self.unit]


def names() -> tuple[str, ...]:
    """All calendars."""
    return tuple(_rules())


def is_daily(calendar: str) -> bool:
    """Whether the calendar brings figures of every day."""
    return _rule(calendar).unit == "D"


def publisher(calendar: str) -> str:
    """Who publishes by the calendar, where the catalog's publisher of the figures passes them on."""
    return _rule(calendar).by


def years() -> tuple[int, int]:
    """The first and the last year that the calendars reach."""
    return _FIRST_YEAR, _LAST_YEAR


def zone(calendar: str) -> ZoneInfo:
    """The time zone of the publisher."""
    return _rule(calendar).zone


def editions(calendar: str) -> dict[str, date]:
    """The days of the editions known by name: `{"2025-10": date(2025, 10, 14)}` of `weo`."""
    return dict(_rule(calendar).editions)


def release(calendar: str, period: Period) -> Release:
    """When the figures of `period` come out (came out, will come out).

    Raises KeyError for a calendar that there is not.
    """
    rule = _rule(calendar)
    day, basis = _release_day(rule, _unit(rule, period.end))
    return Release(calendar, period, _moment(rule, day), day, basis)


def moment(calendar: str, day: date) -> datetime:
    """The hour of publication on a day that is known to be a release day, in UTC."""
    return _moment(_rule(calendar), day)


def next_release(calendar: str, after: datetime) -> Release:
    """The first release later than `after`, with the oldest period that it brings."""
    rule = _rule(calendar)
    unit = _unit(rule, after.astimezone(rule.zone).date())
    for _ in range(rule.back):
        unit = _unit(rule, unit.start - _DAY)
    while True:
        day, basis = _release_day(rule, unit)
        at = _moment(rule, day)
        if at > after and (rule.unit != "D" or _is_open(rule.offices, unit.end)):
            return Release(calendar, unit, at, day, basis)
        unit = _unit(rule, unit.end + _DAY)


def released_by(calendar: str, day: date) -> Period:
    """The newest data period out by the end of `day` (where the publisher is)."""
    rule = _rule(calendar)
    unit = _unit(rule, day)
    while _release_day(rule, unit)[0] > day or (
        rule.unit == "D" and not _is_open(rule.offices, unit.end)
    ):
        unit = _unit(rule, unit.start - _DAY)
    return unit


def materialise(calendar: str, first: date, last: date) -> Iterator[Release]:
    """The releases of all data periods that end in `first`..`last`, oldest period first.

    Daily calendars leave out the days on which their publisher prints nothing.
    """
    rule = _rule(calendar)
    unit = _unit(rule, first)
    while unit.end <= last:
        if rule.unit != "D" or _is_open(rule.offices, unit.end):
            day, basis = _release_day(rule, unit)
            yield Release(calendar, unit, _moment(rule, day), day, basis)
        unit = _unit(rule, unit.end + _DAY)


def _rule(calendar: str) -> _Rule:
    rule = _rules().get(calendar) or _after(calendar)
    if rule is None:
        raise KeyError(f"no calendar {calendar!r}: there are {', '.join(_rules())}")
    return rule


@cache
def _after(calendar: str) -> _Rule | None:
    """The rule that the name itself tells: so many days or months after the end of the data."""
    told = _AFTER.match(calendar)
    if told is None:
        return None
    months, days = (int(told["count"]) if told["of"] == of else 0 for of in "md")
    at = time(23, 59)
    return _Rule(calendar, told["unit"], "", ZoneInfo("UTC"), at, months=months, lag=days)


def _unit(rule: _Rule, end: date) -> Period:
    """The unit of data that `end` falls into."""
    match rule.unit:
        case "D":
            return Period.day(end)
        case "W":
            return Period.week_ending(end + timedelta(days=(rule.weekday - end.weekday()) % 7))
        case "M":
            return Period.month(end.year, end.month)
        case "Q":
            return Period.quarter(end.year, (end.month + 2) // 3)
        case _:
            return Period.year(end.year)


def _release_day(rule: _Rule, unit: Period) -> tuple[date, str]:
    known = rule.dates.get(unit.end)
    if known:
        return known
    day = _ruled_day(rule, unit)
    if rule.slip and unit.end < min(rule.dates):
        day += timedelta(days=rule.slip)
    return day, "rule"


def _ruled_day(rule: _Rule, unit: Period) -> date:
    end = unit.end
    if rule.months:
        end = add_months(end.replace(day=1), rule.months + 1) - _DAY
    if rule.next is not None:
        day = end + timedelta(days=(rule.next - end.weekday() - 1) % 7 + 1)
        return _business_day(rule.offices, day - _DAY, 1)
    if rule.last:
        return _business_day(rule.offices, end + _DAY, -1)
    return _business_day(rule.offices, end, rule.lag)


def _business_day(offices: str, day: date, count: int) -> date:
    """The `count`-th business day after `day` (before it, if negative); `day` itself for 0."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not _is_open(offices, day):
            day += step
    return day


def _is_open(offices: str, day: date) -> bool:
    return not offices or (day.weekday() < 5 and day not in _closed(offices))


@lru_cache(maxsize=4096)
def _offset(zone: ZoneInfo, day: date, at: time) -> timedelta:
    return datetime.combine(day, at, zone).utcoffset() or timedelta()


def _moment(rule: _Rule, day: date) -> datetime:
    at = next((hour for before, hour in rule.earlier if day < before), rule.at)
    return datetime.combine(day, at, UTC) - _offset(rule.zone, day, at)


@cache
def _closed(offices: str) -> frozenset[date]:
    """Weekday closures 1940..2060. `holidays` loads here: it costs a quarter of a second."""
    from holidays.utils import country_holidays, financial_holidays  # noqa: PLC0415

    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    match offices:
        case "us":
            closed = set(country_holidays("US", years=years))
        case "us_market":
            easter = {day for day in financial_holidays("ECB", years=years) if day.month in {3, 4}}
            good_fridays = {day for day in easter if day.weekday() == 4}
            closed = set(country_holidays("US", years=years)) | good_fridays
        case "target":
            closed = set(financial_holidays("ECB", years=years))
        case "uk":
            closed = set(country_holidays("GB", subdiv="ENG", years=years))
        case "japan" | "japan_market":
            closed = set(country_holidays("JP", years=years))
            year_end = ("12-29", "12-30", "12-31", "01-02", "01-03")
            shut = year_end if offices == "japan" else year_end[2:]
            closed |= {date.fromisoformat(f"{year}-{day}") for year in years for day in shut}
        case _:
            raise KeyError(f"no offices {offices!r}")
    return frozenset(day for day in closed if day.weekday() < 5)


@cache
def _rules() -> dict[str, _Rule]:
    folder = files("saiken.publishers").joinpath("calendar")
    rules = {}
    for name, entry in tomllib.loads(folder.joinpath("rules.toml").read_text("utf-8")).items():
        file = folder.joinpath(f"{name}.toml")
        known = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        editions: dict[str, date] = known.pop("editions", {})
        dates = {
            Period.parse(label).end: (day, basis)
            for basis, days in known.items()
            for label, day in days.items()
        }
        dates |= {
            Period.year(int(label[:4]) - 1).end: (day, "actual")
            for label, day in editions.items()
            if label.endswith("-04")
        }
        rules[name] = _Rule(
            name=name,
            unit=entry["unit"],
            offices=entry["offices"],
            zone=ZoneInfo(entry["zone"]),
            at=time.fromisoformat(entry["at"]),
            weekday=_WEEKDAYS.index(entry.get("weekday", "sunday")),
            months=entry.get("months", 0),
            lag=entry.get("lag", 0),
            next=_WEEKDAYS.index(entry["next"]) if "next" in entry else None,
            last=entry.get("last", False),
            slip=entry.get("slip", 0),
            by=entry.get("by", ""),
            earlier=tuple(
                (one["before"], time.fromisoformat(one["at"])) for one in entry.get("earlier", ())
            ),
            dates=dates,
            editions=editions,
        )
    return rules
