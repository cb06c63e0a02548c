"""Measure how chosen series moved together, or around days, as of a date.

WHAT is one of
  connectedness   what part of each one's surprises is due to the others (Diebold, Yilmaz)
  frequencies     the same by length of cycle (Baruník, Křehlík)
  drifting        the same with coefficients that change from day to day (TVP-VAR)
  events          what each did around days named with --on, beyond its usual change

SERIES are ids of the archive (saiken series finds them), all of one frequency: jgb/yield/30Y.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from saiken.doors.dates import read_day
from saiken.doors.errors import BadInputError, DataMissingError, Exit
from saiken.doors.library import default_archive, missing
from saiken.doors.options import add_as_of, add_strict
from saiken.doors.screens import standard_screen

if TYPE_CHECKING:
    from saiken.archive.archive import Archive
    from saiken.measures.wired.chosen import Chosen

WHAT = ("connectedness", "frequencies", "drifting", "events")


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("what", metavar="WHAT", choices=WHAT, help=", ".join(WHAT))
    add("series", metavar="SERIES", nargs="+", help="ids such as jgb/yield/30Y h15/yield/30Y")
    add_as_of(parser)
    add("--since", metavar="DATE", help="only from this day on (default: all that is held)")
    add("--lags", type=int, metavar="N", help="lags of the autoregression (default: 2)")
    add("--horizon", type=int, metavar="N", help="periods of the forecast errors (default: 10)")
    add(
        "--bands",
        metavar="A,B,…",
        help="frequencies: where a band of cycle lengths ends and the next begins (default: 5,21)",
    )
    add("--prior", type=int, metavar="N", help="drifting: changes of the prior (default: 100)")
    add("--on", metavar="DATE,…", help="events: the days")
    add("--before", type=int, default=1, metavar="N", help="events: periods before (default: 1)")
    add("--after", type=int, default=5, metavar="N", help="events: periods after (default: 5)")
    add(
        "--estimation",
        type=int,
        default=120,
        metavar="N",
        help="events: periods before the window that tell the usual change (default: 120)",
    )
    add_strict(parser)
    add("--json", action="store_true", help="one JSON object (docs/measures.md)")


def run(args: Namespace) -> int:
    from saiken.measures.wired.chosen import ChosenError

    as_of = read_day(args.as_of, "--as-of")
    archive = default_archive()
    _known(args.series, archive)
    try:
        told, shown = _MEASURES[args.what](_chosen(args, archive, as_of), as_of, args)
    except ChosenError as error:
        raise DataMissingError(str(error), error.hint) from None
    print(json.dumps(told, ensure_ascii=False, indent=2) + "\n" if args.json else shown, end="")
    return Exit.DONE


def _known(series: list[str], archive: Archive) -> None:
    for name in series:
        if series.count(name) > 1:
            raise BadInputError(f"{name} is named twice", "name each series once")
        if not archive.holds(name):
            raise missing(name, archive)


def _chosen(args: Namespace, archive: Archive, as_of: date) -> Chosen:
    from saiken.measures.wired.chosen import chosen
    from saiken.measures.wired.series import Figures

    since = read_day(args.since, "--since") if args.since else None
    return chosen(Figures(archive, as_of, strict=args.strict), args.series, since)


Answer = tuple[dict[str, Any], str]


def _connectedness(of: Chosen, as_of: date, args: Namespace) -> Answer:
    from saiken.measures.wired.chosen import static
    from saiken.reports import measure_json, measure_text

    found = static(of, **_asked(args, "lags", "horizon"))
    told = measure_json.connectedness_json(of, as_of, found)
    return told, measure_text.connectedness_text(of, found, standard_screen())


def _frequencies(of: Chosen, as_of: date, args: Namespace) -> Answer:
    from saiken.measures.wired.chosen import by_frequency
    from saiken.reports import measure_json, measure_text

    bands = _bands(args.bands)
    found = by_frequency(of, bands, **_asked(args, "lags"))
    told = measure_json.frequencies_json(of, as_of, bands, found)
    return told, measure_text.frequencies_text(of, bands, found, standard_screen())


def _drifting(of: Chosen, as_of: date, args: Namespace) -> Answer:
    from saiken.measures.wired.chosen import drifting
    from saiken.reports import measure_json, measure_text

    found = drifting(of, **_asked(args, "lags", "horizon", "prior"))
    told = measure_json.drifting_json(of, as_of, found)
    return told, measure_text.drifting_text(of, found, standard_screen())


def _events(of: Chosen, as_of: date, args: Namespace) -> Answer:
    from saiken.measures.wired.chosen import around
    from saiken.reports import measure_json, measure_text

    if not args.on:
        raise BadInputError("events need days", "name them: --on 2026-01-20,2026-05-18")
    on = [read_day(day, "--on") for day in args.on.split(",")]
    found = around(of, on, before=args.before, after=args.after, estimation=args.estimation)
    told = measure_json.events_json(of, as_of, on, found)
    return told, measure_text.events_text(of, found, standard_screen())


_MEASURES = dict(zip(WHAT, (_connectedness, _frequencies, _drifting, _events), strict=True))


def _asked(args: Namespace, *names: str) -> dict[str, int]:
    """The options that were given; what was not keeps the measure's own default."""
    given = {name: getattr(args, name) for name in names}
    for name, value in given.items():
        if value is not None and value < 1:
            raise BadInputError(f"--{name} {value} is too few", f"--{name} takes 1 or more")
    return {name: value for name, value in given.items() if value is not None}


def _bands(given: str | None) -> tuple[tuple[float, float], ...]:
    """`5,21` -> cycles from 2 to 5 periods, from 5 to 21, and longer. BadInputError for other words."""
    from saiken.measures.wired.chosen import BANDS

    if given is None:
        return BANDS
    try:
        ends = [float(end) for end in given.split(",")]
    except ValueError:
        ends = []
    edges = [2.0, *ends, float("inf")]
    if not ends or any(low >= high for low, high in pairwise(edges)):
        raise BadInputError(
            f"--bands {given[:40]} are no lengths above 2 in rising order", "such as --bands 5,21"
        )
    return tuple(pairwise(edges))
