"""Changes and directions in Japanese: 27億ドル増えた, 半減した, 横ばいだった."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from saiken.claims.claim import Base, Predicate
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import RATED, of_another
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.roles import Role
from saiken.claims.reading.japanese.scene import MOVE, Draft, Scene, draft, free, worth_of
from saiken.claims.reading.japanese.timing import change_base
from saiken.terms.quantity import Quantity


def changes(scene: Scene, *, told: set[Predicate]) -> list[Draft]:
    """Changes with their sizes, then directions. `told` is what the clause was already read for."""
    out: list[Draft] = []
    peak = peak_of(scene.clause)
    base = Base(peak) if peak else change_base(scene.timing, scene.topic)
    period = scene.timing.period
    out += _multiples(scene, base)
    for one in list(free(scene, Role.SIZE, Role.DIFFERENCE)):
        if one.role is Role.DIFFERENCE and base is None:
            if scene.topic.measure != "equity_index":
                continue
            base = Base("previous")  # 4451円安: as a day's close is told
        if scene.flowing:
            continue
        sign = (
            scene.signed(one.sign)
            if one.head is None or "worth" not in one.head.kinds
            else worth_of(scene, one.head)
        )
        quantity = _as_change(scene, one.amount, sign)
        scene.used.add(one.mark.start)
        if one.head is not None:
            scene.used.add(one.head.start)
        out.append(
            draft(Predicate.CHANGE, quantity=quantity, direction=sign, base=base, period=period)
        )
    for one in free(scene, Role.FORMER):
        if one.sign and not scene.flowing:
            out.append(
                draft(
                    Predicate.DIRECTION, direction=scene.signed(one.sign), base=base, period=period
                )
            )
    if scene.flowing or (told & {Predicate.FLOW} and not scene.clause.has("move")):
        return out
    return out + _directions(scene, base)


def _as_change(scene: Scene, amount: Amount, sign: int) -> Quantity:
    """The amount as the size of a change. Of a yield or a ratio in per cent, Japanese tells changes in
    per cent and means points.
    """
    quantity = amount.quantity
    if amount.kind == "share":
        quantity = quantity.scaled(100, "% change")
    elif amount.kind == "percent":
        quantity = replace(quantity, unit="pp" if scene.topic.measure in RATED else "% change")
    elif scene.topic.measure in {
        "equity_index",
        "volatility_index",
        "stress_index",
    } and amount.kind in {"money", "pp"}:
        quantity = replace(quantity, unit="")
    if quantity.unit == "% change" and scene.topic.measure == "yen_positioning" and scene.short:
        sign = -sign  # a short of -100 that is halved is 50 % less of it
    return quantity.negated() if sign < 0 < quantity.value else quantity


_SLACK = 0.03
"""How far a multiple may be from the one told, as a share of it."""


def _multiples(scene: Scene, base: Base | None) -> list[Draft]:
    """As in 倍増, 2倍に増えた, ピークの3分の1になった: a change by a multiple."""
    clause = scene.clause
    factors: list[tuple[float, Quantity]] = []
    for mark in clause.all("multiple"):
        factor = float(mark.get("multiple"))
        factors.append((factor, _factor(scene, mark, factor)))
        scene.used.add(mark.start)
    for told in list(free(scene, Role.MULTIPLE, Role.LEVEL, Role.SIZE)):
        amount = told.amount
        become = re.match(
            r"(?:近く|以上|程度)?(?:に(?:まで)?(?:増|減|な|膨|拡大|縮|達|落|半)|へ|だ|超|を超)",
            clause.text[told.mark.end : clause.end],
        )
        if amount.kind not in {"multiple", "share"} or not (become or peak_of(clause)):
            continue
        if of_another(clause, told.mark):
            continue
        factor = amount.quantity.value
        if factor < 0:
            continue  # nothing is minus three times what it was
        quantity = replace(amount.quantity, unit="x")
        if amount.kind == "multiple" and not amount.hedge:
            printed = amount.unit / 2 if amount.unit < 1 else 0.0
            quantity = Quantity.around(factor, max(_SLACK * factor, printed), "x")
        factors.append((factor, quantity))
        scene.used.add(told.mark.start)
    out = []
    for factor, quantity in factors:
        out.append(
            draft(
                Predicate.CHANGE,
                quantity=quantity,
                direction=1 if factor > 1 else -1,
                base=base,
                period=scene.timing.period,
            )
        )
        scene.used.update(m.start for m in clause.all("move"))
    return out


def peak_of(clause: Clause) -> str:
    """`peak` or `trough` where the clause measures from one."""
    for mark in clause.all("peak"):
        if re.match(r"(?:時)?(?:の|から|より|に比べ|比|と比べ)", clause.after(mark, 5)):
            return mark.get("peak")
    return ""


def _factor(scene: Scene, mark: Mark, factor: float) -> Quantity:
    """倍増 and 半減 allow `_SLACK` of the factor, more where hedged."""
    before = scene.clause.text[max(0, mark.start - 4) : mark.start]
    after = scene.clause.after(mark, 4)
    slack = _SLACK * factor
    if after.startswith("以上"):
        return (
            Quantity(factor, factor, math.inf, "x")
            if factor > 1
            else Quantity(factor, -math.inf, factor, "x")
        )
    if before.endswith(("ほぼ", "約", "およそ")):
        return Quantity.around(factor, 3 * slack, "x")
    return Quantity.around(factor, slack, "x")


_DESCRIBES = re.compile(
    r"(?:圧力|要因|傾向が|リスク|局面|余地|基調|懸念|ペース|トレンド|率|税|給|産|税|便)"
)


def _directions(scene: Scene, base: Base | None) -> list[Draft]:
    out: list[Draft] = []
    clause = scene.clause
    if clause.has("noun", "change_up", "change_down"):
        return []  # 減少幅は拡大した: how a change went
    for mark in clause.all("move"):
        if (
            mark.start in scene.used
            or _DESCRIBES.match(clause.after(mark, 6))
            or not _last_word(clause, mark)
        ):
            continue
        direction = scene.signed(MOVE[mark.get("move")])
        scene.used.add(mark.start)
        out.append(
            draft(Predicate.DIRECTION, direction=direction, base=base, period=scene.timing.period)
        )
        break
    former = all(told.role is Role.FORMER for told in scene.told)  # 6月末の162円から円高が進んだ
    if not out and scene.topic.measure == "exchange_rate" and former:
        for mark in clause.all("worth"):
            if mark.start not in scene.used and re.search(
                r"進|傾|振れ|転じ|続|なっ|方向", clause.words
            ):
                out.append(
                    draft(
                        Predicate.DIRECTION,
                        direction=worth_of(scene, mark),
                        base=base,
                        period=scene.timing.period,
                    )
                )
                break
    return out


def _last_word(clause: Clause, mark: Mark) -> bool:
    """Whether a move is the clause's predicate: nothing of weight follows but its own ending."""
    rest = clause.text[mark.end : clause.end]
    return bool(
        re.match(
            r"[ぁ-ん、。!]*(?:傾向|続|一方|後|基調|し|となっ|転じ|幅)?[ぁ-ん一-鿿、。!「」]{0,14}\Z",
            rest,
        )
    ) or any("amount" in m.kinds for m in clause.marks if m.start >= mark.end)
