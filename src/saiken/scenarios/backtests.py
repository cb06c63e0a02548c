"""What the model would have said of past episodes, scored by whether its bands held the truth."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from math import sqrt
from typing import Any

import numpy as np

from saiken.scenarios import scenario as scenarios
from saiken.scenarios.balance import Figures, Sheet
from saiken.scenarios.calibration import Calibration
from saiken.scenarios.engine import SERIES, Switches
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import make
from saiken.scenarios.running import run

TRADING_DAYS = 21
_READ = {"UST 10Y": "h15/yield/10Y", "USD/JPY": "ecb/USDJPY"}
_NOISE = {"UST 10Y": "ust_month_volatility", "USD/JPY": "yen_volatility"}


@dataclass(frozen=True, slots=True)
class Score:
    """One episode: what happened, and the model's effect and its bands with ordinary noise.

    `realised` and the bands are in bp or %. `place` is the share of the predictive draws below
    what happened: 0.5 is the middle, 0.05..0.95 the 90 per cent band.
    """

    name: str
    series: str
    realised: float
    effect: tuple[float, float, float]
    half: tuple[float, float]
    ninety: tuple[float, float]
    place: float

    @property
    def in_half(self) -> bool:
        return 0.25 <= self.place <= 0.75

    @property
    def in_ninety(self) -> bool:
        return 0.05 <= self.place <= 0.95


def episodes() -> list[dict[str, Any]]:
    text = files(__name__.rpartition(".")[0]).joinpath("backtests.toml").read_text("utf-8")
    return list(tomllib.loads(text)["episode"])


def score(
    archive: Figures, sheet: Sheet, calibration: Calibration, draws: int = 20_000, seed: int = 1
) -> list[Score]:
    """Every episode that the archive has the prices of. As found: nothing is fitted to them."""
    return [_score(e, archive, sheet, calibration, draws, seed) for e in episodes()]


def _score(
    episode: Mapping[str, Any],
    archive: Figures,
    sheet: Sheet,
    calibration: Calibration,
    draws: int,
    seed: int,
) -> Score:
    series = episode["series"]
    realised, days = _realised(archive, series, episode["from"], episode["to"])
    plan = make(_scenario(episode, calibration), sheet, calibration)
    result = run(plan, Switches(backstop=False), draws, seed)
    effect = result.column(f"shock:{series}").astype(float)
    predicted = effect + _noise(series, days, calibration, draws, seed)
    low, lower, upper, high = np.percentile(predicted, [5, 25, 75, 95])
    five, middle, ninety_five = np.percentile(effect, [5, 50, 95])
    return Score(
        episode["name"], series, realised, (float(five), float(middle), float(ninety_five)),
        (float(lower), float(upper)), (float(low), float(high)),
        float(np.mean(predicted < realised)),
    )  # fmt: skip


def _scenario(episode: Mapping[str, Any], calibration: Calibration) -> scenarios.Scenario:
    """The episode's flow in today's markets: rescaled by their growth before it is used."""
    over, horizon = episode["over"], max(12, episode["over"])
    built = scenarios.Scenario(episode["name"], horizon=horizon)
    if "sale" in episode:
        entry = episode["sale"]
        growth = calibration.figures["ust_market"] / episode["ust_market_then"]
        sale = scenarios.Sale(
            entry["holder"], entry["amount"] * growth, over, float(entry["hedge"])
        )
        return replace(built, sale=sale)
    if "intervention" in episode:
        amount = float(episode["intervention"]["amount"])
        return replace(built, intervention=scenarios.Intervention(amount, over))
    return replace(built, carry=scenarios.Carry(float(episode["carry"]["share"]), over))


def _noise(
    series: str, days: int, calibration: Calibration, draws: int, seed: int
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Whatever else moves the market in so many days, as it ordinarily does."""
    monthly = calibration.figures[_NOISE[series]]
    if series == "USD/JPY":
        monthly /= sqrt(12)
    random = np.random.default_rng([seed, SERIES.index(series)])
    return monthly * sqrt(days / TRADING_DAYS) * random.standard_normal(draws)


def _realised(archive: Figures, series: str, first: str, last: str) -> tuple[float, int]:
    """The change between two closes, and how many observations lie between them."""
    view = archive.view(_READ[series], date.today())  # noqa: DTZ011 - closes are never revised
    if view is None or not len(view):
        raise ScenarioError(
            f"no figures of {_READ[series]} are held", "import the files that have it"
        )
    start, end = (view.last_by(date.fromisoformat(day)) for day in (first, last))
    if start is None or end is None:
        raise ScenarioError(f"{_READ[series]} does not go back to {first}")
    before, after = view.values[start], view.values[end]
    change = (after - before) * 100 if series.startswith("UST") else 100 * (after / before - 1)
    return change, max(1, end - start)
