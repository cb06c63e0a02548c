"""The state's debt, the currency and the reserves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from saiken.claims.judging.lines import Line
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, year_before
from saiken.terms.period import Period, add_months

DOLLARS_PER = {"EUR", "GBP", "AUD", "NZD"}
"""Currencies that the market quotes in dollars; of the others, so many go to the dollar."""

ESTIMATES = {"estimated", "preliminary"}


def debt(scene: Scene) -> Iterator[Fact]:
    """The last year that had ended when the edition came out; later ones are projections."""
    line = scene.line("debt_ratio")
    index = _last_completed(line) if line is not None else None
    if line is None or index is None:
        yield scene.fact("no_debt")
        return
    point = line.cite(index)[0]
    top = max(range(index + 1), key=line.values.__getitem__)
    if top < index:
        now = scene.fact("debt", [point], **_ratio(line, index))
        best = scene.fact("debt_high", line.cite(top), **_ratio(line, top, "2"))
        yield scene.whole("debt_now", now, best)
    else:
        yield scene.fact("debt_record", [point], **_ratio(line, index))
    if point.status in ESTIMATES:
        yield scene.remark("debt_estimate")
    entry = scene.evidence.catalog.entry(point.series)
    last = scene.evidence.archive.last_release(entry.calendar, scene.as_of) if entry else None
    if last is not None and last.day > point.vintage_day:
        yield scene.remark("edition_missing")


def _ratio(line: Line, index: int, suffix: str = "") -> dict[str, str]:
    value, year = words.percent(line.values[index], 1), line.period(index).label
    return {f"value{suffix}": value, f"year{suffix}": year}


def _last_completed(line: Line) -> int | None:
    for index in reversed(range(len(line))):
        if line.period(index).end < line.cite(index)[0].vintage_day:
            return index
    return None


def pair(code: str, day: date) -> str:
    """The pair of a country's currency with the dollar: `USDJPY`; empty for the dollar's own."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - only a brief needs it

    found = get_territory_currencies(code, start_date=day, end_date=day)
    currency = found[0] if found else ""
    if currency in {"", "USD"}:
        return ""
    return f"{currency}USD" if currency in DOLLARS_PER else f"USD{currency}"


def exchange_rate(scene: Scene) -> Iterator[Fact]:
    """The newest fixing against the dollar, and its distance from that of a year before."""
    asked = pair(scene.code, scene.as_of)
    line = scene.line("exchange_rate", asked) if asked else None
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        yield from [scene.fact("no_fx")] if asked else []
        return
    filled = {
        "pair": f"{asked[:3]}/{asked[3:]}",
        "value": words.plain(line.values[index], 2 if line.values[index] >= 20 else 3),
        "day": words.day(line.period(index).end),
    }
    now = scene.fact("fx", line.cite(index), **filled)
    base = year_before(line, index)
    change = (line.values[index] / line.values[base] - 1) * 100 if base is not None else 0.0
    if base is not None and round(change, 1):
        share, points = words.percent(abs(change), 1), cited(line, (index, base))
        year = scene.fact("fx_year", points, share=share, **words.way(change), **filled)
        now = scene.whole("fx_now", now, year)
    yield now
    if scene.lags(line, index):
        yield scene.remark("fixings_missing")


def intervention(scene: Scene) -> Iterator[Fact]:
    """What was spent in the newest month with intervention, if that is within the past year."""
    line = scene.line("fx_intervention")
    index = scene.newest(line) if line is not None else None
    if line is None or index is None or line.period(index).end < add_months(scene.as_of, -12):
        return
    last = line.period(index).end
    days = line.within(Period.month(last.year, last.month))
    spent = math.fsum(line.values[i] for i in days)
    if spent > 0:
        month, amount = words.month(line.period(index)), words.money(spent, line.unit)
        yield scene.fact("intervention", cited(line, days), month=month, amount=amount)


def positions(scene: Scene) -> Iterator[Fact]:
    """How traders who hedge nothing stand in futures on the currency: told of the yen alone."""
    asked = pair(scene.code, scene.as_of)
    line = scene.line("yen_positioning", "JPY") if asked and "JPY" in asked else None
    index = scene.newest(line) if line is not None else None
    if line is not None and index is not None and line.values[index]:
        yield scene.fact(
            "positions",
            line.cite(index),
            side="long" if line.values[index] > 0 else "short",
            count=words.plain(abs(line.values[index]), 0),
            day=words.day(line.period(index).end),
        )
        if scene.lags(line, index):
            yield scene.remark("positions_missing")


def currency(scene: Scene) -> Iterator[Fact]:
    """The exchange rate, what the state did about it, and how traders stand."""
    for told in (exchange_rate, intervention, positions):
        yield from told(scene)


def reserves(scene: Scene) -> Iterator[Fact]:
    line = scene.line("reserves", frequency="M")
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        return
    month = words.month(line.period(index))
    amount = words.money(line.values[index], line.unit)
    now = scene.fact("reserves", line.cite(index), month=month, amount=amount)
    change = line.values[index] - line.values[index - 1] if index else 0.0
    if not change:
        yield now
        return
    moved = scene.fact(
        "reserves_month",
        cited(line, (index, index - 1)),
        month=month,
        amount2=words.money(change, line.unit),
        **words.way(change),
    )
    yield scene.whole("reserves_now", now, moved)
