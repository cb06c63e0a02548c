"""What figures tell as a range only: who owns holdings, where debt may go, what a shock may bring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from saiken.measures.arrays import Array
from saiken.measures.debt import debt_fan
from saiken.measures.ownership import CUSTODY_CENTRES, custody_range, official_share
from saiken.measures.projections import quantile_projection
from saiken.measures.wired.series import Figures, Track, Used, over, together
from saiken.terms.places import name

YEARS_AHEAD = 5
LEAST_YEARS = 20
WEEK = 5
LEAST_WEEKS = 250


@dataclass(frozen=True, slots=True)
class Span:
    """`low` to `high` in `unit`; `middle` where one is more likely than its neighbours, else nan.

    `note` says how the ends are known.
    """

    id: str
    title: str
    low: float
    middle: float
    high: float
    unit: str
    note: str
    used: tuple[Used, ...]


# --- who owns what is booked under a country's name -----------------------------------------------


def owners(figures: Figures, country: str) -> tuple[Span, ...]:
    """The official share of a country's Treasuries, and what custody elsewhere may add to them."""
    found = (_official(figures, country), _custody(figures, country))
    return tuple(span for span in found if span is not None)


def _official(figures: Figures, country: str) -> Span | None:
    held = figures.held(f"tic/holdings/{country}")
    reserves = figures.held(*RESERVES.get(country, ()))
    if held is None or reserves is None:
        return None
    share = official_share(float(reserves.values[-1]) / 1000, float(held.values[-1]))
    return Span(
        "official_share", "of these the official sector's", 100 * share.low, math.nan,
        100 * share.high, "%", f"low: {share.low_from}; high: {share.high_from}",
        (*held.used, *reserves.used),
    )  # fmt: skip


RESERVES = {"JP": ("mof/reserves/securities",)}
"""Securities among a country's official reserves, USD mn, where they are published."""


def _custody(figures: Figures, country: str) -> Span | None:
    held = figures.held(f"tic/holdings/{country}")
    tracks = {
        code: track
        for code in CUSTODY_CENTRES
        if code != country and (track := figures.held(f"tic/holdings/{code}")) is not None
    }
    if held is None or not tracks or country in CUSTODY_CENTRES:
        return None
    centres = {name(code): float(track.values[-1]) for code, track in tracks.items()}
    found = custody_range(float(held.values[-1]), centres)
    used = tuple(source for track in (held, *tracks.values()) for source in track.used)
    return Span(
        "custody_range", "with what custody centres may hold for it", found.low, math.nan, found.high,
        held.unit, f"low: {found.low_from}; high: {found.high_from}: figures rule out nothing less", used,
    )  # fmt: skip


# --- where public debt may go ------------------------------------------------------------------


def debt(figures: Figures, country: str) -> tuple[tuple[Track, Track] | None, tuple[Span, ...]]:
    """Gross debt and interest less growth by year, and the fan of debt some years on.

    Net interest is what the primary balance exceeds the overall one by, over last year's debt. The fan
    draws the shocks of a VAR on (rate, growth, inflation, primary balance) anew.
    """
    known: list[Track] = []
    for code in _DEBT:
        track = figures.track(f"public finances of {name(country)}", f"imf/{code}/{country}")
        if track is None:
            return None, ()
        known.append(track)
    inputs = together(lambda x: x[:, 0], "gross public debt", "% of GDP", *known)
    if len(inputs) < LEAST_YEARS:
        return None, ()
    columns = [t.values[np.searchsorted(t.days, inputs.days)] for t in known]
    history = _dynamics(columns)
    gap = inputs.of(
        np.concatenate([[np.nan], 100 * (history[:, 0] - (1 + history[:, 1]) * (1 + history[:, 2]) + 1)]),
        "interest less growth", "pp",
    )  # fmt: skip
    start = float(inputs.values[-1]) / 100
    try:
        fan = debt_fan(start, history, YEARS_AHEAD)
    except ValueError:  # gaps, or series that do not vary
        return (inputs, gap), ()
    low, middle, high = (100 * float(fan.ratio[row, -1]) for row in (0, 2, 4))
    first, last = (date.fromordinal(int(inputs.days[i])).year for i in (1, -1))
    note = f"5 to 95 % of draws of the shocks of {first} to {last}; no policy answers to them"
    span = Span(
        "debt_fan", f"debt {YEARS_AHEAD} years on", low, middle, high, "% of GDP", note, inputs.used
    )
    return (inputs, gap), (span,)


_DEBT = ("GGXWDG_NGDP", "GGXCNL_NGDP", "GGXONLB_NGDP", "NGDP_RPCH", "NGDP")


def _dynamics(columns: list[Array]) -> Array:
    """(T − 1, 4) of (r, g, π, pb), fractions, from debt, overall and primary balance, growth, GDP."""
    ratio, overall, primary, real, nominal = columns
    grown = over(nominal[1:], nominal[:-1])
    interest = over((primary - overall)[1:], ratio[:-1]) * grown
    growth = real[1:] / 100
    inflation = over(grown, 1 + growth) - 1
    return np.column_stack([interest, growth, inflation, primary[1:] / 100])


# --- what a shock has brought ------------------------------------------------------------------

SHOCKS = (("a 1 % stronger yen", "JPY"), ("10 bp more on 30-year JGBs", "JGB"))


def responses(
    figures: Figures, assets: tuple[tuple[str, str, Track | None], ...]
) -> tuple[Span, ...]:
    """Per cent by which assets (id, title, prices) moved in weeks with a stronger yen, or higher JGB
    yields: the slope at the median, and those at the 10th and the 90th quantile. In sample; no cause.
    """
    yen, bond = (
        figures.dollar("JPY"),
        figures.held(*figures.measured("government_yield", "JP", "30Y")),
    )
    found = []
    for id_, title, prices in assets:
        for (words, shock), track in zip(SHOCKS, (yen, bond), strict=True):
            if prices is None or track is None:
                continue
            span = _response(id_, title, prices, words, shock, track)
            found += [span] if span is not None else []
    return tuple(found)


def _response(
    id_: str, title: str, prices: Track, words: str, shock: str, track: Track
) -> Span | None:
    both = together(lambda x: x[:, 0], "", "", prices, track)
    price, level = (
        t.values[np.searchsorted(t.days, both.days)][::-WEEK][::-1] for t in (prices, track)
    )
    if len(price) < LEAST_WEEKS or (price <= 0).any() or (shock == "JPY" and (level <= 0).any()):
        return None
    moved = -100 * np.diff(np.log(level)) if shock == "JPY" else 10 * np.diff(level)
    try:
        fits = quantile_projection(100 * np.diff(np.log(price)), moved, 0, 1)
    except ValueError:  # a series that does not vary
        return None
    slopes = [float(fit.estimate[0]) for fit in fits]
    error = float(fits[1].error[0])
    first = date.fromordinal(int(both.days[0]))
    note = (
        f"slopes at the 10th, 50th, 90th quantile of weeks since {first:%Y-%m}; the median's "
        f"standard error is {error:.2f}; in sample"
    )
    return Span(
        f"{id_}_on_{shock}", f"{title} on {words}", min(slopes), slopes[1], max(slopes), "%", note,
        both.used,
    )  # fmt: skip
