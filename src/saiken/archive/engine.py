"""The whole archive as of a date, by DuckDB over the Parquet files. It loads when used.

For one series the index is faster; this is for all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from saiken.archive import parquet
from saiken.archive.errors import ArchiveError
from saiken.archive.holding import Holding
from saiken.archive.snapshot import ARTIFACTS, FIGURES, RELEASES, Snapshot
from saiken.archive.store import Store
from saiken.publishers.catalog import Catalog
from saiken.terms.figure import WITHHELD

_PICKED = """
WITH ranked AS (
    SELECT f.series, f."start", f."end", f.digits, f.decimals, f.vintage_at, f.vintage_day,
           f.vintage_day <= $day AS known
    FROM read_parquet($files) f LEFT JOIN artifact a ON f.artifact = a.sha256
    WHERE f.vintage_day <= $day OR f."end" <= $day
    QUALIFY row_number() OVER (
        PARTITION BY f.series, f."end", f."start"
        ORDER BY known DESC, CASE WHEN known THEN f.vintage_at END DESC, f.vintage_at,
                 a.rank, f.artifact, f.decimals DESC, f.digits) = 1)
"""
"""Of each cell the latest vintage out by the day, else the earliest later one. Ties are broken as
in the index: the truest copy, then the more precise figure.
"""

_MARKED = """
SELECT p.series, p."start", p."end", p.digits / pow(10, p.decimals) AS value, p.decimals,
       p.vintage_at, p.vintage_day, NOT p.known AS as_later_revised
FROM ranked p
LEFT JOIN entry e ON NOT p.known AND p.series = e.series
ASOF LEFT JOIN release r ON e.calendar = r.calendar AND p."end" <= r.last
WHERE p.decimals <> $withheld
  AND (p.known OR (NOT $strict AND r."first" <= p."end" AND r.day <= $day))
ORDER BY p.series, p."end", p."start"
"""
"""A later vintage counts only where the calendar says that the period had been published."""


def everything(
    store: Store,
    snapshot: Snapshot | None,
    catalog: Catalog,
    day: date,
    *,
    strict: bool = False,
) -> Any:
    """Every figure known on `day`, as an Arrow table: series, start, end, value (in the series'
    unit), decimals, vintage_at, vintage_day, as_later_revised. Sorted by series and period.

    The rule is that of `asof.state`. Raises ArchiveError if DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - see the module's docstring
    except ImportError as error:
        raise ArchiveError("DuckDB is not installed", "pip install duckdb") from error
    files = [str(part) for part in store.parts()]
    holdings = list(store.holdings())
    releases = store.releases()
    if snapshot:
        files.insert(0, str(snapshot.folder / FIGURES))
        seen = {holding.sha256 for holding in holdings}
        under = parquet.read_holdings(snapshot.folder / ARTIFACTS)
        holdings += [holding for holding in under if holding.sha256 not in seen]
        releases = [*parquet.read_releases(snapshot.folder / RELEASES), *releases]
    timetable = {(r.calendar, r.period.end): (r.period.start, r.day) for r in releases}
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as db:
        _register(db, "artifact", _ranks(holdings))
        _register(
            db,
            "release",
            {
                "calendar": [calendar for calendar, _ in timetable],
                "last": [last for _, last in timetable],
                "first": [first for first, _ in timetable.values()],
                "day": [out for _, out in timetable.values()],
            },
        )
        query = "SELECT DISTINCT series FROM read_parquet($files)"
        names = [row[0] for row in db.execute(query, {"files": files}).fetchall()]
        _register(db, "entry", _calendars(names, catalog.entry))
        asked = {"files": files, "day": day, "withheld": WITHHELD, "strict": strict}
        return db.sql(_PICKED + _MARKED, params=asked).to_arrow_table()


def _ranks(holdings: list[Holding]) -> dict[str, list[Any]]:
    return {
        "sha256": [holding.sha256 for holding in holdings],
        "rank": [holding.rank[0] for holding in holdings],
    }


def _calendars(names: list[str], entry: Callable[[str], Any]) -> dict[str, list[Any]]:
    """The calendar of each series that is revised: the others' own dates are their vintages."""
    revised = [(name, found.calendar) for name in names if (found := entry(name)) and found.revised]
    return {
        "series": [name for name, _ in revised],
        "calendar": [calendar for _, calendar in revised],
    }


def _register(db: Any, name: str, columns: dict[str, list[Any]]) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - see archive.parquet

    kinds = {"rank": pa.int32(), "last": pa.date32(), "first": pa.date32(), "day": pa.date32()}
    table = pa.table(
        {key: pa.array(values, kinds.get(key, pa.string())) for key, values in columns.items()}
    )
    db.register(name, table)
