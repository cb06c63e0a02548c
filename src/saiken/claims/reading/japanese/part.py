"""What a change came from, in Japanese: その大半は売却だった, 半分は評価損だった."""

from __future__ import annotations

import math
import re
from typing import Any

from saiken.claims.claim import Predicate
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.scene import Draft, draft
from saiken.terms.quantity import Quantity

_TOLD = re.compile(
    r"(?:その|この|うち)(?:減少|増加)?(?:分|額)?(?:の)?(?:ほぼ|約)?(?P<share>大半|大部分|ほとんど|過半|半分|全て|すべて|全部)(?:は|が)"
    r"(?:(?P<sold>売却|売り|売り越し)|(?P<bought>購入|買い増し|買い|買い越し)|(?P<priced>評価損|評価益|価格(?:変動|下落|上昇)))"
)
_SHARES = {
    "半分": Quantity.around(0.5, 0.03, "ratio"),
    **dict.fromkeys(("全て", "すべて", "全部"), Quantity.around(1.0, 0.05, "ratio")),
}
_MOST = Quantity(0.5, 0.5, math.inf, "ratio")


def of_told(clause: Clause, change: dict[str, Any]) -> list[Draft]:
    """The part of a change just told, with its size, that was traded or is valuation."""
    told = _TOLD.search(clause.words)
    whole = change["quantity"]
    if told is None or not whole.value or whole.unit != "USD" or change["base"] is not None:
        return []
    share = _SHARES.get(told["share"], _MOST)
    sign = 1 if whole.value > 0 else -1
    side = sign if told["priced"] else 1 if told["bought"] else -1
    size = share.scaled(side * abs(whole.value), whole.unit)
    other = {"measure": "treasury_valuation"} if told["priced"] else {}
    return [draft(Predicate.FLOW, quantity=size, direction=side, period=change["period"], **other)]
