"""What happens: the shocks of a scenario, shipped with the package or in the user's own TOML."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from saiken.scenarios.errors import ScenarioError

MAX_MONTHS = 120
LONGEST_OVER = 60
_SCALES = {"": 1.0, "mn": 1e-3, "bn": 1.0, "tn": 1e3}
_AMOUNT = re.compile(r"\$?\s*(?P<n>-?\d[\d,]*(?:\.\d+)?)\s*(?P<scale>mn|bn|tn)?\Z", re.IGNORECASE)
_MONTHS = re.compile(r"(?P<n>\d+)\s*(?P<unit>m|months?|y|years?)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sale:
    """A holder sells Treasuries: `amount` $bn evenly over `over` months.

    `hedge`    share of the amount whose dollars had been sold forward already: no dollars are
               sold for it when the bonds are
    `into_jgb` share of the proceeds put into JGBs
    `bills`    share of the amount that is bills rather than notes and bonds
    """

    holder: str = "JP:mof"
    amount: float = 0.0
    over: int = 1
    hedge: float = 0.0
    into_jgb: float = 0.0
    bills: float = 0.0


@dataclass(frozen=True, slots=True)
class Intervention:
    """The Ministry of Finance sells `amount` $bn for yen over `over` months.

    `treasuries` is the share raised by selling Treasuries, the rest comes from deposits.
    """

    amount: float = 0.0
    over: int = 1
    treasuries: float = 0.5


@dataclass(frozen=True, slots=True)
class Jgb:
    """The 30-year JGB yield rises by `long_end` bp over `over` months, for reasons at home."""

    long_end: float = 0.0
    over: int = 1


@dataclass(frozen=True, slots=True)
class Carry:
    """A `share` of the yen carry trade is closed over `over` months."""

    share: float = 0.0
    over: int = 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """The shocks, and how many months are followed."""

    name: str
    title: str = ""
    horizon: int = 36
    sale: Sale = field(default_factory=Sale)
    intervention: Intervention = field(default_factory=Intervention)
    jgb: Jgb = field(default_factory=Jgb)
    carry: Carry = field(default_factory=Carry)

    @property
    def lasts(self) -> int:
        """Months until the last shock is over."""
        active = [part.over for part in self._parts() if _size(part)]
        return max(active, default=1)

    @property
    def weekly(self) -> bool:
        """Whether the first months are followed week by week: sudden shocks are stress."""
        return self.lasts <= 3

    def _parts(self) -> tuple[Sale | Intervention | Jgb | Carry, ...]:
        return self.sale, self.intervention, self.jgb, self.carry


def _size(part: Sale | Intervention | Jgb | Carry) -> float:
    match part:
        case Sale() | Intervention():
            return part.amount
        case Jgb():
            return part.long_end
        case Carry():
            return part.share


_PARTS: dict[str, type[Sale | Intervention | Jgb | Carry]] = {
    "sale": Sale,
    "intervention": Intervention,
    "jgb": Jgb,
    "carry": Carry,
}
_BOUNDS = {
    "hedge": (0, 1), "into_jgb": (0, 1), "bills": (0, 1), "treasuries": (0, 1), "share": (0, 1),
    "long_end": (-500, 500),
}  # fmt: skip


def shipped() -> dict[str, Scenario]:
    """The scenarios of the package by name."""
    here = files(__name__.rpartition(".")[0]).joinpath("shipped")
    found = {}
    for file in sorted(here.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            found[name] = parse(file.read_text("utf-8"), name)
    return found


def find(name: str) -> Scenario:
    """A shipped scenario by its name, or the user's own by the path of its TOML file."""
    known = shipped()
    if name in known:
        return known[name]
    if name.endswith(".toml"):
        return _read(Path(name))
    near = get_close_matches(name, known, n=1)
    raise ScenarioError(
        f"no such scenario: {name[:60]}",
        (f"did you mean {near[0]}? " if near else "")
        + f"shipped are {', '.join(known)}; a file of your own ends in .toml",
    )


def _read(path: Path) -> Scenario:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ScenarioError(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise ScenarioError(
            f"cannot read {path}: {error.strerror}", "give the path of a scenario's TOML file"
        ) from None
    return parse(text, path.stem)


def parse(text: str, name: str) -> Scenario:
    """Read a scenario. Raises ScenarioError for anything that it cannot mean."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{name}: not TOML: {error}", "see docs/scenarios.md") from None
    _known(content, {"title", "horizon", *_PARTS}, name)
    parts = {key: _part(key, content[key], name) for key in _PARTS if key in content}
    if not parts:
        raise ScenarioError(f"{name}: nothing happens", f"give one of {', '.join(_PARTS)}")
    title = content.get("title", "")
    if not isinstance(title, str):
        raise ScenarioError(f"{name}: title must be text")
    horizon = months(content.get("horizon", 36), f"{name}: horizon", MAX_MONTHS)
    return checked(Scenario(name, title, horizon, **parts))


def _part(key: str, entry: Any, name: str) -> Any:
    kind = _PARTS[key]
    if not isinstance(entry, Mapping):
        raise ScenarioError(f"{name}: {key} must be a table", f"write [{key}] and its lines below")
    _known(entry, {part.name for part in fields(kind)}, f"{name}, [{key}]")
    read = {field: _value(field, value, f"{name}, {key}.{field}") for field, value in entry.items()}
    return kind(**read)


def _value(field: str, value: Any, where: str) -> Any:
    if field == "holder":
        if not isinstance(value, str):
            raise ScenarioError(f"{where}: must be text such as JP:mof or CN")
        return value
    if field == "over":
        return months(value, where, LONGEST_OVER)
    if field == "amount":
        return amount(value, where)
    return number(value, where)


def _known(entry: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for key in entry:
        if key not in allowed:
            near = get_close_matches(key, allowed, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(allowed))}"
            raise ScenarioError(f"{where}: no such key: {key}", hint)


def number(value: Any, where: str) -> float:
    """A finite number. Raises ScenarioError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScenarioError(f"{where}: {value!r} is not a finite number")
    return float(value)


def amount(value: Any, where: str) -> float:
    """`1.2tn`, `$300bn` or a number of $bn, as $bn. Raises ScenarioError unless above zero."""
    if isinstance(value, str):
        found = _AMOUNT.match(value.strip())
        if not found:
            raise ScenarioError(f"{where}: {value!r} is not an amount", "write 1.2tn, 300bn or 300")
        scale = _SCALES[(found["scale"] or "").lower()]
        value = float(found["n"].replace(",", "")) * scale
    value = number(value, where)
    if value <= 0:
        raise ScenarioError(
            f"{where}: {value:g} is not above zero", "an amount is what is sold, in $bn"
        )
    return float(value)


def months(value: Any, where: str, most: int) -> int:
    """`12m`, `2y` or a number of months. Raises ScenarioError unless within 1..`most`."""
    if isinstance(value, str):
        found = _MONTHS.match(value.strip())
        if not found:
            raise ScenarioError(f"{where}: {value!r} is not a span", "write 1m, 24m or 2y")
        years = (found["unit"] or "m").lower().startswith("y")
        value = int(found["n"]) * (12 if years else 1)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScenarioError(f"{where}: {value!r} is not a whole number of months", "write 24m")
    if not 1 <= value <= most:
        raise ScenarioError(
            "{where}: {count} months",
            f"it must be from 1 to {most} months",
            where=where,
            count=str(value),
        )
    return value


def checked(scenario: Scenario) -> Scenario:
    """The scenario itself. Raises ScenarioError where a part is out of bounds."""
    for key, kind in _PARTS.items():
        part = getattr(scenario, key)
        for part_field in fields(kind):
            low, high = _BOUNDS.get(part_field.name, (-math.inf, math.inf))
            value = getattr(part, part_field.name)
            if isinstance(value, float) and not low <= value <= high:
                raise ScenarioError(
                    f"{scenario.name}: {key}.{part_field.name} is {value:g}",
                    f"it must be from {low} to {high}",
                )
    if scenario.horizon < scenario.lasts:
        raise ScenarioError(
            f"{scenario.name}: the horizon of {scenario.horizon} months ends before the shock, "
            f"which lasts {scenario.lasts}",
            "give a longer horizon",
        )
    return scenario


def altered(
    scenario: Scenario,
    *,
    holder: str | None = None,
    size: str | float | None = None,
    over: str | int | None = None,
    hedge: float | None = None,
    horizon: str | int | None = None,
) -> Scenario:
    """The scenario with some of its parts replaced, as a command line asks.

    `size` and `over` go to the part that has an amount. Raises ScenarioError where the scenario
    has no such part.
    """
    key = "sale" if scenario.sale.amount else "intervention"
    part = getattr(scenario, key)
    asked = {"--holder": holder, "--hedge": hedge}
    for option, value in asked.items():
        if value is not None and key != "sale":
            raise ScenarioError(
                f"{scenario.name} sells no bonds of a holder: {option} says nothing"
            )
    has_amount = bool(part.amount)
    if size is not None and not has_amount:
        raise ScenarioError(f"{scenario.name} has no amount: --amount says nothing")
    changes: dict[str, Any] = {}
    if holder is not None:
        changes["holder"] = holder
    if hedge is not None:
        changes["hedge"] = number(hedge, "--hedge")
    if size is not None:
        changes["amount"] = amount(size, "--amount")
    if over is not None:
        span = months(over, "--over", LONGEST_OVER)
        if has_amount:
            changes["over"] = span
        else:
            key = "jgb" if scenario.jgb.long_end else "carry"
            part = getattr(scenario, key)
            changes["over"] = span
    changed = replace(part, **changes)
    if changed != part:  # another question than the one that the title names
        scenario = replace(scenario, title="", **{key: changed})
    if horizon is not None:
        scenario = replace(scenario, horizon=months(horizon, "--horizon", MAX_MONTHS))
    elif scenario.horizon < scenario.lasts + 12:
        scenario = replace(scenario, horizon=min(MAX_MONTHS, scenario.lasts + 12))
    return checked(scenario)
