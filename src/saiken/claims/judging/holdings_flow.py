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
from saiken.claims.judging.finding import Finding, misleading, not_covered, refuted, supported
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import target
from saiken.claims.judging.weigh import steadied
from saiken.measures import holdings
from saiken.terms.quantity import Interval


@dataclass(frozen=True, slots=True)
class Month:
    """What moved a holder's position over the span that the claim is about, in base units."""

    step: Step
    net: Interval
    valuation: Interval
    figures: tuple[Point, ...]
    published: bool
    told: str

    @property
    def change(self) -> Interval:
        return self.step.interval


def judge(claim: Claim, evidence: Evidence) -> Finding:
    stocks = evidence.lines(claim.measure, claim.subject)
    if not stocks:
        return not_covered("No series in the catalog can settle this.")
    return steadied(stocks[0], lambda stock: _on_stock(claim, stock, evidence))


def _on_stock(claim: Claim, stock: Line, evidence: Evidence) -> Finding:
    index = target(stock, claim, evidence)
    if isinstance(index, Finding):
        return index
    base = base_of(stock, index, claim, evidence)
    if isinstance(base, Finding):
        return base
    month = split(Step(stock, base, index), claim, evidence)
    if month is None:
        return not_covered("Neither sales nor yields are at hand for this month.", "not_at_hand")
    return replace(_compare(claim, month, stock), pivot=index)


def split(step: Step, claim: Claim, evidence: Evidence) -> Month | None:
    """Net purchases and valuation over a step: as published, else estimated from yields."""
    parts = _published(step, claim, evidence)
    return parts if parts is not None else _estimated(step, evidence)


def _published(step: Step, claim: Claim, evidence: Evidence) -> Month | None:
    measure = evidence.catalog.measures[claim.measure].flow
    nets = evidence.lines(measure, claim.subject)
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
    return Month(step, true, valuation, figures + more, published=True, told=flow.told(total, net, at))


def _valuation(step: Step, claim: Claim, evidence: Evidence) -> tuple[Interval, tuple[Point, ...]]:
    lines = evidence.lines("treasury_valuation", claim.subject)
    found = [lines[0].find(step.line.period(i)) for i in range(step.base + 1, step.index + 1)] if lines else [None]
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
        shown = [numbers.amount(v / step.line.unit.factor, step.line.unit, signed=True) for v in (net.low, net.high)]
        told = (
            f"Sales are not published apart for this holder in {wording.period(step.line.period(step.index))}; "
            f"net purchases were about {shown[0]} to {shown[1]} once prices are taken out"
        )
        return Month(step, net, valuation, figures, published=False, told=told)
    return None


def _until(step: Step, index: int):  # noqa: ANN202
    from saiken.terms.period import Period

    end = step.line.period(index).end
    return Period(end.replace(day=1), end)


def _compare(claim: Claim, month: Month, stock: Line) -> Finding:
    figures = (*month.step.figures, *month.figures)
    fact = f"{month.told}; holdings changed by {month.step.shown}"
    arithmetic = _arithmetic(month)
    stated = claim.quantity if claim.quantity and numbers.compatible(claim.quantity, stock.unit) else None
    sign = claim.direction or (1 if stated and stated.value > 0 else -1 if stated else 0)
    if not month.published and month.net.low * month.net.high <= 0 and stated is None:
        return _undecided(month, sign, fact, figures, arithmetic)
    if stated is not None and month.change.middle * sign > 0 and numbers.matches(stated, month.change):
        return _market_value(claim, month, sign, fact, figures, arithmetic)
    if not month.published and stated is not None:
        within = month.net.meets(stated.interval) and month.net.middle * sign > 0
        if within:
            note = "Sales and valuation are not published apart for this month."
            return supported(f"{fact}.", figures, arithmetic).noting(note)
    return flow.sized(claim, month.net, fact, figures, arithmetic, stock)


def _market_value(claim: Claim, month: Month, sign: int, fact: str, figures, arithmetic: str) -> Finding:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The text's number is the change in market value: is it also what was bought or sold?"""
    stated = claim.quantity
    assert stated is not None  # noqa: S101 - the caller has checked
    if month.net.meets(stated.interval) or (month.published and numbers.matches(stated, month.net)):
        note = "" if month.published else "Sales and valuation are not published apart for this month."
        return supported(f"{fact}.", figures, arithmetic).noting(note)
    if month.published and month.net.middle * sign <= 0:
        return refuted(f"{fact}.", figures, arithmetic).ruled(refuted("", ()).ruling, "valuation_as_sale")
    return misleading(
        f"That number is the change in market value. {fact}.", "valuation_as_sale", figures, arithmetic
    )


def _undecided(month: Month, sign: int, fact: str, figures, arithmetic: str) -> Finding:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """No published sales, and an estimate that allows both signs: the change in holdings speaks."""
    if month.change.middle * sign > 0:
        return misleading(
            f"Holdings moved that way, but prices alone can account for it. {fact}.",
            "valuation_as_sale", figures, arithmetic,
        )
    return refuted(f"{fact}.", figures, arithmetic)


def _arithmetic(month: Month) -> str:
    unit = month.step.line.unit

    def show(value: float) -> str:
        return numbers.amount(value / unit.factor, unit, signed=True)

    change = month.change.middle
    if not month.published:
        return (
            f"{month.step.arithmetic}; valuation {show(month.valuation.low)} to {show(month.valuation.high)} (estimated)"
        )
    if math.isinf(month.valuation.low):
        return f"{month.step.arithmetic}; net {show(month.net.middle)}"
    other = change - month.net.middle - month.valuation.middle
    return (
        f"{show(change)} = {show(month.net.middle)} net + {show(month.valuation.middle)} valuation "
        f"+ {show(other)} other"
    )
