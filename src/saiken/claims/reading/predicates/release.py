"""Releases: "as of November, released in mid-January", "next update: March 18", "not known until"."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.predicates.scene import Draft
from saiken.claims.reading.spans import When
from saiken.terms.period import Period

_AHEAD = re.compile(
    r"\b(?:due|will|set to|scheduled|to be (?:released|published))\b", re.IGNORECASE
)


def read(parts: list[Part]) -> list[Draft]:
    """What a sentence says of when figures come out. Looks at the sentence as a whole, since the
    month and the date of publication mostly stand in different clauses.
    """
    if not parts or "release" not in parts[0].sentence.kinds:
        return []
    marks = [mark for part in parts for mark in part.all("release")]
    names = {mark.get("release") for mark in marks}
    if not names & {"next", "unknown", "published", "latest"}:
        return []
    whens = [mark for part in parts for mark in part.all("when") if _period(mark) is not None]
    start, end = parts[0].start, parts[-1].end
    if "next" in names and whens:
        days = [
            mark for mark in whens if (told := _period(mark)) is not None and told.frequency == "D"
        ]
        return [_draft(start, end, None, _coming((days or whens)[-1]), "next")]
    if "unknown" in names:
        return _unknown(whens, start, end)
    if not _about_data(parts):
        return []
    return _latest(parts, marks, whens)


def _about_data(parts: list[Part]) -> bool:
    text = parts[0].sentence.lower
    return any(
        word in text
        for word in (
            "data",
            "report",
            "release",
            "figures",
            "count",
            "numbers",
            "statistics",
            "month the",
        )
    )


def _period(mark: Mark) -> Period | None:
    return mark.item.period if isinstance(mark.item, When) else None


def _coming(mark: Mark) -> Period | None:
    when = mark.item
    return (when.coming or when.period) if isinstance(when, When) else None


def _draft(
    start: int, end: int, period: Period | None, published: Period | None, scope: str
) -> Draft:
    return Draft(
        Predicate.RELEASE, start, end,
        {"period": period, "published": published, "scope": frozenset({scope}) if scope else frozenset()},
    )  # fmt: skip


def _unknown(whens: list[Mark], start: int, end: int) -> list[Draft]:
    """The month that is not out yet is the one named first; a later date is when it will be."""
    of_data = [mark for mark in whens if getattr(mark.item, "word", "") not in _UNTIL]
    if not of_data:
        return []
    data = _period(of_data[0])
    due = None
    for mark in whens:
        when = mark.item
        if mark is of_data[0] or not isinstance(when, When) or due is not None:
            continue
        if when.word in {*_UNTIL, "on", ""}:
            due = when.coming if when.coming is not None else when.period
    return [_draft(start, end, data, due, "unpublished")]


_UNTIL = {"until", "till", "before", "by"}


def _month_and_day(whens: list[Mark]) -> tuple[Mark, Mark] | None:
    """The one month that figures are of and the one day that they come out, where both are told."""
    days = [mark for mark in whens if (told := _period(mark)) is not None and told.frequency == "D"]
    months = [mark for mark in whens if mark not in days]
    return (months[0], days[0]) if len(days) == len(months) == 1 else None


def _latest(parts: list[Part], marks: list[Mark], whens: list[Mark]) -> list[Draft]:
    """As in "As of November (the most recent data, released in mid-January)"."""
    data = published = None
    text = parts[0].sentence.text
    verb = next((mark for mark in marks if mark.get("release") == "published"), None)
    covers = next((mark for mark in marks if mark.get("release") == "latest"), None)
    if verb is not None and covers is None and (dated := _month_and_day(whens)) is not None:
        month, day = dated  # "due to publish July's data on September 16"
        data, due = _period(month), _period(day)
        if _AHEAD.search(text):
            due, later = _coming(day), _coming(month)
            data = later if due and later and later.end < due.start else data
        return [_draft(parts[0].start, parts[-1].end, data, due, "")]
    for mark in whens:
        when = mark.item
        if not isinstance(when, When):
            continue
        if verb is not None and mark.first > verb.first and mark.first - verb.last <= 4:
            due = (when.coming or when.period) if _AHEAD.search(text) else when.period
            published = published or due
        elif when.word in {"as of", "as at", "for", "in", "of"} or data is None:
            data = data or when.period
    if covers is None and not (data and published):
        return []
    if data is None and published is None:
        return []
    if covers is None and verb is None:
        return []
    reach = [part for part in parts if any(m in part.marks for m in marks)]
    start = min(part.start for part in reach)
    end = max(part.end for part in reach)
    first_when = min((mark for mark in whens), key=lambda m: m.start, default=None)
    if first_when is not None and first_when.start < start:
        start = first_when.start
    return [_draft(start, end, data, published, "latest" if covers is not None else "")]
