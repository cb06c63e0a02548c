"""How verdicts and misreadings are called in a sentence for people."""

from __future__ import annotations

from saiken.claims.claim import Claim
from saiken.claims.judging import naming, wording
from saiken.claims.judging.told import Told, listed, said
from saiken.claims.verdict import Ruling
from saiken.terms.language import ENGLISH

MISREADINGS = {
    "stock_as_flow": "a stock read as a flow",
    "flow_as_stock": "a flow read as a stock",
    "valuation_as_sale": "a change in market value read as sales",
    "unit_slip": "a slip of scale, such as trillion for billion",
    "percent_slip": "per cent, percentage points and basis points mixed up",
    "currency_slip": "the right number in the wrong currency",
    "gross_as_net": "gross read as net",
    "different_definition": "a neighbouring definition",
    "all_foreign_as_us": "all foreign bonds read as US Treasuries",
    "wrong_subject": "the figure of another",
    "stale_period": "the figure of another period, or one since revised",
    "record_in_short_history": "a record within a short history",
    "custody_as_ownership": "custody read as ownership",
    "one_period_as_trend": "one month or week told as a trend",
    "series_break": "a change that a break in the series made",
}


def ruling_words(ruling: Ruling, language: str = ENGLISH) -> str:
    return said(naming.word(ruling.value), language)


def misreading_words(name: str, language: str = ENGLISH) -> str:
    """The misreading in words; a name without words of its own is spelt out."""
    spelt = MISREADINGS.get(name, name.replace("_", " "))
    return said(naming.misreading(name, spelt), language)


def read_as(claim: Claim) -> Told:
    """The claim in the terms that it was judged in."""
    parts = (
        naming.word(claim.predicate.value),
        naming.code(claim.subject),
        naming.measure_id(claim.measure),
        naming.tenor(claim.tenor),
        wording.label(claim.period) if claim.period else "",
    )
    return listed((part for part in parts if part), " ")
