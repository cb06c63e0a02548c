"""A verdict on a claim, and the report on a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from saiken.archive.view import Point
from saiken.claims.claim import Claim, Unread


class Ruling(StrEnum):
    SUPPORTED = "supported"
    REFUTED = "refuted"
    EXAGGERATED = "exaggerated"
    MISLEADING = "misleading"
    NOT_PUBLISHED_YET = "not_published_yet"
    NOT_COVERED = "not_covered"
    NOT_CHECKABLE = "not_checkable"
    AMBIGUOUS = "ambiguous"
    CHECK_FAILED = "check_failed"


OVERALL_ORDER = (
    Ruling.CHECK_FAILED,
    Ruling.REFUTED,
    Ruling.EXAGGERATED,
    Ruling.MISLEADING,
    Ruling.AMBIGUOUS,
    Ruling.NOT_PUBLISHED_YET,
    Ruling.SUPPORTED,
)
"""The worst of the checkable ones speaks for a text; the other two only where nothing else does."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ruling with all that led to it.

    `reasons` are short sentences for a person, the decisive one first. `figures` are the
    published figures used. `arithmetic` is the computation in one line.
    """

    claim: Claim
    ruling: Ruling
    reasons: tuple[str, ...]
    misreadings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float = 1.0
    figures: tuple[Point, ...] = ()
    arithmetic: str = ""
    next_release: date | None = None
    code: str = ""
    """A machine-readable cause where the ruling alone does not say: `revised_since`,
    `not_at_hand`, `no_series`, `forecast`, `cause`, `opinion`, `event`."""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on one text, as of one date."""

    text: str
    as_of: date
    dated: date
    strict: bool
    overall: Ruling
    verdicts: tuple[Verdict, ...]
    unread: tuple[Unread, ...]
    snapshot_built_at: datetime | None = None
    snapshot_newest: date | None = None
    credits: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
