"""What files state of a series: parallel arrays, one entry a printed cell."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter, lt

from saiken.terms.figure import WITHHELD, Basis, Figure, Locator, Status
from saiken.terms.period import Period

STATUSES = tuple(Status)
BASES = tuple(Basis)
STATUS_CODE = {status: code for code, status in enumerate(STATUSES)}
BASIS_CODE = {basis: code for code, basis in enumerate(BASES)}

FIELDS = {
    "starts": "i",
    "ends": "i",
    "digits": "q",
    "decimals": "b",
    "statuses": "b",
    "vintages": "q",
    "vintage_days": "i",
    "bases": "b",
    "artifacts": "i",
    "sheets": "i",
    "rows": "i",
    "columns": "i",
    "versions": "h",
    "recorded": "q",
}
"""Each array of `Statements` and its type code."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 UTC; a moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)


@dataclass(slots=True)
class Statements:
    """Printed cells of one series, from any number of files.

    `starts`, `ends`, `vintage_days` are ordinals (the vintage's day is the calendar day where the
    publisher is); `vintages`, `recorded` are UTC milliseconds; a value is digits / 10**decimals,
    none where decimals is `WITHHELD`; `statuses`, `bases` are codes; `artifacts`, `sheets` are
    indices into lists that the holder of the statements keeps.
    """

    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    digits: array[int] = field(default_factory=lambda: array("q"))
    decimals: array[int] = field(default_factory=lambda: array("b"))
    statuses: array[int] = field(default_factory=lambda: array("b"))
    vintages: array[int] = field(default_factory=lambda: array("q"))
    vintage_days: array[int] = field(default_factory=lambda: array("i"))
    bases: array[int] = field(default_factory=lambda: array("b"))
    artifacts: array[int] = field(default_factory=lambda: array("i"))
    sheets: array[int] = field(default_factory=lambda: array("i"))
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    versions: array[int] = field(default_factory=lambda: array("h"))
    recorded: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.digits)

    def take(self, order: Sequence[int]) -> Statements:
        """The entries at `order`, in that order."""
        if len(order) == len(self) and all(place == i for place, i in enumerate(order)):
            return Statements(*(values[:] for values in self.arrays()))
        if len(order) < 2:
            return Statements(*(array(v.typecode, [v[i] for i in order]) for v in self.arrays()))
        pick = itemgetter(*order)
        return Statements(*(array(v.typecode, pick(v)) for v in self.arrays()))

    def arrays(self) -> Iterable[array[int]]:
        return (getattr(self, name) for name in FIELDS)

    def extend(self, other: Statements) -> None:
        for mine, theirs in zip(self.arrays(), other.arrays(), strict=True):
            mine.extend(theirs)


def value_of(digits: int, decimals: int) -> float:
    """The printed number as the nearest float; 0 where nothing is printed."""
    if decimals == WITHHELD:
        return 0.0
    if decimals <= 0:
        return float(digits * 10**-decimals)
    return float(digits / 10**decimals)


def half_width_of(decimals: int) -> float:
    """Half a unit of the last printed digit; 0 where nothing is printed."""
    return 0.0 if decimals == WITHHELD else float(0.5 * 10.0**-decimals)


def rises(values: array[int]) -> bool:
    """Whether no value is smaller than the one before it."""
    return values.tolist() == sorted(values)


def prints(held: Statements, rank: Callable[[int], tuple[int, str]]) -> Sequence[int]:
    """One index for each print of each cell, sorted by period, then by vintage.

    Of statements of one moment that differ, the one whose artifact ranks first holds, then the
    more precise one: the result does not depend on the order in which files came. `rank` maps an
    index of `held.artifacts` to a sort key.
    """
    ends = held.ends
    if rises(ends) and len(set(ends)) == len(ends):
        return range(len(held))
    starts, vintages, decimals = held.starts, held.vintages, held.decimals
    moments = list(zip(ends, starts, vintages, strict=True))
    if all(map(lt, moments, moments[1:])):
        return list(range(len(held)))
    ranks = {artifact: rank(artifact) for artifact in set(held.artifacts)}
    keys = list(
        zip(
            ends,
            starts,
            vintages,
            map(ranks.__getitem__, held.artifacts),
            (-count for count in decimals),
            held.digits,
            strict=True,
        )
    )
    kept: list[int] = []
    last: tuple[int, ...] = ()
    for i in sorted(range(len(held)), key=keys.__getitem__):
        moment = keys[i][:3]
        if moment != last:
            kept.append(i)
            last = moment
    return kept


def canonical(held: Statements, printed: Sequence[int]) -> Sequence[int]:
    """The vintages proper among the prints: one that states what the one before it did is none."""
    if isinstance(printed, range):
        return printed
    stated = list(
        zip(held.ends, held.starts, held.digits, held.decimals, held.statuses, strict=True)
    )
    later = [j for i, j in pairwise(printed) if stated[i] != stated[j]]
    return [*printed[:1], *later]


def newest_published(held: Statements) -> int:
    """The last day (ordinal) on which a publisher is known to have printed a figure, 0 if none.

    When a copy was first seen says nothing about that.
    """
    seen = BASIS_CODE[Basis.FIRST_SEEN]
    if seen not in held.bases:
        return max(held.vintage_days, default=0)
    days = (day for day, basis in zip(held.vintage_days, held.bases, strict=True) if basis != seen)
    return max(days, default=0)


def figure_at(
    held: Statements, i: int, series: str, shas: Sequence[str], sheets: Sequence[str]
) -> Figure:
    """Entry `i` as a figure of the terms."""
    decimals = held.decimals[i]
    value = None if decimals == WITHHELD else Decimal(held.digits[i]).scaleb(-decimals)
    return Figure(
        series=series,
        period=Period(date.fromordinal(held.starts[i]), date.fromordinal(held.ends[i])),
        value=value,
        decimals=decimals,
        status=STATUSES[held.statuses[i]],
        vintage_at=from_ms(held.vintages[i]),
        vintage_basis=BASES[held.bases[i]],
        artifact_sha256=shas[held.artifacts[i]],
        locator=Locator(held.rows[i], held.columns[i], sheets[held.sheets[i]]),
        parser_version=held.versions[i],
        recorded_at=from_ms(held.recorded[i]),
        vintage_day=date.fromordinal(held.vintage_days[i]),
    )
