"""Lines and evidence made by hand, so that a rule is tested on numbers one can see."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime

from saiken.archive.view import Availability, Point
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.lines import Line
from saiken.publishers import catalog as catalogs
from saiken.terms.figure import Basis, Figure, Locator
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.release import Release
from saiken.terms.units import Unit

AS_OF = date(2026, 1, 25)


def line(
    values: Sequence[float],
    *,
    last: Period = Period.month(2025, 11),
    unit: str = "USD bn",
    kind: str = "stock",
    half: float = 0.05,
    marks: bytes | None = None,
    revisions: float = 0.0,
    series: str = "tic/holdings/JP",
    due: date = date(2026, 2, 18),
    **more: object,
) -> Line:
    """A regular line whose last value is of `last`; the period after it is due on `due`."""
    periods = [last.shift(k + 1 - len(values)) for k in range(len(values))]
    parsed = Unit.parse(unit)

    def cite(index: int) -> tuple[Point, ...]:
        now = datetime(2026, 1, 15, 21, tzinfo=UTC)
        marked = bool(marks and marks[index])
        return (
            Point(
                series,
                periods[index],
                values[index],
                half,
                parsed,
                "final",
                now,
                now.date(),
                Basis.PUBLISHED,
                marked,
                "0" * 64,
                "made.txt",
                "byte copy",
                Locator(index + 1, 2),
            ),
        )

    def availability(period: Period) -> Availability:
        if period in periods:
            return Availability.HELD
        if period.end < periods[0].start:
            return Availability.BEFORE_START
        return Availability.NOT_PUBLISHED if period.end > last.end else Availability.NO_OBSERVATION

    def release_of(period: Period) -> Release:
        day = due if period.end > last.end else min(AS_OF, period.end)
        return Release(
            "made", period, datetime(day.year, day.month, day.day, 21, tzinfo=UTC), day, "actual"
        )

    return Line(
        series=series,
        title="a made series",
        kind=kind,
        frequency=last.frequency,
        convention="",
        unit=parsed,
        starts=[p.start.toordinal() for p in periods],
        ends=[p.end.toordinal() for p in periods],
        values=array("d", values),
        half_widths=[half] * len(values),
        marks=marks or bytes(len(values)),
        cite=cite,
        availability=availability,
        release_of=release_of,
        revision_range=lambda _: revisions,
        **more,  # type: ignore[arg-type]
    )


class Made(Evidence):
    """Evidence over lines given by hand: {(measure, subject, tenor): lines}."""

    def __init__(
        self, lines: dict[tuple[str, str, str], Sequence[Line]], dated: date = AS_OF
    ) -> None:
        self.as_of, self.dated, self.strict = AS_OF, dated, False
        self.catalog = catalogs.load()
        self._lines = {key: tuple(value) for key, value in lines.items()}
        self.archive = None  # type: ignore[assignment]

    def lines(self, measure: str, subject: str, tenor: str = "") -> tuple[Line, ...]:
        return self._lines.get((measure, subject, tenor), ())

    def line(self, series: str) -> Line | None:
        return next(
            (one for group in self._lines.values() for one in group if one.series == series), None
        )

    def next_release(self, *_: str) -> date | None:
        return None

    def siblings(self, *_: str) -> list[tuple[str, str]]:
        return []

    def prints(self, *_: object) -> list[Figure]:
        return []

    @property
    def holders(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(
            subject for measure, subject, _ in self._lines if measure == "treasury_holdings"
        )


def holdings(*lines: Line, **others: Line) -> Made:
    """Evidence on Treasury holdings: Japan's lines, and other holders by their codes."""
    found = {("treasury_holdings", "JP", ""): lines}
    found |= {("treasury_holdings", code, ""): (one,) for code, one in others.items()}
    return Made(found)


def claim(predicate: Predicate, **fields: object) -> Claim:
    defaults = {"subject": "JP", "measure": "treasury_holdings", "span": (0, 1), "text": "x"}
    return Claim(predicate=predicate, **(defaults | fields))  # type: ignore[arg-type]


def dollars(bn: float, half_bn: float = 0.05, *, printed: bool = False) -> Quantity:
    return Quantity(bn * 1e9, (bn - half_bn) * 1e9, (bn + half_bn) * 1e9, "USD", printed)
