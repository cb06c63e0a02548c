"""The archive at size, on synthetic figures: one series, all series, many look-ups; beside peers.

    python benchmarks/archive.py [--figures 2000000] [--growth] [--folder DIR]

The figures are written as an import writes them, in files of a million. Peers answer the question
"all series as of a date" from the same Parquet files, read included, and from what they have read
of them into memory: plain DuckDB, Polars (lazy) and pandas, each as its own documentation would
have it. They come with requirements/benchmarks.txt.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from saiken.archive.archive import Archive
from saiken.archive.batch import newest
from saiken.archive.holding import Holding
from saiken.archive.index import open_index
from saiken.archive.store import Store
from saiken.publishers.catalog import Catalog, Publisher, Series

PERIODS, A_FILE = 500, 1_000_000
FIRST = date(1980, 1, 1)
DAY = date(2024, 6, 15)
"""A day on which every period has a figure."""

COLUMNS = ["series", "end", "vintage_day", "vintage_at", "digits", "decimals"]
"""What the peers need."""

VINTAGES = (0.55, 0.3, 0.15)
"""The shares of cells with one, two and three vintages: 1.6 a cell, as 7 million give 4.4."""

LOOKUPS = 1_000_000
CATALOG = Catalog(
    {"bench": Publisher("bench", "Benchmark", "", "public", redistribute=True)},
    {},
    (Series("bench/{id}", "bench", "", "USD bn", "stock", "M", "", revised=True),),
    (),
    {},
)


def write(home: Path, figures: int) -> int:
    """Fill an archive; the number of cells that have a figure."""
    chance = np.random.default_rng(1)
    store, stamp = Store(home), datetime(2026, 1, 1, tzinfo=UTC)
    months = np.array(
        [(np.datetime64(FIRST) + np.timedelta64(31 * i, "D")) for i in range(PERIODS)],
        dtype="datetime64[D]",
    )
    cells = done = number = 0
    while figures - done >= PERIODS:
        room = min(A_FILE, figures - done)
        counts = chance.choice([1, 2, 3], size=int(room / 1.6), p=VINTAGES)
        cell = np.repeat(np.arange(len(counts)), counts)
        nth = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts)
        start = months[cell % PERIODS]
        day = start + np.timedelta64(60, "D") + nth * np.timedelta64(180, "D")
        series = cell // PERIODS
        names = [f"bench/{number:03}-{i:05}" for i in range(int(series[-1]) + 1)]
        sha = f"{figures:032x}{number:032x}"
        table = pa.table(
            {
                "series": pa.DictionaryArray.from_arrays(pa.array(series, pa.int32()), names),
                "start": pa.array(start),
                "end": pa.array(start + np.timedelta64(30, "D")),
                "vintage_day": pa.array(day),
                "digits": pa.array(chance.integers(10_000, 99_999, len(cell))),
                "decimals": pa.array(np.ones(len(cell), dtype=np.int8)),
                "row": pa.array(np.arange(len(cell), dtype=np.int32)),
                "column": pa.array(np.ones(len(cell), dtype=np.int32)),
                "parser_version": pa.array(np.ones(len(cell), dtype=np.int16)),
                "status": _word("final", len(cell)),
                "vintage_basis": _word("published", len(cell)),
                "vintage_at": pa.array(day.astype("datetime64[ms]")).cast(
                    pa.timestamp("ms", tz="UTC")
                ),
                "recorded_at": _moment(stamp, len(cell)),
                "artifact": _word(sha, len(cell)),
                "sheet": _word("", len(cell)),
            }
        )
        holding = Holding(sha, f"{number}.csv", "bench", "bench/table", stamp, stamp)
        part = store.part_path(holding, 1)
        part.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, part, compression="zstd")
        side = store.raw_path(sha).with_name(f"{sha}.json")
        side.parent.mkdir(parents=True, exist_ok=True)
        side.write_text(holding.to_json(), "utf-8")
        cells, done, number = cells + len(counts), done + len(cell), number + 1
    return cells


def _word(word: str, count: int) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), [word])


def _moment(at: datetime, count: int) -> Any:
    return pa.array(np.full(count, np.datetime64(at.replace(tzinfo=None), "ms"))).cast(
        pa.timestamp("ms", tz="UTC")
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def seconds(work: Callable[[], int], times: int = 3) -> tuple[float, int]:
    """The median of some runs after a first one, and what that gave."""
    answer = work()
    return statistics.median(timed(work)[0] for _ in range(times)), answer


def duckdb(files: list[str], *, memory: bool) -> Callable[[], int]:
    import duckdb  # noqa: PLC0415

    db = duckdb.connect(":memory:")
    figures = db.read_parquet(files).select(*COLUMNS)
    if memory:
        figures.to_table("held")
        figures = db.table("held")
    query = """
        SELECT series, "end", digits / pow(10, decimals) AS value FROM figures
        WHERE vintage_day <= $day
        QUALIFY row_number() OVER (PARTITION BY series, "end" ORDER BY vintage_at DESC) = 1"""
    figures.create_view("figures")
    return lambda: int(db.sql(query, params={"day": DAY}).to_arrow_table().num_rows)


def polars(files: list[str], *, memory: bool) -> Callable[[], int]:
    import polars as pl  # noqa: PLC0415

    frame = pl.read_parquet(files, columns=COLUMNS).lazy() if memory else pl.scan_parquet(files)
    ask = (
        frame.filter(pl.col("vintage_day") <= DAY)
        .group_by("series", "end")
        .agg(pl.col("digits", "decimals").sort_by("vintage_at").last())
        .select("series", "end", (pl.col("digits") / 10.0 ** pl.col("decimals")).alias("value"))
    )
    return lambda: int(ask.collect().height)


def pandas(files: list[str], *, memory: bool) -> Callable[[], int]:
    def read() -> Any:
        # As `pandas.read_parquet` does, but of several files; dates as Python's would slow it.
        return pq.read_table(files, columns=COLUMNS).to_pandas(date_as_object=False)

    held = read() if memory else None

    def ask() -> int:
        frame = read() if held is None else held
        known = frame[frame["vintage_day"] <= np.datetime64(DAY)].sort_values("vintage_at")
        last = known.drop_duplicates(["series", "end"], keep="last").copy()
        last["value"] = last["digits"] / 10.0 ** last["decimals"]
        return len(last)

    return ask


PEERS = {"DuckDB": duckdb, "Polars": polars, "pandas": pandas}


def by_saiken(archive: Archive) -> int:
    return int(archive.everything(DAY).to_arrow().num_rows)


def lookups(archive: Archive, names: list[str], count: int) -> float:
    """Seconds for so many (series, date) pairs in one batch, on series not read before."""
    chance = random.Random(7)  # noqa: S311 - a sample
    series = [chance.choice(names) for _ in range(count)]
    low = FIRST.toordinal()
    days = [date.fromordinal(low + chance.randint(60, 15_000)) for _ in range(count)]
    return timed(lambda: newest(archive, series, days))[0]


Row = tuple[str, str, str]
"""What, how long it takes, target."""


def measure(folder: Path, figures: int) -> list[Row]:
    """The rows of one size."""
    home = folder / f"{figures}"
    cells = write(home, figures)
    store = Store(home)
    os.environ["SAIKEN_CACHE"] = str(folder / "cache")
    built, connection = timed(lambda: open_index(store, None, CATALOG))
    connection.close()
    archive = reopened(home)
    rows = [(f"{figures:,} figures, {cells:,} cells: index built", f"{built:.1f} s", "")]
    rows += single(archive)
    stacked, _ = timed(lambda: (archive.stacks().figures, archive.stacks().course))
    rows.append(("columns written, at the first question about all", f"{stacked:.1f} s", ""))
    archive, names = reopened(home), archive.series_ids()
    for asked in (names[:1000], names):
        taken = lookups(archive, asked, LOOKUPS)
        rows.append((f"{LOOKUPS:,} look-ups, {len(asked):,} series", f"{taken:.2f} s", "1.5 s"))
    opened, _ = timed(lambda: by_saiken(reopened(home)))
    ours, known = seconds(lambda: by_saiken(archive))
    rows.append(("all series as of a date, the columns opened first", _ms(opened), ""))
    rows.append(("all series as of a date, with the rule of the two clocks", _ms(ours), "500 ms"))
    return [*rows, *peers([str(part) for part in store.parts()], ours, known)]


def reopened(home: Path) -> Archive:
    return Archive.open(home, catalog=CATALOG, embedded=False)


def single(archive: Archive) -> list[Row]:
    names = archive.series_ids()
    some = random.Random(3).sample(names, min(200, len(names)))  # noqa: S311 - a sample
    first = [timed(lambda name=name: archive.view(name, DAY))[0] for name in some]
    days = [date.fromordinal(DAY.toordinal() + 1 + later) for later in range(200)]
    again = [timed(lambda day=day: archive.view(some[0], day))[0] for day in days]
    return [
        ("one series as of a date, not read before", _ms(statistics.median(first)), "2 ms"),
        ("one series as of another date", _ms(statistics.median(again)), "2 ms"),
    ]


def peers(files: list[str], ours: float, known: int) -> list[Row]:
    """The peers' times. AssertionError if one of them knows of more or fewer figures."""
    rows = []
    for name, peer in PEERS.items():
        for memory in (False, True):
            taken, count = seconds(peer(files, memory=memory))
            if count != known:
                raise AssertionError(f"{name} finds {count} figures, not {known}")
            where = "in memory" if memory else "from Parquet"
            told = f"{_ms(taken)}, {taken / ours:.1f}× ours"
            rows.append((f"all series as of a date, {name} {where}", told, ""))
    return rows


def _ms(taken: float) -> str:
    return f"{taken * 1000:.2f} ms" if taken < 0.1 else f"{taken * 1000:,.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--figures", type=int, default=2_000_000)
    parser.add_argument("--growth", action="store_true", help="1×, 10× and 100× up to that size")
    parser.add_argument("--folder", help="where to write (default: a temporary folder)")
    args = parser.parse_args()
    sizes = [args.figures // by for by in (100, 10, 1)] if args.growth else [args.figures]
    with tempfile.TemporaryDirectory(dir=args.folder, prefix="saiken-") as folder:
        print("| what | takes | target |\n|---|---|---|")
        for size in sizes:
            for row in measure(Path(folder), size):
                print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
