"""Amounts in a text: money, rates, shares, multiples, with the precision that the words state."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache

from saiken.terms.immutable import immutable
from saiken.terms.quantity import Quantity

_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "¥": "JPY", "jpy": "JPY", "yen": "JPY",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP",
    "pounds": "GBP", "sterling": "GBP", "₩": "KRW", "krw": "KRW", "won": "KRW", "cny": "CNY", "rmb": "CNY", "yuan": "CNY",
    "chf": "CHF", "francs": "CHF", "inr": "INR", "₹": "INR", "rupees": "INR", "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD",
    "sfr": "CHF", "nt$": "TWD", "s$": "SGD", "r$": "BRL", "hk$": "HKD", "hkd": "HKD", "buck": "USD", "bucks": "USD", "renminbi": "CNY",
}  # fmt: skip
_SCALE = {
    "": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9,
    "bln": 1e9, "billion": 1e9, "t": 1e12, "tn": 1e12, "trn": 1e12, "tln": 1e12, "tr": 1e12, "trillion": 1e12,
}  # fmt: skip
_UNITS = (
    (r"percentage[ -]points?|percent(?:age)? pts?|pps?|ppts?|%[ -]?(?:points?|pts?)|points? of gdp", "pp"),
    (r"basis[ -]points?|bps?", "bp"),
    (r"%|per[ -]?cent|pct", "%"),
    (r"(?:(?:yen|euro|sterling|dollar|franc)\s+)?(?:futures\s+)?contracts?|lots", "contracts"),
    (r"times|-?fold|x", "x"),
)  # fmt: skip
_UNIT_NAMES = tuple(name for _, name in _UNITS)
_UNIT_GROUPS = tuple(f"u{index}" for index in range(len(_UNITS)))
"""The groups of the pattern of amounts that tell the unit, in the order of their names."""
_GROUPS = ("n", "scale", "cur", "post", "sign", "sign2", "n2", "gdp")
_WORD_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "half": 0.5, "half a": 0.5, "a full": 1.0,
    "a whole": 1.0, "half of a": 0.5, "a quarter of a": 0.25, "a third of a": 1 / 3, "a quarter": 0.25,
    "one and a half": 1.5, "two and a half": 2.5, "three quarters of a": 0.75, "half a full": 0.5, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "hundred": 100.0, "a hundred": 100.0,
}  # fmt: skip
_PARTS = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10,
    "twentieth": 1 / 20,
}  # fmt: skip
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
_HEDGES = {
    "about": "about", "around": "about", "roughly": "about", "some": "about", "approximately": "about", "approx.": "about",
    "approx": "about", "circa": "about", "~": "about", "near": "about", "close to": "nearly", "almost": "nearly",
    "nearly": "nearly", "just under": "nearly", "a little under": "nearly", "a shade under": "nearly",
    "just below": "nearly", "just shy of": "nearly", "not quite": "nearly", "close on": "nearly", "practically": "nearly",
    "over": "over", "more than": "over", "above": "over", "in excess of": "over", "north of": "over", "past": "over", "upwards of": "over",
    "well over": "over", "well above": "over", "greater than": "over", "higher than": "over", ">": "over",
    "just over": "just over", "a little over": "just over", "slightly more than": "just over", "a bit more than": "just over",
    "slightly above": "just over", "just above": "just over", "a little more than": "just over",
    "at least": "at least", "no less than": "at least", "a minimum of": "at least", ">=": "at least",
    "not less than": "at least", "as much as": "up to", "up to": "up to", "at most": "up to", "no more than": "up to",
    "as high as": "up to", "a maximum of": "up to", "<=": "up to", "under": "under", "below": "under", "less than": "under",
    "fewer than": "under", "lower than": "under", "south of": "under", "<": "under", "well under": "under",
    "well below": "under", "barely": "about", "barely above": "just over", "shy of": "nearly",
    "something like": "about", "or so": "about", "in the region of": "scale", "on the order of": "scale", "in the neighborhood of": "scale",
    "in the neighbourhood of": "scale", "in the ballpark of": "scale", "on the scale of": "scale",
}  # fmt: skip
HALF_SHARE = 0.03
"""How far a share told as a simple fraction ("a third") may be from it."""


@immutable()
class Amount:
    """An amount found at [start, end). `kind` is money, percent, pp, bp, share, multiple,
    contracts or plain. `lead` is where it starts with its hedge. `signed` where the text prints
    a sign; `gdp` where it is in per cent of GDP; `scale` the thousands, millions… that it names.
    """

    start: int
    end: int
    quantity: Quantity
    kind: str
    lead: int
    hedge: str = ""
    hedge_word: str = ""
    signed: bool = False
    gdp: bool = False
    of_whole: bool = False
    scale: float = 1.0


def _alternatives(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?|\.\d{1,12}"


@cache
def _amount_pattern() -> re.Pattern[str]:
    scale = r"(?:thousand|million|billion|trillion|mln|bln|tln|trn|mio|mn|bn|tn|tr|mm|[kmbt])"
    unit = "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _) in enumerate(_UNITS))
    after = r"(?P<post>dollars?|yen|euros?|pounds?|won|yuan|renminbi|rupees|francs|bucks?|jpy|usd|eur|gbp|krw|cny|chf|inr)"
    return re.compile(
        r"(?=[-+\d\s.$¥€£₩₹aceghijkmnprsu])(?<![\w.])(?P<sign>minus |plus |negative |[-+](?=\s?[\d$¥€£₩.]))?\s?"
        r"(?P<cur>us\$|hk\$|nt\$|[acrs]\$|\bsfr\.?\s?|[$¥€£₩₹]|\b(?:usd|jpy|eur|gbp|krw|cny|chf|inr|rmb)\s?)?\s?"
        rf"(?P<sign2>[-+])?(?P<n>{_NUMBER})(?![\d])"
        r"(?:\s?(?:-|to|and)\s?(?:us\$|[$¥€£₩])?(?P<n2>\d{1,6}(?:\.\d{1,6})?)(?=\s?(?:(?:thousand|million|billion|trillion|mln|bln|mn|bn|tn)\b|[kmbt]\b|%|bps?\b|per ?cent|basis|percentage|pp\b)))?"
        rf"(?:[\s-]?(?P<scale>{scale})(?![a-z]))?"
        rf"(?:[\s-]?(?:{unit}|{after})(?![a-z0-9]))?"
        r"(?P<gdp>\s+of\s+(?:its\s+|annual\s+|the\s+)?(?:gdp|gross domestic product|economic output|the economy|national output|output)\b)?"
    )


@cache
def _word_pattern() -> re.Pattern[str]:
    words = _alternatives(_WORD_NUMBERS)
    return re.compile(
        rf"(?<![\w.,])(?P<w>{words})[\s-]+(?:(?P<scale>trillion|billion|million|thousand)(?P<half>[\s-]+and[\s-]+a[\s-]+half)?(?:[\s-]+(?P<post>dollars?|yen|euros?|pounds?|won|yuan|bucks?))?"
        r"|(?P<unit>percentage points?|per ?cent\b|percent\b|basis points?|times\b|-?fold\b|point\b))|\b(?P<parity>parity)\b"
    )


@cache
def _part_pattern() -> re.Pattern[str]:
    parts = _alternatives(_PARTS)
    not_a_share = r"(?![\s-]+(?:a|an|month|monthly|weekly|daily|annual|yearly|quarterly|week|year|past|way|point|time|dozen|hour|straight|consecutive|successive|largest|biggest|smallest|place|party|quarter|day|session|behind|after|country)\b|-)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<count>a|one|two|three|four|nine)[\s-]+(?P<part>{parts})s?\b"
        rf"|(?P<alone>half)\b|(?P<most>(?:the )?(?:most|bulk|majority|lion's share)(?= of\b))){not_a_share}"
    )


def _last_place(printed: str) -> tuple[float, float]:
    """(unit of the last printed digit, place of the last non-zero digit) of `printed`."""
    plain = printed.replace(",", "")
    _, _, fraction = plain.partition(".")
    unit = 10.0 ** -len(fraction)
    digits = plain.replace(".", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return unit, unit * 10.0 ** (zeros if digits.strip("0") else 0)


def _bounds(value: float, unit: float, place: float, hedge: str) -> tuple[float, float]:
    """What the words allow around `value` >= 0: see the table of tolerances on page 4."""
    half = unit / 2
    match hedge:
        case "about":
            wide = max(unit, place / 2)
            return value - wide, value + wide
        case "scale":
            wide = max(unit, place)
            return value - wide, value + wide
        case "nearly":
            return value * 0.95, value
        case "over":
            return value, math.inf
        case "just over":
            return value, value * 1.05
        case "at least":
            return value - half, math.inf
        case "up to":
            return -math.inf, value + half
        case "under":
            return -math.inf, value
    return value - half, value + half


def _make(
    value: float, unit: float, place: float, hedge: str, name: str, *, negative: bool
) -> Quantity:
    low, high = _bounds(value, unit, place, hedge)
    made = Quantity(value, low, high, name, printed=not hedge and unit > 0)
    return made.negated() if negative else made


LEADING = frozenset(("a", "an", "the", "its", "mere", "some", "net", "record", "total", "combined", "cumulative", "whopping"))  # fmt: skip
"""Words before an amount that say nothing of how it stands to its verb."""
_BETWEEN = LEADING | {"their", "of", "only", "just"}
_HEDGES_BY_END = {
    end: tuple(sorted((h for h in _HEDGES if h.split()[-1] == end), key=lambda h: -len(h.split())))
    for end in {h.split()[-1] for h in _HEDGES}
}
"""Hedges by their last words, the longest first."""
_REACH = 48
"""Characters before an amount in which its hedge begins."""
_ARTICLES = 4
"""How many words at most stand between a hedge and its amount, and one more."""


_STANDING = {"is", "are", "now", "back"}
"""After one of these "up to" tells of a rise, not of a bound: "is up to $620bn"."""


def hedge_before(text: str, start: int) -> tuple[str, str, int]:
    """(hedge, its words, where it starts) directly before `start`, an article between allowed."""
    near = text[max(0, start - _REACH) : start]
    words = [word.lstrip("(\"'") for word in near.split()]
    for last in range(len(words), max(0, len(words) - _ARTICLES), -1):
        for phrase in _HEDGES_BY_END.get(words[last - 1], ()):
            first = last - phrase.count(" ") - 1
            if first >= 0 and " ".join(words[first:last]) == phrase:
                if phrase == "up to" and _STANDING.intersection(words[:first][-1:]):
                    return "", "", start
                rest = near.split(None, first)[first]
                return _HEDGES[phrase], phrase, start - len(rest)
        if words[last - 1] not in _BETWEEN:
            break
    return "", "", start


_NUMBERED = re.compile(
    r"(?:\b(?:no\.?|number|nr\.?|table|page|article|issue|nikkei|ftse|russell|topix|stoxx|cac|nasdaq)|s&p)\s?$"
)


_JOINING = re.compile(r"[\w%)]")
"""After one of these a "-" is a hyphen or a dash, no minus."""
_DASH = re.compile(r"[\w%)] - ")
"""With a space on either side it is a dash: "rose in April - $18bn"."""


_THOUSAND = 1000.0
"""Nobody holds 184,000 contracts to the contract: such a count is told in thousands."""


def _numeric(text: str, match: re.Match[str]) -> Amount | None:
    printed, scale_word, before, after, sign, sign2, second, gdp = match.group(*_GROUPS)
    scale_word = scale_word or ""
    currency = (before or after or "").strip()
    if scale_word in {"m", "b", "t"} and text[match.end("n")] in " -":
        return None  # "10 m" is metres, "5 t" tonnes: people who mean millions write 10m
    name = _unit_of(match) or _CURRENCY.get(currency, "")
    if (
        not name
        and not scale_word
        and _NUMBERED.search(text, max(0, match.start() - 8), match.start("n"))
    ):
        return None
    start, end = match.span()
    while text[start].isspace():
        start += 1
    scale = _SCALE[scale_word]
    value = float(printed.replace(",", "")) * scale
    last, place = _last_place(printed)
    if name == "contracts" and place >= _THOUSAND:
        last = _THOUSAND
    sign = (sign or sign2 or "").strip()
    if sign == "-" and _DASH.match(text, max(0, start - 2)):
        sign, start = "", start + 2
    elif sign == "-" and _JOINING.match(text, max(0, start - 1)):
        sign = ""
    hedge, word, lead = hedge_before(text, start)
    negative = sign in {"-", "minus", "negative"}
    quantity = _make(value, last * scale, place * scale, hedge, name, negative=negative)
    if second and _are_two(text, match):
        end = match.end("n")
    elif second:
        quantity = _ranged(quantity, second, scale)
    return Amount(
        start, end, quantity, _kind_of(name, currency), lead, hedge, word, bool(sign), bool(gdp), scale=scale
    )  # fmt: skip


def _unit_of(match: re.Match[str]) -> str:
    for name, told in zip(_UNIT_NAMES, match.group(*_UNIT_GROUPS), strict=True):
        if told:
            return name
    return ""


def _are_two(text: str, match: re.Match[str]) -> bool:
    """As in "from 1.2 to 1.3 trillion" and "1.2 and 1.3 trillion": two amounts that share a scale,
    no range.
    """
    before = text[: match.start()].rstrip()
    listed = "and" in text[match.end("n") : match.start("n2")]
    return before.endswith("from") or (listed and not before.endswith("between"))


def _ranged(first: Quantity, second: str, scale: float) -> Quantity:
    upper = float(second) * scale
    if upper < first.value:
        return first
    half = _last_place(second)[0] * scale / 2
    return Quantity(
        (first.value + upper) / 2, min(first.low, first.value), upper + half, first.unit
    )


def _second_end(text: str, match: re.Match[str], first: Amount) -> list[Amount]:
    if not match["n2"] or not _are_two(text, match):
        return []
    scale = _SCALE[match["scale"] or ""]
    unit, place = _last_place(match["n2"])
    quantity = _make(
        float(match["n2"]) * scale,
        unit * scale,
        place * scale,
        "",
        first.quantity.unit,
        negative=False,
    )
    return [
        replace(
            first,
            start=match.start("n2"),
            end=match.end(),
            lead=match.start("n2"),
            quantity=quantity,
            hedge="",
            hedge_word="",
        )
    ]


def _kind_of(name: str, currency: str) -> str:
    if currency and name not in {"pp", "bp", "%", "contracts", "x"}:
        return "money"
    return {"%": "percent", "pp": "pp", "bp": "bp", "contracts": "contracts", "x": "multiple"}.get(
        name, "plain"
    )


def _worded(text: str, match: re.Match[str]) -> Amount | None:
    if match["parity"]:
        hedge, word, lead = hedge_before(text, match.start())
        return Amount(
            match.start(),
            match.end(),
            _make(1.0, 0.0, 0.0, hedge, "", negative=False),
            "plain",
            lead,
            hedge,
            word,
        )
    value = _WORD_NUMBERS[match["w"]] + (0.5 if match["half"] else 0.0)
    scale = _SCALE[match["scale"] or ""]
    hedge, word, lead = hedge_before(text, match.start())
    unit_word = (match["unit"] or "").rstrip("s").replace(" ", "")
    if match["scale"]:
        name, kind = (
            _CURRENCY.get(match["post"] or "", ""),
            "money" if match["post"] else "plain",
        )
    elif unit_word in {"percentagepoint", "point"}:
        name, kind = "pp", "pp"
        if unit_word == "point" and value >= 2:
            return None
    elif unit_word == "percent":
        name, kind = "%", "percent"
    elif unit_word == "basispoint":
        name, kind = "bp", "bp"
    else:
        name, kind = "x", "multiple"
    step = 0.25 if value < 1 else 1.0
    whole = value >= 2 and value.is_integer() and kind != "multiple"  # "nine" is told as 9 is
    last = 1.0 if whole else 0.2 * step
    quantity = _make(value * scale, last * scale, step * scale, hedge, name, negative=False)
    quantity = quantity if whole else replace(quantity, printed=False)
    return Amount(match.start(), match.end(), quantity, kind, lead, hedge, word)


def _part(text: str, match: re.Match[str]) -> Amount:
    if match["most"]:
        more_than_half = Quantity(0.5, 0.5, math.inf, "ratio")
        return Amount(
            match.start(),
            match.end(),
            more_than_half,
            "share",
            match.start(),
            "over",
            "most",
            of_whole=True,
        )
    count = _COUNTS[match["count"] or "a"]
    value = count * _PARTS[match["part"] or "half"]
    hedge, word, lead = hedge_before(text, match.start())
    if hedge in {"over", "under", "at least", "up to"}:
        low, high = _bounds(value, 0.0, 0.0, hedge)
    else:
        low, high = value - HALF_SHARE, value + HALF_SHARE
        if hedge == "nearly":
            low, high = value * 0.92, value
    of_whole = bool(re.match(r"\s+of\b", text[match.end() : match.end() + 5]))
    return Amount(
        match.start(), match.end(), Quantity(value, low, high, "ratio"), "share", lead, hedge, word, of_whole=of_whole
    )  # fmt: skip


_PART_STEMS = (*_PARTS, "most of", "bulk of", "majority", "lion")
_WORD_STEMS = ("illion", "thousand", "point", "cent", "times", "fold", "parity")
"""What each share and each amount in words has in it."""
_DIGIT = re.compile(r"\d")
_BEFORE_DIGITS = 14


def find(text: str, taken: list[tuple[int, int]]) -> list[Amount]:
    """The amounts of a sentence in lower case, in order; spans in `taken` (dates, tenors) are left
    alone.
    """
    mask = bytearray(len(text))
    for start, end in taken:
        mask[start:end] = b"\1" * (end - start)
    found: list[Amount] = []

    def keep(amounts: list[Amount]) -> None:
        for amount in amounts:
            mask[amount.start : amount.end] = b"\1" * (amount.end - amount.start)
        found.extend(amounts)

    at = 0
    while digit := _DIGIT.search(text, at):
        # no more than a sign and a currency stand before the digits
        match = _amount_pattern().search(text, max(at, digit.start() - _BEFORE_DIGITS))
        if not match:
            break
        if mask.find(1, match.start("n"), match.end("n")) < 0:
            amount = _numeric(text, match)
            keep([amount, *_second_end(text, match, amount)] if amount else [])
            at = match.end()
        else:  # "in 2007 to $2.6 trillion": a year is no end of a range
            at = match.end("n")
    if _has(text, _WORD_STEMS):
        for match in _word_pattern().finditer(text):
            if mask.find(1, match.start(), match.end()) < 0:
                amount = _worded(text, match)
                keep([amount] if amount else [])
    if _has(text, _PART_STEMS):
        for match in _part_pattern().finditer(text):
            if mask.find(1, match.start(), match.end()) < 0:
                keep([_part(text, match)])
    found.sort(key=lambda amount: amount.start)
    return _listed(text, _joined(text, found))


def _has(text: str, stems: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, stems))


def _joined(text: str, found: list[Amount]) -> list[Amount]:
    """As in "Between $300bn and $320bn" is one amount."""
    out: list[Amount] = []
    for amount in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.quantity.unit == amount.quantity.unit
            and text[last.end : amount.start].strip() == "and"
            and text[max(0, last.lead - 9) : last.lead].rstrip().endswith("between")
        ):
            low, high = last.quantity, amount.quantity
            middle = (low.value + high.value) / 2
            merged = Quantity(middle, min(low.low, high.low), max(low.high, high.high), low.unit)
            out[-1] = replace(last, end=amount.end, quantity=merged)
        else:
            out.append(amount)
    return out


_SEPARATOR = re.compile(r"\s*(?:,|,?\s*(?:and|or|&))\s*")


def _listed(text: str, found: list[Amount]) -> list[Amount]:
    """As in "6.2, 3.5 and 5.5 trillion yen": unit and scale are told once, at the end of a list."""
    out: list[Amount] = []
    for amount in reversed(found):
        following = out[-1] if out else None
        joined = following and _SEPARATOR.fullmatch(text, amount.end, following.lead)
        out.append(_like(amount, following) if following and joined else amount)
    return out[::-1]


def _like(amount: Amount, last: Amount) -> Amount:
    """The amount in unit and scale of the last of its list, where it has none of its own."""
    quantity = amount.quantity
    alike = amount.kind == "money" and quantity.unit == last.quantity.unit
    if not (alike or amount.kind == "plain") or last.kind in {"plain", "share", "multiple"}:
        return amount
    scale = last.scale if amount.scale == 1 and abs(quantity.value) < _SMALL else 1.0
    told = quantity.scaled(scale, last.quantity.unit)
    return replace(amount, quantity=told, kind=last.kind, scale=amount.scale * scale)


_SMALL = 1e4
"""A number below it takes the scale of its list; a larger one is written out."""


def as_change(amount: Amount, direction: int) -> Quantity:
    """The amount as the size of a change: signed, a percentage or share as `% change`."""
    quantity = amount.quantity
    if amount.kind == "share":
        quantity = quantity.scaled(100, "% change")
    elif amount.kind == "percent":
        quantity = replace(quantity, unit="% change")
    if direction < 0 and quantity.value > 0:
        return quantity.negated()
    return quantity
