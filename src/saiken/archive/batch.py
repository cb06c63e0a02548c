"""Many look-ups at once: the newest figure of a series as of a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import nan
from typing import TYPE_CHECKING

from saiken.archive.asof import History
from saiken.terms.figure import WITHHELD

if TYPE_CHECKING:
    import numpy as np

    from saiken.archive.archive import Archive


def newest(archive: Archive, series: Sequence[str], days: Sequence[date]) -> np.ndarray:
    """The value of the last period known of `series[i]` on `days[i]`, in the series' unit.

    Exactly what `archive.view` gives last, figures as later revised included; NaN where nothing was
    known. Raises UnknownSeries as `view`.
    """
    import numpy as np  # noqa: PLC0415 - 240 ms that only batches cost

    asked: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(series):
        asked[name].append(place)
    limits = np.fromiter((day.toordinal() for day in days), np.int32, len(days))
    found = np.full(len(days), nan)
    for name, listed in asked.items():
        held = archive.history(name)
        places = np.array(listed)
        if held is None:
            continue
        if WITHHELD in held.decimals:
            for place in listed:
                view = archive.view(name, days[place])
                if view is not None and len(view):
                    found[place] = view.values[-1]
            continue
        moments, values = _course(held)
        at = np.searchsorted(moments, limits[places], side="right") - 1
        known = at >= 0
        found[places[known]] = values[at[known]]
    return found


def _course(held: History) -> tuple[np.ndarray, np.ndarray]:
    """The days on which a print comes out, sorted, and the newest period's value from each on.

    The first print held of a period counts from the day on which the period was published.
    """
    import numpy as np  # noqa: PLC0415

    starts, ends = np.frombuffer(held.starts, np.int32), np.frombuffer(held.ends, np.int32)
    days = np.frombuffer(held.vintage_days, np.int32)
    if held.release_day is not None:
        first = np.ones(len(ends), dtype=bool)
        first[1:] = (ends[1:] != ends[:-1]) | (starts[1:] != starts[:-1])
        released = np.frombuffer(held.release_day, np.int32)
        days = np.where(first, np.minimum(days, released), days)
    # By period, then by vintage: the entry with the greatest place among those out is the newest.
    order = np.argsort(days, kind="stable")
    newest_place = np.maximum.accumulate(order)
    return days[order], np.frombuffer(held.values, np.float64)[newest_place]
