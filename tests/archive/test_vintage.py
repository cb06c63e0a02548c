"""How a column's vintages are settled, rule by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from archive_fakes import CATALOG, RATE, STOCK, Calendars

from saiken.archive.statements import BASES, from_ms
from saiken.archive.vintage import ISSUED_WITH_NEWEST, local_day, settle
from saiken.publishers.table import Artifact
from saiken.terms.figure import Basis, Column
from saiken.terms.period import Period

SEEN = datetime(2025, 12, 1, 9, tzinfo=UTC)
KNOWN = datetime(2025, 7, 1, 23, 59, 59, tzinfo=UTC)
STAMP = datetime(2025, 6, 18, 20, tzinfo=UTC)
ISSUED = min(ISSUED_WITH_NEWEST)


def settled(
    series: str,
    labels: list[str],
    *,
    table: str = "desk/sheet",
    stamp: datetime | None = None,
    known: datetime | None = None,
    newest: date | None = None,
) -> list[tuple[datetime, date, Basis]]:
    column = Column(series, vintage_at=stamp)
    for label in labels:
        period = Period.parse(label)
        column.add(period.start.toordinal(), period.end.toordinal(), "1.0", 1, 1)
    entry = CATALOG.entry(series)
    assert entry is not None
    artifact = Artifact("a", "0" * 64, SEEN, public_by=known)
    last = newest or date.fromordinal(max(column.ends))
    found = settle(column, artifact, table, entry, last, Calendars())
    return [
        (from_ms(at), date.fromordinal(day), BASES[basis])
        for at, day, basis in zip(found.moments, found.days, found.bases, strict=True)
    ]


def test_the_files_own_stamp_goes_first() -> None:
    expected = (STAMP, STAMP.date(), Basis.PUBLISHED)
    assert settled(STOCK, ["2025-01"], stamp=STAMP, known=KNOWN, table=ISSUED) == [expected]


def test_a_table_issued_with_each_release_is_as_old_as_its_newest_period() -> None:
    release = datetime(2025, 6, 15, 20, tzinfo=UTC)
    expected = (release, release.date(), Basis.CALENDAR)
    assert settled(STOCK, ["2025-01", "2025-04"], known=KNOWN, table=ISSUED) == [expected] * 2


def test_the_newest_period_is_that_of_the_file_not_of_the_column() -> None:
    release = datetime(2025, 6, 15, 20, tzinfo=UTC)
    found = settled(STOCK, ["2025-01"], known=KNOWN, table=ISSUED, newest=date(2025, 4, 30))
    assert found == [(release, release.date(), Basis.CALENDAR)]


def test_content_known_before_its_release_by_the_calendar_is_as_old_as_that_knowledge() -> None:
    early = datetime(2025, 6, 1, 12, tzinfo=UTC)
    found = settled(STOCK, ["2025-04"], known=early, table=ISSUED)
    assert found == [(early, early.date(), Basis.FIRST_SEEN)]


@pytest.mark.parametrize(("known", "at"), [(KNOWN, KNOWN), (None, SEEN)])
def test_otherwise_only_when_it_was_seen_is_known(known: datetime | None, at: datetime) -> None:
    assert settled(STOCK, ["2025-01"], known=known) == [(at, at.date(), Basis.FIRST_SEEN)]


def test_a_series_never_revised_is_as_old_as_each_figure_even_in_a_stamped_file() -> None:
    found = settled(RATE, ["2025-06-12", "2025-06-13"], stamp=STAMP)
    assert found == [
        (datetime(2025, 6, day, 9, tzinfo=UTC), date(2025, 6, day), Basis.CALENDAR)
        for day in (12, 13)
    ]


def test_the_day_of_a_stamp_is_the_one_where_the_publisher_is() -> None:
    class Tokyo(Calendars):
        def moment(self, calendar: str, day: date) -> datetime:
            del calendar
            return datetime(day.year, day.month, day.day, 23, 50, tzinfo=UTC) - timedelta(days=1)

    morning = datetime(2025, 8, 13, 23, 50, tzinfo=UTC)
    assert local_day("weekly", morning, Tokyo()) == date(2025, 8, 14)
