"""Sentences of our own, by templates over holders, months and predicates, with what they say.

Which of them are true is the figures' to say; a test picks those that came out as it needs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from saiken.archive.archive import Archive
from saiken.terms.period import Period

HOLDERS = {
    "JP": ("Japan", "Japan's"),
    "CN": ("China", "China's"),
    "GB": ("the United Kingdom", "the UK's"),
    "BE": ("Belgium", "Belgium's"),
    "CA": ("Canada", "Canada's"),
    "FR": ("France", "France's"),
    "NO": ("Norway", "Norway's"),
    "IE": ("Ireland", "Ireland's"),
}
MONTHS = [Period.month(2024, month) for month in (3, 6, 9, 11)] + [
    Period.month(2025, month) for month in (2, 5, 8, 10, 11)
]
ASKED = (date(2025, 10, 1), date(2026, 1, 25), date(2026, 6, 30))


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence about the holdings of `holder` in `month`; `number` is what it states, in $ bn."""

    text: str
    predicate: str
    holder: str
    month: Period
    number: float | None = None
    direction: int = 0

    def said_of(self, holder: str) -> Made:
        return _sentence(self.predicate, holder, self.month, self.number, self.direction)

    def turned(self) -> Made:
        return _sentence(self.predicate, self.holder, self.month, self.number, -self.direction)

    def with_number(self, number: float) -> Made:
        return _sentence(self.predicate, self.holder, self.month, number, self.direction)


def _sentence(
    predicate: str, holder: str, month: Period, number: float | None, direction: int
) -> Made:
    name, whose = HOLDERS[holder]
    when = f"in {month.start:%B %Y}"
    verb = "rose" if direction > 0 else "fell"
    amount = f"${number:,.1f} billion" if number is not None else ""
    text = {
        "level": f"{name} held {amount} of US Treasuries {when}.",
        "change": f"{whose} holdings of US Treasuries {verb} by {amount} {when}.",
        "direction": f"{whose} holdings of US Treasuries {verb} {when}.",
        "flow": f"{name} was a net {'buyer' if direction > 0 else 'seller'} of US Treasuries {when}.",
        "record": f"{whose} holdings of US Treasuries hit a record high {when}.",
        "threshold": f"{whose} holdings of US Treasuries were above {amount} {when}.",
    }[predicate]
    return Made(text[0].upper() + text[1:], predicate, holder, month, number, direction)


def made(archive: Archive) -> Iterator[Made]:
    """Sentences on every holder and month; numbers and directions are those last printed.

    So most are true, unless what is claimed (a record, a sale) is not what happened.
    """
    for holder, month in product(HOLDERS, MONTHS):
        view = archive.view(f"tic/holdings/{holder}", ASKED[-1])
        at = view.find(month) if view is not None else None
        if view is None or not at:
            continue
        level = view.values[at]
        moved = round(level - view.values[at - 1], 1)
        sign = 1 if moved > 0 else -1
        yield _sentence("level", holder, month, level, 0)
        yield _sentence("change", holder, month, abs(moved), sign)
        yield _sentence("direction", holder, month, None, sign)
        yield _sentence("flow", holder, month, None, sign)
        yield _sentence("record", holder, month, None, 1)
        yield _sentence("threshold", holder, month, float(int(level / 10) * 10), 1)


def sample(archive: Archive, count: int, seed: int = 5) -> list[Made]:
    return random.Random(seed).sample(list(made(archive)), count)  # noqa: S311 - a fixed choice
