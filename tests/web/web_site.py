"""A running server and a watched page, for the tests of the web door."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Site:
    """A running server and how to ask it."""

    address: str
    process: int = 0

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(path, None, _named(headers))

    def post(self, path: str, body: bytes, kind: str, **headers: str) -> Answer:
        told = {"content-type": kind, **_named(headers)}
        return self._ask(path, body, told)

    def check(self, **question: object) -> Answer:
        return self.post("/api/check", json.dumps(question).encode(), "application/json")

    def form(self, path: str, **fields: str) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self.post(path, body, "application/x-www-form-urlencoded")

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        request = urllib.request.Request(self.address + path, body, headers)  # noqa: S310 - our own
        try:
            with urllib.request.urlopen(request, timeout=60) as found:  # noqa: S310
                return Answer(found.status, _lower(found.headers.items()), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers.items()), error.read())


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


@contextmanager
def serving(places: dict[str, str], *options: str) -> Iterator[Site]:
    """`saiken serve` on a free port, stopped at the end."""
    command = [sys.executable, "-m", "saiken", "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=places, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://\S+", told)
        try:
            assert found, told + process.stderr.read()
            yield Site(found[0], process.pid)
        finally:
            process.terminate()
            process.stderr.close()
            process.wait(timeout=30)


@dataclass  # without slots: Playwright keeps its wrapper of a method on the object
class Watched:
    """A page, and what went wrong in it: errors told, requests that left for elsewhere."""

    page: Page
    site: Site
    troubles: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{message.type}: {message.text}")

    def asked(self, request: Request) -> None:
        if not request.url.startswith((self.site.address + "/", "data:", "blob:", "file:")):
            self.troubles.append(f"asked {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.site.address + path)
        return self.page
