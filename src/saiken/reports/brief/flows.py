"""What residents bought abroad and non-residents bought here, where that is published."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from saiken.claims.judging.lines import Line
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, run_to
from saiken.terms.period import Period


@dataclass(frozen=True, slots=True)
class Flow:
    """A measure of flows, and the words for who buys what. `by_year`: told by week and year too."""

    measure: str
    who: str
    what: str
    by_year: bool = False
    remark: str = ""


ABROAD = Flow(
    "foreign_bond_flows",
    "residents of {country}",
    "foreign long-term bonds",
    by_year=True,
    remark="all_foreign",
)
INBOUND = Flow("inbound_bond_flows", "non-residents", "{countrys} long-term bonds", by_year=True)
EQUITIES = (
    Flow("foreign_equity_flows", "residents of {country}", "foreign stocks"),
    Flow("inbound_equity_flows", "non-residents", "{countrys} stocks"),
)
GROUPS = ((ABROAD,), (INBOUND,), EQUITIES)
"""Flows told in one paragraph."""


def told(scene: Scene, flows: tuple[Flow, ...]) -> Iterator[Fact]:
    for flow in flows:
        yield from _told(scene, flow)


def missing(scene: Scene) -> Iterator[Fact]:
    """Said where no flow at all is covered."""
    if not any(scene.line(flow.measure) for group in GROUPS for flow in group):
        yield scene.fact("no_flows")


def _told(scene: Scene, flow: Flow) -> Iterator[Fact]:
    monthly = scene.line(flow.measure, frequency="M")
    newest = _newest(scene, flow, monthly)
    if monthly is None or newest is None:
        return
    whole = _with_year(scene, flow, monthly, newest) if flow.by_year else None
    yield whole or newest
    if whole is not None and whole.words["turn"] != "and":
        yield scene.remark("against_the_year")
    if flow.by_year:
        weekly = _newest(scene, flow, scene.line(flow.measure, frequency="W"))
        yield from [weekly] if weekly is not None else []
    if flow.remark:
        yield scene.remark(flow.remark)


def _named(scene: Scene, flow: Flow) -> dict[str, str]:
    who, what = (text.format_map(scene.named) for text in (flow.who, flow.what))
    return {"who": who, "Who": words.capital(who), "what": what}


def _newest(scene: Scene, flow: Flow, line: Line | None) -> Fact | None:
    """The flow of the newest month or week out."""
    index = scene.newest(line) if line is not None else None
    if line is None or index is None or not line.values[index]:
        return None
    return scene.fact(
        "flow",
        line.cite(index),
        period=words.period(line.period(index)),
        amount=words.money(line.values[index], line.unit),
        **words.way(line.values[index]),
        **_named(scene, flow),
    )


def _with_year(scene: Scene, flow: Flow, line: Line, month: Fact) -> Fact | None:
    """The newest month beside the calendar year up to it; None in January."""
    index = line.find(month.points[0].period)
    if index is None:
        return None
    last = line.period(index)
    run = run_to(line, index, Period.year(last.end.year).start)
    total = math.fsum(line.values[i] for i in run) if run and len(run) > 1 else 0.0
    if run is None or not total:
        return None
    is_whole = len(run) == 12
    year = f"in the whole of {last.end.year}" if is_whole else words.span(line.period(run[0]), last)
    part = scene.fact(
        "flow_span",
        cited(line, run),
        year=year,
        Year=words.capital(year),
        amount2=words.money(total, line.unit),
        **words.way(total, "2"),
        **_named(scene, flow),
    )
    return scene.whole("flow_year", month, part, turn=words.turn(line.values[index], total))
