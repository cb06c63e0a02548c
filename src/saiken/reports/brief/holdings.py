"""What a country holds of US Treasuries, how that changed, and what purchases had to do with it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from saiken.archive.view import Point
from saiken.claims.judging.lines import Line
from saiken.measures import history
from saiken.measures.holdings import Decomposition, rank
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, run_to, signed, year_before
from saiken.terms.period import Period, add_months

CUSTODY_CENTRES = {"BE", "CH", "GB", "HK", "IE", "KY", "LU", "BM", "BS"}
"""Countries through whose custodians others hold: the TIC system counts by custodian."""

TELLING_MONTHS = 12
"""A high or a low is worth a sentence when nothing was beyond it for so long."""

LEADERS = 3


def lead(scene: Scene) -> Iterator[Fact]:
    """The level and the place in one sentence."""
    found = _stock(scene)
    if found is None:
        return
    line, index = found
    placed = _placed(scene, line, index)
    filled = _filled(line, index)
    if placed is None:
        yield scene.fact("level", line.cite(index), **filled)
    else:
        at, points = placed
        yield scene.fact("lead", (*line.cite(index), *points), place=words.place(at), **filled)


def told(scene: Scene) -> Iterator[Fact]:
    """All that the TIC tables say of the holder as of the day."""
    found = _stock(scene)
    if found is None:
        yield scene.fact("no_holdings")
        return
    line, index = found
    filled = _filled(line, index)
    release = line.release_of(line.period(index))
    yield scene.fact("level", line.cite(index), **filled)
    yield from _place(scene, line, index)
    if release is not None:
        yield scene.fact(
            "latest", line.cite(index), [release], day=words.day(release.day), **filled
        )
    yield from _moves(scene, line, index)
    yield from _purchases(scene, line, index)
    yield from _standing(scene, line, index)
    yield scene.fact("custody" if scene.code in CUSTODY_CENTRES else "custody_any")


def _stock(scene: Scene) -> tuple[Line, int] | None:
    line = scene.line("treasury_holdings")
    index = scene.newest(line) if line is not None else None
    return (line, index) if line is not None and index is not None else None


def _filled(line: Line, index: int) -> dict[str, str]:
    return {
        "month": words.month(line.period(index)),
        "amount": words.money(line.values[index], line.unit),
    }


def _placed(scene: Scene, line: Line, index: int) -> tuple[int, tuple[Point, ...]] | None:
    """The place among the single countries listed for that month, and the figures of the leaders."""
    here = line.period(index)
    values, cites = {scene.code: line.values[index]}, {}
    for who in scene.evidence.holders:
        rival = scene.line("treasury_holdings", who)
        at = rival.find(here) if rival is not None else None
        if rival is not None and at is not None and who != scene.code:
            values[who], cites[who] = rival.values[at], rival.cite(at)
    if len(values) <= LEADERS:
        return None
    leaders = sorted(cites, key=values.__getitem__, reverse=True)[:LEADERS]
    return rank(values, scene.code), tuple(point for who in leaders for point in cites[who])


def _place(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    month = words.month(line.period(index))
    placed = _placed(scene, line, index)
    if placed is not None:
        at, points = placed
        yield scene.fact("rank", (*line.cite(index), *points), place=words.place(at), month=month)
    everyone = scene.line("treasury_holdings", "all")
    whole = everyone.find(line.period(index)) if everyone is not None else None
    if everyone is not None and whole is not None:
        share = line.values[index] / everyone.values[whole]
        yield scene.fact(
            "share",
            (*line.cite(index), *everyone.cite(whole)),
            share=words.percent(share * 100, 1),
            month=month,
        )


def _moves(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    """The change on the month and on the year."""
    bases = {"month": index - 1 if index else None, "year": year_before(line, index)}
    for kind, base in bases.items():
        if base is None:
            continue
        change = round(line.values[index] - line.values[base], 9)
        told = signed(kind, change)
        if told == "year_flat":
            continue
        yield scene.fact(
            told,
            cited(line, (index, base)),
            month=words.month(line.period(index)),
            amount=words.money(change, line.unit),
        )


def _purchases(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    """Net purchases and valuation where the publisher tells them apart, and what follows."""
    here = line.period(index)
    net, valuation = scene.line("treasury_net_purchases"), scene.line("treasury_valuation")
    at = net.find(here) if net is not None else None
    if net is None or at is None:
        yield scene.fact("not_apart" if net is None else "split_missing")
        return
    month = words.month(here)
    bought = net.values[at]
    if bought:
        yield scene.fact(
            signed("net", bought), net.cite(at), month=month, amount=words.money(bought, net.unit)
        )
    by_prices = valuation.find(here) if valuation is not None else None
    if valuation is not None and by_prices is not None:
        gain = valuation.values[by_prices]
        amount = ("−" if gain < 0 else "") + words.money(gain, valuation.unit)
        yield scene.fact("valuation", valuation.cite(by_prices), month=month, amount=amount)
    if index:
        yield from _verdict_on_prices(scene, line, index, net, at)
    yield from _spans(scene, net, at)


def _verdict_on_prices(scene: Scene, line: Line, index: int, net: Line, at: int) -> Iterator[Fact]:
    change = line.base_value(index) - line.base_value(index - 1)
    parts = Decomposition(change, net.base_value(at), 0.0)
    if change * parts.net < 0:
        yield scene.fact("rise_not_bought" if change > 0 else "fall_not_sold")
    elif change and parts.mostly_valuation:
        yield scene.fact("mostly_prices")


def _spans(scene: Scene, net: Line, at: int) -> Iterator[Fact]:
    """Net purchases of the calendar year so far and of the last twelve months."""
    last = net.period(at)
    starts = {
        Period.month(last.end.year, 1).start: "year",
        add_months(last.start, -11): "twelve months",
    }
    for first in starts:
        run = run_to(net, at, first)
        if run is None or len(run) < 2:
            continue
        total = math.fsum(net.values[i] for i in run)
        if total:
            yield scene.fact(
                signed("net_span", total),
                cited(net, run),
                span=words.span(net.period(run[0]), last),
                amount=words.money(total, net.unit),
            )


def _standing(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    """Where the level stands in its own past: a record, the highest since, off the peak."""
    filled = _filled(line, index)
    for extreme in ("high", "low"):
        place = history.standing(line.values, index, extreme)
        if place.best_at is None:
            return
        if place.beaten_at is None and extreme == "high":
            yield scene.fact("holdings_high", cited(line, (index, place.best_at)), **filled)
            return
        if place.beaten_at is not None and index - place.beaten_at > TELLING_MONTHS:
            yield scene.fact(
                f"holdings_{extreme}_since",
                cited(line, (index, place.beaten_at)),
                month=filled["month"],
                since=words.month(line.period(place.beaten_at)),
            )
    yield from _peak(scene, line, index)


def _peak(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    top = max(range(index + 1), key=lambda i: (line.values[i], i))
    yield scene.fact("peak", line.cite(top), **_filled(line, top))
    yield scene.fact(
        "off_peak",
        cited(line, (index, top)),
        month=words.month(line.period(index)),
        since=words.month(line.period(top)),
        share=words.percent((1 - line.values[index] / line.values[top]) * 100, 1),
    )
