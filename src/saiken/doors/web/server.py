"""Running the application under uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from saiken.doors.errors import BadInputError
from saiken.doors.web import assets
from saiken.doors.web.app import create_app
from saiken.doors.web.crew import crew

CONNECTIONS = 512
"""Beyond so many at once, the server says that it is busy."""


class Server(uvicorn.Server):
    """Tells where it listens once it does."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told()


def serve(
    host: str,
    port: int,
    *,
    rate: float,
    hosts: frozenset[str],
    watches: bool,
    workers: int = 1,
    started: Callable[[str], Any],
) -> None:
    """Listen until told to stop, in so many processes. Raises BadInputError where the address cannot
    be had. Each process keeps its own answers, and holds an address to its part of `rate`.
    """
    listening = _listen(host, port, workers)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening[0].getsockname()[1]}"

    def run(place: int, told: Callable[[], None]) -> None:
        if place == 0:
            assets.prepare()
        config = uvicorn.Config(
            create_app(rate=rate / workers, hosts=hosts, watches=watches),
            log_level="warning",
            access_log=False,  # what visitors ask is nobody's business
            server_header=False,
            date_header=True,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=32 << 10,
        )
        Server(config, told).run(sockets=[listening[place]])

    try:
        if workers == 1:
            run(0, lambda: started(address))
        else:
            crew(workers, run, lambda: started(address))
    finally:
        for one in listening:
            one.close()


def _listen(host: str, port: int, count: int) -> list[socket.socket]:
    """Sockets at one address, one for each process: the kernel shares connections out among them."""
    first = _bound(host, port, shared=False)
    if count == 1:
        return [first]
    # Bound alone at first, as a shared address would be given to two servers without a word.
    found = first.getsockname()[1]
    first.close()
    return [_bound(host, found, shared=True) for _ in range(count)]


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        hint = "another program may have it: give another --port, or 0 for any that is free"
        raise BadInputError(f"cannot listen on {host}:{port}: {error.strerror or error}", hint) from None  # fmt: skip
    return listening
