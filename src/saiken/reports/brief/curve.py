"""Where the stress is: the government's own yields, their records, and how the market quotes them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from saiken.claims.judging import rules
from saiken.claims.judging.lines import Line
from saiken.measures import history
from saiken.reports.brief import words
from saiken.reports.brief.facts import Fact, Scene, cited, year_before

TENORS = ("10Y", "20Y", "30Y", "40Y")
"""Maturities told where they are published: the benchmark and the long end."""

TELLING_DAYS = 366
"""A high or a low is worth a sentence when nothing was beyond it for more than a year."""

SHORT, BENCHMARK, REFERENCE = "2Y", "10Y", "US"
"""The tenors of the slope, and the issuer whose benchmark yield others are held against."""


def line_of(scene: Scene, tenor: str) -> Line | None:
    return scene.line("government_yield", tenor=tenor, frequency="D")


def lead(scene: Scene) -> Iterator[Fact]:
    """The record of the longest maturity that has one, for the summary."""
    for tenor in reversed(TENORS):
        told = next(iter(extremes(scene, tenor)), None)
        if told is not None and told.kind == "yield_record":
            yield told
            return


def extremes(scene: Scene, tenor: str) -> Iterator[Fact]:
    """The extreme of the last two weeks against all before it."""
    line = line_of(scene, tenor)
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        return
    for extreme, pick in (("high", max), ("low", min)):
        at = pick(_recent(index), key=line.values.__getitem__)
        place = history.standing(line.values, at, extreme)
        if place.best_at is None:
            return
        if place.beaten_at is None and extreme == "high":
            yield from _record(scene, tenor, line, at)
            return
        yield from _since(scene, tenor, line, at, place, extreme)


def _since(
    scene: Scene, tenor: str, line: Line, at: int, place: history.Standing, extreme: str
) -> Iterator[Fact]:
    """The highest (lowest) for more than a year; of a high, the record that it is not."""
    if place.beaten_at is None or place.best_at is None:
        return
    since = line.period(place.beaten_at)
    if (line.period(at).end - since.end).days <= TELLING_DAYS:
        return
    yield scene.fact(
        f"yield_{extreme}",
        cited(line, (at, place.beaten_at)),
        since=words.month(since),
        **_filled(tenor, line, at),
    )
    if extreme == "high":
        first = line.values.index(line.values[place.best_at])  # later ones only equalled it
        yield scene.fact("yield_best", line.cite(first), **_filled(tenor, line, first))


def _record(scene: Scene, tenor: str, line: Line, at: int) -> Iterator[Fact]:
    """A record of all time, or only the highest of a series younger than the bonds."""
    kind = "yield_record" if line.since_inception else "yield_short_record"
    since = words.month(line.period(0))
    yield scene.fact(kind, line.cite(at), since=since, **_filled(tenor, line, at))
    if not line.since_inception:
        yield scene.remark("short_history")


def level(scene: Scene, tenor: str) -> Iterator[Fact]:
    """The newest close, and its distance from that of a year before."""
    line = line_of(scene, tenor)
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        return
    filled = _filled(tenor, line, index)
    now = scene.fact("yield_level", line.cite(index), **filled)
    base = year_before(line, index)
    change = (line.values[index] - line.values[base]) * 100 if base is not None else 0.0
    if base is None or not round(change, 1):
        yield now
        return
    amount = words.plain(abs(change), 1)
    points = cited(line, (index, base))
    year = scene.fact("yield_year", points, amount=amount, **words.way(change), **filled)
    yield scene.whole("yield_now", now, year)


def _filled(tenor: str, line: Line, index: int) -> dict[str, str]:
    return {
        "tenor": words.tenor(tenor),
        "value": words.percent(line.values[index]),
        "day": words.day(line.period(index).end),
    }


def _recent(index: int) -> range:
    """The days that "recently" means to the judge."""
    return range(max(0, index - rules.RECENT_OBSERVATIONS + 1), index + 1)


def as_quoted(scene: Scene, tenor: str) -> Iterator[Fact]:
    """A whole per cent that only the market's own way of quoting has reached."""
    line = line_of(scene, tenor)
    index = scene.newest(line) if line is not None else None
    if line is None or index is None:
        return
    days = {line.ends[i] for i in _recent(index)}
    highest = max(line.values[i] for i in _recent(index))
    for quoted in scene.evidence.quoted("government_yield", scene.code, tenor):
        inside = [i for i, end in enumerate(quoted.ends) if end in days]
        if not inside:
            continue
        top = max(inside, key=quoted.values.__getitem__)
        mark = math.ceil(quoted.values[top]) - 1
        if highest < mark:
            yield scene.fact(
                "simple_above",
                quoted.cite(top),
                mark=words.percent(mark),
                day=words.day(quoted.period(top).end),
                tenor=words.tenor(tenor),
            )
            yield scene.remark("compound_below")


def tenor(scene: Scene, asked: str) -> Iterator[Fact]:
    """All that is said of one maturity."""
    yield from extremes(scene, asked)
    yield from as_quoted(scene, asked)
    yield from level(scene, asked)


def between(scene: Scene) -> Iterator[Fact]:
    """The slope of the curve, its distance from the reference issuer's, and what is missing."""
    known = [line for tenor in TENORS if (line := line_of(scene, tenor)) is not None]
    if not known:
        yield scene.fact("no_curve")
        return
    for line in scene.evidence.lines("yield_spread", scene.code, f"{SHORT}-{BENCHMARK}")[:1]:
        index = scene.newest(line)
        if index is not None:
            yield _difference(scene, "slope", line, index)
    if scene.code != REFERENCE:
        yield from level(Scene(REFERENCE, scene.evidence), BENCHMARK)
        yield from _gap(scene)
    index = scene.newest(known[0])
    if index is not None and scene.lags(known[0], index):
        yield scene.fact("yields_missing")


def _difference(scene: Scene, kind: str, line: Line, index: int, **filled: str) -> Fact:
    value = words.plain(abs(line.values[index]), 2)
    day = words.day(line.period(index).end)
    return scene.fact(kind, line.cite(index), value=value, day=day, **filled)


def _gap(scene: Scene) -> Iterator[Fact]:
    """The reference issuer's yield less this one's, the larger one named first, and its year."""
    for line in scene.evidence.lines("yield_gap", f"{REFERENCE}-{scene.code}", BENCHMARK)[:1]:
        index = scene.newest(line)
        if index is None:
            continue
        here = line.values[index]
        order = (REFERENCE, scene.code) if here >= 0 else (scene.code, REFERENCE)
        first, second = map(words.country, order)
        now = _difference(scene, "gap", line, index, first=first, second=second)
        base = year_before(line, index)
        before = line.values[base] if base is not None else 0.0
        if base is None or here * before <= 0 or not round(100 * (here - before), 1):
            yield now
            continue
        change = (abs(here) - abs(before)) * 100
        filled = {**words.way(change), "amount": words.plain(abs(change), 1)}
        past = scene.fact("gap", line.cite(base), **{**now.words, **filled})
        yield replace(scene.whole("gap_now", past), points=now.points + past.points, parts=(now,))
        yield scene.remark("home_gains" if here < before else "home_loses")
        yield scene.remark("what_holders_do")
