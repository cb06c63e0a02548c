"""Levels, lines crossed and flows in Japanese: 2%を超えた, 1.2兆ドルに達した, 1兆円売り越した."""

from __future__ import annotations

import math
import re
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.amounts import INCLUDED, Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import RATED, of_another, owner_of
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.roles import Role, Told, over_line
from saiken.claims.reading.japanese.scene import Draft, Scene, draft, fits, free, quantity_of
from saiken.claims.reading.japanese.when import When
from saiken.claims.reading.timing import DAILY
from saiken.terms.period import PACES, Period
from saiken.terms.quantity import Quantity

_ZERO = re.compile(
    r"(?P<side>マイナス|プラス)(?:圏|金利|領域)?"
    r"(?:(?P<turned>(?:に|と|へ)(?:なっ|転じ|沈|突入|陥|入|落|転換|浮上))|(?:だ|で(?!\d)|のまま|の状態|となる|が続))"
)
_GAPS = {"hedged_pick_up", "hedged_yield", "yield_gap", "yield_spread"}
"""What people say is positive or negative; of a yield they say that it is a negative rate."""


def below_zero(scene: Scene) -> list[Draft]:
    """As in 長期金利が初めてマイナスとなった, 利回り差はプラスだ: a rate on one side of zero."""
    measured = scene.topic.measure in RATED | _GAPS
    told = _ZERO.search(scene.clause.words) if measured else None
    if told is None:
        return []
    below = told["side"] == "マイナス"
    if not told["turned"] and (scene.topic.measure not in _GAPS or scene.clause.has("amount")):
        return []
    side, bounds = (-1, (-math.inf, 0.0)) if below else (1, (0.0, math.inf))
    first = scene.clause.has("record", "first")
    scope = frozenset({"turned"} if told["turned"] and not first else ())
    fields = {"quantity": Quantity(0.0, *bounds, "%"), "direction": side, "first": first}
    return [draft(Predicate.THRESHOLD, period=scene.timing.period, scope=scope, **fields)]


def turned(scene: Scene) -> list[Draft]:
    """As in 投機筋は円を買い越しに転じた: a position that crosses zero."""
    side = scene.side
    if scene.topic.measure != "yen_positioning" or not side or "転じ" not in scene.clause.words:
        return []
    low, high = (0.0, math.inf) if side > 0 else (-math.inf, 0.0)
    zero = Quantity(0.0, low, high, "contracts")
    return [draft(Predicate.THRESHOLD, quantity=zero, direction=side, period=scene.timing.period)]


_HELD = re.compile(r"推移|維持|保[ちっつ]|とどま|キープ")


def _held_over(scene: Scene) -> dict[str, Any] | None:
    """The time all of whose figures are told, as in 3日以降155円を上回って推移; None where none is."""
    period, base = scene.timing.period, scene.timing.base
    if not _HELD.search(scene.clause.words):
        return None
    if base is not None and base.kind == "period":
        return {"since": base.period}
    return {"period": period} if period is not None and period.days > 1 else None


def lines(scene: Scene, *, held: bool = False) -> list[Draft]:
    """Lines that were crossed; of a flow, a size that it went beyond. `held`: those too that it is
    beyond, since the time told.
    """
    out: list[Draft] = []
    words = scene.clause.words
    first = scene.clause.has("record", "first") or (
        scene.timing.since is not None and bool(re.search(r"の[はが]", words))
    )
    for told in list(free(scene, Role.LINE)):
        if not fits(scene, told.amount):
            continue
        sign = told.sign
        if told.standing and not (first or held):
            continue  # 250%を超えている is a level
        quantity = quantity_of(scene, over_line(told).amount)
        if scene.topic.measure == "yen_positioning" and quantity.value < 0:
            sign = -sign
        scene.used.add(told.mark.start)
        fields = {
            "quantity": quantity,
            "direction": sign,
            "period": scene.timing.period,
            "first": first,
        }
        if first or held:
            fields["since"] = scene.timing.since
            fields["ever"] = scene.timing.since is None and scene.clause.has("record", "ever")
        if "最後に" in words and scene.timing.period is not None:
            fields["scope"] = frozenset({"standing"})  # and not since
        run = scene.clause.value("streak")
        if run[:1] in "123456789" and run and not (scene.flowing or first):
            count, unit = run.split()
            scope = frozenset({PACES[unit]} if unit in PACES else ())
            run_of = {"count": float(count), "of": "level", "scope": scope}
            told_of = {"quantity": quantity, "direction": sign, "period": scene.timing.period}
            out.append(draft(Predicate.STREAK, **told_of, **run_of))
        elif not scene.flowing and not first and (span := _held_over(scene)) is not None:
            kept = {"quantity": quantity, "direction": sign, "of": "level", **span}
            out.append(draft(Predicate.STREAK, **kept))
        elif not scene.flowing:
            out.append(draft(Predicate.THRESHOLD, **fields))
            if sign > 0 and "大台" in scene.clause.after(told.mark, 4):  # has come to just there
                there = quantity_of(scene, told.amount.hedged("band"))
                out.append(draft(Predicate.LEVEL, quantity=there, period=scene.timing.period))
        else:
            side = scene.side or 1
            told_quantity = over_line(told).amount.quantity
            out.append(
                draft(
                    Predicate.FLOW,
                    quantity=told_quantity if side > 0 else told_quantity.negated(),
                    direction=side,
                    period=scene.timing.period,
                )
            )
    return out


def _level(scene: Scene, mark: Mark, amount: Amount) -> Draft:
    """A level; of a list, the subject is the one that the figure stands with."""
    owner = owner_of(scene.clause, mark) if scene.topic.measure in _OWNED else ""
    told: dict[str, Any] = {
        "quantity": quantity_of(scene, amount),
        "period": _own_period(scene, mark) or scene.timing.period,
    }
    summit = _SUMMIT.search(scene.clause.text[scene.clause.start : mark.start])
    if summit is not None and scene.timing.period is not None and scene.timing.since is None:
        high = (summit["high"] is not None) != scene.topic.inverse
        told["extreme"] = "high" if high else "low"
    return draft(Predicate.LEVEL, subject=owner, tenor=scene.tenor_of(mark), **told)


def _own_period(scene: Scene, mark: Mark) -> Period | None:
    """The time that an amount is told to be of, where the clause tells of several: 7月末の4.75%."""
    times = [m for m in scene.clause.all("when") if isinstance(m.item, When) and m.item.period]
    own = next((m for m in times if m.end + 1 == mark.start), None)
    if (
        own is None
        or len(times) < 2
        or scene.clause.text[own.end] != "の"
        or scene.topic.measure not in DAILY
    ):
        return None
    return own.item.period if isinstance(own.item, When) and not own.item.role else None


_SUMMIT = re.compile(
    r"の(?:(?P<high>高値|最高値|ピーク|天井)|安値|最安値|底値|ボトム)(?:は|が|である|、)\Z"
)
"""As in 7月の高値は163円: the highest of that time."""


_OWNED = {"treasury_holdings", "treasury_net_purchases", "reserves", "debt_ratio"}


_LISTED = re.compile(r"(?:、|と|および|及び)")


def _in_step(scene: Scene) -> list[Draft]:
    """As in 日本と中国はそれぞれ1.1兆ドル、0.6兆ドル: each amount of the subject or the maturity in its
    place; a list that is of none of them is left unread.
    """
    run: list[Told] = []
    for told in free(scene, Role.LEVEL):
        between = scene.clause.text[run[-1].mark.end : told.mark.start] if run else ""
        if run and not _LISTED.fullmatch(between):
            break
        run.append(told)
    owned = any(owner_of(scene.clause, told.mark) for told in run)
    if len(run) < 2 or owned or not all(fits(scene, told.amount) for told in run):
        return []
    scene.used.update(told.mark.start for told in run)
    for name, values in (("subject", scene.topic.subjects), ("tenor", scene.topic.tenors)):
        if len(values) == len(run):
            return [
                draft(
                    Predicate.LEVEL, quantity=quantity_of(scene, told.amount), period=scene.timing.period, **{name: value}
                )
                for told, value in zip(run, values, strict=True)
            ]  # fmt: skip
    scene.left.update(told.mark.start for told in run)
    return []


def _formers(scene: Scene) -> list[Draft]:
    """As in 6月の6334億ドルから, 前年同月の3818億ドルを上回る: what it stood at then."""
    base, period = scene.timing.base, scene.timing.period
    out: list[Draft] = []
    if scene.clause.has("noun", "change_up", "change_down"):
        return []  # 減少額は前月の264億ドルから縮小した: no level
    for told in free(scene, Role.FORMER):
        if base is None or not fits(scene, told.amount):
            continue
        scene.used.add(told.mark.start)
        quantity = quantity_of(scene, told.amount)
        if base.kind == "period" and base.period is not None:
            out.append(draft(Predicate.LEVEL, quantity=quantity, period=base.period))
        elif base.kind in {"previous", "year_ago", "ago"}:
            out.append(draft(Predicate.LEVEL, quantity=quantity, period=period, base=base))
    return out


def levels(scene: Scene) -> list[Draft]:
    """Levels: every amount that is left and can be one of the measure."""
    if scene.flowing:
        return []
    out = _in_step(scene) + _formers(scene)
    position = scene.topic.measure == "yen_positioning"  # 4万枚の売り越し is how it stands
    for told in list(free(scene, Role.LEVEL, Role.LINE, *([Role.FLOW] if position else []))):
        amount = over_line(told).amount if told.role is Role.LINE else told.amount
        if not fits(scene, amount) or of_another(scene.clause, told.mark):
            continue
        scene.used.add(told.mark.start)
        kept = _kept_between(scene, amount)
        out += kept or [_level(scene, told.mark, amount)]
    return out


def _kept_between(scene: Scene, amount: Amount) -> list[Draft]:
    """As in 3日以降150円から152円の範囲で推移: above the one and below the other all the time."""
    ranged = amount.hedge in {"range", "bands"} and scene.topic.measure in DAILY
    span = _held_over(scene) if ranged else None
    if span is None:
        return []
    between = quantity_of(scene, amount)
    low, high = between.low, between.high
    low -= amount.unit / 2 if amount.hedge == "range" else low * INCLUDED
    sides = (
        (1, Quantity(low, low, math.inf, between.unit)),
        (-1, Quantity(high, -math.inf, high, between.unit)),
    )
    return [
        draft(Predicate.STREAK, quantity=line, direction=side, of="level", **span)
        for side, line in sides
    ]


def _sized(scene: Scene, told: Told) -> Draft:
    """A flow with its size, negative for a sale. Which way it went may be left unsaid."""
    scene.used.add(told.mark.start)
    quantity = told.amount.quantity
    sign = scene.side or (1 if quantity.value > 0 else -1)
    quantity = quantity.negated() if sign < 0 < quantity.value else quantity
    fields: dict[str, Any] = {"quantity": quantity, "period": scene.timing.period}
    if scene.side or told.amount.signed:
        fields["direction"] = sign
    return draft(Predicate.FLOW, **fields, **_from(scene))


def _from(scene: Scene) -> dict[str, Any]:
    """Since when a flow is told: 2年間で, 9月から."""
    base = scene.timing.base
    return {"base": base} if base is not None and base.kind in {"ago", "period"} else {}


_MONTHS_BACK = {"previous": 1, "year_ago": 12}


def _former_flow(scene: Scene) -> list[Draft]:
    """As in 前月の3400億円から縮小した: the flow of another month, where it is told of which."""
    base, period, side = scene.timing.base, scene.timing.period, scene.side or 1
    then = base.period if base is not None and base.kind == "period" else None
    if base is not None and base.kind in _MONTHS_BACK and period is not None:
        then = period.shift(-_MONTHS_BACK[base.kind]) if period.frequency == "M" else None
    out: list[Draft] = []
    for told in free(scene, Role.FORMER):
        if then is None or told.amount.kind != "money" or not scene.flowing:
            continue
        scene.used.add(told.mark.start)
        quantity = told.amount.quantity if side > 0 else told.amount.quantity.negated()
        out.append(draft(Predicate.FLOW, quantity=quantity, direction=side, period=then))
    return out


_ALL = re.compile(r"(?:全て|すべて|全部|全量|全額|残らず)(?:を)?(?:すでに|既に)?(?:売|手放|処分)")
"""Who has sold all of it holds none."""


_SUM = re.compile(r"計|合わせ|総額|合算|日間で")


def _of_several_days(clause: Clause) -> bool:
    """As in 4月30日、5月4日、6日に計11.7兆円: a sum of days that are listed is of none of them."""
    days = (m.item.period for m in clause.all("when") if isinstance(m.item, When))
    several = sum(day is not None and day.days == 1 for day in days) > 1
    return several and bool(_SUM.search(clause.words))


def _grew(clause: Clause) -> bool:
    """As in 売越額は前週から拡大した: how the size of a flow went, which its side does not tell."""
    trades = [m.start for m in clause.marks if "net" in m.kinds or "flow" in m.kinds]
    return any(m.start > min(trades, default=m.start) for m in clause.all("move"))


def flow(scene: Scene, *, told: set[Predicate]) -> list[Draft]:
    """Purchases and sales. `told` are the predicates that the clause has already been read for."""
    clause = scene.clause
    trades = clause.has("net") or clause.has("flow") or scene.topic.measure == "fx_intervention"
    stock = scene.topic.measure in {"treasury_holdings", "gold_reserves"}
    if scene.topic.measure == "yen_positioning" or not (scene.flowing or (stock and trades)):
        return []
    side = scene.side
    if stock and side < 0 and not clause.has("amount") and _ALL.search(clause.words):
        nothing = Quantity(0.0, 0.0, 0.0, "USD")
        return [draft(Predicate.LEVEL, quantity=nothing, period=scene.timing.period)]
    before = _former_flow(scene)
    sized = [t for t in free(scene, Role.FLOW, Role.LEVEL) if t.amount.kind == "money"]
    if sized and _of_several_days(clause):
        return []
    if sized and not (stock and clause.has("hold") and not clause.has("net")):
        return [*before, _sized(scene, sized[0])]
    if told & {Predicate.STREAK, Predicate.RECORD, Predicate.FLOW} or not side or not trades:
        return []
    if scene.topic.measure == "fx_intervention" and not re.search(
        r"実施|踏み切|行っ|介入した|介入し(?:て|、)|介入に", clause.words
    ):
        return []
    if scene.flowing and _grew(clause):
        return []
    fields: dict[str, Any] = {"direction": side, "period": scene.timing.period}
    return [draft(Predicate.FLOW, **fields, **_from(scene))]
