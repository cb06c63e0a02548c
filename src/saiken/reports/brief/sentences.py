"""Wordings: for every kind of fact, sentences that may tell it, the preferred one first.

The words are those that the reader takes apart without doubt. A wording that the check does not
bear out on the day of the brief is passed over for the next one (`proof`).
"""

from __future__ import annotations

from collections.abc import Iterator

from saiken.reports.brief.facts import Fact

HOLDINGS = "{Countrys} holdings of US Treasuries"

WORDINGS: dict[str, tuple[str, ...]] = {
    # What is held, and when that was known.
    "lead": (
        "As of {month}, {country} was the {place} foreign holder of US Treasuries, with {amount}.",
        "{Country} held {amount} of US Treasuries at the end of {month}.",
    ),
    "level": ("{Country} held {amount} of US Treasuries at the end of {month}.",),
    "rank": ("{Country} was the {place} foreign holder of US Treasuries in {month}.",),
    "latest": (
        "The latest TIC figures, those for {month}, were published on {day}.",
        "The TIC figures for {month} were published on {day}.",
    ),
    "share": ("{Country} accounted for {share} of foreign holdings of US Treasuries in {month}.",),
    "month_up": (HOLDINGS + " rose by {amount} in {month}.",),
    "month_down": (HOLDINGS + " fell by {amount} in {month}.",),
    "month_flat": (HOLDINGS + " were unchanged in {month}.",),
    "year_up": (HOLDINGS + " in {month} were {amount} higher than a year earlier.",),
    "year_down": (HOLDINGS + " in {month} were {amount} lower than a year earlier.",),
    "net_up": ("{Country} bought a net {amount} of US Treasuries in {month}.",),
    "net_down": ("{Country} sold a net {amount} of US Treasuries in {month}.",),
    "valuation": ("The valuation effect on {countrys} Treasuries was {amount} in {month}.",),
    "net_span_up": ("{span}, {country} bought a net {amount} of US Treasuries.",),
    "net_span_down": ("{span}, {country} sold a net {amount} of US Treasuries.",),
    "rise_not_bought": ("So the rise in holdings was not the work of net purchases.",),
    "fall_not_sold": ("So the fall in holdings was not the work of net sales.",),
    "mostly_prices": ("Prices did more to the total than purchases or sales.",),
    "not_apart": ("Purchases and price changes are not published apart for this holder.",),
    "split_missing": ("The split of that month into purchases and prices is not at hand.",),
    "holdings_high": ("At {amount} in {month}, {countrys} holdings of US Treasuries were at a record high.",
                      HOLDINGS + " reached a record high of {amount} in {month}."),
    "holdings_high_since": (HOLDINGS + " in {month} were the highest since {since}.",),
    "holdings_low_since": (HOLDINGS + " in {month} were the lowest since {since}.",),
    "peak": (HOLDINGS + " reached a record high of {amount} in {month}.",),
    "off_peak": (HOLDINGS + " in {month} were down {share} from their peak in {since}.",),
    "custody": (
        "The table goes by the country of the custodian, and this one is a centre of custody: "
        "what is booked here belongs in good part to owners elsewhere.",
    ),
    "custody_any": ("The table goes by the country of the custodian, not by that of the owner.",),
    # What crossed the border.
    "assets_bonds_up": ("Residents of {country} bought a net {amount} of foreign long-term bonds in {period}.",),
    "assets_bonds_down": ("Residents of {country} sold a net {amount} of foreign long-term bonds in {period}.",),
    "assets_stocks_up": ("Residents of {country} bought a net {amount} of foreign stocks in {period}.",),
    "assets_stocks_down": ("Residents of {country} sold a net {amount} of foreign stocks in {period}.",),
    "inbound_bonds_up": ("Non-residents bought a net {amount} of {countrys} long-term bonds in {period}.",
                         "Non-residents bought a net {amount} of {countrys} bonds in {period}."),
    "inbound_bonds_down": ("Non-residents sold a net {amount} of {countrys} long-term bonds in {period}.",
                           "Non-residents sold a net {amount} of {countrys} bonds in {period}."),
    "inbound_stocks_up": ("Non-residents bought a net {amount} of {countrys} stocks in {period}.",),
    "inbound_stocks_down": ("Non-residents sold a net {amount} of {countrys} stocks in {period}.",),
    "assets_bonds_span_up": ("{span}, residents of {country} bought a net {amount} of foreign long-term bonds.",),
    "assets_bonds_span_down": ("{span}, residents of {country} sold a net {amount} of foreign long-term bonds.",),
    "inbound_bonds_span_up": ("{span}, non-residents bought a net {amount} of {countrys} long-term bonds.",
                              "{span}, non-residents bought a net {amount} of {countrys} bonds."),
    "inbound_bonds_span_down": ("{span}, non-residents sold a net {amount} of {countrys} long-term bonds.",
                                "{span}, non-residents sold a net {amount} of {countrys} bonds."),
    "all_foreign": ("These flows cover bonds of every foreign issuer, not of the US Treasury alone.",),
    "against_the_year": ("One period against the drift of the year does not make a trend.",),
    # Where the stress is.
    "yield_record": ("At {value} on {day}, {countrys} {tenor} government bond yield was at a record high.",
                     "{Countrys} {tenor} government bond yield reached a record high of {value} on {day}."),
    "yield_short_record": ("{Countrys} {tenor} government bond yield on {day} was the highest since the series began in {since}.",
                           "On {day}, {countrys} {tenor} government bond yield was the highest since {since}."),
    "yield_short_peak": ("{Countrys} {tenor} government bond yield was {value} on {day}.",),
    "yield_high_since": ("{Countrys} {tenor} government bond yield was {value} on {day}, the highest since {since}.",),
    "yield_low_since": ("{Countrys} {tenor} government bond yield was {value} on {day}, the lowest since {since}.",),
    "yield_no_record": ("{Countrys} {tenor} government bond yield reached a record high of {value} on {day}.",),
    "no_record": ("So that was no record.",),
    "short_history": ("That series is young, and a high in it says nothing of earlier decades.",),
    "yield_level": ("{Countrys} {tenor} government bond yield was {value} on {day}.",),
    "yield_year_up": ("On {day}, {countrys} {tenor} government bond yield was {amount} basis points higher than a year earlier.",),
    "yield_year_down": ("On {day}, {countrys} {tenor} government bond yield was {amount} basis points lower than a year earlier.",),
    "simple_above": ("In simple yield, as the market quotes it, {countrys} {tenor} government bond yield was above {mark} on {day}.",),
    "compound_below": ("The series that the publisher prints is a compound yield, and it did not get that far.",),
    "gap": ("The gap between the 10-year government bond yields of {first} and {second} was {value} percentage points on {day}.",),
    "slope": ("The gap between {countrys} 2-year and 10-year government bond yields was {value} percentage points on {day}.",
              "The spread between {countrys} 2-year and 10-year government bond yields was {value} percentage points on {day}."),
    "closes_missing": ("Later closes are published, but no copy of them is at hand.",),
    # Debt, currency, reserves.
    "debt": ("{Countrys} public debt was {value} of GDP in {year}.",),
    "debt_high": ("{Countrys} public debt reached a record high of {value} of GDP in {year}.",),
    "debt_estimate": ("That is the last completed year of the edition in force, partly an estimate.",),
    "fx": ("{pair} was {value} on {day}.", "The dollar was at {value} {currency} on {day}."),
    "fx_year_up": ("{pair} was {share} higher on {day} than a year earlier.",),
    "fx_year_down": ("{pair} was {share} lower on {day} than a year earlier.",),
    "reserves": ("{Countrys} foreign reserves were {amount} at the end of {month}.",),
    "reserves_month_up": ("{Countrys} foreign reserves rose by {amount} in {month}.",),
    "reserves_month_down": ("{Countrys} foreign reserves fell by {amount} in {month}.",),
    # What is not known yet, and when it will be.
    "unpublished": ("The TIC figures for {month} have not been published yet.",),
    "due": ("The TIC figures for {month} are due on {day}.",),
    "until_then": ("Until then, nobody outside knows what was bought or sold since.",),
    # What is missing, said rather than passed over.
    "no_flows": ("No series at hand tells what residents and non-residents bought and sold across the border.",),
    "no_curve": ("No series at hand gives the yields of this government's bonds.",),
    "no_debt": ("No debt ratio of this country is at hand.",),
    "no_fx": ("No exchange rate of this country's currency is at hand.",),
    "no_holdings": ("No TIC line of this country is at hand, so nothing is said of its Treasuries.",),
    # The claim.
    "claim_ruling": ("{told}",),
    "claim_slip": ("The misreading behind it: {slip}.",),
    "claim_reason": ("{reason}",),
}  # fmt: skip


def wordings(fact: Fact) -> Iterator[str]:
    """The sentences that may tell a fact, the preferred one first.

    Raises KeyError for a kind without wordings, or for a word that the fact does not have.
    """
    for wording in WORDINGS[fact.kind]:
        yield wording.format_map(fact.words)
