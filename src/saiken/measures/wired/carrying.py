"""The carry trade funded in a currency, and for the yen the unwind signal with its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from saiken.measures import carry
from saiken.measures.arrays import Array, carried
from saiken.measures.carry import AlarmRecord
from saiken.measures.wired.series import Figures, Track, Used, over, together

POSITION_AGE = 35
"""Days for which a released position speaks: reports are weekly, but some came late."""

RATE_AGE = 10

MEMORY_DAYS = 92
"""Calendar days of the signal's memory: a quarter."""

EPISODES = (
    ("March 2007", date(2007, 2, 27), date(2007, 3, 16)),
    ("October 2008", date(2008, 10, 1), date(2008, 10, 31)),
    ("March 2020", date(2020, 2, 24), date(2020, 3, 20)),
    ("August 2024", date(2024, 7, 11), date(2024, 8, 7)),
)
"""When the yen carry trade is known to have come undone, fixed before the signal was looked at."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Long dollars, funded in a currency, day by day; each (T,) on the days of `spot`.

    rate gaps and volatilities are fractions a year
    """

    spot: Track
    gap: Track
    volatility: Track
    paid: Track
    drawdown: Track
    skew: Track
    returns: Array
    usd: Array
    home: Array
    days: Array
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """The unwind signal on its newest day, and all its alarms up to it held against the episodes.

    `record` counts the episodes that were over by the date asked about.
    """

    day: date
    loaded: bool
    broken: bool
    lately_broken: bool
    last_alarm: date | None
    record: AlarmRecord
    lacks_positions: bool
    used: tuple[Used, ...]

    @property
    def open(self) -> bool:
        """Whether the last alarm is so recent that it cannot be told yet whether it was a false one."""
        return self.last_alarm is not None and (self.day - self.last_alarm).days <= MEMORY_DAYS

    @property
    def settled(self) -> int:
        """How many alarms can be told to be hits or false."""
        return len(self.record.alarms) - self.open

    @property
    def false_alarms(self) -> int:
        """How many of those met no episode that was over by the date."""
        alarms = self.record.alarms[: self.settled]
        return sum(alarm.episode is None for alarm in alarms)

    @property
    def state(self) -> str:
        """`unwinding`: an alarm within the signal's memory; `loaded`: crowded; else `quiet`."""
        if self.open:
            return "unwinding"
        return "loaded" if self.loaded else "quiet"


def trade(figures: Figures, currency: str, country: str) -> Trade | None:
    """The trade in a currency as of the figures' date; None where an input is missing."""
    spot = figures.dollar(currency)
    dollar, home = figures.short_rate("US"), figures.short_rate(country)
    if spot is None or dollar is None or home is None:
        return None
    days = spot.days
    usd = carried(dollar.days, dollar.values, days, RATE_AGE) / 100
    own = carried(home.days, home.values, days, RATE_AGE) / 100
    returns = carry.carry_returns(days, spot.values, usd, own)
    volatility = carry.realised_volatility(returns)
    used = tuple(dict.fromkeys((*spot.used, *dollar.used, *home.used)))

    def track(values: Array, name: str, unit: str) -> Track:
        whole = Track(name, unit, "D", days, spot.values, days, used)
        return whole.of(values, name, unit)

    lost = carry.drawdown(returns, carry.TRADING_DAYS // 4)
    return Trade(
        spot=spot,
        gap=track(100 * (usd - own), "dollar less home short rate", "pp"),
        volatility=track(100 * volatility, "realised volatility, 63 days", "%"),
        paid=track(carry.carry_to_risk(usd, own, volatility), "carry-to-risk", "ratio"),
        drawdown=track(np.where(np.isfinite(returns), 100 * lost, np.nan), "drawdown", "%"),
        skew=track(carry.realised_skew(returns), "realised skew, 126 days", "ratio"),
        returns=returns,
        usd=usd,
        home=own,
        days=days.astype(np.float64),
        used=used,
    )


def position(figures: Figures) -> Track | None:
    """Speculators' net yen position in per cent of open interest, + = long the yen; weekly."""
    series = "cftc/yen/noncommercial/net", "cftc/yen/noncommercial/open_interest"
    net, whole = (figures.track("speculators' yen positions", name) for name in series)
    if net is None or whole is None:
        return None
    share = together(lambda x: 100 * over(x[:, 0], x[:, 1]), "position", "% of OI", net, whole)
    if not len(share):
        return None
    held = np.searchsorted(net.days, share.days)
    return Track(
        share.name, share.unit, "W", share.days, share.values, net.public[held], share.used
    )


def signal(figures: Figures, yen: Trade, held: Track | None) -> Signal:
    """The unwind signal of the yen trade, from what was known on each day."""
    days = yen.spot.days
    crowd = np.full(len(days), np.nan)
    if held is not None:
        order = np.argsort(held.public, kind="stable")
        crowd = carried(held.public[order], held.values[order], days, POSITION_AGE)
    found = carry.unwind_signal(yen.returns, yen.usd, yen.home, crowd)
    over = [episode for episode in EPISODES if episode[2] <= figures.as_of]
    first = int(np.argmax(found.loaded)) if found.loaded.any() else len(days)
    record = carry.alarm_record(days, yen.returns, found.alarms, over, first=first)
    last = record.alarms[-1].day if record.alarms else None
    recent = slice(-carry.RULE.fall, None)
    return Signal(
        day=yen.spot.day,
        loaded=bool(found.loaded[-1]),
        broken=bool(found.broken[-1]),
        lately_broken=bool(found.broken[recent].any()),
        last_alarm=last,
        record=record,
        lacks_positions=held is None,
        used=tuple(dict.fromkeys((*yen.used, *(held.used if held is not None else ())))),
    )
