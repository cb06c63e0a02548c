"""Releases in Japanese: 12月分の公表は2月18日, 次回の発表は, まだ公表されていない."""

from __future__ import annotations

import re
from typing import Any

from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.when import When
from saiken.terms.period import Period

_MOF = re.compile(r"財務省|介入|外貨準備|対外|対内")
_NAMED = re.compile(r"介入|外貨準備|対外|対内")
_CFTC = re.compile(r"CFTC|商品先物取引委員会|投機筋")
_MOF_MEASURES = {
    "foreign_bond_flows",
    "inbound_bond_flows",
    "inbound_equity_flows",
    "foreign_equity_flows",
    "fx_intervention",
    "reserves",
}
_NOUN = re.compile(
    r"(?:公表|発表|公開)(?:日|予定日|予定)?(?:は|が)|(?:公表|発表|公開)(?:され|予定|済|した(?:のは|。|\Z))|(?:公表|発表)(?:待ち)?(?:。|\Z|!)|(?:は|が|に)、?(?:公表|発表)"
)
_SOURCE = re.compile(
    r"(?:公表|発表|公開)(?:した|された|の)(?!のは)(?=[^、。は]{1,40}(?:によると|によれば|では|は|で))"
)
_UNPUBLISHED = re.compile(
    r"未公表|未発表|まだ(?:公表|発表)|(?:公表|発表)されて(?:い|お)(?:ない|らず|ません)"
)
_NEXT = re.compile(r"次回|次の[^、。はが]{0,12}(?:公表|発表|統計|データ|数字)|次は")
_LATEST = re.compile(r"最新")


def read(
    clauses: list[Clause], measure: str, told: Period | None = None
) -> list[tuple[Clause, dict[str, Any]]]:
    """(clause, fields of the claim) for each clause that says when figures come out. `measure` and
    `told` are what was told last, and the period of its data.
    """
    out = []
    for clause in clauses:
        text = clause.words
        if (
            clause.quoted
            or not (_NOUN.search(text) or _UNPUBLISHED.search(text))
            or _SOURCE.search(text)
        ):
            continue
        if clause.has("amount") or clause.has("net") or clause.has("move"):
            continue
        fields = _fields(clause, measure, told)
        if fields:
            out.append((clause, fields))
    return out


def _fields(clause: Clause, measure: str, told: Period | None) -> dict[str, Any]:
    """The data's period is the month named with 分, の or は; the day named is when it comes out."""
    data: Period | None = None
    published: Period | None = None
    for mark in clause.all("when"):
        when = mark.item
        if not isinstance(when, When) or when.period is None:
            continue
        ahead = when.coming if when.coming is not None and not _past(clause) else when.period
        of_data = clause.text[mark.start : mark.end].endswith("分") or clause.text.startswith(
            ("の", "は", "末の"), mark.end
        )
        if (
            when.period.frequency in {"M", "Q", "W"}
            and data is None
            and (of_data or published is not None)
        ):
            data = when.period
        elif published is None:
            published = ahead
    scope = {
        name
        for name, pattern in (("unpublished", _UNPUBLISHED), ("next", _NEXT), ("latest", _LATEST))
        if pattern.search(clause.words)
    }
    if published is None and not (data is not None and "unpublished" in scope):
        return {}
    subject = _publisher(clause.text, measure)
    if subject == "mof" and data is None and "next" not in scope and not _NAMED.search(clause.text):
        subject, data = measure or subject, told  # 財務省が7日公表した: what was told before
    return {
        "subject": subject,
        "period": data,
        "published": published,
        "scope": frozenset(scope),
    }


def _past(clause: Clause) -> bool:
    return bool(re.search(r"(?:公表|発表|公開)(?:された|されて|した|済)", clause.words))


def _publisher(text: str, measure: str) -> str:
    if _CFTC.search(text) or measure == "yen_positioning":
        return "cftc"
    return "mof" if (_MOF.search(text) and "TIC" not in text) or measure in _MOF_MEASURES else "tic"
