"""What the draws say of a forecast: the share of them that bears it out."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.balance import State
from saiken.scenarios.engine import SERIES, UNITS
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.prices import Forecast, priced
from saiken.scenarios.running import Result
from saiken.scenarios.staging import shock_of
from saiken.terms.outlook import Outlook
from saiken.terms.quantity import Quantity

Flags = NDArray[np.bool_]
Predicate = Callable[[Callable[[str], NDArray[np.float32]]], Flags]
SUPPORTED = 0.9
"""The share of draws from which on a direction counts as supported; 1 − this refutes it."""
NOT_IDENTIFIED = 0.5
"""Where more than this share of draws lies outside every sample, sizes are not identified."""
WIDE = 10.0
"""A size whose 95th percentile is more than this many times its 5th is not identified either."""
DIGITS = 4
"""Decimals of shares and moves: what lies beyond may differ by machine."""


def probability(result: Result, predicate: Predicate) -> float:
    """The share of draws in which `predicate` holds.

    It is given a function from the name of a column (Result.names) to its draws and returns one
    truth value a draw: `lambda of: of("worst:USD/JPY") < -10`. Raises ScenarioError for a column
    that is none or an answer of the wrong shape.
    """
    flags = np.asarray(predicate(result.column))
    if flags.shape != (result.draws,) or flags.dtype != np.bool_:
        raise ScenarioError("a predicate must give one truth value for each draw")
    return float(flags.mean())


def on_forecast(
    off: Result, on: Result, claim: Forecast, assumed: tuple[str, ...] = ()
) -> Outlook | None:
    """What a scenario, without (`off`) and with backstops, says of a forecast; None where it has
    no such price or direction. `assumed` names what of its shock the words left open.

    A stated size is held against the month end at which the shock is over ("by 50 bp": by that or
    more; "by at most 50 bp": that way, and by no more); a direction alone against the sign there. A denial (`polarity` False) is borne out by the other draws.
    """
    found = priced(claim)
    if found is None:
        return None
    series, sign = found
    column, level = f"shock:{series}", _level(claim.quantity, series, off.plan.sheet.state)
    said = _said(claim, series, level)
    if said is None:
        return None
    direction, least, most = said
    way = direction * sign
    shares = [_share(result, column, way, least, most) for result in (off, on)]
    if not claim.polarity:
        shares = [1 - share for share in shares]
    low, middle, high = (round(q, DIGITS) for q in off.quantiles(column, (5, 50, 95)))
    return Outlook(
        off.plan.scenario.name, off.seed, off.draws, shock_of(off.plan), assumed, series,
        UNITS[SERIES.index(series)], way, round(least, DIGITS),
        None if most is None else round(most, DIGITS), not claim.polarity, level,
        round(shares[0], DIGITS), round(shares[1], DIGITS), low, middle, high,
        round(off.outside, DIGITS), direction_of(shares[0]), is_sized(low, high, off.outside),
    )  # fmt: skip


def direction_of(share: float) -> str:
    """The words for how many draws go one way."""
    if share >= SUPPORTED:
        return "supported"
    return "contradicted" if 1 - share >= SUPPORTED else "not identified"


def is_sized(low: float, high: float, outside: float) -> bool:
    """Whether a size is identified: by its 5 and 95 %, and the share of draws outside every sample."""
    ends = sorted((abs(low), abs(high)))
    wide = low * high <= 0 or ends[1] > WIDE * ends[0]
    return not wide and outside <= NOT_IDENTIFIED


def _is_yield(series: str) -> bool:
    return series.startswith(("UST", "JGB"))


def _share(result: Result, column: str, way: int, least: float, most: float | None) -> float:
    """The share of draws that move one way by `least` or more, and by no more than `most`."""
    share = result.share(column, way * least, above=way > 0)
    beyond = 0.0 if most is None else result.share(column, way * most, above=way > 0)
    return max(0.0, share - beyond)


def _said(
    claim: Forecast, series: str, level: float | None
) -> tuple[int, float, float | None] | None:
    """Which way, by how much at least and at most, in the unit of the series; None where nothing is
    said to move. An exact size is one that is reached, "at most" and "less than" are bounds.
    """
    direction, quantity = claim.direction or 0, claim.quantity
    if quantity is None:
        return (direction, 0.0, None) if direction else None
    low, high = quantity.low, quantity.high
    if level is not None:
        low, high = (_move(end, level, series) for end in (low, high))
        if not direction and low <= 0 <= high:
            return None  # it stands there already
        direction = direction or (1 if low > 0 else -1)
    elif direction * quantity.value < 0:
        low, high = -high, -low
    if not direction:
        return None
    near, far = sorted((direction * low, direction * high))
    factor = 1.0 if level is not None else _factor(quantity.unit, series)
    if not factor:
        return direction, 0.0, None
    bounded = near <= 0 < far < math.inf
    return direction, factor * max(0.0, near), factor * far if bounded else None


def _factor(unit: str, series: str) -> float:
    """From the unit of a size to that of the series; 0 for one that says nothing of it."""
    known = {"bp": 1.0, "pp": 100.0} if _is_yield(series) else {"% change": 1.0, "%": 1.0}
    return known.get(unit, 0.0)


_LEVELS = {"USD/JPY": ("", "JPY", "JPY/USD", "JPY per USD")}
"""Units in which a text tells a level of a price; of a yield it is per cent."""


def _level(quantity: Quantity | None, series: str, state: State) -> float | None:
    """Where the series stood, if the text states a level of it; None if a size, or neither."""
    if quantity is None:
        return None
    if _is_yield(series) and quantity.unit == "%":
        return state.levels.get(series)
    told = quantity.unit in _LEVELS.get(series, ())
    return state.usdjpy if told else None


def _move(target: float, level: float, series: str) -> float:
    """From a level to another, in the unit of the series."""
    return (target - level) * 100 if _is_yield(series) else (target / level - 1) * 100
