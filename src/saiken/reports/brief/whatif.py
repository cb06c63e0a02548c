"""What a real dump would do: prices, what the sellers give up, and what the model cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from saiken.reports.brief import dump, holdings, words
from saiken.reports.brief.dump import BOND, DOLLAR, Dump
from saiken.reports.brief.facts import Fact, Scene
from saiken.scenarios.answer import Band, Joint, Move
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.evidence import NOT_IDENTIFIED

_BONDS = ("ust_long_run", "ust_one_month", "half_life")
_DOLLARS = ("fx_long_run", "fx_one_month", "half_life")
_BANKS = ("official_share", "private_hedge", "JP:insurers", "JP:banks", "JP:coops")

_DEVASTATION = {
    "supported": "dump_heavy",
    "not identified": "dump_unproven",
    "contradicted": "dump_light",
}
"""The remark that follows from what the joint loss of Japan's institutions establishes."""

LEAST = 0.05
"""A median move in bp, or an amount in $bn, that would be told as nothing."""


def run(scene: Scene) -> Dump | str:
    """The run, once a scene; where there is none, the kind of fact that says why."""
    if scene.code == holdings.ISSUER:
        return "dump_issuer"
    held = holdings.stock(scene)
    if held is None:
        return "dump_not_held"
    line, index = held
    amount = line.values[index] * line.unit.factor / 1e9
    evidence = scene.evidence
    try:
        return dump.drawn(scene.code, amount, scene.as_of, evidence.archive, evidence.strict)
    except ScenarioError:
        return "dump_no_sheets"


def prices(scene: Scene) -> Iterator[Fact]:
    """Where yields and the dollar would go; or why no run is made."""
    done, held = scene.dump, holdings.stock(scene)
    if not isinstance(done, Dump) or held is None:
        yield scene.fact(str(done))
        return
    line, index = held
    asked = {"amount": words.money(line.values[index], line.unit), "draws": f"{done.found.draws:,}"}
    bond = _move(done, BOND)
    if abs(bond.off_shock[1]) < LEAST:
        outcome = done.outcome(BOND, dump.spread(bond.off_shock, bond.unit), _BONDS)
        yield replace(scene.fact("dump_nothing", line.cite(index), **asked), outcomes=(outcome,))
        return
    first = _told(scene, done, bond, bond.off_shock, "dump_yield", **asked)
    yield replace(first, points=line.cite(index))
    if _sizes(bond.on_shock) != _sizes(bond.off_shock):
        yield _told(scene, done, bond, bond.on_shock, "dump_backed", backed="with")
    if done.off.plan.spills:
        dollar = _move(done, DOLLAR)
        yield _told(scene, done, dollar, dollar.off_shock, "dump_dollar")
    if bond.size != "identified":
        beyond = done.found.outside > NOT_IDENTIFIED
        yield scene.remark("dump_unsized" if beyond else "dump_wide")


def _move(done: Dump, series: str) -> Move:
    return next(move for move in done.found.moves if move.series == series)


def _told(
    scene: Scene,
    done: Dump,
    move: Move,
    band: Band,
    kind: str,
    /,
    backed: str = "without",
    **filled: str,
) -> Fact:
    """A price; one whose band crosses zero is told by its direction, or by none."""
    if band[0] * band[2] <= 0:
        kind = "dump_leans" if move.direction == "supported" else "dump_open"
    drivers = _DOLLARS if move.series == DOLLAR else _BONDS
    outcome = done.outcome(
        f"{move.series} when the sale is over, {backed} backstops",
        dump.spread(band, move.unit),
        drivers,
    )
    low, middle, high = _sizes(band)
    fact = scene.fact(
        kind, what=_NAMED[move.series], move="rise" if band[1] > 0 else "fall",
        way=f"{move.way:.0%}", low=low, median=middle, high=high, **filled,
    )  # fmt: skip
    return replace(fact, outcomes=(outcome,))


_NAMED = {BOND: "the 10-year US Treasury yield", DOLLAR: DOLLAR}


def _sizes(band: Band) -> tuple[str, str, str]:
    """The sizes of a band of one sign, the smallest first."""
    low, high = sorted((abs(band[0]), abs(band[2])))
    return _size(low), _size(abs(band[1])), _size(high)


def _size(value: float) -> str:
    return words.plain(value, 0 if value >= 9.95 else 1)


def seller(scene: Scene) -> Iterator[Fact]:
    """What the sellers would give up, and what would happen to their banks."""
    done = scene.dump
    if not isinstance(done, Dump):
        return
    sold = (("bonds", "dump_bonds", _BONDS), ("dollars", "dump_dollars", _DOLLARS))
    for what, kind, drivers in sold:
        band = done.found.execution[what]
        if band[1] >= LEAST:
            outcome = done.outcome(
                f"given up on the {what} sold", dump.spread(band, "$bn"), drivers
            )
            low, middle, high = map(_dollars, band)
            fact = scene.fact(kind, low=low, median=middle, high=high)
            yield replace(fact, outcomes=(outcome,))
    if done.off.plan.spills:
        yield from _banks(scene, done, done.found.joint)


def _dollars(billions: float) -> str:
    """Two digits are more than such a size bears."""
    size = float(f"{abs(billions):.2g}")
    return f"${words.plain(size, 1)} billion" if size >= 1 else f"${size * 1000:,.0f} million"


def _banks(scene: Scene, done: Dump, joint: Joint) -> Iterator[Fact]:
    told = f"median {joint.median:.1%} of equity; a quarter or more in {joint.off:.1%} of draws"
    outcome = done.outcome("joint loss of Japan's institutions, without backstops", told, _BANKS)
    fact = scene.fact("dump_banks", share=_share(joint.off), median=_share(joint.median))
    yield replace(fact, outcomes=(outcome,))
    yield scene.remark(_DEVASTATION[joint.devastation])


def _share(value: float) -> str:
    return f"{value:.0%}" if value >= 0.005 or value <= 0 else "less than 1%"


def limits(scene: Scene) -> Iterator[Fact]:
    """What no draw tells."""
    done = scene.dump
    if not isinstance(done, Dump):
        return
    yield scene.fact("dump_limits")
    if not done.off.plan.spills:
        yield scene.remark("dump_no_home")
    if done.late:
        yield scene.remark("dump_late")
