"""Which chart shows a verdict: the series it rests on, with what the text says drawn in.

An exhibit is a question that can be written as a link, so that the same chart can be asked for
again, by anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from saiken.archive.archive import Archive
from saiken.archive.view import Point, View
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging.numbers import fit, spoken
from saiken.claims.judging.told import said, tell
from saiken.claims.verdict import Ruling, Verdict
from saiken.publishers import catalog
from saiken.reports.charts import (
    PAGE,
    Claimed,
    Expected,
    Palette,
    Spec,
    Trace,
    axis_day,
    line_chart,
    trace,
)
from saiken.terms.language import ENGLISH
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

LINES = 5
"""How many series one chart shows at most."""

BEFORE = {"D": 520, "W": 156, "M": 60, "Q": 40, "A": 30}
"""How many periods before the figures used are shown, where these do not reach further back."""

COMPARING = {Predicate.RANK, Predicate.COMPARISON, Predicate.SHARE}
LEVELS = {Predicate.LEVEL, Predicate.THRESHOLD, Predicate.RECORD}
MOVES = {Predicate.CHANGE, Predicate.FLOW, Predicate.DIRECTION}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Series as they stood on a day, and what is drawn into them.

    series   ids, the main one first; those in its unit are drawn
    since    label of the first period shown, "" for as far back as is usual
    used     labels of the periods that a verdict rests on
    claimed  the stated value in the main series' unit; None draws none
    start    label of the period that a stated move starts from, end the one that it ends with
    said     how the text states it
    also     a second as-of day, for comparing vintages
    likely   of a figure that is not published: label of its period, and in the main series' unit
             a value and the ends of its interval
    """

    series: tuple[str, ...]
    as_of: date
    since: str = ""
    used: tuple[str, ...] = ()
    claimed: float | None = None
    start: str = ""
    end: str = ""
    said: str = ""
    also: date | None = None
    likely: tuple[str, float, float, float] | None = None

    @property
    def query(self) -> str:
        """The exhibit as the query of a link; `exhibit_of` reads it back."""
        told: dict[str, str] = {
            "series": ",".join(self.series),
            "as_of": self.as_of.isoformat(),
            "since": self.since,
            "used": ",".join(self.used),
            "claimed": "" if self.claimed is None else repr(self.claimed),
            "start": self.start,
            "end": self.end,
            "said": self.said,
            "also": self.also.isoformat() if self.also else "",
            "likely": ":".join(map(str, self.likely)) if self.likely else "",
        }
        return urlencode({key: value for key, value in told.items() if value}, safe=",/:")


def exhibit_of(asked: Mapping[str, str]) -> Exhibit:
    """Read a query. Raises ValueError, with the reason, where it is none."""
    series = tuple(filter(None, asked.get("series", "").split(",")))
    if not series:
        raise ValueError("series: name at least one, such as tic/holdings/JP")
    claimed = float(asked["claimed"]) if asked.get("claimed") else None
    if claimed is not None and not abs(claimed) < 1e18:
        raise ValueError(f"claimed: {asked['claimed']!r} is no value that a chart can show")
    used = tuple(filter(None, asked.get("used", "").split(",")))
    for label in (asked.get("since"), asked.get("start"), asked.get("end"), *used):
        if label:
            Period.parse(label)
    also = asked.get("also")
    return Exhibit(
        series[:LINES],
        date.fromisoformat(asked.get("as_of", "")),
        asked.get("since", ""),
        used[:64],
        claimed,
        asked.get("start", ""),
        asked.get("end", ""),
        asked.get("said", "")[:80],
        date.fromisoformat(also) if also else None,
        _likely_of(asked["likely"]) if asked.get("likely") else None,
    )


def _likely_of(told: str) -> tuple[str, float, float, float]:
    label, *numbers = told.split(":")
    value, low, high = map(float, numbers)
    if not -1e18 < low <= value <= high < 1e18:
        raise ValueError(f"likely: {told!r} is no value within an interval")
    return Period.parse(label).label, value, low, high


def exhibit(
    verdict: Verdict, as_of: date, archive: Archive, language: str = ENGLISH
) -> Exhibit | None:
    """The chart that shows a verdict; None where it rests on no figure of a course over time.

    One that waits for figures is shown the course up to them, with what is likely of them.
    """
    entries = [catalog.load().entry(point.series) for point in verdict.figures]
    charted = [
        point
        for point, entry in zip(verdict.figures, entries, strict=True)
        if entry and entry.kind != "event" and entry.unit != "yyyymmdd"
    ]
    if not charted:
        return _awaited(verdict, as_of, archive, language)
    main = charted[0]
    own = [point for point in charted if point.series == main.series]
    names = [main.series]
    if verdict.claim.predicate in COMPARING:
        names = [*dict.fromkeys(p.series for p in charted if p.unit == main.unit)][:LINES]
    claimed = _claimed(verdict.claim, own, language)
    return Exhibit(
        series=tuple(names),
        as_of=as_of,
        since=_since(own).label,
        used=tuple(sorted({point.period.label for point in own}))[:24],
        claimed=claimed.value if claimed else None,
        start=claimed.start if claimed else "",
        end=claimed.end if claimed else "",
        said=claimed.label if claimed else "",
    )


def _awaited(verdict: Verdict, as_of: date, archive: Archive, language: str) -> Exhibit | None:
    claim = verdict.claim
    if verdict.ruling is not Ruling.NOT_PUBLISHED_YET:
        return None
    names = catalog.load().candidates(claim.measure, claim.subject, claim.tenor)
    name = next(filter(archive.holds, names), None)
    view = archive.view(name, as_of) if name else None
    if name is None or not view:
        return None
    newest = view.point_at(len(view) - 1)
    claimed, likely = _claimed(claim, [newest], language), verdict.nowcast
    return Exhibit(
        series=(name,),
        as_of=as_of,
        since=_since([newest]).label,
        claimed=claimed.value if claimed else None,
        said=claimed.label if claimed else "",
        likely=(likely.period.label, likely.value, likely.low, likely.high)
        if likely and likely.unit == newest.unit.name
        else None,
    )


def _since(points: Sequence[Point]) -> Period:
    """A period so far before the newest figure as is usual, or that of the oldest."""
    newest = max(points, key=lambda point: point.period.end).period
    usual = newest.shift(-BEFORE.get(newest.frequency, 60))
    oldest = min(points, key=lambda point: point.period.end).period
    return min(usual, oldest.shift(-2), key=lambda period: period.end)


def _claimed(claim: Claim, points: Sequence[Point], language: str) -> Claimed | None:
    """What the claim states, in the unit of the figures; None where it states no such number."""
    stated = claim.quantity
    if stated is None:
        return None
    asserted = tell("claimed: {what}", what=spoken(stated))
    denied = tell("denied: {what}", what=spoken(stated))
    label = said(asserted if claim.polarity else denied, language)
    main = points[0]
    if claim.predicate in LEVELS:
        level = fit(stated, main.unit)
        return Claimed(level.value / main.unit.factor, label) if level else None
    if claim.predicate not in MOVES:
        return None
    entry = catalog.load().entry(main.series)
    if entry and entry.kind == "flow":
        level = fit(stated, main.unit)
        return Claimed(level.value / main.unit.factor, label) if level else None
    base = min(points, key=lambda point: point.period.end)
    moved = _moved(stated, base)
    if moved is None or base.period == main.period:
        return None
    less, more = tell("{claimed} less", claimed=label), tell("{claimed} more", claimed=label)
    move = said(less if stated.value < 0 else more, language)
    return Claimed(moved, move, base.period.label, base.value, main.period.label)


def _moved(stated: Quantity, base: Point) -> float | None:
    """Where the series would have come to from `base`, had it moved as stated."""
    if stated.unit == "% change":
        return base.value * (1 + stated.value / 100)
    if stated.unit == "x":
        return base.value * stated.value
    level = fit(stated, base.unit)
    return base.value + level.value / base.unit.factor if level else None


def draw(
    asked: Exhibit,
    archive: Archive,
    palette: Palette = PAGE,
    size: tuple[int | str, int] = ("container", 260),
    title: str = "",
) -> Spec | None:
    """The exhibit as a chart; None where no figure of it had been published by its day.

    Raises UnknownSeries for an id that no family of the catalog has.
    """
    since = Period.parse(asked.since) if asked.since else None
    lines = list(_lines(asked, archive, since))
    if not any(line.values for line in lines):
        return None
    entry = catalog.load().entry(asked.series[0])
    unit = entry.unit if entry else ""
    return line_chart(
        [line for line in lines if line.values],
        unit,
        claimed=_drawn(asked, lines[0]),
        expected=_expected(asked),
        used=asked.used,
        palette=palette,
        size=size,
        title=title,
    )


def _lines(asked: Exhibit, archive: Archive, since: Period | None) -> Iterable[Trace]:
    known = catalog.load()
    views: list[tuple[View, str]] = []
    for name in asked.series:
        view = archive.view(name, asked.as_of)
        if view is None or (views and view.unit != views[0][0].unit):
            continue
        entry = known.entry(name)
        title = entry.title if entry else name
        if asked.also is None:
            views.append((view, title))
            continue
        views.append((view, f"as of {asked.as_of}"))
        later = archive.view(name, asked.also)
        if later is not None:
            views.append((later, f"as of {asked.also}"))
    keep = [Period.parse(label) for label in asked.used]
    titles = [title for _, title in views]
    names = told_apart(titles) if asked.also is None else titles
    return [
        trace(view, name, since, keep=keep) for (view, _), name in zip(views, names, strict=True)
    ]


def told_apart(titles: Sequence[str]) -> list[str]:
    """Of several titles only the words in which they differ: a legend has no room for the rest."""
    words = [title.split() for title in titles]
    if len({*titles}) < max(2, len(titles)):
        return list(titles)
    alike = [len({*place}) == 1 for place in zip(*words, strict=False)]
    first = alike.index(False) if False in alike else len(alike)
    ends = [len({*place}) == 1 for place in zip(*(w[first:][::-1] for w in words), strict=False)]
    last = ends.index(False) if False in ends else len(ends)
    cut = [" ".join(w[first : len(w) - last]).rstrip(",") for w in words]
    return cut if all(cut) else list(titles)


def _drawn(asked: Exhibit, main: Trace) -> Claimed | None:
    if asked.claimed is None:
        return None
    if not (asked.start and asked.end):
        return Claimed(asked.claimed, asked.said or "claimed")
    start = Period.parse(asked.start)
    value = dict(zip(main.labels, main.values, strict=True)).get(start.label)
    if value is None:
        return None
    first, last = axis_day(start), axis_day(Period.parse(asked.end))
    return Claimed(asked.claimed, asked.said or "claimed", first, value, last)


def _expected(asked: Exhibit) -> Expected | None:
    if asked.likely is None:
        return None
    label, value, low, high = asked.likely
    return Expected(axis_day(Period.parse(label)), value, low, high, f"nowcast, {label}")
