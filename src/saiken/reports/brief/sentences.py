"""Wordings: for every kind of fact, sentences that may tell it, the preferred one first.

The words are those that the reader takes apart without doubt. A wording that the check does not
bear out on the day of the brief is passed over for the next one (`proof`).
"""

from __future__ import annotations

from collections.abc import Iterator

from saiken.reports.brief.facts import Fact

HOLDINGS = "{Countrys} holdings of US Treasuries"
YIELD = "{countrys} {tenor} government bond yield"
YIELD_FIRST = "{Countrys} {tenor} government bond yield"

WORDINGS: dict[str, tuple[str, ...]] = {
    # The claim.
    "claim_ruling": ("{told}",),
    "claim_slip": ("Behind it stands a misreading: {slip}.",),
    # What is held, and when that was known.
    "lead": (
        "As of {month}, {country} was the {place} foreign holder of US Treasuries, with {amount}.",
        "{Country} held {amount} of US Treasuries at the end of {month}.",
    ),
    "level": ("{Country} held {amount} of US Treasuries at the end of {month}.",),
    "latest": (
        "The latest TIC figures, those for {month}, were published on {day}.",
        "The TIC figures for {month} were published on {day}.",
    ),
    "month_missing": ("A later month is published, but no copy of it is at hand.",),
    "share": ("{Country} accounted for {share} of foreign holdings of US Treasuries in {month}.",),
    "moves": (
        HOLDINGS + " {rose} by {amount} in {month} {and_} were {amount2} {higher2} than a year earlier.",
    ),
    "month": (HOLDINGS + " {rose} by {amount} in {month}.",),
    "month_flat": (HOLDINGS + " were unchanged in {month}.",),
    "year": (HOLDINGS + " in {month} were {amount2} {higher2} than a year earlier.",),
    "net": ("{Country} {bought} a net {amount} of US Treasuries in {month}.",),
    "valuation": ("The valuation effect on {countrys} Treasuries was {amount} in {month}.",),
    "net_spans": (
        "{Span}, {country} {bought} a net {amount} of US Treasuries, {turn} a net {amount2} {span2}.",
    ),
    "net_span": ("{Span}, {country} {bought} a net {amount} of US Treasuries.",),
    "net_span2": ("{Span}, {country} {bought2} a net {amount2} of US Treasuries.",),
    "rise_not_bought": ("So the rise in holdings was not the work of net purchases.",),
    "fall_not_sold": ("So the fall in holdings was not the work of net sales.",),
    "mostly_prices": ("Prices and other changes did more to the total than trade did.",),
    "not_apart": ("Purchases and price changes are not published apart for this holder.",),
    "split_missing": ("The split of that month into purchases and prices is not at hand.",),
    "holdings_high": (
        HOLDINGS + " reached a record high of {amount} in {month}.",
    ),
    "holdings_since": (HOLDINGS + " in {month} were the {extreme} since {since}.",),
    "peak": (HOLDINGS + " reached a record high of {amount} in {month}.",),
    "off_peak": (HOLDINGS + " in {month} were down {share} from their peak in {since}.",),
    "custody": (
        "The table goes by the country of the custodian, and this one is a centre of custody, so that much of what is booked here has its owners elsewhere.",
    ),
    "custody_any": ("The table goes by the country of the custodian, not by that of the owner.",),
    "issuer": ("The table of holders lists foreign countries, and this one is the issuer.",),
    "no_holdings_yet": ("No figure of the table of holders had been published by then.",),
    "no_holdings": ("No line of the table of holders names this country.",),
    # What crossed the border.
    "flow": ("{Who} {bought} a net {amount} of {what} in {period}.",),
    "flow_year": (
        "{Who} {bought} a net {amount} of {what} in {period} {turn} a net {amount2} {year}.",
    ),
    "flow_span": ("{Year}, {who} {bought2} a net {amount2} of {what}.",),
    "all_foreign": ("These flows cover bonds of every foreign issuer, not of the US Treasury alone.",),
    "against_the_year": ("One period against the run of the year does not make a trend.",),
    "no_flows": ("No series at hand covers flows across this border.",),
    # Where the stress is.
    "yield_record": (
        YIELD_FIRST + " reached a record high of {value} on {day}, the highest since the series began in {since}.",
        YIELD_FIRST + " reached a record high of {value} on {day}.",
    ),
    "yield_short_record": (
        YIELD_FIRST + " was {value} on {day}, the highest since the series began in {since}.",
        YIELD_FIRST + " was {value} on {day}.",
    ),
    "short_history": ("The series is young: it tells nothing of earlier decades.",),
    "yield_high": (
        YIELD_FIRST + " was {value} on {day}, the highest since {since} but not a record.",
        YIELD_FIRST + " was {value} on {day}, the highest since {since}.",
    ),
    "yield_low": (YIELD_FIRST + " was {value} on {day}, the lowest since {since}.",),
    "yield_best": (
        "The record high of " + YIELD + " was {value} on {day}.",
        YIELD_FIRST + " reached a record high of {value} on {day}.",
    ),
    "yield_now": ("On {day}, " + YIELD + " was {value}, {amount} basis points {higher} than a year earlier.",),
    "yield_level": (YIELD_FIRST + " was {value} on {day}.",),
    "yield_year": ("On {day}, " + YIELD + " was {amount} basis points {higher} than a year earlier.",),
    "simple_above": (
        "In simple yield, as the market quotes it, " + YIELD + " was above {mark} on {day}.",
    ),
    "compound_below": ("The series that the publisher prints is a compound yield, and it did not get that far.",),
    "gap_now": (
        "The gap between the 10-year government bond yields of {first} and {second} was {value} percentage points on {day}, {amount} basis points {higher} than a year earlier.",
    ),
    "home_gains": ("That makes domestic bonds more attractive against Treasuries, before the cost of hedging.",),
    "home_loses": ("That makes domestic bonds less attractive against Treasuries, before the cost of hedging.",),
    "what_holders_do": ("What holders will do about it is a forecast, and no figure bears that out.",),
    "gap": (
        "The gap between the 10-year government bond yields of {first} and {second} was {value} percentage points on {day}.",
    ),
    "slope": (
        "The gap between {countrys} 2-year and 10-year government bond yields was {value} percentage points on {day}.",
        "The spread between {countrys} 2-year and 10-year government bond yields was {value} percentage points on {day}.",
    ),
    "yields_missing": ("Later closes of these yields are published, but no copy of them is at hand.",),
    "no_curve": ("No series at hand gives the yields of this government's bonds.",),
    # The chain.
    "hedge_cost": ("Hedging costs for investors in {country} were {value} on {day}.",),
    "hedge_costs": ("Short rates are higher abroad, and who sells the dollars forward pays the difference.",),
    "hedge_pays": ("A cost below zero means that the hedge pays.",),
    "rates_missing": ("Later rates are published, but no copy of them is at hand.",),
    "without_basis": ("The basis of the currency swap is not in it.",),
    "hedged_pick_up": ("The hedged pick-up for investors in {country} was {value} on {day}.",),
    "home_pays_more": ("So a hedged buyer earned less abroad than at home.",),
    "abroad_pays_more": ("So a hedged buyer earned more abroad than at home.",),
    "carry_paid": ("The carry-to-risk of {pair} was {value} on {day}.",),
    "mood": ("The VIX was {value} on {day}.",),
    # Debt, currency, reserves.
    "debt": ("{Countrys} public debt was {value} of GDP in {year}.",),
    "debt_record": (
        "{Countrys} public debt reached a record high of {value} of GDP in {year}.",
        "{Countrys} public debt was {value} of GDP in {year}.",
    ),
    "debt_now": (
        "{Countrys} public debt was {value} of GDP in {year}, against a record high of {value2} of GDP in {year2}.",
    ),
    "debt_high": ("{Countrys} public debt reached a record high of {value2} of GDP in {year2}.",),
    "debt_estimate": ("That is the last completed year of the edition, and partly an estimate.",),
    "edition_missing": ("A later edition is published, but no copy of it is at hand.",),
    "no_debt": ("No debt ratio of this country is at hand.",),
    "fx_now": ("{pair} was {value} on {day}, {share} {higher} than a year earlier.",),
    "fx": ("{pair} was {value} on {day}.",),
    "fx_year": ("{pair} was {share} {higher} on {day} than a year earlier.",),
    "fixings_missing": ("Later fixings are published, but no copy of them is at hand.",),
    "positions_missing": ("Later positions are published, but no copy of them is at hand.",),
    "intervention": ("In {month}, {country} spent {amount} on foreign exchange intervention.",),
    "positions": ("Non-commercial traders were net {side} {count} yen contracts on {day}.",),
    "no_fx": ("No exchange rate of this country's currency is at hand.",),
    "reserves_now": (
        "{Countrys} foreign reserves {rose} by {amount2} in {month} to {amount}.",
    ),
    "reserves": ("{Countrys} foreign reserves were {amount} at the end of {month}.",),
    "reserves_month": ("{Countrys} foreign reserves {rose} by {amount2} in {month}.",),
    # What a real dump would do.
    "dump_yield": (
        "If all of the {amount} of US Treasuries held in {country} were sold within a month, {what} would {move} by {median} basis points in the median of {draws} draws, and would {move} by {low} to {high} basis points in nine of ten.",
    ),
    "dump_backed": (
        "If the Federal Reserve and the Bank of Japan stepped in, {what} would {move} by {median} basis points in the median draw, and would {move} by {low} to {high} basis points in nine of ten.",
    ),
    "dump_dollar": (
        "{what} would {move} by {median}% in the median draw, and would {move} by {low}% to {high}% in nine of ten.",
    ),
    "dump_leans": ("{what} would {move} in {way} of the draws.",),
    "dump_open": ("Not even the direction of {what} would be known.",),
    "dump_nothing": (
        "If all of the {amount} of US Treasuries held in {country} were sold within a month, the 10-year US Treasury yield would stay where it is, to a tenth of a basis point, in the median of {draws} draws.",
    ),
    "dump_unsized": ("Most draws lie outside all that has been observed, so that the direction is supported and the size is not identified.",),
    "dump_wide": ("The draws lie too far apart for the size to be identified.",),
    "dump_bonds": (
        "The sellers would give up {median} on the bonds in the median draw, and would give up {low} to {high} in nine of ten.",
    ),
    "dump_dollars": (
        "They would give up {median} on the dollars in the median draw, and would give up {low} to {high} in nine of ten.",
    ),
    "dump_banks": (
        "{Countrys} banks, co-operatives and insurers would lose {median} of their joint equity in the median draw, and a quarter of it or more in {share} of the draws.",
    ),
    "dump_heavy": ("So losses on bonds and dollars alone would weigh on the whole system.",),
    "dump_unproven": ("So devastation by losses on bonds and dollars alone is not established, and the model cannot rule it out.",),
    "dump_light": ("So losses on bonds and dollars alone do not devastate the system, which is no proof that nothing else would break.",),
    "dump_limits": ("Runs, funding in dollars, margins and confidence are not in the model, and how likely such a sale is, no draw tells.",),
    "dump_no_home": ("What it would do to the sellers' own currency, banks and insurers is not in the model either.",),
    "dump_late": ("Parts of the balance sheets behind it are of a later date than this brief.",),
    "dump_issuer": ("No sudden sale is simulated, since the issuer holds none of its own Treasuries.",),
    "dump_not_held": ("No sudden sale is simulated, since no table of that day tells what this country holds.",),
    "dump_no_sheets": ("No sudden sale is simulated, since the balance sheets of that day are not at hand.",),
    # What is not known yet, and when it will be.
    "not_yet": (
        "The TIC figures for {month} have not been published yet: they are due on {day}.",
    ),
    "unpublished": ("The TIC figures for {month} have not been published yet.",),
    "due": ("The TIC figures for {month} are due on {day}.",),
    "until_then": ("What happened since is not in that table.",),
}  # fmt: skip


def wordings(fact: Fact) -> Iterator[str]:
    """The sentences that may tell a fact, the preferred one first.

    Raises KeyError for a kind without wordings, or for a word that the fact does not have.
    """
    for wording in WORDINGS[fact.kind]:
        yield wording.format_map(fact.words)
