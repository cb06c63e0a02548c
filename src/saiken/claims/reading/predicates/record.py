"""Records and superlatives: "record high", "lowest since 2008", "biggest weekly sale in two years"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from saiken.claims.claim import Predicate
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.predicates.flow import direction_of
from saiken.claims.reading.predicates.scene import HOLDINGS, Draft, Scene, role
from saiken.claims.reading.timing import record_since
from saiken.terms.period import Period

_SELF = re.compile(r"record|all-time|all time|\bath\b|fresh|new |multi|peak", re.IGNORECASE)
_HISTORY = re.compile(
    r"\b(?:ever(?! since)|history(?! of (?:the|this|these|its) (?:series|data|figures|statistics|index))|never (?:before|in|been|had|have|has|was|were)|(?:has|have|had)(?:n't)? never)\b",
    re.IGNORECASE,
)
"""Words that claim all of history. A "record" or an "all-time high" is one of the series."""
_HIGHER = re.compile(
    r"\b(higher|stronger|larger|bigger|wider|more|dearer|steeper|above|this much|on this scale|as much)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(r"\b(lower|weaker|smaller|narrower|less|fewer|cheaper|below)\b", re.IGNORECASE)
_SO_LOW = re.compile(
    r"\b(?:this|so|that|as) (?:low|little|small|weak|few|narrow|cheap)\b", re.IGNORECASE
)
_NOT_LEVEL = {"high", "highs", "low", "lows", "peak", "top", "most", "least", "trough"}
_FLIP = {"high": "low", "low": "high"}
_SWINGS = {"swing", "swings", "move", "moves", "change", "shift", "turnaround"}


def claims_history(scene: Scene) -> bool:
    """Whether the clause claims all of history: "ever", "in history", "never before"."""
    return bool(_HISTORY.search(scene.part.text))


def _qualified(scene: Scene, mark: Mark) -> bool:
    """Whether a superlative is one in time: a span, "ever", or a word that says so itself."""
    text = scene.part.sentence.text[mark.start : mark.end]
    if _SELF.search(text) and text.lower() not in {"peak", "new"}:
        return True
    if (
        scene.part.all("record")
        or scene.timing.since is not None
        or scene.timing.high_span is not None
    ):
        return True
    following = scene.part.after(mark, 12)
    if scene.timing.duration is not None and scene.timing.duration.start > mark.start:
        return mark.word not in {"peak", "top"} or following is not None
    return bool(_OF_YEAR.match(scene.part.sentence.lower, mark.end))


def read(scene: Scene) -> list[Draft]:
    """Records that the clause claims."""
    if _RECORDS.isdisjoint(scene.part.kinds) and "since" not in scene.part.words:
        return []
    _set_aside(scene)
    if _unsettled(scene):
        scene.use(*scene.free("extreme"), *scene.free("record"))
        scene.use(*(mark for mark in scene.free("move") if mark.word in {"higher", "lower"}))
        return []
    marks = [mark for mark in scene.free("extreme") if _qualified(scene, mark)]
    ranked = {m.first for m in scene.free("rank")}
    out: list[Draft] = []
    for mark in marks[:1]:
        after = scene.part.after(mark, 2)
        if after is not None and after.first in ranked and after.get("rank") == "holder":
            continue
        out.append(_record(scene, mark, mark.get("extreme")))
        scene.use(*marks)
    if not out:
        out = _worded(scene)
    return out


_RECORDS = frozenset(("extreme", "record"))
_AWAY = {"from", "below", "off", "under", "than", "beneath", "since", "near", "towards", "toward"}


def _set_aside(scene: Scene) -> None:
    """As in "Below its all-time high", "from November's record": a record that is measured from."""
    tokens = scene.part.sentence.tokens
    for mark in (*scene.free("extreme"), *scene.free("record")):
        text = scene.part.sentence.text[mark.start : mark.end]
        if not (_SELF.search(text) or mark.word in _NOT_LEVEL) or mark.get("record") in {
            "never",
            "last_seen",
            "on_record",
            "ever",
        }:
            continue
        before = [token.word for token in tokens[max(0, mark.first - 4) : mark.first]]
        near = [
            word for word in before if word not in {"its", "the", "a", "an", "their", "s", "old"}
        ]
        if (
            near
            and (near[-1] in _AWAY or (len(near) > 1 and near[-2] in _AWAY))
            and "at" not in near[-1:]
            and "nowhere" not in before
        ):
            scene.use(mark)


def _record(scene: Scene, mark: Mark, extreme: str) -> Draft:
    of, extreme = _of(scene, mark, extreme)
    text = scene.part.text
    history = scene.part.all("record")
    ever = bool(_HISTORY.search(text)) and not any(m.get("record") == "on_record" for m in history)
    if (
        extreme in _FLIP
        and of == "level"
        and scene.topic.inverse
        and scene.topic.measure == "exchange_rate"
    ):
        extreme = _FLIP[extreme]
    since = record_since(scene.timing, scene.ctx) or _within(scene)
    if (
        scene.timing.since is None and since is not None
    ):  # "the most in two years": no change's base
        scene.timing = replace(scene.timing, duration=None)
    scene.use(*history, *scene.free("first"))
    return scene.draft(
        Predicate.RECORD, mark, extreme=extreme, of=of, since=since, ever=ever and since is None,
        period=next(iter(scene.timing.periods), None), scope=_stands(scene, mark) | _sized(scene),
    )  # fmt: skip


_SIDED = phrase(
    "buy buys buying bought purchase purchases sell sells selling sold support supporting defend defending defence defense prop propping weaken",
    r"\b(?:bu(?:y|ys|ying)|bought|purchases?|s(?:ell|ells|elling|old)|support(?:ing)?|defen(?:d|ding|ce|se)|prop(?:ping)?|weaken)\b",
)


def _sized(scene: Scene) -> frozenset[str]:
    """As in "its largest intervention": the size counts, unless it says that something was bought."""
    acted = scene.topic.measure == "fx_intervention" and not _SIDED.search(scene.part.sentence)
    return frozenset({"size"} if acted else ())


_IS = re.compile(
    r"(?:\b(?:is|are|remains?|stands?|sits?)|'s) (?:still |now |currently )?(?:at )?(?:the |its |their |an? )?$",
    re.IGNORECASE,
)


def _stands(scene: Scene, mark: Mark) -> frozenset[str]:
    """As in "October 2023 is the highest since 2007": no later one has gone beyond it."""
    before = scene.part.sentence.text[: mark.start]
    return frozenset({"standing"} if _IS.search(before) else ())


_SPAN = re.compile(
    r"\b(?:this|of the) (?P<unit>year|decade|century)\b|\bso far (?P<year>in 20\d\d)", re.IGNORECASE
)
_OF_YEAR = re.compile(r" (?:(?:level|close|point|rate) )?of the (?:year|decade|century)\b")
_YEARS = {"year": 1, "decade": 10, "century": 100}


def _within(scene: Scene) -> Period | None:
    """As in "the highest this year": since the last day before it began."""
    found = _SPAN.search(scene.part.text)
    if not found:
        return None
    span = _YEARS[(found["unit"] or "year").lower()]
    return Period.day(date(scene.ctx.dated.year // span * span, 1, 1) - timedelta(1))


def _unsettled(scene: Scene) -> bool:
    """As in "the highest since the crisis": since when is said, but not as a date that is known."""
    if scene.timing.since is not None or scene.part.has("record", "on_record", "last_seen", "ever"):
        return False
    words = [token.word for token in scene.part.tokens]
    return "since" in words and not _SPAN.search(scene.part.text)


def _of(scene: Scene, mark: Mark, extreme: str) -> tuple[str, str]:
    """(what the record is about, high or low): "largest sale" is the low of a flow."""
    following = [m for m in scene.part.marks if mark.last <= m.first <= mark.last + 3]
    nouns = {token.word for token in scene.part.sentence.tokens[mark.last : mark.last + 3]}
    if nouns & _SWINGS and "extreme" in mark.kinds:
        return "change", {"up": "high", "down": "low"}.get(scene.verb, "high")
    whole_word = mark.word not in {"record", "all", "fresh", "new", "multi"}
    for other in following if "extreme" in mark.kinds else ():
        if other.get("move") in {"up", "down"} and whole_word:
            scene.use(other)
            return "change", "high" if other.get("move") == "up" else "low"
        if "net" in other.kinds or "flow" in other.kinds:
            scene.use(other)
            return "flow", "high" if direction_of(other) > 0 else "low"
    if extreme in {"worst", "best"} and nouns & _SESSIONS and not scene.is_flow:
        up = (extreme == "best") != scene.topic.inverse
        return "change", "high" if up else "low"  # "its best day since 2022"
    moved = scene.moved or _moving(scene, mark) or _swung(scene, mark) or _told_of(scene, mark)
    if moved and mark.word in _ELLIPTIC and not scene.is_flow:
        return "change", "high" if moved > 0 else "low"  # "rose 20bp, the most since March"
    held = scene.part.has("noun", "holdings") and "flow" not in scene.part.kinds
    if scene.is_flow or (scene.verb in {"buy", "sell"} and not held):
        sold = _flow_sign(scene) < 0
        return "flow", "low" if sold or extreme == "worst" else "high"
    if extreme in {"worst", "best"} and scene.topic.measure in HOLDINGS:
        return "flow", "low" if extreme == "worst" else "high"
    if extreme in {"worst", "best"}:
        return "level", "low" if extreme == "worst" else "high"
    return "level", _position(scene, extreme, mark.word)


_ELLIPTIC = {"most", "largest", "biggest", "steepest", "sharpest", "fastest", "heaviest"}


_SESSIONS = {"day", "session"}


def _told_of(scene: Scene, mark: Mark) -> int:
    """As in "the $60bn slide in its holdings was the largest since 2022": which way the change
    goes that a superlative is said of.
    """
    tokens = scene.part.sentence.tokens
    copula = tokens[mark.first - 2 : mark.first] if mark.first > 1 else tokens[: mark.first]
    if not {"was", "is", "were", "marked", "marks"} & {token.word for token in copula}:
        return 0
    for move in scene.part.all("move"):
        before = scene.part.word_before(move) if move.first > scene.part.first else ""
        sign = {"up": 1, "down": -1}.get(move.get("move"), 0)
        noun = move.last < mark.first and not move.word.endswith(("ed", "ing"))
        if noun and sign and before not in {"it", "they", "holdings", "yields", "yield"}:
            scene.use(move)
            return -sign if scene.topic.inverse else sign
    return 0


def _swung(scene: Scene, mark: Mark) -> int:
    """As in "a swing of 118k, the largest since 2015": 1 where a swing is what is measured."""
    before = scene.part.sentence.tokens[: mark.first]
    return int(any(token.word in _SWINGS for token in before) and "noun" not in scene.part.kinds)


def _moving(scene: Scene, mark: Mark) -> int:
    """As in "fell the most since 2020": which way the verb before a superlative goes."""
    lead = scene.part.ahead(mark, 1)
    if lead is None or "move" not in lead.kinds or mark.word != "most":
        return 0
    scene.use(lead)
    sign = {"up": 1, "down": -1}.get(lead.get("move"), 0)
    return -sign if scene.topic.inverse else sign


def _flow_sign(scene: Scene) -> int:
    for mark in scene.part.marks:
        if "net" in mark.kinds or "flow" in mark.kinds:
            return direction_of(mark)
    return -1 if scene.verb == "sell" else 1


_TIGHT = {"tightest": "high", "loosest": "low", "easiest": "low"}
"""Financial conditions: an index of stress is high where they are tight."""


def _position(scene: Scene, extreme: str, word: str = "") -> str:
    """A net short position is negative: its largest is the lowest."""
    if scene.topic.measure == "stress_index":
        return _TIGHT.get(word, extreme)
    if scene.topic.measure == "yen_positioning" and extreme in _FLIP:
        text = scene.part.sentence.lower
        short = ("short" in text or "bearish" in text) and "long" not in scene.part.lower
        return _FLIP[extreme] if short else extreme
    return extreme


def _worded(scene: Scene) -> list[Draft]:
    """As in "a record $1.31tn", "last seen in 1997", "never been weaker", "go back to 2008 for a smaller"."""
    marks = scene.free("record")
    names = {mark.get("record") for mark in marks}
    text = scene.part.text
    if not names & {"record", "never", "last_seen", "this_high", "this_low", "smashed", "ever"}:
        return []
    if "never" in names:
        low = bool(_LOWER.search(text))
        if not low and not _HIGHER.search(text) and not scene.free("flow"):
            return []
        extreme = "low" if low else "high"
        mark = next(m for m in marks if m.get("record") == "never")
        if scene.is_flow or scene.free("flow"):
            return [_record(scene, mark, extreme)]
        return [_record(scene, mark, extreme)]
    if names & {"last_seen", "this_high", "this_low"}:
        return _seen(scene, marks)
    mark = marks[0]
    if "smashed" in names:
        if not any(m.get("record") == "record" for m in marks):
            return []
        return [_record(scene, mark, "high")]
    if "record" in names:
        mark = next(m for m in marks if m.get("record") == "record")
        down = any(m.get("move") == "down" for m in scene.part.marks) and not scene.free("amount")
        return [_record(scene, mark, "low" if down else "high")]
    return []


def _seen(scene: Scene, marks: list[Mark]) -> list[Draft]:
    if any(role(scene, mark) == "line" for mark in scene.free("amount")):
        return []  # "last stood above 5% in 2023": the line is what was last crossed
    text = scene.part.sentence.text
    times = [m.item for m in scene.part.all("when")]
    since = scene.timing.since or next(
        (getattr(t, "period", None) for t in times if getattr(t, "period", None)), None
    )
    if since is None and scene.timing.duration is None:
        return []
    low = bool(_LOWER.search(text)) or bool(_SO_LOW.search(text))
    draft = _record(scene, marks[0], "low" if low else "high")
    draft.fields["since"] = since or record_since(scene.timing, scene.ctx)
    draft.fields["ever"] = False
    draft.fields["period"] = None
    return [draft]
