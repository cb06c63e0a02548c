"""Japanese topics that are rates and prices: yields, spreads, exchange rates, ratios, indices."""

from __future__ import annotations

import re
from dataclasses import replace

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.clues import TENORED, Clues, goes_on
from saiken.claims.reading.japanese.gaps import gap_of
from saiken.claims.reading.topics_derived import DERIVED, PAIR, UNSAID

_QUOTED_IN = {"JPY", "KRW", "CNY", "INR", "CHF", "CAD"}


def thing(clues: Clues) -> Topic | None:
    """Indices and prices that go by a name of their own: VIX, ビットコイン."""
    things = clues.clause.all("thing")
    if not things:
        return None
    measure, _, subject = things[0].get("thing").partition(":")
    if measure == "auction":
        subject = _issuers(clues)[0]
    return Topic(measure, (subject,), explicit=True)


def derived(clues: Clues) -> Topic | None:
    """The pick-up of a hedged Treasury, the cost of the hedge, the carry trade's pay for its risk."""
    measure = clues.clause.value("measure")
    deducted = measure == "hedging_cost" and _HEDGED.search(clues.clause.text)
    if not measure or deducted:
        return _hedged(clues)
    kind = DERIVED[measure]
    whose = () if kind == PAIR else tuple(code for code in clues.places if code != "US")
    return Topic(measure, whose[:1] or (UNSAID[kind],), explicit=True)


_OTHERS_DEBT = re.compile(
    r"(?:企業|家計|民間(?:部門)?|非金融(?:部門)?|対外|地方(?:政府)?|個人|住宅ローン)(?:の)?(?:債務|負債)|総債務(?!残高)|全(?:部門|セクター)|官民"
)
"""Not the debt of a government alone: 企業債務, 家計の債務, 総債務."""


_HEDGED = re.compile(r"ヘッジ(?:後|付き?|込み|コスト(?:を|の)?(?:差し引|控除|考慮|勘案))")
_BENCHMARKS = {(), ("10Y",)}


def _hedged(clues: Clues) -> Topic | None:
    """As in ヘッジ後の米10年債利回り: a yield after the cost of the hedge, which is none of those
    that are published; nothing where it is of another maturity or of another bond.
    """
    if not _HEDGED.search(clues.clause.text):
        return None
    american = "US" in clues.papers or "US" in clues.places or "米" in clues.clause.text
    if not american or _tenors(clues) not in _BENCHMARKS:
        return Topic()
    return Topic("hedged_yield", (UNSAID[DERIVED["hedged_yield"]],), explicit=True)


def ratio(clues: Clues) -> Topic | None:
    """Government debt in per cent of GDP."""
    of_gdp = any(
        isinstance(mark.item, Amount) and mark.item.gdp for mark in clues.clause.all("amount")
    )
    named = clues.has("noun", "debt_ratio") and "money" not in clues.units
    if not of_gdp and not (named and clues.says):
        if (
            goes_on(clues, "debt_ratio")
            and "money" not in clues.units
            and not clues.clause.has("tenor")
        ):
            return replace(
                clues.before,
                subjects=clues.places[:1] or clues.before.subjects,
                explicit=bool(clues.places),
            )
        return None
    if _OTHERS_DEBT.search(clues.clause.words):
        return Topic()
    american = ("US",) if clues.has("noun", "public_debt") else ()
    here = (
        american
        or clues.places
        or (clues.before.subjects if clues.before.measure == "debt_ratio" else ())
        or clues.ctx.places
        or ("JP",)
    )
    return Topic("debt_ratio", here, explicit=True)


_POLICY_BANKS = {"boj": "JP"}


def policy(clues: Clues) -> Topic | None:
    """Policy rates of central banks."""
    if not clues.has("noun", "policy_rate"):
        return None
    bank = next((_POLICY_BANKS[i] for i in clues.investors if i in _POLICY_BANKS), "")
    return Topic(
        "policy_rate",
        clues.places[:1] or ((bank,) if bank else clues.ctx.places[:1] or ("JP",)),
        explicit=True,
    )


def exchange(clues: Clues) -> Topic | None:
    """Currencies against each other, as the pair that the market quotes."""
    clause = clues.clause
    pairs, per = clause.all("pair"), clause.all("per")
    if clues.papers or clues.has("noun") or clues.clause.has("tenor"):
        return None
    if pairs:
        return Topic("exchange_rate", (pairs[0].get("pair"),), explicit=True)
    if per:
        quoted = next(iter(clues.currencies - {per[0].get("per")}), "JPY")
        inverse = _told_of(clause) == quoted  # 円は1ドル=158円台に下落
        return Topic(
            "exchange_rate", (f"{per[0].get('per')}{quoted}",), inverse=inverse, explicit=True
        )
    against = clause.value("against")
    currency = _told_of(clause)
    if currency or against:
        main = currency or "JPY"
        if clues.says and not clues.has("flow"):
            return _pair(main, against or next(iter(clues.currencies - {main}), ""))
    if goes_on(clues, "exchange_rate"):
        return clues.before
    worth = clause.value("worth")
    if worth and (
        clues.units
        or clues.has("move")
        or clues.has("extreme")
        or clues.has("record")
        or _advances(clause)
    ):
        topic = _pair(worth[:3], against)
        return replace(topic, inverse=False) if topic is not None else None
    return None


def _told_of(clause: Clause) -> str:
    """The currency that the clause is about."""
    for mark in clause.all("currency"):
        if clause.after(mark, 1) in {"は", "が", "、", "も", "の"}:
            return mark.get("currency")
    return ""


def _advances(clause: Clause) -> bool:
    return any(word in clause.words for word in ("進", "傾", "振れ", "に転じ", "続"))


def _pair(main: str, other: str) -> Topic | None:
    """The pair of `main` against `other`, the dollar or the yen where none is named."""
    if main == "USD":
        other = other or "JPY"
        if other in {"EUR", "GBP", "AUD"}:
            return Topic("exchange_rate", (f"{other}USD",), inverse=True, explicit=True)
        return Topic("exchange_rate", (f"USD{other}",), explicit=True)
    if main in {"EUR", "GBP", "AUD"}:
        return Topic(
            "exchange_rate",
            (f"{main}{other or ('JPY' if main != 'EUR' else 'USD')}",),
            explicit=True,
        )
    if main in _QUOTED_IN:
        return Topic("exchange_rate", (f"{other or 'USD'}{main}",), inverse=True, explicit=True)
    return None


def _issuers(clues: Clues) -> tuple[str, ...]:
    """Whose yields: the maturity's own prefix, the paper, the place, what is in force, else Japan,
    whose language it is.
    """
    told = tuple(
        dict.fromkeys(
            mark.get("issuer") for mark in clues.clause.all("tenor") if mark.get("issuer")
        )
    )
    papers = tuple(code for code in clues.papers if len(code) == 2)
    if told or papers:
        return told or papers
    if clues.places:
        return clues.places
    if clues.before.measure in TENORED and (clues.own or not clues.clause.has("tenor")):
        return clues.before.subjects
    return (clues.ctx.issuer or "JP",)


def _tenors(clues: Clues) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.get("tenor") for mark in clues.clause.all("tenor")))


def _years(tenor: str) -> float:
    return int(tenor[:-1]) / (12 if tenor.endswith("M") else 1) if tenor[:-1].isdigit() else 0.0


def spread(clues: Clues) -> Topic | None:
    """Differences of two maturities of one curve, or of two countries."""
    if clues.has("noun", "gap"):
        tenors = tuple(t for t in _tenors(clues) if t != "super")
        return Topic(
            "yield_gap",
            ("US-JP",),
            tenors[:1] or ("10Y",),
            explicit=True,
            sure=1.0 if tenors else 0.8,
        )
    two = clues.clause.value("two")
    if two and clues.has("noun", "spread"):
        tenors = tuple(t for t in _tenors(clues) if t != "super")
        return Topic("yield_gap", (two,), tenors[:1] or ("10Y",), explicit=True)
    if gap := gap_of(clues.clause):
        return Topic("yield_spread", _issuers(clues), (gap.pair,), explicit=True)
    if not clues.has("noun", "spread"):
        return (
            clues.before
            if goes_on(clues, "yield_spread", "yield_gap") and not clues.clause.has("tenor")
            else None
        )
    tenors = tuple(sorted((t for t in _tenors(clues) if t != "super"), key=_years))
    if len(tenors) == 2:
        return Topic("yield_spread", _issuers(clues), (f"{tenors[0]}-{tenors[1]}",), explicit=True)
    if len(clues.places) == 2:
        return Topic("yield_gap", ("-".join(clues.places),), tenors[:1] or ("10Y",), explicit=True)
    return None


def yields(clues: Clues) -> Topic | None:
    """Yields of government bonds."""
    tenors = _tenors(clues)
    named = clues.has("noun", "yield")
    dealing = (
        clues.trades or clues.has("hold") or "money" in clues.units or clues.has("noun", "holdings")
    )
    rated = (
        bool(clues.units & {"percent", "bp", "pp", "plain"})
        or clues.has("move")
        or clues.has("extreme")
        or clues.has("record")
        or clues.has("cross")
    )
    if dealing and not named and not (tenors and "percent" in clues.units):
        return None
    if not named and not (tenors and rated):
        if (
            goes_on(clues, "government_yield")
            and rated
            and not clues.holders
            and not clues.investors
        ):
            return replace(
                clues.before,
                subjects=clues.before.subjects,
                tenors=tenors or clues.before.tenors,
                explicit=False,
            )
        return None
    if not tenors:
        follows = (
            clues.before.measure == "government_yield" and not clues.papers and not clues.places
        )
        tenors = clues.before.tenors if follows else ("",)
    return Topic("government_yield", _issuers(clues), tenors, explicit=True)
