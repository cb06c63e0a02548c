"""What the judge may look at: the archive as of a date, as lines for a measure and a subject."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from saiken.archive.archive import Archive
from saiken.archive.view import Point
from saiken.claims.judging import derived, naming
from saiken.claims.judging.lines import (
    Issue,
    Line,
    added,
    cross_rate,
    from_view,
    less_of,
    simple_yields,
    spread,
)
from saiken.claims.judging.told import tell
from saiken.measures.bonds import Bond
from saiken.publishers import catalog as catalogs
from saiken.publishers.catalog import Catalog
from saiken.terms.figure import Figure
from saiken.terms.period import Period
from saiken.terms.release import Release

SIMPLE_QUOTED = {"JP"}
"""Issuers whose bonds the market quotes at simple yields."""

SUBJECT_SLOTS = ("investor", "holder", "country")
"""Slots of a series id that say whose figure it is."""

AHEAD = 400
"""Days within which a next release is worth telling."""

SIMPLE_TENORS = {"20Y", "30Y", "40Y"}
"""Where the two conventions part, and the curve is flat enough for the constant-maturity yield to
stand for the current issue's: at ten years a quarter's slope is as large as the difference."""


KEPT_CROSSES = 16
"""Crosses that an archive remembers: they have thousands of days, and the same few are asked for."""

_crosses: WeakKeyDictionary[Archive, OrderedDict[tuple[date, bool, str], Line]] = (
    WeakKeyDictionary()
)
_crossing = Lock()


class Evidence:
    """Lines as of a date. `dated` is the text's own date: what "latest" and "now" mean in it."""

    def __init__(self, archive: Archive, as_of: date, dated: date, *, strict: bool = False) -> None:
        self.archive = archive
        self.as_of = as_of
        self.dated = dated
        self.strict = strict
        self.catalog: Catalog = catalogs.load()
        self._lines: dict[tuple[str, str, str], tuple[Line, ...]] = {}

    def lines(self, measure: str, subject: str, tenor: str = "") -> tuple[Line, ...]:
        """Every line that answers the measure for the subject, the preferred one first."""
        key = (measure, subject, tenor)
        if key not in self._lines:
            self._lines[key] = tuple(self._find(measure, subject, tenor))
        return self._lines[key]

    def quoted(self, measure: str, subject: str, tenor: str = "") -> tuple[Line, ...]:
        """Lines of the same thing under another quoting convention than the publisher's."""
        if (
            measure != "government_yield"
            or subject not in SIMPLE_QUOTED
            or tenor not in SIMPLE_TENORS
        ):
            return ()
        key = ("simple", subject, tenor)
        if key not in self._lines:
            issues = self._issues(tenor)
            published = self.lines(measure, subject, tenor)[:1] if issues else ()
            self._lines[key] = tuple(simple_yields(line, issues) for line in published)
        return self._lines[key]

    def line(self, series: str) -> Line | None:
        """One published series as a line, a sum (`a + b`) or a difference (`a - b`); None if not held."""
        if " - " in series:
            more, less = (self.line(part) for part in series.split(" - ", 1))
            return less_of(more, less, series) if more is not None and less is not None else None
        if " + " in series:
            parts = [self.line(part) for part in series.split(" + ")]
            held = [part for part in parts if part is not None]
            return added(held, series) if len(held) == len(parts) else None
        entry = self.catalog.entry(series)
        if entry is None:
            return None
        view = self.archive.view(series, self.as_of, strict=self.strict)
        return from_view(view, entry) if view is not None else None

    def _find(self, measure: str, subject: str, tenor: str) -> Iterator[Line]:
        if "+" in subject:
            yield from self._joint(measure, subject.split("+"), tenor)
            return
        if measure in _DERIVED:
            yield from _DERIVED[measure](self, subject, tenor)
            return
        for series in self.catalog.candidates(measure, subject, tenor):
            line = self.line(series)
            if line is not None:
                yield line
        if (rest := _RESTS.get((measure, subject))) and (line := self.line(rest)) is not None:
            yield line
        if measure == "exchange_rate":
            yield from self._crosses(subject)

    def _joint(self, measure: str, subjects: list[str], tenor: str) -> Iterator[Line]:
        """Several subjects taken together: the sum of what each has, where all have a figure."""
        each = [self.lines(measure, who, tenor)[:1] for who in subjects]
        parts = [line for found in each for line in found]
        if len(parts) == len(subjects):
            yield added(parts, " + ".join(line.series for line in parts))

    def spreads(self, subject: str, tenor: str) -> Iterator[Line]:
        short, dash, long = tenor.partition("-")
        if not dash:
            return
        for far in self.lines("government_yield", subject, long):
            for near in self.lines("government_yield", subject, short):
                if near.convention == far.convention:
                    title = tell(
                        "{long} minus {short} yield, {convention}",
                        long=naming.tenor(long),
                        short=naming.tenor(short),
                        convention=naming.word(far.convention),
                    )
                    yield spread(far, near, title)
                    break

    def gaps(self, subject: str, tenor: str) -> Iterator[Line]:
        """One country's yield less another's: `US-JP` at one tenor."""
        first, dash, second = subject.partition("-")
        if not dash:
            return
        for ours in self.lines("government_yield", first, tenor):
            for theirs in self.lines("government_yield", second, tenor)[:1]:
                title = tell(
                    "{tenor} yield, {first} less {second}",
                    tenor=naming.tenor(tenor),
                    first=naming.code(first),
                    second=naming.code(second),
                )
                yield spread(ours, theirs, title)

    def _crosses(self, pair: str) -> Iterator[Line]:
        if len(pair) != 6 or pair.startswith("EUR"):
            return
        base, quote = pair[:3], pair[3:]
        below = self.line(f"ecb/EUR{base}")
        if quote == "EUR" or below is None:
            return
        above = self.line(f"ecb/EUR{quote}")
        if above is not None:
            yield _kept_cross(self, above, below, pair)

    def _issues(self, tenor: str) -> list[Issue]:
        """Every auction of the tenor: the bond sold, and the figures that state it."""
        coupon, maturity = (
            self.line(f"jgb/auction/{tenor}/{item}") for item in ("coupon", "maturity")
        )
        if coupon is None or maturity is None:
            return []
        at = {end: k for k, end in enumerate(maturity.ends)}
        found = []
        for i, day in enumerate(coupon.ends):
            k = at.get(day)
            if k is None:
                continue
            text = f"{maturity.values[k]:.0f}"
            bond = Bond(coupon.values[i], date(int(text[:4]), int(text[4:6]), int(text[6:])))

            def cite(i: int = i, k: int = k) -> tuple[Point, ...]:
                return (*coupon.cite(i), *maturity.cite(k))

            found.append(Issue(day, bond, cite))
        return found

    def next_release(self, measure: str, subject: str, tenor: str = "") -> date | None:
        """The next release, after the as-of date, of the series that answers; None for daily ones.

        One that lies years ahead, before a calendar begins, tells a reader nothing.
        """
        for series in self.catalog.candidates(measure, subject, tenor):
            entry = self.catalog.entry(series)
            if entry is not None and entry.frequency != "D":
                release = self.archive.next_release(entry.calendar, self.as_of)
                near = release is not None and (release.day - self.as_of).days < AHEAD
                return release.day if release is not None and near else None
        return None

    def calendar(self, publisher: str, period: Period | None = None) -> str | None:
        """The release calendar that a publisher's (or a measure's) name stands for: the one of the
        frequency of `period` where it has several.
        """
        found = [
            family
            for family in self.catalog.families
            if family.frequency != "D"
            and publisher in {family.publisher, family.measure, family.calendar}
        ]
        by_frequency = {family.frequency: family.calendar for family in reversed(found)}
        first = found[0].calendar if found else None
        return by_frequency.get(period.frequency, first) if period else first

    def release_of(self, calendar: str, period: Period) -> Release | None:
        return self.archive.release(calendar, period)

    def is_out(self, series: str, period: Period) -> bool:
        """Whether the calendar has what was published of a period out by the as-of date."""
        entry = self.catalog.entry(series)
        release = self.archive.release(entry.calendar, period) if entry is not None else None
        return release is not None and release.day <= self.as_of

    def total_is_out(self, series: str, period: Period) -> bool:
        """Whether a total that is published before the figures of a longer period was out."""
        entry = self.catalog.entry(series)
        if entry is None or not entry.totals or period.days == 1:
            return False
        from saiken.publishers import calendars  # noqa: PLC0415 - holidays, for a rare question

        month = Period.month(period.end.year, period.end.month)
        return calendars.release(entry.totals, month).day <= self.as_of

    def siblings(self, series: str) -> list[tuple[str, str]]:
        """The other series of the family that differ in one slot: (what stands there, id)."""
        entry = self.catalog.entry(series)
        slot = next((s for s in SUBJECT_SLOTS if entry is not None and s in entry.slots), None)
        if entry is None or slot is None:
            return []
        before, _, after = series.rpartition(entry.slots[slot])
        ids = self.archive.series_ids(before)
        others = ((i.removeprefix(before).removesuffix(after), i) for i in ids if i.endswith(after))
        return [(who, i) for who, i in others if "/" not in who and i != series]

    def newest_release(self, calendar: str) -> Release | None:
        """The last release out by the text's date."""
        return self.archive.last_release(calendar, min(self.dated, self.as_of))

    def upcoming_release(self, calendar: str) -> Release | None:
        """The first release after the text's date."""
        return self.archive.next_release(calendar, self.dated)

    def prints(self, series: str, period: Period) -> list[Figure]:
        """Every vintage of one figure that was public by the as-of date, oldest first; none of a
        computed line (`a + b`), which is no publisher's series.
        """
        if self.catalog.entry(series) is None:
            return []
        held = self.archive.vintages(series, period)
        return [
            figure
            for figure in held
            if (figure.vintage_day or figure.vintage_at.date()) <= self.as_of
        ]

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Codes of the single countries whose holdings are published."""
        prefix = "tic/holdings/"
        codes = (series.removeprefix(prefix) for series in self.archive.series_ids(prefix))
        return tuple(code for code in codes if len(code) == 2 and code.isupper())


def _kept_cross(evidence: Evidence, numerator: Line, denominator: Line, pair: str) -> Line:
    """The cross of two rates as of the day: the same for every text that is asked as of it."""
    key = (evidence.as_of, evidence.strict, pair)
    with _crossing:
        kept = _crosses.setdefault(evidence.archive, OrderedDict())
        found = kept.get(key)
    if found is None:
        found = cross_rate(numerator, denominator, pair)
        with _crossing:
            kept[key] = found
            while len(kept) > KEPT_CROSSES:
                kept.popitem(last=False)
    return found


_RESTS = {("treasury_holdings", "non_official"): "tic/holdings/all - tic/holdings/official"}
"""Whose figure no table prints: the total less those who are told apart."""

_DERIVED: dict[str, Callable[[Evidence, str, str], Iterator[Line]]] = {
    "yield_spread": Evidence.spreads,
    "yield_gap": Evidence.gaps,
    "hedged_yield": derived.hedged_yield,
    "hedged_pick_up": derived.hedged_pick_up,
    "hedging_cost": derived.hedging_cost,
    "carry_to_risk": derived.carry_to_risk,
    "realised_volatility": derived.realised_volatility,
}
"""Measures that no series states: how their lines are computed."""
