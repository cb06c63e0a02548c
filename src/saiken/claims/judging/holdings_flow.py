"""Purchases and sales told of holdings: "Japan is dumping $1.2 trillion in U.S. debt".

ΔH = net purchases + valuation + other. Where the publisher gives net purchases (TIC Table 3) they
decide; else the estimated valuation of the month does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import flow, numbers, wording
from saiken.claims.judging.change import Step, base_of
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Facts, Finding, not_covered
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.told import Told, tell
from saiken.claims.judging.weigh import NO_SERIES, steadied, suited
from saiken.measures import holdings
from saiken.terms.period import Period
from saiken.terms.quantity import Interval, Quantity

MISREADING = "valuation_as_sale"
NOT_APART = tell("Sales and valuation are not published apart for this month.")


@dataclass(frozen=True, slots=True)
class Month:
    """What moved a holder's position over the span that the claim is about, in base units."""

    step: Step
    net: Interval
    valuation: Interval
    figures: tuple[Point, ...]
    told: Told
    flows: Line | None
    """The published net purchases; None where they are estimated."""

    @property
    def change(self) -> Interval:
        return self.step.interval


def judge(claim: Claim, evidence: Evidence) -> Finding:
    stocks = suited(claim, evidence)
    if not stocks:
        return not_covered(NO_SERIES)
    return steadied(stocks[0], lambda stock: _on_stock(claim, stock, evidence))


def _on_stock(claim: Claim, stock: Line, evidence: Evidence) -> Finding:
    if flow.is_finer(claim, stock):
        return flow.too_coarse(claim, stock, evidence)
    index = target(stock, claim, evidence)
    if isinstance(index, Finding):
        return _so_far(claim, index, evidence)
    base = base_of(stock, index, claim, evidence)
    if isinstance(base, Finding):
        return base
    month = split(Step(stock, base, index), claim, evidence)
    if month is None:
        return not_covered(
            tell("Neither sales nor yields are at hand for this month."), "not_at_hand"
        )
    return replace(_compare(claim, month, stock), pivot=index)


def _so_far(claim: Claim, gap: Finding, evidence: Evidence) -> Finding:
    """A span whose last months are not out: the published flows may settle its sign already."""
    measure = evidence.catalog.measures[claim.measure].flow
    for net in suited(replace(claim, measure=measure), evidence):
        return flow.so_far(claim, net, gap)
    return gap


def split(step: Step, claim: Claim, evidence: Evidence) -> Month | None:
    """Net purchases and valuation over a step: as published, else estimated from yields.

    None where they are not at hand, or where the step goes back in time ("lower than a year later").
    """
    if step.index <= step.base:
        return None
    parts = _published(step, claim, evidence)
    return parts if parts is not None else _estimated(step, evidence)


def _published(step: Step, claim: Claim, evidence: Evidence) -> Month | None:
    measure = evidence.catalog.measures[claim.measure].flow
    nets = suited(replace(claim, measure=measure), evidence)
    if not nets:
        return None
    net, stock = nets[0], step.line
    months = range(step.base + 1, step.index + 1)
    found = [net.find(stock.period(i)) for i in months]
    if any(i is None for i in found):
        return None
    at = [i for i in found if i is not None]
    total = math.fsum(net.values[i] for i in at)
    true = numbers.total([net.values[i] for i in at], [net.half_widths[i] for i in at], net.unit)
    figures = tuple(point for i in at for point in net.cite(i))
    valuation, more = _valuation(step, claim, evidence)
    return Month(step, true, valuation, figures + more, flow.told(total, net, at), net)


def _valuation(step: Step, claim: Claim, evidence: Evidence) -> tuple[Interval, tuple[Point, ...]]:
    lines = evidence.lines("treasury_valuation", claim.subject)
    found = (
        [lines[0].find(step.line.period(i)) for i in range(step.base + 1, step.index + 1)]
        if lines
        else [None]
    )
    at = [i for i in found if i is not None]
    if len(at) < len(found):
        return Interval(-math.inf, math.inf), ()
    line = lines[0]
    true = numbers.total([line.values[i] for i in at], [line.half_widths[i] for i in at], line.unit)
    return true, tuple(point for i in at for point in line.cite(i))


def _estimated(step: Step, evidence: Evidence) -> Month | None:
    for line in evidence.lines("government_yield", "US", "5Y"):
        before = line.within(_until(step, step.base))
        after = line.within(_until(step, step.index))
        if not before or not after:
            continue
        change = line.values[after[-1]] - line.values[before[-1]]
        held = step.line.base_value(step.base)
        valuation = holdings.estimated_valuation(held, step.interval.middle, change)
        net = step.interval - valuation
        figures = (*line.cite(after[-1]), *line.cite(before[-1]))
        low, high = (
            numbers.amount(v / step.line.unit.factor, step.line.unit, signed=True)
            for v in (net.low, net.high)
        )
        told = tell(
            "Sales are not published apart for this holder {when}; "
            "net purchases were about {low} to {high} once prices are taken out",
            when=wording.at(step.line.period(step.index)),
            low=low,
            high=high,
        )
        return Month(step, net, valuation, figures, told, None)
    return None


def _until(step: Step, index: int) -> Period:
    """The month in which an observation of the step ends."""
    end = step.line.period(index).end
    return Period(end.replace(day=1), end)


def _compare(claim: Claim, month: Month, stock: Line) -> Finding:
    told = tell("{flow}; holdings changed by {change}", flow=month.told, change=month.step.shown)
    facts = Facts(told, (*month.step.figures, *month.figures), _arithmetic(month))
    sign = flow.sign_of(claim)
    stated = claim.quantity
    if stated is not None and not numbers.compatible(stated, stock.unit):
        stated = None
    if stated is None and month.flows is None and month.net.low * month.net.high <= 0:
        return _undecided(month, sign, facts)
    if (
        stated is not None
        and month.change.middle * sign > 0
        and numbers.matches(stated, month.change)
    ):
        return _market_value(stated, month, sign, facts)
    if stated is not None and month.flows is None and month.net.meets(stated.interval):
        return facts.supported().noting(NOT_APART)
    return flow.sized(claim, month.net, facts, month.flows or stock)


def _market_value(stated: Quantity, month: Month, sign: int, facts: Facts) -> Finding:
    """The text's number is the change in market value: is it also what was bought or sold?"""
    if month.net.meets(stated.interval) or (month.flows and numbers.matches(stated, month.net)):
        return facts.supported().noting("" if month.flows else NOT_APART)
    if month.flows is not None and month.net.middle * sign <= 0:
        return replace(facts.refuted(), misreadings=(MISREADING,))
    told = tell("That number is the change in holdings, of which prices are a part.")
    return facts.misleading(told, MISREADING)


UNDECIDED = "undecided"
"""The code of a finding whose denial the figures cannot bear out either."""


def _undecided(month: Month, sign: int, facts: Facts) -> Finding:
    """No published sales, and an estimate that allows both signs: the change in holdings speaks."""
    if month.change.middle * sign > 0:
        told = tell("Holdings moved that way, but prices alone can account for it.")
        return replace(facts.misleading(told, MISREADING), code=UNDECIDED)
    return facts.refuted()


def _arithmetic(month: Month) -> Told:
    unit = month.step.line.unit

    def show(value: float) -> Told:
        return numbers.amount(value / unit.factor, unit, signed=True)

    change = month.change.middle
    if month.flows is None:
        return tell(
            "{change}; valuation {low} to {high} (estimated)",
            change=month.step.arithmetic,
            low=show(month.valuation.low),
            high=show(month.valuation.high),
        )
    net, valuation = month.net.middle, month.valuation.middle
    if math.isinf(month.valuation.low):
        return tell("{change}; net {net}", change=month.step.arithmetic, net=show(net))
    return tell(
        "{change}: {net} net, {valuation} valuation, {other} other",
        change=show(change),
        net=show(net),
        valuation=show(valuation),
        other=show(change - net - valuation),
    )
