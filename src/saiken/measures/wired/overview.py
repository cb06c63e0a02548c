"""Every country that reports holdings of Treasuries, in a line each, as of a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from saiken.measures.wired.gauges import Gauge, gauge, moved, returned, summed
from saiken.measures.wired.links import MONTH
from saiken.measures.wired.series import Figures, Views

YIELD = "10Y"


@dataclass(frozen=True, slots=True)
class Row:
    """What is published of one country; None where nothing is."""

    code: str
    holdings: Gauge
    month: Gauge | None
    year: Gauge | None
    net_year: Gauge | None
    bond: Gauge | None
    currency: Gauge | None


def overview(
    archive: Views, as_of: date, currencies: Mapping[str, str], *, strict: bool = False
) -> tuple[Row, ...]:
    """A row for each country of `currencies` (code -> currency) with current holdings, largest first.

    Countries whose newest figure is too old to speak of now are left out.
    """
    figures = Figures(archive, as_of, strict=strict)
    found = (_row(figures, code, currency) for code, currency in currencies.items())
    return tuple(sorted((r for r in found if r is not None), key=lambda r: -r.holdings.value))


def _row(figures: Figures, code: str, currency: str) -> Row | None:
    as_of = figures.as_of
    held = figures.held(f"tic/holdings/{code}")
    level = gauge("holdings", "Treasuries held", held, as_of)
    if held is None or level is None or level.stale:
        return None
    net = figures.held(f"tic/net/{code}")
    bond = figures.held(*figures.measured("government_yield", code, YIELD))
    rate = figures.dollar(currency) if currency not in {"", "USD"} else None
    if rate is not None and rate.stale(as_of):
        rate = None
    return Row(
        code,
        level,
        gauge("holdings_change", "change, month", moved(held, 1), as_of, toward="low"),
        gauge("holdings_year", "change, 12 months", moved(held, 12), as_of, toward="low"),
        gauge("net_year", "net purchases, 12 months", summed(net, 12, 0.001, "USD bn"), as_of,
              toward="low") if net is not None else None,
        gauge("bond", f"{YIELD} yield", bond, as_of, peak="high"),
        gauge("fx_move", f"{currency} per dollar, {MONTH} days", returned(rate, MONTH), as_of)
        if rate is not None else None,
    )  # fmt: skip
