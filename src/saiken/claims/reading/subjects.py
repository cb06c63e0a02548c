"""What a clause is about: the measure of the catalog, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.marks import Mark

_QUOTED_IN = {"JPY", "KRW", "CNY", "INR", "CHF", "CAD", "BRL", "MXN", "TRY"}
"""Currencies of which the market says how many one dollar costs."""
_LONG, _SHORT = "long_term", "bills"
_VERSUS_AFTER = ("compare", "rank")
_PREDICATES = (
    "move",
    "flow",
    "net",
    "hold",
    "state",
    "cross",
    "multiple",
    "extreme",
    "record",
    "sign",
)


def versus_of(part: Part) -> list[Mark]:
    """The places that the clause compares with: after "than", "overtook", "ahead of"…"""
    found: list[Mark] = []
    comparing = False
    for mark in part.marks:
        comparing = (
            comparing
            or mark.get("compare") == "than"
            or mark.get("compare") in {"as_much", "twice", "thrice"}
        )
        comparing = comparing or mark.get("rank") in {"overtake", "ahead", "behind"}
        if comparing and "rank" in mark.kinds and mark.get("rank") == "holder":
            comparing = False
        if comparing and ("place" in mark.kinds or "holder" in mark.kinds):
            found.append(mark)
    return found


def subjects_of(part: Part) -> list[Mark]:
    """The places and holders that the clause is about, those compared with left out."""
    versus = versus_of(part)
    out: list[Mark] = []
    for mark in part.marks:
        if mark in versus or not ("place" in mark.kinds or "holder" in mark.kinds):
            continue
        if mark.get("place") == "US" and _is_setting(part, mark):
            continue
        if mark.word in {"official", "foreign", "overseas"} and mark.last - mark.first == 1:
            following = part.after(mark, 1)
            if following is not None and (
                "release" in following.kinds
                or "place" in following.kinds
                or "rank" in following.kinds
            ):
                continue
        out.append(mark)
    return out


def _is_setting(part: Part, mark: Mark) -> bool:
    """ "Washington's top creditor", "from the US": America as the debtor, not as a holder."""
    following = part.after(mark, 0)
    return (
        mark.owner
        and following is not None
        and ("extreme" in following.kinds or "rank" in following.kinds)
    )


def _papers(part: Part) -> list[Mark]:
    return part.all("paper")


def _codes(marks: list[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.get("place") or mark.get("holder") for mark in marks))


def _tenors(part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.get("tenor") for mark in part.all("tenor")))


def _amounts(part: Part, *kinds: str) -> bool:
    return part.has("amount", *kinds)


def _term(part: Part) -> frozenset[str]:
    terms = {mark.get("term") for mark in _papers(part)}
    named = {_LONG} if "long" in terms else {_SHORT} if terms == {"short"} else set()
    return frozenset(named)


# ------------------------------------------------------------------ one rule for each measure
# A rule looks at a clause and says what it is about, or None. The first that speaks is believed.

_Rule = Callable[[Part, Topic, Context], Topic | None]


def _thing(part: Part, before: Topic, ctx: Context) -> Topic | None:
    things = part.all("thing")
    if not things:
        return None
    measure, _, subject = things[0].get("thing").partition(":")
    if not subject:
        subject = next(iter(_codes(subjects_of(part))), "")
    return Topic(measure, (subject,), explicit=True)


def _ratio(part: Part, before: Topic, ctx: Context) -> Topic | None:
    of_gdp = any(getattr(mark.item, "gdp", False) for mark in part.all("amount"))
    if not of_gdp and not part.has("noun", "debt_ratio"):
        follows = before.measure == "debt_ratio" and _amounts(part, "percent") and not _papers(part)
        if not follows and not (
            before.measure == "debt_ratio"
            and not part.has("noun")
            and not _papers(part)
            and not part.has("flow")
        ):
            return None
        subjects = _codes(subjects_of(part)) or before.subjects
        return replace(before, subjects=subjects, explicit=False)
    if part.has("hold") and _papers(part) and not of_gdp:
        return None
    if _amounts(part, "money") and not _amounts(part, "percent"):
        return None
    issuers = tuple(
        mark.get("paper") for mark in _papers(part) if mark.get("paper") not in {"", "foreign"}
    )
    subjects = _codes(subjects_of(part)) or issuers or before.subjects or ctx.holders
    return Topic("debt_ratio", subjects, explicit=True)


def _public_debt(part: Part, before: Topic, ctx: Context) -> Topic | None:
    if (
        not part.has("noun", "public_debt")
        or part.has("hold")
        or not (_amounts(part, "money", "plain") or part.has("extreme"))
    ):
        return None
    return Topic("public_debt", _codes(subjects_of(part)) or ("US",), explicit=True)


def _reserves(part: Part, before: Topic, ctx: Context) -> Topic | None:
    if not part.has("noun", "reserves"):
        return None
    if part.has("flow") and _papers(part) and not part.has("move"):
        return None
    subjects = _codes(subjects_of(part)) or before.subjects or ctx.holders
    return Topic("reserves", subjects, explicit=True)


def _positioning(part: Part, before: Topic, ctx: Context) -> Topic | None:
    named = part.has("noun", "positioning")
    if not named and not _amounts(part, "contracts"):
        return None
    currency = next((mark.get("currency") for mark in part.all("currency")), "")
    if not named and not currency and before.measure != "yen_positioning":
        return None
    if part.has("noun", "positioning") and (_papers(part) and not currency):
        return None
    text = part.text.lower()
    subject = currency or (
        "JPY" if "yen" in text or "¥" in text or ctx.topic.measure == "yen_positioning" else ""
    )
    if not subject:
        return None
    return Topic("yen_positioning", (subject,), explicit=True)


def _intervention(part: Part, before: Topic, ctx: Context) -> Topic | None:
    if not part.has("noun", "intervention"):
        return None
    subjects = tuple(code for code in _codes(subjects_of(part)) if len(code) == 2)
    return Topic("fx_intervention", subjects or ("JP",), explicit=True)


def _exchange(part: Part, before: Topic, ctx: Context) -> Topic | None:
    text = part.text.lower()
    if "carry" in text or part.has("noun", "holdings", "reserves"):
        return None
    pairs = part.all("pair")
    if pairs:
        return Topic("exchange_rate", (pairs[0].get("pair"),), explicit=True)
    currencies = [mark for mark in part.all("currency") if mark.get("currency")]
    if (
        not currencies
        or (part.has("flow") and _amounts(part, "money"))
        or _papers(part)
        and not _amounts(part, "plain")
    ):
        if before.measure == "exchange_rate" and not part.has("noun") and not _papers(part):
            return replace(before, explicit=False)
        return None
    if not any(part.has(kind) for kind in _PREDICATES) and not _amounts(part, "plain"):
        return None
    codes = list(dict.fromkeys(mark.get("currency") for mark in currencies))
    against = _amount_currency(part)
    return _pair(codes, against, part)


def _amount_currency(part: Part) -> str:
    return next(
        (m.item.quantity.unit for m in part.all("amount") if m.get("amount") == "money"), ""
    )  # type: ignore[union-attr]


def _pair(codes: list[str], against: str, part: Part) -> Topic | None:
    """The pair as the market quotes it, and whether the first currency named is its second."""
    main = codes[0]
    other = codes[1] if len(codes) > 1 else against
    if other == main:
        other = ""
    if main == "USD":
        if not other:
            return None
        pair = f"USD{other}" if other in _QUOTED_IN else f"{other}USD"
        return Topic("exchange_rate", (pair,), inverse=not pair.startswith("USD"), explicit=True)
    if main == "EUR":
        return Topic("exchange_rate", (f"EUR{other or 'USD'}",), explicit=True)
    if other == "EUR":
        return Topic("exchange_rate", (f"EUR{main}",), inverse=True, explicit=True)
    if main in _QUOTED_IN:
        return Topic("exchange_rate", (f"USD{main}",), inverse=True, explicit=True)
    return Topic("exchange_rate", (f"{main}{other or 'USD'}",), explicit=True)


def _spread(part: Part, before: Topic, ctx: Context) -> Topic | None:
    tenors = _tenors(part)
    pairs = tuple(tenor for tenor in tenors if "-" in tenor)
    named = part.has("noun", "spread")
    if not pairs and not (
        named
        and (
            len(tenors) == 2
            or _amounts(part, "bp", "pp")
            or part.has("sign")
            or part.has("extreme")
        )
    ):
        follows = (
            before.measure == "yield_spread"
            and not part.has("noun")
            and not tenors
            and not _papers(part)
        )
        if (
            follows
            and not subjects_of(part)
            and (
                _amounts(part, "bp", "pp", "percent")
                or part.has("extreme")
                or part.has("record")
                or part.has("move")
            )
        ):
            return replace(before, explicit=False)
        return None
    if not pairs and len(tenors) == 2 and named:
        low, high = sorted(tenors, key=_years)
        pairs = (f"{low}-{high}",)
    issuers = _issuers(part, before, ctx)
    if not pairs:
        two = [code for code in _codes(subjects_of(part)) if len(code) == 2]
        if len(two) == 2 or "-" in part.text and len(two) > 1:
            return Topic("yield_gap", ("-".join(two),), tenors or ("",), explicit=True)
        if not part.has("noun", "spread") or not (issuers or before.measure == "yield_spread"):
            return None
        pairs = before.tenors if before.measure == "yield_spread" else ("2Y-10Y",)
    return Topic(
        "yield_spread", issuers or ("US",), pairs, explicit=True, sure=1.0 if issuers else 0.7
    )


def _years(tenor: str) -> float:
    return int(tenor[:-1]) / (12 if tenor.endswith("M") else 1) if tenor[:-1].isdigit() else 0


def _issuers(part: Part, before: Topic, ctx: Context) -> tuple[str, ...]:
    """Whose yields a clause is about."""
    papers = [
        mark.get("paper") for mark in _papers(part) if mark.get("paper") not in {"", "foreign"}
    ]
    places = [code for code in _codes(subjects_of(part)) if len(code) == 2]
    if papers:
        return tuple(dict.fromkeys(papers))
    if places:
        return tuple(dict.fromkeys(places))
    if before.measure in {"government_yield", "yield_spread"}:
        return before.subjects
    return (ctx.issuer,) if ctx.issuer else ()


def _yield(part: Part, before: Topic, ctx: Context) -> Topic | None:
    named = part.has("noun", "yield") or (part.has("noun", "rates") and bool(_tenors(part)))
    tenors = _tenors(part)
    trading = (
        part.has("flow", "buy")
        or part.has("net")
        or part.has("noun", "holdings")
        or _amounts(part, "money")
    )
    rated = _amounts(part, "percent", "bp", "pp") or part.has("sign")
    moving = rated or any(part.has(kind) for kind in ("extreme", "cross", "record", "move"))
    papers = [
        mark
        for mark in _papers(part)
        if mark.get("class") == "bond" and mark.get("paper") not in {"", "foreign"}
    ]
    if (
        not named
        and not (
            tenors
            and not trading
            and (
                moving
                or before.measure == "government_yield"
                or _amounts(part, "plain")
                or part.has("state")
            )
        )
        and not (
            papers
            and rated
            and not trading
            and not part.has("hold")
            and (part.has("state") or part.has("sign") or part.has("cross"))
        )
    ):
        follows = (
            before.measure == "government_yield"
            and not part.has("noun")
            and not trading
            and not subjects_of(part)
        )
        if follows and (moving or part.has("state")):
            return replace(before, explicit=False, scope=frozenset())
        return None
    if part.has("hold") and _amounts(part, "money"):
        return None
    issuers = _issuers(part, before, ctx)
    if not tenors and before.measure == "government_yield" and not papers:
        tenors = before.tenors
    sure = 1.0 if issuers else 0.7
    return Topic("government_yield", issuers or ("US",), tenors or ("",), explicit=True, sure=sure)


def _investors(part: Part, country: str) -> tuple[str, ...]:
    """`JP:life`… where the words name a kind of investor, else the country."""
    groups = [mark.get("investor") for mark in part.all("investor") if mark.get("investor")]
    return tuple(f"{country}:{group}" for group in dict.fromkeys(groups)) or (country,)


def _flows(part: Part, before: Topic, ctx: Context) -> Topic | None:
    """Bonds and shares across borders, by what is bought and by whom."""
    papers = _papers(part)
    places = [code for code in _codes(subjects_of(part)) if len(code) == 2]
    holders = [mark.get("holder") for mark in subjects_of(part) if "holder" in mark.kinds]
    trading = (
        part.has("flow")
        or part.has("net")
        or part.has("move")
        or part.has("extreme")
        or part.has("record")
        or part.has("streak")
    )
    if not papers or not trading:
        return None
    paper = papers[0]
    equity = paper.get("class") == "equity"
    scope = frozenset({"short"} if paper.get("term") == "short" else ())
    if paper.get("class") in {"gold", "other"}:
        return Topic("", (), explicit=True) if part.has("flow") or part.has("net") else None
    if paper.get("paper") == "foreign":
        country = (
            places
            or [
                code.partition(":")[0]
                for code in before.subjects
                if len(code.partition(":")[0]) == 2 and code.isupper() is not False
            ]
            or ["JP"]
        )[0]
        if len(country) != 2:
            country = "JP"
        named = part.all("investor") and any(mark.get("investor") for mark in part.all("investor"))
        subjects = _investors(part, country)
        if not named and not places and before.measure == "foreign_bond_flows":
            subjects = before.subjects
        return Topic(
            "foreign_equity_flows" if equity else "foreign_bond_flows",
            subjects,
            explicit=True,
            scope=scope,
        )
    if paper.get("paper") in {"", "US"}:
        return None
    issuer = paper.get("paper")
    if (
        issuer in {"JP"}
        and (part.has("investor") and not holders)
        and any(m.get("investor") for m in part.all("investor"))
    ):
        return Topic("domestic_bond_flows", _investors(part, issuer), explicit=True)
    if (
        holders
        or part.has("net")
        or part.has("streak")
        or before.measure.startswith("inbound")
        or part.has("flow")
    ):
        if part.has("noun", "holdings") or places and not holders and places != [issuer]:
            return None
        return Topic(
            "inbound_equity_flows" if equity else "inbound_bond_flows",
            (issuer,),
            explicit=True,
            scope=scope,
        )
    return None


def _treasuries(part: Part, before: Topic, ctx: Context) -> Topic | None:
    papers = [mark for mark in _papers(part) if mark.get("class") == "bond"]
    ours = [mark for mark in papers if mark.get("paper") == "US"]
    holders = subjects_of(part)
    followed = before.measure in {
        "treasury_holdings",
        "treasury_net_purchases",
        "treasury_valuation",
    }
    verbs = any(part.has(kind) for kind in (*_PREDICATES, "rank", "streak", "compare"))
    if not ours:
        if papers and papers[0].get("paper") not in {""}:
            return None
        held = (
            part.has("noun", "holdings")
            or part.has("hold")
            or part.has("net")
            or part.has("noun", "table3")
            or part.has("rank")
            or part.has("flow")
        )
        known = followed or bool(ctx.data_as_of) or part.has("noun", "table3")
        place = any(len(code) == 2 for code in _codes(holders)) or any(
            "holder" in mark.kinds for mark in holders
        )
        if not (held and (place or known)) and not (
            followed and (verbs or _amounts(part, "money", "share", "percent"))
        ):
            if not (
                place
                and ctx.topic.measure.startswith("treasury_")
                and (_amounts(part, "money") or part.has("extreme"))
            ):
                return None
    codes = _codes(holders)
    if not ours:
        codes = tuple(code for code in codes if code != "US") or ()
    else:
        codes = tuple(code for code in codes if code != "US" or _owns(part)) or ()
    explicit = bool(codes)
    subjects = codes or (before.subjects if followed else ()) or ctx.holders
    net = part.has("net") or part.has("noun", "table3")
    measure = "treasury_net_purchases" if net else "treasury_holdings"
    if (
        part.has("noun", "valuation")
        and (part.has("move") or part.has("noun", "valuation"))
        and not part.has("noun", "holdings")
        and not net
    ):
        measure = "treasury_valuation"
    if not subjects:
        subjects = ("all",) if net or part.has("flow") or part.has("noun", "holdings") else ()
    investors = [m.get("investor") for m in part.all("investor") if m.get("investor")]
    if investors and len(subjects) == 1 and len(subjects[0]) == 2:
        subjects = _investors(part, subjects[0])
    return Topic(measure, subjects, scope=_term(part), explicit=explicit or bool(ours))


def _owns(part: Part) -> bool:
    return False


def _capital(part: Part, before: Topic, ctx: Context) -> Topic | None:
    """Money into and out of a country as a whole."""
    if _papers(part) or part.has("investor"):
        return None
    text = part.text.lower()
    moving = part.has("net") or part.has("noun", "tic_flows")
    if moving and (
        "outflow" in text or "inflow" in text or "tic" in text or part.has("noun", "tic_flows")
    ):
        return Topic("capital_flows", ("US",), explicit=True)
    return None


def _custody(part: Part, before: Topic, ctx: Context) -> Topic | None:
    return (
        Topic("fed_custody", ("official",), explicit=True) if part.has("noun", "custody") else None
    )


_RULES: tuple[_Rule, ...] = (
    _thing, _custody, _positioning, _intervention, _ratio, _reserves, _public_debt, _flows, _spread, _exchange, _yield,
    _capital, _treasuries,
)  # fmt: skip


def topic_of(part: Part, before: Topic, ctx: Context) -> Topic:
    """What the clause is about; `Topic()` where nothing of ours is named and nothing is in force.

    `before` is the topic of the clause before it in the same sentence, or the one in force.
    """
    for rule in _RULES:
        found = rule(part, before, ctx)
        if found is not None:
            return found
    return _inherited(part, before)


def _inherited(part: Part, before: Topic) -> Topic:
    """A clause without a topic of its own goes on about the one before."""
    if not before.measure or part.all("paper") or part.all("thing") or part.has("noun"):
        return Topic()
    subjects = tuple(code for code in _codes(subjects_of(part)) if code != "US")
    return replace(before, subjects=subjects or before.subjects, explicit=False)


def pronouns(part: Part) -> Iterator[str]:
    """The words of a clause that point back to the subject in force."""
    for token in part.sentence.tokens:
        if (
            token.word in {"it", "its", "they", "their", "both", "which"}
            and part.start <= token.start < part.end
        ):
            yield token.word
