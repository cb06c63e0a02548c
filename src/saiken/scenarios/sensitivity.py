"""Which unknown drives the answer: Sobol shares of variance by pick and freeze.

Saltelli et al., "Variance based sensitivity analysis of model output", CPC 2010: first-order
shares by its estimator (b), total shares by Jansen's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios.engine import Switches
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.plan import Plan
from saiken.scenarios.running import Progress, column_names, follow, generator

Array = NDArray[np.float64]
PATHS = "path of market depth"
DEFAULT_BASE = 2048


@dataclass(frozen=True, slots=True)
class Share:
    """A factor's share of the variance alone (`first`), and with all its interactions (`total`)."""

    factor: str
    first: float
    total: float


def sobol(
    model: Callable[[Array], Array], names: Sequence[str], base: int, seed: int
) -> list[Share]:
    """Shares of `model`, a function of uniforms (factors, n) to (n,), the largest total first.

    Takes base·(factors + 2) evaluations; the error falls with the root of `base`.
    """
    random = np.random.default_rng(seed)
    a, b = random.random((2, len(names), base)) * (1 - 2.0**-52) + 2.0**-53
    at_a, at_b = model(a), model(b)
    found = []
    for row, name in enumerate(names):
        mixed = a.copy()
        mixed[row] = b[row]
        found.append(_share(name, at_a, at_b, model(mixed)))
    return sorted(found, key=lambda share: -share.total)


def _share(name: str, at_a: Array, at_b: Array, mixed: Array) -> Share:
    variance = float(np.var(np.concatenate([at_a, at_b])))
    if variance == 0:
        return Share(name, 0.0, 0.0)
    first = float(np.mean(at_b * (mixed - at_a))) / variance
    total = float(np.mean((at_a - mixed) ** 2)) / 2 / variance
    return Share(name, first, total)


def shares(
    plan: Plan,
    column: str,
    switches: Switches | None = None,
    base: int = DEFAULT_BASE,
    seed: int = 1,
    progress: Progress | None = None,
) -> list[Share]:
    """Shares of the variance of one column of a run, over all priors and the paths of depth.

    The column is ranked first (a share of a variance that the tail alone makes says little).
    Raises ScenarioError for a column that is none.
    """
    known = column_names(plan)
    if column not in known:
        raise ScenarioError(f"no such outcome: {column}", f"known are {', '.join(known)}")
    if not 16 <= base <= 65536:
        raise ScenarioError(f"a base of {base} draws", "it must be from 16 to 65,536")
    random = generator(seed, 0)
    priors = [prior.name for prior in plan.calibration.priors]
    a, b = np.maximum(random.random((2, len(priors), base)), 2.0**-54)
    news_a, news_b = random.standard_normal((2, len(plan.steps), 3, base))
    total = len(priors) + 3

    def at(number: int, u: Array, news: Array) -> Array:
        part = follow(plan, switches or Switches(), 0, u, news)
        if progress:
            progress((number + 1) * base, total * base)
        return np.asarray(part.columns[known.index(column)], dtype=np.float64)

    values = [at(0, a, news_a), at(1, b, news_b)]
    for row in range(len(priors)):
        mixed = a.copy()
        mixed[row] = b[row]
        values.append(at(row + 2, mixed, news_a))
    values.append(at(total - 1, a, news_b))
    ranked = _ranks(values)
    found = [
        _share(name, ranked[0], ranked[1], ranked[2 + row])
        for row, name in enumerate([*priors, PATHS])
    ]
    return sorted(found, key=lambda share: -share.total)


def _ranks(values: list[Array]) -> list[Array]:
    """Each value's place among those of both base samples, centred."""
    order = np.sort(np.concatenate(values[:2]))
    return [np.searchsorted(order, value) / len(order) - 0.5 for value in values]
