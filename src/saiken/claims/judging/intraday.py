"""What may have traded between official closes and fixings, of which no figures are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.judging import rules
from saiken.claims.judging.finding import Finding, not_covered
from saiken.claims.judging.lines import Line
from saiken.claims.judging.told import tell
from saiken.measures import history
from saiken.terms.quantity import Interval

INTRADAY = tell("Intraday quotes are not covered: the figures are official closes and fixings.")

QUOTED = {"exchange_rate", "government_yield"}
"""What trades within a day beyond its fixing or close, of which no extremes are held."""

_CLOSED = frozenset({"close", "period_end"})


def left_open(figures: Sequence[Point] = ()) -> Finding:
    return replace(not_covered(INTRADAY, "intraday"), figures=tuple(figures))


def traded(line: Line, index: int) -> Interval:
    """Where a price may have traded about one observation, in base units: within a share of a
    price, within the usual change of a day of a yield, which may be near nought.
    """
    if line.unit.base == "%":
        usual = history.usual_change(line.values, index, rules.STEADY_WINDOW)
        reach = usual * line.unit.factor
    else:
        reach = rules.TRADED_BEYOND * abs(line.base_value(index))
    return line.interval(index) + Interval.around(0.0, reach)


def may_have_traded(claim: Claim, told: Interval, traded: Interval) -> bool:
    """Whether an exchange rate may have been, or moved, as told, or a yield that is told to have moved
    across a line and not as a close. Of a rate no close is held either: fixings are of another hour.
    """
    crossed = claim.measure in QUOTED and "crossed" in claim.scope and not claim.scope & _CLOSED
    return (claim.measure == "exchange_rate" or crossed) and traded.meets(told)
