"""The links of the chain: bonds at home, pick-up, flows, Treasuries, carry, risk assets.

Each link is a function of figures as of a date and of a country; its gauges are those for which
the figures suffice, the first of them the one that speaks for the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from saiken.measures.curves import kink_index
from saiken.measures.wired import carrying, spans, stressed
from saiken.measures.wired.carrying import Signal
from saiken.measures.wired.gauges import (
    Gauge,
    below_high,
    gauge,
    highest,
    moved,
    returned,
    summed,
)
from saiken.measures.wired.pick_up import Range, by_investor, pick_up
from saiken.measures.wired.series import Figures, Missing, Track, together
from saiken.measures.wired.spans import Span
from saiken.measures.wired.spillovers import WINDOW, long_yield, spillover
from saiken.measures.wired.stressed import Part
from saiken.terms.places import name

LONG_TENORS = ("40Y", "30Y", "20Y", "10Y")
CURVE = tuple(f"{years}Y" for years in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40))
LEAST_NODES = 10
MONTH, YEAR = 20, 252


@dataclass(frozen=True, slots=True)
class Place:
    """A country and the currency in which its investors count."""

    code: str
    currency: str


@dataclass(frozen=True, slots=True)
class Link:
    """`gauges` begins with the one that speaks for the link; `missing` names what was wanted too."""

    id: str
    title: str
    gauges: tuple[Gauge, ...]
    missing: tuple[Missing, ...]
    ranges: tuple[Range, ...] = ()
    signal: Signal | None = None
    parts: tuple[Part, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def word(self) -> str:
        """The band of the gauge that speaks for it; `` where it has none that is not stale."""
        return next((g.word for g in self.gauges if g.word and not g.stale), "")


def bonds(figures: Figures, place: Place) -> Link:
    """Government bonds at home: records, moves, slope and kinks of the curve."""
    as_of, found = figures.as_of, []
    longest = long_yield(figures, place.code, LONG_TENORS)
    if longest:
        tenor, track = longest
        found += [
            gauge(
                "bond_move", f"{tenor} yield over {MONTH} days", moved(track, MONTH, 100, "bp"),
                as_of, toward="high",
            ),
            gauge(
                "bond_shock", f"{tenor}: largest daily rise in {MONTH} days",
                highest(moved(track, 1, 100, "bp"), MONTH), as_of, toward="high",
            ),
        ]  # fmt: skip
    for tenor in LONG_TENORS:
        held = figures.held(*figures.measured("government_yield", place.code, tenor))
        found.append(gauge(f"yield_{tenor}", f"{tenor} yield", held, as_of, peak="high"))
    near, far = (figures.yields(place.code, tenor) for tenor in ("10Y", "30Y"))
    if near is not None and far is not None:
        slope = together(lambda x: x[:, 0] - x[:, 1], "slope", "pp", far, near)
        found.append(gauge("slope", "30Y less 10Y", slope, as_of, toward="high"))
    found.append(gauge("kinks", "kink index of the curve", kinks(figures, place.code), as_of,
                       toward="high"))  # fmt: skip
    owed, fan = spans.debt(figures, place.code)
    if owed is not None:
        ratio, gap = owed
        note = "by the IMF; the newest years are estimates"
        found += [
            gauge("debt", "gross public debt", ratio, as_of, note=note),
            gauge(
                "interest_less_growth", "interest less growth", gap, as_of, toward="high", note=note
            ),
        ]
    return replace(_link(figures, "bonds", "Government bonds at home", found), spans=fan)


def kinks(figures: Figures, country: str) -> Track | None:
    """RMSE of the best Svensson curve to the curve's nodes, on days that have them all."""
    held = [
        (float(tenor[:-1]), track)
        for tenor in CURVE
        if (track := figures.held(*figures.measured("government_yield", country, tenor)))
        is not None
    ]
    if len(held) < LEAST_NODES:
        return None
    tracks = [track for _, track in held]
    days = tracks[0].days
    for track in tracks[1:]:
        days = np.intersect1d(days, track.days)
    table = np.column_stack([t.values[np.searchsorted(t.days, days)] for t in tracks])
    if not len(days):
        return None
    found = kink_index([years for years, _ in held], table)
    used = tuple(source for track in tracks for source in track.used)
    return Track("kink index", "bp", "D", days, table[:, 0], days, used).of(found.rmse)


def relative_value(figures: Figures, place: Place) -> Link:
    """What a Treasury yields beyond the bond at home, unhedged and hedged."""
    as_of = figures.as_of
    if place.code == "US":
        return Link("pick_up", "Pick-up of Treasuries over bonds at home", (), ())
    found = pick_up(figures, place.code)
    gauges: list[Gauge | None] = []
    if found is not None:
        basis = "hedged by short rates, without basis"
        gauges = [
            gauge("hedged_pick_up", f"{found.tenor} pick-up, hedged", found.hedged, as_of,
                  toward="low", peak="low", note=basis),
            gauge("pick_up", f"{found.tenor} pick-up, unhedged", found.gap, as_of,
                  toward="low", peak="low"),
            gauge("hedging_cost", "cost of the hedge, short rates", found.cost, as_of, note=basis),
        ]  # fmt: skip
    link = _link(figures, "pick_up", "Pick-up of Treasuries over bonds at home", gauges)
    return replace(link, ranges=by_investor(figures, place.code))


FLOWS = ("foreign_bonds_4W", "foreign_bonds_1M", "holdings_change", "holdings", "treasuries_net_12")
"""The flows that tell most, in the order in which they are shown; the others follow."""


def _flow_order(found: Gauge | None) -> int:
    return FLOWS.index(found.id) if found is not None and found.id in FLOWS else len(FLOWS)


HOLDERS = {"US": "all"}
"""Whose holdings of Treasuries are looked at, where it is not the country itself."""


def flows(figures: Figures, place: Place) -> Link:
    """What residents buy abroad, and what they hold of Treasuries."""
    as_of, code = figures.as_of, place.code
    found: list[Gauge | None] = []
    listed = figures.measured("foreign_bond_flows", code)
    tracks = [figures.track("net purchases of foreign bonds", series) for series in listed]
    for frequency, steps, words in (("W", 4, "4 weeks"), ("M", 1, "month"), ("M", 12, "12 months")):
        one = next((t for t in tracks if t is not None and t.frequency == frequency), None)
        if one is not None:
            total = summed(one, steps, 0.1, "JPY bn") if code == "JP" else summed(one, steps)
            title = f"foreign bonds bought net, {words}"
            found.append(
                gauge(f"foreign_bonds_{steps}{frequency}", title, total, as_of, toward="low")
            )
    found = sorted([*found, *_holdings(figures, code)], key=_flow_order)
    title = "Foreigners' Treasuries" if code == "US" else "Flows into and out of foreign bonds"
    link = _link(figures, "flows", title, found)
    fresh = sorted(link.gauges, key=lambda g: g.stale)  # what is stale cannot speak for the link
    owned = spans.owners(figures, code) if code not in HOLDERS else ()
    return replace(link, gauges=tuple(fresh), spans=owned)


def _holdings(figures: Figures, country: str) -> list[Gauge | None]:
    as_of, code = figures.as_of, HOLDERS.get(country, country)
    held = figures.track(f"Treasuries held by {name(code)}", f"tic/holdings/{code}")
    net = figures.track(f"net purchases of Treasuries by {name(code)}", f"tic/net/{code}")
    found: list[Gauge | None] = []
    if held is not None:
        found += [
            gauge("holdings_change", "change of Treasuries held, month", moved(held, 1), as_of,
                  toward="low"),
            gauge("holdings_year", "change of Treasuries held, 12 months", moved(held, 12),
                  as_of, toward="low"),
            gauge("holdings", "Treasuries held", held, as_of, peak="high",
                  note="by custody, which need not be ownership"),
        ]  # fmt: skip
    if net is not None:
        for steps, words in ((1, "month"), (12, "12 months")):
            title = f"Treasuries bought net, {words}"
            total = summed(net, steps, 0.001, "USD bn")
            found.append(gauge(f"treasuries_net_{steps}", title, total, as_of, toward="low"))
    custody = figures.track("custody at the Federal Reserve", "h41/custody")
    if custody is not None:
        change = moved(custody, 4, 0.001, "USD bn")
        title = "Fed custody for officials, 4 weeks"
        found.append(gauge("custody", title, change, as_of, toward="low"))
    return found


def treasuries(figures: Figures, place: Place) -> Link:
    """US yields, and how much of their surprises comes from bonds at home."""
    as_of = figures.as_of
    long = long_yield(figures, "US", ("30Y", "20Y", "10Y"))
    found: list[Gauge | None] = []
    if long:
        tenor, track = long
        found.append(
            gauge("treasury_move", f"{tenor} Treasury over {MONTH} days",
                  moved(track, MONTH, 100, "bp"), as_of, toward="high")
        )  # fmt: skip
        found += _spilled(figures, place, tenor, track)
    for one in ("30Y", "10Y"):
        held = figures.yields("US", one)
        found.append(gauge(f"treasury_{one}", f"{one} Treasury", held, as_of, peak="high"))
    if long:
        shock = highest(moved(long[1], 1, 100, "bp"), MONTH)
        title = f"{long[0]}: largest daily rise in {MONTH} days"
        found.append(gauge("treasury_shock", title, shock, as_of, toward="high"))
    return _link(figures, "treasuries", "US Treasuries", found)


def _spilled(figures: Figures, place: Place, tenor: str, track: Track) -> list[Gauge | None]:
    if place.code == "US":
        return []
    home = long_yield(figures, place.code, (tenor, *LONG_TENORS))
    if not home:
        return []
    found = spillover(home[1], track, figures.dollar(place.currency))
    if found is None:
        return []
    words = f"{tenor} Treasury, due to {home[0]} at home"
    note = f"share of its surprises over {WINDOW} days"
    return [
        gauge("spillover", words, found[0], figures.as_of, toward="high", note=note),
        gauge("connectedness", "connectedness, with the currency", found[1],
              figures.as_of, toward="high", note=note),
    ]  # fmt: skip


def carry_trade(figures: Figures, place: Place) -> Link:
    """The carry trade that borrows at home to hold dollars."""
    as_of, title = figures.as_of, f"Carry trade funded in {place.currency}"
    if place.currency == "USD":
        return Link("carry", title, (), ())
    trade = carrying.trade(figures, place.currency, place.code)
    yen = place.currency == "JPY"
    held = carrying.position(figures) if yen else None
    spot = trade.spot if trade is not None else figures.dollar(place.currency)
    found: list[Gauge | None] = []
    if trade is not None:
        found += [
            gauge("carry_drawdown", "loss of the trade in a quarter", trade.drawdown, as_of,
                  toward="low"),
            gauge("rate_gap", "dollar less home short rate", trade.gap, as_of, peak="low"),
            gauge("carry_to_risk", "carry-to-risk", trade.paid, as_of, note="by realised volatility"),
        ]  # fmt: skip
    if spot is not None:
        # Without home rates the exchange rate alone speaks: the funding currency's rise is the loss.
        found.append(
            gauge("fx_move", f"{place.currency} per dollar, {MONTH} days", returned(spot, MONTH),
                  as_of, toward="low")
        )  # fmt: skip
    if held is not None:
        found.append(
            gauge(
                "positions", "speculators' net yen position", held, as_of, note="+ = long the yen"
            )
        )
    if trade is not None:
        found += [
            gauge("fx_volatility", "realised volatility, 63 days", trade.volatility, as_of,
                  toward="high"),
            gauge("carry_skew", "realised skew, 126 days", trade.skew, as_of, toward="low"),
        ]  # fmt: skip
    if spot is not None:
        found.append(gauge("fx", f"{place.currency} per dollar", spot, as_of, peak="high"))
    link = _link(figures, "carry", title, found)
    told = carrying.signal(figures, trade, held) if yen and trade is not None else None
    return replace(link, signal=told)


EQUITIES = {
    "JP": ("Nikkei 225", ("yahoo/NIKKEI225/close",)),
    "US": ("S&P 500", ("fred/SP500", "yahoo/SP500/close", "yahoo/SPY/close")),
}
ASSETS = (
    ("em", "emerging markets (EEM)", ("yahoo/EEM/close",)),
    ("btc", "bitcoin", ("yahoo/BTC/close", "fred/CBBTCUSD", "assembled/BTC")),
    ("eth", "ether", ("yahoo/ETH/close", "fred/CBETHUSD")),
)
INDICES = (
    ("nfci", "NFCI, Chicago Fed", "fred/NFCI"),
    ("stlfsi", "STLFSI, St. Louis Fed", "fred/STLFSI4"),
    ("ofr_fsi", "OFR Financial Stress Index", "ofr/fsi/index"),
)


def risk(figures: Figures, place: Place) -> Link:
    """Risk assets and stress: our own index with its parts, and what others publish."""
    as_of = figures.as_of
    home = long_yield(figures, place.code, ("10Y",))
    spot = figures.dollar(place.currency) if place.currency != "USD" else None
    index = stressed.stress(figures, place.code, home[0] if home else "", spot)
    found: list[Gauge | None] = []
    shared: Gauge | None = None
    if index is not None:
        found.append(gauge("stress", "stress index", index.index, as_of, toward="high",
                           note="mean 0, its own past only"))  # fmt: skip
        shared = gauge("ciss", "the same inputs, aggregated as CISS", index.shared, as_of,
                       toward="high", note="0 to 1, high where stress is shared")  # fmt: skip
    vix = stressed.volatility_index(figures)
    found.append(gauge("vix", "VIX", vix, as_of, toward="high"))
    spread = figures.track("high-yield spread", "fred/BAMLH0A0HYM2")
    found.append(gauge("high_yield", "high-yield spread, US", spread, as_of, toward="high"))
    for code in dict.fromkeys((place.code, "US")):
        if code in EQUITIES:
            words, series = EQUITIES[code]
            track = figures.track(words, *series)
            if track is not None:
                title = f"{words}, below its high of a year"
                found.append(gauge(f"equities_{code}", title, below_high(track, YEAR), as_of,
                                   toward="low"))  # fmt: skip
    prices = {id_: figures.track(words, *choices) for id_, words, choices in ASSETS}
    for id_, words, _ in ASSETS:
        track = prices[id_]
        if track is not None:
            title = f"{words}, {MONTH} days"
            found.append(gauge(id_, title, returned(track, MONTH), as_of, toward="low"))
    found += [
        shared,
        *(
            gauge(id_, words, figures.track(words, one), as_of, toward="high")
            for id_, words, one in INDICES
        ),
    ]
    link = _link(figures, "risk", "Risk assets and stress", found)
    parts = index.parts if index is not None else ()
    return replace(link, parts=parts, spans=_responses(figures, place, prices))


def _responses(
    figures: Figures, place: Place, prices: Mapping[str, Track | None]
) -> tuple[Span, ...]:
    """What risk assets did in weeks with a stronger yen or higher JGB yields; for Japan."""
    if place.code != "JP":
        return ()
    assets = [("sp500", "S&P 500", figures.held(*EQUITIES["US"][1]))]
    assets += [(id_, words, prices[id_]) for id_, words, _ in ASSETS]
    return spans.responses(figures, tuple(assets))


def _link(figures: Figures, id_: str, title: str, found: Iterable[Gauge | None]) -> Link:
    """The link, with what its making found missing; the next one starts with a clean list."""
    missing, figures.missing = tuple(figures.missing), []
    return Link(id_, title, tuple(g for g in found if g is not None), missing)
