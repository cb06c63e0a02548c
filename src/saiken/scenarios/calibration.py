"""The numbers of the model and where each of them comes from (calibration.toml)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.normal import Z95, quantile

Array = NDArray[np.float64]
KINDS = {"estimate", "official", "derived", "judgement"}


@dataclass(frozen=True, slots=True)
class Prior:
    """A distribution that a parameter is drawn from. `unit` says of what; see calibration.toml."""

    name: str
    dist: str
    unit: str
    kind: str
    source: str
    parts: tuple[float, ...]

    def at(self, u: Array) -> Array:
        """The quantiles at `u`, in (0, 1)."""
        if self.dist == "lognormal":
            median, low, high = self.parts
            sd = math.log(high / low) / (2 * Z95)
            return median * np.exp(sd * quantile(u))
        if self.dist == "normal":
            mean, sd = self.parts
            return mean + sd * quantile(u)
        if self.dist == "uniform":
            low, high = self.parts
            return low + (high - low) * u
        values = np.array(self.parts)
        return values[np.minimum((u * len(values)).astype(np.intp), len(values) - 1)]


@dataclass(frozen=True, slots=True)
class Agent:
    """Whose balance sheet; `capital` in JPY tn, 0 where there is none or none is published.

    `booked` is the share of a loss, from low to high, that accounts or capital show at once.
    """

    id: str
    name: str
    side: str
    books: str
    capital: float = 0.0
    capital_source: str = ""
    total_assets: float = 0.0
    booked: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A published price impact in the units of its paper."""

    name: str
    horizon: str
    form: str
    value: float
    market: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """All of calibration.toml. `cells` and `splits` stay tables: balance.py reads them."""

    priors: tuple[Prior, ...]
    figures: Mapping[str, float]
    tables: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    estimates: tuple[Estimate, ...]
    agents: tuple[Agent, ...]
    cells: Mapping[str, Mapping[str, Any]]
    splits: Mapping[str, Any]
    ranges: Mapping[str, float]

    def draw(self, u: Mapping[str, Array]) -> dict[str, Array]:
        """Parameters at the uniforms `u`, one array a prior."""
        return {prior.name: prior.at(u[prior.name]) for prior in self.priors}

    def prior(self, name: str) -> Prior:
        return next(prior for prior in self.priors if prior.name == name)


_PARTS = {
    "lognormal": ("median", "low", "high"),
    "normal": ("mean", "sd"),
    "uniform": ("low", "high"),
}


@cache
def load() -> Calibration:
    """The calibration that the package carries."""
    return parse(files(__name__.rpartition(".")[0]).joinpath("calibration.toml").read_text("utf-8"))


def parse(text: str) -> Calibration:
    """Read a calibration. Raises ScenarioError where a number has no source or makes no sense."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"the calibration is not TOML: {error}") from None
    _check_sources(content)
    return Calibration(
        priors=tuple(_prior(name, entry) for name, entry in content["prior"].items()),
        figures={name: _number(name, e["value"]) for name, e in content["figure"].items()},
        tables={
            name: (tuple(e["quantiles"]), tuple(e["values"]))
            for name, e in content["table"].items()
        },
        estimates=tuple(Estimate(**entry) for entry in content["estimate"]),
        agents=tuple(_agent(name, entry) for name, entry in content["agent"].items()),
        cells=content["cell"],
        splits=content["split"],
        ranges={name: _number(name, e["value"]) for name, e in content["range"].items()},
    )


def _prior(name: str, entry: Mapping[str, Any]) -> Prior:
    dist = entry["dist"]
    if dist == "choice":
        parts = tuple(_number(name, value) for value in entry["values"])
    elif dist in _PARTS:
        parts = tuple(_number(name, entry[key]) for key in _PARTS[dist])
    else:
        raise ScenarioError(f"prior {name}: no such distribution: {dist}")
    ordered = dist == "choice" or (dist == "normal" and parts[1] > 0) or parts[-2] < parts[-1]
    positive = dist != "lognormal" or min(parts) > 0
    if not (parts and ordered and positive):
        raise ScenarioError(f"prior {name}: {dist} of {parts} makes no sense")
    return Prior(name, dist, entry["unit"], entry["kind"], entry["source"], parts)


def _agent(name: str, entry: Mapping[str, Any]) -> Agent:
    return Agent(
        name, entry["name"], entry["side"], entry["books"],
        entry.get("capital", 0.0), entry.get("capital_source", ""), entry.get("total_assets", 0.0),
        (_number(name, entry["booked"][0]), _number(name, entry["booked"][1])),
    )  # fmt: skip


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScenarioError(f"{name}: {value!r} is not a finite number")
    return float(value)


def _check_sources(content: Mapping[str, Any]) -> None:
    """Every number says where it comes from."""
    cells = {
        f"cell {who} {what}": cell
        for who, row in content["cell"].items()
        for what, cell in row.items()
    }
    named = [
        (f"{kind} {name}", entry)
        for kind in ("prior", "figure", "table", "split", "range")
        for name, entry in content[kind].items()
    ]
    for name, agent in content["agent"].items():
        for number in ("booked", "capital", "total_assets"):
            if number in agent and not agent.get(f"{number}_source"):
                raise ScenarioError(f"agent {name}: {number} has no source")
    for name, cell in cells.items():
        if "duration" in cell and not cell.get("duration_source"):
            raise ScenarioError(f"{name}: duration has no source")
    for name, entry in [*named, *cells.items()]:
        if not entry.get("source"):
            raise ScenarioError(f"{name} has no source")
        if not name.startswith("range") and entry.get("kind") not in KINDS:
            raise ScenarioError(f"{name}: kind must be one of {', '.join(sorted(KINDS))}")
