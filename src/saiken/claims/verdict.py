"""A verdict on a claim, and the report on a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from saiken.archive.view import Point
from saiken.claims.claim import Claim, Unread
from saiken.terms.outlook import Outlook
from saiken.terms.period import Period


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
class Change:
    """What became of a claim by a later day: of the release that changed the ruling, or, where the
    days between were not looked at, of the newest figures.
    """

    day: date
    ruling: Ruling
    reason: str


@dataclass(frozen=True, slots=True)
class Surface:
    """A claim among those that other windows of its series would have given (`measures.surfaces`).

    kind        `change`, `flow` or `record`
    periods     what the series counts in: `day`, `week`, `month`, `quarter`, `year`
    span        periods from base to end; of a record, periods since one at or beyond it
    as_strong   windows at least as strong as the claim's, `windows` of all; `same_*` of its span
    uniqueness  share of all windows that are weaker
    robustness  1 where no near window is weaker, towards 0 where they are
    bases       the same end measured from other bases, in the series' unit
    by_span     (span, windows at least as strong, windows)
    told        the same in one sentence
    """

    kind: str
    periods: str
    span: int
    strength: float
    unit: str
    as_strong: int
    windows: int
    same_as_strong: int
    same_windows: int
    uniqueness: float
    robustness: float
    bases: tuple[tuple[str, float], ...]
    by_span: tuple[tuple[int, int, int], ...]
    told: str


@dataclass(frozen=True, slots=True)
class Nowcast:
    """What is likely of a figure that was not published: a point and its 80 % interval, in `unit`.

    `basis` says from which figure, by which model, and how such nowcasts have done.
    """

    period: Period
    value: float
    low: float
    high: float
    unit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Comovement:
    """How two series moved beside each other, where a text says that one moved the other.

    driver, effect  ids of the series, or how they were computed
    start, end      the first and the last of the common days that `count` changes lie between
    correlation     of changes on the same day, with its 95 % interval `low` to `high`
    given           per cent of the surprises in the effect that are the driver's (generalised
                    decomposition of forecast errors); `received` the other way
    told            the same in sentences, with the words that it is no cause
    """

    driver: str
    effect: str
    start: date
    end: date
    count: int
    correlation: float
    low: float
    high: float
    given: float
    received: float
    told: tuple[str, ...] = ()


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
    changed_since: tuple[Change, ...] = ()
    """What later publications made of it, oldest first."""
    surface: Surface | None = None
    """How the claim stands among those that other windows would have given, where asked for."""
    nowcast: Nowcast | None = None
    """Of the figure that is not published yet, where asked for and where one can be made."""
    comovement: Comovement | None = None
    """Of a cause that is asserted between two things that are priced by the day."""
    outlook: Outlook | None = None
    """What a scenario says of a forecast that hangs on a shock that scenarios know."""


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
    language: str = "en"
    """`en` or `ja`: of the text, and so of all that is told of it."""
