"""Who holds what: from the archive where it publishes it, else from the calibration.

Amounts in USD bn (converted at the archive's USD/JPY), each with an interval and a source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from saiken.archive.view import View
from saiken.scenarios.calibration import Calibration, load
from saiken.scenarios.errors import ScenarioError
from saiken.terms.quantity import Interval

MARKETS = ("jgb", "ust", "fx")


class Figures(Protocol):
    """What is needed of an archive."""

    def view(self, name: str, as_of: date, strict: bool = False) -> View | None: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """What `agent` holds of `asset`: USD bn, how far it may be off, as of when, who says so."""

    agent: str
    asset: str
    amount: float
    interval: Interval
    date: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class State:
    """Where markets stood: yields in %, yen per dollar, debt in % of GDP."""

    as_of: date
    usdjpy: float
    levels: Mapping[str, float]
    dates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Balance sheets as of a date. `japan` is what TIC counts in Japan, `reserves` what the
    Ministry of Finance says that it holds in securities of all currencies.
    """

    state: State
    cells: tuple[Cell, ...]
    japan: Cell
    reserves: Cell

    def later(self) -> tuple[Cell, ...]:
        """The cells that come from the calibration and are of a later date than the sheet."""
        day = str(self.state.as_of)
        return tuple(c for c in self.cells if c.basis != "archive" and c.date > day)

    def amount(self, agent: str, asset: str) -> float:
        return next((c.amount for c in self.cells if (c.agent, c.asset) == (agent, asset)), 0.0)


_LEVELS = {
    "UST 2Y": ("h15/yield/2Y", "ust/par/2Y"),
    "UST 10Y": ("h15/yield/10Y", "ust/par/10Y"),
    "UST 30Y": ("h15/yield/30Y", "ust/par/30Y"),
    "JGB 10Y": ("jgb/yield/10Y",),
    "JGB 30Y": ("jgb/yield/30Y",),
}
_DEBT = {"debt JP": "imf/GGXWDG_NGDP/JP", "debt US": "imf/GGXWDG_NGDP/US"}


def state(archive: Figures, as_of: date) -> State:
    """Levels of the markets as they stood. ScenarioError where the archive has none."""
    usdjpy, when = _latest(archive, ("ecb/USDJPY",), as_of)
    found = {name: _latest(archive, series, as_of) for name, series in _LEVELS.items()}
    debts = {name: _year(archive, series, as_of) for name, series in _DEBT.items()}
    levels = {name: value for name, (value, _) in {**found, **debts}.items()}
    dates = {name: day for name, (_, day) in {**found, **debts}.items()}
    return State(as_of, usdjpy, levels, {**dates, "USD/JPY": when})


def sheet(archive: Figures, as_of: date, calibration: Calibration) -> Sheet:
    """The balance sheets as of a date: what had been published by then, and the calibration."""
    now = state(archive, as_of)
    off = calibration.figures["tic_within"]

    def total(series: str, agent: str, what: str) -> Cell:
        return _tic(archive, series, as_of, agent, what, off)

    japan = total("tic/holdings/JP", "JP", "Japan's Treasuries")
    foreign = total("tic/position/all", "all", "foreign holdings")
    official = total("tic/position/official", "official", "official holdings")
    reserves = total("mof/reserves/securities", "JP:mof", "reserves in securities")
    held = _held(archive, as_of, calibration, now.usdjpy)
    return fill(
        now, calibration, held, japan=japan, foreign=foreign, official=official, reserves=reserves
    )


def fill(
    now: State,
    calibration: Calibration,
    held: list[Cell],
    *,
    japan: Cell,
    foreign: Cell,
    official: Cell,
    reserves: Cell,
) -> Sheet:
    """Every cell, from the totals that statistics publish, what else is held, the calibration."""
    known = {(cell.agent, cell.asset) for cell in held}
    calibrated = _calibrated(calibration, now.usdjpy)
    cells = [*held, *(c for c in calibrated if (c.agent, c.asset) not in known)]
    share = calibration.prior("official_share")
    cells.append(_part("JP:mof", japan, Interval(*share.parts), share.source))
    private = Interval(1 - share.parts[1], 1 - share.parts[0])
    for agent, split in calibration.splits.items():
        part = private.scaled(split["share"])
        cells.append(_part(agent, japan, part, f"{split['kind']}: {split['source']}"))
    cells += _rest(cells, japan, foreign, official, calibration)
    return Sheet(now, tuple(cells), japan, reserves)


def country(archive: Figures, code: str, as_of: date) -> Cell | None:
    """What TIC says that a country holds; None for a country it does not list."""
    view = archive.view(f"tic/holdings/{code}", as_of)
    if view is None or not len(view):
        return None
    off = load().figures["tic_within"]
    return _tic(archive, f"tic/holdings/{code}", as_of, code, f"Treasuries held in {code}", off)


def _rest(
    cells: list[Cell], japan: Cell, foreign: Cell, official: Cell, calibration: Calibration
) -> list[Cell]:
    """Other foreigners and US real money are what totals leave; their intervals add up."""
    market = calibration.figures["ust_market"]
    middle = sum(calibration.prior("official_share").parts) / 2
    other_official = official.amount - middle * japan.amount
    other_private = foreign.amount - official.amount - (1 - middle) * japan.amount
    named = sum(c.amount for c in cells if c.asset == "ust" and c.agent.startswith("US:"))
    real = market - foreign.amount - named
    slack = calibration.figures["other_foreign_within"] * japan.amount
    rows = [
        ("XX:official", other_official, slack, "TIC official holders less Japan's reserves"),
        ("XX:private", other_private, slack, "TIC private holders less Japan's"),
        (
            "US:real_money",
            real,
            calibration.figures["real_money_within"] * market,
            "marketable debt less the holders named here",
        ),
    ]
    return [
        Cell(agent, "ust", amount, Interval.around(amount, within), foreign.date, "derived", why)
        for agent, amount, within, why in rows
    ]


def _calibrated(calibration: Calibration, usdjpy: float) -> list[Cell]:
    found = []
    for agent, row in calibration.cells.items():
        for asset, cell in row.items():
            factor = 1000 / usdjpy if cell["unit"] == "JPY tn" else 1.0
            amount = cell["amount"] * factor
            interval = Interval.around(amount, amount * cell["within"])
            found.append(
                Cell(agent, asset, amount, interval, cell["date"], cell["kind"], cell["source"])
            )
    return found


def _held(archive: Figures, as_of: date, calibration: Calibration, usdjpy: float) -> list[Cell]:
    """The cells of the calibration whose series the archive holds: the sums of their latest."""
    found = []
    for agent, row in calibration.cells.items():
        for asset, cell in row.items():
            views = [archive.view(name, as_of) for name in cell.get("series", ())]
            if not views or not all(views):
                continue
            points = [view.point_at(len(view) - 1) for view in views if view]
            yen = points[0].unit.base == "JPY"
            amount = sum(p.value * p.unit.factor for p in points) / 1e9 / (usdjpy if yen else 1.0)
            when = points[0].period.end.isoformat()
            said = " + ".join(p.series for p in points)
            within = Interval.around(amount, amount * cell["within"])
            source = f"{said}, {points[0].period.label}, public {points[0].vintage_day}"
            found.append(Cell(agent, asset, amount, within, when, "archive", source))
    return found


def _part(agent: str, whole: Cell, share: Interval, source: str) -> Cell:
    low, high = whole.interval.low * share.low, whole.interval.high * share.high
    return Cell(
        agent, "ust", whole.amount * share.middle, Interval(low, high), whole.date, "derived",
        f"{whole.source}, of which {share.low:.0%} to {share.high:.0%} ({source})",
    )  # fmt: skip


NOT_OUT = "no figure of {series} had been published by {day}"


def _tic(archive: Figures, series: str, as_of: date, agent: str, what: str, off: float) -> Cell:
    view = archive.view(series, as_of)
    if view is None or not len(view):
        raise ScenarioError(
            "no figure of {series} ({what}) had been published by {day}",
            "ask as of a later day, or import the files that have it",
            series=series,
            what=what,
            day=str(as_of),
        )
    last = len(view) - 1
    point = view.point_at(last)
    factor = point.unit.factor / 1e9
    amount = point.value * factor
    half = point.half_width * factor + off * amount
    return Cell(
        agent, "ust", amount, Interval.around(amount, half), point.period.label, "archive",
        f"{series}, {point.period.label}, public {point.vintage_day}",
    )  # fmt: skip


def _latest(archive: Figures, series: tuple[str, ...], as_of: date) -> tuple[float, str]:
    for name in series:
        view = archive.view(name, as_of)
        if view is not None and len(view):
            return view.values[-1], view.period(len(view) - 1).label
    raise ScenarioError(
        NOT_OUT,
        "ask as of a later day, or import the files that have it",
        series=series[0],
        day=str(as_of),
    )


def _year(archive: Figures, series: str, as_of: date) -> tuple[float, str]:
    """The last year that is over: what comes after is a projection."""
    view = archive.view(series, as_of)
    index = None if view is None else view.last_by(date(as_of.year - 1, 12, 31))
    if view is None or index is None:
        raise ScenarioError(NOT_OUT, "ask as of a later day", series=series, day=str(as_of))
    return view.values[index], view.period(index).label
