"""Swapped inputs stay honest beyond holdings: yields, an exchange rate, an index, and flows.

Each sentence is made from a figure of the snapshot, with the same sentence told of another number,
of another issuer or the other way round. What comes out as supported must not do so when swapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.archive.view import View
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

DAY = date(2026, 1, 23)
ALLOWED = 0.02
DAYS = [date(2025, month, day) for month in (2, 4, 6, 8, 10, 12) for day in (5, 18)]
MONTHS = [Period.month(2025, month) for month in range(1, 12)]

YIELDS = {"ust/par": "Treasury", "jgb/yield": "JGB"}
TENORS = ("2Y", "5Y", "10Y", "30Y")
PRICES = {"ecb/USDJPY": "Dollar-yen", "fred/VIXCLS": "The VIX"}
FLOWS = {
    "mof/monthly/assets/long/net": ("Japanese investors", "foreign bonds"),
    "mof/monthly/liabilities/long/net": ("Foreign investors", "Japanese bonds"),
}
TRADED = {1: "bought", -1: "sold"}
MOVED = {1: "rose", -1: "fell"}
SIDES = {1: "above", -1: "below"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a figure bears out, and what swaps make of it: by kind, all false."""

    text: str
    swaps: tuple[tuple[str, str], ...]


def _levels(
    name: str, other: str, values: tuple[float, float], unit: str, when: str, far: float
) -> Iterator[Sentence]:
    """Of a level and, unless it is too near, of another's: `far` is beyond every convention."""
    mine, theirs = values
    told = f"{name} closed at {mine:.2f}{unit} {when}."
    numbers = [f"{name} closed at {mine + by:.2f}{unit} {when}." for by in (far, -far, 3 * far)]
    swaps = [("number", text) for text in numbers]
    if other and abs(mine - theirs) > far:
        swaps.append(("country", f"{other} closed at {mine:.2f}{unit} {when}."))
    yield Sentence(told, tuple(swaps))
    for side in (1, -1):
        mark = mine - side * far
        turned = f"{name} closed {SIDES[-side]} {mark:.1f}{unit} {when}."
        beyond = f"{name} closed {SIDES[side]} {mine + side * far:.1f}{unit} {when}."
        yield Sentence(
            f"{name} closed {SIDES[side]} {mark:.1f}{unit} {when}.",
            (("direction", turned), ("number", beyond)),
        )  # fmt: skip


def _changes(name: str, bp: int, when: str) -> Iterator[Sentence]:
    if abs(bp) < 3:
        return
    side = 1 if bp > 0 else -1
    size = abs(bp)
    yield Sentence(
        f"{name} {MOVED[side]} {size}bp {when}.",
        (
            ("direction", f"{name} {MOVED[-side]} {size}bp {when}."),
            ("number", f"{name} {MOVED[side]} {size + 7}bp {when}."),
            ("number", f"{name} {MOVED[side]} {size * 4}bp {when}."),
        ),
    )


def _at(view: View | None, day: date) -> int | None:
    return view.find(Period.day(day)) if view is not None else None


def made(archive: Archive) -> Iterator[Sentence]:
    views = {
        (house, tenor): archive.view(f"{house}/{tenor}", DAY)
        for house in YIELDS
        for tenor in TENORS
    }
    for (house, tenor), view in views.items():
        other = next(name for name in YIELDS if name != house)
        for day in DAYS:
            at, theirs = _at(view, day), _at(views[other, tenor], day)
            if not at or theirs is None:
                continue
            when = f"on {day.day} {day:%B %Y}"
            names = [f"The {tenor[:-1]}-year {YIELDS[which]} yield" for which in (house, other)]
            values = view.values[at], views[other, tenor].values[theirs]
            yield from _levels(*names, values, "%", when, 0.4)
            yield from _changes(names[0], round((values[0] - view.values[at - 1]) * 100), when)
    for series, name in PRICES.items():
        view = archive.view(series, DAY)
        for day in DAYS:
            if (at := _at(view, day)) is not None:
                value = view.values[at]
                when = f"on {day.day} {day:%B %Y}"
                yield from _levels(name, "", (value, value), "", when, value / 20)
    yield from _flows(archive)


def _flows(archive: Archive) -> Iterator[Sentence]:
    for series, (who, what) in FLOWS.items():
        view, others = archive.view(series, DAY), next(o for o in FLOWS.values() if o[0] != who)
        other = archive.view(next(s for s in FLOWS if s != series), DAY)
        for month in MONTHS:
            at = view.find(month)
            if at is None:
                continue
            trillions = view.values[at] / 1e4
            theirs = other.values[other.find(month)] / 1e4
            side, size, when = 1 if trillions > 0 else -1, abs(trillions), f"in {month.start:%B %Y}"
            swaps = [
                ("direction", f"{who} {TRADED[-side]} a net ¥{size:.2f}tn of {what} {when}."),
                ("number", f"{who} {TRADED[side]} a net ¥{size + 0.3:.2f}tn of {what} {when}."),
                ("number", f"{who} {TRADED[side]} a net ¥{size * 7:.2f}tn of {what} {when}."),
            ]
            if abs(theirs - trillions) > 0.1:
                told = f"{others[0]} {TRADED[side]} a net ¥{size:.2f}tn of {others[1]} {when}."
                swaps.append(("country", told))
            if size > 0.05:
                text = f"{who} {TRADED[side]} a net ¥{size:.2f}tn of {what} {when}."
                yield Sentence(text, tuple(swaps))


def ruling(text: str, archive: Archive) -> Ruling:
    return judge(read(text, DAY), archive, DAY).overall


@pytest.fixture(scope="module")
def supported(snapshot: Archive) -> list[Sentence]:
    sentences = list(made(snapshot))
    borne_out = [one for one in sentences if ruling(one.text, snapshot) is Ruling.SUPPORTED]
    assert len(borne_out) >= 0.9 * len(sentences) > 150
    return borne_out


@pytest.mark.parametrize("kind", ["number", "country", "direction"])
def test_what_is_made_false_is_not_supported(
    kind: str, supported: list[Sentence], snapshot: Archive
) -> None:
    tried = [text for one in supported for which, text in one.swaps if which == kind]
    assert len(tried) >= 40
    still = [text for text in tried if ruling(text, snapshot) is Ruling.SUPPORTED]
    assert len(still) <= ALLOWED * len(tried), "\n".join(still)


def test_most_of_it_is_said_to_be_wrong(supported: list[Sentence], snapshot: Archive) -> None:
    """Not supported must not be bought by saying nothing."""
    wrong = {Ruling.REFUTED, Ruling.EXAGGERATED, Ruling.MISLEADING}
    tried = [text for one in supported for _, text in one.swaps]
    told = [text for text in tried if ruling(text, snapshot) in wrong]
    assert len(told) >= 0.9 * len(tried)
