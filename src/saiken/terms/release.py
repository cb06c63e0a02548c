"""When a period's figures come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from saiken.terms.period import Period


@dataclass(frozen=True, slots=True)
class Release:
    """When a period's figures come out. `at` is UTC; `basis` says how it is known."""

    calendar: str
    period: Period
    at: datetime
    day: date  # the calendar day where the publisher is
    basis: str  # `actual`, `scheduled` or `rule`
