"""Where the stress is: the government's own yields, their records, and how the market quotes them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from saiken.claims.judging import rules
from saiken.claims.judging.lines import Line
from saiken.measures import history
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, signed, year_before

TENORS = ("2Y", "10Y", "20Y", "30Y", "40Y")
"""Maturities told where they are published: a short one, the benchmark and the long end."""

LONG_END = ("10Y", "20Y", "30Y", "40Y")

TELLING_DAYS = 366
"""A high or a low is worth a sentence when nothing was beyond it for more than a year."""

BENCHMARK, REFERENCE = "10Y", "US"
"""The tenor at which curves are compared, and the issuer whose bonds the story is about."""


def told(scene: Scene) -> Iterator[Fact]:
    curve = {tenor: line for tenor in TENORS if (line := _line(scene, tenor)) is not None}
    if not curve:
        yield scene.fact("no_curve")
        return
    for tenor, line in curve.items():
        if tenor in LONG_END:
            yield from _tenor(scene, tenor, line)
    yield from _slope(scene)
    yield from _gap(scene)
    last = next(reversed(curve.values()))
    index = scene.newest(last)
    if index is not None and scene.lags(last, index):
        yield scene.fact("closes_missing")


def _line(scene: Scene, tenor: str) -> Line | None:
    return scene.line("government_yield", tenor=tenor, frequency="D")


def _tenor(scene: Scene, tenor: str, line: Line) -> Iterator[Fact]:
    index = scene.newest(line)
    if index is None:
        return
    yield from _standing(scene, tenor, line, index)
    yield scene.fact("yield_level", line.cite(index), **_filled(tenor, line, index))
    base = year_before(line, index)
    change = (line.values[index] - line.values[base]) * 100 if base is not None else 0.0
    if base is not None and round(change, 1):
        yield scene.fact(
            signed("yield_year", change),
            cited(line, (index, base)),
            amount=words.plain(abs(change), 1),
            **_filled(tenor, line, index),
        )
    yield from _as_quoted(scene, tenor, line, index)


def _filled(tenor: str, line: Line, index: int) -> dict[str, str]:
    return {
        "tenor": words.tenor(tenor),
        "value": words.percent(line.values[index]),
        "day": words.day(line.period(index).end),
    }


def _recent(index: int) -> range:
    """The days that "recently" means to the judge."""
    return range(max(0, index - rules.RECENT_OBSERVATIONS + 1), index + 1)


def _standing(scene: Scene, tenor: str, line: Line, index: int) -> Iterator[Fact]:
    """The extreme of the last two weeks against all before it."""
    for extreme, pick in (("high", max), ("low", min)):
        at = pick(_recent(index), key=lambda i: line.values[i])
        place = history.standing(line.values, at, extreme)
        filled = _filled(tenor, line, at)
        if place.best_at is None:
            return
        if place.beaten_at is None:
            if extreme == "high":
                yield from _record(scene, line, at, place.best_at, filled)
            return
        since = line.period(place.beaten_at)
        if (line.period(at).end - since.end).days <= TELLING_DAYS:
            continue
        yield scene.fact(
            f"yield_{extreme}_since",
            cited(line, (at, place.beaten_at)),
            since=words.month(since),
            **filled,
        )
        if extreme == "high":
            best = _filled(tenor, line, _first_of(line, place.best_at))
            yield scene.fact("yield_no_record", line.cite(place.best_at), **best)


def _first_of(line: Line, best_at: int) -> int:
    """The first day on which the record was reached: later ones only equalled it."""
    value = line.values[best_at]
    return next(i for i in range(best_at + 1) if line.values[i] == value)


def _record(
    scene: Scene, line: Line, at: int, best_at: int, filled: dict[str, str]
) -> Iterator[Fact]:
    """A record of all time, or only the highest of a series younger than the bonds."""
    points = cited(line, (at, best_at))
    if line.since_inception:
        yield scene.fact("yield_record", points, **filled)
        return
    since = words.month(line.period(0))
    yield scene.fact("yield_short_peak", line.cite(at), **filled)
    yield scene.fact("yield_short_record", points, since=since, **filled)
    yield scene.fact("short_history")


def _as_quoted(scene: Scene, tenor: str, line: Line, index: int) -> Iterator[Fact]:
    """A whole per cent that only the market's own way of quoting has reached."""
    days = {line.period(i).end.toordinal() for i in _recent(index)}
    highest = max(line.values[i] for i in _recent(index))
    for quoted in scene.evidence.quoted("government_yield", scene.code, tenor):
        inside = [i for i, end in enumerate(quoted.ends) if end in days]
        if not inside:
            continue
        top = max(inside, key=lambda i: quoted.values[i])
        mark = math.ceil(quoted.values[top]) - 1
        if not highest < mark < quoted.values[top]:
            continue
        yield scene.fact(
            "simple_above",
            quoted.cite(top),
            mark=words.percent(mark),
            day=words.day(quoted.period(top).end),
            tenor=words.tenor(tenor),
        )
        yield scene.fact("compound_below")


def _slope(scene: Scene) -> Iterator[Fact]:
    for line in scene.evidence.lines("yield_spread", scene.code, f"2Y-{BENCHMARK}")[:1]:
        index = scene.newest(line)
        if index is not None:
            yield scene.fact(
                "slope",
                line.cite(index),
                value=words.plain(line.values[index], 2),
                day=words.day(line.period(index).end),
            )


def _gap(scene: Scene) -> Iterator[Fact]:
    """The benchmark yield of the reference issuer over this one's, the larger one first."""
    if scene.code == REFERENCE:
        return
    for line in scene.evidence.lines("yield_gap", f"{REFERENCE}-{scene.code}", BENCHMARK)[:1]:
        index = scene.newest(line)
        if index is None:
            continue
        order = (REFERENCE, scene.code) if line.values[index] >= 0 else (scene.code, REFERENCE)
        first, second = map(words.country, order)
        yield scene.fact(
            "gap",
            line.cite(index),
            first=first,
            second=second,
            value=words.plain(abs(line.values[index]), 2),
            day=words.day(line.period(index).end),
        )
