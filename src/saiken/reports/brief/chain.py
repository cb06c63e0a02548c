"""The chain from bonds at home to risk assets: what a hedge costs and leaves, what a carry trade pays."""

from __future__ import annotations

from collections.abc import Iterator

from saiken.claims.judging.lines import Line
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene
from saiken.reports.brief.finances import pair

_REMARKS = {
    "hedge_cost": ("hedge_costs", "hedge_pays"),
    "hedged_pick_up": ("abroad_pays_more", "home_pays_more"),
}
"""What follows from a value above and from one below nothing."""


def told(scene: Scene) -> Iterator[Fact]:
    """From the hedge to the mood of the market; nothing where no hedge can be reckoned."""
    hedged = list(_hedged(scene))
    yield from hedged
    yield from (*_carry(scene), *_mood(scene)) if hedged else ()


def _hedged(scene: Scene) -> Iterator[Fact]:
    """The cost of a hedge from short rates, and what it leaves of the pick-up."""
    for kind, measure in (("hedge_cost", "hedging_cost"), ("hedged_pick_up", "hedged_pick_up")):
        line = scene.line(measure)
        index = scene.newest(line) if line is not None else None
        if line is None or index is None:
            continue
        value = line.values[index]
        yield _stated(scene, kind, line, index, words.signed(value, 2) + "%")
        yield scene.remark(_REMARKS[kind][value < 0])
        if kind == "hedge_cost":
            yield scene.remark("without_basis")
        elif scene.lags(line, index):
            yield scene.remark("rates_missing")


def _carry(scene: Scene) -> Iterator[Fact]:
    """What holding dollars on the country's money pays for its risk, where that is reckoned."""
    asked = pair(scene.code, scene.as_of)
    line = scene.line("carry_to_risk", asked) if asked else None
    index = scene.newest(line) if line is not None else None
    if line is not None and index is not None and not scene.lags(line, index):
        quoted = f"{asked[:3]}/{asked[3:]}"
        value = words.signed(line.values[index], 2)
        yield _stated(scene, "carry_paid", line, index, value, pair=quoted)


def _mood(scene: Scene) -> Iterator[Fact]:
    line = scene.line("volatility_index", "VIX")
    index = scene.newest(line) if line is not None else None
    if line is not None and index is not None and not scene.lags(line, index):
        yield _stated(scene, "mood", line, index, words.plain(line.values[index], 2))


def _stated(scene: Scene, kind: str, line: Line, index: int, value: str, **filled: str) -> Fact:
    day = words.day(line.period(index).end)
    return scene.fact(kind, line.cite(index), value=value, day=day, **filled)
