"""The state's debt, the currency and the reserves."""

from __future__ import annotations

from collections.abc import Iterator

from saiken.claims.judging.lines import Line
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, signed, year_before

DOLLARS_PER = {"EUR", "GBP", "AUD", "NZD"}
"""Currencies that the market quotes in dollars; of the others, so many go to the dollar."""


def told(scene: Scene) -> Iterator[Fact]:
    yield from _debt(scene)
    yield from _exchange_rate(scene)
    yield from _reserves(scene)


def _debt(scene: Scene) -> Iterator[Fact]:
    """The last year that had ended when the edition came out; later ones are projections."""
    line = scene.line("debt_ratio")
    index = _last_completed(line) if line is not None else None
    if line is None or index is None:
        yield scene.fact("no_debt")
        return
    filled = {"value": words.percent(line.values[index], 1), "year": line.period(index).label}
    yield scene.fact("debt", line.cite(index), **filled)
    if line.cite(index)[0].status in {"estimated", "preliminary"}:
        yield scene.fact("debt_estimate")
    top = max(range(index + 1), key=lambda i: line.values[i])
    if top != index:
        yield scene.fact(
            "debt_high",
            line.cite(top),
            value=words.percent(line.values[top], 1),
            year=line.period(top).label,
        )


def _last_completed(line: Line) -> int | None:
    for index in reversed(range(len(line))):
        if line.period(index).end < line.cite(index)[0].vintage_day:
            return index
    return None


def pair(code: str) -> str:
    """The currency pair with the dollar of a country: `USDJPY`; empty for the dollar's own."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - only a brief needs it

    found = get_territory_currencies(code)
    currency = found[0] if found else ""
    if currency in {"", "USD"}:
        return ""
    return f"{currency}USD" if currency in DOLLARS_PER else f"USD{currency}"


def _exchange_rate(scene: Scene) -> Iterator[Fact]:
    asked = pair(scene.code)
    line = scene.line("exchange_rate", asked) if asked else None
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        if asked:
            yield scene.fact("no_fx")
        return
    day = words.day(line.period(index).end)
    named = f"{asked[:3]}/{asked[3:]}"
    decimals = 2 if line.values[index] >= 20 else 3
    value = words.plain(line.values[index], decimals)
    yield scene.fact("fx", line.cite(index), pair=named, value=value, day=day, currency=asked[3:])
    base = year_before(line, index)
    if base is not None:
        share = (line.values[index] / line.values[base] - 1) * 100
        if round(share, 1):
            yield scene.fact(
                signed("fx_year", share),
                cited(line, (index, base)),
                pair=named,
                day=day,
                share=words.percent(abs(share), 1),
            )
    if scene.lags(line, index):
        yield scene.fact("closes_missing")


def _reserves(scene: Scene) -> Iterator[Fact]:
    line = scene.line("reserves", frequency="M")
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        return
    month = words.month(line.period(index))
    amount = words.money(line.values[index], line.unit)
    yield scene.fact("reserves", line.cite(index), month=month, amount=amount)
    change = line.values[index] - line.values[index - 1] if index else 0.0
    if change:
        yield scene.fact(
            signed("reserves_month", change),
            cited(line, (index, index - 1)),
            month=month,
            amount=words.money(change, line.unit),
        )
