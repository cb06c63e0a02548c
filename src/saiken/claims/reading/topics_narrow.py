"""Topics told with the words of a wider measure, which must not be taken for it.

"Breakevens" are no yields though a tenor stands beside them, "gross longs" no net position, "gold"
among reserves not the reserves. Where a series states the narrower thing it is that; else nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic
from saiken.claims.reading.phrases import phrase
from saiken.claims.reading.topics_official import is_short

_NOTHING = Topic("", (), explicit=True)
"""What is told has no measure of ours; nothing before it is meant either."""

_POSITIONS = "yen_positioning"
_CAPITALS = {"tips": "TIPS"}
"""Acronyms that are other words in small letters."""


def company(clues: Clues) -> Topic | None:
    """Firms: what one of them bought or holds is no country's."""
    return _NOTHING if "company" in clues.kinds and not {*clues.codes} - {"US"} else None


def narrower(clues: Clues) -> Topic | None:
    """What the lexicon knows as a part of another measure, or as beside it."""
    for mark in clues.part.all("narrow"):
        told = mark.get("narrow")
        raw = clues.part.sentence.text[mark.start : mark.end]
        if _CAPITALS.get(mark.word, raw) != raw:
            continue
        if told == "futures":
            if _priced(clues):
                return _NOTHING
            continue
        measure, _, subject = told.partition(":")
        if measure == _POSITIONS:
            if _positioned(clues):
                return _of_group(clues, subject)
            continue
        if measure == "none":
            return _NOTHING
        country = next(iter((*clues.places, *clues.issuers)), subject)
        return Topic(measure, _maturities(country, clues.tenors or (_BENCHMARK,)), explicit=True)
    return _goes_on(clues)


_BENCHMARK = "10Y"


def _maturities(country: str, tenors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{country}:{tenor}" for tenor in tenors)


def _goes_on(clues: Clues) -> Topic | None:
    """As in "5-year ones fell": the tenor of what was told before, where it has one."""
    before = clues.before
    if before.measure != "breakeven_inflation" or not clues.goes_on:
        return None
    named = clues.any("noun", "paper", "thing", "currency", "place", "holder")
    if named:
        return None
    country = before.subjects[0].partition(":")[0]
    return replace(before, subjects=_maturities(country, clues.tenors)) if clues.tenors else before


def _priced(clues: Clues) -> bool:
    """Whether futures are told as a price: of bonds, indices, rates; positions in them are not."""
    if "positioning" in clues.nouns or "contracts" in clues.units or "currency" in clues.kinds:
        return False
    return clues.any("paper", "tenor", "thing") or not clues.nouns.isdisjoint(("rates", "yield"))


def gross_trades(clues: Clues) -> Topic | None:
    """As in "gross purchases of $2tn": what is published of flows is net."""
    traded = clues.trades and clues.has("scope", "gross") and "net" not in clues.kinds
    return _NOTHING if traded and "debt_ratio" not in clues.nouns else None


_HELD = phrase(
    "long longs short shorts position positions bet bets",
    r"\b(?:(?:long|short|position|bet)s?)\b",
)


def _positioned(clues: Clues) -> bool:
    return "contracts" in clues.units or bool(_HELD.search(clues.part))


def _of_group(clues: Clues, subject: str) -> Topic | None:
    """Net positions of one group of traders, of whom the report on financial traders tells."""
    text = clues.part.lower
    if not _of_yen(clues) or gross(clues):
        return _NOTHING
    return Topic(_POSITIONS, (subject,), inverse=is_short(text), explicit=True)


_OF_YEN = re.compile(r"\byen\b|¥", re.IGNORECASE)


def _of_yen(clues: Clues) -> bool:
    """Whether positions are told of the yen, the one currency of which they are held."""
    named = {mark.get("currency") for mark in clues.part.sentence.all_of("currency")}
    if named - {"JPY", "USD"}:
        return False
    return bool(_OF_YEN.search(clues.part.sentence.text)) or clues.before.measure == _POSITIONS


_GROSS = phrase("gross", r"\bgross\b")
_APART = phrase(
    "long longs",
    r"\blongs?\b[^.;]{0,24}\b(?:and|versus|vs|against)\b[^.;]{0,40}\bshorts?\b"
    r"|\bshorts?\b[^.;]{0,24}\b(?:and|versus|vs|against)\b[^.;]{0,40}\blongs?\b",
)
"""As in "128,000 long and 180,000 short contracts"."""
_LONGS = phrase("long longs", r"\blongs?\b")
_SHORTS = phrase("short shorts", r"\bshorts?\b")


def gross(clues: Clues) -> bool:
    """Whether longs or shorts are told apart: "gross longs", "128,000 long and 180,000 short"."""
    sentence = clues.part.sentence
    if _GROSS.search(sentence):
        return True
    if not _APART.search(sentence):
        return False
    counted = [m for m in clues.part.sentence.all_of("amount") if m.get("amount") != "percent"]
    return len(counted) > 1 and "net" not in sentence.words


def gross_positions(clues: Clues) -> Topic | None:
    """The longs or the shorts of speculators, of which the net position is the difference."""
    held = "positioning" in clues.nouns or "contracts" in clues.units
    if not held and "currency" not in clues.kinds:
        return None
    part = clues.part
    if not gross(clues) or not _HELD.search(part):
        return None
    longs, shorts = bool(_LONGS.search(part)), bool(_SHORTS.search(part))
    if longs == shorts or not _of_yen(clues):
        return _NOTHING
    return Topic("yen_gross_positioning", ("JPY:long" if longs else "JPY:short",), explicit=True)


_NAMES = {
    "gold": r"gold", "securities": r"securities", "deposits": r"deposits", "sdr": r"SDRs?|special drawing rights",
    "imf_position": r"IMF (?:reserve )?position|position (?:in|at) the IMF",
}  # fmt: skip
"""What reserves are made of, by the names of the ministry's series."""


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    """As in "gold in Japan's reserves", "its reserves include $5bn of gold"; made when asked for."""
    return {
        part: re.compile(
            rf"\b(?:{words})\b (?:\w+ )?(?:in|within|among|inside) [^,.;]{{0,40}}\breserves?\b"
            rf"|\b(?:{words})\b (?:made up|make up|accounted for|account for|were|are|was|is|stood at) [^;]{{0,60}}\breserves?\b"
            rf"|\breserves?\b[^.;]{{0,30}}\b(?:include|contain|comprise|hold|held|count|have)\w*\b[^.;]{{0,40}}\b(?:{words})\b",
            re.IGNORECASE,
        )
        for part, words in _NAMES.items()
    }


@cache
def _openings() -> re.Pattern[str]:
    names = "|".join(rf"(?P<{part}>{words})" for part, words in _NAMES.items())
    return re.compile(
        rf"^\W*(?:(?:and|while|but|of which|its|their|the|foreign) )*(?:{names})(?: holdings)? (?:[\w$.]+ed|fell|rose|was|were|is|are|stood|accounts?|makes?|made|came)\b",
        re.IGNORECASE,
    )


def _part_that_opens(clues: Clues) -> Topic | None:
    """As in "…; securities fell to $840bn" after the reserves: a part of what was told before."""
    told = _openings().match(clues.part.text)
    if told is None or clues.places or not clues.units:
        return None
    whose = [f"{code[:2]}:{told.lastgroup}" for code in clues.before.subjects[:1]]
    return Topic("reserve_parts", tuple(whose))


def parts_of_reserves(clues: Clues) -> Topic | None:
    """As in "Japan's reserves include $124bn of gold", "securities in its reserves fell"."""
    if "reserves" not in clues.nouns:
        return _part_that_opens(clues) if "reserve" in clues.before.measure else None
    named = [part for part, words in _parts().items() if words.search(clues.part.text)]
    if not named or clues.trades or _BESIDE.search(clues.part.text):
        return None
    if len(named) > 1:
        return _NOTHING
    places = clues.places or tuple(c for c in clues.elsewhere("place") if c != "US")[:1]
    whose = places or (clues.before.subjects[:1] if "reserves" in clues.before.measure else ())
    country = next(iter(whose), "JP")[:2]
    return Topic("reserve_parts", (f"{country}:{named[0]}",), explicit=True)


_BESIDE = re.compile(
    r"\b(?:without|excluding|ex|besides|apart from|than|including) (?:\w+ )?(?:gold|securities|deposits|SDRs?)\b",
    re.IGNORECASE,
)
"""As in "reserves excluding gold": the part is named, but not what is told of."""
