"""A small publisher of our own: files, tables, calendars and a catalog that tests control."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from saiken.archive.archive import Archive
from saiken.archive.importer import ImportReport, import_folder
from saiken.publishers.catalog import Catalog, Publisher, Series
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column
from saiken.terms.period import Period, add_months
from saiken.terms.release import Release

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STOCK, RATE = "desk/stock/JP", "desk/rate/10Y"


def _series(series: str, frequency: str, calendar: str, *, revised: bool, **more: bool) -> Series:
    return Series(
        id=series,
        publisher="desk",
        title=series,
        unit="USD bn",
        kind="stock",
        frequency=frequency,
        calendar=calendar,
        revised=revised,
        **more,
    )


CATALOG = Catalog(
    publishers={
        "desk": Publisher("desk", "The Desk", "Source: the Desk", "public", redistribute=True)
    },
    measures={},
    families=(
        _series("desk/stock/{who}", "M", "monthly", revised=True),
        _series("desk/rate/{tenor}", "D", "daily", revised=False),
        _series("desk/closed/{who}", "M", "monthly", revised=True, redistribute=False),
    ),
    breaks=(),
    answers={},
)


class Calendars:
    """`monthly`: the 15th, two months later, 20:00 UTC. `daily`: weekdays, the same day, 09:00."""

    def moment(self, calendar: str, day: date) -> datetime:
        return datetime.combine(day, time(20 if calendar == "monthly" else 9), UTC)

    def release(self, calendar: str, period: Period) -> Release:
        day = period.end
        if calendar == "monthly":
            day = add_months(period.end.replace(day=15), 2)
        return Release(calendar, period, self.moment(calendar, day), day, "rule")

    def materialise(self, calendar: str, first: date, last: date) -> Iterator[Release]:
        day = first
        while day <= last:
            if calendar == "monthly":
                month = Period.month(day.year, day.month)
                yield self.release(calendar, month)
                day = month.end
            elif day.weekday() < 5:
                yield self.release(calendar, Period.day(day))
            day += timedelta(days=1)

    def next_release(self, calendar: str, after: datetime) -> Release:
        first = after.date() - timedelta(days=100)
        every = self.materialise(calendar, first, first + timedelta(days=400))
        return next(release for release in every if release.at > after)


def _parse(data: bytes, artifact: Artifact) -> Iterator[Column]:
    del artifact
    content = json.loads(data)
    if "fault" in content:
        raise ParseError("a wrong total", content["fault"])
    stamp = content.get("vintage")
    for series, cells in content["series"].items():
        column = Column(series, vintage_at=datetime.fromisoformat(stamp) if stamp else None)
        for row, (label, text) in enumerate(cells.items(), 1):
            period = Period.parse(label)
            column.add(period.start.toordinal(), period.end.toordinal(), text, row, 2)
        yield column


TABLE = Table("desk/sheet", "desk", (), lambda head, _: head.startswith(b"{"), _parse)


def recognise(data: bytes, name: str) -> Table | None:
    return TABLE if TABLE.recognise(data[:4096], name) else None


def sheet(series: Mapping[str, Mapping[str, str]], vintage: datetime | None = None) -> bytes:
    content: dict[str, object] = {"series": series}
    if vintage:
        content["vintage"] = vintage.isoformat()
    return json.dumps(content).encode()


def take(home: Path, path: Path, **more: object) -> ImportReport:
    settings = {"recognise": recognise, "calendars": Calendars(), "catalog": CATALOG, "now": NOW}
    return import_folder(path, home, **{**settings, **more})  # type: ignore[arg-type]


def take_all(home: Path, inbox: Path, files: Iterable[bytes]) -> None:
    """Import the files one by one, in the order given."""
    inbox.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(files):
        path = inbox / f"{number}.json"
        path.write_bytes(data)
        take(home, path)


def look(home: Path) -> Archive:
    """The store alone, without the package's snapshot."""
    return Archive.open(home, catalog=CATALOG, embedded=False)


def stated(
    archive: Archive, series: str, as_of: date | datetime, *, strict: bool = False
) -> dict[str, tuple[float, bool]]:
    """Period -> (value, whether marked) as of a date."""
    view = archive.view(series, as_of, strict)
    if view is None:
        return {}
    return {view.period(i).label: (view.values[i], bool(view.marks[i])) for i in range(len(view))}
