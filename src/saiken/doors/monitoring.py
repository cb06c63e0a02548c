"""Show the chain of a country as of a day: bonds at home, pick-up, flows, Treasuries, carry, risk.

COUNTRY is a name or a code such as JP; without one, every holder of Treasuries in a line each.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from saiken.doors.dates import read_day
from saiken.doors.errors import DataMissingError, Exit
from saiken.doors.library import default_archive
from saiken.doors.options import add_as_of, add_strict
from saiken.doors.places import currency_of, read_country
from saiken.doors.screens import standard_screen

if TYPE_CHECKING:
    from datetime import date

    from saiken.archive.archive import Archive

HOLDINGS = "tic/holdings/"


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("country", metavar="COUNTRY", nargs="*", help="a country (default: every holder)")
    add_as_of(parser)
    add("--full", action="store_true", help="every gauge of every link")
    add_strict(parser)
    add("--json", action="store_true", help="one JSON object (docs/monitor.md)")


def run(args: Namespace) -> int:
    as_of = read_day(args.as_of, "--as-of")
    try:
        return _country(args, as_of) if args.country else _every(args, as_of)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "numpy":
            raise
        raise DataMissingError("monitor needs NumPy", "pip install numpy") from None


def _country(args: Namespace, as_of: date) -> int:
    code = read_country(" ".join(args.country))
    from saiken.measures.wired.chain import chain
    from saiken.measures.wired.links import Place
    from saiken.reports.monitor_json import chain_json
    from saiken.reports.monitor_text import chain_text

    place = Place(code, currency_of(code, as_of))
    found = chain(default_archive(), as_of, place, strict=args.strict)
    if not any(link.gauges for link in found.links):
        raise DataMissingError(
            f"no figures had been published by {as_of}", "ask as of a later day, or import more"
        )
    if args.json:
        print(json.dumps(chain_json(found), ensure_ascii=False, indent=2))
    else:
        print(chain_text(found, standard_screen(), full=args.full), end="")
    return Exit.DONE


def _every(args: Namespace, as_of: date) -> int:
    from saiken.measures.wired.overview import overview
    from saiken.reports.monitor_json import overview_json
    from saiken.reports.monitor_text import overview_text

    archive = default_archive()
    rows = overview(archive, as_of, holders(archive, as_of), strict=args.strict)
    if not rows:
        raise DataMissingError(
            f"no country's current holdings are held as of {as_of}",
            "ask as of another day, or `saiken sync tic`",
        )
    if args.json:
        print(json.dumps(overview_json(rows, as_of), ensure_ascii=False, indent=2))
    else:
        print(overview_text(rows, as_of, standard_screen()), end="")
    return Exit.DONE


def holders(archive: Archive, as_of: date) -> dict[str, str]:
    """Codes of the countries whose holdings are published, and their currencies."""
    codes = (series.removeprefix(HOLDINGS) for series in archive.series_ids(HOLDINGS))
    single = [code for code in codes if len(code) == 2 and code.isupper()]
    return {code: currency_of(code, as_of) for code in single}
