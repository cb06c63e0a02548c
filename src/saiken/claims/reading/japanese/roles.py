"""What an amount is in its clause, told by the particle after it and the predicate that follows."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause, former_time
from saiken.claims.reading.japanese.marks import Mark
from saiken.terms.immutable import immutable


class Role(StrEnum):
    LEVEL = "level"
    SIZE = "size"  # of a change
    FLOW = "flow"  # of a purchase or sale
    LINE = "line"  # crossed
    DIFFERENCE = "difference"
    SHARE = "share"
    MULTIPLE = "multiple"
    FORMER = "former"  # what has been: "1.1兆ドルから"
    LACK = "lack"  # by how much a line is missed, and the line: "1兆ドルに20億ドル足りない"


@immutable()
class Told:
    """An amount with its role, the mark of its predicate, and which way (+1 up, over or more)."""

    mark: Mark
    amount: Amount
    role: Role
    head: Mark | None = None
    sign: int = 0
    standing: bool = False
    """Of a line: that it is beyond it, rather than that it went there."""


_OVER = re.compile(
    r"(?:の大台|の節目|の水準|台|の壁)?(?:を|に)?(?:大きく|大幅に|小幅に|わずかに|はるかに|一時|初めて|再び|、|に)*(?P<word>超え|超す|超し|超(?=の|、|で|と|に)|上回|突破|回復|越え|乗せ|乗っ|上抜)"
)
_UNDER = re.compile(
    r"(?:の大台|の節目|の水準|台)?(?:を)?(?:大きく|大幅に|小幅に|わずかに|一時|初めて|再び|、)*(?P<word>割り込|割っ|割れ|割る|割り(?!合)|下回|切っ|切る|下抜)"
)
_SHORT_OF = re.compile(
    r"に(?:(迫|近づ)|(?:満た|届か|達し|達していな|達してい|達してお)(?:な|ず|い|ら))"
)
_STANDING = re.compile(
    r"[ぁ-ん]{0,2}(?:て|で)(?:い|お)|る(?!と|の[はが])|[ぁ-ん]{0,2}る[規水巨額高米国日]|す"
)
_SIZE = re.compile(
    r"(?:の|だけ|も|もの|ほど|分|ずつ|近く|、|だけの|分の|の大幅な|の小幅な|の大幅|の小幅)?\Z"
)
_OBJECT = re.compile(r"(?:それぞれ|ずつ|ほど|も|、)*[^、。はがに]{1,16}を(?:大幅に|小幅に|さらに)?")
_CHANGES = re.compile(r"減ら|増や|積み増|積み上|削|圧縮|縮小さ|拡大さ")
"""As in 30億ドル米国債の保有を増やした: by so much, what stands before the object of such a verb."""
_TO = re.compile(r"(?:台)?(?:に|まで|へ|にまで)(?:と|、)?\Z")
_MORE = re.compile(
    r"(?:も|ほど|だけ|の)?(?:多い|多く|多かっ|大きい|大きく|高い|高く|高かっ|高(?=の|で|と|、|。|に|\Z))"
)
_LESS = re.compile(
    r"(?:も|ほど|だけ|の)?(?:少ない|少なく|少なかっ|小さい|小さく|低い|低く|低かっ|安い|安く|安(?=の|で|と|、|。|に|\Z))"
)
_SHARE = re.compile(r"(?:を|に|と)?(?:、)?(?:占め|当たる|あたる|相当)|を(?:保有|持つ|持っ|所有)")
_OF_FLOW = re.compile(r"(?:の|も|もの|を|分の|分を|ほど|だけ|、|ほどの|相当の|相当を|と)*\Z")
_HELD = re.compile(r"(?:の|もの|分の|相当の|ほどの|近い|近くの)")


def roles_of(clause: Clause, *, flowing: bool, rated: bool = False) -> list[Told]:
    """The amounts of a clause with their roles. `flowing`: its measure is one of purchases; `rated`:
    it is a rate, which can be negative.
    """
    return [
        _role(clause, mark, mark.item, flowing=flowing, rated=rated)
        for mark in clause.all("amount")
        if isinstance(mark.item, Amount)
    ]


def _told_of_then(clause: Clause, mark: Mark) -> bool:
    """As in 前年同月は3818億ドル: what it was at the time named right before it."""
    times = (m for m in clause.all("when", "year_ago") if m.end == mark.start)
    return any(clause.text[m.end - 1] in "のは" for m in times)


_OF_THEN = re.compile(
    r"(?:を|に)?(?:初めて|一時)?(?:割り込ん|割っ|超え|付け|つけ|記録し|下回っ|上回っ|突破し|乗せ|達し)[ただ]"
)
_DONE_TO = re.compile(r"(減ら|増や|積み増)した(?:の|米国債|分|額|保有額?)+は(?:、|合計|計)*\Z")
"""6月に減らした米国債は264億ドル: by so much."""
_LACKS = re.compile(r"(?:ほど|だけ|も|余り)?(?:足りな|足りず|及ばな|及ばず|届かな|届かず)")


def _lacking(clause: Clause, mark: Mark) -> bool:
    """Whether the next amount, right after, tells how much lacks to this one."""
    following = next((m for m in clause.all("amount") if m.start == mark.end + 1), None)
    return following is not None and bool(_LACKS.match(clause.text, following.end))


def _next_head(clause: Clause, mark: Mark) -> Mark | None:
    kinds = ("move", "flow", "net", "multiple", "hold")
    for other in clause.marks:
        if other.start >= mark.end and any(kind in other.kinds for kind in kinds):
            return other
        if other.start >= mark.end and "amount" in other.kinds:
            return None
    return None


def _role(clause: Clause, mark: Mark, amount: Amount, *, flowing: bool, rated: bool) -> Told:
    after = clause.text[mark.end : min(clause.end, mark.end + 16)]
    if amount.kind == "multiple":
        return Told(mark, amount, Role.MULTIPLE)
    of_then = _OF_THEN.match(after)
    if of_then and any(m.start == mark.end + of_then.end() for m in clause.all("when")):
        return Told(mark, amount, Role.LACK)  # 160円を割り込んだ8月3日以降: of that day
    if _LACKS.match(after) or (after.startswith("に") and _lacking(clause, mark)):
        return Told(mark, amount, Role.LACK)
    if after.startswith(("上回", "下回")):  # by so much
        return Told(mark, amount, Role.DIFFERENCE, None, 1 if after[0] == "上" else -1)
    if former_time(clause, mark) is not None:
        return Told(mark, amount, Role.FORMER, None, {"を上": 1, "を下": -1}.get(after[:2], 0))
    if _told_of_then(clause, mark):
        return Told(mark, amount, Role.FORMER)
    short = _SHORT_OF.match(after)
    if short:
        hedge = "nearly" if short[1] else "under"
        return Told(mark, amount.hedged(hedge), Role.LEVEL)
    for pattern, sign in ((_OVER, 1), (_UNDER, -1)):
        match = pattern.match(after)
        if match and not (amount.hedge == "over" and match["word"].startswith("超")):
            rest = clause.text[mark.end + match.end() : clause.end]
            return Told(mark, amount, Role.LINE, None, sign, bool(_STANDING.match(rest)))
    if re.match(r"(?:の|を)?(?:か|)から(?!の)", after):
        return Told(mark, amount, Role.FORMER)
    if (_SHARE.match(after) and amount.kind != "money") or (
        clause.has("share") and amount.kind in {"percent", "share"}
    ):
        return Told(mark, amount, Role.SHARE)
    for pattern, sign in ((_MORE, 1), (_LESS, -1)):
        if pattern.match(after):
            return Told(mark, amount, Role.DIFFERENCE, None, sign)
    return _by_head(clause, mark, amount, flowing=flowing, rated=rated)


def _by_head(clause: Clause, mark: Mark, amount: Amount, *, flowing: bool, rated: bool) -> Told:
    head = _next_head(clause, mark)
    gap = clause.text[mark.end : head.start] if head is not None else ""
    done = _DONE_TO.search(clause.text, clause.start, mark.start)
    if done is not None:
        return Told(mark, amount, Role.SIZE, None, -1 if done[1] == "減ら" else 1)
    noun = _change_noun(clause, mark)
    if noun:  # 減少額は170億ドルに拡大した
        return Told(mark, amount, Role.SIZE, None, 1 if noun == "change_up" else -1)
    if head is not None and ("move" in head.kinds or "multiple" in head.kinds):
        sign = {"up": 1, "down": -1}.get(head.get("move"), 0)
        by = sign and _OBJECT.fullmatch(gap) and _CHANGES.match(clause.text, head.start)
        if by:
            return Told(mark, amount, Role.SIZE, head, sign)
        if _TO.search(gap) and len(gap) < 16:
            return Told(mark, amount, Role.LEVEL, head, sign)
        if (
            sign
            and _SIZE.fullmatch(re.sub(r"(?:大幅|小幅|急|、|に|と)*\Z", "", gap))
            and len(gap) < 10
        ):
            return Told(mark, amount, Role.SIZE, head, sign)
    if head is not None and ("net" in head.kinds or "flow" in head.kinds):
        thing = any("paper" in m.kinds for m in clause.marks if mark.end <= m.start < head.start)
        if _OF_FLOW.fullmatch(gap) or (thing and _HELD.match(gap)) or flowing:
            return Told(mark, amount, Role.FLOW, head)
    at = rated and amount.kind == "percent" and not clause.has("when", "previous", "year_ago")
    if amount.signed and amount.kind in {"bp", "pp", "money", "percent"} and not (flowing or at):
        return Told(mark, amount, Role.SIZE, None, 1 if amount.quantity.value > 0 else -1)
    if flowing:
        return Told(mark, amount, Role.FLOW, _flow_before(clause, mark))
    worth = next(
        (
            m
            for m in clause.all("worth")
            if m.start >= mark.end
            and clause.text[mark.end : m.start] in {"", "の", "ほど", "も", "の大幅な"}
        ),
        None,
    )
    if worth is not None:
        return Told(mark, amount, Role.SIZE, worth, 1 if worth.get("worth")[3] == "+" else -1)
    return Told(
        mark, amount, Role.LEVEL, head if head is not None and "hold" in head.kinds else None
    )


def _change_noun(clause: Clause, mark: Mark) -> str:
    """The noun that makes the amount one of a change: 減少額は170億ドル."""
    found = [
        m.get("noun") for m in clause.all("noun", "change_up", "change_down") if m.end <= mark.start
    ]
    return found[-1] if found else ""


def _flow_before(clause: Clause, mark: Mark) -> Mark | None:
    found = [
        m for m in clause.marks if m.end <= mark.start and ("net" in m.kinds or "flow" in m.kinds)
    ]
    return found[-1] if found else None


def over_line(told: Told) -> Told:
    """A line as what it allows: beyond it, on the side that the words name."""
    return replace(told, amount=told.amount.hedged("over" if told.sign > 0 else "under"))
