"""All figures of the archive by column, for questions about all series at once.

Made of the index, where each series lies sorted by period and vintage, and kept beside it as two
Arrow files that are mapped into memory. What the rule of the two clocks says of a figure does not
depend on the day that is asked about but for two comparisons: a figure is the one known from the
day `since` until the day before `until`.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saiken.archive.cache import cached
from saiken.archive.index import HOT, RELEASED
from saiken.archive.statements import FIELDS, value_of
from saiken.terms.figure import WITHHELD

if TYPE_CHECKING:
    import numpy as np

VERSION = 1
"""Moves when what is put into the files does."""

NEVER = 2**31 - 1
_ROWS = 1_000_000
"""Figures taken at a time: enough to keep the passes long, few enough to stay in memory."""

_TYPES = {"b": "i1", "i": "i4", "q": "i8"}
_READ = ("starts", "ends", "digits", "decimals", "vintage_days", "release_day")
_EXACT, _EXACT_POWER = 2**53, 22
_DAYS = 22
"""Bits that hold any ordinal of a date."""

_SUM = b"crc32"


@dataclass(frozen=True, slots=True)
class Packed:
    """The cells of one series as the index keeps them (`index.pack`)."""

    series: str
    cells: int
    released: int
    hot: bytes


Columns = dict[str, "np.ndarray"]
"""Parallel arrays by name."""

FIGURES = {
    "series": "i4",
    "starts": "i4",
    "ends": "i4",
    "values": "f8",
    "decimals": "i1",
    "vintage_days": "i4",
    "since": "i4",
    "until": "i4",
}
"""One row a figure that is known on some day, by series, then by period, then by vintage. `series`
are places in the list of names; `starts`, `ends`, `vintage_days`, `since`, `until` are ordinals. On
the days before `vintage_days` the figure stands for an earlier one that is not held."""

COURSE = {"keys": "i8", "values": "f8"}
"""One row a change of a series' newest figure: `course_key` of the series and of the first day on
which it is so, sorted; its value, NaN where none is left."""


class Stacks:
    """The figures of all series, and the course of each series' newest one, in stretches of series.

    `names` are the series' ids, sorted; `key` says of which index they are, whose rows `packed`
    gives. Each is mapped from the cache when first asked for, or made and put there; where no
    folder can be written it is made in memory.
    """

    def __init__(
        self, names: Sequence[str], key: str, packed: Callable[[], Sequence[Packed]]
    ) -> None:
        self.names = names
        self._stem, self._packed = f"v{VERSION}-{key}.arrow", packed
        self._lock = threading.RLock()

    @cached_property
    def figures(self) -> Sequence[Columns]:
        """Columns of `FIGURES`."""
        with self._lock:
            return _open(f"figures-{self._stem}", FIGURES, lambda: _stacked(self._packed()))

    @cached_property
    def course(self) -> Sequence[Columns]:
        """Columns of `COURSE`."""
        with self._lock:
            return _open(f"course-{self._stem}", COURSE, lambda: in_threads(_course, self.figures))


def course_key(series: np.ndarray, days: np.ndarray) -> np.ndarray:
    """What sorts by series (a place in the list of names), then by day (an ordinal)."""
    import numpy as np  # noqa: PLC0415 - 240 ms that only these questions cost

    keys: np.ndarray = (series.astype(np.int64) << _DAYS) | days
    return keys


def series_start(keys: Any, later: int = 0) -> Any:
    """The least `course_key` of the series of each key, or of the series so many places later."""
    return ((keys >> _DAYS) + later) << _DAYS


def _open(
    name: str, kinds: dict[str, str], make: Callable[[], Sequence[Columns]]
) -> Sequence[Columns]:
    made: list[Sequence[Columns]] = []

    def write(path: Path) -> None:
        made.append(make())
        _write(path, kinds, made[-1])

    found = cached(name, lambda path: _mapped(path, kinds), write)
    if found is not None:
        return found
    return made[-1] if made else make()


def _write(path: Path, kinds: dict[str, str], parts: Sequence[Columns]) -> None:
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - see archive.parquet

    schema = pa.schema([(name, pa.from_numpy_dtype(np.dtype(k))) for name, k in kinds.items()])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as out:
        for part in parts:
            batch = pa.record_batch([pa.array(part[name]) for name in kinds], schema=schema)
            out.write_batch(batch, custom_metadata={_SUM: str(_sum(part, kinds)).encode()})


def _mapped(path: Path, kinds: dict[str, str]) -> list[Columns] | None:
    """The stretches of a file; None if it is missing, cut or damaged."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    if not path.is_file():
        return None
    try:
        file = pa.ipc.open_file(pa.memory_map(str(path)))
        batches = [file.get_batch_with_custom_metadata(i) for i in range(file.num_record_batches)]
        parts = [
            {
                name: np.frombuffer(column.buffers()[1], kind, len(column), column.offset)
                for (name, kind), column in zip(kinds.items(), batch.columns, strict=True)
            }
            for batch, _ in batches
        ]
    except (OSError, ValueError, pa.ArrowException):
        return None
    sums = (str(total).encode() for total in in_threads(lambda part: _sum(part, kinds), parts))
    stated = (dict(notes or {}).get(_SUM) for _, notes in batches)
    return parts if all(a == b for a, b in zip(sums, stated, strict=True)) else None


def _sum(part: Columns, kinds: dict[str, str]) -> int:
    total = 0
    for name in kinds:
        total = zlib.crc32(part[name].data, total)
    return total


def in_threads(work: Callable[[Any], Any], over: Sequence[Any]) -> list[Any]:
    """`work` on each of `over`, in order; NumPy and zlib leave the other threads be."""
    if len(over) < 2:
        return [work(one) for one in over]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 10 ms of every start

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(work, over))


def _stacked(packed: Sequence[Packed]) -> list[Columns]:
    """The figures of the index's rows, a stretch of series at a time."""
    import numpy as np  # noqa: PLC0415

    def stack(place: tuple[int, int]) -> Columns:
        some = packed[place[0] : place[1]]
        counts = np.array([one.cells for one in some])
        return _stack(np.repeat(np.arange(*place, dtype=np.int32), counts), _joined(some))

    return in_threads(stack, list(_stretches(packed)))


def _stretches(packed: Sequence[Packed]) -> Iterator[tuple[int, int]]:
    first = rows = 0
    for place, one in enumerate(packed):
        rows += one.cells
        if rows >= _ROWS:
            yield first, place + 1
            first, rows = place + 1, 0
    if first < len(packed):
        yield first, len(packed)


def _joined(some: Sequence[Packed]) -> Columns:
    """The arrays that the rule needs, of some series one after the other."""
    import numpy as np  # noqa: PLC0415

    layout = [(name, np.dtype(_TYPES[FIELDS[name]])) for name in HOT]
    released = [(name, np.dtype(_TYPES[code])) for name, code in RELEASED.items()]
    found: dict[str, list[np.ndarray]] = {name: [] for name in _READ}
    for one in some:
        place, blob = 0, zlib.decompress(one.hot)
        for name, kind in (*layout, *released) if one.released else layout:
            if name in found:
                found[name].append(np.frombuffer(blob, kind, one.cells, place))
            place += kind.itemsize * one.cells
        if not one.released:
            found["release_day"].append(np.full(one.cells, NEVER, np.int32))
    return {name: np.concatenate(arrays) for name, arrays in found.items()}


def _stack(series: np.ndarray, held: Columns) -> Columns:
    import numpy as np  # noqa: PLC0415

    starts, ends, days = held["starts"], held["ends"], held["vintage_days"]
    begins = np.ones(len(series), dtype=bool)
    begins[1:] = (ends[1:] != ends[:-1]) | (starts[1:] != starts[:-1])
    begins[1:] |= series[1:] != series[:-1]
    until = _until(begins, days)
    since = np.where(begins, np.minimum(days, held["release_day"]), days)
    # A withdrawn figure is no figure: it ends the one before it, and is none itself.
    there = (held["decimals"] != WITHHELD) & (since < until)
    return {
        "series": series[there],
        "starts": starts[there],
        "ends": ends[there],
        "values": _values(held["digits"][there], held["decimals"][there]),
        "decimals": held["decimals"][there],
        "vintage_days": days[there],
        "since": since[there],
        "until": until[there],
    }


def _until(begins: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The first day on which a later vintage of the same period is out."""
    import numpy as np  # noqa: PLC0415

    # The least day of the vintages from each on; periods go down with the places, so that each
    # period's days are less than all days of the one after it.
    period = np.cumsum(begins) << _DAYS
    least = np.minimum.accumulate((period | days)[::-1])[::-1] - period
    until = np.full(len(days), NEVER, dtype=np.int32)
    until[:-1] = np.where(begins[1:], NEVER, least[1:])
    return until


def _course(figures: Columns) -> Columns:
    """The newest figure of each series from day to day.

    In the order of periods and vintages the last figure that is out is the newest, unless one was
    withdrawn: the series of which one was are gone through day by day.
    """
    import numpy as np  # noqa: PLC0415

    series, values, gaps = figures["series"], figures["values"], _gaps(figures)
    keys = course_key(series, figures["since"])
    places = np.flatnonzero(~np.isin(series, gaps)) if len(gaps) else np.arange(len(series))
    order = places[np.argsort(keys[places], kind="stable")]
    newest = np.maximum.accumulate(order)
    changes = np.ones(len(newest), dtype=bool)
    changes[1:] = newest[1:] != newest[:-1]
    keys, newest = keys[order][changes], newest[changes]
    found = values[newest]
    for code in gaps:
        first, last = np.searchsorted(series, [code, code + 1])
        days, there = _sweep(figures["since"][first:last], figures["until"][first:last])
        more = [values[first + place] if place >= 0 else np.nan for place in there]
        keys = np.append(keys, course_key(np.full(len(days), code), np.array(days, dtype=np.int64)))
        found = np.append(found, np.array(more, dtype=np.float64))
    if len(gaps):
        order = np.argsort(keys, kind="stable")
        keys, found = keys[order], found[order]
    return {"keys": keys, "values": found}


def _gaps(figures: Columns) -> np.ndarray:
    """The series with a period that has no figure on some day after its first one."""
    import numpy as np  # noqa: PLC0415

    same = np.ones(max(len(figures["series"]) - 1, 0), dtype=bool)
    for name in ("series", "starts", "ends"):
        same &= figures[name][1:] == figures[name][:-1]
    then = np.full(len(figures["series"]), NEVER, dtype=np.int32)
    then[:-1][same] = figures["since"][1:][same]
    gaps: np.ndarray = np.unique(figures["series"][figures["until"] < then])
    return gaps


def _sweep(since: np.ndarray, until: np.ndarray) -> tuple[list[int], list[int]]:
    """The days on which something changes; the last place that is out from each on, or -1."""
    starts, ends = since.tolist(), until.tolist()
    coming = sorted(range(len(starts)), key=starts.__getitem__, reverse=True)
    days = sorted({*starts, *ends} - {NEVER})
    out: list[int] = []
    found = []
    for day in days:
        while coming and starts[coming[-1]] <= day:
            heappush(out, -coming.pop())
        while out and ends[-out[0]] <= day:
            heappop(out)
        found.append(-out[0] if out else -1)
    return days, found


def _values(digits: np.ndarray, decimals: np.ndarray) -> np.ndarray:
    """The nearest floats to digits / 10**decimals, as `value_of` gives them."""
    import numpy as np  # noqa: PLC0415

    scale = np.abs(decimals)
    power = 10.0 ** np.arange(int(scale.max(initial=0)) + 1)
    values: np.ndarray = np.where(decimals > 0, digits / power[scale], digits * power[scale])
    # A float cannot hold more digits than these; dividing such a one would round twice.
    for place in np.flatnonzero((np.abs(digits) > _EXACT) | (scale > _EXACT_POWER)):
        values[place] = value_of(int(digits[place]), int(decimals[place]))
    return values
