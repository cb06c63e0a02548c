"""What became of each figure of a series between its first print and its latest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from saiken.terms.figure import Figure
from saiken.terms.period import Period


@dataclass(frozen=True, slots=True)
class Revised:
    """A period with the first and the latest figure held for it, and how many differ on the way.

    `first` is the first print only where a figure of its release is held: compare its day.
    """

    period: Period
    first: Figure
    latest: Figure
    prints: int

    @property
    def change(self) -> Decimal | None:
        """The latest less the first, in the series' unit; None if either was withdrawn."""
        if self.first.value is None or self.latest.value is None:
            return None
        return self.latest.value - self.first.value


def revised(figures: Iterable[Figure]) -> Iterator[Revised]:
    """One entry a period that has several vintages. `figures` come by period, then by vintage."""
    for period, group in groupby(figures, lambda figure: figure.period):
        prints = list(group)
        if len(prints) > 1:
            yield Revised(period, prints[0], prints[-1], len(prints))
