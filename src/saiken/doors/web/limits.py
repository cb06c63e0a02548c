"""What stands before the application: who may ask, how much and how often; headers; cached pages."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from saiken.doors.web.problems import MEDIA_TYPE, problem

Headers = list[tuple[bytes, bytes]]

MAX_BODY = 1 << 20
"""Bytes of one request's body."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of what may be opened alone and carries its own style: an SVG, a report that stands alone."""

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def refusal(status: HTTPStatus, detail: str, hint: str = "") -> tuple[HTTPStatus, bytes]:
    return status, json.dumps(problem(status, detail, hint)).encode()


async def _refuse(send: Send, refused: tuple[HTTPStatus, bytes]) -> None:
    status, body = refused
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body))]
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Secured:
    """Adds the security headers to every response, and keeps to the hosts that are served."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self._app, self._hosts = app, hosts
        self._headers = [(k.encode(), v.encode()) for k, v in SECURITY.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                policy = [] if b"content-security-policy" in names else [_CSP]
                message["headers"] = [*message["headers"], *self._headers, *policy]
            await send(message)

        if self._hosts and _host(scope) not in self._hosts:
            # A name that points here from elsewhere would let a foreign page read the answers.
            asked = refusal(HTTPStatus.MISDIRECTED_REQUEST, "this server goes by another name")
            await _refuse(secured, asked)
            return
        await self._app(scope, receive, secured)


_CSP = (b"content-security-policy", POLICY.encode())


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _host(scope: Scope) -> str:
    host = _header(scope, b"host").decode("latin-1").lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


class BodyLimit:
    """Refuses a body over MAX_BYTES, whether it is announced or only turns out so."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        announced = _header(scope, b"content-length")
        if announced.isdigit() and int(announced) > self._limit:
            await _drain(receive, self._limit * 8)
            await _refuse(send, self._refused())
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                await _refuse(send, self._refused())
                return
        whole = bytes(body)
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": whole, "more_body": False}

        await self._app(scope, replay, send)

    def _refused(self) -> tuple[HTTPStatus, bytes]:
        return refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"more than {self._limit >> 10} kB",
            "check a longer text in parts, or with `saiken check FILE`",
        )


async def _drain(receive: Receive, most: int) -> None:
    """Read what a client is still sending, so that it hears the answer, but not without end."""
    read = 0
    while read < most:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


@dataclass(slots=True)
class Bucket:
    tokens: float
    at: float


class RateLimit:
    """A token bucket an address: `rate` requests a second, `burst` at once; 0 is no limit."""

    KEPT = 10_000

    def __init__(
        self, app: ASGIApp, rate: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app, self._rate, self._clock = app, rate, clock
        self._burst = max(1.0, 4 * rate)
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._rate > 0 and not self._allows(scope):
            told = f"more than {self._rate:g} requests a second"
            await _refuse(send, refusal(HTTPStatus.TOO_MANY_REQUESTS, told, "wait a second"))
            return
        await self._app(scope, receive, send)

    def _allows(self, scope: Scope) -> bool:
        who = (scope.get("client") or ("",))[0]
        now = self._clock()
        bucket = self._buckets.pop(who, None) or Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._rate)
        bucket.at = now
        self._buckets[who] = bucket
        if len(self._buckets) > self.KEPT:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True


@dataclass(frozen=True, slots=True)
class Stored:
    headers: Headers
    body: bytes
    packed: Headers
    packed_body: bytes


class PageCache:
    """Keeps what GET requests gave: the archive behind them does not change while it is open.

    At most `most` bytes; a response is kept when it is whole, successful and not marked no-store.
    """

    def __init__(
        self, app: ASGIApp, today: Callable[[], object], most: int = 64 << 20, each: int = 4 << 20
    ) -> None:
        self._app, self._today, self._most, self._each = app, today, most, each
        self._kept: OrderedDict[object, Stored] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], self._today())
        packed = b"gzip" in _header(scope, b"accept-encoding")
        found = self._kept.get(key)
        if found is None:
            kept = await self._record(scope, receive, send)
            if kept is None:
                return
            found = _stored(*kept)
            self._keep(key, found)
        else:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        headers, body = (found.packed, found.packed_body) if packed else (found.headers, found.body)
        if _header(scope, b"if-none-match") == dict(headers).get(b"etag", b""):
            await send(
                {"type": "http.response.start", "status": 304, "headers": _revalidated(headers)}
            )
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _record(
        self, scope: Scope, receive: Receive, send: Send
    ) -> tuple[Headers, bytes] | None:
        """The response to keep and send; None where it was sent already, since it cannot be kept."""
        start: dict[str, Any] = {}
        parts: list[bytes] = []
        passing = False

        async def gather(message: Message) -> None:
            nonlocal start, passing
            if message["type"] == "http.response.start":
                start = dict(message)
                passing = message["status"] != HTTPStatus.OK or _is_private(message["headers"])
                if passing:
                    await send(message)
            elif passing:
                await send(message)
            else:
                parts.append(message.get("body", b""))

        await self._app(scope, receive, gather)
        return None if passing or not start else (list(start["headers"]), b"".join(parts))

    def _keep(self, key: object, stored: Stored) -> None:
        size = len(stored.body) + len(stored.packed_body)
        if size > self._each:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = stored
            self._size += size
            while self._size > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.body) + len(dropped.packed_body)


def _is_private(headers: Headers) -> bool:
    return any(name == b"cache-control" and b"no-store" in value for name, value in headers)


def _stored(headers: Headers, body: bytes) -> Stored:
    kept = [(k, v) for k, v in headers if k not in {b"content-length", b"content-encoding"}]
    tag = b'"%s"' % hashlib.sha256(body).hexdigest()[:20].encode()
    names = {name for name, _ in kept}
    if b"cache-control" not in names:
        kept.append((b"cache-control", b"no-cache"))
    kept += [(b"vary", b"accept-encoding"), (b"etag", tag)]
    plain = [*kept, (b"content-length", b"%d" % len(body))]
    if dict(headers).get(b"content-type", b"").startswith(b"image/png"):
        return Stored(plain, body, plain, body)
    small = gzip.compress(body, 6)
    packed = [*kept, (b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(small))]
    return Stored(plain, body, packed, small)


def _revalidated(headers: Headers) -> Headers:
    return [(k, v) for k, v in headers if k in {b"etag", b"cache-control", b"vary"}]


def guarded(
    app: ASGIApp,
    today: Callable[[], object],
    *,
    rate: float = 0,
    hosts: frozenset[str] = frozenset(),
) -> ASGIApp:
    """The application behind everything above, outermost first."""
    return Secured(RateLimit(BodyLimit(PageCache(app, today)), rate), hosts)
