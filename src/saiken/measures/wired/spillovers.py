"""How much of the surprises in Treasury yields comes from bonds at home, as of a date."""

from __future__ import annotations

import numpy as np

from saiken.measures.arrays import Array
from saiken.measures.connectedness import rolling_connectedness
from saiken.measures.wired.series import Figures, Track, together

WINDOW, LAGS, HORIZON = 100, 2, 10


def spillover(home: Track, treasury: Track, dollar: Track | None) -> tuple[Track, Track] | None:
    """Per cent of the forecast error of a Treasury yield that is due to a yield at home, and the
    total connectedness of the system, by rolling windows of daily changes.

    The generalised decomposition has no order: Tokyo closes before New York opens, so that what
    both share shows as coming from either. None where there are too few common days.
    """
    tracks = (home, treasury) if dollar is None else (home, treasury, dollar)
    common = together(lambda x: x[:, 0], "", "%", *tracks)
    if len(common) <= WINDOW + 1:
        return None
    columns = [track.values[np.searchsorted(track.days, common.days)] for track in tracks]
    levels = np.column_stack(columns)
    if dollar is not None:
        levels[:, 2] = np.log(levels[:, 2])
    found = rolling_connectedness(np.diff(levels, axis=0), WINDOW, LAGS, HORIZON)
    pad = len(common) - len(found.table)

    def track(values: Array, name: str) -> Track:
        return common.of(np.concatenate([np.full(pad, np.nan), values]), name, "%")

    return track(found.table[:, 1, 0], "spillover to Treasuries"), track(
        found.total, "connectedness"
    )


def long_yield(figures: Figures, country: str, tenors: tuple[str, ...]) -> tuple[str, Track] | None:
    """The first of `tenors` (longest first) whose yields reach to now, and they."""
    for tenor in tenors:
        found = figures.held(*figures.measured("government_yield", country, tenor))
        if found is not None and not found.stale(figures.as_of):
            return tenor, found
    return None
