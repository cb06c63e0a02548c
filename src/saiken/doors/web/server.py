"""Running the application under uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from saiken.doors.errors import BadInputError
from saiken.doors.web import assets
from saiken.doors.web.app import create_app

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
    started: Callable[[str], Any],
) -> None:
    """Listen until told to stop. Raises BadInputError where the address cannot be had."""
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}"
    assets.prepare()
    config = uvicorn.Config(
        create_app(rate=rate, hosts=hosts, watches=watches),
        log_level="warning",
        access_log=False,  # what visitors ask is nobody's business
        server_header=False,
        date_header=True,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32 << 10,
    )
    with listening:
        Server(config, lambda: started(address)).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        hint = "another program may have it: give another --port, or 0 for any that is free"
        raise BadInputError(f"cannot listen on {host}:{port}: {error.strerror or error}", hint) from None  # fmt: skip
    return listening
