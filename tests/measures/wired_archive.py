"""Archives for the tests of the wiring: the publishers' files, and one that is made up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from saiken.archive.archive import Archive
from saiken.archive.importer import import_folder
from saiken.archive.view import Availability, Point, View
from saiken.publishers.catalog import load
from saiken.terms.figure import Basis, Locator
from saiken.terms.period import Period
from saiken.terms.release import Release
from saiken.terms.units import Unit

RESTRICTED = (
    "us/fred/BAMLH0A0HYM2*",
    "us/fred/VIXCLS*",
    "markets/equity_vol_crypto/SP500_fred*",
    "us/cftc/cot_jpy_legacy_2005*",
    "markets/equity_vol_crypto/btc_yahoo*",
    "markets/equity_vol_crypto/eth_yahoo*",
    "markets/equity_vol_crypto/NIKKEI225*",
    "markets/equity_vol_crypto/eem*",
)
"""What the chain looks at and the snapshot may not carry (or carries from another file)."""


def imported(shared: Path, home: Path) -> Archive:
    """The snapshot with the restricted series over it, as a user with the files would have it."""
    folder = home / "files"
    folder.mkdir(parents=True)
    for pattern in RESTRICTED:
        for path in (shared / "data").glob(pattern):
            shutil.copy(path, folder)
    import_folder(folder, home=home / "archive")
    return Archive.open(home / "archive")


Row = tuple[Period, date, float]
"""A figure: what it is about, when it came out, its value."""


class Made:
    """An archive of figures that each came out once."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows

    def view(self, series: str, as_of: date, strict: bool = False) -> View | None:  # noqa: ARG002
        if series not in self.rows:
            return None
        known = [row for row in self.rows[series] if row[1] <= as_of]
        unit = Unit.parse(load().entry(series).unit)
        at = {period: day for period, day, _ in known}

        def point(i: int) -> Point:
            period, day, value = known[i]
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
            return Point(
                series, period, value, 0.0, unit, "final", moment, day, Basis.PUBLISHED,
                as_later_revised=False, artifact_sha256="0" * 64, artifact_name="made",
                fidelity="made", locator=Locator(1, 1),
            )  # fmt: skip

        def release_of(period: Period) -> Release | None:
            return Release("made", period, at[period], at[period], "rule") if period in at else None

        return View(
            series, unit, as_of,
            [p.start.toordinal() for p, _, _ in known], [p.end.toordinal() for p, _, _ in known],
            [v for _, _, v in known], [0.0] * len(known), bytes(len(known)),
            point, lambda _: Availability.HELD, release_of,
        )  # fmt: skip


DAYS = (
    *(f"jgb/yield/{tenor}" for tenor in ("1Y", "10Y", "20Y", "30Y", "40Y")),
    "h15/yield/5Y", "h15/yield/10Y", "h15/yield/30Y", "ust/par/3M", "ecb/EURJPY", "ecb/EURUSD",
    "fred/VIXCLS", "fred/BAMLH0A0HYM2", "yahoo/NIKKEI225/close",
)  # fmt: skip
WEEKS = ("mof/weekly/assets/long/net", "h41/custody", "cftc/yen/noncommercial/net",
         "cftc/yen/noncommercial/open_interest")  # fmt: skip
MONTHS = ("tic/holdings/JP", "tic/net/JP")


def made(first: date, last: date, seed: int = 0) -> dict[str, list[Row]]:
    """Random walks under the names of real series, with lags of release like theirs."""
    draw = np.random.default_rng(seed)
    found: dict[str, list[Row]] = {}

    def walk(name: str, periods: list[Period], lag: int, start: float, step: float) -> None:
        values = np.abs(start + step * np.cumsum(draw.standard_normal(len(periods)))) + 0.01
        found[name] = [
            (p, p.end + timedelta(days=lag), float(v)) for p, v in zip(periods, values, strict=True)
        ]

    days = [Period.day(day) for day in _days(first, last) if day.weekday() < 5]
    weeks = [Period.week_ending(day) for day in _days(first, last) if day.weekday() == 5]
    months = [
        Period.month(day.year, day.month)
        for day in _days(first, last)
        if (day + timedelta(days=1)).day == 1
    ]
    for name in DAYS:
        walk(name, days, 0, 100.0 if name.startswith("ecb") else 3.0, 0.03)
    for name in WEEKS:
        walk(name, weeks, 6, 1e4, 50.0)
    for name in MONTHS:
        walk(name, months, 46, 1000.0, 15.0)
    return found


def changed_after(rows: dict[str, list[Row]], day: date, seed: int) -> dict[str, list[Row]]:
    """The same up to `day`; everything that came out later is something else."""
    draw = np.random.default_rng(seed)
    return {
        name: [
            (p, out, v if out <= day else float(v * draw.uniform(0.5, 2.0))) for p, out, v in one
        ]
        for name, one in rows.items()
    }


def _days(first: date, last: date) -> Iterator[date]:
    for k in range((last - first).days + 1):
        yield first + timedelta(days=k)
