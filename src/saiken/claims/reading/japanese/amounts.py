"""Money, rates, shares and multiples in Japanese, with the precision that the words allow."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from saiken.terms.immutable import immutable
from saiken.terms.quantity import Quantity

_SCALES = {
    "兆": 1e12,
    "千億": 1e11,
    "百億": 1e10,
    "億": 1e8,
    "千万": 1e7,
    "百万": 1e6,
    "万": 1e4,
    "": 1.0,
}
_ENGLISH = {"trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6}
_CURRENCIES = {
    "米ドル": "USD", "ドル": "USD", "円": "JPY", "銭": "JPY", "ユーロ": "EUR", "英ポンド": "GBP", "ポンド": "GBP", "ウォン": "KRW", "人民元": "CNY",
    "元": "CNY", "スイスフラン": "CHF", "豪ドル": "AUD", "カナダドル": "CAD", "香港ドル": "HKD", "ルピー": "INR",
}  # fmt: skip
_SIGNS = {"$": "USD", "US$": "USD", "¥": "JPY", "€": "EUR", "£": "GBP", "₩": "KRW"}
_UNITS = {
    "ベーシスポイント": "bp", "ベーシス・ポイント": "bp", "ベーシス": "bp", "bps": "bp", "bp": "bp", "%ポイント": "pp", "パーセントポイント": "pp",
    "ポイント": "pp", "pt": "pp", "%": "%", "パーセント": "%", "倍": "x", "枚": "contracts", "割": "割",
}  # fmt: skip
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_N = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?|[一二三四五六七八九十百千]{1,7}"
_SCALE = r"(?:兆|千億|百億|億|千万|百万|万)"


def _either(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_BEFORE = {
    "約": "about", "およそ": "about", "おおよそ": "about", "ほぼ": "about", "概ね": "about", "おおむね": "about", "だいたい": "about", "推定": "about",
    "推計": "about", "ざっと": "about", "最大で": "up to", "最大": "up to", "最大で約": "up to", "少なくとも": "at least", "最低でも": "at least",
}  # fmt: skip
_AFTER = {
    "程度": "about", "前後": "about", "規模": "scale", "ほど": "about", "くらい": "about", "ぐらい": "about", "内外": "about", "近く": "nearly",
    "弱": "less", "足らず": "nearly", "余り": "rest", "あまり": "rest", "余": "rest", "強": "rest", "台前半": "lower half", "台後半": "upper half",
    "台半ば": "band", "台": "band", "超": "over", "以上": "at least", "以下": "up to", "未満": "under",
}  # fmt: skip
_MONEY = re.compile(
    rf"(?P<sign>マイナス|プラス|[-+])?(?P<cur>US\$|[$¥€£₩])?(?P<sign2>[-+])?"
    rf"(?P<n>{_N})(?:(?P<scale>{_SCALE})(?:(?P<n2>{_N})(?P<scale2>{_SCALE}))?(?:(?P<n3>{_N})(?P<scale3>{_SCALE}))?(?:(?P<tail>\d{{1,4}})(?P<th>千)?(?=枚|円|ドル))?)?"
    rf"(?P<mid>弱|強|余り|余)?(?P<en>(?:trillion|billion|million|tn|bn|mn)(?![a-z]))?"
    rf"(?:(?P<post>{_either(_CURRENCIES)})(?:(?P<sen>\d{{1,2}}(?:\.\d)?)(?:[-~]\d{{1,2}})?銭)?|(?P<unit>{_either(_UNITS)}))?"
)
_SHARE = re.compile(
    r"(?P<below>\d{1,2}|[一二三四五六七八九十])分の(?P<above>\d{1,2}|[一二三四五六七八九])|(?P<half>半分|半数|過半数|過半|大半)"
)
_LEAD = re.compile(rf"(?<!過去)(?<!史上)({_either(_BEFORE)})\Z")
_TAIL = re.compile(rf"({_either(_AFTER)})(?!昇|化|え)")
_GDP = re.compile(
    r"(?:対)?(?:国内総生産|GDP)(?:[(（][^)）]{1,10}[)）])?(?:比|の|に対し|対比)(?:で|は|約|およそ|の)*\Z"
)


@immutable()
class Amount:
    """An amount at [start, end), its hedges included. `kind` is money, percent, pp, bp, share,
    multiple, contracts or plain; `hedge` "range" or "bands" where it is from one to another; `gdp`
    where it is in per cent of GDP. `printed` is its size as printed, `unit` what its last digit
    counts, `place` what the last that is not zero counts.
    """

    start: int
    end: int
    quantity: Quantity
    kind: str
    hedge: str = ""
    hedge_word: str = ""
    signed: bool = False
    gdp: bool = False
    place: float = 1.0
    unit: float = 1.0
    printed: float = 0.0

    def hedged(self, hedge: str, *, negative: bool = False) -> Amount:
        """The same amount with another hedge ("を超える" stands after the number)."""
        made = _quantity(self.printed, self.unit, self.place, hedge, self.quantity.unit, self.kind)
        return replace(self, hedge=hedge, quantity=made.negated() if negative else made)


def number(text: str) -> float:
    """A number in digits or in kanji (`千二百` is 1200, `二〇` 20). Text without one gives 0."""
    plain = text.replace(",", "")
    if plain[:1].isascii():
        return float(plain or 0)
    total = value = 0
    if not re.search("[十百千]", plain):
        return float("".join(str(_KANJI[sign]) for sign in plain if sign in _KANJI) or 0)
    for sign in plain:
        if sign in _KANJI:
            value = _KANJI[sign]
        else:
            total += (value or 1) * {"十": 10, "百": 100, "千": 1000}.get(sign, 1)
            value = 0
    return float(total + value)


def _last_place(printed: str) -> tuple[float, float]:
    """(unit of the last digit, place of the last digit that is not zero) of a number as printed."""
    plain = printed.replace(",", "") if printed[:1].isascii() else f"{number(printed):.0f}"
    fraction = plain.partition(".")[2]
    unit = 10.0 ** -len(fraction)
    digits = plain.replace(".", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return unit, unit * 10.0 ** (zeros if digits.strip("0") else 0)


INCLUDED = 1e-9
"""以上 and 以下 count the number itself in; 超 and 未満 do not."""
_BANDS = {"band", "lower half", "upper half"}


def _quantity(
    value: float, unit: float, place: float, hedge: str, name: str, kind: str
) -> Quantity:
    low, high = _bounds(value, unit, place, hedge, kind)
    middle = (low + high) / 2 if hedge in _BANDS else value
    return Quantity(middle, low, high, name, printed=not hedge)


def _bounds(value: float, unit: float, place: float, hedge: str, kind: str) -> tuple[float, float]:
    """What the words allow around `value` >= 0. `余り` and `台` leave a remainder below the last
    digit named, `弱` lacks one; of a round number, they mean a tenth and a twentieth of it at most,
    of so many 割 half a 割.
    """
    wide = place if kind == "money" or unit >= 1 else unit
    tenths = kind == "percent" and unit > 1  # in whole 割
    over, short = (unit / 2, unit / 2) if tenths else (value * 0.1, value * 0.05)
    match hedge:
        case "about":
            about = max(unit, place / 2)
            return value - about, value + about
        case "scale":
            scale = max(unit, place)
            return value - scale, value + scale
        case "nearly":
            return value * 0.95, value
        case "less":
            return value - min(wide, short), value
        case "rest":
            return value, value + min(wide, over)
        case "band":
            return value, value + wide
        case "lower half":
            return value, value + wide / 2
        case "upper half":
            return value + wide / 2, value + wide
        case "over":
            return value, math.inf
        case "at least":
            return value * (1 - INCLUDED), math.inf
        case "up to":
            return -math.inf, value * (1 + INCLUDED)
        case "under":
            return -math.inf, value
    return value - unit / 2, value + unit / 2


def find(text: str, taken: bytearray) -> list[Amount]:
    """The amounts of a sentence in order; what is marked in `taken` is left alone, and what is
    found is marked there.
    """
    found = []
    for match in _SHARE.finditer(text):
        if not taken.count(1, *match.span()):
            found.append(_share(text, match))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _MONEY.finditer(text):
        if taken.count(1, *match.span("n")):
            continue
        amount = _amount(text, match)
        if amount is not None:
            found.append(amount)
            taken[amount.start : amount.end] = b"\1" * (amount.end - amount.start)
    return _ranges(text, sorted(found, key=lambda amount: amount.start))


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    groups = match.groupdict()
    scaled = groups["scale"] or groups["en"]
    name = _CURRENCIES.get(groups["post"] or "", _SIGNS.get(groups["cur"] or "", "")) or _UNITS.get(
        groups["unit"] or "", ""
    )
    if not groups["n"][:1].isascii() and not (scaled or name):
        return None  # a kanji number counts only with what it counts
    before = text[match.start() - 1 : match.start()]
    if before and before.isascii() and (before.isalpha() or before in "._"):
        return None
    if match.end() - match.start() > _LONGEST:
        return None
    value, unit, place = _size(groups)
    if groups["post"] == "銭":
        value, unit, place = value / 100, unit / 100, place / 100
    elif groups["sen"]:
        value += float(groups["sen"]) / 100
        unit = place = 0.01 * (_last_place(groups["sen"])[0])
    if name == "割":
        value, unit, place, name = value * 10, unit * 10, place * 10, "%"
    if name == "x" and _GDP.search(text, max(0, match.start() - 22), match.start()):
        value, unit, place, name = value * 100, unit * 100, place * 100, "%"
    kind = _kind(name, groups)
    sign = groups["sign"] or groups["sign2"] or ""
    if sign in {"-", "+"} and re.match(r"[0-9A-Za-z)%]", before or " "):
        sign = ""
    return _hedged(
        text,
        match,
        Amount(
            match.start(),
            match.end(),
            Quantity(value, 0, 0, name),
            kind,
            place=place,
            unit=unit,
            signed=bool(sign),
        ),
        groups["mid"] or "",
        sign,
    )


_LONGEST = 80
"""A number in more characters is noise, and may be more than a computer counts to."""


def _size(groups: dict[str, str | None]) -> tuple[float, float, float]:
    """(value, unit of the last digit, place of the last digit that is not zero) of a number.

    A number in 億 or 万 whose last digits are zeros states three digits: 9600億 is to 10億.
    """
    value, unit, place = 0.0, 1.0, 1.0
    for digits, scale in (("n", "scale"), ("n2", "scale2"), ("n3", "scale3")):
        printed = groups[digits]
        if not printed:
            break
        factor = _SCALES[groups[scale] or ""] * _ENGLISH.get(groups["en"] or "", 1.0)
        last, zeros = _last_place(printed)
        value += number(printed) * factor
        unit, place = last * factor, zeros * factor
    if groups["tail"]:
        factor = 1e3 if groups["th"] else 1.0
        last, zeros = _last_place(groups["tail"])
        value, unit, place = value + number(groups["tail"]) * factor, last * factor, zeros * factor
    if (groups["scale"] or groups["scale2"]) and value >= 1 and unit < place:
        unit = max(unit, min(place, 10.0 ** (math.floor(math.log10(value) + 1e-9) - 2)))
    return value, unit, place


def _kind(name: str, groups: dict[str, str | None]) -> str:
    if groups["post"] or groups["cur"]:
        return "money"
    return {"%": "percent", "pp": "pp", "bp": "bp", "x": "multiple", "contracts": "contracts"}.get(
        name, "plain"
    )


def _hedged(text: str, match: re.Match[str], amount: Amount, middle: str, sign: str) -> Amount:
    start, end = match.span()
    lead = _LEAD.search(text, max(0, start - 6), start)
    tail = _TAIL.match(text, end)
    word = (tail[1] if tail else "") or middle or (lead[1] if lead else "")
    hedge = _AFTER.get(word) or _BEFORE.get(word, "")
    if lead:
        start = lead.start()
    end = tail.end() if tail else end
    size = amount.quantity
    made = _quantity(size.value, amount.unit, amount.place, hedge, size.unit, amount.kind)
    gdp = amount.kind == "percent" and bool(_GDP.search(text, max(0, start - 22), start))
    negative = sign in {"-", "マイナス"}
    return replace(
        amount,
        start=start,
        end=end,
        quantity=made.negated() if negative else made,
        hedge=hedge,
        hedge_word=word,
        gdp=gdp,
        printed=size.value,
    )


SHARE_SLACK = 0.03
"""How far a share told as a simple fraction may be from it."""


def _share(text: str, match: re.Match[str]) -> Amount:
    if match["half"]:
        most = match["half"] not in {"半分", "半数"}
        value = 0.5
        low, high = (0.5, math.inf) if most else (0.5 - SHARE_SLACK, 0.5 + SHARE_SLACK)
    else:
        value = number(match["above"]) / max(1.0, number(match["below"]))
        low, high = value - SHARE_SLACK, value + SHARE_SLACK
    tail = _TAIL.match(text, match.end())
    hedge = _AFTER[tail[1]] if tail else ""
    if hedge in {"over", "at least"}:
        low, high = value, math.inf
    elif hedge in {"less", "nearly"}:
        high = value
    end = tail.end() if tail else match.end()
    return Amount(
        match.start(),
        end,
        Quantity(value, low, high, "ratio"),
        "share",
        hedge,
        tail[1] if tail else "",
        place=value,
        unit=value,
    )


_RANGE = re.compile(r"[-~]|ないし")
_BETWEEN = re.compile(r"の(?:間|範囲|レンジ)|で(?:推移|取引|動)")


_FROM_TO = ("range", "bands")


def _ranges(text: str, found: list[Amount]) -> list[Amount]:
    """As in "1.2~1.3兆ドル" and "150円から152円" is one amount; the first may leave its unit out."""
    out: list[Amount] = []
    for amount in found:
        last = out[-1] if out else None
        joint = text[last.end : amount.start] if last is not None else ""
        if (
            last is None
            or not (
                _RANGE.fullmatch(joint) or (joint == "から" and _BETWEEN.match(text, amount.end))
            )
            or last.kind not in {"plain", amount.kind}
        ):
            out.append(amount)
            continue
        low = last.quantity.low if last.hedge in _BANDS else last.quantity.value
        if last.kind == "plain" and 0 < low < amount.quantity.value / 1e3:
            low *= _nearest_scale(10 ** round(math.log10(amount.quantity.value / low)))
        high = amount.quantity
        if low > high.value:
            out.append(amount)
            continue
        made = Quantity((low + high.value) / 2, low, high.high, high.unit)
        out[-1] = replace(
            amount, start=last.start, quantity=made, hedge=_FROM_TO[last.hedge in _BANDS]
        )
    return out


def _nearest_scale(factor: float) -> float:
    return max((scale for scale in _SCALES.values() if scale <= factor * 1.5), default=1.0)
