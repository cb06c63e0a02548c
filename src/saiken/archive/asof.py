"""The rule of the two clocks, on the vintages of one series."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from saiken.archive.statements import half_width_of, rises, to_ms, value_of
from saiken.terms.figure import WITHHELD


@dataclass(slots=True)
class History:
    """All vintages of one series, by period, then by vintage; parallel arrays.

    `release_at`, `release_day` say when each period first came out, None for a series that is
    never revised. `plain` says that there is one vintage a period, in the order of the periods:
    then what is known at a date is, for such a series, a stretch from the start.
    """

    starts: array[int]
    ends: array[int]
    digits: array[int]
    decimals: array[int]
    vintages: array[int]
    vintage_days: array[int]
    release_at: array[int] | None
    release_day: array[int] | None
    values: array[float]
    half_widths: array[float]
    plain: bool

    def __len__(self) -> int:
        return len(self.digits)


def history(arrays: Sequence[array[int]], *, plain: bool | None = None) -> History:
    """From the six hot arrays, or those and the two of the releases; `plain` if it is known."""
    starts, ends, digits, decimals, vintages, days = arrays[:6]
    release_at, release_day = (arrays[6], arrays[7]) if len(arrays) > 6 else (None, None)
    counts = set(decimals)
    if len(counts) == 1 and (scale := 10 ** max(counts)) > 1 and counts != {WITHHELD}:
        values = array("d", [number / scale for number in digits])
    else:
        values = array("d", map(value_of, digits, decimals))
    halves = {count: half_width_of(count) for count in counts}
    return History(
        starts,
        ends,
        digits,
        decimals,
        vintages,
        days,
        release_at,
        release_day,
        values,
        array("d", map(halves.__getitem__, decimals)),
        is_plain(ends, decimals, vintages, days) if plain is None else plain,
    )


def is_plain(
    ends: array[int], decimals: array[int], vintages: array[int], days: array[int]
) -> bool:
    """Whether each period has one vintage, a figure in it, and came out after the one before."""
    return (
        WITHHELD not in decimals
        and len(set(ends)) == len(ends)
        and all(map(rises, (ends, days, vintages)))
    )


@dataclass(frozen=True, slots=True)
class State:
    """What was known at a date: indices into the history, a mark for each, and the periods that
    `strict` refused as (last day, first day).
    """

    indices: Sequence[int]
    marks: bytes
    refused: frozenset[tuple[int, int]] = frozenset()


def state(held: History, as_of: date | datetime, *, strict: bool = False) -> State:
    """The four-step rule. A date includes all of that day where the publisher is; a moment does not.

    For each period: the latest vintage out by then; else, if the calendar says that the period
    was out, the earliest later one, marked (or refused by `strict`); else nothing. A withdrawn
    figure is no figure.
    """
    if isinstance(as_of, datetime):
        clock, first_out, limit = held.vintages, held.release_at, to_ms(as_of)
    else:
        clock, first_out, limit = held.vintage_days, held.release_day, as_of.toordinal()
    if held.plain and first_out is None:
        count = bisect_right(clock, limit)
        return State(range(count), bytes(count))
    indices, marks, refused = array("i"), bytearray(), []
    i, count = 0, len(held)
    starts, ends, decimals = held.starts, held.ends, held.decimals
    while i < count:
        chosen, mark = -1, 0
        first, end, start = i, ends[i], starts[i]
        while i < count and ends[i] == end and starts[i] == start:
            if clock[i] <= limit:
                chosen = i
            i += 1
        if chosen < 0 and first_out is not None and first_out[first] <= limit:
            if strict:
                refused.append((end, start))
            else:
                chosen, mark = first, 1
        if chosen >= 0 and decimals[chosen] != WITHHELD:
            indices.append(chosen)
            marks.append(mark)
    return State(indices, bytes(marks), frozenset(refused))
