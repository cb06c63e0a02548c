"""Numbers, dates and names as the sentences of a brief write them: words that the reader knows."""

from __future__ import annotations

from datetime import date

from saiken.claims.judging import wording
from saiken.terms import places
from saiken.terms.period import Period
from saiken.terms.units import Unit

SYMBOLS = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩"}

SCALES = ((1e9, "billion"), (1e6, "million"))

TRILLION = {"JPY": 1e12}
"""From where a currency is told in trillions; dollars stay in billions, as the tables print them."""

ARTICLED = {"AE", "BS", "CD", "CG", "DO", "FK", "FO", "GB", "GM", "KM", "KY", "MH", "MV", "NL", "PH", "SB", "SC", "TC", "US", "VG", "VI"}  # fmt: skip

PLAIN = {"HK": "Hong Kong", "KP": "North Korea", "KR": "South Korea", "MO": "Macau", "TR": "Turkey"}
"""Names that the list of countries leaves to the reader's aliases."""

ORDINALS = ("largest", "second-largest", "third-largest", "fourth-largest", "fifth-largest")

TEENS = range(11, 14)


def name(code: str) -> str:
    return PLAIN.get(code) or places.name(code)


def country(code: str) -> str:
    """The name inside a sentence: Japan, the United Kingdom."""
    return f"the {name(code)}" if code in ARTICLED else name(code)


def owner(name: str) -> str:
    """`Japan's`, `the Cayman Islands'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def money(value: float, unit: Unit) -> str:
    """The size of an amount: `$1,202.7 billion`, `¥12.02 trillion`, `€300 million`."""
    size = abs(value) * unit.factor
    symbol = SYMBOLS.get(unit.base, f"{unit.base} ")
    if size >= TRILLION.get(unit.base, float("inf")):
        return f"{symbol}{size / 1e12:,.2f} trillion"
    for scale, word in SCALES:
        if size >= scale:
            return f"{symbol}{size / scale:,.1f} {word}"
    return f"{symbol}{size:,.0f}"


def plain(value: float, decimals: int) -> str:
    """A number with at most `decimals` decimals and no idle zeros."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, decimals: int) -> str:
    """The same with a true minus sign."""
    return plain(value, decimals).replace("-", "−")


def percent(value: float, decimals: int = 3) -> str:
    return f"{plain(value, decimals)}%"


def place(rank: int) -> str:
    """The place of a holder: `largest`, `second-largest`, `14th-largest`."""
    if rank <= len(ORDINALS):
        return ORDINALS[rank - 1]
    ending = "th" if rank % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}-largest"


def tenor(code: str) -> str:
    """`40Y` -> 40-year."""
    return f"{code.removesuffix('Y')}-year"


def day(when: date) -> str:
    return wording.day(when)


def period(when: Period) -> str:
    return wording.period(when)


def month(when: Period) -> str:
    """The month in which a period ends: `June 1997`."""
    return f"{when.end:%B %Y}"


def span(first: Period, last: Period) -> str:
    """`from January to November 2025`, `from December 2024 to November 2025`."""
    start = f"{first.start:%B}" if first.start.year == last.end.year else f"{first.start:%B %Y}"
    return f"from {start} to {last.end:%B %Y}"


def way(value: float, suffix: str = "") -> dict[str, str]:
    """The words for a rise or a purchase (+) and for a fall or a sale (−)."""
    told = ("bought", "rose", "higher") if value > 0 else ("sold", "fell", "lower")
    return dict(zip((f"bought{suffix}", f"rose{suffix}", f"higher{suffix}"), told, strict=True))


def link(first: float, second: float) -> str:
    """What joins two movements: `and` if they go the same way, else `but`."""
    return "and" if first * second > 0 else "but"


def turn(first: float, second: float) -> str:
    """The same of two flows told with one verb: `and`, or `but sold` after a purchase."""
    return "and" if first * second > 0 else f"but {way(second)['bought']}"
