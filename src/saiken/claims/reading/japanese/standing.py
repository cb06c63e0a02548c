"""How subjects stand to each other, and for how long: ranks, comparisons, streaks, shares."""

from __future__ import annotations

import re
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.clues import owner_of, versus_of
from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.roles import Role, over_line
from saiken.claims.reading.japanese.scene import HOLDINGS, MOVE, Draft, Scene, draft, free, worth_of
from saiken.terms.period import PACES, Period


def rank(scene: Scene) -> list[Draft]:
    """Ranks among holders: 首位, 第2位の債権国, 中国を抜いた."""
    clause = scene.clause
    if scene.topic.measure not in HOLDINGS:
        return []
    listed = _listed(scene)
    if listed:
        return listed
    versus = tuple(dict.fromkeys(m.get("place") or m.get("holder") for m in versus_of(clause)))
    place = next((int(m.get("rank")) for m in clause.all("rank") if m.get("rank").isdigit()), None)
    if place is not None and "に次" in clause.words:  # 英国に次ぐ3位: behind it, by the place
        versus = ()
    overtaken = [m for m in clause.all("rank", "overtake") if versus]
    top = clause.has("rank", "top") or bool(
        re.search(
            r"最も多く(?:の米国債を)?保有|(?:世界|海外|外国)?(?:で)?最大の(?:米国債|海外|外国|対米)?(?:の)?(?:保有|債権)(?:国|者)?",
            clause.words,
        )
    )
    if place is None and top:
        place = 1
    if place is None and not overtaken:
        if not (
            versus
            and re.search(r"を上回(?:っ|り)|を超え(?:て|、)", clause.words)
            and not clause.has("compare", "combined")
            and not clause.has("amount")
        ):
            return []
        overtaken = [clause.marks[0]]
    lost = bool(re.search(r"に(?:抜かれ|首位を譲|逆転され)|転落|陥落", clause.words))
    if place is None and lost:
        return []
    scope = {"foreign"} if _FOREIGN.search(clause.text) else set()
    fields: dict[str, Any] = {
        "period": scene.timing.period,
        "versus": versus,
        "scope": frozenset(scope),
        "rank": place,
    }
    if place is not None:
        fields["extreme"] = "high"
    if versus or overtaken:
        fields["direction"] = 1
    scene.used.update(m.start for m in clause.all("extreme"))
    return [draft(Predicate.RANK, **fields)]


def _listed(scene: Scene) -> list[Draft]:
    """As in 2位の英国, 3位は中国: each rank with the country that it is said of."""
    found = [
        (int(m.get("rank")), owner_of(scene.clause, m))
        for m in scene.clause.all("rank")
        if m.get("rank").isdigit()
    ]
    scope = frozenset({"foreign"} if _FOREIGN.search(scene.clause.text) else ())
    return [
        draft(
            Predicate.RANK,
            rank=place,
            subject=owner,
            extreme="high",
            period=scene.timing.period,
            scope=scope,
        )
        for place, owner in found
        if owner
    ]


_FOREIGN = re.compile(r"海外|外国|国別|保有国|債権国|債権者|世界")


def comparison(scene: Scene) -> list[Draft]:
    """Comparisons with other holders: より多い, の2倍, の合計を上回る."""
    clause = scene.clause
    versus = tuple(dict.fromkeys(m.get("place") or m.get("holder") for m in versus_of(clause)))
    if not versus and clause.has("compare", "combined"):
        return _together(scene)
    if not versus or clause.has("rank"):
        return []
    combined = clause.has("compare", "combined") or len(versus) > 1
    fields: dict[str, Any] = {
        "versus": versus,
        "period": scene.timing.period,
        "scope": frozenset({"combined"} if combined else ()),
    }
    for told in free(scene, Role.MULTIPLE):
        if told.amount.quantity.value < 0:
            return []  # nothing is minus three times another
        scene.used.add(told.mark.start)
        side = {"over": 1, "under": -1, "nearly": -1, "at least": 1}.get(told.amount.hedge)
        return [
            draft(Predicate.COMPARISON, **fields, count=told.amount.quantity.value, direction=side)
        ]
    for told in free(scene, Role.DIFFERENCE):
        scene.used.add(told.mark.start)
        quantity = told.amount.quantity
        return [
            draft(
                Predicate.COMPARISON,
                **fields,
                quantity=quantity if told.sign > 0 else quantity.negated(),
                direction=told.sign,
            )
        ]
    less = bool(re.search(r"より(?:も)?(?:少な|小さ|低)|を下回", clause.words))
    more = bool(
        re.search(
            r"より(?:も)?(?:はるかに|ずっと)?(?:多|大き|高)|を(?:はるかに|大きく)?上回|を超え|(?:合計|合算|合わせた?額?)(?:した?)?(?:額|分)?より",
            clause.words,
        )
    )
    if not (less or more):
        return []
    stative = combined or not re.search(r"を上回(?:っ|り)", clause.words)
    return [draft(Predicate.COMPARISON, **fields, direction=-1 if less else 1)] if stative else []


def _together(scene: Scene) -> list[Draft]:
    """As in 日本と中国は合わせて1.9兆ドル: the level of a sum, `A+B` its subject."""
    who = "+".join(scene.topic.subjects)
    if len(scene.topic.subjects) < 2 or scene.topic.measure not in HOLDINGS:
        return []
    for told in free(scene, Role.LEVEL, Role.LINE):
        if told.amount.kind == "money":
            scene.used.add(told.mark.start)
            quantity = (
                over_line(told).amount.quantity if told.role is Role.LINE else told.amount.quantity
            )
            scope = frozenset({"combined"})
            return [
                draft(
                    Predicate.COMPARISON,
                    quantity=quantity,
                    period=scene.timing.period,
                    subject=who,
                    scope=scope,
                )
            ]
    return []


def streak(scene: Scene) -> list[Draft]:
    """Runs of rises, falls, purchases and sales: 5か月連続, 毎月."""
    clause = scene.clause
    out: list[Draft] = []
    for mark in clause.all("streak"):
        count, unit = mark.get("streak").split()
        direction, of = _drift(scene, mark)
        if of == "flow" and scene.topic.measure == "yen_positioning":
            of = "level"  # so many weeks short
        if direction is None:
            continue
        period = scene.timing.period
        length: float | None = float(count) or None
        if length is None and period is not None and unit == "month" and period.days > 31:
            length = (
                (period.end.year - period.start.year) * 12
                + period.end.month
                - period.start.month
                + 1
            )
            period = Period.month(period.end.year, period.end.month)
        if length is None:
            continue
        scope = frozenset({PACES[unit]} if unit in PACES else ())
        out.append(
            draft(
                Predicate.STREAK,
                count=length,
                direction=direction,
                of=of,
                period=period,
                scope=scope,
            )
        )
        scene.used.update(
            m.start for m in clause.marks if "move" in m.kinds and m.start >= mark.start
        )
    return out


def _drift(scene: Scene, mark: Mark) -> tuple[int | None, str]:
    clause = scene.clause
    positioned = scene.topic.measure == "yen_positioning" and clause.has("move")
    if (clause.has("net") or clause.has("flow")) and not positioned:
        return scene.side, "flow"
    moves = [m for m in clause.all("move") if m.start >= mark.start] or clause.all("move")
    if moves and moves[0].get("move") != "flat":
        return scene.signed(MOVE[moves[0].get("move")]), "change"
    if scene.flowing and scene.side:
        return scene.side, "flow"
    for worth in clause.all("worth"):
        return worth_of(scene, worth), "change"
    return None, ""


def share(scene: Scene) -> list[Draft]:
    """A part of a whole, as `ratio` in 0..1; `versus` is the whole."""
    held = scene.topic.measure == "jgb_holders"
    if not held and scene.topic.measure not in {"treasury_holdings", "treasury_net_purchases"}:
        return []
    out: list[Draft] = []
    for told in free(scene, Role.SHARE, *((Role.LINE,) if held else ())):
        if told.amount.kind not in {"percent", "share"}:
            continue
        quantity = (over_line(told) if told.role is Role.LINE else told).amount.quantity
        if quantity.unit == "%":
            quantity = quantity.divided(100, "ratio")
        scene.used.add(told.mark.start)
        text = scene.clause.text
        whole = (
            "public"
            if "市中" in text
            else "debt"
            if re.search(r"連邦債務|政府債務|発行残高", text)
            else "all"
        )
        if whole in scene.topic.subjects:
            whole = "debt"
        whole = "total" if held else whole
        joint = "+".join(scene.topic.subjects) if scene.clause.has("compare", "combined") else ""
        out.append(
            draft(
                Predicate.SHARE,
                quantity=quantity,
                period=scene.timing.period,
                versus=(whole,),
                subject=joint,
            )
        )
    return out
