"""Ask what would happen if: who sells what, over how long, and what that would do.

NAME is a shipped scenario or the path of a TOML file of your own (docs/scenarios.md).
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.screens import Progress, standard_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from saiken.archive.archive import Archive
    from saiken.scenarios.answer import Answer
    from saiken.scenarios.plan import Plan
    from saiken.scenarios.running import Result
    from saiken.scenarios.scenario import Scenario

DRIVEN = ("worst:UST 10Y", "shock:USD/JPY")
ASKED_OF_ONE = (
    "holder", "amount", "over", "hedge", "horizon", "chart", "reverse", "sensitivity", "claim",
)  # fmt: skip
"""Options that say nothing without the name of a scenario."""
EXAMPLES = """\
examples:
  saiken simulate dump --holder JP:mof --amount 1.2tn --over 1m
  saiken simulate dump --amount 1.2tn --over 24m --chart fans.html
  saiken simulate repatriation --hedge 0.9 --json
  saiken simulate dump --reverse
  saiken simulate dump --claim "If Japan dumped its Treasuries, the yen would spike\""""


def configure(parser: ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    add = parser.add_argument
    add("name", metavar="NAME", nargs="?", help="a scenario (default: list those shipped)")
    add("--holder", metavar="WHO", help="who sells: JP:mof, JP:insurers, JP, CN, …")
    # So that -5bn is a bad amount, which can be told, and not an unknown option.
    parser._negative_number_matcher = re.compile(r"-\$?\.?\d")  # noqa: SLF001
    add("--amount", metavar="SIZE", help="how much: 1.2tn, 300bn (US dollars)")
    add("--over", metavar="SPAN", help="over how long: 1m, 24m, 2y")
    add("--hedge", metavar="SHARE", type=float, help="share whose currency was hedged, 0 to 1")
    add("--horizon", metavar="SPAN", help="how long to follow it (default: 36m)")
    add(
        "--backstop", choices=("both", "on", "off"), default="both",
        help="whose fans --json gives; findings always show both (default: both)",
    )  # fmt: skip
    add("--as-of", metavar="DATE", help="balance sheets as of this day (default: today)")
    add("--draws", metavar="N", type=int, default=20_000, help="how many draws (default: 20,000)")
    add("--seed", metavar="N", type=int, default=1, help="the same seed gives the same bits")
    add("--workers", metavar="N", type=int, help="threads or tasks (default: one a processor)")
    add("--engine", choices=("threads", "ray"), default="threads", help="where draws are run")
    add("--chart", metavar="FILE", help="write the fans to FILE, .svg or .html")
    ask = parser.add_mutually_exclusive_group()
    ask.add_argument(
        "--reverse", action="store_true", help="the smallest sale that breaks something"
    )
    ask.add_argument("--sensitivity", action="store_true", help="which unknown drives the answer")
    ask.add_argument("--backtest", action="store_true", help="score the model on past episodes")
    ask.add_argument(
        "--claim", metavar="TEXT",
        help="the share of draws that bear out what a text says would happen",
    )  # fmt: skip
    add("--json", action="store_true", help="one JSON object")


def run(args: Namespace) -> int:
    from saiken.scenarios.errors import ScenarioError

    try:
        return _run(args)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "numpy":
            raise
        raise DataMissingError("simulate needs NumPy", "pip install numpy") from None
    except ScenarioError as error:
        raise BadInputError(error.message, error.hint) from None


def _run(args: Namespace) -> int:
    if args.backtest:
        return _backtest(args)
    if args.name is None:
        for option in ASKED_OF_ONE:
            if getattr(args, option) not in {None, False}:
                name = option.replace("_", "-")
                raise BadInputError(
                    f"--{name} is asked of a scenario", f"name one: saiken simulate dump --{name} …"
                )
        return _list()
    from saiken.scenarios.plan import planner
    from saiken.scenarios.scenario import altered, find

    chart = _chart_path(args.chart)
    scenario = altered(
        find(args.name), holder=args.holder, size=args.amount, over=args.over,
        hedge=args.hedge, horizon=args.horizon,
    )  # fmt: skip
    plan_of = planner(default_archive(), read_day(args.as_of, "--as-of"))
    if args.reverse:
        return _reverse(args, scenario, plan_of)
    plan = plan_of(scenario)
    if args.sensitivity:
        return _sensitivity(args, plan)
    if args.claim is not None:
        return _claim(args, plan)
    return _simulate(args, plan, chart)


def simulate(
    name: str = "dump",
    *,
    holder: str | None = None,
    amount: str | float | None = None,
    over: str | int | None = None,
    hedge: float | None = None,
    horizon: str | int | None = None,
    as_of: date | str | None = None,
    draws: int = 20_000,
    seed: int = 1,
    workers: int | None = None,
    archive: Archive | None = None,
) -> Answer:
    """What would happen if: the findings of a scenario, without and with backstops.

    `name` is a shipped scenario or the path of a TOML file; the other arguments are those of the
    command line (`amount` in $bn or as `1.2tn`, `over` and `horizon` in months or as `24m`).
    Raises ScenarioError for what makes no sense, BadInputError for a date to come.
    """
    from saiken.scenarios.answer import answer
    from saiken.scenarios.plan import planner
    from saiken.scenarios.running import both
    from saiken.scenarios.scenario import altered, find

    asked = altered(find(name), holder=holder, size=amount, over=over, hedge=hedge, horizon=horizon)
    plan = planner(archive or default_archive(), read_day(as_of))(asked)
    return answer(*both(plan, draws, seed, workers))


def _simulate(args: Namespace, plan: Plan, chart: Path | None) -> int:
    from saiken.scenarios.answer import answer, as_json

    off, on = _both(args, plan)
    found = answer(off, on)
    from saiken.reports.scenario_text import scenario_text

    if chart:
        _write(chart, found, off, on)
    if args.json:
        told = {**as_json(found), "backstop_shown": args.backstop, "fans": _fans(args, off, on)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(scenario_text(found, standard_screen()), end="")
    return Exit.DONE


def _both(args: Namespace, plan: Plan) -> tuple[Result, Result]:
    from saiken.scenarios.running import both

    shown = Progress(quiet=args.quiet, total=2 * args.draws)
    results = both(
        plan, args.draws, args.seed, args.workers,
        lambda done, _: shown.at(done, "draws"), args.engine,
    )  # fmt: skip
    shown.done()
    return results


def _fans(args: Namespace, off: Result, on: Result) -> dict[str, Any]:
    from saiken.scenarios.engine import SERIES
    from saiken.scenarios.fans import PERCENTS

    shown = {"off": off, "on": on}
    if args.backstop != "both":
        shown = {args.backstop: shown[args.backstop]}
    return {
        "percents": list(PERCENTS),
        "months": list(off.months),
        **{
            name: {
                series: [[float(f"{v:.5g}") for v in row] for row in result.fan(series)]
                for series in SERIES
            }
            for name, result in shown.items()
        },
    }


def _reverse(args: Namespace, scenario: Scenario, plan_of: Callable[[Scenario], Plan]) -> int:
    from saiken.scenarios.plan import most
    from saiken.scenarios.reverse import smallest

    if not scenario.sale.amount:
        raise BadInputError(f"{scenario.name} sells nothing whose size could be sought", "try dump")
    plan = plan_of(scenario)
    largest = most(plan)

    def build(amount: float) -> Plan:
        return plan_of(replace(scenario, sale=replace(scenario.sale, amount=amount)))

    shown = Progress(quiet=args.quiet)
    found = smallest(
        build, largest, seed=args.seed, draws=min(args.draws, 4000),
        progress=lambda done, _: shown.at(done, "thresholds"),
    )  # fmt: skip
    shown.done()
    if args.json:
        print(json.dumps([asdict(breaking) for breaking in found], indent=1))
        return Exit.DONE
    from saiken.reports.scenario_text import reverse_text

    over = scenario.sale.over
    who = f"{scenario.sale.holder} over {'a month' if over == 1 else f'{over} months'}"
    print(reverse_text(found, who, standard_screen()), end="")
    return Exit.DONE


def _sensitivity(args: Namespace, plan: Plan) -> int:
    from saiken.scenarios.sensitivity import shares

    shown = Progress(quiet=args.quiet)
    found = {
        column: shares(
            plan, column, seed=args.seed, progress=lambda done, _: shown.at(done, "draws")
        )
        for column in DRIVEN
    }
    shown.done()
    if args.json:
        print(json.dumps({c: [asdict(share) for share in s] for c, s in found.items()}, indent=1))
        return Exit.DONE
    from saiken.reports.scenario_text import sensitivity_text

    for column, said in found.items():
        print(sensitivity_text(column, said, standard_screen()), end="")
    return Exit.DONE


def _backtest(args: Namespace) -> int:
    from saiken.scenarios import backtests, balance, calibration

    known, archive = calibration.load(), default_archive()
    sheet = balance.sheet(archive, read_day(args.as_of, "--as-of"), known)
    scores = backtests.score(archive, sheet, known, args.draws, args.seed)
    if args.json:
        print(json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1))
        return Exit.DONE
    from saiken.reports.scenario_text import backtest_text

    print(backtest_text(scores, standard_screen()), end="")
    return Exit.DONE


def _claim(args: Namespace, plan: Plan) -> int:
    """What the draws say of each forecast that is read in a text."""
    from saiken.claims import readers
    from saiken.claims.forecasts import with_told
    from saiken.scenarios.evidence import on_forecast

    reading = readers.load("")(args.claim, read_day(args.as_of, "--as-of"))
    off, on = _both(args, plan)
    found = [
        (claim.text, with_told(outlook))
        for claim in reading.claims
        if (outlook := on_forecast(off, on, claim)) is not None
    ]
    if not found:
        raise BadInputError(
            f"no forecast of a price that scenarios have was read in {args.claim[:60]!r}",
            "say which way the yen, a Treasury or JGB yield, US equities or bitcoin would go; "
            "`saiken read` shows what is understood",
        )
    if args.json:
        from saiken.reports.report_json import outlook_json

        said = [{"text": text, "outlook": outlook_json(outlook)} for text, outlook in found]
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return Exit.DONE
    from saiken.reports.scenario_text import claims_text

    print(claims_text(found, standard_screen()), end="")
    return Exit.DONE


def _list() -> int:
    from saiken.reports.terminal import table
    from saiken.scenarios.scenario import shipped

    rows = [(name, scenario.title) for name, scenario in shipped().items()]
    print("\n".join(table(rows)))
    return Exit.DONE


def _chart_path(given: str | None) -> Path | None:
    if given is None:
        return None
    path = Path(given)
    if path.suffix not in {".svg", ".html"}:
        raise BadInputError(f"--chart: {given!r} is neither .svg nor .html", "name it fans.svg")
    if not path.parent.is_dir():  # told before the draws are made
        raise BadInputError(f"cannot write {path}: no such folder", "give another place")
    return path


def _write(path: Path, found: Answer, off: Result, on: Result) -> None:
    from saiken.reports.scenario_svg import fans_svg, page
    from saiken.reports.scenario_text import scenario_text
    from saiken.reports.terminal import Screen

    told = (
        fans_svg(found, off, on)
        if path.suffix == ".svg"
        else page(found, off, on, scenario_text(found, Screen(110)))
    )
    try:
        path.write_text(told, "utf-8")
    except OSError as error:
        raise BadInputError(
            f"cannot write {path}: {error.strerror}", "give another place"
        ) from None
