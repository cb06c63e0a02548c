"""A claim: what one statement in a text says, typed, before any figure has been looked at."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from saiken.terms.immutable import immutable
from saiken.terms.outlook import Shock
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity


class Predicate(StrEnum):
    LEVEL = "level"
    CHANGE = "change"
    DIRECTION = "direction"
    FLOW = "flow"
    RECORD = "record"
    THRESHOLD = "threshold"
    RANK = "rank"
    SHARE = "share"
    COMPARISON = "comparison"
    STREAK = "streak"
    RELEASE = "release"
    CAUSAL = "causal"
    FORECAST = "forecast"
    OPINION = "opinion"
    EVENT = "event"


UNCHECKABLE = {Predicate.CAUSAL, Predicate.FORECAST, Predicate.OPINION, Predicate.EVENT}


@immutable()
class Base:
    """What a change, direction or record is measured from; of a level, when it stood there.

    `kind` is `previous` (the observation before), `year_ago`, `period` (the one named in
    `period`: "from October", "since September 2024"), `peak` or `trough` (of the series, or
    within `period`), `start` (from the beginning of `Claim.period` to its end: "over 2024"), or
    `ago` (`count` of `unit`, which is day, session, week, month, quarter, year or decade, before
    the claim's period: "in three months").
    """

    kind: str
    period: Period | None = None
    count: int = 1
    unit: str = ""


@immutable()
class Driver:
    """What a text says has moved something: a measure of the catalog, whose it is, which tenor."""

    measure: str
    subject: str
    tenor: str = ""


@immutable()
class Claim:
    """One checkable (or recognisably uncheckable) statement.

    span        code points [start, end) of the original text; `text` is that slice
    subject     who or what: ISO 3166 code (`JP`), holder group (`all`, `official`,
                `non_official`), currency pair (`USDJPY`), investor group (`JP:life`), `` if unread
    measure     id of a measure in the catalog (`treasury_holdings`), `` if none covers it
    tenor       `10Y`, or `2Y-10Y` for a spread (long minus short), else ``
    period      the data period meant; None is "the latest there is"
    quantity    the number, signed (falls, sales and outflows are negative)
    direction   +1 up or bought, -1 down or sold, 0 steady, None not said
    base        see Base; None is the predicate's default (previous observation)
    extreme     `high` or `low` for records ("largest sale" is `low` of a flow), and of a level that
                is the highest or lowest of its period
    of          what a record or streak is about: `level`, `change` or `flow`
    since       "highest since Y": the date named; None is the whole series
    ever        the words claim all of history ("ever", "in history", "all-time")
    first       "for the first time" (since `since`, else ever)
    versus      other subjects compared with ("more than China and the UK combined")
    rank        1 for "largest", with `extreme`; `overtook`: rank is None and versus names whom
    count       streak length, how often something was so, or a multiple of a comparison
    published   for releases: when the figures of `period` came out or are to come out
    scope       what narrows or widens the measure: `foreign` (of foreign holders), `intraday`,
                `close`, `briefly`, `gross`, `average`, `owner`, `fiscal_year`, `daily`, `weekly`,
                `monthly`, `long_term`, `bills`, `combined` (the sum of `versus`, or of a subject
                written `KY+BE`), `large` ("en masse", "dumping"); of a share `of_public`, `of_debt`,
                `of_peak`; of a record or a line `standing` (no later figure beyond it); of a rank
                `within` (at that place or before it); of a gap `unsigned` (its size, whichever is higher);
                of a line `crossed` (moved beyond, not told as standing there); of a streak `times`
                (`count` of the period's figures, not in a row), `misses` (all but
                `count`), `nth` (the newest one makes it so many), `at_least`, `at_most`;
                of acts on either side `size` (whichever the side); of a period `period_end` (its last
                figure), `trend` (what goes on: "is selling"), `period_start` (its first, or the last before it); of the figures
                `balance_of_payments`, `constant_maturity`, `simple_yield`; of a release `latest`, `next`, `unpublished`
    hedges      words that soften ("about", "nearly", "reportedly")
    polarity    False where the text denies it ("did not sell", a quoted myth)
    driver      of a cause, what is said to have moved the measure, where that is priced by the day
    premise     of a forecast, the shock that it hangs on; None where none is told
    modality    `asserted`, `forecast`, `conditional`, `opinion`, `causal`, `reported` or `quoted`
    confidence  the reader's own score in 0..1
    alternatives other readings of the same words, best first, when the margin is small
    leftover    spans inside the sentence that no part of the claim accounts for
    """

    span: tuple[int, int]
    text: str
    predicate: Predicate
    subject: str
    measure: str
    tenor: str = ""
    period: Period | None = None
    quantity: Quantity | None = None
    direction: int | None = None
    base: Base | None = None
    extreme: str = ""
    of: str = ""
    since: Period | None = None
    ever: bool = False
    first: bool = False
    versus: tuple[str, ...] = ()
    rank: int | None = None
    count: float | None = None
    published: Period | None = None
    scope: frozenset[str] = frozenset()
    hedges: tuple[str, ...] = ()
    polarity: bool = True
    driver: Driver | None = None
    premise: Shock | None = None
    modality: str = "asserted"
    confidence: float = 1.0
    alternatives: tuple[Claim, ...] = ()
    leftover: tuple[tuple[int, int], ...] = ()


@immutable()
class Unread:
    """A part of the text that gave no checkable claim, and why: `opinion`, `forecast`, `cause`,
    `event`, `question`, `quoted`, `no measure`, `no statement`, `language`, or
    `rejected: …` for what a plug-in reader proposed and the text or the catalog does not bear out.
    """

    span: tuple[int, int]
    text: str
    why: str


@immutable()
class Reading:
    """A whole text read. Every sentence is in `claims` or in `unread` (or in both, by parts)."""

    text: str
    dated: date
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = field(default=())
