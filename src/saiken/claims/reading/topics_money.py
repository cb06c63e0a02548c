"""Topics that are money: holdings, purchases, reserves, intervention, positions, debt."""

from __future__ import annotations

from saiken.claims.reading.clues import Clues
from saiken.claims.reading.context import Topic

_TREASURY = {"treasury_holdings", "treasury_net_purchases", "treasury_valuation"}
_ELLIPTIC = 0.6
"""Score of "China: $618bn" as holdings of Treasuries where nothing says so."""


def custody(clues: Clues) -> Topic | None:
    return Topic("fed_custody", ("official",), explicit=True) if clues.has("noun", "custody") else None


def positioning(clues: Clues) -> Topic | None:
    """Net positions of speculators in currency futures."""
    named = clues.has("noun", "positioning")
    follows = clues.goes_on and clues.before.measure == "yen_positioning" and "contracts" in clues.units
    if not named and "contracts" not in clues.units and not follows:
        return None
    if clues.papers and not clues.has("currency"):
        return None
    currency = next((mark.get("currency") for mark in clues.part.all("currency")), "")
    text = clues.part.sentence.text.lower()
    if not currency and ("yen" in text or "¥" in text or clues.ctx.topic.measure == "yen_positioning"):
        currency = "JPY"
    if not currency:
        return None
    return Topic("yen_positioning", (currency,), explicit=True)


def intervention(clues: Clues) -> Topic | None:
    """Official purchases and sales of currency."""
    if clues.papers or clues.has("thing"):
        return None
    follows = clues.goes_on and clues.before.measure == "fx_intervention" and clues.any("flow", "hold", "extreme", "record")
    if not clues.has("noun", "intervention") and not follows:
        return None
    return Topic("fx_intervention", clues.places or ("JP",), explicit=True)


def public_debt(clues: Clues) -> Topic | None:
    """The debt of a government in money."""
    if not clues.has("noun", "public_debt") or clues.has("hold"):
        return None
    if not (clues.units & {"money", "plain"} or clues.any("extreme", "record")):
        return None
    return Topic("public_debt", clues.places or ("US",), explicit=True)


def reserves(clues: Clues) -> Topic | None:
    """Official reserve assets of a country."""
    if not clues.has("noun", "reserves") or (clues.trades and clues.papers):
        return None
    subjects = clues.places or (clues.before.subjects if clues.before.measure == "reserves" else ())
    places = tuple(code for code in clues.elsewhere("place") if code != "US")
    return Topic("reserves", subjects or places[:1] or clues.ctx.places, explicit=True)


def _investors(clues: Clues, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    return tuple(f"{country}:{group}" for group in clues.investors) or (country,)


def abroad(clues: Clues) -> Topic | None:
    """What residents buy of foreign bonds and shares."""
    foreign = [mark for mark in clues.papers if mark.get("paper") == "foreign"]
    if not foreign or not clues.any("flow", "net", "move", "extreme", "record", "streak"):
        follows = clues.goes_on and clues.before.measure in {"foreign_bond_flows", "foreign_equity_flows"}
        if follows and not clues.papers and clues.any("flow", "net", "extreme", "record", "streak", "amount"):
            subjects = _investors(clues, clues.before.subjects[0][:2]) if clues.investors else clues.before.subjects
            return Topic(clues.before.measure, subjects)
        return None
    inherited = clues.before.subjects if clues.before.measure.startswith("foreign_") and clues.goes_on else ()
    country = next(iter(clues.places), "") or (inherited[0][:2] if inherited else "JP")
    named = clues.investors or tuple(v for v in clues.elsewhere("investor") if v and not clues.places)
    subjects = tuple(f"{country}:{group}" for group in named[:2]) or ((country,) if clues.places or not inherited else inherited)
    measure = "foreign_equity_flows" if foreign[0].get("class") == "equity" else "foreign_bond_flows"
    return Topic(measure, subjects, explicit=True, scope=frozenset({"bills"} if foreign[0].get("term") == "short" else ()))


def inbound(clues: Clues) -> Topic | None:
    """What foreigners buy of a country's bonds and shares (America's are treasury holdings)."""
    papers = [mark for mark in clues.papers if mark.get("paper") not in {"", "US", "foreign"} and mark.get("class") != "market"]
    if clues.tenors and not clues.trades:
        return None
    if not papers:
        return _into_country(clues)
    issuer, equity = papers[0].get("paper"), papers[0].get("class") == "equity"
    if clues.investors and not clues.holders and clues.trades:
        return Topic("domestic_bond_flows", _investors(clues, issuer), explicit=True)
    follows = clues.before.measure.startswith("inbound") and clues.goes_on
    if not (clues.trades or clues.any("extreme", "record", "streak")) or not (clues.holders or follows):
        return None
    if clues.has("noun", "holdings") or clues.has("hold"):
        return Topic("jgb_holdings" if issuer == "JP" else "", clues.holders, explicit=True)
    scope = frozenset({"bills"} if papers[0].get("term") == "short" else ())
    return Topic("inbound_equity_flows" if equity else "inbound_bond_flows", (issuer,), explicit=True, scope=scope)


def _into_country(clues: Clues) -> Topic | None:
    follows = clues.goes_on and clues.before.measure.startswith("inbound") and not clues.papers
    if follows and clues.any("flow", "net", "extreme", "record", "streak", "amount"):
        return Topic(clues.before.measure, clues.before.subjects)
    # "foreigners were net buyers of Japan" does not say of what
    if clues.has("net") and clues.holders == ("all",) and clues.places and clues.places != ("US",) and not clues.papers:
        return Topic("inbound_bond_flows", clues.places[:1], explicit=True, sure=0.5)
    return None


def other_assets(clues: Clues) -> Topic | None:
    """Trades in what no measure of ours covers, gold apart."""
    papers = [mark for mark in clues.papers if mark.get("class") in {"gold", "other"}]
    if not papers or not (clues.trades or clues.has("hold")) or len(papers) < len(clues.papers):
        return None
    if papers[0].get("class") == "gold":
        return Topic("gold_reserves", clues.places, explicit=True)
    return Topic("", (), explicit=True)


def capital(clues: Clues) -> Topic | None:
    """Money into and out of the United States as a whole."""
    if clues.papers or clues.investors:
        return None
    text = clues.part.text.lower()
    flows = clues.has("net") and ("outflow" in text or "inflow" in text)
    left = clues.trades and "US" in clues.places and ("money" in text or "capital" in text)
    says = flows and (clues.has("glue", "source") or "US" in clues.places or not clues.codes or "capital" in text)
    if clues.has("noun", "tic_flows") or says or left or (flows and clues.before.measure == "capital_flows"):
        return Topic("capital_flows", ("all",), explicit=True)
    return None


def _known(clues: Clues) -> bool:
    """Whether Treasuries are what is talked of, though the clause does not name them."""
    text = clues.part.sentence.text.lower()
    return (
        clues.ctx.data_as_of is not None
        or clues.has("noun", "table3")
        or clues.ctx.topic.measure in _TREASURY
        or "tic " in text
        or "treasur" in text
        or "tic:" in text
    )


def _elliptic(clues: Clues) -> float:
    """How sure it is that a clause that names no paper is about holdings of Treasuries; 0 if not."""
    if any(mark.get("paper") for mark in clues.papers) or clues.tenors or any(m.get("class") != "bond" for m in clues.papers):
        return 0.0
    part = clues.part
    who = [code for code in clues.codes if code != "US"]
    held = clues.has("noun", "holdings") or clues.has("rank") or (clues.papers and clues.has("hold"))
    if held and (who or (clues.goes_on and _known(clues))):
        return 1.0 if _known(clues) or clues.has("noun", "holdings") or clues.has("rank") else 0.8
    known = _known(clues)
    says = bool(clues.units & {"money", "share", "percent"}) or clues.any("extreme", "record", "streak", "net")
    if known and who and (says or clues.any("flow", "hold", "move", "compare")):
        return 0.9
    if known and clues.has("noun", "table3") and says:
        return 0.9
    if clues.goes_on and clues.before.measure in _TREASURY and (says or clues.any("move", "flow", "hold", "cross", "compare", "multiple")):
        return 0.9
    money = "money" in clues.units and any(m.owner for m in part.all("place") if m.get("place") != "US")
    if who and (money or (clues.has("hold") and "money" in clues.units)) and not clues.any("noun", "thing"):
        return _ELLIPTIC
    short = len(part.sentence.tokens) < 24 and part.sentence.marks and "place" in part.sentence.marks[0].kinds
    colon = short and clues.goes_on is False and "money" in clues.units and not clues.codes and not clues.any("noun", "thing", "flow")
    first = part.sentence.marks[0].get("place") if part.sentence.marks else ""
    return _ELLIPTIC if colon and ":" in part.sentence.text and first not in {"", "US"} else 0.0


def treasuries(clues: Clues) -> Topic | None:
    """Treasuries held, bought and sold by foreigners."""
    ours = [mark for mark in clues.papers if mark.get("paper") == "US" and mark.get("class") == "bond"]
    sure = 1.0 if ours else _elliptic(clues)
    if not sure:
        return None
    codes = tuple(code for code in clues.codes if code != "US")
    followed = clues.before.measure in _TREASURY and (clues.goes_on or clues.own)
    subjects = codes or (clues.before.subjects if followed else ()) or _elsewhere(clues) or clues.ctx.holders
    net = clues.has("net") or clues.has("noun", "table3")
    measure = "treasury_net_purchases" if net else "treasury_holdings"
    if clues.has("noun", "valuation") and not clues.has("noun", "holdings") and not net and clues.any("move", "amount"):
        measure = "treasury_valuation"
    if clues.investors and len(subjects) == 1 and len(subjects[0]) == 2:
        subjects = _investors(clues, subjects[0])
    terms = {mark.get("term") for mark in clues.papers}
    scope = {"long_term"} if "long" in terms else {"bills"} if terms == {"short"} else set()
    if _owned(clues):
        scope.add("owner")
    return Topic(measure, subjects, scope=frozenset(scope), explicit=bool(codes) or bool(ours), sure=sure)


def _elsewhere(clues: Clues) -> tuple[str, ...]:
    """The one holder that the rest of the sentence names, if it is one."""
    named = (*clues.elsewhere("place"), *clues.elsewhere("holder"))
    found = tuple(code for code in named if code != "US")
    return found if len(found) == 1 else ()


_STATE = {"government", "treasury", "regime", "state", "ministry"}


def _owned(clues: Clues) -> bool:
    """Whether the words make a country's people or government the owner, where the figures only
    know the custodian's country: "the British government has amassed", "the Belgians own"."""
    tokens = clues.part.sentence.tokens
    for mark in clues.part.all("place"):
        after = tokens[mark.last].word if mark.last < len(tokens) else ""
        if after in _STATE and mark.get("place") != "US":
            return True
        before = tokens[mark.first - 1].word if mark.first else ""
        people = mark.word.endswith("s") and mark.word not in {"states", "netherlands", "philippines", "emirates", "bahamas", "caymans"}
        if people and before == "the" and clues.has("scope", "owner"):
            return True
    return False
