"""What is likely of figures that a verdict waits for: nowcasts, from `measures.wired.nowcasts`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from saiken.archive.archive import Archive
from saiken.claims.judging import wording
from saiken.claims.verdict import Nowcast, Ruling, Verdict

if TYPE_CHECKING:
    from saiken.measures.wired.nowcasts import Estimate

MEASURES = {"treasury_holdings", "treasury_net_purchases"}
"""What a nowcast of holdings bears on."""

PARTS = {"long_term", "bills"}
"""Scopes that ask for a part, of which no nowcast is made."""

DIGITS = 1
"""Decimals, as holdings are printed: what lies beyond is no knowledge, and differs by machine."""


def estimator(
    archive: Archive, as_of: date, *, strict: bool = False
) -> Callable[[Verdict], Nowcast | None]:
    """A function that gives the nowcast of the figure that a verdict waits for.

    None where the verdict waits for none, or no nowcast can be made of it.
    """

    @cache
    def made(holder: str) -> tuple[Estimate, ...]:
        from saiken.measures.wired.nowcasts import NowcastError, nowcasts  # noqa: PLC0415 - NumPy

        try:
            return nowcasts(archive, holder, as_of, strict=strict)
        except NowcastError:
            return ()

    def ask(verdict: Verdict) -> Nowcast | None:
        claim = verdict.claim
        waits = verdict.ruling is Ruling.NOT_PUBLISHED_YET and claim.measure in MEASURES
        if not waits or claim.period is None or claim.scope & PARTS:
            return None
        within = [e for e in made(claim.subject) if e.month.overlaps(claim.period)]
        return _told(within[-1]) if within else None

    return ask


def _told(estimate: Estimate) -> Nowcast:
    newest, record, base = estimate.newest, estimate.score, estimate.baseline
    better = f"against {base.rmse:.1f} for no change" if estimate.model != "no_change" else "itself"
    model = estimate.model.replace("_", " ")
    basis = (
        f"From {newest.value:,.1f} in {newest.period}; model {model}, RMSE {record.rmse:.1f} {better} "
        f"over {record.n} months, {record.coverage:.0%} of them inside the interval. Not a published "
        f"figure: holdings at the end of {wording.period(estimate.month)}."
    )
    return Nowcast(
        period=estimate.month,
        value=round(estimate.value, DIGITS),
        low=round(estimate.low, DIGITS),
        high=round(estimate.high, DIGITS),
        unit=estimate.unit,
        basis=basis,
    )
