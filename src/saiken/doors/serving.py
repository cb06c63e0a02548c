"""Serve the pages and the REST interface on this machine (docs/web.md)."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from saiken.doors.errors import BadInputError, DataMissingError, Exit

LOCAL = {"127.0.0.1", "localhost", "::1"}
NEEDED = {"fastapi", "uvicorn", "jinja2", "vl_convert"}
SHARED_RATE = 20.0
"""Requests a second of one address, where others than this machine may ask."""


MOST_WORKERS = 64


def configure(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default: %(default)s)")  # fmt: skip
    add("--port", default=8017, type=int, metavar="N", help="port to listen on, 0 for any (default: %(default)s)")  # fmt: skip
    add(
        "--rate",
        type=float,
        metavar="N",
        help=f"requests a second an address, 0 for no limit (default: {SHARED_RATE:g}, and none "
        "where only this machine can ask)",
    )
    add(
        "--workers",
        type=int,
        default=1,
        metavar="N",
        help="processes that answer, each with its own memory (default: %(default)s)",
    )
    add(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a name by which the server is called (default: any, and only this machine's own "
        "where only this machine can ask)",
    )


def run(args: Namespace) -> int:
    if not 0 <= args.port < 1 << 16:
        raise BadInputError(f"--port: {args.port} is no port", "give one from 1 to 65535, or 0")
    if args.rate is not None and not args.rate >= 0:
        raise BadInputError(f"--rate: {args.rate} is no rate", "give a number of requests a second")
    if not 1 <= args.workers <= MOST_WORKERS or (args.workers > 1 and not hasattr(os, "fork")):
        told = f"1 to {MOST_WORKERS}, and on Windows 1"
        raise BadInputError(f"--workers: {args.workers} cannot be had", f"give {told}")
    try:
        from saiken.doors.web.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in NEEDED:
            raise
        raise DataMissingError(
            f"serve needs {error.name}, which is not installed", "pip install 'saiken[web]'"
        ) from None
    local = args.host in LOCAL
    names = set(args.name) | (LOCAL | {"[::1]"} if local else set())
    rate = args.rate if args.rate is not None else 0.0 if local else SHARED_RATE
    hosts = frozenset(name.lower() for name in names) if local or args.name else frozenset()

    def started(address: str) -> None:
        if not args.quiet:
            print(f"saiken: serving at {address} (stop with Ctrl-C)", file=sys.stderr, flush=True)

    # A further name means that others ask by way of it: a watch list is the user's own.
    watches = local and not args.name
    serve(
        args.host, args.port,
        rate=rate, hosts=hosts, watches=watches, workers=args.workers, started=started,
    )  # fmt: skip
    return Exit.DONE
