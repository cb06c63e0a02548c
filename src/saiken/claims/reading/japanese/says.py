"""What a Japanese clause says of its topic: the fields of its claims, most particular first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.roles import Role, Told, over_line, roles_of
from saiken.claims.reading.japanese.timing import Timing, change_base
from saiken.claims.reading.japanese.topics import FLOWS, RATED, Context, versus_of
from saiken.terms.period import Period, add_months
from saiken.terms.quantity import Quantity

_MOVE = {"up": 1, "down": -1, "flat": 0}
_HOLDINGS = {"treasury_holdings", "treasury_net_purchases", "jgb_holders"}
_UNITS = {
    "government_yield": {"%"}, "yield_spread": {"bp", "pp", "%"}, "yield_gap": {"bp", "pp", "%"}, "debt_ratio": {"%"}, "policy_rate": {"%"},
    "yen_positioning": {"contracts", ""}, "volatility_index": {"", "pp"}, "stress_index": {"", "pp"}, "credit_spread": {"bp", "pp", "%"},
    "crypto_price": {"USD"}, "equity_index": {"", "JPY", "USD", "pp"}, "auction": {"x"},
}  # fmt: skip

Draft = tuple[Predicate, dict[str, Any]]


@dataclass(slots=True)
class Scene:
    """A clause made ready. `verb` is +1 bought or -1 sold where an earlier clause said so."""

    clause: Clause
    topic: Topic
    timing: Timing
    ctx: Context
    verb: int = 0
    told: list[Told] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def flowing(self) -> bool:
        return self.topic.measure in FLOWS

    @property
    def side(self) -> int:
        """+1 where the clause speaks of purchases, -1 of sales, 0 of neither."""
        for kind in ("net", "flow"):
            for mark in self.clause.all(kind):
                return 1 if mark.get(kind) == "buy" else -1
        if self.topic.measure == "fx_intervention":
            return _intervention_side(self.clause) or self.verb
        return self.verb

    def signed(self, sign: int) -> int:
        return -sign if self.topic.inverse else sign


def scene_of(clause: Clause, topic: Topic, timing: Timing, ctx: Context, verb: int) -> Scene:
    scene = Scene(clause, topic, timing, ctx, verb)
    trades = clause.has("net") or clause.has("flow")
    flowing = scene.flowing or (topic.measure in {"treasury_holdings", "gold_reserves"} and trades and not clause.has("hold"))
    scene.told = roles_of(clause, flowing=flowing and topic.measure != "yen_positioning")
    return scene


def _intervention_side(clause: Clause) -> int:
    text = clause.text
    if re.search(r"円買い|ドル売り", text):
        return 1
    return -1 if re.search(r"円売り|ドル買い", text) else 0


def says(scene: Scene) -> list[Draft]:
    """All that the clause says."""
    drafts = [*_rank(scene), *_comparison(scene), *_streak(scene), *_share(scene), *_record(scene), *_lines(scene)]
    drafts += _flow(scene, told={predicate for predicate, _ in drafts})
    drafts += _changes(scene, told={predicate for predicate, _ in drafts})
    drafts += _levels(scene)
    return _tidy(drafts)


def _tidy(drafts: list[Draft]) -> list[Draft]:
    """A direction is no claim of its own beside a change, a line crossed, a record or a streak."""
    told = {predicate for predicate, _ in drafts}
    telling = {Predicate.CHANGE, Predicate.THRESHOLD, Predicate.RECORD, Predicate.STREAK, Predicate.RANK, Predicate.COMPARISON, Predicate.FLOW}
    return [d for d in drafts if d[0] is not Predicate.DIRECTION or not told & telling or (d[1].get("base") is not None and Predicate.RECORD not in told)]


def _free(scene: Scene, *roles: Role) -> Iterator[Told]:
    for told in scene.told:
        if told.role in roles and told.mark.start not in scene.used:
            yield told


# rank and comparison

def _rank(scene: Scene) -> list[Draft]:
    clause = scene.clause
    if scene.topic.measure not in _HOLDINGS:
        return []
    versus = tuple(dict.fromkeys(m.get("place") or m.get("holder") for m in versus_of(clause)))
    place = next((int(m.get("rank")) for m in clause.all("rank") if m.get("rank").isdigit()), None)
    overtaken = [m for m in clause.all("rank", "overtake") if versus]
    top = clause.has("rank", "top") or bool(re.search(r"(?:世界|海外|外国)?(?:で)?最大の(?:米国債|海外|外国|対米)?(?:の)?(?:保有|債権)(?:国|者)?", clause.words))
    if place is None and top:
        place = 1
    if place is None and not overtaken:
        if not (versus and re.search(r"を上回(?:っ|り)|を超え(?:て|、)", clause.words) and not clause.has("compare", "combined") and not clause.has("amount")):
            return []
        overtaken = [clause.marks[0]]
    lost = bool(re.search(r"に(?:抜かれ|首位を譲|逆転され)|転落|陥落", clause.words))
    if place is None and lost:
        return []
    scope = {"foreign"} if re.search(r"海外|外国|国別|保有国|債権国|債権者|世界", clause.text) else set()
    fields: dict[str, Any] = {"period": scene.timing.period, "versus": versus, "scope": frozenset(scope), "rank": place}
    if place is not None:
        fields["extreme"] = "high"
    if versus or overtaken:
        fields["direction"] = 1
    scene.used.update(m.start for m in clause.all("extreme"))
    return [(Predicate.RANK, fields)]


def _comparison(scene: Scene) -> list[Draft]:
    clause = scene.clause
    versus = tuple(dict.fromkeys(m.get("place") or m.get("holder") for m in versus_of(clause)))
    if not versus or clause.has("rank"):
        return []
    combined = clause.has("compare", "combined") or len(versus) > 1
    fields: dict[str, Any] = {"versus": versus, "period": scene.timing.period, "scope": frozenset({"combined"} if combined else ())}
    for told in _free(scene, Role.MULTIPLE):
        scene.used.add(told.mark.start)
        side = {"over": 1, "under": -1, "nearly": -1, "at least": 1}.get(told.amount.hedge)
        return [(Predicate.COMPARISON, {**fields, "count": told.amount.quantity.value, "direction": side})]
    for told in _free(scene, Role.DIFFERENCE):
        scene.used.add(told.mark.start)
        quantity = told.amount.quantity
        return [(Predicate.COMPARISON, {**fields, "quantity": quantity if told.sign > 0 else quantity.negated(), "direction": told.sign})]
    less = bool(re.search(r"より(?:も)?(?:少な|小さ|低)|を下回", clause.words))
    more = bool(re.search(r"より(?:も)?(?:はるかに|ずっと)?(?:多|大き|高)|を(?:はるかに|大きく)?上回|を超え|(?:合計|合算|合わせた?額?)(?:した?)?(?:額|分)?より", clause.words))
    if not (less or more):
        return []
    stative = combined or not re.search(r"を上回(?:っ|り)", clause.words)
    return [(Predicate.COMPARISON, {**fields, "direction": -1 if less else 1})] if stative else []


# streak, share

def _streak(scene: Scene) -> list[Draft]:
    clause = scene.clause
    out: list[Draft] = []
    for mark in clause.all("streak"):
        count, unit = mark.get("streak").split()
        direction, of = _drift(scene, mark)
        if direction is None:
            continue
        period = scene.timing.period
        length: float | None = float(count) or None
        if length is None and period is not None and unit == "month" and period.days > 31:
            length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
            period = Period.month(period.end.year, period.end.month)
        if length is None:
            continue
        scope = frozenset({"week": "weekly", "month": "monthly", "day": "daily"}[unit].split() if unit in {"week", "month", "day"} else ())
        out.append((Predicate.STREAK, {"count": length, "direction": direction, "of": of, "period": period, "scope": scope}))
        scene.used.update(m.start for m in clause.marks if "move" in m.kinds and m.start >= mark.start)
    return out


def _drift(scene: Scene, mark: Mark) -> tuple[int | None, str]:
    clause = scene.clause
    if clause.has("net") or clause.has("flow"):
        return scene.side, "flow"
    moves = [m for m in clause.all("move") if m.start >= mark.start] or clause.all("move")
    if moves and moves[0].get("move") != "flat":
        return scene.signed(_MOVE[moves[0].get("move")]), "change"
    if scene.flowing and scene.side:
        return scene.side, "flow"
    for worth in clause.all("worth"):
        return _worth(scene, worth), "change"
    return None, ""


def _share(scene: Scene) -> list[Draft]:
    """A part of a whole, as `ratio` in 0..1; `versus` is the whole."""
    if scene.topic.measure not in _HOLDINGS:
        return []
    out: list[Draft] = []
    for told in _free(scene, Role.SHARE):
        quantity = told.amount.quantity
        if quantity.unit == "%":
            quantity = Quantity(quantity.value / 100, quantity.low / 100, quantity.high / 100, "ratio")
        scene.used.add(told.mark.start)
        text = scene.clause.text
        whole = "public" if "市中" in text else "debt" if re.search(r"連邦債務|政府債務|発行残高", text) else "all"
        out.append((Predicate.SHARE, {"quantity": quantity, "period": scene.timing.period, "versus": (whole,)}))
    return out


# records

_ABOUT = re.compile(r"(?:を|から|に(?:迫|近|次)|より|まで|には(?:届|及))")
_WORDS = re.compile(r"(?:の|で|となる|と|では)?(?P<word>高さ|大きさ|多さ|低さ|少なさ|水準|規模|円安|円高|高値|安値)")


def _record(scene: Scene) -> list[Draft]:
    clause = scene.clause
    marks = [m for m in (*clause.all("record", "high", "low"), *clause.all("extreme")) if m.start not in scene.used]
    own = [m for m in marks if "record" in m.kinds and not _measured_from(clause, m)]
    marks = own or ([m for m in marks if "extreme" in m.kinds] if _qualified(scene) else [])
    if not marks:
        return _since_worth(scene)
    mark = sorted(marks, key=lambda m: m.start)[-1 if not own else 0]
    extreme = mark.get("record") or mark.get("extreme")
    of, extreme = _of(scene, mark, extreme)
    history = clause.text[max(0, mark.start - 4) : mark.end + 4]
    ever = scene.timing.since is None and ("史上" in history or clause.has("record", "ever")) and not clause.has("record", "on_record")
    scene.used.update(m.start for m in clause.marks if "extreme" in m.kinds or "record" in m.kinds)
    return [(Predicate.RECORD, {"extreme": extreme, "of": of, "since": scene.timing.since, "ever": ever, "period": scene.timing.period})]


def _qualified(scene: Scene) -> bool:
    """Whether a superlative is one in time."""
    return scene.timing.since is not None or scene.clause.has("record", "on_record", "ever")


def _measured_from(clause: Clause, mark: Mark) -> bool:
    """As in "過去最高から減少", "ピークの3分の1": a record that is measured from."""
    after = clause.after(mark, 4)
    return bool(re.match(r"(?:の水準)?(?:から|より|に(?:迫|近づ|次ぐ|は届)|を下回)", after))


def _of(scene: Scene, mark: Mark, extreme: str) -> tuple[str, str]:
    """(what the record is about, high or low): 最大の売り越し is the low of a flow."""
    clause, after = scene.clause, scene.clause.after(mark, 10)
    moves = [m for m in clause.all("move") if mark.end <= m.start <= mark.end + 6 and m.get("move") != "flat"]
    if clause.has("noun", "change_up", "change_down"):
        return "change", "high" if clause.has("noun", "change_up") else "low"
    if moves and re.match(r"の(?:[^、]{0,4})", after) and extreme == "high" and not scene.flowing:
        return "change", "high" if _MOVE[moves[0].get("move")] > 0 else "low"
    side = scene.side
    if scene.topic.measure == "yen_positioning":
        return "level", ("low" if side < 0 else "high") if extreme == "high" else ("high" if side < 0 else "low")
    if scene.flowing or (side and scene.topic.measure == "treasury_holdings" and (clause.has("net") or clause.has("flow"))):
        return "flow", "low" if side < 0 else "high"
    return "level", _turned(scene, mark, extreme)


def _turned(scene: Scene, mark: Mark, extreme: str) -> str:
    """The low of a currency is the high of the pair that quotes it; 円安水準 is one too."""
    clause = scene.clause
    worth = next((m for m in clause.all("worth") if 0 <= mark.start - m.end <= 4 or 0 <= m.start - mark.end <= 2), None)
    if worth is not None:
        return "high" if _worth(scene, worth) > 0 else "low"
    if scene.topic.measure == "exchange_rate" and scene.topic.inverse:
        return {"high": "low", "low": "high"}[extreme]
    return extreme


def _worth(scene: Scene, mark: Mark) -> int:
    """+1 where 円安 and the like make the pair rise."""
    told = mark.get("worth")
    pair = scene.topic.subjects[0] if scene.topic.subjects else "USDJPY"
    sign = 1 if told[3] == "+" else -1
    return sign if pair.startswith(told[:3]) else -sign


def _since_worth(scene: Scene) -> list[Draft]:
    """As in "38年ぶりの円安", "1997年以来の大きさ": a record told by a time and a noun."""
    if scene.timing.since is None or scene.topic.measure != "exchange_rate":
        return []
    for mark in scene.clause.all("worth"):
        scene.used.add(mark.start)
        extreme = "high" if _worth(scene, mark) > 0 else "low"
        return [(Predicate.RECORD, {"extreme": extreme, "of": "level", "since": scene.timing.since, "period": scene.timing.period})]
    return []


# lines crossed, levels

def quantity_of(scene: Scene, amount: Amount) -> Quantity:
    """The amount as a level of the measure: prices without a currency, short positions negative."""
    quantity, measure = amount.quantity, scene.topic.measure
    if measure == "exchange_rate":
        quantity = replace(quantity, unit="")
        if amount.hedge == "about":
            wide = min(quantity.high - quantity.value, abs(quantity.value) * 0.01)
            quantity = replace(quantity, low=quantity.value - wide, high=quantity.value + wide)
        elif amount.hedge == "band" and amount.unit >= 1:
            quantity = replace(quantity, high=quantity.value + 1)
    elif measure == "yen_positioning":
        quantity = replace(quantity, unit=quantity.unit or "contracts")
        if scene.side < 0 and quantity.value > 0:
            quantity = quantity.negated()
    elif measure in {"equity_index", "volatility_index", "stress_index"}:
        quantity = replace(quantity, unit="")
    return quantity


def fits(scene: Scene, amount: Amount) -> bool:
    """Whether an amount can be a level of the clause's measure."""
    measure = scene.topic.measure
    if measure == "exchange_rate":
        pair = scene.topic.subjects[0]
        named = amount.kind == "money" and amount.quantity.unit == pair[3:]
        return named or (amount.kind == "plain" and 0 < amount.quantity.value < 1e5)
    units = _UNITS.get(measure)
    if units is None:
        return amount.kind == "money"
    return amount.kind not in {"share", "multiple"} and amount.quantity.unit in units


def _lines(scene: Scene) -> list[Draft]:
    out: list[Draft] = []
    first = scene.clause.has("record", "first") or "初めて" in scene.clause.words
    for told in list(_free(scene, Role.LINE)):
        if not fits(scene, told.amount):
            continue
        sign = told.sign
        if told.standing and not first:
            continue  # 250%を超えている is a level
        quantity = quantity_of(scene, over_line(told).amount)
        if scene.topic.measure == "yen_positioning" and quantity.value < 0:
            sign = -sign
        scene.used.add(told.mark.start)
        fields = {"quantity": quantity, "direction": sign, "period": scene.timing.period, "first": first}
        if first:
            fields["since"] = scene.timing.since
            fields["ever"] = scene.timing.since is None and scene.clause.has("record", "ever")
        if not scene.flowing:
            out.append((Predicate.THRESHOLD, fields))
        else:
            side = scene.side or 1
            told_quantity = over_line(told).amount.quantity
            out.append((Predicate.FLOW, {"quantity": told_quantity if side > 0 else told_quantity.negated(), "direction": side, "period": scene.timing.period}))
    return out


def _levels(scene: Scene) -> list[Draft]:
    if scene.flowing:
        return []
    out: list[Draft] = []
    for told in list(_free(scene, Role.LEVEL, Role.LINE)):
        amount = over_line(told).amount if told.role is Role.LINE else told.amount
        if not fits(scene, amount):
            continue
        scene.used.add(told.mark.start)
        out.append((Predicate.LEVEL, {"quantity": quantity_of(scene, amount), "period": scene.timing.period}))
    return out


# flows

def _flow(scene: Scene, *, told: set[Predicate]) -> list[Draft]:
    clause = scene.clause
    trades = clause.has("net") or clause.has("flow") or scene.topic.measure == "fx_intervention"
    stock = scene.topic.measure in {"treasury_holdings", "gold_reserves"}
    if scene.topic.measure == "yen_positioning" or not (scene.flowing or (stock and trades)):
        return []
    side = scene.side
    period = _open_period(scene)
    sized = [t for t in _free(scene, Role.FLOW, Role.LEVEL) if t.amount.kind == "money"]
    if sized and not (stock and clause.has("hold") and not clause.has("net")):
        out: list[Draft] = []
        for one in sized[:1]:
            scene.used.add(one.mark.start)
            quantity = one.amount.quantity
            sign = side or (1 if quantity.value > 0 else -1)
            quantity = quantity.negated() if sign < 0 < quantity.value else quantity
            fields: dict[str, Any] = {"quantity": quantity, "period": period}
            if side or one.amount.signed:
                fields["direction"] = sign
            out.append((Predicate.FLOW, fields))
        return out
    if told & {Predicate.STREAK, Predicate.RECORD, Predicate.FLOW} or not side or not trades:
        return []
    if scene.topic.measure == "fx_intervention" and not re.search(r"実施|踏み切|行っ|介入した|介入し(?:て|、)|介入に", clause.words):
        return []
    fields = {"direction": side, "period": period}
    if scene.timing.base is not None and scene.timing.base.kind in {"ago", "period"}:
        fields["base"] = scene.timing.base
    if scene.timing.since is not None and "ぶり" in clause.words:
        fields["base"] = Base("period", scene.timing.since)
    return [(Predicate.FLOW, fields)]


def _open_period(scene: Scene) -> Period | None:
    """The span of a flow; the last weeks and months as the clause counts them."""
    return scene.timing.period


# changes

def _changes(scene: Scene, *, told: set[Predicate]) -> list[Draft]:
    out: list[Draft] = []
    base = change_base(scene.timing, scene.topic)
    period = scene.timing.period
    out += _multiples(scene, base)
    for one in list(_free(scene, Role.SIZE, Role.DIFFERENCE)):
        if one.role is Role.DIFFERENCE and base is None:
            continue
        if scene.flowing:
            continue
        sign = scene.signed(one.sign) if one.head is None or "worth" not in one.head.kinds else _worth(scene, one.head)
        quantity = _as_change(scene, one.amount, sign)
        scene.used.add(one.mark.start)
        if one.head is not None:
            scene.used.add(one.head.start)
        out.append((Predicate.CHANGE, {"quantity": quantity, "direction": sign, "base": base, "period": period}))
    if scene.flowing or (told & {Predicate.FLOW} and not scene.clause.has("move")):
        return out
    return out + _directions(scene, base)


def _as_change(scene: Scene, amount: Amount, sign: int) -> Quantity:
    """The amount as the size of a change. Of a yield or a ratio in per cent, Japanese tells changes in
    per cent and means points.
    """
    quantity = amount.quantity
    if amount.kind == "share":
        quantity = Quantity(quantity.value * 100, quantity.low * 100, quantity.high * 100, "% change")
    elif amount.kind == "percent":
        quantity = replace(quantity, unit="pp" if scene.topic.measure in RATED else "% change")
    elif scene.topic.measure in {"equity_index", "volatility_index", "stress_index"} and amount.kind in {"money", "pp"}:
        quantity = replace(quantity, unit="")
    return quantity.negated() if sign < 0 < quantity.value else quantity


def _multiples(scene: Scene, base: Base | None) -> list[Draft]:
    """As in 倍増, 2倍に増えた, ピークの3分の1になった: a change by a multiple."""
    clause = scene.clause
    factors: list[tuple[float, Quantity]] = []
    for mark in clause.all("multiple"):
        factor = float(mark.get("multiple"))
        factors.append((factor, _factor(scene, mark, factor)))
        scene.used.add(mark.start)
    peak = _peak(clause)
    for told in list(_free(scene, Role.MULTIPLE, Role.LEVEL, Role.SIZE)):
        amount = told.amount
        become = re.match(r"(?:近く|以上|程度)?(?:に(?:まで)?(?:増|減|な|膨|拡大|縮|達|落|半)|へ|だ|超|を超)", clause.text[told.mark.end : clause.end])
        if amount.kind not in {"multiple", "share"} or not (become or peak):
            continue
        factor = amount.quantity.value
        slack = 0.03 * factor
        low, high = amount.quantity.low, amount.quantity.high
        if amount.kind == "multiple" and not amount.hedge:
            low, high = factor - max(slack, amount.unit / 2 if amount.unit < 1 else slack), factor + max(slack, amount.unit / 2 if amount.unit < 1 else slack)
        factors.append((factor, Quantity(factor, low, high, "x")))
        scene.used.add(told.mark.start)
    base = Base(peak) if peak else base
    out = []
    for factor, quantity in factors:
        out.append((Predicate.CHANGE, {"quantity": quantity, "direction": 1 if factor > 1 else -1, "base": base, "period": scene.timing.period}))
        scene.used.update(m.start for m in clause.all("move"))
    return out


def _peak(clause: Clause) -> str:
    """`peak` or `trough` where the clause measures from one."""
    for mark in clause.all("peak"):
        if re.match(r"(?:時)?(?:の|から|より|に比べ|比|と比べ)", clause.after(mark, 5)):
            return mark.get("peak")
    return ""


def _factor(scene: Scene, mark: Mark, factor: float) -> Quantity:
    """倍増 and 半減 allow three hundredths of the factor, more where hedged."""
    before = scene.clause.text[max(0, mark.start - 4) : mark.start]
    after = scene.clause.after(mark, 4)
    slack = 0.03 * factor
    if after.startswith("以上"):
        return Quantity(factor, factor, math.inf, "x") if factor > 1 else Quantity(factor, -math.inf, factor, "x")
    if before.endswith(("ほぼ", "約", "およそ")):
        return Quantity(factor, factor - 3 * slack, factor + 3 * slack, "x")
    return Quantity(factor, factor - slack, factor + slack, "x")


_DESCRIBES = re.compile(r"(?:圧力|要因|傾向が|リスク|局面|余地|基調|懸念|ペース|トレンド|率|税|給|産|税|便)")


def _directions(scene: Scene, base: Base | None) -> list[Draft]:
    out: list[Draft] = []
    clause = scene.clause
    peak = _peak(clause)
    base = Base(peak) if peak else base
    for mark in clause.all("move"):
        if mark.start in scene.used or _DESCRIBES.match(clause.after(mark, 6)) or not _last_word(clause, mark):
            continue
        direction = scene.signed(_MOVE[mark.get("move")])
        scene.used.add(mark.start)
        out.append((Predicate.DIRECTION, {"direction": direction, "base": base, "period": scene.timing.period}))
        break
    if not out and scene.topic.measure == "exchange_rate" and not clause.has("amount"):
        for mark in clause.all("worth"):
            if mark.start not in scene.used and re.search(r"進|傾|振れ|転じ|続|なっ|方向", clause.words):
                out.append((Predicate.DIRECTION, {"direction": _worth(scene, mark), "base": base, "period": scene.timing.period}))
                break
    return out


def _last_word(clause: Clause, mark: Mark) -> bool:
    """Whether a move is the clause's predicate: nothing of weight follows but its own ending."""
    rest = clause.text[mark.end : clause.end]
    return bool(re.match(r"[ぁ-ん、。!]*(?:傾向|続|一方|後|基調|し|となっ|転じ|幅)?[ぁ-ん一-鿿、。!「」]{0,14}\Z", rest)) or any(
        "amount" in m.kinds for m in clause.marks if m.start >= mark.end
    )


def month_before(period: Period) -> Period:
    """The month before that of a period."""
    first = add_months(period.start.replace(day=1), -1)
    return Period.month(first.year, first.month)
