"""Topics that are rates and prices: yields, spreads, exchange rates, ratios, indices."""

from __future__ import annotations

import re
from dataclasses import replace

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.clues import OWING, Clues, units_of
from saiken.claims.reading.context import Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase

_QUOTED_IN = {"JPY", "KRW", "CNY", "INR", "CHF", "CAD", "BRL", "MXN", "TRY"}
"""Currencies of which the market says how many one dollar costs."""
_UNSURE = 0.6
"""Score of the reading that an unnamed issuer is the United States, where nothing points to it."""
_ONLY = {"40Y": "JP", "15Y": "JP", "25Y": "JP", "1M": "US", "3M": "US", "6M": "US"}
"""Tenors that only one of the governments whose yields are at hand issues."""
_AT_HOME = (
    ("US", phrase(
        "u.s. us fed fomc wall treasury treasuries tariff tariffs white congress s nasdaq",
        r"\b(?:u\.s\.|us|fed|fomc|wall street|treasury|treasuries|tariffs?|white house|congress|s&p|nasdaq)\b",
    )),
    ("JP", phrase(
        "boj japan nikkei takaichi ishiba kishida kuroda ueda yen jgb jgbs tokyo",
        r"\b(?:boj|bank of japan|nikkei|takaichi|ishiba|kishida|kuroda|ueda|yen|jgbs?|tokyo)\b",
    )),
    ("GB", phrase("england boe gilt gilts ftse", r"\b(?:bank of england|boe|gilts?|ftse)\b")),
    ("DE", phrase("bund bunds bundesbank", r"\b(?:bunds?|bundesbank)\b")),
)  # fmt: skip
"""Words that tell on whose market a sentence looks."""


def _follows(clues: Clues, measure: str) -> bool:
    return (
        clues.goes_on and clues.before.measure == measure and not clues.nouns and not clues.papers
    )


def thing(clues: Clues) -> Topic | None:
    """Indices and prices that go by a name of their own: VIX, bitcoin, NFCI."""
    things = clues.part.all("thing")
    if not things:
        return None
    measure, _, subject = things[0].get("thing").partition(":")
    return Topic(measure, (subject or next(iter(clues.places), ""),), explicit=True)


_OF_GDP = phrase(
    "gdp economy",
    r"\b(?:relative to|as an? (?:share|percentage|proportion) of|(?:to|of)) (?:its |their |the size of (?:its|their|the) )?(?:gdp|econom(?:y|ies))\b",
)
_NET = phrase("net", r"\bnet debt\b|\bnet of financial assets\b")


_DEBT = re.compile(r"(?P<whose>(?:[\w'-]+[ /]){0,4})\bdebts?\b(?P<of>[^.;%]{0,36})", re.IGNORECASE)
_OTHERS_DEBT = frozenset((
    "household", "households", "corporate", "corporates", "company", "business", "private", "private-sector", "nonfinancial", "non-financial",
    "external", "foreign", "foreign-currency", "consumer", "student", "mortgage", "bank", "banking", "personal", "local", "local-government",
    "provincial", "municipal", "margin", "soe", "sector",
))  # fmt: skip
_OF_THE_STATE = frozenset(("public", "government", "sovereign", "national", "federal", "gross", "state", "general"))  # fmt: skip
_IN_ALL = frozenset(("total", "overall", "aggregate", "combined", "economy-wide", "all", "all-sector"))  # fmt: skip
_ALL_SECTORS = re.compile(
    r"\b(?:across|of|in) all sectors\b|\bpublic and private\b|\bprivate and public\b|\b(?:households|companies|corporates|businesses)\b",
    re.IGNORECASE,
)


def _of_other_sectors(clues: Clues) -> bool:
    """As in "household debt", "total debt", "debt across all sectors": not that of a government,
    which is what the ratio is of.
    """
    told = list(_DEBT.finditer(clues.part.sentence.text, 0, clues.part.end))
    if not told:
        return False
    whose = set(told[-1]["whose"].lower().replace("/", " ").split())
    if not whose.isdisjoint(_OTHERS_DEBT):
        return True
    in_all = not whose.isdisjoint(_IN_ALL) and whose.isdisjoint(_OF_THE_STATE)
    return in_all or bool(_ALL_SECTORS.search(told[-1][0]))


_OWED = OWING | {"debt"}


_RATIOS = {"debt_ratio", "net_debt_ratio"}


def ratio(clues: Clues) -> Topic | None:
    """Government debt in per cent of GDP."""
    owed = clues.part.words & _OWED and bool(_OF_GDP.search(clues.part))
    of_gdp = owed or any(getattr(mark.item, "gdp", False) for mark in clues.part.all("amount"))
    net = bool(_NET.search(clues.part))
    goes_on = clues.own and clues.before.measure == "net_debt_ratio" and not clues.nouns
    measure = "net_debt_ratio" if net or goes_on else "debt_ratio"
    if not of_gdp and not net and "debt_ratio" not in clues.nouns:
        before = clues.before
        says = "percent" in clues.units or clues.any("move", "streak", "cross", "record", "rank")
        if (
            before.measure in _RATIOS
            and _follows(clues, before.measure)
            and says
            and not clues.any("flow", "hold")
            and not clues.tenors
        ):
            return replace(
                before, subjects=clues.places or before.subjects, explicit=bool(clues.places)
            )
        return None
    if not of_gdp and ("money" in clues.units and "percent" not in clues.units):
        return None
    if "hold" in clues.kinds and clues.papers and not of_gdp:
        return None
    if _of_other_sectors(clues):
        return Topic("", (), explicit=True)
    subjects = (
        clues.places
        or clues.issuers
        or (clues.before.subjects if clues.before.measure == measure else ())
    )
    return Topic(
        measure, subjects or clues.elsewhere("place")[:1] or clues.ctx.places, explicit=True
    )


def exchange(clues: Clues) -> Topic | None:
    """Currencies against each other, as the pair that the market quotes."""
    part = clues.part
    if _on_carry(part) or not clues.nouns.isdisjoint(("holdings", "reserves")):
        return None
    if _not_the_rate(part):
        return Topic("", (), explicit=True)
    pairs = part.all("pair")
    if pairs:
        return Topic("exchange_rate", (pairs[0].get("pair"),), explicit=True)
    currencies = [
        mark
        for mark in part.all("currency")
        if part.word_before(mark) not in {"in", "of", "for", "per"}
    ]
    says = (
        clues.any("move", "state", "cross", "extreme", "record", "hold", "sign")
        or "plain" in clues.units
        or (clues.trades and "money" in clues.units)
    )
    bought = clues.has("flow", "buy") and "USD" in {m.get("currency") for m in currencies[:1]}
    if (
        not currencies
        or (clues.trades and not bought)
        or (clues.papers and "plain" not in clues.units)
        or not says
    ):
        if _follows(clues, "exchange_rate") and (
            clues.any("move", "cross", "extreme", "record") or "plain" in clues.units
        ):
            return replace(clues.before, explicit=False)
        return None
    money = next(iter(units_of(part, "money")), "")
    all_codes = dict.fromkeys([mark.get("currency") for mark in part.all("currency")])
    main = _spoken_of(part, currencies).get("currency")
    other = next((code for code in all_codes if code != main), money)
    other = "" if other == main else other
    if main == "USD" and not other and _follows_dollar(clues):  # "the dollar" after "a weak yen"
        return replace(clues.before, inverse=clues.before.subjects[0].endswith("USD"))
    return _pair(main, other)


def _on_carry(part: Part) -> bool:
    """Whether the yen named is that of the carry trade. Where a trade would be closed, what that
    would do to the yen is told beside it.
    """
    if any(mark.get("stance") == "conditional" for mark in part.sentence.marks):
        return "carry" in part.words
    return "carry trade" in part.sentence.lower


def _follows_dollar(clues: Clues) -> bool:
    before = clues.before
    return clues.goes_on and before.measure == "exchange_rate" and "USD" in before.subjects[0]


_OTHER = (
    r"volatilit(?:y|ies)|vols?|swaps?|basis|options?|reversals?|positions?|positioning|shorts?|longs?|bets?"
    r"|correlations?|beta|gaps?|differentials?|spreads?|turnover|liquidity|skew"
)
_OF_PAIR = re.compile(
    rf"\A(?:[ -](?:net|short|long|short-rate|rate|rates|interest[ -]rate|yield|carry|(?:cross-)?currency|implied|reali[sz]ed|historical"
    rf"|(?:one|two|three|six|\d+)-(?:day|week|month|year)))*[ -](?:{_OTHER})\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    rf"\b(?:{_OTHER})(?: (?:of|in|on|for|between|against))(?: the)? ?\Z", re.IGNORECASE
)


def _not_the_rate(part: Part) -> bool:
    """As in "dollar-yen volatility", "yen short positions", "the gap between dollar and yen rates":
    a currency is named for something else than its price.
    """
    text = part.sentence.text
    return any(
        _OF_PAIR.search(text[mark.end : mark.end + 60]) or _OF_IT.search(text[: mark.start][-40:])
        for mark in (*part.all("pair"), *part.all("currency"))
    )


_AGAINST = {"against", "versus", "vs", "to", "with", "from"}


def _spoken_of(part: Part, currencies: list[Mark]) -> Mark:
    """The currency that the verb is of: "a weak yen: the dollar hit 159"."""
    heads = [m.first for m in part.marks if not _SAYS.isdisjoint(m.kinds)]
    ahead = [
        mark
        for mark in currencies
        if heads and mark.last <= heads[0] and part.word_before(mark) not in _AGAINST
    ]
    return ahead[-1] if ahead else currencies[0]


_SAYS = frozenset(("move", "state", "cross", "extreme", "record", "hold"))


def _pair(main: str, other: str) -> Topic | None:
    """The pair of `main` against `other`, and whether `main` is its second currency."""
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


def named(mark: Mark) -> Topic | None:
    """The topic that a mark names by itself: a pair, a currency against the dollar, an index."""
    if mark.get("pair"):
        return Topic("exchange_rate", (mark.get("pair"),), explicit=True)
    if mark.get("thing"):
        measure, _, subject = mark.get("thing").partition(":")
        return Topic(measure, (subject,), explicit=True) if subject else None
    return _pair(mark.get("currency"), "") if mark.get("currency") else None


def issuers_of(clues: Clues) -> tuple[str, ...]:
    """Whose yields a clause is about: named in it, in the sentence, or in force."""
    if clues.issuers or clues.places:
        return clues.issuers or clues.places
    if clues.own and clues.before.measure in {"government_yield", "yield_spread"}:
        return clues.before.subjects
    named = tuple(code for code in _paper_codes(clues) if code)
    if len(set(named)) == 1:
        return named[:1]
    only = {
        code for tenor in clues.tenors for part in tenor.split("-") if (code := _ONLY.get(part, ""))
    }
    if len(only) == 1:
        return tuple(only)
    if clues.ctx.issuer:
        return (clues.ctx.issuer,)
    homes = [code for code, words in _AT_HOME if words.search(clues.part.sentence)]
    return tuple(homes) if len(homes) == 1 else ()


def sureness(clues: Clues, issuers: tuple[str, ...]) -> float:
    """How sure `issuers` are: a guess that the sentence began with stays one."""
    if not issuers:
        return _UNSURE
    named = clues.issuers or clues.places or any(_paper_codes(clues))
    return clues.before.sure if clues.own and not named else 1.0


def _paper_codes(clues: Clues) -> list[str]:
    from saiken.claims.reading.papers import ISSUERS  # noqa: PLC0415

    return [ISSUERS.get(name, "") for name in clues.elsewhere("asset")]


def _years(tenor: str) -> float:
    return int(tenor[:-1]) / (12 if tenor.endswith("M") else 1) if tenor[:-1].isdigit() else 0


def spread(clues: Clues) -> Topic | None:
    """Differences of two tenors of one curve (`2Y-10Y`, long minus short) or of two countries."""
    if "spread" in clues.nouns and (two := _between_the_two(clues)) is not None:
        return two
    named = "spread" in clues.nouns or _tenor_against_tenor(clues)
    pairs = tuple(tenor for tenor in clues.tenors if "-" in tenor)
    if not pairs and not named:
        says = clues.units & {"bp", "pp", "percent"} or clues.any(
            "extreme", "record", "move", "compare", "multiple"
        )
        if _follows(clues, "yield_spread") and says and not clues.tenors and not clues.codes:
            return replace(clues.before, explicit=False)
        return None
    if not pairs and len(clues.tenors) == 2:
        low, high = sorted(clues.tenors, key=_years)
        pairs = (f"{low}-{high}",)
    countries = tuple(dict.fromkeys((*clues.places, *clues.issuers)))
    if not pairs and len(countries) == 2:
        return _gap(countries, clues.tenors or ("",), clues.part.text)
    issuers = issuers_of(clues)
    if not pairs:
        if clues.before.measure == "yield_spread" and clues.goes_on:
            return replace(clues.before, explicit=False)
        text = clues.part.lower
        if "curve" not in text or not clues.any("sign", "extreme", "record"):
            return None
        # "the end of the curve is inverted, with 40s below 30s": the sentence names its two ends
        ends = sorted((t for t in clues.elsewhere("tenor") if "-" not in t), key=_years)
        if " end" in text and len(ends) != 2:
            return None
        pairs = (f"{ends[0]}-{ends[1]}",) if len(ends) == 2 else ("2Y-10Y",)
    return Topic(
        "yield_spread", issuers or ("US",), pairs, explicit=True, sure=sureness(clues, issuers)
    )


_THE_TWO = re.compile(r"\b(?:between|of) (?:the two|them|both)\b", re.IGNORECASE)


def _between_the_two(clues: Clues) -> Topic | None:
    """The gap "between the two": of the last two issuers whose yields were told; else nothing."""
    if clues.codes or clues.issuers or clues.tenors or not _THE_TWO.search(clues.part.text):
        return None
    issuers, before = clues.ctx.issuers, clues.ctx.topic
    if len(issuers) != 2 or before.measure != "government_yield" or len(before.tenors) != 1:
        return Topic("", (), explicit=True)
    return _gap(issuers, before.tenors, clues.part.text)


_OVER = re.compile(
    r"\b(?:over(?! (?:the|a|this) )|above|minus|less|below|under|than|premium|discount)\b",
    re.IGNORECASE,
)


_YIELDS_THAN = re.compile(
    r"\b(?:yield|pay|cost|offer|return)(?:s|ed|ing)?\b[^.;]{0,24}?\b(?:more|less|lower|higher) than\b"
    r"|\byields?\b[^.;]{0,24}?\b(?:above|below|(?:higher|lower) than)\b",
    re.IGNORECASE,
)
OUT_YIELDS = re.compile(r"\bout-?yield(?:s|ed|ing)?\b", re.IGNORECASE)


def _gap(countries: tuple[str, ...], tenors: tuple[str, ...], text: str) -> Topic:
    """One country's yield less another's; `unsigned` where the words do not say which is higher."""
    scope = frozenset[str]() if _OVER.search(text) else frozenset({"unsigned"})
    return Topic("yield_gap", ("-".join(countries),), tenors, scope=scope, explicit=True)


def _tenor_against_tenor(clues: Clues) -> bool:
    """As in "the 40-year yields a basis point less than the 30-year", "40-year JGBs yield less than
    30-year JGBs": a spread told as a difference, or by its sign.
    """
    if len(clues.tenors) != 2 or len({*clues.places, *clues.issuers}) > 1:
        return False
    first, second = clues.part.all("tenor")[:2]
    out = OUT_YIELDS.search(clues.part.text)
    if out is not None:
        return first.end <= clues.part.start + out.start() < second.start
    signed = _YIELDS_THAN.search(clues.part.text)
    if signed and not clues.units & {"percent", "bp", "pp", "plain"}:
        return first.end < clues.part.start + signed.end() <= second.start
    apart = clues.units & {"bp", "pp"} and clues.has("compare", "than")
    return bool(apart) and any(
        first.last <= mark.first < second.first for mark in clues.part.all("compare")
    )


def _rallied(part: Part) -> bool:
    """Whether bonds rallied, where "yields rallied" went up: "JGBs rallied 7bp to yield 2.7 %"."""
    told = _RALLIED.search(part)
    named = [mark.start for mark in part.all("noun") if mark.get("noun") == "yield"]
    return told is not None and all(start > part.start + told.start() for start in named)


_RALLIED = phrase("rally rallied rallies rallying", r"\brall(?:y|ied|ies|ying)\b")
"""As in "10s rallied 5bp": bonds do, and yield so much less."""


def yields(clues: Clues) -> Topic | None:
    """Yields of government bonds."""
    part = clues.part
    if "hold" in clues.kinds and "money" in clues.units:
        return None
    rates = "rates" in clues.nouns and bool(clues.tenors or clues.papers)
    named = "yield" in clues.nouns or rates
    trading = (
        clues.has("flow", "buy")
        or "net" in clues.kinds
        or "holdings" in clues.nouns
        or "money" in clues.units
    )
    rated = bool(clues.units & {"percent", "bp", "pp"}) or "sign" in clues.kinds
    moving = rated or clues.any("extreme", "cross", "record", "move")
    by_tenor = (
        bool(clues.tenors)
        and not trading
        and (moving or "plain" in clues.units or "state" in part.kinds)
    )
    by_paper = (
        any(mark.get("class") == "bond" and mark.get("paper") for mark in clues.papers)
        and rated
        and not ("percent" in clues.units and clues.any("move"))  # bonds that rose 2 % are dearer
        and not trading
        and "hold" not in clues.kinds
        and clues.any("state", "sign", "cross", "move")
    )
    if not (named or by_tenor or by_paper):
        if (
            _follows(clues, "government_yield")
            and not trading
            and not clues.codes
            and (moving or "state" in part.kinds)
        ):
            return replace(
                clues.before, explicit=False, scope=frozenset(), price=False, inverse=False
            )
        return None
    issuers = issuers_of(clues)
    tenors = clues.tenors
    if (
        not tenors
        and clues.before.measure == "government_yield"
        and clues.goes_on
        and not clues.papers
    ):
        tenors = clues.before.tenors
    if not tenors and len(elsewhere := clues.elsewhere("tenor")) == 1 and "-" not in elsewhere[0]:
        tenors = elsewhere  # "benchmark bonds went sub-zero, a first for the 10-year"
    return Topic(
        "government_yield",
        issuers or ("US",),
        tenors or ("",),
        inverse=_rallied(part),
        explicit=True,
        sure=sureness(clues, issuers),
    )
