"""What residents bought abroad and non-residents bought here, where that is published."""

from __future__ import annotations

import math
from collections.abc import Iterator

from saiken.claims.judging.lines import Line
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, run_to, signed
from saiken.terms.period import Period

FLOWS = {
    "assets_bonds": "foreign_bond_flows",
    "inbound_bonds": "inbound_bond_flows",
    "assets_stocks": "foreign_equity_flows",
    "inbound_stocks": "inbound_equity_flows",
}
"""Kinds of facts and the measures that they come from."""

WITH_SPANS = {"assets_bonds", "inbound_bonds"}
"""Told by week and by year too; equities by month alone."""


def told(scene: Scene) -> Iterator[Fact]:
    found = False
    for kind, measure in FLOWS.items():
        monthly = scene.line(measure, frequency="M")
        if monthly is None:
            continue
        found = True
        yield from _flow(scene, kind, monthly)
        if kind in WITH_SPANS:
            weekly = scene.line(measure, frequency="W")
            if weekly is not None:
                yield from _newest(scene, kind, weekly)
        if kind == "assets_bonds":
            yield scene.fact("all_foreign")
    if not found:
        yield scene.fact("no_flows")


def _flow(scene: Scene, kind: str, monthly: Line) -> Iterator[Fact]:
    yield from _newest(scene, kind, monthly)
    if kind in WITH_SPANS:
        yield from _year(scene, kind, monthly)


def _newest(scene: Scene, kind: str, line: Line) -> Iterator[Fact]:
    index = scene.newest(line)
    if index is None or not line.values[index]:
        return
    yield scene.fact(
        signed(kind, line.values[index]),
        line.cite(index),
        period=words.period(line.period(index)),
        amount=words.money(line.values[index], line.unit),
    )


def _year(scene: Scene, kind: str, line: Line) -> Iterator[Fact]:
    """The calendar year up to the newest month, and whether that month went against it."""
    index = scene.newest(line)
    if index is None:
        return
    last = line.period(index)
    run = run_to(line, index, Period.year(last.end.year).start)
    total = math.fsum(line.values[i] for i in run) if run else 0.0
    if run is None or len(run) < 2 or not total:
        return
    filled = {"amount": words.money(total, line.unit), "period": str(last.end.year)}
    if len(run) == 12:
        yield scene.fact(signed(kind, total), cited(line, run), **filled)
    else:
        span = words.span(line.period(run[0]), last)
        yield scene.fact(signed(f"{kind}_span", total), cited(line, run), span=span, **filled)
    if total * line.values[index] < 0:
        yield scene.fact("against_the_year")
