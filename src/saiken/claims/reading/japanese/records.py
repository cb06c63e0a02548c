"""Records in Japanese: 過去最高, 1997年以来の高さ, 38年ぶりの円安水準."""

from __future__ import annotations

import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.scene import MOVE, Draft, Scene, draft, worth_of


def record(scene: Scene) -> list[Draft]:
    """The record that the clause claims, if any."""
    clause = scene.clause
    marks = [
        m
        for m in (*clause.all("record", "high", "low"), *clause.all("extreme"))
        if m.start not in scene.used
    ]
    own = [m for m in marks if "record" in m.kinds and not _measured_from(clause, m)]
    marks = own or ([m for m in marks if "extreme" in m.kinds] if _qualified(scene) else [])
    if not marks:
        return _since_worth(scene)
    mark = sorted(marks, key=lambda m: m.start)[-1 if not own else 0]
    extreme = mark.get("record") or mark.get("extreme")
    of, extreme = _of(scene, mark, extreme)
    history = clause.text[max(0, mark.start - 4) : mark.end + 4]
    ever = (
        scene.timing.since is None
        and (_EVER.search(history) or clause.has("record", "ever"))
        and not clause.has("record", "on_record")
    )
    scene.used.update(m.start for m in clause.marks if "extreme" in m.kinds or "record" in m.kinds)
    if of == "change" and scene.topic.measure in _DAILY and _SPANNED.search(clause.words):
        return []  # the largest of weeks is not the largest of days
    return [
        draft(
            Predicate.RECORD,
            extreme=extreme,
            of=of,
            since=scene.timing.since,
            ever=ever,
            period=scene.timing.period,
            scope=frozenset({"size"} if _sized(scene) else ()),
        )
    ]


_EVER = re.compile(r"史上(?!最[高安]値)")
"""史上最高値 is the market's word for an all-time high of what is quoted."""


def _sized(scene: Scene) -> bool:
    """As in 過去最大の介入: the size counts, unless it says what was bought."""
    sided = re.search(r"円買い|円売り|ドル買い|ドル売り", scene.clause.text)
    return scene.topic.measure == "fx_intervention" and not sided


_DAILY = {
    "government_yield",
    "yield_spread",
    "yield_gap",
    "exchange_rate",
    "equity_index",
    "crypto_price",
    "volatility_index",
}
_SPANNED = re.compile(r"(?:\d+|数)(?:日|営業日|週|[かカヵヶケ箇]月)間|週間|月間|年間|[今先]週")
_STANDING = re.compile(r"(?:以来|ぶり)の水準")


def _qualified(scene: Scene) -> bool:
    """Whether a superlative is one in time."""
    return scene.timing.since is not None or scene.clause.has("record", "on_record", "ever")


def _measured_from(clause: Clause, mark: Mark) -> bool:
    """As in "過去最高から減少", "ピークの3分の1": a record that is measured from."""
    after = clause.after(mark, 4)
    return bool(
        re.match(r"(?:の水準)?(?:から|より|に(?:迫|近づ|次ぐ|は届)|を下回)", after)
        or _ADNOMINAL.match(clause.after(mark, 8))
    )


_ADNOMINAL = re.compile(r"(?:だった|となった|を(?:付け|つけ|記録し)た)(?=[^後のがもと。、!」(\s])")


def _of(scene: Scene, mark: Mark, extreme: str) -> tuple[str, str]:
    """(what the record is about, high or low): 最大の売り越し is the low of a flow."""
    clause, after = scene.clause, scene.clause.after(mark, 10)
    moves = [
        m
        for m in clause.all("move")
        if mark.end <= m.start <= mark.end + 6 and m.get("move") != "flat"
    ]
    if clause.has("noun", "change_up", "change_down"):
        return "change", "high" if clause.has("noun", "change_up") else "low"
    if moves and re.match(r"の(?:[^、]{0,4})", after) and extreme == "high" and not scene.flowing:
        return "change", "high" if MOVE[moves[0].get("move")] > 0 else "low"
    side = scene.side or scene.before
    if scene.topic.measure == "yen_positioning":
        return "level", extreme if not scene.short else {"high": "low", "low": "high"}[extreme]
    if scene.flowing or (
        side
        and scene.topic.measure == "treasury_holdings"
        and (clause.has("net") or clause.has("flow"))
    ):
        return "flow", "low" if side < 0 else "high"
    return "level", _turned(scene, mark, extreme)


def _turned(scene: Scene, mark: Mark, extreme: str) -> str:
    """The low of a currency is the high of the pair that quotes it; 円安水準 is one too."""
    clause = scene.clause
    worth = next(
        (
            m
            for m in clause.all("worth")
            if 0 <= mark.start - m.end <= 4 or 0 <= m.start - mark.end <= 2
        ),
        None,
    )
    if worth is not None:
        return "high" if worth_of(scene, worth) > 0 else "low"
    if scene.topic.measure == "exchange_rate" and scene.topic.inverse:
        return {"high": "low", "low": "high"}[extreme]
    return extreme


def _since_worth(scene: Scene) -> list[Draft]:
    """As in "38年ぶりの円安", "1996年以来の水準": a record told by a time and a noun."""
    clause = scene.clause
    if scene.timing.since is None:
        return []
    if _STANDING.search(clause.words):
        low = clause.has("move", "down")
        extreme = "low" if low != scene.topic.inverse else "high"
        return [
            draft(
                Predicate.RECORD,
                extreme=extreme,
                of="level",
                since=scene.timing.since,
                period=scene.timing.period,
            )
        ]
    if scene.topic.measure != "exchange_rate":
        return []
    for mark in clause.all("worth"):
        scene.used.add(mark.start)
        extreme = "high" if worth_of(scene, mark) > 0 else "low"
        return [
            draft(
                Predicate.RECORD,
                extreme=extreme,
                of="level",
                since=scene.timing.since,
                period=scene.timing.period,
            )
        ]
    return []
