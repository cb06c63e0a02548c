"""The whole archive as of a date: the rule of the two clocks on all series at once.

It reads the index, where each series lies sorted by period and vintage and the calendars are worked
out; the rule is then a few passes over arrays, the same for any number of series.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from saiken.archive.index import HOT, RELEASED
from saiken.archive.statements import FIELDS, value_of
from saiken.terms.figure import WITHHELD

if TYPE_CHECKING:
    import numpy as np

    from saiken.archive.source import Packed

_ROWS = 1_000_000
"""Figures taken at a time: enough to keep the passes long, few enough to stay in memory."""

_TYPES = {"b": "i1", "i": "i4", "q": "i8"}
_READ = ("starts", "ends", "digits", "decimals", "vintage_days", "release_day")
_NEVER = 2**31 - 1
_EXACT, _EXACT_POWER = 2**53, 22


@dataclass(frozen=True, slots=True)
class Whole:
    """Every figure known on a day, by series, then by period; parallel arrays.

    `series` are places in `names`; `starts`, `ends`, `vintage_days` are ordinals; `values` are in
    their series' units; `decimals` as printed; `marks` is true where only a later vintage is held.
    """

    names: Sequence[str]
    series: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    values: np.ndarray
    decimals: np.ndarray
    vintage_days: np.ndarray
    marks: np.ndarray

    def __len__(self) -> int:
        return len(self.values)

    def to_arrow(self) -> Any:
        """As an Arrow table: series, start, end, value, decimals, vintage_day, as_later_revised."""
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - see archive.parquet

        epoch = date(1970, 1, 1).toordinal()
        names = pa.array(self.names, pa.string())
        return pa.table(
            {
                "series": pa.DictionaryArray.from_arrays(pa.array(self.series), names),
                "start": pa.array(self.starts - epoch).cast(pa.date32()),
                "end": pa.array(self.ends - epoch).cast(pa.date32()),
                "value": pa.array(self.values),
                "decimals": pa.array(self.decimals),
                "vintage_day": pa.array(self.vintage_days - epoch).cast(pa.date32()),
                "as_later_revised": pa.array(self.marks),
            }
        )


def whole(packed: Sequence[Packed], day: date, *, strict: bool = False) -> Whole:
    """What is known on `day` of every series in `packed`, by the rule of `asof.state`."""
    import numpy as np  # noqa: PLC0415 - 240 ms that only this costs

    parts = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for first, last in _stretches(packed):
            some = packed[first:last]
            blobs = list(pool.map(zlib.decompress, [one.hot for one in some]))
            counts = np.array([one.cells for one in some])
            codes = np.repeat(np.arange(first, last, dtype=np.int32), counts)
            parts.append(_known(codes, _joined(some, blobs), day.toordinal(), strict=strict))
    names = [one.series for one in packed]
    if not parts:
        nothing = np.empty(0)
        return Whole(
            names, *(nothing.astype(kind) for kind in ("i4", "i4", "i4", "f8", "i1", "i4", "?"))
        )
    return Whole(names, *(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _stretches(packed: Sequence[Packed]) -> Iterator[tuple[int, int]]:
    first = rows = 0
    for place, one in enumerate(packed):
        rows += one.cells
        if rows >= _ROWS:
            yield first, place + 1
            first, rows = place + 1, 0
    if first < len(packed):
        yield first, len(packed)


def _joined(some: Sequence[Packed], blobs: Sequence[bytes]) -> dict[str, np.ndarray]:
    """The arrays that the rule needs, of some series one after the other."""
    import numpy as np  # noqa: PLC0415

    layout = [(name, np.dtype(_TYPES[FIELDS[name]])) for name in HOT]
    released = [(name, np.dtype(_TYPES[code])) for name, code in RELEASED.items()]
    found: dict[str, list[np.ndarray]] = {name: [] for name in _READ}
    for one, blob in zip(some, blobs, strict=True):
        place = 0
        for name, kind in (*layout, *released) if one.released else layout:
            if name in found:
                found[name].append(np.frombuffer(blob, kind, one.cells, place))
            place += kind.itemsize * one.cells
        if not one.released:
            found["release_day"].append(np.full(one.cells, _NEVER, np.int32))
    return {name: np.concatenate(arrays) for name, arrays in found.items()}


def _known(
    codes: np.ndarray, held: dict[str, np.ndarray], limit: int, *, strict: bool
) -> tuple[np.ndarray, ...]:
    """The figures known: the arrays of `Whole` but for the names."""
    import numpy as np  # noqa: PLC0415

    starts, ends, decimals = held["starts"], held["ends"], held["decimals"]
    begins = np.ones(len(codes), dtype=bool)
    begins[1:] = (ends[1:] != ends[:-1]) | (starts[1:] != starts[:-1]) | (codes[1:] != codes[:-1])
    first = np.flatnonzero(begins)
    places = np.arange(len(codes))
    out = np.where(held["vintage_days"] <= limit, places, -1)
    chosen = np.maximum.reduceat(out, first) if len(first) else first
    marks = np.zeros(len(first), dtype=bool)
    if not strict:
        marks = (chosen < 0) & (held["release_day"][first] <= limit)
        chosen = np.where(marks, first, chosen)
    kept = chosen >= 0
    kept[kept] = decimals[chosen[kept]] != WITHHELD
    chosen, marks = chosen[kept], marks[kept]
    printed = decimals[chosen]
    return (
        codes[chosen],
        starts[chosen],
        ends[chosen],
        _values(held["digits"][chosen], printed),
        printed,
        held["vintage_days"][chosen],
        marks,
    )


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
