"""A report made by hand, with every kind of part in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from saiken.archive.view import Point
from saiken.claims.claim import Base, Claim, Predicate, Unread
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.terms.figure import Basis, Locator
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

TEXT = "Norway held over $150 billion of Treasuries. A disgrace!"


@pytest.fixture
def point() -> Point:
    return Point(
        series="tic/holdings/NO",
        period=Period.month(2025, 10),
        value=1151.2,
        half_width=0.05,
        unit=Unit.parse("USD bn"),
        status="final",
        vintage_at=datetime(2025, 12, 18, 21, tzinfo=UTC),
        vintage_day=date(2025, 12, 18),
        basis=Basis.CALENDAR,
        as_later_revised=True,
        artifact_sha256="ab" * 32,
        artifact_name="table.txt",
        fidelity="byte copy",
        locator=Locator(9, 4),
        decimals=1,
    )


@pytest.fixture
def verdict(point: Point) -> Verdict:
    claim = Claim(
        span=(0, 43),
        text=TEXT[:43],
        predicate=Predicate.CHANGE,
        subject="NO",
        measure="treasury_holdings",
        quantity=Quantity(150e9, 150e9, math.inf, "USD"),
        period=Period.month(2025, 10),
        base=Base("year_ago"),
        hedges=("over",),
    )
    return Verdict(
        claim,
        Ruling.REFUTED,
        reasons=("Norway held $1,151.2 bn.",),
        misreadings=("unit_slip",),
        notes=("A later revision.",),
        confidence=0.8,
        figures=(point,),
        arithmetic="1,151.2 - 150 = 1,001.2",
        next_release=date(2026, 1, 15),
        code="revised_since",
    )


@pytest.fixture
def make_report(verdict: Verdict) -> Callable[..., Report]:
    def make(*verdicts: Verdict, **changes: Any) -> Report:
        parts: dict[str, Any] = {
            "text": TEXT,
            "as_of": date(2026, 1, 2),
            "dated": date(2026, 1, 2),
            "strict": False,
            "overall": Ruling.REFUTED,
            "verdicts": verdicts or (verdict,),
            "unread": (Unread((44, 56), TEXT[44:], "opinion"),),
            "snapshot_built_at": datetime(2026, 1, 1, tzinfo=UTC),
            "snapshot_newest": date(2025, 12, 31),
            "credits": ("Source: a publisher",),
            "caveats": ("Custody is not ownership.",),
        }
        return Report(**{**parts, **changes})

    return make


@pytest.fixture
def report(make_report: Callable[..., Report]) -> Report:
    return make_report()
