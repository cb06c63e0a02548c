"""Many draws: fixed chunks with a seed each, on threads or on Ray, and one result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saiken.scenarios import engine
from saiken.scenarios.debt import DebtPath
from saiken.scenarios.engine import SERIES, Switches
from saiken.scenarios.errors import ScenarioError
from saiken.scenarios.fans import FANS, OUTCOMES, PERCENTS, Counts
from saiken.scenarios.parameters import FX, JGB, UST, draw
from saiken.scenarios.plan import Plan

CHUNK = 16384
"""Draws that go through the step together: arrays long enough that threads do not wait for the
interpreter between them, short enough for the processor's cache."""
KEPT = 8 * CHUNK
"""Up to so many draws, outcomes are kept one by one; of more they are counted, in memory that does not
grow with them."""
DEFAULT_DRAWS = 20_000
MAX_DRAWS = 10_000_000
Progress = Callable[[int, int], None]
_WORST = {
    "UST 10Y": np.maximum, "UST 30Y": np.maximum, "JGB 10Y": np.maximum, "JGB 30Y": np.maximum,
    "USD/JPY": np.minimum, "US equities": np.minimum, "BTC": np.minimum,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One chunk's share of a result: counts (series, months, bins), columns (names, draws)."""

    number: int
    counts: NDArray[np.uint32]
    columns: NDArray[np.float32]
    conserved: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives. All values are differences from a world without the shock.

    fans      (series, months, 5): 5, 16, 50, 84 and 95 per cent, bp for yields, % for prices
    names     of the outcomes: `end:UST 10Y` (at the horizon), `shock:…` (when the shock is over),
              `worst:…` (the worst month end), `loss:JP:mof` ($bn at the horizon) and
              `loss_shock:JP:mof`, `loss_worse:…` (the larger of both, of agents with equity, and
              jointly of those in Japan as `loss_worse:JP`), `debt:JP` (percentage points of GDP),
              `outside:…` (0 or 1) and `outside` (any of them), `bought:US:fed`, `forced:US:funds`,
              `closed:carry`, and what the seller gives up against prices before the shock,
              `sold_at_a_loss:bonds`, `…:dollars` ($bn)
    columns   (names, draws) in single precision up to KEPT draws; beyond them empty, and
    counts    (names, bins) how many fell where, in OUTCOMES: what is told of them is then within 0.1 %
    conserved the largest sum over agents of changes in holdings, $100bn: zero but for rounding
    """

    plan: Plan
    switches: Switches
    draws: int
    seed: int
    months: tuple[int, ...]
    fans: NDArray[np.float64]
    names: tuple[str, ...]
    columns: NDArray[np.float32]
    counts: Counts
    conserved: float

    def column(self, name: str) -> NDArray[np.float32]:
        """(draws,) one outcome. Raises ScenarioError for a name that is none, and where draws were
        too many to keep.
        """
        row = self._row(name)
        if not self._kept:
            raise ScenarioError(
                f"{self.draws:,} draws are counted, not kept one by one",
                f"ask for at most {KEPT:,}",
            )
        found: NDArray[np.float32] = self.columns[row]
        return found

    def quantiles(self, name: str, percents: Sequence[float] = PERCENTS) -> list[float]:
        """Quantiles of an outcome: exact where draws are kept, else linear within bins."""
        if not self._kept:
            return OUTCOMES.quantiles(self.counts[self._row(name)], percents)
        return [float(q) for q in np.percentile(self.column(name), percents)]

    def share(self, name: str, line: float, *, above: bool) -> float:
        """The share of draws in which an outcome lies above (or below) a line."""
        if not self._kept:
            return OUTCOMES.share(self.counts[self._row(name)], line, above=above)
        draws = self.column(name)
        return float(np.mean(draws > line if above else draws < line))

    def fan(self, series: str) -> NDArray[np.float64]:
        """(months, 5) the fan of one of SERIES."""
        return np.asarray(self.fans[SERIES.index(series)])

    @property
    def _kept(self) -> bool:
        return bool(self.columns.shape[1] == self.draws)

    def _row(self, name: str) -> int:
        if name not in self.names:
            raise ScenarioError(f"no such outcome: {name}", f"known are {', '.join(self.names)}")
        return self.names.index(name)

    @property
    def outside(self) -> float:
        """The share of draws that leave the range of every sample somewhere."""
        return self.share("outside", 0.0, above=True)


def column_names(plan: Plan) -> tuple[str, ...]:
    return (
        *(f"end:{series}" for series in SERIES),
        *(f"shock:{series}" for series in SERIES),
        *(f"worst:{series}" for series in _WORST),
        *(f"loss:{agent}" for agent in plan.agents),
        *(f"loss_shock:{agent}" for agent in plan.agents),
        *(f"loss_worse:{agent.id}" for agent in plan.calibration.agents if agent.capital),
        "loss_worse:JP", "debt:JP", "debt:US",
        *(f"outside:{name}" for name in engine.RANGES), "outside",
        "bought:US:fed", "bought:JP:boj", "forced:US:funds", "closed:carry",
        "sold_at_a_loss:bonds", "sold_at_a_loss:dollars",
    )  # fmt: skip


def run(
    plan: Plan,
    switches: Switches | None = None,
    draws: int = DEFAULT_DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    on: str = "threads",
) -> Result:
    """Draw `draws` worlds and follow them; the same seed gives the same bits however spread.

    `on` is `threads` or `ray`. `progress(done, total)` is called after each chunk. Raises
    ScenarioError for a number of draws or workers out of bounds.
    """
    switches = switches or Switches()
    if not 1 <= draws <= MAX_DRAWS:
        raise ScenarioError(f"{draws:,} draws", f"it must be from 1 to {MAX_DRAWS:,}")
    if workers is not None and not 1 <= workers <= 256:
        raise ScenarioError(f"{workers} workers", "it must be from 1 to 256")
    if not 0 <= seed < 2**63:
        raise ScenarioError(f"a seed of {seed}", "it must be a whole number from 0")
    sizes = [min(CHUNK, draws - first) for first in range(0, draws, CHUNK)]
    jobs = [(plan, switches, seed, number, size) for number, size in enumerate(sizes)]
    names = column_names(plan)
    kept = draws <= KEPT
    columns = np.empty((len(names), draws if kept else 0), np.float32)
    counts = np.zeros((len(names), 0 if kept else OUTCOMES.count_of_bins), np.int64)
    months = np.zeros((len(SERIES), plan.scenario.horizon, FANS.count_of_bins), np.int64)
    conserved, done = 0.0, 0
    spread = {"threads": _threads, "ray": _ray}[on]
    for part in spread(jobs, workers or min(os.cpu_count() or 1, len(jobs))):
        first = part.number * CHUNK
        if kept:
            columns[:, first : first + part.columns.shape[1]] = part.columns
        else:
            for row, values in enumerate(part.columns):
                counts[row] += OUTCOMES.count(values)
        months += part.counts
        conserved = max(conserved, part.conserved)
        done += part.columns.shape[1]
        if progress:
            progress(done, draws)
    fan = np.array([[FANS.quantiles(month) for month in series] for series in months])
    numbers = tuple(range(1, plan.scenario.horizon + 1))
    return Result(plan, switches, draws, seed, numbers, fan, names, columns, counts, conserved)


def both(
    plan: Plan,
    draws: int = DEFAULT_DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    on: str = "threads",
) -> tuple[Result, Result]:
    """The same draws without and with backstops: whoever shows a scenario shows both.

    Arguments and errors are those of `run`; `progress` counts the draws of both.
    """
    results: list[Result] = []
    for backstop in (False, True):
        before = draws * len(results)

        def at(done: int, _: int, before: int = before) -> None:
            if progress:
                progress(before + done, 2 * draws)

        results.append(run(plan, Switches(backstop=backstop), draws, seed, workers, at, on))
    return results[0], results[1]


Job = tuple[Plan, Switches, int, int, int]


def _threads(jobs: Sequence[Job], workers: int) -> Iterator[Part]:
    """Parts as they are done, at most twice as many chunks in flight as workers."""
    with ThreadPoolExecutor(workers) as pool:
        waiting = iter(jobs)
        running = {pool.submit(chunk, *job) for job in islice(waiting, 2 * workers)}
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            while finished:  # let go of one before the next is begun: parts take memory
                yield finished.pop().result()
                running |= {pool.submit(chunk, *job) for job in islice(waiting, 1)}


def _ray(jobs: Sequence[Job], workers: int) -> Iterator[Part]:
    """As `_threads`, by tasks of the Ray cluster that is connected, else of one made for this run."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # read on import: nothing is sent out
    try:
        ray = import_module("ray")  # whoever wants it installs it
    except ImportError:
        raise ScenarioError(
            "ray is not installed",
            "pip install 'saiken[ray]', or leave --engine out: threads give the same",
        ) from None
    own = not ray.is_initialized()
    if own:
        try:
            ray.init(
                num_cpus=workers, include_dashboard=False, log_to_driver=False,
                logging_level="ERROR",
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - Ray raises bare ones on a busy machine
            raise ScenarioError(
                f"Ray did not start: {str(error)[:200]}", "try again, or leave --engine out"
            ) from None
    try:
        task, plan = ray.remote(chunk), ray.put(jobs[0][0])  # the plan is sent once
        waiting = iter(jobs)
        running: list[Any] = []
        while True:
            free = 2 * workers - len(running)
            running += [task.remote(plan, *job[1:]) for job in islice(waiting, free)]
            if not running:
                return
            finished, running = ray.wait(running)
            yield from ray.get(finished)
    finally:
        if own:
            ray.shutdown()


def chunk(plan: Plan, switches: Switches, seed: int, number: int, size: int) -> Part:
    """One chunk, from its own seed alone."""
    random = generator(seed, number)
    u = random.random((len(plan.calibration.priors), CHUNK))[:, :size]
    noise = random.standard_normal((len(plan.steps), 3, CHUNK), np.float32)[:, :, :size]
    # The open interval: a uniform of exactly zero has no normal quantile.
    return follow(plan, switches, number, np.maximum(u, 2.0**-54), noise)


def generator(seed: int, number: int) -> np.random.Generator:
    sequence = np.random.SeedSequence(seed, spawn_key=(number,))
    return np.random.Generator(np.random.SFC64(sequence))


def follow(
    plan: Plan,
    switches: Switches,
    number: int,
    u: NDArray[np.float64],
    noise: NDArray[np.floating],
) -> Part:
    """The draws at uniforms `u` (priors, n) and news `noise` (steps, 3, n)."""
    p = draw(plan.calibration, u)
    state = engine.start(plan, p, switches)
    n = u.shape[1]
    counts = np.zeros((len(SERIES), plan.scenario.horizon, FANS.count_of_bins), np.uint32)
    worst = {series: np.zeros(n) for series in _WORST}
    debts = DebtPath.start(plan, n)
    at_shock: list[NDArray[np.float64]] = []
    last: list[NDArray[np.float64]] = []

    def watch(month: int, values: list[NDArray[np.float64]]) -> None:
        for row, series in enumerate(SERIES):
            counts[row, month - 1] = FANS.count(values[row])
            if series in worst:
                worst[series] = _WORST[series](worst[series], values[row])
        debts.month(values)
        if month == plan.scenario.lasts:
            at_shock.extend([*values, *engine.losses(state)])
        last[:] = values

    engine.run(state, noise, watch)
    change, paid = engine.settled(state)
    conserved = max(float(np.abs(x.sum(axis=0)).max()) for x in (change, paid))
    at_end, then = engine.losses(state), at_shock[len(SERIES) :]
    rows = [
        *last, *at_shock[: len(SERIES)], *worst.values(), *at_end, *then,
        *_worse(plan, at_end, then), debts.japan, debts.america, *state.outside,
        state.outside.any(axis=0),
        change[plan.index("US:fed"), UST] * 100, change[plan.index("JP:boj"), JGB] * 100,
        state.forced[0] * 100, -state.change[plan.index("US:funds"), FX] * 100,
        state.paid[plan.seller, UST] * 100, state.paid[plan.seller, FX] * 100,
    ]  # fmt: skip
    return Part(number, counts, np.stack(rows).astype(np.float32), conserved)


def _worse(
    plan: Plan, at_end: NDArray[np.float64], then: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """The larger loss of each agent with equity, and of those in Japan together."""
    agents = [(row, agent) for row, agent in enumerate(plan.calibration.agents) if agent.capital]
    worse = [np.maximum(at_end[row], then[row]) for row, _ in agents]
    japan = (loss for loss, (_, agent) in zip(worse, agents, strict=True) if agent.side == "JP")
    return [*worse, np.sum(list(japan), axis=0)]
