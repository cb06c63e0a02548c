"""Fetching from publishers' sites: one client for all of them.

A file is asked for on the condition that it has changed, at a pace that the host can bear; what
may pass by itself (no answer, a broken answer, 429, 5xx) is tried again, later each time.
Whatever comes is bounded: in bytes, unpacked or not, and in seconds.
"""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from saiken import __version__

OK, NOT_MODIFIED, NOT_FOUND, GONE, TOO_MANY = 200, 304, 404, 410, 429
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """What is borne. Seconds, but for `bytes` (of one file, unpacked) and the counts.

    `silence` ends a connection on which nothing comes, `whole` one that drips. `patience` is the
    longest wait that a publisher may ask for. `pace` lies between two requests to one host.
    """

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 300.0
    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 20.0
    jitter: float = 1.0
    patience: float = 60.0
    pace: float = 0.3
    redirects: int = 5
    bytes: int = 64 * 2**20


class FetchError(Exception):
    """A file did not come; the message says why. `again` is whether it may come by itself.

    `absent` says that the publisher has no such file. `wait` are the seconds that it asks for.
    """

    def __init__(
        self, message: str, *, again: bool = False, absent: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(message)
        self.again = again
        self.absent = absent
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What came. `data` is None where nothing has changed since the condition that was given.

    `etag`, `modified` are the condition for the next time; `served` is the publisher's clock.
    """

    data: bytes | None
    etag: str = ""
    modified: str = ""
    served: datetime | None = None


class Client:
    """Fetches files; safe to share between threads. Close it, or use it in a `with`.

    `mirror` is a base address below which the publishers' hosts are folders: with
    `http://localhost:8000`, `https://host/path` is fetched from `http://localhost:8000/host/path`.
    """

    def __init__(self, mirror: str = "", limits: Limits | None = None) -> None:
        import httpx2  # noqa: PLC0415 - a quarter of a second that only fetching costs

        # Without a handler of the application's own, each retry would be printed.
        logging.getLogger("stamina").addHandler(logging.NullHandler())
        # Their logs tell whole addresses, a key in the query too.
        for name in ("httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._mirror = mirror.rstrip("/")
        self._limits = limits or Limits()
        self._next: defaultdict[str, float] = defaultdict(float)
        self._turn = threading.Lock()
        self._http = httpx2.Client(
            headers={"User-Agent": f"saiken/{__version__}", "Accept-Encoding": "gzip"},
            timeout=httpx2.Timeout(self._limits.silence, connect=self._limits.connect),
        )
        self._broken: tuple[type[Exception], ...] = (httpx2.TransportError,)
        self._refused: tuple[type[Exception], ...] = (httpx2.InvalidURL, httpx2.HTTPError)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def fetch(
        self,
        url: str,
        etag: str = "",
        modified: str = "",
        *,
        accept: str = "",
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """The file at `url`, or that it is what it was. Raises FetchError when it does not come.

        `accept` is the form asked for. `query` is added to the address of the request and told
        nowhere: it may hold a key.
        """
        import stamina  # noqa: PLC0415

        limits = self._limits

        def again(error: Exception) -> bool | float:
            if not isinstance(error, FetchError) or not error.again:
                return False
            if error.wait is not None and error.wait > limits.patience:
                return False
            return True if error.wait is None else error.wait

        for attempt in stamina.retry_context(
            on=again,
            attempts=limits.attempts,
            timeout=None,
            wait_initial=limits.first_wait,
            wait_max=limits.longest_wait,
            wait_jitter=limits.jitter,
        ):
            with attempt:
                return self._once(_extended(url, query or {}), etag, modified, accept)
        raise AssertionError  # the last attempt raises what it met

    def _once(self, url: str, etag: str, modified: str, accept: str) -> Answer:
        condition = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {n: value for n, value in {**condition, "Accept": accept}.items() if value}
        at = self._placed(url)
        until = time.monotonic() + self._limits.whole
        try:
            for _ in range(self._limits.redirects + 1):
                self._wait_turn(at)
                with self._http.stream("GET", at, headers=headers) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._answer(response, until, conditional=bool(etag or modified))
                    at = self._followed(at, response)
        except self._broken as error:
            what = str(error) or type(error).__name__
            raise FetchError(f"no whole answer: {what}", again=True) from error
        except self._refused as error:
            raise FetchError(f"not fetched: {error}") from error
        raise FetchError(
            f"more than {self._limits.redirects} redirections, the last to {_bare(at)}"
        )

    def _placed(self, url: str) -> str:
        if not self._mirror:
            return url
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._mirror}/{parts.netloc}{parts.path}{query}"

    def _followed(self, at: str, response: Any) -> str:
        """Where a redirection leads: never from a secure address to an open one, nor off a mirror."""
        target = str(response.url.join(response.headers.get("Location", "")))
        before, after = urlsplit(at), urlsplit(target)
        if after.scheme not in {"http", "https"} or (before.scheme, after.scheme) == (
            "https",
            "http",
        ):
            raise FetchError(f"sent on to {_bare(target)}, which is not a secure address")
        if self._mirror and before.netloc != after.netloc:
            raise FetchError(f"the mirror sends on to another host, {after.netloc}")
        return target

    def _wait_turn(self, url: str) -> None:
        host = urlsplit(url).netloc
        with self._turn:
            mine = max(time.monotonic(), self._next[host])
            self._next[host] = mine + self._limits.pace
        time.sleep(max(0.0, mine - time.monotonic()))

    def _answer(self, response: Any, until: float, *, conditional: bool) -> Answer:
        status, headers = response.status_code, response.headers
        served = _moment(headers.get("Date", ""))
        if status == NOT_MODIFIED and conditional:
            return Answer(None, served=served)
        if status != OK:
            raise _refusal(status, headers.get("Retry-After", ""), served)
        data = self._body(response, until)
        modified = _settled(headers.get("Last-Modified", ""), served)
        return Answer(data, headers.get("ETag", ""), modified, served)

    def _body(self, response: Any, until: float) -> bytes:
        limits = self._limits
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in {"identity", "", "gzip", "x-gzip"}:
            raise FetchError(f"packed as {coding!r}, which was not asked for")
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in coding else None
        data = bytearray()
        try:
            for chunk in response.iter_raw():
                room = limits.bytes + 1 - len(data)
                data += unpack.decompress(chunk, room) if unpack else chunk
                if len(data) > limits.bytes:
                    raise FetchError(f"more than the limit of {limits.bytes:,} bytes")
                if time.monotonic() > until:
                    raise FetchError(f"not all of it came in {limits.whole:g} s", again=True)
        except zlib.error as error:
            raise FetchError(f"the packed answer is damaged: {error}", again=True) from error
        if unpack and not unpack.eof:
            raise FetchError("the packed answer ends before its end", again=True)
        return bytes(data)


def _extended(url: str, query: Mapping[str, str]) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}" if query else url


def _bare(url: str) -> str:
    """An address without its query, which may hold a key."""
    return url.partition("?")[0]


def _refusal(status: int, retry_after: str, served: datetime | None) -> FetchError:
    if status in {NOT_FOUND, GONE}:
        return FetchError(f"the publisher has no such file (HTTP {status})", absent=True)
    if status == NOT_MODIFIED:
        return FetchError("answered `not modified` to a request without a condition")
    again = status == TOO_MANY or status >= _SERVER_FAULT
    wait = _wait(retry_after, served) if again else None
    asked = f", asks to wait {wait:.0f} s" if wait is not None else ""
    return FetchError(f"HTTP {status}{asked}", again=again, wait=wait)


def _wait(retry_after: str, served: datetime | None) -> float | None:
    """Seconds asked for, as a number or as a date by the publisher's own clock."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    until = _moment(retry_after)
    return max(0.0, (until - (served or datetime.now(UTC))).total_seconds()) if until else None


def _settled(modified: str, served: datetime | None) -> str:
    """`Last-Modified` where it can tell a later change: within the second of the answer itself a
    file can change once more and keep it (RFC 9110, 8.8.2.2).
    """
    at = _moment(modified)
    return modified if at and served and (served - at).total_seconds() >= 1 else ""


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
