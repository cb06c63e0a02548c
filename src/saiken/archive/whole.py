"""The whole archive as of a date: the rule of the two clocks on all series at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from saiken.archive.columns import FIGURES, in_threads

if TYPE_CHECKING:
    import numpy as np

    from saiken.archive.columns import Columns, Stacks

_TAKEN = ("series", "starts", "ends", "values", "decimals", "vintage_days")


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


def whole(stacks: Stacks, day: date, *, strict: bool = False) -> Whole:
    """What is known on `day` of every series, by the rule of `asof.state`."""
    import numpy as np  # noqa: PLC0415 - 240 ms that only this costs

    limit = day.toordinal()

    def known(part: Columns) -> np.ndarray:
        out = part["vintage_days" if strict else "since"] <= limit
        out &= part["until"] > limit
        return np.flatnonzero(out)

    places = in_threads(known, stacks.figures)
    bounds = [0, *accumulate(map(len, places))]
    found = {name: np.empty(bounds[-1], FIGURES[name]) for name in _TAKEN}
    marks = np.empty(bounds[-1], np.bool_)

    def take(nth: int) -> None:
        here = slice(bounds[nth], bounds[nth + 1])
        for name, values in found.items():
            # `clip` spares a copy; no place lies outside.
            np.take(stacks.figures[nth][name], places[nth], out=values[here], mode="clip")
        np.greater(found["vintage_days"][here], limit, out=marks[here])

    in_threads(take, range(len(places)))
    return Whole(stacks.names, **found, marks=marks)
