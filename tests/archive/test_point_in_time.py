"""As of a date: the archive's answer against a search through the raw vintages, file by file.

The search shares with the archive only the parsers, the calendars and what says when a file became
public: it takes every cell that every file states, and follows the rule of the two clocks by hand.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.archive.batch import newest
from saiken.archive.holding import FIDELITIES
from saiken.archive.importer import import_folder
from saiken.archive.store import Store
from saiken.archive.vintage import settle
from saiken.publishers import calendars, catalog, registry
from saiken.terms.period import Period

PAIRS = 200
FOLDERS = ("us/tic", "us/stress", "japan/mof_securities", "japan/mof_bop")


@dataclass(frozen=True)
class Print:
    """What one file states of one period, and since when."""

    day: date
    moment: int
    fidelity: int
    sha: str
    decimals: int
    digits: int


Raw = dict[str, dict[Period, list[Print]]]


@pytest.fixture(scope="module")
def home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("whole") / "home"
    for folder in FOLDERS:
        import_folder(shared / "data" / folder, home)
    return home


@pytest.fixture(scope="module")
def raw(home: Path) -> Raw:
    """Every cell of every file kept, parsed anew from its bytes."""
    found: Raw = defaultdict(lambda: defaultdict(list))
    store = Store(home)
    for holding in store.holdings():
        data = store.raw_path(holding.sha256).read_bytes()
        table = registry.recognise(data, holding.name)
        assert table is not None
        columns = [column for column in table.parse(data, holding.as_artifact()) if len(column)]
        newest = date.fromordinal(max(max(column.ends) for column in columns))
        for column in columns:
            entry = catalog.load().entry(column.series)
            if entry is None:
                continue
            settled = settle(column, holding.as_artifact(), table.id, entry, newest, calendars)
            for cell, day, moment in zip(
                column.cells(), settled.days, settled.moments, strict=True
            ):
                period, value, decimals, _ = cell
                digits = 0 if value is None else int(value.scaleb(decimals))
                found[column.series][period].append(
                    Print(
                        date.fromordinal(day),
                        moment,
                        FIDELITIES.index(holding.fidelity),
                        holding.sha256,
                        -128 if value is None else decimals,
                        digits,
                    )
                )
    return found


def by_hand(raw: Raw, series: str, day: date) -> dict[str, tuple[float, bool]]:
    """Period -> (value, whether only a later print is held), by the rule of the two clocks."""
    entry = catalog.load().entry(series)
    assert entry is not None
    found = {}
    for period, prints in raw[series].items():
        known = [one for one in prints if one.day <= day]
        if known:
            newest = max(one.moment for one in known)
            chosen, mark = [one for one in known if one.moment == newest], False
        elif entry.revised and calendars.release(entry.calendar, period).day <= day:
            first = min(one.moment for one in prints)
            chosen, mark = [one for one in prints if one.moment == first], True
        else:
            continue
        best = min(chosen, key=lambda one: (one.fidelity, one.sha, -one.decimals, one.digits))
        if best.decimals != -128:
            found[period.label] = best.digits / 10**best.decimals, mark
    return found


def test_two_hundred_answers_equal_a_search_by_hand(home: Path, raw: Raw) -> None:
    chance = random.Random(20260125)  # noqa: S311 - any sample will do, the same each time
    archive = Archive.open(home, embedded=False)
    several = sorted(
        series
        for series, periods in raw.items()
        if any(len({(p.digits, p.decimals) for p in prints}) > 1 for prints in periods.values())
    )
    assert len(several) > 30, "the sample is to be about figures of which several prints are held"
    drawn = [chance.choice(several) for _ in range(PAIRS // 2)]
    drawn += [chance.choice(sorted(raw)) for _ in range(PAIRS - len(drawn))]
    marked = revised = 0
    for series in drawn:
        span = [period.end for period in raw[series]]
        prints = [one.day for prints in raw[series].values() for one in prints]
        last = max([*span, *prints])
        day = chance.choice(
            [
                chance.choice(prints) + timedelta(days=chance.randint(-2, 2)),
                min(span) + timedelta(days=chance.randint(0, (last - min(span)).days + 60)),
            ]
        )
        expected = by_hand(raw, series, day)
        view = archive.view(series, day)
        assert view is not None
        got = {
            view.period(i).label: (view.values[i], bool(view.marks[i])) for i in range(len(view))
        }
        assert _same(got, expected), (series, day)
        marked += sum(mark for _, mark in expected.values())
        revised += any(len({one.digits for one in prints}) > 1 for prints in raw[series].values())
    assert marked > 0
    assert revised > PAIRS // 4


def test_many_look_ups_at_once_are_what_each_alone_gives(home: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - as above
    archive = Archive.open(home, embedded=False)
    names = archive.series_ids()
    series = [chance.choice(names) for _ in range(1500)]
    days = [date(1985, 1, 1) + timedelta(days=chance.randint(0, 15_200)) for _ in series]
    found = newest(archive, series, days)
    for name, day, value in zip(series, days, found, strict=True):
        view = archive.view(name, day)
        assert view is not None
        if len(view):
            assert value == view.values[-1], (name, day)
        else:
            assert math.isnan(value), (name, day)


def _same(got: dict[str, tuple[float, bool]], expected: dict[str, tuple[float, bool]]) -> bool:
    return got.keys() == expected.keys() and all(
        mark == expected[label][1] and value == pytest.approx(expected[label][0], rel=1e-12)
        for label, (value, mark) in got.items()
    )
