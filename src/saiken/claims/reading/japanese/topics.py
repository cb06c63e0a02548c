"""What a Japanese clause is about: the measure of the catalog, whose it is, which maturities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from saiken.claims.reading.context import Topic
from saiken.claims.reading.japanese.amounts import Amount
from saiken.claims.reading.japanese.clauses import Clause
from saiken.claims.reading.japanese.marks import Mark
from saiken.terms.period import Period

_QUOTED_IN = {"JPY", "KRW", "CNY", "INR", "CHF", "CAD"}
_YEN_BONDS = {"JP", "JP_equity", "JP_short"}
_HOLDS = {"treasury_holdings", "treasury_net_purchases", "jgb_holders"}
FLOWS = {
    "treasury_net_purchases", "foreign_bond_flows", "foreign_equity_flows", "inbound_bond_flows", "inbound_equity_flows", "fx_intervention",
    "capital_flows", "jgb_investor_flows",
}  # fmt: skip
RATED = {"government_yield", "yield_spread", "yield_gap", "policy_rate", "debt_ratio"}
TENORED = {"government_yield", "yield_spread", "yield_gap"}


@dataclass(slots=True)
class Context:
    """What is in force from sentence to sentence."""

    dated: date
    topic: Topic = field(default_factory=Topic)
    holders: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    issuer: str = ""
    period: Period | None = None
    family: str = ""


@dataclass(frozen=True, slots=True)
class Clues:
    """A clause with what finding its topic needs. `own` is set where this sentence set `before`."""

    clause: Clause
    before: Topic
    ctx: Context
    own: bool
    places: tuple[str, ...]
    holders: tuple[str, ...]
    investors: tuple[str, ...]
    papers: tuple[str, ...]
    units: frozenset[str]

    def has(self, kind: str, *values: str) -> bool:
        return self.clause.has(kind, *values)

    @property
    def trades(self) -> bool:
        return self.has("flow") or self.has("net")

    @property
    def says(self) -> bool:
        return bool(self.units) or any(self.has(kind) for kind in ("move", "extreme", "record", "cross", "streak", "multiple", "rank", "worth"))

    @property
    def currencies(self) -> set[str]:
        return {mark.item.quantity.unit for mark in self.clause.all("amount", "money") if isinstance(mark.item, Amount)}


def versus_of(clause: Clause) -> list[Mark]:
    """The places compared with: before より, の合計を, を上回る, を抜いて, の2倍."""
    found: list[Mark] = []
    places = [mark for mark in clause.marks if "place" in mark.kinds or "holder" in mark.kinds]
    for place in places:
        after = clause.after(place, 14)
        if after.startswith(("より", "を抜", "を追い", "を上回", "を下回", "に次", "と比べ", "に比べ", "を超え", "にとってかわ", "に取って代わ", "に抜かれ")):
            found.append(place)
    for joint in clause.all("compare", "combined"):
        found += [place for place in places if place.end <= joint.start and joint.start - place.end <= 12 and place not in found]
    for amount in clause.all("amount", "multiple"):
        found += [p for p in places if clause.text[p.end : amount.start] in {"の", "のおよそ", "の約", "のほぼ"} and p not in found]
    return sorted(found, key=lambda mark: mark.start)


def gather(clause: Clause, before: Topic, ctx: Context, *, own: bool) -> Clues:
    """The clues of a clause; `before` is the topic in force."""
    versus = versus_of(clause)
    names = [mark for mark in clause.marks if mark not in versus]
    return Clues(
        clause, before, ctx, own,
        tuple(dict.fromkeys(code for mark in names if (code := mark.get("place")))),
        tuple(dict.fromkeys(code for mark in names if (code := mark.get("holder")))),
        tuple(dict.fromkeys(mark.kinds["investor"] for mark in names if "investor" in mark.kinds)),
        tuple(dict.fromkeys(mark.get("paper") for mark in names if "paper" in mark.kinds)),
        frozenset(mark.get("amount") for mark in clause.all("amount")),
    )  # fmt: skip


def _goes_on(clues: Clues, *measures: str) -> bool:
    """Whether a clause without a topic of its own may be about what went before."""
    if clues.before.measure not in measures or clues.papers or clues.has("noun") and not clues.has("noun", "holdings", "amount", "change_up", "change_down", "yield"):
        return False
    return not clues.has("thing") and not clues.has("none") and (clues.says or clues.trades)


def _thing(clues: Clues) -> Topic | None:
    things = clues.clause.all("thing")
    if not things:
        return None
    measure, _, subject = things[0].get("thing").partition(":")
    return Topic(measure, (subject,), explicit=True)


def _positioning(clues: Clues) -> Topic | None:
    named = clues.has("noun", "positioning")
    follows = clues.before.measure == "yen_positioning" and (clues.trades or "contracts" in clues.units)
    if not (named or "contracts" in clues.units or follows) or (clues.papers and "contracts" not in clues.units):
        return None
    currency = next((m.get("currency") for m in clues.clause.all("currency")), "JPY")
    return Topic("yen_positioning", (currency,), explicit=named)


def _intervention(clues: Clues) -> Topic | None:
    if clues.has("noun", "intervention"):
        return Topic("fx_intervention", clues.places[:1] or ("JP",), explicit=True)
    if _goes_on(clues, "fx_intervention") and clues.currencies <= {"JPY"}:
        return clues.before
    return None


def _ratio(clues: Clues) -> Topic | None:
    of_gdp = any(getattr(mark.item, "gdp", False) for mark in clues.clause.all("amount"))
    named = clues.has("noun", "debt_ratio") and "money" not in clues.units
    if not of_gdp and not (named and clues.says):
        if _goes_on(clues, "debt_ratio") and "money" not in clues.units and not clues.clause.has("tenor"):
            return replace(clues.before, subjects=clues.places[:1] or clues.before.subjects, explicit=bool(clues.places))
        return None
    here = clues.places or (clues.before.subjects if clues.before.measure == "debt_ratio" else ()) or clues.ctx.places or ("JP",)
    return Topic("debt_ratio", here, explicit=True)


def _public_debt(clues: Clues) -> Topic | None:
    if clues.has("noun", "public_debt") and clues.says:
        return Topic("public_debt", ("US",), explicit=True)
    return clues.before if _goes_on(clues, "public_debt") and "money" in clues.units else None


def _reserves(clues: Clues) -> Topic | None:
    if clues.has("noun", "reserves"):
        here = clues.places or (clues.before.subjects if clues.before.measure == "reserves" else ()) or clues.ctx.places or ("JP",)
        return Topic("reserves", here, explicit=True)
    if clues.has("paper", "gold"):
        return Topic("gold_reserves", clues.places, explicit=True)
    if _goes_on(clues, "reserves") and not clues.trades:
        return replace(clues.before, subjects=clues.places or clues.before.subjects)
    return None


def _custody(clues: Clues) -> Topic | None:
    return Topic("fed_custody", ("official",), explicit=True) if clues.has("noun", "custody") else None


_POLICY_BANKS = {"boj": "JP"}


def _policy(clues: Clues) -> Topic | None:
    if not clues.has("noun", "policy_rate"):
        return None
    bank = next((_POLICY_BANKS[i] for i in clues.investors if i in _POLICY_BANKS), "")
    return Topic("policy_rate", clues.places[:1] or ((bank,) if bank else clues.ctx.places[:1] or ("JP",)), explicit=True)


def _exchange(clues: Clues) -> Topic | None:
    clause = clues.clause
    pairs, per = clause.all("pair"), clause.all("per")
    if clues.papers or clues.has("noun") or clues.clause.has("tenor"):
        return None
    if pairs:
        return Topic("exchange_rate", (pairs[0].get("pair"),), explicit=True)
    if per:
        quoted = next(iter(clues.currencies - {per[0].get("per")}), "JPY")
        return Topic("exchange_rate", (f"{per[0].get('per')}{quoted}",), explicit=True)
    against = clause.value("against")
    currency = next((m for m in clause.all("currency") if clause.after(m, 1) in {"は", "が", "、", "も", "の"}), None)
    if currency is not None or against:
        main = currency.get("currency") if currency is not None else "JPY"
        if clues.says and not clues.has("flow"):
            return _pair(main, against or next(iter(clues.currencies - {main}), ""))
    if _goes_on(clues, "exchange_rate"):
        return clues.before
    worth = clause.value("worth")
    if worth and (clues.units or clues.has("move") or clues.has("extreme") or clues.has("record") or _advances(clause)):
        topic = _pair(worth[:3], against)
        return replace(topic, inverse=False) if topic is not None else None
    return None


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
        return Topic("exchange_rate", (f"{main}{other or ('JPY' if main != 'EUR' else 'USD')}",), explicit=True)
    if main in _QUOTED_IN:
        return Topic("exchange_rate", (f"{other or 'USD'}{main}",), inverse=True, explicit=True)
    return None


def _issuers(clues: Clues) -> tuple[str, ...]:
    """Whose yields: the maturity's own prefix, the paper, the place, what is in force, else Japan,
    whose language it is.
    """
    told = tuple(dict.fromkeys(mark.get("issuer") for mark in clues.clause.all("tenor") if mark.get("issuer")))
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


def _spread(clues: Clues) -> Topic | None:
    if clues.has("noun", "gap"):
        tenors = tuple(t for t in _tenors(clues) if t != "super")
        return Topic("yield_gap", ("US-JP",), tenors[:1] or ("10Y",), explicit=True, sure=1.0 if tenors else 0.8)
    if not clues.has("noun", "spread"):
        return clues.before if _goes_on(clues, "yield_spread", "yield_gap") and not clues.clause.has("tenor") else None
    tenors = sorted((t for t in _tenors(clues) if t != "super"), key=_years)
    if len(tenors) == 2:
        return Topic("yield_spread", _issuers(clues), (f"{tenors[0]}-{tenors[1]}",), explicit=True)
    if len(clues.places) == 2:
        return Topic("yield_gap", ("-".join(clues.places),), tuple(tenors[:1]) or ("10Y",), explicit=True)
    return None


def _yields(clues: Clues) -> Topic | None:
    tenors = _tenors(clues)
    named = clues.has("noun", "yield")
    dealing = clues.trades or clues.has("hold") or "money" in clues.units or clues.has("noun", "holdings")
    rated = bool(clues.units & {"percent", "bp", "pp", "plain"}) or clues.has("move") or clues.has("extreme") or clues.has("record") or clues.has("cross")
    if dealing and not named and not (tenors and "percent" in clues.units):
        return None
    if not named and not (tenors and rated):
        if _goes_on(clues, "government_yield") and rated and not clues.holders and not clues.investors:
            return replace(clues.before, subjects=clues.before.subjects, tenors=tenors or clues.before.tenors, explicit=False)
        return None
    if not tenors:
        follows = clues.before.measure == "government_yield" and not clues.papers and not clues.places
        tenors = clues.before.tenors if follows else ("",)
    return Topic("government_yield", _issuers(clues), tenors, explicit=True)


def _investors_of(clues: Clues, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    return tuple(f"{country}:{group}" for group in clues.investors if group) or (country,)


def _abroad(clues: Clues) -> Topic | None:
    """What residents of Japan buy of foreign bonds and shares."""
    kinds = {"foreign": "foreign_bond_flows", "foreign_short": "foreign_bond_flows", "foreign_equity": "foreign_equity_flows"}
    paper = next((name for name in clues.papers if name in kinds), "")
    if paper and clues.holders and not clues.investors:
        return None
    if paper:
        scope = frozenset({"bills"}) if paper == "foreign_short" else frozenset()
        inherited = clues.before.subjects if clues.before.measure.startswith("foreign_") and not clues.investors else ()
        return Topic(kinds[paper], inherited or _investors_of(clues, "JP"), scope=scope, explicit=True)
    follows = clues.before.measure in {"foreign_bond_flows", "foreign_equity_flows"}
    if follows and not clues.holders and (not clues.papers or set(clues.papers) <= {"foreign"}) and not clues.clause.has("tenor") and (clues.trades or clues.says) and not clues.has("none"):
        subjects = _investors_of(clues, "JP") if any(clues.investors) else clues.before.subjects
        return Topic(clues.before.measure, subjects, explicit=any(clues.investors))
    return None


def _inbound(clues: Clues) -> Topic | None:
    """What foreigners buy of Japan's bonds and shares, and who holds and trades them at home."""
    paper = next((name for name in clues.papers if name in {*_YEN_BONDS, "foreign"}), "")
    holders = clues.holders or (("all",) if clues.before.measure.startswith("inbound_") and not clues.investors else ())
    if not paper:
        if _goes_on(clues, "inbound_bond_flows", "inbound_equity_flows") and not clues.investors and not clues.clause.has("tenor"):
            return replace(clues.before, explicit=False)
        return None
    if clues.has("noun", "holdings", "yield") or clues.has("hold") or clues.has("share"):
        if paper == "JP" and not clues.has("noun", "yield"):
            who = tuple(f"JP:{group}" for group in clues.investors if group) or holders
            return Topic("jgb_holders", who, explicit=True)
        return None
    if not (clues.trades or clues.has("streak")):
        return None
    scope = frozenset({"bills"}) if paper == "JP_short" else frozenset()
    if holders and (paper != "foreign" or "JP" in clues.places):
        measure = "inbound_equity_flows" if paper == "JP_equity" else "inbound_bond_flows"
        return Topic(measure, ("JP",), scope=scope, explicit=True)
    if any(clues.investors) and paper == "JP":
        return Topic("jgb_investor_flows", _investors_of(clues, "JP"), explicit=True)
    return None


def _treasuries(clues: Clues) -> Topic | None:
    """Treasuries held, bought and sold by foreigners."""
    ours = "US" in clues.papers
    known = clues.before.measure in {"treasury_holdings", "treasury_net_purchases"}
    codes = tuple(code for code in (*clues.places, *clues.holders) if code != "US")
    if not ours:
        back = clues.has("noun", "holdings") or clues.has("rank") or clues.has("hold")
        if not known or clues.papers or clues.has("none") or clues.clause.has("tenor") or clues.has("thing"):
            return None
        if not (clues.says or clues.trades or back) or (clues.has("noun") and not clues.has("noun", "holdings", "amount", "change_up", "change_down", "tic")):
            return None
    if clues.has("noun", "yield"):
        return None
    home = clues.investors and not codes
    subjects = codes or (("JP",) if home else ()) or (clues.before.subjects if known else ()) or clues.ctx.holders
    if any(clues.investors) and subjects in {("JP",), ()}:
        subjects = _investors_of(clues, "JP")
    scope = frozenset({"owner"}) if _owned(clues) else frozenset()
    measure = "treasury_net_purchases" if clues.has("net") else "treasury_holdings"
    return Topic(measure, subjects, scope=scope, explicit=ours)


def _owned(clues: Clues) -> bool:
    """Whether the words make a government the owner, where the figures know the custodian's country."""
    states = [m for m in clues.clause.all("place") if clues.clause.text[m.start : m.end].endswith("政府") or clues.clause.after(m, 2) == "政府"]
    return bool(states) and (clues.has("hold") or clues.has("rank")) and "US" not in {m.get("place") for m in states}


_RULES: tuple[Callable[[Clues], Topic | None], ...] = (
    _thing, _custody, _positioning, _intervention, _ratio, _public_debt, _reserves, _policy, _spread, _exchange, _yields, _abroad, _inbound, _treasuries,
)  # fmt: skip
"""One rule for each measure, the most particular first. The first that speaks is believed."""


def topic_of(clause: Clause, before: Topic, ctx: Context, *, own: bool) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named or in force."""
    clues = gather(clause, before, ctx, own=own)
    if clues.has("none") and not clues.papers:
        return Topic()
    for rule in _RULES:
        found = rule(clues)
        if found is not None:
            return found if found.subjects else Topic()
    return Topic()
