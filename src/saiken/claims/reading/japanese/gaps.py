"""One maturity's yield against another's: 30年債利回りは40年債利回りを上回る, 2年債が10年債より4bp高い."""

from __future__ import annotations

import math
import re

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.scene import Draft, Scene, draft
from saiken.terms.immutable import immutable
from saiken.terms.quantity import Quantity

_OF = re.compile(r"(?:の)?(?:利回り|金利)?(?:は|が)")
_THAN = re.compile(
    r"(?:の)?(?:利回り|金利)?(?:を[^、。]{0,12}?(?:(?P<over>上回)|下回)|より(?:も)?[^、。]{0,12}?(?:(?P<high>高)|低))"
)


@immutable()
class Gap:
    """`pair` is `2Y-10Y`, the shorter first; `side` is +1 where the longer yields more."""

    pair: str
    side: int


def gap_of(clause: Clause) -> Gap | None:
    """What the clause tells of two maturities of one curve; None where it does not compare two."""
    tenors = clause.all("tenor")
    if len(tenors) != 2 or not all(mark.get("tenor")[:-1].isdigit() for mark in tenors):
        return None
    first, second = tenors
    told = _THAN.match(clause.text, second.end, clause.end)
    if told is None or not _OF.match(clause.text, first.end, second.start):
        return None
    years = [_years(mark.get("tenor")) for mark in tenors]
    if years[0] == years[1]:
        return None
    above = 1 if told["over"] or told["high"] else -1
    pair = (first, second) if years[0] < years[1] else (second, first)
    names = "-".join(mark.get("tenor") for mark in pair)
    return Gap(names, above if years[0] > years[1] else -above)


def _years(tenor: str) -> float:
    return int(tenor[:-1]) / (12 if tenor.endswith("M") else 1)


def read(scene: Scene) -> list[Draft]:
    """The sign, or the size, of the gap."""
    gap = gap_of(scene.clause) if scene.topic.measure == "yield_spread" else None
    if gap is None:
        return []
    sizes = [m for m in scene.clause.all("amount", "bp", "pp") if isinstance(m.item, Amount)]
    period = scene.timing.period
    for mark in sizes[:1]:
        scene.used.add(mark.start)
        size = mark.item.quantity  # type: ignore[union-attr]
        told = size if gap.side > 0 else size.negated()
        return [draft(Predicate.LEVEL, quantity=told, period=period)]
    bounds = (0.0, math.inf) if gap.side > 0 else (-math.inf, 0.0)
    line = Quantity(0.0, *bounds, "bp")
    return [draft(Predicate.THRESHOLD, quantity=line, direction=gap.side, period=period)]
