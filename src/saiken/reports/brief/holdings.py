"""What a country holds of US Treasuries, how that changed, and what purchases had to do with it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.judging.lines import Line
from saiken.measures import history
from saiken.measures.holdings import Decomposition, rank
from saiken.reports.brief import words
from saiken.reports.brief.facts import YEAR, Fact, Scene, cited, run_to, year_before
from saiken.terms.period import Period, add_months

CUSTODY_CENTRES = {"BE", "CH", "GB", "IE", "KY", "LU"}
"""Countries through whose custodians others hold: the TIC system counts by custodian."""

ISSUER = "US"
"""Whose securities the table is about."""

TELLING_MONTHS = 12
"""A high or a low is worth a sentence when nothing was beyond it for so long."""

LEADERS = 3


def stock(scene: Scene) -> tuple[Line, int] | None:
    """The holdings and the index of the newest month out; None where nothing is held."""
    line = scene.line("treasury_holdings")
    index = scene.newest(line) if line is not None else None
    return (line, index) if line is not None and index is not None else None


def lead(scene: Scene) -> Iterator[Fact]:
    """The level with the place, and how it moved."""
    found = stock(scene)
    if found is None:
        return
    line, index = found
    level = scene.fact("level", line.cite(index), **_filled(line, index))
    placed = _placed(scene, line, index)
    if placed is None:
        yield level
    else:
        place, points = placed
        yield replace(
            level,
            kind="lead",
            words={**level.words, "place": words.place(place)},
            points=(*level.points, *points),
        )
    yield from _moves(scene, line, index)


def table(scene: Scene) -> Iterator[Fact]:
    """Which release is in force, and what it says of the level."""
    found = stock(scene)
    if found is None:
        listed = scene.evidence.archive.holds(f"tic/holdings/{scene.code}")
        absent = "no_holdings_yet" if listed else "no_holdings"
        yield scene.fact("issuer" if scene.code == ISSUER else absent)
        return
    line, index = found
    level = scene.fact("level", line.cite(index), **_filled(line, index))
    release = line.release_of(line.period(index))
    if release is not None:
        yield scene.dated("latest", release, level)
    yield level
    if scene.lags(line, index):
        yield scene.fact("month_missing")
    everyone = scene.line("treasury_holdings", "all")
    whole = everyone.find(line.period(index)) if everyone is not None else None
    if everyone is not None and whole is not None:
        share = words.percent(line.values[index] / everyone.values[whole] * 100, 1)
        points = (*line.cite(index), *everyone.cite(whole))
        yield scene.fact("share", points, share=share, month=level.words["month"])


def _filled(line: Line, index: int) -> dict[str, str]:
    return {
        "month": words.month(line.period(index)),
        "amount": words.money(line.values[index], line.unit),
    }


def _placed(scene: Scene, line: Line, index: int) -> tuple[int, tuple[Point, ...]] | None:
    """The place among the single countries listed for that month, and the leaders' figures."""
    here, values, cites = line.period(index), {scene.code: line.values[index]}, {}
    for who in scene.evidence.holders:
        rival = scene.line("treasury_holdings", who)
        at = rival.find(here) if rival is not None else None
        if rival is not None and at is not None and who != scene.code:
            values[who], cites[who] = rival.values[at], rival.cite(at)
    if len(values) <= LEADERS:
        return None
    leaders = sorted(cites, key=values.__getitem__, reverse=True)[:LEADERS]
    return rank(values, scene.code), tuple(point for who in leaders for point in cites[who])


def _moves(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    """The change on the month and on the year, in one sentence where both are known."""
    month = words.month(line.period(index))
    parts, changes = [], []
    base = index - 1 if index else None
    for kind, suffix, at in (("month", "", base), ("year", "2", year_before(line, index))):
        if at is None:
            continue
        change = round(line.values[index] - line.values[at], 9)
        if not change and kind == "year":
            continue
        filled = {f"amount{suffix}": words.money(change, line.unit), **words.way(change, suffix)}
        told = kind if change else f"{kind}_flat"
        parts.append(scene.fact(told, cited(line, (index, at)), month=month, **filled))
        changes.append(change)
    if len(parts) == 2 and all(changes):
        yield scene.whole("moves", *parts, and_=words.link(*changes))
    else:
        yield from parts


def purchases(scene: Scene) -> Iterator[Fact]:
    """Net purchases and valuation where the publisher tells them apart, and what follows."""
    found = stock(scene)
    if found is None:
        return
    line, index = found
    net = scene.line("treasury_net_purchases")
    if net is None:
        yield scene.fact("not_apart")
        return
    at = net.find(line.period(index))
    newest = scene.newest(net) if at is None else at
    if at is None:
        yield scene.fact("split_missing")
    if newest is not None:
        yield from _split(scene, net, newest)
        if at is not None and index:
            yield from _remark(scene, line, index, net.base_value(at))
        yield from _spans(scene, net, newest)


def _split(scene: Scene, net: Line, at: int) -> Iterator[Fact]:
    """What was bought and what prices did, in one month."""
    month, bought = words.month(net.period(at)), net.values[at]
    if bought:
        amount = words.money(bought, net.unit)
        yield scene.fact("net", net.cite(at), month=month, amount=amount, **words.way(bought))
    valuation = scene.line("treasury_valuation")
    by_prices = valuation.find(net.period(at)) if valuation is not None else None
    if valuation is not None and by_prices is not None:
        gain = valuation.values[by_prices]
        amount = ("−" if gain < 0 else "") + words.money(gain, valuation.unit)
        yield scene.fact("valuation", valuation.cite(by_prices), month=month, amount=amount)


def _remark(scene: Scene, line: Line, index: int, net: float) -> Iterator[Fact]:
    """Whether the change in holdings was the work of purchases, in words."""
    change = line.base_value(index) - line.base_value(index - 1)
    if change * net < 0:
        yield scene.remark("rise_not_bought" if change > 0 else "fall_not_sold")
    elif change and Decomposition(change, net, 0.0).mostly_valuation:
        yield scene.remark("mostly_prices")


def _spans(scene: Scene, net: Line, at: int) -> Iterator[Fact]:
    """Net purchases of the calendar year so far and of the last twelve months."""
    last = net.period(at)
    starts = (Period.month(last.end.year, 1).start, add_months(last.start, 1 - YEAR))
    parts: list[Fact] = []
    totals: list[float] = []
    for first in dict.fromkeys(starts):
        run = run_to(net, at, first)
        total = math.fsum(net.values[i] for i in run) if run and len(run) > 1 else 0.0
        if run and total:
            suffix, span = "2" if parts else "", words.span(net.period(run[0]), last)
            filled = {
                f"span{suffix}": span,
                f"amount{suffix}": words.money(total, net.unit),
                "Span": words.capital(span),
                **words.way(total, suffix),
            }
            parts.append(scene.fact(f"net_span{suffix}", cited(net, run), **filled))
            totals.append(total)
    if len(parts) == 2:
        yield scene.whole("net_spans", *parts, turn=words.turn(*totals))
    else:
        yield from parts


def standing(scene: Scene) -> Iterator[Fact]:
    """Where the level stands in its own past: a record, the highest since, off the peak."""
    found = stock(scene)
    if found is None:
        return
    line, index = found
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
                "holdings_since",
                cited(line, (index, place.beaten_at)),
                month=filled["month"],
                since=words.month(line.period(place.beaten_at)),
                extreme={"high": "highest", "low": "lowest"}[extreme],
            )
    yield from _peak(scene, line, index)


def _peak(scene: Scene, line: Line, index: int) -> Iterator[Fact]:
    top = max(range(index + 1), key=line.values.__getitem__)
    share = words.percent((1 - line.values[index] / line.values[top]) * 100, 1)
    yield scene.fact("peak", line.cite(top), **_filled(line, top))
    yield scene.fact(
        "off_peak",
        cited(line, (index, top)),
        month=words.month(line.period(index)),
        since=words.month(line.period(top)),
        share=share,
    )


def caveat(scene: Scene) -> Iterator[Fact]:
    """By whose country the table counts."""
    if stock(scene) is not None:
        yield scene.fact("custody" if scene.code in CUSTODY_CENTRES else "custody_any")
