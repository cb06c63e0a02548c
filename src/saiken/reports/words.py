"""How verdicts and misreadings are called in a sentence for people."""

from __future__ import annotations

from saiken.claims.verdict import Ruling

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
    "series_break": "a change that a break in the series made",
}


def ruling_words(ruling: Ruling) -> str:
    return ruling.value.replace("_", " ")


def misreading_words(name: str) -> str:
    """The misreading in words; a name without words of its own is spelt out."""
    return MISREADINGS.get(name, name.replace("_", " "))
