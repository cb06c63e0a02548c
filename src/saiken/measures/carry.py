"""The yen carry trade: how well it is paid, how crowded it is, when it comes undone.

Spot is JPY per USD and rates are fractions a year, so the trade is long dollars, funded in yen:
+ return = the dollar rose or the carry was earned. Sources: Brunnermeier, Nagel, Pedersen (2009,
NBER Macroeconomics Annual 23), "BNP"; Menkhoff, Sarno, Schmeling, Schrimpf (2012, JF); Daniel,
Hodrick, Lu (2017, Critical Finance Review); BIS Bulletin 90 (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from saiken.measures.arrays import Array, numbers, same_length, vector

TRADING_DAYS = 252


@dataclass(frozen=True, slots=True)
class Size:
    """How large the trade was before August 2024: a point that is known to be too low, a range."""

    yen: float
    usd: float
    prior_usd: tuple[float, float]
    source: str


SIZE = Size(
    yen=40e12,
    usd=250e9,
    prior_usd=(150e9, 600e9),
    source="BIS Bulletin 90: a rough middle ballpark, biased down, since swaps are not on the books",
)


@dataclass(frozen=True, slots=True)
class UnwindRule:
    """When an alarm is given; fixed before any look at its record, and not tuned to it.

    The trade is *loaded* when it pays (i_USD > i_JPY) and is crowded by either mark, within the
    last `memory` days: speculators' net yen position is in the lowest `crowded` per cent of its
    past `history` days (BNP: positions and carry predict crashes), or carry-to-risk is in the
    highest `crowded` per cent of its own (it is paid best where volatility is lowest, and it is
    volatility that ends it: Menkhoff et al.). It *breaks* when the return over `fall` days is below
    −`sigmas` standard deviations, taken over the `spread` days before. A loaded trade that breaks is
    an alarm; breaks within `memory` days of an alarm belong to it.
    """

    crowded: float = 20.0
    history: int = 3 * TRADING_DAYS
    memory: int = TRADING_DAYS // 4
    fall: int = 5
    sigmas: float = 2.0
    spread: int = TRADING_DAYS


RULE = UnwindRule()


@dataclass(frozen=True, slots=True)
class Unwind:
    """The signal day by day, each (T,). `alarms` are the indices on which an alarm was given."""

    loaded: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    alarms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm: the episode that it met (None: a false one) and what came after it.

    `drawdown_before` is what had been lost by the alarm from the peak of the last quarter,
    `worst_after` the deepest loss in the `ahead` days from it; fractions, <= 0.
    """

    day: date
    episode: str | None
    drawdown_before: float
    worst_after: float


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """All alarms in a stretch of history, and the episodes without one."""

    alarms: tuple[Alarm, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    outside: tuple[str, ...]
    """Episodes before the inputs start: neither hit nor miss."""

    @property
    def false_alarms(self) -> int:
        return sum(alarm.episode is None for alarm in self.alarms)


def carry_returns(days: ArrayLike, spot: ArrayLike, usd: ArrayLike, jpy: ArrayLike) -> Array:
    """Log returns (T,) of long USD, short JPY: Δ ln S + (i_USD − i_JPY)₋₁·days/360; the first nan.

    days (T,) ordinals, ascending; spot JPY per USD; rates fractions a year. A missing input makes
    the returns that need it nan. ValueError on spot rates that are not positive.
    """
    t = vector(days, "days")
    s, u, j = (
        vector(v, n, gaps=True) for v, n in ((spot, "spot"), (usd, "USD rate"), (jpy, "JPY rate"))
    )
    same_length(days=t, spot=s, usd=u, jpy=j)
    if (s <= 0).any():
        raise ValueError("spot rates must be positive")
    found = np.full(len(t), np.nan)
    found[1:] = np.diff(np.log(s)) + (u - j)[:-1] * np.diff(t) / 360
    return found


def realised_volatility(returns: ArrayLike, window: int = 63) -> Array:
    """Standard deviation of the last `window` daily returns, a year's, a fraction (T,).

    nan until the window is full, and where a return in it is missing.
    """
    found: Array = np.sqrt(TRADING_DAYS) * _rolled(returns, window, _deviation)
    return found


def realised_skew(returns: ArrayLike, window: int = 126) -> Array:
    """Skewness of the last `window` daily returns (T,); < 0: crashes.

    nan as for volatility, and where the returns do not vary.
    """

    def skew(w: Array) -> Array:
        centred = w - w.mean(1, keepdims=True)
        spread = (centred**2).mean(1)
        flat = spread <= 1e-30
        third: Array = (centred**3).mean(1) / np.where(flat, 1.0, spread) ** 1.5
        return np.where(flat, np.nan, third)

    return _rolled(returns, window, skew)


def carry_to_risk(usd: ArrayLike, jpy: ArrayLike, volatility: ArrayLike) -> Array:
    """(i_USD − i_JPY)/σ (T,), all fractions a year; nan where σ is 0 or missing.

    σ is the implied volatility where there is one; say so where it is the realised one.
    """
    sigma = numbers(volatility)
    gap = numbers(usd) - numbers(jpy)
    return gap / np.where(sigma > 0, sigma, np.nan)


def drawdown(returns: ArrayLike, window: int | None = None) -> Array:
    """Loss since the highest point so far (of the last `window` days), a fraction <= 0 (T,).

    returns are logs; a missing one counts as 0.
    """
    wealth = np.cumsum(np.nan_to_num(vector(returns, "returns", gaps=True)))
    if window is None:
        peak = np.maximum.accumulate(np.maximum(wealth, 0.0)) if len(wealth) else wealth
    else:
        padded = np.concatenate([np.full(window - 1, -np.inf), wealth])
        peak = sliding_window_view(padded, window).max(1) if len(wealth) else wealth
    return np.expm1(wealth - peak)


def trailing_percentile(values: ArrayLike, window: int, least: int | None = None) -> Array:
    """Per cent of the known values among the last `window`, this one included, at or below it.

    (T,), 0 to 100. nan where the value is missing, or fewer than `least` (default: a third of the
    window) are known.
    """
    x = vector(values, "values", gaps=True)
    need = max(window // 3, 2) if least is None else least
    if not len(x):
        return x
    padded = np.concatenate([np.full(window - 1, np.nan), x])
    past = sliding_window_view(padded, window)
    known = np.isfinite(past).sum(1)
    below = (past <= x[:, None]).sum(1)
    enough = (known >= need) & np.isfinite(x)
    return np.where(enough, 100 * below / np.maximum(known, 1), np.nan)


def unwind_signal(
    returns: ArrayLike,
    usd: ArrayLike,
    jpy: ArrayLike,
    net_position: ArrayLike,
    rule: UnwindRule = RULE,
) -> Unwind:
    """The unwind signal, day by day, from what was known on the day.

    returns (T,) of `carry_returns`; rates (T,), fractions; net_position (T,) speculators' net yen
    position over open interest, as last *released* by each day (+ = long the yen), nan before it
    starts. Where a mark is missing the other one decides.
    """
    r, u, j, p = (
        vector(v, n, gaps=True)
        for v, n in (
            (returns, "returns"),
            (usd, "USD rate"),
            (jpy, "JPY rate"),
            (net_position, "net position"),
        )
    )
    same_length(returns=r, usd=u, jpy=j, net_position=p)
    paid = carry_to_risk(u, j, realised_volatility(r))
    with np.errstate(invalid="ignore"):
        crowded = (trailing_percentile(p, rule.history) <= rule.crowded) | (
            trailing_percentile(paid, rule.history) >= 100 - rule.crowded
        )
        crowded &= u > j
        sigma = _rolled(r, rule.spread, _deviation)
        fall = _rolled(r, rule.fall, lambda w: w.sum(1))
        before = np.concatenate([np.full(rule.fall, np.nan), sigma])[: len(r)]
        broken = fall < -rule.sigmas * before * np.sqrt(rule.fall)
    since = np.where(crowded, np.arange(len(r)), -rule.memory - 1)
    loaded = np.arange(len(r)) - np.maximum.accumulate(since) <= rule.memory
    alarms: list[int] = []
    last = -rule.memory - 1
    for t in np.flatnonzero(broken & loaded):
        if t - last > rule.memory:
            alarms.append(int(t))
            last = int(t)
    return Unwind(loaded, broken, tuple(alarms))


def alarm_record(
    days: ArrayLike,
    returns: ArrayLike,
    alarms: Sequence[int],
    episodes: Sequence[tuple[str, date, date]],
    *,
    slack: int = 10,
    ahead: int = 20,
    first: int = 0,
) -> AlarmRecord:
    """Alarms held against known episodes (name, first day, last day).

    An alarm meets an episode if it comes inside it or at most `slack` calendar days before it.
    Every other alarm is false, whatever came after it. Episodes that end before the day at index
    `first`, from where the rule can speak, are `outside`.
    """
    t, r = vector(days, "days"), np.nan_to_num(vector(returns, "returns", gaps=True))
    lost = drawdown(r, TRADING_DAYS // 4)
    found, met = [], set()
    for index in alarms:
        day = date.fromordinal(int(t[index]))
        name = next(
            (
                n
                for n, start, end in episodes
                if start.toordinal() - slack <= day.toordinal() <= end.toordinal()
            ),
            None,
        )
        met.add(name)
        path = np.cumsum(r[index + 1 : index + 1 + ahead])
        worst = float(np.expm1(min(path.min(), 0.0))) if len(path) else 0.0
        found.append(Alarm(day, name, float(lost[index]), worst))
    start = t[first] if len(t) > first else np.inf
    outside = tuple(n for n, _, end in episodes if end.toordinal() < start)
    inside = [n for n, _, _ in episodes if n not in outside]
    return AlarmRecord(
        tuple(found),
        tuple(n for n in inside if n in met),
        tuple(n for n in inside if n not in met),
        outside,
    )


def _deviation(windows: Array) -> Array:
    found: Array = windows.std(1, ddof=1)
    return found


def _rolled(values: ArrayLike, window: int, of: Callable[[Array], Array]) -> Array:
    x = vector(values, "returns", gaps=True)
    if window < 2:
        raise ValueError("a window needs at least two days")
    found = np.full(len(x), np.nan)
    if len(x) >= window:
        found[window - 1 :] = of(sliding_window_view(x, window))
    return found
