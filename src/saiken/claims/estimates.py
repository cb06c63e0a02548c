"""What is likely of figures that a verdict waits for: nowcasts, from `measures.wired.nowcasts`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from saiken.archive.archive import Archive
from saiken.claims.judging import naming, wording
from saiken.claims.judging.told import Told, said, tell
from saiken.claims.verdict import Nowcast, Ruling, Verdict
from saiken.terms.language import ENGLISH
from saiken.terms.period import Period

if TYPE_CHECKING:
    from saiken.measures.wired.nowcasts import Estimate

MEASURES = {"treasury_holdings", "treasury_net_purchases"}
"""What a nowcast of holdings bears on."""

PARTS = {"long_term", "bills"}
"""Scopes that ask for a part, of which no nowcast is made."""

DIGITS = 1
"""Decimals, as holdings are printed: what lies beyond is no knowledge, and differs by machine."""


def estimator(
    archive: Archive, as_of: date, *, strict: bool = False, language: str = ENGLISH
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
        return _nowcast(within[-1], language) if within else None

    return ask


def _basis(estimate: Estimate) -> Told:
    newest, record, base = estimate.newest, estimate.score, estimate.baseline
    better = (
        tell("against {rmse:.1f} for no change", rmse=base.rmse)
        if estimate.model != "no_change"
        else tell("itself")
    )
    return tell(
        "From {newest:,.1f} in {since}; model {model}, RMSE {rmse:.1f} {better} over {months} months, "
        "{share:.0%} of them inside the interval. Not a published figure: holdings at the end of {month}.",
        newest=newest.value,
        since=wording.label(Period.parse(newest.period)),
        model=naming.word(estimate.model),
        rmse=record.rmse,
        better=better,
        months=record.n,
        share=record.coverage,
        month=wording.period(estimate.month),
    )


def _nowcast(estimate: Estimate, language: str) -> Nowcast:
    return Nowcast(
        period=estimate.month,
        value=round(estimate.value, DIGITS),
        low=round(estimate.low, DIGITS),
        high=round(estimate.high, DIGITS),
        unit=estimate.unit,
        basis=said(_basis(estimate), language),
    )
