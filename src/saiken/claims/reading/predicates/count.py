"""Counts: "closed above 30 five times in March", "fell in ten of the past twelve months", "not once"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates import level
from saiken.claims.reading.predicates.scene import Draft, Scene
from saiken.claims.reading.predicates.streak import CARDINALS, ORDINALS
from saiken.claims.reading.spans import When, count_of
from saiken.claims.reading.timing import DAILY
from saiken.terms.immutable import immutable
from saiken.terms.period import PACES, Period, back_from

_N = rf"(?:\d{{1,3}}|one|{CARDINALS})"
_BOUND = r"(?P<bound>at least|no fewer than|at most|no more than|as many as|up to|more than|over|fewer than|less than|only|just|a total of)\s+"
_UNIT = r"(?:trading |business )?(?P<unit>day|session|week|month|quarter|year)"
_MOVES = "drop fall decline decrease reduction cut loss rise gain increase advance jump"
_FALL = rf"(?:(?P<pace>daily|weekly|monthly|quarterly|annual) )?(?:{_MOVES.replace(' ', '|')})"
_GOES_ON = r"(?=\W*$|[,;]|\s+(?:in|this|since|last|over|during|on|so|within|between|after|from|before|to|already|the (?:past|last)|and|but|while)\b)"
_RUNNING = r"(?!\s+(?:straight|in a row|running|in succession|on the trot|on end))"
_FORMS = {
    "share": rf"\b(?:in|on|for) (?:{_BOUND})?(?P<n>{_N})(?: out)? of (?:the |its |their )?(?:past|last|previous|latest) (?P<whole>{_N}) {_UNIT}s?\b",
    "misses": rf"\b(?:every|each)(?: single)? {_UNIT} (?:but|except|save|bar)(?: for)? (?P<n>one|two|three|four)\b"
    rf"|\ball but (?P<n2>one|two|three|four) {_UNIT.replace('unit', 'unit2')}s?\b",
    "nth": rf"\bfor (?:the|its|their) (?P<n>{'|'.join(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)) (?:(?P<time>time)|{_UNIT})\b{_RUNNING}"
    rf"|\b(?:the|its|their) (?P<n2>{'|'.join(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)) {_FALL}\b{_RUNNING}",
    "days": rf"\bon (?:{_BOUND})?(?P<n>{_N}) (?:separate |different )?(?:(?P<time>occasion)|{_UNIT})s?\b{_RUNNING}"
    rf"|\bin (?:{_BOUND.replace('bound', 'bound2')})?(?P<n2>{_N}) {_UNIT.replace('unit', 'unit2')}s (?:of|in|this|since|so far)\b",
    "closes": rf"\b(?:{_BOUND})?(?P<n>{_N}) (?:(?:daily )?closes?|(?:trading )?(?P<unit>day|session)s) (?=above|below|over|under)",
    "times": rf"\b(?:{_BOUND})?(?:(?P<n>{_N})(?: separate| different)? times|(?P<adverb>twice)|(?<=only )(?P<once>once)|(?<=just )(?P<once2>once)){_GOES_ON}",
    "never": rf"\bnot (?:even |so much as )?once\b|\b(?:in|on) (?:no|not one|not a single) {_UNIT}\b"
    rf"|\b(?:in|on) none of (?:the|its|their) (?:past|last|previous|latest) (?P<whole>{_N}) {_UNIT.replace('unit', 'unit2')}s\b",
    "single": rf"\b(?:in|on|for) (?:a single|even (?:a single|one)|so much as (?:a single|one)|any(?: single)?) {_UNIT}\b|\bonce{_GOES_ON}",
}  # fmt: skip
_UNITS = "day days session sessions week weeks month months quarter quarters year years"
_HINTS = {
    "share": "past last previous latest",
    "misses": "but except save bar",
    "nth": f"time day session week month quarter year {_MOVES}",
    "days": f"{_UNITS} occasion occasions",
    "closes": "above below over under",
    "times": "times twice once",
    "never": "once no none not",
    "single": "single even any once",
}
"""A word of each form."""
_COUNTED = {name: phrase(_HINTS[name], form) for name, form in _FORMS.items()}
_HINTED = frozenset(word for form in _COUNTED.values() for word in form.words)
_EXCEPTED = phrase(
    _UNITS,
    r"\b(?:half|most|many|majority|thirds?|quarters?|per cent|percent|%) (?:of )?(?:all |the |its )*(?:trading |business )?(?:days|sessions|weeks|months)\b|"
    rf"\b{_N}(?: out)? of (?:the|its|their|20\d\d's) {_N} (?:trading |business )?(?:days|sessions|weeks|months|quarters|years)\b"
    r"|\b(?:every|each|all)\b[^,;]{0,20}? (?:days?|sessions?|weeks?|months?|quarters?|years?)\b.{0,24}? (?:but (?:one|two|three|for)|except|save|bar|apart from|excluding|aside from)\b",
)
_LEAST = {"at least", "no fewer than", "more than", "over"}
_MOST = {"at most", "no more than", "as many as", "up to", "fewer than", "less than"}
_BY = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "annual": "year",
}
_BEYOND = {"more than": 1, "over": 1, "fewer than": -1, "less than": -1}
"""What a strict bound adds to a whole number: more than four is five and more."""


@immutable()
class Told:
    """How often something was so: `count` figures (with the scopes of `Claim`) by the pace `unit`
    (`` where it says "times"), of the last `whole` ones if that is told, at `span` of the text.
    """

    count: int
    unit: str
    scope: frozenset[str]
    whole: int
    span: tuple[int, int]


def _number(word: str) -> int:
    digits = re.sub(r"\D", "", word)
    return int(digits) if digits else ORDINALS.get(word.lower()) or count_of(word.lower())


def counted(part: Part, *, denied: bool) -> Told | None:
    """What the words count; None where they count nothing."""
    if _HINTED.isdisjoint(part.words):
        return None
    for name, form in _COUNTED.items():
        found = form.search(part) if name != "single" or denied else None
        if not found:
            continue
        groups = found.groupdict()

        def group(key: str, groups: dict[str, str | None] = groups) -> str:
            return next((v for k in (key, f"{key}2") if (v := groups.get(k))), "").lower()

        unit, bound = group("unit") or _BY.get(group("pace"), ""), group("bound")
        whole = _number(group("whole")) if group("whole") else 0
        if name in {"never", "single"}:
            # "not in a single month": that one at least did is denied
            least = frozenset({"times", "at_least"} if denied else {"times"})
            return Told(int(denied), unit, least, whole, found.span())
        number = _number(group("n") or {"twice": "2"}.get(group("adverb"), "1"))
        scope = {"misses" if name == "misses" else "times"}
        scope |= {"nth"} if name == "nth" else set()
        scope |= {"at_least"} if bound in _LEAST else {"at_most"} if bound in _MOST else set()
        return Told(number + _BEYOND.get(bound, 0), unit, frozenset(scope), whole, found.span())
    return None


_FIRST = phrase(
    "first",
    r"\bfor the first time\b|\bfirst (?:daily |weekly |monthly |such )?(?:rises?|increases?|gains?|advances?|jumps?|climbs?|upticks?|drops?|falls?|declines?"
    r"|decreases?|dips?|slides?|losses|loss|reductions?|retreats?|pullbacks?|downticks?|move (?:up|down|higher|lower))\b",
)
_FIRSTS_OF_OTHERS = frozenset(("amount", "cross", "sign", "extreme", "record", "rank", "net", "flow", "compare", "multiple"))  # fmt: skip
"""What else may be so for the first time: to be beyond a line, to overtake another, to sell."""


def _first(scene: Scene) -> Told | None:
    """As in "the first drop in nine months", "fell for the first time since May": the only one since
    then. Told of no pace where the time is of another than the figures'.
    """
    found = _FIRST.search(scene.part)
    if found is None or scene.is_flow or not _FIRSTS_OF_OTHERS.isdisjoint(scene.part.kinds):
        return None
    if scene.timing.since is not None:
        return Told(1, "", frozenset({"times"}), 0, found.span())
    when = scene.timing.high_span or scene.timing.duration
    if when is None or when.count < 2:
        return None
    fits = when.unit in ({"day", "session"} if scene.topic.measure in DAILY else {"week", "month"})
    return Told(1, when.unit if fits else "", frozenset({"times"}), when.count, found.span())


def read(scene: Scene, direction: int | None, of: str) -> list[Draft] | None:
    """The count that the clause tells: none if what it counts is not understood, None if it counts
    nothing. `direction` and `of` are what its verbs say.
    """
    if (first := _first(scene)) is not None and not (first.unit or scene.timing.since):
        return []  # "the first drop in two years": of months, or of years?
    told = first or counted(scene.part, denied=scene.denied)
    if told is None:
        return [] if _EXCEPTED.search(scene.part) else None
    line = None
    beyond = level.read_thresholds(scene)
    if any(draft.predicate is not Predicate.THRESHOLD for draft in beyond):
        return []  # "further below zero for the third time": below it, or further?
    if beyond:
        line, direction, of = beyond[0].fields["quantity"], beyond[0].fields["direction"], "level"
    told = _by_weeks(scene, told) if line is None else told
    span, base = _span(scene, told)
    if span is None and base is None and scene.timing.since is None:
        return []
    start, end = (scene.part.start + at for at in told.span)
    scene.use(*(m for m in scene.free("amount") if start <= m.start < end))
    acted = scene.topic.measure == "fx_intervention" and direction == 0  # on either side
    if not (direction or acted) or len(beyond) > 1 or (line is None and scene.free("amount")):
        return []  # "fell 5bp on three days": how far as well
    daily = scene.topic.measure in DAILY
    if daily and (told.unit == "" if line is None else told.unit not in {"", "day", "session"}):
        return []  # "fell three times": on days, or in all; "above 5 % in three months": at their ends?
    if scene.is_flow and of != "flow":
        return []
    pace = {PACES[told.unit]} if told.unit else set()
    return [
        scene.draft(
            Predicate.STREAK, quantity=line, count=told.count, direction=direction, of=of, period=span, base=base,
            since=scene.timing.since, scope=told.scope | pace,
        )
    ]  # fmt: skip


def _by_weeks(scene: Scene, told: Told) -> Told:
    """As in "rose for the third time in four weeks": of the last four, by the week."""
    when = scene.timing.high_span or scene.timing.duration
    if told.unit not in {"", when.unit if when else ""} or told.whole or when is None:
        return told
    return told if _own(scene) else replace(told, whole=when.count, unit=when.unit)


def _own(scene: Scene) -> list[Period]:
    """The periods that the clause itself names, the shortest first."""
    items = (mark.item for mark in scene.timing.whens)
    told = (item.period for item in items if isinstance(item, When) and item.kind == "period")
    return sorted((period for period in told if period), key=lambda period: period.days)


def _span(scene: Scene, told: Told) -> tuple[Period | None, Base | None]:
    """The time over which it is counted: the longest one named, up to the shorter one within it."""
    carried = min(scene.timing.periods, key=lambda period: period.days, default=None)
    if told.whole and told.unit in PACES:
        return carried, Base("ago", None, told.whole, told.unit)
    since, own = scene.timing.since, _own(scene)
    if since is not None:
        begin = since.end + timedelta(1)
        upto = carried is not None and carried.end >= begin
        return Period(begin, carried.end) if upto and carried is not None else None, None
    if own:
        within = min((p for p in (carried, *own) if p), key=lambda period: period.days)
        if within.end < own[-1].start:  # two times that have no day in common
            return None, None
        return Period(own[-1].start, min(own[-1].end, within.end)), None
    when = scene.timing.high_span or scene.timing.duration
    if when is None:
        return carried, None
    begin = back_from(scene.ctx.dated, when.count, when.unit)
    return Period(begin, scene.ctx.dated), None
